"""Airweave's edition 2025-10: the life of collections, source connections and their jobs."""

import unittest

from airweave_2025_10 import NO_ID, UUID, Airweave
from emulator import control
from worlds import START

NAIVE_START = START.removesuffix("Z")
SOURCES = ("airtable asana attio bitbucket box clickup confluence ctti dropbox excel github gitlab gmail "
           "google_calendar google_docs google_drive google_slides hubspot jira linear monday notion "
           "onedrive onenote outlook_calendar outlook_mail postgresql salesforce sharepoint slack stripe "
           "teams todoist trello word zendesk")
POSTGRES = {"host": "db", "port": 5432, "database": "d", "user": "u", "password": "p", "tables": "*"}


class SourcesTest(Airweave):
    def test_the_list_has_every_source_in_full(self):
        sources = {source["short_name"]: source for source in self.call("GET", "/sources")}
        self.assertEqual(" ".join(sources), SOURCES)
        self.assertEqual(sources["stripe"]["auth_methods"], ["direct", "auth_provider"])
        self.assertEqual([field["name"] for field in sources["stripe"]["auth_fields"]["fields"]],
                         ["api_key"])
        self.assertEqual(sources["notion"]["oauth_type"], "access_only")
        self.assertIsNone(sources["notion"]["auth_fields"])

    def test_one_is_what_the_list_shows_of_it(self):
        listed = self.call("GET", "/sources")
        self.assertEqual(self.call("GET", "/sources/stripe"),
                         next(one for one in listed if one["short_name"] == "stripe"))

    def test_the_older_edition_has_not_those_that_came_later(self):
        older = ("x-fern-sdk-version", "v0.5.14")
        self.assertEqual(len(self.call("GET", "/sources/list", headers=(older,))), 20)
        self.assert_detail(self.refused("GET", "/sources/detail/slack", headers=(older,)), 404,
                           "Source not found: slack")
        self.assertEqual(
            self.send("POST", "/source-connections", {"name": "My Slack", "short_name": "slack"},
                      headers=(older,)).status, 404)

    def test_an_unknown_one_is_not_there(self):
        self.assert_detail(self.refused("GET", "/sources/nope"), 404, "Source not found: nope")


class CollectionsTest(Airweave):
    def test_a_name_makes_a_readable_id(self):
        made = self.call("POST", "/collections", {"name": "Finance Data (2)"})
        self.assertRegex(made["readable_id"], "^finance-data-2-[a-z0-9]{6}$")
        self.assertRegex(made["id"], UUID)
        self.assertEqual(made["status"], "NEEDS SOURCE")
        self.assertEqual((made["vector_size"], made["embedding_model_name"]),
                         (3072, "text-embedding-3-large"))
        self.assertEqual(self.collection(made["readable_id"]), made)

    def test_a_readable_id_of_ones_own_is_taken_once(self):
        body = {"name": "Finance Data", "readable_id": "finance-data"}
        self.assertEqual(self.call("POST", "/collections", body)["readable_id"], "finance-data")
        self.assert_detail(self.refused("POST", "/collections", body), 400,
                           "Collection with this readable_id already exists")

    def test_the_list_is_newest_first_and_comes_in_pages(self):
        for number in range(5):
            self.call("POST", "/collections", {"name": "Data", "readable_id": f"c{number}"})
        everything = self.call("GET", "/collections")
        self.assertEqual([one["readable_id"] for one in everything],
                         ["c4", "c3", "c2", "c1", "c0", "my-collection"])
        self.assertEqual(self.call("GET", "/collections?skip=1&limit=2"), everything[1:3])
        self.assertEqual(self.call("GET", "/collections?skip=6"), [])

    def test_a_deleted_one_takes_its_connections_with_it(self):
        connection = self.create()
        deleted = self.call("DELETE", "/collections/my-collection")
        self.assertEqual(deleted["readable_id"], "my-collection")
        self.assertEqual(self.call("GET", "/source-connections"), [])
        self.advance("1m")  # the job is gone too, and nothing comes of it
        self.assert_detail(self.refused("GET", f"/source-connections/{connection['id']}"), 404,
                           "SourceConnection not found")
        self.assert_detail(self.refused("DELETE", "/collections/my-collection"), 404,
                           "Collection not found")

    def test_it_is_one_with_the_collection_of_the_older_edition(self):
        made = self.call("POST", "/collections", {"name": "Shared", "readable_id": "shared"})
        older = self.call("POST", "/source-connections",
                          {"name": "Older", "short_name": "stripe", "collection": "shared",
                           "auth_fields": {"api_key": "k"}}, headers=())
        self.assertEqual(older["collection"], made["readable_id"])


