"""Supermetrics' destinations: made, listed, changed, tested and deleted, and who uses them."""

import unittest

from supermetrics import (BAD_REQUEST, BIGQUERY, CONFLICT, DESTINATION, NOT_FOUND, OTHER_TEAM,
                          SNOWFLAKE, TEAM, UNPROCESSABLE, SupermetricsTest, without)

DESTINATIONS = TEAM + "/destinations"


class DestinationsTest(SupermetricsTest):
    def make(self, team=TEAM, **changes):
        return self.told(201, "POST", team + "/destinations", DESTINATION | changes)["data"]["id"]

    def test_the_team_of_the_documents_has_two(self):
        self.assertEqual(self.told(200, "GET", DESTINATIONS)["data"], [
            {"id": BIGQUERY, "display_name": "My BigQuery", "type": "SQL_BQ"},
            {"id": SNOWFLAKE, "display_name": "Snowflake production", "type": "DWH_SNOWFLAKE"}])
        self.assertEqual(self.told(200, "GET", OTHER_TEAM + "/destinations")["data"], [])

    def test_create_tells_where_it_stands(self):
        answer = self.ask("POST", DESTINATIONS, DESTINATION)
        self.assertEqual(answer.status, 201, answer)
        made = answer.json()["data"]
        self.assertTrue(answer.headers["Location"].endswith(f"{DESTINATIONS}/{made['id']}"), answer)
        self.assertEqual(self.told(200, "GET", f"{DESTINATIONS}/{made['id']}")["data"], made)
        self.assertIn({"id": made["id"], "display_name": "My Snowflake Destination",
                       "type": "DWH_SNOWFLAKE"}, self.told(200, "GET", DESTINATIONS)["data"])

    def test_it_is_told_with_its_type_and_settings_but_no_secrets(self):
        answer = self.ask("POST", DESTINATIONS, DESTINATION)
        made = answer.json()["data"]
        self.assertEqual(list(made), ["id", "display_name", "destination_type", "edit_settings"])
        self.assertEqual(made["destination_type"]["title"], "Snowflake")
        settings = {setting["id"]: setting["value"] for setting in made["edit_settings"]}
        shown = without(DESTINATION["fields"], "private_key", "passphrase")
        self.assertEqual(settings, shown | {"private_key": "***", "passphrase": "***"})
        self.assertNotIn(b"PRIVATE KEY", answer.body)
        self.assertNotIn("PRIVATE KEY", str(self.resources("destination")))

    def test_its_type_tells_how_to_sign_in_as_production_does(self):
        known = self.told(200, "GET", f"{DESTINATIONS}/{SNOWFLAKE}")["data"]["destination_type"]
        made = self.told(201, "POST", DESTINATIONS, DESTINATION)["data"]["destination_type"]
        self.assertEqual(made, known)
        (method,) = made["auth_methods"]
        self.assertEqual(list(method), ["id", "title", "fields", "new_secret_field", "is_default"])
        self.assertEqual([field["id"] for field in method["fields"]],
                         ["username", "private_key", "passphrase"])
        self.assertEqual(method["new_secret_field"]["id"], "new_private_key")

    def test_a_setting_that_is_not_set_has_no_value(self):
        made = self.told(201, "POST", DESTINATIONS, DESTINATION | {"fields": {"schema": "a"}})["data"]
        for setting in made["edit_settings"]:
            self.assertEqual("value" in setting, setting["id"] == "schema", setting)

    def test_the_nulls_of_the_vendors_collection_are_as_if_absent(self):
        body = {"type": "SQL_BQ", "display_name": "x", "auth_method": "AUTH_METHOD_AUTH_KEY",
                "fields": {"schema": "a", "auth_key": "k"}, "destination_id": None,
                "new_password": None}
        made = self.told(201, "POST", DESTINATIONS, body)["data"]
        self.assertEqual([(one["id"], one["value"]) for one in made["edit_settings"]],
                         [("schema", "a"), ("auth_key", "***")])
        self.told(200, "PUT", f"{DESTINATIONS}/{made['id']}", body)
        self.told(200, "POST", f"{DESTINATIONS}/test-connection", body)

    def test_the_journal_has_no_secrets_either(self):
        self.make()
        self.assertNotIn("PRIVATE KEY", str(self.exchanges(self.session)))

    def test_a_type_that_is_not_known_is_taken(self):
        made = self.told(201, "POST", DESTINATIONS, DESTINATION | {"type": "DWH_OTHER"})["data"]
        self.assertEqual((made["destination_type"]["title"], made["edit_settings"]),
                         ("DWH_OTHER", []))
        self.assertNotIn("auth_methods", made["destination_type"])

    def test_put_takes_the_place_of_the_whole(self):
        made = self.make()
        told = self.told(200, "PUT", f"{DESTINATIONS}/{made}", {
            "type": "SQL_BQ", "display_name": "Updated", "fields": {}, "new_password": "s3cr3t"})
        self.assertEqual(told["data"]["id"], made)
        self.assertEqual(told["data"]["display_name"], "Updated")
        self.assertEqual(told["data"]["destination_type"]["title"], "BigQuery")
        self.assertEqual(self.told(200, "GET", f"{DESTINATIONS}/{made}")["data"], told["data"])
        self.assertNotIn("s3cr3t", str(self.resources("destination")))

    def test_a_new_name_is_told_with_the_transfers(self):
        self.make_transfer()
        self.told(200, "PUT", f"{DESTINATIONS}/{BIGQUERY}",
                  {"type": "SQL_BQ", "display_name": "Warehouse", "fields": {}})
        transfer = self.told(200, "GET", TEAM + "/transfers")["data"][0]
        self.assertEqual(transfer["destination"]["destination_name"], "Warehouse")

    def test_delete_answers_204_once(self):
        made = self.make()
        answer = self.ask("DELETE", f"{DESTINATIONS}/{made}")
        self.assertEqual((answer.status, answer.body), (204, b""), answer)
        self.assert_error(404, NOT_FOUND, self.ask("DELETE", f"{DESTINATIONS}/{made}"))

    def test_usage_names_the_transfers(self):
        path = f"{DESTINATIONS}/{BIGQUERY}/usage"
        told = self.told(200, "GET", path)["data"]
        self.assertIs(told["is_used"], False)
        self.assertEqual(told["transfers"], [])
        transfer = self.make_transfer()
        told = self.told(200, "GET", path)["data"]
        self.assertIs(told["is_used"], True)
        self.assertEqual(told["transfers"], [{"transfer_id": transfer,
                                              "transfer_name": "AW enhanced 2022-11-17"}])

    def test_what_is_used_cannot_be_deleted(self):
        transfer = self.make_transfer()
        answer = self.ask("DELETE", f"{DESTINATIONS}/{BIGQUERY}")
        self.assert_error(409, CONFLICT, answer, "The destination is used by a transfer")
        self.ask("DELETE", f"{TEAM}/transfers/{transfer}")
        self.assertEqual(self.ask("DELETE", f"{DESTINATIONS}/{BIGQUERY}").status, 204)

    def test_a_test_succeeds_and_makes_nothing(self):
        told = self.told(200, "POST", DESTINATIONS + "/test-connection", DESTINATION)
        self.assertEqual(told["data"], {"success": True, "error": None})
        self.assertEqual(len(self.resources("destination")), 3)

    def test_a_test_fails_where_a_scenario_says_so(self):
        self.scenario = self.define(
            {"outcome": "success", "variant": "failed"},
            match={"operation": "supermetrics.test_connection"}, name="untrusted-warehouse")
        told = self.told(200, "POST", DESTINATIONS + "/test-connection", DESTINATION)
        self.assertIs(told["data"]["success"], False)
        self.assertTrue(told["data"]["error"])

    def test_the_same_destination_again_is_a_conflict(self):
        self.make()
        self.assert_error(409, CONFLICT, self.ask("POST", DESTINATIONS, DESTINATION))
        self.make(display_name="Another")
        self.make(team=OTHER_TEAM)

    def test_another_teams_is_not_found(self):
        theirs = f"{OTHER_TEAM}/destinations/{BIGQUERY}"
        for method, path, body in (("GET", theirs, None), ("PUT", theirs, DESTINATION),
                                   ("DELETE", theirs, None), ("GET", theirs + "/usage", None),
                                   ("GET", DESTINATIONS + "/7", None),
                                   ("GET", DESTINATIONS + "/7/usage", None)):
            with self.subTest(method=method, path=path):
                self.assert_error(404, NOT_FOUND, self.ask(method, path, body))

    def test_ids_that_are_out_of_range(self):
        for number, words in (("x", "must be an integer"), ("0", "must be at least 1"),
                              ("2147483648", "must be at most 2147483647")):
            with self.subTest(number=number):
                path = f"{DESTINATIONS}/{number}"
                self.assert_error(400, BAD_REQUEST, self.ask("PUT", path, DESTINATION),
                                  f"The path parameter 'destination_id' {words}")
                self.assert_error(404, NOT_FOUND, self.ask("GET", path))  # no 400 is documented

    def test_rules_of_the_request(self):
        for body, words in (
                (without(DESTINATION, "type", "fields"),
                 "The field 'type' is required; The field 'fields' is required"),
                (DESTINATION | {"type": "x" * 51},
                 "The field 'type' must have at most 50 characters"),
                (DESTINATION | {"fields": []}, "The field 'fields' must be of the type object"),
                (DESTINATION | {"new_password": "x"},
                 "The field 'new_password' must be of the type null")):
            with self.subTest(words=words):
                answer = self.ask("POST", DESTINATIONS, body)
                self.assert_error(422, UNPROCESSABLE, answer, words)
        answer = self.ask("POST", DESTINATIONS + "/test-connection", DESTINATION | {"id": 8})
        self.assert_error(422, UNPROCESSABLE, answer, "The field 'id' is not known")
        self.assert_error(400, BAD_REQUEST, self.ask("POST", DESTINATIONS, "{"),
                          "The request body is not valid JSON")


if __name__ == "__main__":
    unittest.main()
