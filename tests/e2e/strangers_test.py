"""Every operation of every edition, called with ids that nobody knows, gives an error that is documented."""

import itertools
import re
import unittest

from emulator import EmulatorTest, JSON_TYPE, basic, control, request

# A word that no id looks like, a number and a UUID that nobody has.
STRANGE = "no_such_thing"
NUMBER = "999999999"
UUID = "00000000-0000-4000-8000-000000000000"

KEYS = {"supermetrics 2026-06": ("Authorization", "my-key"),
        "supermetrics 2026-08": ("Authorization", "Bearer my-key"),
        "airweave": ("X-API-Key", "my-key"),
        "fivetran": ("Authorization", basic("my-key"))}

# Documented to come out well: to delete a tag that is not there, to have a bad body validated, and, as
# it has no 404, to look at the logs of a connector that is not there.
FORGIVING = {"supermetrics.delete_account_group", "supermetrics.validate_transfer_update",
             "supermetrics.list_connector_logs"}


class StrangersTest(EmulatorTest):
    OPTIONS = ("--clock", "2026-01-15T10:00:00Z")
    _sessions = itertools.count(1)

    def operations(self, vendor):
        """(name, edition) of all that have an id in their path."""
        for operation in control(self.emulator, "GET", "/operations")["operations"]:
            for edition in operation["editions"]:
                if operation["vendor"] == vendor and "{" in edition.get("path", ""):
                    if edition.get("outcomes"):
                        yield operation["name"], edition

    def assert_refused(self, vendor, name, edition, path):
        session = f"strange-{next(self._sessions)}"
        control(self.emulator, "PUT", f"/sessions/{session}",
                {"editions": {vendor: edition["edition"]}})
        key = KEYS.get(f"{vendor} {edition['edition']}") or KEYS[vendor]
        body = b"" if edition["method"] in ("GET", "DELETE") else b"{}"
        types = [JSON_TYPE] if body else []
        answer = request(self.emulator, edition["method"], f"/@{session}/{vendor}{path}",
                         [key, *types], body)
        documented = {one["status"] for one in edition["outcomes"]}
        with self.subTest(operation=name, edition=edition["edition"], path=path):
            self.assertIn(answer.status, documented, answer)
            self.assertTrue(400 <= answer.status < 500, answer)

    def assert_all_refused(self, vendor, least):
        named = 0
        for name, edition in self.operations(vendor):
            named += 1
            path = edition["path"]
            self.assert_refused(vendor, name, edition, re.sub(r"\{[^}]*\}", STRANGE, path))
            # Any number is a team.
            path = path.replace("{team_id}", "12345")
            if "{" not in path or name in FORGIVING:
                continue
            for stranger in (NUMBER, UUID):
                self.assert_refused(vendor, name, edition, re.sub(r"\{[^}]*\}", stranger, path))
        self.assertGreaterEqual(named, least)

    def test_supermetrics_refuses_them_as_documented(self):
        self.assert_all_refused("supermetrics", 60)

    def test_airweave_refuses_them_as_documented(self):
        self.assert_all_refused("airweave", 50)

    def test_fivetran_refuses_them_as_documented(self):
        self.assert_all_refused("fivetran", 100)

    def test_fivetrans_errors_have_the_documented_form(self):
        for name, edition in self.operations("fivetran"):
            if name.endswith("connect_card_page") or edition["method"] != "GET":
                continue
            path = re.sub(r"\{[^}]*\}", STRANGE, edition["path"])
            answer = request(self.emulator, "GET", f"/fivetran{path}", [KEYS["fivetran"]])
            with self.subTest(operation=name):
                self.assertEqual(list(answer.json()), ["code", "message"])


if __name__ == "__main__":
    unittest.main()
