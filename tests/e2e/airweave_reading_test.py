"""How Airweave reads requests, in every edition: as FastAPI and pydantic do."""

import gzip
import unittest

from airweave_2025_10 import STRIPE, Airweave
from emulator import JSON_TYPE, control, request

OWN = "7f3c1e52-9b64-4d0a-8a5e-2c6f0b9d4e11"
OTHER = "11111111-2222-4333-8444-555555555555"
VERSIONS = ("v0.6.2", "v0.7.20", "v0.9.62")  # of SDKs, one of each edition


class ReadingTest(Airweave):
    def test_a_uuid_is_found_in_any_form(self):
        made = self.create()
        plain = made["id"].replace("-", "")
        for form in (made["id"].upper(), plain, plain.upper(), "urn:uuid:" + made["id"],
                     "%7B" + made["id"] + "%7D"):
            with self.subTest(form):
                self.assertEqual(self.call("GET", f"/source-connections/{form}"), made)
                jobs = self.call("GET", f"/source-connections/{form}/jobs")
                self.assertEqual(jobs[0]["source_connection_id"], made["id"])

    def test_flags_and_numbers_may_be_words(self):
        for word in "false", "No", "OFF", "0", 0, 0.0:
            with self.subTest(word=word):
                made = self.create(sync_immediately=word)
                self.assertIsNone(made["sync"])
        for word in "true", "Y", "on", 1:
            with self.subTest(word=word):
                self.assertEqual(self.create(sync_immediately=word)["sync"]["total_runs"], 1)
        self.assertEqual(len(self.call("GET", "/source-connections?limit=%202.0&skip=%2B1")), 2)
        for word in "maybe", 2:
            answer = self.send("POST", "/source-connections", {**STRIPE, "sync_immediately": word})
            self.assertEqual(answer.json()["errors"], [{
                "body.sync_immediately": "Input should be a valid boolean, unable to interpret input"}])
        answer = self.send("POST", "/source-connections", {**STRIPE, "sync_immediately": [1]})
        self.assertEqual(answer.json()["errors"],
                         [{"body.sync_immediately": "Input should be a valid boolean"}])

    def test_the_last_of_a_repeated_query_key_counts(self):
        for _ in range(3):
            self.create()
        self.assertEqual(len(self.call("GET", "/source-connections?limit=1&limit=2")), 2)
        self.assert_errors(self.refused("GET", "/source-connections?limit=1&limit=0"),
                           ("query.limit", "Input should be greater than or equal to 1"))

    def test_head_is_a_method_that_no_path_has(self):
        answer = self.send("HEAD", "/collections")
        self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET"))

    def test_a_slash_may_stand_behind_a_path_but_of_webhooks(self):
        headers = [("X-Fern-SDK-Version", "v0.9.62")]
        for path, status in (("/collections/", 200), ("/source-connections/", 200),
                             ("/webhooks/subscriptions", 200), ("/webhooks/subscriptions/", 404),
                             ("/webhooks/messages/", 404), ("/webhooks/messages/none/", 404)):
            with self.subTest(path):
                answer = self.send("GET", path, headers=headers)
                self.assertEqual(answer.status, status, answer)
                if status == 404:
                    self.assertEqual(answer.json(), {"detail": "Not Found"})

    def test_an_organization_is_read_as_a_uuid_and_then_compared_as_a_text(self):
        others = OWN.upper(), OWN.replace("-", ""), "urn:uuid:" + OWN, "{" + OWN + "}"
        for version in "v0.7.20", "v0.9.62":
            sdk = ("x-fern-sdk-version", version)
            for form in OWN, "":
                with self.subTest(version=version, form=form):
                    self.call("GET", "/collections", headers=[sdk, ("X-Organization-ID", form)])
            for form, status, detail in (
                    ("org-9", 500,
                     "Internal Server Error: ValueError: badly formed hexadecimal UUID string"),
                    (OTHER.upper(), 404, f"Organization with ID {OTHER} not found"),
                    *((other, 403, f"API key does not have access to organization {other}")
                      for other in others)):
                with self.subTest(version=version, form=form):
                    answer = self.refused("GET", "/collections",
                                          headers=[sdk, ("X-Organization-ID", form)])
                    self.assert_detail(answer, status, detail)

    def post(self, version, body, *headers):
        return request(self.emulator, "POST", f"/@{self.session}/collections",
                       [("X-Fern-SDK-Version", version), *headers], body)

    def test_what_is_no_json_is_told_before_a_missing_key(self):
        # FastAPI reads the body first, and asks who calls before it looks at what the body says.
        for version in VERSIONS:
            for media_type, body, status in ((JSON_TYPE, "{bad", 422), (JSON_TYPE, b'"\xff"', 400),
                                             (JSON_TYPE, "[]", 401), (JSON_TYPE, "", 401),
                                             (("Content-Type", "text/plain"), "{bad", 401)):
                with self.subTest(version=version, type=media_type, body=body):
                    answer = self.post(version, body, media_type)
                    self.assertEqual(answer.status, status, answer)
                    told = self.post(version, body, media_type, ("X-API-Key", "my-key")).json()
                    self.assertEqual(answer.json() == told, status != 401)

    def test_json_is_what_is_below_application(self):
        no_map = {"errors": [{"body": "Input should be a valid dictionary or object to extract fields from"}]}
        for version in VERSIONS:
            for media_type, status in (("application/vnd.acme+json", 200), ("APPLICATION/JSON", 200),
                                       ("text/json", 422), ("image/vnd.acme+json", 422)):
                with self.subTest(version=version, type=media_type):
                    answer = self.post(version, '{"name": "Typed"}', ("Content-Type", media_type),
                                       ("X-API-Key", "my-key"))
                    self.assertEqual((answer.status, status == 200 or answer.json() == no_map), (status, True))

    def test_no_coding_is_undone(self):
        packed = gzip.compress(b'{"name": "Packed"}')
        for version in VERSIONS:
            with self.subTest(version):
                answer = self.post(version, packed, JSON_TYPE, ("Content-Encoding", "gzip"), ("X-API-Key", "my-key"))
                self.assert_detail((answer.status, answer.json()), 400, "There was an error parsing the body")

    def test_a_key_is_looked_at_before_the_organization(self):
        answer = request(self.emulator, "GET", f"/@{self.session}/collections",
                         [("x-fern-sdk-version", "v0.7.20"), ("X-Organization-ID", "org-9")])
        self.assertEqual(answer.status, 401)


