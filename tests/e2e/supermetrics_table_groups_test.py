"""Supermetrics' table groups, which the vendor's collection calls."""

import unittest

from supermetrics import BAD_REQUEST, SupermetricsTest

TABLE = "/enterprise/v2/table"
FIELDS = [{"field_id": "Date", "field_name": "Date", "display_name": "Date", "target_name": "date",
           "data_type": "string.time.date"}]
GROUP = {"version": 1,
         "group": {"group_id": "tg_9", "group_name": "Facebook Ads", "ds_id": "FA",
                   "table_prefix": "FB_"},
         "tables": [{"table_name": "ADS", "table_partition": "date", "report_type": None,
                     "fields": ["Date"]}],
         "fields": FIELDS}


class TableGroupsTest(SupermetricsTest):
    def test_the_list_links_to_the_export(self):
        [group] = self.told(200, "GET", TABLE + "/groups")["data"]
        self.assertEqual((group["@type"], group["group_id"], group["name"]),
                         ("table_group", "tg_2", "Google Ads"))
        href = group["links"]["enclosure"]["href"].partition(f"@{self.session}")[2]
        told = self.told(200, "GET", href)
        self.assertEqual(list(told), ["version", "group", "tables", "fields"])

    def test_what_is_imported_is_exported(self):
        made = self.told(201, "POST", TABLE + "/group/import", GROUP)
        self.assertRegex(made["group"]["group_id"], r"^tg_\d+$")
        self.assertNotEqual(made["group"]["group_id"], "tg_9")
        path = f"/group/{made['group']['group_id']}/export?version=1"
        for prefix in (TABLE, "/v2/table", "/table"):
            self.assertEqual(self.told(200, "GET", prefix + path), made)
        self.assertEqual(len(self.told(200, "GET", TABLE + "/groups")["data"]), 2)

    def test_fields_may_be_a_map(self):
        tables = [GROUP["tables"][0] | {"fields": {"date": "Date"}}]
        made = self.told(201, "POST", TABLE + "/group/import", GROUP | {"tables": tables})
        self.assertEqual(made["tables"][0]["fields"], ["Date"])

    def test_each_mistake_has_its_code(self):
        group = GROUP["group"]

        def with_table(**changes):
            table = {k: v for k, v in (GROUP["tables"][0] | changes).items() if v is not ...}
            return GROUP | {"tables": GROUP["tables"] + [table]}

        for body, status, code in (
                (GROUP | {"version": 2}, 400, "IMPORT_VERSION_INVALID"),
                (GROUP | {"tables": []}, 400, "SCHEMA_TABLES_REQUIRED"),
                (GROUP | {"tables": 1}, 400, "IMPORT_PROPERTY_TYPE_INVALID"),
                (GROUP | {"tables": [5]}, 400, "IMPORT_TABLE_ITEM_TYPE_INVALID"),
                (GROUP | {"fields": [5]}, 400, "IMPORT_FIELD_ITEM_TYPE_INVALID"),
                (with_table(fields=["Date", "Date"]), 400, "SCHEMA_TABLE_TARGET_NAME_DUPLICATES"),
                (with_table(table_name=...), 400, "SCHEMA_TABLE_NAME_REQUIRED"),
                (with_table(table_name=""), 400, "SCHEMA_TABLE_NAME_REQUIRED"),
                (with_table(table_partition="month"), 400, "SCHEMA_TABLE_PARTITION_INVALID"),
                (with_table(fields=[]), 400, "SCHEMA_TABLE_FIELDS_REQUIRED"),
                (with_table(fields=...), 400, "SCHEMA_TABLE_FIELDS_REQUIRED"),
                (with_table(fields={}), 400, "SCHEMA_TABLE_FIELDS_REQUIRED"),
                (with_table(fields=[5]), 400, "IMPORT_TABLE_FIELD_TYPE_INVALID"),
                (with_table(fields="Date"), 400, "IMPORT_TABLE_FIELD_TYPE_INVALID"),
                (with_table(fields=["date"]), 400, "SCHEMA_DATA_SOURCE_FIELD_NOT_FOUND"),
                (with_table(fields={"x": "none"}), 400, "SCHEMA_DATA_SOURCE_FIELD_NOT_FOUND"),
                (GROUP | {"group": group | {"group_name": ""}}, 400, "SCHEMA_NAME_REQUIRED"),
                (GROUP | {"group": group | {"ds_id": "X"}}, 400, "SCHEMA_DATA_SOURCE_ID_INVALID"),
                (GROUP | {"group": group | {"group_name": "Google Ads"}}, 409,
                 "SCHEMA_NAME_DUPLICATE")):
            with self.subTest(code=code):
                answer = self.ask("POST", TABLE + "/group/import", body)
                self.assertEqual((answer.status, answer.json()["error"]["code"]), (status, code))

    def test_an_unknown_group(self):
        answer = self.ask("GET", TABLE + "/group/none/export")
        self.assertEqual((answer.status, answer.json()["error"]["code"]),
                         (404, "TABLE_GROUP_NOT_FOUND"))
        answer = self.ask("GET", TABLE + "/group/tg_2/export?version=2")
        self.assertEqual((answer.status, answer.json()["error"]["message"]), (400, BAD_REQUEST[1]))


if __name__ == "__main__":
    unittest.main()
