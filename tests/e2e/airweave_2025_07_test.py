"""Airweave 2025-07: the life of a source connection and its jobs, on a frozen clock."""

import unittest

from airweave_2025_07 import (NOBODY, NOW, STRIPE, UUID4, AirweaveTest, at)
from worlds import ask

DERIVED = ("status", "latest_sync_job_status", "latest_sync_job_started_at",
           "latest_sync_job_completed_at", "latest_sync_job_error")
COUNTS = ("entities_inserted", "entities_updated", "entities_deleted", "entities_kept",
          "entities_skipped")


class LifeTest(AirweaveTest):
    def derived(self, connection):
        now = self.connection(connection)
        return [now[member] for member in DERIVED]

    def test_the_first_sync_goes_from_pending_to_completed(self):
        made = self.create()
        self.assertEqual([made[member] for member in DERIVED],
                         ["in_progress", "pending", None, None, None])
        # The reply alone says in_progress before the job runs.
        self.assertEqual(self.derived(made), ["active", "pending", None, None, None])
        self.advance("1s")
        self.assertEqual(self.derived(made), ["in_progress", "in_progress", at(1), None, None])
        self.advance("8s")
        self.assertEqual(self.derived(made), ["in_progress", "in_progress", at(1), None, None])
        self.advance("1s")
        self.assertEqual(self.derived(made), ["active", "completed", at(1), at(10), None])
        self.assertEqual(self.connection(made)["latest_sync_job_id"], made["latest_sync_job_id"])

    def test_its_job_is_told_in_every_state(self):
        made = self.create()
        path = f"/source-connections/{made['id']}/jobs/{made['latest_sync_job_id']}"
        pending = {"source_connection_id": made["id"], "id": made["latest_sync_job_id"],
                   "organization_id": made["organization_id"], "created_by_email": None,
                   "modified_by_email": None, "created_at": NOW, "modified_at": NOW,
                   "status": "pending", **dict.fromkeys(COUNTS, 0), "entities_encountered": {},
                   "started_at": None, "completed_at": None, "failed_at": None, "error": None}
        job = self.call("GET", path)
        self.assertEqual(job, pending)
        self.assertEqual(list(job), list(pending))
        self.advance("1s")
        running = {**pending, "status": "in_progress", "started_at": at(1), "modified_at": at(1)}
        self.assertEqual(self.call("GET", path), running)
        self.advance("9s")
        self.assertEqual(self.jobs(made), [
            {**running, "status": "completed", "completed_at": at(10), "modified_at": at(10),
             "entities_inserted": 42, "entities_encountered": {"documents": 42}}])

    def test_a_run_starts_another_job_also_while_one_runs(self):
        made = self.create()
        self.advance("5s")
        second = self.run_again(made)
        self.assertRegex(second["id"], UUID4)
        self.assertEqual(second["status"], "pending")
        self.assertEqual(second["created_at"], at(5))
        # The newest job counts, and a pending one leaves the source connection active.
        self.assertEqual(self.derived(made), ["active", "pending", None, None, None])
        self.advance("5s")
        self.assertEqual([job["status"] for job in self.jobs(made)], ["completed", "in_progress"])
        self.assertEqual(self.derived(made), ["in_progress", "in_progress", at(6), None, None])
        self.advance("5s")
        first, second = self.jobs(made)
        self.assertEqual(self.derived(made), ["active", "completed", at(6), at(15), None])
        # The first brings what there is, the second finds it there.
        self.assertEqual([first[count] for count in COUNTS], [42, 0, 0, 0, 0])
        self.assertEqual([second[count] for count in COUNTS], [0, 0, 0, 42, 0])

    def test_a_run_takes_a_body_or_none(self):
        made = self.idle()
        path = f"/source-connections/{made['id']}/run"
        for body in (None, {}, {"access_token": None}, {"access_token": "gho_x"}, {"other": 1}):
            with self.subTest(body=body):
                self.assertEqual(self.call("POST", path, body)["status"], "pending")
        self.assertEqual(len(self.jobs(made)), 5)
        self.assertNotIn("gho_x", str(self.stored("sync_job")))

    def test_without_sync_immediately_nothing_runs(self):
        made = self.idle()
        self.assertEqual([made[member] for member in DERIVED], ["active", *[None] * 4])
        self.assertIsNone(made["latest_sync_job_id"])
        self.advance("1m")
        self.assertEqual(self.derived(made), ["active", *[None] * 4])
        self.assertEqual(self.jobs(made), [])

    def test_a_job_that_waits_or_runs_is_cancelled_at_once(self):
        made = self.create()
        self.advance("1s")
        self.run_again(made)
        running, waiting = self.jobs(made)
        self.advance("100ms")
        for job, was in ((waiting, "pending"), (running, "in_progress")):
            with self.subTest(was=was):
                self.assertEqual(job["status"], was)
                cancelled = self.call("POST", self.job_path(job, "/cancel"))
                self.assertEqual(cancelled, {**job, "status": "cancelled",
                                             "modified_at": "2026-01-15T10:00:01.100000"})
                # The service keeps these of failed jobs only.
                self.assertEqual((cancelled["error"], cancelled["failed_at"]), (None, None))
        self.advance("1m")
        self.assertEqual([job["status"] for job in self.jobs(made)], ["cancelled"] * 2)
        self.assertEqual(self.derived(made), ["active", "cancelled", None, None, None])

    def test_a_job_that_is_over_cannot_be_cancelled(self):
        completed = self.create()
        cancelled = self.create()
        self.call("POST", self.job_path(self.jobs(cancelled)[0], "/cancel"))
        self.advance("10s")
        self.play(lifecycle={"airweave.sync_job": {"ends": "failed"}})
        failed = self.create()
        self.advance("10s")
        for made, word in ((completed, "COMPLETED"), (cancelled, "CANCELLED"), (failed, "FAILED")):
            with self.subTest(word=word):
                job = self.jobs(made)[0]
                answer = self.send("POST", self.job_path(job, "/cancel"))
                self.assert_told(answer, 400, f"Cannot cancel job in SyncJobStatus.{word} status")
                self.assertEqual(self.jobs(made), [job])

    def test_a_delete_answers_with_what_was_and_takes_the_jobs_with_it(self):
        made = self.create(cron_schedule="0 */6 * * *")
        self.advance("10s")
        shown = self.connection(made)
        deleted = self.call("DELETE", f"/source-connections/{made['id']}")
        self.assertEqual(deleted, {**shown, "auth_fields": None, "cron_schedule": None,
                                   "next_scheduled_run": None})
        self.assertEqual(list(deleted), list(shown))
        for method, more in (("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/run"),
                             ("GET", "/jobs"), ("GET", f"/jobs/{made['latest_sync_job_id']}"),
                             ("POST", f"/jobs/{made['latest_sync_job_id']}/cancel")):
            with self.subTest(method=method, more=more):
                answer = self.send(method, f"/source-connections/{made['id']}{more}",
                                   {} if method == "PUT" else None)
                self.assert_told(answer, 404, "SourceConnection not found")
        self.assertEqual(self.stored("sync_job"), [])

    def test_a_job_of_a_deleted_connection_is_heard_of_no_more(self):
        made = self.create()
        self.call("DELETE", f"/source-connections/{made['id']}")
        self.advance("1m")
        self.assertEqual((self.stored("sync_job"), self.stored("source_connection")), ([], []))
        self.assertEqual(self.collection_status(made["collection"]), "NEEDS SOURCE")


