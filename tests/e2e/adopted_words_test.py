"""What a document of others is told and asked over the wire: words for what a request has wrong, forms of
a scalar, the paths of its other servers, and what `lint` says of what leads nowhere."""

import json
import pathlib
import tempfile
import unittest

from emulator import JSON_TYPE, Emulator, request, run_mockduit

DOCUMENT = """
openapi: 3.1.0
info: {title: Words, version: '1'}
servers: [{url: 'https://a.test'}, {url: 'https://b.test/v2'}]
paths:
  /boxes:
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, propertyNames: {pattern: '^[a-z]+$'},
        maxProperties: 3, properties: {
          tags: {type: array, maxItems: 2, uniqueItems: true}, pair: {type: array, prefixItems: [{}], items: false},
          even: {type: integer, multipleOf: 2, exclusiveMaximum: 10}, kind: {const: box}, size: {not: {const: 0}},
          either: {oneOf: [{minimum: 1}, {minimum: 2}]}, any: {anyOf: [{type: string}, {type: boolean}]}}}}}}
      responses: {'201': {description: made}}
  /notes:
    post:
      requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: string, maxLength: 9}}}}
      responses: {'201': {description: made}}
"""
WRONG = [
    ({"tags": [1, 2, 3]}, "body.tags must have at most 2 items"),
    ({"tags": [1, 1]}, "body.tags must not have the same item twice"),
    ({"pair": [1, 2]}, "body.pair.1 is one item too many"),
    ({"even": 3}, "body.even must be a multiple of 2"),
    ({"even": 10}, "body.even must be less than 10"),
    ({"kind": "bag"}, "body.kind must be box"),
    ({"size": 0}, "body.size is what 'not' forbids"),
    ({"either": 3}, "body.either must be exactly one choice of 'oneOf'"),
    ({"any": 3}, "body.any is none of the 2 choices of 'anyOf'"),
    ({"A": 1}, "body.A has a name that breaks pattern ^[a-z]+$"),
    ({"a": 1, "b": 1, "c": 1, "d": 1}, "body must have at most 3 members"),
]
FORM = ("Content-Type", "application/x-www-form-urlencoded")


def linted(name, text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        path.write_text(text)
        return run_mockduit("lint", path).stdout


class AdoptedWordsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        path = pathlib.Path(folder.name) / "boxes.yaml"
        path.write_text(DOCUMENT)
        cls.emulator = Emulator("--contract", path)
        cls.emulator.__enter__()
        cls.addClassCleanup(cls.emulator.__exit__, None, None, None)

    def post(self, path, body, kind=JSON_TYPE):
        return request(self.emulator, "POST", path, [kind], body)

    def test_each_keyword_has_words_with_place_and_limit(self):
        for body, words in WRONG:
            with self.subTest(words=words):
                answer = self.post("/boxes", json.dumps(body))
                self.assertEqual(answer.status, 400)
                self.assertEqual(json.loads(answer.body)["detail"], words)

    def test_a_form_of_a_scalar_is_taken_as_text(self):
        self.assertEqual(self.post("/notes", "a=b&c", FORM).status, 201)
        self.assertEqual(self.post("/notes", "0123456789", FORM).status, 400)

    def test_all_paths_answer_below_another_server_too(self):
        for base in ("", "/v2", "/words/v2"):
            self.assertEqual(self.post(base + "/boxes", "{}").status, 201, base)

    def test_a_reference_that_cannot_be_read_is_told_once(self):
        said = linted("a.yaml", DOCUMENT + "components: {schemas: {A: {$ref: no.yaml}}}\n")
        self.assertEqual(said.count("note:"), 1, said)
        self.assertIn("no.yaml: No such file", said)

    def test_a_file_that_is_nothing_known_is_told_so(self):
        self.assertIn("hello.yaml: nothing at its root says what it is", linted("hello.yaml", "hello: 1\n"))
        self.assertIn("rule' is no key of a scenario", linted("one.yaml", "rule: []\n"))
        self.assertNotIn("scenario", linted("two.yaml", "info: {title: A}\npaths: {}\n"))


if __name__ == "__main__":
    unittest.main()
