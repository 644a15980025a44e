"""The pytest fixture `mockduit`: a session of its own for each test, on one server for the run.

pytest loads this plugin by its entry point. A test fails where a verdict on its requests does. The
plugin uses the control API and the standard library alone, and never touches the client under test.
"""
import hashlib
import json
import os
import re
import subprocess
import tempfile
import urllib.error
import urllib.request

import pytest

# The server ends when its command does, and `cat` ends when this process does, however that ends.
COMMAND = ["exec", "--port", "0", "--", "sh", "-c", 'echo "$MOCKDUIT_URL"; exec cat']
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy in between
_MOCK = pytest.StashKey()


def session_name(test):
    """The test's name where it is a valid session name; else the end of it and a hash."""
    if re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", test):
        return test
    words = re.sub(r"[^A-Za-z0-9._-]+", "-", test).lower()[-55:].strip("-._")
    return f"{words}-{hashlib.sha256(test.encode(errors='replace')).hexdigest()[:8]}".lstrip("-")


class Server:
    """The server at MOCKDUIT_URL, which is left running, or else one that is started."""

    def __init__(self):
        self.process = None
        self.url = (os.environ.get("MOCKDUIT_URL") or self._start()).rstrip("/")
        self.paths = self.call("GET", "/")["paths"]

    def _start(self):
        binary = os.environ.get("MOCKDUIT_BIN") or "mockduit"
        log = tempfile.TemporaryFile()
        try:
            self.process = subprocess.Popen([binary, *COMMAND], stdin=subprocess.PIPE,
                                             stdout=subprocess.PIPE, stderr=log)
        except OSError as error:
            raise RuntimeError(f"{binary}: {error.strerror}; is MOCKDUIT_BIN right?") from None
        os.register_at_fork(after_in_child=self.process.stdin.close)
        url = self.process.stdout.readline().decode().strip()
        if not url:
            code = self.process.wait()
            log.seek(0)
            said = log.read().decode().strip()
            raise RuntimeError(f"mockduit does not start (exit code {code}): {said}")
        return url

    def call(self, method, path, body=None):
        """Calls the control API; gives what it answers."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if os.environ.get("MOCKDUIT_ADMIN_TOKEN"):
            headers["Authorization"] = "Bearer " + os.environ["MOCKDUIT_ADMIN_TOKEN"]
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with OPENER.open(request, timeout=60) as answer:
                return json.loads(answer.read() or "null")
        except urllib.error.HTTPError as error:
            reason = error.read().decode("utf-8", "replace")
        except (OSError, ValueError) as error:
            reason = error
        raise RuntimeError(f"{method} {self.url}{path}: {reason}")


class Mockduit:
    """The session of one test."""

    def __init__(self, server, test):
        self._server, self.session, self._required = server, session_name(test), ("all",)
        self._call("DELETE")  # an earlier run may have left it

    def url(self, vendor):
        """The base URL for a client of this vendor."""
        paths = self._server.paths
        if vendor not in paths:
            raise RuntimeError(f"no vendor is called '{vendor}'; there are {', '.join(paths)}")
        return f"{self._server.url}/@{self.session}{paths[vendor]}"

    def set(self, **settings):
        """Changes the session's scenario, seed, clock, editions or seed_state."""
        self._call("PUT", body=settings)

    def advance(self, by):  # such as "61s", on the session's clock
        self._call("POST", "/clock/advance", {"by": by})

    def requests(self):  # the journal: every exchange, the oldest first
        return self._call("GET", "/requests")["requests"]

    def verdicts(self):
        return self._call("GET", "/verdicts")["verdicts"]

    def require(self, *checks):
        """Requires these checks instead of "all"; each must be exercised. None: nothing fails."""
        self._required = checks

    def verify(self):
        """Raises AssertionError unless the verdicts are as required. The test's end calls it."""
        report, every = self._call("GET", "/verdicts"), "all" in self._required
        unknown = set(self._required) - {"all", *(one["check"] for one in report["verdicts"])}
        lines = [f"no check is called '{check}'" for check in sorted(unknown)]
        if every and report["total"] == 0:
            lines.append("no request came to this session; does the client use its URL?")
        for verdict in report["verdicts"]:
            named, result = verdict["check"] in self._required, verdict["result"]
            if named and result != "pass" or every and result in ("fail", "inconclusive"):
                for one in verdict["findings"] or [{"text": verdict["summary"], "exchanges": []}]:
                    proof = "".join(f" #{exchange}" for exchange in one["exchanges"])
                    lines.append(f"{verdict['check']}: {one['text']}{proof}")
        if lines:
            raise AssertionError("\n  ".join([f"mockduit session {self.session}:", *lines]))

    def _call(self, method, path="", body=None):
        return self._server.call(method, f"/__admin/sessions/{self.session}{path}", body)


@pytest.fixture(scope="session")
def mockduit_server():
    server = Server()
    yield server
    if server.process:
        server.process.communicate()  # closes its standard input and waits for its end


@pytest.fixture
def mockduit(mockduit_server, request):
    """The test's session. @pytest.mark.mockduit(scenario=…, clock=…, require=[…]) sets it up."""
    mock = request.node.stash[_MOCK] = Mockduit(mockduit_server, request.node.nodeid)
    marker = request.node.get_closest_marker("mockduit")
    settings = dict(marker.kwargs) if marker else {}
    mock.require(*settings.pop("require", ["all"]))
    mock.set(**settings)
    return mock


@pytest.hookimpl(trylast=True)
def pytest_runtest_call(item):  # after the test itself, and only where that has not failed
    if _MOCK in item.stash:
        item.stash[_MOCK].verify()


def pytest_configure(config):
    config.addinivalue_line("markers", "mockduit(scenario, clock, …, require): the test's session")
