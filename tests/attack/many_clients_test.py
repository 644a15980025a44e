"""Clients in thousands that say nothing, little, nonsense, or never read: others are served all the
same, and the slow ones end with 408."""

import random
import resource
import select
import socket
import unittest

from emulator import PATIENCE, Emulator, EmulatorTest, RawClient, create_on_supermetrics

IDLE, SLOW, DEAF, GARBAGE = 2000, 1000, 50, 1000
REQUEST = b"GET /v1/groups HTTP/1.1\r\nHost: localhost\r\n\r\n"


def allow_descriptors(count):
    """For this process and the servers that it starts; False where that many are not allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count <= hard or hard == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count), hard))
    return max(soft, hard) >= count


class ManyClientsTest(EmulatorTest):
    @classmethod
    def setUpClass(cls):
        if not allow_descriptors(IDLE + 500):
            raise unittest.SkipTest(f"{IDLE + 500} open files are not allowed here")
        super().setUpClass()

    def connect(self, count):
        clients = [RawClient(self.emulator) for _ in range(count)]
        self.addCleanup(lambda: [client.close() for client in clients])
        return clients

    def test_a_new_client_is_served_beside_idle_ones(self):
        clients = self.connect(IDLE)
        self.assert_still_serves()
        for client in clients[::100]:  # and they are not forgotten
            client.send(REQUEST)
            self.assertEqual(client.answer("GET").status, 401)

    def test_a_new_client_is_served_beside_those_that_kept_their_connection(self):
        for client in self.connect(IDLE):
            client.send(REQUEST)
            self.assertEqual(client.answer("GET").status, 401)
        self.assert_still_serves()

    def test_a_new_client_is_served_beside_those_that_do_not_read(self):
        for client in self.connect(DEAF):
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.socket.setblocking(False)
            try:
                while client.socket.send(REQUEST * 1000):  # until nobody takes it any more
                    pass
            except BlockingIOError:
                pass
        self.assert_still_serves()

    def test_clients_that_hang_up_in_the_middle_leave_nothing_behind(self):
        for end in range(1, len(REQUEST)):
            for client in self.connect(20):
                client.send(REQUEST[:end])
                client.close()
        self.assert_still_serves()

    def test_garbage_behind_a_request_ends_the_connection(self):
        chance = random.Random(7)
        for _ in range(GARBAGE):
            with RawClient(self.emulator) as client:
                client.send(REQUEST + chance.randbytes(chance.randint(1, 300)) + b"\r\n\r\n")
                self.assertEqual(client.answer("GET").status, 401)
                self.assertIn(client.answer("GET").status, (400, 414, 431, 505))
                self.assertTrue(client.hung_up())
        self.assert_still_serves()


class SlowClientsTest(unittest.TestCase):
    """A second between two bytes is what these clients are about; nothing waits for the clock."""

    def test_a_thousand_clients_of_a_byte_a_second_end_with_408(self):
        if not allow_descriptors(SLOW + 500):
            self.skipTest(f"{SLOW + 500} open files are not allowed here")
        with Emulator() as emulator:
            clients = {}
            poll = select.poll()
            for number in range(SLOW):
                client = RawClient(emulator)
                self.addCleanup(client.close)
                client.send("POST /v1/groups HTTP/1.1\r\nHost: localhost\r\n")
                clients[client.socket.fileno()] = client
                poll.register(client.socket, select.POLLIN)
            self.assertEqual(create_on_supermetrics(emulator).status, 201)
            answers = {}
            seconds_of_silence = 0
            while clients and seconds_of_silence < PATIENCE:
                ended = poll.poll(1000)
                for descriptor, _ in ended:
                    poll.unregister(descriptor)
                    answers[descriptor] = clients.pop(descriptor).answer()
                if not ended:  # only a second without any end is a second for a byte
                    seconds_of_silence += 1
                    for client in clients.values():
                        client.send(b"X")
            self.assertEqual(len(answers), SLOW)
            for answer in answers.values():
                self.assertEqual(answer.status, 408, answer)
                self.assertEqual(answer.json()["detail"],
                                 "The head of the request took too long to arrive.")
            self.assertEqual(create_on_supermetrics(emulator).status, 201)


if __name__ == "__main__":
    unittest.main()
