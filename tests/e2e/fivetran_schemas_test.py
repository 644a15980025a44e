"""Fivetran's schema configs: what a connection syncs of its source."""

import unittest

from fivetran import PLAIN, POSTGRES, FivetranTest

NOT_CONNECTED = ("We expected the connector's setup state ('status.setup_state') to be "
                 "'connected', but it was '{}'. Please configure the connector and perform the "
                 "setup tests.")
SYSTEM = {"allowed": False, "reason_code": "SYSTEM_COLUMN"}


def column(name, enabled=True, hashed=False, key=False):
    return {"name_in_destination": name, "enabled": enabled, "hashed": hashed,
            "enabled_patch_settings": SYSTEM if key else {"allowed": True}, "is_primary_key": key}


def table(name, enabled=True, mode="SOFT_DELETE", **columns):
    return {"sync_mode": mode, "name_in_destination": name, "enabled": enabled, "columns": columns,
            "enabled_patch_settings": {"allowed": True}, "supports_columns_config": True,
            "supports_history_mode": True}


def schema(name, enabled=True, **tables):
    return {"name_in_destination": name, "enabled": enabled, "tables": tables}


CANNED = {"enable_new_by_default": True,
          "schemas": {"public": schema("public", customers=table("customers"),
                                       orders=table("orders"))},
          "schema_change_handling": "ALLOW_ALL"}


class SchemaTest(FivetranTest):
    def setUp(self):
        super().setUp()
        self.connection = self.make(POSTGRES, trust_certificates=True)
        self.path = f"/v1/connections/{self.connection}/schemas"

    def reload(self, **body):
        return self.done("POST", self.path + "/reload", body)["data"]

    def patch(self, path, **body):
        """The whole config, as the change of a part shows it."""
        return self.done("PATCH", self.path + path, body)["data"]

    def config(self):
        return self.done("GET", self.path)["data"]

    def columns(self, of="/public/tables/orders"):
        return self.done("GET", f"{self.path}{of}/columns")["data"]["columns"]


class ReloadTest(SchemaTest):
    def test_before_a_reload_there_is_no_config(self):
        message = f"Connection with id '{self.connection}' doesn't have schema config"
        for method, path, body in (("GET", "", None), ("PATCH", "", {"schemas": {}}),
                                   ("PATCH", "/public", {"enabled": True}),
                                   ("PATCH", "/public/tables/orders", {"enabled": True}),
                                   ("PATCH", "/public/tables/orders/columns/id", {"hashed": True}),
                                   ("GET", "/public/tables/orders/columns", None)):
            with self.subTest(method=method, path=path):
                self.assert_refused(self.ask(method, self.path + path, body), 404,
                                    "NotFound_SchemaConfig", message)

    def test_a_reload_finds_a_schema_with_two_tables(self):
        self.assertEqual(self.done("POST", self.path + "/reload", {}), {
            "code": "Success", "message": "Schema configuration has been reloaded", "data": CANNED})
        self.assertEqual(self.done("GET", self.path), {
            "code": "Success", "message": "Schema configuration retrieved successfully",
            "data": CANNED})

    def test_a_reload_needs_no_body(self):
        self.assertEqual(self.done("POST", self.path + "/reload")["data"], CANNED)

    def test_exclude_and_include_switch_every_schema_and_table(self):
        off = {**CANNED, "schemas": {"public": schema(
            "public", False, customers=table("customers", False), orders=table("orders", False))}}
        for mode, found in (("EXCLUDE", off), ("PRESERVE", off), (None, off), ("INCLUDE", CANNED)):
            self.assertEqual(self.reload(exclude_mode=mode), found)
            self.assertEqual(self.config(), found)

    def test_a_reload_keeps_what_the_user_set(self):
        self.reload()
        self.patch("/public/tables/orders", enabled=False, columns={"amount": {"hashed": True}})
        before = self.config()
        self.assertEqual(self.reload(), before)
        self.assertEqual(self.reload(exclude_mode="PRESERVE"), before)

    def test_another_mode_is_none(self):
        self.assert_refused(self.ask("POST", self.path + "/reload", {"exclude_mode": "exclude"}),
                            400, "InvalidInput", "Invalid value of field 'exclude_mode'")

    def test_each_connection_has_its_own(self):
        self.reload()
        other = self.make()
        answer = self.ask("GET", f"/v1/connections/{other}/schemas")
        self.assertEqual(answer.json()["code"], "NotFound_SchemaConfig")

    def test_a_deleted_connection_takes_it_along(self):
        self.reload()
        self.done("DELETE", f"/v1/connections/{self.connection}")
        store = self.admin("GET", f"/sessions/{self.session}/store")["resources"]
        self.assertFalse(store.get("fivetran.schema_config"))


