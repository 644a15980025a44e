"""Supermetrics' data queries: how parameters come, what rows there are, and how a query goes on."""

import json
import unittest
import urllib.parse

from emulator import control, request
from supermetrics import BAD_REQUEST, SupermetricsTest

PATH = "/v2/query/data/json"
QUERY = {"ds_id": "GAWA", "start_date": "2026-01-01", "end_date": "2026-01-03",
         "fields": ["date", "session_source", "sessions", "bounce_rate", "cost"]}


def as_json(query, path=PATH):
    return f"{path}?json={urllib.parse.quote(json.dumps(query))}"


def plain(query, path=PATH):
    return f"{path}?{urllib.parse.urlencode(query, doseq=True)}"


class ResultsTest(SupermetricsTest):
    PATH = "/v2/query/results"

    def begin(self, **changes):
        return self.ask("GET", as_json(QUERY | {"schedule_id": "mine"} | changes))

    def test_results_are_those_of_the_query(self):
        whole = self.begin().json()
        for path in (f"{self.PATH}?schedule_id=mine", as_json({"schedule_id": "mine"}, self.PATH),
                     "/query/results?schedule_id=mine", "/enterprise/v2/query/results?schedule_id=mine"):
            told = self.told(200, "GET", path)
            self.assertEqual(told["data"], whole["data"])
            self.assertEqual(told["meta"]["query"], whole["meta"]["query"])

    def test_results_come_in_pages(self):
        head, *rows = self.begin().json()["data"]
        for offset, limit, part in ((0, 4, rows[:4]), (4, 4, rows[4:8]), (8, 4, rows[8:]), (99, 4, [])):
            told = self.told(200, "GET", f"{self.PATH}?schedule_id=mine&offset={offset}&limit={limit}")
            self.assertEqual(told["data"], [head, *part])
            self.assertEqual(told["meta"]["result"]["total_rows"], len(rows))

    def test_what_is_not_done_or_not_known_is_told(self):
        self.scenario = self.define_whole(lifecycle={"supermetrics.query": {"takes": "30s"}})
        self.begin()
        path = f"{self.PATH}?schedule_id=mine"
        self.assert_error(400, BAD_REQUEST, self.ask("GET", path), "The query is QUEUED")
        self.pass_time("30s")
        self.told(200, "GET", path)
        answer = self.ask("GET", f"{self.PATH}?schedule_id=nobodys")
        self.assertEqual((answer.status, answer.json()["error"]["code"]), (404, "STATUS_NOT_FOUND"))
        for sent in ({}, {"schedule_id": "mine", "limit": 0}, {"schedule_id": "mine", "limit": 100001},
                     {"schedule_id": "mine", "offset": -1}):
            self.assertEqual(self.ask("GET", as_json(sent, self.PATH)).status, 400, sent)
        self.scenario = self.define_whole(lifecycle={"supermetrics.query": {"ends": "failure"}})
        self.begin(schedule_id="other")
        self.assertEqual(self.ask("GET", f"{self.PATH}?schedule_id=other").status, 500)


class FieldsTest(SupermetricsTest):
    PATH = "/v2/query/fields"

    def test_fields_are_told_as_queries_tell_them(self):
        told = self.told(200, "GET", f"{self.PATH}?ds_id=GAWA")["data"]
        self.assertEqual(told, self.told(200, "GET", as_json({"ds_id": "GAWA"}, self.PATH))["data"])
        by_id = {one["field_id"]: one for one in told}
        self.assertEqual(by_id["sessions"], {
            "@type": "ds_metric", "field_id": "sessions", "field_name": "Sessions",
            "field_type": "met", "data_type": "int.number.value", "description": "Sessions",
            "group_name": "Metrics"})
        self.assertEqual(by_id["date"]["@type"], "ds_dimension")
        asked = self.told(200, "GET", as_json(QUERY | {"fields": list(by_id)}))["meta"]["query"]["fields"]
        self.assertEqual([one["data_type"] for one in asked], [one["data_type"] for one in told])

    def test_a_source_that_is_not_listed_has_the_usual_ones(self):
        told = self.told(200, "GET", f"{self.PATH}?ds_id=OTHER")["data"]
        self.assertIn("impressions", [one["field_id"] for one in told])

    def test_of_a_source_that_is_named_twice_the_first_counts(self):
        of_one = self.told(200, "GET", f"{self.PATH}?ds_id=GAWA")["data"]
        self.assertEqual(self.told(200, "GET", f"{self.PATH}?ds_id=GAWA&ds_id=AW")["data"], of_one)
        told = self.told(200, "GET", "/v2/query/accounts?ds_id=AW&ds_id=GAWA")["data"]
        self.assertEqual([login["accounts"][0]["account_id"] for login in told], ["8733197711"])

    def test_a_source_must_be_named(self):
        for path in (self.PATH, f"{self.PATH}?ds_id=", f"{self.PATH}?json=nonsense"):
            self.assertEqual(self.ask("GET", path).status, 400, path)


