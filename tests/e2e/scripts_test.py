"""How a scenario's plays follow one another, and how they change an answer."""

import collections
import unittest

from calls import (AIRWEAVE, BEARER, CALLS, CREATES, FIVETRAN, RAW_KEY, Caller, ScenarioTest,
                   for_each_call, in_threads)

FROZEN = ("--seed", 7, "--clock", "2026-01-15T10:00:00Z")


class OrderTest(ScenarioTest):
    OPTIONS = FROZEN

    @for_each_call
    def test_plays_are_consumed_one_after_the_other(self, call):
        name = self.define({"outcome": "forbidden"}, {"outcome": "server_error", "times": 2},
                           {"outcome": "success"}, {"outcome": "unauthorized"})
        self.assertEqual(self.statuses(name, 6, call),
                         [403, 500, 500, call.success, 401, call.success])
        self.assertEqual([one["play"] for one in self.exchanges(name)], [1, 2, 2, 3, 4, None])

    def test_the_first_rule_that_matches_decides_also_when_it_is_played_out(self):
        name = self.define_whole(rules=[
            {"name": "airweave", "match": {"vendor": "airweave"},
             "play": [{"outcome": "forbidden"}]},
            {"name": "all", "match": CREATES, "play": [{"outcome": "server_error", "times": 2}]}])
        self.assertEqual(self.statuses(name, 2, AIRWEAVE), [403, 200])
        self.assertEqual(self.statuses(name, 3, FIVETRAN), [500, 500, 201])
        self.assertEqual([(rule["name"], rule["hits"]) for rule in self.progress(name)["rules"]],
                         [("airweave", 2), ("all", 3)])
        self.assertEqual([one["rule"] for one in self.exchanges(name)],
                         ["airweave"] * 2 + ["all"] * 3)

    def test_then(self):
        plays = [{"outcome": "rate_limited"}, {"outcome": "forbidden", "times": 2}]
        for then, rest in (("pass", [201] * 4), ("hold", [403] * 4),
                           ("repeat", [429, 403, 403, 429])):
            with self.subTest(then=then):
                name = self.define(*plays, then=then)
                self.assertEqual(self.statuses(name, 7, BEARER), [429, 403, 403, *rest])
                [rule] = self.progress(name)["rules"]
                self.assertEqual(rule["hits"], 7)
                self.assertEqual([play["played"] for play in rule["plays"]],
                                 {"pass": [1, 2], "hold": [1, 6], "repeat": [3, 4]}[then])

    def test_what_a_client_prefers_consumes_nothing(self):
        name = self.define({"outcome": "forbidden"})
        preferred = self.create(name, more=[("Prefer", "code=429")])
        self.assertEqual([preferred.status, *self.statuses(name, 2)], [429, 403, 200])
        self.assertEqual([one["rule"] for one in self.exchanges(name)],
                         [None, "rule 1", "rule 1"])

    def test_an_outcome_that_a_vendor_does_not_document_is_told_so(self):
        name = self.define({"outcome": "conflict", "times": "forever"})
        self.assertEqual(self.create(name, FIVETRAN).status, 409)
        for call in (BEARER, RAW_KEY, AIRWEAVE):
            problem = self.assert_problem(self.create(name, call), 501)
            self.assertIn("plays 'conflict', which", problem["detail"])
            self.assertEqual(self.made(name, call), [])

    def test_completed_is_when_every_play_was_met(self):
        name = self.define({"outcome": "forbidden", "times": 2},
                           {"outcome": "server_error", "times": "forever"})
        told = []
        for _ in range(4):
            self.create(name)
            progress = self.progress(name)
            told.append((progress["completed"], *(play["left"]
                                                  for play in progress["rules"][0]["plays"])))
        self.assertEqual(told, [(False, 1, "forever"), (False, 0, "forever"),
                                (True, 0, "forever"), (True, 0, "forever")])
        self.admin("POST", f"/sessions/{name}/reset")
        self.assertEqual(self.create(name).status, 403)
        self.assertEqual(self.progress(name)["rules"][0]["hits"], 1)

    def test_sessions_and_scenarios_are_played_apart(self):
        one, other = self.define({"outcome": "forbidden"}), self.define({"outcome": "forbidden"})
        for session in ("apart-1", "apart-2"):
            for name in (one, other):
                self.assertEqual(self.statuses(name, 2, session=session), [403, 200])

    def test_a_scenario_that_is_replaced_begins_anew(self):
        name = self.define({"outcome": "forbidden"})
        self.assertEqual(self.statuses(name, 2), [403, 200])
        self.define({"outcome": "server_error"}, name=name)
        self.assertEqual(self.statuses(name, 2), [500, 200])


