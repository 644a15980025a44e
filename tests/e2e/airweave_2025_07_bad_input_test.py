"""Airweave 2025-07: what is wrong with a call, in the service's own words."""

import unittest

from airweave_2025_07 import NOBODY, STRIPE, AirweaveTest
from emulator import control, request

NO_INTEGER = "Input should be a valid integer, unable to parse string as an integer"
NO_BOOLEAN = "Input should be a valid boolean, unable to interpret input"
FLAT = "Value error, Value for 'b' must not be a dictionary (depth 0 only)"
NO_CRON = "Value error, Invalid cron schedule format"
SHORT = "String should have at least 4 characters"
NO_UUID = ("Input should be a valid UUID, invalid character: expected an optional prefix of "
           "`urn:uuid:` followed by [0-9a-fA-F-], found `x` at 1")


class PlacesTest(AirweaveTest):
    def test_ids_in_a_path_are_uuids(self):
        for method, path, body in (("GET", "", None), ("PUT", "", {}), ("DELETE", "", None),
                                   ("POST", "/run", None), ("GET", "/jobs", None),
                                   ("GET", f"/jobs/{NOBODY}", None),
                                   ("POST", f"/jobs/{NOBODY}/cancel", None)):
            with self.subTest(method=method, path=path):
                answer = self.send(method, "/source-connections/x" + path, body)
                self.assert_wrong(answer, {"path.source_connection_id": NO_UUID})
        for method, more in (("GET", ""), ("POST", "/cancel")):
            answer = self.send(method, f"/source-connections/{NOBODY}/jobs/x{more}")
            self.assert_wrong(answer, {"path.job_id": NO_UUID})
            answer = self.send(method, f"/source-connections/x/jobs/x{more}")
            self.assert_wrong(answer, {"path.source_connection_id": NO_UUID},
                              {"path.job_id": NO_UUID})

    def test_ids_that_nothing_has_are_told(self):
        for method, path, body in (("GET", "", None), ("PUT", "", {}), ("DELETE", "", None),
                                   ("POST", "/run", None), ("GET", "/jobs", None),
                                   ("GET", f"/jobs/{NOBODY}", None),
                                   ("POST", f"/jobs/{NOBODY}/cancel", None)):
            with self.subTest(method=method, path=path):
                answer = self.send(method, f"/source-connections/{NOBODY}{path}", body)
                self.assert_told(answer, 404, "SourceConnection not found")

    def test_limits_and_skips_have_bounds(self):
        for path in ("/collections", "/source-connections"):
            for query, place, message in (
                    ("limit=0", "limit", "Input should be greater than or equal to 1"),
                    ("limit=1001", "limit", "Input should be less than or equal to 1000"),
                    ("limit=ten", "limit", NO_INTEGER), ("limit=", "limit", NO_INTEGER),
                    ("skip=1.5", "skip", NO_INTEGER),
                    ("skip=-1", "skip", "Input should be greater than or equal to 0")):
                with self.subTest(path=path, query=query):
                    self.assert_wrong(self.send("GET", f"{path}?{query}"),
                                      {f"query.{place}": message})

    def test_flags_are_booleans(self):
        path = f"/source-connections/{self.idle()['id']}"
        self.assert_wrong(self.send("GET", path + "?show_auth_fields=maybe"),
                          {"query.show_auth_fields": NO_BOOLEAN})
        self.assert_wrong(self.send("DELETE", path + "?delete_data=2"),
                          {"query.delete_data": NO_BOOLEAN})
        self.assert_wrong(self.send("DELETE", "/collections/my-collection?delete_data=2"),
                          {"query.delete_data": NO_BOOLEAN})
        self.assertEqual(len(self.call("GET", "/source-connections")), 1)

    def test_paths_and_methods_that_are_not_there(self):
        for path in (f"/source-connections/{NOBODY}/job", "/nowhere"):
            self.assert_told(self.send("GET", "/airweave" + path), 404, "Not Found")
        for method, path in (("POST", "/sources/list"), ("DELETE", "/collections"),
                             ("PUT", "/source-connections")):
            self.assert_told(self.send(method, path), 405, "Method Not Allowed")