class LifecycleTest(AirweaveTest):
    """What a scenario says of the syncs."""

    def test_a_sync_fails_with_the_error_that_a_scenario_says(self):
        self.play(lifecycle={"airweave.sync_job": {"ends": "failed", "takes": "45s",
                                                   "error": "Token expired"}})
        made = self.create()
        self.advance("44s")
        self.assertEqual(self.connection(made)["status"], "in_progress")
        self.advance("1s")
        job = self.jobs(made)[0]
        self.assertEqual([job[m] for m in ("status", "error", "failed_at", "completed_at")],
                         ["failed", "Token expired", at(45), None])
        self.assertEqual([job[count] for count in COUNTS], [0] * 5)
        told = self.connection(made)
        self.assertEqual([told[member] for member in DERIVED],
                         ["failing", "failed", "2026-01-15T10:00:04.500000", None, None])

    def test_a_run_after_a_failure_makes_it_active_again(self):
        self.play(lifecycle={"airweave.sync_job": {"ends": "failed"}})
        made = self.create()
        self.advance("10s")
        self.assertEqual(self.connection(made)["status"], "failing")
        self.run_again(made)
        self.assertEqual(self.connection(made)["status"], "active")

    def test_a_sync_fails_with_words_of_its_own(self):
        self.play(lifecycle={"airweave.sync_job": {"ends": "failed"}})
        made = self.create()
        self.advance("10s")
        self.assertEqual(self.jobs(made)[0]["error"], "Sync failed")

    def test_a_sync_may_be_cancelled_by_itself(self):
        self.play(lifecycle={"airweave.sync_job": {"ends": "cancelled"}})
        made = self.create()
        self.advance("10s")
        self.assertEqual(self.jobs(made)[0]["status"], "cancelled")
        told = self.connection(made)
        self.assertEqual((told["status"], told["latest_sync_job_status"]), ("active", "cancelled"))

    def test_a_sync_moves_on_by_looks_at_the_connection_or_at_its_jobs(self):
        self.play(lifecycle={"airweave.sync_job": {"after_polls": 4}})
        looks = {
            "connection": self.connection,
            "jobs": lambda made: {"latest_sync_job_status": self.jobs(made)[0]["status"]},
            "job": lambda made: {"latest_sync_job_status": self.call(
                "GET", f"/source-connections/{made['id']}/jobs/{made['latest_sync_job_id']}"
            )["status"]},
        }
        for name, look in looks.items():
            with self.subTest(look=name):
                made = self.create()
                met = [look(made)["latest_sync_job_status"] for _ in range(4)]
                self.assertEqual(met[-1], "completed", met)
                self.assertIn("in_progress", met)


