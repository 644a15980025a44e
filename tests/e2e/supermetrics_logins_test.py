"""Supermetrics' login links and logins, under both of their prefixes."""

import unittest

from emulator import request
from supermetrics import BAD_REQUEST, BEARER, UNPROCESSABLE, SupermetricsTest

DS = "/v2/ds"
LINK = {
    "ds_id": "GAWA",
    "expiry_time": "2026-03-01T23:59:59Z",
    "description": "Google Analytics login link for marketing team",
    "require_username": "marketing@company.com",
    "redirect_url": "https://company.com/auth/success",
}
NOT_FOUND = ("NOT_FOUND", "The requested resource was not found.")


class LoginLinksTest(SupermetricsTest):
    def make(self, **body):
        return self.told(201, "POST", DS + "/login/link", body or LINK)["data"]

    def assert_old_error(self, status, code, answer):
        """The form that only these calls have: no meta, the code alone."""
        self.assertEqual(answer.status, status, answer)
        told = answer.json()
        self.assertEqual(list(told), ["error", "message"])
        self.assertEqual(told["error"], code)

    def test_create_tells_an_open_link(self):
        answer = self.ask("POST", DS + "/login/link", LINK)
        self.assertEqual(answer.status, 201, answer)
        told = answer.json()
        self.assertEqual(list(told), ["meta", "data"])
        link = told["data"]
        self.assertEqual({name: link[name] for name in LINK},
                         LINK | {"expiry_time": "2026-03-01T23:59:59+00:00"})
        self.assertEqual((link["status_code"], link["ds_name"], link["created_time"]),
                         ("OPEN", "Google Analytics 4", "2026-01-15T10:00:00+00:00"))
        self.assertRegex(link["link_id"], r"^dsll_\d+$")
        self.assertRegex(link["user_id"], r"^usr_\d+$")
        bare = self.told(201, "POST", DS + "/login/link", {"ds_id": "GAWA"})["data"]
        self.assertEqual(bare["require_username"], "")
        self.assertIn(link["link_id"], link["login_url"])
        self.assertEqual((link["login_id"], link["login_time"], link["login_username"]),
                         (None, None, None))
        self.assertTrue(answer.headers["Location"].endswith(f"/v2/ds/login/link/{link['link_id']}"))
        self.assertEqual(answer.headers["X-RateLimit-Limit"], "5000")
        self.assertEqual(self.told(200, "GET", f"{DS}/login/link/{link['link_id']}")["data"], link)

    def test_the_list_begins_empty(self):
        self.assertEqual(self.told(200, "GET", DS + "/login/links")["data"], [])
        made = [self.make(ds_id="AW"), self.make()]
        self.assertEqual(self.told(200, "GET", DS + "/login/links")["data"], made)

    def test_without_a_wish_a_link_expires_after_a_day(self):
        link = self.make(ds_id="AW")
        self.assertEqual(link["expiry_time"], "2026-01-16T10:00:00+00:00")
        self.pass_time("23h")
        self.assertEqual(self.status_of(link), "OPEN")
        self.pass_time("1h")
        self.assertEqual(self.status_of(link), "EXPIRED")

    def test_a_link_expires_when_it_is_told_to(self):
        link = self.make(ds_id="AW", expiry_time="2026-01-15T10:30:00+00:00")
        self.pass_time("29m")
        self.assertEqual(self.status_of(link), "OPEN")
        self.pass_time("1m")
        self.assertEqual(self.status_of(link), "EXPIRED")

    def test_a_wish_in_words_counts_from_now(self):
        for words, time in (("10 hours", "2026-01-15T20:00:00+00:00"),
                            ("24 hours", "2026-01-16T10:00:00+00:00"),
                            ("1 day", "2026-01-16T10:00:00+00:00"),
                            ("+90 minutes", "2026-01-15T11:30:00+00:00")):
            with self.subTest(words=words):
                self.assertEqual(self.make(ds_id="AW", expiry_time=words)["expiry_time"], time)
        link = self.make(ds_id="AW", expiry_time="10 hours")
        self.pass_time("9h59m")
        self.assertEqual(self.status_of(link), "OPEN")
        self.pass_time("1m")
        self.assertEqual(self.status_of(link), "EXPIRED")

    def test_a_form_as_the_vendors_collection_sends_it(self):
        answer = request(self.emulator, "POST", f"/@{self.session}/enterprise{DS}/login/link",
                         [("Content-Type", "application/x-www-form-urlencoded"), BEARER],
                         "ds_id=GAWA&expiry_time=24+hours&description=My+link")
        self.assertEqual(answer.status, 201, answer)
        link = answer.json()["data"]
        self.assertEqual((link["ds_id"], link["description"], link["expiry_time"]),
                         ("GAWA", "My link", "2026-01-16T10:00:00+00:00"))

    def test_a_time_that_has_passed_is_refused(self):
        answer = self.ask("POST", DS + "/login/link",
                          {"ds_id": "AW", "expiry_time": "2026-01-15T10:00:00Z"})
        self.assert_error(422, UNPROCESSABLE, answer,
                          "The field 'expiry_time' must be a time to come")

    def test_times_are_those_of_rfc_3339(self):
        for time in ("2026-01-16", "2026-01-16T10:00:00", "2026-01-16 10:00:00Z",
                     "2026-01-16T10:00Z", "2026-01-16T10:00:00+0200", "2026-02-30T10:00:00Z",
                     "2026-01-16T24:00:00Z", "2026-01-16T10:00:00+25:00"):
            with self.subTest(time=time):
                answer = self.ask("POST", DS + "/login/link", {"ds_id": "AW", "expiry_time": time})
                self.assert_error(422, UNPROCESSABLE, answer,
                                  "The field 'expiry_time' must be a valid date-time")
        self.make(ds_id="AW", expiry_time="2026-01-16t10:00:00.5z")
        self.make(ds_id="AW", expiry_time="2026-01-16T12:00:00+02:00")

    def status_of(self, link):
        return self.told(200, "GET", f"{DS}/login/link/{link['link_id']}")["data"]["status_code"]

    def test_patch_changes_the_description_alone(self):
        link = self.make()
        path = f"{DS}/login/link/{link['link_id']}"
        told = self.told(200, "PATCH", path, {"description": "Updated login link description",
                                              "status_code": "CLOSED"})
        self.assertEqual(told["data"], link | {"description": "Updated login link description"})
        self.assertEqual(self.told(200, "PATCH", path, {})["data"], told["data"])

    def test_a_closed_link_stays_closed(self):
        link = self.make(ds_id="AW")
        path = f"{DS}/login/link/{link['link_id']}/close"
        for _ in range(2):
            self.assertEqual(self.told(200, "PUT", path)["data"]["status_code"], "CLOSED")
        self.pass_time("2d")
        self.assertEqual(self.status_of(link), "CLOSED")

    def test_closing_leaves_an_expired_link_expired(self):
        link = self.make(ds_id="AW")
        self.pass_time("1d")
        told = self.told(200, "PUT", f"{DS}/login/link/{link['link_id']}/close")
        self.assertEqual(told["data"]["status_code"], "EXPIRED")

    def test_unknown_links(self):
        for method, path in (("GET", "/login/link/none"), ("PUT", "/login/link/none/close")):
            with self.subTest(method=method):
                self.assert_old_error(404, "LINK_NOT_FOUND", self.ask(method, DS + path))
        answer = self.ask("PATCH", DS + "/login/link/none", {"description": "x"})
        self.assert_error(404, NOT_FOUND, answer)

    def test_a_link_of_another_session_is_not_found(self):
        link = self.make()
        self.session += "-other"
        answer = self.ask("GET", f"{DS}/login/link/{link['link_id']}")
        self.assert_old_error(404, "LINK_NOT_FOUND", answer)

    def test_rules_of_the_request(self):
        for body, words in (
                ({}, "The field 'ds_id' is required"),
                ({"ds_id": "a b"}, "The field 'ds_id' must match ^[A-Za-z0-9_-]+$"),
                (LINK | {"expiry_time": "tomorrow"},
                 "The field 'expiry_time' must be a valid date-time"),
                (LINK | {"redirect_url": "here"}, "The field 'redirect_url' must be a valid uri"),
                (LINK | {"redirect_url": "javascript:alert(1)"},
                 "The field 'redirect_url' must be a URL of http or https"),
                (LINK | {"redirect_url": "data:text/html,x"},
                 "The field 'redirect_url' must be a URL of http or https"),
                (LINK | {"redirect_url": "http:"},
                 "The field 'redirect_url' must be a URL of http or https"),
                (LINK | {"description": "x" * 1001},
                 "The field 'description' must have at most 1000 characters"),
                ("{", "The request body is not valid JSON")):
            with self.subTest(words=words):
                answer = self.ask("POST", DS + "/login/link", body)
                self.assert_error(422, UNPROCESSABLE, answer, words)
        link = self.make()
        path = f"{DS}/login/link/{link['link_id']}"
        self.assert_error(422, UNPROCESSABLE, self.ask("PATCH", path, {"description": None}),
                          "The field 'description' must be a string")
        self.assert_error(400, BAD_REQUEST, self.ask("PATCH", path, "{"),
                          "The request body is not valid JSON")
        self.assert_error(422, UNPROCESSABLE, self.ask("GET", f"{DS}/login/link/{'x' * 51}"),
                          "The field 'link_id' must have at most 50 characters")

    def test_too_many_links_where_a_scenario_says_so(self):
        self.scenario = self.define(
            {"outcome": "forbidden"},
            match={"operation": "supermetrics.create_login_link"}, name="too-many-links")
        answer = self.ask("POST", DS + "/login/link", LINK)
        self.assert_old_error(403, "LINK_LIMIT_EXCEEDED", answer)

    def test_a_credential_without_the_scope_is_refused(self):
        answer = self.ask("POST", DS + "/login/link", LINK,
                          headers=(("Authorization", "Bearer forbidden-key"),))
        self.assert_error(403, ("FORBIDDEN", "You do not have access to this resource."), answer)

    def test_the_second_prefix_is_the_same(self):
        link = self.told(201, "POST", "/enterprise" + DS + "/login/link", LINK)["data"]
        for prefix in ("", "/enterprise"):
            path = f"{prefix}{DS}/login/link/{link['link_id']}"
            self.assertEqual(self.told(200, "GET", path)["data"], link)
            self.assertEqual(len(self.told(200, "GET", f"{prefix}{DS}/logins")["data"]), 2)


