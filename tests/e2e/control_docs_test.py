"""docs/control-api.md: its examples go as they stand there, and it names each call there is."""

import pathlib
import re
import tempfile
import unittest

from emulator import TREE, Emulator, run_mockduit
from tour import TOUR, read_tour, run_tour
from worlds import ask

DOCUMENT = (TREE / "docs/control-api.md").read_text()


class ControlDocsTest(unittest.TestCase):
    def test_its_examples_go_as_they_stand_there(self):
        with tempfile.TemporaryDirectory() as folder:
            with Emulator("--state", pathlib.Path(folder) / "state.json") as emulator:
                wrong = run_tour(DOCUMENT, emulator.url)
        if wrong:
            self.fail(wrong)

    def test_every_shell_example_is_run(self):
        self.assertGreater(len(read_tour(DOCUMENT)), 10)
        self.assertNotIn("```sh", TOUR.sub("", DOCUMENT))

    def test_each_call_it_names_is_there(self):
        named = set()
        for row in re.findall(r"^\| (`(?:GET|PUT|POST|DELETE).*?) \|", DOCUMENT, re.MULTILINE):
            path = re.search(r"/__admin[^`]*", row)[0].replace("{s}", "my-test")
            for text in re.findall(r"`([^`]*)`", row):
                method, _, own = text.partition(" ")
                if own.startswith("…"):
                    own = path.removesuffix("/clock") + own[1:]
                named.add((method, own.replace("{s}", "my-test") or path))
        self.assertGreater(len(named), 20)
        with Emulator() as emulator:
            for method, path in sorted(named):
                with self.subTest(method=method, path=path):
                    # A method that the path does not have would be 405, a path that is none 404
                    # with the nearest calls.
                    called = path.replace("{name}", "x").replace("{id}", "1")
                    answer = ask(emulator, "PATCH", called.removeprefix("/__admin"))
                    self.assertEqual(answer.status, 405, answer)
                    self.assertIn(method, answer.headers["Allow"].split(", "))

    def test_the_description_that_is_served_has_each_call(self):
        with Emulator() as emulator:
            paths = ask(emulator, "GET", "/openapi.json").json()["paths"]
            self.assertGreater(len(paths), 20)
            for path, item in paths.items():
                with self.subTest(path=path):
                    called = path.replace("{name}", "x").replace("{id}", "1")
                    answer = ask(emulator, "PATCH", called.removeprefix("/__admin"))
                    described = {key.upper() for key in item if key != "parameters"}
                    self.assertLessEqual(described, set(answer.headers["Allow"].split(", ")))

    def test_each_option_it_names_is_there(self):
        helped = run_mockduit("serve", "--help").stdout
        for option in set(re.findall(r"`(--[a-z-]+)", DOCUMENT)):
            self.assertIn(option + " ", helped)


if __name__ == "__main__":
    unittest.main()
