"""Every built-in scenario does what its description says, for every vendor that it concerns.

A scenario has its test under its own name, test_rate_limited and the like, here or, if it is one of
what users met, in user_scenarios_test. What the answers say to the letter is the matter of
outcomes_test.
"""

import collections
import json
import unittest

import fivetran_budgets_test
import user_scenarios_test
from calls import (AIRWEAVE, BEARER, CALLS, FIVETRAN, RAW_KEY, ScenarioTest, eventually,
                   for_each_call, is_silent, read_head, read_to_the_end, what_comes)
from emulator import TREE, Emulator, RawClient, control, run_mockduit

FILES = sorted((TREE / "scenarios").glob("*.yaml"))
START = "2026-01-15T10:00:00Z"
START_UNIX = 1768471200
FROZEN = ("--seed", 7, "--clock", START)
GOOGLE_SHEETS = {"group_id": "my_group", "service": "google_sheets",
                 "config": {"schema": "sales", "table": "orders"}}


class ListTest(unittest.TestCase):
    def test_the_binary_holds_every_file_as_it_stands(self):
        with Emulator() as emulator:
            listed = control(emulator, "GET", "/scenarios")["scenarios"]
            self.assertEqual([one["name"] for one in listed], [file.stem for file in FILES])
            for file in FILES:
                with self.subTest(scenario=file.stem):
                    told = control(emulator, "GET", f"/scenarios/{file.stem}")
                    self.assertEqual(told["text"], file.read_text())

    def test_each_says_in_a_sentence_what_it_does(self):
        listed = json.loads(run_mockduit("scenarios", "--json").stdout)["scenarios"]
        for scenario in listed:
            with self.subTest(scenario=scenario["name"]):
                self.assertRegex(scenario["description"], r"^[A-Z].+\.$")

    def test_each_has_a_test(self):
        cases = [AlwaysTest, InTurnTest, ByChanceTest,
                 *(one for module in (user_scenarios_test, fivetran_budgets_test)
                   for one in vars(module).values() if isinstance(one, type))]
        tests = {name for case in cases for name in dir(case)}
        missing = {file.stem for file in FILES} - {name.removeprefix("test_").replace("_", "-")
                                                   for name in tests}
        self.assertEqual(missing, set())

    def test_the_document_tells_of_each(self):
        told = (TREE / "docs/scenarios.md").read_text().split("\n## Built in\n")[1]
        self.assertEqual([file.stem for file in FILES if f"`{file.stem}`" not in told], [])

    def test_none_has_a_mistake(self):
        result = run_mockduit("lint", TREE / "scenarios")
        self.assertEqual(result.returncode, 0, result)


class AlwaysTest(ScenarioTest):
    """Those that go on for ever."""

    def assert_every_create_meets(self, scenario, outcome, status):
        """Also one that breaks a rule, and one that nobody sent; and nothing is made."""
        for call in CALLS:
            with self.subTest(call=call.name):
                session = f"{scenario}-{call.name}"
                for change in ({}, {"body": "{}"}, {"key": "invalid-key"}, {}):
                    answer = self.create(scenario, call, session, **change)
                    self.assertEqual(answer.status, status, answer)
                    self.assertEqual(answer.headers["X-Mockduit-Outcome"], outcome)
                    self.assertEqual("Retry-After" in answer.headers, outcome == "rate_limited")
                self.assertEqual(self.made(session, call), [])
                progress = self.progress(session, scenario)
                self.assertTrue(progress["completed"])
                self.assertEqual(progress["rules"][0]["hits"], 4)
                self.assertEqual(progress["rules"][0]["plays"],
                                 [{"play": outcome, "played": 4, "left": "forever"}])

    def test_bad_request(self):
        self.assert_every_create_meets("bad-request", "bad_request", 400)

    def test_unauthorized(self):
        self.assert_every_create_meets("unauthorized", "unauthorized", 401)

    def test_forbidden(self):
        self.assert_every_create_meets("forbidden", "forbidden", 403)

    def test_unprocessable(self):
        self.assert_every_create_meets("unprocessable", "unprocessable", 422)

    def test_rate_limited(self):
        self.assert_every_create_meets("rate-limited", "rate_limited", 429)

    def test_server_error(self):
        self.assert_every_create_meets("server-error", "server_error", 500)

    @for_each_call
    def test_success(self, call):
        session = f"success-{call.name}"
        for change, status in (({}, call.success), ({"body": "{}"}, None),
                               ({"key": "forbidden-key"}, 403), ({}, call.success)):
            answer = self.create("success", call, session, **change)
            self.assertEqual(answer.status, status or (400 if call is FIVETRAN else 422))
        self.assertEqual(len(self.made(session, call)), 2)
        self.assertEqual(self.progress(session, "success")["rules"], [])

    def test_setup_tests_fail(self):
        for run in (True, False):
            with self.subTest(run_setup_tests=run):
                session = f"setup-tests-{run}".lower()
                body = json.dumps({**GOOGLE_SHEETS, "run_setup_tests": run})
                answer = self.create("setup-tests-fail", FIVETRAN, session, body=body)
                self.assertEqual((answer.status, answer.json()["code"]), (201, "Success"), answer)
                data = answer.json()["data"]
                self.assertEqual(data["status"]["setup_state"], "incomplete")
                told = [(test["status"], test["message"]) for test in data.get("setup_tests", [])]
                self.assertEqual(set(told), {("FAILED", "Invalid login credentials")} if run
                                 else set())
                self.assertEqual(len(self.made(session, FIVETRAN)), 1)
        for call in (BEARER, RAW_KEY, AIRWEAVE):
            self.assertEqual(self.create("setup-tests-fail", call).status, call.success)


