"""What each fault and delay of a scenario looks like on the wire, byte by byte, and in the journal.

The seed and the clock make an answer the same in every session that begins anew, so a faulty one is
held against the sound one.
"""

import re
import unittest

from calls import (AIRWEAVE, BEARER, CALLS, FIVETRAN, ScenarioTest, eventually, for_each_call,
                   is_silent, read_bytes, read_head, read_to_the_end, what_is_there)
from emulator import RawClient

NO_JSON = b"<!-- this is no JSON"


class Played:
    """What came of a play: the bytes, their end, and the journal's word."""

    def __init__(self, received, end, exchange):
        self.received, self.end, self.exchange = received, end, exchange
        self.head, _, self.body = received.partition(b"\r\n\r\n")

    @property
    def told(self):
        return self.exchange["fault"], self.exchange["applied"], self.exchange["outcome"]


class FaultTest(ScenarioTest):
    OPTIONS = ("--seed", 7, "--clock", "2026-01-15T10:00:00Z")

    def play(self, call, *plays, more=(("Connection", "close"),), **sent):
        """What a create meets that is the first one of its session."""
        self.define(*plays, name="faulty")
        self.admin("POST", "/sessions/faulty/reset")
        with RawClient(self.emulator) as client:
            client.send(call.bytes("/~faulty@faulty", more=more, **sent))
            received, end = read_to_the_end(client)
        [exchange] = self.exchanges("faulty")
        return Played(received, end, exchange)

    def sound(self, call, **play):
        return self.play(call, {"outcome": "success", **play})


