"""Streams that are full, closed, or whose reader has left: the server and the commands go on."""

import os
import pathlib
import resource
import select
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.parse

from emulator import (BINARY, PATIENCE, RawClient, clean_environment, raw_request, request_bytes,
                      run_mockduit)

SMALL_PIPE = 4096


class Server:
    """`mockduit serve` with streams of the test's choosing; its URL comes by a file."""

    def __init__(self, *options, shell="", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        self.folder = tempfile.TemporaryDirectory()
        ready = pathlib.Path(self.folder.name, "url")
        os.mkfifo(ready)
        reader = os.open(ready, os.O_RDONLY | os.O_NONBLOCK)
        command = [BINARY, "serve", "--port", "0", "--ready-file", str(ready), *map(str, options)]
        if shell:
            command = ["sh", "-c", f'exec "$@" {shell}', "sh", *command]
        self.process = subprocess.Popen(command, env=clean_environment(), stdout=stdout,
                                        stderr=stderr, stdin=subprocess.DEVNULL)
        readable, _, _ = select.select([reader], [], [], PATIENCE)
        url = os.read(reader, 1000).decode().strip() if readable else ""
        os.close(reader)
        self.host, self.port = urllib.parse.urlsplit(url).netloc.rsplit(":", 1)
        self.port = int(self.port)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        self.folder.cleanup()

    def serves(self):
        return raw_request(self, request_bytes("GET", "/sources", [("X-API-Key", "k")]),
                           "GET").status == 200

    def visit_sessions(self, count):
        """Requests to so many sessions, on one connection."""
        with RawClient(self) as client:
            for number in range(count):
                client.send(request_bytes("GET", f"/@s{number}/sources", [("X-API-Key", "k")]))
                assert client.answer("GET").status == 200

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def full_pipe():
    """Both ends of a pipe that takes no byte more."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, b"." * SMALL_PIPE)
    except BlockingIOError:
        os.set_blocking(writer, True)
    return reader, writer


class ServerTest(unittest.TestCase):
    def test_a_full_standard_error_holds_nobody_up(self):
        reader, writer = full_pipe()
        with Server("--max-sessions", "1", stderr=writer) as server:
            os.close(writer)
            server.visit_sessions(300)
            self.assertEqual(server.stop(), 0)
        os.close(reader)

    def test_evictions_are_a_line_a_second_with_a_count(self):
        began = time.monotonic()
        with Server("--max-sessions", "1", stderr=subprocess.PIPE) as server:
            server.visit_sessions(500)
            self.assertEqual(server.stop(), 0)
            log = server.process.stderr.read().decode()
        lines = [line for line in log.splitlines() if "the most there may be" in line]
        self.assertLessEqual(len(lines), 3 + (time.monotonic() - began))
        self.assertIn("times in the last second)", log)

    def test_a_reader_of_standard_error_that_has_left(self):
        reader, writer = os.pipe()
        with tempfile.TemporaryDirectory() as folder:
            state = pathlib.Path(folder, "state.json")
            with Server("--max-sessions", "1", "--state", state, stderr=writer) as server:
                os.close(writer)
                os.close(reader)
                server.visit_sessions(3)
                self.assertEqual(server.stop(), 0)
            self.assertIn('"s2"', state.read_text())

    def test_a_full_pipe_as_standard_output(self):
        reader, writer = full_pipe()
        with Server(stdout=writer) as server:
            self.assertTrue(server.serves())
            self.assertEqual(server.stop(), 0)
        os.close(writer)
        os.close(reader)

    def test_closed_streams(self):
        for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
            with self.subTest(closed=closed), Server(shell=closed) as server:
                self.assertTrue(server.serves())
                for number in (0, 1, 2):
                    target = os.readlink(f"/proc/{server.process.pid}/fd/{number}")
                    self.assertEqual(target, "/dev/null")
                self.assertEqual(server.stop(), 0)

    def test_a_full_disk_for_standard_output(self):
        with open("/dev/full", "w") as full, Server(stdout=full) as server:
            self.assertTrue(server.serves())
            self.assertEqual(server.stop(), 0)


class UnreadPipeTest(unittest.TestCase):
    """A named pipe that nobody has opened to read."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.pipe = os.path.join(folder.name, "pipe")
        os.mkfifo(self.pipe)

    def test_as_a_ready_file_it_ends_the_start(self):
        result = run_mockduit("serve", "--port", 0, "--ready-file", self.pipe)
        self.assertEqual(result.returncode, 1, result)
        self.assertEqual(result.stderr.splitlines()[-1],
                         f"mockduit: --ready-file: cannot write {self.pipe}: it is a pipe that nobody reads")

    def test_as_a_report_it_is_told_and_the_summary_comes(self):
        result = run_mockduit("exec", "--junit", self.pipe, "--", "true")
        self.assertEqual(result.returncode, 1, result)
        self.assertIn(f"--junit: cannot write {self.pipe}: it is a pipe that nobody reads", result.stderr)
        self.assertIn("no request to judge", result.stderr)

    def test_one_that_is_read_gets_all_of_it(self):
        with subprocess.Popen(["cat", self.pipe], stdout=subprocess.PIPE, text=True) as reader:
            writer = os.open(self.pipe, os.O_WRONLY)  # opens once cat reads
            result = run_mockduit("exec", "--report", self.pipe, "--", "true")
            os.close(writer)
            self.assertEqual(result.returncode, 0, result)
            page = reader.stdout.read()
        self.assertTrue(page.startswith("<!doctype html>"), page[:100])
        self.assertTrue(page.endswith("</html>\n"), page[-100:])


class CommandTest(unittest.TestCase):
    def run_with(self, *arguments, stdout):
        return subprocess.run([BINARY, *arguments], env=clean_environment(), stdout=stdout,
                              stderr=subprocess.PIPE, text=True, timeout=PATIENCE)

    def test_1_where_the_output_cannot_be_written(self):
        for command in (["operations"], ["scenarios", "--json"], ["--help"], ["--version"]):
            with self.subTest(command=command), open("/dev/full", "w") as full:
                ended = self.run_with(*command, stdout=full)
                self.assertEqual((ended.returncode, ended.stderr),
                                 (1, "mockduit: cannot write to standard output: "
                                     "No space left on device\n"))

    def test_1_where_the_output_is_closed(self):
        for command in ("operations", "scenarios", "scenarios --json", "--help", "--version", "completion bash"):
            with self.subTest(command=command):
                ended = subprocess.run(["sh", "-c", f'exec "$0" {command} >&-', BINARY], env=clean_environment(),
                                       stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
                self.assertEqual((ended.returncode, ended.stderr),
                                 (1, "mockduit: cannot write to standard output: it is closed\n"))

    def test_1_without_a_word_where_the_reader_has_left(self):
        reader, writer = os.pipe()
        os.close(reader)
        ended = self.run_with("operations", "--json", stdout=writer)
        os.close(writer)
        self.assertEqual((ended.returncode, ended.stderr), (1, ""))

    def test_exec_writes_its_files_though_nobody_reads_its_summary(self):
        with tempfile.TemporaryDirectory() as folder:
            junit = pathlib.Path(folder, "verdicts.xml")
            reader, writer = os.pipe()
            os.close(reader)
            ended = subprocess.run([BINARY, "exec", "--junit", str(junit), "--", "true"],
                                   env=clean_environment(), stdout=subprocess.DEVNULL,
                                   stderr=writer, timeout=PATIENCE)
            os.close(writer)
            self.assertEqual(ended.returncode, 0)
            self.assertIn("<testsuites", junit.read_text())

    def start_exec_unread(self, *arguments):
        """`mockduit exec` whose summary nobody reads, and that is not told to end by itself."""
        reader, writer = full_pipe()
        self.addCleanup(os.close, reader)
        process = subprocess.Popen([BINARY, "exec", "--stop-grace", "200ms", *arguments],
                                   env=clean_environment(), stdout=subprocess.PIPE, stderr=writer)
        os.close(writer)
        self.addCleanup(process.communicate, timeout=PATIENCE)
        self.addCleanup(process.kill)
        return process

    def test_exec_whose_summary_nobody_reads_ends_when_it_is_told_to(self):
        with tempfile.TemporaryDirectory() as folder:
            junit = os.path.join(folder, "pipe")
            os.mkfifo(junit)
            reader = os.open(junit, os.O_RDONLY | os.O_NONBLOCK)
            process = self.start_exec_unread("--junit", junit, "--", "true")
            self.assertTrue(select.select([reader], [], [], PATIENCE)[0])  # the summary is next
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(PATIENCE), 128 + signal.SIGTERM)
            os.close(reader)

    def test_and_when_it_was_told_to_while_its_command_ran(self):
        with tempfile.TemporaryDirectory() as folder:
            junit = pathlib.Path(folder, "verdicts.xml")
            process = self.start_exec_unread("--junit", str(junit), "--", "sh", "-c",
                                             "echo ready; exec sleep 1000")
            self.assertEqual(process.stdout.readline(), b"ready\n")
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(PATIENCE), 128 + signal.SIGTERM)
            self.assertIn("<testsuites", junit.read_text())

    def test_the_command_of_exec_has_the_signals_and_limits_that_exec_was_given(self):
        soft = 256

        def lower():
            hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)

        ended = subprocess.run(
            [BINARY, "exec", "--", "sh", "-c", "ulimit -n; grep SigIgn /proc/self/status"],
            env=clean_environment(), capture_output=True, text=True, timeout=PATIENCE,
            preexec_fn=lower)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        limit, _, ignored = ended.stdout.split()
        self.assertEqual(int(limit), soft)
        for number in (signal.SIGPIPE, signal.SIGXFSZ):
            self.assertEqual(int(ignored, 16) >> (number - 1) & 1, 0)


if __name__ == "__main__":
    unittest.main()