class DataTest(SupermetricsTest):
    def query(self, **changes):
        return self.told(200, "GET", as_json(QUERY | changes))

    def test_rows_are_the_fields_of_each_day(self):
        told = self.query()
        head, *rows = told["data"]
        self.assertEqual(head, ["Date", "Session source", "Sessions", "Bounce rate", "Cost"])
        self.assertEqual(len(rows), 9)
        self.assertEqual(sorted({row[0] for row in rows}),
                         ["2026-01-01", "2026-01-02", "2026-01-03"])
        for row in rows:
            self.assertRegex("|".join(row), r"^\S+\|[a-z]+\|\d+\|0\.\d{4}\|\d+\.\d{2}$")
        meta = told["meta"]
        self.assertEqual((meta["status_code"], meta["result"]["total_rows"],
                          meta["result"]["total_columns"]), ("SUCCESS", 9, 5))
        self.assertEqual(meta["query"]["ds_accounts"], ["310002201"])
        self.assertEqual([(one["field_id"], one["field_type"], one["data_type"])
                          for one in meta["query"]["fields"]],
                         [("date", "dim", "string.time.date"),
                          ("session_source", "dim", "string.text.value"),
                          ("sessions", "met", "int.number.value"),
                          ("bounce_rate", "met", "float.number.value"),
                          ("cost", "met", "float.currency.value")])

    def refused(self, path, field):
        self.assert_error(400, BAD_REQUEST, self.ask("GET", path), f"The field '{field}' is invalid")

    def rows(self, **changes):
        return self.query(**changes)["data"][1:]

    def test_a_filter_leaves_the_rows_that_fit(self):
        all_rows = self.rows()
        costs = sorted(float(row[4]) for row in all_rows)
        middle = costs[4]
        self.assertEqual(self.rows(filter=f"cost > {middle}"),
                         [row for row in all_rows if float(row[4]) > middle])
        self.assertEqual(self.rows(filter=f"cost <= {middle} AND session_source == google"),
                         [row for row in all_rows if float(row[4]) <= middle and row[1] == "google"])
        self.assertEqual(self.rows(filter="session_source =@ OO or session_source = 'direct'"),
                         [row for row in all_rows if row[1] in ("google", "direct")])
        self.assertEqual(self.rows(filter="session_source =~ ^news AND date != 2026-01-02"),
                         [row for row in all_rows if row[1] == "newsletter" and row[0] != "2026-01-02"])
        told = self.query(filter="clicks < 0")
        self.assertEqual((told["data"][1:], told["meta"]["result"]["total_rows"]), ([], 0),
                         "also by a field that was not asked for")

    def test_a_filter_that_cannot_be_read_is_told(self):
        for text in ("cost", "cost >", "> 5", "cost ~ 5", "cost > 5 AND", "cost =~ ("):
            self.refused(as_json(QUERY | {"filter": text}), "filter")

    def test_measures_are_compared_with_another_range(self):
        told = self.query(compare_type="prev_range", compare_show="value", fields=["date", "sessions"])
        head, *rows = told["data"]
        self.assertEqual(head, ["Date", "Sessions", "Sessions (compared)"])
        before = self.rows(start_date="2025-12-29", end_date="2025-12-31", fields=["date", "sessions"])
        self.assertEqual([row[2] for row in rows], [row[1] for row in before])
        meta = told["meta"]
        self.assertEqual([meta["query"][f"compare_{key}"] for key in ("type", "show", "start_date", "end_date")],
                         ["prev_range", "value", "2025-12-29", "2025-12-31"])
        self.assertEqual(meta["result"]["total_columns"], 3)
        self.assertEqual([one["field_id"] for one in meta["query"]["fields"]], ["date", "sessions"])
        head, *changed = self.query(compare_type="prev_range", fields=["date", "sessions"])["data"]
        self.assertEqual(head[2], "Sessions (change %)")
        for now, was, row in zip(rows, before, changed):
            self.assertAlmostEqual(float(row[2]), float(now[1]) / float(was[1]) - 1, 3)

    def test_a_comparison_is_of_a_known_range(self):
        for kind, first, last in (("prev_year", "2025-01-01", "2025-01-03"),
                                  ("prev_year_weekday", "2025-01-02", "2025-01-04"),
                                  ("prev_range_weekday", "2025-12-25", "2025-12-27")):
            meta = self.query(compare_type=kind)["meta"]["query"]
            self.assertEqual((meta["compare_start_date"], meta["compare_end_date"]), (first, last))
        meta = self.query(compare_type="custom", compare_start_date="7-days-ago",
                          compare_end_date="yesterday")["meta"]["query"]
        self.assertEqual((meta["compare_start_date"], meta["compare_end_date"]),
                         ("2026-01-08", "2026-01-14"))
        self.assertNotIn("compare_type", self.query(compare_type="none")["meta"]["query"])
        for wrong, field in (({"compare_type": "last_moon"}, "compare_type"),
                             ({"compare_type": "custom"}, "compare_start_date"),
                             ({"compare_type": "custom", "compare_start_date": "today"}, "compare_end_date"),
                             ({"compare_type": "prev_year", "compare_show": "x"}, "compare_show")):
            self.refused(as_json(QUERY | wrong), field)

    def test_the_same_question_has_the_same_answer(self):
        first = self.query()["data"]
        self.assertEqual(self.query()["data"], first)
        self.assertEqual(self.query(start_date="2026-01-02")["data"][1:], first[4:])
        self.assertNotEqual(self.query(ds_id="AW")["data"], first)
        control(self.emulator, "PUT", f"/sessions/{self.session}", {"seed": 99})
        self.assertNotEqual(self.query()["data"], first)

    def test_every_form_of_the_parameters(self):
        wanted = self.query()["data"]
        for path in (plain(QUERY), plain(QUERY | {"fields": ",".join(QUERY["fields"])}),
                     as_json(QUERY | {"fields": ",".join(QUERY["fields"])}),
                     as_json(QUERY | {"fields": [{"id": one} for one in QUERY["fields"]]}),
                     as_json(QUERY, "/query/data/json"), as_json(QUERY, "/v1/query/data/json"),
                     plain(QUERY, "/enterprise/v2/query/data/json")):
            with self.subTest(path=path):
                self.assertEqual(self.told(200, "GET", path)["data"], wanted)
        self.assertEqual(self.told(200, "POST", PATH, QUERY)["data"], wanted)

    def test_a_form_is_read_as_a_query_is(self):
        wanted = self.query()["data"]
        for sent in (QUERY, QUERY | {"fields": ",".join(QUERY["fields"])}, {"json": json.dumps(QUERY)}):
            with self.subTest(sent=sent):
                answer = self.send_form(sent | {"api_key": "my-key"})
                self.assertEqual((answer.status, answer.json().get("data")), (200, wanted))
        whole = self.send_form({"json": json.dumps(QUERY | {"api_key": "my-key"})})
        self.assertEqual((whole.status, whole.json().get("data")), (200, wanted))
        for sent in QUERY | {"api_key": "invalid-key"}, {"json": json.dumps(QUERY | {"api_key": "invalid-key"})}:
            self.assertEqual(self.send_form(sent).status, 401)
        for wrong in {"max_rows": "0"}, {"max_rows": "few"}, {"json": '{"ds_id": 5}'}:
            with self.subTest(wrong=wrong):
                self.assertEqual(self.send_form(QUERY | {"api_key": "k"} | wrong).status, 422)

    def send_form(self, fields):
        return request(self.emulator, "POST", f"/@{self.session}{PATH}",
                       [("Content-Type", "application/x-www-form-urlencoded")],
                       urllib.parse.urlencode(fields, doseq=True))

    def test_dates_in_words(self):
        for dates, first, last in (
                ({"start_date": "yesterday", "end_date": "yesterday"}, "2026-01-14", "2026-01-14"),
                ({"start_date": "7-days-ago", "end_date": "today"}, "2026-01-08", "2026-01-15"),
                ({"date_range_type": "last_7_days"}, "2026-01-08", "2026-01-14"),
                ({"date_range_type": "this_month"}, "2026-01-01", "2026-01-15"),
                ({"date_range_type": "last_month"}, "2025-12-01", "2025-12-31"),
                ({}, "2025-12-16", "2026-01-14")):
            with self.subTest(dates=dates):
                query = {"ds_id": "GAWA", "fields": "date"} | dates
                asked = self.told(200, "GET", as_json(query))["meta"]["query"]
                self.assertEqual((asked["start_date"], asked["end_date"]), (first, last))

    def test_order_and_limits(self):
        rows = self.query(order_rows="sessions desc")["data"][1:]
        counts = [int(row[2]) for row in rows]
        self.assertEqual(counts, sorted(counts, reverse=True))
        told = self.query(order_rows=["sessions desc"], max_rows=2)
        self.assertEqual(told["data"][1:], rows[:2])
        self.assertEqual(told["meta"]["result"]["total_rows"], 2)
        self.assertEqual(self.query(settings={"no_headers": True})["data"],
                         self.query()["data"][1:])

    def test_pages_link_to_each_other(self):
        rows = self.query()["data"][1:]
        for form in (as_json, plain):
            path = form(QUERY | {"offset_start": 0, "offset_end": 3})
            seen = []
            while path:
                told = self.told(200, "GET", path)
                seen += told["data"][1:]
                link = told["meta"]["paginate"]["next"]
                path = link and link.partition(f"@{self.session}")[2]
            self.assertEqual(seen, rows)
            self.assertIsNotNone(told["meta"]["paginate"]["prev"])

    def test_what_is_wrong(self):
        for changes, place in (({"ds_id": ""}, "ds_id"), ({"fields": []}, "fields"),
                               ({"start_date": "soon"}, "start_date"),
                               ({"end_date": "2025-01-01"}, "start_date")):
            with self.subTest(changes=changes):
                answer = self.ask("GET", as_json(QUERY | changes))
                self.assert_error(400, BAD_REQUEST, answer, f"The field '{place}' is invalid")

    def test_what_stands_in_json_is_held_against_the_document(self):
        for path in (PATH, *(f"/v2/query/{name}" for name in (
                "status", "results", "fields", "accounts"))):
            for sent in ("{", "[]", "5", "nonsense"):
                answer = self.ask("GET", f"{path}?json={urllib.parse.quote(sent)}")
                self.assert_error(400, BAD_REQUEST, answer,
                                  "The field 'json' must be of the type object")
        for path, wrong, words in (
                (PATH, {"max_rows": "x"}, "'json.max_rows' must be an integer"),
                (PATH, {"offset_start": -1}, "'json.offset_start' must be at least 0"),
                (PATH, {"ds_id": ["GAWA", "AW"]}, "'json.ds_id' must be a string"),
                ("/v2/query/fields", {"ds_id": ["GAWA"]}, "'json.ds_id' must be a string"),
                ("/v2/query/accounts", {"ds_id": ["AW"]}, "'json.ds_id' must be a string"),
                ("/v2/query/accounts", {"cache_minutes": 59},
                 "'json.cache_minutes' must be at least 60"),
                ("/v2/query/results", {"schedule_id": "x", "limit": 0},
                 "'json.limit' must be at least 1"),
                ("/v2/query/status", {"schedule_id": 5}, "'json.schedule_id' must be a string")):
            with self.subTest(path=path, wrong=wrong):
                self.assert_error(400, BAD_REQUEST, self.ask("GET", as_json(QUERY | wrong, path)),
                                  f"The field {words}")

    def test_the_key_may_stand_in_json(self):
        for key, status in (("my-key", 200), ("invalid-key", 401), ("", 401)):
            answer = self.ask("GET", as_json(QUERY | {"api_key": key}), headers=())
            self.assertEqual(answer.status, status, answer)
        kept = json.dumps(control(self.emulator, "GET", f"/sessions/{self.session}/requests"))
        self.assertNotIn("my-key", kept)
        self.assertNotIn("invalid-key", kept)


