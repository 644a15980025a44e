"""Airweave 2025-07: collections, what is found in them, and sources."""

import unittest

from airweave_2025_07 import NOBODY, NOW, UUID4, AirweaveTest, at

SEEDED = {"name": "My Collection", "readable_id": "my-collection",
          "id": "3d8f5b0e-2a47-4c19-9e63-7b1c0a5d2f84", "created_at": "2025-07-01T09:30:00.000000",
          "modified_at": "2025-07-01T09:30:00.000000",
          "organization_id": "7f3c1e52-9b64-4d0a-8a5e-2c6f0b9d4e11", "created_by_email": None,
          "modified_by_email": None, "status": "NEEDS SOURCE"}
SOURCES = ["asana", "bitbucket", "confluence", "ctti", "dropbox", "github", "gmail",
           "google_calendar", "google_drive", "hubspot", "jira", "linear", "monday", "notion",
           "onedrive", "outlook_calendar", "outlook_mail", "postgresql", "stripe", "todoist"]
NOTHING = ("I couldn't find any relevant information for that query. Try asking about something in "
           "your data collection.")


class CollectionTest(AirweaveTest):
    def create_collection(self, **body):
        return self.call("POST", "/collections", body)

    def test_a_collection_is_made_listed_shown_renamed_and_deleted(self):
        made = self.create_collection(name="Finance Data", readable_id="finance-data-reports")
        self.assertEqual(made, {**SEEDED, "name": "Finance Data", "created_at": NOW,
                                "readable_id": "finance-data-reports", "modified_at": NOW,
                                "id": made["id"]})
        self.assertEqual(list(made), list(SEEDED))
        self.assertRegex(made["id"], UUID4)
        self.assertEqual(self.call("GET", "/collections"), [SEEDED, made])
        self.assertEqual(self.call("GET", "/collections/finance-data-reports"), made)
        self.advance("5s")
        for method, name in (("PATCH", "Finances"), ("PUT", "Finances of 2025")):
            renamed = self.call(method, "/collections/finance-data-reports",
                                {"name": name, "readable_id": "other", "extra": {"a": 1}})
            self.assertEqual(renamed, {**made, "name": name, "modified_at": at(5)})
        self.assertEqual(self.call("DELETE", "/collections/finance-data-reports"), renamed)
        self.assertEqual(self.call("GET", "/collections"), [SEEDED])

    def test_its_readable_id_is_made_of_its_name(self):
        for name, pattern in (("My Conn", "^my-conn-[a-z0-9]{6}$"),
                              ("  Q4: Revenue  & Trends!", "^q4-revenue-trends-[a-z0-9]{6}$")):
            with self.subTest(name=name):
                self.assertRegex(self.create_collection(name=name)["readable_id"], pattern)
        made = self.create_collection(name="My Conn", readable_id=None)
        self.assertRegex(made["readable_id"], "^my-conn-[a-z0-9]{6}$")

    def test_a_readable_id_is_taken_once(self):
        answer = self.send("POST", "/collections",
                           {"name": "Another", "readable_id": "my-collection"})
        self.assert_told(answer, 400, "Collection with this readable_id already exists")
        self.assertEqual(self.call("GET", "/collections"), [SEEDED])

    def test_a_key_belongs_to_one_organization(self):
        own = SEEDED["organization_id"]
        for named in own, "":
            made = self.call("POST", "/collections", {"name": "Mine"},
                             headers=[("X-Organization-ID", named)])
            self.assertEqual(made["organization_id"], own)
        for other in NOBODY, "org-9", own.upper():
            answer = self.send("POST", "/collections", {"name": "Mine"},
                               headers=[("X-Organization-ID", other)])
            self.assert_told(answer, 403, "API key does not have access to organization " + other)

    def test_lists_come_in_pages(self):
        names = [f"number {n}" for n in range(3)]
        for name in names:
            self.create_collection(name=name)
        for query, listed in (("?skip=1", names), ("?limit=1", ["My Collection"]),
                              ("?skip=2&limit=1", names[1:2]), ("?skip=4", [])):
            with self.subTest(query=query):
                told = self.call("GET", "/collections" + query)
                self.assertEqual([one["name"] for one in told], listed)

    def test_what_is_not_there_is_told_by_its_readable_id(self):
        for method, more, body in (("GET", "", None), ("PATCH", "", {}), ("PUT", "", {}),
                                   ("DELETE", "", None), ("POST", "/refresh_all", None)):
            with self.subTest(method=method, more=more):
                answer = self.send(method, "/collections/nowhere" + more, body)
                self.assert_told(answer, 404, "Collection with readable ID nowhere not found")

    def test_a_delete_takes_source_connections_and_jobs_with_it(self):
        inside, outside = self.create(collection="my-collection"), self.create()
        self.call("DELETE", "/collections/my-collection?delete_data=true")
        answer = self.send("DELETE", "/collections/my-collection")
        self.assert_told(answer, 404, "Collection with readable ID my-collection not found")
        answer = self.send("GET", f"/source-connections/{inside['id']}")
        self.assert_told(answer, 404, "SourceConnection not found")
        self.assertEqual([job["id"] for job in self.stored("sync_job")],
                         [outside["latest_sync_job_id"]])
        self.advance("1m")
        self.assertEqual(self.connection(outside)["latest_sync_job_status"], "completed")

    def test_a_connection_that_names_none_gets_one(self):
        made = self.create(name="My Conn")
        self.assertRegex(made["collection"], "^collection-for-my-conn-[a-z0-9]{6}$")
        collection = self.call("GET", f"/collections/{made['collection']}")
        self.assertEqual(collection, {**SEEDED, "name": "Collection for My Conn",
                                      "readable_id": made["collection"], "created_at": NOW,
                                      "modified_at": NOW, "id": collection["id"],
                                      "status": "ACTIVE"})