class ReadTest(AirweaveTest):
    def test_get_shows_what_the_create_reply_hides(self):
        made = self.create(cron_schedule="0 */6 * * *")
        self.assertEqual((made["cron_schedule"], made["next_scheduled_run"]), (None, None))
        self.assertEqual(self.connection(made),
                         {**made, "status": "active", "cron_schedule": "0 */6 * * *",
                          "next_scheduled_run": "2026-01-15T12:00:00Z"})
        self.assertEqual(list(self.connection(made)), list(made))

    def test_the_next_run_moves_with_the_clock(self):
        made = self.idle(cron_schedule="30 2 * * MON")
        # The clock starts on a Thursday.
        self.assertEqual(self.connection(made)["next_scheduled_run"], "2026-01-19T02:30:00Z")
        self.advance("100h")
        self.assertEqual(self.connection(made)["next_scheduled_run"], "2026-01-26T02:30:00Z")

    def test_the_credential_is_shown_only_where_that_is_asked_for(self):
        fields = {"personal_access_token": "ghp_1", "repo_name": "a/b", "tags": ["x", 1, None]}
        made = self.idle(short_name="github", auth_fields=fields, config_fields={"branch": "main"})
        self.assertEqual(made["auth_fields"], "********")
        for query, shown in (("", "********"), ("?show_auth_fields=false", "********"),
                             ("?show_auth_fields=true", fields)):
            with self.subTest(query=query):
                self.assertEqual(self.connection(made, query)["auth_fields"], shown)
        self.assertEqual(self.connection(made)["config_fields"], {"branch": "main"})

    def test_a_stored_credential_may_stand_for_the_fields(self):
        made = self.idle(auth_fields=None, credential_id=NOBODY)
        self.assertEqual(made["auth_fields"], "********")
        self.assertEqual(self.connection(made)["auth_fields"], "********")
        self.assertEqual(self.connection(made, "?show_auth_fields=true")["auth_fields"], {})

    def test_a_list_has_only_the_core_of_each(self):
        made = self.idle(description="For payments")
        self.assertEqual(self.call("GET", "/source-connections"), [
            {member: made[member] for member in ("id", "name", "description", "short_name",
                                                 "status", "created_at", "modified_at", "sync_id",
                                                 "collection", "white_label_id")}])

    def test_lists_are_told_in_pages_and_by_collection(self):
        here = [self.idle(name=f"here {n}", collection="my-collection")["id"] for n in range(3)]
        there = [self.idle(name=f"there {n}")["id"] for n in range(2)]
        for query, ids in (("", here + there), ("?limit=2", here[:2]),
                           ("?skip=2", [here[2], *there]), ("?skip=1&limit=2", here[1:3]),
                           ("?skip=5", []), ("?skip=99&limit=1000", []),
                           ("?collection=my-collection", here), ("?collection=nowhere", []),
                           ("?collection=my-collection&skip=1&limit=1", [here[1]])):
            with self.subTest(query=query):
                listed = self.call("GET", "/source-connections" + query)
                self.assertEqual([one["id"] for one in listed], ids)

    def test_a_list_has_no_more_than_a_hundred_where_nothing_is_said(self):
        for n in range(101):
            self.idle(name=f"number {n}", collection="my-collection")
        self.assertEqual(len(self.call("GET", "/source-connections")), 100)
        self.assertEqual(len(self.call("GET", "/source-connections?limit=1000")), 101)

    def test_a_slash_at_the_end_changes_nothing(self):
        made = self.idle()
        path = f"/source-connections/{made['id']}"
        self.assertEqual(self.call("GET", path + "/"), self.call("GET", path))
        self.assertEqual(len(self.call("GET", "/source-connections/")), 1)
        self.assertEqual(self.call("GET", path + "/jobs/"), [])

    def test_nothing_of_another_session_is_there(self):
        made = self.create()
        for path in ("", "/jobs", f"/jobs/{made['latest_sync_job_id']}"):
            with self.subTest(path=path):
                answer = self.send("GET", f"/source-connections/{made['id']}{path}", session="else")
                self.assert_told(answer, 404, "SourceConnection not found")
        self.assertEqual(self.call("GET", "/source-connections", session="else"), [])

    def test_a_job_is_found_by_its_own_connection_only(self):
        one, other = self.create(), self.create()
        for method, more in (("GET", ""), ("POST", "/cancel")):
            path = f"/source-connections/{one['id']}/jobs/{other['latest_sync_job_id']}{more}"
            self.assert_told(self.send(method, path), 404, "Sync job not found")
            path = f"/source-connections/{one['id']}/jobs/{NOBODY}{more}"
            self.assert_told(self.send(method, path), 404, "Sync job not found")
        self.assertEqual(self.jobs(other)[0]["status"], "pending")


