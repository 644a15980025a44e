"""When a client tries again, and how often: each check of that in all its results."""

import unittest

from emulator import AIRWEAVE_BODY, AIRWEAVE_PATH
from verdicts import LOST, Client, VerdictsTest

CREATE = f"POST {AIRWEAVE_PATH}"
STOOD_STILL = "; advance it as the client waits, or let it run"


class RetryAfterTest(VerdictsTest):
    CHECK = "retry-after-honoured"

    def test_waiting_as_long_as_told_passes(self):
        self.play({"outcome": "rate_limited", "retry_after": "10s", "times": 2})
        self.assertEqual(Client(self).retry(10, 12), [429, 429, 200])
        self.assert_passes(self.CHECK, times=2)

    def test_coming_back_too_soon_fails(self):
        self.play({"outcome": "rate_limited", "retry_after": "10s", "times": 2})
        self.assertEqual(Client(self).retry(2, 10), [429, 429, 200])
        self.assert_fails(self.CHECK, (f"{CREATE} was tried again 2 s after 429 with Retry-After "
                                       "10 s", [1, 2]))

    def test_each_attempt_that_is_too_soon_is_told(self):
        self.play({"outcome": "rate_limited", "retry_after": "1m30s", "times": 2})
        Client(self).retry(61.5, "10ms")
        self.assert_fails(self.CHECK,
                          (f"{CREATE} was tried again 1 min 1 s after 429 with Retry-After "
                           "1 min 30 s", [1, 2]),
                          (f"{CREATE} was tried again 10 ms after 429 with Retry-After 1 min 30 s",
                           [2, 3]))

    def test_without_a_next_attempt_or_without_the_header_it_is_idle(self):
        self.assert_idle(self.CHECK)
        self.play({"outcome": "rate_limited", "retry_after": "10s"}, {"outcome": "server_error"})
        client = Client(self)
        client.create()
        self.assert_idle(self.CHECK)
        # What had to do with another call is no attempt of this one.
        client.create({"name": "Another", "short_name": "stripe"})
        client.create_on_fivetran()
        self.assert_idle(self.CHECK)

    def test_a_tenth_of_the_wait_may_be_missing(self):
        for wait, passes in (("9s", True), ("8999ms", False)):
            with self.subTest(wait=wait):
                self.setUp()
                self.play({"outcome": "rate_limited", "retry_after": "10s"})
                Client(self).retry(wait)
                self.assert_result("pass" if passes else "fail", self.CHECK)

    def test_its_parameters_say_how_much_may_be_missing(self):
        self.play({"outcome": "rate_limited", "retry_after": "1s"})
        Client(self).retry("950ms")
        name = "retry-after-honoured"
        for query, passes in ((f"?{name}.tolerance=0%25", True),
                              (f"?{name}.tolerance=0%25&{name}.grace=49ms", False),
                              (f"?{name}.tolerance=4.9%25&{name}.grace=0ms", False),
                              (f"?{name}.tolerance=5%25&{name}.grace=0ms", True)):
            with self.subTest(query=query):
                self.assert_result("pass" if passes else "fail", self.CHECK, query)

    def test_the_date_form_counts_alike(self):
        for waits, result in (((2, 2), "pass"), ((1.7, 2), "fail"), ((0.5, 2), "fail")):
            with self.subTest(waits=waits):
                self.setUp()
                self.play({"outcome": "rate_limited", "retry_after": {"date": "2s"}, "times": 2})
                client = Client(self)
                client.create()
                self.assertEqual(client.headers["Retry-After"], "Thu, 15 Jan 2026 10:00:02 GMT")
                client.retry(*waits[1:], call=lambda: (client.wait(waits[0]), client.create())[1])
                self.assert_result(result, self.CHECK)

    def test_a_limit_tells_it_too(self):
        self.play_whole(limits=[{"allow": 1, "per": "60s"}])
        client = Client(self)
        self.assertEqual(client.create(), 200)
        client.wait(20)
        self.assertEqual(client.retry(30, 10), [429, 429, 200])
        self.assert_fails(self.CHECK, (f"{CREATE} was tried again 30 s after 429 with Retry-After "
                                       "40 s", [2, 3]))

    def test_a_clock_that_stands_still_leaves_it_open(self):
        self.play({"outcome": "rate_limited", "retry_after": "10s"})
        self.assertEqual(Client(self).retry(0), [429, 200])
        self.assert_inconclusive(self.CHECK, ("the session's clock stood still between an answer "
                                              f"with Retry-After and the next attempt{STOOD_STILL}",
                                              [1, 2]))

    def test_another_credential_or_agent_is_another_caller(self):
        for other in ({"key": {"X-API-Key": "another-key"}}, {"agent": "another/2"}):
            with self.subTest(other=other):
                self.setUp()
                self.play({"outcome": "rate_limited", "retry_after": "10s", "times": 2})
                Client(self).create()
                Client(self, **other).create()
                self.assert_idle(self.CHECK)