class StatusTest(AirweaveTest):
    def fail(self, connection):
        self.play(lifecycle={"airweave.sync_job": {"ends": "failed"}})
        self.run_again(connection)
        self.advance("10s")

    def test_the_status_follows_the_source_connections(self):
        self.assertEqual(self.collection_status(), "NEEDS SOURCE")
        one = self.idle(collection="my-collection")
        self.assertEqual(self.collection_status(), "ACTIVE")
        self.fail(one)
        self.assertEqual(self.collection_status(), "ERROR")
        other = self.idle(collection="my-collection")
        self.assertEqual(self.collection_status(), "PARTIAL ERROR")
        self.fail(other)
        self.assertEqual(self.collection_status(), "ERROR")
        self.run_again(other)
        self.assertEqual(self.collection_status(), "PARTIAL ERROR")
        self.advance("1s")  # what syncs is well
        self.assertEqual(self.collection_status(), "ACTIVE")
        self.call("POST", self.job_path(self.jobs(other)[-1], "/cancel"))
        self.assertEqual(self.collection_status(), "PARTIAL ERROR")
        self.call("DELETE", f"/source-connections/{one['id']}")
        self.assertEqual(self.collection_status(), "ACTIVE")
        self.call("DELETE", f"/source-connections/{other['id']}")
        self.assertEqual(self.collection_status(), "NEEDS SOURCE")

    def test_an_old_job_changes_nothing_any_more(self):
        made = self.create(collection="my-collection")
        self.play(lifecycle={"airweave.sync_job": {"ends": "failed"}})
        self.advance("9s")
        self.run_again(made)
        self.advance("10s")
        self.assertEqual([job["status"] for job in self.jobs(made)], ["completed", "failed"])
        self.assertEqual(self.connection(made)["status"], "failing")
        self.assertEqual(self.collection_status(), "ERROR")


class RefreshTest(AirweaveTest):
    def test_it_starts_a_job_for_each_source_connection(self):
        made = [self.create(collection="my-collection"), self.idle(collection="my-collection")]
        self.create()
        self.advance("2s")
        jobs = self.call("POST", "/collections/my-collection/refresh_all")
        self.assertEqual([job["source_connection_id"] for job in jobs],
                         [connection["id"] for connection in made])
        self.assertEqual({(job["status"], job["created_at"]) for job in jobs}, {("pending", at(2))})
        for connection, job in zip(made, jobs):
            self.assertEqual(self.connection(connection)["latest_sync_job_id"], job["id"])
            self.assertEqual(self.jobs(connection)[-1], job)
        self.advance("10s")
        self.assertEqual([len(self.jobs(connection)) for connection in made], [2, 1])
        self.assertEqual({self.connection(connection)["latest_sync_job_status"]
                          for connection in made}, {"completed"})

    def test_an_empty_collection_has_none(self):
        self.assertEqual(self.call("POST", "/collections/my-collection/refresh_all"), [])


