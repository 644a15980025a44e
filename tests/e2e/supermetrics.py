"""What tests of Supermetrics' resources share: calls as a team, and what the documents send."""

import itertools
import json

from calls import ScenarioTest
from emulator import JSON_TYPE, control, request
from worlds import START

TEAM = "/v1/teams/936506"
OTHER_TEAM = "/v1/teams/936507"
BEARER = ("Authorization", "Bearer my-token")
BIGQUERY = 8   # the destinations in seed.yaml
SNOWFLAKE = 123

TRANSFER = {
    "data_source_id": "AW",
    "schema_id": 2,
    "destination_id": BIGQUERY,
    "display_name": "AW enhanced 2022-11-17",
    "schedule": [{"run_interval": "daily", "run_hour": 22, "refresh_window": 1}],
    "accounts": [{"data_source_username": "user.name@supermetrics.com", "login_id": 2682599,
                  "account_id": "8733197711"}],
}
DESTINATION = {
    "type": "DWH_SNOWFLAKE",
    "display_name": "My Snowflake Destination",
    "auth_method": "AUTH_METHOD_KEY_PAIR",
    "fields": {"hostname": "any-domain.my-region.snowflakecomputing.com", "warehouse": "DEMO_WH",
               "database_name": "TEST_DB", "schema": "PUBLIC", "role": "ACCOUNTADMIN",
               "username": "USER", "private_key": "-----BEGIN ENCRYPTED PRIVATE KEY-----...",
               "passphrase": "***"},
}

BAD_REQUEST = ("BAD_REQUEST", "The request was invalid.")
FORBIDDEN = ("FORBIDDEN", "You do not have access to this resource.")
NOT_FOUND = ("NOT_FOUND", "The requested resource was not found.")
CONFLICT = ("CONFLICT_ERROR", "The resource already exists.")
UNPROCESSABLE = ("UNPROCESSABLE_ENTITY", "Validation failed for the request parameters.")


def without(members, *names):
    return {name: value for name, value in members.items() if name not in names}


class SupermetricsTest(ScenarioTest):
    """Each test has a session of its own, whose clock stands at START."""

    OPTIONS = ("--clock", START)
    _sessions = itertools.count(1)

    def setUp(self):
        self.session = f"{type(self).__name__.lower()}-{next(self._sessions)}"
        self.scenario = ""

    def ask(self, method, path, body=None, headers=(BEARER,)):
        """The answer; `body` is sent as it is when it is text."""
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        selector = f"/~{self.scenario}@{self.session}" if self.scenario else f"/@{self.session}"
        types = [JSON_TYPE] if text else []
        return request(self.emulator, method, selector + path, [*types, *headers], text)

    def told(self, status, method, path, body=None):
        """What the body of an answer of this status says."""
        answer = self.ask(method, path, body)
        self.assertEqual(answer.status, status, answer)
        return answer.json()

    def assert_error(self, status, words, answer, description=None):
        """The documented envelope; `words` are the code and the message."""
        self.assertEqual(answer.status, status, answer)
        told = answer.json()
        self.assertEqual(list(told), ["meta", "error"])
        error = told["error"]
        self.assertEqual((error["code"], error["message"]), words, answer)
        self.assertEqual(error.get("description"), description, answer)

    def resources(self, kind):
        """The stored ones, by id."""
        store = control(self.emulator, "GET", f"/sessions/{self.session}/store")["resources"]
        return store.get("supermetrics." + kind, {})

    def pass_time(self, by):
        self.advance(self.session, by)

    def make_transfer(self, team=TEAM, **changes):
        """Its id."""
        made = self.told(201, "POST", f"{team}/transfers", TRANSFER | changes)
        return made["data"]["transfer_id"]

    def make_backfill(self, transfer, start="2024-01-01", end="2024-01-31"):
        return self.told(200, "POST", f"{TEAM}/transfers/{transfer}/backfills",
                         {"range_start": start, "range_end": end})["data"]
