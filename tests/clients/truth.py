"""What is true of a client: by the tag that its driver put on each logical call, which no check sees.

    truths = tell(exchanges, rate=1, patience=None, shrinks=False)    {check: one of the four below}

Attempts of a call are the exchanges with its tag, method and path, whatever their bodies, connections
and times. So nothing is guessed here that a check must guess. EITHER is said where a few milliseconds
decide: such a judgement counts for nothing.
"""

import datetime
import email.utils
import re

PASS, FAIL, UNSEEN, EITHER = "pass", "fail", "not_exercised", "either"
CHECKS = ("retry-after-honoured", "backoff-grows", "no-retry-on-client-error", "retries-bounded",
          "retry-same-body", "recovers", "no-duplicate-create")
MOST_ATTEMPTS = 10
REFUSALS = {400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422}
IDEMPOTENT = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}
LOST = {"reset", "empty", "truncate", "malformed", "stall"}
FAULT_LASTS = {"stall": 0.15}  # as the scenarios have it
SLOW_BYTES = 400  # a second, as the scenarios have it


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def header(message, name):
    return next((value for key, value in message["headers"] if key.lower() == name.lower()), None)


class Attempt:
    """One exchange, in the client's own seconds."""

    def __init__(self, exchange, rate, patience):
        request, response = exchange["request"], exchange["response"]
        self.id = exchange["id"]
        self.tag = header(request, "X-Tag")
        self.method = request["method"]
        self.path = request["path"]
        self.body = request["body"]
        self.body_bytes = request["body_bytes"]
        self.status = response["status"]
        self.applied = exchange["applied"]
        self.passing = exchange["passing"]
        self.creates = "create_" in (exchange["operation"] or "")
        self.pace = rate or 1  # on a clock that stands still, a wait is what it was advanced by
        wire = exchange.get("wire") or {}
        arrived = wire.get("arrived")
        self.start = seconds(exchange["at"]) / self.pace if arrived is None else seconds(arrived)
        self.moved = (exchange.get("clock") or {}).get("moved", 0)  # by hand, on a clock that stands still
        fault = exchange["fault"]
        kind = fault if isinstance(fault, str) else next(iter(fault), None) if fault else None
        lasts = exchange["delay"] + FAULT_LASTS.get(kind, 0)
        if kind == "slow":
            lasts += response["body_bytes"] / SLOW_BYTES
        # A client that is out of patience has gone before the answer was whole.
        self.left = patience is not None and lasts > patience
        if self.left:
            lasts = patience
            self.passing = True  # each answer that is late is so once
        self.lost = self.left or kind in LOST
        # Real time passes on a clock that stands still, too, but it does not show. The answer begins
        # at `head`: some clients take the status and go on before its `end`.
        self.end = self.ended(exchange, self.start + (lasts if rate else 0))
        self.head = min(self.end, self.start + (exchange["delay"] if rate else 0)) if kind == "slow" else self.end
        self.told, self.says_when = self.announced(header(response, "Retry-After"))

    def ended(self, exchange, guess):
        """When the answer was over for the client: the wire knows it to the millisecond."""
        ended = (exchange.get("wire") or {}).get("ended")
        if self.left or not isinstance(ended, str):
            return guess
        end = seconds(ended)
        return end if 0 <= end - self.start < 3600 else guess

    def announced(self, text):
        """How long Retry-After says to wait from the end of this answer, None for not at all; and
        whether it says when: 0 and the past do, too, but nobody can come too soon after them."""
        if text is None or self.lost:
            return None, False
        if re.fullmatch("[0-9]+", text):
            wait = int(text)
        else:
            wait = email.utils.parsedate_to_datetime(text).timestamp() - self.end
        return (wait if wait > 0 else None), True

    @property
    def failed(self):
        return self.lost or self.status in (408, 429) or self.status >= 500

    @property
    def refused(self):
        return not self.failed and self.status >= 400

    def __str__(self):
        return (f"#{self.id} {self.tag} {self.method} at {self.start % 1000:.3f} for {self.end - self.start:.3f}: "
                f"{'lost' if self.lost else self.status}, Retry-After {self.told}")


def calls_of(exchanges, rate=1, patience=None):
    """The attempts of each call, in their order."""
    calls = {}
    for exchange in exchanges:
        attempt = Attempt(exchange, rate, patience)
        calls.setdefault((attempt.tag, attempt.method, attempt.path), []).append(attempt)
    return list(calls.values())


