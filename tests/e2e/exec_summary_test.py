"""What `mockduit exec` tells of a run: its summary, its gates and its files."""

import re
import unittest
import xml.etree.ElementTree

from emulator import run_mockduit
from executed import (HASTY, HASTY_SUMMARY, PATIENT, STANDING, ExecTest, evened, on_terminal,
                      python, run_exec, run_shell)

THROTTLED = ("--scenario", "throttled-twice")
WAITED = (*THROTTLED, *STANDING)
CODES = re.compile(r"\x1b\[[0-9;]*m")


def lines_of(check, text):
    """Those that the summary has on this check."""
    return [line for line in text.splitlines() if re.match(rf"  \S{{4}}  {check} ", line)]


class SummaryTest(ExecTest):
    def test_of_a_client_that_does_not_wait(self):
        result = run_exec(*THROTTLED, client=HASTY)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(evened(result.stderr), HASTY_SUMMARY)

    def test_of_one_that_waits(self):
        result = run_exec(*WAITED, client=PATIENT)
        self.assertRegex(result.stderr, r"\n  pass  retry-after-honoured     POST "
                                        r"/source-connections was tried again 1(?:\.\d\d)? s after "
                                        r"429 with Retry-After 1 s \(seen 2 times\)\n")
        self.assertNotIn("FAIL", result.stderr)

    def test_of_one_that_cannot_be_told(self):
        result = run_exec(*WAITED, client=HASTY)
        told = lines_of("retry-after-honoured", result.stderr)
        self.assertRegex(told[0], r"^  \?\?\?\?  retry-after-honoured     the session's clock "
                                  r"stood still, and POST .*  #1 #2$")
        self.assertNotIn("FAIL", result.stderr)

    def test_of_one_that_asks_for_nothing(self):
        result = run_mockduit("exec", "--", "true")
        self.assertEqual((result.returncode, result.stdout), (0, ""))
        self.assertTrue(result.stderr.startswith("\nthere was no request to judge\n"),
                        result.stderr)

    def test_of_one_that_asks_for_nothing_says_how_it_could_have_found_the_server(self):
        result = run_mockduit("exec", "--admin-token", "hush", "--", "true")
        rest = result.stderr.split("there was no request to judge\n")[1].splitlines()
        self.assertEqual(rest[0], "The command made no request. These variables told it where the "
                                  "server was:")
        self.assertRegex(rest[1], r"^    MOCKDUIT_URL=http://127\.0\.0\.1:\d+$")
        self.assertIn("    MOCKDUIT_ADMIN_TOKEN", rest)
        self.assertRegex(result.stderr, r"\n    FIVETRAN_BASE_URL=http://127\.0\.0\.1:\d+/?v?1?\n")
        self.assertIn("base_url", rest[-4])
        self.assertNotIn("hush", result.stderr)
        self.assertIn("\nWith --intercept a client is led here", result.stderr)

    def test_of_one_that_asks_for_nothing_though_it_is_led_here_advises_no_intercept(self):
        result = run_mockduit("exec", "--intercept", "--", "true")
        self.assertIn("\nA client that takes no proxy from the environment is not led here", result.stderr)
        self.assertNotIn("With --intercept", result.stderr)

    def test_of_one_that_asks_says_nothing_of_variables(self):
        self.assertNotIn("MOCKDUIT_URL", run_exec(client="create()").stderr)

    def test_of_one_that_asks_for_nothing_is_told_once_for_several_runs(self):
        result = run_shell("true", "--each", "success,flaky")
        self.assertEqual(result.stderr.count("The command made no request."), 1, result.stderr)

    def test_of_more_faults_than_it_has_room_for(self):
        result = run_exec("--scenario", "rate-limited", client="insist(times=9)")
        self.assertEqual(len(re.findall("was tried again .* with Retry-After", result.stderr)), 3)
        self.assertIn("\n" + " " * 33 + "and 5 more\n", result.stderr)

    def test_of_a_journal_that_is_too_short(self):
        result = run_exec("--journal-size", 2, client="for _ in range(3): create()")
        for check in ("retry-after-honoured", "no-secret-in-url"):
            self.assertIn(f"  ????  {check:25}the journal no longer has every exchange; "
                          "--journal-size keeps more\n", result.stderr)
        self.assertNotIn("  pass  ", result.stderr)
        self.assertIn("\n  journals no longer have every exchange; --journal-size keeps more\n",
                      result.stderr)

    def test_of_what_a_reset_took_away(self):
        result = run_exec(client="create(); create()\n"
                                 "call('DELETE', '/__admin/requests', headers={})\n"
                                 "create()\n")
        self.assertIn("session default: 1 exchange\n", result.stderr)
        self.assertIn("2 exchanges not judged: cleared by a reset, or in sessions that were "
                      "dropped\n", result.stderr)

    def test_of_a_session_that_was_dropped(self):
        result = run_exec("--require", "all", client="insist('/~throttled-twice@gone')\n"
                          "call('DELETE', '/__admin/sessions/gone', headers={})\n")
        self.assertIn("\n3 exchanges not judged: ", result.stderr)
        self.assert_unmet(result, "there was no request to judge")

    def test_no_name_sticks_to_what_stands_behind_it(self):
        result = run_exec(client="create()\ncall('PATCH', '/source-connections/x', {})\n")
        rows = result.stderr.split("were called\n")[1].splitlines()
        self.assertGreaterEqual(len(rows), 2, result.stderr)
        for row in rows:
            self.assertRegex(row, r"^  airweave\.[a-z_]+(?<!success)(?<!unprocessable) +\S")

    def test_what_a_client_sends_cannot_steer_the_terminal(self):
        result = run_exec(client=r"""create(body={**STRIPE,
            "a\x1b[2Jb": 1, "c\n  pass  recovers": 2, "d\x7f\x9b31m": 3})""")
        self.assertEqual(len(lines_of("unknown-fields", result.stderr)), 1, result.stderr)
        for character in ("\x1b", "\x7f", "\x9b", "\n  pass  recovers"):
            self.assertNotIn(character, result.stderr)


