"""No file on the disk, however it is made, ends the server or hangs it."""

import os
import pathlib
import tempfile
import unittest

from emulator import Emulator, control, create_on_supermetrics, run_mockduit

LOOP = "not read: the link leads to itself"


class LinkTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "fine.yaml").write_text("description: Fine.\n")

    def link(self, name, target=None):
        path = self.folder / name
        path.symlink_to(target or name)
        return path

    def test_lint_tells_of_links_in_a_circle(self):
        self.link("loop.yaml")
        self.link("one.yaml", "two.yaml")
        self.link("two.yaml", "one.yaml")
        self.link("folder")
        result = run_mockduit("lint", self.folder)
        self.assertEqual(result.returncode, 0, result)
        for name in ("loop", "one", "two"):
            self.assertIn(f"{self.folder}/{name}.yaml: {LOOP}", result.stderr)

    def test_lint_cannot_read_a_link_to_itself(self):
        loop = self.link("loop.yaml")
        result = run_mockduit("lint", loop)
        self.assertEqual(result.returncode, 2, result)
        self.assertEqual(result.stderr,
                         f"mockduit: cannot read {loop}: Too many levels of symbolic links\n")

    def test_serve_starts_beside_a_link_to_itself(self):
        self.link("loop.yaml")
        with Emulator("--scenarios", self.folder) as emulator:
            emulator.wait_for_log(LOOP)
            self.assertEqual(control(emulator, "GET", "/scenarios/fine")["name"], "fine")

    def test_a_server_that_watches_lives_on(self):
        with Emulator("--scenarios", self.folder, "--watch") as emulator:
            self.link("loop.yaml")
            self.link("loop")
            (self.folder / "more.yaml").write_text("description: More.\n")
            emulator.wait_for_log("took up the scenarios more")
            self.assertEqual(create_on_supermetrics(emulator, "/~more").status, 201)

    def test_a_folder_that_goes_while_it_is_watched_ends_nothing(self):
        below = self.folder / "below"
        below.mkdir()
        (below / "deep.yaml").write_text("description: Deep.\n")
        with Emulator("--scenarios", self.folder, "--watch") as emulator:
            (below / "deep.yaml").unlink()
            below.rmdir()
            self.link("below")
            emulator.wait_for_log("took up the scenarios deep")
            self.assertEqual(create_on_supermetrics(emulator).status, 201)

    def test_every_option_that_names_a_file_tells_of_a_link_to_itself(self):
        loop = self.link("loop")
        for option in ("--scenarios", "--fixtures", "--seed-state", "--state", "--webhook-ca"):
            with self.subTest(option=option):
                result = run_mockduit("serve", "--port", 0, option, loop)
                self.assertIn(result.returncode, (1, 2), result)
                self.assertIn(f"cannot read {loop}: Too many levels of symbolic links",
                              result.stderr)
        self.assertEqual(os.readlink(loop), "loop")


if __name__ == "__main__":
    unittest.main()
