"""--state keeps the sessions from one run to the next; a file that is damaged is not lost."""

import json
import os
import pathlib
import shutil
import tempfile
import unittest

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, FIVETRAN_BODY, FIVETRAN_PATH, JSON_TYPE,
                      SUPERMETRICS_BODY, SUPERMETRICS_PATH, Emulator, control,
                      create_on_supermetrics, request, without_ends)
from worlds import START, ask, create_on_airweave, create_on_fivetran

PARTS = ("", "/clock", "/progress", "/store")
RULES = """rules:
  - {name: two wait, play: [{outcome: rate_limited, times: 2}]}
"""


def journal_of(emulator, session="default"):
    return without_ends(control(emulator, "GET", f"/sessions/{session}/requests"))


class StateTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.file = self.folder / "state.json"

    def serve(self, *options):
        return Emulator("--state", self.file, *options)

    def session(self, emulator, name):
        """All there is to know of it."""
        parts = {part: control(emulator, "GET", f"/sessions/{name}{part}") for part in PARTS}
        return {**parts, "journal": journal_of(emulator, name)}


class RestartTest(StateTest):
    def test_a_frozen_session_is_as_it_was(self):
        with self.serve("--clock", START) as emulator:
            settings = {"scenario": "throttled-twice", "seed": 7,
                        "editions": {"supermetrics": "2026-08"}}
            control(emulator, "PUT", "/sessions/mine", settings)
            create_on_fivetran(emulator, "/@mine")
            create_on_airweave(emulator, "/~quota@mine")
            create_on_supermetrics(emulator, "/~success@mine")
            control(emulator, "DELETE", "/sessions/mine/requests")
            create_on_supermetrics(emulator, "/@mine")
            control(emulator, "POST", "/sessions/mine/clock/advance", {"by": "61s"})
            create_on_airweave(emulator, "/~slow@other")
            before = self.session(emulator, "mine")
            other = self.session(emulator, "other")
        with self.serve("--clock", START) as emulator:
            self.assertEqual(emulator.log(), "")
            names = [one["name"] for one in control(emulator, "GET", "/sessions")["sessions"]]
            self.assertEqual(names, ["mine", "other"])
            self.assertEqual(self.session(emulator, "mine"), before)
            self.assertEqual(self.session(emulator, "other"), other)
            # Ids go on, and so does the script: one throttled create is left no more.
            self.assertEqual(create_on_supermetrics(emulator, "/@mine").status, 201)
            self.assertEqual(ask(emulator, "GET", "/sessions/mine/requests/5").status, 200)
            # A reset still goes back to the clock's start.
            control(emulator, "POST", "/sessions/mine/reset")
            self.assertEqual(control(emulator, "GET", "/sessions/mine/clock")["now"], START)

    def test_limits_go_on(self):
        with self.serve("--clock", START) as emulator:
            for _ in range(4):
                create_on_supermetrics(emulator, "/~quota")
            control(emulator, "POST", "/clock/advance", {"by": "10s"})
        with self.serve("--clock", START) as emulator:
            self.assertEqual(create_on_supermetrics(emulator, "/~quota").status, 201)
            refused = create_on_supermetrics(emulator, "/~quota")
            self.assertEqual((refused.status, refused.headers["Retry-After"]), (429, "50"))

    def test_clocks_of_each_kind(self):
        clocks = {"frozen": {"now": START, "mode": "frozen"}, "fast": {"now": START, "rate": 60},
                  "slow": {"now": START, "rate": 0.5}, "real": {"mode": "real"},
                  "moved": {"now": "2031-01-01T00:00:00Z", "mode": "real"}}
        with self.serve() as emulator:
            for name, clock in clocks.items():
                control(emulator, "PUT", f"/sessions/{name}/clock", clock)
            before = {name: control(emulator, "GET", f"/sessions/{name}/clock") for name in clocks}
        with self.serve() as emulator:
            for name in clocks:
                with self.subTest(clock=name):
                    clock = control(emulator, "GET", f"/sessions/{name}/clock")
                    for key in ("mode", "rate"):
                        self.assertEqual(clock[key], before[name][key])
                    # Time as it is written compares as text.
                    self.assertGreaterEqual(clock["now"], before[name]["now"])
                    self.assertEqual(clock["now"][:4], before[name]["now"][:4])
            self.assertEqual(control(emulator, "GET", "/sessions/frozen/clock"), before["frozen"])

    def test_a_run_that_is_interrupted_gives_the_same_bytes(self):
        scenarios = tempfile.TemporaryDirectory()
        self.addCleanup(scenarios.cleanup)
        (pathlib.Path(scenarios.name) / "dice.yaml").write_text(
            "rules: [{play: [{outcome: server_error, chance: 0.5, times: forever}]}]\n")
        options = ("--seed", 7, "--clock", START, "--scenarios", scenarios.name)
        calls = [(SUPERMETRICS_PATH, ("Authorization", "Bearer t"), SUPERMETRICS_BODY),
                 (AIRWEAVE_PATH, ("X-API-Key", "k"), AIRWEAVE_BODY),
                 (FIVETRAN_PATH, ("Authorization", "Basic azpz"), FIVETRAN_BODY),
                 ("/~dice@dice" + SUPERMETRICS_PATH, ("Authorization", "Bearer t"),
                  SUPERMETRICS_BODY),
                 ("/~throttled-twice" + AIRWEAVE_PATH, ("X-API-Key", "k"), AIRWEAVE_BODY)] * 6

        def play(emulator, some):
            return [request(emulator, "POST", path, [JSON_TYPE, credential], body).raw
                    for path, credential, body in some]

        with Emulator(*options) as emulator:
            wanted = play(emulator, calls)
        got = []
        for part in range(0, len(calls), 7):
            with self.serve(*options) as emulator:
                got += play(emulator, calls[part:part + 7])
        self.assertEqual(got, wanted)

    def test_a_journal_that_was_cut_stays_cut(self):
        with self.serve("--journal-size", 2) as emulator:
            for _ in range(5):
                create_on_supermetrics(emulator)
            before = journal_of(emulator)
        with self.serve("--journal-size", 2) as emulator:
            self.assertEqual(journal_of(emulator), before)
            create_on_supermetrics(emulator)
            journal = control(emulator, "GET", "/requests")
            self.assertEqual([one["id"] for one in journal["requests"]], [5, 6])
            self.assertEqual((journal["total"], journal["truncated"]), (6, True))

    def test_max_sessions_holds_after_a_restart(self):
        with self.serve() as emulator:
            for name in "abcde":
                create_on_supermetrics(emulator, f"/@{name}")
        with self.serve("--max-sessions", 2) as emulator:
            create_on_supermetrics(emulator, "/@new")
            names = [one["name"] for one in control(emulator, "GET", "/sessions")["sessions"]]
            self.assertEqual(len(names), 2)
            self.assertIn("new", names)


