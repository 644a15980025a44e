"""Fivetran's destinations: one in a group, with secrets that are never shown."""

import json
import unittest

from emulator import FIVETRAN_BODY
from fivetran import FORBIDDEN, UNAUTHORIZED, FivetranTest

CONFIG = {"host": "your-account.snowflakecomputing.com", "port": 443, "database": "fivetran",
          "auth": "PASSWORD", "user": "fivetran_user", "password": "123456"}
SHOWN = {**CONFIG, "port": "443", "password": "******"}
NEW = {"group_id": "group_id", "service": "snowflake", "region": "GCP_US_EAST4",
       "time_zone_offset": "-5", "config": CONFIG}
PASSED = [{"title": title, "status": "PASSED", "message": ""}
          for title in ("Host Connection", "Database Connection", "Permission Test")]
PATH = "/v1/destinations/group_id"


class DestinationTest(FivetranTest):
    def make(self, **changes):
        return self.data("POST", "/v1/destinations", {**NEW, **changes}, 201)

    def test_an_empty_text_is_no_body_of_a_test(self):
        self.make()
        self.assertEqual(self.data("POST", PATH + "/test", '""')["setup_tests"], PASSED)
        self.assert_invalid("POST", PATH + "/test", "Request body must be a JSON object", '"x"')

    def test_a_destination_lives_from_create_to_delete(self):
        made = self.json("POST", "/v1/destinations", NEW, 201)
        self.assertEqual((made["code"], made["message"]),
                         ("Success", "Destination has been created"))
        data = made["data"]
        self.assertEqual(list(data)[:7], ["id", "group_id", "service", "region",
                                          "time_zone_offset", "setup_status", "setup_tests"])
        self.assertEqual({name: data[name] for name in list(data)[:7]},
                         {"id": "group_id", "group_id": "group_id", "service": "snowflake",
                          "region": "GCP_US_EAST4", "time_zone_offset": "-5",
                          "setup_status": "connected", "setup_tests": PASSED})
        self.assertEqual((list(data)[-1], data["config"]), ("config", SHOWN))

        told = self.json("GET", PATH)
        self.assertEqual(told["message"], "Destination details retrieved successfully")
        del data["setup_tests"]
        self.assertEqual(told["data"], data)
        self.assertEqual(self.stored("destination")["group_id"]["config"]["password"], "123456")

        changed = self.json("PATCH", PATH, {"region": "GCP_AUSTRALIA_SOUTHEAST1",
                                            "time_zone_offset": "+10",
                                            "config": {"port": 1433, "password": "654321"}})
        self.assertEqual(changed["message"], "Destination has been updated")
        self.assertEqual(changed["data"], {
            **data, "region": "GCP_AUSTRALIA_SOUTHEAST1", "time_zone_offset": "+10",
            "setup_tests": PASSED, "config": {**SHOWN, "port": "1433"}})
        self.assertEqual(self.stored("destination")["group_id"]["config"]["password"], "654321")

        self.assertEqual(self.json("DELETE", PATH),
                         {"code": "Success",
                          "message": "Destination with id 'group_id' has been deleted"})
        for method, path, body in (("GET", PATH, None), ("PATCH", PATH, {}), ("DELETE", PATH, None),
                                   ("POST", PATH + "/test", {})):
            self.assert_not_found(method, path, "Destination", "group_id", body)
        self.assertEqual(self.data("GET", "/v1/groups/group_id")["id"], "group_id")

    def test_defaults_are_those_that_fivetrans_client_asserts(self):
        made = self.make(region=None, run_setup_tests=False, time_zone_offset="+10",
                         daylight_saving_time_enabled=True)
        self.assertEqual((made["region"], made["setup_status"], made["setup_tests"],
                          made["networking_method"], made["daylight_saving_time_enabled"]),
                         ("GCP_US_EAST4", "incomplete", [], "Directly", True))
        self.assertEqual([made["private_link_id"], made["hybrid_deployment_agent_id"]], [None] * 2)
        self.assertEqual(made["config"], SHOWN)

    def test_setup_tests_make_it_connected(self):
        self.make(run_setup_tests=False)
        self.assertEqual(self.data("GET", PATH)["setup_status"], "incomplete")
        for body in ({"trust_certificates": True, "trust_fingerprints": True}, {}, None):
            told = self.json("POST", PATH + "/test", body)
            self.assertEqual(told["message"], "Setup tests have been completed")
            self.assertEqual((told["data"]["setup_status"], told["data"]["setup_tests"]),
                             ("connected", PASSED))
            self.assertEqual(told["data"]["config"]["password"], "******")
        self.assertEqual(self.data("GET", PATH)["setup_status"], "connected")

    def test_a_test_that_fails_can_be_asked_for(self):
        told = self.data("POST", "/v1/destinations", NEW, 201,
                         headers=[("Prefer", "code=201, example=tests_failed")])
        self.assertEqual((told["setup_status"], told["setup_tests"]),
                         ("incomplete", [{"title": "Connecting to SSH tunnel", "status": "FAILED",
                                          "message": "Auth fail"}]))

    def test_every_secret_is_masked(self):
        secrets = {name: "s3cret" for name in (
            "aws_secret_access_key", "oauth2_secret", "passphrase", "password", "private_key",
            "personal_access_token", "sasl_plain_secret", "schema_registry_api_secret",
            "secret_key", "secret_value", "storage_account_key")}
        self.make(config={**secrets, "user": "me"})
        for answer in (self.ask("GET", PATH), self.ask("GET", "/v1/destinations"),
                       self.ask("PATCH", PATH, {"config": {"password": "s3cret2"}}),
                       self.ask("POST", PATH + "/test", {})):
            self.assertEqual(answer.status, 200, answer)
            self.assertNotIn(b"s3cret", answer.raw)
            self.assertEqual(answer.raw.count(b'"******"'), len(secrets) + ("items" in str(answer)))

    def test_a_group_has_one_destination(self):
        self.make()
        self.assert_error("POST", "/v1/destinations", 409, "Conflict",
                          "Destination with same group already exists.", NEW)
        self.json("DELETE", PATH)
        self.make(service="big_query")
        self.assertEqual(self.data("GET", PATH)["service"], "big_query")

    def test_the_group_must_be_there(self):
        self.assert_error("POST", "/v1/destinations", 404, "NotFound",
                          "Destination with id nowhere not found", {**NEW, "group_id": "nowhere"})
        self.assertEqual(list(self.stored("destination")), ["_moonbeam"])

    def test_what_is_wrong_is_told_in_the_documents_words(self):
        for change, words in (
                ({"group_id": None}, "Field 'group_id' is required"),
                ({"group_id": ""}, "Field 'group_id' is required"),
                ({"service": "nonsense"}, "Unsupported service 'nonsense'"),
                ({"region": "MOON"}, "Group region not supported."),
                ({"time_zone_offset": "+13"}, "Invalid value of field 'time_zone_offset'"),
                ({"config": "x"}, "Invalid 'config' object"),
                ({"networking_method": "SSHTunnel"}, "Invalid value of field 'networking_method'"),
                ({"run_setup_tests": "yes"}, "Invalid value of field 'run_setup_tests'")):
            with self.subTest(words=words):
                self.assert_invalid("POST", "/v1/destinations", words, {**NEW, **change})
        for name in ("group_id", "service", "time_zone_offset"):
            body = {key: value for key, value in NEW.items() if key != name}
            self.assert_invalid("POST", "/v1/destinations", f"Field '{name}' is required", body)
        self.assert_invalid("PATCH", "/v1/destinations/_moonbeam", "Group region not supported.",
                            {"region": "MOON"})

    def test_a_value_that_the_enum_lacks_is_refused(self):
        words = "Invalid 'config' object"
        bad = {"connection_type": "SSHTunnel"}
        self.assert_invalid("POST", "/v1/destinations", words, {**NEW, "config": {**CONFIG, **bad}})
        self.assertNotIn("group_id", self.stored("destination"))
        self.make(config={**CONFIG, "connection_type": "Directly | PrivateLink"})
        self.assert_invalid("PATCH", PATH, words, {"config": {**bad, "user": "other"}})
        self.assertEqual(self.data("GET", PATH)["config"]["user"], CONFIG["user"])
        self.make(group_id=self.make_group(), service="clickhouse", config=bad)  # it has no such field

    def test_a_destination_that_connections_use_is_not_deleted(self):
        connection = {**json.loads(FIVETRAN_BODY), "group_id": "_moonbeam"}
        made = self.json("POST", "/v1/connections", connection, 201)
        path = "/v1/destinations/_moonbeam"
        self.assert_error("DELETE", path, 409, "Conflict", "Destination have attached connections.")
        self.json("DELETE", f"/v1/connections/{made['data']['id']}")
        self.json("DELETE", path)

    def test_destinations_come_in_pages(self):
        groups = ["_moonbeam"]
        for number in range(4):
            groups.append(self.make_group(f"g_{number}"))
            self.make(group_id=groups[-1])
        self.assert_pages("/v1/destinations", groups)
        self.assert_bad_pages("/v1/destinations")
        told = self.json("GET", "/v1/destinations")
        self.assertEqual(told["message"], "Destinations list retrieved successfully")
        self.assertNotIn("setup_tests", told["data"]["items"][0])

    def test_nothing_is_changed_without_permission(self):
        for key, status, told in ((None, 401, UNAUTHORIZED), ("forbidden-1", 403, FORBIDDEN)):
            for method, path, body in (("POST", "/v1/destinations", NEW),
                                       ("PATCH", "/v1/destinations/_moonbeam", {}),
                                       ("DELETE", "/v1/destinations/_moonbeam", None)):
                self.assertEqual(self.json(method, path, body, status, key=key), told)
        self.assertEqual(list(self.stored("destination")), ["_moonbeam"])


if __name__ == "__main__":
    unittest.main()
