"""The page that a login link opens: signing in, refusing, abandoning, and by whom."""

import unittest
import urllib.parse

from emulator import request
from supermetrics import SupermetricsTest

FORM = ("Content-Type", "application/x-www-form-urlencoded")


class LoginPageTest(SupermetricsTest):
    def make(self, **changes):
        return self.told(201, "POST", "/v2/ds/login/link", {"ds_id": "GAWA"} | changes)["data"]

    def link(self, made):
        return self.told(200, "GET", f"/v2/ds/login/link/{made['link_id']}")["data"]

    def open(self, made, query="", form=None):
        """As a browser does, with no credential."""
        url = urllib.parse.urlsplit(made["login_url"])
        if form is None:
            return request(self.emulator, "GET", url.path + query, [], "")
        return request(self.emulator, "POST", url.path, [FORM], urllib.parse.urlencode(form))

    def test_the_url_is_one_of_this_server(self):
        made = self.make()
        self.assertTrue(made["login_url"].startswith(
            f"http://mockduit.test/@{self.session}/v2/datasource/login/renew/"))
        answer = self.open(made)
        self.assertEqual((answer.status, answer.headers["Content-Type"].partition(";")[0]),
                         (200, "text/html"), answer)
        page = answer.body.decode()
        self.assertTrue(page.startswith("<!doctype html>"), page)
        self.assertIn("Google Analytics 4", page)
        self.assertNotIn("<script", page)
        self.assertEqual(self.link(made), made)

    def test_who_signs_in_gives_the_link_its_login(self):
        made = self.make()
        self.pass_time("5m")
        answer = self.open(made, form={"action": "login", "username": "me@example.com"})
        self.assertEqual(answer.status, 200, answer)
        link = self.link(made)
        self.assertEqual((link["status_code"], link["login_time"], link["login_username"]),
                         ("CLOSED", "2026-01-15T10:05:00+00:00", "me@example.com"))
        self.assertRegex(link["login_id"], r"^dsl_\d+$")
        login = self.told(200, "GET", f"/v2/ds/login/{link['login_id']}")["data"]
        self.assertEqual((login["username"], login["ds_info"]["ds_id"], login["revoked_time"]),
                         ("me@example.com", "GAWA", None))
        accounts = self.told(200, "GET", f"/v2/ds/login/{link['login_id']}/accounts")["data"]
        self.assertEqual(len(accounts), 1)
        self.pass_time("2d")
        self.assertEqual(self.link(made)["status_code"], "CLOSED")

    def test_the_browser_goes_where_the_link_says(self):
        made = self.make(redirect_url="https://company.com/auth?x=1#/done")
        answer = self.open(made, "?auto=login")
        self.assertEqual((answer.status, answer.headers["Location"]),
                         (303, "https://company.com/auth?x=1&redirect_verifier="
                          + made["redirect_verifier"] + "#/done"))
        self.assertEqual(self.link(made)["status_code"], "CLOSED")

    def test_either_success_may_be_preferred(self):
        made = self.make(redirect_url="https://company.com/auth")
        path = urllib.parse.urlsplit(made["login_url"]).path
        for code, query, location in [
            (303, "", "https://company.com/auth/success?redirect_verifier="
                      "q3ZtYw9HnB5xKc1RfV7uJm2sLd8gPa4E"),  # the documented example
            (303, "?auto=login",
             "https://company.com/auth?redirect_verifier=" + made["redirect_verifier"]),
            (200, "", None),
        ]:
            answer = request(self.emulator, "GET", path + query, [("Prefer", f"code={code}")])
            self.assertEqual((answer.status, answer.headers.get("Location")), (code, location))

    def test_only_the_required_user_may_sign_in(self):
        made = self.make(require_username="marketing@company.com")
        answer = self.open(made, form={"action": "login", "username": "other@company.com"})
        self.assertEqual(answer.status, 403, answer)
        self.assertEqual(self.link(made), made)
        self.assertEqual(self.open(made, "?auto=login").status, 200)
        self.assertEqual(self.link(made)["login_username"], "marketing@company.com")

    def test_refusing_and_abandoning_leave_it_open(self):
        made = self.make()
        for action, status in (("refuse", 403), ("abandon", 200)):
            self.assertEqual(self.open(made, f"?auto={action}").status, status)
            self.assertEqual(self.open(made, form={"action": action}).status, status)
            self.assertEqual(self.link(made), made)

    def test_a_link_that_is_not_open_takes_nobody(self):
        closed, expired, used = self.make(), self.make(expiry_time="1 hour"), self.make()
        self.told(200, "PUT", f"/v2/ds/login/link/{closed['link_id']}/close")
        self.pass_time("1h")
        self.open(used, "?auto=login")
        before = len(self.told(200, "GET", "/v2/ds/logins")["data"])
        for made in (closed, expired, used):
            answer = self.open(made, "?auto=login")
            self.assertEqual(answer.status, 200)
            self.assertIn(b"This link is closed", answer.body)
        self.assertEqual(len(self.told(200, "GET", "/v2/ds/logins")["data"]), before)

    def test_what_was_sent_is_escaped(self):
        made = self.make(require_username='"><b>x</b>')
        self.assertNotIn(b"<b>x</b>", self.open(made).body)

    def test_an_unknown_link(self):
        self.assertEqual(self.open({"login_url": f"/@{self.session}/v2/datasource/login/renew/none"})
                         .status, 404)


if __name__ == "__main__":
    unittest.main()
