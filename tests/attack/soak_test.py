"""The soak itself, for a few seconds: `./dev soak` is for minutes and hours."""

import pathlib
import subprocess
import sys
import unittest

from emulator import BINARY, PATIENCE, clean_environment

SOAK = pathlib.Path(__file__).resolve().parent.parent / "soak/run"


class SoakTest(unittest.TestCase):
    def test_it_holds_for_a_few_seconds(self):
        run = subprocess.run([sys.executable, "-B", SOAK, "0.1"], timeout=2 * PATIENCE,
                             env=clean_environment(MOCKDUIT_BIN=BINARY), capture_output=True,
                             text=True)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertTrue(run.stdout.endswith("it held\n"), run.stdout)


if __name__ == "__main__":
    unittest.main()
