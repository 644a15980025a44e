"""What can be set of a session, and what a reset leaves of it."""

import json
import pathlib
import tempfile
import unittest

from emulator import Emulator, EmulatorTest, control, create_on_supermetrics, run_mockduit
from worlds import START, ask, create_on_airweave, create_on_fivetran, ids_in


class SettingsTest(EmulatorTest):
    OPTIONS = ("--scenario", "throttled-twice")

    def put(self, name, **settings):
        return control(self.emulator, "PUT", f"/sessions/{name}", settings)

    def test_all_at_once(self):
        told = self.put("all", scenario="forbidden", seed=42, clock="2026-01-15T10:00:00Z",
                        editions={"supermetrics": "2026-06"})
        self.assertEqual(told, {"name": "all", "scenario": "forbidden", "seed": 42, "clock": START,
                                "editions": {"supermetrics": "2026-06"}, "now": START,
                                "requests": 0, "warning": None})
        self.assertEqual(told, control(self.emulator, "GET", "/sessions/all"))
        answer = create_on_supermetrics(self.emulator, "/@all")
        self.assertEqual(answer.status, 403)

    def test_what_is_not_named_stays(self):
        self.put("some", seed=42, clock="2026-01-15T10:00:00Z@60")
        told = self.put("some", scenario="forbidden")
        self.assertEqual((told["seed"], told["clock"]), (42, START + "@60"))

    def test_nothing_changes_where_one_setting_is_wrong(self):
        before = self.put("whole", seed=1, clock="2026-01-15T10:00:00Z")
        for wrong in ({"scenario": "nope"}, {"clock": "nope"}, {"editions": {"nope": "v1"}}):
            settings = {"scenario": "forbidden", "seed": 2, **wrong}
            self.assertEqual(ask(self.emulator, "PUT", "/sessions/whole", settings).status, 400)
        self.assertEqual(control(self.emulator, "GET", "/sessions/whole"), before)

    def test_a_seed_gives_the_same_ids_again(self):
        self.put("seeded", seed=7, scenario="success", clock="2026-01-15T10:00:00Z")
        store = control(self.emulator, "GET", "/sessions/seeded/store")
        first = create_on_airweave(self.emulator, "/@seeded").body
        # What is there keeps its id: one that is drawn again is passed over.
        self.put("seeded", seed=7)
        self.assertNotEqual(create_on_airweave(self.emulator, "/@seeded").json()["id"],
                            json.loads(first)["id"])
        control(self.emulator, "PUT", "/sessions/seeded/store", store)
        self.put("seeded", seed=7)
        self.assertEqual(create_on_airweave(self.emulator, "/@seeded").body, first)
        self.put("sown", seed=7, scenario="success", clock="2026-01-15T10:00:00Z")
        self.assertEqual(create_on_airweave(self.emulator, "/@sown").body, first)

    def store(self, name, call=""):
        return control(self.emulator, "GET", f"/sessions/{name}/store{call}")

    def test_a_seed_state_lies_over_the_seed_kind_by_kind(self):
        before = self.store("sown-anew")["resources"]
        mine = {"mine": {"readable_id": "mine", "name": "Mine"}}
        self.put("sown-anew", seed_state={"airweave.collection": mine})
        self.assertEqual(self.store("sown-anew")["resources"],
                         {**before, "airweave.collection": mine})
        none = {"added": {}, "removed": {}, "changed": {}}
        self.assertEqual(self.store("sown-anew", "/diff"), none)
        control(self.emulator, "PUT", "/sessions/sown-anew/store", {"resources": {}})
        self.assertEqual(self.store("sown-anew", "/diff")["removed"]["airweave.collection"], mine)
        ask(self.emulator, "POST", "/sessions/sown-anew/reset")
        self.assertEqual(self.store("sown-anew", "/diff"), none)
        self.put("sown-anew", seed_state=None)
        self.assertEqual(self.store("sown-anew")["resources"], before)

    def test_a_diff_tells_what_came_what_went_and_what_changed(self):
        store = self.store("differs")["resources"]
        collection, *_ = store.pop("airweave.collection").items()
        kind = "airweave.collection"
        changed = {**collection[1], "name": "Renamed"}
        control(self.emulator, "PUT", "/sessions/differs/store", {"resources": {
            **store, kind: {collection[0]: changed, "new": {"name": "New"}}}})
        self.assertEqual(self.store("differs", "/diff"), {
            "added": {kind: {"new": {"name": "New"}}}, "removed": {},
            "changed": {kind: {collection[0]: {"before": collection[1], "after": changed}}}})

    def test_an_edition_answers(self):
        self.put("old", scenario="success", editions={"supermetrics": "2026-06"})
        answer = create_on_supermetrics(self.emulator, "/@old", headers=[])
        self.assertEqual(answer.json()["error"]["code"], "API_KEY_INVALID")
        self.put("old", editions={})
        answer = create_on_supermetrics(self.emulator, "/@old", headers=[])
        self.assertNotEqual(answer.json()["error"]["code"], "API_KEY_INVALID")

    def test_each_mistake_is_told(self):
        for body, detail in [
            ("{", "the body is no JSON: "),
            ("[]", "the body must be a JSON object"),
            ('{"scenaro": "x"}', "'scenaro' cannot be set here; it is one of scenario, seed, clock, "
                                 "editions or seed_state; did you mean 'scenario'?"),
            ('{"scenario": "forbiden"}', "there is no scenario 'forbiden'; "
                                         "did you mean 'forbidden'?"),
            ('{"scenario": 5}', "there is no scenario '5'"),
            ('{"seed": -1}', "'seed' must be a whole number from 0 to 9223372036854775807"),
            ('{"seed": "7"}', "'seed' must be a whole number from 0 to 9223372036854775807"),
            ('{"seed": 1.5}', "'seed' must be a whole number from 0 to 9223372036854775807"),
            ('{"clock": "now"}', "'now' is no time; write it as 2026-01-15T10:00:00Z, TIME@RATE, "
                                 "now@RATE, or 'real'"),
            ('{"clock": "2026-01-15@0"}', "'0' is no rate; it is a number from 0.001 to 1000000"),
            ('{"clock": 5}', "'5' is no time"),
            ('{"editions": ["v1"]}', "'editions' must be an object of vendors to editions"),
            ('{"editions": {"fivetrn": "v1"}}', "there is no vendor 'fivetrn'; "
                                                "did you mean 'fivetran'?; there are fivetran, airweave, "
                                                "supermetrics"),
            ('{"seed_state": {"collection": {}}}', "seed_state: 'collection' is no kind; "
                                                   "a kind is written as vendor.kind"),
            ('{"seed_state": {"airweave.collection": []}}',
             "seed_state: airweave.collection must be an object of ids to resources"),
            ('{"seed_state": {"resources": {"airweve.collection": {}}}}',
             "seed_state: 'airweve.collection' is no kind; there is no vendor 'airweve'; "
             "did you mean 'airweave'?"),
            ('{"editions": {"fivetran": "v9"}}', "fivetran has no edition 'v9'; it has v1"),
        ]:
            with self.subTest(body=body):
                answer = ask(self.emulator, "PUT", "/sessions/mistaken", body)
                self.assertIn(detail, self.assert_problem(answer, 400)["detail"])

    def test_a_name_that_is_none_is_told(self):
        for name in ("Upper", "-dash", "a%20b", "%C3%A9", "x" * 65):
            for method, call in (("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/reset")):
                with self.subTest(name=name, method=method):
                    answer = ask(self.emulator, method, f"/sessions/{name}{call}")
                    detail = self.assert_problem(answer, 400)["detail"]
                    self.assertIn("is no session name: a name begins with a-z or 0-9", detail)


