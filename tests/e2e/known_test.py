"""`--known FILE` of exec and verify: failures that fail no gate, and a list that cannot rot."""

import json
import unittest
import xml.etree.ElementTree

from emulator import TREE, EmulatorTest, request, run_mockduit
from executed import HASTY, PATIENT, STANDING, ExecTest, run_exec, run_shell
from verify_test import HASTY as FAILED
from verify_test import insist

SOON = "retry-after-honoured/too-soon"


class KnownTest(ExecTest):
    def known(self, *entries):
        """A file of entries, each a map; without a reason it is a ticket."""
        entries = [{"reason": "ticket 7", **entry} for entry in entries]
        return self.write("known.yaml", "known:\n" + "".join(f"  - {json.dumps(entry)}\n"
                                                             for entry in entries))

    def run_known(self, *entries, scenarios="throttled-twice", client=HASTY, more=()):
        return run_exec("--each", scenarios, "--require", "all", "--known", self.known(*entries),
                        *more, client=client)

    def assert_rotten(self, result, *lines):
        """Each line stands behind the place of its entry."""
        told = [line for line in result.stderr.splitlines() if "known.yaml:" in line]
        self.assertEqual(told, [f"mockduit: {self.folder}/known.yaml:{line}" for line in lines],
                         result.stderr)
        self.assertEqual(result.returncode, 3, result.stderr)


class CoveredTest(KnownTest):
    def test_a_known_failure_fails_no_gate_and_is_shown_with_its_reason(self):
        for check in ("retry-after-honoured", SOON):
            with self.subTest(check=check):
                result = self.run_known({"check": check})
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertIn("\n  KNOWN retry-after-honoured     ticket 7\n" + 33 * " " +
                              "POST /source-connections was tried again", result.stderr)
                self.assertNotIn("FAIL", result.stderr)

    def test_a_check_that_is_named_counts_as_exercised(self):
        result = run_exec("--scenario", "throttled-twice", "--require", "retry-after-honoured",
                          "--known", self.known({"check": SOON}), client=HASTY)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_another_failure_fails_all_the_same(self):
        result = self.run_known({"check": SOON}, client=HASTY + "\ncall('GET', '/source-connections"
                                                                "?api_key=sk_live_1')")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("mockduit: no-secret-in-url failed in 1 session\n", result.stderr)
        self.assertNotIn("mockduit: retry-after-honoured", result.stderr)

    def test_of_sessions_and_scenarios_alone(self):
        client = "insist('/@checkout-1', session='checkout-1'); insist('/@other', session='other')"
        for entry, code in (({"session": "*"}, 0), ({"test": "checkout-*"}, 3),
                            ({"scenario": "throttled-*"}, 0)):
            with self.subTest(entry=entry):
                result = self.run_known({"check": SOON, **entry}, client=client)
                self.assertEqual(result.returncode, code, result.stderr)
                self.assertEqual(result.stderr.count("  KNOWN "), 2 if code == 0 else 1)

    def test_over_several_runs_each_is_shown_and_counted(self):
        result = self.run_known({"check": "retry-after-honoured"},
                                scenarios="throttled-twice,success,rate-limited")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stderr.count(", 1 known "), 2, result.stderr)
        self.assertEqual(result.stderr.count("\n  KNOWN "), 2, result.stderr)

    def test_junit_skips_it_and_the_page_shows_it(self):
        junit, page = self.folder / "verdicts.xml", self.folder / "verdicts.html"
        result = self.run_known({"check": SOON, "reason": "ticket <7>"},
                                more=("--junit", junit, "--report", page))
        self.assertEqual(result.returncode, 0, result.stderr)
        suites = xml.etree.ElementTree.parse(junit).getroot()
        self.assertEqual((suites.get("failures"), suites.get("errors")), ("0", "0"))
        skipped = suites.find(".//testcase[@name='retry-after-honoured']/skipped")
        self.assertEqual(skipped.get("message"), "known: ticket <7>")
        self.assertIn("was tried again", skipped.text)
        text = page.read_text()
        self.assertIn("1 failure is known.", text)
        self.assertIn("<code>retry-after-honoured</code>: ticket &lt;7&gt;", text)

    def test_the_command_keeps_its_own_exit_code(self):
        result = self.run_known({"check": SOON}, client="sys.exit(4)")
        self.assertEqual(result.returncode, 4, result.stderr)


