"""What the tests of verdicts share: small clients that behave well or badly, and what was said.

Each test has a session of its own. Unless a test says otherwise its clock stands still, and a
client that waits moves it, which takes no time. What goes by on the wire meanwhile is added to
that: so a duration of which a text tells is written "~2 s", two seconds and not much more.
"""

import http.client
import itertools
import json
import re
import time

from calls import ScenarioTest
from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, BASIC, FIVETRAN_BODY, FIVETRAN_PATH, PATIENCE,
                      control)
from worlds import START, ask

AIRWEAVE_KEY = {"X-API-Key": "my-key"}
FIVETRAN_KEY = {"Authorization": BASIC}
LOST = "lost"  # in place of a status, where no whole answer came

CHECKS = ["retry-after-honoured", "limits-heeded", "no-retry-on-client-error", "retries-bounded",
          "backoff-grows", "retry-same-body", "idempotency-key", "recovers", "gives-up-waiting",
          "acts-on-failure", "no-duplicate-create", "pagination-followed", "polling-sane",
          "answers-webhooks", "requests-valid", "headers-sent", "credential-kept",
          "no-secret-in-url", "unknown-fields", "deprecated-used"]
# How a finding ends that another reading of who sent what would excuse.
UNLESS_ANOTHERS = ("; unless another caller made an equal call at the same time: give each call an "
                   "identity (X-Mockduit-Call), or each test a session")
AT_ONCE = 0.05  # seconds within which equal requests may be those of several callers
DURATION = r"\d+(?:\.\d+)? (?:ms|s)|\d+ min(?: \d+ s)?"


def seconds(duration):
    """Of "150 ms", "1.50 s" or "1 min 30 s", as findings write them."""
    parts = duration.split()
    units = {"ms": 0.001, "s": 1, "min": 60}
    return sum(float(number) * units[unit] for number, unit in zip(parts[::2], parts[1::2]))


