"""Ways of saying things in a document of others, as calls meet them: credentials of schemes that are not looked into,
media types that are ranges, paths with something beside their $ref, and members that may be null."""

import pathlib
import tempfile
import unittest

from emulator import JSON_TYPE, Emulator, request, run_mockduit

DOCUMENT = """
openapi: 3.1.0
info: {title: Ways, version: '1'}
paths:
  /digest: {get: {security: [{digest: []}], responses: {'200': {description: ok}}}}
  /absent: {get: {security: [{absent: []}], responses: {'200': {description: ok}}}}
  /basic: {get: {security: [{basic: []}], responses: {'200': {description: ok}}}}
  /image: {get: {responses: {'200': {description: ok, content: {'image/*': {schema: {type: string}}}}}}}
  /text: {get: {responses: {'200': {description: ok, content: {'text/*': {schema: {type: string}}}}}}}
  /any: {get: {responses: {'200': {description: ok, content: {'*/*': {schema: {type: object}}}}}}}
  /several:
    get:
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: object}},
                                           'image/*': {schema: {type: string}}}}
  /things/{id}:
    $ref: '#/components/pathItems/Thing'
    delete: {responses: {'204': {description: gone}}}
components:
  securitySchemes:
    digest: {type: http, scheme: Digest}
    basic: {type: http, scheme: basic}
  pathItems:
    Thing:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      put:
        requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
        responses:
          '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
  schemas:
    Thing:
      allOf:
        - {type: object, properties: {note: {type: [string, 'null']}, size: {enum: [s, m]}}}
        - {type: object, properties: {label: {anyOf: [{type: string}, {type: 'null'}]}}}
"""


class AdoptedWaysTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = pathlib.Path(folder.name) / "ways.yaml"
        cls.path.write_text(DOCUMENT)
        cls.emulator = cls.enterClassContext(Emulator("--contract", cls.path))

    def get(self, path, **headers):
        return request(self.emulator, "GET", path, [(name.replace("_", "-"), value) for name, value in headers.items()])

    def test_any_credential_does_for_a_scheme_that_is_not_looked_into(self):
        for path in "/digest", "/absent":
            for value in ('Digest username="ada", response="0"', "HOBA result=x", "Bearer k", "k", "Basic YTpi"):
                with self.subTest(path=path, value=value):
                    self.assertEqual(self.get(path, Authorization=value).status, 200)
            for value in "Digest", "Bearer invalid-k", "Token invalid-k":
                with self.subTest(path=path, value=value):
                    self.assertEqual(self.get(path, Authorization=value).status, 401)
        self.assertEqual(self.get("/basic", Authorization='Digest username="ada"').status, 401)
        self.assertIn("what 'Digest' asks of a credential is not looked at", run_mockduit("lint", self.path).stdout)

    def test_a_401_says_what_is_asked_for(self):
        for path, challenge in (("/digest", 'Digest realm="api", qop="auth", nonce="0"'), ("/absent", "Bearer"),
                                ("/basic", 'Basic realm="api"')):
            with self.subTest(path=path):
                refused = self.get(path)
                self.assertEqual((refused.status, refused.headers["WWW-Authenticate"]), (401, challenge))

    def test_a_range_is_answered_by_a_type_inside(self):
        for path, accept, kind in (
                ("/image", "image/webp", "image/webp"), ("/image", "image/*", "image/png"), ("/image", "", "image/png"),
                ("/image", "image/gif;q=0.5, image/avif", "image/avif"), ("/text", "text/html", "text/html"),
                ("/text", "*/*", "text/plain"), ("/any", "application/vnd.acme+json", "application/vnd.acme+json"),
                ("/any", "application/xml", "application/json"), ("/several", "image/webp", "image/webp"),
                ("/several", "application/json", "application/json"), ("/several", "", "application/json")):
            with self.subTest(path=path, accept=accept):
                answer = self.get(path, Accept=accept)
                self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, kind))
        self.assertEqual(self.get("/image", Accept="text/html").status, 406)

    def test_what_stands_beside_the_reference_of_a_path_is_served(self):
        self.assertEqual(request(self.emulator, "DELETE", "/things/1").status, 204)

    def test_members_that_may_be_null_are_shown_as_sent(self):
        def put(body):
            return request(self.emulator, "PUT", "/things/1", [JSON_TYPE], body).json()

        self.assertEqual(put('{"note": "n", "size": "m", "label": "l"}'), {"note": "n", "size": "m", "label": "l"})

    def test_a_body_of_a_type_that_is_not_listed_is_415(self):
        def status_of(kind):
            return request(self.emulator, "PUT", "/things/1", [("Content-Type", kind)], '{"note": "n"}').status

        for kind in "application/json", "Application/JSON; charset=utf-8":
            self.assertEqual(status_of(kind), 200, kind)
        for kind in "application/other+json", "application/merge-patch+json", "text/json", "text/plain":
            self.assertEqual(status_of(kind), 415, kind)


if __name__ == "__main__":
    unittest.main()
