"""A stop ends within its grace, whatever is under way; a command of exec ends with exec."""

import json
import os
import pathlib
import select
import signal
import subprocess
import tempfile
import unittest

from emulator import BINARY, JSON_TYPE, PATIENCE, Emulator, RawClient, request_bytes
from executed import ExecTest, start_exec

STUBBORN = ("for number in (signal.SIGTERM, signal.SIGINT):\n"
            "    signal.signal(number, lambda *_: os.write(1, b'no\\n'))\n"
            "print('ready', os.getpid(), flush=True)\n"
            "while True: signal.pause()\n")


ECHO = ("rules: [{play: [{status: 200, body: {"
        + ", ".join(f'm{i}: "{{{{request.body.text}}}}"' for i in range(14)) + "}}]}]\n")


class StopTest(unittest.TestCase):
    def test_a_client_that_does_not_read_its_answer_is_cut_off_within_the_grace(self):
        with tempfile.TemporaryDirectory() as folder:
            state = pathlib.Path(folder, "state.json")
            pathlib.Path(folder, "echo.yaml").write_text(ECHO)
            emulator = Emulator("--stop-grace", "2s", "--state", state,
                                "--scenarios", folder, "--scenario", "echo")
            self.addCleanup(emulator.stop)
            with RawClient(emulator) as client:
                client.send(request_bytes("POST", "/@kept/source-connections",
                                          [("X-API-Key", "k"), JSON_TYPE],
                                          json.dumps({"text": "x" * 1_000_000})))
                self.assertTrue(client.line().startswith(b"HTTP/1.1 200"))
                self.assertEqual(emulator.stop(), 0)
            self.assertIn('"kept"', state.read_text())


class StartTest(unittest.TestCase):
    def test_a_start_that_reads_a_pipe_without_end_is_ended(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(signal=number.name), tempfile.TemporaryDirectory() as folder:
                pipe = os.path.join(folder, "pipe")
                os.mkfifo(pipe)
                for command in ["serve", "--port", "0", "--seed-state", pipe], [
                        "exec", "--seed-state", pipe, "--", "true"]:
                    # A caller that ignores hang-ups, as nohup does, would have it ignore them, too.
                    start = subprocess.Popen(
                        [BINARY, *command],
                        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL))
                    self.addCleanup(start.kill)
                    writer = os.open(pipe, os.O_WRONLY | os.O_CLOEXEC)  # opens once it is read
                    start.send_signal(number)
                    self.assertEqual(start.wait(PATIENCE), 128 + number)
                    os.close(writer)


class ExecChildTest(ExecTest):
    def start(self, *options):
        process = start_exec(*options, client=STUBBORN)
        self.addCleanup(process.communicate, timeout=PATIENCE)
        self.addCleanup(process.kill)
        ready, child = process.stdout.readline().split()
        self.assertEqual(ready, "ready")
        return process, int(child)

    def test_the_second_signal_kills_a_command_that_ignores_the_first(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal=number.name):
                process, _ = self.start()
                process.send_signal(number)
                self.assertEqual(process.stdout.readline(), "no\n")
                process.send_signal(number)
                self.assertEqual(process.wait(PATIENCE), 128 + signal.SIGKILL)

    def test_a_command_that_ignores_one_signal_is_killed_after_the_grace(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal=number.name):
                process, _ = self.start("--stop-grace", "200ms")
                process.send_signal(number)
                _, told = process.communicate(timeout=PATIENCE)
                self.assertEqual(process.returncode, 128 + signal.SIGKILL)
                self.assertIn("mockduit: the command did not end within 200ms of the signal that "
                              "asked it to (--stop-grace); it was killed\n", told)
                self.assertIn("no request to judge", told, "the verdicts are told all the same")

    def test_a_group_that_the_command_leads_is_killed_with_it(self):
        process = start_exec("--stop-grace", "200ms", client=(
            "os.setpgid(0, 0)\n"
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            "child = os.fork()\n"
            "if child: print('ready', child, flush=True)\n"
            "while True: signal.pause()\n"))
        self.addCleanup(process.communicate, timeout=PATIENCE)
        self.addCleanup(process.kill)
        grandchild = int(process.stdout.readline().split()[1])
        watched = os.pidfd_open(grandchild)
        self.addCleanup(os.close, watched)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(PATIENCE), 128 + signal.SIGKILL)
        self.assertTrue(select.select([watched], [], [], PATIENCE)[0], "a process lives on")

    def test_a_command_that_ends_within_the_grace_is_not_killed(self):
        process = start_exec("--stop-grace", "60s", client=(
            "signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\n"
            "print('ready', flush=True)\n"
            "while True: signal.pause()\n"))
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), "ready\n")
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 7)
        self.assertNotIn("killed", told)

    def test_the_command_dies_with_exec(self):
        process, child = self.start()
        watched = os.pidfd_open(child)
        process.kill()
        process.wait(PATIENCE)
        readable, _, _ = select.select([watched], [], [], PATIENCE)
        os.close(watched)
        self.assertTrue(readable, "the command lives on")


if __name__ == "__main__":
    unittest.main()
