"""--public-links: whose pages the links in answers lead to, and that they are still here."""

import json
import unittest
import urllib.parse

from emulator import JSON_TYPE, EmulatorTest, basic, request, run_mockduit

CARD = ("POST", "/v1/connections", ("Authorization", basic("my-key")),
        {"group_id": "group_id", "service": "google_ads", "run_setup_tests": False,
         "config": {"schema": "ads"}, "connect_card_config": {"redirect_uri": "https://your.site/x"}})
LOGIN = ("POST", "/enterprise/v2/ds/login/link", ("Authorization", "Bearer my-key"),
         {"ds_id": "GAWA", "description": "A link", "redirect_url": "https://your.site/x"})


def source(version):
    return ("POST", "/source-connections", ("X-API-Key", "my-key"),
            {"short_name": "notion", "readable_collection_id": "my-collection", "name": "Notes"},
            ("x-fern-sdk-version", version))


class LinksTest(EmulatorTest):
    # What stands before the path of each link.
    CARD_BASE = LOGIN_BASE = SOURCE_BASE = "http://mockduit.test/~success@links"

    def made(self, method, path, key, body, *more):
        answer = request(self.emulator, method, "/~success@links" + path, [JSON_TYPE, key, *more],
                         json.dumps(body))
        self.assertIn(answer.status, (200, 201), answer)
        return answer.json()

    def assert_leads(self, link, base, path, **query):
        """Where the link leads; and that its page, asked for here, is found by its path."""
        self.assertTrue(link.startswith(base + path), link)
        here = "/~success@links" + link.removeprefix(base)
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        answer = request(self.emulator, "GET", here + ("&" if "?" in here else "?") + asked,
                         [("Accept", "text/html")])
        self.assertIn(answer.status, (200, 303), answer)

    def test_the_connect_card(self):
        card = self.made(*CARD)["data"]["connect_card"]
        self.assert_leads(card["uri"], self.CARD_BASE, "/connect-card/setup?redirect_uri=")
        self.assertIn(card["token"], card["uri"])
        id = self.made(*CARD)["data"]["id"]
        made = self.made("POST", f"/v1/connectors/{id}/connect-card", CARD[2],
                         {"connect_card_config": {"redirect_uri": "https://your.site/x"}})
        self.assert_leads(made["data"]["connect_card"]["uri"], self.CARD_BASE, "/connect-card/setup?")

    def test_the_login_link(self):
        for version in ("Bearer my-key", "my-key"):  # each chooses an edition
            with self.subTest(version):
                link = self.made(*LOGIN[:2], ("Authorization", version), LOGIN[3])["data"]
                self.assert_leads(link["login_url"], self.LOGIN_BASE, "/v2/datasource/login/renew/")
                self.assertIn(link["link_id"], link["login_url"])

    def test_the_page_where_a_user_signs_in_to_a_source(self):
        for version in ("v0.7.20", "v0.9.62"):
            with self.subTest(version):
                made = self.made(*source(version))
                self.assert_leads(made["auth"]["auth_url"], self.SOURCE_BASE,
                                  "/source-connections/authorize/")


class SessionTest(EmulatorTest):
    """A session that a header chooses is the one that the link's page is of."""

    def test_a_link_leads_to_the_session_that_made_it(self):
        for prefix in ("", "/fivetran"):
            for name, wanted in (("mine", "/@mine"), ("default", "")):
                with self.subTest(prefix=prefix, session=name):
                    answer = request(self.emulator, "POST", prefix + CARD[1],
                                     [JSON_TYPE, CARD[2], ("X-Mockduit-Session", name)],
                                     json.dumps(CARD[3]))
                    link = answer.json()["data"]["connect_card"]["uri"]
                    self.assertTrue(link.startswith(
                        f"http://mockduit.test{wanted}{prefix}/connect-card/setup?"), link)
                    page = request(self.emulator, "GET", link.removeprefix("http://mockduit.test"),
                                   [("Accept", "text/html")])
                    self.assertEqual(page.status, 200, page)


class VendorsLinksTest(LinksTest):
    OPTIONS = ("--public-links", "vendor")
    CARD_BASE = "https://fivetran.com"
    LOGIN_BASE = "https://api.supermetrics.com"
    SOURCE_BASE = "https://api.airweave.ai"

    def test_other_urls_stay_this_server_s(self):
        answer = request(self.emulator, "POST", LOGIN[1], [JSON_TYPE, LOGIN[2]], json.dumps(LOGIN[3]))
        self.assertEqual(urllib.parse.urlsplit(answer.headers["Location"]).netloc, "mockduit.test")


class OptionTest(unittest.TestCase):
    def test_it_is_one_of_two(self):
        wrong = run_mockduit("serve", "--port", "0", "--public-links", "vendors")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("vendor", wrong.stderr)


if __name__ == "__main__":
    unittest.main()