class NotConnectedTest(SchemaTest):
    CALLS = [("POST", "/reload", {}), ("PATCH", "", {"schemas": {}}),
             ("PATCH", "/public", {"enabled": True}),
             ("PATCH", "/public/tables/orders", {"enabled": True}),
             ("PATCH", "/public/tables/orders/columns/id", {"hashed": True}),
             ("GET", "/public/tables/orders/columns", None)]

    def test_a_connection_must_be_set_up(self):
        connection = self.make(PLAIN, run_setup_tests=False)
        for method, path, body in self.CALLS:
            with self.subTest(method=method, path=path):
                answer = self.ask(method, f"/v1/connections/{connection}/schemas{path}", body)
                self.assert_refused(answer, 400, "InvalidInput", NOT_CONNECTED.format("incomplete"))

    def test_a_broken_one_is_told_so(self):
        self.reload()
        self.revoke_all(f"/v1/connections/{self.connection}/certificates")
        self.done("POST", f"/v1/connections/{self.connection}/test", {})
        self.assert_refused(self.ask("POST", self.path + "/reload", {}), 400, "InvalidInput",
                            NOT_CONNECTED.format("broken"))
        self.assertEqual(self.config(), CANNED)


class ChangeTest(SchemaTest):
    def setUp(self):
        super().setUp()
        self.reload()

    def test_a_schema(self):
        answer = self.done("PATCH", self.path + "/public", {"enabled": False})
        self.assertEqual(answer["message"], "Database schema configuration has been modified")
        self.assertEqual(answer["data"], {**CANNED, "schemas": {"public": schema(
            "public", False, customers=table("customers"), orders=table("orders"))}})
        self.assertEqual(self.config(), answer["data"])

    def test_a_table(self):
        answer = self.done("PATCH", self.path + "/public/tables/orders",
                           {"enabled": False, "sync_mode": "HISTORY"})
        self.assertEqual(answer["message"], "Table configuration has been modified")
        self.assertEqual(answer["data"]["schemas"]["public"]["tables"], {
            "customers": table("customers"), "orders": table("orders", False, "HISTORY")})
        self.assertEqual(self.config(), answer["data"])

    def test_a_column_shows_once_it_was_set(self):
        answer = self.done("PATCH", self.path + "/public/tables/orders/columns/amount",
                           {"enabled": True, "hashed": True})
        self.assertEqual(answer["message"], "Column configuration has been modified")
        self.assertEqual(answer["data"]["schemas"]["public"]["tables"]["orders"],
                         table("orders", amount=column("amount", hashed=True)))
        self.assertEqual(self.config(), answer["data"])

    def test_all_at_once(self):
        answer = self.done("PATCH", self.path, {
            "schema_change_handling": "BLOCK_ALL", "is_type_locked": True,
            "schemas": {"public": {"enabled": True, "tables": {
                "customers": {"enabled": True, "columns": {"email": {"enabled": False}}},
                "orders": {"enabled": False}}}}})
        self.assertEqual(answer["message"], "Schema configuration has been modified")
        self.assertEqual(answer["data"], {
            "enable_new_by_default": False,
            "schemas": {"public": schema(
                "public", customers=table("customers", email=column("email", False)),
                orders=table("orders", False))},
            "schema_change_handling": "BLOCK_ALL"})
        self.assertEqual(self.config(), answer["data"])

    def test_how_changes_of_the_source_are_handled(self):
        for handling, by_default in (("ALLOW_COLUMNS", False), ("BLOCK_ALL", False),
                                     ("ALLOW_ALL", True)):
            data = self.patch("", schema_change_handling=handling)
            self.assertEqual((data["schema_change_handling"], data["enable_new_by_default"]),
                             (handling, by_default))
        self.assert_refused(self.ask("PATCH", self.path, {"schema_change_handling": "ALL"}), 400,
                            "InvalidInput", "Invalid value of field 'schema_change_handling'")

    def test_names_that_the_source_does_not_have(self):
        on, hashed = {"enabled": True}, {"hashed": True}
        for path, body, code, message in (
                ("/Public", on, "NotFound_Schema", "Schema with name 'Public' does not exist."),
                ("/x/tables/orders", on, "NotFound_Schema", "Schema with name 'x' does not exist."),
                ("/public/tables/Orders", on, "NotFound_Table",
                 "Table with name 'Orders' does not exist."),
                ("/public/tables/x/columns/id", hashed, "NotFound_Table",
                 "Table with name 'x' does not exist."),
                ("/public/tables/orders/columns/ID", hashed, "NotFound_Column",
                 "Column with name 'ID' does not exist.")):
            with self.subTest(path=path):
                self.assert_refused(self.ask("PATCH", self.path + path, body), 404, code, message)
        self.assertEqual(self.config(), CANNED)

    def test_what_the_whole_config_names_is_made(self):
        data = self.patch("", schemas={"Audit": {"enabled": True, "tables": {
            "Log": {"enabled": False, "columns": {"Line": {"enabled": True, "hashed": True}}}}}})
        line = column("line", hashed=True)
        del line["is_primary_key"]
        made = data["schemas"]["Audit"]
        made["tables"]["Log"]["columns"]["Line"].pop("is_primary_key", None)
        self.assertEqual(made, schema("audit", Log=table("log", False, Line=line)))
        self.assertEqual(list(data["schemas"]), ["public", "Audit"])

    def test_values_that_are_none(self):
        for path, body, field in (("", {"schemas": []}, "schemas"),
                                  ("", {"schemas": {"public": {"enabled": "on"}}},
                                   "schemas.public.enabled"),
                                  ("/public", {"enabled": 1}, "enabled"),
                                  ("/public/tables/orders", {"sync_mode": "soft"}, "sync_mode"),
                                  ("/public/tables/orders/columns/id", {"hashed": "no"}, "hashed")):
            self.assert_refused(self.ask("PATCH", self.path + path, body), 400, "InvalidInput",
                                f"Invalid value of field '{field}'")
        self.assert_refused(self.ask("PATCH", self.path), 400, "InvalidInput",
                            "Request body is required")

    def test_what_the_source_does_not_let_be_switched(self):
        self.put_config({"public": schema("public", log={
            **table("log"), "enabled_patch_settings": {"allowed": False,
                                                       "reason_code": "SYSTEM_TABLE"}})})
        self.assert_refused(self.ask("PATCH", self.path + "/public/tables/log", {"enabled": False}),
                            400, "InvalidInput", "The 'enabled' property cannot be updated")

    def test_a_locked_column_is_not_changed(self):
        whole = {"columns": {"id": {"enabled": False}}}
        for path, body in (
                ("/public/tables/orders/columns/id", {"enabled": False}),
                ("/public/tables/orders/columns/id", {"hashed": True}),
                ("/public/tables/orders", whole),
                ("/public", {"tables": {"orders": whole}}),
                ("", {"schemas": {"public": {"tables": {"orders": whole}}}})):
            self.assert_refused(self.ask("PATCH", self.path + path, body), 400, "InvalidInput",
                                "The 'enabled' property cannot be updated")
        # Who sends back what was read changes nothing.
        self.done("PATCH", self.path + "/public/tables/orders/columns/id",
                  {"enabled": True, "hashed": False})
        self.done("PATCH", self.path + "/public/tables/orders/columns/amount", {"enabled": False})

    def test_a_table_whose_columns_cannot_be_chosen(self):
        self.put_config({"public": schema("public", orders={
            **table("orders"), "supports_columns_config": False})})
        message = "Table `orders` of schema `public` doesn't supports columns configuration"
        for path, body in (
                ("/public/tables/orders/columns/id", {"enabled": False}),
                ("/public/tables/orders", {"columns": {"id": {"enabled": False}}}),
                ("", {"schemas": {"public": {"tables": {"orders": {"columns": {
                    "id": {"enabled": False}}}}}}})):
            self.assert_refused(self.ask("PATCH", self.path + path, body), 400, "InvalidInput",
                                message)

    def put_config(self, schemas):
        """Another config in the store, in place of the canned one."""
        store = self.admin("GET", f"/sessions/{self.session}/store")
        config = store["resources"]["fivetran.schema_config"][self.connection]
        config["schemas"] = schemas
        self.admin("PUT", f"/sessions/{self.session}/store", store)


