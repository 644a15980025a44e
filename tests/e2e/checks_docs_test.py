"""docs/checks.md: a section for each check and no other, with its parameters and the documents that
it stands on as the binary has them, and every example goes as it stands there."""

import re
import unittest

from emulator import TREE, Emulator, EmulatorTest, control, request, run_mockduit
from tour import TOUR, read_tour, run_tour

DOCUMENT = (TREE / "docs/checks.md").read_text()
CHECKS = DOCUMENT[DOCUMENT.index("\n## The checks\n"):DOCUMENT.index("\n## Coverage\n")]
SOURCES = "".join(path.read_text() for path in sorted((TREE / "src/verify/checks").glob("*.cc")))
# What each file of a check ends with.
ENTRY = re.compile(r'^  return \{\s*"([a-z-]+)",\n(.*?)&Evaluate\w+\};', re.DOTALL | re.MULTILINE)
# The last may be the least that is good.
PARAMETER = re.compile(r'\{"([a-z_]+)", "([^"]+)", "([^"]+)"(?:, "[^"]+")?\}')
ROW = re.compile(r"^\| `([a-z_]+)` \| `([^`]+)` \| (.*) \|$", re.MULTILINE)
FINDING = re.compile(r"^\| `([a-z-]+)` \| ([^`|].*) \| (.*) \|$", re.MULTILINE)
# What verify/codes.cc has of a check.
CODES = re.compile(r'\{"([a-z-]+)",\s+\{([^}]*)\},\s+\{([^}]*)\}\}')
PARTS = ("Looks at", "Not exercised", "Fails", "No fault", "Stands on")


