"""When a client tries again, and how often: each check of that in all its results."""

import time
import unittest

from emulator import AIRWEAVE_BODY, AIRWEAVE_PATH, FIVETRAN_PATH
from verdicts import LOST, Client, VerdictsTest

CREATE = f"POST {AIRWEAVE_PATH}"
STOOD_STILL = "the session's clock stood still, and"
ADVANCE_IT = "; advance it as the client waits, or let it run"


def spelt(wait):
    return f"{wait} s" if wait >= 1 else f"{round(wait * 1000)} ms"


class RetryAfterTest(VerdictsTest):
    CHECK = "retry-after-honoured"

    def test_waiting_as_long_as_told_passes(self):
        self.play({"outcome": "rate_limited", "retry_after": "10s", "times": 2})
        self.assertEqual(Client(self).retry(10, 12), [429, 429, 200])
        self.assert_passes(self.CHECK, times=2)

    def test_coming_back_too_soon_fails(self):
        self.play({"outcome": "rate_limited", "retry_after": "10s", "times": 2})
        self.assertEqual(Client(self).retry(2, 10), [429, 429, 200])
        self.assert_fails(self.CHECK, (f"{CREATE} was tried again ~2 s after 429 with Retry-After "
                                       "10 s", [1, 2]))

    def test_each_attempt_that_is_too_soon_is_told(self):
        self.play({"outcome": "rate_limited", "retry_after": "1m30s", "times": 2})
        Client(self).retry(61, "10ms")
        self.assert_fails(self.CHECK,
                          (f"{CREATE} was tried again ~1 min 1 s after 429 with Retry-After "
                           "1 min 30 s", [1, 2]),
                          (f"{CREATE} was tried again ~10 ms after 429 with Retry-After 1 min 30 s",
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
        for wait, passes in (("900s", True), ("870s", False)):
            with self.subTest(wait=wait):
                self.setUp()
                self.play({"outcome": "rate_limited", "retry_after": "1000s"})
                Client(self).retry(wait)
                self.assert_result("pass" if passes else "fail", self.CHECK)

    def test_its_parameters_say_how_much_may_be_missing(self):
        self.play({"outcome": "rate_limited", "retry_after": "1000s"})
        Client(self).retry("950s")
        name = "retry-after-honoured"
        for query, passes in ((f"?{name}.tolerance=0%25", False),
                              (f"?{name}.tolerance=0%25&{name}.grace=50s", True),
                              (f"?{name}.tolerance=0%25&{name}.grace=30s", False),
                              (f"?{name}.tolerance=3%25&{name}.grace=0ms", False),
                              (f"?{name}.tolerance=5%25&{name}.grace=0ms", True)):
            with self.subTest(query=query):
                self.assert_result("pass" if passes else "fail", self.CHECK, query)

    def test_a_date_on_a_clock_that_stands_still_shows_who_has_waited(self):
        # Whoever came sooner may have gone by a clock of its own, on which that date was over.
        for waits, result in (((2, 2), "pass"), ((1, 2), "inconclusive"),
                              ((0.5, 2), "inconclusive")):
            with self.subTest(waits=waits):
                self.setUp()
                self.play({"outcome": "rate_limited", "retry_after": {"date": "2s"}, "times": 2})
                client = Client(self)
                client.create()
                self.assertEqual(client.headers["Retry-After"], "Thu, 15 Jan 2026 10:00:02 GMT")
                client.retry(*waits[1:], call=lambda: (client.wait(waits[0]), client.create())[1])
                self.assert_result(result, self.CHECK)
                if result == "inconclusive":
                    self.assert_inconclusive(self.CHECK, (
                        f"{STOOD_STILL} {CREATE} was tried again ~{spelt(waits[0])} after 429 with "
                        f"Retry-After 2 s{ADVANCE_IT}", [1, 2]))

    def test_a_limit_tells_it_too(self):
        self.play_whole(limits=[{"allow": 1, "per": "60s"}])
        client = Client(self)
        self.assertEqual(client.create(), 200)
        client.wait(20)
        self.assertEqual(client.retry(30, 10), [429, 429, 200])
        self.assert_fails(self.CHECK, (f"{CREATE} was tried again ~30 s after 429 with Retry-After "
                                       "40 s", [2, 3]))

    def test_a_clock_that_stands_still_leaves_it_open(self):
        self.play({"outcome": "rate_limited", "retry_after": "10s"})
        self.assertEqual(Client(self).retry(0), [429, 200])
        self.assert_inconclusive(self.CHECK, (f"{STOOD_STILL} {CREATE} was tried again ~0 ms "
                                              f"after 429 with Retry-After 10 s{ADVANCE_IT}",
                                              [1, 2]))
        self.assert_open(self.CHECK, "clock-stood-still")

    def test_a_real_wait_counts_on_a_clock_that_stands_still(self):
        self.play({"outcome": "rate_limited", "retry_after": "1s"})
        client = Client(self)
        self.assertEqual(client.create(), 429)
        time.sleep(int(client.headers["Retry-After"]))
        self.assertEqual(client.create(), 200)
        self.assert_passes(self.CHECK, times=1)

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
        # On this clock a date that came too soon is in doubt, as it would be without the play.
        for told, hasty in (("5", "fail"), ("Thu, 15 Jan 2026 10:00:05 GMT", "inconclusive")):
            for waits, result in (((5,), "pass"), ((1,), hasty)):
                with self.subTest(told=told, waits=waits):
                    self.setUp()
                    self.play({"status": 503, "headers": {"Retry-After": told}})
                    client = Client(self)
                    self.assertEqual(client.retry(*waits), [503, 200])
                    self.assert_result(result, self.CHECK)

    def test_a_header_that_a_play_takes_away_was_not_told(self):
        # Without Retry-After there is still the time of the reset, which is no wait of the client's
        # own either.
        for gone, own in ((["Retry-After"], False), (["Retry-After", "RateLimit-Reset"], True)):
            with self.subTest(gone=gone):
                self.setUp()
                self.play({"outcome": "rate_limited", "headers": dict.fromkeys(gone), "times": 2})
                client = Client(self)
                self.assertEqual(client.create(), 429)
                for header in ("Retry-After", "RateLimit-Reset"):
                    self.assertEqual(client.headers[header] is None, header in gone)
                client.wait(1)
                self.assertEqual(client.retry(2), [429, 200])
                self.assert_idle(self.CHECK)
                if own:
                    self.assert_passes("backoff-grows", times=1)
                else:
                    self.assert_idle("backoff-grows")


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
                        "~1.50 s later", [1, 2]))

    def test_many_times_are_one_finding(self):
        self.play({"outcome": "unauthorized", "times": "forever"})
        client = Client(self)
        for _ in range(4):
            client.create()
            client.wait(2)
        self.assert_fails(self.CHECK, (f"{CREATE} was answered 401, and the same request was sent "
                                       "again 3 times, first ~2 s later", [1, 2, 3, 4]))

    def test_what_the_request_earns_counts_like_what_is_played(self):
        client = Client(self)
        for _ in range(2):
            self.assertEqual(client.call("GET", "/source-connections/no-such"), 422)
            self.assertEqual(client.call("GET", "/v1/connections/no_such"), 404)
            client.wait(1)
        verdict = self.assert_result("fail", self.CHECK)
        self.assertEqual([one["exchanges"] for one in verdict["findings"]], [[1, 3], [2, 4]])
        self.assert_text("GET /source-connections/no-such was answered 422, and the same request "
                         "was sent again ~1 s later; and 1 more", verdict["summary"])

    def test_the_same_request_twice_at_once_may_be_that_of_two(self):
        for keep_alive in (True, False):
            with self.subTest(keep_alive=keep_alive):
                self.setUp()
                self.play({"outcome": "forbidden", "times": "forever"})
                client = Client(self, keep_alive)
                began = time.monotonic()
                client.create()
                client.create()
                self.assert_open_at_once(self.CHECK, time.monotonic() - began)

    def test_the_same_request_twice_at_once_is_one_call_if_its_client_says_so(self):
        for keep_alive in (True, False):
            with self.subTest(keep_alive=keep_alive):
                self.setUp()
                self.play({"outcome": "forbidden", "times": "forever"})
                client = Client(self, keep_alive, call_id="the one")
                client.create()
                client.create()
                self.assert_fails(self.CHECK, (f"{CREATE} was answered 403, and the same request "
                                               "was sent again ~0 ms later", [1, 2]))

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
        self.assert_fails("retries-bounded", (f"{CREATE} was tried 3 times within ~3 s; 2 are "
                                              "enough", [1, 2, 3]),
                          query="?retries-bounded.max_attempts=2")
        self.assert_passes("backoff-grows", times=1)
        self.assert_passes("recovers", times=1)

    def test_a_write_in_between_may_have_changed_it(self):
        client = Client(self)
        self.assertEqual(client.call("GET", "/v1/connections/soon"), 404)
        client.wait(1)
        self.assertEqual(client.create_on_fivetran(), 201)
        self.assertEqual(client.call("GET", "/v1/connections/soon"), 404)
        self.assert_passes(self.CHECK, times=1)

    def test_a_read_or_a_write_that_failed_in_between_changes_nothing(self):
        client = Client(self)
        client.call("GET", "/v1/connections/soon")
        client.wait(1)
        self.assertEqual(client.call("GET", "/v1/groups"), 200)
        self.assertEqual(client.create_on_fivetran({"service": "none"}), 400)
        client.call("GET", "/v1/connections/soon")
        self.assert_fails(self.CHECK, ("GET /v1/connections/soon was answered 404, and the same "
                                       "request was sent again ~1 s later", [1, 4]))

    def test_after_a_while_it_is_a_new_request(self):
        self.play({"outcome": "forbidden", "times": "forever"})
        client = Client(self)
        client.create()
        client.wait(31)
        client.create()
        self.assert_passes(self.CHECK, times=1)
        self.assert_fails(self.CHECK, (f"{CREATE} was answered 403, and the same request was sent "
                                       "again ~31 s later", [1, 2]),
                          query=f"?{self.CHECK}.within=10m")


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
        self.assert_fails(self.CHECK, (f"{CREATE} was tried 11 times within ~55 s; 10 are enough",
                                       list(range(1, 12))))

    def test_a_finding_shows_twenty_exchanges_at_most(self):
        self.fail_for_ever().retry(*range(1, 26))
        self.assert_fails(self.CHECK, (f"{CREATE} was tried 26 times within ~5 min 25 s; 10 are "
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
            self.assertEqual(client.create(), 200)
        for _ in range(10):
            self.assertEqual(client.create_on_fivetran(), 409)
        self.assert_idle(self.CHECK)

    def test_refusals_that_are_sent_again_count(self):
        self.play({"outcome": "conflict", "times": "forever"}, match={"vendor": "fivetran"})
        client = Client(self)
        for _ in range(11):
            client.create_on_fivetran()
        self.assert_fails(self.CHECK, (f"POST {FIVETRAN_PATH} was tried 11 times within ~0 ms; 10 "
                                       "are enough", list(range(1, 12))))

    def test_who_comes_through_in_time_has_nothing_to_give_up(self):
        self.play({"outcome": "server_error", "times": 3})
        self.assertEqual(Client(self).retry(1, 2, 4), [500, 500, 500, 200])
        self.assert_idle(self.CHECK)

    def test_its_parameter_says_how_many_are_enough(self):
        self.fail_for_ever().retry(1, 2, 3)
        self.assert_passes(self.CHECK, query=f"?{self.CHECK}.max_attempts=4")
        self.assert_fails(self.CHECK, (f"{CREATE} was tried 4 times within ~6 s; 3 are enough",
                                       [1, 2, 3, 4]), query=f"?{self.CHECK}.max_attempts=3")

    def test_several_calls_that_are_each_given_up_are_no_long_run(self):
        client = self.fail_for_ever()
        for _ in range(3):
            client.retry(1, 3, 6)
            client.wait(1)
        self.assertEqual(len(self.journal()), 12)
        self.assert_passes(self.CHECK, times=1)

    def test_many_calls_may_be_retries_of_retries(self):
        client = self.fail_for_ever()
        for _ in range(5):
            client.retry(1, 3)
            client.wait(1)
        self.assert_inconclusive(self.CHECK, (
            f"{CREATE} was tried 15 times within ~24 s: by a client that makes 5 calls, or by one "
            "that retries what is retried already; give each call an identity (X-Mockduit-Call)",
            list(range(1, 16))))
        self.assert_open(self.CHECK, "calls-or-layers")

    def test_many_calls_that_say_which_they_are_are_no_long_run(self):
        client = self.fail_for_ever()
        for number in range(5):
            client.call_id = f"call {number}"
            client.retry(1, 3)
            client.wait(1)
        self.assertEqual(len(self.journal()), 15)
        self.assert_passes(self.CHECK, times=5)

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
        # Of three waits five sixths of the one count, and a third of the other.
        self.fail(1, 1.2, 1.1)
        self.assert_passes(self.CHECK)
        self.assert_passes(self.CHECK, query=f"?{self.CHECK}.growth=20%25")
        self.assert_result("fail", self.CHECK, f"?{self.CHECK}.growth=30%25")
        self.assert_result("fail", self.CHECK, f"?{self.CHECK}.least=4s")

    def test_a_clock_that_stands_still_leaves_it_open(self):
        self.fail(0, 0)
        # A busy machine may well wait for a while of its own.
        self.assert_inconclusive(self.CHECK, (f"{STOOD_STILL} {CREATE} was tried again 2 times at "
                                              f"once: after ~0 ms, ~0 ms{ADVANCE_IT}", [1, 2, 3]),
                                 query=f"?{self.CHECK}.least=60s")
        self.assert_open(self.CHECK, "clock-stood-still", f"?{self.CHECK}.least=60s")


if __name__ == "__main__":
    unittest.main()