class HeadersOfAPlayTest(VerdictsTest):
    """What the client was told counts, also where the play itself writes the header."""

    CHECK = "retry-after-honoured"

    def test_a_header_that_a_play_sets_is_what_was_told(self):
        for told in ("5", "Thu, 15 Jan 2026 10:00:05 GMT"):
            for waits, result in (((5,), "pass"), ((1,), "fail")):
                with self.subTest(told=told, waits=waits):
                    self.setUp()
                    self.play({"status": 503, "headers": {"Retry-After": told}})
                    client = Client(self)
                    self.assertEqual(client.retry(*waits), [503, 200])
                    self.assert_result(result, self.CHECK)

    def test_a_header_that_a_play_takes_away_was_not_told(self):
        self.play({"outcome": "rate_limited", "headers": {"Retry-After": None}, "times": 2})
        client = Client(self)
        self.assertEqual(client.create(), 429)
        self.assertIsNone(client.headers["Retry-After"])
        client.wait(1)
        self.assertEqual(client.retry(2), [429, 200])
        self.assert_idle(self.CHECK)
        self.assert_passes("backoff-grows", times=1)


class ClientErrorTest(VerdictsTest):
    CHECK = "no-retry-on-client-error"
    STATUSES = {"bad_request": 400, "unauthorized": 401, "forbidden": 403, "not_found": 404,
                "unprocessable": 422}

    def test_going_on_to_something_else_passes(self):
        for outcome, status in self.STATUSES.items():
            with self.subTest(outcome=outcome):
                self.setUp()
                self.play({"outcome": outcome})
                client = Client(self)
                self.assertEqual(client.create(), status)
                client.wait(1)
                self.assertEqual(client.call("GET", AIRWEAVE_PATH), 200)
                self.assert_passes(self.CHECK, times=1)

    def test_the_same_request_once_more_fails(self):
        for outcome, status in self.STATUSES.items():
            for keep_alive in (True, False):
                with self.subTest(outcome=outcome, keep_alive=keep_alive):
                    self.setUp()
                    self.play({"outcome": outcome})
                    client = Client(self, keep_alive)
                    client.create()
                    client.wait(1.5)
                    self.assertEqual(client.create(), 200)
                    self.assert_fails(self.CHECK, (
                        f"{CREATE} was answered {status}, and the same request was sent again "
                        "1.50 s later", [1, 2]))

    def test_many_times_are_one_finding(self):
        self.play({"outcome": "unauthorized", "times": "forever"})
        client = Client(self)
        for _ in range(4):
            client.create()
            client.wait(2)
        self.assert_fails(self.CHECK, (f"{CREATE} was answered 401, and the same request was sent "
                                       "again 3 times, first 2 s later", [1, 2, 3, 4]))

    def test_what_the_request_earns_counts_like_what_is_played(self):
        client = Client(self)
        for _ in range(2):
            self.assertEqual(client.call("GET", "/source-connections/no-such"), 422)
            self.assertEqual(client.call("GET", "/v1/connections/no_such"), 404)
        verdict = self.assert_result("fail", self.CHECK)
        self.assertEqual([one["exchanges"] for one in verdict["findings"]], [[1, 3], [2, 4]])
        self.assertTrue(verdict["summary"].endswith("0 ms later; and 1 more"), verdict)

    def test_without_a_refusal_it_is_idle(self):
        self.play({"outcome": "server_error"}, {"outcome": "rate_limited", "retry_after": "1s"})
        self.assertEqual(Client(self).retry(1, 1), [500, 429, 200])
        self.assert_idle(self.CHECK)

    def test_another_credential_is_another_attempt(self):
        self.play({"outcome": "unauthorized"})
        self.assertEqual(Client(self, key={"X-API-Key": "expired"}).create(), 401)
        self.assertEqual(Client(self, key={"X-API-Key": "renewed"}).create(), 200)
        self.assert_passes(self.CHECK, times=1)

    def test_a_credential_that_no_request_bore_before(self):
        client = Client(self, key={})
        self.assertEqual(client.create(), 401)
        client.key = {"X-API-Key": "my-key"}
        self.assertEqual(client.create(), 200)
        self.assert_passes(self.CHECK, times=1)

    def test_another_body_is_another_attempt(self):
        client = Client(self)
        self.assertEqual(client.create({"name": "My source", "short_name": 7}), 422)
        self.assertEqual(client.create(), 200)
        self.assert_passes(self.CHECK, times=1)

    def test_a_body_that_differs_in_a_secret_alone_is_another(self):
        self.play({"outcome": "bad_request"})
        client = Client(self)
        client.create(AIRWEAVE_BODY)
        client.create(AIRWEAVE_BODY.replace("sk_test_123", "sk_test_456"))
        self.assert_passes(self.CHECK, times=1)

    def test_what_the_scenario_calls_transient_may_be_tried_again(self):
        self.play({"outcome": "not_found", "transient": True, "times": 2},
                  match={"operation": "airweave.*"})
        client = Client(self)
        self.assertEqual(client.retry(1, 2), [404, 404, 200])
        self.assert_idle(self.CHECK)
        # And is then a failure like others.
        self.assert_passes("retries-bounded", times=1)
        self.assert_passes("backoff-grows", times=1)
        self.assert_passes("recovers", times=1)

    def test_a_write_in_between_may_have_changed_it(self):
        client = Client(self)
        self.assertEqual(client.call("GET", "/v1/connections/soon"), 404)
        self.assertEqual(client.create_on_fivetran(), 201)
        self.assertEqual(client.call("GET", "/v1/connections/soon"), 404)
        self.assert_passes(self.CHECK, times=2)

    def test_a_read_or_a_write_that_failed_in_between_changes_nothing(self):
        client = Client(self)
        client.call("GET", "/v1/connections/soon")
        self.assertEqual(client.call("GET", "/v1/groups"), 200)
        self.assertEqual(client.create_on_fivetran({"service": "none"}), 400)
        client.call("GET", "/v1/connections/soon")
        self.assert_fails(self.CHECK, ("GET /v1/connections/soon was answered 404, and the same "
                                       "request was sent again 0 ms later", [1, 4]))

    def test_after_a_while_it_is_a_new_request(self):
        self.play({"outcome": "forbidden", "times": "forever"})
        client = Client(self)
        client.create()
        client.wait(31)
        client.create()
        self.assert_passes(self.CHECK, times=2)
        self.assert_fails(self.CHECK, (f"{CREATE} was answered 403, and the same request was sent "
                                       "again 31 s later", [1, 2]),
                          query=f"?{self.CHECK}.within=31s")


