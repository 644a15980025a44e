"""What the published schema of a service does to the config of its connections."""

import contextlib
import pathlib
import tempfile
import unittest

from emulator import TREE, Emulator
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
        self.assertEqual(self.config("braze").get("s3external_id"), "group_id")
        self.assertEqual(self.config("salesforce_marketing_cloud").get("sftp_public_key"), key)

    def test_what_the_source_is_to_be_told_is_there(self):
        account = self.data("GET", "/v1/groups/group_id/service-account")["service_account"]
        self.assertEqual(self.config("google_drive", table_group_name="t")["service_account"], account)
        made = self.data("POST", "/v1/connections", {
            "group_id": "group_id", "service": "snowplow", "config": {"schema": "s"}}, 201)
        self.assertEqual(made["config"]["endpoint"], f"webhooks.fivetran.com/snowplow/{made['id']}")
        for service in ("branch", "pipedrive", "segment", "xero"):
            self.assertIn(f"https://webhooks.fivetran.com/{service}/",
                          self.config(service)["webhook_url"])

    def test_defaults_are_filled_in(self):
        config = self.config("itunes_connect")
        self.assertEqual((config["timeframe_months"], config["app_sync_mode"]), ("TWELVE", "AllApps"))
        self.assertEqual(self.config("itunes_connect", timeframe_months="SIX")["timeframe_months"],
                         "SIX")

    def test_the_defaults_that_descriptions_name_in_their_own_words(self):
        schema_of = {"google_ads": "schema", "sql_server": "schema_prefix", "mysql": "schema_prefix",
                     "mongo": "schema_prefix", "bigquery_db": "schema_prefix"}
        for service, defaults in (
                ("google_ads", {"skip_empty_reports": True, "timeframe_months": "TWELVE"}),
                ("sql_server", {"update_method": "NATIVE_UPDATE", "binary_log_truncater": "FIVETRAN",
                                "binary_log_type": "ONLINE", "tde_setting": "OFF"}),
                ("mysql", {"update_method": "BINLOG"}),
                ("marketo", {"historical_sync_limit": "ALL_TIME", "api_quota": 10000}),
                ("mongo", {"binary_representation": "Base64",
                           "packing_mode": "UseUnpackedModeOnly"}),
                ("intercom", {"data_region": ""}),
                ("zuora", {"environment": "Sandbox"}),
                ("splunk", {"rollback_window": 2}),
                ("servicenow", {"rollback_window": 0}),
                ("pardot", {"rest_api_limit": 150000, "time_zone": "GMT+00:00",
                            "historical_sync_limit_time_frame": "ALL_TIME"}),
                ("bigquery_db", {"use_service_account": False, "use_workspace": False}),
                ("tiktok_ads", {"attribution_window_size": "SEVEN"}),
                ("azure_service_bus", {"subscriber_name": "fivetran_sub_s"})):
            with self.subTest(service=service):
                config = self.config(service, **{schema_of.get(service, "schema"): "s"})
                self.assertEqual({name: config.get(name) for name in defaults}, defaults)

    def test_a_default_stands_for_null_too(self):
        made = self.make({**POSTGRES, "service": "mysql",
                          "config": {"schema_prefix": "p", "update_method": None}})
        self.assertEqual(self.read(made)["config"]["update_method"], "BINLOG")
        self.assertEqual(self.change(made, config={"update_method": "TELEPORT"})
                         ["config"]["update_method"], "TELEPORT")
        self.assertEqual(self.change(made, config={"update_method": None})
                         ["config"]["update_method"], "BINLOG")

    def test_items_of_lists_have_defaults_too(self):
        config = self.config("klaviyo", reports=[{"table": "a"},
                                                 {"table": "b", "rollback_window_in_days": 7}])
        self.assertEqual([one["rollback_window_in_days"] for one in config["reports"]], [5, 7])
        self.assertNotIn("reports", self.config("klaviyo"))

    @contextlib.contextmanager
    def own_types(self, was, becomes):
        """A server whose file says `becomes` for `was`."""
        file = "fivetran/connector_types.yaml"
        text = (TREE / "fixtures" / file).read_text()
        self.assertIn(f"\n{was}\n", text)
        with tempfile.TemporaryDirectory() as folder:
            own = pathlib.Path(folder) / file
            own.parent.mkdir()
            own.write_text(text.replace(f"\n{was}\n", f"\n{becomes}\n"))
            with Emulator(*self.OPTIONS, "--fixtures", folder) as emulator:
                shared, self.emulator = self.emulator, emulator
                try:
                    yield
                finally:
                    self.emulator = shared

    REPORTS = [{"name": "a", "nonsense": "x", "api_token": "hush"}]
    MASKED = {"name": "a", "api_token": "******", "rollback_window_in_days": 5}

    def test_what_is_no_field_is_shown_as_it_was_sent(self):
        config = self.config("google_ads", customer_id="c", nonsense=18446744073709551616)
        self.assertEqual((config["customer_id"], config["nonsense"]), ("c", 18446744073709551616))
        config = self.config("klaviyo", reports=self.REPORTS)
        self.assertEqual(config["reports"], [{**self.MASKED, "nonsense": "x"}])

    def test_what_is_no_field_is_dropped_where_the_file_says_so(self):
        with self.own_types("strangers: shown", "strangers: dropped"):
            config = self.config("google_ads", customer_id="c", nonsense="x")
            self.assertEqual((config["customer_id"], "nonsense" in config), ("c", False))
            made = self.make()
            config = self.change(made, config={"customer_id": "d", "nonsense": "x"})["config"]
            self.assertEqual((config["customer_id"], "nonsense" in config), ("d", False))
            config = self.config("klaviyo", reports=self.REPORTS)
            self.assertEqual(config["reports"], [self.MASKED])
            config = self.config("amplitude", aws_credentials={"bucket_name": "b", "nonsense": "x"})
            self.assertNotIn("nonsense", config["aws_credentials"])

    def test_a_value_that_the_enum_lacks_is_refused(self):
        body = {**POSTGRES, "config": {"schema_prefix": "p", "connection_type": "SSHTunnel"}}
        self.assert_invalid("POST", "/v1/connections", INVALID, body)
        connection = self.make(POSTGRES)
        self.assert_invalid("PATCH", f"/v1/connections/{connection}", INVALID,
                            {"config": {"connection_type": "SSHTunnel"}})
        for value in ("SshTunnel", None):
            self.change(connection, config={"connection_type": value})

    def test_every_value_is_taken_where_the_file_says_so(self):
        with self.own_types("enums: checked", "enums: taken"):
            self.assertEqual(self.config("google_ads", sync_mode="Whatever")["sync_mode"], "Whatever")

    def test_a_value_that_lists_the_alternatives_is_taken(self):
        config = self.config("azure_service_bus", sync_type="Unpacked | Packed",
                             message_type="Avro | Json | Text | Protobuf | Xml")
        self.assertEqual(config["sync_type"], "Unpacked | Packed")
        self.assert_invalid("POST", "/v1/connections", INVALID, {
            "group_id": "g", "service": "azure_service_bus",
            "config": {"schema": "s", "sync_type": "One | Other"}})

    def test_what_looks_like_a_secret_is_masked(self):
        config = self.config("google_ads", api_token="hush", my_password="hush", customer_id="c",
                             tokens=["hush"])
        names = ("api_token", "my_password", "customer_id", "tokens")
        self.assertEqual({name: config[name] for name in names},
                         {"api_token": "******", "my_password": "******", "customer_id": "c",
                          "tokens": "******"})


if __name__ == "__main__":
    unittest.main()
