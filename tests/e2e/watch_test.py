"""With --watch a server takes up scenarios and fixtures as they are saved."""

import itertools
import os
import pathlib
import shutil
import tempfile
import unittest

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, JSON_TYPE, TREE, Emulator, control,
                      create_on_supermetrics, request)
from worlds import create_on_airweave, create_on_fivetran, ids_in

ACME = """openapi: 3.1.0
info: {title: Acme API, version: v1}
x-mockduit: {vendor: acme, edition: v1, default: true}
paths:
  /widgets:
    get:
      operationId: list_widgets
      responses:
        "200":
          description: All.
          x-mockduit: {outcome: success, inferred: a test's own}
          content: {application/json: {examples: {success: {value: {items: []}}}}}
        "409":
          description: Not now.
          x-mockduit: {outcome: conflict, inferred: a test's own}
          content: {application/json: {examples: {conflict: {value: {}}}}}
"""
REFUSAL = "detail: No valid authentication provided"


def scenario(status, times="forever"):
    return f"rules: [{{name: all, play: [{{status: {status}, times: {times}}}]}}]\n"


class WatchTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.scenarios = self.folder / "scenarios"
        self.scenarios.mkdir()
        self.markers = itertools.count(1)

    def serve(self, *options):
        self.emulator = Emulator("--scenarios", self.scenarios, "--watch", *options)
        self.addCleanup(self.emulator.end)

    def save(self, path, text):
        """In one step, as editors do: a watcher sees no half of it."""
        path.parent.mkdir(exist_ok=True)
        (self.folder / "unsaved").write_text(text)
        os.replace(self.folder / "unsaved", path)

    def settle(self):
        """Returns when what has been saved until now is taken up, or known to be broken.

        Files are looked at together and in turns: a scenario that is saved last is taken up with
        what was saved before it; once the next one is, too, that turn is over.
        """
        for number in itertools.islice(self.markers, 2):
            self.save(self.scenarios / f"marker-{number}.yaml", "{}\n")
            self.emulator.wait_for_log(f"marker-{number}")

    def status(self, name, session="s"):
        return create_on_supermetrics(self.emulator, f"/~{name}@{session}").status


class ScenariosTest(WatchTest):
    def test_a_new_one_a_changed_one_and_one_that_is_gone(self):
        self.serve()
        self.assertEqual(self.status("mine"), 400)
        self.save(self.scenarios / "mine.yaml", scenario(418))
        self.emulator.wait_for_log("took up the scenarios mine")
        self.assertEqual(self.status("mine"), 418)
        self.save(self.scenarios / "mine.yaml", scenario(420))
        self.settle()
        self.assertEqual(self.status("mine"), 420)
        (self.scenarios / "mine.yaml").unlink()
        self.settle()
        self.assertEqual(self.status("mine"), 400)

    def test_in_a_folder_below(self):
        self.serve()
        self.save(self.scenarios / "team" / "ours.yaml", scenario(418))
        self.emulator.wait_for_log("took up the scenarios ours")
        self.assertEqual(self.status("ours"), 418)

    def test_one_that_gets_another_name(self):
        self.save(self.scenarios / "a.yaml", "scenario: first\n" + scenario(418))
        self.serve()
        self.assertEqual(self.status("first"), 418)
        self.save(self.scenarios / "a.yaml", "scenario: second\n" + scenario(420))
        self.settle()
        self.assertEqual((self.status("first"), self.status("second")), (400, 420))

    def test_over_a_built_in_one_until_it_is_gone(self):
        self.serve()
        self.save(self.scenarios / "rate-limited.yaml", scenario(418))
        self.settle()
        self.assertEqual(self.status("rate-limited"), 418)
        (self.scenarios / "rate-limited.yaml").unlink()
        self.settle()
        self.assertEqual(self.status("rate-limited"), 429)

    def test_a_broken_one_is_told_and_the_old_stays_until_it_is_repaired(self):
        file = self.scenarios / "mine.yaml"
        self.save(file, scenario(418))
        self.serve()
        self.save(file, scenario(420).replace("status", "staus"))
        self.emulator.wait_for_log(f"{file}:1:29: 'staus' is no key of a play; did you mean "
                                   "'status'?")
        self.settle()
        self.assertEqual(self.status("mine"), 418)
        self.save(file, scenario(422))
        self.settle()
        self.assertEqual(self.status("mine"), 422)

    def test_one_that_was_broken_at_the_start(self):
        file = self.scenarios / "mine.yaml"
        self.save(file, "rules: [\n")
        self.serve()
        self.emulator.wait_for_log(f"{file}:")
        self.assertEqual(self.status("mine"), 400)
        self.save(file, scenario(418))
        self.emulator.wait_for_log("took up the scenarios mine")
        self.assertEqual(self.status("mine"), 418)

    def test_progress_in_the_others_goes_on(self):
        for name in ("same", "other"):
            self.save(self.scenarios / f"{name}.yaml", scenario(418, times=2))
        self.serve()
        self.assertEqual((self.status("same"), self.status("other")), (418, 418))
        self.save(self.scenarios / "other.yaml", scenario(420, times=2))
        self.settle()
        self.assertEqual([self.status("same") for _ in range(2)], [418, 201])
        self.assertEqual([self.status("other") for _ in range(3)], [420, 420, 201])
        self.assertEqual(control(self.emulator, "GET", "/sessions/s/requests")["total"], 7)

    def test_what_the_control_api_put_stays(self):
        self.serve()
        for name in ("put", "success"):
            answer = request(self.emulator, "PUT", f"/__admin/scenarios/{name}", [JSON_TYPE],
                             scenario(418), self.emulator.host)
            self.assertIn(answer.status, (200, 201))
        self.settle()
        self.assertEqual((self.status("put"), self.status("success")), (418, 418))


