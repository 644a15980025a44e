"""What the tests of Fivetran's operations share: a client, and connections to work with."""

import itertools
import json

from calls import ScenarioTest
from emulator import BASIC, JSON_TYPE, RawClient, request_bytes

START = "2026-01-15T10:00:00.000000Z"  # where the clocks of these tests begin

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


def error(code, message):
    return {"code": code, "message": message}


class FivetranTest(ScenarioTest):
    """Each test has a session of its own, whose clock stands still."""

    OPTIONS = ("--seed", 7, "--clock", START)
    _sessions = itertools.count(1)

    def setUp(self):
        self.session = f"fivetran-{next(self._sessions)}"
        self.scenario = "success"

    def ask(self, method, path, body=None, headers=(), session=None):
        """The answer; a body is sent as JSON, unless it is text already."""
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        own = [("Authorization", BASIC), *([JSON_TYPE] if text else []), *headers]
        with RawClient(self.emulator) as client:
            client.send(request_bytes(method, f"/~{self.scenario}@{session or self.session}{path}",
                                      own, text))
            return client.answer(method)

    def done(self, method, path, body=None, status=200):
        """What a sound call answers."""
        answer = self.ask(method, path, body)
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.json()["code"], "Success")
        return answer.json()

    def assert_refused(self, answer, status, code, message):
        self.assertEqual((answer.status, answer.json()), (status, error(code, message)), answer)

    def make(self, request=PLAIN, **changes):
        """The id of a new connection."""
        return self.done("POST", "/v1/connections", {**request, **changes}, 201)["data"]["id"]

    def read(self, connection):
        return self.done("GET", f"/v1/connections/{connection}")["data"]

    def sync_state(self, connection):
        return self.read(connection)["status"]["sync_state"]

    def sync(self, connection, **body):
        return self.done("POST", f"/v1/connections/{connection}/sync", body)

    def change(self, connection, **body):
        return self.done("PATCH", f"/v1/connections/{connection}", body)["data"]

    def wait(self, by):
        self.advance(self.session, by)

    def play(self, **lifecycle):
        """From now on syncs go on so: takes, ends, error, after_polls."""
        self.scenario = self.define_whole(lifecycle={"fivetran.sync": lifecycle})