class RefreshAllTest(Airweave):
    def refresh(self):
        return self.call("POST", "/collections/my-collection/refresh_all")

    def test_without_connections_there_is_nothing_to_do(self):
        self.assertEqual(self.refresh(), [])

    def test_each_connection_gets_a_job(self):
        connections = [self.create(sync_immediately=False), self.create(sync_immediately=False)]
        jobs = self.refresh()
        self.assertEqual([job["source_connection_id"] for job in jobs],
                         [connection["id"] for connection in connections])
        self.assertEqual({job["status"] for job in jobs}, {"pending"})
        self.advance("10s")
        for connection, job in zip(connections, jobs):
            self.assertEqual(self.jobs(connection)[0]["id"], job["id"])
            self.assertEqual(self.get(connection)["sync"]["last_job"]["status"], "completed")
        self.assertEqual(len(self.refresh()), 2)

    def test_one_whose_job_goes_on_or_that_nobody_signed_in_to_is_passed_over(self):
        self.create()
        self.create(short_name="notion", authentication=None)
        idle = self.create(sync_immediately=False)
        self.assertEqual([job["source_connection_id"] for job in self.refresh()], [idle["id"]])

    def test_an_unknown_collection_is_told(self):
        self.assert_detail(self.refused("POST", "/collections/nope/refresh_all"), 404,
                           "Collection not found")