class FixturesTest(WatchTest):
    def setUp(self):
        super().setUp()
        self.fixtures = self.folder / "fixtures"
        shutil.copytree(TREE / "fixtures", self.fixtures)
        self.contract = self.fixtures / "airweave/2025-07.yaml"
        self.sound = self.contract.read_text()
        self.assertEqual(self.sound.count(REFUSAL), 1)
        self.serve("--fixtures", self.fixtures)

    def change(self, detail):
        self.save(self.contract, self.sound.replace(REFUSAL, f"detail: {detail}"))

    def refusal(self):
        answer = request(self.emulator, "POST", AIRWEAVE_PATH, [JSON_TYPE], AIRWEAVE_BODY)
        self.assertEqual(answer.status, 401, answer)
        return answer.json()["detail"]

    def test_a_changed_message_is_answered_with(self):
        self.assertEqual(self.refusal(), "No valid authentication provided")
        self.change("Who are you?")
        self.emulator.wait_for_log(f"took up the contracts in {self.fixtures}")
        self.assertEqual(self.refusal(), "Who are you?")

    def test_a_broken_contract_stays_out_until_it_is_repaired(self):
        self.change("Who are you?")
        self.settle()
        self.save(self.contract, self.sound + "paths: {\n")
        self.emulator.wait_for_log("the contracts stay as they were")
        self.emulator.wait_for_log(f"{self.contract}:")
        self.assertEqual(self.refusal(), "Who are you?")
        self.assertEqual(create_on_fivetran(self.emulator).status, 201)
        self.change("Say your name")
        self.settle()
        self.assertEqual(self.refusal(), "Say your name")

    def test_scenarios_are_taken_up_beside_a_broken_contract(self):
        self.save(self.contract, "openapi: [\n")
        self.emulator.wait_for_log("the contracts stay as they were")
        self.save(self.scenarios / "mine.yaml", scenario(418))
        self.emulator.wait_for_log("took up the scenarios mine")
        self.assertEqual(self.status("mine"), 418)

    def test_scenarios_are_looked_at_again_when_their_contracts_change(self):
        acme = self.fixtures / "acme" / "v1.yaml"
        self.save(acme, ACME)
        self.emulator.wait_for_log("took up the contracts")
        file = self.scenarios / "mine.yaml"
        text = "rules: [{match: {vendor: acme}, play: [{outcome: conflict}]}]\n"
        self.save(file, text)
        answer = request(self.emulator, "PUT", "/__admin/scenarios/put", [JSON_TYPE], text)
        self.settle()
        self.assertEqual(answer.status, 201, answer)
        self.save(acme, ACME.replace('"409"', '"410"').replace("conflict", "not_found"))
        self.emulator.wait_for_log("the scenarios mine, put do not fit the contracts any more; they "
                                   "stay as they were")
        told = ":1:50: no operation that rule 1 can meet documents 'conflict'"
        for path in file, "put.yaml":
            self.assertIn(f"{path}{told}\n    {text}    {' ' * 49}^", self.emulator.log())

    def test_sessions_keep_what_they_hold(self):
        kept = create_on_airweave(self.emulator, "/@s").json()["id"]
        self.assertEqual(self.status("throttled-twice"), 429)
        seed = self.fixtures / "airweave/seed.yaml"
        self.save(seed, seed.read_text().replace("id: my-collection", "id: your-collection"))
        self.change("Who are you?")
        self.settle()
        self.assertEqual(ids_in(self.emulator, "s", "airweave.source_connection"), [kept])
        self.assertIn("my-collection", ids_in(self.emulator, "s", "airweave.collection"))
        self.assertEqual(control(self.emulator, "GET", "/sessions/s/requests")["total"], 2)
        self.assertEqual([self.status("throttled-twice") for _ in range(2)], [429, 201])
        # New ones begin with the new seed, and so do the others after a reset.
        self.assertEqual(ids_in(self.emulator, "new", "airweave.collection"), ["your-collection"])
        control(self.emulator, "POST", "/sessions/s/reset")
        self.assertEqual(ids_in(self.emulator, "s", "airweave.collection"), ["your-collection"])

    def test_a_contract_that_is_taken_away_gives_way_to_the_built_in_one(self):
        self.change("Who are you?")
        self.settle()
        self.contract.unlink()
        self.settle()
        self.assertEqual(self.refusal(), "No valid authentication provided")


if __name__ == "__main__":
    unittest.main()
