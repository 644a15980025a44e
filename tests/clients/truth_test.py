"""The rules of truth.py, each on a few attempts that are made up."""

import datetime
import unittest

import truth

BEGIN = datetime.datetime(2026, 1, 15, 10, tzinfo=datetime.timezone.utc)


def exchanges(*attempts):
    """Each is (seconds, status, {what else})."""
    made = []
    for number, (at, status, *more) in enumerate(attempts, 1):
        own = {"tag": "t0", "method": "POST", "told": None, "body": "{}", "fault": None, "delay": 0,
               "applied": False, "passing": status >= 429, **(more[0] if more else {})}
        made.append({
            "id": number, "at": (BEGIN + datetime.timedelta(seconds=at)).isoformat(), "fault": own["fault"],
            "delay": own["delay"], "applied": own["applied"], "passing": own["passing"],
            "operation": "airweave.create_source_connection" if own["method"] == "POST" else "airweave.list",
            "request": {"method": own["method"], "path": "/source-connections", "body": own["body"],
                        "body_bytes": len(own["body"]), "headers": [["X-Tag", own["tag"]]]},
            "response": {"status": status, "body_bytes": 50,
                         "headers": [["Retry-After", own["told"]]] if own["told"] else []},
        })
    return made


def waits(*lengths, status=500):
    at, attempts = 0, [(0, status)]
    for length in lengths:
        at += length
        attempts.append((at, status))
    return exchanges(*attempts)


class TruthTest(unittest.TestCase):
    def say(self, check, made, expected, **of_client):
        self.assertEqual(truth.tell(made, **of_client)[check], expected)

    def test_retry_after(self):
        told = {"told": "1"}
        check = "retry-after-honoured"
        self.say(check, exchanges((0, 429, told), (1.02, 200)), truth.PASS)
        self.say(check, exchanges((0, 429, told), (0.92, 200)), truth.PASS)
        self.say(check, exchanges((0, 429, told), (0.9, 200)), truth.EITHER)
        self.say(check, exchanges((0, 429, told), (0.5, 200)), truth.FAIL)
        self.say(check, exchanges((0, 429, told)), truth.UNSEEN)
        self.say(check, exchanges((0, 429, told), (0.5, 200, {"tag": "t1"})), truth.UNSEEN)
        self.say(check, exchanges((0, 429, {"told": "0"}), (0.01, 200)), truth.UNSEEN)
        date = {"told": "Thu, 15 Jan 2026 10:00:02 GMT"}
        self.say(check, exchanges((0, 429, date), (1.5, 200)), truth.FAIL)
        self.say(check, exchanges((0, 429, date), (2.1, 200)), truth.PASS)
        self.say(check, exchanges((0, 429, told), (30, 200)), truth.FAIL, rate=60)
        self.say(check, exchanges((0, 429, told), (61, 200)), truth.PASS, rate=60)

    def test_backoff(self):
        check = "backoff-grows"
        self.say(check, waits(0.1), truth.UNSEEN)
        self.say(check, waits(0.1, 0.2), truth.PASS)
        self.say(check, waits(0.2, 0.1), truth.UNSEEN)
        self.say(check, waits(0.003, 0.002), truth.FAIL)
        self.say(check, waits(0.003, 0.02), truth.EITHER)
        self.say(check, waits(0.01, 0.02, 0.01), truth.FAIL)
        self.say(check, waits(0.1, 0.101, 0.103), truth.FAIL)
        self.say(check, waits(0.1, 0.2, 0.15), truth.PASS)
        self.say(check, waits(0.4, 0.2, 0.1), truth.FAIL, shrinks=True)
        self.say(check, waits(0.4, 0.2, 0.1), truth.EITHER)
        self.say(check, exchanges(*((at, 429, {"told": "1"}) for at in (0, 1, 2, 3))), truth.UNSEEN)

    def test_a_slow_answer_may_be_taken_from_its_head(self):
        slow = {"fault": "slow"}  # 50 bytes last 125 ms
        made = exchanges((0, 500, slow), (0.05, 500, slow), (0.15, 500))
        self.say("backoff-grows", made, truth.EITHER)

    def test_refusals(self):
        check = "no-retry-on-client-error"
        self.say(check, exchanges((0, 409)), truth.PASS)
        self.say(check, exchanges((0, 409), (1, 409)), truth.FAIL)
        self.say(check, exchanges((0, 409), (1, 409, {"tag": "t1"})), truth.PASS)
        self.say(check, exchanges((0, 500), (1, 200)), truth.UNSEEN)
        delete = {"method": "DELETE", "body": ""}
        self.say(check, exchanges((0, 404, delete), (1, 404, delete)), truth.PASS)

    def test_bounds(self):
        check = "retries-bounded"
        self.say(check, waits(*[1] * 9), truth.PASS)
        self.say(check, waits(*[1] * 10), truth.FAIL)
        self.say(check, exchanges((0, 500), (1, 200)), truth.UNSEEN)

    def test_bodies(self):
        check = "retry-same-body"
        self.say(check, exchanges((0, 500), (1, 200)), truth.PASS)
        self.say(check, exchanges((0, 500), (1, 200, {"body": ""})), truth.FAIL)
        self.say(check, exchanges((0, 500, {"body": ""}), (1, 200, {"body": ""})), truth.UNSEEN)

    def test_recovery(self):
        check = "recovers"
        get = {"method": "GET", "body": ""}
        self.say(check, exchanges((0, 500), (1, 200)), truth.PASS)
        self.say(check, exchanges((0, 500)), truth.PASS)
        self.say(check, exchanges((0, 500, get)), truth.FAIL)
        self.say(check, exchanges((0, 429)), truth.FAIL)
        self.say(check, exchanges((0, 500, {"passing": False})), truth.UNSEEN)
        late = {**get, "delay": 0.7}
        self.say(check, exchanges((0, 200, late), (1, 200, get)), truth.PASS, patience=0.3)
        self.say(check, exchanges((0, 200, late)), truth.FAIL, patience=0.3)
        self.say(check, exchanges((0, 200, late)), truth.UNSEEN)

    def test_duplicates(self):
        check = "no-duplicate-create"
        made = {"applied": True}
        self.say(check, exchanges((0, 500, made)), truth.PASS)
        self.say(check, exchanges((0, 500, made), (1, 200, made)), truth.FAIL)
        self.say(check, exchanges((0, 500, made), (1, 200, {**made, "tag": "t1"})), truth.PASS)
        self.say(check, exchanges((0, 500, made), (1, 400)), truth.PASS)
        self.say(check, exchanges((0, 200, made)), truth.UNSEEN)


if __name__ == "__main__":
    unittest.main()