class CreateTest(Airweave):
    def test_credentials_sign_it_in_and_start_its_first_job(self):
        made = self.create()
        self.assertEqual(made, {
            "id": made["id"], "name": "My Stripe Account", "description": None,
            "short_name": "stripe", "readable_collection_id": "my-collection",
            "status": "active", "created_at": NAIVE_START, "modified_at": NAIVE_START,
            "auth": {"method": "direct", "authenticated": True, "authenticated_at": NAIVE_START,
                     "expires_at": None, "auth_url": None, "auth_url_expires": None,
                     "redirect_url": None, "provider_readable_id": None, "provider_id": None},
            "config": {},
            "schedule": {"cron": "0 10 * * *", "next_run": "2026-01-16T10:00:00Z",
                         "continuous": False, "cursor_field": None, "cursor_value": None},
            "sync": {"total_runs": 1, "successful_runs": 0, "failed_runs": 0,
                     "last_job": {"id": made["sync"]["last_job"]["id"], "status": "pending",
                                  "started_at": None, "completed_at": None,
                                  "duration_seconds": None, "entities_inserted": 0,
                                  "entities_updated": 0, "entities_deleted": 0,
                                  "entities_failed": 0, "error": None}},
            "sync_id": made["sync_id"], "entities": None, "federated_search": False})
        self.assertRegex(made["id"], UUID)
        self.assertRegex(made["sync_id"], UUID)
        self.assertEqual([job["id"] for job in self.jobs(made)], [made["sync"]["last_job"]["id"]])

    def test_no_secret_is_told_or_kept(self):
        made = self.create()
        self.assertNotIn(b"sk_test_123",
                         self.send("GET", f"/source-connections/{made['id']}").body)
        store = control(self.emulator, "GET", f"/sessions/{self.session}/store")["resources"]
        self.assertNotIn("sk_test_123", str(store["airweave.connection"]))

    def test_its_name_is_its_sources_when_it_has_none(self):
        self.assertEqual(self.create(name=None)["name"], "Stripe Connection")

    def test_without_a_first_job_it_has_a_schedule_and_no_runs(self):
        made = self.create(sync_immediately=False)
        self.assertIsNone(made["sync"])
        self.assertEqual(made["schedule"]["cron"], "0 10 * * *")
        self.assertEqual(self.jobs(made), [])

    def test_without_a_schedule_and_a_first_job_it_has_no_sync(self):
        made = self.create(sync_immediately=False, schedule={"cron": None})
        self.assertEqual((made["schedule"], made["sync"], made["sync_id"]), (None, None, None))
        self.assert_detail(self.refused("POST", f"/source-connections/{made['id']}/run"), 400,
                           "Source connection has no associated sync")

    def test_its_schedule_is_what_it_was_told(self):
        made = self.create(schedule={"cron": "30 */6 * * *", "continuous": False})
        self.assertEqual(made["schedule"]["cron"], "30 */6 * * *")
        self.assertEqual(made["schedule"]["next_run"], "2026-01-15T12:30:00Z")
        self.advance("3h")
        self.assertEqual(self.get(made)["schedule"]["next_run"], "2026-01-15T18:30:00Z")

    def test_a_source_that_syncs_continuously_does_so_every_five_minutes(self):
        made = self.create(short_name="postgresql", authentication={"credentials": POSTGRES})
        self.assertEqual(made["schedule"]["cron"], "*/5 * * * *")
        self.assertEqual(made["schedule"]["next_run"], "2026-01-15T10:05:00Z")

    def test_without_authentication_a_user_has_to_sign_in(self):
        made = self.create(short_name="notion", authentication=None,
                           redirect_url="https://app.example.com/connected")
        self.assertEqual(made["status"], "pending_auth")
        auth = made["auth"]
        self.assertEqual((auth["method"], auth["authenticated"]), ("oauth_browser", False))
        self.assertRegex(auth["auth_url"],
                         r"^http://[^/]+/@[a-z0-9-]+/source-connections/authorize/\w{8}$")
        self.assertEqual(auth["auth_url_expires"], "2026-01-16T10:00:00.000000Z")
        self.assertEqual(auth["redirect_url"], "https://app.example.com/connected")
        self.assertEqual((made["schedule"], made["sync"], made["sync_id"]), (None, None, None))
        self.assertEqual(self.jobs(made), [])
        self.assert_detail(self.refused("POST", f"/source-connections/{made['id']}/run"), 400,
                           "Source connection has no associated sync")

    def test_a_source_that_is_searched_where_it_is_has_no_sync(self):
        made = self.create(short_name="slack", authentication={"access_token": "t"})
        self.assertEqual((made["status"], made["federated_search"]), ("active", True))
        self.assertEqual((made["schedule"], made["sync"], made["sync_id"]), (None, None, None))

    def test_the_link_works_until_it_ends_pinned_or_not(self):
        for edition in None, "2025-10":
            with self.subTest(edition):
                if edition:
                    self.pin(edition)
                made = self.create(short_name="notion", authentication=None,
                                   redirect_url="https://app.example.com/connected?x=1")
                link = made["auth"]["auth_url"]
                self.follow(self.follow(link + "?auto=refuse").headers["Location"], 400)
                page = self.follow(self.follow(link).headers["Location"], 200).body.decode()
                self.follow(self.follow(link).headers["Location"], 200)
                back = page.split('href="')[1].split('"')[0].replace("&amp;", "&")
                self.assertEqual(self.follow(back).headers["Location"],
                                 "https://app.example.com/connected?x=1&status=success&"
                                 f"source_connection_id={made['id']}")
                told = self.get(made)
                self.assertEqual((told["status"], told["auth"]["authenticated"], told["auth"]["auth_url"]),
                                 ("active", True, None))
                [job] = self.jobs(made)
                self.assertEqual((job["status"], told["sync"]["last_job"]["id"]), ("pending", job["id"]))
                self.assertEqual(self.follow(back, 400).json(),
                                 {"detail": "OAuth session already completed"})
                late = self.create(short_name="notion", authentication=None)["auth"]["auth_url"]
                self.advance("25h")
                self.follow(late, 404)

    def test_a_client_of_ones_own_is_told_apart(self):
        made = self.create(short_name="gmail",
                           authentication={"client_id": "me", "client_secret": "s"})
        self.assertEqual(made["auth"]["method"], "oauth_byoc")
        self.assertEqual(made["auth"]["redirect_url"], "https://app.airweave.ai")

    def test_the_way_back_is_a_page_of_the_web(self):
        for url in ("javascript:alert(1)", "data:text/html,x", "http://"):
            self.assert_errors(self.refused("POST", "/source-connections", {
                "short_name": "notion", "readable_collection_id": "my-collection",
                "redirect_url": url}),
                ("body.redirect_url", "URL scheme should be 'http' or 'https'"))

    def test_a_token_or_a_provider_sign_it_in(self):
        by_token = self.create(short_name="notion", authentication={"access_token": "t"})
        self.assertEqual((by_token["auth"]["method"], by_token["status"]),
                         ("oauth_token", "active"))
        for ends in "2026-02-01T00:00:00Z", "2026-02-01T00:00:00", 1769904000:
            token = {"access_token": "t", "expires_at": ends}
            self.assertEqual(self.create(short_name="notion", authentication=token)["status"], "active")
        self.connect_provider("composio")
        by_provider = self.create(authentication={"provider_readable_id": "my-composio"})
        self.assertEqual(by_provider["auth"]["method"], "auth_provider")
        self.assertEqual(by_provider["auth"]["provider_id"], "my-composio")
        self.assertEqual(by_provider["sync"]["last_job"]["status"], "pending")