class LoginsTest(SupermetricsTest):
    def test_get_and_list(self):
        logins = self.told(200, "GET", DS + "/logins")["data"]
        self.assertEqual([login["login_id"] for login in logins], ["2682599", "2830506"])
        login = self.told(200, "GET", DS + "/login/2682599")["data"]
        self.assertEqual(login, logins[0])
        self.assertEqual(list(login), [
            "@type", "login_id", "login_type", "username", "display_name", "ds_info",
            "default_scopes", "additional_scopes", "auth_time", "auth_user_info", "expiry_time",
            "revoked_time", "is_refreshable", "is_shared"])

    def test_a_revoked_login_tells_when(self):
        for _ in range(2):
            told = self.told(200, "DELETE", DS + "/login/2682599")
            self.assertEqual(told["data"], {"result": True})
            login = self.told(200, "GET", DS + "/login/2682599")["data"]
            self.assertEqual(login["revoked_time"], "2026-01-15T10:00:00+00:00")
            self.pass_time("1h")

    def test_accounts_come_in_pages(self):
        path = DS + "/login/2682599/accounts"
        told = self.told(200, "GET", path)
        self.assertEqual(told["meta"]["paginate"], {"offset": 0, "limit": 100, "total": 2})
        self.assertEqual(told["data"][0], {"@type": "ds_account", "account_id": "8733197711",
                                           "name": "Example shop", "group": "Example"})
        told = self.told(200, "GET", path + "?limit=1&offset=1")
        self.assertEqual(told["meta"]["paginate"], {"offset": 1, "limit": 1, "total": 2})
        self.assertEqual([account["account_id"] for account in told["data"]], ["8733197712"])
        self.assertEqual(self.told(200, "GET", path + "?offset=9")["data"], [])

    def test_limits_that_are_none(self):
        for query, words in (("limit=0", "The field 'limit' must be at least 1"),
                             ("limit=1001", "The field 'limit' must be at most 1000"),
                             ("limit=x", "The field 'limit' must be an integer"),
                             ("offset=-1", "The field 'offset' must be at least 0")):
            with self.subTest(query=query):
                answer = self.ask("GET", f"{DS}/login/2682599/accounts?{query}")
                self.assert_error(422, UNPROCESSABLE, answer, words)

    def test_unknown_logins(self):
        answer = self.ask("GET", DS + "/login/1")
        self.assertEqual((answer.status, answer.json()["error"]), (404, "LOGIN_NOT_FOUND"))
        self.assert_error(404, NOT_FOUND, self.ask("DELETE", DS + "/login/1"))
        self.assert_error(404, NOT_FOUND, self.ask("GET", DS + "/login/1/accounts"))


if __name__ == "__main__":
    unittest.main()
