"""Airweave's auth providers, as SDKs 0.5.0 to 0.6.2 connect them."""

import unittest

from airweave_2025_10 import Airweave

SDK = ("x-fern-sdk-version", "v0.5.14")
COMPOSIO = {"name": "My Composio", "short_name": "composio", "auth_fields": {"api_key": "comp_1"}}


class AuthProvidersTest(Airweave):
    def send(self, method, path, body=None, headers=(SDK,), selector=None):
        return super().send(method, path, body, headers=headers, selector=selector)

    def test_one_is_connected_and_forgotten(self):
        made = self.call("PUT", "/auth-providers/connect", COMPOSIO)
        self.assertRegex(made["readable_id"], "^my-composio-[a-z0-9]{6}$")
        self.assertEqual(made["description"], "Auth provider connection for My Composio")
        self.assertNotIn("auth_fields", made)
        self.assertEqual(self.call("GET", "/auth-providers/connections"), [made])
        self.assertEqual(self.call("GET", f"/auth-providers/connections/{made['readable_id']}"), made)
        self.assertEqual(self.call("DELETE", f"/auth-providers/{made['readable_id']}"), made)
        self.assert_detail(self.refused("DELETE", f"/auth-providers/{made['readable_id']}"), 404,
                           f"Auth provider connection not found: {made['readable_id']}")

    def test_what_there_is(self):
        self.assertEqual([one["short_name"] for one in self.call("GET", "/auth-providers/list")],
                         ["composio", "pipedream"])
        detail = self.call("GET", "/auth-providers/detail/pipedream")
        self.assertEqual([field["name"] for field in detail["auth_fields"]["fields"]],
                         ["client_id", "client_secret"])
        self.assert_detail(self.refused("GET", "/auth-providers/detail/nope"), 404,
                           "Auth provider not found: nope")

    def test_it_wants_its_fields(self):
        for change, status, detail in (
                ({"short_name": "nope"}, 400, "Auth provider not found: nope"),
                ({"auth_fields": None}, 422, "Auth provider Composio requires auth fields."),
                ({"auth_fields": {"key": "x"}}, 422,
                 "Invalid auth fields: Invalid configuration for ComposioAuthConfig:\n"
                 "Field 'api_key': Field required")):
            with self.subTest(change=change):
                self.assert_detail(
                    self.refused("PUT", "/auth-providers/connect", {**COMPOSIO, **change}), status, detail)


if __name__ == "__main__":
    unittest.main()