class WhenTest(ScenarioTest):
    OPTIONS = FROZEN

    def test_a_rule_is_in_force_from_after_until(self):
        for when, seen in (({"after": "10s", "until": "20s"}, [200, 200, 429, 429, 200]),
                           ({"after": "10s"}, [200, 200, 429, 429, 429]),
                           ({"until": "10s"}, [429, 429, 200, 200, 200])):
            with self.subTest(when=when):
                name = self.define({"outcome": "rate_limited", "times": "forever"}, when=when)
                statuses = []
                for step in ("9s", "1s", "9s", "1s", "1h"):
                    statuses.append(self.create(name).status)
                    self.advance(name, step)
                self.assertEqual(statuses, seen)

    def test_the_time_runs_from_when_the_session_met_the_scenario(self):
        name = self.define({"outcome": "forbidden", "times": "forever"}, when={"until": "10s"})
        self.advance(name, "1h")
        self.assertEqual(self.create(name).status, 403)
        self.advance(name, "11s")
        self.assertEqual(self.create(name).status, 200)
        self.assertEqual(self.create(name, session="late").status, 403)

    def test_a_clock_that_is_set_back_is_still_before_until(self):
        name = self.define({"outcome": "forbidden", "times": "forever"}, when={"until": "10s"})
        self.assertEqual(self.create(name).status, 403)
        self.admin("PUT", f"/sessions/{name}/clock", {"now": "2026-01-15T09:00:00Z"})
        self.assertEqual(self.create(name).status, 403)

    def test_another_rule_decides_when_one_is_not_in_force(self):
        name = self.define_whole(rules=[
            {"when": {"after": "11s"}, "play": [{"outcome": "forbidden", "times": "forever"}]},
            {"play": [{"outcome": "server_error", "times": 2}]}])
        self.assertEqual(self.create(name).status, 500)
        self.advance(name, "11s")
        self.assertEqual(self.create(name).status, 403)
        self.assertEqual([rule["hits"] for rule in self.progress(name)["rules"]], [1, 1])


class ChanceTest(ScenarioTest):
    OPTIONS = FROZEN

    def seeded(self, name, seed, count, session):
        self.admin("PUT", f"/sessions/{session}", {"seed": seed})
        return self.statuses(name, count, session=session)

    def test_the_same_seed_gives_the_same_sequence(self):
        name = self.define({"outcome": "server_error", "chance": 0.5, "times": "forever"},
                           name="half")
        first, again, other = (self.seeded(name, seed, 60, f"chance-{session}")
                               for seed, session in ((1, "a"), (1, "b"), (2, "c")))
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)
        self.assertTrue(15 < first.count(500) < 45, first)
        self.assertTrue(self.progress("chance-a", name)["completed"])

    def test_plays_by_chance_are_alternatives_in_their_order(self):
        name = self.define({"outcome": "rate_limited", "chance": 0.25, "times": "forever"},
                           {"outcome": "server_error", "chance": 0.5, "times": "forever"},
                           {"outcome": "unauthorized", "times": 20}, name="alternatives")
        met = self.statuses(name, 100)
        last = max(number for number, status in enumerate(met) if status == 401)
        counts = collections.Counter(met)
        self.assertEqual(counts[401], 20)
        self.assertTrue(10 <= counts[429] <= 40 and 20 <= counts[500] <= 55, counts)
        # Success comes only after the play that chance does not pass over.
        self.assertNotIn(200, met[:last])

    def test_a_play_by_chance_is_consumed_only_when_it_is_met(self):
        name = self.define({"outcome": "server_error", "chance": 0.5, "times": 3},
                           {"outcome": "forbidden", "chance": 1, "times": 2}, name="half-of-three")
        met = self.statuses(name, 40)
        self.assertEqual(collections.Counter(met), {500: 3, 403: 2, 200: 35})
        self.assertTrue(self.progress(name)["completed"])

    def test_a_last_play_that_is_held_keeps_its_chance(self):
        name = self.define({"outcome": "server_error", "chance": 0.5, "times": 2}, then="hold",
                           name="held")
        met = self.statuses(name, 60)
        self.assertTrue(15 < met.count(500) < 45, met)


