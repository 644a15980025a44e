"""Sessions: worlds that share nothing, made on first use, bounded in number and in idle time."""

import http.client
import json
import threading
import unittest

from emulator import (BASIC, FIVETRAN_BODY, FIVETRAN_PATH, PATIENCE, Emulator, EmulatorTest,
                      control, create_on_supermetrics, without_ends)
from worlds import START, ask, create_on_airweave, create_on_fivetran, ids_in


def names(emulator):
    return [session["name"] for session in control(emulator, "GET", "/sessions")["sessions"]]


class IsolationTest(EmulatorTest):
    OPTIONS = ("--clock", START)

    def test_a_session_is_made_on_first_use(self):
        self.assertNotIn("first-use", names(self.emulator))
        self.assertEqual(create_on_supermetrics(self.emulator, "/@first-use").status, 201)
        self.assertIn("first-use", names(self.emulator))

    def test_calls_without_a_name_mean_default(self):
        create_on_supermetrics(self.emulator)
        for call in ("requests", "progress", "store", "clock"):
            short, long = (without_ends(control(self.emulator, "GET", path))
                           for path in (f"/{call}", f"/sessions/default/{call}"))
            self.assertEqual(short, long)

    def test_resources(self):
        here = create_on_fivetran(self.emulator, "/@left").json()["data"]["id"]
        there = create_on_fivetran(self.emulator, "/@right").json()["data"]["id"]
        self.assertEqual(ids_in(self.emulator, "left", "fivetran.connection"), [here])
        self.assertEqual(ids_in(self.emulator, "right", "fivetran.connection"), [there])
        control(self.emulator, "PUT", "/sessions/left/store", {"resources": {}})
        self.assertEqual(ids_in(self.emulator, "left", "fivetran.connection"), [])
        self.assertEqual(ids_in(self.emulator, "right", "fivetran.connection"), [there])

    def test_progress(self):
        for session in ("one", "other"):
            prefix = f"/~throttled-twice@{session}"
            statuses = [create_on_supermetrics(self.emulator, prefix).status for _ in range(3)]
            self.assertEqual(statuses, [429, 429, 201])

    def test_limits_count_in_each_session(self):
        for session in ("quota-a", "quota-b"):
            prefix = f"/~quota@{session}"
            statuses = [create_on_supermetrics(self.emulator, prefix).status for _ in range(6)]
            self.assertEqual(statuses, [201] * 5 + [429])

    def test_ids(self):
        answers = [create_on_airweave(self.emulator, f"/@id-{n}").json()["id"] for n in range(9)]
        self.assertEqual(len(set(answers)), 9)

    def test_journals(self):
        for session, calls in (("busy", 3), ("calm", 1)):
            for _ in range(calls):
                create_on_supermetrics(self.emulator, f"/@{session}")
        for session, calls in (("busy", 3), ("calm", 1)):
            journal = control(self.emulator, "GET", f"/sessions/{session}/requests")
            self.assertEqual([exchange["id"] for exchange in journal["requests"]],
                             list(range(1, calls + 1)))
            for exchange in journal["requests"]:
                self.assertTrue(exchange["request"]["path"].startswith(f"/@{session}/"))
        control(self.emulator, "DELETE", "/sessions/busy/requests")
        self.assertEqual(control(self.emulator, "GET", "/sessions/calm/requests")["total"], 1)

    def test_time(self):
        control(self.emulator, "POST", "/sessions/late/clock/advance", {"by": "1h"})
        self.assertEqual(create_on_airweave(self.emulator, "/@late").json()["created_at"],
                         "2026-01-15T11:00:00.000000")
        self.assertEqual(create_on_airweave(self.emulator, "/@early").json()["created_at"],
                         "2026-01-15T10:00:00.000000")

    def test_settings(self):
        control(self.emulator, "PUT", "/sessions/strict", {"scenario": "forbidden"})
        self.assertEqual(create_on_supermetrics(self.emulator, "/@strict").status, 403)
        self.assertEqual(create_on_supermetrics(self.emulator, "/@relaxed").status, 201)

    def test_200_sessions_at_once_see_only_their_own(self):
        """Each by a base URL of its own, as 200 tests of one suite do."""
        wrong = []

        def live(name):
            connection = http.client.HTTPConnection(self.emulator.host, self.emulator.port,
                                                    timeout=PATIENCE)

            def call(method, path, body=None):
                connection.request(method, path, body, {"Content-Type": "application/json",
                                                        "Authorization": BASIC})
                answer = connection.getresponse()
                return answer.status, answer.read()

            base = f"/~throttled-twice@{name}"
            answers = [call("POST", base + FIVETRAN_PATH, FIVETRAN_BODY) for _ in range(3)]
            own = json.loads(answers[2][1])["data"]["id"] if answers[2][0] == 201 else None
            store = json.loads(call("GET", f"/__admin/sessions/{name}/store")[1])["resources"]
            journal = json.loads(call("GET", f"/__admin/sessions/{name}/requests")[1])
            connection.close()
            seen = ([status for status, _ in answers], list(store["fivetran.connection"]),
                    [exchange["request"]["path"] for exchange in journal["requests"]])
            if seen != ([429, 429, 201], [own], [base + FIVETRAN_PATH] * 3):
                wrong.append((name, seen))

        threads = [threading.Thread(target=live, args=(f"parallel-{n}",)) for n in range(200)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])


class DroppingTest(unittest.TestCase):
    def test_a_dropped_session_begins_anew(self):
        with Emulator() as emulator:
            create_on_fivetran(emulator, "/@mine")
            self.assertEqual(ask(emulator, "DELETE", "/sessions/mine").status, 204)
            self.assertEqual(names(emulator), [])
            self.assertEqual(ids_in(emulator, "mine", "fivetran.connection"), [])
            self.assertEqual(control(emulator, "GET", "/sessions/mine")["requests"], 0)

    def test_past_max_sessions_the_one_idle_longest_goes(self):
        with Emulator("--max-sessions", 3) as emulator:
            for session in ("a", "b", "c", "a", "d"):
                create_on_supermetrics(emulator, f"/@{session}")
            self.assertEqual(names(emulator), ["a", "c", "d"])
            emulator.wait_for_log("there are 3 sessions, the most there may be; b, which was idle "
                                  "longest, is dropped")
            # A session that only the control API uses is in use, too.
            control(emulator, "GET", "/sessions/a/clock")
            create_on_supermetrics(emulator, "/@e")
            self.assertEqual(names(emulator), ["a", "d", "e"])

    def test_dropping_one_that_is_not_there_costs_no_other(self):
        with Emulator("--max-sessions", 2) as emulator:
            for session in ("a", "b"):
                create_on_supermetrics(emulator, f"/@{session}")
            self.assertEqual(ask(emulator, "DELETE", "/sessions/never-was").status, 204)
            self.assertEqual(names(emulator), ["a", "b"])

    def test_an_idle_session_goes(self):
        with Emulator("--session-ttl", "200ms") as emulator:
            create_on_supermetrics(emulator, "/@idle")
            emulator.wait_for_log("session idle was idle for more than 200ms and is dropped")
            self.assertEqual(names(emulator), [])

    def test_a_ttl_that_is_none_is_told(self):
        with self.assertRaisesRegex(AssertionError, "--session-ttl: 'soon' is no duration"):
            Emulator("--session-ttl", "soon")


if __name__ == "__main__":
    unittest.main()
