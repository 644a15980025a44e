"""A session's exchanges as server-sent events, as they happen."""

import http.client
import json
import unittest

from emulator import PATIENCE, Emulator, EmulatorTest, control, create_on_supermetrics
from worlds import START, ask


class Events:
    """A reader of the events of one session; what happens after it is made is told to it."""

    def __init__(self, emulator, session="", query="", **headers):
        self._connection = http.client.HTTPConnection(emulator.host, emulator.port,
                                                      timeout=PATIENCE)
        place = f"/sessions/{session}" if session else ""
        if session:
            control(emulator, "PUT", place, {})  # there are events only of one that is there
        self._connection.request("GET", f"/__admin{place}/events{query}", headers=headers)
        self.answer = self._connection.getresponse()
        self.comments = 0

    def next(self):
        """(event, id, data), or None at the end."""
        fields = {}
        for line in self.answer:
            name, colon, value = line.decode().rstrip("\n").partition(": ")
            if colon:
                fields[name] = value
            elif name.startswith(":"):
                self.comments += 1
            elif fields:
                return fields["event"], int(fields["id"]), json.loads(fields["data"])
        return None

    def __iter__(self):
        return iter(self.next, None)

    def ids(self, count):
        return [self.next()[1] for _ in range(count)]

    def close(self):
        self._connection.close()
        self.answer.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def create(emulator, session, times=1):
    for _ in range(times):
        create_on_supermetrics(emulator, f"/@{session}")