class EffectTest(ScenarioTest):
    OPTIONS = FROZEN

    @for_each_call
    def test_a_success_that_is_skipped_tells_the_documented_example(self, call):
        name = self.define({"outcome": "success", "effect": "skip", "times": 2})
        first, second, real = (self.create(name, call) for _ in range(3))
        self.assertEqual((first.status, second.status), (call.success, call.success))
        self.assertEqual(first.json().keys(), real.json().keys())
        # Each request to Supermetrics has an id of its own.
        self.assertEqual({**first.json(), "meta": None}, {**second.json(), "meta": None})
        told = {BEARER: ("connection_id", "019461A0-0000-7000-8000-000000000001"),
                AIRWEAVE: ("name", "My Stripe Account"), FIVETRAN: ("group_id", "group_id")}
        key, value = told[BEARER if call is RAW_KEY else call]
        self.assertEqual(first.json().get("data", first.json())[key], value)
        self.assertEqual(len(self.made(name, call)), 1)
        self.assertEqual([one["applied"] for one in self.exchanges(name)], [False, False, True])

    @for_each_call
    def test_an_error_is_applied_only_if_it_says_so(self, call):
        for effect, made in (({}, 0), ({"effect": "skip"}, 0), ({"effect": "apply"}, 1)):
            for play in ({"outcome": "server_error"}, {"status": 500}):
                name = self.define({**play, **effect})
                self.assertEqual(self.create(name, call).status, 500)
                self.assertEqual(len(self.made(name, call)), made, (play, effect))
                self.assertEqual(self.exchanges(name)[0]["applied"], bool(made))

    @for_each_call
    def test_what_is_wrong_is_never_applied(self, call):
        name = self.define({"outcome": "server_error", "effect": "apply", "times": "forever"})
        for wrong in ({"body": "{}"}, {"body": "{"}, {"key": "invalid"}, {"key": "forbidden"}):
            self.assertEqual(self.create(name, call, **wrong).status, 500)
        self.assertEqual(self.made(name, call), [])
        self.assertEqual({one["applied"] for one in self.exchanges(name)}, {False})


class CallersTest(ScenarioTest):
    CALLERS = 64

    def test_progress_counts_every_one_of_64_callers(self):
        name = self.define({"outcome": "rate_limited", "times": 10},
                           {"outcome": "server_error", "times": 7},
                           {"outcome": "forbidden", "times": 3}, then="repeat")

        def work(number):
            with Caller(self.emulator) as caller:
                return [caller.status(CALLS[(number + turn) % 4], f"/~{name}@{name}")
                        for turn in range(5)]

        met = collections.Counter(sum(in_threads(self.CALLERS, work), []))
        self.assertEqual(met, {429: 160, 500: 112, 403: 48})
        progress = self.progress(name)
        self.assertTrue(progress["completed"])
        self.assertEqual([play["played"] for play in progress["rules"][0]["plays"]],
                         [160, 112, 48])


if __name__ == "__main__":
    unittest.main()
