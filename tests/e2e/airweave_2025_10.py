"""What the tests of Airweave's edition 2025-10 share: its calls, each test in its own session."""

import itertools
import json

from emulator import JSON_TYPE, EmulatorTest, control, request
from worlds import START

NO_ID = "00000000-0000-4000-8000-000000000000"
STRIPE = {"short_name": "stripe", "readable_collection_id": "my-collection",
          "name": "My Stripe Account",
          "authentication": {"credentials": {"api_key": "sk_test_123"}}}
UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
SDK = ("x-fern-sdk-version", "v0.7.20")


class Airweave(EmulatorTest):
    """On a clock that stands still until a test moves it."""

    OPTIONS = ("--clock", START)
    _numbers = itertools.count(1)

    def setUp(self):
        self.session = f"airweave-{next(self._numbers)}"

    def send(self, method, path, body=None, headers=(SDK,), selector=None):
        """The answer, whatever it is."""
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        return request(self.emulator, method, f"/{selector or '@' + self.session}{path}",
                       [JSON_TYPE, ("X-API-Key", "my-key"), *headers], text)

    def call(self, method, path, body=None, **more):
        """What a call that succeeds answers with."""
        answer = self.send(method, path, body, **more)
        self.assertEqual(answer.status, 200, answer)
        return answer.json()

    def refused(self, method, path, body=None, **more):
        """The status and the body of one that does not."""
        answer = self.send(method, path, body, **more)
        self.assertGreaterEqual(answer.status, 400, answer)
        return answer.status, answer.json()

    def assert_detail(self, told, status, detail):
        self.assertEqual(told, (status, {"detail": detail}))

    def assert_errors(self, told, *errors):
        self.assertEqual(told, (422, {"errors": [dict([error]) for error in errors]}))

    def create(self, **changes):
        """A source connection; a change to None leaves the field out."""
        body = {k: v for k, v in {**STRIPE, **changes}.items() if v is not None}
        return self.call("POST", "/source-connections", body)

    def get(self, connection):
        return self.call("GET", f"/source-connections/{connection['id']}")

    def run_sync(self, connection):
        return self.call("POST", f"/source-connections/{connection['id']}/run")

    def jobs(self, connection, query=""):
        return self.call("GET", f"/source-connections/{connection['id']}/jobs{query}")

    def connect_provider(self, short_name):
        """An auth provider of the id my-<short_name>, as the older edition's call connects it."""
        fields = {"composio": {"api_key": "k"}, "pipedream": {"client_id": "i", "client_secret": "s"}}
        return self.call("PUT", "/auth-providers/connect",
                         {"name": short_name, "readable_id": f"my-{short_name}",
                          "short_name": short_name, "auth_fields": fields[short_name]}, headers=())

    def follow(self, url, status=303):
        """Opens a page of this server, as a browser does: with no key."""
        answer = request(self.emulator, "GET", url[url.index("/@"):], [])
        self.assertEqual(answer.status, status, answer)
        return answer

    def collection(self, readable_id="my-collection"):
        return self.call("GET", f"/collections/{readable_id}")

    def advance(self, by):
        control(self.emulator, "POST", f"/sessions/{self.session}/clock/advance", {"by": by})

    def play(self, **scenario):
        """Makes a scenario, which this session's requests meet from now on."""
        name = f"{self.session}-play"
        answer = request(self.emulator, "PUT", f"/__admin/scenarios/{name}", [JSON_TYPE],
                         json.dumps({"scenario": name, **scenario}))
        self.assertIn(answer.status, (200, 201), answer)
        control(self.emulator, "PUT", f"/sessions/{self.session}", {"scenario": name})

    def pin(self, edition):
        control(self.emulator, "PUT", f"/sessions/{self.session}",
                {"editions": {"airweave": edition}})
