"""Airweave's edition 2025-10: what is refused, in whose words, and what makes a call one of it."""

import unittest

from airweave_2025_10 import NO_ID, SDK, STRIPE, Airweave
from emulator import Emulator, request

REQUIRED = "Field required"
NO_METHOD = "Source {} does not support this authentication method. Supported methods: {}"
NOT_CONTINUOUS = ("Source 'stripe' does not support continuous syncs. Minimum schedule interval is "
                  "1 hour (e.g., '0 * * * *' for hourly).")


class CreateInputTest(Airweave):
    def refuse(self, **changes):
        body = {k: v for k, v in {**STRIPE, **changes}.items() if v is not ...}
        told = self.refused("POST", "/source-connections", body)
        self.assertEqual(self.call("GET", "/source-connections"), [])
        return told

    def test_the_two_fields_it_needs(self):
        self.assert_errors(self.refused("POST", "/source-connections", {}),
                           ("body.short_name", REQUIRED), ("body.readable_collection_id", REQUIRED))

    def test_lengths_and_types(self):
        self.assert_errors(self.refuse(name="abc"),
                           ("body.name", "String should have at least 4 characters"))
        self.assert_errors(self.refuse(name="n" * 43, description="d" * 256),
                           ("body.name", "String should have at most 42 characters"),
                           ("body.description", "String should have at most 255 characters"))
        self.assert_errors(self.refuse(config=[1], sync_immediately="maybe", schedule={"cron": 5}),
                           ("body.config", "Input should be a valid dictionary"),
                           ("body.schedule.cron", "Input should be a valid string"),
                           ("body.sync_immediately",
                            "Input should be a valid boolean, unable to interpret input"))

    def test_a_body_that_is_none(self):
        status, told = self.refused("POST", "/source-connections", "{\"name\":")
        self.assertEqual((status, list(told["errors"][0].values())), (422, ["JSON decode error"]))
        self.assert_errors(self.refused("POST", "/source-connections"), ("body", REQUIRED))

    def test_authentication_may_have_other_fields_beside_its_own(self):
        for more in {"type": "direct"}, {"access_token": "t"}:
            answer = self.send("POST", "/source-connections", {
                **STRIPE, "authentication": {"credentials": {"api_key": "sk_test_123"}, **more}})
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(answer.json()["auth"]["method"], "direct")

    def test_credentials_are_a_map(self):
        self.assert_errors(
            self.refuse(authentication={"credentials": "k"}),
            ("body.authentication.credentials", "Input should be a valid dictionary"))

    def test_half_a_client_of_ones_own(self):
        for half in {"client_id": "me"}, {"client_secret": "s"}:
            self.assert_detail(self.refuse(short_name="gmail", authentication=half), 400,
                               "Custom OAuth requires both client_id and client_secret or neither")

    def test_an_auth_provider_that_is_not_connected_or_has_not_the_source(self):
        self.assert_detail(self.refuse(authentication={"provider_readable_id": "pp"}), 404,
                           "Auth provider 'pp' not found")
        self.connect_provider("pipedream")
        self.assert_detail(
            self.refuse(short_name="bitbucket", authentication={"provider_readable_id": "my-pipedream"}),
            400, "Source 'bitbucket' does not support 'pipedream' as an auth provider. Supported "
                 "providers: ['composio']")

    def test_an_unknown_source_or_collection(self):
        self.assert_detail(self.refuse(short_name="nope"), 404, "Source 'nope' not found")
        self.assert_detail(self.refuse(readable_collection_id="nope"), 404,
                           "Collection 'nope' not found")

    def test_a_way_to_sign_in_that_the_source_does_not_have(self):
        direct = "['direct', 'auth_provider']"
        oauth = "['oauth_browser', 'oauth_token', 'auth_provider']"
        self.assert_detail(self.refuse(authentication=...), 400, NO_METHOD.format("stripe", direct))
        self.assert_detail(self.refuse(authentication={"access_token": "t"}), 400,
                           NO_METHOD.format("stripe", direct))
        for authentication in ({"credentials": {"api_key": "k"}},
                               {"client_id": "me", "client_secret": "s"}):
            self.assert_detail(self.refuse(short_name="notion", authentication=authentication),
                               400, NO_METHOD.format("notion", oauth))
        self.assert_detail(
            self.refuse(short_name="github", authentication={"provider_readable_id": "p"}), 400,
            NO_METHOD.format("github", "['direct']"))

    def test_a_source_that_asks_for_a_client_of_ones_own(self):
        self.assert_detail(
            self.refuse(short_name="google_drive", authentication=None), 400,
            "Source google_drive requires custom OAuth client credentials. Please provide "
            "client_id and client_secret in the authentication configuration.")

    def test_a_first_sync_before_anybody_signed_in(self):
        self.assert_detail(
            self.refuse(short_name="notion", authentication=None, sync_immediately=True), 400,
            "OAuth connections cannot use sync_immediately. Sync will start after authentication.")

    def test_credentials_that_the_source_does_not_ask_for(self):
        self.assert_detail(self.refuse(authentication={"credentials": {"key": "k"}}), 422,
                           "Invalid auth fields: api_key: Field required")

    def test_a_schedule_that_is_none_or_too_often(self):
        for cron in ("every day", "61 * * * *", "0 25 * * *", "0 0 * * * *", "a b c d e",
                     "not one of the five", "0 0 32 * *", "0 0 1 13 *", "0 0 * * 9",
                     "*/0 * * * *", "0 0 0 * *"):
            with self.subTest(cron):
                self.assert_detail(self.refuse(schedule={"cron": cron}), 422,
                                   f"Invalid CRON expression: {cron}")
        for cron in "* * * * *", "*/5 * * * *", "*/59 * * * *":
            with self.subTest(cron):
                self.assert_detail(self.refuse(schedule={"cron": cron}), 400, NOT_CONTINUOUS)

    def test_schedules_that_are_fine(self):
        for cron in ("0 * * * *", "59 23 31 12 6", "5,35 */6 1-15 JAN MON-FRI", "0 0 1 1 7"):
            with self.subTest(cron):
                self.assertEqual(self.create(schedule={"cron": cron})["schedule"]["cron"], cron)

    def test_what_it_does_not_know_is_let_pass(self):
        self.assertNotIn("color", self.create(color="red"))


