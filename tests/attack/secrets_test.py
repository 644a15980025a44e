"""Every name that docs/security.md lists, and that Fivetran's contract marks, planted in every place
where a client can put a secret; then every output of the server is searched for them."""

import base64
import contextlib
import itertools
import json
import pathlib
import re
import tempfile
import unittest
from urllib.parse import quote

from emulator import (AIRWEAVE_PATH, JSON_TYPE, SUPERMETRICS_PATH, TREE, Emulator, RawClient, basic,
                      control, raw_request, request)
from webhooks import Target

MARK = "hush"
REDACTED = "[redacted]"
START = "2026-01-15T10:00:00Z"
# Names as clients write them, whose letters the lists have without separators.
SPELT = ("password", "Password", "db_password", "user-passwd", "pass_phrase", "clientSecret",
         "client_secret", "access_token", "refreshToken", "api_key", "API-KEY", "apiKey", "X-Api-Key",
         "auth_fields", "privateKey", "private_key", "secretAccessKey", "account_key", "credentials",
         "blob_sas_url", "connectionString", "connection_string", "consumer_key", "function_key",
         "subscription_key", "sasl_plain_key", "auth_code", "authorizationCode", "sshKey",
         "storage_account_key", "masterKey", "signing_key", "encryption_key")


def listed():
    """The table of docs/security.md: {place: names}."""
    text = (TREE / "docs/security.md").read_text().split("<!-- secret names -->")[1]
    text = text.split("<!-- /secret names -->")[0]
    rows = re.findall(r"^\| ([a-z].*?) \| (`.*?) \|$", text, re.M)
    return {place: re.findall(r"`(.*?)`", names) for place, names in rows}


def of_fivetran():
    """The config members that the services' own lists mark."""
    text = (TREE / "fixtures/fivetran/services.yaml").read_text()
    paths = re.findall(r"config\.[\w.\[\]]+", "".join(re.findall(r"secrets: \[.*\]\}", text)))
    contract = (TREE / "fixtures/fivetran/v1.yaml").read_text()
    paths += re.findall(r"config\.\w+", contract.split("  secrets:")[1].split("]")[0])
    return sorted({path.replace("[]", "").split(".")[-1].rstrip("]") for path in paths})


def kept_by_services():
    """[(service, the config members that it marks)], of services that want a schema's name beside them."""
    text = (TREE / "fixtures/fivetran/services.yaml").read_text()
    rows = re.findall(r"^  (\w+): \{schema: schema, secrets: \[((?:config\.\w+(?:, )?)+)\]\}$", text, re.M)
    return [(service, re.findall(r"config\.(\w+)", marked)) for service, marked in rows[::20]]


class Planter:
    def __init__(self):
        self._numbers = itertools.count(1)
        self.where = {}

    def secret(self, where):
        secret = f"{MARK}{next(self._numbers):05d}x"
        self.where[secret] = where
        return secret


def web_token(planter, where):
    """A JSON Web Token, whose parts are found by their own."""
    secret = planter.secret("JSON Web Token in " + where)
    return f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0{secret}.{secret}"


