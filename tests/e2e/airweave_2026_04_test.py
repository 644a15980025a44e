"""Airweave's edition 2026-04: sources, collections, source connections and their jobs."""

import unittest

from airweave_2025_10 import NO_ID
from airweave_2026_04 import OWN, STRIPE, Airweave2026
from emulator import JSON_TYPE, control, request

GITHUB = {"short_name": "github", "readable_collection_id": "my-collection",
          "authentication": {"credentials": {"personal_access_token": "ghp_1"}}}


class SourcesTest(Airweave2026):
    def test_all_are_listed_by_name_with_their_fields(self):
        sources = self.call("GET", "/sources")
        names = [source["short_name"] for source in sources]
        self.assertEqual(names, sorted(names))
        self.assertEqual(len(names), 52)
        self.assertNotIn("stub", names)
        github = self.call("GET", "/sources/github")
        self.assertEqual(github, sources[names.index("github")])
        self.assertEqual([(field["name"], field["required"])
                          for field in github["config_fields"]["fields"]],
                         [("repo_name", True), ("branch", False), ("sync_pull_requests", False)])
        self.assert_detail(self.refused("GET", "/sources/nope"), 404, "Source not found: nope")

    def test_the_services_own_are_not_listed_but_there(self):
        self.assertEqual(self.call("GET", "/sources/stub")["name"], "Stub")
        made = self.create(short_name="stub", authentication={"credentials": {"stub_key": "x"}})
        self.assertEqual(made["config"]["entity_count"], 10, "the default")


class CollectionsTest(Airweave2026):
    def test_one_is_changed(self):
        made = self.call("POST", "/collections", {"name": "Finance Data"})
        self.assertIsNone(made["sync_config"])
        self.advance("1m")
        config = {"handlers": {"enable_vector_handlers": False}}
        changed = self.call("PATCH", f"/collections/{made['readable_id']}",
                            {"name": "Numbers", "sync_config": config, "readable_id": "other"})
        whole = changed["sync_config"]
        self.assertEqual(whole["handlers"], {
            "enable_vector_handlers": False, "enable_raw_data_handler": True,
            "enable_postgres_handler": True})
        self.assertEqual(whole["cursor"], {"skip_load": False, "skip_updates": False})
        self.assertEqual(changed, {**made, "name": "Numbers", "sync_config": whole,
                                   "modified_at": changed["modified_at"]})
        again = self.call("PATCH", f"/collections/{made['readable_id']}", {"name": "Numbers"})
        self.assertEqual(again["sync_config"], whole)
        again = self.call("PATCH", f"/collections/{made['readable_id']}", {"sync_config": None})
        self.assertIsNone(again["sync_config"])
        self.assertGreater(changed["modified_at"], made["modified_at"])
        self.assertEqual(self.call("PATCH", f"/collections/{made['readable_id']}", {})["name"],
                         "Numbers")
        self.assert_errors(self.refused("PATCH", f"/collections/{made['readable_id']}", {"name": "a"}),
                           ("body.name", "String should have at least 4 characters"))
        self.assert_detail(self.refused("PATCH", "/collections/nope", {}), 404, "Collection not found")

    def test_they_are_looked_for_by_name_and_readable_id(self):
        for name in "Finance Data", "Customer Support":
            self.call("POST", "/collections", {"name": name})
        for text, found in (("FINANCE", ["Finance Data"]), ("support-", ["Customer Support"]),
                            ("zzz", []), ("", ["Customer Support", "Finance Data", "My Collection"])):
            with self.subTest(text):
                listed = self.call("GET", f"/collections?search={text}")
                self.assertEqual([one["name"] for one in listed], found)
                self.assertEqual(self.call("GET", f"/collections/count?search={text}"), len(found))
        self.assertEqual(self.call("GET", "/collections/count"), 3)
        self.assertEqual([one["name"] for one in self.call("GET", "/collections?search=c&limit=1&skip=1")],
                         ["Finance Data"])

    def test_the_list_alone_tells_of_source_connections(self):
        self.create()
        listed = self.call("GET", "/collections")[0]
        self.assertEqual(listed["source_connection_summaries"],
                         [{"short_name": "stripe", "name": "My Stripe Account"}])
        self.assertEqual(self.collection()["source_connection_summaries"], [])

    def test_the_older_calls_are_gone(self):
        self.assertEqual(self.send("POST", "/collections/my-collection/refresh_all").status, 404)
        self.assertEqual(self.send("GET", "/collections/my-collection/search?query=x").status, 404)

    def test_a_taken_readable_id(self):
        self.assert_detail(
            self.refused("POST", "/collections", {"name": "Mine", "readable_id": "my-collection"}), 400,
            "Collection with readable_id 'my-collection' already exists")

    def test_its_status_is_what_its_newest_jobs_make_of_it(self):
        self.assertEqual(self.collection()["status"], "NEEDS SOURCE")
        made = self.create()
        self.assertEqual(self.collection()["status"], "NEEDS SOURCE")
        self.advance("5s")
        self.assertEqual(self.collection()["status"], "ACTIVE")
        self.advance("5s")
        self.fails("failed")
        self.run_sync(made)
        self.advance("10s")
        self.assertEqual(self.collection()["status"], "ERROR")
        self.call("DELETE", f"/source-connections/{made['id']}")
        self.assertEqual(self.collection()["status"], "NEEDS SOURCE")


