"""What a client sends again: the same body, up to a success, and no create that has happened."""

import json
import unittest

from emulator import AIRWEAVE_BODY, AIRWEAVE_PATH, FIVETRAN_BODY, FIVETRAN_PATH, control
from verdicts import LOST, Client, VerdictsTest

CREATE = f"POST {AIRWEAVE_PATH}"
ON_FIVETRAN = f"POST {FIVETRAN_PATH}"


class SameBodyTest(VerdictsTest):
    CHECK = "retry-same-body"
    BODY = {"name": "My source", "short_name": "stripe", "description": "All of it"}
    NEWER = {**BODY, "readable_collection_id": "mine"}  # by which the edition is told

    def again(self, second, first=None, play=None):
        """Sends the one, meets a failure, and sends the other a second later."""
        self.setUp()
        self.play(play or {"outcome": "server_error"})
        client = Client(self)
        client.create(self.BODY if first is None else first)
        client.wait(1)
        client.create(second)

    def assert_told_of(self, what, answered="500"):
        self.assert_fails(self.CHECK, (f"{CREATE} was tried again {what} after {answered}",
                                       [1, 2]))

    def test_the_same_body_passes(self):
        self.again(self.BODY)
        self.assert_passes(self.CHECK, times=1)

    def test_the_same_json_in_other_words_passes(self):
        self.again(json.dumps(dict(reversed(self.BODY.items())), indent=2))
        self.assert_passes(self.CHECK, times=1)

    def test_the_same_json_with_a_secret_in_other_words_passes(self):
        body = json.loads(AIRWEAVE_BODY)
        self.again(json.dumps(dict(reversed(body.items())), indent=2), body)
        self.assert_passes(self.CHECK, times=1)
        self.assert_passes("recovers", times=1)

    def test_no_body_fails(self):
        for body in (self.BODY, self.NEWER):
            with self.subTest(body=body):
                self.again("", body)
                self.assert_told_of("without its body")

    def test_a_body_that_is_cut_off_fails(self):
        for body in (self.BODY, self.NEWER):
            with self.subTest(body=body):
                text = json.dumps(body)
                self.again(text[:30], text)
                self.assert_told_of("with its body cut off")

    def test_a_body_with_a_secret_that_is_cut_off_fails(self):
        for length in (30, len(AIRWEAVE_BODY) - 3):
            with self.subTest(length=length):
                self.again(AIRWEAVE_BODY[:length], AIRWEAVE_BODY)
                self.assert_told_of("with its body cut off")

    def test_what_is_made_anew_for_each_attempt_fails(self):
        for name, one, other in (("idempotency_key", "a", "b"), ("trace", "1", "2"),
                                 ("sent_at", "2026-01-15T10:00:00Z", "2026-01-15T10:00:01Z"),
                                 ("sent_at", 1768471200, 1768471201)):
            with self.subTest(name=name):
                self.again({**self.BODY, name: other}, {**self.BODY, name: one})
                self.assert_told_of("with another body")

    def test_a_lost_answer_counts(self):
        self.again("", play={"fault": "reset", "effect": "skip"})
        self.assert_told_of("without its body", "no whole answer (reset)")

    def test_another_body_is_a_call_of_its_own(self):
        self.again({**self.BODY, "name": "Another"})
        self.assert_idle(self.CHECK)

    def test_a_call_without_a_body_shows_nothing(self):
        self.play({"outcome": "server_error"}, match={"method": "GET"})
        client = Client(self)
        statuses = client.retry(1, call=lambda: client.call("GET", AIRWEAVE_PATH))
        self.assertEqual(statuses, [500, 200])
        self.assert_idle(self.CHECK)


