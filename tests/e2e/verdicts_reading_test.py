"""How a client reads: lists that come in pages, and what it waits for."""

import unittest
import urllib.parse

from emulator import AIRWEAVE_PATH, control
from verdicts import Client, VerdictsTest

GROUPS = "/v1/groups"
SECRET = {"api_key": "sk_test_123"}
NOBODY = "pointed to a next page, which nobody asked for"


class PaginationTest(VerdictsTest):
    CHECK = "pagination-followed"

    def fill(self, count):
        """A session with so many groups; the clock and the journal are as at the beginning."""
        self.setUp()
        groups = {f"group_{n}": {"id": f"group_{n}", "name": f"Group_{n}",
                                 "created_at": f"2025-07-01T09:3{n}:00.000000Z"}
                  for n in range(count)}
        control(self.emulator, "PUT", f"/sessions/{self.session}/store",
                {"resources": {"fivetran.group": groups}})
        return Client(self)

    def connect(self, count):
        """A session with so many source connections."""
        self.setUp()
        client = Client(self)
        for number in range(count):
            body = {"name": f"Number {number}", "short_name": "stripe", "auth_fields": SECRET}
            self.assertEqual(client.create(body), 200)
        control(self.emulator, "DELETE", f"/sessions/{self.session}/requests")
        self.first = count + 1  # the id of the next exchange
        return client

    def read(self, client, limit=2, most=99, path=GROUPS, more=""):
        """Follows the cursors, over so many pages at most; gives the ids of what it read."""
        ids, cursor = [], ""
        for _ in range(most):
            query = f"?limit={limit}{more}"
            if cursor:
                query += f"&cursor={urllib.parse.quote(cursor)}"
            if client.call("GET", path + query) != 200:
                continue
            ids += [item["id"] for item in client.json["data"]["items"]]
            cursor = client.json["data"].get("next_cursor")
            if not cursor:
                break
        return ids

    def skip(self, client, *starts, limit=2):
        for start in starts:
            self.assertEqual(client.call("GET", f"{AIRWEAVE_PATH}?limit={limit}&skip={start}"), 200)

    def test_following_each_cursor_to_the_end_passes(self):
        client = self.fill(5)
        self.assertEqual(len(self.read(client)), 5)
        self.assert_passes(self.CHECK, times=2)

    def test_stopping_at_the_first_page_fails(self):
        self.read(self.fill(5), most=1)
        self.assert_fails(self.CHECK, (f"GET {GROUPS} {NOBODY}", [1]))

    def test_stopping_in_the_middle_leaves_it_open(self):
        self.read(self.fill(5), most=2)
        self.assert_inconclusive(self.CHECK, (
            f"GET {GROUPS} {NOBODY} after 2 pages: a search may stop where it has found something, "
            "a list may not; the journal does not show which it was", [2]))
        self.assert_open(self.CHECK, "stopped-early")

    def test_stopping_at_what_was_looked_for_is_no_fault(self):
        client = self.fill(5)
        found = self.read(client, most=2)[-1]
        self.assertEqual(client.call("GET", f"{GROUPS}/{found}"), 200)
        self.assert_passes(self.CHECK, times=2)

    def test_a_page_that_is_read_twice_fails(self):
        client = self.fill(3)
        self.read(client)
        cursor = urllib.parse.quote(self.journal()[0]["page"]["next"])
        client.call("GET", f"{GROUPS}?limit=2&cursor={cursor}")
        page = urllib.parse.unquote(cursor)
        self.assert_fails(self.CHECK, (f"GET {GROUPS} was asked for the page at '{page}' 2 times "
                                       "in one reading", [2, 3]))

    def test_a_cursor_that_no_answer_gave_fails(self):
        client = self.fill(2)
        self.assertEqual(client.call("GET", f"{GROUPS}?cursor=made-up"), 400)
        self.assert_fails(self.CHECK, (f"GET {GROUPS} asked for a page at 'made-up', which no "
                                       "answer pointed to", [1]))

    def test_a_cursor_that_is_changed_fails(self):
        client = self.fill(3)
        client.call("GET", f"{GROUPS}?limit=2")
        changed = client.json["data"]["next_cursor"].lower()
        client.call("GET", f"{GROUPS}?limit=2&cursor={urllib.parse.quote(changed)}")
        verdict = self.assert_result("fail", self.CHECK)
        self.assertEqual([(one["code"], one["exchanges"]) for one in verdict["findings"]],
                         [(f"{self.CHECK}/not-pointed-to", [2]),
                          (f"{self.CHECK}/page-missed", [1])])

    def test_a_list_of_one_page_shows_nothing(self):
        client = self.fill(2)
        self.assertEqual(len(self.read(client)), 2)
        self.assertEqual(client.call("GET", f"{GROUPS}/group_1"), 200)
        self.assert_idle(self.CHECK)

    def test_a_page_that_is_tried_again_after_a_failure_is_no_fault(self):
        for play in ({"outcome": "server_error"}, {"outcome": "rate_limited", "retry_after": "1s"},
                     {"fault": "truncate"}):
            with self.subTest(play=play):
                client = self.fill(5)
                self.play({"outcome": "success"}, play, {"outcome": "success"}, play,
                          match={"operation": "fivetran.list_all_groups"})
                self.assertEqual(len(self.read(client)), 5)
                self.assertEqual(len(self.journal()), 5)
                self.assert_passes(self.CHECK, times=2)

    def test_a_page_that_is_given_up_after_a_failure_was_asked_for(self):
        client = self.fill(3)
        self.play({"outcome": "success"}, {"outcome": "server_error"},
                  match={"operation": "fivetran.list_all_groups"})
        self.read(client, most=2)
        self.assert_passes(self.CHECK, times=1)
        self.assert_fails("recovers", (f"GET {GROUPS} was given up after 1 attempt, the last one "
                                       "answered 500, though the failure was about to pass", [2]))

    def test_two_readings_are_no_fault(self):
        client = self.fill(5)
        for _ in range(2):
            self.read(client)
        self.assert_passes(self.CHECK, times=4)

    def test_two_readers_at_once_are_no_fault(self):
        for keep_alive in (True, False):
            with self.subTest(keep_alive=keep_alive):
                self.fill(3)
                one, two = Client(self, keep_alive), Client(self, keep_alive)
                first = f"{GROUPS}?limit=2"
                one.call("GET", first)
                two.call("GET", first)
                cursor = urllib.parse.quote(one.json["data"]["next_cursor"])
                for client in (two, one):
                    client.call("GET", f"{first}&cursor={cursor}")
                self.assert_passes(self.CHECK, times=2)

    def test_each_reading_is_held_to_all_pages_by_itself(self):
        client = self.fill(3)
        self.read(client)
        self.read(client, most=1)
        self.assert_fails(self.CHECK, (f"GET {GROUPS} {NOBODY}", [3]))

    def test_a_look_whether_there_is_any_beside_a_whole_reading_is_no_fault(self):
        client = self.fill(3)
        self.read(client, limit=1, most=1)
        self.assert_idle(self.CHECK)
        self.read(client)
        self.assert_passes(self.CHECK, times=1)

    def test_lists_are_told_apart_by_path_and_filters(self):
        client = self.fill(3)
        self.read(client)
        self.read(client, path="/v1/users", limit=1, most=1)
        self.assert_passes(self.CHECK, times=1)
        self.connect(3)
        client = Client(self)
        self.skip(client, 0, 2)
        client.call("GET", f"{AIRWEAVE_PATH}?limit=2&collection=none")
        self.assert_passes(self.CHECK, times=1)

    def test_tiny_pages_show_who_reads_the_first_only(self):
        client = self.fill(5)
        self.put_session(scenario="tiny-pages")
        self.assertEqual(client.call("GET", GROUPS), 200)
        self.assertEqual(len(client.json["data"]["items"]), 2)
        self.assert_fails(self.CHECK, (f"GET {GROUPS} {NOBODY}", [1]))
        self.fill(5)
        self.put_session(scenario="tiny-pages")
        self.assertEqual(len(self.read(Client(self), limit=100)), 5)
        self.assert_passes(self.CHECK, times=2)

    def test_offsets_are_followed_alike(self):
        self.skip(self.connect(5), 0, 2, 4)
        self.assert_passes(self.CHECK, times=2)
        self.skip(self.connect(5), 0)
        self.assert_fails(self.CHECK, (f"GET {AIRWEAVE_PATH} {NOBODY}", [self.first]))
        # Number 2 was never read.
        self.skip(self.connect(5), 0, 3)
        self.assert_fails(self.CHECK,
                          (f"GET {AIRWEAVE_PATH} asked for a page at '3', which no answer pointed "
                           "to", [self.first + 1]))

    def test_reading_on_to_an_empty_page_is_no_fault(self):
        # A bare list does not tell that a page is the last one.
        for count, starts in ((4, (0, 2, 4)), (5, (0, 2, 4, 6)), (5, (0, 2, 4, 5))):
            with self.subTest(count=count, starts=starts):
                self.skip(self.connect(count), *starts)
                self.assert_passes(self.CHECK)
        self.skip(self.connect(2), 0, 2)
        self.assert_result("not_exercised", self.CHECK)