class CreateTest(Airweave2026):
    def test_it_tells_whose_it_is_and_leaves_nothing_out(self):
        made = self.create()
        self.assertEqual(list(made), [
            "id", "organization_id", "name", "description", "short_name", "readable_collection_id",
            "status", "created_at", "modified_at", "auth", "config", "schedule", "sync", "sync_id",
            "entities", "error_category", "error_message", "provider_settings_url",
            "provider_short_name", "federated_search"])
        self.assertEqual(made["organization_id"], OWN)
        self.assertEqual(made["schedule"], {"cron": "0 10 * * *", "next_run": "2026-01-16T10:00:00Z",
                                            "continuous": False, "cursor_field": None})
        self.assertEqual(made["sync"]["last_job"]["status"], "pending")
        self.assertIsNone(made["config"])
        self.assertEqual(self.get(made), made)

    def test_a_source_wants_its_fields(self):
        self.assert_detail(
            self.refused("POST", "/source-connections",
                         {**STRIPE, "authentication": {"credentials": {"key": "x"}}}), 422,
            "Invalid auth fields: api_key: Field required")
        self.assert_detail(self.refused("POST", "/source-connections", GITHUB), 422,
                           "Invalid config fields: repo_name: Field required")
        self.assert_detail(
            self.refused("POST", "/source-connections", {
                **STRIPE, "short_name": "servicenow", "authentication": {"credentials": {"url": "x"}}}),
            422, "Invalid auth fields: username: Field required; password: Field required")
        made = self.call("POST", "/source-connections", {**GITHUB, "config": {"repo_name": "a/b"}})
        self.assertEqual(made["config"], {"repo_name": "a/b", "branch": None, "sync_pull_requests": False})
        self.assertEqual(made["schedule"]["cron"], "*/5 * * * *", "it can go on from a cursor")

    def test_authentication_has_the_fields_of_one_way_only(self):
        """What is none of the four forms is told by each of them, as pydantic does."""
        needs = {"DirectAuthentication": "credentials", "OAuthTokenAuthentication": "access_token",
                 "OAuthBrowserAuthentication": None,
                 "AuthProviderAuthentication": "provider_readable_id"}
        takes = {"OAuthTokenAuthentication": ["refresh_token", "expires_at"],
                 "OAuthBrowserAuthentication": ["client_id", "client_secret"]}

        def by_the_forms(sent):
            for form, needed in needs.items():
                place = f"body.authentication.{form}"
                if needed and needed not in sent:
                    yield f"{place}.{needed}", "Field required"
                elif needed == "credentials" and sent[needed] == {}:
                    yield place, "Value error, Credentials cannot be empty"
                for name in sent:
                    if name != needed and name not in takes.get(form, []):
                        yield f"{place}.{name}", "Extra inputs are not permitted"

        for sent in ({"type": 1}, {"type": "direct", "credentials": {"api_key": "x"}},
                     {"credentials": {"api_key": "x"}, "access_token": "t"}, {"credentials": {}},
                     {"access_token": "t", "client_id": "i", "client_secret": "s"}):
            with self.subTest(sent):
                _, told = self.refused("POST", "/source-connections", {**STRIPE, "authentication": sent})
                self.assertCountEqual(told["errors"], [{place: words} for place, words in by_the_forms(sent)])
        _, told = self.refused("POST", "/source-connections", {
            **STRIPE, "short_name": "nope", "authentication": "x"})
        self.assertEqual(told["errors"], [
            {f"body.authentication.{form}":
             "Input should be a valid dictionary or object to extract fields from"} for form in needs])

    def test_a_token_that_has_expired_is_told_before_all_else(self):
        _, told = self.refused("POST", "/source-connections", {
            **STRIPE, "authentication": {"access_token": "t", "expires_at": "2025-12-31T00:00:00Z"}})
        self.assertIn({"body.authentication.OAuthTokenAuthentication.expires_at":
                       "Value error, Token has already expired"}, told["errors"])
        self.assertEqual(len(told["errors"]), 9)

    def test_an_id_that_is_none_is_told_as_pydantic_does(self):
        for path, place in (("x", "source_connection_id"),
                            (f"{'0' * 32}/jobs/x/cancel", "job_id")):
            method = "POST" if "/" in path else "GET"
            self.assert_errors(
                self.refused(method, f"/source-connections/{path}"),
                (f"path.{place}", "Input should be a valid UUID, invalid character: expected an optional "
                 "prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `x` at 1"))

    def test_a_change_is_held_against_the_source_as_a_create_is(self):
        made = self.create()
        path = f"/source-connections/{made['id']}"
        self.assert_detail(
            self.refused("PATCH", path, {"authentication": {"credentials": {"key": "x"}}}), 422,
            "Invalid auth fields: api_key: Field required")
        self.assertIsNone(self.call("PATCH", path, {"config": {"x": 1}})["config"],
                          "the source has no config")
        self.assertIsNotNone(self.get(made)["schedule"])
        self.assertIsNone(self.call("PATCH", path, {"schedule": None})["schedule"])
        self.assertIsNone(self.get(made)["schedule"])
        github = self.call("POST", "/source-connections", {**GITHUB, "config": {"repo_name": "a/b"}})
        self.assert_detail(
            self.refused("PATCH", f"/source-connections/{github['id']}", {"config": {"branch": "x"}}),
            422, "Invalid config fields: repo_name: Field required")

    def test_what_is_not_there_is_found_out_in_the_services_order(self):
        nowhere = {**STRIPE, "readable_collection_id": "nope"}
        self.assert_detail(self.refused("POST", "/source-connections", nowhere), 404,
                           "Collection not found")
        self.assert_detail(self.refused("POST", "/source-connections", {**nowhere, "short_name": "nope"}),
                           404, "Source 'nope' not found")
        self.assert_detail(
            self.refused("POST", "/source-connections",
                         {**nowhere, "authentication": {"credentials": {"key": "x"}}}), 422,
            "Invalid auth fields: api_key: Field required")

    def test_schedules(self):
        self.assertIsNone(self.create(schedule={"cron": None})["schedule"])
        for cron, told in (
                ("every day", (422, {"errors": [
                    {"cron_schedule": "Value error, Invalid cron schedule format"}]})),
                ("61 * * * *", (422, {"detail": "Invalid CRON expression: 61 * * * *"})),
                ("*/5 * * * *", (400, {"detail": "Source 'stripe' does not support continuous syncs. "
                                                 "Minimum interval is 1 hour."}))):
            with self.subTest(cron):
                self.assertEqual(self.refused("POST", "/source-connections",
                                              {**STRIPE, "schedule": {"cron": cron}}), told)