class RecoversTest(VerdictsTest):
    CHECK = "recovers"
    GIVEN_UP = "though the failure was about to pass"

    def test_a_success_in_the_end_passes(self):
        self.play({"outcome": "server_error"}, {"fault": "reset", "effect": "skip"})
        self.assertEqual(Client(self).retry(1, 2), [500, LOST, 200])
        self.assert_passes(self.CHECK, times=1)

    def test_giving_up_fails(self):
        client = Client(self)
        self.play({"outcome": "rate_limited", "retry_after": "1s", "times": 3})
        self.assertEqual(client.retry(1), [429, 429])
        self.assert_fails(self.CHECK, (f"{CREATE} was given up after 2 attempts, the last one "
                                       f"answered 429, {self.GIVEN_UP}", [2]))
        for play, status, told in (({"outcome": "server_error"}, 500, "500"),
                                   ({"fault": "reset"}, LOST, "no whole answer (reset)")):
            with self.subTest(play=play):
                self.setUp()
                self.play({**play, "times": 3}, match={"method": "GET"})
                self.assertEqual(client.retry(1, call=lambda: client.call("GET", AIRWEAVE_PATH)),
                                 [status, status])
                self.assert_fails(self.CHECK, (f"GET {AIRWEAVE_PATH} was given up after 2 "
                                               f"attempts, the last one answered {told}, "
                                               f"{self.GIVEN_UP}", [2]))

    def test_a_create_that_may_have_happened_is_given_up_safely(self):
        for play, status in (({"outcome": "server_error"}, 500), ({"fault": "reset"}, LOST)):
            with self.subTest(play=play):
                self.setUp()
                self.play({**play, "effect": "skip", "times": 3})
                self.assertEqual(Client(self).retry(1), [status, status])
                self.assert_passes(self.CHECK, times=1)
                self.assertEqual(self.verdict(self.CHECK)["summary"],
                                 f"{CREATE} was given up safely, since it may have taken effect "
                                 "(seen 1 time)")

    def test_giving_up_at_a_limit_fails(self):
        self.play_whole(limits=[{"allow": 1, "per": "60s"}])
        client = Client(self)
        client.create()
        client.create({"name": "Another", "short_name": "stripe"})
        self.assert_fails(self.CHECK, (f"{CREATE} was given up after 1 attempt, the last one "
                                       f"answered 429, {self.GIVEN_UP}", [2]))

    def test_one_of_two_calls_that_is_given_up_fails(self):
        self.play({"outcome": "rate_limited", "retry_after": "1s", "times": 2})
        client = Client(self)
        self.assertEqual((client.create(), client.create_on_fivetran()), (429, 429))
        client.wait(1)
        self.assertEqual(client.create(), 200)
        self.assert_fails(self.CHECK, (f"{ON_FIVETRAN} was given up after 1 attempt, the last one "
                                       f"answered 429, {self.GIVEN_UP}", [2]))

    def test_what_lasts_for_ever_may_be_given_up(self):
        for plays, rule in (([{"outcome": "server_error", "times": "forever"}], {}),
                            ([{"outcome": "success"}, {"outcome": "server_error"}],
                             {"then": "hold"})):
            with self.subTest(plays=plays):
                self.setUp()
                self.play(*plays, **rule)
                client = Client(self)
                if rule:
                    client.create()
                client.retry(1, 2)
                self.assert_idle(self.CHECK)

    def test_an_outage_that_has_an_end_passes_by(self):
        self.play({"outcome": "server_error", "times": "forever"}, when={"until": "10s"},
                  match={"method": "GET"})
        client = Client(self)
        self.assertEqual(client.retry(4, call=lambda: client.call("GET", AIRWEAVE_PATH)),
                         [500, 500])
        self.assert_result("fail", self.CHECK)
        client.wait(8)
        self.assertEqual(client.call("GET", AIRWEAVE_PATH), 200)
        self.assert_passes(self.CHECK, times=1)

    def test_a_clock_that_is_set_back_does_not_turn_things_round(self):
        self.play({"outcome": "server_error"})
        client = Client(self)
        self.assertEqual(client.create(), 500)
        control(self.emulator, "PUT", f"/sessions/{self.session}/clock",
                {"now": "2026-01-14T10:00:00Z"})
        self.assertEqual(client.create(), 200)
        self.assert_passes(self.CHECK, times=1)


