"""The page of a Connect Card: what it asks for, what its buttons do, and where it goes."""

import html.parser
import unittest
import urllib.parse

from emulator import control, request
from fivetran import POSTGRES, FivetranTest
from webhooks import Target

CARD = {"redirect_uri": "https://your.site/path?state=7", "hide_setup_guide": True}
SERVICE = {"group_id": "group_id", "service": "azure_service_bus", "run_setup_tests": False,
           "config": {"schema": "bus", "namespace": "my_namespace"}}


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.fields, self.buttons, self.scripts, self.labels = {}, [], 0, set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag in ("input", "select", "textarea"):
            self.fields[told["name"]] = told.get("type", tag)
        self.labels |= {told["for"]} if tag == "label" else set()
        self.buttons += [told["value"]] if tag == "button" else []
        self.scripts += tag == "script"


class ConnectCardTest(FivetranTest):
    def card(self, of=SERVICE, **config):
        """A connection with a card, and the path and query of its page."""
        made = self.data("POST", "/v1/connections",
                         {**of, "connect_card_config": {**CARD, **config}}, 201)
        url = urllib.parse.urlsplit(made["connect_card"]["uri"])
        self.assertEqual((url.scheme, url.netloc), ("http", "mockduit.test"))  # as it was called
        self.token = made["connect_card"]["token"]
        return made["id"], f"{url.path}?{url.query}"

    def open(self, link, method="GET", **form):
        form = {name.replace("__", "."): value for name, value in form.items()}
        headers = [("Content-Type", "application/x-www-form-urlencoded")] if form else []
        return request(self.emulator, method, link,
                       [("Accept", "text/html,*/*;q=0.8"), *headers], urllib.parse.urlencode(form))

    def test_the_page_asks_for_what_is_not_set(self):
        _, link = self.card()
        answer = self.open(link)
        self.assertEqual((answer.status, answer.headers["content-type"],
                          answer.headers["x-frame-options"]), (200, "text/html", "SAMEORIGIN"))
        page = Page(answer.raw.decode())
        self.assertEqual(page.buttons, ["connect", "fail", "abandon"])
        self.assertEqual(page.scripts, 0)
        self.assertNotIn("config.namespace", page.fields)
        self.assertEqual({name: page.fields[f"config.{name}"] for name in (
            "connection_string", "auth_type", "has_manage_permissions", "topics", "host_ip")},
            {"connection_string": "password", "auth_type": "select",
             "has_manage_permissions": "select", "topics": "textarea", "host_ip": "text"})
        self.assertEqual({f"config.{name}" for name in page.labels}, set(page.fields))
        self.assertNotIn("setup guide", answer.raw.decode())

    def test_a_default_is_none_that_somebody_set(self):
        _, link = self.card(POSTGRES)
        fields = Page(self.open(link).raw.decode()).fields
        self.assertEqual((fields["config.connection_type"], "config.host" in fields),
                         ("select", False))

    def test_all_fields_and_the_guide_are_shown_where_the_card_says_so(self):
        _, link = self.card(all_fields=True, hide_setup_guide=False)
        answer = self.open(link)
        self.assertIn("config.namespace", Page(answer.raw.decode()).fields)
        self.assertIn("setup guide", answer.raw.decode())

    def test_who_connects_goes_back_with_the_token(self):
        with Target() as target:
            self.data("POST", "/v1/webhooks/account", {
                "url": target.url, "events": ["connection_successful", "connection_failure"]})
            target.next()
            connection, link = self.card()
            gone = self.open(link, "POST", action="connect", config__connection_string="hush",
                             config__topics="one\r\ntwo", config__has_manage_permissions="true")
            self.assertEqual((gone.status, gone.headers["location"]),
                             (303, f"https://your.site/path?state=7&auth={self.token}"))
            self.assertIn(b"connection_successful", target.next()[2])
        now = self.read(connection)
        self.assertEqual(now["status"]["setup_state"], "connected")
        self.assertEqual({test["status"] for test in now["setup_tests"]}, {"PASSED"})
        self.assertEqual({name: now["config"][name] for name in (
            "namespace", "connection_string", "topics", "has_manage_permissions")},
            {"namespace": "my_namespace", "connection_string": "******", "topics": ["one", "two"],
             "has_manage_permissions": True})

    def test_tests_that_fail_stay_on_the_page(self):
        connection, link = self.card()
        failed = self.open(link, "POST", action="fail")
        self.assertEqual(failed.status, 422)
        self.assertIn("The setup tests did not pass.", failed.raw.decode())
        now = self.read(connection)
        self.assertEqual(now["status"]["setup_state"], "incomplete")
        self.assertEqual({test["status"] for test in now["setup_tests"]}, {"FAILED"})
        self.assertEqual(self.open(link, "POST", action="connect").status, 303)

    def test_who_abandons_changes_nothing(self):
        connection, link = self.card()
        before = self.read(connection)
        answer = self.open(link, "POST", action="abandon", config__host_ip="x")
        self.assertEqual(answer.status, 200)
        self.assertIn("Nothing was changed.", answer.raw.decode())
        self.assertEqual(self.read(connection), before)

    def test_without_a_browser_it_goes_by_itself(self):
        connection, link = self.card()
        self.assertEqual(self.open(link + "&auto=fail").status, 422)
        self.assertEqual(self.open(link + "&auto=connect").status, 303)
        self.assertEqual(self.read(connection)["status"]["setup_state"], "connected")

    def test_a_link_leads_to_no_page_that_is_none_of_the_web(self):
        _, link = self.card()
        path, _, _ = link.partition("?")
        for uri in ("javascript:alert(1)", "data:text/html,x", "//evil.test", ""):
            with self.subTest(uri):
                query = urllib.parse.urlencode({"auth": self.token, "redirect_uri": uri,
                                                "auto": "connect"})
                gone = self.open(f"{path}?{query}")
                self.assertEqual((gone.status, gone.headers["location"]),
                                 (303, f"https://your.site/path?state=7&auth={self.token}"))

    def test_the_token_stands_in_front_of_a_fragment(self):
        _, link = self.card(redirect_uri="https://your.site/?auth=mine#/done")
        self.assertEqual(self.open(link + "&auto=connect").headers["location"],
                         f"https://your.site/?auth={self.token}#/done")

    def test_either_success_may_be_preferred(self):
        _, link = self.card()

        def preferring(code, query=""):
            return request(self.emulator, "GET", link + query, [("Prefer", f"code={code}")])

        gone = preferring(303)
        self.assertEqual((gone.status, gone.headers["location"]),
                         (303, "https://your.site/path?auth=eyJ0eXAi"))  # the documented example
        shown = preferring(200)
        self.assertEqual((shown.status, Page(shown.raw.decode()).buttons[0]), (200, "connect"))
        self.assertEqual(preferring(303, "&auto=fail").status, 422)
        self.assertEqual(preferring(200, "&auto=connect").status, 200)

    def test_the_client_is_not_judged_by_what_its_user_opens(self):
        _, link = self.card()
        self.open(link)
        self.open(link + "&auto=connect")
        path = f"/sessions/{self.session}/verdicts"
        verdicts = control(self.emulator, "GET", path)["verdicts"]
        told = [finding["text"] for one in verdicts for finding in one["findings"]]
        self.assertEqual([line for line in told if "connect-card/setup" in line], [])
        results = {one["check"]: one["result"] for one in verdicts}
        self.assertEqual(results["no-secret-in-url"], "pass", "the create was looked at")

    def test_what_the_enum_lacks_is_told(self):
        connection, link = self.card()
        answer = self.open(link, "POST", action="connect", config__auth_type="Magic")
        self.assertEqual(answer.status, 422)
        self.assertIn("Invalid &#39;config&#39; object", answer.raw.decode())
        self.assertEqual(self.read(connection)["setup_tests"], [])

    def test_a_link_is_good_for_a_day(self):
        _, link = self.card()
        self.wait("24h")
        self.assertEqual(self.open(link).status, 200)
        self.wait("1s")
        for method in ("GET", "POST"):
            answer = self.open(link, method)
            self.assertEqual((answer.status, answer.headers["content-type"]), (403, "text/html"))
        for bad in (link.replace("&auth=ey", "&auth=EY"), "/connect-card/setup",
                    link[:-30] + "x" + link[-29:]):
            self.assertEqual(self.open(bad).status, 403, bad)

    def test_a_connection_that_is_gone_has_no_page(self):
        connection, link = self.card()
        self.done("DELETE", f"/v1/connections/{connection}")
        self.assertEqual(self.open(link).status, 403)

    def test_what_is_shown_is_escaped(self):
        made = self.data("POST", "/v1/connections", {
            **SERVICE, "config": {"schema": "<script>alert(1)</script>"},
            "connect_card_config": CARD}, 201)
        url = urllib.parse.urlsplit(made["connect_card"]["uri"])
        self.assertNotIn(b"<script", self.open(f"{url.path}?{url.query}").raw)


if __name__ == "__main__":
    unittest.main()
