"""What a play makes of an answer: its status, headers, body, Retry-After and setup tests."""

import json
import re
import unittest

from calls import AIRWEAVE, BEARER, FIVETRAN, RAW_KEY, ScenarioTest, for_each_call

UUID7 = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
NAMES = {BEARER: "data_source_id", RAW_KEY: "data_source_id", AIRWEAVE: "name",
         FIVETRAN: "service"}


class AnswerTest(ScenarioTest):
    OPTIONS = ("--seed", 7, "--clock", "2026-01-15T10:00:00Z")

    def answer(self, call, play, **sent):
        return self.create(self.define(play), call, **sent)


class RetryAfterTest(AnswerTest):
    def told(self, call, retry_after, outcome="rate_limited"):
        name = self.define({"outcome": outcome, "retry_after": retry_after})
        answer = self.create(name, call)
        journal = self.exchanges(name)[0]["retry_after"]
        return answer.headers["Retry-After"], journal["seconds"]

    @for_each_call
    def test_seconds_are_whole_and_rounded_up(self, call):
        for text, seconds in (("2s", 2), ("1500ms", 2), ("1ms", 1), ("1m", 60)):
            self.assertEqual(self.told(call, text), (str(seconds), seconds))

    @for_each_call
    def test_a_date_is_on_the_clock_that_stands_still(self, call):
        self.assertEqual(self.told(call, {"date": "30s"}), ("Thu, 15 Jan 2026 10:00:30 GMT", 30))
        self.assertEqual(self.told(call, {"date": "1m"}), ("Thu, 15 Jan 2026 10:01:00 GMT", 60))

    def test_the_documented_bounds_hold(self):
        for call, most in ((BEARER, 86400), (RAW_KEY, 3600), (AIRWEAVE, None), (FIVETRAN, None)):
            with self.subTest(call=call.name):
                self.assertEqual(self.told(call, "0s")[1], 1)
                self.assertEqual(self.told(call, "48h")[1], most or 48 * 3600)

    @for_each_call
    def test_where_none_is_documented_it_comes_all_the_same(self, call):
        self.assertEqual(self.told(call, "7s", "server_error"), ("7", 7))
        self.assertEqual(self.answer(call, {"status": 503, "retry_after": "7s"})
                         .headers["Retry-After"], "7")

    def test_bodies_and_headers_that_repeat_it_agree(self):
        answer = self.answer(AIRWEAVE, {"outcome": "rate_limited", "retry_after": "7s"})
        self.assertIn("retry after 6.34 seconds", answer.json()["detail"])
        self.assertEqual(answer.headers["RateLimit-Reset"], "1768471207")


class BodyTest(AnswerTest):
    TEMPLATES = {"again": "{{request.body.%s}}", "team": "{{request.path.team_id}}",
                 "at": "{{now}}", "later": "{{now + 1h}}", "unix": "{{now.unix}}",
                 "id": "{{uuid7}}", "attempt": "{{attempt}}", "text": "it is {{attempt}}!",
                 "none": '{{request.body.description ?? "nothing"}}', "left_out": "{{request.query.x ?? "
                 "omit}}", "header": "{{request.header.X-Test}}", "session": "{{session}}",
                 "kept": [1, {"deep": "{{request.query.q}}"}]}

    def filled(self, call, session, attempt):
        return {"again": json.loads(call.body)[NAMES[call]],
                "team": "12345" if call in (BEARER, RAW_KEY) else None,
                "at": "2026-01-15T10:00:00.000000Z", "later": "2026-01-15T11:00:00.000000Z",
                "unix": 1768471200, "attempt": attempt, "text": f"it is {attempt}!",
                "none": "nothing", "header": "yes", "session": session,
                "kept": [1, {"deep": None}]}

    def templates(self, call):
        return {**self.TEMPLATES, "again": self.TEMPLATES["again"] % NAMES[call]}

    @for_each_call
    def test_a_body_of_ones_own(self, call):
        for play, status in (({"outcome": "success"}, call.success), ({"status": 418}, 418),
                             ({"outcome": "server_error"}, 500)):
            name = self.define({**play, "body": self.templates(call), "times": 2})
            ids = set()
            for attempt in (1, 2):
                answer = self.create(name, call, more=[("X-Test", "yes")])
                body = answer.json()
                ids.add(body["id"])
                self.assertRegex(body.pop("id"), f"^{UUID7}$")
                self.assertEqual((answer.status, body), (status, self.filled(call, name, attempt)))
                self.assertEqual(answer.headers["Content-Type"], "application/json")
            self.assertEqual(len(ids), 2)

    def test_a_variant_is_another_documented_body(self):
        for variant, detail in (("rate_limited", "Limit: 10 requests per second."),
                                ("docs_page", "Rate limit exceeded. Try again in 7 seconds.")):
            answer = self.answer(AIRWEAVE, {"outcome": "rate_limited", "variant": variant,
                                            "retry_after": "7s"})
            self.assertTrue(answer.json()["detail"].endswith(detail), answer)

    @for_each_call
    def test_a_patch_is_merged_onto_the_documented_body(self, call):
        error = self.answer(call, {"outcome": "bad_request"}).json()
        patched = self.answer(call, {"outcome": "bad_request", "patch": {
            "more": "{{attempt}}", "detail": None, "error": {"message": "Slow down"}}}).json()
        self.assertEqual(patched.pop("more"), 1)
        self.assertEqual(patched["error"]["message"], "Slow down")
        self.assertNotIn("detail", patched)
        self.assertEqual(patched.keys() - {"error"}, error.keys() - {"error", "detail"})
        self.assertEqual(patched["error"].keys(), {"message", *error.get("error", {})})

    @for_each_call
    def test_a_patch_of_a_success_changes_what_is_told_not_what_is_made(self, call):
        name = self.define({"outcome": "success", "patch": {"data": {"x": 1}, "x": 2}})
        answer = self.create(name, call).json()
        self.assertEqual((answer["data"]["x"], answer["x"]), (1, 2))
        [made] = self.made(name, call)
        self.assertNotIn("x", made)

    @for_each_call
    def test_a_play_for_success_has_no_say_in_an_error_that_is_earned(self, call):
        earned = self.create("success", call, key="invalid")
        answer = self.answer(call, {"outcome": "success", "status": 299, "patch": {"x": 1},
                                    "headers": {"X-Own": "yes"}}, key="invalid")
        self.assertEqual((answer.status, answer.json().keys()),
                         (earned.status, earned.json().keys()))
        self.assertNotIn("X-Own", answer.headers)

    def test_a_body_of_ones_own_knows_what_was_made(self):
        name = self.define({"outcome": "success", "body": {"made": "{{result.id}}"}})
        told = self.create(name, AIRWEAVE).json()["made"]
        [made] = self.made(name, AIRWEAVE)
        self.assertEqual(told, made["id"])