class ListAndChangeTest(Airweave):
    def test_the_list_is_newest_first_filtered_and_in_pages(self):
        self.call("POST", "/collections", {"name": "Other", "readable_id": "other"})
        made = [self.create(name=f"Stripe {n}",
                            readable_collection_id="other" if n % 2 else "my-collection")
                for n in range(5)]
        listed = self.call("GET", "/source-connections")
        self.assertEqual([one["id"] for one in listed], [one["id"] for one in reversed(made)])
        self.assertEqual(listed[0], {
            "id": made[4]["id"], "name": "Stripe 4", "short_name": "stripe",
            "readable_collection_id": "my-collection", "created_at": NAIVE_START,
            "modified_at": NAIVE_START, "is_authenticated": True, "entity_count": 0,
            "federated_search": False, "auth_method": "direct", "status": "active"})
        self.assertEqual(self.call("GET", "/source-connections?skip=1&limit=2"), listed[1:3])
        self.assertEqual([one["name"] for one in
                          self.call("GET", "/source-connections?collection=other")],
                         ["Stripe 3", "Stripe 1"])
        self.assertEqual(self.call("GET", "/source-connections?collection=nope"), [])

    def test_a_patch_changes_what_it_names(self):
        made = self.create(config={"a": 1}, description="old")
        path = f"/source-connections/{made['id']}"
        self.advance("1m")
        changed = self.call("PATCH", path, {"name": "New name", "config": {"b": 2}})
        self.assertEqual((changed["name"], changed["config"], changed["description"]),
                         ("New name", {"b": 2}, "old"))
        self.assertEqual(changed["modified_at"], "2026-01-15T10:01:00.000000")
        self.assertEqual(changed["created_at"], NAIVE_START)
        self.assertIsNone(self.call("PATCH", path, {"description": None})["description"])
        self.assertEqual(self.get(made)["name"], "New name")

    def test_a_patch_sets_and_ends_a_schedule(self):
        made = self.create()
        path = f"/source-connections/{made['id']}"
        changed = self.call("PATCH", path, {"schedule": {"cron": "30 2 * * *"}})
        self.assertEqual(changed["schedule"]["next_run"], "2026-01-16T02:30:00Z")
        ended = self.call("PATCH", path, {"schedule": {"cron": None}})
        self.assertEqual((ended["schedule"]["cron"], ended["schedule"]["next_run"]), (None, None))
        self.assertEqual(ended["sync_id"], made["sync_id"])

    def test_a_schedule_makes_a_sync_where_there_was_none(self):
        made = self.create(sync_immediately=False, schedule={"cron": None})
        changed = self.call("PATCH", f"/source-connections/{made['id']}",
                            {"schedule": {"cron": "0 3 * * *"}})
        self.assertRegex(changed["sync_id"], UUID)
        self.assertEqual(changed["schedule"]["next_run"], "2026-01-16T03:00:00Z")
        self.assertEqual(self.run_sync(made)["status"], "pending")

    def test_new_credentials_are_taken_and_not_shown(self):
        made = self.create()
        changed = self.call("PATCH", f"/source-connections/{made['id']}",
                            {"authentication": {"credentials": {"api_key": "sk_test_456"}}})
        self.assertEqual(changed["auth"], made["auth"])

    def test_a_deleted_one_is_shown_once_more(self):
        made = self.create()
        path = f"/source-connections/{made['id']}"
        self.assertEqual(self.call("DELETE", path), made)
        for method, body in ("GET", None), ("DELETE", None), ("PATCH", {"name": "Anything"}):
            self.assert_detail(self.refused(method, path, body), 404,
                               "SourceConnection not found")
        self.assert_detail(self.refused("POST", f"{path}/run"), 404, "SourceConnection not found")
        self.assert_detail(self.refused("GET", f"{path}/jobs"), 404, "SourceConnection not found")

    def test_each_session_has_its_own(self):
        made = self.create()
        self.assert_detail(self.refused("GET", f"/source-connections/{made['id']}",
                                        selector="@elsewhere"), 404, "SourceConnection not found")


