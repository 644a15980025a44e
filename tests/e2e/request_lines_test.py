"""The line of each request on standard error: where there is one, and what it tells."""

import contextlib
import json
import os
import re
import signal
import subprocess
import unittest

from emulator import (AIRWEAVE_BODY, BINARY, JSON_TYPE, PATIENCE, Emulator, RawClient,
                      clean_environment, control, raw_request, request)
from executed import HASTY, on_terminal, python, read_terminal, run_exec, terminal_wanted

LINE = r"\d\d:\d\d:\d\d\.\d{3} "
TOOK = r" · [\d.]+ ms"
KEY = ("X-API-Key", "my-key")


def create(emulator, prefix="", *headers, body=AIRWEAVE_BODY):
    return request(emulator, "POST", prefix + "/source-connections",
                   [JSON_TYPE, *(headers or [KEY])], body)


@contextlib.contextmanager
def log_of(*options, **environment):
    """A server, and after it a list of the lines of its log."""
    lines = []
    with Emulator(*options, **environment) as emulator:
        yield emulator, lines
    lines += emulator.log().splitlines()


class Served:
    """A server that was started by hand: what requests need to know of it."""

    def __init__(self, process):
        url = process.stdout.readline().strip().removeprefix("listening on ")
        self.host, port = url.removeprefix("http://").split(":")
        self.port = int(port)


class OnTerminal:
    """A server whose standard error is a terminal."""

    def __init__(self, *options, **environment):
        with terminal_wanted():
            self.terminal, end = os.openpty()
        self.process = subprocess.Popen([BINARY, "serve", "--port", "0", *options],
                                        env=clean_environment(**{"TERM": "xterm", **environment}),
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=end, text=True)
        os.close(end)
        self.emulator = Served(self.process)

    def read(self, until):
        return read_terminal(self.terminal, until)

    def end(self):
        """Stops it; gives what it says from here on."""
        self.process.send_signal(signal.SIGTERM)
        text = read_terminal(self.terminal)
        self.process.wait(PATIENCE)
        return text

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.process.returncode is None:
            self.end()
        self.process.stdout.close()
        os.close(self.terminal)


class TextTest(unittest.TestCase):
    def test_it_tells_status_outcome_scenario_play_and_retry_after(self):
        with log_of("--log-requests", "always") as (emulator, lines):
            for _ in range(3):
                create(emulator, "/~throttled-twice@demo")
        path = "POST /~throttled-twice@demo/source-connections  "
        tails = ["429 rate_limited · throttled-twice 1/2 · Retry-After 1",
                 "429 rate_limited · throttled-twice 2/2 · Retry-After 1",
                 "200 success · throttled-twice, played to the end"]
        for number, tail in enumerate(tails, 1):
            self.assertRegex(lines[number - 1],
                             f"^{LINE}{re.escape(f'demo #{number} {path}{tail}')}{TOOK}$")
        self.assertNotIn("\x1b", "\n".join(lines))

    def test_verbose_says_why_beneath(self):
        with log_of("--log-requests", "always", "--verbose") as (emulator, lines):
            create(emulator, "", body='{"name": "Me", "short_name": "stripe"}')
        start = next(i for i, line in enumerate(lines) if "/source-connections" in line)
        self.assertIn(" 422 ", lines[start])
        why = lines[start + 1:start + 5]
        self.assertRegex(why[0], "^    operation: airweave.create_source_connection, edition 20")
        self.assertEqual(why[1:3], ["    condition: invalid",
                                    "    violations: body.name: minLength 4"])
        self.assertRegex(why[3], "^    source: ")

    def test_what_the_door_refuses_is_a_line(self):
        with log_of("--log-requests", "always") as (emulator, lines):
            for data in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
                         b"CONNECT api.fivetran.com:443 HTTP/1.1\r\nHost: api.fivetran.com\r\n\r\n",
                         b"GET /v1/\x1b[2J HTTP/1.1\r\nHost: x\r\n\r\n"):
                raw_request(emulator, data)
        tls, connect, head = lines[:3]
        self.assertRegex(tls, LINE + r"default #1 -  400 · .*begins like TLS")  # no method, no path
        self.assertRegex(connect, LINE + r"default #2 CONNECT api\.fivetran\.com:443  501 · ")
        self.assertRegex(head, LINE + r"default #3 .*  400 · .*percent-encoded")
        self.assertNotIn("\x1b", "\n".join(lines))

    def test_the_control_api_is_told_where_it_refuses_or_where_reasons_are_wanted(self):
        page = [("Origin", "https://evil.example")]
        for options, health in (([], False), (["--verbose"], True)):
            with self.subTest(options=options):
                with log_of("--log-requests", "always", *options) as (emulator, lines):
                    control(emulator, "GET", "/health")
                    request(emulator, "GET", "/__admin/sessions?token=hush", page)
                text = "\n".join(lines)
                self.assertRegex(text, LINE + "- GET /__admin/sessions  403 · .*evil.example")
                self.assertNotIn("hush", text)
                self.assertEqual("GET /__admin/health  200" in text, health)

    def test_it_has_no_secrets(self):
        body = json.dumps({"name": "Me", "short_name": 7,
                           "auth_fields": {"api_key": "hush-body", "password": 8}})
        with log_of("--log-requests", "always", "--verbose") as (emulator, lines):
            create(emulator, "", ("X-API-Key", "hush-hush-header"), body=body)
            request(emulator, "GET", "/no/such/hush-hush-header?api_key=hush-hush-header&cursor=seen",
                    [("X-API-Key", "hush-hush-header")])
            request(emulator, "GET", "/v1/connections?token=hush-page",
                    [("Origin", "https://evil.example"), ("Authorization", "Basic aHVzaDpodXNo")])
        text = "\n".join(lines)
        self.assertIn("cursor=seen", text)
        self.assertIn("evil.example", text)
        self.assertNotRegex(text, "hush|aHVz")


    def test_what_a_proxy_does_not_forward_has_none_either(self):
        secret = "hush-hush-header"
        with log_of("--tls", "--log-requests", "always", "--verbose") as (emulator, lines):
            for head in (f"GET http://example.com/{secret}?token={secret} HTTP/1.1\r\nHost: x\r\n"
                         f"Authorization: Bearer {secret}\r\n\r\n",
                         "CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic aHVzaA==\r\n\r\n",
                         f"CONNECT me:{secret}@example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n"):
                raw_request(emulator, head.encode())
        text = "\n".join(lines)
        self.assertIn("CONNECT example.com:443  502", text)
        self.assertNotRegex(text, "hush|aHVz")


