"""Clients that `mockduit exec` runs: a test writes one down in a few lines of Python."""

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

from emulator import BINARY, PATIENCE, clean_environment, run_mockduit

# What every client here begins with. None of them waits: one that is patient moves the clock.
CLIENT = '''
import http.client, json, os, signal, subprocess, sys, urllib.parse

URL = os.environ["MOCKDUIT_URL"]
STRIPE = {"name": "My source", "short_name": "stripe"}
KEY = {"X-API-Key": "my-key", "Content-Type": "application/json"}

def connect():
    place = urllib.parse.urlsplit(URL)
    return http.client.HTTPConnection(place.hostname, place.port, timeout=60)

def call(method, path, body=None, headers=KEY, connection=None):
    connection = connection or connect()
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read()
    answer.json = json.loads(text) if text.startswith((b"{", b"[")) else None
    return answer

def create(prefix="", body=STRIPE, connection=None):
    return call("POST", prefix + "/source-connections", body, connection=connection)

def wait(seconds, session="default"):
    by = {"by": f"{seconds}s"}
    call("POST", f"/__admin/sessions/{session}/clock/advance", by, headers={})

def insist(prefix="", times=3, patient=False, session="default"):
    connection = connect()  # that of one caller, as the server can see
    for _ in range(times):
        answer = create(prefix, connection=connection)
        if answer.status < 400:
            break
        if patient:
            wait(answer.headers.get("Retry-After", 1), session)
'''
STANDING = ("--clock", "2026-01-15T10:00:00Z")  # for patient clients, who move it
HASTY = "insist()"
PATIENT = "insist(patient=True)"
# The summary of a hasty client that meets throttled-twice, evened.
HASTY_SUMMARY = """
session default: 3 exchanges
  FAIL  retry-after-honoured     POST /source-connections was tried again N ms after 429 with \
Retry-After 1 s  #1 #2
                                 POST /source-connections was tried again N ms after 429 with \
Retry-After 1 s  #2 #3
  pass  retry-same-body          POST /source-connections was tried again with the same body \
(seen 2 times)
  pass  recovers                 POST /source-connections came through after 3 attempts (seen 1 time)
  pass  requests-valid           sends nothing that the contract refuses (seen 3 times)
  pass  headers-sent             sends the headers that the vendor asks for (seen 3 times)
  pass  no-secret-in-url         keeps secrets out of URLs (seen 3 times)
  pass  unknown-fields           sends nothing that the contract does not know (seen 3 times)
  pass  deprecated-used          uses nothing that the vendor has deprecated (seen 3 times)
  ----  not exercised: limits-heeded, no-retry-on-client-error, retries-bounded, backoff-grows, \
idempotency-key, gives-up-waiting, acts-on-failure, no-duplicate-create, pagination-followed, \
polling-sane, answers-webhooks, credential-kept
coverage: 2 of 8 (25.0 %) of the documented outcomes of 1 operation that were called
  airweave.create_source_connection  success, rate_limited  missing: bad_request, unauthorized, \
forbidden, not_found, unprocessable, server_error
"""


def evened(text):
    """Without what differs from run to run, and whatever the width of the coverage's column."""
    text = re.sub(r"\d+ ms", "N ms", text)
    return re.sub(r"^(  airweave\.create_source_connection) +", r"\1  ", text, flags=re.MULTILINE)


def python(client):
    """The command that runs this client."""
    return [sys.executable, "-B", "-c", CLIENT + client]


def run_exec(*options, client="", **environment):
    return run_mockduit("exec", *options, "--", *python(client), **environment)


def run_shell(script, *options, **environment):
    return run_mockduit("exec", *options, "--", "sh", "-c", script, **environment)


def take_signals():
    """Gives the signals that shells ignore in their background jobs (`./dev test &`) their defaults
    back; a process that is about to become another program calls it."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def start_exec(*options, client="", ignoring=(), **environment):
    """A run that goes on, with pipes to its three streams.

    It ignores `ignoring` from its start, and nothing else, whatever this process ignores."""
    def prepare():
        take_signals()
        for number in ignoring:
            signal.signal(number, signal.SIG_IGN)

    return subprocess.Popen([BINARY, "exec", *map(str, options), "--", *python(client)],
                            env=clean_environment(**environment), stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            preexec_fn=prepare)


@contextlib.contextmanager
def terminal_wanted():
    """Skips the test where no terminal can be opened; in a bare chroot /dev/pts is empty."""
    try:
        yield
    except OSError as error:
        raise unittest.SkipTest(f"no terminal can be opened ({error}); is /dev/pts mounted?")


def on_terminal(stream, *arguments, **environment):
    """What the command writes to `stream`, "stdout" or "stderr", where that is a terminal that knows colours."""
    environment = {"TERM": "xterm", **environment}
    with terminal_wanted():
        terminal, end = os.openpty()
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL,
               "stderr": subprocess.DEVNULL, stream: end}
    with subprocess.Popen([BINARY, *map(str, arguments)], env=clean_environment(**environment),
                          **streams) as process:
        os.close(end)
        text = read_terminal(terminal)
        process.wait(PATIENCE)
    os.close(terminal)
    return text


def read_terminal(terminal, until=None):
    """What comes, up to these words or to the end."""
    text = b""
    while until is None or until.encode() not in text:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # so Linux tells that nobody has it open any more
            break
        if not part:
            break
        text += part
    return text.decode().replace("\r\n", "\n")


class ExecTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def assert_complains(self, result, code, *lines):
        """It ended with this code before anything ran, and said only this."""
        self.assertEqual(result.stderr.splitlines(), [f"mockduit: {line}" for line in lines])
        self.assertEqual((result.returncode, result.stdout), (code, ""))

    def assert_unmet(self, result, *gates, code=3):
        """These gates, and no others, are told last."""
        told = [line for line in result.stderr.splitlines() if line.startswith("mockduit: ")]
        self.assertEqual(told, [f"mockduit: {gate}" for gate in gates], result.stderr)
        self.assertEqual(result.returncode, code, result.stderr)
