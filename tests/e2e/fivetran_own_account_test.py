"""A store of one's own: whose keys they are, and what is theirs.

The account, the user and the group are those that the tests of Fivetran's client for Go expect.
"""

import base64
import json
import pathlib
import tempfile
import unittest

from emulator import Emulator, run_mockduit
from fivetran import POSTGRES, FivetranTest

OWN = {
    "fivetran.account": {"go_account": {"account_id": "go_account", "account_name": "Go",
                                        "user_id": "recoup_befell"}},
    "fivetran.user": {"recoup_befell": {
        "id": "recoup_befell", "email": "go@example.com", "verified": True, "invited": False,
        "picture": None, "phone": None, "role": "Account Administrator", "active": True,
        "given_name": "Go", "family_name": "5Tran", "logged_in_at": None,
        "created_at": "2025-07-01T09:30:00.553901Z"}},
    "fivetran.group": {"sepulchre_settlement": {
        "id": "sepulchre_settlement", "name": "GoSdkTesting",
        "created_at": "2025-07-01T09:31:12.018407Z"}},
    "fivetran.group_user": {},
    "fivetran.destination": {},
}


class OwnAccountTest(FivetranTest):
    def setUp(self):
        super().setUp()
        self.admin("PUT", f"/sessions/{self.session}", {"seed_state": OWN})

    def test_the_account_is_the_stores(self):
        self.assertEqual(self.data("GET", "/v1/account/info"), OWN["fivetran.account"]["go_account"])

    def test_everything_is_its_users(self):
        connection = self.make(POSTGRES, group_id="sepulchre_settlement", trust_certificates=True)
        self.assertEqual(self.read(connection)["connected_by"], "recoup_befell")
        certificate, = self.data("GET", f"/v1/connections/{connection}/certificates")["items"]
        self.assertEqual(certificate["validated_by"], "Go 5Tran")
        key = self.data("POST", f"/v1/connections/{connection}/fingerprints",
                        {"hash": "test_hash", "public_key": "test_public_key"}, 201)
        self.assertEqual(key["validated_by"], "Go 5Tran")
        for path in ("account", "group/sepulchre_settlement"):
            made = self.data("POST", f"/v1/webhooks/{path}", {
                "url": "https://example.com/hook", "events": ["sync_end"], "active": False})
            self.assertEqual(made["created_by"], "recoup_befell")
        agent = self.data("POST", "/v1/proxy", {"display_name": "a"}, 201)["agent_id"]
        agent = self.data("GET", f"/v1/proxy/{agent}")
        self.assertEqual((agent["account_id"], agent["created_by"]), ("go_account", "recoup_befell"))
        group = self.make_group()
        member, = self.data("GET", f"/v1/groups/{group}/users")["items"]
        self.assertEqual(member["id"], "recoup_befell")

    def test_the_cards_token_names_them(self):
        connection = self.make()
        card = self.data("POST", f"/v1/connections/{connection}/connect-card",
                         {"connect_card_config": {"redirect_uri": "https://your.site/path"}})
        payload = card["connect_card"]["token"].split(".")[1]
        told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["d"]
        self.assertEqual((told["user"], told["account"]), ("recoup_befell", "go_account"))

    def test_a_user_that_is_not_there_is_told_when_the_store_is_read(self):
        bad = {"fivetran.account": {"a": {"account_id": "a", "user_id": "nobody"}}}
        why = ("fivetran.account 'a': its user_id is 'nobody', and there is no fivetran.user of "
               "that id")
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "seed.json"
            file.write_text(json.dumps(bad))
            result = run_mockduit("serve", "--port", 0, "--seed-state", file)
            self.assertNotEqual(result.returncode, 0)
            self.assertIn(why, result.stderr)
            file.write_text(json.dumps(OWN))
            with Emulator("--seed-state", file) as emulator:
                shared, self.emulator = self.emulator, emulator
                try:
                    self.assertEqual(self.data("GET", "/v1/account/info", session="other")["user_id"],
                                     "recoup_befell")
                finally:
                    self.emulator = shared


if __name__ == "__main__":
    unittest.main()
