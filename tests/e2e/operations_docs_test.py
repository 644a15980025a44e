"""docs/operations.md's table of operations says of each what the server says of it."""

import collections
import importlib.util
import re
import unittest

from emulator import EmulatorTest, TREE, control

ROW = re.compile(r"^\| `(\w+)` \| `([A-Z]+) (\S+)` \| (.*) \|$", re.MULTILINE)
SCRIPT = TREE / "docs/make_operations_table.py"


def load_script():
    spec = importlib.util.spec_from_file_location("make_operations_table", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class OperationsTableTest(EmulatorTest):
    def setUp(self):
        self.script = load_script()
        text = (TREE / "docs/operations.md").read_text(encoding="utf-8")
        self.table = self.script.between_markers(text)[1]
        self.operations = control(self.emulator, "GET", "/operations")["operations"]

    def test_it_is_what_the_script_makes(self):
        self.maxDiff = None
        self.assertEqual(self.table, self.script.table_of(self.operations),
                         "docs/make_operations_table.py puts this right")

    def test_every_operation_stands_there_once_for_each_edition(self):
        found = collections.Counter()
        for name, _, _, known in ROW.findall(self.table):
            found[name] += len([way for way in known.split(" | ") if way.strip()])
        wanted = collections.Counter()
        for operation in self.operations:
            wanted[operation["name"].partition(".")[2]] += len(operation["editions"])
        self.assertEqual(found, wanted)

    def test_each_is_documented_seen_or_inferred(self):
        for name, _, _, known in ROW.findall(self.table):
            ways = {way.strip() for way in known.split(" | ")} - {""}
            self.assertLessEqual(ways, set(self.script.WAYS), name)
            self.assertTrue(ways, name)

    def test_sources_are_told_apart_as_the_readme_says(self):
        for source, way in (
                ("inferred: no document tells of it", "inferred"),
                ("Fivetran REST API, Create a Connection, response 201", "documented"),
                ("Fivetran OpenAPI document, July 2026, modify_connection, response 200",
                 "documented"),
                ("Supermetrics API reference, Create transfer, response 201", "documented"),
                ("Airweave OpenAPI document, 29 October 2025, GET /sources", "documented"),
                ("Airweave backend v0.3.29, core/source_connection_service.py", "seen"),
                ("Airweave backend, commit 879ac6507 (15 October 2025), rate limiter", "seen"),
                ("live answer of the Fivetran API, terraform-provider-fivetran issue 131", "seen"),
                ("official client fivetran/go-fivetran v1.3.3, connection_sync.go", "seen")):
            self.assertEqual(self.script.way_of(source), way, source)


if __name__ == "__main__":
    unittest.main()