class ScheduleTest(AirweaveTest):
    """A schedule starts jobs on the session's clock."""

    def create(self, **changes):
        return self.call("POST", "/source-connections", {**STRIPE, **changes})

    def begun(self, made):
        return [job["created_at"] for job in
                self.call("GET", f"/source-connections/{made['id']}/jobs")]

    def test_it_fires_at_its_times(self):
        made = self.create(cron_schedule="30 * * * *")
        self.advance("30m")
        self.assertEqual(self.begun(made), [at(0), at(1800)])
        self.advance("2h")
        self.assertEqual(len(self.begun(made)), 4)

    def test_one_that_has_never_run_is_due_at_once(self):
        made = self.create(cron_schedule="30 * * * *", sync_immediately=False)
        self.assertEqual(self.begun(made), [])
        self.advance("1s")
        self.assertEqual(self.begun(made), [at(1)])

    def test_it_waits_for_a_job_that_goes_on(self):
        self.play(lifecycle={"airweave.sync_job": {"takes": "90s"}})
        made = self.create(cron_schedule="*/1 * * * *")
        self.advance("5m")
        self.assertEqual(self.begun(made), [at(0), at(90), at(180), at(270)])

    def test_another_one_takes_its_place_and_ends_with_its_connection(self):
        made = self.create(cron_schedule="30 * * * *")
        self.call("PUT", f"/source-connections/{made['id']}", {"cron_schedule": "*/10 * * * *"})
        self.advance("20m")
        self.assertEqual(self.begun(made), [at(0), at(600), at(1200)])
        self.call("DELETE", f"/source-connections/{made['id']}")
        self.advance("1h")
        self.assertEqual((self.stored("sync_job"), self.stored("timer")), ([], []))


