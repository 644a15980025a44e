"""Several callers at once, and clients that wait in real time: Python's own, and curl."""

import copy
import email.utils
import itertools
import subprocess
import time
import unittest
import urllib.error
import urllib.request

from calls import in_threads
from emulator import AIRWEAVE_BODY, AIRWEAVE_PATH, PATIENCE, clean_environment
from verdicts import LOST, UNLESS_ANOTHERS, Client, VerdictsTest
from worlds import START

CREATE = f"POST {AIRWEAVE_PATH}"
# Callers that say which call is whose, and others; with and without keep-alive.
WAYS = list(itertools.product((True, False), (True, False)))
THROTTLED = {"outcome": "rate_limited", "retry_after": "2s"}


def side_by_side(test, values, work):
    """Calls work(test, value) for each value at the same time, each on a copy of the test that has a session
    of its own: for what waits in real time."""
    def run(number):
        own = copy.copy(test)
        own.setUp()
        try:
            work(own, values[number])
        except AssertionError as error:
            raise AssertionError(f"with {values[number]}: {error}") from error

    in_threads(len(values), run)


class TakingTurnsTest(VerdictsTest):
    """Callers that make the same call, step by step, and say which is whose or do not."""

    def callers(self, count, keep_alive, *plays, named=False):
        self.setUp()
        self.play(*plays)
        return [Client(self, keep_alive, call_id=f"call {number}" if named else None)
                for number in range(count)]

    def test_two_that_each_wait_as_told_are_no_fault(self):
        for named, keep_alive in WAYS:
            with self.subTest(named=named, keep_alive=keep_alive):
                one, two = self.callers(2, keep_alive, {**THROTTLED, "times": 4}, named=named)
                for _ in range(3):  # one at 0 s, 2 s and 4 s, two at 1 s, 3 s and 5 s
                    one.create()
                    one.wait(1)
                    two.create()
                    two.wait(1)
                self.assertEqual([one["response"]["status"] for one in self.journal()],
                                 [429] * 4 + [200] * 2)
                self.assert_passes("recovers")
                if named:
                    self.assert_passes("retry-after-honoured", times=4)
                else:
                    self.assert_open("retry-after-honoured", "one-or-two-callers")

    def test_two_that_each_wait_as_told_while_the_clock_runs_are_no_fault(self):
        def take_turns(test, keep_alive):
            one, two = test.callers(2, keep_alive, {**THROTTLED, "retry_after": "1s", "times": 4})
            test.put_session(clock="real")
            for _ in range(3):
                for caller in (one, two):
                    caller.create()
                    time.sleep(0.5)
            test.assert_passes("recovers")
            test.assert_open("retry-after-honoured", "one-or-two-callers")

        side_by_side(self, (True, False), take_turns)

    def test_a_retry_is_found_behind_anothers(self):
        for body, result in ((AIRWEAVE_BODY, "pass"), ("", "fail")):
            with self.subTest(result=result):
                one, two = self.callers(2, True, {"outcome": "server_error", "times": 2})
                one.create()
                two.create()
                one.wait(1)
                one.create(body)
                two.create()
                self.assert_result(result, "retry-same-body")

    def test_many_that_begin_at_once_and_wait_as_told_are_no_fault(self):
        for named, keep_alive in WAYS:
            with self.subTest(named=named, keep_alive=keep_alive):
                callers = self.callers(5, keep_alive, {**THROTTLED, "times": 5}, named=named)
                took = []
                for _ in range(2):
                    began = time.monotonic()
                    for caller in callers:
                        caller.create()
                        caller.wait("1ms")
                    took.append(time.monotonic() - began)
                    callers[0].wait(2)
                if named:
                    self.assert_passes("retry-after-honoured", times=5)
                else:
                    self.assert_open_at_once("retry-after-honoured", max(took))

    def test_one_that_does_not_wait_is_seen_beside_one_that_does(self):
        for keep_alive in (True, False):
            with self.subTest(keep_alive=keep_alive):
                polite, hasty = self.callers(2, keep_alive, {**THROTTLED, "times": 4})
                polite.create()     # at 0 s
                polite.wait(0.5)
                hasty.create()      # at 0.5 s
                hasty.wait(0.5)
                hasty.create()      # at 1 s, too soon
                hasty.wait(1)
                polite.create()     # at 2 s
                hasty.wait(0.1)
                hasty.create()      # at 2.1 s, too soon
                verdict = self.assert_result("fail", "retry-after-honoured")
                ids = {number for one in verdict["findings"] for number in one["exchanges"]}
                self.assertIn(3, ids)

    def test_two_that_are_refused_and_go_on_are_no_fault(self):
        for named, keep_alive in WAYS:
            with self.subTest(named=named, keep_alive=keep_alive):
                one, two = self.callers(2, keep_alive, {"outcome": "unauthorized", "times": 2},
                                        named=named)
                began = time.monotonic()
                self.assertEqual((one.create(), two.create()), (401, 401))
                took = time.monotonic() - began
                for client in (one, two):
                    self.assertEqual(client.call("GET", AIRWEAVE_PATH), 200)
                if named:
                    self.assert_passes("no-retry-on-client-error", times=2)
                else:
                    self.assert_open_at_once("no-retry-on-client-error", took)

    def test_one_that_repeats_what_was_refused_is_seen_beside_another(self):
        one, two = self.callers(2, True, {"outcome": "unauthorized", "times": 3}, named=True)
        self.assertEqual((one.create(), two.create(), two.create()), (401, 401, 401))
        one.call("GET", AIRWEAVE_PATH)
        self.assert_fails("no-retry-on-client-error", (
            f"{CREATE} was answered 401, and the same request was sent again ~0 ms later", [2, 3]))

    def test_what_was_refused_is_repeated_by_one_of_two_whoever_it_was(self):
        one, two = self.callers(2, True, {"outcome": "unauthorized", "times": 3})
        self.assertEqual((one.create(), two.create()), (401, 401))
        two.wait(1)
        self.assertEqual(two.create(), 401)
        verdict = self.assert_result("fail", "no-retry-on-client-error")
        [finding] = verdict["findings"]
        self.assertIn(3, finding["exchanges"])

    def test_many_that_fail_once_each_have_not_retried(self):
        callers = self.callers(12, True, {"outcome": "server_error", "times": "forever"})
        for caller in callers:
            self.assertEqual(caller.create(), 500)
            caller.wait("1ms")
        for caller in callers:
            self.assertEqual(caller.call("GET", AIRWEAVE_PATH), 200)
        self.assertNotEqual(self.verdict("backoff-grows")["result"], "fail")
        self.assertNotEqual(self.verdict("retries-bounded")["result"], "fail")


