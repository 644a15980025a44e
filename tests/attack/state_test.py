"""What --state has acknowledged is there after whatever ends the server.

Kills go on for MOCKDUIT_KILL_MINUTES where that is set; else there are a few. Full disks are a
small tmpfs where one may be mounted, and a quota (ulimit -f) everywhere.
"""

import contextlib
import json
import os
import pathlib
import random
import signal
import stat
import subprocess
import threading
import time
import unittest
import unittest.mock

import emulator as driver
from emulator import PATIENCE, Emulator, control, create_on_supermetrics, run_mockduit
from state_files import FileTest
from worlds import ask

KILLS = 6
MINUTES = float(os.environ.get("MOCKDUIT_KILL_MINUTES", "0"))
MANY = 1_500


class StateTest(FileTest):
    def sessions(self):
        return [one["name"] for one in json.loads(self.file.read_text())["sessions"]]

    @contextlib.contextmanager
    def run_by(self, script):
        """Servers that begin within are started by this script, whose $@ is their command line."""
        wrapper = self.folder / "wrapper"
        wrapper.write_text(script)
        wrapper.chmod(stat.S_IRWXU)
        with unittest.mock.patch("emulator.BINARY", str(wrapper)):
            yield
        wrapper.unlink()

    def by_shell(self, commands):
        return self.run_by(f'#!/bin/sh\n{commands}\nexec "{driver.BINARY}" "$@"\n')

    def need_mounts(self):
        if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
            self.skipTest("nothing may be mounted here")

    def fill(self, emulator):
        """Makes a state that is larger than the disks of these tests."""
        resources = {f"id-{n}": {"text": "x" * 500} for n in range(MANY)}
        control(emulator, "PUT", "/sessions/full/store", {"resources": {"fivetran.connector_type": resources}})


class FullDiskTest(StateTest):
    def check(self, emulator, folder, names):
        """A save that fails leaves the old file and nothing else; the server lives on."""
        self.assertEqual(ask(emulator, "POST", "/state/save").status, 204)
        before = self.file.read_text()
        self.fill(emulator)
        answer = ask(emulator, "POST", "/state/save")
        self.assertEqual(answer.status, 500)
        self.assertIn(f"cannot write {self.file}: ", answer.json()["detail"])
        self.assertEqual(self.file.read_text(), before)
        self.assertEqual(sorted(os.listdir(folder)), names)
        ask(emulator, "DELETE", "/sessions/full")
        self.assertEqual(ask(emulator, "POST", "/state/save").status, 204)

    def test_a_quota_leaves_the_old_file(self):
        with self.by_shell("ulimit -f 800"):  # blocks of 512 or 1,024 bytes
            with Emulator("--state", self.file, "--state-every", 0) as emulator:
                create_on_supermetrics(emulator)
                self.check(emulator, self.folder, ["state.json", "state.json.lock", "wrapper"])

    def test_a_full_file_system_leaves_the_old_file(self):
        self.need_mounts()
        disk = self.folder / "disk"
        disk.mkdir()
        self.file = disk / "state.json"
        with self.by_shell(f'[ -n "$IN" ] || IN=1 exec unshare -m "$0" "$@"\n'
                           f'mount -t tmpfs -o size=600k none "{disk}" || exit 1'):
            with Emulator("--state", self.file, "--state-every", 0) as emulator:
                inside = pathlib.Path(f"/proc/{emulator.process.pid}/root{disk}")
                outside, self.file = self.file, inside / "state.json"
                create_on_supermetrics(emulator)
                self.assertEqual(ask(emulator, "POST", "/state/save").status, 204)
                before = self.file.read_text()
                self.fill(emulator)
                answer = ask(emulator, "POST", "/state/save")
                self.assertEqual(answer.status, 500)
                self.assertEqual(answer.json()["detail"],
                                 f"cannot write {outside}: No space left on device")
                self.assertEqual(self.file.read_text(), before)
                self.assertEqual(sorted(os.listdir(inside)), ["state.json", "state.json.lock"])
                ask(emulator, "DELETE", "/sessions/full")

    def test_a_save_of_its_own_that_fails_is_told_and_tried_again(self):
        with self.by_shell("ulimit -f 800"):
            with Emulator("--state", self.file, "--state-every", 1) as emulator:
                self.fill(emulator)
                emulator.wait_for_log(f"state: cannot write {self.file}: File too large; it will "
                                      "be tried again")
                ask(emulator, "DELETE", "/sessions/full")
                emulator.wait_for_log("is saved again")