class ColumnsTest(SchemaTest):
    def setUp(self):
        super().setUp()
        self.reload()

    def test_all_columns_of_the_source_are_listed(self):
        answer = self.done("GET", self.path + "/public/tables/orders/columns")
        self.assertEqual(answer, {
            "code": "Success", "message": "Column configuration retrieved successfully",
            "data": {"columns": {"id": column("id", key=True), "customer_id": column("customer_id"),
                                 "amount": column("amount"), "ordered_at": column("ordered_at")}}})

    def test_with_what_the_user_set(self):
        self.patch("/public/tables/orders/columns/amount", enabled=False)
        self.assertEqual(self.columns()["amount"], column("amount", False))
        self.assertEqual(list(self.columns()), ["id", "customer_id", "amount", "ordered_at"])

    def test_of_a_table_that_is_not_there(self):
        for path, code in (("/x/tables/orders", "NotFound_Schema"),
                           ("/public/tables/x", "NotFound_Table")):
            answer = self.ask("GET", f"{self.path}{path}/columns")
            self.assertEqual((answer.status, answer.json()["code"]), (404, code))


class PreCreateTest(SchemaTest):
    BODY = {"schemas": {"public": {"enabled": True, "tables": {"orders": {
        "enabled": False, "sync_mode": "HISTORY",
        "columns": {"amount": {"enabled": True, "hashed": True}}}}}},
        "schema_change_handling": "ALLOW_COLUMNS"}

    def test_a_config_is_set_up_before_the_source_was_read(self):
        connection = self.make(PLAIN, run_setup_tests=False)
        path = f"/v1/connections/{connection}/schemas"
        answer = self.done("POST", path, self.BODY)
        self.assertEqual(answer["message"], "Schema configuration pre-created successfully")
        made = answer["data"]
        amount = made["schemas"]["public"]["tables"]["orders"]["columns"]["amount"]
        amount.pop("is_primary_key", None)
        expected = column("amount", hashed=True)
        del expected["is_primary_key"]
        self.assertEqual(made, {
            "enable_new_by_default": False,
            "schemas": {"public": schema("public", orders=table("orders", False, "HISTORY",
                                                                amount=expected))},
            "schema_change_handling": "ALLOW_COLUMNS"})

    def test_schemas_must_be_there(self):
        self.assert_refused(self.ask("POST", self.path, {}), 400, "InvalidInput",
                            "Field 'schemas' is required")


if __name__ == "__main__":
    unittest.main()
