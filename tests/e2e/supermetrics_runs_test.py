"""Supermetrics' runs and backfills: how they go on by the clock, and how they are listed."""

import unittest

from supermetrics import (BAD_REQUEST, NOT_FOUND, OTHER_TEAM, TEAM, TRANSFER, UNPROCESSABLE,
                          SupermetricsTest)

JANUARY = "start_date=2026-01-01&end_date=2026-01-31"


class RunsTest(SupermetricsTest):
    def runs(self, transfer, query=JANUARY):
        return self.told(200, "GET", f"{TEAM}/transfers/{transfer}/runs?{query}")["data"]

    def make_runs(self, count):
        """A transfer that has run so often, every evening at ten; the first time on 2026-01-15."""
        transfer = self.make_transfer()
        self.pass_time("12h")
        self.pass_time(f"{24 * (count - 1)}h")
        self.pass_time("10s")
        return transfer

    def test_a_transfer_runs_when_its_schedule_says_so(self):
        transfer = self.make_transfer()
        self.pass_time("11h")
        self.assertEqual(self.runs(transfer), [])
        self.pass_time("1h")
        seen = []
        for wait in ("0s", "2s", "8s"):
            self.pass_time(wait)
            run, = self.runs(transfer)
            seen.append((run["status"], run["ended_time"], run["total_rows"]))
        self.assertEqual(seen, [("QUEUED", None, None), ("RUNNING", None, None),
                                ("COMPLETED", "2026-01-15T22:00:10Z", 3000)])
        self.assertEqual(list(run), ["id", "status", "created_time", "ended_time", "type",
                                     "total_duration", "total_rows", "data_date", "message"])
        self.assertEqual((run["type"], run["created_time"], run["data_date"], run["message"]),
                         ("Recurring", "2026-01-15T22:00:00Z", "2026-01-15", ""))

    def test_each_interval(self):
        for schedule, first, second in (  # from Thursday, 2026-01-15, at ten
                ({"run_interval": "hourly"}, "2026-01-15T11:00:00Z", "2026-01-15T12:00:00Z"),
                ({"run_interval": "daily", "run_hour": 9},
                 "2026-01-16T09:00:00Z", "2026-01-17T09:00:00Z"),
                ({"run_interval": "weekly", "run_hour": 9, "run_weekday": 7},
                 "2026-01-18T09:00:00Z", "2026-01-25T09:00:00Z"),
                ({"run_interval": "monthly", "run_day": 31},
                 "2026-01-31T00:00:00Z", "2026-03-31T00:00:00Z")):
            with self.subTest(interval=schedule["run_interval"]):
                self.setUp()
                transfer = self.make_transfer(schedule=[schedule])
                self.pass_time("80d")
                runs = self.runs(transfer, "start_date=2026-01-01&end_date=2026-12-31&limit=10000"
                                           "&sort_direction=ASC")
                self.assertEqual([run["created_time"] for run in runs[:2]], [first, second])

    def test_no_more_than_ten_thousand_at_once(self):
        path = (f"{TEAM}/transfers/{self.make_transfer()}/runs?start_date=2026-01-01T00:00:00Z"
                "&end_date=2026-02-01T00:00:00Z&limit=")
        self.told(200, "GET", path + "10000")
        self.assertEqual(self.ask("GET", path + "10001").status, 400)

    def test_a_paused_transfer_does_not_run(self):
        transfer = self.make_transfer()
        state = f"{TEAM}/transfers/{transfer}/state"
        self.told(200, "PUT", state, {"transfer_state": "pause"})
        self.told(200, "PUT", f"{TEAM}/transfers/{transfer}", TRANSFER)
        self.pass_time("3d")
        self.assertEqual(self.runs(transfer), [])
        self.told(200, "PUT", state, {"transfer_state": "unpause"})
        self.pass_time("1d")
        self.assertEqual([run["created_time"] for run in self.runs(transfer)],
                         ["2026-01-18T22:00:00Z"])

    def test_a_changed_schedule_holds_from_then_on(self):
        transfer = self.make_transfer()
        self.told(200, "PUT", f"{TEAM}/transfers/{transfer}",
                  TRANSFER | {"schedule": [{"run_interval": "daily", "run_hour": 11}]})
        self.pass_time("1d")
        self.assertEqual([run["created_time"] for run in self.runs(transfer)],
                         ["2026-01-15T11:00:00Z"])

    def test_a_transfer_without_a_schedule_does_not_run(self):
        transfer = self.make_transfer(schedule=[])
        self.pass_time("3d")
        self.assertEqual(self.runs(transfer), [])

    def test_one_run_in_detail(self):
        transfer = self.make_runs(1)
        run, = self.runs(transfer)
        told = self.told(200, "GET", f"{TEAM}/transfer_runs/{run['id']}")
        self.assertEqual(list(told), ["meta", "data"])
        self.assertEqual(told["data"], {
            "id": run["id"], "status": "COMPLETED", "started_time": "2026-01-15T22:00:02Z",
            "ended_time": "2026-01-15T22:00:10Z", "created_time": "2026-01-15T22:00:00Z",
            "queued_time": "2026-01-15T22:00:00Z",
            "query_details": [{"duration": 12.5, "status": "COMPLETED", "rows": 3000,
                               "error_description": None}],
            "external_id": f"ext-{run['id']}", "failed_query_amount": 0, "total_duration": 12.5,
            "total_rows": 3000, "query_amount": 1, "data_date": "2026-01-15", "message": ""})

    def test_a_run_fails_where_a_scenario_says_so(self):
        self.scenario = self.define_whole("run-fails", lifecycle={
            "supermetrics.run": {"takes": "45s", "ends": "failed", "error": "Quota exceeded"}})
        transfer = self.make_transfer()
        self.pass_time("12h")
        self.pass_time("44s")
        self.assertEqual(self.runs(transfer)[0]["status"], "RUNNING")
        self.pass_time("1s")
        run, = self.runs(transfer, JANUARY + "&filter_issues_only=true")
        self.assertEqual((run["status"], run["message"], run["total_rows"]),
                         ("FAILED", "Quota exceeded", 0))

    def test_issues_only(self):
        transfer = self.make_runs(1)
        self.assertEqual(self.runs(transfer, JANUARY + "&filter_issues_only=true"), [])
        self.assertEqual(len(self.runs(transfer, JANUARY + "&filter_issues_only=false")), 1)

    def test_dates_count_from_the_first_to_the_last(self):
        transfer = self.make_runs(1)  # on 2026-01-15
        for start, end, count in (
                ("2026-01-15", "2026-01-15", 1), ("2026-01-16", "2026-01-31", 0),
                ("2026-01-01", "2026-01-14", 0),
                ("2026-01-01T00:00:00Z", "2026-01-31T23:59:59Z", 1),
                ("2026-01-31", "2026-01-01", 0)):
            with self.subTest(start=start, end=end):
                query = f"start_date={start}&end_date={end}"
                self.assertEqual(len(self.runs(transfer, query)), count)

    def test_pages_by_limit_and_offset(self):
        transfer = self.make_runs(5)
        whole = [run["id"] for run in self.runs(transfer)]
        self.assertEqual(len(whole), 5)
        pages = [[run["id"] for run in self.runs(transfer, f"{JANUARY}&limit=2&offset={offset}")]
                 for offset in (0, 2, 4, 6)]
        self.assertEqual(pages, [whole[:2], whole[2:4], whole[4:], []])

    def test_sorting(self):
        transfer = self.make_runs(3)
        created = [run["created_time"] for run in self.runs(transfer)]
        self.assertEqual(created, sorted(created, reverse=True))
        for field in ("created_time", "ended_time", "data_date"):
            for direction, reverse in (("ASC", False), ("DESC", True)):
                with self.subTest(field=field, direction=direction):
                    query = f"{JANUARY}&sort_field={field}&sort_direction={direction}"
                    values = [run[field] for run in self.runs(transfer, query)]
                    self.assertEqual(len(values), 3)
                    self.assertEqual(values, sorted(values, reverse=reverse))

    def test_queries_that_break_a_rule(self):
        transfer = self.make_transfer()
        required = "The field 'start_date' is required; The field 'end_date' is required"
        for query, words in (
                ("", required), ("?start_date=2026-01-01", "The field 'end_date' is required"),
                ("?start_date=soon&end_date=2026-01-31",
                 r"The field 'start_date' must match ^\d{4}-\d{2}-\d{2}([Tt ].+)?$; "
                 "The field 'start_date' must be a valid date"),
                ("?start_date=2026-02-30&end_date=2026-03-01",
                 "The field 'start_date' must be a valid date"),
                (f"?{JANUARY}&sort_field=status", "The field 'sort_field' must be one of "
                 '["created_time","ended_time","data_date"]'),
                (f"?{JANUARY}&sort_direction=up",
                 """The field 'sort_direction' must be one of ["ASC","DESC"]"""),
                (f"?{JANUARY}&filter_issues_only=maybe",
                 "The field 'filter_issues_only' must be of the type boolean"),
                (f"?{JANUARY}&limit=0", "The field 'limit' must be at least 1"),
                (f"?{JANUARY}&limit=ten", "The field 'limit' must be an integer"),
                (f"?{JANUARY}&offset=-1", "The field 'offset' must be at least 0")):
            with self.subTest(query=query):
                answer = self.ask("GET", f"{TEAM}/transfers/{transfer}/runs{query}")
                self.assert_error(400, BAD_REQUEST, answer, words)

    def test_unknown_runs_and_transfers(self):
        transfer = self.make_runs(1)
        run = self.runs(transfer)[0]["id"]
        for path in (f"{TEAM}/transfer_runs/1", f"{OTHER_TEAM}/transfer_runs/{run}",
                     f"{TEAM}/transfers/1/runs?{JANUARY}",
                     f"{OTHER_TEAM}/transfers/{transfer}/runs?{JANUARY}"):
            with self.subTest(path=path):
                self.assert_error(404, NOT_FOUND, self.ask("GET", path))
        self.assert_error(404, NOT_FOUND, self.ask("GET", f"{TEAM}/transfer_runs/first"))

    def test_the_runs_of_a_deleted_transfer_are_kept(self):
        transfer = self.make_transfer()
        self.pass_time("12h")
        run = self.runs(transfer)[0]["id"]
        self.ask("DELETE", f"{TEAM}/transfers/{transfer}")
        self.pass_time("10s")
        told = self.told(200, "GET", f"{TEAM}/transfer_runs/{run}")
        self.assertEqual(told["data"]["status"], "COMPLETED")


