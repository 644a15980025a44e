"""What every test here stands on: a server of its own, and requests byte by byte.

Nothing sleeps: a server is ready when it says so on its standard output, and each wait ends with
the event it waits for. PATIENCE only keeps a test that has gone wrong from hanging.
"""

import base64
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import threading
import unittest
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parent.parent
BINARY = os.path.abspath(os.environ.get("MOCKDUIT_BIN") or TREE / "build/release/mockduit")
PATIENCE = 60  # seconds

# The documents' own requests.
SUPERMETRICS_PATH = "/v1/teams/12345/data-source-connections"
SUPERMETRICS_BODY = '{"data_source_id": "ADM", "destination_type": "DWH_SNOWFLAKE"}'
AIRWEAVE_PATH = "/source-connections"
AIRWEAVE_BODY = """{"name": "My Stripe Account", "short_name": "stripe",
                    "auth_fields": {"api_key": "sk_test_123"}}"""
FIVETRAN_PATH = "/v1/connections"
FIVETRAN_BODY = (HERE / "requests/create_connection.json").read_text()


def basic(user):
    return "Basic " + base64.b64encode(f"{user}:my-secret".encode()).decode()


BASIC = basic("my-key")


def clean_environment(**more):
    """Ours without MOCKDUIT_*, which are options to the binary, and with no proxy in between."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MOCKDUIT_")}
    return {**kept, "no_proxy": "127.0.0.1,localhost", **more}


def run_mockduit(*arguments, **environment):
    """Runs a command that ends by itself; gives its returncode, stdout and stderr."""
    return subprocess.run([BINARY, *map(str, arguments)], env=clean_environment(**environment),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=PATIENCE)


class Emulator:
    """`mockduit serve` on a free port, listening once made; to be used with `with`."""

    def __init__(self, *arguments, binary=None, **environment):
        environment.setdefault("MOCKDUIT_PORT", "0")
        self.process = subprocess.Popen([binary or BINARY, "serve", *map(str, arguments)],
                                        env=clean_environment(**environment),
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self._logged = []
        self._log_grew = threading.Condition()
        self._log_reader = threading.Thread(target=self._read_log)
        self._log_reader.start()
        self.first_line = self.process.stdout.readline().rstrip("\n")
        if not self.first_line.startswith("listening on "):
            self._wait()
            raise AssertionError(f"the server did not start: {self.first_line}{self.log()}")
        self.url = self.first_line.removeprefix("listening on ")
        self.host, self.port = urllib.parse.urlsplit(self.url).netloc.rsplit(":", 1)
        self.port = int(self.port)

    def _read_log(self):
        for line in self.process.stderr:
            with self._log_grew:
                self._logged.append(line)
                self._log_grew.notify_all()

    def log(self):
        with self._log_grew:
            return "".join(self._logged)

    def wait_for_log(self, words):
        with self._log_grew:
            seen = self._log_grew.wait_for(lambda: words in "".join(self._logged), PATIENCE)
        assert seen, f"the log does not say {words!r}: {self.log()}"

    def send_signal(self, number):
        self.process.send_signal(number)

    def _wait(self):
        code = self.process.wait(PATIENCE)
        self._log_reader.join()
        self.process.stdout.close()
        self.process.stderr.close()
        return code

    def stop(self, number=signal.SIGTERM):
        """Its exit code."""
        if self.process.returncode is None:
            self.send_signal(number)
            return self._wait()
        return self.process.returncode

    def end(self):
        """Stops it, which must go well."""
        code = self.stop()
        assert code == 0, f"the server ended with exit code {code}:\n{self.log()}"

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.end()


class Answer:
    """One answer as it came: `status`, `headers` (any case), `body` (bytes), `raw` (all bytes)."""

    def __init__(self, stream, method):
        response = http.client.HTTPResponse(_Wire(stream), method=method)
        response.begin()
        self.status = response.status
        self.reason = response.reason
        self.headers = response.headers
        self.body = response.read()
        self.raw = bytes(stream.taken)
        stream.taken.clear()

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return self.raw.decode("utf-8", "replace")


class _Wire:
    """What http.client wants of a socket."""

    def __init__(self, stream):
        self._stream = stream

    def makefile(self, _mode):
        return self._stream


class _Stream:
    """A socket's file that keeps what was read from it."""

    def __init__(self, connection):
        self._file = connection.makefile("rb")
        self.taken = bytearray()

    def _keep(self, data):
        self.taken += data
        return data

    def readline(self, limit=-1):
        return self._keep(self._file.readline(limit))

    def read(self, size=-1):
        return self._keep(self._file.read(size))

    def flush(self):
        pass

    def close(self):
        pass


class RawClient:
    """A connection that sends exactly the bytes it is given."""

    def __init__(self, emulator):
        self.socket = socket.create_connection((emulator.host, emulator.port), PATIENCE)
        self._stream = _Stream(self.socket)

    def send(self, data):
        """False when the server has hung up."""
        try:
            self.socket.sendall(data.encode() if isinstance(data, str) else data)
            return True
        except (BrokenPipeError, ConnectionResetError):
            return False

    def answer(self, method="POST"):
        return Answer(self._stream, method)

    def line(self):
        line = self._stream.readline()
        self._stream.taken.clear()
        return line

    def hung_up(self):
        """Waits for the server to say more or close; True when it closes."""
        try:
            return self._stream.read(1) == b""
        except ConnectionResetError:
            return True

    def close(self):
        self._stream._file.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def raw_request(emulator, data, method="POST"):
    """The answer to these bytes, on a connection of their own."""
    with RawClient(emulator) as client:
        client.send(data)
        return client.answer(method)


def request_bytes(method, path, headers=(), body=b"", host="mockduit.test"):
    """A sound request; `headers` are pairs."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def request(emulator, method, path, headers=(), body=b"", host=None):
    """The answer to a sound request; the control API is called by the name it answers to."""
    host = host or (emulator.host if path.startswith("/__admin") else "mockduit.test")
    return raw_request(emulator, request_bytes(method, path, headers, body, host), method)


JSON_TYPE = ("Content-Type", "application/json")


def create_on_supermetrics(emulator, prefix="", headers=(("Authorization", "Bearer my-token"),)):
    return request(emulator, "POST", prefix + SUPERMETRICS_PATH, [JSON_TYPE, *headers],
                   SUPERMETRICS_BODY)


def control(emulator, method, path, body=None):
    """The control API's answer as JSON; None where it has no body."""
    text = json.dumps(body) if body is not None else ""
    answer = request(emulator, method, "/__admin" + path, [JSON_TYPE], text, emulator.host)
    assert answer.status in (200, 204), answer
    return answer.json() if answer.body else None


def without_ends(told):
    """Journals without when connections closed, which may be seen between one look and the next."""
    if isinstance(told, list):
        return [without_ends(item) for item in told]
    if not isinstance(told, dict):
        return told
    return {key: without_ends(value) for key, value in told.items() if key != "closed"}


class EmulatorTest(unittest.TestCase):
    """Tests that share one server with no options; each takes a session of its own if it must."""

    OPTIONS = ()

    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator(*cls.OPTIONS)
        cls.addClassCleanup(cls.emulator.end)

    def assert_still_serves(self):
        answer = create_on_supermetrics(self.emulator)
        self.assertEqual(answer.status, 201, answer)

    def assert_problem(self, answer, status):
        """The emulator's own form of an error."""
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json", answer)
        problem = answer.json()
        self.assertEqual(problem["status"], status)
        self.assertTrue(problem["title"] and problem["detail"], problem)
        return problem