class PollingTest(VerdictsTest):
    CHECK = "polling-sane"

    def begin(self, **lifecycle):
        """A client, once a sync goes on; `self.path` is where it shows."""
        self.setUp()
        self.play_whole(lifecycle={"fivetran.sync": lifecycle or {"takes": "10s"}})
        client = Client(self)
        self.assertEqual(client.create_on_fivetran(), 201)
        self.path = f"/v1/connections/{client.json['data']['id']}"
        self.assertEqual(client.call("POST", f"{self.path}/sync", {"force": True}), 200)
        return client

    def look(self, client, times, wait):
        """Gives the states that it saw."""
        states = []
        for _ in range(times):
            client.call("GET", self.path)
            states.append(client.json["data"]["status"]["sync_state"])
            client.wait(wait)
        return states

    def test_waiting_between_looks_and_stopping_at_the_end_passes(self):
        client = self.begin()
        self.assertEqual(self.look(client, 6, 2), ["syncing"] * 5 + ["scheduled"])
        self.assert_passes(self.CHECK, times=1)

    def test_looking_without_a_wait_fails(self):
        client = self.begin(takes="1s")
        self.look(client, 5, "10ms")
        self.assert_fails(self.CHECK, (f"GET {self.path} was looked at 5 times in ~40 ms, with "
                                       "less than 100 ms between", [3, 4, 5, 6, 7]))

    def test_looking_on_after_the_end_fails(self):
        client = self.begin(takes="3s")
        self.assertEqual(self.look(client, 6, 1), ["syncing"] * 3 + ["scheduled"] * 3)
        self.look(client, 1, 1)
        self.assert_passes(self.CHECK)  # up to three looks have other reasons
        self.look(client, 1, 1)
        self.assert_fails(self.CHECK, (f"GET {self.path} was looked at 4 more times after a "
                                       "response had shown its end", [6, 7, 8, 9, 10]))

    def test_looking_for_ever_fails(self):
        client = self.begin(takes="1h")
        self.look(client, 6, 2)
        self.assert_passes(self.CHECK)
        self.assert_fails(self.CHECK, (f"GET {self.path} was looked at 6 times while it went on",
                                       [3, 4, 5, 6, 7, 8]), query=f"?{self.CHECK}.max_looks=5")
        self.look(client, 294, 2)
        self.assert_passes(self.CHECK)
        self.look(client, 1, 2)
        self.assert_fails(self.CHECK, (f"GET {self.path} was looked at 301 times while it went on",
                                       list(range(3, 23))))

    def test_two_looks_and_three_in_a_hurry_are_no_polling(self):
        for looks in (2, 3):
            with self.subTest(looks=looks):
                self.look(self.begin(), looks, "1ms")
                self.assert_idle(self.CHECK)

    def test_what_does_not_move_shows_nothing(self):
        client = Client(self)
        for _ in range(5):
            self.assertEqual(client.call("GET", "/v1/groups"), 200)
        self.assert_idle(self.CHECK)

    def test_what_is_seen_by_looking_alone_counts_alike(self):
        client = self.begin(after_polls=3)
        self.assertEqual(self.look(client, 3, 1), ["syncing", "syncing", "scheduled"])
        self.assert_passes(self.CHECK, times=1)

    def test_a_list_that_has_it_counts_like_itself(self):
        self.play_whole(lifecycle={"airweave.sync_job": {"takes": "1s"}})
        client = Client(self)
        self.assertEqual(client.create(), 200)
        jobs = f"{AIRWEAVE_PATH}/{client.json['id']}/jobs"
        for _ in range(4):
            client.call("GET", jobs)
            client.wait("1ms")
        self.assert_fails(self.CHECK, (f"GET {jobs} was looked at 4 times in ~3 ms, with less than "
                                       "100 ms between", [2, 3, 4, 5]))

    def test_two_who_look_at_the_same_thing_are_no_fault(self):
        self.begin(takes="3s")
        watchers = [Client(self), Client(self)]
        for _ in range(4):
            for client in watchers:
                client.call("GET", self.path)
                client.wait("5ms")
            watchers[0].wait(1)
        self.assert_passes(self.CHECK, times=1)

    def watch_in_turn(self, *agents):
        self.begin(takes="3s")
        watchers = [Client(self, agent=agent) for agent in agents]
        for _ in range(4):
            for client in watchers:
                client.call("GET", self.path)
                client.wait("2ms")
            watchers[0].wait(1)

    def test_many_who_look_at_the_same_thing_are_no_fault(self):
        self.watch_in_turn("red/1", "green/1", "blue/1", "white/1")
        self.assert_passes(self.CHECK, times=4)

    def test_many_who_are_told_apart_by_their_connections_alone_may_be_one(self):
        self.watch_in_turn("same/1", "same/2", "same/3", "same/4")
        self.assert_open(self.CHECK, "one-or-two-callers")

    def test_a_second_sync_is_waited_for_anew(self):
        client = self.begin(takes="3s")
        for _ in range(3):
            self.assertEqual(self.look(client, 4, 1)[-1], "scheduled")
            client.call("POST", f"{self.path}/sync", {"force": True})
        self.assert_passes(self.CHECK, times=3)

    def test_after_a_while_or_a_change_a_look_has_another_reason(self):
        client = self.begin(takes="3s")
        self.look(client, 4, 1)
        for _ in range(4):
            client.wait(31)
            client.call("GET", self.path)
        self.assert_passes(self.CHECK)
        self.assert_result("fail", self.CHECK, f"?{self.CHECK}.within=1m")
        client = self.begin(takes="3s")
        self.look(client, 4, 1)
        for number in range(4):
            client.call("PATCH", self.path, {"paused": number % 2 == 0})
            client.call("GET", self.path)
        self.assert_passes(self.CHECK)

    def test_a_clock_that_stands_still_leaves_it_open(self):
        client = self.begin(after_polls=9)
        self.look(client, 4, "0ms")
        self.assert_inconclusive(self.CHECK, (
            f"the session's clock stood still, and GET {self.path} was looked at 4 times in ~0 ms, "
            "with less than 100 ms between; advance it as the client waits, or let it run",
            [3, 4, 5, 6]))
        self.assert_open(self.CHECK, "clock-stood-still")


if __name__ == "__main__":
    unittest.main()
