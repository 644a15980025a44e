"""Limits: so many requests in a window that slides, for a credential or for a session."""

import collections
import unittest

from calls import (AIRWEAVE, BEARER, CALLS, FIVETRAN, RAW_KEY, Caller, ScenarioTest, for_each_call,
                   in_threads)

START_UNIX = 1768471200


class LimitTest(ScenarioTest):
    OPTIONS = ("--seed", 7, "--clock", "2026-01-15T10:00:00Z")

    def limit(self, *limits, rules=(), name=None):
        return self.define_whole(name, limits=list(limits), rules=list(rules))

    def told(self, name):
        """(counted, refused) of each limit."""
        return [(one["counted"], one["refused"]) for one in self.progress(name)["limits"]]


class WindowTest(LimitTest):
    @for_each_call
    def test_a_window_slides(self, call):
        name = self.limit({"allow": 2, "per": "10s"})
        met = []
        for step in ("4s", "0s", "5s", "1s", "0s", "3s", "1s", "0s"):
            met.append(self.create(name, call).status)
            if step != "0s":
                self.advance(name, step)
        ok = call.success
        # At 0, 4, 4, 9, 10, 10, 13 and 14 s: one leaves the window at 10 s, another at 14 s.
        self.assertEqual(met, [ok, ok, 429, 429, ok, 429, 429, ok])
        self.assertEqual(self.told(name), [(4, 4)])
        self.assertEqual(len(self.made(name, call)), 4)

    @for_each_call
    def test_retry_after_is_when_there_is_room_again(self, call):
        name = self.limit({"allow": 2, "per": "10s"})
        self.create(name, call)
        self.advance(name, "3500ms")
        self.create(name, call)
        for step, seconds in (("500ms", 7), ("1s", 6), ("4999ms", 5), ("1ms", 1)):
            answer = self.create(name, call)
            self.assertEqual((answer.status, answer.headers["Retry-After"]), (429, str(seconds)))
            self.advance(name, step)
        self.assertEqual(self.create(name, call).status, call.success)

    def test_an_allowance_of_none_refuses_all(self):
        name = self.limit({"allow": 0, "per": "1m"})
        self.assertEqual(self.statuses(name, 3), [429] * 3)
        self.assertEqual(self.create(name).headers["Retry-After"], "60")

    def test_a_session_that_is_reset_has_all_its_room_again(self):
        name = self.limit({"allow": 1, "per": "1h"})
        self.assertEqual(self.statuses(name, 2), [200, 429])
        self.admin("POST", f"/sessions/{name}/reset")
        self.assertEqual(self.statuses(name, 2), [200, 429])


class WhoTest(LimitTest):
    @for_each_call
    def test_by_credential_each_has_a_window_which_is_the_default(self, call):
        for by in ({}, {"by": "credential"}):
            name = self.limit({"allow": 1, "per": "1m", **by})
            for key in ("key-1", "key-2"):
                self.assertEqual(self.create(name, call, key=key).status, call.success)
            for key in ("key-1", "key-2"):
                self.assertEqual(self.create(name, call, key=key).status, 429)

    def test_a_key_at_two_vendors_is_two_credentials(self):
        name = self.limit({"allow": 1, "per": "1m"})
        for call in (BEARER, AIRWEAVE, FIVETRAN):
            self.assertEqual(self.create(name, call).status, call.success, call.name)

    def test_a_selector_behind_a_key_is_no_part_of_it(self):
        name = self.limit({"allow": 1, "per": "1m"})
        self.assertEqual(self.create(name).status, 200)
        answer = self.send(AIRWEAVE.bytes(key=f"my-key~{name}@{name}"))
        self.assertEqual(answer.status, 429)

    def test_by_session_all_share_one(self):
        name = self.limit({"allow": 4, "per": "1m", "by": "session"})
        for call in CALLS:
            self.assertEqual(self.create(name, call, key=call.name).status, call.success)
        for call in CALLS:
            self.assertEqual(self.create(name, call, key=f"{call.name}-2").status, 429)
        self.assertEqual(self.create(name, session=f"{name}-2").status, 200)
        self.assertEqual(self.told(name), [(4, 4)])

    def test_a_match_says_which_requests_count(self):
        name = self.limit({"allow": 1, "per": "1m", "match": {"vendor": "airweave"}},
                          {"allow": 1, "per": "1m", "match": {"headers": {"X-Job": "nightly"}}})
        self.assertEqual(self.statuses(name, 3, AIRWEAVE), [200, 429, 429])
        self.assertEqual(self.statuses(name, 3, FIVETRAN), [201] * 3)
        job = {"more": [("X-Job", "nightly")]}
        self.assertEqual([self.create(name, BEARER, **job).status for _ in range(2)], [201, 429])
        self.assertEqual(self.told(name), [(1, 2), (1, 1)])