class PlaceTest(StateTest):
    def start_fails(self, *options):
        result = run_mockduit("serve", "--port", 0, "--state", self.file, *options)
        self.assertEqual((result.returncode, result.stdout), (1, ""), result)
        return result.stderr

    def test_a_place_that_is_not_there_ends_the_start(self):
        self.file = self.folder / "none" / "state.json"
        self.assertEqual(self.start_fails(), f"mockduit: --state: cannot write {self.file}: "
                                             "No such file or directory\n")

    def test_a_folder_ends_the_start(self):
        self.file.mkdir()
        self.assertEqual(self.start_fails(),
                         f"mockduit: --state: cannot write {self.file}: Is a directory\n")

    def test_what_is_no_file_ends_the_start_and_stays(self):
        os.mkfifo(self.file)
        self.assertEqual(self.start_fails(),
                         f"mockduit: --state: {self.file} is no file but a device, a pipe or a socket\n")
        self.assertTrue(self.file.is_fifo())
        self.assertEqual(list(self.folder.iterdir()), [self.file])

    def test_a_place_where_no_file_can_be_made_ends_the_start(self):
        self.file = pathlib.Path("/proc/state.json")
        self.assertIn("mockduit: --state: cannot write /proc/state.json: ", self.start_fails())

    def test_a_second_server_is_refused_with_the_first_one_s_process(self):
        with Emulator("--state", self.file) as emulator:
            self.assertEqual(self.start_fails(),
                             f"mockduit: --state: {self.file} is the state of another mockduit "
                             f"that runs, process {emulator.process.pid}; two servers need two "
                             "files\n")
            create_on_supermetrics(emulator)
            self.assertEqual(ask(emulator, "POST", "/state/save").status, 204)
            self.start_fails()
            link = self.folder / "link.json"
            link.symlink_to("state.json")
            self.file = link
            self.assertIn(f"process {emulator.process.pid}", self.start_fails("--ignore-state"))
        self.assertEqual(self.names(), ["link.json", "state.json"])
        with Emulator("--state", self.file):
            pass

    def test_the_lock_of_a_server_that_was_killed_holds_nobody_back(self):
        emulator = Emulator("--state", self.file)
        emulator.stop(signal.SIGKILL)
        self.assertEqual(self.names(), ["state.json.lock"])
        with Emulator("--state", self.file):
            pass
        self.assertEqual(self.names(), ["state.json"])

    def test_the_target_of_a_link_is_what_is_written(self):
        real = self.folder / "data"
        real.mkdir()
        self.file.symlink_to("data/real.json")
        for session in ("one", "two"):
            with Emulator("--state", self.file) as emulator:
                create_on_supermetrics(emulator, f"/@{session}")
        self.assertEqual(os.readlink(self.file), "data/real.json")
        self.assertEqual(self.sessions(), ["one", "two"])
        self.assertEqual((self.names(), os.listdir(real)), (["data", "state.json"], ["real.json"]))

    def test_a_file_that_is_mounted_by_itself_is_written_in_its_place(self):
        self.need_mounts()
        volume = self.folder / "volume.json"
        volume.write_text('{"mockduit_state": 1, "sessions": []}')
        self.file.touch()
        with self.by_shell(f'[ -n "$IN" ] || IN=1 exec unshare -m "$0" "$@"\n'
                           f'mount --bind "{volume}" "{self.file}" || exit 1'):
            with Emulator("--state", self.file) as emulator:
                create_on_supermetrics(emulator, "/@one")
                for _ in range(2):
                    self.assertEqual(ask(emulator, "POST", "/state/save").status, 204)
                self.assertEqual(emulator.log().count("it is written in its place"), 1)
            with Emulator("--state", self.file) as emulator:
                self.assertEqual(control(emulator, "GET", "/sessions/one/requests")["total"], 1)
        self.assertEqual(json.loads(volume.read_text())["sessions"][0]["name"], "one")
        self.assertEqual(self.names(), ["state.json", "volume.json"])

    def test_a_newer_version_is_left_alone(self):
        newer = '{"mockduit_state": 2, "sessions": [], "more": true}'
        self.file.write_text(newer)
        result = run_mockduit("serve", "--port", 0, "--state", self.file)
        self.assertEqual(result.returncode, 2, result)
        self.assertIn("from a newer mockduit", result.stderr)
        self.assertEqual((self.file.read_text(), self.names()), (newer, ["state.json"]))