class BoundedTest(VerdictsTest):
    CHECK = "retries-bounded"

    def fail_for_ever(self):
        self.play({"outcome": "server_error", "times": "forever"})
        return Client(self)

    def test_giving_up_passes(self):
        self.assertEqual(self.fail_for_ever().retry(*range(1, 10)), [500] * 10)
        self.assert_passes(self.CHECK, times=1)

    def test_not_giving_up_fails(self):
        self.fail_for_ever().retry(*range(1, 11))
        self.assert_fails(self.CHECK, (f"{CREATE} was tried 11 times within 55 s; 10 are enough",
                                       list(range(1, 12))))

    def test_a_finding_shows_twenty_exchanges_at_most(self):
        self.fail_for_ever().retry(*range(1, 26))
        self.assert_fails(self.CHECK, (f"{CREATE} was tried 26 times within 5 min 25 s; 10 are "
                                       "enough", list(range(1, 21))))

    def test_a_success_at_last_does_not_make_it_right(self):
        self.play({"outcome": "server_error", "times": 10})
        self.assertEqual(Client(self).retry(*range(1, 11))[-1], 200)
        self.assert_result("fail", self.CHECK)

    def test_lost_answers_count(self):
        self.play({"fault": "reset", "effect": "skip", "times": "forever"})
        self.assertEqual(Client(self).retry(*range(1, 11)), [LOST] * 11)
        self.assert_result("fail", self.CHECK)

    def test_without_a_failure_it_is_idle(self):
        self.play({"outcome": "conflict", "times": "forever"}, match={"vendor": "fivetran"})
        client = Client(self)
        for _ in range(12):
            client.create()
            client.create_on_fivetran()
        self.assert_idle(self.CHECK)

    def test_its_parameter_says_how_many_are_enough(self):
        self.fail_for_ever().retry(1, 2, 3)
        self.assert_passes(self.CHECK, query=f"?{self.CHECK}.max_attempts=4")
        self.assert_fails(self.CHECK, (f"{CREATE} was tried 4 times within 6 s; 3 are enough",
                                       [1, 2, 3, 4]), query=f"?{self.CHECK}.max_attempts=3")

    def test_several_calls_that_are_each_given_up_are_no_long_run(self):
        client = self.fail_for_ever()
        for _ in range(5):
            client.retry(1, 3)
            client.wait(1)
        self.assertEqual(len(self.journal()), 15)
        self.assert_passes(self.CHECK)

    def test_after_a_long_silence_it_is_another_call(self):
        client = self.fail_for_ever()
        for _ in range(4):
            client.retry(1, 2)
            client.wait("11m")
        self.assert_passes(self.CHECK, times=4)