class WireTest(FaultTest):
    @for_each_call
    def test_a_sound_answer_is_the_same_each_time(self, call):
        sound = self.sound(call)
        self.assertEqual(self.sound(call).received, sound.received)
        self.assertEqual(sound.told, (None, True, "success"))
        self.assertEqual(len(self.made("faulty", call)), 1)

    @for_each_call
    def test_reset_is_a_reset_and_no_byte(self, call):
        played = self.play(call, {"fault": "reset"})
        self.assertEqual((played.received, played.end), (b"", "reset"))
        self.assertEqual(played.told, ("reset", True, "success"))
        self.assertEqual(len(self.made("faulty", call)), 1)

    @for_each_call
    def test_empty_closes_and_no_byte_comes(self, call):
        played = self.play(call, {"fault": "empty"})
        self.assertEqual((played.received, played.end), (b"", "closed"))
        self.assertEqual(played.told, ("empty", True, "success"))

    @for_each_call
    def test_truncate_sends_half_a_body_under_the_whole_length(self, call):
        sound = self.sound(call)
        played = self.play(call, {"fault": "truncate"})
        half = len(sound.body) // 2
        self.assertEqual(played.received, sound.received[:len(sound.received) -
                                                         len(sound.body) + half])
        self.assertEqual(played.end, "closed")
        self.assertEqual(played.told, ("truncate", True, "success"))

    @for_each_call
    def test_truncate_sends_as_many_bytes_as_it_says_but_never_all(self, call):
        sound = self.sound(call)
        for count, come in ((1, 1), (20, 20), (1_000_000, len(sound.body) - 1)):
            played = self.play(call, {"fault": {"truncate": count}})
            self.assertEqual((played.head, played.body), (sound.head, sound.body[:come]))
            self.assertEqual(played.end, "closed")

    @for_each_call
    def test_malformed_is_no_json_in_sound_http(self, call):
        sound = self.sound(call)
        played = self.play(call, {"fault": "malformed"})
        body = sound.body[:len(sound.body) // 2] + NO_JSON
        head = re.sub(rb"(Content-Length: )\d+", rb"\g<1>%d" % len(body), sound.head)
        self.assertEqual((played.head, played.body, played.end), (head, body, "closed"))
        self.assertEqual(played.told, ("malformed body", True, "success"))

    def test_malformed_keeps_the_connection(self):
        name = self.define({"fault": "malformed"})
        with RawClient(self.emulator) as client:
            for _ in range(2):
                client.send(AIRWEAVE.bytes(f"/~{name}@{name}"))
            self.assertRaises(ValueError, client.answer().json)
            self.assertEqual(client.answer().json()["status"], "in_progress")

    @for_each_call
    def test_malformed_chunk_has_no_size(self, call):
        sound = self.sound(call)
        played = self.play(call, {"fault": {"malformed": "chunk"}})
        head = re.sub(rb"Content-Length: \d+", b"Transfer-Encoding: chunked", sound.head)
        self.assertEqual(played.head, head)
        self.assertEqual(played.body, b"zz\r\n" + sound.body[:len(sound.body) // 2])
        self.assertEqual(played.end, "closed")
        self.assertEqual(played.told, ("malformed chunk", True, "success"))

    @for_each_call
    def test_stall_ends_after_the_head_when_its_time_is_over(self, call):
        sound = self.sound(call)
        played = self.play(call, {"fault": {"stall": "100ms"}})
        self.assertEqual(played.received, sound.head + b"\r\n\r\n")
        self.assertEqual(played.end, "closed")
        self.assertEqual(played.told, ("stall", True, "success"))

    @for_each_call
    def test_stall_says_nothing_after_the_head(self, call):
        sound = self.sound(call)
        name = self.define({"fault": "stall"})
        with RawClient(self.emulator) as client:
            client.send(call.bytes(f"/~{name}@{name}"))
            head = read_head(client)
            self.assertTrue(head.startswith(sound.head.partition(b"\r\n")[0]), head)
            self.assertEqual(len(self.made(name, call)), 1)
            self.assertTrue(is_silent(client))

    @for_each_call
    def test_slow_sends_it_all(self, call):
        sound = self.sound(call)
        rate = 20 * len(sound.body)
        played = self.play(call, {"fault": {"slow": rate}})
        self.assertEqual((played.received, played.end), (sound.received, "closed"))
        self.assertEqual(played.told, ("slow", True, "success"))

    @for_each_call
    def test_slow_sends_the_head_at_once_and_the_body_bit_by_bit(self, call):
        # At a byte a second all of the body, which even Supermetrics makes 90 long, takes minutes.
        name = self.define({"fault": {"slow": 1}})
        with RawClient(self.emulator) as client:
            client.send(call.bytes(f"/~{name}@{name}"))
            length = int(re.search(rb"\r\nContent-Length: (\d+)", read_head(client))[1])
            self.assertEqual(read_bytes(client, 1), b"{")
            self.assertLess(len(what_is_there(client) or b""), length // 2)

    def test_slow_without_a_rate_is_slow_too(self):
        name = self.define({"fault": "slow"})
        with RawClient(self.emulator) as client:
            client.send(AIRWEAVE.bytes(f"/~{name}@{name}"))
            self.assertIn(b"\r\nContent-Length: ", read_head(client))
            self.assertTrue(read_bytes(client, 13).startswith(b"{"))
        self.assertEqual(self.exchanges(name)[0]["fault"], "slow")

    def test_slow_keeps_the_connection(self):
        name = self.define({"fault": {"slow": 10_000}})
        with RawClient(self.emulator) as client:
            for _ in range(2):
                client.send(BEARER.bytes(f"/~{name}@{name}"))
                self.assertEqual(client.answer().status, 201)


class CombinedTest(FaultTest):
    """A fault with the other keys of a play."""

    @for_each_call
    def test_a_fault_on_a_documented_error_breaks_that_error(self, call):
        error = self.play(call, {"outcome": "server_error"})
        played = self.play(call, {"outcome": "server_error", "fault": {"truncate": 9}})
        self.assertEqual((played.head, played.body), (error.head, error.body[:9]))
        self.assertEqual(played.told, ("truncate", False, "server_error"))
        self.assertEqual(self.made("faulty", call), [])

    @for_each_call
    def test_a_fault_breaks_also_the_error_that_a_request_earns(self, call):
        earned = self.play(call, {"outcome": "success"}, body="{}")
        played = self.play(call, {"fault": "truncate"}, body="{}")
        self.assertEqual(played.head, earned.head)
        self.assertEqual(played.body, earned.body[:len(earned.body) // 2])
        self.assertEqual(played.told[:2], ("truncate", False))

    def test_effect_says_whether_the_operation_happens(self):
        for call in CALLS:
            for fault, told in (("reset", "reset"), ({"stall": "1ms"}, "stall")):
                for effect in ("apply", "skip"):
                    with self.subTest(call=call.name, fault=told, effect=effect):
                        played = self.play(call, {"fault": fault, "effect": effect})
                        applied = effect == "apply"
                        self.assertEqual(played.told, (told, applied, "success"))
                        self.assertEqual(len(self.made("faulty", call)), applied)

    def test_an_effect_with_an_error_and_a_fault(self):
        played = self.play(FIVETRAN, {"outcome": "server_error", "effect": "apply",
                                      "fault": "empty"})
        self.assertEqual((played.received, played.end), (b"", "closed"))
        self.assertEqual(played.told, ("empty", True, "server_error"))
        self.assertEqual(len(self.made("faulty", FIVETRAN)), 1)

    def test_a_body_of_ones_own_is_cut_too(self):
        body = '{"connection":"made"}'
        played = self.play(AIRWEAVE, {"status": 418, "body": {"connection": "made"},
                                      "fault": {"truncate": 5}})
        self.assertTrue(played.head.startswith(b"HTTP/1.1 418 "))
        self.assertIn(b"\r\nContent-Length: %d" % len(body), played.head)
        self.assertEqual(played.body, body[:5].encode())

    def test_where_no_body_is_the_head_is_cut(self):
        for fault in ("truncate", {"stall": "1ms"}):
            played = self.play(AIRWEAVE, {"status": 204, "fault": fault})
            self.assertTrue(b"HTTP/1.1 204 No Content\r\n".startswith(played.received[:25]))
            self.assertNotIn(b"\r\n\r\n", played.received)


class DelayTest(FaultTest):
    @for_each_call
    def test_a_fixed_delay(self, call):
        sound = self.sound(call)
        played = self.play(call, {"delay": "60ms"})
        self.assertEqual(played.received, sound.received)
        self.assertEqual((played.exchange["delay"], *played.told), (0.06, None, True,
                                                                    "success"))

    @for_each_call
    def test_the_answer_is_held_back_and_no_other_is(self, call):
        for play in ({}, {"fault": "reset"}, {"outcome": "forbidden"}):
            with self.subTest(play=play):
                name = self.define({**play, "delay": "1h"})
                with RawClient(self.emulator) as client:
                    client.send(call.bytes(f"/~{name}@{name}"))
                    eventually(lambda name=name: self.exchanges(name))
                    for _ in range(5):
                        self.assertEqual(self.create("success", call).status, call.success)
                    self.assertTrue(is_silent(client))
                    self.assertEqual([one["delay"] for one in self.exchanges(name)], [3600])

    def test_a_delay_is_served_before_a_fault_or_an_error(self):
        for call in CALLS:
            for play, end in (({"fault": "reset"}, "reset"), ({"outcome": "forbidden"}, "closed")):
                with self.subTest(call=call.name, play=play):
                    played = self.play(call, {**play, "delay": "40ms"})
                    self.assertEqual(played.end, end)
                    self.assertEqual(played.exchange["delay"], 0.04)

    def draw(self, name, delay):
        """The delays of 40 answers, in the order of their length."""
        self.define({"delay": delay, "times": "forever"}, name=name)
        with RawClient(self.emulator) as client:
            for number in range(40):
                client.send(CALLS[number % len(CALLS)].bytes(f"/~{name}@{name}"))
                self.assertLess(client.answer().status, 300)
        return sorted(one["delay"] for one in self.exchanges(name))

    def test_a_delay_between_two_bounds(self):
        delays = self.draw("bounds", {"min": "2ms", "max": "6ms"})
        self.assertTrue(0.002 <= delays[0] < 0.003 and 0.005 < delays[-1] <= 0.006, delays)

    def test_a_delay_about_a_median(self):
        delays = self.draw("median", {"median": "2ms", "p99": "6ms"})
        self.assertTrue(0 < delays[0] and 0.0015 < delays[20] < 0.0025 < delays[-1], delays)

    def test_the_same_seed_draws_the_same_delays(self):
        drawn = []
        for _ in range(2):
            self.define({"delay": {"min": "0ms", "max": "3ms"}, "times": "forever"}, name="drawn")
            self.admin("POST", "/sessions/drawn/reset")
            self.statuses("drawn", 10)
            drawn.append([one["delay"] for one in self.exchanges("drawn")])
        self.assertEqual(drawn[0], drawn[1])
        self.assertEqual(len(set(drawn[0])), 10)

    def test_what_an_error_is_earned_by_is_delayed_too(self):
        played = self.play(AIRWEAVE, {"delay": "30ms"}, key="invalid")
        self.assertTrue(played.head.startswith(b"HTTP/1.1 403 "))
        self.assertEqual(played.exchange["delay"], 0.03)


if __name__ == "__main__":
    unittest.main()