class StrictTest(AirweaveTest):
    """The reference calls credentials optional; the service does not."""

    POLICY = {"id": "source_fields", "strict": True, "optional": ["client_id", "client_secret"]}

    def create(self, short_name, **more):
        return self.send("POST", "/source-connections",
                         {"name": "My Connection", "short_name": short_name, **more})

    def test_the_reference_holds_unless_a_session_says_so(self):
        for short_name in "stripe", "github":
            self.assertEqual(self.create(short_name).status, 200)

    def test_a_session_may_ask_for_what_the_service_asks_for(self):
        ask(self.emulator, "PUT", f"/sessions/{self.session}",
            {"seed_state": {"airweave.policy": {"source_fields": self.POLICY}}})
        self.assert_told(self.create("stripe"), 400, "Either auth_fields or credential_id must be "
                                                     "provided to create a source connection")
        self.assert_told(
            self.create("github", auth_fields={"repo_name": "a/b"}), 422,
            "Invalid auth fields: Invalid configuration for GitHubAuthConfig:\n"
            "Field 'personal_access_token': Field required. See "
            "https://docs.airweave.ai/docs/connectors/github#authentication for more information.")
        whole = {"auth_fields": {"personal_access_token": "ghp_1", "repo_name": "a/b"}}
        self.assert_told(
            self.create("github", **whole), 422,
            "Source GitHub requires config fields but none were provided. See "
            "https://docs.airweave.ai/docs/connectors/github#configuration for more information.")
        self.assertEqual(self.create("github", **whole, config_fields={"branch": "main"}).status, 200)
        self.assertEqual(self.create("stripe", credential_id=NOBODY).status, 200)
        tokens = {"access_token": "a", "refresh_token": "r"}
        self.assertEqual(self.create("gmail", auth_fields=tokens).status, 200, "its client is optional")


class UpdateTest(AirweaveTest):
    def update(self, connection, body):
        return self.call("PUT", f"/source-connections/{connection['id']}", body)

    def test_an_update_changes_what_it_has(self):
        made = self.idle(config_fields={"a": 1})
        self.advance("5s")
        new = {"name": "Another name", "description": "Said", "config_fields": {"b": 2},
               "cron_schedule": "*/15 * * * *", "white_label_id": NOBODY, "connection_id": NOBODY}
        updated = self.update(made, {**new, "auth_fields": {"api_key": "sk_new"}})
        self.assertEqual(updated, {**made, **new, "modified_at": at(5),
                                   "next_scheduled_run": "2026-01-15T10:15:00Z"})
        self.assertEqual(self.connection(made), updated)
        self.assertEqual(self.connection(made, "?show_auth_fields=true")["auth_fields"],
                         {"api_key": "sk_new"})

    def test_an_update_of_nothing_changes_the_time_alone(self):
        made = self.idle()
        self.advance("5s")
        self.assertEqual(self.update(made, {}), {**made, "modified_at": at(5)})

    def test_null_empties_a_text_and_leaves_a_schedule(self):
        made = self.idle(description="Said", cron_schedule="0 0 1 * *")
        updated = self.update(made, {"description": None, "cron_schedule": None, "name": None,
                                     "auth_fields": None, "config_fields": None})
        self.assertEqual((updated["description"], updated["cron_schedule"], updated["name"]),
                         (None, "0 0 1 * *", STRIPE["name"]))
        self.assertEqual(self.connection(made, "?show_auth_fields=true")["auth_fields"],
                         STRIPE["auth_fields"])

    def test_what_it_does_not_know_is_passed_over(self):
        made = self.idle()
        updated = self.update(made, {"status": "failing", "id": NOBODY, "collection": "x",
                                     "extra": {"a": {"b": 1}}})
        self.assertEqual(updated, made)

    def test_a_credential_that_is_a_text_breaks_the_service(self):
        made = self.idle()
        answer = self.send("PUT", f"/source-connections/{made['id']}", {"auth_fields": "sk"})
        self.assert_told(answer, 500, "Internal Server Error: AttributeError: 'str' object has no "
                                      "attribute 'model_dump'")


if __name__ == "__main__":
    unittest.main()