class BackoffTest(VerdictsTest):
    CHECK = "backoff-grows"

    def fail(self, *waits, play=None):
        self.setUp()
        self.play({**(play or {"outcome": "server_error"}), "times": "forever"})
        self.assertEqual(len(Client(self).retry(*waits)), len(waits) + 1)

    def test_waits_that_grow_pass(self):
        for waits in ((1, 2), (1, 2, 4, 8), (0.1, 0.2)):
            with self.subTest(waits=waits):
                self.fail(*waits)
                self.assert_passes(self.CHECK, times=1)

    def test_jitter_is_no_fault(self):
        # Full jitter, equal jitter, and decorrelated jitter, as they may fall.
        for waits in ((0.3, 0.9, 0.5, 2.1), (0.7, 1.9, 3.1, 7.2), (1.1, 0.8, 3.2, 1.4, 2.9),
                      (0.01, 1.2, 0.4)):
            with self.subTest(waits=waits):
                self.fail(*waits)
                self.assert_passes(self.CHECK, times=1)

    def test_retries_at_once_fail(self):
        self.fail("2ms", "2ms")
        self.assert_fails(self.CHECK, (f"{CREATE} was tried again 2 times at once: after 2 ms, "
                                       "2 ms", [1, 2, 3]))

    def test_waits_that_are_all_alike_fail(self):
        self.fail(1, 1.05, 1.02)
        self.assert_fails(self.CHECK, (f"{CREATE} was tried again after waits that do not grow: "
                                       "1 s, 1.05 s, 1.02 s", [1, 2, 3, 4]))

    def test_lost_answers_count(self):
        self.fail(1, 1, 1, play={"fault": "empty", "effect": "skip"})
        self.assert_result("fail", self.CHECK)
        self.fail(1, 2, 4, play={"fault": "empty", "effect": "skip"})
        self.assert_passes(self.CHECK, times=1)

    def test_two_attempts_or_two_waits_that_are_alike_show_nothing(self):
        for waits in ((1,), (1, 1)):
            with self.subTest(waits=waits):
                self.fail(*waits)
                self.assert_idle(self.CHECK)

    def test_waits_that_were_told_are_not_the_clients_own(self):
        self.fail(1, 1, 1, 1, play={"outcome": "rate_limited", "retry_after": "1s"})
        self.assert_idle(self.CHECK)

    def test_its_parameters_say_what_counts(self):
        self.fail(1, 1.2, 1.1)
        self.assert_passes(self.CHECK)
        self.assert_result("fail", self.CHECK, f"?{self.CHECK}.growth=20%25")
        self.assert_result("fail", self.CHECK, f"?{self.CHECK}.least=2s")

    def test_a_clock_that_stands_still_leaves_it_open(self):
        self.fail(0, 0)
        self.assert_inconclusive(self.CHECK, ("the session's clock stood still between the "
                                              f"attempts{STOOD_STILL}", [1, 2, 3]))


if __name__ == "__main__":
    unittest.main()