class EditionTest(Airweave):
    """The version of an SDK holds for every path."""

    def status(self, method, path, version, body=None):
        return self.send(method, path, body, headers=[("X-Fern-SDK-Version", version)]).status

    def test_a_path_that_its_edition_lacks_is_not_there(self):
        for version in "v0.7.20", "0.6.3", "v0.8.64":
            with self.subTest(version):
                self.assertEqual(self.status("PATCH", "/collections/my-collection", version, {}), 405)
                self.assertEqual(self.status("GET", "/white-labels/list", version), 404)
        for version in "v0.6.2", "0.3.29", "v0.2.55":
            with self.subTest(version):
                self.assertEqual(self.status("GET", "/sources/list", version), 200)
                self.assertEqual(self.status("GET", "/sources", version), 404)

    def test_the_first_of_an_edition_ask_for_sources_by_the_older_paths(self):
        for version in "v0.6.3", "v0.6.35":
            headers = [("X-Fern-SDK-Version", version)]
            for old, new in ("/sources/list", "/sources"), ("/sources/detail/stripe", "/sources/stripe"):
                with self.subTest(version=version, path=old):
                    told = self.send("GET", old, headers=headers)
                    self.assertEqual(told.status, 200, told)
                    self.assertEqual(told.json(), self.send("GET", new, headers=headers).json())

    def test_the_method_told_is_the_first_of_the_path(self):
        # Starlette answers by the first route of the path, and each route has one method.
        for version, method, path, allowed in (
                ("v0.7.20", "PATCH", "/collections/my-collection", "GET"),
                ("v0.7.20", "DELETE", "/source-connections", "POST"),
                ("v0.9.62", "DELETE", "/source-connections", "GET"),
                ("v0.9.62", "PUT", "/webhooks/subscriptions/ep_1", "GET"),
                ("v0.6.2", "PATCH", "/white-labels/1", "GET")):
            with self.subTest(version=version, path=path):
                answer = self.send(method, path, {}, headers=[("X-Fern-SDK-Version", version)])
                self.assertEqual((answer.status, answer.headers["Allow"]), (405, allowed))

    def test_what_another_edition_has_is_told_with_the_way_there(self):
        made = self.send("POST", "/source-connections", STRIPE, headers=[]).json()
        path = f"/source-connections/{made['id']}"
        wanted = ("edition 2025-07 of airweave answers and has no such thing; there is one in edition 2025-10 "
                  "and 2026-04. Nothing in the request says which edition is meant: --edition airweave=2025-10 or the "
                  "session's 'editions' choose it, as the header x-fern-sdk-version does")
        for method, what in (("GET", path), ("GET", path + "/jobs"), ("POST", path + "/run"),
                             ("GET", "/source-connections"), ("DELETE", path)):
            with self.subTest(f"{method} {what}"):
                answer = self.send(method, what, headers=[])
                self.assertEqual(answer.status, 404 if what.startswith(path) else 200)
                self.assertEqual(answer.headers["X-Mockduit-Warning"], wanted)
                number = answer.headers["X-Mockduit-Exchange"]
                kept = control(self.emulator, "GET", f"/sessions/{self.session}/requests/{number}")
                self.assertEqual(kept["warning"], wanted)
        self.assertEqual(self.get(made)["id"], made["id"], "the header of the SDK finds it")

    def test_nothing_is_told_of_what_no_edition_has_or_where_one_is_meant(self):
        self.send("POST", "/source-connections", STRIPE, headers=[])
        for path, headers in ((f"/source-connections/{OTHER}", []),
                              ("/source-connections", [("X-Fern-SDK-Version", "v0.3.0")]),
                              ("/collections/nobodys", [])):
            with self.subTest(path):
                answer = self.send("GET", path, headers=headers)
                self.assertNotIn("X-Mockduit-Warning", answer.headers)

    def test_other_clients_get_whichever_edition_has_the_path(self):
        self.assertEqual(self.send("GET", "/sources/list", headers=[]).status, 200)
        self.assertEqual(self.send("GET", "/sources", headers=[]).status, 200)


if __name__ == "__main__":
    unittest.main()
