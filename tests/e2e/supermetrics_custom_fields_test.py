"""Supermetrics' custom fields."""

import unittest

from supermetrics import NOT_FOUND, TEAM, SupermetricsTest, without

FIELDS = TEAM + "/custom-fields"
STEPS = [{"type": "function", "name": "upper_case",
          "arguments": [{"name": "value",
                         "value": {"type": "data_source_field", "value": "platform"}}]},
         {"type": "lookup", "rule": "equals", "map": {"a": "b"},
          "default": {"type": "output_from_previous"}},
         {"type": "condition", "default": {"type": "static", "value": "0"},
          "cases": [{"return": {"type": "output_from_previous"},
                     "condition": {"type": "rule", "rule": "equals",
                                   "source": {"type": "output_from_previous"},
                                   "target": {"type": "static", "value": "1"}}}]}]
FIELD = {"display_name": "Spec Example Field", "description": "d", "field_type": "dim",
         "data_type": "string.text.value", "definition": STEPS,
         "data_source": [{"data_source_id": "GAWA", "report_type": None}]}


class CustomFieldsTest(SupermetricsTest):
    def make(self, **changes):
        return self.told(201, "POST", FIELDS, FIELD | changes)["data"]

    def test_create_tells_where_it_stands_and_wraps_the_steps(self):
        answer = self.ask("POST", FIELDS, FIELD)
        self.assertEqual(answer.status, 201, answer)
        made = answer.json()["data"]
        self.assertTrue(answer.headers["Location"].endswith(f"{FIELDS}/{made['id']}"))
        self.assertEqual((made["name"], made["data_source_id"], made["modified_time_utc"]),
                         ("spec_example_field", "GAWA", "2026-01-15T10:00:00+0000"))
        self.assertEqual(made["definition"], {"items": STEPS})
        self.assertEqual(self.told(200, "GET", f"{FIELDS}/{made['id']}")["data"], made)

    def test_a_data_source_may_be_one_object(self):
        made = self.make(data_source={"data_source_id": "AW", "report_type": "Ads"})
        self.assertEqual((made["data_source_id"], made["report_types"]), ("AW", ["Ads"]))
        answer = self.ask("POST", FIELDS, FIELD | {"data_source": {"data_source_id": "NONE"}})
        self.assert_error(404, NOT_FOUND, answer)

    def test_put_takes_the_place_of_the_whole(self):
        made = self.make()
        body = {"display_name": "Other", "data_type": "int.number.value", "definition": STEPS[:1]}
        told = self.told(200, "PUT", f"{FIELDS}/{made['id']}", body)["data"]
        self.assertEqual((told["id"], told["name"], told["display_name"], told["description"],
                          told["field_type"], told["definition"]),
                         (made["id"], made["name"], "Other", "", "dim", {"items": STEPS[:1]}))

    def test_delete(self):
        path = f"{FIELDS}/{self.make()['id']}"
        self.assertEqual(self.ask("DELETE", path).status, 204)
        for method in ("GET", "DELETE"):
            self.assert_error(404, NOT_FOUND, self.ask(method, path))

    def test_pages_have_links_and_totals_only_if_asked_for(self):
        for number in range(5):
            self.make(display_name=f"Field {number}")
        told = self.told(200, "GET", FIELDS + "?limit=2&page=2")
        self.assertEqual([one["display_name"] for one in told["data"]["items"]],
                         ["Field 2", "Field 3"])
        self.assertEqual(list(told["meta"]["pagination"]), ["links"])
        links = told["meta"]["pagination"]["links"]
        pages = {name: link and link.partition("?")[2] for name, link in links.items()}
        self.assertEqual(pages, {"first": "page=1&limit=2", "prev": "page=1&limit=2",
                                 "next": "page=3&limit=2", "last": "page=3&limit=2"})
        told = self.told(200, "GET", FIELDS + "?include_total_count=true")["meta"]["pagination"]
        self.assertEqual((told["total_count"], told["limit"], told["offset"]), (5, 25, 0))
        self.assertEqual((told["links"]["prev"], told["links"]["next"]), (None, None))

    def test_the_list_looks_at_source_name_and_team(self):
        self.make()
        self.make(display_name="Cost", data_source=[{"data_source_id": "AW"}])
        for query, names in (("?data_source_id=AW", ["Cost"]), ("?display_name=Spec%20Ex",
                                                                ["Spec Example Field"])):
            items = self.told(200, "GET", FIELDS + query)["data"]["items"]
            self.assertEqual([one["display_name"] for one in items], names)
        other = FIELDS.replace("936506", "1")
        self.assertEqual(self.told(200, "GET", other)["data"]["items"], [])

    def test_a_bad_definition_is_a_bad_request(self):
        for body in (without(FIELD, "definition"), FIELD | {"definition": [{"type": "none"}]},
                     FIELD | {"data_type": "text"}, FIELD | {"field_type": "both"}):
            self.assertEqual(self.ask("POST", FIELDS, body).status, 400, body)

    def test_metadata(self):
        data = self.told(200, "GET", FIELDS + "/metadata")["data"]
        self.assertEqual(list(data), ["rules", "functions", "field_data_types",
                                      "output_data_types", "data_transformation_steps_limit"])
        self.assertLessEqual({"div", "mul", "sum", "subtract", "abs", "ceil", "floor"},
                             {one["name"] for one in data["functions"]["items"]})

    def test_the_collections_prefix(self):
        made = self.make()
        path = f"/v2{FIELDS}/{made['id']}"
        self.assertEqual(self.told(200, "GET", path)["data"], made)


if __name__ == "__main__":
    unittest.main()
