"""The errors of a connection, and the connection that a destination brings."""

import unittest
import urllib.parse

from emulator import request
from fivetran import PLAIN, POSTGRES, START, FivetranTest, at


class ErrorsTest(FivetranTest):
    def errors(self, connection):
        return self.data("GET", f"/v1/connections/{connection}/errors")["items"]

    def change_access(self, connection):
        self.change(connection, config={"host": "other.test"})

    def fail_card(self, connection):
        card = self.data("POST", f"/v1/connections/{connection}/connect-card",
                         {"connect_card_config": {"redirect_uri": "https://your.site"}})["connect_card"]
        url = urllib.parse.urlsplit(card["uri"])
        request(self.emulator, "GET", f"{url.path}?{url.query}&auto=fail")

    def test_a_sync_that_fails_is_told_until_one_succeeds(self):
        connection = self.make()
        self.assertEqual(self.errors(connection), [])
        self.play(ends=["failed", "failed", "succeeded"], error="Source is unreachable")
        for seconds in (10, 20):
            self.sync(connection)
            self.wait("10s")
            self.assertEqual(self.errors(connection), [{
                "type": "unknown_sync_failure", "title": "Sync failed",
                "reason": "Source is unreachable", "message": "Source is unreachable",
                "created_at": at(seconds)}])
        self.sync(connection)
        self.wait("10s")
        self.assertEqual(self.errors(connection), [])

    def test_they_come_in_pages(self):
        connection = self.make()
        types = ["reconnect", "sync_warning", "unknown_sync_failure"]
        store = f"/sessions/{self.session}/store"
        kept = self.admin("GET", store)
        kept["resources"]["fivetran.connection_error"] = {f"{connection} {type}": {
            "type": type, "title": type, "reason": "", "message": type, "of": connection,
            "created_at": START} for type in types}
        self.admin("PUT", store, kept)
        self.assert_pages(f"/v1/connections/{connection}/errors", types, by="type")
        self.assert_not_found("GET", "/v1/connections/nowhere/errors", "Connection", "nowhere")

    def test_a_sync_that_warns_has_synced_and_is_told(self):
        connection = self.make()
        self.play(ends=["warned", "succeeded"], error="Skipped improperly formatted data")
        self.sync(connection)
        self.wait("10s")
        told = self.data("GET", f"/v1/connections/{connection}")
        self.assertEqual(told["succeeded_at"], at(10))
        self.assertEqual(told["status"]["warnings"], [
            {"code": "sync_warning", "message": "Skipped improperly formatted data"}])
        self.data("GET", f"/v1/connections/{connection}/schemas")
        self.assertEqual(self.errors(connection), [{
            "type": "sync_warning", "title": "Sync warning",
            "reason": "Skipped improperly formatted data",
            "message": "Skipped improperly formatted data", "created_at": at(10)}])
        self.sync(connection)
        self.wait("10s")
        self.assertEqual(self.errors(connection), [])
        self.assertEqual(self.data("GET", f"/v1/connections/{connection}")["status"]["warnings"], [])

    def test_what_breaks_asks_to_reconnect(self):
        connection = self.make(POSTGRES, trust_certificates=True)
        self.revoke_all(f"/v1/connections/{connection}/certificates")
        self.done("POST", f"/v1/connections/{connection}/test", {})
        reconnect = {"type": "reconnect", "title": "Reconnect", "reason": "Setup tests failed",
                     "message": "Reconnect", "created_at": START}
        self.assertEqual(self.errors(connection), [reconnect])
        for seconds, broken_by in ((10, self.change_access), (20, self.fail_card)):
            self.sync(connection)
            self.wait("10s")
            self.assertEqual(self.errors(connection), [])
            broken_by(connection)
            self.assertEqual(self.errors(connection), [{**reconnect, "created_at": at(seconds)}])
        self.assert_bad_pages(f"/v1/connections/{connection}/errors")
        self.done("DELETE", f"/v1/connections/{connection}")
        self.assert_not_found("GET", f"/v1/connections/{connection}/errors", "Connection", connection)
        self.assertEqual(self.stored("connection_error"), {})


class PlatformConnectorTest(FivetranTest):
    NEW = {"group_id": "group_id", "service": "snowflake", "time_zone_offset": "0", "config": {}}

    def test_a_new_destination_brings_it_where_the_account_has_it(self):
        account = self.stored("account")["_moonbeam_acc"]
        self.data("POST", "/v1/destinations", self.NEW, 201)
        self.assertEqual(self.data("GET", "/v1/groups/group_id/connections")["items"], [])
        self.done("DELETE", "/v1/destinations/group_id")
        self.admin("PUT", f"/sessions/{self.session}", {"seed_state": {"fivetran.account": {
            "_moonbeam_acc": {**account, "platform_connector": True}}}})
        self.assertEqual(self.data("GET", "/v1/account/info"), account)
        self.data("POST", "/v1/destinations", self.NEW, 201)
        made, = self.data("GET", "/v1/groups/group_id/connections")["items"]
        self.assertEqual((made["service"], made["schema"], made["sync_frequency"],
                          made["connected_by"]),
                         ("fivetran_log", "fivetran_metadata", 1440, "priceless_odour"))
        self.assert_error("DELETE", "/v1/destinations/group_id", 409, "Conflict",
                          "Destination have attached connections.")
        self.done("DELETE", f"/v1/connections/{made['id']}")
        self.done("DELETE", "/v1/destinations/group_id")


class SchemaTest(FivetranTest):
    def test_a_group_has_a_schema_once_where_the_account_says_so(self):
        self.make()
        self.make()  # unless it does, the documented example may be sent again
        account = self.stored("account")["_moonbeam_acc"]
        self.admin("PUT", f"/sessions/{self.session}", {"seed_state": {"fivetran.account": {
            "_moonbeam_acc": {**account, "unique_schemas": True}}}})
        self.assertEqual(self.data("GET", "/v1/account/info"), account)
        first = self.make()
        self.assert_error("POST", "/v1/connections", 409, "Conflict",
                          "Connection with same schema already exists.", PLAIN)
        self.make(group_id="_moonbeam")
        self.make(config={"schema": "other"})
        self.done("DELETE", f"/v1/connections/{first}")
        self.make()


if __name__ == "__main__":
    unittest.main()