class AtOnceTest(VerdictsTest):
    """In threads, on the real clock."""

    OPTIONS = ()

    def at_once(self, count, play, keep_alive):
        """Each caller makes the same create at the same time; gives the statuses."""
        self.play({**play, "times": "forever"})
        clients = [Client(self, keep_alive) for _ in range(count)]
        return in_threads(count, lambda number: clients[number].create())

    def wait_as_told(self, keep_alive, named):
        self.play({"outcome": "rate_limited", "retry_after": "1s", "times": 4})
        clients = [Client(self, keep_alive, call_id=f"call {number}" if named else None)
                   for number in range(4)]

        def work(number):
            first = clients[number].create()
            time.sleep(int(clients[number].headers["Retry-After"]))
            return first, clients[number].create()

        self.assertEqual(in_threads(4, work), [(429, 200)] * 4)
        self.assert_passes("recovers")

    def test_those_that_wait_as_told_are_no_fault(self):
        def wait(test, keep_alive):
            test.wait_as_told(keep_alive, named=True)
            test.assert_passes("retry-after-honoured", times=4)

        side_by_side(self, (True, False), wait)

    def test_those_that_wait_as_told_and_do_not_say_who_they_are_may_be_in_doubt(self):
        def wait(test, keep_alive):
            test.wait_as_told(keep_alive, named=False)
            # It passes where all requests really overlapped.
            if test.verdict("retry-after-honoured")["result"] != "pass":
                verdict = test.assert_open("retry-after-honoured", "one-or-two-callers")
                test.assertTrue(verdict["summary"].endswith(UNLESS_ANOTHERS), verdict)

        side_by_side(self, (True, False), wait)

    def test_requests_that_overlap_are_no_retries(self):
        def fail(test, keep_alive):
            failure = {"outcome": "server_error", "delay": "1s"}
            test.assertEqual(test.at_once(12, failure, keep_alive), [500] * 12)
            test.assertNotEqual(test.verdict("retries-bounded")["result"], "fail")
            test.assert_idle("backoff-grows")
            test.assert_idle("retry-same-body")

        side_by_side(self, (True, False), fail)

    def test_refusals_that_overlap_are_no_repeats(self):
        refusal = {"outcome": "forbidden", "delay": "1s"}
        self.assertEqual(self.at_once(12, refusal, False), [403] * 12)
        self.assert_passes("no-retry-on-client-error", times=12)

    def test_slow_creates_of_two_are_no_duplicates(self):
        def create(test, keep_alive):
            test.assertEqual(test.at_once(2, {"delay": "1s"}, keep_alive), [200, 200])
            test.assertNotEqual(test.verdict("no-duplicate-create")["result"], "fail")

        side_by_side(self, (True, False), create)

    def test_who_leaves_before_the_answer_and_tries_again_has_two(self):
        def leave(test, wait):
            test.play({"delay": "1s"})
            client = Client(test, patience=0.05)
            test.assertEqual(client.create(), LOST)
            client.patience = PATIENCE
            time.sleep(wait)
            test.assertEqual(client.create(), 200)
            verdict = test.assert_result("fail", "no-duplicate-create")
            test.assertEqual([one["exchanges"] for one in verdict["findings"]], [[1, 2]])

        side_by_side(self, (0.3, 1.2), leave)  # before and after the answer would have come

    def test_two_that_are_made_at_once_may_be_wanted(self):
        self.play({"delay": "3s"})
        client = Client(self, patience=1)  # enough to be heard by a busy server
        self.assertEqual(client.create(), LOST)
        left = time.monotonic()
        client.patience = PATIENCE
        self.assertEqual(client.create(), 200)
        self.assert_open_at_once("no-duplicate-create", time.monotonic() - left)