class SeedStateTest(unittest.TestCase):
    def test_a_file_of_it_is_what_every_session_begins_with(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "seed.yaml"
            file.write_text("airweave.collection:\n  mine: {readable_id: mine, name: Mine}\n")
            with Emulator("--seed-state", file) as emulator:
                for name in ("one", "two"):
                    self.assertEqual(ids_in(emulator, name, "airweave.collection"), ["mine"])
                    self.assertGreater(len(ids_in(emulator, name, "airweave.source")), 1)

    def test_a_file_that_is_none_ends_the_start(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "seed.yaml"
            for text, words in (("[]", "the store must be an object of kinds"),
                                ("collection: {}", "'collection' is no kind"), ("{", "seed.yaml:"),
                                ("airweave.colection: {}", "seed.yaml: airweave.colection: "
                                 "'colection' is no kind of airweave; did you mean 'collection'?")):
                file.write_text(text)
                result = run_mockduit("serve", "--port", 0, "--seed-state", file)
                self.assertEqual(result.returncode, 2, result)
                self.assertIn(words, result.stderr)


class ResetTest(EmulatorTest):
    OPTIONS = ("--scenario", "throttled-twice", "--clock", START, "--seed", 7)

    def used(self, name):
        """A session with something of everything."""
        for _ in range(3):
            last = create_on_fivetran(self.emulator, f"/@{name}")
        self.first = last.body
        control(self.emulator, "POST", f"/sessions/{name}/clock/advance", {"by": "1h"})

    def left(self, name):
        """Which of its parts it still has."""
        progress = control(self.emulator, "GET", f"/sessions/{name}/progress")
        parts = {
            "store": ids_in(self.emulator, name, "fivetran.connection"),
            "journal": control(self.emulator, "GET", f"/sessions/{name}/requests")["total"],
            "scenario": progress["scenarios"][0]["rules"][0]["hits"],
            "clock": control(self.emulator, "GET", f"/sessions/{name}/clock")["now"] != START,
        }
        return {part for part, there in parts.items() if there}

    def test_keep_spares_what_it_names(self):
        for keep in ([], ["store"], ["journal"], ["scenario"], ["clock"],
                     ["store", "journal", "scenario", "clock"]):
            with self.subTest(keep=keep):
                name = "keeps-" + "-".join(keep)
                self.used(name)
                answer = ask(self.emulator, "POST", f"/sessions/{name}/reset", {"keep": keep})
                self.assertEqual((answer.status, answer.body), (204, b""))
                self.assertEqual(self.left(name), set(keep))

    def test_without_a_body_all_begins_anew_with_the_same_bytes(self):
        self.used("anew")
        first = self.first
        self.assertEqual(ask(self.emulator, "POST", "/sessions/anew/reset").status, 204)
        self.assertEqual(self.left("anew"), set())
        self.used("anew")
        self.assertEqual(self.first, first)
        journal = control(self.emulator, "GET", "/sessions/anew/requests")
        self.assertEqual([exchange["id"] for exchange in journal["requests"]], [1, 2, 3])

    def test_each_mistake_is_told(self):
        parts = "store, journal, scenario or clock"
        for body, detail in [
            ({"keep": ["jornal"]}, f"'jornal' cannot be kept; it is one of {parts}; "
                                   "did you mean 'journal'?"),
            ({"keep": "journal"}, f"'keep' must be a list of {parts}"),
            ({"keep": [5]}, f"'5' cannot be kept; it is one of {parts}"),
            ({"kep": []}, "'kep' cannot be set here; it is one of keep; did you mean 'keep'?"),
        ]:
            with self.subTest(body=body):
                answer = ask(self.emulator, "POST", "/sessions/mistaken/reset", body)
                self.assertIn(detail, self.assert_problem(answer, 400)["detail"])


if __name__ == "__main__":
    unittest.main()
