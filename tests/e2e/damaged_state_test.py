"""A damaged state file ends the start and is left as it is; no crash leaves a damaged one."""

import http.client
import json
import pathlib
import signal
import tempfile
import threading
import unittest

from emulator import Emulator, control, create_on_supermetrics, request, run_mockduit
from state_files import FileTest
from worlds import START, ask, create_on_fivetran

KIND = "fivetran.connector_type"  # whose members may be any
RESOURCES = 300
ROUNDS = 12
ADVICE = "; --ignore-state starts without it"


def sample():
    """A state file's text, with something of everything in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "state.json"
        with Emulator("--state", file, "--clock", START, "--seed", 7) as emulator:
            create_on_fivetran(emulator, "/~throttled-twice@mine")
            create_on_supermetrics(emulator, "/~quota@mine")
        return file.read_text()


class DamagedTest(FileTest):
    @classmethod
    def setUpClass(cls):
        cls.sound = sample()

    def refused(self, text):
        """What is said when the server does not start with that file."""
        self.file.write_text(text)
        # Were the file taken up, the start would fail for want of that folder, with exit code 1.
        result = run_mockduit("serve", "--port", 0, "--state", self.file,
                              "--ready-file", self.folder / "no-such-folder/url")
        self.assertEqual((result.returncode, result.stdout), (2, ""), result)
        self.assertEqual(self.file.read_text(), text)
        self.assertEqual(self.names(), ["state.json"])
        said = result.stderr.removeprefix(f"mockduit: {self.file}:").rstrip("\n")
        self.assertTrue(said.endswith(ADVICE), result.stderr)
        return said.removesuffix(ADVICE).strip()

    def test_one_that_is_cut_has_the_place(self):
        middle = len(self.sound) // 2
        for text, place in ((" ", "1:2"), ("{", "1:2"), (self.sound[:middle], r"1:\d+"),
                            ('{\n  "sessions": [\n', "3:1"),
                            ('{\n  "sessions": [nope]\n}', "2:1[5-8]")):
            with self.subTest(text=text[:30]):
                self.assertRegex(self.refused(text), rf"^{place}: \w")

    def test_one_of_another_kind_or_version_is_refused(self):
        for text, words in (
                ("{}", "this is not a state file of mockduit: it has no 'mockduit_state'"),
                ('{"mockduit_state": "1", "sessions": []}',
                 "'mockduit_state' is \"1\", which is not a version"),
                ('{"mockduit_state": 2, "sessions": []}',
                 "it has version 2 of the format, from a newer mockduit; this one reads up to "
                 "version 1")):
            with self.subTest(text=text):
                self.assertEqual(self.refused(text), words)

    def test_a_member_that_is_wrong_is_named(self):
        session = "/sessions/0/"
        for change, said in [
            (lambda state, _: state.update(sessions={}), "/sessions: it must be a list"),
            (lambda _, one: one.update(name="No Name"), session + "name: it is no name"),
            (lambda _, one: one.pop("name"), session + "name: it is no name"),
            (lambda _, one: one["clock"].update(setting="noon"), session + "clock/setting: 'noon'"),
            (lambda _, one: one["clock"].update(rate=-1), session + "clock/rate: it is no rate"),
            (lambda _, one: one["clock"].update(now="noon"), session + "clock/now: 'noon'"),
            (lambda _, one: one["ids"].update(draws=-1), session + "ids/draws: it is no count"),
            (lambda _, one: one["ids"].update(draws=10**18), session + "ids/draws: it is no count"),
            (lambda _, one: one.update(store=[]), session + "store: the store must be an object"),
            (lambda _, one: one["store"].update(x={}), session + "store: 'x' is no kind"),
            (lambda _, one: one.update(scripts=5), session + "scripts: it must be a list"),
            (lambda _, one: one["journal"].update(requests=5),
             session + "journal/requests: it must be a list"),
            (lambda _, one: one["journal"]["requests"][1].update(at="noon"),
             session + "journal/requests/1/at: 'noon'"),
            (lambda _, one: one["journal"]["requests"][1].update(id=1),
             session + "journal/requests/1/id: ids must rise"),
            (lambda _, one: one["journal"]["requests"][0]["response"].update(status=5),
             session + "journal/requests/0/response/status: it is not a status"),
            (lambda _, one: one["journal"]["requests"][0].update(fault="gremlins"),
             session + "journal/requests/0/fault: 'gremlins' is not a fault"),
            (lambda _, one: one.update(scenario=5), session + "scenario"),
            (lambda _, one: one["journal"].update(total=-1), session + "journal/total"),
        ]:
            state = json.loads(self.sound)
            change(state, state["sessions"][0])
            with self.subTest(said=said):
                self.assertIn(said, self.refused(json.dumps(state)))

    def test_ignore_state_starts_and_puts_it_aside(self):
        damaged = self.sound[:100]
        self.file.write_text(damaged)
        aside = self.folder / "state.json.ignored"
        with Emulator("--state", self.file, "--ignore-state") as emulator:
            self.assertEqual(control(emulator, "GET", "/sessions"), {"sessions": []})
            self.assertEqual((self.file.read_text(), aside.exists()), (damaged, False))
            create_on_supermetrics(emulator)
            for _ in range(2):  # only what was there at the start is put aside
                self.assertEqual(ask(emulator, "POST", "/state/save").status, 204)
                self.assertEqual(aside.read_text(), damaged)
                json.loads(self.file.read_text())
        self.assertEqual(self.names(), ["state.json", "state.json.ignored"])
        with Emulator("--state", self.file) as emulator:
            self.assertEqual(control(emulator, "GET", "/requests")["total"], 1)

    def test_ignore_state_does_without_a_file(self):
        with Emulator("--state", self.file, "--ignore-state"):
            pass
        self.assertEqual(self.names(), ["state.json"])


class CrashTest(FileTest):
    def test_a_crash_during_a_save_leaves_a_state_that_is_whole(self):
        resources = {f"id-{n}": {"n": n, "text": "x" * 500} for n in range(RESOURCES)}
        for number in range(ROUNDS):
            emulator = Emulator("--state", self.file)
            self.addCleanup(emulator.stop)
            if number > 0:
                store = control(emulator, "GET", "/store")["resources"][KIND]
                rounds = {resource["round"] for resource in store.values()}
                self.assertEqual((len(store), len(rounds)), (RESOURCES, 1))
                self.assertIn(rounds.pop(), (number - 1, number - 2))
            widgets = {name: {**one, "round": number} for name, one in resources.items()}
            control(emulator, "PUT", "/store", {"resources": {KIND: widgets}})
            if number == 0:
                control(emulator, "POST", "/state/save")
            saves = threading.Semaphore(0)

            def save_on_and_on():
                try:
                    while True:
                        request(emulator, "POST", "/__admin/state/save", host=emulator.host)
                        saves.release()
                except (OSError, http.client.HTTPException):
                    pass  # the server is gone, before an answer or in the middle of it
                saves.release()

            savers = [threading.Thread(target=save_on_and_on) for _ in range(2)]
            for saver in savers:
                saver.start()
            for _ in range(number % 4):  # another moment in each round
                saves.acquire()
            self.assertEqual(emulator.stop(signal.SIGKILL), -signal.SIGKILL)
            for saver in savers:
                saver.join()


if __name__ == "__main__":
    unittest.main()
