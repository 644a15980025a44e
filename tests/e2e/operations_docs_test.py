"""docs/operations.md's table of operations says of each what the server says of it."""

import collections
import importlib.util
import re
import unittest

from emulator import EmulatorTest, TREE, control

ROW = re.compile(r"^\| `(\w+)` \| `([A-Z]+) (\S+)` \| (.*) \|$", re.MULTILINE)
SCRIPT = TREE / "docs/make_operations_table.py"

# Where a source may name another operation than its own: it says that it borrows.
BORROWS = re.compile(r"\b(as in|as for|those of|the words of|the code:|the words:|code and words:)")
ANSWER_OF = re.compile(r"\b(\w+)(?= and \w+, response\b|, response\b)")
CALL = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE) (/[^\s,;()]*)")


def camel(name):
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def without_names(path):
    return re.sub(r"\{[^}]*\}", "{}", path).rstrip("/")


class Vendor:
    """How its sources may call an operation: by its id, its method and path, its title."""

    def __init__(self, operations):
        self.ids = {}
        self.calls = collections.defaultdict(set)
        self.titles = collections.defaultdict(set)
        for operation in operations:
            name = operation["name"].partition(".")[2]
            self.ids.update({name: name, camel(name): name})
            self.titles[operation["summary"].lower()].add(name)
            for edition in operation["editions"]:
                self.calls[edition["method"], without_names(edition["path"])].add(name)

    def named(self, clause):
        """[(where, the operations that are called so)] of a part of a source."""
        for found in ANSWER_OF.finditer(clause):
            if found[1] in self.ids:
                yield found.start(), {self.ids[found[1]]}
        for found in CALL.finditer(clause):
            names = self.calls.get((found[1], without_names(found[2])))
            if names:
                yield found.start(), names
        at = 0
        for part in clause.split(","):
            names = self.titles.get(part.strip().lower())
            if names:
                yield at, names
            at += len(part) + 1

    def speaks_of_another(self, source, name):
        """Whether a source of the operation takes what another's answer is for its own."""
        for clause in re.split(r"[;(]", source):
            for at, names in self.named(clause):
                if name not in names and not BORROWS.search(clause[:at]):
                    return True
        return False


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

    def test_less_than_a_tenth_of_the_outcomes_of_an_edition_is_inferred(self):
        known = collections.defaultdict(collections.Counter)
        for operation in self.operations:
            for one in operation["editions"]:
                edition = f"{operation['vendor']} {one['edition']}"
                known[edition].update(self.script.way_of(outcome["source"]) for outcome in one["outcomes"])
        del known["fivetran v1"]  # whose documents tell no words of most errors
        for edition, ways in known.items():
            self.assertLess(ways["inferred"] * 10, ways.total(), edition)

    def test_sources_name_their_own_operation(self):
        of_vendor = collections.defaultdict(list)
        for operation in self.operations:
            of_vendor[operation["vendor"]].append(operation)
        false = set()
        for operations in of_vendor.values():
            vendor = Vendor(operations)
            for operation in operations:
                name = operation["name"].partition(".")[2]
                for edition in operation["editions"]:
                    for outcome in edition["outcomes"]:
                        for said in [outcome, *outcome["variants"]]:
                            if vendor.speaks_of_another(said["source"], name):
                                false.add((name, outcome["status"], said["source"]))
        self.assertEqual(sorted(false), [])

    def test_a_source_that_names_another_operation_is_found(self):
        vendor = Vendor([
            {"name": "acme.get_box", "summary": "Get a Box",
             "editions": [{"method": "GET", "path": "/boxes/{box_id}"}]},
            {"name": "acme.drop_box", "summary": "Drop a Box",
             "editions": [{"method": "DELETE", "path": "/boxes/{box_id}"}]}])
        for source, is_false in (
                ("Acme document, drop_box, response 404", False),
                ("Acme document, get_box, response 404", True),
                ("Acme document, getBox, response 404", True),
                ("Acme document, get_box and drop_box, response 200", True),
                ("Acme document, drop_box, response 404; the code as in get_box, response 404", False),
                ("Acme document, drop_box, response 404; get_box, response 404", True),
                ("inferred: code and words as in get_box, response 404", False),
                ("inferred: documented (Acme document, get_box, response 404)", True),
                ("Acme document, GET /boxes/{id}", True),
                ("Acme document, DELETE /boxes/{id}", False),
                ("Acme pages, Get a box, response 404", True),
                ("Acme pages, Drop a box", False)):
            self.assertEqual(vendor.speaks_of_another(source, "drop_box"), is_false, source)

    def test_most_outcomes_of_each_vendor_are_not_inferred(self):
        ways = collections.defaultdict(list)
        for operation in self.operations:
            for edition in operation["editions"]:
                for outcome in edition["outcomes"]:
                    ways[operation["vendor"]].append(self.script.way_of(outcome["source"]))
        for vendor, of_it in ways.items():
            with self.subTest(vendor=vendor):
                self.assertLess(of_it.count("inferred") / len(of_it), 0.4)

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
