"""The limits of Fivetran's accounts, each within the next, and the words that clients saw."""

import base64
import unittest

from fivetran import PLAIN, UNAUTHORIZED, FivetranTest

CALLS = "Max {} api calls allowed in one-hour rolling time period"


class BudgetTest(FivetranTest):
    def room(self, answer):
        return (answer.headers["x-rate-limit"], answer.headers["x-rate-limit-remaining"])

    def test_trial_account(self):
        connection = self.make()
        self.scenario = "trial-account"
        path = f"/v1/connections/{connection}/test"
        for count in range(50):
            answer = self.ask("POST", path, {})
            self.assertEqual((answer.status, self.room(answer)), (200, ("500", str(499 - count))))
            self.wait("3s")
        refused = self.ask("POST", path, {})
        self.assertEqual((refused.status, refused.json()["message"], refused.headers["retry-after"]),
                         (429, "Max setup tests allowed in one-hour rolling time period", "3450"))
        # Of all calls there is room.
        self.assertEqual(self.room(self.ask("GET", f"/v1/connections/{connection}")), ("500", "449"))
        for _ in range(449):
            self.assertEqual(self.ask("GET", "/v1/groups").status, 200)
        self.assert_error("GET", "/v1/groups", 429, "TooManyRequests", CALLS.format(500))

    def test_a_source_is_asked_so_often_in_a_minute(self):
        connection = self.make()
        self.scenario = "trial-account"
        for _ in range(25):
            self.done("POST", f"/v1/connections/{connection}/schemas/reload", {})
        refused = self.ask("POST", f"/v1/connections/{connection}/test", {})
        self.assertEqual((refused.status, refused.headers["retry-after"]), (429, "60"))
        self.change(connection, paused=True)  # asks no source
        self.wait("1m")
        self.data("POST", f"/v1/connections/{connection}/test", {})

    def test_paid_account(self):
        self.scenario = "paid-account"
        connection = self.make()
        for _ in range(249):
            self.data("POST", f"/v1/connections/{connection}/test", {})
        refused = self.ask("POST", "/v1/connections", PLAIN)
        self.assertEqual((refused.status, refused.headers["x-rate-limit"]), (429, "250"))
        answer = self.ask("POST", "/v1/connections", {**PLAIN, "run_setup_tests": False})
        self.assertEqual((answer.status, self.room(answer)), (201, ("20000", "19749")))

    def test_private_links_are_made_so_often_in_an_hour(self):
        link = {"name": "link", "service": "SOURCE_AWS", "region": "AWS_US_EAST_1",
                "config": {"connection_service_name": "com.amazonaws.vpce.us-east-1.vpce-svc-1"}}
        for scenario, allowed in (("trial-account", 1), ("paid-account", 5)):
            with self.subTest(scenario):
                self.session = f"private-links-{scenario}"
                self.scenario = scenario
                for _ in range(allowed):
                    self.data("POST", "/v1/private-links", link, 201)
                refused = self.ask("POST", "/v1/private-links", link)
                self.assertEqual((refused.status, refused.json()["message"]), (
                    429, "Max private link creation calls allowed in one-hour rolling time period"))
                self.wait("1h")
                self.data("POST", "/v1/private-links", link, 201)

    def test_the_words_that_users_saw(self):
        self.scenario = self.define_whole(rules=[
            {"match": {"operation": "fivetran.list_all_groups"},
             "play": [{"outcome": "rate_limited", "times": "forever"}]}])
        self.assert_error("GET", "/v1/groups", 429, "TooManyRequests", CALLS.format(20000))


class CallTest(FivetranTest):
    def test_the_metadata_call_is_gone(self):
        connection = self.make()
        for listing in ("tables", "columns", "schemas"):
            answer = self.ask("GET", f"/v1/metadata/connectors/{connection}/{listing}")
            self.assertEqual((answer.status, answer.json()["code"]), (404, "NotFound"))
            self.assertTrue(answer.json()["message"].startswith("Metadata API is deprecated. You"))

    def test_a_connection_that_is_not_there_in_the_words_that_users_saw(self):
        answer = self.ask("GET", "/v1/connections/nowhere",
                          headers=[("Prefer", "code=404, example=entity")])
        self.assert_refused(answer, 404, "NotFound_Connector",
                            "Cannot find entity 'Connector' with id 'nowhere'")

    def test_a_change_of_schemas_can_meet_the_conflict_that_the_provider_tries_again_after(self):
        self.scenario = self.define_whole(rules=[
            {"match": {"operation": "fivetran.modify_connection_schema_config"},
             "play": [{"outcome": "conflict"}]}])
        path = f"/v1/connections/{self.make()}/schemas"
        self.data("POST", path + "/reload", {})
        change = {"schema_change_handling": "BLOCK_ALL"}
        self.assert_error("PATCH", path, 409, "Conflict", "Optimistic lock conflict", change)
        self.assertNotEqual(self.data("GET", path)["schema_change_handling"], "BLOCK_ALL")
        self.assertEqual(self.data("PATCH", path, change)["schema_change_handling"], "BLOCK_ALL")

    def test_basic_needs_a_name_and_a_secret(self):
        for pair in ("", "my-key", "my-key:", ":my-secret", ":"):
            value = "Basic " + base64.b64encode(pair.encode()).decode()
            answer = self.ask("GET", "/v1/groups", headers=[("Authorization", value)], key=None)
            self.assertEqual((answer.status, answer.json()), (401, UNAUTHORIZED), pair)