class HeadTest(AnswerTest):
    @for_each_call
    def test_a_status_in_place_of_the_documented_one(self, call):
        documented = self.answer(call, {"outcome": "server_error"})
        answer = self.answer(call, {"outcome": "server_error", "status": 503})
        self.assertEqual((answer.status, answer.reason), (503, "Service Unavailable"))
        self.assertEqual(answer.json().keys(), documented.json().keys())
        answer = self.answer(call, {"outcome": "success", "status": 202})
        self.assertEqual(answer.status, 202)

    @for_each_call
    def test_headers_are_set_added_and_taken_away(self, call):
        answer = self.answer(call, {"outcome": "rate_limited", "headers": {
            "retry-after": None, "Content-Type": "text/plain", "X-Again": "{{attempt}}",
            "X-At": "at {{now.millis}}", "X-Name": "{{request.body.%s}}" % NAMES[call]}})
        self.assertNotIn("Retry-After", answer.headers)
        self.assertEqual(answer.headers["Content-Type"], "text/plain")
        self.assertEqual(answer.headers.get_all("X-Again"), ["1"])
        self.assertEqual(answer.headers["X-At"], "at 2026-01-15T10:00:00.000Z")
        self.assertEqual(answer.headers["X-Name"], json.loads(call.body)[NAMES[call]])

    def test_a_line_break_that_a_client_sent_makes_no_header(self):
        body = json.dumps({**json.loads(AIRWEAVE.body), "name": "a\r\nX-Evil: yes\r\n\r\nb"})
        answer = self.answer(AIRWEAVE, {"status": 418, "headers": {
            "X-Name": "{{request.body.name}}"}}, body=body)
        self.assertNotIn("X-Evil", answer.headers)
        self.assertEqual(re.sub(" +", " ", answer.headers["X-Name"]), "a X-Evil: yes b")


class SetupTestsTest(AnswerTest):
    def run_with(self, setup_tests, **body):
        request = {"group_id": "g", "service": "google_sheets",
                   "config": {"schema": "s", "table": "t"}, **body}
        answer = self.answer(FIVETRAN, {"outcome": "success", "setup_tests": setup_tests},
                             body=json.dumps(request))
        self.assertEqual((answer.status, answer.json()["code"]), (201, "Success"), answer)
        return answer.json()["data"]

    def test_by_title(self):
        sound = self.run_with({})
        title = sound["setup_tests"][0]["title"]
        data = self.run_with({title: "FAILED"})
        self.assertEqual([test["status"] for test in data["setup_tests"]],
                         ["FAILED"] + ["PASSED"] * (len(sound["setup_tests"]) - 1))
        self.assertEqual((sound["status"]["setup_state"], data["status"]["setup_state"]),
                         ("connected", "incomplete"))

    def test_all_of_them_with_message_and_details(self):
        end = {"status": "FAILED", "message": "No", "details": {"a": [1]}}
        data = self.run_with({"*": end})
        self.assertEqual([{**test, "title": ""} for test in data["setup_tests"]],
                         [{"title": "", **end}] * len(data["setup_tests"]))

    def test_a_title_goes_before_all_of_them(self):
        data = self.run_with({"*": "FAILED", "Checking access to the sheet": "PASSED"})
        ends = {test["title"]: test["status"] for test in data["setup_tests"]}
        self.assertEqual(ends.pop("Checking access to the sheet"), "PASSED")
        self.assertEqual(set(ends.values()), {"FAILED"})

    def test_a_warning_and_a_skip_leave_it_connected(self):
        for status in ("PASSED", "SKIPPED", "WARNING"):
            data = self.run_with({"*": status})
            self.assertEqual(data["status"]["setup_state"], "connected", status)
        self.assertEqual(self.run_with({"*": "JOB_FAILED"})["status"]["setup_state"],
                         "incomplete")


if __name__ == "__main__":
    unittest.main()