class DuplicateCreateTest(VerdictsTest):
    CHECK = "no-duplicate-create"
    TWO = "and was sent again: there are two now"

    def test_trying_again_blindly_fails(self):
        self.put_session(scenario="created-but-timed-out")
        self.assertEqual(Client(self).retry(1), [500, 200])
        self.assert_fails(self.CHECK, (f"{CREATE} took effect although it was answered 500, "
                                       f"{self.TWO}", [1, 2]))

    def test_looking_first_passes(self):
        self.put_session(scenario="created-but-timed-out")
        client = Client(self)
        self.assertEqual(client.create(), 500)
        self.assertEqual(client.call("GET", AIRWEAVE_PATH), 200)
        self.assertEqual([one["name"] for one in client.json], ["My Stripe Account"])
        self.assert_passes(self.CHECK, times=1)
        # Nor did it give up: there was nothing left to be done.
        self.assert_passes("recovers", times=1)

    def test_a_delete_that_took_effect_needs_no_success_either(self):
        client = Client(self)
        client.create_on_fivetran()
        path = f"{FIVETRAN_PATH}/{client.json['data']['id']}"
        self.play({"outcome": "server_error", "effect": "apply"}, match={"method": "DELETE"})
        statuses = client.retry(1, call=lambda: client.call("DELETE", path))
        self.assertEqual(statuses, [500, 404])
        self.assertNotEqual(self.verdict("recovers")["result"], "fail")
        self.assert_idle(self.CHECK)

    def test_a_lost_answer_counts_like_a_failure(self):
        for fault, name in (("reset", "reset"), ("empty", "empty"), ("truncate", "truncate"),
                            ("malformed", "malformed body"), ({"stall": "1ms"}, "stall")):
            with self.subTest(fault=name):
                self.setUp()
                self.play({"fault": fault})
                self.assertEqual(Client(self).retry(1), [LOST, 200])
                verdict = self.assert_result("fail", self.CHECK)
                [finding] = verdict["findings"]
                self.assertEqual(finding["exchanges"], [1, 2])
                self.assertRegex(finding["text"],
                                 rf"^{CREATE} took effect .*\({name}\), {self.TWO}$")

    def test_what_was_deleted_in_between_is_no_second_one(self):
        self.put_session(scenario="created-but-timed-out")
        client = Client(self)
        client.create()
        client.call("GET", AIRWEAVE_PATH)
        self.assertEqual(client.call("DELETE", f"{AIRWEAVE_PATH}/{client.json[0]['id']}"), 200)
        self.assertEqual(client.create(), 200)
        self.assert_passes(self.CHECK, times=1)

    def test_a_failure_that_made_nothing_is_none(self):
        self.play({"outcome": "server_error"}, {"fault": "reset", "effect": "skip"})
        self.assertEqual(Client(self).retry(1, 2), [500, LOST, 200])
        self.assert_idle(self.CHECK)

    def test_any_failure_may_have_made_one(self):
        body = {"service": "google_ads", "group_id": "group_id", "config": {"schema": "ads"}}
        for outcome, status in (("conflict", 409), ("bad_request", 400), ("rate_limited", 429)):
            with self.subTest(outcome=outcome):
                self.setUp()
                self.play({"outcome": outcome, "effect": "apply"}, match={"vendor": "fivetran"})
                client = Client(self)
                self.assertEqual(client.create_on_fivetran(body), status)
                client.wait(60)
                self.assertEqual(client.create_on_fivetran(body), 201)
                self.assertEqual(client.call("GET", FIVETRAN_PATH), 200)
                self.assertEqual(len(client.json["data"]["items"]), 2)
                self.assert_fails(self.CHECK, (f"{ON_FIVETRAN} took effect although it was "
                                               f"answered {status}, {self.TWO}", [1, 2]))

    def test_what_is_made_under_its_own_name_is_there_once(self):
        client = Client(self)
        client.create_on_fivetran()
        path = f"{FIVETRAN_PATH}/{client.json['data']['id']}/fingerprints"
        self.play({"outcome": "server_error", "effect": "apply"}, match={"vendor": "fivetran"})
        approval = {"hash": "eUtPirI6yy", "public_key": "ssh-rsa AAAA"}
        self.assertEqual(client.retry(1, call=lambda: client.call("POST", path, approval)),
                         [500, 201])
        self.assertEqual(client.call("GET", path), 200)
        self.assertEqual(len(client.json["data"]["items"]), 1)
        self.assertNotEqual(self.verdict(self.CHECK)["result"], "fail")

    def test_two_that_were_both_told_of_are_wanted(self):
        client = Client(self)
        self.assertEqual((client.create(), client.create()), (200, 200))
        self.assert_idle(self.CHECK)

    def test_another_resource_is_no_second_one(self):
        self.put_session(scenario="created-but-timed-out")
        client = Client(self)
        client.create_on_fivetran()
        body = {**json.loads(FIVETRAN_BODY), "service": "google_ads", "config": {"schema": "ads"}}
        self.assertEqual(client.create_on_fivetran(body), 201)
        self.assert_passes(self.CHECK, times=1)

    def test_a_second_one_with_a_key_of_its_own_is_still_a_second_one(self):
        self.put_session(scenario="created-but-timed-out")
        client = Client(self)
        for key in ("one", "two"):
            client.create({"name": "Mine", "short_name": "stripe", "idempotency_key": key})
        self.assert_result("fail", self.CHECK)


if __name__ == "__main__":
    unittest.main()
