"""The examples of docs/ci.md work: each is run with the binary under test where its tool is at hand,
once with a client that behaves and once with one that does not.
Starts first."""

import hashlib
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import xml.etree.ElementTree

from emulator import BINARY, HERE, PATIENCE, TREE, clean_environment, run_mockduit

EXAMPLES = TREE / "examples"
GOOD = EXAMPLES / "clients/good_client.py"
BAD = EXAMPLES / "clients/bad_client.py"
DEBIAN_PACKAGE = "mockduit_0.1.0_amd64.deb"
SCENARIOS = "rate-limited,throttled-twice,server-error,flaky"
# A new connection for each attempt, at once, and no identity: a fault of one client, or a doubt where
# it may have been several.
NOT_WELL = r"  (FAIL|\?\?\?\?)  "
# Of a file that a document shows: the link to it, and the block that follows.
SHOWN = re.compile(r"\[(?:[^]]*)\]\(\.\./(examples/[^)]*)\)[^\n]*:\n\n```\w*\n(.*?)^```$",
                   re.DOTALL | re.MULTILINE)
# Python runs this before the client: it writes down how long the client sleeps, whatever the machine
# does meanwhile.
NOTE_WAITS = """import os, time

def note_and_sleep(seconds, sleep=time.sleep):
    with open(os.environ["WAITS"], "a") as waits:
        waits.write(f"{seconds}\\n")
    sleep(seconds)

time.sleep = note_and_sleep
"""
BAD_JAVASCRIPT = """exports.createSource = async (server, name) => {
  const body = JSON.stringify({ name, short_name: "stripe" });
  const headers = { "X-API-Key": "my-key", "Content-Type": "application/json" };
  const send = () => fetch(`${server}/source-connections`, { method: "POST", headers, body });
  let status = 0;
  for (let left = 4; left > 0 && status !== 200; left -= 1) ({ status } = await send());
  return status;
};
"""


def run(*command, folder=TREE, **environment):
    return subprocess.run([str(part) for part in command], cwd=folder, text=True,
                          env=clean_environment(MOCKDUIT=BINARY, **environment),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=2 * PATIENCE)


def copy_of_examples(test):
    """A copy to be spoilt."""
    folder = tempfile.TemporaryDirectory()
    test.addCleanup(folder.cleanup)
    return pathlib.Path(shutil.copytree(EXAMPLES, pathlib.Path(folder.name) / "examples"))


class ClientsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def judge(self, client, *options, **environment):
        return run_mockduit("exec", *options, "--require", "all", "--seed", 7,
                            "--", sys.executable, client, **environment)

    def test_the_good_client_passes_every_check_and_waits_for_less_than_20_seconds(self):
        waits = self.folder / "waits"
        (self.folder / "sitecustomize.py").write_text(NOTE_WAITS)
        result = self.judge(GOOD, "--each", SCENARIOS, PYTHONPATH=self.folder, WAITS=waits)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue(0 < sum(map(float, waits.read_text().split())) < 20, waits.read_text())
        for scenario in SCENARIOS.split(","):
            self.assertRegex(result.stderr, rf"(?m)^{scenario} +exit 0 +\d+ pass +\d+ of \d+ ")
        self.assertEqual(result.stdout.count("given up, 429"), 2, result.stdout)
        self.assertEqual(result.stdout.count("given up, 500"), 2, result.stdout)

    def test_the_bad_client_is_content_and_its_verdicts_are_not(self):
        # On a busy machine "at once" may take a while, and one caller may look like several.
        result = self.judge(BAD, "--each", SCENARIOS, "--set", "backoff-grows.least=1s")
        self.assertEqual(result.returncode, 3, result.stderr)
        for check in ("retry-after-honoured", "backoff-grows"):
            self.assertRegex(result.stderr, check + r" (failed|is inconclusive) in [12] session")
        for scenario in SCENARIOS.split(","):
            self.assertRegex(result.stderr, rf"(?m)^under {scenario}\nsession default: .*\n" + NOT_WELL)
        self.assertEqual(result.stderr.count(" exit 0 "), 4, result.stderr)

    def test_each_scenario_of_the_recommended_command_gates(self):
        for scenario in SCENARIOS.split(","):
            with self.subTest(scenario=scenario):
                result = run_mockduit("exec", "--scenario", scenario, "--require", "all", "--set",
                                      "backoff-grows.least=1s", "--", sys.executable, BAD)
                self.assertEqual(result.returncode, 3, result.stderr)
                self.assertRegex(result.stderr, "\n" + NOT_WELL)
                result = run_mockduit("exec", "--scenario", scenario, "--require", "all", "--",
                                      sys.executable, GOOD)
                self.assertEqual(result.returncode, 0, result.stderr)

    def test_the_good_client_looks_first(self):
        result = self.judge(GOOD, "--scenario", "created-but-timed-out")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stderr, r"pass +no-duplicate-create")

    def test_the_bad_client_makes_two(self):
        result = self.judge(BAD, "--scenario", "created-but-timed-out")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertRegex(result.stderr, NOT_WELL + r"no-duplicate-create .* there are two now.*  #1 #2\n")


