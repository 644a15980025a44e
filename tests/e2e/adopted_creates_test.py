"""The scenarios inside beside a document of others: its creates are played at whatever they are called, and nothing
is told of scenarios that a vendor would need whose place a document takes."""

import json
import pathlib
import sys
import tempfile
import unittest

from emulator import Emulator, control, request, run_mockduit

DOCUMENT = """
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /animals:
    get: {operationId: listPets, responses: {'200': {description: ok}}}
    post: {operationId: addPet, responses: {2XX: {description: made}}}
  /animals/search: {post: {operationId: searchPets, responses: {'200': {description: ok}}}}
  /notes/{id}{ending}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string, pattern: '^[a-z.]+$'}},
                   {name: ending, in: path, required: true, schema: {type: string, enum: [.json, .xml]}}]
      responses: {'200': {description: ok}}
  /files/{name}.{ending}:
    parameters:
      - {name: name, in: path, required: true, schema: {type: string}}
      - {name: ending, in: path, required: true, schema: {enum: [gz]}}
    get: {operationId: readFile, responses: {'200': {description: ok}}}
    put:
      operationId: uploadFile
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {picture: {type: string, format: binary}}}
            encoding: {picture: {contentType: 'image/png, image/jpeg'}}
      responses: {'200': {description: ok}}
"""
OVERLAY = "paths: {/animals/search: {post: {x-mockduit: {creates: false}}}}\n"
CLIENT = """
import os, time, urllib.error, urllib.request
for attempt in range(3):
    try:
        urllib.request.urlopen(os.environ["MOCKDUIT_PETS_URL"] + "/animals", data=b"")
        break
    except urllib.error.HTTPError as refused:
        time.sleep(int(refused.headers["Retry-After"]) * 1.1 ** attempt)
"""


class AdoptedCreatesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = pathlib.Path(folder.name) / "pets.yaml"
        cls.path.write_text(DOCUMENT)
        (pathlib.Path(folder.name) / "pets.mockduit.yaml").write_text(OVERLAY)

    def test_every_post_is_a_create_unless_the_overlay_says_otherwise(self):
        with Emulator("--contract", self.path) as emulator:
            for method, path, status in (("POST", "/animals", 429), ("POST", "/animals/search", 200), ("GET", "/animals", 200)):
                answer = request(emulator, method, "/~rate-limited@s" + path)
                self.assertEqual(answer.status, status, path)
            why = control(emulator, "GET", "/sessions/s/requests/2")["why"]["rules"][0]["misses"]
            self.assertEqual(why, [{"condition": "creates", "wanted": "true", "got": "false"}])
            made = request(emulator, "POST", "/animals")
            self.assertEqual(made.status, 201)
            self.assertEqual(made.headers["X-Mockduit-Source"],
                             "Pets 1, POST /animals, response 2XX (that it is 201 is inferred)")

    def test_exec_judges_a_client_of_any_document(self):
        result = run_mockduit("exec", "--contract", self.path, "--scenario", "throttled-twice", "--require",
                              "retry-after-honoured", "--", sys.executable, "-c", CLIENT)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_nothing_is_told_of_scenarios_that_nobody_asked_for(self):
        contract = f"fivetran={self.path}"
        with Emulator("--contract", contract) as emulator:
            self.assertNotIn("warning", emulator.log())
            listed = [one["name"] for one in control(emulator, "GET", "/scenarios")["scenarios"]]
            self.assertIn("rate-limited", listed)
            self.assertNotIn("sync-fails", listed)
        self.assertEqual(run_mockduit("scenarios", "--contract", contract).returncode, 0)
        asked = run_mockduit("serve", "--contract", contract, "--scenario", "setup-tests-fail")
        self.assertIn("no operation is called 'fivetran.create_connection'", asked.stderr)

    def test_a_variable_beside_text_takes_as_much_as_it_can(self):
        with Emulator("--contract", self.path) as emulator:
            self.assertEqual(request(emulator, "GET", "/files/archive.tar.gz").status, 200)
            self.assertEqual(request(emulator, "GET", "/files/archive.gz.tar").status, 400)

    def test_of_two_variables_side_by_side_the_second_is_an_ending(self):
        with Emulator("--contract", self.path) as emulator:
            for name, status in (("a.json", 200), ("a.b.xml", 200), ("a.txt", 400), ("a", 404)):
                self.assertEqual(request(emulator, "GET", f"/notes/{name}").status, status, name)

    def test_parts_are_of_the_types_that_their_encoding_says(self):
        def put(kind):
            body = ('--b\r\nContent-Disposition: form-data; name="picture"; filename="a"\r\n'
                    f"{kind}\r\n\r\n..\r\n--b--\r\n")
            return request(emulator, "PUT", "/files/a.gz", [("Content-Type", "multipart/form-data; boundary=b")], body)

        with Emulator("--contract", self.path) as emulator:
            self.assertEqual(put("Content-Type: image/jpeg").status, 200)
            self.assertEqual(put("X-None: 1").status, 200)
            refused = put("Content-Type: text/html; charset=utf-8")
            self.assertEqual(refused.status, 400)
            self.assertIn("body.picture must be of the media type image/png or image/jpeg", json.dumps(refused.json()))

    def test_guess_takes_a_document_as_contract_does(self):
        guessed = run_mockduit("guess", f"pets={self.path}", "--output", "-")
        self.assertIn(f"no path of {self.path} has both POST", guessed.stderr)


if __name__ == "__main__":
    unittest.main()
