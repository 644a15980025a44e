"""What the tests of Airweave's edition 2025-07 share: a frozen clock and calls with a good key."""

import json

from emulator import JSON_TYPE, EmulatorTest, control, request
from worlds import START, ask

NOW = START.removesuffix("Z")  # as the service writes times, without a zone
STRIPE = {"name": "My Stripe Account", "short_name": "stripe",
          "auth_fields": {"api_key": "sk_test_123"}}
NOBODY = "00000000-0000-4000-8000-000000000000"  # a good id that nothing has
UUID4 = r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"


def at(seconds):
    """That many seconds (below an hour) after the clocks' start."""
    return f"2026-01-15T10:{seconds // 60:02}:{seconds % 60:02}.000000"


class AirweaveTest(EmulatorTest):
    """Each test has a session of its own, named after it."""

    OPTIONS = ("--clock", START)

    def setUp(self):
        self.session = self.id().rpartition(".")[2].replace("_", "-")[:60]

    def send(self, method, path, body=None, session=None, headers=()):
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        return request(self.emulator, method, f"/@{session or self.session}{path}",
                       [JSON_TYPE, ("X-API-Key", "my-key"), *headers], text)

    def call(self, method, path, body=None, **more):
        """The body of an answer that must be good."""
        answer = self.send(method, path, body, **more)
        self.assertEqual(answer.status, 200, answer)
        return answer.json()

    def assert_told(self, answer, status, body):
        """`body` is what stands in detail, or all of it."""
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.json(), {"detail": body} if isinstance(body, str) else body)

    def assert_wrong(self, answer, *errors):
        """422 with these {place: words}, in the service's form."""
        self.assert_told(answer, 422, {"errors": list(errors)})

    def advance(self, by):
        control(self.emulator, "POST", f"/sessions/{self.session}/clock/advance", {"by": by})

    def play(self, **scenario):
        """Lets the session play a scenario that is made of this."""
        answer = ask(self.emulator, "PUT", f"/scenarios/{self.session}",
                     {"scenario": self.session, **scenario})
        self.assertIn(answer.status, (200, 201), answer)
        control(self.emulator, "PUT", f"/sessions/{self.session}", {"scenario": self.session})

    def stored(self, kind):
        resources = control(self.emulator, "GET", f"/sessions/{self.session}/store")["resources"]
        return list(resources.get(f"airweave.{kind}", {}).values())

    def create(self, **changes):
        return self.call("POST", "/source-connections", {**STRIPE, **changes})

    def idle(self, **changes):
        """A source connection whose first sync nobody started."""
        return self.create(sync_immediately=False, **changes)

    def connection(self, connection, query=""):
        return self.call("GET", f"/source-connections/{connection['id']}{query}")

    def jobs(self, connection):
        return self.call("GET", f"/source-connections/{connection['id']}/jobs")

    def run_again(self, connection):
        return self.call("POST", f"/source-connections/{connection['id']}/run")

    def job_path(self, job, more=""):
        return f"/source-connections/{job['source_connection_id']}/jobs/{job['id']}{more}"

    def collection_status(self, readable_id="my-collection"):
        return self.call("GET", f"/collections/{readable_id}")["status"]