class ScenarioTest(StateTest):
    def play(self, scenario, then):
        mine = self.folder / "scenarios"
        mine.mkdir(exist_ok=True)
        (mine / "mine.yaml").write_text(scenario)
        with self.serve("--scenarios", mine) as emulator:
            then(emulator)
        return emulator.log()

    def once(self, emulator):
        self.assertEqual(create_on_supermetrics(emulator, "/~mine@s").status, 429)

    def test_progress_in_one_that_is_the_same_goes_on(self):
        self.play(RULES, self.once)
        self.assertNotIn("not taken up", self.play(RULES, self.once))
        self.play(RULES, lambda emulator: self.assertEqual(
            create_on_supermetrics(emulator, "/~mine@s").status, 201))

    def test_progress_in_one_that_has_changed_is_left_out(self):
        for changed in (RULES.replace("rules:\n", "rules:\n  - {match: {vendor: fivetran}, "
                                                      "play: [{status: 418}]}\n"),
                        RULES.replace("times: 2}", "times: 2}, {status: 418}")):
            with self.subTest(changed=changed):
                self.file.unlink(missing_ok=True)
                self.play(RULES, lambda emulator: (self.once(emulator), self.once(emulator)))
                log = self.play(changed, self.once)
                self.assertIn("--state: not taken up: session s: its progress in the scenario "
                              "'mine'", log)

    def test_progress_in_one_whose_rules_say_something_else_is_left_out(self):
        self.play(RULES, lambda emulator: (self.once(emulator), self.once(emulator)))
        log = self.play(RULES.replace("two wait", "two more wait"), self.once)
        self.assertIn("--state: not taken up: session s: its progress in the scenario 'mine'", log)

    def test_progress_in_one_that_is_gone_is_left_out(self):
        self.play(RULES, self.once)
        with self.serve() as emulator:
            emulator.wait_for_log("its progress in the scenario 'mine'")
            self.assertEqual(control(emulator, "GET", "/sessions/s/requests")["total"], 1)


class SavingTest(StateTest):
    def test_it_is_saved_when_asked_for_and_at_the_end(self):
        with self.serve() as emulator:
            self.assertFalse(self.file.exists())
            create_on_supermetrics(emulator)
            self.assertEqual(ask(emulator, "POST", "/state/save").status, 204)
            self.assertEqual(json.loads(self.file.read_text())["sessions"][0]["name"], "default")
            create_on_supermetrics(emulator, "/@late")
        names = [one["name"] for one in json.loads(self.file.read_text())["sessions"]]
        self.assertEqual(names, ["default", "late"])
        self.assertEqual(os.listdir(self.folder), ["state.json"])

    def test_without_state_there_is_nothing_to_save_to(self):
        with Emulator() as emulator:
            answer = ask(emulator, "POST", "/state/save")
            self.assertEqual((answer.status, answer.json()["detail"]),
                             (409, "the server was started without --state FILE"))

    def test_where_it_cannot_be_written_it_is_told(self):
        self.file = self.folder / "gone" / "state.json"
        self.file.parent.mkdir()
        emulator = self.serve()
        self.addCleanup(emulator.stop)
        shutil.rmtree(self.file.parent)
        answer = ask(emulator, "POST", "/state/save")
        self.assertEqual(answer.status, 500)
        self.assertIn(f"cannot write {self.file}", answer.json()["detail"])
        self.assertEqual(emulator.stop(), 1)
        self.assertIn(f"mockduit: --state: cannot write {self.file}", emulator.log())

    def test_a_directory_that_may_not_be_written_is_told(self):
        if os.geteuid() == 0:
            self.skipTest("root may write anywhere")
        emulator = self.serve()
        self.addCleanup(emulator.stop)
        self.folder.chmod(0o500)
        self.addCleanup(self.folder.chmod, 0o700)
        self.assertEqual(emulator.stop(), 1)
        self.assertIn("Permission denied", emulator.log())

    def test_the_file_comes_from_the_environment_too(self):
        with Emulator(MOCKDUIT_STATE=str(self.file)) as emulator:
            create_on_supermetrics(emulator)
        self.assertTrue(self.file.exists())


if __name__ == "__main__":
    unittest.main()