class CreateTest(AirweaveTest):
    def refused(self, **changes):
        body = {name: value for name, value in {**STRIPE, **changes}.items() if value is not ...}
        return self.send("POST", "/source-connections", body)

    def test_every_mistake_of_a_create_is_told(self):
        for changes, errors in (
                ({"name": "abc"}, [{"body.name": SHORT}]),
                ({"name": "n" * 43}, [{"body.name": "String should have at most 42 characters"}]),
                ({"name": ..., "short_name": ...}, [{"body.name": "Field required"},
                                                    {"body.short_name": "Field required"}]),
                ({"auth_fields": {"a": 1, "b": {"c": 1}}}, [{"body.auth_fields.b": FLAT}]),
                ({"config_fields": {"b": {}}}, [{"body.config_fields.b": FLAT}]),
                ({"cron_schedule": "every day"}, [{"body.cron_schedule": NO_CRON}]),
                ({"cron_schedule": "* * * *"}, [{"body.cron_schedule": NO_CRON}]),
                ({"cron_schedule": "1,2,3 * * * *"}, [{"body.cron_schedule": NO_CRON}]),
                ({"cron_schedule": "0 0 * * 7"}, [{"body.cron_schedule": NO_CRON}])):
            with self.subTest(changes=changes):
                self.assert_wrong(self.refused(**changes), *errors)
        self.assertEqual(self.stored("source_connection"), [])

    def test_every_form_of_a_schedule_is_taken(self):
        for cron in ("* * * * *", "*/5 1-3 1,15 JAN SUN", "0 0/6 1 12 1-5", "59 23 31 12 6", None):
            with self.subTest(cron=cron):
                made = self.idle(cron_schedule=cron)
                self.assertEqual(self.connection(made)["cron_schedule"], cron)

    def test_a_credential_is_asked_for_where_a_scenario_says_so(self):
        made = self.create(auth_fields=None)
        self.assertIsNone(made["auth_fields"])
        self.assertIsNone(self.connection(made)["auth_fields"])
        self.play(rules=[{"match": {"operation": "airweave.create_source_connection"},
                          "play": [{"outcome": "bad_request", "variant": "auth_required"}]}])
        self.assert_told(self.refused(auth_fields=...), 400, "Either auth_fields or credential_id "
                         "must be provided to create a source connection")

    def test_a_create_needs_the_collection_that_it_names(self):
        told = "Collection with readable ID {} not found"
        self.assert_told(self.refused(collection="nowhere"), 404, told.format("nowhere"))
        # Also where it names none.
        self.assert_told(self.refused(collection=None), 404, told.format("None"))
        fields = {"collection": None}
        answer = self.refused(collection=None, auth_fields=fields)
        self.assert_told(answer, 404, told.format("None"))
        self.assertEqual(self.refused(auth_fields=fields, config_fields=fields).status, 200)
        self.assertEqual(len(self.stored("source_connection")), 1)

    def test_the_source_is_looked_for_first(self):
        answer = self.refused(short_name="nope", collection="nowhere")
        self.assert_told(answer, 404, "Object with short name nope not found")
        # Where nobody knows any source, none is missing.
        control(self.emulator, "PUT", f"/sessions/{self.session}/store", {"resources": {}})
        self.assertEqual(self.refused(short_name="nope").status, 200)

    def test_what_it_does_not_know_is_passed_over_and_journalled(self):
        made = self.create(extra={"a": {"b": 1}}, status="failing", id=NOBODY)
        self.assertNotIn("extra", made)
        self.assertNotEqual(made["id"], NOBODY)