def sections():
    """{check: its section}, in the order of the page."""
    parts = re.split(r"^### (.*)\n", CHECKS, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def entries():
    """{check: what its file says of it}"""
    return dict(ENTRY.findall(SOURCES))


class ChecksDocsTest(EmulatorTest):
    def known(self):
        return control(self.emulator, "GET", "/sessions/known/verdicts")["verdicts"]

    def set_parameter(self, check, parameter, value):
        value = value.replace("%", "%25")
        return request(self.emulator, "GET",
                       f"/__admin/sessions/known/verdicts?{check}.{parameter}={value}")

    def test_every_check_has_a_section_and_no_other(self):
        names = [verdict["check"] for verdict in self.known()]
        self.assertEqual(list(sections()), names)
        self.assertEqual(sorted(entries()), sorted(names))

    def test_each_section_has_all_its_parts(self):
        for check, text in sections().items():
            with self.subTest(check=check):
                for part in PARTS:
                    self.assertEqual(text.count(f"\n- **{part}**"), 1, part)

    def test_each_section_shows_a_finding(self):
        for check, text in sections().items():
            with self.subTest(check=check):
                # A delivery is no exchange.
                shown = "" if check == "answers-webhooks" else r"  #\d"
                self.assertRegex(text, rf"\n  FAIL  {check} +\S.*{shown}")

    def test_parameters_are_those_of_the_code(self):
        count = 0
        for check, text in sections().items():
            with self.subTest(check=check):
                self.assertEqual(ROW.findall(text), PARAMETER.findall(entries()[check]))
                count += len(ROW.findall(text))
        self.assertGreater(count, 9)

    def test_defaults_are_those_of_the_binary(self):
        for check, text in sections().items():
            for parameter, standard, _ in ROW.findall(text):
                with self.subTest(check=check, parameter=parameter):
                    self.assertEqual(self.set_parameter(check, parameter, standard).status, 200)
                    wrong = self.set_parameter(check, parameter, "x")
                    self.assert_problem(wrong, 400)
                    self.assertTrue(wrong.json()["detail"].endswith(f", such as {standard}"), wrong)
                    unknown = self.set_parameter(check, parameter + "x", standard)
                    self.assertIn(f"did you mean '{check}.{parameter}'", unknown.json()["detail"])

    def test_findings_are_those_of_the_code(self):
        codes = CODES.findall((TREE / "src/verify/codes.cc").read_text())
        self.assertEqual([check for check, _, _ in codes], list(sections()))
        for check, faults, doubts in codes:
            with self.subTest(check=check):
                told = [slug for slug, _, _ in FINDING.findall(sections()[check])]
                self.assertEqual(told, re.findall(r'"([a-z-]+)"', faults + doubts))

    def test_the_checks_that_are_never_in_doubt_are_those_of_the_code(self):
        told = DOCUMENT.split("| check | because the journal has |\n|---|---|\n")[1].split("\n\n")[0]
        codes = CODES.findall((TREE / "src/verify/codes.cc").read_text())
        self.assertEqual(re.findall(r"^\| `([a-z-]+)` \|", told, re.MULTILINE),
                         [check for check, _, doubts in codes if not doubts])

    def test_each_call_site_names_a_finding_of_its_check(self):
        slugs = {slug for _, faults, doubts in
                 CODES.findall((TREE / "src/verify/codes.cc").read_text())
                 for slug in re.findall(r'"([a-z-]+)"', faults + doubts)}
        named = re.findall(r'[.>_](?:Fail|Doubt)\(\s*"([a-z-]+)",', SOURCES)
        self.assertEqual(set(named) - slugs, set())

    def test_the_documents_are_those_of_the_code(self):
        links = 0
        for check, text in sections().items():
            stands_on = text[text.index("- **Stands on**"):]
            basis = " ".join(re.findall(r'"([^"]*)"', entries()[check]))
            for number, section in re.findall(r"RFC (\d+), section ([\d.]+\d|\d)", basis):
                with self.subTest(check=check, rfc=number):
                    self.assertIn(f"(https://www.rfc-editor.org/rfc/rfc{number}#section-{section})",
                                  stands_on)
                    links += 1
        self.assertGreater(links, 8)

    def test_results_are_those_of_the_binary(self):
        text = DOCUMENT[DOCUMENT.index("## Results"):DOCUMENT.index("## Attempts")]
        told = re.findall(r"^\| `([a-z_]+)` \| `.{4}` \|", text, re.MULTILINE)
        counts = control(self.emulator, "GET", "/sessions/known/verdicts")["counts"]
        self.assertEqual(told, list(counts))

    def test_every_scenario_and_check_it_names_is_there(self):
        rows = re.search(r"\| scenario \| exercises \|\n\|---\|---\|\n((?:\|.*\n)+)", DOCUMENT)[1]
        scenarios = {row["name"] for row in control(self.emulator, "GET", "/scenarios")["scenarios"]}
        for row in rows.splitlines():
            named, exercised = [set(re.findall(r"`([a-z-]+)`", cell)) for cell in row.split("|")[1:3]]
            self.assertLessEqual(named, scenarios)
            self.assertLessEqual(exercised, set(sections()))

    def test_each_option_it_names_is_there(self):
        helped = run_mockduit("exec", "--help").stdout
        for option in set(re.findall(r"`(--[a-z][a-z-]*)", DOCUMENT)):
            self.assertIn(option + " ", helped)

    def test_the_known_failures_it_shows_are_the_example(self):
        shown = re.search(r"```yaml\n(known:\n.*?)```", DOCUMENT, re.DOTALL)[1]
        self.assertTrue((TREE / "examples/known.yaml").read_text().endswith("\n" + shown))

    def test_every_example_goes_as_it_stands_there(self):
        self.assertGreater(len(read_tour(DOCUMENT)), 16)
        self.assertNotIn("```sh", TOUR.sub("", DOCUMENT))
        # A client in a hurry now and then looks like two on a busy machine, which is a doubt.
        for _ in range(3):
            with Emulator() as emulator:
                wrong = run_tour(DOCUMENT, emulator.url)
            if not wrong:
                return
        self.fail(wrong)


if __name__ == "__main__":
    unittest.main()
