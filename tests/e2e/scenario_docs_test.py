"""docs/scenarios.md: every example is a sound scenario and does what stands below it, and every key
of docs/scenario.schema.json stands in one of them."""

import json
import pathlib
import re
import tempfile
import unittest

from emulator import TREE, Emulator, run_mockduit
from tour import read_tour, run_tour

DOCUMENT = (TREE / "docs/scenarios.md").read_text()
SCHEMA = json.loads((TREE / "docs/scenario.schema.json").read_text())
EXAMPLE = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAME = re.compile(r"^scenario: ([a-z0-9._-]+)")


def examples(document):
    """Gives {name: text} of the scenarios in the document."""
    found = {}
    for text in EXAMPLE.findall(document):
        name = NAME.match(text)
        if name is None:
            raise ValueError(f"this example does not begin with its scenario's name:\n{text}")
        if name[1] in found:
            raise ValueError(f"two examples are called {name[1]}")
        found[name[1]] = text
    return found


def keys_of(schema):
    """The names of all properties that the schema and its parts define."""
    keys = set()
    if isinstance(schema, dict):
        keys.update(schema.get("properties", {}))
        for part in schema.values():
            keys |= keys_of(part)
    elif isinstance(schema, list):
        for part in schema:
            keys |= keys_of(part)
    return keys


class ScenarioDocsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.scenarios = self.folder / "scenarios"
        self.scenarios.mkdir()
        for name, text in examples(DOCUMENT).items():
            (self.scenarios / f"{name}.yaml").write_text(text)

    def test_every_example_is_sound(self):
        count = len(examples(DOCUMENT))
        self.assertGreater(count, 10)
        result = run_mockduit("lint", self.scenarios)
        self.assertEqual((result.returncode, result.stdout, result.stderr),
                         (0, "", f"{count} files, 0 mistakes\n"))

    def test_every_example_does_what_stands_below_it(self):
        commands = "".join(command for command, _ in read_tour(DOCUMENT))
        for name in examples(DOCUMENT):
            self.assertIn(name, commands, "no command plays this example")
        with Emulator("--scenarios", self.scenarios, "--clock", "2026-01-15T10:00:00Z",
                      "--seed", 7) as emulator:
            wrong = run_tour(DOCUMENT, emulator.url, self.folder)
        if wrong:
            self.fail(wrong)

    def test_every_key_stands_in_an_example(self):
        text = "".join(examples(DOCUMENT).values())
        keys = keys_of(SCHEMA)
        self.assertGreater(len(keys), 40)
        missing = [key for key in sorted(keys) if not re.search(rf"\b{key}\b\"?:", text)]
        self.assertEqual(missing, [])

    def test_every_word_is_told_of(self):
        """Outcomes, faults and so on: what the schema lists, the document lists."""
        def words_of(schema):
            if isinstance(schema, dict):
                yield from (word for word in schema.get("enum", []) if isinstance(word, str))
                schema = list(schema.values())
            if isinstance(schema, list):
                for part in schema:
                    yield from words_of(part)
        methods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
        missing = [word for word in words_of(SCHEMA)
                   if word not in methods and f"`{word}`" not in DOCUMENT]
        self.assertEqual(missing, [])

    def test_an_example_that_is_none_is_found_out(self):
        for text in ("rules: []\n", "scenario: My Scenario\n"):
            with self.assertRaises(ValueError):
                examples(f"```yaml\n{text}```\n")
        with self.assertRaises(ValueError):
            examples("```yaml\nscenario: a\n```\n" * 2)


if __name__ == "__main__":
    unittest.main()