def texts_with(planter):
    """Texts of many kinds, as clients put them into fields for notes, commands and settings."""
    def s(where):
        return planter.secret(where)

    for name in ("password", "Pwd", "client_secret", "api-key"):
        for form in ("{} = {}; x=1", "{}={}", "run --{} {} -h x", "run --{}={}", "--{} '{}'",
                     "<{0}>{1}</{0}>", "<x:{0} t='1'>{1}</x:{0}>", "<c a='1' {}='{}'/>", '<c {}="{}">',
                     "<p name='{}' value='{}'/>", "<entry key='{}'>{}</entry>", "say {{'{}': '{}'}}",
                     'say {{"{}": {{"x": ["{}"]}}}}', 'say {{\\"{}\\": \\"{}\\"}}'):
            text = form.format(name, s(form))
            yield text
            yield "to=" + quote(form.format(name, s(form + ", percent-encoded")), safe="")
            yield "to=" + quote(quote(form.format(name, s(form + ", twice")), safe=""), safe="")
    for kind in ("", "RSA ", "OPENSSH ", "ENCRYPTED "):
        yield (f"-----BEGIN {kind}PRIVATE KEY-----\nMII\n{s(kind + 'key')}\n"
               f"-----END {kind}PRIVATE KEY-----\n")
        yield f"cut -----BEGIN {kind}PRIVATE KEY-----\\nMII{s(kind + 'key, cut')}"
    yield "as " + web_token(planter, "prose") + ", x"
    yield f"curl -H 'Authorization: Bearer {s('a command')}' x"
    for form in ("-u me:{}", "-su 'me:{}'", "--user me:{}", "--proxy-user=me:{}"):
        yield f"curl {form.format(s('curl ' + form))} https://h/"
    for how in ({}, {"separators": (",", ":")}):
        text = json.dumps({"a": 1, "password": s("JSON in base64")}, **how)
        yield "as " + base64.b64encode(text.encode()).decode()
        yield "as " + base64.urlsafe_b64encode(text.encode()).decode()
    yield f"https%3A%2F%2Fu%3A{s('user, percent-encoded')}%40h"
    yield f"https://h/?to=https%253A%252F%252Fu%253A{s('user, twice')}%2540h"
    text = json.dumps({"auth": {"x": s("JSON in strings in strings")}})
    for _ in range(8):
        yield text
        text = json.dumps(text)


def headers_with(planter, names):
    for name in names:
        yield [(name, planter.secret(f"header {name}"))]
    for value in ("Bearer {}", "Basic {}", "{}", "Token {}", "Digest username=\"u\", response=\"{}\""):
        yield [("Authorization", value.format(planter.secret(f"Authorization: {value}")))]
    yield [("Proxy-Authorization", "Bearer " + planter.secret("Proxy-Authorization"))]
    for name in ("X-Custom", "X-Forwarded"):
        for scheme in ("Bearer", "bearer", "Basic"):
            yield [(name, f"{scheme} {planter.secret(f'{name}: {scheme}')}==")]
    yield [("Cookie", f"sid={planter.secret('Cookie')}")]
    yield [("Referer", f"http://localhost/?api_key={planter.secret('Referer, query')}")]
    yield [("Referer", f"http://u:{planter.secret('Referer, user')}@localhost/")]
    yield [("X-Note", f"Password={planter.secret('X-Note')};x=1")]
    yield [("X-Data", json.dumps({"auth": {"x": planter.secret("JSON in a header")}}))]
    yield [("X-Assertion", web_token(planter, "a header"))]
    yield [("X-To", "https%3A%2F%2Fu%3A" + planter.secret("percent-encoded in a header") + "%40h")]


def bodies_with(planter, names):
    for name in names:
        def secret(how):
            return planter.secret(f"body {name}, {how}")

        yield {name: secret("alone")}
        yield {"a": [{name: {"deep": [secret("below"), 7]}}]}
        yield {"settings": [{"name": name, "value": secret("pair")},
                            {"key": name, "value": secret("key")}, {"k": name, "v": secret("k")}]}
        yield {"headers": [[name, secret("list")]]}
        yield {"text": json.dumps({"in": {name: secret("JSON in a string")}})}
        yield {"text": json.dumps([json.dumps({name: secret("JSON twice in a string")})])}
    for user in ("u:{}", "{}", "{}:x", "a:b:{}"):
        yield {"url": "https://" + user.format(planter.secret(f"user {user}")) + "@host.example/x"}
        yield {"note": "see postgres://" + user.format(planter.secret(f"user {user}")) + "@db:5432/x!"}
    for text in texts_with(planter):
        yield {"note": text}
    yield ["run", "--password", planter.secret("a flag in a list"), "-x"]
    for text in ("Server=x;Password={};", "https://x.example/?sig={}&a=1", "https://x.example/?code={}",
                 "https://x.example/f?b=1&key={}#c", "AccountName=a;AccountKey={}"):
        yield {"dsn": text.format(planter.secret(text))}