class SyncTest(FivetranTest):
    def test_the_first_sync_finds_the_schema_as_a_reload_does(self):
        reloaded, synced = self.make(), self.make()
        self.done("POST", f"/v1/connections/{reloaded}/schemas/reload", {})
        path = f"/v1/connections/{synced}/schemas"
        self.assertEqual(self.ask("GET", path).json()["code"], "NotFound_SchemaConfig")
        self.sync(synced)
        self.wait("10s")
        self.assertEqual(self.data("GET", path),
                         self.data("GET", f"/v1/connections/{reloaded}/schemas"))

    def test_it_keeps_what_was_set_up_before(self):
        connection = self.make()
        path = f"/v1/connections/{connection}/schemas"
        self.data("POST", path, {"schema_change_handling": "ALLOW_COLUMNS", "schemas": {
            "public": {"tables": {"orders": {"enabled": False}}}}})
        self.sync(connection)
        self.wait("10s")
        now = self.data("GET", path)
        self.assertEqual(now["schema_change_handling"], "ALLOW_COLUMNS")
        self.assertEqual({name: table["enabled"]
                          for name, table in now["schemas"]["public"]["tables"].items()},
                         {"customers": True, "orders": False})

    def test_a_service_may_have_a_source_of_its_own(self):
        store = self.admin("GET", f"/sessions/{self.session}/store")["resources"]
        shop = store["fivetran.source_schema"]["any"]
        own = {"source": {"crm": shop["source"]["public"]},
               "schemas": {"crm": {**shop["schemas"]["public"], "name_in_destination": "crm"}}}
        self.admin("PUT", f"/sessions/{self.session}",
                   {"seed_state": {"fivetran.source_schema": {"any": shop, "google_ads": own}}})
        connection = self.make()
        self.sync(connection)
        self.wait("10s")
        path = f"/v1/connections/{connection}/schemas"
        self.assertEqual(list(self.data("GET", path)["schemas"]), ["crm"])
        self.assertEqual(list(self.data("POST", path + "/reload", {})["schemas"]), ["crm"])

    def test_a_resync_of_a_table_that_is_not_there_is_told(self):
        connection = self.make()
        for path, wrap in (("resync", lambda tables: {"scope": tables}),
                           ("schemas/tables/resync", lambda tables: tables)):
            path = f"/v1/connections/{connection}/{path}"
            self.done("POST", path, wrap({"anything": ["goes"]}))
            self.wait("10s")
            self.done("POST", path, wrap({"public": ["orders"]}))
            self.wait("10s")
            for tables, name in (({"public": ["orders", "nope"]}, "public.nope"),
                                 ({"nowhere": ["orders"]}, "nowhere.orders")):
                self.assert_invalid("POST", path, f"Table '{name}' is not in the connection's "
                                    "schema config", wrap(tables))
            self.admin("PUT", f"/sessions/{self.session}/store", {"resources": {
                **self.admin("GET", f"/sessions/{self.session}/store")["resources"],
                "fivetran.schema_config": {}}})

    def test_ends_are_taken_in_turn(self):
        first, second = self.make(schedule_type="manual"), self.make(schedule_type="manual")
        self.play(ends=["rescheduled", "succeeded"])
        states = []
        for connection in (first, second, first, first):
            self.sync(connection)
            self.wait("10s")
            states.append(self.sync_state(connection))
        self.assertEqual(states, ["rescheduled", "rescheduled", "scheduled", "scheduled"])

    def test_a_list_tells_a_wait_in_the_clients_time(self):
        self.admin("PUT", f"/sessions/{self.session}", {"clock": "now@60"})
        connection = self.make()
        self.play(ends="rescheduled", takes="0s")
        self.sync(connection)
        listed, = self.data("GET", "/v1/connections")["items"]
        wait = listed["status"]["rescheduled_for"]
        self.assertLess(wait[:4], "2100")
        self.assertEqual(self.read(connection)["status"]["rescheduled_for"][:15], wait[:15])


if __name__ == "__main__":
    unittest.main()