class SyncTest(Airweave):
    def test_a_job_runs_and_completes_on_the_clock(self):
        made = self.create()
        self.assertEqual(self.collection()["status"], "NEEDS SOURCE")
        self.advance("1s")
        [running] = self.jobs(made)
        self.assertEqual((running["status"], running["started_at"]),
                         ("running", "2026-01-15T10:00:01.000000"))
        self.assertEqual(self.get(made)["status"], "syncing")
        self.assertEqual(self.collection()["status"], "ACTIVE")
        self.advance("9s")
        [done] = self.jobs(made)
        self.assertEqual(done, {
            "id": made["sync"]["last_job"]["id"], "source_connection_id": made["id"],
            "status": "completed", "started_at": "2026-01-15T10:00:01.000000",
            "completed_at": "2026-01-15T10:00:10.000000", "duration_seconds": 9,
            "entities_inserted": 42, "entities_updated": 0, "entities_deleted": 0,
            "entities_failed": 0, "error": None, "error_details": None})
        now = self.get(made)
        self.assertEqual(now["status"], "active")
        self.assertEqual((now["sync"]["total_runs"], now["sync"]["successful_runs"]), (1, 1))
        self.assertEqual(now["sync"]["last_job"]["entities_inserted"], 42)
        self.assertEqual(now["sync"]["last_job"]["duration_seconds"], 9)
        self.assertEqual(now["entities"]["total_entities"], 42)
        [listed] = self.call("GET", "/source-connections")
        self.assertEqual((listed["entity_count"], listed["status"]), (42, "active"))

    def test_one_job_at_a_time(self):
        made = self.create()
        run = f"/source-connections/{made['id']}/run"
        words = "Cannot start new sync: a sync job is already "
        self.assert_detail(self.refused("POST", run), 400, words + "pending")
        self.advance("5s")
        self.assert_detail(self.refused("POST", run), 400, words + "running")
        self.advance("5s")
        again = self.run_sync(made)
        self.assertEqual((again["status"], again["source_connection_id"]),
                         ("pending", made["id"]))
        self.advance("10s")
        newest, first = self.jobs(made)
        self.assertEqual(newest["id"], again["id"])
        self.assertEqual((newest["entities_inserted"], newest["entities_updated"]), (0, 42))
        self.assertEqual(first["entities_inserted"], 42)
        self.assertEqual(self.jobs(made, "?limit=1"), [newest])
        self.assertEqual(self.get(made)["entities"]["total_entities"], 42)

    def test_a_full_sync_is_forced_only_where_one_goes_on_from_a_cursor(self):
        words = ("force_full_sync can only be used with continuous syncs (syncs with cursor data)."
                 " This sync is non-continuous and always performs full syncs by default.")
        whole = self.create()
        continuous = self.create(short_name="postgresql", authentication={"credentials": POSTGRES},
                                 sync_immediately=False)
        for one in whole, continuous:
            self.assert_detail(self.refused(
                "POST", f"/source-connections/{one['id']}/run?force_full_sync=true"), 400, words)
        self.run_sync(continuous)
        self.advance("10s")
        job = self.call("POST", f"/source-connections/{continuous['id']}/run?force_full_sync=true")
        self.assertEqual(job["status"], "pending")
        self.call("POST", f"/source-connections/{whole['id']}/run?force_full_sync=false")

    def test_a_cancelled_job_is_cancelling_first(self):
        made = self.create()
        self.advance("2s")
        [job] = self.jobs(made)
        cancel = f"/source-connections/{made['id']}/jobs/{job['id']}/cancel"
        cancelling = self.call("POST", cancel)
        self.assertEqual((cancelling["id"], cancelling["status"]), (job["id"], "cancelling"))
        self.assertEqual(self.get(made)["status"], "syncing")
        self.assert_detail(self.refused("POST", cancel), 400,
                           "Cannot cancel job in cancelling state")
        self.assert_detail(self.refused("POST", f"/source-connections/{made['id']}/run"), 400,
                           "Cannot start new sync: a sync job is already cancelling")
        self.advance("1s")
        [cancelled] = self.jobs(made)
        self.assertEqual((cancelled["status"], cancelled["completed_at"], cancelled["error"]),
                         ("cancelled", "2026-01-15T10:00:03.000000", None))
        self.assertEqual(self.get(made)["status"], "active")
        self.assertEqual(self.collection()["status"], "NEEDS SOURCE")
        self.advance("1m")  # the sync goes on no more
        self.assertEqual(self.jobs(made), [cancelled])
        self.assert_detail(self.refused("POST", cancel), 400,
                           "Cannot cancel job in cancelled state")
        self.run_sync(made)

    def test_a_finished_job_cannot_be_cancelled(self):
        made = self.create()
        self.advance("10s")
        [job] = self.jobs(made)
        self.assert_detail(self.refused(
            "POST", f"/source-connections/{made['id']}/jobs/{job['id']}/cancel"), 400,
            "Cannot cancel job in completed state")

    def test_only_a_job_of_the_connection_can_be_cancelled(self):
        mine, other = self.create(), self.create()
        theirs = other["sync"]["last_job"]["id"]
        self.assert_detail(self.refused(
            "POST", f"/source-connections/{mine['id']}/jobs/{theirs}/cancel"), 400,
            "Sync job does not belong to this source connection")
        self.assert_detail(self.refused(
            "POST", f"/source-connections/{mine['id']}/jobs/{NO_ID}/cancel"), 404,
            "Sync job not found")
        self.assert_detail(self.refused(
            "POST", f"/source-connections/{NO_ID}/jobs/{theirs}/cancel"), 404,
            "SourceConnection not found")

    def test_a_scenario_makes_it_fail_and_says_how(self):
        self.play(lifecycle={"airweave.sync_job":
                             {"takes": "45s", "ends": "failed", "error": "Out of tokens"}})
        made = self.create()
        self.advance("44s")
        self.assertEqual(self.get(made)["status"], "syncing")
        self.advance("1s")
        [job] = self.jobs(made)
        self.assertEqual((job["status"], job["error"], job["entities_inserted"]),
                         ("failed", "Out of tokens", 0))
        now = self.get(made)
        self.assertEqual(now["status"], "error")
        self.assertEqual((now["sync"]["successful_runs"], now["sync"]["failed_runs"]), (0, 1))
        self.assertEqual(now["sync"]["last_job"]["error"], "Out of tokens")
        self.assertEqual(self.collection()["status"], "ERROR")

    def test_a_run_after_a_failure_clears_it(self):
        self.play(lifecycle={"airweave.sync_job": {"ends": "failed"}})
        made = self.create()
        self.advance("10s")
        self.play(lifecycle={"airweave.sync_job": {"ends": "completed"}})
        self.run_sync(made)
        self.assertEqual(self.get(made)["status"], "active")
        self.advance("10s")
        now = self.get(made)
        self.assertEqual((now["sync"]["failed_runs"], now["sync"]["last_job"]["error"]), (0, None))
        self.assertEqual(self.collection()["status"], "ACTIVE")

    def test_a_scenario_makes_it_end_cancelled(self):
        self.play(lifecycle={"airweave.sync_job": {"ends": "cancelled"}})
        made = self.create()
        self.advance("10s")
        self.assertEqual(self.jobs(made)[0]["status"], "cancelled")

    def test_a_collection_is_an_error_only_when_all_in_it_failed(self):
        works = self.create()
        self.advance("10s")
        self.play(lifecycle={"airweave.sync_job": {"ends": "failed"}})
        fails = self.create()
        self.advance("10s")
        self.assertEqual(self.get(fails)["status"], "error")
        self.assertEqual(self.collection()["status"], "ACTIVE")
        self.run_sync(works)
        self.advance("10s")
        self.assertEqual(self.collection()["status"], "ERROR")

    def test_a_collection_with_one_that_never_ran_still_needs_a_source(self):
        self.create(sync_immediately=False)
        self.play(lifecycle={"airweave.sync_job": {"ends": "failed"}})
        self.create()
        self.advance("10s")
        self.assertEqual(self.collection()["status"], "NEEDS SOURCE")

    def test_a_collection_needs_a_source_again_when_the_last_is_deleted(self):
        made = self.create()
        self.advance("10s")
        self.call("DELETE", f"/source-connections/{made['id']}")
        self.assertEqual(self.collection()["status"], "NEEDS SOURCE")

    def test_a_job_also_moves_by_being_asked_for(self):
        self.play(lifecycle={"airweave.sync_job": {"after_polls": 3}})
        made = self.create()
        seen = [self.get(made)["sync"]["last_job"]["status"] for _ in range(3)]
        self.assertEqual(seen, ["running", "running", "completed"])