class UrllibTest(VerdictsTest):
    """A client of Python's urllib, which has no keep-alive and must see to retries itself."""

    OPTIONS = ()

    def create(self):
        """The status, and what Retry-After says."""
        request = urllib.request.Request(
            f"{self.emulator.url}/@{self.session}{AIRWEAVE_PATH}", AIRWEAVE_BODY.encode(),
            {"X-API-Key": "my-key", "Content-Type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return answer.status, None
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers["Retry-After"]

    def test_waiting_until_the_date_passes(self):
        self.play({"outcome": "rate_limited", "retry_after": {"date": "1s"}})
        status, told = self.create()
        self.assertEqual(status, 429)
        date = email.utils.parsedate_to_datetime(told).timestamp()
        time.sleep(max(0, date - time.time()))
        self.assertEqual(self.create(), (200, None))
        self.assert_passes("retry-after-honoured", times=1)

    def test_not_reading_the_date_fails(self):
        self.play({"outcome": "rate_limited", "retry_after": {"date": "30s"}, "times": 2})
        self.assertEqual([self.create()[0] for _ in range(3)], [429, 429, 200])
        verdict = self.assert_result("fail", "retry-after-honoured")
        self.assertEqual([one["exchanges"] for one in verdict["findings"]], [[1, 2], [2, 3]])
        # The date is that of a whole second.
        self.assertRegex(verdict["summary"], rf"^{CREATE} was tried again \S+ m?s after 429 with "
                                             r"Retry-After (29|3[01])(\.\d)? s; and 1 more$")


class FastClockTest(VerdictsTest):
    """A minute of the session is a second of the client."""

    OPTIONS = ("--clock", START + "@60")

    def again(self, wait):
        self.play({"outcome": "rate_limited", "retry_after": "60s"})
        client = Client(self)
        self.assertEqual(client.create(), 429)
        self.assertEqual(client.headers["Retry-After"], "1")
        time.sleep(wait)
        self.assertEqual(client.create(), 200)

    def test_the_clients_own_seconds_are_enough(self):
        self.again(1)
        self.assert_passes("retry-after-honoured", times=1)

    def test_less_is_not(self):
        self.again(0.1)
        verdict = self.assert_result("fail", "retry-after-honoured")
        self.assertRegex(verdict["summary"], rf"^{CREATE} was tried again .* after 429 with "
                                             "Retry-After 1 s$")

    def test_a_delay_is_the_clients_time_too(self):
        self.play({"outcome": "rate_limited", "retry_after": "60s", "delay": "600ms"})
        client = Client(self)
        began = time.monotonic()
        self.assertEqual(client.create(), 429)
        # As long as it was told, but counted from the request.
        time.sleep(max(0, 1 - (time.monotonic() - began)))
        client.create()
        self.assert_result("fail", "retry-after-honoured")


class CurlTest(VerdictsTest):
    OPTIONS = ()

    def curl(self, *options, times=1):
        """The statuses of this many creates, by one curl."""
        url = f"{self.emulator.url}/@{self.session}{AIRWEAVE_PATH}"
        done = subprocess.run(
            ["curl", "-sS", "-H", "X-API-Key: my-key", "-H", "Content-Type: application/json",
             "-d", AIRWEAVE_BODY, "-w", "%{stderr}%{http_code}\n", *options, *[url] * times],
            text=True, env=clean_environment(), capture_output=True, timeout=PATIENCE)
        return [int(line) for line in done.stderr.splitlines() if line.isdigit()]

    def test_its_own_retry_passes(self):
        self.put_session(scenario="throttled-twice")
        self.assertEqual(self.curl("--retry", "2")[-1], 200)
        self.assertEqual([one["response"]["status"] for one in self.journal()], [429, 429, 200])
        for check, times in (("retry-after-honoured", 2), ("limits-heeded", 2),
                             ("retry-same-body", 2), ("recovers", 1)):
            with self.subTest(check=check):
                self.assert_passes(check, times)
        self.assert_idle("retries-bounded")

    def test_one_without_retries_does_not_recover(self):
        self.put_session(scenario="throttled-twice")
        self.assertEqual(self.curl(), [429])
        self.assert_fails("recovers", (f"{CREATE} was given up after 1 attempt, the last one "
                                       "answered 429, though the failure was about to pass", [1]))
        self.assert_idle("retry-after-honoured")

    def test_a_loop_without_a_wait_fails(self):
        self.put_session(clock="real")
        self.play({"outcome": "server_error", "times": 11})
        self.assertEqual(self.curl(times=12), [500] * 11 + [200])
        # A busy machine may well wait for a while of its own.
        self.assert_result("fail", "backoff-grows", "?backoff-grows.least=10s")
        self.assert_fails("retries-bounded", (f"{CREATE} was tried 12 times within ~0 ms; 10 are "
                                              "enough", list(range(1, 13))))

    def test_a_loop_over_what_was_refused_fails(self):
        self.put_session(clock=START + "@0.01")
        self.play({"outcome": "unauthorized", "times": "forever"})
        self.assertEqual(self.curl(times=3), [401] * 3)
        verdict = self.assert_result("fail", "no-retry-on-client-error")
        self.assertEqual([one["exchanges"] for one in verdict["findings"]], [[1, 2, 3]])

    def test_a_retry_of_everything_makes_two(self):
        self.play({"fault": "empty"})
        options = ["--retry", "1", "--retry-all-errors", "--retry-delay", "1"]
        self.assertEqual(self.curl(*options)[-1], 200)
        self.assertEqual(len(self.journal()), 2)
        verdict = self.assert_result("fail", "no-duplicate-create")
        self.assertEqual([one["exchanges"] for one in verdict["findings"]], [[1, 2]])


if __name__ == "__main__":
    unittest.main()
