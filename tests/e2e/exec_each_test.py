"""`mockduit exec --each`: a run for each scenario, in a world of its own, and a row for each."""

import json
import re
import unittest

from executed import (HASTY, HASTY_SUMMARY, PATIENT, STANDING, ExecTest, evened, run_exec,
                      run_shell)


def table_of(text):
    """The table of several runs: its head, a row for each, and what they met together."""
    head, *rows, together = text.split("\n\nscenario ")[1].split("\n\n")[0].splitlines()
    rows = [row for row in rows if row]
    if together.startswith("mockduit: "):  # a gate, where no run has anything wrong
        together = [row for row in rows if row.startswith("together ")][0]
        rows = rows[:rows.index(together)]
    return "scenario " + head, rows, together


def rows_of(text):
    """Scenario → what stands behind it, in their order."""
    _, table, _ = table_of(text)
    return {row.split()[0]: re.split(r" {2,}", row.strip())[1:] for row in table if row}


class EachTest(ExecTest):
    def test_a_row_for_each_and_what_went_wrong_below(self):
        result = run_exec("--each", "throttled-twice,success,server-error", client=HASTY)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue(result.stderr.startswith(
            "mockduit: scenario throttled-twice (1 of 3)\n"
            "mockduit: scenario success (2 of 3)\n"
            "mockduit: scenario server-error (3 of 3)\n\nscenario "), result.stderr)
        rows = rows_of(result.stderr)
        self.assertEqual(list(rows), ["throttled-twice", "success", "server-error"])
        self.assertEqual(rows["throttled-twice"],
                         ["exit 0", "7 pass, 1 fail", "2 of 8 (25.0 %)"])
        self.assertEqual(rows["success"], ["exit 0", "5 pass", "1 of 8 (12.5 %)"])
        self.assertEqual(rows["server-error"][0], "exit 0")
        self.assertEqual(rows["server-error"][2], "1 of 8 (12.5 %)")
        below = result.stderr.split("\nunder ")[1:]
        self.assertTrue(below[0].startswith("throttled-twice\nsession default: 3 exchanges\n"
                                            "  FAIL  retry-after-honoured     "), below)
        self.assertNotIn("success", [part.split("\n")[0] for part in below])
        self.assertNotIn("  pass  ", result.stderr)

    def test_columns_stand_below_their_names(self):
        for names in ("success,flaky", "throttled-twice,success"):
            with self.subTest(names=names):
                result = run_exec("--each", names, client="create('/~success')")
                head, rows, together = table_of(result.stderr)
                self.assertEqual(len(rows), 2, result.stderr)
                for row in rows:
                    for name, words in (("command", "exit 0"), ("verdicts", "5 pass"),
                                        ("coverage", "1 of 8")):
                        self.assertEqual(row.index(words), head.index(name), result.stderr)
                self.assertEqual(together.index("1 of 8"), head.index("coverage"))

    def test_a_scenario_that_met_no_request_exercised_nothing_and_fails_all(self):
        options = ("--each", "throttled-twice,success,flaky,quota,slow")
        client = "insist('/~throttled-twice', patient=True)"
        result = run_exec(*options, *STANDING, client=client)
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = rows_of(result.stderr)
        for scenario, idle in (("throttled-twice", False), ("success", False), ("flaky", True),
                               ("quota", True), ("slow", True)):
            self.assertEqual("; nothing exercised" in rows[scenario][1], idle, rows)
        result = run_exec(*options, *STANDING, "--require", "all", client=client)
        told = [line for line in result.stderr.splitlines() if "exercised nothing" in line]
        self.assertEqual(told, [f"mockduit: the scenario {scenario} exercised nothing: no request "
                                "met a failure of it" for scenario in ("flaky", "quota", "slow")])
        self.assertEqual(result.returncode, 3)

    def test_so_it_is_of_one_alone_but_not_where_a_reset_may_have_cleared_it(self):
        options = ("--scenario", "throttled-twice", "--require", "all")
        result = run_exec(*options, client="create('/~success')")
        self.assertIn("\nnothing exercised: no request met a failure of throttled-twice\n",
                      result.stderr)
        self.assert_unmet(result, "the scenario throttled-twice exercised nothing: no request met a "
                                  "failure of it")
        result = run_exec(*options, client="create(); call('POST', '/__admin/reset', headers={})\n"
                                           "create('/~success')")
        self.assertNotIn("exercised nothing", result.stderr)

    def test_chance_is_the_same_in_each_run(self):
        scenario = "rules: [{play: [{outcome: server_error, chance: 0.5, times: forever}]}]\n"
        folder = self.write("mine/dice.yaml", scenario).parent
        options = ("--scenarios", folder, "--each", "dice,dice")
        client = "print([create().status for _ in range(20)])"
        first, second = run_exec(*options, client=client).stdout.splitlines()
        self.assertEqual(first, second)
        self.assertNotEqual(run_exec(*options, "--seed", 2, client=client).stdout.splitlines()[0],
                            first)
        self.assertRegex(run_exec("--help").stdout, r"--seed N\W{1,2}1\b")

    def test_by_repeating_the_option(self):
        result = run_exec("--each", "success", "--each", "flaky", client="create('/~success')")
        self.assertEqual(list(rows_of(result.stderr)), ["success", "flaky"])

    def test_of_one_alone_the_summary_is_as_of_a_run(self):
        result = run_exec("--each", "throttled-twice", client=HASTY)
        self.assertEqual(evened(result.stderr),
                         "mockduit: scenario throttled-twice (1 of 1)\n" + HASTY_SUMMARY)

    TELL_WORLD = """
print(json.dumps({
    "url": URL,
    "exchanges": call("GET", "/__admin/requests", headers={}).json["total"],
    "sessions": len(call("GET", "/__admin/sessions", headers={}).json["sessions"]),
    "store": call("GET", "/__admin/sessions/default/store/diff", headers={}).json,
    "statuses": [create().status for _ in range(3)]}), flush=True)
create("/@another")
"""

    def assert_worlds_apart(self, result):
        self.assertEqual(result.returncode, 0, result.stderr)
        first, second = map(json.loads, result.stdout.splitlines())
        self.assertEqual(first["statuses"], [429, 429, 200])
        for key in ("exchanges", "sessions", "store", "statuses"):
            self.assertEqual(second[key], first[key], key)
        self.assertEqual(first["exchanges"], 0)
        self.assertEqual(first["store"], {"added": {}, "removed": {}, "changed": {}})

    def test_nothing_of_a_run_is_in_the_next(self):
        result = run_exec("--each", "throttled-twice,throttled-twice", client=self.TELL_WORLD)
        self.assert_worlds_apart(result)

    def test_nor_in_another_command(self):
        scenario = self.write("once.yaml", "rules: [{play: [{outcome: rate_limited}]}]\n").parent
        for _ in range(2):
            result = run_exec("--scenarios", scenario, "--scenario", "once",
                              client="print(create().status, create().status)")
            self.assertEqual(result.stdout, "429 200\n")

    def test_the_same_bytes_from_the_same_seed(self):
        result = run_exec("--each", "success,success", "--seed", 7, *STANDING,
                          client="print(create().json['id'])")
        first, second = result.stdout.split()
        self.assertEqual(first, second)

    def test_all_run_and_the_first_failure_counts(self):
        result = run_exec("--each", "success,rate-limited,server-error", client="""
code = {200: 0, 429: 4, 500: 5}[create().status]
print(code); sys.exit(code)
""")
        self.assertEqual(result.stdout.split(), ["0", "4", "5"])
        self.assertEqual(result.returncode, 4)
        self.assertEqual([row[0] for row in rows_of(result.stderr).values()],
                         ["exit 0", "exit 4", "exit 5"])

    def test_gates_stand_over_all_runs(self):
        result = run_exec("--each", "throttled-twice,success", "--require", "all", client=HASTY)
        self.assert_unmet(result, "scenario throttled-twice (1 of 2)", "scenario success (2 of 2)",
                          "retry-after-honoured failed in 1 session")
        # It is enough that one run exercises what is named.
        result = run_exec("--each", "success,throttled-twice", "--require", "all,recovers",
                          *STANDING, client=PATIENT)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_coverage_is_what_all_runs_met_together(self):
        options = ("--each", "rate-limited,server-error,success")
        result = run_exec(*options, "--min-coverage", "37.5", client="create()")  # 3 of 8
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stderr, r"(?m)^together +3 of 8 \(37\.5 %\)$")
        result = run_exec(*options, "--min-coverage", "37.6", client="create()")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("mockduit: the coverage is 37.5 %, and 37.6 % are required\n",
                      result.stderr)

    def test_scenarios_of_ones_own(self):
        self.write("mine.yaml", "rules: [{play: [{status: 418}]}]\n")
        result = run_exec("--scenarios", self.folder, "--each", "mine,success",
                          client="print(create().status)")
        self.assertEqual(result.stdout.split(), ["418", "200"], result.stderr)

    def test_nothing_runs_where_one_is_unknown(self):
        ran = self.folder / "ran"
        result = run_shell(f"touch {ran}", "--each", "success,nope")
        self.assert_complains(result, 2, "--each nope: there is no such scenario")
        self.assertFalse(ran.exists())

    def test_a_signal_ends_one_run_and_counts_as_its_failure(self):
        result = run_shell("kill -15 $$", "--each", "success,flaky")
        self.assertEqual(result.returncode, 143)
        summary, _, told = result.stderr.partition("The command made no request.")
        self.assertEqual([row[0] for row in rows_of(summary).values()], ["exit 143", "exit 143"])
        self.assertIn("MOCKDUIT_URL=", told)


if __name__ == "__main__":
    unittest.main()