class SearchTest(Airweave):
    PATH = "/collections/my-collection/search"

    def setUp(self):
        super().setUp()
        self.create()

    def test_before_a_sync_nothing_is_found(self):
        self.assertEqual(self.call("POST", self.PATH, {"query": "invoices"}),
                         {"results": [], "completion": None})
        self.assertEqual(self.call("GET", self.PATH + "?query=invoices"),
                         {"results": [], "response_type": "raw", "completion": None,
                          "status": "no_results"})

    def test_after_it_there_are_results_and_an_answer_for_who_asks(self):
        self.advance("10s")
        found = self.call("POST", self.PATH, {"query": "invoices"})
        self.assertEqual(len(found["results"]), 2)
        self.assertIsNone(found["completion"])
        answered = self.call("POST", self.PATH, {"query": "invoices", "generate_answer": True})
        self.assertTrue(answered["completion"])

    def test_an_older_request_is_answered_in_the_older_shape(self):
        self.advance("10s")
        raw = self.call("GET", self.PATH + "?query=invoices")
        self.assertEqual((raw["response_type"], raw["status"], raw["completion"]),
                         ("raw", "success", None))
        told = self.call("GET", self.PATH + "?query=invoices&response_type=completion")
        self.assertTrue(told["completion"])
        for body, answer in (({"response_type": "raw"}, raw), ({"enable_reranking": True}, raw),
                             ({"response_type": "completion"}, told)):
            self.assertEqual(self.call("POST", self.PATH, {"query": "x", **body}), answer)

    def test_an_unknown_collection_is_told(self):
        for method, body in ("GET", None), ("POST", {"query": "x"}):
            self.assert_detail(self.refused(method, "/collections/nope/search?query=x", body), 404,
                               "Collection 'nope' not found.")


if __name__ == "__main__":
    unittest.main()
