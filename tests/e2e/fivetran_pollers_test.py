"""How the Airflow providers wait for a sync: small clients of our own that poll as those do, by the older
paths, and must see each way that a sync can end."""

import unittest

from fivetran import PLAIN, FivetranTest, at

POLL = 3  # seconds of the session's clock between two looks
PATIENCE = 2000  # looks


class Failed(Exception):
    """What the provider raises."""


class PollersTest(FivetranTest):
    def look(self, connection):
        """What the provider reads, every key of which must be there."""
        told = self.data("GET", f"/v1/connectors/{connection}")
        status = told["status"]
        return {"completed": told["succeeded_at"], "failed": told["failed_at"],
                "paused": told["paused"], "schedule_type": told["schedule_type"],
                "setup": status["setup_state"], "sync": status["sync_state"],
                "rescheduled_for": status["rescheduled_for"]}

    def prepare(self, connection, schedule_type):
        """Sets the schedule, as the operator does before it starts a sync."""
        told = self.look(connection)
        if told["setup"] != "connected":
            raise Failed(told["setup"])
        if told["schedule_type"] != schedule_type:
            self.done("PATCH", f"/v1/connectors/{connection}", {"schedule_type": schedule_type})
        if told["paused"]:
            raise Failed("paused")

    def start(self, connection):
        """The time of the last end, before a sync that the operator starts."""
        told = self.look(connection)
        self.done("POST", f"/v1/connectors/{connection}/force")
        return max(told["completed"] or "", told["failed"] or "")

    def wait_for_sync(self, connection, previous, reschedules=0):
        """The sensor: gives the states it saw, once the sync has succeeded."""
        seen = []
        for _ in range(PATIENCE):
            told = self.look(connection)
            if not seen or seen[-1] != told["sync"]:
                seen.append(told["sync"])
            if (told["failed"] or "") > previous:
                raise Failed(told["failed"])
            if (told["completed"] or "") > previous:
                return seen
            if told["sync"] == "rescheduled" and told["schedule_type"] == "manual":
                if not reschedules:
                    raise Failed("rescheduled, and nobody starts it again")
                reschedules -= 1
                self.done("POST", f"/v1/connectors/{connection}/force")
            self.wait(f"{POLL}s")
        self.fail(f"the client polls for ever: {seen}")

    def run_once(self, schedule_type, connection=None, **patience):
        connection = connection or self.make(PLAIN)
        self.prepare(connection, schedule_type)
        return connection, self.wait_for_sync(connection, self.start(connection), **patience)

    def test_a_sync_succeeds_whoever_starts_syncs(self):
        for schedule_type in ("auto", "manual"):
            with self.subTest(schedule_type=schedule_type):
                connection, seen = self.run_once(schedule_type)
                self.assertEqual(seen, ["syncing", "scheduled"])
                self.run_once(schedule_type, connection)  # and again, with a time before it

    def test_a_rescheduled_sync_goes_on_by_itself(self):
        self.play(ends="rescheduled")
        connection = self.make(PLAIN)
        self.prepare(connection, "auto")
        seen = self.wait_for_sync(connection, self.start(connection))
        self.assertEqual(seen[:2], ["syncing", "rescheduled"])
        self.assertIsNone(self.look(connection)["rescheduled_for"])

    def test_a_rescheduled_sync_of_a_manual_schedule_must_be_started_again(self):
        self.play(ends="rescheduled")
        connection = self.make(PLAIN)
        self.prepare(connection, "manual")
        previous = self.start(connection)
        self.wait("10s")
        self.assertEqual(self.look(connection)["sync"], "rescheduled")
        with self.assertRaisesRegex(Failed, "nobody starts it again"):
            self.wait_for_sync(connection, previous)
        self.scenario = "success"
        seen = self.wait_for_sync(connection, previous, reschedules=1)
        self.assertEqual(seen[-1], "scheduled")

    def test_a_sync_that_fails_is_told_and_the_next_is_not_taken_for_it(self):
        self.play(ends="failed", error="no way")
        connection = self.make(PLAIN)
        self.prepare(connection, "auto")
        with self.assertRaisesRegex(Failed, "2026-01-15T10:00:1"):
            self.wait_for_sync(connection, self.start(connection))
        self.scenario = "success"
        self.wait("1s")
        _, seen = self.run_once("auto", connection)
        self.assertEqual(seen[-1], "scheduled")
        self.assertTrue(self.look(connection)["failed"])  # it is never cleared

    def test_a_paused_one_is_not_waited_for(self):
        connection = self.make(PLAIN, paused=True)
        with self.assertRaisesRegex(Failed, "paused"):
            self.run_once("auto", connection)
        self.done("POST", f"/v1/connectors/{connection}/force")
        self.wait("1h")
        self.assertEqual(self.look(connection)["sync"], "paused")
        self.assertIsNone(self.look(connection)["completed"])

    def test_times_and_state_change_together(self):
        connection = self.make(PLAIN)
        self.start(connection)
        while self.look(connection)["sync"] == "syncing":
            self.assertIsNone(self.look(connection)["completed"])
            self.wait("1s")
        self.assertEqual(self.look(connection)["completed"], at(10))


if __name__ == "__main__":
    unittest.main()