class ColoursTest(ExecTest):
    COMMAND = ("exec", "--log-requests", "never", *THROTTLED, "--", *python(HASTY))

    def test_on_a_terminal(self):
        text = on_terminal("stderr", *self.COMMAND)
        self.assertIn("  \x1b[31mFAIL\x1b[0m  retry-after-honoured", text)
        self.assertIn("  \x1b[32mpass\x1b[0m  recovers", text)
        self.assertIn("\x1b[1msession default\x1b[0m: 3 exchanges\n", text)
        self.assertEqual(evened(CODES.sub("", text)), HASTY_SUMMARY)

    def test_not_where_no_color_is_set(self):
        self.assertNotIn("\x1b", on_terminal("stderr", *self.COMMAND, NO_COLOR="1"))

    def test_not_on_a_terminal_that_is_dumb(self):
        self.assertNotIn("\x1b", on_terminal("stderr", *self.COMMAND, TERM="dumb"))

    def test_an_empty_no_color_says_nothing(self):
        self.assertIn("\x1b[31m", on_terminal("stderr", *self.COMMAND, NO_COLOR=""))

    def test_not_where_only_the_commands_output_is_a_terminal(self):
        result = run_exec(*THROTTLED, client=HASTY)
        self.assertNotIn("\x1b", result.stderr)
        self.assertEqual(on_terminal("stdout", *self.COMMAND), "")


