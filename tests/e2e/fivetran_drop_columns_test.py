"""Columns that Fivetran drops from the destination, and the re-sync of one table."""

import unittest

from fivetran import PLAIN, FivetranTest, error

ORDERS = "/public/tables/orders"


class DropColumnsTest(FivetranTest):
    def setUp(self):
        super().setUp()
        self.connection = self.make(PLAIN)
        self.path = f"/v1/connections/{self.connection}/schemas"
        self.done("POST", self.path + "/reload", {})

    def block(self, *columns):
        for column in columns:
            self.done("PATCH", f"{self.path}{ORDERS}/columns/{column}", {"enabled": False})

    def drop(self, *columns, status=200, schema="public", table="orders"):
        body = {"schemas": {schema: {"tables": {table: {"columns": list(columns)}}}}}
        return self.json("POST", self.path + "/drop-columns", body, status)

    def delete(self, column, status=200, of=ORDERS):
        return self.json("DELETE", f"{self.path}{of}/columns/{column}", status=status)

    def columns(self):
        return list(self.data("GET", f"{self.path}{ORDERS}/columns")["columns"])

    def of_config(self):
        config = self.data("GET", self.path)
        self.assertNotIn("dropping", config)
        return list(config["schemas"]["public"]["tables"]["orders"]["columns"])

    def synced(self):
        self.sync(self.connection, force=True)
        self.wait("10s")

    def test_the_next_sync_drops_them(self):
        self.block("amount", "ordered_at", "customer_id")
        self.assertEqual(self.drop("amount", "ordered_at"), {
            "code": "Success", "message": "Column(s) successfully marked for deletion"})
        self.assertEqual(self.delete("customer_id"), {
            "code": "Success", "message": "Column successfully marked for deletion"})
        self.assertEqual(len(self.columns()), 4)
        self.synced()
        self.assertEqual(self.columns(), ["id"])
        self.assertEqual(self.of_config(), [])
        self.delete("amount", 404)
        self.done("POST", self.path + "/reload", {})
        self.assertEqual(len(self.columns()), 4)  # the source still has them
        self.assertEqual(self.of_config(), [])

    def test_a_sync_that_fails_drops_nothing(self):
        self.play(ends="failed")
        self.block("amount")
        self.delete("amount")
        self.synced()
        self.assertEqual(self.of_config(), ["amount"])

    def test_a_column_that_is_synced_stays(self):
        refused = error("Conflict", "Column not in blocked state error")
        self.block("amount")
        self.assertEqual(self.drop("amount", "ordered_at", status=409), refused)
        self.assertEqual(self.delete("ordered_at", 409), refused)
        self.synced()
        self.assertIn("amount", self.columns())  # all of them, or none

    def test_a_locked_column_stays(self):
        refused = error("InvalidInput", "The 'enabled' property cannot be updated")
        self.assertEqual(self.drop("id", status=400), refused)
        self.assertEqual(self.delete("id", 400), refused)

    def test_names_are_told_apart_by_case(self):
        self.block("amount")
        for changes, what, name in (({"schema": "Public"}, "Schema", "Public"),
                                    ({"table": "Orders"}, "Table", "Orders")):
            self.assertEqual(self.drop("amount", status=404, **changes), error(
                f"NotFound_{what}", f"{what} with name '{name}' does not exist."))
        gone = error("NotFound_Column", "Column with name 'Amount' does not exist.")
        self.assertEqual(self.drop("Amount", status=404), gone)
        self.assertEqual(self.delete("Amount", 404), gone)
        self.assertEqual(self.delete("amount", 404, "/Public/tables/orders"), error(
            "NotFound_Schema", "Schema with name 'Public' does not exist."))

    def test_what_names_no_column_is_refused(self):
        for body in ({}, {"schemas": {}}, {"schemas": {"public": {"tables": {}}}},
                     {"schemas": {"public": {"tables": {"orders": {"columns": []}}}}},
                     {"schemas": {"public": {}}}, {"schemas": 5}):
            with self.subTest(body=body):
                self.assert_invalid("POST", self.path + "/drop-columns", "Bad request", body)

    def test_without_a_config_or_a_connection_there_is_nothing(self):
        other = self.make(PLAIN, config={"schema": "other"})
        path = f"/v1/connections/{other}/schemas"
        body = {"schemas": {"public": {"tables": {"orders": {"columns": ["amount"]}}}}}
        self.assert_error("POST", path + "/drop-columns", 404, "NotFound_SchemaConfig",
                          f"Connection with id '{other}' doesn't have schema config", body)
        self.assert_error("DELETE", f"{path}{ORDERS}/columns/amount", 404, "NotFound_SchemaConfig",
                          f"Connection with id '{other}' doesn't have schema config")
        self.assert_not_found("POST", "/v1/connections/nobody/schemas/drop-columns", "Connection",
                              "nobody", body)


class TableResyncTest(FivetranTest):
    def test_one_table_is_synced_anew_as_the_client_for_go_asks(self):
        connection = self.make(PLAIN)
        path = f"/v1/connections/{connection}/schemas"
        self.done("POST", path + "/reload", {})
        self.assertEqual(self.json("POST", f"{path}{ORDERS}/resync"), {
            "code": "Success", "message": "Re-sync has been triggered successfully"})
        self.assertEqual(self.sync_state(connection), "syncing")
        self.assertEqual(self.ask("POST", f"{path}{ORDERS}/resync").status, 409)
        self.wait("10s")
        self.assert_invalid("POST", f"{path}/public/tables/nothing/resync",
                            "Table 'public.nothing' is not in the connection's schema config")
        self.assert_not_found("POST", f"/v1/connections/nobody/schemas{ORDERS}/resync",
                              "Connection", "nobody")


if __name__ == "__main__":
    unittest.main()
