"""What the tests of Fivetran's operations share: a client, and resources to work with."""

import base64
import itertools
import json

from calls import ScenarioTest
from emulator import JSON_TYPE, basic, request

START = "2026-01-15T10:00:00.000000Z"  # where the clocks of these tests begin

FORBIDDEN = {"code": "Forbidden", "message": "Access denied. Required permission: ACCOUNT_READ"}
UNAUTHORIZED = {"code": "Unauthorized", "message": "Invalid authorization credentials"}

# They stand for what differs: most services have tests that pass, postgres has a certificate to
# trust, a function keeps a state, and a sheet has no tables.
PLAIN = {"group_id": "group_id", "service": "google_ads", "config": {"schema": "ads"}}
POSTGRES = {"group_id": "group_id", "service": "postgres",
            "config": {"schema_prefix": "shop", "host": "db.test", "password": "hush"}}
FUNCTION = {"group_id": "group_id", "service": "aws_lambda", "config": {"schema": "lambda"}}
SHEET = {"group_id": "group_id", "service": "google_sheets",
         "config": {"schema": "sheets", "table": "orders"}}


def at(seconds):
    """So many seconds after START, as Fivetran writes it."""
    minutes, seconds = divmod(seconds, 60)
    return f"2026-01-15T{10 + minutes // 60:02}:{minutes % 60:02}:{seconds:02}.000000Z"


def cursor(skip):
    """The one that the documentation shows for a page that begins there."""
    return base64.urlsafe_b64encode(b'{"skip":%d}' % skip).decode().rstrip("=")


def error(code, message):
    return {"code": code, "message": message}


class FivetranTest(ScenarioTest):
    """Each test has a session of its own, whose clock stands still."""

    OPTIONS = ("--seed", 7, "--clock", START)
    _sessions = itertools.count(1)

    def setUp(self):
        self.session = f"fivetran-{next(self._sessions)}"
        self.scenario = "success"

    def ask(self, method, path, body=None, headers=(), session=None, key="my-key"):
        """The answer; a body is sent as JSON, unless it is text already."""
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        own = [("Authorization", basic(key))] if key else []
        return request(self.emulator, method, f"/~{self.scenario}@{session or self.session}{path}",
                       [*own, *([JSON_TYPE] if text else []), *headers], text)

    def json(self, method, path, body=None, status=200, **changes):
        """The answer's JSON, once its status is as it should be."""
        answer = self.ask(method, path, body, **changes)
        self.assertEqual(answer.status, status, answer)
        return answer.json()

    def done(self, method, path, body=None, status=200, **changes):
        """What a sound call answers."""
        answer = self.json(method, path, body, status, **changes)
        self.assertEqual(answer["code"], "Success", answer)
        return answer

    def data(self, *arguments, **changes):
        """The data of what a sound call answers."""
        return self.done(*arguments, **changes)["data"]

    def assert_refused(self, answer, status, code, message):
        self.assertEqual((answer.status, answer.json()), (status, error(code, message)), answer)

    def assert_error(self, method, path, status, code, message, body=None):
        self.assert_refused(self.ask(method, path, body), status, code, message)

    # Whose errors have no code of their own, as the tests of Fivetran's client assert.
    PLAIN_CODES = ("User", "Webhook")

    def assert_not_found(self, method, path, what, id, body=None, code=None):
        """The error in the words for such a resource: what is "Group"."""
        code = code or ("NotFound" if what in self.PLAIN_CODES else f"NotFound_{what}")
        self.assert_error(method, path, 404, code, f"{what} with id '{id}' does not exist.", body)

    def assert_invalid(self, method, path, message, body=None):
        self.assert_error(method, path, 400, "InvalidInput", message, body)

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
        for limit in ("0", "1001", "-1", "many"):
            with self.subTest(limit=limit):
                self.assert_invalid("GET", f"{path}?limit={limit}",
                                    "Invalid value of field 'limit'")
        for bad in ("nonsense", "e30", cursor(-1), "%00"):
            with self.subTest(cursor=bad):
                self.assert_invalid("GET", f"{path}?cursor={bad}",
                                    "Invalid value of field 'cursor'")
        # What is empty is as if it were not there.
        whole = self.data("GET", path)
        self.assertEqual(self.data("GET", f"{path}?cursor=&limit="), whole)

    def stored(self, kind):
        """The resources of a kind in the session's store, by their ids."""
        store = self.admin("GET", f"/sessions/{self.session}/store")
        return store["resources"].get(f"fivetran.{kind}", {})

    def make_group(self, name="New_Group"):
        return self.data("POST", "/v1/groups", {"name": name}, 201)["id"]

    def make_user(self, email="new@example.com", **more):
        body = {"email": email, "given_name": "New", "family_name": "User", **more}
        return self.data("POST", "/v1/users", body, 201)["id"]

    def make(self, connection=PLAIN, **changes):
        """The id of a new connection."""
        return self.data("POST", "/v1/connections", {**connection, **changes}, 201)["id"]

    def revoke_all(self, path):
        """Takes back what is approved there: certificates or fingerprints."""
        for one in self.data("GET", path)["items"]:
            self.done("DELETE", f"{path}/{one['id']}")

    def read(self, connection):
        return self.data("GET", f"/v1/connections/{connection}")

    def sync_state(self, connection):
        return self.read(connection)["status"]["sync_state"]

    def sync(self, connection, **body):
        return self.done("POST", f"/v1/connections/{connection}/sync", body)

    def change(self, connection, **body):
        return self.data("PATCH", f"/v1/connections/{connection}", body)

    def wait(self, by):
        self.advance(self.session, by)

    def play(self, **lifecycle):
        """From now on syncs go on so: takes, ends, error, after_polls."""
        self.scenario = self.define_whole(lifecycle={"fivetran.sync": lifecycle})