class BodiesTest(AirweaveTest):
    def test_collections_have_rules_too(self):
        letters = ("Value error, readable_id must contain only lowercase letters, numbers, and "
                   "hyphens")
        ends = "Value error, readable_id must not start or end with a hyphen"
        for body, errors in (
                ({}, [{"body.name": "Field required"}]),
                ({"name": "abc"}, [{"body.name": SHORT}]),
                ({"name": "n" * 65}, [{"body.name": "String should have at most 64 characters"}]),
                ({"name": 5}, [{"body.name": "Input should be a valid string"}]),
                ({"name": "name", "readable_id": "My_Id"}, [{"body.readable_id": letters}]),
                ({"name": "name", "readable_id": "-My"}, [{"body.readable_id": letters}]),
                ({"name": "name", "readable_id": "-my"}, [{"body.readable_id": ends}]),
                ({"name": "name", "readable_id": "my-"}, [{"body.readable_id": ends}]),
                ({"name": "name", "readable_id": "-"}, [{"body.readable_id": ends}])):
            with self.subTest(body=body):
                self.assert_wrong(self.send("POST", "/collections", body), *errors)
        for method in ("PATCH", "PUT"):
            answer = self.send(method, "/collections/my-collection", {"name": "abc"})
            self.assert_wrong(answer, {"body.name": SHORT})
        self.assertEqual(len(self.call("GET", "/collections")), 1)

    def test_updates_have_rules_too(self):
        path = f"/source-connections/{self.idle()['id']}"
        for body, errors in (
                ({"name": "abc"}, [{"body.name": SHORT}]),
                ({"config_fields": {"b": {}}}, [{"body.config_fields.b": FLAT}]),
                ({"auth_fields": {"b": {}}}, [{"body.auth_fields.b": FLAT}]),
                ({"connection_id": "x"}, [{"body.connection_id": NO_UUID}])):
            with self.subTest(body=body):
                self.assert_wrong(self.send("PUT", path, body), *errors)

    def test_a_schedule_that_is_none_breaks_an_update(self):
        made = self.idle(cron_schedule="0 0 * * *")
        answer = self.send("PUT", f"/source-connections/{made['id']}", {"cron_schedule": "daily"})
        self.assertEqual(answer.status, 500, answer)
        self.assertIn("CroniterBadCronError", answer.json()["detail"])
        self.assertEqual(self.connection(made)["cron_schedule"], "0 0 * * *")

    def test_bodies_are_json(self):
        path = f"/source-connections/{self.idle()['id']}"
        for method, where in (("PUT", path), ("POST", "/collections"),
                              ("PUT", "/collections/my-collection"),
                              ("POST", "/collections/my-collection/search")):
            for body, message in (("{", "JSON decode error"), ("", "Field required")):
                with self.subTest(method=method, where=where, body=body):
                    answer = self.send(method, where, body)
                    self.assertEqual(answer.status, 422, answer)
                    self.assertEqual([list(error.values()) for error in answer.json()["errors"]],
                                     [[message]])


class CredentialsTest(AirweaveTest):
    CALLS = (("GET", "/sources/list"), ("GET", "/collections"), ("GET", "/source-connections"),
             ("DELETE", "/collections/my-collection"),
             ("POST", f"/source-connections/{NOBODY}/run"),
             ("POST", f"/source-connections/{NOBODY}/jobs/{NOBODY}/cancel"))

    def test_every_call_asks_for_a_key(self):
        for method, path in self.CALLS:
            for headers, status, words in (
                    ([], 401, "No valid authentication provided"),
                    ([("X-API-Key", "invalid-key")], 403, "Invalid or expired API key"),
                    ([("X-API-Key", "forbidden-key")], 403,
                     "API key does not have access to organization "
                     "7f3c1e52-9b64-4d0a-8a5e-2c6f0b9d4e11")):
                with self.subTest(method=method, path=path, status=status):
                    answer = request(self.emulator, method, f"/@{self.session}{path}", headers)
                    self.assert_told(answer, status, words)
        self.assertEqual(len(self.call("GET", "/collections")), 1)

    def test_every_call_may_be_throttled_or_broken(self):
        told = ((429, "Rate limit exceeded. Please retry after 12.34 seconds. Limit: 10 requests "
                      "per second."), (500, "Internal Server Error: ValueError: boom"))
        for method, path in self.CALLS:
            for code, words in told:
                with self.subTest(method=method, path=path, code=code):
                    answer = self.send(method, path, headers=[("Prefer", f"code={code}")])
                    self.assert_told(answer, code, words)


if __name__ == "__main__":
    unittest.main()