class InTurnTest(ScenarioTest):
    """Those that are over some time, on a clock that stands still."""

    OPTIONS = FROZEN

    @for_each_call
    def test_throttled_twice(self, call):
        session = f"twice-{call.name}"
        answers = [self.create("throttled-twice", call, session) for _ in range(4)]
        self.assertEqual([(answer.status, answer.headers["Retry-After"]) for answer in answers],
                         [(429, "1")] * 2 + [(call.success, None)] * 2)
        self.assertEqual(len(self.made(session, call)), 2)
        self.assertTrue(self.progress(session, "throttled-twice")["completed"])

    @for_each_call
    def test_created_but_timed_out(self, call):
        session = f"created-{call.name}"
        failed = self.create("created-but-timed-out", call, session)
        documented = self.create("server-error", call, "documented")
        self.assertEqual(failed.status, 500)
        self.assertEqual(failed.json().keys(), documented.json().keys())
        self.assertEqual(failed.headers["X-Mockduit-Source"],
                         documented.headers["X-Mockduit-Source"])
        self.assertEqual(len(self.made(session, call)), 1)
        self.assertTrue(self.exchanges(session)[0]["applied"])

        self.assertEqual(self.create("created-but-timed-out", call, session).status, call.success)
        first, second = self.made(session, call)
        self.assertNotEqual(first, second)

    def test_created_but_timed_out_makes_nothing_of_what_is_wrong(self):
        self.assertEqual(self.create("created-but-timed-out", body="{}").status, 500)
        self.assertEqual(self.made("created-but-timed-out", AIRWEAVE), [])
        self.assertFalse(self.exchanges("created-but-timed-out")[0]["applied"])

    # What a vendor says of the limit, beside Retry-After.
    QUOTA = {"bearer": {"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0"},
             "raw-key": {},
             "airweave": {"RateLimit-Limit": "5", "RateLimit-Remaining": "0",
                          "RateLimit-Reset": str(START_UNIX + 60)},
             "fivetran": {"X-Rate-Limit": "5", "X-Rate-Limit-Remaining": "0"}}

    @for_each_call
    def test_quota(self, call):
        session = f"quota-{call.name}"
        five_pass = [call.success] * 5 + [429]
        self.assertEqual(self.statuses("quota", 6, call, session), five_pass)
        refused = self.create("quota", call, session)
        self.assertEqual((refused.status, refused.headers["X-Mockduit-Outcome"]),
                         (429, "rate_limited"))
        self.assertEqual(refused.headers["Retry-After"], "60")
        self.assertLessEqual(self.QUOTA[call.name].items(), dict(refused.headers).items())
        self.assertEqual(len(self.made(session, call)), 5)

        for other in ({"session": f"{session}-2"}, {"session": session, "key": "other"}):
            self.assertEqual(self.create("quota", call, **other).status, call.success)

        self.advance(session, "59s")
        self.assertEqual(self.create("quota", call, session).headers["Retry-After"], "1")
        self.advance(session, "1s")
        self.assertEqual(self.statuses("quota", 6, call, session), five_pass)

    @for_each_call
    def test_network_faults(self, call):
        session = f"faults-{call.name}"
        for made, see in enumerate([self.see_reset, self.see_empty, self.see_half,
                                    self.see_no_json, self.see_broken_chunk,
                                    self.see_stall, self.see_success], -1):
            with RawClient(self.emulator) as client:
                client.send(call.bytes(f"/~network-faults@{session}"))
                see(client, call)
            self.assertEqual(len(self.made(session, call)), max(made, 0), see.__name__)
        self.assertEqual(
            [(one["fault"], one["applied"]) for one in self.exchanges(session)],
            [("reset", False), ("empty", False), ("truncate", True),
             ("malformed body", True), ("malformed chunk", True), ("stall", True), (None, True)])

    def see_reset(self, client, _call):
        self.assertEqual(read_to_the_end(client), (b"", "reset"))

    def see_empty(self, client, _call):
        self.assertEqual(read_to_the_end(client), (b"", "closed"))

    def see_half(self, client, call):
        received, end = read_to_the_end(client)
        head, _, body = received.partition(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1.1 %d " % call.success))
        self.assertRegex(head + b"\r\n", rb"\r\nContent-Length: (%d|%d)\r\n" %
                         (2 * len(body), 2 * len(body) + 1))
        self.assertEqual(end, "closed")

    def see_no_json(self, client, call):
        answer = client.answer()
        self.assertEqual(answer.status, call.success)
        self.assertRaises(json.JSONDecodeError, answer.json)

    def see_broken_chunk(self, client, _call):
        self.assertIn(b"\r\nTransfer-Encoding: chunked\r\n", read_head(client))
        received, end = read_to_the_end(client)
        self.assertRegex(received, rb"^zz\r\n\{")
        self.assertEqual(end, "closed")

    def see_stall(self, client, call):
        self.assertTrue(read_head(client).startswith(b"HTTP/1.1 %d " % call.success))
        self.assertTrue(is_silent(client))

    def see_success(self, client, call):
        self.assertEqual(client.answer().status, call.success)


class ByChanceTest(unittest.TestCase):
    """Those that draw, from a seed."""

    REQUESTS = 400

    def flaky(self, seed):
        """What each create meets, and how many resources there are in the end."""
        with Emulator("--seed", seed) as emulator:
            met = []
            for number in range(self.REQUESTS):
                with RawClient(emulator) as client:
                    client.send(CALLS[number % len(CALLS)].bytes("/~flaky@flaky"))
                    met.append(what_comes(client))
            store = control(emulator, "GET", "/sessions/flaky/store")["resources"]
            return met, sum(len(store[kind]) for kind in {call.kind for call in CALLS})

    def test_flaky(self):
        met, made = self.flaky(7)
        counts = collections.Counter(met)
        self.assertEqual(met[:2], ["reset", 500])
        self.assertEqual(set(counts), {200, 201, 500, "reset"})
        # One in twenty of 400, and one in ten of the others: 20 and 38, and a draw's scatter.
        self.assertTrue(8 <= counts["reset"] <= 32, counts)
        self.assertTrue(20 <= counts[500] <= 56, counts)
        self.assertEqual(made, counts[200] + counts[201])
        self.assertEqual(self.flaky(7), (met, made))
        self.assertNotEqual(self.flaky(8)[0], met)

    def test_slow(self):
        with Emulator(*FROZEN) as emulator:
            # They are answered late, but what is drawn for each is in the journal at once.
            waiting = [RawClient(emulator) for _ in range(self.REQUESTS)]
            for number, client in enumerate(waiting):
                self.addCleanup(client.close)
                client.send(CALLS[number % len(CALLS)].bytes("/~slow@slow"))
            exchanges = eventually(lambda: self.journal(emulator, self.REQUESTS))
            delays = sorted(one["delay"] for one in exchanges)
            self.assertGreater(delays[0], 0)
            self.assertTrue(0.2 < delays[self.REQUESTS // 2] < 0.4, delays)
            self.assertTrue(1 <= sum(delay > 2 for delay in delays) <= 12, delays[-15:])
            self.assertEqual({one["response"]["status"] for one in exchanges}, {200, 201})
            self.assertEqual({one["fault"] for one in exchanges}, {None})
            for number, client in enumerate(waiting[:2 * len(CALLS)]):
                self.assertEqual(client.answer().status, CALLS[number % len(CALLS)].success)

    def journal(self, emulator, count):
        told = control(emulator, "GET", "/sessions/slow/requests?limit=10000")["requests"]
        return told if len(told) == count else None


if __name__ == "__main__":
    unittest.main()
