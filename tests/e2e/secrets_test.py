"""No secret that a client sends is found in what a server keeps of requests; its answers still have
theirs, and so has the store what such answers are made of."""

import base64
import json
import pathlib
import re
import tempfile
import unittest

from emulator import (AIRWEAVE_PATH, FIVETRAN_BODY, FIVETRAN_PATH, JSON_TYPE, SUPERMETRICS_BODY,
                      SUPERMETRICS_PATH, Emulator, RawClient, control, request)
from worlds import START, ask

REDACTED = "[redacted]"
MARK = "hush"  # each secret below has it, and nothing else
FORM = ("Content-Type", "application/x-www-form-urlencoded")


def basic(text):
    return "Basic " + base64.b64encode(text.encode()).decode()


def airweave(**more):
    return json.dumps({"name": "My source", "short_name": "stripe", **more})


def fivetran(config, **more):
    body = json.loads(FIVETRAN_BODY)
    return json.dumps({**body, "config": {**body["config"], **config}, **more})


# method, path, headers, body: each with a secret where clients put one.
REQUESTS = [
    ("POST", SUPERMETRICS_PATH, [("Authorization", "Bearer hush-1")], SUPERMETRICS_BODY),
    ("POST", SUPERMETRICS_PATH, [("Authorization", "hush-2")], SUPERMETRICS_BODY),
    ("POST", SUPERMETRICS_PATH + "?api_key=hush-3&API-KEY=hush-29&access%5Ftoken=hush-4", [],
     SUPERMETRICS_BODY),
    ("POST", AIRWEAVE_PATH, [("X-API-Key", "hush-5")], airweave(auth_fields={"api_key": "hush-6"})),
    ("POST", AIRWEAVE_PATH, [("X-API-Key", "hush-7")],
     airweave(auth_fields={"deep": [{"er": "hush-8"}], "Password": "hush-9"})),
    ("POST", AIRWEAVE_PATH, [("X-API-Key", "k")], airweave(auth_fields="hush-10")),
    ("POST", AIRWEAVE_PATH, [("X-API-Key", "k")], '{"auth\\u005ffields": {"x": "hush-11"}}'),
    ("POST", AIRWEAVE_PATH, [("X-API-Key", "k")], '{"auth_fields": {"x": "hush-12"'),
    ("POST", AIRWEAVE_PATH, [("X-API-Key", "k")], '{"auth": {"client_id": "hush-13"'),
    ("POST", AIRWEAVE_PATH, [("Cookie", "session=hush-14")], "api_key=hush-15&name=n"),
    ("POST", FIVETRAN_PATH, [("Authorization", basic("hush-16:hush-17"))], FIVETRAN_BODY),
    ("POST", FIVETRAN_PATH, [("Authorization", basic("k:s"))],
     fivetran({"password": "hush-18", "access_token": "hush-19"}, service="adobe_commerce",
              auth={"client_access": {"client_id": "hush-20"}, "refresh_token": "hush-21"})),
    ("POST", FIVETRAN_PATH, [("Authorization", basic("k:s"))],
     fivetran({"sftp_password": "hush-22", "connection_string": "hush-23",
               "secrets_list": [{"value": "hush-24"}]}, group_id=5)),
    ("PUT", "/nowhere?token=hush-25", [("Proxy-Authorization", "Basic hush-26")],
     '{"password": "hush-27"}'),
    ("POST", "/~rate-limited" + SUPERMETRICS_PATH,
     [("Authorization", "Bearer hush-28"), ("Authorization", "Bearer hush-35"),
      ("X-Auth-Token", "hush-36"), ("client-secret", "hush-37")], "{}"),
]


class SecretsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.state = pathlib.Path(folder.name) / "state.json"
        cls.emulator = Emulator("--state", cls.state, "--clock", START)
        cls.addClassCleanup(cls.emulator.end)
        cls.answers = [request(cls.emulator, method, path,
                               [*headers, FORM if body[:1] == "a" else JSON_TYPE], body)
                       for method, path, headers, body in REQUESTS]
        # A request that the door refuses is kept, too.
        with RawClient(cls.emulator) as client:
            client.send("POST /v1/connections?api_key=hush-30 HTTP/1.1\r\nHost: a\r\nHost: b\r\n"
                        "Authorization: Bearer hush-31\r\n\r\n")
            assert client.answer().status == 400
        control(cls.emulator, "POST", "/state/save")

    def assert_kept_no_secret(self, text):
        self.assertEqual(re.findall(MARK + r"-\d+", text), [])
        # Nor in a credential's own clothing.
        for word in re.findall(r"[A-Za-z0-9+/]{8,}={0,2}", text):
            with_padding = word + "=" * (-len(word) % 4)
            try:
                self.assertNotIn(MARK.encode(), base64.b64decode(with_padding), word)
            except ValueError:
                pass
        self.assertIn(REDACTED, text)

    def test_the_requests_met_what_they_were_to_meet(self):
        statuses = [answer.status for answer in self.answers]
        self.assertEqual(control(self.emulator, "GET", "/requests")["total"], len(REQUESTS) + 1)
        for status in (200, 201, 400, 401, 422, 404, 429):
            self.assertIn(status, statuses)

    def test_the_journal(self):
        self.assert_kept_no_secret(ask(self.emulator, "GET", "/requests").raw.decode())

    def test_one_request_with_its_reasons(self):
        rules = {"rules": [{"match": {"body": {"auth_fields.api_key": "nothing like it"},
                                      "headers": {"Authorization": "x"}, "query": {"token": "x"}},
                            "play": [{"status": 418}]}]}
        self.assertEqual(ask(self.emulator, "PUT", "/scenarios/nosy", rules).status, 201)
        request(self.emulator, "POST", f"/~nosy@nosy{AIRWEAVE_PATH}?token=hush-32",
                [JSON_TYPE, ("X-API-Key", "k"), ("Authorization", "Bearer hush-33")],
                airweave(auth_fields={"api_key": "hush-34"}))
        answer = ask(self.emulator, "GET", "/sessions/nosy/requests/1")
        self.assertEqual(len(answer.json()["why"]["rules"][0]["misses"]), 3)
        self.assert_kept_no_secret(answer.raw.decode())

    def test_the_events(self):
        with RawClient(self.emulator) as client:
            client.send(f"GET /__admin/events?after=0 HTTP/1.0\r\nHost: {self.emulator.host}\r\n"
                        "\r\n")
            told = ""
            while f"id: {len(REQUESTS) + 1}\n" not in told:
                told += client.line().decode()
            self.assert_kept_no_secret(told + client.line().decode())

    def test_the_state_file(self):
        session, = json.loads(self.state.read_text())["sessions"]
        store = session.pop("store")
        self.assert_kept_no_secret(json.dumps(session))
        # Airweave gives auth_fields back where it is asked to, so they are stored as they were sent.
        sent = [one.pop("auth_fields", None) for one in
                store["airweave.source_connection"].values()]
        self.assertIn({"api_key": "hush-6"}, sent)
        self.assertNotIn(MARK, json.dumps(store))
        self.assertEqual(self.state.stat().st_mode & 0o077, 0, "only its owner may read it")

    def test_a_token_that_an_answer_gives_is_the_clients_alone(self):
        created = next(answer for answer in self.answers if answer.status == 201
                       and b"connect_card" in answer.body)
        card = created.json()["data"]["connect_card"]
        self.assertRegex(card["token"], r"^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}$")
        self.assertIn(card["token"], card["uri"])
        for kept in (ask(self.emulator, "GET", "/requests").body.decode(),
                     json.dumps(json.loads(self.state.read_text())["sessions"][0]["journal"])):
            self.assertNotIn(card["token"], kept)

    def test_what_is_no_secret_is_kept(self):
        first = control(self.emulator, "GET", "/requests/1")["request"]
        self.assertIn(["Authorization", "Bearer " + REDACTED], first["headers"])
        self.assertEqual(first["body"], SUPERMETRICS_BODY)
        third = control(self.emulator, "GET", "/requests/3")["request"]
        self.assertEqual(third["query"].split("&")[0], "api_key=" + REDACTED)
        fourth = json.loads(control(self.emulator, "GET", "/requests/4")["request"]["body"])
        self.assertEqual(fourth, {"name": "My source", "short_name": "stripe",
                                  "auth_fields": {"api_key": REDACTED}})


if __name__ == "__main__":
    unittest.main()
