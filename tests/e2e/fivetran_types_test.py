"""What the published schema of a service does to the config of its connections."""

import unittest

from fivetran import POSTGRES, FivetranTest

INVALID = "Invalid 'config' object"


class TypesTest(FivetranTest):
    def config(self, service, **config):
        made = self.data("POST", "/v1/connections", {
            "group_id": "group_id", "service": service, "config": {"schema": "s", **config}}, 201)
        return made["config"]

    def test_what_only_answers_have_is_there(self):
        key = self.data("GET", "/v1/groups/group_id/public-key")["public_key"]
        self.assertEqual(self.read(self.make(POSTGRES))["config"]["public_key"], key)
        self.assertEqual(self.config("aws_cloudtrail", table="t").get("external_id"), "group_id")

    def test_defaults_are_filled_in(self):
        config = self.config("itunes_connect")
        self.assertEqual((config["timeframe_months"], config["app_sync_mode"]), ("TWELVE", "AllApps"))
        self.assertEqual(self.config("itunes_connect", timeframe_months="SIX")["timeframe_months"],
                         "SIX")

    def test_a_value_that_the_enum_lacks_is_refused(self):
        body = {**POSTGRES, "config": {"schema_prefix": "p", "connection_type": "SSHTunnel"}}
        self.assert_invalid("POST", "/v1/connections", INVALID, body)
        connection = self.make(POSTGRES)
        self.assert_invalid("PATCH", f"/v1/connections/{connection}", INVALID,
                            {"config": {"connection_type": "SSHTunnel"}})
        for value in ("SshTunnel", None):
            self.change(connection, config={"connection_type": value})

    def test_a_value_that_lists_the_alternatives_is_taken(self):
        config = self.config("azure_service_bus", sync_type="Unpacked | Packed",
                             message_type="Avro | Json | Text | Protobuf | Xml")
        self.assertEqual(config["sync_type"], "Unpacked | Packed")
        self.assert_invalid("POST", "/v1/connections", INVALID, {
            "group_id": "g", "service": "azure_service_bus",
            "config": {"schema": "s", "sync_type": "One | Other"}})

    def test_what_looks_like_a_secret_is_masked(self):
        config = self.config("google_ads", api_token="hush", my_password="hush", customer_id="c")
        self.assertEqual({name: config[name] for name in ("api_token", "my_password", "customer_id")},
                         {"api_token": "******", "my_password": "******", "customer_id": "c"})


if __name__ == "__main__":
    unittest.main()