class EventsTest(EmulatorTest):
    OPTIONS = ("--clock", START)

    def test_each_exchange_is_told_when_it_happens(self):
        create(self.emulator, "live")
        with Events(self.emulator, "live") as events:
            self.assertEqual((events.answer.status, events.answer.headers["Content-Type"],
                              events.answer.headers["Cache-Control"]),
                             (200, "text/event-stream", "no-cache"))
            for number in (2, 3, 4):
                create(self.emulator, "live")
                event, identifier, data = events.next()
                self.assertEqual((event, identifier), ("exchange", number))
                journal = control(self.emulator, "GET",
                                  f"/sessions/live/requests?after={number - 1}")
                journal = journal["requests"][0]
                # Of the wire an event tells what has happened by then.
                early, late = data.pop("wire"), journal.pop("wire")
                self.assertEqual(data, journal)
                known = {key: time for key, time in early.items() if time is not None}
                self.assertLessEqual({"connection", "request", "opened", "arrived"}, set(known))
                self.assertEqual({**late, **known}, late)

    def test_without_a_name_it_is_default(self):
        with Events(self.emulator) as events:
            create_on_supermetrics(self.emulator)
            self.assertEqual(events.next()[2]["request"]["path"][:4], "/v1/")

    def test_another_sessions_are_not_told(self):
        with Events(self.emulator, "here") as events:
            create(self.emulator, "there")
            create(self.emulator, "here")
            self.assertEqual(events.next()[2]["request"]["path"][:7], "/@here/")

    def test_after_begins_behind_an_id(self):
        create(self.emulator, "after", 5)
        for after, wanted in ((0, [1, 2, 3, 4, 5]), (3, [4, 5])):
            with Events(self.emulator, "after", f"?after={after}") as events:
                self.assertEqual(events.ids(len(wanted)), wanted)

    def test_last_event_id_resumes(self):
        create(self.emulator, "resumed", 2)
        with Events(self.emulator, "resumed", "?after=0") as events:
            last = events.ids(2)[-1]
        create(self.emulator, "resumed", 2)
        # A browser sends both: the query as it was, and where it has come to.
        with Events(self.emulator, "resumed", "?after=0", **{"Last-Event-ID": str(last)}) as events:
            self.assertEqual(events.ids(2), [3, 4])
            create(self.emulator, "resumed")
            self.assertEqual(events.ids(1), [5])

    def test_an_after_that_is_no_number_is_told(self):
        answer = ask(self.emulator, "GET", "/events?after=x")
        self.assertEqual(self.assert_problem(answer, 400)["detail"], "after=x is no number")

    def test_head_has_no_body(self):
        answer = ask(self.emulator, "HEAD", "/events")
        self.assertEqual((answer.status, answer.headers["Content-Type"], answer.body),
                         (200, "text/event-stream", b""))

    def test_more_than_fit_in_one_portion(self):
        create(self.emulator, "plenty", 250)
        with Events(self.emulator, "plenty", "?after=0") as events:
            self.assertEqual(events.ids(250), list(range(1, 251)))

    def test_it_ends_with_its_session(self):
        with Events(self.emulator, "brief") as events, Events(self.emulator, "other") as other:
            create(self.emulator, "brief")
            control(self.emulator, "DELETE", "/sessions/brief")
            self.assertEqual(events.ids(1), [1])
            self.assertIsNone(events.next())
            create(self.emulator, "other")
            self.assertEqual(other.ids(1), [1])
            # The new world of that name has events of its own.
            with Events(self.emulator, "brief", "?after=0") as again:
                create(self.emulator, "brief")
                self.assertEqual(again.ids(1), [1])

    def test_a_reset_begins_the_ids_anew(self):
        with Events(self.emulator, "reset") as events:
            create(self.emulator, "reset", 2)
            self.assertEqual(events.ids(2), [1, 2])
            control(self.emulator, "POST", "/sessions/reset/reset")
            create(self.emulator, "reset", 4)
            control(self.emulator, "DELETE", "/sessions/reset")
            self.assertEqual([identifier for _, identifier, _ in events], [1, 2, 3, 4])

    def test_it_is_silent_where_all_is_cleared(self):
        create(self.emulator, "cleared", 3)
        control(self.emulator, "DELETE", "/sessions/cleared/requests")
        with Events(self.emulator, "cleared", "?after=0") as events:
            for _ in range(200):
                control(self.emulator, "GET", "/sessions/cleared/clock")
            create(self.emulator, "cleared")
            told = events.next()
            if told[0] == "truncated":
                self.assertEqual(told[2], {"missed": 3})
                told = events.next()
            self.assertEqual((told[0], told[1]), ("exchange", 4))
            # A comment comes after a long silence only.
            self.assertEqual(events.comments, 0)

    def test_many_readers_are_all_told(self):
        readers = [Events(self.emulator, "crowd") for _ in range(100)]
        create(self.emulator, "crowd", 3)
        for reader in readers:
            self.assertEqual(reader.ids(3), [1, 2, 3])
            reader.close()
        self.assert_still_serves()


class BoundedEventsTest(unittest.TestCase):
    def test_what_is_gone_is_told_of(self):
        with Emulator("--journal-size", 2) as emulator:
            create(emulator, "short", 5)
            with Events(emulator, "short", "?after=0") as events:
                self.assertEqual(events.next(), ("truncated", 3, {"missed": 3}))
                self.assertEqual(events.ids(2), [4, 5])
            # Resumed behind the last id that was told, nothing is missed.
            with Events(emulator, "short", **{"Last-Event-ID": "3"}) as events:
                self.assertEqual(events.ids(2), [4, 5])

    def test_a_session_that_has_to_go_ends_its_events(self):
        with Emulator("--max-sessions", 1) as emulator, Events(emulator, "old") as events:
            create(emulator, "new")
            self.assertIsNone(events.next())

    def test_a_reader_keeps_its_session_from_being_idle(self):
        with (Emulator("--session-ttl", "2s") as emulator, Events(emulator, "read") as events):
            create(emulator, "unread")
            emulator.wait_for_log("session unread was idle")
            create(emulator, "read")
            self.assertEqual(events.ids(1), [1])
            self.assertNotIn("session read was idle", emulator.log())

    def test_a_server_that_stops_ends_its_events(self):
        with Emulator() as emulator, Events(emulator) as events:
            self.assertEqual(emulator.stop(), 0)
            self.assertIsNone(events.next())


if __name__ == "__main__":
    unittest.main()
