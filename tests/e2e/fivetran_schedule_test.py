"""Syncs that start by themselves: when, and which do not."""

import unittest

from fivetran import FivetranTest

DAY = "2026-01-15T"  # a Thursday


class ScheduleTest(FivetranTest):
    def starts(self, connection, hours=24):
        """When its syncs start in so many hours, to the minute; each is over within it."""
        starts, before = [], None
        for _ in range(hours * 60):
            self.wait("1m")
            now = self.read(connection)["succeeded_at"]
            if now != before:
                starts.append(now[:16])
                before = now
        return starts

    def cron(self, connection):
        return self.stored("connection")[connection].get("sync_cron")

    def offset(self):
        """The minutes by which all starts of the group are behind the grid."""
        return int(self.cron(self.make(sync_frequency=60)).split()[0])

    def test_by_frequency_on_a_grid_from_midnight_on(self):
        offset = self.offset()
        connection = self.make()
        self.assertEqual(self.starts(connection, 20), [
            f"{DAY}12:{offset:02}", f"{DAY}18:{offset:02}", f"2026-01-16T00:{offset:02}"])

    def test_each_frequency_has_its_grid(self):
        minutes = {frequency: self.cron(self.make(sync_frequency=frequency)).split()[:2]
                   for frequency in (1, 5, 15, 30, 60, 120, 180, 360, 480, 720, 1440)}
        offset = self.offset()
        self.assertEqual(minutes[1], [",".join(map(str, range(60))), "*"])
        self.assertEqual(minutes[30], [",".join(map(str, sorted({offset % 30, offset % 30 + 30}))), "*"])
        self.assertEqual(minutes[480], [str(offset), "0,8,16"])
        self.assertEqual(minutes[1440], [str(offset), "0"])

    def test_daily_at_the_hour_of_the_destination(self):
        connection = self.make(group_id="_moonbeam", sync_frequency=1440, daily_sync_time="14:00")
        self.assertEqual(self.cron(connection).split()[1:], ["19", "*", "*", "*"])  # it is 5 hours behind
        late = self.make(group_id="_moonbeam", sync_frequency=1440, daily_sync_time="22:00")
        self.assertEqual(self.cron(late).split()[1], "3")

    def test_manual_paused_and_incomplete_ones_do_not_start(self):
        quiet = [self.make(schedule_type="manual", sync_frequency=60),
                 self.make(paused=True, sync_frequency=60),
                 self.make(run_setup_tests=False, sync_frequency=60)]
        self.wait("1d")
        for connection in quiet:
            self.assertIsNone(self.read(connection)["succeeded_at"])
        self.change(quiet[0], schedule_type="auto")
        self.change(quiet[1], paused=False)
        self.wait("61m")
        for connection in quiet[:2]:
            self.assertIsNotNone(self.read(connection)["succeeded_at"])
        before = self.read(quiet[0])["succeeded_at"]
        self.change(quiet[0], schedule_type="manual")
        self.wait("1d")
        self.assertEqual(self.read(quiet[0])["succeeded_at"], before)

    def test_a_schedule_takes_precedence(self):
        connection = self.make(sync_frequency=60)
        schedule = {"schedule_type": "CRON", "cron": "30 11 * * *"}
        self.assertEqual(self.change(connection, schedule=schedule)["schedule"], schedule)
        self.assertEqual(self.starts(connection, 3), [f"{DAY}11:30"])

        told = self.change(connection, schedule={"schedule_type": "TIME_OF_DAY", "time_of_day": "02:30"})
        self.assertEqual(len(told["schedule"]["days_of_week"]), 7)
        told = self.change(connection, schedule={"schedule_type": "INTERVAL", "interval": 15})
        self.assertEqual((told["sync_frequency"], told["schedule"]["interval"]), (15, 15))
        told = self.change(connection, schedule={"schedule_type": "MANUAL"})
        self.assertEqual((told["schedule_type"], self.cron(connection)), ("manual", None))
        self.assertNotIn("sync_cron", told)
        self.assert_invalid("PATCH", f"/v1/connections/{connection}",
                            "Invalid value of field 'schedule.schedule_type'",
                            {"schedule": {"schedule_type": "SOMETIMES"}})

    def test_days_of_week_move_with_the_zone(self):
        connection = self.make(group_id="_moonbeam", schedule={
            "schedule_type": "TIME_OF_DAY", "time_of_day": "22:00", "days_of_week": ["MONDAY", "SUNDAY"]})
        self.assertEqual(self.cron(connection).split()[1:], ["3", "*", "*", "1,2"])

    def test_who_looks_at_one_that_waits_waits_for_nothing(self):
        connection = self.make()
        self.read(connection)
        exchange = self.exchanges(self.session)[-1]
        self.assertFalse(exchange.get("ongoing", False), exchange)


if __name__ == "__main__":
    unittest.main()
