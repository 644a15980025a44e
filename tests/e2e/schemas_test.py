"""Schemas of a contract of one's own, as requests meet them: the keywords of JSON Schema, what
OpenAPI 3.0 has of its own, and what is not held. Numbers of any size come back as they were sent."""

import json
import pathlib
import tempfile
import unittest

from emulator import JSON_TYPE, Emulator, EmulatorTest, request, run_mockduit

CONDITIONS = {**{condition: "unauthorized" for condition in ("no_credential", "unknown_credential")},
              **{condition: "bad_request" for condition in
                 ("malformed_body", "invalid", "bad_query", "bad_path")},
              "unknown_path": "not_found"}
KEY = ("Authorization", "Bearer key")


def answer(outcome, body, **block):
    return {"description": outcome,
            "x-mockduit": {"outcome": outcome, "inferred": "made up", **block},
            "content": {"application/json": {"examples": {"one": {"value": body}}}}}


def contract(schema, version="3.1.0", schemas=None):
    """One operation that takes a body by the schema and shows it again."""
    return {
        "openapi": version, "info": {"title": "Made up", "version": "v1"},
        "x-mockduit": {
            "vendor": "acme", "edition": "v1", "default": True,
            "credentials": [{"scheme": "bearer"}], "conditions": CONDITIONS,
            "wording": {"location": "{path}",
                        "messages": {"default": "{path}: {limit}", "format": "{path}: {reason}"}}},
        "paths": {"/things": {"post": {
            "operationId": "make", "responses": {
                code: {"$ref": f"#/components/responses/{code}"} for code in ("200", "400", "401")},
            "requestBody": {"content": {"application/json": {"schema": schema}}}}}},
        "components": {"schemas": schemas or {}, "responses": {
            "200": answer("success", {"body": "{{request.body}}"}),
            "400": answer("bad_request", {"error": "it"}, natural={"error": "{{violations.text}}"}),
            "401": answer("unauthorized", {"error": "who"}),
            "404": answer("not_found", {"error": "where"}, status=404)}}}


