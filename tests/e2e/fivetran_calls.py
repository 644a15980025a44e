"""Fivetran's calls in a session of each test's own, on a clock that stands still."""

import base64
import json

from emulator import JSON_TYPE, EmulatorTest, basic, control, request

START = "2026-01-15T10:00:00Z"
NOW = "2026-01-15T10:00:00.000000Z"
FORBIDDEN = {"code": "Forbidden", "message": "Access denied. Required permission: ACCOUNT_READ"}
UNAUTHORIZED = {"code": "Unauthorized", "message": "Invalid authorization credentials"}


def cursor(skip):
    """The one that the documentation shows for a page that begins there."""
    return base64.urlsafe_b64encode(b'{"skip":%d}' % skip).decode().rstrip("=")


class FivetranTest(EmulatorTest):
    OPTIONS = ("--seed", 7, "--clock", START)

    def setUp(self):
        self.session = self.id().rsplit(".", 1)[-1].replace("_", "-")[:60].strip("-")

    def call(self, method, path, body=None, key="my-key", session=None, more=()):
        """The answer to a request in this test's session."""
        headers = [JSON_TYPE] if body is not None else []
        if key:
            headers.append(("Authorization", basic(key)))
        text = body if isinstance(body, str) else json.dumps(body) if body is not None else ""
        return request(self.emulator, method, f"/@{session or self.session}{path}",
                       [*headers, *more], text)

    def ask(self, method, path, body=None, status=200, **changes):
        """Its JSON, once its status is as it should be."""
        answer = self.call(method, path, body, **changes)
        self.assertEqual(answer.status, status, answer)
        return answer.json()

    def data(self, method, path, body=None, status=200, **changes):
        """Its data, once it was a success."""
        told = self.ask(method, path, body, status, **changes)
        self.assertEqual(told["code"], "Success", told)
        return told["data"]

    def assert_told(self, method, path, status, code, message, body=None):
        self.assertEqual(self.ask(method, path, body, status), {"code": code, "message": message})

    def assert_not_found(self, method, path, what, id, body=None):
        """Told in the words for such a resource: what is "Group"."""
        self.assert_told(method, path, 404, f"NotFound_{what}",
                         f"{what} with id '{id}' does not exist.", body)

    def assert_invalid(self, method, path, message, body=None):
        self.assert_told(method, path, 400, "InvalidInput", message, body)

    def assert_pages(self, path, ids, by="id"):
        """The list there has these ids, all on one page and in pages of two."""
        whole = self.data("GET", path)
        self.assertEqual([one[by] for one in whole["items"]], ids)
        self.assertNotIn("next_cursor", whole)
        joint = "&" if "?" in path else "?"
        met, at = [], ""
        for skip in range(0, len(ids), 2):
            page = self.data("GET", f"{path}{joint}limit=2{at}")
            met += [one[by] for one in page["items"]]
            last = skip + 2 >= len(ids)
            self.assertEqual(page.get("next_cursor"), None if last else cursor(skip + 2))
            at = f"&cursor={page.get('next_cursor')}"
        self.assertEqual(met, ids)

    def assert_bad_pages(self, path):
        for limit in ("0", "1001", "-1", "many", ""):
            with self.subTest(limit=limit):
                self.assert_invalid("GET", f"{path}?limit={limit}",
                                    "Invalid value of field 'limit'")
        for bad in ("nonsense", "e30", cursor(-1), "%00"):
            with self.subTest(cursor=bad):
                self.assert_invalid("GET", f"{path}?cursor={bad}",
                                    "Invalid value of field 'cursor'")

    def stored(self, kind, session=None):
        """The resources of a kind in the session's store, by their ids."""
        store = control(self.emulator, "GET", f"/sessions/{session or self.session}/store")
        return store["resources"].get(f"fivetran.{kind}", {})

    def make_group(self, name="New_Group"):
        return self.data("POST", "/v1/groups", {"name": name}, 201)["id"]

    def make_user(self, email="new@example.com", **more):
        body = {"email": email, "given_name": "New", "family_name": "User", **more}
        return self.data("POST", "/v1/users", body, 201)["id"]

    def advance(self, by, session=None):
        control(self.emulator, "POST", f"/sessions/{session or self.session}/clock/advance",
                {"by": by})
