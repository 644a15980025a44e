"""docs/openapi.md and examples/openapi: the tour goes as it stands there, with the overlay too."""

import pathlib
import re
import shutil
import tempfile
import unittest

from emulator import TREE, Emulator, request, run_mockduit
from tour import read_tour, run_tour

DOCUMENT = (TREE / "docs/openapi.md").read_text()
PARCELS = TREE / "examples/openapi/parcels.yaml"
KEY = [("Authorization", "Bearer k"), ("Content-Type", "application/json")]


class OpenApiDocsTest(unittest.TestCase):
    def test_its_tour(self):
        self.assertGreater(len(read_tour(DOCUMENT)), 0)
        with Emulator("--contract", PARCELS, "--clock", "2026-01-15T10:00:00Z", "--seed", 7) as emulator:
            wrong = run_tour(DOCUMENT, emulator.url)
        if wrong:
            self.fail(wrong)

    def test_the_first_commands_serve_a_document_that_is_there(self):
        for page in ("README.md", "docs/openapi.md"):
            first = re.search(r"--contract (?:\w+=)?(\S+)", (TREE / page).read_text())
            self.assertTrue((TREE / first[1]).is_file(), f"{page}: {first[0]}")

    def test_the_example_has_nothing_to_note(self):
        result = run_mockduit("lint", PARCELS)
        self.assertEqual((result.returncode, result.stdout), (0, ""))


class OverlayTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.document = pathlib.Path(folder.name) / "parcels.yaml"
        self.overlay = self.document.with_name("parcels.mockduit.yaml")
        shutil.copy(PARCELS, self.document)

    def test_what_is_guessed_remembers(self):
        guessed = run_mockduit("guess", self.document)
        self.assertEqual(guessed.returncode, 0, guessed.stderr)
        self.assertIn("POST /parcels", guessed.stderr)
        self.assertEqual(run_mockduit("guess", self.document).returncode, 2, "it is there already")
        self.assertEqual(run_mockduit("lint", self.document).stdout, "")
        with Emulator("--contract", self.document) as emulator:
            def call(method, path, body=""):
                return request(emulator, method, "/v2" + path, KEY, body.encode())

            made = call("POST", "/parcels", '{"to": "Bob", "grams": 7}')
            self.assertEqual((made.status, made.json()["to"], made.json()["grams"]), (201, "Bob", 7))
            place = "/parcels/" + made.json()["id"]
            self.assertEqual(call("GET", place).json(), made.json())
            self.assertEqual(call("GET", "/parcels").json(), {"data": [made.json()]})
            changed = call("PATCH", place, '{"status": "sent"}')
            self.assertEqual(changed.json(), made.json() | {"status": "sent"})
            self.assertEqual(call("GET", "/parcels?limit=1&offset=1").json(), {"data": []})
            self.assertEqual(call("DELETE", place).status, 204)
            self.assertEqual(call("GET", place).status, 404)
            self.assertEqual(call("DELETE", place).status, 404)

    def test_what_is_declined_says_so(self):
        self.overlay.write_text('x-mockduit: {declined: [{path: "/labels/{parcel_id}.pdf", document: Labels, '
                                'reason: paper is dear}]}\n')
        with Emulator("--contract", self.document) as emulator:
            answer = request(emulator, "GET", "/v2/labels/7.pdf", KEY)
            self.assertEqual(answer.status, 501)
            self.assertEqual(answer.json()["title"], "Documented, not emulated")
            self.assertEqual(answer.json()["detail"], "/v2/labels/{parcel_id}.pdf is documented by Labels, "
                             "and not emulated here: paper is dear")
        listed = run_mockduit("operations", "--contract", self.document, "--vendor", "parcels")
        self.assertIn("documented by Labels, not emulated here: paper is dear", listed.stdout)
        self.assertNotIn("parcels.print_label", listed.stdout)

    def test_its_mistakes_are_told_with_their_places(self):
        self.overlay.write_text("""\
x-mockduit: {kinds: {parcel: {id: id, members: any}}}
paths:
  /parcel: {get: {}}
  /parcels:
    put: {}
    post: {x-mockduit: {effect: {create: parcl, resource: {id: "{{uuid5}}"}}}}
sed: []
""")
        result = run_mockduit("serve", "--contract", self.document, "--port", "0")
        self.assertEqual(result.returncode, 2)
        for mistake in (
                ":3:3: the document has no path '/parcel'; did you mean '/parcels'?",
                ":5:5: the document has no 'put' here; it has get or post",
                ":7:1: an overlay has no 'sed'; it has x-mockduit, paths, seed or keys; did you mean 'seed'?"):
            self.assertIn(f"{self.overlay}{mistake}", result.stderr)
        self.overlay.write_text(self.overlay.read_text().replace("/parcel:", "/labels/{parcel_id}.pdf:")
                                .replace("    put: {}\n", "").replace("sed: []\n", ""))
        result = run_mockduit("lint", self.document)
        self.assertEqual(result.returncode, 1)
        self.assertIn("'parcl'", result.stdout)
        self.assertIn("'uuid5' is nothing a template knows", result.stdout)

    def test_a_seed_and_keys(self):
        self.overlay.write_text("""\
x-mockduit: {kinds: {parcel: {id: id, members: any}}}
paths:
  "/parcels/{parcel_id}":
    get:
      x-mockduit: {effect: {get: parcel, absent: not_found}}
      responses: {"200": {x-mockduit: {fill: {"": "{{result}}"}}}}
seed: [{kind: parcel, id: first, resource: {id: first, to: Ada}}]
keys: {refused: {old: unknown_credential}}
""")
        with Emulator("--contract", self.document) as emulator:
            first = request(emulator, "GET", "/v2/parcels/first", KEY)
            self.assertEqual(first.json(), {"id": "first", "to": "Ada"})
            refused = request(emulator, "GET", "/v2/parcels/first", [("Authorization", "Bearer old-key")])
            self.assertEqual(refused.status, 401)


if __name__ == "__main__":
    unittest.main()
