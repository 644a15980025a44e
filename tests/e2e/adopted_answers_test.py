"""What a document of others is answered with over the wire: bodies of every media type with new ids
and times, what one side alone sends, every choice of a server's variable, and files beside it."""

import pathlib
import re
import tempfile
import unittest

from emulator import JSON_TYPE, Emulator, request, run_mockduit

DOCUMENT = """
openapi: 3.1.0
info: {title: Jobs, version: '1'}
servers: [{url: 'https://{region}.jobs.test/{version}', variables: {region: {default: eu, enum: [eu, us]},
           version: {default: v1, enum: [v1, v2]}}}]
paths:
  /jobs:
    trace: {responses: {'200': {description: ok}}}
    get:
      responses:
        '200':
          description: ok
          headers: {X-Request-Id: {schema: {type: string, format: uuid}},
                    X-Parts: {required: true, schema: {type: array, items: {type: integer, example: 7}, minItems: 2}}}
          content:
            application/json: {schema: &jobs {type: array, items: {$ref: '#/components/schemas/Job'}}}
            application/xml: {schema: *jobs}
            text/csv: {schema: *jobs}
            application/x-ndjson: {schema: *jobs}
            application/yaml: {schema: *jobs}
            application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Job'}}
            multipart/mixed: {schema: {$ref: '#/components/schemas/Job'}}
            text/event-stream:
              itemSchema: {type: object, properties: {event: {const: made}, id: {type: string, format: uuid},
                           data: {$ref: '#/components/schemas/Job'}}}
  /accounts:
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}}
      responses:
        '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}}
  /shown:
    get:
      responses:
        '200': {description: ok, content: {text/plain: {examples: {one: {externalValue: shown/one.txt}}},
                application/json: {schema: {$ref: 'other.yaml#box'}}}}
components:
  schemas:
    Job: {type: object, properties: {id: {type: string, format: uuid}, at: {type: string, format: date-time}}}
    Named: {type: object, properties: {id: {type: string, format: uuid, readOnly: true},
            password: {type: string, writeOnly: true}, name: {type: string}}}
    Account: {required: [id, password, name], allOf: [{$ref: '#/components/schemas/Named'}]}
"""
TYPES = ["application/json", "application/xml", "text/csv", "application/x-ndjson", "application/yaml",
         "application/x-www-form-urlencoded", "multipart/mixed", "text/event-stream"]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class AdoptedAnswersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = pathlib.Path(folder.name) / "jobs.yaml"
        cls.path.write_text(DOCUMENT)
        (cls.path.parent / "shown").mkdir()
        (cls.path.parent / "shown/one.txt").write_text("shown as it stands\n")
        (cls.path.parent / "other.yaml").write_text("Box: {$anchor: box, type: integer, const: 7}\n")

    def serve(self):
        return Emulator("--contract", self.path, "--clock", "2026-03-04T05:06:07Z", "--seed", 7)

    def all_bodies(self, emulator):
        return {kind: [request(emulator, "GET", "/v1/jobs", [("Accept", kind)]).body.decode() for _ in range(2)]
                for kind in TYPES}

    def test_bodies_of_every_type_have_new_ids_and_the_time_of_the_session(self):
        with self.serve() as emulator:
            first = self.all_bodies(emulator)
        for kind, (one, other) in first.items():
            with self.subTest(kind=kind):
                ids = UUID.findall(one) + UUID.findall(other)
                self.assertGreaterEqual(len(ids), 2, one)
                self.assertEqual(len(set(ids)), len(ids), "every id is new")
                self.assertIn("2026-03-04T05:06:07Z", one.replace("%3A", ":"))
        with self.serve() as emulator:
            self.assertEqual(self.all_bodies(emulator), first, "the same seed gives the same bytes")

    def test_events_have_their_fields(self):
        with self.serve() as emulator:
            stream = request(emulator, "GET", "/v1/jobs", [("Accept", "text/event-stream")]).body.decode()
        self.assertRegex(stream, rf'^event: made\nid: {UUID.pattern}\ndata: {{"id":"{UUID.pattern}","at":"[^"]*"}}\n\n$')

    def test_headers_have_new_ids_and_lists(self):
        with self.serve() as emulator:
            answers = [request(emulator, "GET", "/v1/jobs") for _ in range(2)]
        ids = {answer.headers["X-Request-Id"] for answer in answers}
        self.assertEqual(len(ids), 2)
        self.assertTrue(all(UUID.fullmatch(one) for one in ids), ids)
        self.assertEqual(answers[0].headers["X-Parts"], "7,7")

    def test_each_side_sends_what_is_its_own(self):
        with self.serve() as emulator:
            def create(body):
                return request(emulator, "POST", "/v1/accounts", [JSON_TYPE], body)

            made = create('{"name": "Ada", "password": "s"}')
            self.assertEqual(made.status, 201, made)
            self.assertEqual(set(made.json()), {"id", "name"})
            refused = create('{"name": "Ada"}')
            self.assertEqual(refused.status, 400)
            self.assertEqual(refused.json()["detail"], "body.password is required")

    def test_every_choice_of_a_server_and_every_method_is_served(self):
        with self.serve() as emulator:
            for version in "v1", "v2":
                for method in "GET", "TRACE":
                    self.assertEqual(request(emulator, method, f"/{version}/jobs").status, 200, (version, method))

    def test_files_beside_the_document_are_read(self):
        with self.serve() as emulator:
            shown = request(emulator, "GET", "/v1/shown", [("Accept", "text/plain")])
            self.assertEqual(shown.body, b"shown as it stands\n")
            box = request(emulator, "GET", "/v1/shown", [("Accept", "application/json")])
            self.assertEqual(box.json(), 7)

    def test_nothing_of_it_is_told(self):
        self.assertEqual(run_mockduit("lint", self.path).stdout, "")


if __name__ == "__main__":
    unittest.main()