class JobsTest(Airweave2026):
    def test_a_run_goes_through_its_life(self):
        made = self.synced()
        job = self.newest(made)
        self.assertEqual((job["status"], job["entities_inserted"], job["error_category"]),
                         ("completed", 42, None))
        run = self.call("POST", f"/source-connections/{made['id']}/run?force_full_sync=yes")
        self.assertEqual((run["status"], run["started_at"]), ("pending", None))
        for status in "pending", "running", "cancelling":
            self.assert_detail(self.refused("POST", f"/source-connections/{made['id']}/run"), 400,
                               f"Cannot start new sync: a sync job is already {status}")
            if status == "pending":
                self.advance("2s")
            elif status == "running":
                cancelled = self.call("POST", f"/source-connections/{made['id']}/jobs/{run['id']}/cancel")
                self.assertEqual(cancelled["status"], "cancelling")
        self.assertEqual(self.get(made)["status"], "syncing")
        self.advance("1s")
        self.assertEqual(self.newest(made)["status"], "cancelled")
        self.assert_detail(
            self.refused("POST", f"/source-connections/{made['id']}/jobs/{run['id']}/cancel"), 400,
            "Cannot cancel job in cancelled state")

    def test_one_that_waits_is_cancelled_at_once(self):
        made = self.create()
        job = made["sync"]["last_job"]["id"]
        cancelled = self.call("POST", f"/source-connections/{made['id']}/jobs/{job}/cancel")
        self.assertEqual((cancelled["status"], cancelled["completed_at"] is None), ("cancelled", False))
        self.advance("1m")
        self.assertEqual(self.newest(made)["status"], "cancelled")

    def test_the_documents_409_can_be_asked_for(self):
        made = self.create()
        path = f"/source-connections/{made['id']}"
        for call in "/run", f"/jobs/{made['sync']['last_job']['id']}/cancel":
            answer = self.send("POST", path + call, headers=[
                ("x-fern-sdk-version", "v0.9.62"), ("Prefer", "code=409, example=documented")])
            self.assertEqual(answer.status, 409, answer)

    def test_what_is_not_there(self):
        made = self.create(schedule={"cron": None}, sync_immediately=False)
        path = f"/source-connections/{made['id']}"
        self.assertIsNone(made["sync_id"])
        for method, call in (("POST", "/run"), ("GET", "/jobs")):
            self.assert_detail(self.refused(method, path + call), 404,
                               "No sync found for this source connection")
            self.assert_detail(self.refused(method, f"/source-connections/{NO_ID}{call}"), 404,
                               "SourceConnection not found")
        self.assert_detail(self.refused("POST", f"{path}/jobs/{NO_ID}/cancel"), 404, "Sync job not found")

    def test_a_failure_has_no_end_and_no_category(self):
        self.fails("failed", "Connection reset")
        made = self.synced()
        job = self.newest(made)
        self.assertEqual((job["status"], job["error"], job["completed_at"], job["duration_seconds"]),
                         ("failed", "Connection reset", None, None))
        told = self.get(made)
        self.assertEqual((told["status"], told["error_category"]), ("error", None))

    def test_a_failure_of_credentials_pauses_the_sync_until_there_are_others(self):
        texts = {
            "oauth_credentials_expired": "Your OAuth authorization has expired or been revoked.",
            "api_key_invalid": "The API key for this connection is no longer valid.",
            "auth_provider_account_gone":
                "The connected account on the auth provider has been deleted or deactivated.",
            "auth_provider_credentials_invalid":
                "The credentials on the auth provider need to be refreshed or re-configured."}
        for category, text in texts.items():
            with self.subTest(category):
                self.fails(category)
                made = self.synced()
                told = self.get(made)
                self.assertEqual((told["status"], told["error_category"], told["error_message"]),
                                 ("needs_reauth", category, text))
                self.assertEqual(self.newest(made)["error_category"], category)
                self.assertEqual(told["sync"]["last_job"]["error_category"], category)
                self.assert_detail(self.refused("POST", f"/source-connections/{made['id']}/run"), 409,
                                   "Cannot trigger sync: sync is SyncStatus.PAUSED")
                self.advance("25h")
                self.assertEqual(len(self.jobs(made)), 1, "its schedule is paused, too")
                again = self.call("PATCH", f"/source-connections/{made['id']}",
                                  {"authentication": {"credentials": {"api_key": "sk_test_9"}}})
                self.assertEqual((again["status"], again["error_category"]), ("active", None))
                self.assertEqual(self.run_sync(made)["status"], "pending")
                control(self.emulator, "PUT", f"/sessions/{self.session}", {"scenario": "success"})

    def test_the_plans_and_the_sources_limits_have_categories(self):
        for category in "usage_limit_exceeded", "rate_limited":
            self.fails(category)
            made = self.synced()
            self.assertEqual(self.get(made)["error_category"], category)

    def test_the_source_that_fails_does(self):
        made = self.call("POST", "/source-connections", {
            "short_name": "exception_stub", "readable_collection_id": "my-collection",
            "authentication": {"credentials": {"stub_key": "x"}},
            "config": {"exception_type": "source_auth_error", "auth_provider_kind": "credential",
                       "trigger_after": 3}})
        self.advance("5s")
        job = self.newest(made)
        self.assertEqual((job["status"], job["error"], job["error_category"]), (
            "failed",
            "[ExceptionStub] source_auth_error triggered after 3 entities (simulated failure)",
            "api_key_invalid"))

    def stub(self, short_name="stub", **config):
        """A source for tests, synced as its config says; and its newest job."""
        made = self.call("POST", "/source-connections", {
            "short_name": short_name, "readable_collection_id": "my-collection",
            "authentication": {"credentials": {"stub_key": "x"}}, "config": config,
            "schedule": {"cron": None}})
        self.advance("10s")
        return made, self.newest(made)

    def counts(self, made, **run):
        """Of another run: inserted, updated, deleted, and how many there are."""
        query = "?force_full_sync=true" if run.get("forced") else ""
        self.call("POST", f"/source-connections/{made['id']}/run{query}")
        self.advance("10s")
        job = self.newest(made)
        return [job["entities_inserted"], job["entities_updated"], job["entities_deleted"],
                self.get(made)["entities"]["total_entities"]]

    def config(self, made, **config):
        return self.call("PATCH", f"/source-connections/{made['id']}", {"config": config})["config"]

    def test_the_sources_for_tests_bring_what_their_config_says(self):
        for short_name, config, count in (
                ("stub", {"entity_count": 7}, 8), ("stub", {}, 11), ("incremental_stub", {}, 6),
                ("file_stub", {}, 5), ("exception_stub", {"trigger_after": 10}, 10)):
            with self.subTest(short_name, **config):
                made, job = self.stub(short_name, **config)
                self.assertEqual((job["status"], job["entities_inserted"]), ("completed", count))
                self.assertEqual(self.get(made)["entities"]["total_entities"], count)
                self.assertEqual(self.counts(made), [0, 0, 0, count], "the same are there again")

    def test_a_config_has_its_defaults_and_its_bounds(self):
        made, _ = self.stub("incremental_stub")
        self.assertEqual(self.get(made)["config"], {"entity_count": 5, "seed": 42})
        self.assertEqual(self.config(made, seed=1), {"entity_count": 5, "seed": 1})
        for count, bound in ((0, "greater than or equal to 1"), (1001, "less than or equal to 1000")):
            self.assert_detail(self.refused("POST", "/source-connections", {
                "short_name": "exception_stub", "readable_collection_id": "my-collection",
                "authentication": {"credentials": {"stub_key": "x"}},
                "config": {"entity_count": count}}), 422,
                f"Invalid config fields: entity_count: Input should be {bound}")
        self.assert_detail(self.refused("PATCH", f"/source-connections/{made['id']}",
                                        {"config": {"entity_count": 100001}}), 422,
                           "Invalid config fields: entity_count: Input should be less than or equal "
                           "to 100000")

    def test_a_new_number_of_entities_tells_in_the_next_run(self):
        made, _ = self.stub(entity_count=10)
        self.config(made, entity_count=15)
        self.assertEqual(self.counts(made), [5, 0, 0, 16])
        self.config(made, entity_count=4)
        self.assertEqual(self.counts(made), [0, 0, 11, 5])
        made, _ = self.stub("incremental_stub", entity_count=10)
        self.config(made, entity_count=12)
        self.assertEqual(self.counts(made), [2, 0, 0, 13])
        self.config(made, entity_count=3)
        self.assertEqual(self.counts(made), [0, 0, 0, 13], "it looks ahead of its cursor only")
        self.assertEqual(self.counts(made, forced=True), [0, 0, 9, 4])

    def test_the_sources_for_tests_fail_after_so_many_entities(self):
        for short_name, config, status in (
                ("stub", {"fail_after": 3}, "failed"), ("stub", {"fail_after": 10}, "completed"),
                ("exception_stub", {}, "failed"), ("exception_stub", {"trigger_after": -1}, "failed"),
                ("exception_stub", {"entity_count": 5}, "completed")):
            with self.subTest(short_name, **config):
                made, job = self.stub(short_name, **config)
                self.assertEqual((job["status"], job["error_category"]), (status, None))

    def test_schedules_fire_by_the_sessions_clock(self):
        made = self.synced(schedule={"cron": "30 * * * *"})
        self.advance("30m")
        self.assertEqual([job["status"] for job in self.jobs(made)], ["completed", "completed"])
        self.advance("3h")
        self.assertEqual(len(self.jobs(made)), 5)
        self.call("PATCH", f"/source-connections/{made['id']}", {"schedule": {"cron": None}})
        self.advance("3h")
        self.assertEqual(len(self.jobs(made)), 5)
        self.assertIsNone(self.get(made)["schedule"])


