"""Scenarios that the control API makes, replaces and takes away."""

import json
import threading
import unittest

from emulator import EmulatorTest, control, create_on_supermetrics
from worlds import ask

TWO_WAIT = "# Two of them.\nrules:\n- play: [{outcome: rate_limited, times: 2}]\n"
TEAPOTS = {"description": "Teapots.", "rules": [{"play": [{"status": 418, "times": "forever"}]}]}


class ScenarioCallsTest(EmulatorTest):
    def put(self, name, text):
        return ask(self.emulator, "PUT", f"/scenarios/{name}", text)

    def status(self, name, session="s"):
        return create_on_supermetrics(self.emulator, f"/~{name}@{session}").status

    def listed(self):
        return {one["name"]: one["description"]
                for one in control(self.emulator, "GET", "/scenarios")["scenarios"]}

    def test_yaml_and_json_are_taken_and_given_as_they_were_written(self):
        for name, text in (("in-yaml", TWO_WAIT), ("in-json", json.dumps(TEAPOTS))):
            with self.subTest(name=name):
                answer = self.put(name, text)
                self.assertEqual(answer.status, 201, answer)
                self.assertEqual(answer.json()["text"], text)
                self.assertEqual(control(self.emulator, "GET", f"/scenarios/{name}"),
                                 answer.json())
        self.assertEqual(self.listed()["in-json"], "Teapots.")
        self.assertEqual([self.status("in-yaml") for _ in range(3)], [429, 429, 201])
        self.assertEqual(self.status("in-json"), 418)

    def test_another_in_its_place_is_played_from_its_start(self):
        self.put("replaced", TWO_WAIT)
        self.assertEqual([self.status("replaced") for _ in range(3)], [429, 429, 201])
        self.assertEqual(self.put("replaced", TWO_WAIT + "# Again.\n").status, 200)
        self.assertEqual(self.status("replaced"), 429)
        self.assertEqual(self.put("replaced", TEAPOTS).status, 200)
        self.assertEqual(self.status("replaced"), 418)

    def test_one_that_is_wrong_changes_nothing(self):
        self.put("firm", TWO_WAIT)
        for text, message in [
            ("rules: [{play: [{outcom: x}]}]", "'outcom' is no key of a play"),
            ("scenario: other\n" + TWO_WAIT, "the scenario calls itself 'other', not 'firm'"),
            ("rules: [", ""),
            ("a: &a [*a]", "this alias stands inside what its anchor names"),
            ("{" * 200, ""),
        ]:
            with self.subTest(text=text[:30]):
                problem = self.assert_problem(self.put("firm", text), 422)
                self.assertIn(message, problem["detail"])
                self.assertEqual(len(problem["problems"]), problem["detail"].count("(and ") + 1)
        self.assertEqual(control(self.emulator, "GET", "/scenarios/firm")["text"], TWO_WAIT)

    def test_a_name_that_is_none_is_told(self):
        for name in ("Upper", "a%2Fb", "%20"):
            with self.subTest(name=name):
                self.assertEqual(self.put(name, TWO_WAIT).status, 422)

    def test_one_that_is_taken_away(self):
        self.put("brief", TEAPOTS)
        answer = ask(self.emulator, "DELETE", "/scenarios/brief")
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(self.status("brief"), 400)
        self.assertNotIn("brief", self.listed())
        for method in ("GET", "DELETE"):
            problem = self.assert_problem(ask(self.emulator, method, "/scenarios/brief"), 404)
            self.assertIn("there is no scenario 'brief'", problem["detail"])
        problem = self.assert_problem(ask(self.emulator, "GET", "/scenarios/rate-limitd"), 404)
        self.assertIn("did you mean 'rate-limited'?", problem["detail"])

    def test_the_one_that_requests_meet_stays(self):
        problem = self.assert_problem(ask(self.emulator, "DELETE", "/scenarios/success"), 409)
        self.assertEqual(problem["detail"],
                         "'success' is what requests meet that choose no scenario")

    def test_replacing_one_while_it_is_played(self):
        self.put("busy", TEAPOTS)
        statuses = []  # list.append is atomic

        def play():
            for _ in range(50):
                statuses.append(self.status("busy", "crowd"))

        players = [threading.Thread(target=play) for _ in range(4)]
        for player in players:
            player.start()
        for number in range(50):
            self.assertEqual(self.put("busy", {**TEAPOTS, "description": str(number)}).status, 200)
        for player in players:
            player.join()
        self.assertEqual(statuses, [418] * 200)


if __name__ == "__main__":
    unittest.main()
