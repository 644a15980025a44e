"""What Fivetran's webhooks are told of a connection, call by call."""

import unittest

from fivetran import POSTGRES, SHEET, FivetranTest
from webhooks import Target

EVENTS = ["sync_start", "sync_end", "connection_successful", "connection_failure",
          "create_connector", "edit_connector", "pause_connector", "resume_connector",
          "delete_connector", "force_update_connector", "resync_connector", "resync_table"]
TRUST = {"trust_certificates": True, "trust_fingerprints": True}


class EventsTest(FivetranTest):
    def setUp(self):
        super().setUp()
        self.target = Target()
        self.addCleanup(self.target.__exit__)
        self.done("POST", "/v1/webhooks/account", {"url": self.target.url, "events": EVENTS})
        self.target.next()  # the test call

    def assert_heard(self, *events):
        """These came, and nothing else; each is a name, or a name and its data's status."""
        heard = [self.target.next_event() for _ in events]
        told = [(one["event"], one["data"].get("status")) for one in heard]
        wanted = [one if isinstance(one, tuple) else (one, None) for one in events]
        self.assertCountEqual(told, wanted)
        self.assertTrue(self.target.is_quiet())
        return {one["event"]: one for one in heard}

    def made(self, *heard, **request):
        connection = self.make(**request)
        self.assert_heard("create_connector", *heard)
        return connection

    def test_from_create_to_delete(self):
        connection = self.made("connection_successful")
        self.sync(connection)
        start = self.assert_heard("sync_start")["sync_start"]
        self.wait("10s")
        end = self.assert_heard(("sync_end", "SUCCESSFUL"))["sync_end"]
        self.assertEqual(end["sync_id"], start["sync_id"])
        self.assertEqual(end["connector_id"], connection)
        self.change(connection, sync_frequency=60)
        self.assert_heard("edit_connector")
        self.done("DELETE", f"/v1/connections/{connection}")
        self.assert_heard("delete_connector")

    def test_setup_tests(self):
        connection = self.made("connection_failure", connection=POSTGRES)
        path = f"/v1/connections/{connection}/test"
        self.done("POST", path, TRUST)
        self.assert_heard("connection_successful")
        self.change(connection, sync_frequency=60, run_setup_tests=True)
        self.assert_heard("edit_connector", "connection_successful")
        self.revoke_all(f"/v1/connections/{connection}/certificates")
        self.change(connection, sync_frequency=120, run_setup_tests=True)
        self.assert_heard("edit_connector", "connection_failure")
        self.made(run_setup_tests=False)

    def test_a_change_of_access_is_tested_unasked(self):
        connection = self.made("connection_failure", connection=POSTGRES)
        errors = f"/v1/connections/{connection}/errors"
        self.change(connection, config={"host": "other.test"})
        self.assert_heard("edit_connector", "connection_failure")
        self.assertEqual(self.data("GET", errors)["items"], [])  # it was never connected
        self.change(connection, config={"host": "db.test"}, run_setup_tests=False)
        self.assert_heard("edit_connector")
        self.change(connection, config={"host": "db.test"}, **TRUST)
        self.assert_heard("edit_connector", "connection_successful")
        self.revoke_all(f"/v1/connections/{connection}/certificates")
        self.change(connection, auth={"user": "other"})
        self.assert_heard("edit_connector", "connection_failure")
        [error] = self.data("GET", errors)["items"]
        self.assertEqual((error["type"], error["reason"]), ("reconnect", "Setup tests failed"))

    def test_pauses(self):
        connection = self.made("connection_successful")
        self.change(connection, paused=True)
        self.assert_heard("pause_connector")
        self.change(connection, paused=True)
        self.change(connection, paused=False, schedule_type="manual")
        self.assert_heard("resume_connector", "edit_connector")
        self.sync(connection)
        self.assert_heard("sync_start")
        self.change(connection, paused=True)
        self.assert_heard("pause_connector", ("sync_end", "CANCELED"))

    def test_how_syncs_end(self):
        connection = self.made("connection_successful")
        for ends, status in (("failed", "FAILURE"), ("rescheduled", "RESCHEDULED")):
            self.play(ends=ends, **({"error": "Source is unreachable"} if ends == "failed" else {}))
            self.sync(connection)
            self.assert_heard("sync_start")
            self.wait("10s")
            data = self.assert_heard(("sync_end", status))["sync_end"]["data"]
            self.assertEqual(data.get("reason"),
                             "Source is unreachable" if ends == "failed" else None)
        self.wait("1h")
        self.assert_heard("sync_start")
        self.wait("10s")
        self.assert_heard(("sync_end", "SUCCESSFUL"))

    def test_force_and_resyncs(self):
        connection = self.made("connection_successful", connection=SHEET)
        self.sync(connection, force=True)
        self.assert_heard("force_update_connector", "sync_start")
        self.done("POST", f"/v1/connections/{connection}/force")
        self.assert_heard(("sync_end", "CANCELED"), "force_update_connector", "sync_start")
        self.wait("10s")
        self.assert_heard(("sync_end", "SUCCESSFUL"))
        self.done("POST", f"/v1/connections/{connection}/resync", {})
        self.assert_heard("resync_connector", "sync_start")


if __name__ == "__main__":
    unittest.main()
