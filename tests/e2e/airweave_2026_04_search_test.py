"""Airweave's edition 2026-04: the three searches, and the one that tells of its steps."""

import json
import unittest

from airweave_2026_04 import Airweave2026

PATH = "/collections/my-collection/search"


class SearchTest(Airweave2026):
    def search(self, way="instant", **body):
        return self.call("POST", f"{PATH}/{way}", {"query": "invoices", **body})["results"]

    def test_nothing_is_found_where_nothing_has_synced(self):
        for way in "instant", "classic", "agentic":
            self.assertEqual(self.search(way), [])
        self.create()
        self.assertEqual(self.search(), [])

    def test_what_has_synced_is_found_the_best_first(self):
        made = self.synced()
        for way in "instant", "classic", "agentic":
            with self.subTest(way):
                found = self.search(way)
                self.assertEqual(len(found), 42)
                scores = [one["relevance_score"] for one in found]
                self.assertEqual(scores, sorted(scores, reverse=True))
                self.assertEqual({one["airweave_system_metadata"]["sync_id"] for one in found},
                                 {made["sync_id"]})
        self.assertEqual(self.search(), self.search(), "the same query finds the same")
        self.assertNotEqual([one["entity_id"] for one in self.search()],
                            [one["entity_id"] for one in self.search(query="customers")])

    def test_limit_and_offset_cut_the_list(self):
        self.synced()
        found = self.search()
        self.assertEqual(self.search(limit=5, offset=3), found[3:8])
        self.assertEqual(self.search(offset=41), found[41:])
        self.assertEqual(self.search(offset=99), [])
        self.assertEqual(self.search("agentic", limit=2), found[:2])

    def test_filters(self):
        self.synced()
        self.synced(name="Second Account")
        found = self.search()
        name = found[0]["name"]
        for conditions, wanted in (
                ([("name", "equals", name)], lambda one: one["name"] == name),
                ([("name", "contains", name.upper())],
                 lambda one: name.lower() in one["name"].lower()),
                ([("airweave_system_metadata.source_name", "in", ["stripe", "x"])], lambda one: True),
                ([("airweave_system_metadata.source_name", "not_in", "stripe")], lambda one: False),
                ([("airweave_system_metadata.chunk_index", "less_than", 1)], lambda one: True),
                ([("created_at", "greater_than", "2026-01-15T10:00:05Z")],
                 lambda one: "Second" in one["name"]),
                ([("breadcrumbs.name", "equals", "Second Account"), ("name", "contains", "1 of")],
                 lambda one: "Second" in one["name"] and "1 of" in one["name"])):
            with self.subTest(conditions=conditions):
                group = {"conditions": [dict(zip(("field", "operator", "value"), condition))
                                        for condition in conditions]}
                self.assertEqual(self.search(filter=[group]), [one for one in found if wanted(one)])
        either = [{"conditions": [{"field": "name", "operator": "equals", "value": one["name"]}]}
                  for one in found[:2]]
        self.assertEqual(self.search(filter=either), found[:2])

    def test_filters_that_make_no_sense_are_told(self):
        place = "body.filter.0.conditions.0"
        for (field, operator, value), told in (
                (("name", "less_than", "x"), "Cannot use 'less_than' on text field 'name'. Ordering "
                 "operators (greater_than, less_than, …) only work on date fields (created_at, "
                 "updated_at) or numeric fields (chunk_index). Use 'equals', 'not_equals', 'contains', "
                 "'in', or 'not_in' instead."),
                (("created_at", "contains", "2026"), "Cannot use 'contains' on date field 'created_at'. "
                 "Use 'equals' or an ordering operator instead."),
                (("name", "in", 5), "Operator 'in' requires a list value, got int (\"5\"). Example: "
                 "[\"val1\", \"val2\"]"),
                (("name", "equals", ["x"]), "Operator 'equals' expects a single value, not a list. Use "
                 "'in' or 'not_in' for list matching."),
                (("airweave_system_metadata.chunk_index", "equals", "x"),
                 "Field 'airweave_system_metadata.chunk_index' is numeric — expected a number, got 'x'."),
                (("created_at", "equals", "soon"), "Date field requires an ISO 8601 timestamp, got "
                 "'soon'. Example: '2024-01-15T00:00:00Z' or '2024-01-15T12:30:00+05:30'.")):
            with self.subTest(field=field, operator=operator):
                body = {"query": "x", "filter": [{"conditions": [
                    {"field": field, "operator": operator, "value": value}]}]}
                self.assert_errors(self.refused("POST", f"{PATH}/classic", body),
                                   (place, "Value error, " + told))

    def test_what_is_wrong_with_a_search(self):
        for body, error in (
                ({"query": " "}, ("body.query", "Value error, Query cannot be empty")),
                ({}, ("body.query", "Field required")),
                ({"query": "x", "limit": 1001},
                 ("body.limit", "Input should be less than or equal to 1000")),
                ({"query": "x", "limit": 201}, ("limit", "Input should be less than or equal to 200")),
                ({"query": "x", "filter": [{"conditions": []}]},
                 ("body.filter.0.conditions", "List should have at least 1 item after validation, not 0")),
                ({"query": "x", "retrieval_strategy": "neural"},
                 ("body.retrieval_strategy", "Input should be 'semantic', 'keyword' or 'hybrid'"))):
            with self.subTest(body=body):
                self.assert_errors(self.refused("POST", f"{PATH}/instant", body), error)
        self.assert_detail(self.refused("POST", "/collections/nope/search/instant", {"query": "x"}), 404,
                           "Collection 'nope' not found")