class OtherInputTest(Airweave):
    def test_a_patch_without_a_change(self):
        made = self.create()
        path = f"/source-connections/{made['id']}"
        nothing = ("body", "Value error, At least one field must be provided for update")
        for body in {}, {"color": "red"}, {"short_name": "github"}:
            with self.subTest(body):
                self.assert_errors(self.refused("PATCH", path, body), nothing)
        self.assertEqual(self.get(made)["modified_at"], made["modified_at"])

    def test_a_patch_that_breaks_a_rule(self):
        path = f"/source-connections/{self.create()['id']}"
        self.assert_errors(self.refused("PATCH", path, {"name": "abc"}),
                           ("body.name", "String should have at least 4 characters"))
        self.assert_errors(
            self.refused("PATCH", path, {"authentication": {"access_token": "t"}}),
            ("body", "Value error, Direct auth can only be updated with authentication"))
        self.assert_detail(self.refused("PATCH", path, {"schedule": {"cron": "soon"}}), 422,
                           "Invalid CRON expression: soon")
        self.assert_detail(self.refused("PATCH", path, {"schedule": {"cron": "* * * * *"}}), 400,
                           NOT_CONTINUOUS)

    def test_new_credentials_are_for_those_that_have_some(self):
        words = "Credentials can only be updated for direct authentication"
        for authentication in None, {"access_token": "t"}:
            made = self.create(short_name="notion", authentication=authentication)
            self.assert_detail(
                self.refused("PATCH", f"/source-connections/{made['id']}",
                             {"authentication": {"credentials": {"api_key": "k"}}}), 400, words)

    def test_ids_that_are_none(self):
        status, told = self.refused("GET", "/source-connections/nope")
        self.assertEqual(status, 422)
        [(place, words)] = told["errors"][0].items()
        self.assertEqual(place, "path.source_connection_id")
        self.assertRegex(words, "^Input should be a valid UUID, ")
        status, told = self.refused("POST", f"/source-connections/{NO_ID}/jobs/nope/cancel")
        self.assertEqual((status, list(told["errors"][0])), (422, ["path.job_id"]))

    def test_limits_and_skips_out_of_bounds(self):
        above = ("query.limit", "Input should be less than or equal to 1000")
        below = ("query.limit", "Input should be greater than or equal to 1")
        negative = ("query.skip", "Input should be greater than or equal to 0")
        made = self.create()
        for path in ("/collections", "/source-connections",
                     f"/source-connections/{made['id']}/jobs"):
            with self.subTest(path):
                self.assert_errors(self.refused("GET", path + "?limit=1001"), above)
                self.assert_errors(self.refused("GET", path + "?limit=0"), below)
        for path in "/collections", "/source-connections":
            self.assert_errors(self.refused("GET", path + "?skip=-1&limit=0"), negative, below)
        self.assert_errors(self.refused("GET", "/collections?limit=few"),
                           ("query.limit", "Input should be a valid integer, unable to parse "
                                          "string as an integer"))

    def test_collections_that_break_a_rule(self):
        self.assert_errors(self.refused("POST", "/collections", {"name": "abc"}),
                           ("body.name", "String should have at least 4 characters"))
        for readable_id in "Finance", "-finance", "finance-", "fin_ance", "a--b", "":
            with self.subTest(readable_id):
                self.assert_errors(
                    self.refused("POST", "/collections",
                                 {"name": "Finance", "readable_id": readable_id}),
                    ("body.readable_id",
                     "String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*$'"))

    def test_searches_that_break_a_rule(self):
        path = "/collections/my-collection/search"
        self.assert_errors(self.refused("POST", path, {}), ("body.query", REQUIRED))
        self.assert_errors(self.refused("GET", path), ("query.query", REQUIRED))
        self.assert_errors(self.refused("GET", path + "?query=x&response_type=html"),
                           ("query.response_type", "Input should be 'raw' or 'completion'"))

    def test_keys_that_are_refused(self):
        path = "/@keys/source-connections"
        answer = request(self.emulator, "GET", path, [SDK])
        self.assertEqual((answer.status, answer.json()),
                         (401, {"detail": "No valid authentication provided"}))
        self.assertIsNone(answer.headers["WWW-Authenticate"])
        answer = request(self.emulator, "GET", path, [SDK, ("X-API-Key", "invalid-key")])
        self.assertEqual((answer.status, answer.json()),
                         (403, {"detail": "Invalid or expired API key"}))

    def test_a_method_that_a_path_does_not_have(self):
        self.assert_detail(self.refused("PUT", "/source-connections"), 405, "Method Not Allowed")
        self.assert_detail(self.refused("POST", "/sources/stripe"), 405, "Method Not Allowed")