class BackfillsTest(SupermetricsTest):
    def setUp(self):
        super().setUp()
        self.transfer = self.make_transfer()
        self.path = f"{TEAM}/transfers/{self.transfer}/backfills"

    def backfill(self, number):
        return self.told(200, "GET", f"{TEAM}/backfills/{number}")["data"]

    def cancel(self, number, team=TEAM):
        return self.ask("PATCH", f"{team}/backfills/{number}", {"status": "CANCELLED"})

    def runs_of(self, number):
        return [run for run in self.resources("transfer_run").values()
                if run.get("backfill_id") == number]

    def test_create_answers_200_and_counts_the_days(self):
        made = self.make_backfill(self.transfer)
        number = made["transfer_backfill_id"]
        self.assertEqual(made, {
            "transfer_backfill_id": number, "transfer_id": self.transfer,
            "range_start_date": "2024-01-01", "range_end_date": "2024-01-31",
            "created_time": "2026-01-15T10:00:00Z", "created_user_id": 789, "start_time": None,
            "end_time": None, "status": "CREATED", "transfer_runs_total": 31,
            "transfer_runs_created": 0, "transfer_runs_completed": 0, "transfer_runs_failed": 0,
            "error_report": []})
        self.assertEqual(self.backfill(number), made)

    def test_it_goes_on_by_the_clock(self):
        number = self.make_backfill(self.transfer)["transfer_backfill_id"]
        seen = []
        for wait in ("1s", "1s", "2s", "2s", "3s", "1s"):
            self.pass_time(wait)
            now = self.backfill(number)
            seen.append((now["status"], now["transfer_runs_created"],
                         now["transfer_runs_completed"]))
        self.assertEqual(seen, [("SCHEDULED", 31, 0), ("RUNNING", 31, 0), ("RUNNING", 31, 7),
                                ("RUNNING", 31, 15), ("RUNNING", 31, 23), ("COMPLETED", 31, 31)])
        self.assertEqual((now["start_time"], now["end_time"]),
                         ("2026-01-15T10:00:02Z", "2026-01-15T10:00:10Z"))

    def test_each_day_has_a_run_of_its_type(self):
        number = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.assertEqual(self.runs_of(number), [])
        self.pass_time("1s")
        runs = self.runs_of(number)
        self.assertEqual([run["data_date"] for run in runs],
                         [f"2024-01-{day:02}" for day in range(1, 32)])
        self.assertEqual(len({run["id"] for run in runs}), 31)
        seen = []
        for wait in ("0s", "1s", "2s", "6s"):
            self.pass_time(wait)
            seen.append([run["status"] for run in self.runs_of(number)])
        self.assertEqual(seen, [["QUEUED"] * 31, ["RUNNING"] * 31,
                                ["COMPLETED"] * 7 + ["RUNNING"] * 24, ["COMPLETED"] * 31])
        listed = self.told(200, "GET", f"{TEAM}/transfers/{self.transfer}/runs?{JANUARY}")["data"]
        backfilled = [run for run in listed if run["type"] == "Backfill"]
        self.assertEqual({run["total_rows"] for run in backfilled}, {3000})
        self.assertEqual(len(backfilled), 31)

    def test_a_day_and_a_year(self):
        for start, end, days in (("2024-02-28", "2024-02-28", 1), ("2023-03-01", "2024-02-29", 366)):
            number = self.make_backfill(self.transfer, start, end)["transfer_backfill_id"]
            self.pass_time("1h")
            dates = [run["data_date"] for run in self.runs_of(number)]
            self.assertEqual((len(dates), dates[0], dates[-1]), (days, start, end))
            self.assertEqual(self.backfill(number)["transfer_runs_completed"], days)

    def test_it_fails_where_a_scenario_says_so(self):
        self.scenario = self.define_whole("backfill-fails", lifecycle={
            "supermetrics.backfill": {"takes": "20s", "ends": "failed"}})
        number = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.pass_time("20s")
        now = self.backfill(number)
        self.assertEqual((now["status"], now["transfer_runs_failed"], now["error_report"]),
                         ("FAILED", 1, [{"transfer_run_date": "2024-01-24",
                                         "error": "Connection timeout to data source"}]))
        self.assertEqual([run["status"] for run in self.runs_of(number)],
                         ["COMPLETED"] * 23 + ["FAILED"] + ["CANCELLED"] * 7)
        self.assertEqual(self.runs_of(number)[23]["message"], "Connection timeout to data source")

    def test_it_goes_on_by_polls_where_a_scenario_says_so(self):
        self.scenario = self.define_whole("backfill-polled", lifecycle={
            "supermetrics.backfill": {"after_polls": 3}})
        number = self.make_backfill(self.transfer)["transfer_backfill_id"]
        statuses = [self.backfill(number)["status"] for _ in range(4)]
        self.assertEqual(statuses[-1], "COMPLETED")
        self.assertNotEqual(statuses[0], "COMPLETED")

    def test_the_latest_is_told_whatever_its_status(self):
        first = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.assertEqual(self.told(200, "GET", self.path + "/latest")["data"],
                         self.backfill(first))
        self.pass_time("10s")
        second = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.cancel(second)
        latest = self.told(200, "GET", self.path + "/latest")["data"]
        self.assertEqual((latest["transfer_backfill_id"], latest["status"]), (second, "CANCELLED"))

    def test_the_list_has_the_incomplete_newest_first(self):
        def listed():
            return [(backfill["transfer_backfill_id"], backfill["status"])
                    for backfill in self.told(200, "GET", TEAM + "/backfills")["data"]]
        self.assertEqual(listed(), [])
        first = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.pass_time("5s")
        second = self.make_backfill(self.transfer, "2024-02-01", "2024-02-29")
        second = second["transfer_backfill_id"]
        self.assertEqual(listed(), [(second, "CREATED"), (first, "RUNNING")])
        self.pass_time("5s")
        self.assertEqual(listed(), [(second, "RUNNING")])
        self.cancel(second)
        self.assertEqual(listed(), [])

    def test_cancel_keeps_it_and_tells_when(self):
        number = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.pass_time("1s")
        answer = self.cancel(number)
        self.assertEqual(answer.status, 200, answer)
        told = answer.json()["data"]
        self.assertEqual((told["status"], told["end_time"], told["removed_time"],
                          told["removed_user_id"]),
                         ("CANCELLED", "2026-01-15T10:00:01Z", "2026-01-15T10:00:01Z", 789))
        self.pass_time("1h")
        self.assertEqual(self.backfill(number), told)

    def test_cancel_takes_the_run_that_waits_with_it(self):
        number = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.pass_time("1s")
        self.cancel(number)
        self.assertEqual([run["status"] for run in self.runs_of(number)], ["CANCELLED"] * 31)

    def test_cancel_lets_the_run_under_way_come_to_its_end(self):
        number = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.pass_time("5s")
        self.cancel(number)
        self.assertEqual([run["status"] for run in self.runs_of(number)],
                         ["COMPLETED"] * 7 + ["RUNNING"] * 24)
        self.pass_time("10s")
        self.assertEqual({(run["status"], run["started_time"]) for run in self.runs_of(number)},
                         {("COMPLETED", "2026-01-15T10:00:02Z")})

    def test_a_failed_one_can_be_cancelled(self):
        self.scenario = self.define_whole("backfill-fails-at-once", lifecycle={
            "supermetrics.backfill": {"takes": "1s", "ends": "failed"}})
        number = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.pass_time("1s")
        self.assertEqual(self.cancel(number).status, 200)

    def test_cancel_of_what_is_finished(self):
        completed = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.pass_time("10s")
        cancelled = self.make_backfill(self.transfer)["transfer_backfill_id"]
        self.cancel(cancelled)
        for number in (completed, cancelled):
            self.assert_error(422, UNPROCESSABLE, self.cancel(number),
                              "The backfill is already in a final state")
        self.assertEqual(self.backfill(completed)["status"], "COMPLETED")

    def test_another_status_than_cancelled(self):
        number = self.make_backfill(self.transfer)["transfer_backfill_id"]
        for body, words in (({"status": "RUNNING"},
                             """The field 'status' must be one of ["CANCELLED"]"""),
                            ({}, "The field 'status' is required")):
            answer = self.ask("PATCH", f"{TEAM}/backfills/{number}", body)
            self.assert_error(422, UNPROCESSABLE, answer, words)

    def test_ranges_that_overlap(self):
        self.make_backfill(self.transfer)
        for start, end in (("2024-01-31", "2024-02-01"), ("2023-12-01", "2024-01-01"),
                           ("2024-01-10", "2024-01-10"), ("2023-01-01", "2025-01-01")):
            with self.subTest(start=start, end=end):
                answer = self.ask("POST", self.path, {"range_start": start, "range_end": end})
                self.assert_error(422, UNPROCESSABLE, answer,
                                  "The date range overlaps with an existing active backfill")
        self.make_backfill(self.transfer, "2024-02-01", "2024-02-29")
        self.make_backfill(self.make_transfer(display_name="Another"))
        self.pass_time("10s")
        self.make_backfill(self.transfer)  # the first is no longer active

    def test_dates_that_are_none(self):
        for body, words in (
                ({"range_start": "2024-01-31", "range_end": "2024-01-01"},
                 "The field 'range_end' must not be before 'range_start'"),
                ({"range_start": "2024-02-30", "range_end": "2024-03-01"},
                 "The field 'range_start' must be a valid date"),
                ({"range_start": "2024-1-1", "range_end": "2024-03-01"},
                 r"The field 'range_start' must match ^\d{4}-\d{2}-\d{2}$; "
                 "The field 'range_start' must be a valid date"),
                ({"range_start": "2024-01-01"}, "The field 'range_end' is required"),
                ({"range_start": 20240101, "range_end": "2024-01-31"},
                 "The field 'range_start' must be a string")):
            with self.subTest(body=body):
                answer = self.ask("POST", self.path, body)
                self.assert_error(422, UNPROCESSABLE, answer, words)
        self.assert_error(400, BAD_REQUEST, self.ask("POST", self.path, "{"),
                          "The request body is not valid JSON")

    def test_unknown_transfers_have_their_own_words(self):
        words = ("NOT_FOUND", "Not Found")
        no_backfill = ("No backfill has been created for this transfer yet, or the transfer does "
                       "not exist or belong to your team.")
        body = {"range_start": "2024-01-01", "range_end": "2024-01-31"}
        for team, transfer in ((TEAM, 1), (OTHER_TEAM, self.transfer)):
            path = f"{team}/transfers/{transfer}/backfills"
            self.assert_error(404, words, self.ask("POST", path, body),
                              "The requested transfer could not be found or you do not have access "
                              "to it.")
            self.assert_error(404, words, self.ask("GET", path + "/latest"), no_backfill)
        self.assert_error(404, words, self.ask("GET", self.path + "/latest"), no_backfill)

    def test_unknown_backfills(self):
        number = self.make_backfill(self.transfer)["transfer_backfill_id"]
        for team, wanted in ((TEAM, 1), (OTHER_TEAM, number)):
            self.assert_error(404, NOT_FOUND, self.ask("GET", f"{team}/backfills/{wanted}"))
            self.assert_error(404, NOT_FOUND, self.cancel(wanted, team))
        self.assert_error(400, BAD_REQUEST, self.cancel("last"),
                          "The path parameter 'backfill_id' must be an integer")
        self.assert_error(404, NOT_FOUND, self.ask("GET", TEAM + "/backfills/last"))
        self.session += "-other"
        self.assert_error(404, NOT_FOUND, self.ask("GET", f"{TEAM}/backfills/{number}"))


if __name__ == "__main__":
    unittest.main()
