"""The fixtures of integrations/ do what corpus.json says, each under the test frameworks of its language,
and the examples of docs/integrations.md run. Where a language's tools are missing, its tests are skipped;
`./dev setup integrations` installs them, and tests/e2e/run those of npm.
Starts first."""

import contextlib
import glob
import json
import os
import pathlib
import re
import select
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

from emulator import BINARY, HERE, PATIENCE, TREE, Emulator, clean_environment

INTEGRATIONS = TREE / "integrations"
CORPUS = json.loads((INTEGRATIONS / "corpus.json").read_text())
EXAMPLE = re.compile(r"<!-- example (\S+) -->\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# Notes its process, which is then the server's.
NOTING = '#!/bin/sh\necho $$ >>"$PROCESSES"\nexec "$BINARY" "$@"\n'
TOKEN = "my-token"
VITEST = HERE / "node_modules/vitest/vitest.mjs"
JEST = HERE / "node_modules/jest/bin/jest.js"
JARS = """junit-jupiter-api junit-jupiter-params junit-jupiter-engine junit-platform-commons
junit-platform-engine junit-platform-launcher junit-platform-console junit-platform-reporting
opentest4j-reporting-events opentest4j-reporting-schema apiguardian-api opentest4j
univocity-parsers picocli gson""".split()
JAVA_CLIENT = """import java.net.URI;
import java.net.http.*;

class SourceClient {
  private final String url;
  SourceClient(String url) { this.url = url; }

  int create(String name) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url + "/source-connections"))
        .header("X-API-Key", "my-key").header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(
            "{\\"name\\": \\"" + name + "\\", \\"short_name\\": \\"stripe\\"}")).build();
    for (;;) {
      var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 429) return answer.statusCode();
      Thread.sleep(1000 * answer.headers().firstValueAsLong("Retry-After").getAsLong());
    }
  }
}
"""


def has_pytest(python):
    return shutil.which(python) and subprocess.run(
        [python, "-c", "import pytest"], stderr=subprocess.DEVNULL).returncode == 0


PYTHON = next(filter(has_pytest, [sys.executable, "/usr/bin/python3"]), None)


def code_of(path):
    """The lines of a fixture that are neither blank nor a comment."""
    text = re.sub(r'(?s)/\*.*?\*/', "", path.read_text())
    return [line for line in text.splitlines() if not re.fullmatch(r"\s*((//|#).*)?", line)]


def wait_for_the_end(process):
    with contextlib.suppress(ProcessLookupError):  # it is gone already
        end = os.pidfd_open(process)
        ended, _, _ = select.select([end], [], [], PATIENCE)
        os.close(end)
        assert ended, f"the server with the process {process} goes on"


def cases_of_junit(path):
    """What a test failed with, or None, by its number in the corpus, with which its name begins. One
    that is not of the corpus stands by its name."""
    failures = {}
    for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
        shown = case.findtext("system-out") or ""
        name = re.search(r"(?:^|\[|display-name: )(\d+) ", case.get("name") + "\n" + shown, re.M)
        words = [one.get("message", "") + (one.text or "") for one in case
                 if one.tag in ("failure", "error")]
        failures[int(name[1]) if name else case.get("name")] = "\n".join(words) if words else None
    return failures


class Fixture:
    """What all have in common; a class below says how its language's framework is run."""

    servers = 1  # that a run of the corpus starts
    longest = r"at most\s(\d+) lines of code"  # as docs/integrations.md says it

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.processes = self.folder / "processes"
        self.processes.touch()
        self.binary = self.folder / "noting"
        self.binary.write_text(NOTING)
        self.binary.chmod(0o755)

    def run_it(self, *command, folder, **environment):
        command = [str(part) for part in command]
        environment = {"MOCKDUIT_BIN": str(self.binary), "PROCESSES": str(self.processes),
                       "BINARY": BINARY, "PYTHONDONTWRITEBYTECODE": "1", **environment}
        return subprocess.run(command, cwd=folder, env=clean_environment(**environment), text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=5 * PATIENCE)

    def assert_as_the_corpus_says(self, result):
        self.assertNotEqual(result.returncode, 0, result.stdout)
        failures = self.failures(result)
        others = {name: failures.pop(name) for name in list(failures) if isinstance(name, str)}
        self.assertEqual(set(others.values()), {None}, others)  # those of the names passed
        self.assertEqual(sorted(failures), list(range(len(CORPUS["tests"]))), result.stdout)
        for number, case in enumerate(CORPUS["tests"]):
            with self.subTest(case["name"]):
                said = failures[number]
                if case["fails_with"] is None:
                    self.assertIsNone(said)
                for words in case["fails_with"] or []:
                    self.assertIn(words, said or "it passed")

    def test_every_case_of_the_corpus(self):
        self.assert_as_the_corpus_says(self.run_corpus())
        started = [int(line) for line in self.processes.read_text().split()]
        self.assertEqual(len(started), self.servers)
        for process in started:
            wait_for_the_end(process)

    def test_on_a_server_that_runs_already_twice(self):
        with Emulator("--admin-token", TOKEN) as server:
            for _ in range(2):
                self.assert_as_the_corpus_says(
                    self.run_corpus(MOCKDUIT_URL=server.url, MOCKDUIT_ADMIN_TOKEN=TOKEN))
            listed = self.run_it("curl", "-s", "-H", f"Authorization: Bearer {TOKEN}",
                                 server.url + "/__admin/sessions", folder=self.folder)
            sessions = [one["name"] for one in json.loads(listed.stdout)["sessions"]]
        self.assertEqual(self.processes.read_text(), "")
        cases = [case for case in CORPUS["tests"]
                 if any("call" in step for step in case["steps"])]
        self.assertGreaterEqual(len(sessions), len(cases), sessions)

    def test_a_server_that_does_not_start_is_told_in_its_words(self):
        for start in CORPUS["starts"]:
            with self.subTest(start["name"]):
                result = self.run_corpus(**start["environment"])
                self.assertNotEqual(result.returncode, 0)
                for words in start["fails_with"]:
                    self.assertIn(words, result.stdout)

    def test_the_example_of_the_documentation(self):
        examples = dict(EXAMPLE.findall((TREE / "docs/integrations.md").read_text()))
        for name in self.examples:
            (self.folder / name).write_text(examples[name])
        result = self.run_example()
        self.assertEqual(result.returncode, 0, result.stdout)
        client = self.folder / self.client
        text = client.read_text()
        self.assertIn(self.wait, text)
        client.write_text(text.replace(self.wait, self.no_wait))
        result = self.run_example()
        self.assertNotEqual(result.returncode, 0, result.stdout)
        self.assertIn("retry-after-honoured: POST /source-connections was tried again",
                      result.stdout)

    def test_the_fixture_is_as_short_as_the_documentation_says(self):
        bound = re.search(self.longest, (TREE / "docs/integrations.md").read_text())
        self.assertLessEqual(len(code_of(self.fixture)), int(bound[1]))


@unittest.skipUnless(PYTHON, "there is no pytest")
class PytestTest(Fixture, unittest.TestCase):
    fixture = INTEGRATIONS / "pytest/pytest_mockduit.py"
    examples = ["test_client.py"]
    client, wait, no_wait = "good_client.py", "time.sleep(", "str("

    def run_pytest(self, *arguments, **environment):
        return self.run_it(PYTHON, "-m", "pytest", "-p", "pytest_mockduit", "-p", "no:cacheprovider",
                           "--strict-markers", *arguments, folder=self.folder,
                           PYTHONPATH=str(self.fixture.parent), **environment)

    def run_corpus(self, **environment):
        return self.run_pytest(f"--junitxml={self.folder}/report.xml",
                               self.fixture.parent / "tests", **environment)

    def failures(self, result):
        return cases_of_junit(self.folder / "report.xml")

    def run_example(self):
        if not (self.folder / self.client).exists():
            shutil.copy(TREE / "examples/clients/good_client.py", self.folder)
        return self.run_pytest(self.folder)

    def test_the_server_ends_also_where_the_run_is_killed(self):
        (self.folder / "test_kill.py").write_text(
            "import os\n\ndef test_kill(mockduit):\n    os.kill(os.getpid(), 9)\n")
        result = self.run_pytest(self.folder)
        self.assertEqual(result.returncode, -9, result.stdout)
        wait_for_the_end(int(self.processes.read_text()))

    def test_the_server_ends_also_where_a_child_of_the_test_goes_on(self):
        (self.folder / "test_fork.py").write_text("""import os, select

def test_fork(mockduit):
    mockduit.require()
    end, start = os.pipe()
    if os.fork() == 0:
        os.close(start)
        select.select([end], [], [])  # until pytest has ended
        os._exit(0)
""")
        result = self.run_pytest(self.folder)
        self.assertEqual(result.returncode, 0, result.stdout)
        wait_for_the_end(int(self.processes.read_text()))

    def test_reports_are_written_at_the_end_of_the_run(self):
        report = self.folder / "verdicts.xml"
        self.run_corpus(MOCKDUIT_JUNIT=str(report))
        suites = xml.etree.ElementTree.parse(report).getroot().findall("testsuite")
        self.assertEqual(suites[0].get("failures"), "0")  # the command, which is the run
        self.assertGreater(len(suites), len(CORPUS["tests"]) / 2)

    def test_its_entry_point_names_the_module(self):
        import tomllib
        project = tomllib.loads((self.fixture.parent / "pyproject.toml").read_text())
        self.assertEqual(project["project"]["entry-points"]["pytest11"]["mockduit"],
                         self.fixture.stem)
        self.assertEqual(project["tool"]["setuptools"]["py-modules"], [self.fixture.stem])


class JavaScript(Fixture):
    fixture = INTEGRATIONS / "node/index.js"
    examples = ["client.test.mjs"]
    client, wait, no_wait = "client.js", "await sleep(", "void ("

    def make_project(self):
        (self.folder / "package.json").write_text("{}")
        shutil.copytree(self.fixture.parent, self.folder / "node_modules/@mockduit/testing")

    def run_example(self):
        if not (self.folder / self.client).exists():
            shutil.copy(TREE / "examples/ci/javascript/client.js", self.folder)
            self.make_project()
        return self.run_runner()


class NodeTest(JavaScript, unittest.TestCase):
    def run_corpus(self, **environment):
        return self.run_it("node", "--test", "--test-reporter=junit", "test",
                           folder=self.fixture.parent, **environment)

    def failures(self, result):
        report = self.folder / "report.xml"
        report.write_text(result.stdout)
        return cases_of_junit(report)

    def run_runner(self):
        return self.run_it("node", "--test", folder=self.folder)

    def test_the_server_ends_also_where_the_run_is_killed(self):
        test = self.folder / "kill.test.cjs"
        test.write_text(f"const {{ withMockduit }} = require({json.dumps(str(self.fixture))});\n"
                        "require('node:test')('kill', withMockduit(() => {\n"
                        "  process.kill(process.pid, 'SIGKILL');\n}));\n")
        self.run_it("node", test, folder=self.folder)
        wait_for_the_end(int(self.processes.read_text()))

    def test_one_server_for_all_files_by_the_global_setup(self):
        setup = json.dumps(str(self.fixture.parent / "global-setup.js"))
        result = self.run_it("node", "-e", f"""
            require({setup})().then(async (teardown) => {{
              const {{ spawnSync }} = require("node:child_process");
              for (const _ of [1, 2]) {{
                const run = spawnSync("node", ["--test", "--test-name-pattern=^0 ", "test"]);
                if (run.status !== 0) throw new Error(String(run.stdout));
              }}
              await teardown();
            }})""", folder=self.fixture.parent)
        self.assertEqual(result.returncode, 0, result.stdout)
        wait_for_the_end(int(self.processes.read_text()))  # there is one


class Runner(JavaScript):
    """A framework that npm installs. Its `test` is global, where that of node:test is imported."""

    def run_runner(self, *options, folder=None, **environment):
        return self.run_it("node", self.program, *self.options, *options, folder=folder or self.folder,
                           **environment)

    def run_example(self):
        test = self.folder / "client.test.mjs"
        test.write_text(test.read_text().replace('import test from "node:test";\n', ""))
        return super().run_example()

    def test_one_server_for_all_files_by_the_global_setup(self):
        self.make_project()
        for name in ("one", "two"):
            (self.folder / f"{name}.test.mjs").write_text("""
import { withMockduit } from "@mockduit/testing";

test("it is there", withMockduit((mock) => fetch(`${mock.url("airweave")}/collections`, {
  headers: { "X-API-Key": "my-key" },
})));
""")
        result = self.run_with_global_setup("@mockduit/testing/global-setup")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn("2 passed", result.stdout)
        wait_for_the_end(int(self.processes.read_text()))  # there is one


@unittest.skipUnless(VITEST.exists(), "there is no Vitest; tests/e2e/run installs it by npm")
class VitestTest(Runner, unittest.TestCase):
    program, options = VITEST, ["run", "--globals"]

    def run_corpus(self, **environment):
        return self.run_runner("--reporter=default", "--reporter=junit",
                               f"--outputFile.junit={self.folder}/report.xml",
                               folder=self.fixture.parent, **environment)

    def failures(self, result):
        return cases_of_junit(self.folder / "report.xml")

    def run_with_global_setup(self, module):
        (self.folder / "vitest.config.mjs").write_text(
            f"export default {{ test: {{ globalSetup: {json.dumps(module)} }} }};\n")
        return self.run_runner()


@unittest.skipUnless(JEST.exists(), "there is no Jest; tests/e2e/run installs it by npm")
class JestTest(Runner, unittest.TestCase):
    program, options = JEST, ["--ci", "--rootDir=."]

    def run_runner(self, *options, **settings):  # it takes a module of ECMAScript only so
        return super().run_runner(*options, NODE_OPTIONS="--experimental-vm-modules", **settings)

    def run_corpus(self, **environment):
        return self.run_runner("--json", f"--outputFile={self.folder}/report.json",
                               folder=self.fixture.parent, **environment)

    def failures(self, result):
        report = json.loads((self.folder / "report.json").read_text())
        failures = {}
        for case in report["testResults"][0]["assertionResults"]:
            number = re.match(r"(\d+) ", case["title"])
            failures[int(number[1]) if number else case["title"]] = (
                "\n".join(case["failureMessages"]) if case["status"] == "failed" else None)
        return failures

    def run_with_global_setup(self, module):
        return self.run_runner(f"--globalSetup={module}")


@unittest.skipUnless(shutil.which("go"), "there is no go")
class GoTest(Fixture, unittest.TestCase):
    fixture = INTEGRATIONS / "go/mockduit.go"
    examples = ["go.mod", "client_test.go"]
    client, wait, no_wait = "client.go", "time.Sleep(wait)", "_ = wait"

    def run_go(self, *arguments, folder, **environment):
        return self.run_it("go", "test", "-count=1", *arguments, folder=folder, CGO_ENABLED="0",
                           GOPROXY="off", **environment)

    def run_corpus(self, **environment):
        return self.run_go("-json", ".", folder=self.fixture.parent, **environment)

    def failures(self, result):
        said, ended = {}, {}
        for event in map(json.loads, result.stdout.splitlines()):
            name = event.get("Test", "TestCorpus")
            if name == "TestCorpus":
                continue
            number = re.match(r"TestCorpus/(\d+)_", name)
            key = int(number[1]) if number else name
            if event["Action"] == "output":
                said[key] = said.get(key, "") + event["Output"]
            elif event["Action"] in ("pass", "fail"):
                ended[key] = event["Action"]
        return {key: said[key] if how == "fail" else None for key, how in ended.items()}

    def run_example(self):
        if not (self.folder / self.client).exists():
            shutil.copy(TREE / "examples/ci/go/client.go", self.folder)
            (self.folder / "integrations").symlink_to(INTEGRATIONS)
        return self.run_go(".", folder=self.folder)


@unittest.skipUnless(shutil.which("javac") and glob.glob("/usr/share/java/junit-jupiter-api.jar"),
                     "there is no javac with JUnit 5")
class JUnitTest(Fixture, unittest.TestCase):
    fixture = INTEGRATIONS / "junit/Mockduit.java"
    examples = ["SourceClientTest.java"]
    client, wait, no_wait = "SourceClient.java", "Thread.sleep(", "String.valueOf("

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = ":".join([folder.name, *(f"/usr/share/java/{jar}.jar" for jar in JARS)])
        cls.compile(folder.name, cls.fixture, cls.fixture.parent / "CorpusTest.java")

    @classmethod
    def compile(cls, classes, *sources):
        subprocess.run(["javac", "-proc:none", "-cp", cls.path, "-d", classes, *sources],
                       check=True, timeout=5 * PATIENCE, stderr=subprocess.DEVNULL)

    def run_java(self, test, **environment):
        return self.run_it("java", "-XX:TieredStopAtLevel=1", f"-Dcorpus={INTEGRATIONS}/corpus.json",
                           "-cp", f"{self.folder}:{self.path}",
                           "org.junit.platform.console.ConsoleLauncher", "--disable-banner",
                           "--reports-dir", self.folder, "--select-class", test,
                           folder=self.folder, **environment)

    def run_corpus(self, **environment):
        return self.run_java("mockduit.CorpusTest", **environment)

    def failures(self, result):
        return cases_of_junit(self.folder / "TEST-junit-jupiter.xml")

    def run_example(self):
        client = self.folder / self.client
        if not client.exists():
            client.write_text(JAVA_CLIENT)
        self.compile(self.folder, client, self.folder / "SourceClientTest.java")
        return self.run_java("SourceClientTest")


def has_cpp_libraries():
    """Whether what mockduit/testing.h includes is there, as Debian packages it."""
    return shutil.which("g++") and shutil.which("pkg-config") and subprocess.run(
        ["pkg-config", "--exists", "cpp-httplib", "gtest", "RapidJSON", "libcrypto"]).returncode == 0


@unittest.skipUnless(has_cpp_libraries(), "there is no g++ with GoogleTest, cpp-httplib and RapidJSON")
class CppTest(Fixture, unittest.TestCase):
    fixture = INTEGRATIONS / "cpp/include/mockduit/testing.h"
    examples = ["client_test.cc"]
    longest = r"C\+\+'s\s+has (\d+),"
    client, wait, no_wait = "client.cc", "std::this_thread::sleep_for(", "static_cast<void>("

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        # The fixture includes much, so it is compiled once for all programs.
        cls.precompiled = pathlib.Path(folder.name) / "precompiled.h"
        cls.precompiled.write_text("#include <mockduit/testing.h>\n")
        cls.run_compiler("-x", "c++-header", cls.precompiled, "-o", f"{cls.precompiled}.gch",
                         *cls.flags("--cflags"))
        cls.program = pathlib.Path(folder.name) / "corpus_test"
        cls.compile(cls.program, INTEGRATIONS / "cpp/corpus_test.cc")

    @staticmethod
    def flags(*of):
        libraries = "cpp-httplib gtest gtest_main RapidJSON libcrypto libssl".split()
        return subprocess.run(["pkg-config", *of, *libraries], check=True, capture_output=True,
                              text=True).stdout.split()

    @staticmethod
    def run_compiler(*words):
        subprocess.run(["g++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-Winvalid-pch",
                        f"-I{INTEGRATIONS}/cpp/include", *words], check=True, timeout=5 * PATIENCE)

    @classmethod
    def compile(cls, program, *sources):
        cls.run_compiler("-include", cls.precompiled, *sources, "-o", program,
                         *cls.flags("--cflags", "--libs"))

    def run_corpus(self, **environment):
        return self.run_it(self.program, f"--gtest_output=xml:{self.folder}/report.xml",
                           folder=self.folder, MOCKDUIT_CORPUS=f"{INTEGRATIONS}/corpus.json",
                           **environment)

    def failures(self, result):
        return cases_of_junit(self.folder / "report.xml")

    def run_example(self):
        client = self.folder / self.client
        if not client.exists():
            for name in (self.client, "client.h"):
                shutil.copy(TREE / "examples/cpp" / name, self.folder)
        program = self.folder / "client_test"
        self.compile(program, client, self.folder / "client_test.cc")
        return self.run_it(program, folder=self.folder)

    def test_the_server_ends_also_where_the_run_is_killed(self):
        (self.folder / "kill.cc").write_text("""#include <mockduit/testing.h>
#include <signal.h>
class KillTest : public mockduit::Session {};
TEST_F(KillTest, Kill) { raise(SIGKILL); }
""")
        self.compile(self.folder / "kill", self.folder / "kill.cc")
        result = self.run_it(self.folder / "kill", folder=self.folder)
        self.assertEqual(result.returncode, -9, result.stdout)
        wait_for_the_end(int(self.processes.read_text()))


class CorpusTest(unittest.TestCase):
    def test_its_session_names_are_valid_and_distinct(self):
        names = [entry["session"] for entry in CORPUS["names"]]
        for name in names:
            self.assertRegex(name, r"\A[a-z0-9][a-z0-9._-]{0,63}\Z")
        self.assertEqual(len(set(names)), len(names))


if __name__ == "__main__":
    unittest.main()
