"""The README's commands go as they stand there, with the program that was installed; and a tour that
does not is found out."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

from emulator import BINARY, PATIENCE, TREE, Emulator, clean_environment
from tour import read_steps, read_tour, run_steps, run_tour

README = (TREE / "README.md").read_text()
# Blocks of the README that are not run here, by how they begin, and why.
NOT_RUN = {"./dev run": "it installs packages by apt, builds, and serves until it is stopped"}

SAMPLE = """
Before the tour nothing is run:
```sh
exit 9
```
<!-- tour -->
```sh
attempts=2
```
A variable lives on, and the address is the server's:
```sh
for attempt in $(seq $attempts); do
  curl -s -o /dev/null -w '%{http_code}\\n' \\
    http://127.0.0.1:8080/~throttled-twice/source-connections \\
    -H 'X-API-Key: my-key' -d '{"name":"My source","short_name":"stripe"}'
done
```
```text
429
429
```
JSON may be shown on one line or on many:
```sh
curl -s -X POST http://localhost:8080/source-connections
```
```json
{
  "detail": "No valid …"
}
```
```sh
curl -si http://127.0.0.1:8080/__admin/health; build/release/mockduit --version
```
```http
HTTP/1.1 200 OK
…
  "status": "ok",
…
```
<!-- /tour -->
```sh
exit 9
```
"""


def run(document):
    with Emulator() as emulator:
        return run_tour(document, emulator.url)


class ReadmeTest(unittest.TestCase):
    """What `./dev install PREFIX` puts there takes the place of what `./dev run` starts."""

    def installed(self):
        build = pathlib.Path(BINARY).parent
        if not (build / "cmake_install.cmake").exists() or not shutil.which("cmake"):
            self.skipTest(f"{build} is not a build of CMake to install from")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        prefix = pathlib.Path(folder.name) / "a prefix"
        subprocess.run(["cmake", "--install", build, "--prefix", prefix, "--strip"],
                       stdout=subprocess.DEVNULL, timeout=5 * PATIENCE, check=True)
        return prefix / "bin"

    def test_every_command_goes_as_it_stands_there(self):
        steps = [(command, shown) for command, shown in read_steps(README)
                 if not command.startswith(tuple(NOT_RUN))]
        self.assertEqual(len(steps), README.count("```sh\n") - len(NOT_RUN))
        programs = self.installed()
        with Emulator(binary=programs / "mockduit") as emulator:
            wrong = run_steps(steps, emulator.url, programs=programs)
        if wrong:
            self.fail(wrong)

    def test_no_command_is_shown_outside_of_a_block(self):
        self.assertNotRegex(README, r"(?m)^    (mockduit|curl|\./dev)\b")

    def test_what_is_not_run_is_there(self):
        known = subprocess.run(["./dev", "help"], cwd=TREE, env=clean_environment(), text=True,
                               capture_output=True, timeout=PATIENCE, check=True).stdout
        for start in NOT_RUN:
            block = next(command for command, _ in read_steps(README) if command.startswith(start))
            for line in block.splitlines():
                self.assertRegex(known, rf"(?m)^  {line.split()[1]}\b", line)


class TourTest(unittest.TestCase):
    def test_a_sample(self):
        self.assertEqual(len(read_tour(SAMPLE)), 4)
        self.assertIsNone(run(SAMPLE))

    def test_what_is_not_as_shown_is_found_out(self):
        for command, shown, found in (("(exit 3)", "", "exit code 3"),
                                      ("echo one; echo two", "one\n", "printed: two"),
                                      ("echo one", "one\ntwo\n", "shown:   two"),
                                      ("echo 1", "2…\n", "printed: 1")):
            sample = f"```sh\n{command}\n```\n```text\n{shown}```\n"
            with self.subTest(sample=sample):
                self.assertIn(found, run(f"<!-- tour -->\n{sample}<!-- /tour -->\n"))

    def test_a_document_without_a_tour_is_found_out(self):
        with self.assertRaises(ValueError):
            read_tour("```sh\ntrue\n```\n")


if __name__ == "__main__":
    unittest.main()