class StreamTest(Airweave2026):
    def events(self, readable_id="my-collection", **body):
        answer = self.send("POST", f"/collections/{readable_id}/search/agentic/stream",
                           {"query": "invoices", **body})
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual((answer.headers["Content-Type"], answer.headers["Cache-Control"],
                          answer.headers["X-Accel-Buffering"]), ("text/event-stream", "no-cache", "no"))
        lines = answer.body.decode().split("\n\n")
        self.assertEqual(lines.pop(), "")
        for line in lines:
            self.assertTrue(line.startswith("data: "), line)
        return [json.loads(line[6:]) for line in lines]

    def test_it_tells_of_each_step(self):
        self.synced()
        events = self.events(limit=2, thinking=True)
        self.assertEqual([event["type"] for event in events], [
            "started", "thinking", "tool_call", "tool_call", "thinking", "tool_call", "reranking", "done"])
        started = events[0]
        self.assertEqual({name: started[name] for name in started if name != "request_id"}, {
            "type": "started", "tier": "agentic", "collection_readable_id": "my-collection",
            "query": "invoices", "thinking": True, "filter": None, "limit": 2})
        self.assertIsNotNone(events[1]["thinking"])
        done = events[-1]
        self.assertEqual(len(done["results"]), 42, "the stream's are not cut to the limit")
        self.assertEqual(done["diagnostics"]["all_collected_entity_ids"],
                         [one["entity_id"] for one in done["results"]])
        self.assertNotIn("thinking", [event["thinking"] for event in self.events()[1:2]])

    def test_an_unknown_collection_is_found_out_within(self):
        started, error = self.events("nope")
        self.assertEqual((started["type"], started["collection_readable_id"], started["query"]),
                         ("started", "nope", "invoices"))
        self.assertEqual((error["type"], error["message"]),
                         ("error", "404: Collection 'nope' not found"))

    def test_what_is_wrong_is_told_before_it_begins(self):
        self.assert_errors(
            self.refused("POST", f"{PATH}/agentic/stream", {"query": ""}),
            ("body.query", "Value error, Query cannot be empty"))


if __name__ == "__main__":
    unittest.main()
