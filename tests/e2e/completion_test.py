"""What the completions of bash offer in a real bash, and that the other shells and man can read theirs.
A shell that is not there is skipped; `./dev setup shells` installs them."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

from emulator import PATIENCE, run_mockduit

ASK = """compopt() { :; }
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_mockduit
printf '%s\\n' "${COMPREPLY[@]}"
"""


def printed(what):
    result = run_mockduit("completion", what)
    assert result.returncode == 0, result.stderr
    return result.stdout


class CompletionTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def written(self, what):
        file = self.folder / what
        file.write_text(printed(what))
        return file

    def check(self, *command):
        if not shutil.which(command[0]):
            self.skipTest(f"there is no {command[0]}; ./dev setup shells installs it")
        result = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def offered(self, *words):
        """What bash offers for the last of the words."""
        return self.check("bash", "-c", ASK, "bash", self.written("bash"), "mockduit",
                          *words).split()

    def test_bash_offers_commands(self):
        self.assertEqual(self.offered("ve"), ["verify", "version"])

    def test_bash_offers_the_options_of_the_command(self):
        self.assertEqual(self.offered("serve", "--sta"), ["--state", "--state-every"])
        self.assertEqual(self.offered("health", "--sta"), [])

    def test_bash_offers_the_words_of_a_choice(self):
        self.assertEqual(self.offered("serve", "--log", ""), ["text", "json"])

    def test_bash_offers_folders_for_a_folder(self):
        (self.folder / "mine").mkdir()
        self.assertEqual(self.offered("serve", "--scenarios", f"{self.folder}/"),
                         [f"{self.folder}/mine"])

    def test_bash_offers_no_option_of_ours_to_another_program(self):
        self.assertEqual(self.offered("exec", "--", "pytest", "--sta"), [])

    def test_zsh_can_read_it(self):
        self.check("zsh", "-n", self.written("zsh"))

    def test_fish_can_read_it(self):
        self.check("fish", "-n", self.written("fish"))

    def test_man_has_no_objection_to_the_page(self):
        self.check("groff", "-man", "-ww", "-z", self.written("man"))


if __name__ == "__main__":
    unittest.main()
