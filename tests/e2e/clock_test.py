"""Each session's time: frozen, fast, or moved by hand; and told alike everywhere."""

import base64
import datetime
import email.utils
import json
import time
import unittest

from emulator import (Emulator, EmulatorTest, control, create_on_supermetrics, raw_request,
                      request)
from worlds import START, ask, create_on_airweave, create_on_fivetran

ONE_A_MINUTE = "limits: [{allow: 1, per: 60s}]\n"


def throttled(wait):
    return f"rules: [{{play: [{{outcome: rate_limited, retry_after: {wait}, times: forever}}]}}]\n"


def put_scenario(emulator, name, text):
    answer = ask(emulator, "PUT", f"/scenarios/{name}", text)
    assert answer.status in (200, 201), answer


def micros(text):
    """Since 1970, of "2026-01-15T10:00:00.000000" with or without Z."""
    moment = datetime.datetime.fromisoformat(text.removesuffix("Z") + "+00:00")
    return round(moment.timestamp() * 1e6)


def millis_of(uuid7):
    return int(uuid7.replace("-", "")[:12], 16)


def now():
    return round(time.time() * 1e6)


class FrozenTest(EmulatorTest):
    OPTIONS = ("--clock", START)

    def advance(self, session, by):
        return control(self.emulator, "POST", f"/sessions/{session}/clock/advance", {"by": by})

    def journal(self, session):
        return control(self.emulator, "GET", f"/sessions/{session}/requests")["requests"]

    def test_a_limit_opens_when_the_clock_is_moved_past_it(self):
        put_scenario(self.emulator, "one-a-minute", ONE_A_MINUTE)
        for vendor, create in (("airweave", create_on_airweave), ("fivetran", create_on_fivetran),
                               ("supermetrics", create_on_supermetrics)):
            with self.subTest(vendor=vendor):
                prefix = f"/~one-a-minute@{vendor}"
                self.assertIn(create(self.emulator, prefix).status, (200, 201))
                refused = create(self.emulator, prefix)
                self.assertEqual((refused.status, refused.headers["Retry-After"]), (429, "60"))
                self.advance(vendor, "59s")
                refused = create(self.emulator, prefix)
                self.assertEqual((refused.status, refused.headers["Retry-After"]), (429, "1"))
                self.advance(vendor, "2s")
                self.assertIn(create(self.emulator, prefix).status, (200, 201))
                journal = self.journal(vendor)
                self.assertEqual([exchange["at"] for exchange in journal],
                                 [START, START, "2026-01-15T10:00:59.000000Z",
                                  "2026-01-15T10:01:01.000000Z"])
                self.assertEqual([exchange["retry_after"] for exchange in journal],
                                 [None, {"seconds": 60, "session_seconds": 60, "date": None},
                                  {"seconds": 1, "session_seconds": 1, "date": None}, None])

    def test_every_time_in_an_answer_is_the_sessions(self):
        self.advance("times", "61s")
        at = micros(START) + 61_000_000
        source = create_on_airweave(self.emulator, "/@times").json()
        self.assertEqual(micros(source["created_at"]), at)
        self.assertEqual(micros(source["modified_at"]), at)
        connection = create_on_fivetran(self.emulator, "/@times").json()["data"]
        self.assertEqual(micros(connection["created_at"]), at)
        claims = connection["connect_card"]["token"].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        self.assertEqual(claims["iat"], at // 1_000_000)
        created = create_on_supermetrics(self.emulator, "/@times").json()
        self.assertEqual(millis_of(created["data"]["connection_id"]), at // 1000)
        self.assertEqual(millis_of(created["meta"]["request_id"]), at // 1000)
        self.assertEqual({micros(exchange["at"]) for exchange in self.journal("times")}, {at})
        store = control(self.emulator, "GET", "/sessions/times/store")["resources"]
        for resource in store["supermetrics.data_source_connection"].values():
            self.assertEqual(micros(resource["created_at"]), at)

    def test_rules_come_into_force_by_the_sessions_time(self):
        put_scenario(self.emulator, "later", "rules: [{when: {after: 1h, until: 2h}, "
                                             "play: [{outcome: server_error, times: forever}]}]")
        statuses = []
        for by in ("0s", "59m59s", "1s", "1h"):
            self.advance("when", by)
            statuses.append(create_on_supermetrics(self.emulator, "/~later@when").status)
        self.assertEqual(statuses, [201, 201, 500, 201])

    def test_a_date_in_retry_after_is_the_sessions(self):
        put_scenario(self.emulator, "by-date", throttled("{date: 90s}"))
        answer = create_on_supermetrics(self.emulator, "/~by-date@date")
        self.assertEqual(answer.headers["Retry-After"], "Thu, 15 Jan 2026 10:01:30 GMT")
        self.assertEqual(self.journal("date")[0]["retry_after"],
                         {"seconds": 90, "session_seconds": 90,
                          "date": "2026-01-15T10:01:30.000000Z"})


class FastTest(EmulatorTest):
    """A minute of the session is a second of the client."""

    OPTIONS = ("--clock", START + "@60")

    def told(self, wait, session):
        put_scenario(self.emulator, session, throttled(wait))
        answer = create_on_supermetrics(self.emulator, f"/~{session}@{session}")
        journal = control(self.emulator, "GET", f"/sessions/{session}/requests")["requests"]
        return answer.headers["Retry-After"], journal[0]["retry_after"]

    def test_retry_after_is_in_the_clients_seconds_rounded_up(self):
        for wait, seconds in (("60s", 1), ("61s", 2), ("90s", 2), ("1s", 1), ("1h", 60)):
            with self.subTest(wait=wait):
                text, journal = self.told(wait, f"after-{wait}")
                self.assertEqual(text, str(seconds))
                session = 3600 if wait == "1h" else int(wait[:-1])
                self.assertEqual(journal, {"seconds": seconds, "session_seconds": session,
                                           "date": None})

    def test_a_wait_is_rounded_once(self):
        control(self.emulator, "PUT", "/sessions/slower", {"clock": f"{START}@1.1"})
        put_scenario(self.emulator, "slower", throttled("2.1s"))
        answer = create_on_supermetrics(self.emulator, "/~slower@slower")
        self.assertEqual(answer.headers["Retry-After"], "2")

    def test_a_date_in_retry_after_is_the_clients(self):
        before = time.time()
        text, journal = self.told("{date: 90s}", "date")
        date = email.utils.parsedate_to_datetime(text).timestamp()
        self.assertLessEqual(before + 2, date)
        self.assertLessEqual(date, time.time() + 3)
        self.assertEqual(micros(journal.pop("date")), date * 1_000_000)
        self.assertEqual(journal, {"seconds": 2, "session_seconds": 90})

    def test_a_session_begins_at_the_time_when_it_is_made(self):
        before = now()
        clock = control(self.emulator, "GET", "/sessions/young/clock")
        self.assertEqual((clock["mode"], clock["rate"]), ("real", 60))
        passed = micros(clock["now"]) - micros(START)
        self.assertGreaterEqual(passed, 0)
        self.assertLessEqual(passed, (now() - before) * 60)


class SettingTest(EmulatorTest):
    def clock(self, session, **body):
        if body:
            return control(self.emulator, "PUT", f"/sessions/{session}/clock", body)
        return control(self.emulator, "GET", f"/sessions/{session}/clock")

    def assert_real(self, session, **body):
        before = now()
        clock = self.clock(session, **body)
        self.assertLessEqual(before, micros(clock["now"]))
        self.assertLessEqual(micros(clock["now"]), now())
        self.assertEqual((clock["mode"], clock["rate"]), ("real", 1))

    def test_it_is_the_real_one_unless_said_otherwise(self):
        self.assert_real("untouched")

    def test_mode_frozen_alone_stands_still_now(self):
        before = now()
        stands = self.clock("still", mode="frozen")
        self.assertLessEqual(before, micros(stands["now"]))
        self.assertEqual((stands["mode"], stands["rate"]), ("frozen", 0))
        self.assertEqual(self.clock("still"), stands)
        created = create_on_airweave(self.emulator, "/@still").json()["created_at"]
        self.assertEqual(created + "Z", stands["now"])
        # And mode real alone is the real time again.
        self.assert_real("still", mode="real")

    def test_now_alone_leaves_the_pace_as_it_is(self):
        self.clock("set", mode="frozen")
        self.assertEqual(self.clock("set", now="2030-01-01"),
                         {"now": "2030-01-01T00:00:00.000000Z", "mode": "frozen", "rate": 0})
        self.clock("run", rate=10)
        clock = self.clock("run", now="2030-01-01T02:00:00+02:00")
        self.assertGreaterEqual(micros(clock["now"]), micros("2030-01-01T00:00:00Z"))
        self.assertEqual(clock["rate"], 10)

    def test_now_with_a_mode_or_a_rate(self):
        clock = self.clock("both", now=START, mode="frozen")
        self.assertEqual(clock, {"now": START, "mode": "frozen", "rate": 0})
        clock = self.clock("both", now=START, mode="real")
        self.assertEqual((clock["rate"], clock["now"][:16]), (1, START[:16]))
        clock = self.clock("both", now=START, rate=0.5)
        self.assertEqual((clock["mode"], clock["rate"]), ("real", 0.5))

    def test_rate_alone_goes_on_from_where_it_is(self):
        self.clock("onward", now=START, mode="frozen")
        clock = self.clock("onward", rate=1000)
        self.assertGreaterEqual(micros(clock["now"]), micros(START))
        self.assertEqual((clock["mode"], clock["rate"]), ("real", 1000))

    def test_advance_moves_any_clock(self):
        self.clock("moved", now=START, mode="frozen")
        for by, at in (("61s", "10:01:01.000000"), ("1m30s", "10:02:31.000000"),
                       ("150ms", "10:02:31.150000"), ("1d", "10:02:31.150000")):
            clock = control(self.emulator, "POST", "/sessions/moved/clock/advance", {"by": by})
            self.assertEqual(clock["now"][11:-1], at)
        self.assertEqual((clock["now"][:10], clock["mode"]), ("2026-01-16", "frozen"))
        before = now()
        clock = control(self.emulator, "POST", "/sessions/ahead/clock/advance", {"by": "1h"})
        self.assertGreaterEqual(micros(clock["now"]), before + 3_600_000_000)
        self.assertEqual(clock["mode"], "real")

    def test_a_rate_that_is_told_can_be_set_again(self):
        for rate in ("0.5", "0.1234567", "0.0000001", "60", "1000000"):
            with self.subTest(rate=rate):
                answer = ask(self.emulator, "PUT", "/sessions/again", {"clock": f"{START}@{rate}"})
                if answer.status == 400:
                    continue  # too slow to be a rate
                told = answer.json()["clock"]
                self.assertEqual(float(told.partition("@")[2]), float(rate))
                control(self.emulator, "PUT", "/sessions/again", {"clock": told})

    def test_a_tiny_rate_does_no_harm(self):
        for rate in (0.001, 1e-9, 1e-300):
            with self.subTest(rate=rate):
                ask(self.emulator, "PUT", "/sessions/tiny/clock", {"rate": rate})
                refused = create_on_supermetrics(self.emulator, "/~rate-limited@tiny")
                self.assertGreater(int(refused.headers["Retry-After"]), 0)

    def test_each_mistake_is_told_and_changes_nothing(self):
        before = self.clock("wrong", now=START, mode="frozen")
        for call, body, detail in [
            ("PUT", {"mode": "frozn"}, "'mode' must be real or frozen; did you mean 'frozen'?"),
            ("PUT", {"mode": 1}, "'mode' must be real or frozen"),
            ("PUT", {"now": "noon"}, "'noon' is no time; write it as 2026-01-15T10:00:00Z"),
            ("PUT", {"now": 5}, "'5' is no time"),
            ("PUT", {"rate": 0}, "'rate' must be a number from 0.001 to 1000000"),
            ("PUT", {"rate": -1}, "'rate' must be a number from 0.001"),
            ("PUT", {"rate": 1000001}, "'rate' must be a number from 0.001 to 1000000"),
            ("PUT", {"rate": "2"}, "'rate' must be a number from 0.001"),
            ("PUT", {"mode": "frozen", "rate": 2}, "a frozen clock has no 'rate'"),
            ("PUT", {"nw": START}, "'nw' cannot be set here; it is one of now, mode or rate; "
                                   "did you mean 'now'?"),
            ("POST", {"by": "soon"}, "by: 'soon' is no duration; write it as 150ms, 2s, 1m30s"),
            ("POST", {"by": "-1s"}, "by: '-1s' is no duration"),
            ("POST", {"by": 61}, "'61' is no duration"),
            ("POST", {"by": "99999d"}, "by: '99999d' is longer than ten years"),
            ("POST", {"buy": "1s"}, "'buy' cannot be set here; it is one of by"),
        ]:
            with self.subTest(body=body):
                path = "/sessions/wrong/clock" + ("/advance" if call == "POST" else "")
                answer = ask(self.emulator, call, path, body)
                self.assertIn(detail, self.assert_problem(answer, 400)["detail"])
                self.assertEqual(self.clock("wrong"), before)


class ResetTest(unittest.TestCase):
    def test_a_reset_puts_the_clock_back_to_its_start(self):
        for setting, mode in ((START, "frozen"), (START + "@60", "real")):
            with self.subTest(setting=setting), Emulator("--clock", setting) as emulator:
                moved = {"now": "2030-01-01T00:00:00Z", "mode": "frozen"}
                control(emulator, "PUT", "/clock", moved)
                control(emulator, "POST", "/reset", {"keep": ["clock"]})
                self.assertEqual(control(emulator, "GET", "/clock")["now"][:4], "2030")
                control(emulator, "POST", "/reset")
                clock = control(emulator, "GET", "/clock")
                self.assertEqual((clock["now"][:10], clock["mode"]), (START[:10], mode))

    def test_a_real_clock_is_real_again(self):
        with Emulator() as emulator:
            control(emulator, "PUT", "/clock", {"now": "2030-01-01", "mode": "frozen"})
            control(emulator, "POST", "/reset")
            before = now()
            self.assertGreaterEqual(micros(control(emulator, "GET", "/clock")["now"]), before)

    def test_a_new_setting_is_the_new_start(self):
        with Emulator("--clock", START) as emulator:
            control(emulator, "PUT", "/sessions/default", {"clock": "2027-01-01T00:00:00Z"})
            control(emulator, "POST", "/clock/advance", {"by": "1h"})
            control(emulator, "POST", "/reset")
            self.assertEqual(control(emulator, "GET", "/clock")["now"],
                             "2027-01-01T00:00:00.000000Z")


class DateTest(EmulatorTest):
    """Every answer is dated, whoever gives it, by the client's own clock: the real one."""

    def answers(self):
        yield create_on_supermetrics(self.emulator)
        yield create_on_supermetrics(self.emulator, "/~rate-limited@dated")
        for path in ("/__admin/health", "/__admin/sessions/none/requests", "/", "/nowhere"):
            yield request(self.emulator, "GET", path)
        yield raw_request(self.emulator, "this is no request\r\n\r\n")

    def test_every_answer_has_the_real_date(self):
        before = int(time.time())
        for answer in self.answers():
            with self.subTest(answer=answer):
                self.assertEqual(len(answer.headers.get_all("Date")), 1)
                told = email.utils.parsedate_to_datetime(answer.headers["Date"]).timestamp()
                self.assertGreaterEqual(told, before)
                self.assertLessEqual(told, time.time())

    def test_a_fast_clock_is_not_the_clients(self):
        control(self.emulator, "PUT", "/sessions/fast", {"clock": START + "@60"})
        answer = create_on_supermetrics(self.emulator, "/@fast")
        self.assertGreaterEqual(email.utils.parsedate_to_datetime(answer.headers["Date"]).year, 2026)
        self.assertNotIn("15 Jan 2026", answer.headers["Date"])

    def test_a_clock_that_stands_still_dates_its_answers(self):
        control(self.emulator, "PUT", "/sessions/still", {"clock": START})
        answer = create_on_supermetrics(self.emulator, "/@still")
        self.assertEqual(answer.headers.get_all("Date"), ["Thu, 15 Jan 2026 10:00:00 GMT"])


if __name__ == "__main__":
    unittest.main()