class RunsTest(SupermetricsTest):
    """Queries that take a while, because a scenario says so."""

    def take(self, **lifecycle):
        self.scenario = self.define_whole(self.session, lifecycle={"supermetrics.query": lifecycle})

    def ask_for(self, **changes):
        return self.ask("GET", as_json(QUERY | changes))

    def status_of(self, schedule_id, status=200):
        return self.told(status, "GET", plain({"schedule_id": schedule_id}, "/v2/query/status"))

    def test_its_status_is_asked_for(self):
        self.take(takes="30s")
        self.assertEqual(self.ask_for(schedule_id="mine").status, 202)
        self.assertEqual(self.status_of("mine")["meta"]["status_code"], "QUEUED")
        self.pass_time("10s")
        self.assertEqual(self.status_of("mine")["meta"]["status_code"], "RUNNING")
        self.pass_time("20s")
        told = self.status_of("mine")
        self.assertEqual((told["meta"]["status_code"], told["data"]), ("SUCCESS", []))
        self.assertEqual(self.status_of("nobodys", 404)["error"]["code"], "STATUS_NOT_FOUND")
        in_json = self.told(200, "GET", as_json({"schedule_id": "mine"}, "/v2/query/status"))
        self.assertEqual(in_json["meta"]["status_code"], "SUCCESS")
        for path in ("/v2/query/status", as_json({"ds_id": "GAWA"}, "/v2/query/status")):
            self.assert_error(400, BAD_REQUEST, self.ask("GET", path),
                              "The field 'schedule_id' is invalid")

    def test_what_it_found_is_kept_for_an_hour(self):
        self.take(takes="30s")
        self.ask_for(schedule_id="mine")
        self.pass_time("1h")
        self.told(200, "GET", "/v2/query/results?schedule_id=mine")
        self.pass_time("29s")
        self.assertEqual(self.status_of("mine")["meta"]["status_code"], "SUCCESS")
        self.pass_time("1s")
        for path in "/v2/query/status", "/v2/query/results":
            answer = self.ask("GET", path + "?schedule_id=mine")
            self.assertEqual((answer.status, answer.json()["error"]["code"]), (404, "STATUS_NOT_FOUND"))

    def test_the_status_of_one_that_failed_is_its_error(self):
        self.take(takes="10s", ends="failure", error="No such property")
        self.ask_for(schedule_id="fails")
        self.pass_time("10s")
        self.assertEqual(self.status_of("fails", 500)["error"]["description"], "No such property")

    def test_it_is_asked_after_by_its_schedule_id(self):
        self.take(takes="30s")
        begun = self.ask_for()
        self.assertEqual(begun.status, 202, begun)
        meta = begun.json()["meta"]
        self.assertEqual((meta["status_code"], begun.json()["data"]), ("QUEUED", []))
        self.assertEqual(meta["progress"], {"queries_ready": 0, "queries_total": 1})
        self.pass_time("15s")
        joined = self.ask_for()  # the same query is the same run
        self.assertEqual((joined.status, joined.json()["meta"]["schedule_id"],
                          joined.json()["meta"]["status_code"]),
                         (202, meta["schedule_id"], "RUNNING"))
        self.pass_time("15s")
        done = self.ask_for(schedule_id=meta["schedule_id"])
        self.assertEqual((done.status, len(done.json()["data"])), (200, 10), done)
        asked = self.ask("GET", as_json({"ds_id": "", "schedule_id": meta["schedule_id"]}))
        self.assertEqual(asked.json()["data"], done.json()["data"])

    def test_the_same_query_is_the_same_run_until_its_end_is_told(self):
        self.take(takes="30s")
        self.ask_for(max_rows=4, offset_end=1)
        self.pass_time("30s")
        first = self.ask_for(max_rows=4, offset_end=1)
        self.assertEqual(first.status, 200, first)
        after = first.json()["meta"]["paginate"]["next"]
        page = self.ask("GET", after[after.index("/v2/"):])  # a page is of the run that was told
        self.assertEqual((page.status, len(page.json()["data"])), (200, 3), page)
        self.assertEqual(self.ask_for(max_rows=4, offset_end=1).status, 202)  # a new one

    def test_one_that_has_failed_is_tried_anew(self):
        self.take(takes="10s", ends=["failure", "success"])
        for status in 500, 200:
            self.assertEqual(self.ask_for().status, 202)
            self.pass_time("10s")
            self.assertEqual(self.ask_for().status, status)

    def test_it_ends_after_so_many_polls(self):
        self.take(after_polls=2)
        statuses = [self.ask_for(schedule_id="mine").status for _ in range(3)]
        self.assertEqual(statuses, [202, 202, 200])

    def test_it_may_fail(self):
        self.take(takes="10s", ends="failure", error="No such property")
        self.assertEqual(self.ask_for(schedule_id="mine").status, 202)
        self.pass_time("10s")
        self.assert_error(500, ("INTERNAL_SERVER_ERROR", "An unexpected error occurred."),
                          self.ask_for(schedule_id="mine"), "No such property")

    def test_no_wait_at_all(self):
        answer = self.ask_for(sync_timeout=0, schedule_id="mine")
        self.assertEqual((answer.status, answer.json()["meta"]["status_code"]), (202, "QUEUED"))
        self.assertEqual(self.ask_for(schedule_id="mine").status, 200)

    def test_a_run_that_nobody_knows(self):
        answer = self.ask("GET", as_json({"schedule_id": "none"}))
        self.assert_error(400, ("STATUS_NOT_FOUND", BAD_REQUEST[1]), answer)

    def test_as_many_rows_as_a_scenario_says(self):
        for rows in (0, 5, 1234):
            self.scenario = self.define({"outcome": "success", "rows": rows},
                                        match={"operation": "supermetrics.get_data"},
                                        name=f"{self.session}-{rows}")
            told = self.ask_for().json()
            self.assertEqual(len(told["data"]), rows + 1)
            self.assertEqual(told["meta"]["result"]["total_rows"], rows)

    def test_the_rows_of_the_month_run_out(self):
        self.scenario = self.define({"outcome": "rate_limited", "variant": "row_quota"},
                                    match={"operation": "supermetrics.get_data"},
                                    name=self.session)
        answer = self.ask_for()
        self.assertEqual((answer.status, answer.json()["error"]["code"],
                          answer.headers["Retry-After"]), (429, "API_ROW_QUOTA_EXCEEDED", "3600"))
        self.assertTrue(answer.json()["error"]["description"].startswith(
            "You have exceeded your row-quota limit of rows for this month."))