class GatesTest(ExecTest):
    def test_all_holds_for_a_client_that_behaves(self):
        result = run_exec("--require", "all", *WAITED, client=PATIENT)
        self.assert_unmet(result, code=0)

    def test_all_does_not_hold_for_one_that_does_not(self):
        result = run_exec("--require", "all", *THROTTLED, client=HASTY)
        self.assert_unmet(result, "retry-after-honoured failed in 1 session")

    def test_all_does_not_hold_where_something_cannot_be_told(self):
        result = run_exec("--require", "all", *WAITED, client=HASTY)
        self.assert_unmet(result, "retry-after-honoured is inconclusive in 1 session")

    def test_all_does_not_hold_of_nothing(self):
        self.assert_unmet(run_shell("true", "--require", "all"), "there was no request to judge")

    def test_no_coverage_is_enough_of_nothing(self):
        self.assert_unmet(run_shell("true", "--min-coverage", "0"),
                          "there was no request to judge")

    def test_one_that_is_named_must_have_been_exercised(self):
        self.assert_unmet(run_exec("--require", "retry-after-honoured", client="create()"),
                          "retry-after-honoured is required, and nothing exercised it")
        self.assert_unmet(run_exec("--require", "retry-after-honoured", *WAITED, client=PATIENT),
                          code=0)

    def test_also_beside_all(self):
        result = run_exec("--require", "all,polling-sane", client="create()")
        self.assert_unmet(result, "polling-sane is required, and nothing exercised it")

    def test_those_that_are_not_named_may_fail(self):
        result = run_exec("--require", "recovers,headers-sent", *THROTTLED, client=HASTY)
        self.assert_unmet(result, code=0)
        self.assertIn("FAIL  retry-after-honoured", result.stderr)

    def test_several_at_once_or_one_by_one(self):
        for options in (["--require", "recovers,polling-sane,retry-after-honoured"],
                        ["--require", "retry-after-honoured", "--require", "recovers",
                         "--require", "polling-sane"]):
            with self.subTest(options=options):
                self.assert_unmet(run_exec(*options, *THROTTLED, client=HASTY),
                                  "retry-after-honoured failed in 1 session",
                                  "polling-sane is required, and nothing exercised it")

    def test_from_the_environment(self):
        result = run_exec(*THROTTLED, client=HASTY, MOCKDUIT_REQUIRE="recovers,all",
                          MOCKDUIT_MIN_COVERAGE="26")
        self.assert_unmet(result, "retry-after-honoured failed in 1 session",
                          "the coverage is 25.0 %, and 26.0 % are required")

    def test_a_check_as_it_is_set(self):
        result = run_exec("--require", "retry-after-honoured", "--set",
                          "retry-after-honoured.grace=1m", *THROTTLED, client=HASTY)
        self.assert_unmet(result, code=0)
        result = run_exec("--require", "retries-bounded", "--set",
                          "retries-bounded.max_attempts=2", *WAITED, client=PATIENT)
        self.assert_unmet(result, "retries-bounded failed in 1 session")

    def test_coverage_up_to_what_was_reached(self):
        client = "create(); create(body={})"  # 2 of 8
        for least, gates in (("0", ()), ("25", ()),
                             ("25.1", ("the coverage is 25.0 %, and 25.1 % are required",)),
                             ("100", ("the coverage is 25.0 %, and 100.0 % are required",))):
            with self.subTest(least=least):
                result = run_exec("--min-coverage", least, client=client)
                self.assert_unmet(result, *gates, code=3 if gates else 0)

    def test_coverage_of_nothing_is_0(self):
        self.assert_unmet(run_shell("true", "--min-coverage", "1"),
                          "the coverage is 0.0 %, and 1.0 % are required")

    def test_coverage_of_a_journal_that_is_too_short_says_so(self):
        result = run_exec("--min-coverage", "99", "--journal-size", 1,
                          client="create(); create()")
        self.assert_unmet(result, "the coverage is 12.5 %, and 99.0 % are required; journals no "
                                  "longer have every exchange")

    def test_in_any_session(self):
        result = run_exec("--require", "all", *THROTTLED, client="""
for name in ("one", "two"): insist(f"/~throttled-twice@{name}")
create("/~success@three")
""")
        self.assert_unmet(result, "retry-after-honoured failed in 2 sessions")


class SessionsTest(ExecTest):
    def test_each_is_told_on_its_own(self):
        result = run_exec(client="insist('/~throttled-twice@hasty'); create('/@calm')")
        calm, hasty = result.stderr.split("session ")[1:]
        self.assertTrue(calm.startswith("calm: 1 exchange\n"), calm)
        self.assertTrue(hasty.startswith("hasty: 3 exchanges\n  FAIL  retry-after"), hasty)
        self.assertNotIn("FAIL", calm)

    def test_of_more_than_20_those_with_something_wrong_are_told_and_the_rest_counted(self):
        result = run_exec("--require", "all", "--junit", self.folder / "all.xml", client="""
for n in range(25): insist(f"/~throttled-twice@hasty-{n:02}")
for n in range(25): create(f"/@calm-{n:02}")
""")
        told = re.findall(r"^session (\S+): (\d+) exchange", result.stderr, re.MULTILINE)
        self.assertEqual(told, [(f"hasty-{n:02}", "3") for n in range(20)])
        self.assertIn("\nand 5 more sessions with something wrong\n", result.stderr)
        self.assertNotIn("  pass  ", result.stderr)
        self.assert_unmet(result, "retry-after-honoured failed in 25 sessions")
        suites = xml.etree.ElementTree.parse(self.folder / "all.xml").findall("testsuite")
        self.assertEqual(len([one for one in suites if one.find("testcase[@name='recovers']")
                              is not None]), 50)

    def test_of_more_than_20_that_are_well_nothing_but_the_coverage_is_told(self):
        result = run_exec("--require", "all",
                          client="for n in range(25): create(f'/@calm-{n:02}')")
        self.assert_unmet(result, code=0)
        self.assertNotIn("session calm", result.stderr)
        self.assertIn("coverage: 1 of 8 (12.5 %)", result.stderr)

    def test_1001_of_them_are_all_judged(self):
        result = run_exec("--require", "all", client="""
connection = connect()
insist("/~throttled-twice@aaa")
for n in range(1000): create(f"/@calm-{n}", connection=connection)
""")
        self.assert_unmet(result, "retry-after-honoured failed in 1 session")
        self.assertNotIn("not judged", result.stderr)