class SeveralTest(LimitTest):
    def test_each_must_have_room_and_a_refused_request_counts_in_none(self):
        name = self.limit({"allow": 2, "per": "1s"}, {"allow": 3, "per": "1m", "by": "session"})
        self.assertEqual(self.statuses(name, 3), [200, 200, 429])
        self.advance(name, "1s")
        self.assertEqual(self.statuses(name, 2), [200, 429])
        self.assertEqual(self.told(name), [(3, 2), (3, 2)])

    def test_the_one_that_takes_longest_says_when_to_come_back(self):
        name = self.limit({"allow": 1, "per": "10s"}, {"allow": 1, "per": "2m"})
        self.create(name)
        refused = self.create(name)
        self.assertEqual((refused.status, refused.headers["Retry-After"]), (429, "120"))
        self.advance(name, "10s")
        self.assertEqual(self.create(name).headers["Retry-After"], "110")

    def test_the_one_with_the_least_room_is_what_headers_tell(self):
        name = self.limit({"allow": 10, "per": "1m"}, {"allow": 3, "per": "1h"})
        told = [self.create(name, FIVETRAN).headers for _ in range(4)]
        self.assertEqual([(one["X-Rate-Limit"], one["X-Rate-Limit-Remaining"]) for one in told],
                         [("3", "2"), ("3", "1"), ("3", "0"), ("3", "0")])


class CountedTest(LimitTest):
    def test_what_a_rule_answers_and_whom_nobody_knows_does_not_count(self):
        name = self.limit({"allow": 2, "per": "1m"},
                          rules=[{"play": [{"outcome": "server_error", "times": 2}]}])
        self.assertEqual(self.statuses(name, 2), [500, 500])
        for _ in range(3):
            self.assertEqual(self.create(name, key="invalid").status, 403)
        self.assertEqual(self.statuses(name, 3), [200, 200, 429])
        self.assertEqual(self.told(name), [(2, 1)])

    @for_each_call
    def test_a_request_that_is_wrong_counts(self, call):
        name = self.limit({"allow": 1, "per": "1m"})
        self.assertIn(self.create(name, call, body="{}").status, (400, 422))
        self.assertEqual(self.create(name, call).status, 429)

    def test_a_rule_that_lets_a_request_go_on_leaves_it_to_the_limit(self):
        name = self.limit({"allow": 1, "per": "1m"},
                          rules=[{"play": [{"outcome": "success", "times": "forever",
                                            "headers": {"X-Own": "yes"}}]}])
        self.assertEqual(self.create(name).headers["X-Own"], "yes")
        refused = self.create(name)
        self.assertEqual((refused.status, refused.headers["X-Own"]), (429, None))


class HeadersTest(LimitTest):
    """Quota headers, where the vendor documents them, tell what the limit has left."""

    def headers(self, call, **sent):
        name = self.limit({"allow": 2, "per": "1m"}, name=f"headers-{call.name}")
        self.admin("POST", f"/sessions/{name}/reset")
        answers = [self.create(name, call, **sent) for _ in range(3)]
        self.assertEqual(answers[2].status, 429)
        return [{key: value for key, value in answer.headers.items() if "limit" in key.lower()}
                for answer in answers]

    def test_fivetran_tells_them_of_every_answer(self):
        told = [{"X-Rate-Limit": "2", "X-Rate-Limit-Remaining": left} for left in "100"]
        self.assertEqual(self.headers(FIVETRAN), told)
        self.assertEqual(self.headers(FIVETRAN, body="{}"), told)

    def test_supermetrics_tells_them_of_errors(self):
        told = [{"X-RateLimit-Limit": "2", "X-RateLimit-Remaining": left} for left in "100"]
        self.assertEqual(self.headers(BEARER), [{}, {}, told[2]])
        self.assertEqual(self.headers(BEARER, body="{}"), told)
        self.assertEqual(self.headers(RAW_KEY), [{}] * 3)
        self.assertEqual(self.headers(RAW_KEY, body="{}"), [told[0], told[1], {}])

    def test_airweave_tells_them_of_a_429(self):
        refused = {"RateLimit-Limit": "2", "RateLimit-Remaining": "0",
                   "RateLimit-Reset": str(START_UNIX + 60)}
        self.assertEqual(self.headers(AIRWEAVE), [{}, {}, refused])

    def test_airweave_tells_the_limit_in_words_too(self):
        name = self.limit({"allow": 2, "per": "1m"})
        self.statuses(name, 2)
        self.assertIn("Limit: 2 requests", self.create(name).json()["detail"])


class CallersTest(LimitTest):
    CALLERS, TURNS, ALLOWED = 64, 4, 100

    def rush(self, *names):
        """The statuses by name of 64 callers that send what they have at the same moment."""
        def work(number):
            with Caller(self.emulator) as caller:
                return [(name, caller.status(CALLS[number % 4], f"/~{name}@{name}"))
                        for _ in range(self.TURNS) for name in names]

        met = collections.Counter()
        for name, status in sum(in_threads(self.CALLERS, work), []):
            met[name, 429 if status == 429 else 200] += 1
        return met

    def test_64_callers_on_a_limit_of_100(self):
        limit = {"allow": self.ALLOWED, "per": "1m", "by": "session"}
        names = [self.limit(limit) for _ in range(3)]
        refused = self.CALLERS * self.TURNS - self.ALLOWED
        for _ in range(2):
            met = self.rush(*names)
            for name in names:
                self.assertEqual((met[name, 200], met[name, 429]), (self.ALLOWED, refused))
                self.advance(name, "1m")
        for name in names:
            self.assertEqual(self.told(name), [(2 * self.ALLOWED, 2 * refused)])
            self.assertEqual(sum(len(self.made(name, call)) for call in CALLS[1:]),
                             2 * self.ALLOWED)


if __name__ == "__main__":
    unittest.main()