class Client:
    """Calls a vendor in one session, on one connection or, without keep-alive, on one a call."""

    def __init__(self, test, keep_alive=True, key=None, scenario=None, agent="our-client/1",
                 patience=PATIENCE, call_id=None):
        self.test = test
        self.keep_alive = keep_alive
        self.key = key  # headers, in place of the usual credential
        self.scenario = scenario
        self.agent = agent
        self.patience = patience
        self.call_id = call_id  # by which it says that all of its requests are one call's
        self.json = None     # of the last answer, where it has any
        self.headers = None  # of the last answer
        self._connection = None
        test.addCleanup(self.close)

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def call(self, method, path, body=None, headers=()):
        """The status of the answer, or LOST. A body is sent as JSON, unless it is text already."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                self.test.emulator.host, self.test.emulator.port, timeout=self.patience)
        text = body if isinstance(body, str) or body is None else json.dumps(body)
        sent = {"User-Agent": self.agent, **self._credential(path),
                "X-Mockduit-Call": self.call_id, **dict(headers)}
        if text is not None and "Content-Type" not in sent:
            sent["Content-Type"] = "application/json"
        sent = {name: value for name, value in sent.items() if value is not None}
        scenario = f"~{self.scenario}" if self.scenario else ""
        target = f"/{scenario}@{self.test.session}{path}"
        try:
            self._connection.request(method, target, text, sent)
            answer = self._connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return LOST
        if not self.keep_alive:
            self.close()
        self.headers = answer.headers
        is_json = "json" in (answer.headers["Content-Type"] or "")
        try:
            self.json = json.loads(content) if is_json and content else None
        except json.JSONDecodeError:
            return LOST
        return answer.status

    def _credential(self, path):
        if self.key is not None:
            return self.key
        return FIVETRAN_KEY if path.startswith(("/v1", "/v2")) else AIRWEAVE_KEY

    def create(self, body=AIRWEAVE_BODY, **more):
        return self.call("POST", AIRWEAVE_PATH, body, **more)

    def create_on_fivetran(self, body=FIVETRAN_BODY, **more):
        return self.call("POST", FIVETRAN_PATH, body, **more)

    def wait(self, by):
        """Seconds, as a number, or a duration as the control API writes it."""
        self.test.advance(self.test.session, by if isinstance(by, str) else f"{round(by * 1000)}ms")

    def retry(self, *waits, call=None):
        """Makes the call, by default a create, and again after each of these waits, while it fails.

        Gives the statuses."""
        call = call or self.create
        statuses = [call()]
        for wait in waits:
            if statuses[-1] != LOST and statuses[-1] < 400:
                break
            self.wait(wait)
            statuses.append(call())
        return statuses


class VerdictsTest(ScenarioTest):
    OPTIONS = ("--clock", START, "--seed", 7)
    _sessions = itertools.count(1)
    CLOCK = None  # of each test's session, where it is not the server's

    def setUp(self):
        self._began = time.monotonic()
        self.session = f"session-{next(self._sessions)}"
        if self.CLOCK:
            self.put_session(clock=self.CLOCK)

    def put_session(self, **settings):
        control(self.emulator, "PUT", f"/sessions/{self.session}", settings)

    def play(self, *plays, **rule):
        """From now on the session meets a scenario of one rule, for creates unless `match` says
        otherwise; gives the scenario's name."""
        name = self.define(*plays, **rule)
        self.put_session(scenario=name)
        return name

    def play_whole(self, **scenario):
        self.put_session(scenario=self.define_whole(**scenario))

    def journal(self):
        return self.exchanges(self.session)

    def judge(self, query=""):
        """All that is said of the session."""
        return control(self.emulator, "GET", f"/sessions/{self.session}/verdicts{query}")

    def verdict(self, check, query=""):
        verdicts = {one["check"]: one for one in self.judge(query)["verdicts"]}
        return verdicts[check]

    def assert_result(self, result, check, query=""):
        verdict = self.verdict(check, query)
        self.assertEqual(verdict["result"], result, verdict)
        return verdict

    def assert_passes(self, check, times=None, query=""):
        """Also: it was exercised, so many times, and nothing is held against the client."""
        verdict = self.assert_result("pass", check, query)
        self.assertEqual(verdict["findings"], [])
        self.assertGreater(verdict["exercised"], 0)
        if times is not None:
            self.assertEqual(verdict["exercised"], times, verdict)
        self.assertIn(f"(seen {verdict['exercised']} time", verdict["summary"])

    def assert_idle(self, check, query=""):
        verdict = self.assert_result("not_exercised", check, query)
        self.assertEqual((verdict["exercised"], verdict["findings"]), (0, []))
        self.assertEqual(verdict["summary"], "nothing happened that shows it")

    def assert_fails(self, check, *findings, query=""):
        """Each finding is its text and the ids of its exchanges."""
        self.assert_told("fail", check, *findings, query=query)

    def assert_inconclusive(self, check, *findings, query=""):
        self.assert_told("inconclusive", check, *findings, query=query)

    def assert_told(self, result, check, *findings, query=""):
        verdict = self.assert_result(result, check, query)
        told = verdict["findings"]
        self.assertEqual([one["exchanges"] for one in told], [shown for _, shown in findings],
                         verdict)
        for one, (text, _) in zip(told, findings):
            self.assert_text(text, one["text"])
        more = f"; and {len(told) - 1} more" if result == "fail" and len(told) > 1 else ""
        self.assertEqual(verdict["summary"], told[0]["text"] + more)

    def assert_text(self, expected, text):
        """Of "~2 s" the text has two seconds, or up to as much more as this test has run by now."""
        parts = re.split(f"~({DURATION})", expected)
        pattern = f"({DURATION})".join(re.escape(part) for part in parts[::2])
        found = re.fullmatch(pattern, text)
        self.assertTrue(found, f"{text!r} is not {expected!r}")
        running = time.monotonic() - self._began
        for least, took in zip(map(seconds, parts[1::2]), map(seconds, found.groups())):
            rounded = 0.001 + took / 100
            self.assertTrue(least - rounded <= took <= least + running + rounded,
                            f"{text!r} is not {expected!r}")

    def assert_open(self, check, code, query=""):
        """It is inconclusive for this reason, by the slug of its code, and no other."""
        verdict = self.assert_result("inconclusive", check, query)
        self.assertEqual({one["code"] for one in verdict["findings"]}, {f"{check}/{code}"}, verdict)
        return verdict

    def assert_open_at_once(self, check, took):
        """Nobody can tell whether requests that took so many seconds in all are one caller's.

        Where a busy machine parted them they are one's, and what they show is a fault."""
        if took < AT_ONCE or self.verdict(check)["result"] != "fail":
            self.assert_open(check, "one-or-two-callers")

    def admin_problem(self, method, path, status, body=None):
        """The detail of a refusal."""
        return self.assert_problem(ask(self.emulator, method, path, body), status)["detail"]