class SchemaTest(unittest.TestCase):
    def write(self, document):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        vendor = pathlib.Path(folder.name) / "acme"
        vendor.mkdir()
        (vendor / "v1.yaml").write_text(json.dumps(document))
        (vendor / "keys.yaml").write_text("refused: {invalid: unknown_credential}\n")
        return pathlib.Path(folder.name)

    def assert_judged(self, document, cases):
        """Each value, and what is wrong with it: None where nothing is."""
        with Emulator("--fixtures", self.write(document)) as emulator:
            for value, wrong in cases:
                with self.subTest(value=value):
                    body = json.dumps({"v": value})
                    told = request(emulator, "POST", "/things", [KEY, JSON_TYPE], body)
                    self.assertEqual(told.status, 400 if wrong else 200, told)
                    if wrong:
                        self.assertEqual(told.json()["error"], wrong)

    def test_choices_and_what_is_left(self):
        schema = {"type": "object", "properties": {"v": {
            "anyOf": [{"properties": {"a": {"type": "integer"}}, "required": ["a"]},
                      {"properties": {"b": {"type": "string"}}, "required": ["b"]}],
            "unevaluatedProperties": False}}}
        self.assert_judged(contract(schema), [
            ({"a": 1}, None), ({"b": "x"}, None), ({"a": 1, "b": "x"}, None),
            ({"a": 1, "c": 2}, "v.c: c")])

    def test_a_discriminator_names_the_choice(self):
        schemas = {"Cat": {"properties": {"kind": {}, "lives": {"maximum": 9}}},
                   "Dog": {"properties": {"kind": {}, "lives": {"maximum": 1}}}}
        references = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
        schema = {"type": "object", "properties": {"v": {
            "oneOf": references,
            "discriminator": {"propertyName": "kind", "mapping": {"dog": references[1]["$ref"]}}}}}
        self.assert_judged(contract(schema, "3.0.3", schemas), [
            ({"kind": "Cat", "lives": 9}, None), ({"kind": "dog", "lives": 1}, None),
            ({"kind": "Cat", "lives": 10}, "v.lives: 9"),
            ({"kind": "dog", "lives": 9}, "v.lives: 1"),
            ({"kind": "cow"}, "v.kind: dog, Cat, Dog")])

    def test_a_reference_and_what_stands_beside_it(self):
        schemas = {"Name": {"type": "string", "minLength": 2}}
        beside = {"$ref": "#/components/schemas/Name", "maxLength": 3}
        schema = {"type": "object", "properties": {"v": beside}}
        self.assert_judged(contract(schema, "3.1.0", schemas), [("abc", None), ("abcd", "v: 3")])
        self.assert_judged(contract(schema, "3.0.3", schemas), [("abcd", None), ("a", "v: 2")])

    def test_openapi_3_0_has_its_own_null_and_bounds(self):
        number = {"type": "integer", "nullable": True, "minimum": 1, "exclusiveMinimum": True}
        schema = {"type": "object", "properties": {"v": number}}
        self.assert_judged(contract(schema, "3.0.3"), [(None, None), (2, None), (1, "v: 1")])

    def test_a_time_has_an_offset(self):
        schema = {"type": "object", "properties": {"v": {"type": "string", "format": "date-time"}}}
        self.assert_judged(contract(schema), [
            ("2026-01-15T10:00:00Z", None), ("2026-01-15t10:00:00.5z", None),
            ("2026-01-15T10:00:00+05:30", None), ("2016-12-31T23:59:60Z", None),
            ("2026-01-15T10:00:00", "v: it has no offset from UTC, such as Z or +02:00"),
            ("2026-01-15T10:00:00+0530", "v: its offset from UTC is not written as Z or +02:00")])

    def test_what_is_not_held_refuses_nothing(self):
        schema = {"type": "object", "properties": {"v": {
            "type": "string", "pattern": "^(?=.*[0-9]).+$", "unheardOf": 1, "format": "colour"}}}
        self.assert_judged(contract(schema), [("no digit", None), (5, "v: string")])

    def test_a_misspelt_keyword_is_a_mistake(self):
        schema = {"type": "object", "properties": {"v": {"minLenght": 1}}}
        folder = self.write(contract(schema))
        told = run_mockduit("operations", "--fixtures", folder, "--vendor", "acme")
        self.assertNotEqual(told.returncode, 0)
        self.assertIn("did you mean 'minLength'?", told.stdout + told.stderr)

    def test_numbers_come_back_as_they_were_sent(self):
        bound = {"type": "object", "properties": {"v": {"maximum": 18446744073709551616}}}
        with Emulator("--fixtures", self.write(contract(bound))) as emulator:
            for number in ("18446744073709551615", "-1e400", "0.12345678901234567890", "1e-400"):
                with self.subTest(number=number):
                    body = f'{{"v":{number}}}'
                    told = request(emulator, "POST", "/things", [KEY, JSON_TYPE], body)
                    self.assertEqual(told.body, f'{{"body":{body}}}'.encode())
            for number in ("18446744073709551617", "1e400"):
                told = request(emulator, "POST", "/things", [KEY, JSON_TYPE], f'{{"v":{number}}}')
                self.assertEqual(told.json(), {"error": "v: 18446744073709551616"})


class StoredNumberTest(EmulatorTest):
    def test_a_number_is_stored_as_it_was_sent(self):
        """In Fivetran's config, of a service whose fields nobody knows, and in the journal."""
        login = ("Authorization", "Basic bXkta2V5OnNlY3JldA==")
        for number in ("174322306148984899", "18446744073709551616", "1e400"):
            body = ('{"group_id":"g","service":"mailchimp","run_setup_tests":false,'
                    '"config":{"schema":"s%d","n":%s}}' % (len(number), number))
            made = request(self.emulator, "POST", "/v1/connections", [login, JSON_TYPE], body)
            self.assertEqual(made.status, 201, made)
            self.assertIn(f'"n":{number}'.encode(), made.body)
            path = "/v1/connections/" + made.json()["data"]["id"]
            self.assertIn(f'"n":{number}'.encode(), request(self.emulator, "GET", path, [login]).body)
        journal = request(self.emulator, "GET", "/__admin/sessions/default/requests")
        self.assertIn(b'18446744073709551616', journal.body)


if __name__ == "__main__":
    unittest.main()