class RottenTest(KnownTest):
    def test_one_that_passes_now(self):
        result = self.run_known({"check": SOON}, client=PATIENT, more=STANDING)
        self.assert_rotten(result, f"2: {SOON} passes now, in session default; take the entry out")

    def test_one_that_passes_in_one_run_and_not_in_another_is_of_use(self):
        # Under throttled-twice it passes for want of a second request that comes too soon.
        client = ("insist(patient=call('GET', '/__admin/sessions/default', headers={})"
                  ".json['scenario'] == 'throttled-twice')")
        result = self.run_known({"check": SOON}, scenarios="throttled-twice,rate-limited",
                                client=client, more=("--clock", "2026-01-15T10:00:00Z@0.5"))
        self.assertEqual(result.stderr.count("\n  KNOWN "), 1, result.stderr)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_one_that_is_over_covers_nothing(self):
        result = self.run_known({"check": SOON, "until": "2020-02-29"})
        self.assert_rotten(result, f"2: {SOON} was known until 2020-02-29; mend it, or set another "
                                   "date (ticket 7)")
        self.assertIn("mockduit: retry-after-honoured failed in 1 session\n", result.stderr)
        self.assertEqual(self.run_known({"check": SOON, "until": "9999-12-30"}).returncode, 0)

    def test_one_that_matches_nothing(self):
        result = self.run_known(
            {"check": SOON}, {"check": SOON, "session": "defualt"},
            {"check": SOON, "scenario": "throttled-twise"}, {"check": "polling-sane"})
        self.assert_rotten(
            result, "3: no session is called 'defualt'; did you mean 'default'?",
            "4: no session met a scenario 'throttled-twise'; did you mean 'throttled-twice'?",
            "5: nothing exercised polling-sane where it is known to fail")

    def test_what_a_part_of_the_checks_did_not_meet_is_only_told(self):
        known = self.known({"check": "polling-sane"}, {"check": SOON, "session": "another"})
        result = run_exec("--scenario", "throttled-twice", "--require", "recovers",
                          "--known", known, client=HASTY)
        self.assertEqual(result.returncode, 0, result.stderr)
        for line in ("2: nothing exercised polling-sane where it is known to fail",
                     "3: no session is called 'another'"):
            self.assertIn(f"known.yaml:{line}; that fails no gate here\n", result.stderr)
        # What passes now is a mistake all the same.
        known = self.known({"check": "recovers"})
        result = run_exec("--scenario", "throttled-twice", "--require", "recovers",
                          "--known", known, client=HASTY)
        self.assertEqual(result.returncode, 3, result.stderr)


class MistakesTest(KnownTest):
    def test_each_is_told_with_its_place_before_anything_runs(self):
        path = self.write("known.yaml", "known:\n  - check: backof-grows\n    reson: x\n")
        for command in (("exec", "--known", path, "--", "echo", "it ran"),
                        ("verify", "--url", "http://127.0.0.1:1", "--known", path)):
            with self.subTest(command=command[0]):
                result = run_mockduit(*command)
                self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
                self.assertIn(f"mockduit: --known: {path}:3:5: 'reson' is no key of a known failure; "
                              "did you mean 'reason'?\n", result.stderr)
                self.assertIn(f"{path}:2:12: 'backof-grows' is no check and no code of a finding; "
                              "did you mean 'backoff-grows'?\n", result.stderr)

    def test_a_file_that_there_is_not(self):
        result = run_shell("echo it ran", "--known", self.folder / "none.yaml")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("--known: cannot read ", result.stderr)

    def test_lint_tells_them_too(self):
        path = self.known({"check": SOON})
        self.assertEqual(run_mockduit("lint", path).returncode, 0)
        self.assertEqual(run_mockduit("lint", TREE / "examples/known.yaml").returncode, 0)
        path = self.known({"check": SOON, "until": "soon"})
        result = run_mockduit("lint", path)
        self.assertEqual(result.returncode, 1)
        self.assertIn("'soon' is no date; write it as 2026-12-31", result.stdout)


class VerifyTest(KnownTest, EmulatorTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        insist(cls.emulator, "hasty")

    def verify(self, *entries, more=()):
        return run_mockduit("verify", "--url", self.emulator.url, "--require", "all",
                            "--known", self.known(*entries), *more)

    def test_it_gates_as_exec_does_and_its_reports_show_it(self):
        junit, page = self.folder / "verdicts.xml", self.folder / "verdicts.html"
        result = self.verify({"check": SOON, "session": "h*", "scenario": "throttled-twice"},
                             more=("--junit", junit, "--report", page))
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("\n  KNOWN retry-after-honoured     ticket 7\n", result.stdout)
        self.assertIn('<skipped message="known: ticket 7">', junit.read_text())
        self.assertIn("1 failure is known.", page.read_text())

    def test_what_has_rotted_fails(self):
        result = self.verify({"check": SOON}, {"check": "recovers"}, {"check": "polling-sane"})
        self.assert_rotten(result, "3: recovers passes now, in session hasty; take the entry out",
                           "4: nothing exercised polling-sane where it is known to fail")
        self.assertNotIn(FAILED, result.stderr)

    def test_of_one_session_the_entries_of_others_are_only_told(self):
        result = self.verify({"check": SOON}, {"check": SOON, "session": "other"},
                             more=("--session", "hasty"))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("3: no session is called 'other'; that fails no gate here", result.stderr)

    def test_the_control_api_takes_a_list(self):
        for call in ("/__admin/report", "/__admin/sessions/hasty/report"):
            body = json.dumps({"known": [{"check": SOON, "reason": "ticket 7"}]})
            answer = request(self.emulator, "POST", f"{call}?format=text", body=body)
            self.assertIn(b"  KNOWN retry-after-honoured     ticket 7\n", answer.body)
            answer = request(self.emulator, "POST", call, body='{"known": [{}]}')
            self.assertEqual(answer.status, 422)
            self.assertIn(b"a known failure needs 'check'", answer.body)
        self.assertNotIn(b"KNOWN", request(self.emulator, "GET", "/__admin/report?format=text").body)


if __name__ == "__main__":
    unittest.main()
