"""The journal: what it keeps of each request, how much of it, and how it is asked."""

import datetime
import json
import time
import unittest

from emulator import (BASIC, FIVETRAN_BODY, JSON_TYPE, PATIENCE, SUPERMETRICS_BODY,
                      SUPERMETRICS_PATH, Emulator, EmulatorTest, RawClient, control,
                      create_on_supermetrics, request, request_bytes, without_ends)
from worlds import START, ask, create_on_airweave, create_on_fivetran

BEARER = [JSON_TYPE, ("Authorization", "Bearer my-token")]
MANY = 20_000


def ids(journal):
    return [exchange["id"] for exchange in journal["requests"]]


def resident_kib(emulator):
    with open(f"/proc/{emulator.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


class BoundsTest(unittest.TestCase):
    def test_past_journal_size_the_oldest_go(self):
        with Emulator("--journal-size", 3) as emulator:
            for count in range(1, 6):
                create_on_supermetrics(emulator)
                journal = control(emulator, "GET", "/requests")
                self.assertEqual(ids(journal), list(range(max(1, count - 2), count + 1)))
                self.assertEqual((journal["total"], journal["truncated"]), (count, count > 3))
            for gone in (1, 2):
                detail = ask(emulator, "GET", f"/requests/{gone}").json()["detail"]
                self.assertEqual(detail, f"the journal of default no longer has request {gone}")
            control(emulator, "DELETE", "/requests")
            self.assertEqual(control(emulator, "GET", "/requests"),
                             {"requests": [], "total": 0, "truncated": False})
            create_on_supermetrics(emulator)
            journal = control(emulator, "GET", "/requests")
            self.assertEqual((ids(journal), journal["total"], journal["truncated"]),
                             ([6], 1, False))

    def test_past_journal_bytes_the_oldest_go(self):
        with Emulator("--journal-bytes", 10_000) as emulator:
            for _ in range(20):
                create_on_fivetran(emulator)
            journal = control(emulator, "GET", "/requests")
            self.assertTrue(journal["truncated"])
            self.assertEqual(journal["total"], 20)
            kept = ids(journal)
            self.assertEqual(kept, list(range(21 - len(kept), 21)))
            self.assertLess(sum(len(exchange["request"]["body"]) + len(exchange["response"]["body"])
                                for exchange in journal["requests"]), 10_000)

    def test_the_newest_stays_however_long_it_is(self):
        with Emulator("--journal-bytes", 1) as emulator:
            for count in (1, 2):
                create_on_fivetran(emulator)
                self.assertEqual(ids(control(emulator, "GET", "/requests")), [count])

    def test_of_a_body_64_kib_are_kept(self):
        long = json.dumps({**json.loads(SUPERMETRICS_BODY), "x": "y" * 100_000})
        with Emulator() as emulator:
            self.assertEqual(request(emulator, "POST", SUPERMETRICS_PATH, BEARER, long).status, 201)
            kept = control(emulator, "GET", "/requests/1")["request"]
            self.assertEqual(kept["body_bytes"], len(long))
            self.assertEqual(kept["body"], long[:64 * 1024])

    def test_many_requests_do_not_fill_the_memory(self):
        at_once = 100
        body = json.dumps({**json.loads(SUPERMETRICS_BODY), "x": "y" * 4000})
        one = request_bytes("POST", "/~rate-limited" + SUPERMETRICS_PATH, BEARER, body)
        last = request_bytes("POST", "/~rate-limited" + SUPERMETRICS_PATH,
                             [*BEARER, ("Connection", "close")], body)

        def call(emulator):
            with RawClient(emulator) as client:
                client.send(one * (at_once - 1) + last)
                with client.socket.makefile("rb") as answers:
                    return answers.read().count(b"HTTP/1.1 429 ")

        with Emulator("--journal-bytes", 4 * 1024 * 1024) as emulator:
            answered = sum(call(emulator) for _ in range(20))
            before = resident_kib(emulator)  # the journal is full
            answered += sum(call(emulator) for _ in range(MANY // at_once - 20))
            self.assertEqual(answered, MANY)
            self.assertLess(resident_kib(emulator) - before, 16 * 1024)
            journal = control(emulator, "GET", "/requests?limit=100000")
            self.assertEqual((journal["total"], journal["truncated"]), (MANY, True))
            self.assertEqual(ids(journal)[-1], MANY)
            self.assertLess(sum(len(exchange["request"]["body"])
                                for exchange in journal["requests"]), 4 * 1024 * 1024)


class AskingTest(EmulatorTest):
    OPTIONS = ("--clock", START)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        create_on_airweave(cls.emulator)
        create_on_fivetran(cls.emulator)
        create_on_supermetrics(cls.emulator, "/~throttled-twice")
        create_on_supermetrics(cls.emulator)
        request(cls.emulator, "POST", SUPERMETRICS_PATH + "?dry=1&page=12", BEARER, "{}")
        request(cls.emulator, "GET", "/v1/conections")

    def test_filters(self):
        for query, wanted in [
            ("", [1, 2, 3, 4, 5, 6]),
            ("operation=fivetran.create_connection", [2]),
            ("operation=*.create_*", [1, 2, 3, 4, 5]),
            ("operation=supermetrics.*", [3, 4, 5]),
            ("operation=*.delete_*", []),
            ("outcome=success", [1, 2, 4]),
            ("outcome=rate_limited", [3]),
            ("status=201", [2, 4]),
            ("status=404", [6]),
            ("status=5000", []),
            ("after=4", [5, 6]),
            ("after=99", []),
            ("limit=2", [1, 2]),
            ("limit=0", []),
            ("operation=supermetrics.*&status=201&after=3&limit=1", [4]),
        ]:
            with self.subTest(query=query):
                journal = control(self.emulator, "GET", "/requests?" + query)
                self.assertEqual(ids(journal), wanted)
                self.assertEqual((journal["total"], journal["truncated"]), (6, False))

    def test_after_and_limit_page_through_it(self):
        seen = []
        while page := ids(control(self.emulator, "GET",
                                  f"/requests?limit=4&after={seen[-1] if seen else 0}")):
            seen += page
        self.assertEqual(seen, [1, 2, 3, 4, 5, 6])

    def test_a_filter_that_is_no_number_is_told(self):
        for query in ("status=ok", "after=-1", "limit=many", "limit="):
            with self.subTest(query=query):
                answer = ask(self.emulator, "GET", "/requests?" + query)
                detail = self.assert_problem(answer, 400)["detail"]
                self.assertEqual(detail, f"{query} is no number")

    def test_an_operation_that_there_is_not_is_told(self):
        answer = ask(self.emulator, "GET", "/requests?operation=fivetran.create_conection")
        self.assertEqual(self.assert_problem(answer, 400)["detail"],
                         "operation=fivetran.create_conection is no operation; "
                         "did you mean 'fivetran.create_connection'?")

    def test_an_exchange_tells_all_of_it(self):
        exchange = control(self.emulator, "GET", "/requests/3")
        self.assertEqual({key: exchange[key] for key in exchange if key not in
                          ("request", "response", "why", "source", "wire")},
                         {"id": 3, "at": START,
                          "operation": "supermetrics.create_data_source_connection",
                          "edition": "2026-08",
                          "outcome": "rate_limited", "scenario": "throttled-twice",
                          "rule": "creates are throttled twice", "play": 1, "applied": False,
                          "scripted": True, "passing": True, "transient": False,
                          "going_on": False, "abandoned": False, "violation": None,
                          "allowed_by": None, "warning": None, "page": None, "fault": None, "delay": 0,
                          "retry_after": {"seconds": 1, "session_seconds": 1, "date": None},
                          "clock": {"rate": 0, "moved": 0}})
        self.assertTrue(exchange["source"].endswith("edition, August 2026), response 429"), exchange)
        sent = exchange["request"]
        self.assertEqual((sent["method"], sent["path"], sent["query"], sent["body"]),
                         ("POST", "/~throttled-twice" + SUPERMETRICS_PATH, "", SUPERMETRICS_BODY))
        self.assertEqual(sent["path"][sent["path_start"]:], SUPERMETRICS_PATH)
        self.assertEqual(sent["body_bytes"], len(SUPERMETRICS_BODY))
        self.assertIn(["Content-Type", "application/json"], sent["headers"])
        self.assertEqual(exchange["response"]["status"], 429)
        self.assertIn(["Retry-After", "1"], exchange["response"]["headers"])
        listed = control(self.emulator, "GET", "/requests?after=2&limit=1")["requests"][0]
        self.assertEqual(without_ends(listed), without_ends(
            {key: exchange[key] for key in exchange if key not in ("why", "source")}))

    def test_an_exchange_tells_when_it_went_over_the_wire(self):
        before = datetime.datetime.now(datetime.timezone.utc)
        with Emulator("--clock", START) as emulator, RawClient(emulator) as client:
            for number in (1, 2):
                client.send(request_bytes("GET", "/v1/connections", [("Authorization", BASIC)]))
                self.assertEqual(client.answer("GET").status, 200)
            one, two = (exchange["wire"]
                        for exchange in control(emulator, "GET", "/requests")["requests"])
            client.close()
            closed = self.when_closed(emulator)
        self.assertEqual((one["request"], two["request"]), (1, 2))
        self.assertEqual([one[key] for key in ("connection", "opened", "closed")],
                         [two[key] for key in ("connection", "opened", "closed")])
        self.assertIsNone(one["closed"])
        times = [one["opened"], one["arrived"], one["ended"], two["arrived"], two["ended"], closed]
        times = [before, *map(datetime.datetime.fromisoformat, times),
                 datetime.datetime.now(datetime.timezone.utc)]
        self.assertEqual(times, sorted(times))

    @staticmethod
    def when_closed(emulator):
        """Of the first exchange's connection, which its client has closed."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            closed = control(emulator, "GET", "/requests/1")["wire"]["closed"]
            if closed is not None:
                return closed
            time.sleep(0.01)
        raise AssertionError("the server does not see that the connection was closed")

    def test_what_was_moved_by_hand_is_in_it(self):
        control(self.emulator, "POST", "/sessions/moved/clock/advance", {"by": "90s"})
        create_on_airweave(self.emulator, "/@moved")
        self.assertEqual(control(self.emulator, "GET", "/sessions/moved/requests/1")["clock"],
                         {"rate": 0, "moved": 90})

    def test_an_id_that_is_none_is_told(self):
        for name, status, detail in (("x", 400, "'x' is no id of a request; ids are numbers"),
                                     ("0", 404, "the journal of default has no request 0"),
                                     ("7", 404, "the journal of default has no request 7")):
            answer = ask(self.emulator, "GET", f"/requests/{name}")
            self.assertEqual(self.assert_problem(answer, status)["detail"], detail)

    def test_count_takes_a_scenarios_match(self):
        for match, wanted in [
            (None, 6),
            ({}, 6),
            ({"operation": "*.create_*"}, 5),
            ({"operation": ["airweave.*", "fivetran.*"]}, 2),
            ({"vendor": "supermetrics"}, 3),
            ({"method": "GET"}, 1),
            ({"path": "/v1/teams/{team_id}/data-source-connections"}, 3),
            ({"query": {"dry": 1}}, 1),
            ({"query": {"page": {"gt": 11}}}, 1),
            ({"query": {"dry": {"absent": True}}}, 5),
            ({"headers": {"content-type": {"contains": "json"}}}, 5),
            ({"headers": {"Content-Type": {"absent": True}}}, 1),
            ({"body": {"data_source_id": "ADM"}}, 2),
            ({"body": {"config.topics": {"contains": "string"}}}, 1),
            ({"body": {"/config/topics/0": "string"}}, 1),
            ({"body": {"short_name": {"one_of": ["stripe", "github"]}}}, 1),
            ({"body": {"data_source_id": {"matches": "^A"}}, "vendor": "fivetran"}, 0),
        ]:
            with self.subTest(match=match):
                self.assertEqual(control(self.emulator, "POST", "/requests/count", match),
                                 {"count": wanted, "truncated": False})
        yaml = "operation: '*.create_*'\nbody: {data_source_id: ADM}\n"
        self.assertEqual(ask(self.emulator, "POST", "/requests/count", yaml).json()["count"], 2)

    def test_each_mistake_in_a_match_is_told(self):
        answer = ask(self.emulator, "POST", "/requests/count",
                     '{"operation": "fivetran.creat_connection",\n'
                     ' "body": {"service": {"mathces": "^g"}}, "vendor": "fivetrn"}')
        problem = self.assert_problem(answer, 422)
        self.assertEqual([(one["line"], one["column"], one["message"])
                          for one in problem["problems"]],
                         [(1, 15, "no operation is called 'fivetran.creat_connection'; "
                                  "did you mean 'fivetran.create_connection'?"),
                          (2, 22, "'mathces' is no matcher; did you mean 'matches'?"),
                          (2, 52, "'fivetrn' is no vendor; did you mean 'fivetran'?")])
        self.assertIn("(and 2 more)", problem["detail"])


class WhyTest(EmulatorTest):
    OPTIONS = ("--clock", START)

    def test_of_each_rule_what_did_not_hold(self):
        scenario = {"rules": [
            {"name": "github waits", "match": {"operation": "fivetran.create_connection",
                                               "body": {"service": "github"}},
             "play": [{"outcome": "rate_limited"}]},
            {"name": "later it fails", "when": {"after": "1h"},
             "play": [{"outcome": "server_error"}]},
            {"name": "drafts", "match": {"query": {"draft": {"matches": "^y"}},
                                         "headers": {"X-Draft": "1"}},
             "play": [{"status": 418}]}]}
        self.assertEqual(ask(self.emulator, "PUT", "/scenarios/puzzle", scenario).status, 201)
        self.assertEqual(create_on_fivetran(self.emulator, "/~puzzle@why").status, 201)
        why = control(self.emulator, "GET", "/sessions/why/requests/1")["why"]
        service = json.dumps(json.loads(FIVETRAN_BODY)["service"])
        self.assertEqual(why, {"decided_by": None, "rules": [
            {"name": "github waits", "matches": False, "misses": [
                {"condition": "body.service", "wanted": '"github"', "got": service}]},
            {"name": "later it fails", "matches": False, "misses": [
                {"condition": "when", "wanted": "after 1h", "got": "0s"}]},
            {"name": "drafts", "matches": False, "misses": [
                {"condition": "query.draft", "wanted": '{"matches":"^y"}', "got": "nothing"},
                {"condition": "headers.X-Draft", "wanted": '"1"', "got": "nothing"}]}]})

    def test_the_rule_that_decided(self):
        create_on_supermetrics(self.emulator, "/~rate-limited@decided")
        why = control(self.emulator, "GET", "/sessions/decided/requests/1")["why"]
        self.assertEqual(why["decided_by"], why["rules"][0]["name"])
        self.assertEqual((why["rules"][0]["matches"], why["rules"][0]["misses"]), (True, []))

    def test_a_scenario_that_is_gone_has_nothing_to_say(self):
        ask(self.emulator, "PUT", "/scenarios/brief", "rules: [{play: [{status: 418}]}]")
        create_on_supermetrics(self.emulator, "/~brief@gone")
        control(self.emulator, "DELETE", "/scenarios/brief")
        self.assertIsNone(control(self.emulator, "GET", "/sessions/gone/requests/1")["why"])

    def test_what_no_operation_answers_is_told_with_the_nearest(self):
        answer = request(self.emulator, "POST", "/@lost/v1/conections", [JSON_TYPE], "{}")
        self.assertEqual(self.assert_problem(answer, 404)["nearest"][0], "POST /v1/connections")
        exchange = control(self.emulator, "GET", "/sessions/lost/requests/1")
        self.assertEqual((exchange["operation"], exchange["outcome"]), (None, None))
        self.assertEqual(json.loads(exchange["response"]["body"])["nearest"],
                         answer.json()["nearest"])


if __name__ == "__main__":
    unittest.main()