class WaysToSignInTest(Airweave2026):
    def test_what_stands_in_the_address_may_not_be_empty(self):
        body = {"short_name": "zendesk", "readable_collection_id": "my-collection",
                "authentication": {"client_id": "i", "client_secret": "s"}}
        for subdomain in "", " ":
            self.assert_detail(
                self.refused("POST", "/source-connections", {**body, "config": {"subdomain": subdomain}}),
                422, "Template config fields missing or empty: subdomain. These must be provided before "
                     "OAuth authentication.")
        made = self.call("POST", "/source-connections", {**body, "config": {"subdomain": "acme"}})
        self.assertEqual(made["status"], "pending_auth")

    def test_a_token_may_end_at_a_time_without_a_zone(self):
        def body(expires_at):
            return {"short_name": "notion", "readable_collection_id": "my-collection",
                    "authentication": {"access_token": "t", "expires_at": expires_at}}

        made = self.call("POST", "/source-connections", body("2026-02-01T00:00:00"))
        self.assertEqual(made["auth"]["expires_at"], "2026-02-01T00:00:00")
        self.assertEqual(self.refused("POST", "/source-connections", body("2025-12-31T00:00:00"))[0], 422)
        # A number is the seconds since 1970.
        for number in 1769904000, "1769904000":
            made = self.call("POST", "/source-connections", body(number))
            self.assertEqual(made["auth"]["expires_at"], "2026-02-01T00:00:00Z")
        place = "body.authentication.OAuthTokenAuthentication.expires_at"
        for ends, words in (
                (1, "Value error, Token has already expired"),
                ("soon", "Input should be a valid datetime, input is too short"),
                ("in two weeks", "Input should be a valid datetime, invalid character in year"),
                ("2026-13-01T00:00:00Z", "Input should be a valid datetime, "
                                         "month value is outside expected range of 1-12")):
            with self.subTest(ends=ends):
                status, told = self.refused("POST", "/source-connections", body(ends))
                self.assertEqual(status, 422)
                self.assertIn({place: words}, told["errors"])