class EndTest(StateTest):
    def test_a_terminal_that_goes_ends_it_as_sigterm_does(self):
        with self.run_by("#!/usr/bin/env python3\nimport os, signal, sys\n"
                         "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
                         f"os.execv({driver.BINARY!r}, [{driver.BINARY!r}, *sys.argv[1:]])\n"):
            emulator = Emulator("--state", self.file, "--state-every", 0)
        create_on_supermetrics(emulator, "/@one")
        self.assertEqual(emulator.stop(signal.SIGHUP), 0)
        self.assertIn("SIGHUP: finishing requests under way", emulator.log())
        self.assertEqual(self.sessions(), ["one"])

    def test_one_that_nohup_has_begun_lives_on(self):
        with self.by_shell("trap '' HUP"):
            emulator = Emulator("--state", self.file)
        emulator.send_signal(signal.SIGHUP)
        self.assertEqual(create_on_supermetrics(emulator).status, 201)
        emulator.end()

    def test_a_kill_loses_what_is_younger_than_the_last_save(self):
        emulator = Emulator("--state", self.file, "--state-every", 1)
        create_on_supermetrics(emulator, "/@kept")
        deadline = time.monotonic() + PATIENCE
        while not self.file.exists() and time.monotonic() < deadline:
            ask(emulator, "GET", "/health")
        emulator.stop(signal.SIGKILL)
        with Emulator("--state", self.file) as emulator:
            self.assertEqual(control(emulator, "GET", "/sessions/kept/requests")["total"], 1)


class Client(threading.Thread):
    """Makes resources and has them saved, until the server is gone."""

    def __init__(self, emulator, name, acknowledged):
        super().__init__()
        self.emulator = emulator
        self.name_of_session = name
        self.acknowledged = acknowledged  # released once for each save
        self.saved = 0

    def run(self):
        made = self.saved
        try:
            while True:
                if create_on_supermetrics(self.emulator, f"/@{self.name_of_session}").status != 201:
                    return
                made += 1
                if ask(self.emulator, "POST", "/state/save").status != 204:
                    return
                self.saved = made
                self.acknowledged.release()
        except (OSError, ValueError, IndexError, AttributeError) as gone:
            self.gone = gone
        except Exception as gone:  # of http.client: the answer that was cut
            self.gone = gone


class KillTest(StateTest):
    def test_a_kill_at_any_moment_loses_no_acknowledged_save(self):
        saved = {"a": 0, "b": 0, "c": 0}
        until = time.monotonic() + 60 * MINUTES
        kills = 0
        while kills < KILLS or time.monotonic() < until:
            emulator = Emulator("--state", self.file, "--state-every", 1)
            self.addCleanup(emulator.stop)
            for name, wanted in saved.items():
                if wanted > 0:
                    total = control(emulator, "GET", f"/sessions/{name}/requests")["total"]
                    self.assertGreaterEqual(total, wanted, f"after {kills} kills")
                    saved[name] = total
            acknowledged = threading.Semaphore(0)
            clients = [Client(emulator, name, acknowledged) for name in saved]
            for client in clients:
                client.saved = saved[client.name_of_session]
                client.start()
            for _ in range(random.randrange(1, 40)):
                self.assertTrue(acknowledged.acquire(timeout=PATIENCE))
            self.assertEqual(emulator.stop(signal.SIGKILL), -signal.SIGKILL)
            for client in clients:
                client.join()
                saved[client.name_of_session] = client.saved
            kills += 1
            self.assertIn(self.names(), (["state.json", "state.json.lock"],
                                         ["state.json", "state.json.lock", "state.json.new"]))
        print(f"summary: {kills} kills, {sum(saved.values())} acknowledged saves, none lost")


if __name__ == "__main__":
    unittest.main()