class PipelinesTest(unittest.TestCase):
    """GitHub, GitLab and make: the command that they run."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def assert_reports(self):
        suites = xml.etree.ElementTree.parse(self.folder / "verdicts.xml").getroot()
        self.assertEqual(suites.tag, "testsuites")
        self.assertGreater(int(suites.get("tests")), 4 * 13)
        self.assertIn("<!doctype html>", (self.folder / "verdicts.html").read_text().lower())

    def make_package(self):
        """A tar.gz as `./dev package` makes it, with the binary under test alone, beside a Debian package that
        is none."""
        package = self.folder / "packages/mockduit-0.1.0-linux-x64.tar.gz"
        package.parent.mkdir()
        with tarfile.open(package, "w:gz", compresslevel=1) as tar:
            tar.add(BINARY, "mockduit-0.1.0-linux-x64/bin/mockduit")
        (package.parent / DEBIAN_PACKAGE).write_text("a package of Debian")
        (package.parent / "SHA256SUMS").write_text("".join(
            f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
            for file in sorted(package.parent.iterdir())))
        return package

    def check_yaml(self, text):
        self.assertNotIn("\t", text)
        for line in text.splitlines():
            self.assertEqual((len(line) - len(line.lstrip())) % 2, 0, line)
        if importlib.util.find_spec("yaml"):
            import yaml
            self.assertIsInstance(yaml.safe_load(text), dict)

    def act(self, **inputs):
        """Runs the steps of action.yml as GitHub does; gives the last result."""
        text = (TREE / "action.yml").read_text()
        self.check_yaml(text)
        defaults = re.findall(r"^  (\w+):\n    description: (?:.*\n)(?:      .*\n)*    default: (.*)$",
                              text, re.MULTILINE)
        values = {f"inputs.{name}": value.strip('"') for name, value in defaults}
        values.update({f"inputs.{name}": str(value) for name, value in inputs.items()})
        values.update({"github.action_repository": "you/mockduit", "github.action_ref": "v0.1.0"})
        for step in text.split("    - name: ")[1:]:
            condition = re.search(r"if: (\S+) != ''", step)
            if condition and not values[condition[1]]:
                continue
            environment = {name: values[value] for name, value in
                           re.findall(r"^        (\w+): \$\{\{ (\S+) }}$", step, re.MULTILINE)}
            added = self.path_file.read_text().split() if self.path_file.exists() else []
            result = run("sh", "-e", "-c", re.search(r"run: '(.*)'", step)[1], folder=self.folder,
                         GITHUB_ACTION_PATH=str(TREE), GITHUB_PATH=str(self.path_file),
                         GITHUB_STEP_SUMMARY=str(self.summary), RUNNER_TEMP=str(self.folder / "temp"),
                         GITHUB_SERVER_URL=(self.folder / "host").as_uri(),
                         PATH=":".join([*added, os.environ["PATH"]]), **environment)
            if result.returncode != 0:
                break
        return result

    @property
    def path_file(self):
        return self.folder / "path"

    @property
    def summary(self):
        return self.folder / "summary.md"

    def with_of(self, path):
        """What the example gives to the action."""
        text = path.read_text()
        self.check_yaml(text)
        (self.folder / "mockduit").mkdir()
        (self.folder / "mockduit/examples").symlink_to(EXAMPLES)
        return dict(re.findall(r"^          (options|run): (.*)$", text, re.MULTILINE))

    def test_github_actions(self):
        given = self.with_of(EXAMPLES / "ci/github/verdicts.yml")
        self.assertIn("--require all", given["options"])
        package = self.make_package()
        result = self.act(package=package, **given)
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assert_reports()
        self.assertIn("no verdict failed", self.summary.read_text())

    def test_the_action_shows_what_failed_in_the_summary(self):
        given = self.with_of(EXAMPLES / "ci/github/verdicts.yml")
        result = self.act(package=self.make_package(), options="--scenario throttled-twice --require all",
                          run=given["run"].replace("good_client", "bad_client"))
        self.assertEqual(result.returncode, 3, result.stdout)
        self.assertRegex(self.summary.read_text(),
                         r"\| throttled-twice.default \| retry-after-honoured \| POST /source-conn")

    @unittest.skipUnless(shutil.which("curl"), "there is no curl")
    def test_the_action_installs_the_package_of_its_release_and_checks_it(self):
        package = self.make_package()
        release = self.folder / "host/you/mockduit/releases/download/v0.1.0"
        shutil.copytree(package.parent, release)
        result = self.act()
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertFalse(self.summary.exists())  # nothing was to be run
        (release / package.name).write_bytes(b"another")
        result = self.act()
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("is not what its SHA256SUMS says", result.stdout)

    def test_gitlab_ci(self):
        text = (EXAMPLES / "ci/gitlab/.gitlab-ci.yml").read_text()
        self.check_yaml(text)
        command = re.search(r"^ *(mockduit exec(?:.*\\\n)*.*)$", text, re.MULTILINE)[1]
        self.assertIn("--require all", command)
        (self.folder / "mockduit").mkdir()
        (self.folder / "mockduit/examples").symlink_to(EXAMPLES)
        (self.folder / "bin").mkdir()
        (self.folder / "bin/mockduit").symlink_to(BINARY)
        path = f"{self.folder}/bin:{os.environ['PATH']}"
        result = run("sh", "-c", command, folder=self.folder, PATH=path)
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assert_reports()
        bad = command.replace("good_client", "bad_client").replace(SCENARIOS, "throttled-twice")
        result = run("sh", "-c", bad, folder=self.folder, PATH=path)
        self.assertEqual(result.returncode, 3, result.stdout)

    @unittest.skipUnless(shutil.which("curl"), "there is no curl")
    def test_gitlab_ci_downloads_the_package_and_checks_it(self):
        """All of before_script but what installs: apt-get and dpkg note what they are told."""
        text = (EXAMPLES / "ci/gitlab/.gitlab-ci.yml").read_text()
        lines = re.search(r"before_script:\n((?: +- .*\n)+)", text)[1]
        script = re.sub(r"(?m)^ +- ", "", lines)
        packages = self.make_package().parent
        programs, told = self.folder / "bin", self.folder / "told"
        programs.mkdir()
        for name in ("apt-get", "dpkg"):
            (programs / name).write_text(f'#!/bin/sh\necho {name} "$@" >>{told}\n')
            (programs / name).chmod(0o755)

        def install():
            told.write_text("")
            return run("sh", "-e", "-c", script, folder=self.folder, PACKAGES=packages.as_uri(),
                       PATH=f"{programs}:{os.environ['PATH']}")

        result = install()
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertEqual(told.read_text().splitlines()[-1], f"dpkg -i {DEBIAN_PACKAGE}")
        (packages / DEBIAN_PACKAGE).write_text("another")
        result = install()
        self.assertNotEqual(result.returncode, 0, result.stdout)
        self.assertNotIn("dpkg", told.read_text())

    def test_the_packages_that_are_installed_have_the_names_of_this_version(self):
        """As scripts/package and CPack make them. ./dev package-test installs them."""
        document = (TREE / "docs/packages.md").read_text()
        listed = set(re.findall(r"^\| `(\S+)` \|", document, re.MULTILINE))
        version = re.search(r"(?m)^project\(mockduit VERSION (\S+)", (TREE / "CMakeLists.txt").read_text())[1]
        names = {f"mockduit_{version}_amd64.deb", f"mockduit-{version}-linux-x64.tar.gz"}
        shown = "".join((EXAMPLES / "ci" / file).read_text() for file in ("gitlab/.gitlab-ci.yml", "make/Makefile"))
        self.assertEqual(set(re.findall(r"mockduit[-_][\d.]+[-_][\w.-]+(?:deb|tar\.gz)", shown)), names)
        [install] = re.findall(r"^```sh\n(.*?)^```$", document, re.DOTALL | re.MULTILINE)
        installed = re.findall(r"mockduit[-_]\S+z\b|mockduit[-_]\S+\.deb", install)
        self.assertEqual({name.replace(version, "VERSION") for name in installed}, listed)

    @unittest.skipUnless(shutil.which("make") and shutil.which("curl"), "there is no make, or no curl")
    def test_a_makefile_unpacks_the_package_where_none_is_installed(self):
        folder = copy_of_examples(self) / "ci/make"
        result = run("make", "-C", folder, "verdicts", "SCENARIOS=success", "MOCKDUIT=.mockduit/bin/mockduit",
                     f"OUT={self.folder}", f"PACKAGE={self.make_package().as_uri()}")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertTrue((folder / ".mockduit/bin/mockduit").exists())

    @unittest.skipUnless(shutil.which("make"), "there is no make")
    def test_a_makefile(self):
        make = ["make", "-C", EXAMPLES / "ci/make", "verdicts", f"MOCKDUIT={BINARY}",
                f"OUT={self.folder}"]
        result = run(*make)
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assert_reports()
        result = run(*make, "SCENARIOS=throttled-twice", f"CLIENT={sys.executable} {BAD}")
        self.assertEqual(result.returncode, 2, result.stdout)
        self.assertIn("retry-after-honoured failed in 1 session", result.stdout)


# Pairs whose names have one end, and are too long, each test with a source of the same name.
LONG_NAMES = """import good_client

