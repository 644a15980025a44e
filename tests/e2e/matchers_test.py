"""Which requests a rule meets: every key of `match`, and every operator on a value."""

import json
import unittest

from calls import AIRWEAVE, BEARER, CALLS, FIVETRAN, RAW_KEY, ScenarioTest, for_each_call
from emulator import request_bytes

MET = 418  # what the rule answers that a request meets; no vendor says so


class MatchTest(ScenarioTest):
    def rule(self, **match):
        return self.define({"status": MET, "times": "forever"}, match=match)

    def meets(self, name, call=AIRWEAVE, path=None, query="", more=(), **sent):
        """Whether the rule meets such a request."""
        data = request_bytes(sent.get("method", "POST"),
                             f"/~{name}@{name}{path or call.path}{query}",
                             [*call.headers(), *more], sent.get("body", call.body))
        return self.send(data).status == MET

    def test_operation_is_a_name_a_glob_or_a_list_of_them(self):
        for operation, met in (
                ("*.create_*", CALLS), ("*", CALLS), ("fivetran.*", [FIVETRAN]),
                ("fivetran.create_connection", [FIVETRAN]), ("*data_source*", [BEARER, RAW_KEY]),
                ("*_connection", CALLS),
                (["airweave.*", "fivetran.create_connection"], [AIRWEAVE, FIVETRAN])):
            with self.subTest(operation=operation):
                name = self.rule(operation=operation)
                self.assertEqual([call for call in CALLS if self.meets(name, call)], met)

    def test_vendor(self):
        for vendor, met in (("supermetrics", [BEARER, RAW_KEY]), ("airweave", [AIRWEAVE]),
                            ("fivetran", [FIVETRAN])):
            with self.subTest(vendor=vendor):
                name = self.rule(vendor=vendor)
                self.assertEqual([call for call in CALLS if self.meets(name, call)], met)

    @for_each_call
    def test_method(self, call):
        name = self.rule(method="POST")
        self.assertTrue(self.meets(name, call))
        self.assertFalse(self.meets(name, call, method="PUT"))

    def test_path_is_the_vendors_own(self):
        name = self.rule(path="/v1/teams/12345/data-source-connections")
        self.assertTrue(self.meets(name, BEARER))
        self.assertTrue(self.meets(name, BEARER, "/supermetrics" + BEARER.path))
        self.assertTrue(self.meets(name, BEARER, query="?x=y"))
        self.assertFalse(self.meets(name, BEARER, BEARER.path.replace("12345", "54321")))
        self.assertFalse(self.meets(name, AIRWEAVE))

    def test_path_may_be_a_template(self):
        name = self.rule(path="/v1/teams/{any_name}/data-source-connections")
        for team in ("12345", "54321", "none"):
            self.assertTrue(self.meets(name, BEARER, BEARER.path.replace("12345", team)))
        self.assertFalse(self.meets(name, FIVETRAN))

    def test_a_slash_at_the_end_of_a_path_is_no_other_path(self):
        for path in (AIRWEAVE.path, AIRWEAVE.path + "/"):
            name = self.rule(path=path)
            self.assertTrue(self.meets(name))
            self.assertTrue(self.meets(name, path=AIRWEAVE.path + "/"))

    def test_all_keys_must_hold(self):
        name = self.rule(vendor="airweave", method="POST", query={"a": "1"},
                         headers={"X-Test": "yes"}, body={"short_name": "stripe"})
        query, header = "?a=1", [("X-Test", "yes")]
        self.assertTrue(self.meets(name, query=query, more=header))
        self.assertFalse(self.meets(name, more=header))
        self.assertFalse(self.meets(name, query=query))
        self.assertFalse(self.meets(name, query=query, more=header, body='{"short_name":"x"}'))

    def test_without_a_match_every_known_operation_is_met(self):
        name = self.define_whole(rules=[{"play": [{"status": MET, "times": "forever"}]}])
        self.assertTrue(all(self.meets(name, call) for call in CALLS))
        self.assertFalse(self.meets(name, path="/v1/nothing"))
        self.assertFalse(self.meets(name, method="DELETE"))

    def test_a_body_that_is_no_json_has_no_places(self):
        for matcher, met in (({"absent": True}, True), ("stripe", False)):
            name = self.rule(body={"short_name": matcher})
            for body in ("", "{", "short_name=stripe"):
                self.assertEqual(self.meets(name, body=body), met, (matcher, body))

    def test_a_place_in_the_body_is_a_dotted_path_or_a_pointer(self):
        body = json.dumps({"a": {"b": {"c": 1}, "list": [{"d": 2}, {"d": 3}]}, "x.y": 4, "p/q": 5,
                           "t~u": 6, "": 7})
        for place, value in (("a.b.c", 1), ("a.list.1.d", 3), ("/a/b/c", 1), ("/a/list/0/d", 2),
                             ("/x.y", 4), ("/p~1q", 5), ("/t~0u", 6), ("/", 7)):
            with self.subTest(place=place):
                self.assertTrue(self.meets(self.rule(body={place: value}), body=body))
                self.assertFalse(self.meets(self.rule(body={place: value + 1}), body=body))
                self.assertFalse(self.meets(self.rule(body={place: value}), body="{}"))

    def test_a_header_is_found_in_any_case(self):
        name = self.rule(headers={"x-TEST": "yes"})
        self.assertTrue(self.meets(name, more=[("X-Test", "yes")]))
        self.assertFalse(self.meets(name, more=[("X-Test", "Yes")]))

    def test_a_query_is_decoded(self):
        name = self.rule(query={"a b": "c&d=ä"})
        self.assertTrue(self.meets(name, query="?a%20b=c%26d%3D%C3%A4"))
        self.assertTrue(self.meets(name, query="?x=1&a+b=c%26d%3D%C3%A4"))
        self.assertFalse(self.meets(name, query="?a b=c"))

    # matcher: what it fits, what it does not. None: there is no such value.
    TEXTS = [
        ("stripe", ["stripe"], ["stripes", "Stripe", "", None]),
        ({"matches": "^str.p"}, ["stripe", "strap"], ["my stripe", "", None]),
        ({"matches": "ip"}, ["stripe", "ip"], ["IP", None]),
        ({"matches": "(?i)IP$"}, ["tulip", "ip"], ["stripe", None]),
        ({"contains": "rip"}, ["stripe", "rip"], ["RIP", "ri", None]),
        ({"one_of": ["a", "b c"]}, ["a", "b c"], ["b", "a, b c", None]),
        ({"absent": True}, [None], ["a"]),
        ({"absent": False}, ["a"], [None]),
        ({"gt": 5}, ["6", "5.1", "1e3"], ["5", "4", "six", "", None]),
        ({"gte": 5}, ["5", "5.0", "6"], ["4.9", "-6", None]),
        ({"lt": -1.5}, ["-2", "-1.6"], ["-1.5", "0", "x", None]),
        ({"lte": 0}, ["0", "-0.0", "-1"], ["1", None]),
    ]

    def test_operators_on_headers(self):
        for matcher, fits, misses in self.TEXTS:
            name = self.rule(headers={"X-Test": matcher})
            for value in fits + misses:
                with self.subTest(matcher=matcher, value=value):
                    more = [("X-Test", value)] if value is not None else []
                    self.assertEqual(self.meets(name, more=more), value in fits)

    def test_operators_on_a_query(self):
        for matcher, fits, misses in self.TEXTS:
            name = self.rule(query={"q": matcher})
            for value in fits + misses:
                with self.subTest(matcher=matcher, value=value):
                    query = "?q=" + value.replace(" ", "%20") if value is not None else ""
                    self.assertEqual(self.meets(name, query=query), value in fits)

    JSON = [
        ("1", [1, "1"], [1.5, "01", [1], True]),
        (True, [True, "true"], [False, 1, "True"]),
        (None, [None], [0, "", False]),
        ([1, 2], [[1, 2]], [[2, 1], [1]]),
        ({"matches": "^[0-9]+$"}, [7, "7"], [7.5, "seven", None, [7]]),
        ({"contains": "b"}, ["abc", ["a", "b"]], [["ab"], "a", None]),
        ({"contains": 2}, [[1, 2], 12, "12"], [[12], 1, ["2"]]),
        ({"one_of": [1, "b"]}, [1, "1", "b"], [2, "a", None, [1]]),
        ({"absent": True}, [None], [False, 0, "", []]),
        ({"gt": 5}, [6, 5.001, "6"], [5, [6], True, None]),
        ({"gte": 5}, [5, 5.0, 1e10], [4.999, {}]),
        ({"lt": 5}, [4, -1e300, "4.9"], [5, None, False]),
        ({"lte": 5}, [5, 4], [5.0001, "5x"]),
    ]

    def test_operators_on_a_body(self):
        for matcher, fits, misses in self.JSON:
            name = self.rule(body={"a.b": matcher})
            for value, met in [(one, True) for one in fits] + [(one, False) for one in misses]:
                with self.subTest(matcher=matcher, value=value):
                    body = json.dumps({"a": {"b": value}})
                    self.assertEqual(self.meets(name, body=body), met)

    def test_the_count_of_requests_asks_by_the_same_matchers(self):
        name = self.rule(vendor="airweave")
        for call in CALLS:
            self.meets(name, call)
        self.meets(name, query="?a=1")
        for match, count in (({}, 5), ({"vendor": "airweave"}, 2), ({"query": {"a": "1"}}, 1),
                             ({"body": {"short_name": {"matches": "^str"}}}, 2)):
            told = self.admin("POST", f"/sessions/{name}/requests/count", match)
            self.assertEqual(told["count"], count, match)


if __name__ == "__main__":
    unittest.main()
