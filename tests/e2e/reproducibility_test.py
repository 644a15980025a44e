"""The same seed, the same clock and the same requests give the same bytes."""

import re
import unittest

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, BASIC, FIVETRAN_BODY, FIVETRAN_PATH, JSON_TYPE,
                      SUPERMETRICS_BODY, SUPERMETRICS_PATH, Emulator, request)

BEARER = [JSON_TYPE, ("Authorization", "Bearer my-token")]
RAW_KEY = [JSON_TYPE, ("Authorization", "my-key")]
API_KEY = [JSON_TYPE, ("X-API-Key", "my-key")]
LOGIN = [JSON_TYPE, ("Authorization", BASIC)]

SEQUENCE = [
    ("POST", SUPERMETRICS_PATH, BEARER, SUPERMETRICS_BODY),
    ("POST", SUPERMETRICS_PATH, BEARER, SUPERMETRICS_BODY),
    ("POST", SUPERMETRICS_PATH, RAW_KEY, SUPERMETRICS_BODY),
    ("POST", SUPERMETRICS_PATH, BEARER, "{}"),
    ("POST", AIRWEAVE_PATH, API_KEY, AIRWEAVE_BODY),
    ("POST", FIVETRAN_PATH, LOGIN, FIVETRAN_BODY),
    ("POST", "/@elsewhere" + FIVETRAN_PATH, LOGIN, FIVETRAN_BODY),
    *[("POST", "/~throttled-twice@elsewhere" + SUPERMETRICS_PATH, BEARER, SUPERMETRICS_BODY)] * 3,
    ("POST", "/~rate-limited" + AIRWEAVE_PATH, API_KEY, AIRWEAVE_BODY),
    ("GET", "/nothing", [], ""),
    ("GET", "/__admin/sessions/elsewhere/requests", [], ""),
    ("GET", "/__admin/sessions", [], ""),
]


# What the control API tells in real time, which differs in each run: its Date, and when something
# went over the wire. A time that is not known yet is shorter, so that the length differs, too.
REAL_TIME = re.compile(rb'(?m)^(Date|Content-Length): .*$|"(opened|arrived|ended|closed)": '
                       rb'(?:"[^"]*"|null)')


def answers(*options):
    with Emulator(*options) as emulator:
        host = emulator.host + ":8080"  # the same in each run, so that Location is
        return [request(emulator, method, path, headers, body, host).raw
                for method, path, headers, body in SEQUENCE]


class ReproducibilityTest(unittest.TestCase):
    def test_two_runs_give_the_same_bytes(self):
        options = ("--seed", 7, "--clock", "2026-01-15T10:00:00Z")
        for call, first, second in zip(SEQUENCE, answers(*options), answers(*options)):
            if call[1].startswith("/__admin/"):
                first, second = REAL_TIME.sub(b"", first), REAL_TIME.sub(b"", second)
            else:
                self.assertIn(b"\r\nDate: Thu, 15 Jan 2026 10:00:00 GMT\r\n", first)
            self.assertEqual(first, second)

    def test_another_seed_gives_other_ids(self):
        clock = ("--clock", "2026-01-15T10:00:00Z")
        first, second = answers("--seed", 7, *clock)[:6], answers("--seed", 8, *clock)[:6]
        for one, other in zip(first, second):
            self.assertNotEqual(one, other)

    def test_two_sessions_of_one_run_have_ids_of_their_own(self):
        here, elsewhere = answers("--seed", 7, "--clock", "2026-01-15T10:00:00Z")[5:7]
        self.assertNotEqual(here.partition(b"\r\n\r\n")[2], elsewhere.partition(b"\r\n\r\n")[2])

    def test_without_a_seed_ids_differ(self):
        clock = ("--clock", "2026-01-15T10:00:00Z")
        self.assertNotEqual(answers(*clock)[0], answers(*clock)[0])

    def test_a_reset_session_begins_again(self):
        with Emulator("--seed", 7, "--clock", "2026-01-15T10:00:00Z") as emulator:
            create = ("POST", SUPERMETRICS_PATH, BEARER, SUPERMETRICS_BODY)
            first, second = (request(emulator, *create).raw for _ in range(2))
            self.assertNotEqual(first, second)
            self.assertEqual(request(emulator, "POST", "/__admin/reset", host=emulator.host).status, 204)
            self.assertEqual(request(emulator, *create).raw, first)


if __name__ == "__main__":
    unittest.main()