class RateLimitTest(Airweave):
    def test_every_answer_tells_how_much_is_left(self):
        answer = self.send("GET", "/collections")
        self.assertEqual(answer.headers["RateLimit-Limit"], "9999")
        self.assertEqual(answer.headers["RateLimit-Remaining"], "9999")
        self.assertEqual(answer.headers["RateLimit-Reset"], "1768471200")

    def test_a_limit_counts_down_and_then_refuses(self):
        self.play(limits=[{"allow": 2, "per": "1m"}])
        left = [self.send("GET", "/collections").headers["RateLimit-Remaining"] for _ in range(2)]
        self.assertEqual(left, ["1", "0"])
        answer = self.send("GET", "/collections")
        self.assertEqual(answer.status, 429)
        self.assertEqual(answer.json()["detail"], "Rate limit exceeded. Please retry after 59.34 "
                                                  "seconds. Limit: 2 requests per second.")
        self.assertEqual(answer.headers["RateLimit-Remaining"], "0")
        self.assertEqual(answer.headers["Retry-After"], "60")
        self.advance("1m")
        self.assertEqual(self.send("GET", "/collections").status, 200)


class EditionTest(Airweave):
    """Which edition answers: an empty create misses a name in 2025-07, a collection in 2025-10."""

    def is_newer(self, *headers):
        _, told = self.refused("POST", "/source-connections", {}, headers=headers)
        return {"body.readable_collection_id": REQUIRED} in told["errors"]

    def test_it_is_the_older_one_where_nothing_tells(self):
        self.assertFalse(self.is_newer())

    def test_the_version_of_the_sdk_tells(self):
        for version in "v0.6.3", "v0.6.4", "v0.6.10", "v0.7.20", "0.8.66", "v0.10.0", "v1.0.0":
            self.assertTrue(self.is_newer(("X-Fern-SDK-Version", version)), version)
        for version in "v0.1.51", "v0.2.53", "v0.3.39", "v0.6.0", "v0.6.2", "v0.0.7":
            self.assertFalse(self.is_newer(("X-Fern-SDK-Version", version)), version)

    def test_the_fields_tell(self):
        for field in ("readable_collection_id", "authentication", "schedule", "config",
                      "redirect_url"):
            with self.subTest(field):
                _, told = self.refused("POST", "/source-connections", {field: 1}, headers=())
                self.assertNotIn({"body.name": REQUIRED}, told["errors"])
        _, told = self.refused("POST", "/source-connections", {"auth_fields": {}}, headers=())
        self.assertIn({"body.name": REQUIRED}, told["errors"])

    def test_the_sdk_tells_before_the_fields(self):
        _, told = self.refused("POST", "/source-connections", {"auth_fields": {}}, headers=[SDK])
        self.assertIn({"body.readable_collection_id": REQUIRED}, told["errors"])

    def test_a_path_that_only_it_has_tells(self):
        self.assertEqual(self.call("GET", "/sources/stripe", headers=())["oauth_type"], None)
        self.assertGreater(len(self.call("GET", "/sources", headers=())), 0)

    def test_a_sessions_pin_tells_before_all(self):
        self.pin("2025-10")
        self.assertTrue(self.is_newer())
        self.assertTrue(self.is_newer(("x-fern-sdk-version", "v0.1.51")))
        self.pin("2025-07")
        self.assertFalse(self.is_newer(SDK))

    def test_the_command_line_pins_it_for_all(self):
        with Emulator("--edition", "airweave=2025-10") as self.emulator:
            self.assertTrue(self.is_newer())
            made = self.call("POST", "/source-connections", STRIPE, headers=())
            path = f"/source-connections/{made['id']}"
            self.assertEqual(self.call("GET", path, headers=())["name"], STRIPE["name"])


if __name__ == "__main__":
    unittest.main()