def raw_with(planter):
    """Requests that are refused, whose lines the refusal could quote."""
    def s(where):
        return planter.secret(where)

    host = "Host: localhost\r\n"
    yield f"GET /x HTTP/1.1\r\n{host}Authorization Bearer {s('no colon')}\r\n\r\n"
    yield f"GET /x HTTP/1.1\r\n{host}X-API-Key {s('no colon, key')}\r\n\r\n"
    yield f"GET /x HTTP/1.1\r\n{host}Authorization Bearer {s('blank name')}: x\r\n\r\n"
    yield f"GET /x HTTP/1.1\r\n{host}Authorization : Bearer {s('blank')}\r\n\r\n"
    yield f"GET /x HTTP/1.1\r\n{host} Authorization: Bearer {s('folded')}\r\n\r\n"
    yield f"GET http://u:{s('user in target')}@localhost/ HTTP/1.1\r\n{host}\r\n"
    yield f"GET ftp://u:{s('user in ftp')}@localhost/ HTTP/1.1\r\n{host}\r\n"
    yield f"GET u:{s('user without scheme')}@localhost/ HTTP/1.1\r\n{host}\r\n"
    yield f"GET /x HTTP/1.1\r\nHost: u:{s('user in Host')}@localhost\r\n\r\n"
    yield f"GET /x?api_key={s('no version')}\r\n\r\n"
    yield f"GET /x?token={s('no version, but a blank')} \r\n\r\n"
    yield f"GET http://u:{s('user, no version')}@localhost/\r\n\r\n"
    yield f"GET /x Authorization:{s('a header for a version')}\r\n{host}\r\n"
    yield f"GET /x?api_key={s('a bad target')}<> HTTP/1.1\r\n{host}\r\n"
    yield f"GET /x?api_key={s('a bad escape')}&a=%zz HTTP/1.1\r\n{host}\r\n"
    yield f"GET /x?key={s('two hosts')} HTTP/1.1\r\n{host}{host}Authorization: Bearer {s('2')}\r\n\r\n"
    yield (f"POST /x HTTP/1.1\r\n{host}Authorization: Bearer {s('bad length')}\r\n"
           "Content-Length: ten\r\n\r\n")


class SecretsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.state = pathlib.Path(folder.name) / "state.json"
        cls.planter = planter = Planter()
        table = listed()
        places = list(table.values())
        assert len(places) == 4 and all(places), table
        parts, members, parameters, words = places
        everywhere = [*parts, *SPELT]
        cls.emulator = Emulator("--state", cls.state, "--clock", START, "--journal-size", 100_000)
        cls.addClassCleanup(cls.emulator.end)
        cls.count = 0
        key = ("Authorization", "Bearer k")
        for headers in headers_with(planter, [*everywhere, *words, "X-Auth", "X-Credential", "X-Jwt",
                                              "Ocp-Apim-Subscription-Key", "X-Auth-User",
                                              "X-Functions-Key", "Set-Cookie", "Cookie2",
                                              "Set-Cookie2"]):
            cls.send("POST", SUPERMETRICS_PATH, [JSON_TYPE, *headers], "{}")
        for name in [*everywhere, *parameters]:
            cls.send("GET", f"{SUPERMETRICS_PATH}?a=1&{name}={planter.secret('query ' + name)}", [key])
        for text in texts_with(planter):
            cls.send("GET", f"{SUPERMETRICS_PATH}?a=1&to={quote(text, safe='')}&b=2", [key])
            cls.send("POST", SUPERMETRICS_PATH, [key, ("Content-Type", "text/plain")], text)
        for body in bodies_with(planter, [*everywhere, *members]):
            cls.send("POST", SUPERMETRICS_PATH, [JSON_TYPE, key], json.dumps(body))
            cls.send("POST", "/nowhere", [JSON_TYPE, key], json.dumps(body))
        cls.send("POST", SUPERMETRICS_PATH, [JSON_TYPE, key],
                 json.dumps({"url": f"https://u:{planter.secret('escaped slashes')}@h/"}).replace("/", "\\/"))
        for name in of_fivetran():
            cls.send("POST", "/v1/connections", [JSON_TYPE, ("Authorization", basic("k"))], json.dumps(
                {"service": "google_sheets", "group_id": "_moonbeam", "auth": {"x": cls.plant(name)},
                 "config": {"schema": "s", "table": "t", name: cls.plant(name),
                            "list": [{name: cls.plant(name)}]}}))
        # What a service documents is accepted.
        cls.made = [cls.send("POST", "/v1/connections", [JSON_TYPE, ("Authorization", basic("k"))], json.dumps(
            {"service": service, "group_id": "_moonbeam", "run_setup_tests": False,
             "config": {"schema": f"made_{service}", **{name: cls.plant(f"{service}.{name}") for name in names}}}))
                    for service, names in kept_by_services()]
        cls.send("POST", AIRWEAVE_PATH, [JSON_TYPE, ("X-API-Key", cls.plant("X-API-Key"))], json.dumps(
            {"name": "n", "short_name": "stripe", "authentication":
             {"credentials": {"any": cls.plant("credentials")}}}))
        cls.send("POST", SUPERMETRICS_PATH, [key, ("Content-Type", "application/x-www-form-urlencoded")],
                 f"a=1&password={cls.plant('form')}")
        cls.send("POST", SUPERMETRICS_PATH, [JSON_TYPE, key], '{"pwd": "%s"' % cls.plant("cut JSON"))
        long = planter.secret("a long key") + "-with-more"
        cls.send("GET", f"/v1/{long}/x?who={long}", [("Authorization", f"Bearer {long}")])
        for text in raw_with(planter):
            raw_request(cls.emulator, text, "GET")
            cls.count += 1
        # Webhooks whose target is not there.
        for secret, url in ((cls.plant("user of a webhook"), "http://u:{}@127.0.0.1:1/"),
                            (cls.plant("query of a webhook"), "http://127.0.0.1:1/?token={}"),
                            (cls.plant("user of a bad one"), "https://u:{}@[::1]evil/"),
                            (cls.plant("query of a foreign one"), "https://evil.example/?sig={}")):
            cls.send("POST", "/v1/webhooks/account", [JSON_TYPE, ("Authorization", basic("k"))], json.dumps(
                {"url": url.format(secret), "events": ["sync_start"], "active": True,
                 "secret": cls.plant("of a webhook")}))
        # One to which a message goes.
        listening = contextlib.ExitStack()
        cls.addClassCleanup(listening.close)
        url = listening.enter_context(Target()).url
        airweave = [JSON_TYPE, ("X-API-Key", "k"), ("X-Client-Name", "of-2026-04")]
        cls.subscribed = cls.send("POST", "/webhooks/subscriptions", airweave, json.dumps(
            {"url": f"{url}?token={cls.plant('query of a delivery')}&sig={cls.plant('the same')}",
             "event_types": ["collection.created"]}))
        cls.send("POST", "/collections", airweave, json.dumps({"name": "With a message"}))
        # One that sleeps is accepted wherever its target is, and signs with its secret when it wakes.
        cls.kept = [cls.plant("query of a sleeping webhook"), cls.plant("of a sleeping webhook")]
        cls.sleeping = cls.send("POST", "/v1/webhooks/account", [JSON_TYPE, ("Authorization", basic("k"))],
                                json.dumps({"url": f"http://127.0.0.1:1/?token={cls.kept[0]}", "active": False,
                                            "events": ["sync_start"], "secret": cls.kept[1]}))
        control(cls.emulator, "POST", "/state/save")

    @classmethod
    def plant(cls, where):
        return cls.planter.secret(where)

    @classmethod
    def send(cls, method, path, headers, body=""):
        cls.count += 1
        return request(cls.emulator, method, path, headers, body)

    def assert_has_none(self, text, redacted=True):
        found = sorted(set(re.findall(MARK + r"\d{5}x", text)))
        self.assertEqual([(one, self.planter.where[one]) for one in found], [])
        for word in re.findall(r"[A-Za-z0-9+/]{12,}={0,2}", text):
            try:
                decoded = base64.b64decode(word + "=" * (-len(word) % 4))
            except ValueError:
                continue
            self.assertNotIn(MARK.encode(), decoded, word)
        if redacted:
            self.assertIn(REDACTED, text)

    def journal(self):
        whole = []
        while True:
            after = whole[-1]["id"] if whole else 0
            page = control(self.emulator, "GET", f"/requests?limit=1000&after={after}")["requests"]
            if not page:
                return whole
            whole += page

    def test_enough_was_planted(self):
        self.assertGreater(len(self.planter.where), 1500)
        total = control(self.emulator, "GET", "/requests?limit=0")["total"]
        self.assertGreaterEqual(total, self.count, "none is missing")

    def test_the_journal(self):
        self.assert_has_none(json.dumps(self.journal()))

    def test_the_reasons_for_single_exchanges(self):
        for one in self.journal()[::37]:
            text = request(self.emulator, "GET", f"/__admin/requests/{one['id']}").raw.decode()
            self.assert_has_none(text, redacted=False)

    def test_the_events(self):
        last = self.journal()[-1]["id"]
        with RawClient(self.emulator) as client:
            client.send("GET /__admin/events?after=0 HTTP/1.0\r\nHost: localhost\r\n\r\n")
            told = ""
            for line in iter(client.line, b""):
                told += line.decode()
                if line.startswith(f"id: {last}\n".encode()):
                    told += client.line().decode()
                    break
        self.assert_has_none(told)

    def test_verdicts_coverage_and_reports(self):
        for path in ("/verdicts", "/coverage", "/report?format=html", "/report?format=junit",
                     "/report?format=text", "/report", "/deliveries", "/metrics", "/progress", "/sessions"):
            with self.subTest(path=path):
                answer = request(self.emulator, "GET", "/__admin" + path)
                self.assertIn(answer.status, (200, 400), answer)
                self.assert_has_none(answer.raw.decode(), redacted=False)

    def test_what_services_document_is_accepted(self):
        self.assertGreater(len(self.made), 10)
        for answer in self.made:
            self.assertEqual(answer.status, 201, answer)
            self.assert_has_none(answer.raw.decode(), redacted=False)

    def test_deliveries(self):
        self.assertEqual(self.subscribed.status, 200, self.subscribed)
        deliveries = control(self.emulator, "GET", "/deliveries")
        self.assertIn("collection.created", [one["event"] for one in deliveries["deliveries"]])
        self.assert_has_none(json.dumps(deliveries))

    def test_the_state_file(self):
        sessions = json.loads(self.state.read_text())["sessions"]
        session = next(one for one in sessions if one["name"] == "default")
        store = session.pop("store")
        self.assert_has_none(json.dumps(session))
        # What vendors give back or need later is kept as it was sent, for its owner's eyes.
        self.assertEqual(self.sleeping.status, 200, self.sleeping)
        for secret in self.kept:
            self.assertIn(secret, json.dumps(store))
        self.assertEqual(self.state.stat().st_mode & 0o077, 0)

    def test_the_log(self):
        self.assert_has_none(self.emulator.log(), redacted=False)

    def test_what_is_no_secret_is_kept(self):
        answer = self.send("POST", f"{SUPERMETRICS_PATH}?page=2&with_token=true", [JSON_TYPE], json.dumps(
            {"name": "my password", "url": "https://host.example/a?b=c", "author": "me", "code": "x",
             "key": "y", "note": "mail me@example.com", "config": {"schema": "s"}}))
        self.assertEqual(answer.status, 401, answer)
        kept = self.journal()[-1]["request"]
        self.assertNotIn(REDACTED, json.dumps(kept))

    def test_a_selector_is_taken_only_where_it_is_well_formed(self):
        for key, session, scenario in (("p@ss!word", "default", "success"),
                                       ("k~Not A Name", "default", "success"),
                                       ("k@", "default", "success"), ("k~", "default", "success"),
                                       ("a@b!c@mine", "mine", "success"),
                                       ("a~b!c~rate-limited@mine", "mine", "rate-limited"),
                                       ("me@example.com", "example.com", "success")):
            with self.subTest(key=key):
                answer = request(self.emulator, "GET", AIRWEAVE_PATH, [("X-API-Key", key)])
                self.assertEqual(answer.headers["X-Mockduit-Session"], session, answer)
                self.assertEqual(answer.headers["X-Mockduit-Scenario"], scenario)


if __name__ == "__main__":
    unittest.main()
