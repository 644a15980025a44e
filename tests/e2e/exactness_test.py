"""A script is played exactly, however many callers come at once."""

import collections
import http.client
import threading
import unittest

from calls import AIRWEAVE, BEARER, FIVETRAN, ScenarioTest
from emulator import PATIENCE, control

CALLERS = 64
RUNS = 100
SIDE_BY_SIDE = 10  # sessions that are called at the same time
CALLS = [BEARER, AIRWEAVE, FIVETRAN]


class ExactnessTest(ScenarioTest):
    def play(self, rounds):
        """In each round each caller makes the round's calls, all callers at the same moment.

        A call is (prefix, call); a round's calls come in another order from each caller. Gives the
        statuses by prefix."""
        starts = threading.Barrier(CALLERS, timeout=PATIENCE)
        statuses = collections.defaultdict(list)  # list.append is atomic
        for calls in rounds:
            for prefix, _ in calls:
                statuses[prefix] = []

        def call_all(caller):
            connection = http.client.HTTPConnection(self.emulator.host, self.emulator.port,
                                                    timeout=PATIENCE)
            for calls in rounds:
                first = caller % len(calls)
                starts.wait()
                for prefix, call in calls[first:] + calls[:first]:
                    connection.request("POST", prefix + call.path, call.body,
                                       dict(call.headers()))
                    answer = connection.getresponse()
                    answer.read()
                    statuses[prefix].append(answer.status)
            connection.close()

        callers = [threading.Thread(target=call_all, args=(number,)) for number in range(CALLERS)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
        return statuses

    def assert_exact(self, statuses, rounds, scenario, failures):
        """Each prefix ends in a session of its own that has met the failures, and no more."""
        failed = sum(failures.values())
        for prefix, call in sum(rounds, []):
            with self.subTest(call=prefix):
                self.assertEqual(collections.Counter(statuses[prefix]),
                                 {**failures, call.success: CALLERS - failed})
                session = prefix.partition("@")[2]
                progress = self.progress(session, scenario)
                self.assertTrue(progress["completed"])
                self.assertEqual(progress["rules"][0]["hits"], CALLERS)
                self.assertEqual(len(self.made(session, call)), CALLERS - failed)

    def two_429s_and_a_500(self):
        return self.define({"outcome": "rate_limited", "times": 2}, {"outcome": "server_error"},
                           name="two-429s-and-a-500")

    def test_64_callers_meet_exactly_two_429s(self):
        rounds = [[(f"/~throttled-twice@round-{number}", CALLS[number % len(CALLS)])]
                  for number in range(12)]
        self.assert_exact(self.play(rounds), rounds, "throttled-twice", {429: 2})

    def test_100_times_64_callers_meet_exactly_two_429s_and_a_500(self):
        name = self.two_429s_and_a_500()
        rounds = [[(f"/~{name}@run-{number}", CALLS[number % len(CALLS)])]
                  for number in range(RUNS)]
        self.assert_exact(self.play(rounds), rounds, name, {429: 2, 500: 1})

    def test_sessions_side_by_side_each_have_their_own_count(self):
        name = self.two_429s_and_a_500()
        rounds = [[(f"/~{name}@side-{number}-{side}", CALLS[side % len(CALLS)])
                   for side in range(SIDE_BY_SIDE)] for number in range(RUNS // SIDE_BY_SIDE)]
        self.assert_exact(self.play(rounds), rounds, name, {429: 2, 500: 1})

    def test_scenarios_of_one_session_each_have_their_own_count(self):
        names = [self.define({"outcome": outcome, "times": times}, name=f"{outcome}-{times}")
                 for outcome, times in (("rate_limited", 5), ("server_error", 9))]
        statuses = self.play([[(f"/~{name}@shared", AIRWEAVE) for name in names]])
        self.assertEqual([collections.Counter(statuses[f"/~{name}@shared"]) for name in names],
                         [{429: 5, 200: CALLERS - 5}, {500: 9, 200: CALLERS - 9}])
        self.assertEqual(len(self.made("shared", AIRWEAVE)), 2 * CALLERS - 14)

    def test_64_callers_get_64_ids(self):
        self.play([[("/@ids", BEARER)]])
        journal = control(self.emulator, "GET", "/sessions/ids/requests?limit=100")
        locations = {dict(exchange["response"]["headers"])["Location"]
                     for exchange in journal["requests"]}
        self.assertEqual(len(locations), CALLERS)
        self.assertEqual([exchange["id"] for exchange in journal["requests"]],
                         list(range(1, CALLERS + 1)))


if __name__ == "__main__":
    unittest.main()
