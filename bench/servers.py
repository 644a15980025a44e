"""Starts and stops what the bench measures: mockduit, nginx, and the peers that peers.py describes.

A Server has been asked once, and has answered as CREATE is answered, before anyone gets it.
"""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import typing

from call import CREATE, Unexpected, ask, connect

PATIENCE = 60  # seconds for a start
ANSWER = ('{"meta":{"request_id":"019461A0-0000-7000-8000-000000000000"},"data":{"connection_id":'
          '"019461A0-0000-7000-8000-000000000001","login_url":null,"connect_url":null}}')
NGINX = """
    daemon off; worker_processes {workers}; pid {folder}/nginx.pid; error_log {folder}/error.log;
    events {{ worker_connections 4096; }}
    http {{
      access_log off; keepalive_requests 1000000000;
      client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
      fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
      scgi_temp_path {folder}/scgi;
      server {{
        listen 127.0.0.1:{port};
        location / {{ default_type application/json; return 201 '{answer}'; }}
      }}
    }}"""


class Memory(typing.NamedTuple):
    """Of processes, in MiB."""

    anonymous: float
    resident: float


class NotStarted(Exception):
    """With what the server said about it."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def find_tool(name):
    """Its path, also where only root has it on the PATH."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def stop_with_us():
    """Has a signal that ends the bench end its servers, too: they are groups of their own."""
    def leave(number, _):
        sys.exit(128 + number)

    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, leave)


class Server:
    """A server process, to be used with `with`. start_ms is the time to its first right answer."""

    def __init__(self, command, port, folder=None, environment=None):
        self.port = port
        self._folder = folder  # a TemporaryDirectory that goes with the server
        self._output = tempfile.TemporaryFile()
        self._begun = time.monotonic()
        self.process = subprocess.Popen(  # a group of its own: some peers start more processes
            [str(word) for word in command], stdout=self._output, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, env=environment, start_new_session=True,
            cwd=folder and folder.name)
        try:
            self.first_answer = self._await_answer()
        except BaseException:
            self.stop()
            raise
        self.start_ms = (time.monotonic() - self._begun) * 1000

    def _await_answer(self):
        problem = None
        while time.monotonic() - self._begun < PATIENCE:
            if self.process.poll() is not None:
                raise NotStarted(f"it ended with {self.process.returncode}: {self._said()}")
            try:
                connection = connect(self.port, timeout=PATIENCE)
                try:
                    return ask(connection, CREATE)
                finally:
                    connection.close()
            except (OSError, Unexpected) as error:
                problem = error
                time.sleep(0.0005)
        raise NotStarted(f"no right answer in {PATIENCE} s: {problem}: {self._said()}")

    def _said(self):
        self._output.seek(0)
        lines = self._output.read().decode(errors="replace").split("\n")
        return " ".join(line.strip() for line in lines if line.strip())[-400:] or "nothing was said"

    def memory(self):
        """Anonymous and resident memory in MiB, of the process and all that it has started."""
        return Memory(*map(sum, zip(*map(memory_of, family_of(self.process.pid)))))

    def stop(self):
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        except ProcessLookupError:
            self.process.wait()
        self._output.close()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def memory_of(pid):
    try:
        text = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        return [int(re.search(name + r":\s+(\d+) kB", text)[1]) / 1024
                for name in ("RssAnon", "VmRSS")]
    except (OSError, TypeError):  # it has just ended
        return [0, 0]


def family_of(pid):
    """The process, its children, theirs, and so on."""
    family = [pid]
    for one in family:
        for children in pathlib.Path(f"/proc/{one}/task").glob("*/children"):
            try:
                family += [int(child) for child in children.read_text().split()]
            except OSError:
                pass
    return family


def start_mockduit(binary, *arguments):
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOCKDUIT_")}
    return Server([binary, "serve", "--port", port, *arguments], port, environment=kept)


def start_nginx():
    """nginx, a worker for each processor, that answers everything with one constant."""
    port = free_port()
    folder = tempfile.TemporaryDirectory()
    config = pathlib.Path(folder.name) / "nginx.conf"
    config.write_text(NGINX.format(folder=folder.name, port=port, answer=ANSWER,
                                   workers=os.cpu_count()), encoding="utf-8")
    return Server([find_tool("nginx"), "-p", folder.name, "-c", config], port, folder)