class WhereTest(unittest.TestCase):
    """auto is where somebody looks."""

    def assert_no_lines(self, *options, **environment):
        with log_of(*options, **environment) as (emulator, lines):
            create(emulator)
        self.assertEqual([line for line in lines if "source-connections" in line], [])

    def test_none_where_standard_error_is_a_pipe(self):
        self.assert_no_lines()
        self.assert_no_lines("--log", "json")

    def test_none_where_they_are_not_wanted(self):
        self.assert_no_lines("--log-requests", "never")
        with OnTerminal("--log-requests", "never", "--verbose") as server:
            create(server.emulator)
            self.assertNotIn("source-connections", server.end())

    def test_coloured_by_the_status_on_a_terminal(self):
        with OnTerminal() as server:
            create(server.emulator)
            self.assertIn("\x1b[32m200 success\x1b[0m", server.read(" ms"))
            create(server.emulator, "/~server-error")
            self.assertRegex(server.read(" ms"), "\x1b\\[31m5\\d\\d ")

    def test_no_colours_where_they_are_refused(self):
        for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            with self.subTest(environment), OnTerminal(**environment) as server:
                create(server.emulator)
                text = server.read(" ms") + server.end()  # with a line of the log itself
                self.assertIn("200 success", text)
                self.assertIn("SIGTERM", text)
                self.assertNotIn("\x1b", text)

    def test_the_verdicts_obey_the_same_signs(self):
        command = ("exec", "--log-requests", "never", "--", *python(HASTY))
        self.assertIn("\x1b", on_terminal("stderr", *command, TERM="xterm"))
        for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            self.assertNotIn("\x1b", on_terminal("stderr", *command, **environment))


class JsonTest(unittest.TestCase):
    def test_one_object_a_request(self):
        with log_of("--log", "json", "--log-requests", "always", "--verbose") as (emulator, lines):
            create(emulator, "/~throttled-twice@demo")
            raw_request(emulator, b"GET /v1/\x1b HTTP/1.1\r\nHost: x\r\n\r\n")
        entries = [json.loads(line) for line in lines]
        throttled, refused = [each for each in entries if each.get("event") == "request"]
        self.assertGreater(throttled.pop("duration_ms"), 0)
        self.assertRegex(throttled.pop("time"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertRegex(throttled.pop("source"), ".")
        self.assertRegex(throttled.pop("edition"), "^20")
        self.assertEqual(throttled, {
            "level": "info", "event": "request", "session": "demo", "id": 1, "method": "POST",
            "path": "/~throttled-twice@demo/source-connections", "status": 429,
            "outcome": "rate_limited", "scenario": "throttled-twice", "attempt": 1, "attempts": 2,
            "retry_after": 1, "operation": "airweave.create_source_connection", "applied": False,
            "rule": "creates are throttled twice", "play": 1})
        self.assertEqual(refused["status"], 400)
        self.assertIn("percent-encoded", refused["problem"])


class NobodyReadsTest(unittest.TestCase):
    def test_no_request_waits_for_a_reader(self):
        with subprocess.Popen([BINARY, "serve", "--port", "0", "--log-requests", "always"],
                              env=clean_environment(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True) as process:
            emulator = Served(process)
            try:
                with RawClient(emulator) as client:
                    for _ in range(500):  # whose lines are more than a pipe holds
                        client.send(b"GET /%b HTTP/1.1\r\nHost: localhost\r\n\r\n" % (b"x" * 250))
                        self.assertEqual(client.answer("GET").status, 404)
            finally:
                process.kill()


class ExecTest(unittest.TestCase):
    def test_lines_come_before_the_summary(self):
        result = run_exec("--log-requests", "always", client='call("GET", "/no/such")')
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stderr, LINE + "default #1 GET /no/such  404 · no vendor's contract")
        self.assertLess(result.stderr.index("/no/such"), result.stderr.index("session default"))


if __name__ == "__main__":
    unittest.main()