def retry_after_honoured(call, shrinks):
    """Early is early, whoever the others are: a tenth or 50 ms may be missing (timers are no better)."""
    found = UNSEEN
    for before, after in zip(call, call[1:]):
        if before.told is None:
            continue
        waited = max(after.start - before.end, after.moved - before.moved)
        margin = waited - (before.told - max(before.told / 10, 0.05))
        if margin < -0.01:
            return FAIL
        found = EITHER if margin < 0.01 or found == EITHER else PASS
    return found


def rows(call, since):
    """Rows of waits that nobody announced, each after a failure that the client saw. To the first answer
    that says to come again at once a client may do so; to the next ones it waits as it chooses."""
    row = []
    at_once = False
    for before, after in zip(call, call[1:]):
        said_so, at_once = at_once, at_once or (before.says_when and before.told is None)
        if before.failed and not before.left and before.told is None and (said_so or not before.says_when):
            row.append(after.moved - before.moved or max(0, after.start - since(before)))
        else:
            yield row
            row = []
    yield row


def backoff_grows(call, shrinks):
    """Of the longest row, be it that the client waits from the answer's end or from its head."""
    said = {growth(max(rows(call, since), key=len), shrinks)
            for since in (lambda attempt: attempt.end, lambda attempt: attempt.head)}
    return said.pop() if len(said) == 1 else EITHER


def growth(row, shrinks):
    """All at once or all alike is a fault. So is what shrinks from step to step, of a client that is
    made so: jitter, or a machine that is less busy by and by, may show others like that. Two waits
    prove little."""
    if len(row) < 2:
        return UNSEEN
    if len(row) == 2:
        if max(row) <= 0.030:
            return FAIL if max(row) < 0.007 else EITHER
        step = row[1] / max(row[0], 0.001)
        return PASS if step > 1.25 else UNSEEN if step < 1.03 else EITHER
    if max(row) < 0.025:
        return FAIL
    if max(row) < 0.040:
        return EITHER
    short = sum(wait <= 0.030 for wait in row) / len(row)
    if short > 0.5:  # a busy machine holds up a loop that does not wait, too
        return EITHER
    middle = sorted(row)[len(row) // 2]
    alike = sum(0.88 < wait / middle < 1.13 for wait in row) / len(row)
    spread = max(row) / max(min(row), 0.001) - 1
    if spread < 0.08:
        return FAIL
    steps = [after / max(before, 0.001) for before, after in zip(row, row[1:])]
    if max(steps) < 0.88:
        return FAIL if shrinks else EITHER
    return EITHER if shrinks or alike > 0.6 or spread < 0.25 or max(steps) < 0.97 else PASS


def no_retry_on_client_error(call, shrinks):
    """The same call behind a refusal; a DELETE that finds nothing was done before."""
    found = UNSEEN
    for place, attempt in enumerate(call):
        if attempt.refused and attempt.status in REFUSALS:
            gone = attempt.method == "DELETE" and attempt.status in (404, 410)
            if place + 1 < len(call) and not gone:
                return FAIL
            found = PASS
    return found


def retries_bounded(call, shrinks):
    """Shown by who gives up, or by who does not know when to."""
    if len(call) > MOST_ATTEMPTS:
        return FAIL
    return PASS if call[-1].failed else UNSEEN


def retry_same_body(call, shrinks):
    found = UNSEEN
    for before, after in zip(call, call[1:]):
        if before.failed and before.body_bytes:
            if (before.body, before.body_bytes) != (after.body, after.body_bytes):
                return FAIL
            found = PASS
    return found


def recovers(call, shrinks):
    """To give up is a fault where nothing could happen twice: a 429 did nothing, and what is
    idempotent may be repeated. Anything else may be given up."""
    if not any(attempt.failed and attempt.passing for attempt in call):
        return UNSEEN
    last = call[-1]
    if not last.failed:
        return PASS
    if not last.passing:
        return UNSEEN
    return FAIL if last.method in IDEMPOTENT or (last.status == 429 and not last.lost) else PASS


def no_duplicate_create(call, shrinks):
    """One that took effect unseen, and then another one that did."""
    unseen = False
    for attempt in call:
        if not (attempt.creates and attempt.applied):
            continue
        if unseen:
            return FAIL
        unseen = attempt.failed
    return PASS if unseen else UNSEEN


RULES = dict(zip(CHECKS, (retry_after_honoured, backoff_grows, no_retry_on_client_error, retries_bounded,
                          retry_same_body, recovers, no_duplicate_create)))


def tell(exchanges, rate=1, patience=None, shrinks=False):
    """A fault in one call is one of the client; one call that shows it well shows it of the client."""
    truths = {}
    calls = calls_of(exchanges, rate, patience)
    for check, rule in RULES.items():
        said = {rule(call, shrinks) for call in calls}
        truths[check] = next((truth for truth in (FAIL, EITHER, PASS) if truth in said), UNSEEN)
    return truths
