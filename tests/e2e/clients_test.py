"""Clients that are slow, that leave, that stay and say nothing: none keeps another one waiting."""

import resource
import socket
import struct
import unittest

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, JSON_TYPE, SUPERMETRICS_BODY,
                      SUPERMETRICS_PATH, Emulator, EmulatorTest, RawClient, create_on_supermetrics,
                      request_bytes)

CREATE = request_bytes("POST", SUPERMETRICS_PATH, [JSON_TYPE, ("Authorization", "Bearer t")],
                       SUPERMETRICS_BODY)
IDLE = 2000
DESCRIPTORS = 2 * IDLE  # what the server and the test each may open; the server inherits it


class SlowClientsTest(EmulatorTest):
    def test_one_that_sends_a_byte_at_a_time_is_answered_and_others_meanwhile(self):
        # As slow as the others are quick: between two bytes a whole create is answered.
        with RawClient(self.emulator) as slow:
            for byte in CREATE:
                slow.send(bytes([byte]))
                self.assert_still_serves()
            self.assertEqual(slow.answer().status, 201)

    def test_many_that_stop_in_the_middle_keep_nobody_waiting(self):
        stopped = []
        for part in range(1, len(CREATE), 5):
            stopped.append(RawClient(self.emulator))
            stopped[-1].send(CREATE[:part])
        self.assert_still_serves()
        for client in stopped:
            client.close()
        self.assert_still_serves()

    def test_one_that_stops_may_still_go_on(self):
        head_end = CREATE.index(b"\r\n\r\n") + 4
        for part in (1, 10, head_end - 2, head_end, head_end + 10):
            with self.subTest(part=part), RawClient(self.emulator) as client:
                client.send(CREATE[:part])
                self.assert_still_serves()
                client.send(CREATE[part:])
                self.assertEqual(client.answer().status, 201)


class LeavingClientsTest(EmulatorTest):
    def leave(self, sent, at_once):
        """Hangs up after sending; `at_once` cuts the connection (RST) and takes no answer."""
        client = RawClient(self.emulator)
        client.send(sent)
        if at_once:
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()

    def test_one_that_leaves_in_the_middle(self):
        head_end = CREATE.index(b"\r\n\r\n") + 4
        for at_once in (False, True):
            for part in (0, 1, 10, head_end - 1, head_end, head_end + 10, len(CREATE)):
                with self.subTest(at_once=at_once, part=part):
                    for _ in range(20):
                        self.leave(CREATE[:part], at_once)
                    self.assert_still_serves()

    def test_one_that_asks_a_lot_and_takes_no_answer(self):
        for at_once in (False, True):
            self.leave(CREATE * 200, at_once)
            self.assert_still_serves()

    def test_one_that_sends_no_more_and_waits_is_answered(self):
        with RawClient(self.emulator) as client:
            client.send(CREATE)
            client.socket.shutdown(socket.SHUT_WR)
            self.assertEqual(client.answer().status, 201)
            self.assertTrue(client.hung_up())

    def test_half_a_request_makes_nothing(self):
        body = request_bytes("POST", AIRWEAVE_PATH + "?half",
                             [JSON_TYPE, ("X-API-Key", "k"), ("X-Mockduit-Session", "half")],
                             AIRWEAVE_BODY)
        with RawClient(self.emulator) as client:
            client.send(body[:-1])
            client.socket.shutdown(socket.SHUT_WR)
            self.assertTrue(client.hung_up())
        self.assert_still_serves()
        self.assertNotIn(b'"half"', self.sessions())

    def sessions(self):
        with RawClient(self.emulator) as client:
            client.send(request_bytes("GET", "/__admin/sessions", host=self.emulator.host))
            return client.answer("GET").body


class IdleClientsTest(unittest.TestCase):
    def setUp(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if 0 <= hard < DESCRIPTORS:
            self.skipTest(f"this system lets a process open {hard} files, not {DESCRIPTORS}")
        if 0 <= soft < DESCRIPTORS:
            resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, hard))
            self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))

    def test_2000_idle_connections_keep_no_new_client_waiting(self):
        emulator = Emulator()
        self.addCleanup(emulator.end)
        idle = [RawClient(emulator) for _ in range(IDLE)]
        for number, client in enumerate(idle):
            self.addCleanup(client.close)
            if number % 2 == 0:  # the others have not said a word yet
                client.send(CREATE)
        for client in idle[::2]:
            self.assertEqual(client.answer().status, 201)

        for _ in range(10):
            self.assertEqual(create_on_supermetrics(emulator).status, 201)
        for client in idle[::100]:  # and they live on
            client.send(CREATE)
            self.assertEqual(client.answer().status, 201)
        self.assertEqual(emulator.stop(), 0)
        self.assertTrue(all(client.hung_up() for client in idle))


if __name__ == "__main__":
    unittest.main()