class SearchTest(AirweaveTest):
    PATH = "/collections/my-collection/search"

    def both(self, **options):
        """What a GET and a POST find; it is the same."""
        query = "&".join(f"{name}={value}" for name, value in options.items())
        found = self.call("GET", f"{self.PATH}?query=payments&{query}")
        self.assertEqual(self.call("POST", self.PATH, {"query": "payments", **options}), found)
        return found

    def test_nothing_is_found_before_a_sync_has_completed(self):
        self.create(collection="my-collection")
        self.advance("9s")
        self.assertEqual(self.both(), {"results": [], "response_type": "raw", "completion": None,
                                       "status": "success"})
        self.assertEqual(self.both(response_type="completion"),
                         {"results": [], "response_type": "completion", "completion": NOTHING,
                          "status": "no_results"})

    def test_a_sync_that_has_completed_is_found_from_then_on(self):
        made = self.create(collection="my-collection")
        self.advance("10s")
        self.run_again(made)
        raw = self.both(limit=50, score_threshold=0.7, expansion_strategy="auto")
        self.assertEqual((raw["response_type"], raw["completion"], raw["status"]),
                         ("raw", None, "success"))
        self.assertEqual(list(raw["results"][0]), ["id", "score", "payload"])
        answered = self.both(response_type="completion")
        self.assertEqual(answered["results"], raw["results"])
        self.assertTrue(answered["completion"])

    def test_deleted_connections_leave_what_they_synced_unless_told_otherwise(self):
        for query, results in (("", 1), ("?delete_data=false", 1), ("?delete_data=true", 0)):
            with self.subTest(query=query):
                made = self.create()
                self.advance("10s")
                self.call("DELETE", f"/source-connections/{made['id']}{query}")
                found = self.call("GET", f"/collections/{made['collection']}/search?query=x")
                self.assertEqual(len(found["results"]), results)

    def test_bad_searches_are_told(self):
        words = "Collection 'nowhere' not found or you don't have access to it."
        self.assert_told(self.send("GET", "/collections/nowhere/search?query=x"), 404, words)
        answer = self.send("POST", "/collections/nowhere/search", {"query": "x"})
        self.assert_told(answer, 404, words)
        kinds = "Input should be 'raw' or 'completion'"
        for query, place, message in (
                ("", "query", "Field required"),
                ("?query=x&response_type=all", "response_type", kinds),
                ("?query=x&limit=0", "limit", "Input should be greater than or equal to 1"),
                ("?query=x&offset=-1", "offset", "Input should be greater than or equal to 0"),
                ("?query=x&score_threshold=high", "score_threshold",
                 "Input should be a valid number, unable to parse string as a number")):
            with self.subTest(query=query):
                self.assert_wrong(self.send("GET", self.PATH + query), {f"query.{place}": message})
        self.assert_wrong(self.send("POST", self.PATH, {"response_type": "all"}),
                          {"body.query": "Field required"},
                          {"body.response_type": kinds})

    def test_a_scenario_may_take_the_database_away(self):
        self.play(rules=[{"match": {"operation": "airweave.search_collection*"},
                          "play": [{"outcome": "unavailable"}]}])
        answer = self.send("GET", self.PATH + "?query=x")
        self.assert_told(answer, 503, "Vector database service is currently unavailable. Please "
                                      "try again later.")


class SourceTest(AirweaveTest):
    def test_the_twenty_sources_are_listed(self):
        listed = self.call("GET", "/sources/list")
        self.assertEqual([source["short_name"] for source in listed], SOURCES)
        for source in listed:
            with self.subTest(source=source["short_name"]):
                told = self.call("GET", f"/sources/detail/{source['short_name']}")
                self.assertEqual(told, source)
                self.assertEqual(list(told), [
                    "name", "description", "auth_type", "auth_config_class", "config_class",
                    "short_name", "class_name", "output_entity_definition_ids", "organization_id",
                    "config_schema", "labels", "id", "created_at", "modified_at",
                    "auth_fields", "config_fields"])
                self.assertIsNone(told["config_schema"])

    def test_each_tells_what_it_needs(self):
        def fields(short_name, member):
            told = self.call("GET", f"/sources/detail/{short_name}")[member]["fields"]
            return {field["name"]: field["type"] for field in told}

        text, number = "string", "number"
        self.assertEqual(fields("stripe", "auth_fields"), {"api_key": text})
        self.assertEqual(fields("stripe", "config_fields"), {})
        self.assertEqual(fields("github", "auth_fields"),
                         {"personal_access_token": text, "repo_name": text})
        self.assertEqual(fields("github", "config_fields"), {"branch": text})
        self.assertEqual(fields("postgresql", "auth_fields"),
                         {"host": text, "port": number, "database": text, "user": text,
                          "password": text, "schema": text, "tables": text})
        self.assertEqual(fields("gmail", "auth_fields"),
                         dict.fromkeys(["client_id", "client_secret", "refresh_token",
                                        "access_token"], text))
        self.assertEqual(fields("notion", "auth_fields"), {"access_token": text})

    def test_there_is_no_other(self):
        self.assert_told(self.send("GET", "/sources/detail/nope"), 404, "Source not found: nope")
        answer = self.send("POST", "/source-connections",
                           {"name": "name", "short_name": "nope", "auth_fields": {}})
        self.assert_told(answer, 404, "Object with short name nope not found")


if __name__ == "__main__":
    unittest.main()
