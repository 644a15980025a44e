"""No descriptors, no threads: old idle connections give way, one that has no thread gets a 503."""

import os
import pathlib
import resource
import shutil
import subprocess
import tempfile
import unittest

from emulator import BINARY, Emulator, RawClient, raw_request, request_bytes

ASK = request_bytes("GET", "/sources", [("X-API-Key", "k")])
NOBODY = 54_321  # a user that has no other process


class LimitedEmulator(Emulator):
    """One that the system gives only so much."""

    def __init__(self, prepare, *arguments, binary=BINARY):
        popen = subprocess.Popen

        def limited(command, **more):
            return popen([binary, *command[1:]], preexec_fn=prepare, **more)

        subprocess.Popen = limited
        try:
            super().__init__(*arguments)
        finally:
            subprocess.Popen = popen


class DescriptorsTest(unittest.TestCase):
    def test_the_soft_limit_is_raised_to_the_hard_one(self):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        lower = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
        with LimitedEmulator(lower) as emulator:
            limits = pathlib.Path(f"/proc/{emulator.process.pid}/limits").read_text()
            line = next(line for line in limits.splitlines() if line.startswith("Max open files"))
            soft, told_hard = line.split()[3:5]
            self.assertEqual(soft, told_hard)

    def test_idle_connections_give_way_oldest_first_and_the_log_says_so_once(self):
        few = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (80, 80))
        with LimitedEmulator(few) as emulator:
            clients = []
            for _ in range(200):
                client = RawClient(emulator)
                client.send(ASK)
                self.assertEqual(client.answer("GET").status, 200)
                clients.append(client)
            self.assertTrue(clients[0].hung_up())
            clients[-1].send(ASK)
            self.assertEqual(clients[-1].answer("GET").status, 200)
            for client in clients:
                client.close()
            emulator.wait_for_log("idle ones give way")
            self.assertEqual(emulator.log().count("idle ones give way"), 1, emulator.log())


@unittest.skipUnless(os.geteuid() == 0, "only root may become a user without processes")
class ThreadsTest(unittest.TestCase):
    def test_connections_beyond_the_threads_that_there_may_be_are_served_all_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            binary = shutil.copy(BINARY, folder)

            def limit():
                resource.setrlimit(resource.RLIMIT_NPROC, (20, 20))
                os.setgid(NOBODY)
                os.setuid(NOBODY)

            with LimitedEmulator(limit, binary=binary) as emulator:
                clients = [RawClient(emulator) for _ in range(60)]
                # Twice, so that each is one that waited while others were served.
                for _ in range(2):
                    for client in clients:
                        client.send(ASK)
                        self.assertEqual(client.answer("GET").status, 200)
                for client in clients:
                    client.close()


if __name__ == "__main__":
    unittest.main()
