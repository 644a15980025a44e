"""What a document of others says of its own request over the wire: a choice that was sent comes back as that
choice, and an error says in the document's own shape what is wrong, with its status and its time."""

import json
import pathlib
import tempfile
import unittest

from emulator import JSON_TYPE, Emulator, request

DOCUMENT = """
openapi: 3.0.3
info: {title: Zoo, version: '1'}
paths:
  /pets: {post: &echo {
    requestBody: {required: true, content: {application/json: {schema: &pet {$ref: '#/components/schemas/Pet'}}}},
    responses: {'201': {description: made, content: {application/json: {schema: *pet}}}}}}
  /wrapped: {post: {
    requestBody: {required: true, content: {application/json: {schema: *pet}}},
    responses: {'201': {description: made, content: {application/json: {schema: {
      type: object, required: [data], properties: {data: *pet}}}}}}}}
  /things: {post: {
    requestBody: {required: true, content: {application/json: {schema: &thing {$ref: '#/components/schemas/Thing'}}}},
    responses: {'201': {description: made, content: {application/json: {schema: *thing}}}}}}
  /users/{id}: {put: {
    parameters: [{name: id, in: path, required: true, schema: {type: string}}],
    requestBody: {content: {application/json: {schema: {type: object, properties: {
      id: {type: string}, user: {type: object, properties: {name: {type: string}}}}}}}},
    responses: {'200': {description: kept, content: {application/json: {schema: {type: object, properties: {
      id: {type: string}, user: {type: object, required: [key], properties: {key: &id {type: string, format: uuid, readOnly: true}, name: {type: string}}}}}}}}}}}
  /birds: {post: {
    requestBody: {required: true, content: {application/json: {schema: &bird {$ref: '#/components/schemas/Bird'}}}},
    responses: {'201': {description: made, content: {application/json: {schema: *bird}}}}}}
  /labels: {put: {
    requestBody: {content: {application/json: {schema: &labels {type: object, additionalProperties: {type: string}}}}},
    responses: {'200': {description: kept, content: {application/json: {schema: *labels}}}}}}
  /names: {put: {
    requestBody: {required: true, content: {application/json: {schema: &names {type: array, items: {type: string}}}}},
    responses: {'200': {description: kept, content: {application/json: {schema: *names}}},
                '400': {description: wrong, content: {application/json: {schema: &error {$ref: '#/components/schemas/Error'}}}},
                '404': {description: none, content: {application/json: {schema: *error}}}}}}
  /stages: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {type: object}, example: {
    stages: [{$group: {x: {$first: [a, null]}}}, {$merge: {into: b}}, {$firs: 1}]}}}}}}}
  /slow: {get: {
    parameters: [{name: Prefer, in: header, schema: {type: string, enum: [respond-async]}}],
    responses: {'200': {description: ok}, '202': {description: later}}}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}
    Cat: {type: object, required: [id, kind, lives], properties: {
      id: *id, kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [id, kind, bark], properties: {id: *id, kind: {type: string}, bark: {type: boolean}}}
    Bird: {type: object, required: [type], properties: {type: {type: string}},
      discriminator: {propertyName: type, mapping: {owl: '#/components/schemas/Owl'}}}
    Owl: {allOf: [{$ref: '#/components/schemas/Bird'}, {type: object, required: [wings], properties: {wings: {type: integer}}}]}
    Thing: {type: object, required: [name], properties: {id: *id, name: {type: string},
      key: {type: string, format: uuid}, at: {type: string, format: date-time}, n: {type: integer}}}
    Error: {type: object, required: [timestamp, status, error], properties: {
      timestamp: {type: string, format: date-time}, status: {type: integer},
      error: {type: object, required: [message, code], properties: {message: {type: string}, code: {type: integer}}}}}
"""
UUID = "11111111-2222-4333-8444-555555555555"
NOW = "2026-03-04T05:06:07Z"
ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class AdoptedEchoTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        path = pathlib.Path(folder.name) / "zoo.yaml"
        path.write_text(DOCUMENT)
        cls.emulator = cls.enterClassContext(Emulator("--contract", path, "--clock", NOW))

    def send(self, method, path, body="", *headers):
        return request(self.emulator, method, path, [JSON_TYPE, *headers], body).json()

    def test_the_choice_that_was_sent_comes_back(self):
        ids = set()
        for body in ({"kind": "dog", "bark": True}, {"kind": "cat", "lives": 9}):
            with self.subTest(body=body):
                text = json.dumps(body)
                for made in self.send("POST", "/pets", text), self.send("POST", "/wrapped", text)["data"]:
                    self.assertRegex(made["id"], ID)
                    ids.add(made.pop("id"))
                    self.assertEqual(made, body)
        self.assertEqual(len(ids), 4, "every id is new")

    def test_ids_and_times_are_new_where_one_schema_is_of_both_sides(self):
        made = [self.send("POST", "/things", '{"name": "a"}') for _ in range(2)]
        self.assertEqual(len({one[name] for one in made for name in ("id", "key")}), 4, made)
        self.assertEqual([one["at"] for one in made], [NOW, NOW])
        mine = {"name": "b", "id": UUID, "key": UUID, "at": "2020-01-01T00:00:00Z", "n": 10**30 + 1}
        shown = self.send("POST", "/things", json.dumps(mine))
        self.assertNotEqual(shown.pop("id"), mine.pop("id"), "it is the server's to give")
        self.assertEqual(shown, mine)

    def test_members_of_objects_come_back_and_those_of_the_path(self):
        shown = self.send("PUT", "/users/7", '{"user": {"name": "Ada"}}')
        self.assertRegex(shown["user"].pop("key"), ID)
        self.assertEqual(shown, {"id": "7", "user": {"name": "Ada"}})
        self.assertEqual(self.send("PUT", "/users/7", '{"id": "8"}')["id"], "8", "what was sent comes first")

    def test_what_a_discriminator_names_comes_back(self):
        self.assertEqual(self.send("POST", "/birds", '{"type": "owl", "wings": 2}'), {"type": "owl", "wings": 2})

    def test_maps_and_lists_come_back_as_they_were_sent(self):
        self.assertEqual(self.send("PUT", "/labels", '{"a": "b"}'), {"a": "b"})
        self.assertEqual(self.send("PUT", "/names", '["x", "y"]'), ["x", "y"])
        self.assertEqual(self.send("PUT", "/labels"), {}, "nothing was sent")

    def test_errors_say_what_is_wrong_in_the_documents_own_shape(self):
        wrong = [("PUT", "/names", "[1]", "body.0 must be of type string"),
                 ("PUT", "/labels", '{"a": 1}', "body.a must be of type string")]
        for method, path, body, words in wrong:  # documented, and inferred
            with self.subTest(path=path):
                self.assertEqual(self.send(method, path, body), {
                    "timestamp": NOW, "status": 400, "error": {"message": words, "code": 400}})

    def test_errors_have_their_status_and_the_time_of_the_session(self):
        for status, words in ((404, "Not Found"), (429, "Too Many Requests"), (500, "Internal Server Error")):
            with self.subTest(status=status):
                self.assertEqual(self.send("PUT", "/names", "[]", ("Prefer", f"code={status}")), {
                    "timestamp": NOW, "status": status, "error": {"message": words, "code": status}})

    def test_keys_of_examples_are_no_words_of_templates(self):
        self.assertEqual(self.send("GET", "/stages"), {
            "stages": [{"$group": {"x": {"$first": ["a", None]}}}, {"$merge": {"into": "b"}}, {"$firs": 1}]})

    def test_a_documented_prefer_goes_beside_ours(self):
        def status(*fields):
            return request(self.emulator, "GET", "/slow", [("Prefer", field) for field in fields]).status

        self.assertEqual(status("respond-async"), 200)
        self.assertEqual(status("wait=1"), 400)
        self.assertEqual(status("code=202"), 202)
        self.assertEqual(status("respond-async, code=202"), 202)
        self.assertEqual(status("respond-async", "code=202"), 202)


if __name__ == "__main__":
    unittest.main()