class AccountsTest(SupermetricsTest):
    def test_by_login(self):
        for path in (as_json({"ds_id": "AW"}, "/query/accounts"),
                     plain({"ds_id": "AW"}, "/v2/query/accounts")):
            told = self.told(200, "GET", path)
            self.assertIsNone(told["meta"]["query"]["cache_minutes"])
            [login] = told["data"]
            self.assertEqual((login["ds_user"], login["cache_time"]),
                             ("user.name@supermetrics.com", None))
            self.assertEqual(login["accounts"][0], {
                "account_id": "8733197711", "account_name": "Example shop", "group_name": "Example"})

    def test_of_users_and_unknown_sources(self):
        for query, count in (({"ds_id": "AW", "ds_users": ["user.name@supermetrics.com"]}, 1),
                             ({"ds_id": "AW", "ds_users": "User.Name@Supermetrics.com"}, 1),
                             ({"ds_id": "AW", "ds_users": "nobody"}, 0), ({"ds_id": "X"}, 0)):
            told = self.told(200, "GET", as_json(query, "/v2/query/accounts"))
            self.assertEqual(len(told["data"]), count, query)

    def test_a_revoked_login_sees_none(self):
        self.told(200, "DELETE", "/v2/ds/login/2682599")
        self.assertEqual(self.told(200, "GET", plain({"ds_id": "AW"}, "/query/accounts"))["data"],
                         [])

    def test_what_is_wrong(self):
        answer = self.ask("GET", as_json({}, "/v2/query/accounts"))
        self.assert_error(400, BAD_REQUEST, answer, "The field 'ds_id' is invalid")


if __name__ == "__main__":
    unittest.main()