class FilesTest(ExecTest):
    def setUp(self):
        super().setUp()
        self.junit = self.folder / "verdicts.xml"
        self.report = self.folder / "report.html"

    def files(self):
        return ("--junit", self.junit, "--report", self.report)

    def test_both_tell_what_the_summary_tells(self):
        result = run_exec(*self.files(), *THROTTLED, client=HASTY)
        self.assertEqual(result.returncode, 0, result.stderr)
        words = re.search(r"POST \S+ was tried again .* Retry-After 1 s", result.stderr)[0]
        failure = xml.etree.ElementTree.parse(self.junit).find(".//failure")
        self.assertIn(words, failure.text)
        page = self.report.read_text()
        self.assertTrue(page.lower().startswith("<!doctype html>"), page[:80])
        self.assertIn(words, page)

    def test_they_are_written_where_the_command_or_a_gate_failed(self):
        for code, expected in ((0, 3), (9, 9)):
            with self.subTest(code=code):
                result = run_exec(*self.files(), *THROTTLED, "--require", "all",
                                  client=HASTY + f"; sys.exit({code})")
                self.assertEqual(result.returncode, expected)
                for path in (self.junit, self.report):
                    self.assertIn("retry-after-honoured", path.read_text())
                    path.unlink()

    def test_each_run_is_in_them(self):
        run_exec("--each", "throttled-twice,success", *self.files(), client=HASTY)
        suites = xml.etree.ElementTree.parse(self.junit).findall("testsuite")
        self.assertEqual([suite.get("name") for suite in suites],
                         ["mockduit.throttled-twice", "mockduit.throttled-twice.default",
                          "mockduit.success", "mockduit.success.default"])
        page = self.report.read_text()
        for title in ("throttled-twice", "success"):
            self.assertIn(title, page)

    def test_what_was_there_is_replaced(self):
        self.write("verdicts.xml", "old" * 10_000)
        run_exec(*self.files(), client="create()")
        self.assertNotIn("old", self.junit.read_text())

    def test_1_where_one_cannot_be_written_and_the_other_is(self):
        for junit, why in ((self.folder / "no/such.xml", "No such file or directory"),
                           (self.folder, "Is a directory"),
                           ("/dev/full", "No space left on device")):
            with self.subTest(junit=junit):
                result = run_exec("--junit", junit, "--report", self.report, client="create()")
                self.assert_unmet(result, f"--junit: cannot write {junit}: {why}", code=1)
                self.assertIn("<!doctype html>", self.report.read_text().lower())
                self.report.unlink()

    def test_both_are_told_and_the_commands_code_wins(self):
        junit, report = self.folder / "no/junit", self.folder / "no/report"
        result = run_shell("exit 4", "--junit", junit, "--report", report)
        why = "No such file or directory"
        self.assert_unmet(result, f"--junit: cannot write {junit}: {why}",
                          f"--report: cannot write {report}: {why}", code=4)

    def test_one_file_for_both_is_refused(self):
        for first, second in (("--junit", "--report"), ("--report", "--junit")):
            result = run_shell("touch ran", first, self.junit, second, self.junit)
            self.assertEqual(result.returncode, 2)
            self.assertIn(f"--report: '{self.junit}' is the file of --junit, too; each needs its own",
                          result.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
