"""What a fault or a delay means for everybody: the others, the server, the client that meets it."""

import http.client
import json
import os
import signal
import socket
import struct
import unittest

from calls import (AIRWEAVE, CALLS, Caller, ScenarioTest, eventually, for_each_call, in_threads,
                   read_head, read_to_the_end)
from emulator import Emulator, RawClient, control, create_on_supermetrics, request_bytes

WAITS = {"stall": {"fault": "stall"}, "slow": {"fault": {"slow": 10}}, "delay": {"delay": "1h"}}
FAULTS = {"reset": {"fault": "reset"}, "empty": {"fault": "empty"},
          "truncate": {"fault": "truncate"}, "malformed": {"fault": "malformed"},
          "chunk": {"fault": {"malformed": "chunk"}}}


class FaultyTest(ScenarioTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, play in (WAITS | FAULTS).items():
            cls.define(cls(), {**play, "times": "forever"}, name=name)

    def wait_on(self, name, session, count=1):
        """Clients whose answers are held up, once all of them are."""
        clients = []
        for number in range(count):
            clients.append(RawClient(self.emulator))
            self.addCleanup(clients[-1].close)
            clients[-1].send(CALLS[number % len(CALLS)].bytes(f"/~{name}@{session}"))
        eventually(lambda: len(self.exchanges(session)) == count)
        return clients


class OthersTest(FaultyTest):
    OTHERS = 50

    def assert_others_go_on(self, name, alongside):
        """50 clients get what is theirs while `alongside` is called again and again."""
        session = f"others-of-{name}"

        def work(number):
            with Caller(self.emulator) as caller:
                for turn in range(4):
                    call = CALLS[(number + turn) % len(CALLS)]
                    alongside(number)
                    self.assertEqual(caller.status(call, f"/@{session}"), call.success)

        in_threads(self.OTHERS, work)
        made = sum(len(self.made(session, call)) for call in CALLS[1:])
        self.assertEqual(made, 4 * self.OTHERS)

    def test_they_go_on_while_some_are_kept_waiting(self):
        for name in WAITS:
            with self.subTest(wait=name):
                self.wait_on(name, f"kept-by-{name}", self.OTHERS)
                self.assert_others_go_on(name, lambda _: None)

    def test_they_go_on_while_some_meet_faults(self):
        for name in FAULTS:
            with self.subTest(fault=name):
                def meet(number, name=name):
                    with RawClient(self.emulator) as client:
                        client.send(CALLS[number % len(CALLS)].bytes(
                            f"/~{name}@met-{name}", more=[("Connection", "close")]))
                        read_to_the_end(client)

                self.assert_others_go_on(name, meet)
                self.assertEqual(len(self.exchanges(f"met-{name}")), 4 * self.OTHERS)


class LeavingTest(FaultyTest):
    CLIENTS = 40

    def count(self, what):
        """The server's threads ("task") or open files ("fd")."""
        return len(os.listdir(f"/proc/{self.emulator.process.pid}/{what}"))

    def hold(self, count):
        """Clients that stay after an answer."""
        clients = []
        for _ in range(count):
            clients.append(RawClient(self.emulator))
            clients[-1].send(request_bytes("GET", "/__admin/health", host=self.emulator.host))
            self.assertEqual(clients[-1].answer("GET").status, 200)
        return clients

    def test_one_that_leaves_frees_what_it_had(self):
        for name in WAITS:
            for at_once in (False, True):
                # A delay is still served to one who has only finished sending.
                if name == "delay" and not at_once:
                    continue
                with self.subTest(wait=name, at_once=at_once):
                    self.leave(name, at_once)

    def leave(self, name, at_once):
        files = self.count("fd")
        clients = self.wait_on(name, f"leaving-{name}-{at_once}".lower(), self.CLIENTS)
        if name != "delay":
            for client in clients:
                read_head(client)
        threads = self.count("task")
        self.assertGreaterEqual(threads, self.CLIENTS)
        for client in clients:
            if at_once:
                client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                         struct.pack("ii", 1, 0))
            client.close()

        def all_gone():
            self.assert_still_serves()
            return self.count("fd") <= files

        eventually(all_gone)
        # As many new ones do with the threads that are there.
        newcomers = self.hold(self.CLIENTS)
        self.assertLess(self.count("task"), threads + self.CLIENTS // 2)
        for client in newcomers:
            client.close()
        eventually(all_gone)


class StoppingTest(unittest.TestCase):
    """SIGTERM lets nobody wait: neither the one who stops the server nor a client."""

    def stop_during(self, play, call=AIRWEAVE):
        """What the client got before and after SIGTERM, and how its connection ended."""
        with Emulator() as emulator, RawClient(emulator) as client:
            text = json.dumps({"rules": [{"play": [play]}]})
            client.send(request_bytes("PUT", "/__admin/scenarios/waits", [], text, emulator.host))
            self.assertEqual(client.answer("PUT").status, 201)
            client.send(call.bytes("/~waits@waits"))
            eventually(lambda: control(emulator, "GET", "/sessions/waits/requests")["requests"])
            before = b"" if "delay" in play else read_head(client)
            emulator.send_signal(signal.SIGTERM)
            after, end = read_to_the_end(client)
            # Leaving the client and the server here asserts that the server ends well.
            return before, after, end

    @for_each_call
    def test_during_a_stall_the_connection_is_closed(self, call):
        before, after, end = self.stop_during({"fault": "stall"}, call)
        self.assertTrue(before.startswith(b"HTTP/1.1 %d " % call.success))
        self.assertEqual((after, end), (b"", "closed"))

    @for_each_call
    def test_during_a_slow_body_the_rest_comes_at_once(self, call):
        before, after, end = self.stop_during({"fault": {"slow": 1}}, call)
        self.assertIn(b"\r\nContent-Length: %d\r\n" % len(after), before)
        self.assertIsInstance(json.loads(after), dict)
        self.assertEqual(end, "closed")

    @for_each_call
    def test_during_a_delay_the_answer_comes_at_once(self, call):
        _, answer, end = self.stop_during({"delay": "1h"}, call)
        head, _, body = answer.partition(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1.1 %d " % call.success))
        self.assertIn(b"\r\nConnection: close", head)
        self.assertIsInstance(json.loads(body), dict)
        self.assertEqual(end, "closed")

    def test_during_a_delay_before_a_fault_the_fault_comes_at_once(self):
        self.assertEqual(self.stop_during({"delay": "1h", "fault": "reset"})[1:], (b"", "reset"))

    def test_during_a_stream_of_events_the_stream_ends(self):
        with Emulator() as emulator, RawClient(emulator) as client:
            client.send(request_bytes("GET", "/__admin/events", host=emulator.host))
            self.assertIn(b"\r\nTransfer-Encoding: chunked\r\n", read_head(client))
            self.assertEqual(create_on_supermetrics(emulator).status, 201)
            size = int(client.line(), 16)
            self.assertIn(b"event: exchange\n", client._stream.read(size + 2))
            emulator.send_signal(signal.SIGTERM)
            self.assertEqual(client._stream.read(), b"0\r\n\r\n")


class HttpClientTest(FaultyTest):
    """Python's own client raises what belongs to each fault."""

    def ask(self, name, timeout=None):
        connection = http.client.HTTPConnection(self.emulator.host, self.emulator.port,
                                                timeout=timeout or 60)
        self.addCleanup(connection.close)
        connection.request("POST", f"/~{name}{AIRWEAVE.path}", AIRWEAVE.body,
                           dict(AIRWEAVE.headers()))
        return connection.getresponse()

    def test_a_connection_that_ends_raises_before_there_is_an_answer(self):
        with self.assertRaises(ConnectionResetError) as reset:
            self.ask("reset")
        self.assertNotIsInstance(reset.exception, http.client.RemoteDisconnected)
        self.assertRaises(http.client.RemoteDisconnected, self.ask, "empty")

    def test_a_body_that_ends_too_soon_raises(self):
        answer = self.ask("truncate")
        self.assertEqual(answer.status, AIRWEAVE.success)
        with self.assertRaises(http.client.IncompleteRead) as incomplete:
            answer.read()
        length = int(answer.headers["Content-Length"])
        self.assertEqual(len(incomplete.exception.partial), length // 2)
        self.assertEqual(incomplete.exception.expected, length - length // 2)

    def test_a_body_that_is_no_json_raises(self):
        with self.assertRaises(json.JSONDecodeError):
            json.load(self.ask("malformed"))

    def test_a_chunk_without_a_size_raises(self):
        with self.assertRaises((http.client.IncompleteRead, ValueError)):
            self.ask("chunk").read()

    def test_a_wait_meets_the_clients_own_patience(self):
        self.assertRaises(TimeoutError, self.ask("stall", 0.1).read)
        self.assertRaises(TimeoutError, self.ask("slow", 0.05).read)
        self.assertRaises(TimeoutError, self.ask, "delay", 0.1)


if __name__ == "__main__":
    unittest.main()