seen = set()


def check(url):
    assert url not in seen
    seen.add(url)
    assert good_client.create(url, "My source") == 200


def test_one_{x}(mockduit):
    check(mockduit())


def test_two_{x}(mockduit):
    check(mockduit())


def test_a_b(mockduit):
    check(mockduit())


def test_a__b(mockduit):
    check(mockduit())
""".format(x="x" * 80)
LONG_NAMES_IN_GO = """package client

import "testing"

func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range []string{"x-%s-1", "x-%s-2", "a b", "a-b", "A b"} {
		t.Run(name, func(t *testing.T) {
			url := mockduit(t, "success")
			if seen[url] {
				t.Error("another test has this session")
			}
			seen[url] = true
			if status, err := CreateSource(url, "My source"); err != nil || status != 200 {
				t.Error(status, err)
			}
		})
	}
}
""".replace("%s", "x" * 80)


class PytestTest(unittest.TestCase):
    def check_long_names(self, *runner):
        examples = copy_of_examples(self)
        (examples / "ci/pytest/test_names.py").write_text(LONG_NAMES)
        result = run(sys.executable, "-B", *runner, examples / "ci/pytest")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn("7 passed", result.stdout)

    def check(self, *runner):
        result = run(sys.executable, "-B", *runner, EXAMPLES / "ci/pytest")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn("3 passed", result.stdout)
        spoilt = copy_of_examples(self)
        client = spoilt / "clients/good_client.py"
        client.write_text(BAD.read_text() + "\n\ndef find(server, name):\n    return True\n")
        result = run(sys.executable, "-B", *runner, spoilt / "ci/pytest")
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("retry-after-honoured: POST /source-connections", result.stdout)

    def test_the_fixture_without_pytest(self):
        self.check(HERE / "small_pytest.py")
        self.check_long_names(HERE / "small_pytest.py")

    @unittest.skipUnless(importlib.util.find_spec("pytest"), "there is no pytest")
    def test_the_fixture(self):
        self.check("-m", "pytest", "-p", "no:cacheprovider")
        self.check_long_names("-m", "pytest", "-p", "no:cacheprovider")


class JavaScriptTest(unittest.TestCase):
    def test_node(self):
        result = run("node", "--test", folder=EXAMPLES / "ci/javascript")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertRegex(result.stdout, r"(?m)^\S+ pass 2$")

    def test_vitest_and_jest(self):
        project = copy_of_examples(self) / "ci/javascript"
        (project / "package.json").write_text("{}")
        for program, *options in (["vitest/vitest.mjs", "run", "--globals"], ["jest/bin/jest.js"]):
            program = HERE / "node_modules" / program
            with self.subTest(program=program.stem):
                if not program.exists():
                    self.skipTest("it is not there; tests/e2e/run installs it by npm")
                result = run("node", program, *options, folder=project)
                self.assertEqual(result.returncode, 0, result.stdout)
                self.assertRegex(result.stdout, r"Tests: +2 passed|Tests +2 passed")

    def test_a_client_that_does_not_wait_is_found_out(self):
        spoilt = copy_of_examples(self) / "ci/javascript"
        (spoilt / "client.js").write_text(BAD_JAVASCRIPT)
        result = run("node", "--test", folder=spoilt)
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("retry-after-honoured: POST /source-connections", result.stdout)


@unittest.skipUnless(shutil.which("go"), "there is no go")
class GoTest(unittest.TestCase):
    def setUp(self):
        self.folder = copy_of_examples(self) / "ci/go"

    def test_each_test_has_a_session_whatever_its_name(self):
        (self.folder / "names_test.go").write_text(LONG_NAMES_IN_GO)
        result = run("go", "test", "-run", "TestNames", "./...", folder=self.folder, CGO_ENABLED="0")
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_go(self):
        result = run("go", "test", "./...", folder=self.folder, CGO_ENABLED="0")
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_a_client_that_does_not_wait_is_found_out(self):
        client = self.folder / "client.go"
        client.write_text(client.read_text().replace("time.Sleep(wait)", "_ = wait"))
        result = run("go", "test", "./...", folder=self.folder, CGO_ENABLED="0")
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("retry-after-honoured: POST /source-connections", result.stdout)


class DocumentTest(unittest.TestCase):
    def setUp(self):
        self.document = (TREE / "docs/ci.md").read_text()

    def test_it_shows_files_as_they_are(self):
        shown = SHOWN.findall(self.document)
        self.assertGreater(len(shown), 4)
        for path, text in shown:
            with self.subTest(path=path):
                self.assertEqual(text, (TREE / path).read_text())

    def test_it_names_every_file(self):
        linked = set(re.findall(r"\]\(\.\./(examples/[^)]*)\)", self.document))
        files = {str(path.relative_to(TREE)) for folder in ("ci", "clients")
                 for path in (EXAMPLES / folder).glob("**/*")
                 if path.is_file() and "__pycache__" not in path.parts}
        self.assertEqual(linked, files)


if __name__ == "__main__":
    unittest.main()
