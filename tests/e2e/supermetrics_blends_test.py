"""Supermetrics' blends of data sources."""

import copy
import unittest

from supermetrics import BAD_REQUEST, NOT_FOUND, TEAM, SupermetricsTest

BLENDS = TEAM + "/data-blending/blends"


def source(data_source_id, **name):
    return {"data_source_id": data_source_id, "display_name": data_source_id, "report_type": None,
            "report_type_settings": [], "data_source_settings": [], "accounts": [],
            "segments": []} | name


def field(name, **of):
    return {"datasource_field_name": name, "datasource_field_type": "met",
            "datasource_field_data_type": "int.number.value", "field_source": "standard",
            "meta": None} | of


def blended(name, *parts):
    return {"blend_field_name": name, "blend_datasource_fields": list(parts)}


KEY = {"blend_data_source_key": "abcd1234"}
OTHER = {"blend_data_source_key": "efgh5678"}
UNION = {"type": "union", "display_name": "Union", "description": "d",
         "blended_data_sources": [source("GA4", **KEY)],
         "config": {"fields": [blended("impressions", field("Impressions", **KEY))]}}
JOIN = {"type": "join", "display_name": "Join",
        "blended_data_sources": [source("GA4", **KEY), source("GADS", **OTHER)],
        "config": {"query_table": KEY,
                   "joins": [{"join_table": OTHER, "type": "full outer",
                              "conditions": [{"operator": "=", "left": field("Date", **KEY),
                                              "right": field("Date", **OTHER)}]}],
                   "fields": [blended("cost", field("Cost", **OTHER))]}}


class BlendsTest(SupermetricsTest):
    def make(self, body):
        return self.told(201, "POST", BLENDS, body)["data"]

    def test_a_union_has_ids_for_its_keys_and_every_list_wrapped(self):
        answer = self.ask("POST", BLENDS, UNION)
        self.assertEqual(answer.status, 201, answer)
        made = answer.json()["data"]
        self.assertTrue(answer.headers["Location"].endswith(f"{BLENDS}/{made['blend_id']}"))
        [one] = made["blended_data_sources"]["items"]
        self.assertEqual((one["blend_id"], one["accounts"]), (made["blend_id"], {"items": []}))
        self.assertNotIn("abcd1234", answer.body.decode())
        self.assertEqual(list(made["config"]), ["fields"])
        [told] = made["config"]["fields"]["items"]
        self.assertEqual((told["blend_field_display_name"], told["blend_field_type"],
                          told["blend_field_data_type"]),
                         ("impressions", "met", "int.number.value"))
        [part] = told["blend_datasource_fields"]["items"]
        self.assertEqual(part["blend_data_source_id"], one["blend_data_source_id"])
        self.assertEqual(self.told(200, "GET", f"{BLENDS}/{made['blend_id']}")["data"], made)

    def test_a_join(self):
        made = self.make(JOIN)
        first, second = [one["blend_data_source_id"]
                         for one in made["blended_data_sources"]["items"]]
        self.assertEqual(made["config"]["query_table"], {"blend_data_source_id": first})
        [join] = made["config"]["joins"]["items"]
        self.assertEqual((join["join_table"], join["type"]),
                         ({"blend_data_source_id": second}, "full outer"))
        [condition] = join["conditions"]["items"]
        self.assertEqual((condition["left"]["blend_data_source_id"],
                          condition["right"]["blend_data_source_id"]), (first, second))

    def test_an_update_keeps_the_sources_it_names_and_drops_the_rest(self):
        made = self.make(JOIN)
        kept = made["blended_data_sources"]["items"][1]["blend_data_source_id"]
        body = copy.deepcopy(JOIN)
        del body["type"]
        by_id = {"blend_data_source_id": kept, "blend_data_source_key": None}
        body["blended_data_sources"] = [source("GADS", **by_id), source("FA", **KEY)]
        body["config"]["query_table"] = by_id
        body["config"]["joins"] = [{"join_table": KEY, "type": "left", "conditions": []}]
        body["config"]["fields"] = [blended("cost", field("Cost", **by_id))]
        told = self.told(200, "PUT", f"{BLENDS}/{made['blend_id']}", body)["data"]
        self.assertEqual((told["type"], told["blend_uuid"]), ("join", made["blend_uuid"]))
        ids = [one["blend_data_source_id"] for one in told["blended_data_sources"]["items"]]
        self.assertEqual(ids[0], kept)
        known = [one["blend_data_source_id"] for one in made["blended_data_sources"]["items"]]
        self.assertNotIn(ids[1], known)

    def test_the_list_has_no_config(self):
        self.make(UNION)
        self.make(JOIN)
        items = self.told(200, "GET", BLENDS)["data"]["items"]
        self.assertEqual([one["type"] for one in items], ["union", "join"])
        self.assertNotIn("config", items[0])
        self.assertEqual(list(items[0]["blended_data_sources"]["items"][0]),
                         ["blend_data_source_id", "data_source_id", "display_name", "logo_url"])
        items = self.told(200, "GET", BLENDS + "?type=join")["data"]["items"]
        self.assertEqual([one["display_name"] for one in items], ["Join"])
        self.assertEqual(self.ask("GET", BLENDS + "?type=mix").status, 400)

    def test_parts_that_do_not_fit(self):
        def refused(body, place):
            answer = self.ask("POST", BLENDS, body)
            self.assert_error(400, BAD_REQUEST, answer, f"The field '{place}' is invalid")

        refused(UNION | {"config": JOIN["config"]}, "config.query_table")
        refused(JOIN | {"config": UNION["config"]}, "config.joins")
        refused(UNION | {"blended_data_sources": [source("GA4")]},
                "blended_data_sources.blend_data_source_key")
        refused(UNION | {"blended_data_sources": [source("GA4", blend_data_source_id=7)]},
                "blended_data_sources.blend_data_source_key")
        refused(UNION | {"config": {"fields": [blended("x", field("X", **OTHER))]}},
                "config.fields.blend_datasource_fields")

    def test_delete(self):
        path = f"{BLENDS}/{self.make(UNION)['blend_id']}"
        self.assertEqual(self.ask("DELETE", path).status, 204)
        for method in ("GET", "DELETE"):
            self.assert_error(404, NOT_FOUND, self.ask(method, path))


if __name__ == "__main__":
    unittest.main()