class AuthProvidersTest(Airweave2026):
    def test_one_that_is_not_connected_or_has_not_the_source(self):
        body = {**STRIPE, "authentication": {"provider_readable_id": "my-pipedream"}}
        self.assert_detail(self.refused("POST", "/source-connections", body), 404,
                           "Auth provider 'my-pipedream' not found")
        self.connect_provider("pipedream")
        self.assertEqual(self.call("POST", "/source-connections", body)["auth"]["method"], "auth_provider")
        self.assert_detail(
            self.refused("POST", "/source-connections", {**body, "short_name": "bitbucket"}), 400,
            "Source 'bitbucket' does not support 'pipedream' as auth provider. Supported providers: "
            "['composio', 'custom']")


class OAuthTest(Airweave2026):
    def begin(self, redirect_url="https://app.example.com/connected?x=1"):
        return self.call("POST", "/source-connections", {
            "short_name": "notion", "readable_collection_id": "my-collection",
            "redirect_url": redirect_url})

    def test_a_user_signs_in_on_a_page_of_this_server(self):
        made = self.begin()
        auth = made["auth"]
        self.assertEqual((made["status"], auth["authenticated"], auth["method"]),
                         ("pending_auth", False, "oauth_browser"))
        self.assertEqual(auth["auth_url_expires"], "2026-01-15T10:05:00.000000Z")
        self.assertEqual(len(auth["claim_token"]), 43)
        self.assertIsNone(self.get(made)["auth"]["claim_token"])
        self.assert_detail(self.refused("POST", f"/source-connections/{made['id']}/run"), 404,
                           "No sync found for this source connection")
        consent = self.follow(auth["auth_url"]).headers["Location"]
        page = self.follow(consent, 200)
        self.assertEqual(page.headers["Content-Type"], "text/html")
        self.assertIn(b"Sign in", page.body)
        link = page.body.decode().split('href="')[1].split('"')[0].replace("&amp;", "&")
        back = self.follow(link).headers["Location"]
        self.assertEqual(back, "https://app.example.com/connected?x=1&status=success&"
                               f"source_connection_id={made['id']}")
        told = self.get(made)
        self.assertEqual((told["status"], told["auth"]["authenticated"], told["auth"]["auth_url"]),
                         ("active", True, None))
        self.assertEqual(self.jobs(made), [], "the first job waits for the claim token")
        self.assert_detail(self.refused("POST", f"/source-connections/{made['id']}/verify-oauth",
                                        {"claim_token": "x"}), 403, "Invalid claim token")
        self.call("POST", f"/source-connections/{made['id']}/verify-oauth",
                  {"claim_token": auth["claim_token"]})
        self.assertEqual(self.newest(made)["status"], "pending")
        self.follow(link, 400)

    def test_the_way_back_keeps_its_query_and_its_fragment(self):
        for url, before, after in (
                ("https://app.example.com/#/done", "https://app.example.com/?status=success&", "#/done"),
                ("http://h:1/a?status=old&x=%20#f?", "http://h:1/a?status=success&x=%20&", "#f?")):
            made = self.begin(url)
            callback = self.follow(made["auth"]["auth_url"] + "?auto=login").headers["Location"]
            self.assertEqual(self.follow(callback).headers["Location"],
                             f"{before}source_connection_id={made['id']}{after}")

    def test_the_way_back_is_a_page_of_the_web(self):
        for url, words in (
                ("javascript:alert(1)", "URL scheme should be 'http' or 'https'"),
                ("data:text/html,x", "URL scheme should be 'http' or 'https'"),
                ("connected", "Input should be a valid URL, relative URL without a base"),
                ("", "Input should be a valid URL, input is empty"),
                ("https://", "Input should be a valid URL, empty host")):
            with self.subTest(url):
                self.assert_errors(self.refused("POST", "/source-connections", {
                    "short_name": "notion", "readable_collection_id": "my-collection",
                    "redirect_url": url}), ("body.redirect_url", words))

    def test_a_test_signs_in_by_itself(self):
        made = self.begin()
        callback = self.follow(made["auth"]["auth_url"] + "?auto=login").headers["Location"]
        self.follow(callback)
        self.assertEqual(self.get(made)["status"], "active")

    def test_who_refuses_is_answered_as_airweave_does(self):
        made = self.begin()
        callback = self.follow(made["auth"]["auth_url"] + "?auto=refuse").headers["Location"]
        self.assertIn("error=access_denied", callback)
        self.follow(callback, 400)
        self.assertFalse(self.get(made)["auth"]["authenticated"])
        self.follow(self.begin()["auth"]["auth_url"] + "?auto=maybe", 422)

    def test_links_end(self):
        made = self.begin()
        self.follow(made["auth"]["auth_url"])
        self.follow(made["auth"]["auth_url"], 404)
        late = self.begin()
        self.advance("6m")
        self.follow(late["auth"]["auth_url"], 404)
        again = self.call("POST", f"/source-connections/{late['id']}/reinitiate-oauth")
        self.assertNotEqual(again["auth"]["auth_url"], late["auth"]["auth_url"])
        self.assertNotEqual(again["auth"]["claim_token"], late["auth"]["claim_token"])
        self.follow(again["auth"]["auth_url"])

    def test_a_user_who_refuses_leaves_it_waiting(self):
        made = self.begin()
        page = self.follow(self.follow(made["auth"]["auth_url"]).headers["Location"], 200)
        self.follow(page.body.decode().split('href="')[2].split('"')[0], 400)
        self.assertEqual(self.get(made)["status"], "pending_auth")


class ClientsTest(Airweave2026):
    def test_a_bearer_token_is_a_key(self):
        answer = request(self.emulator, "POST",
                         f"/@{self.session}/collections/my-collection/search/instant",
                         [JSON_TYPE, ("Authorization", "Bearer my-key"), ("X-Client-Name", "mcp")],
                         '{"query": "x"}')
        self.assertEqual((answer.status, answer.json()), (200, {"results": []}))


if __name__ == "__main__":
    unittest.main()
