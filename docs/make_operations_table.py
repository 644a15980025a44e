#!/usr/bin/env python3
"""Writes docs/operations.md's table of operations from what a running server says of itself.

    docs/make_operations_table.py URL           prints the table
    docs/make_operations_table.py URL docs/operations.md puts it between the markers there

What an operation is goes by the source of its success, in each edition that has it: `documented`
where that is published documentation, `seen` where it is the vendor's published code or an answer
of the live API, `inferred` where the contract says so.
"""

import json
import pathlib
import re
import sys
import urllib.request

MARKERS = ("<!-- operations -->", "<!-- /operations -->")
WAYS = ("documented", "seen", "inferred")

# How the sources of contracts begin that are no documentation.
SEEN = re.compile(r"live answer|.*\b(backend|client|SDK|provider)\b|go-fivetran", re.IGNORECASE)
TITLES = {"airweave": "Airweave", "fivetran": "Fivetran", "supermetrics": "Supermetrics"}


def way_of(source):
    """How an outcome with this source is known."""
    if source.startswith("inferred"):
        return "inferred"
    return "seen" if SEEN.match(source.partition(",")[0]) else "documented"


def rows_of(operations, vendor):
    """[(operation's name, method, path, {edition: way})], sorted by path."""
    rows = []
    for operation in operations:
        if operation["vendor"] != vendor:
            continue
        places = {}
        for edition in operation["editions"]:
            success = next((o for o in edition["outcomes"] if o["outcome"] == "success"), None)
            source = success["source"] if success else "inferred: no document has the call"
            place = (edition.get("path", operation["path"]),
                     edition.get("method", operation["method"]))
            places.setdefault(place, {})[edition["edition"]] = way_of(source)
        name = operation["name"].partition(".")[2]
        rows += [(name, method, path, ways) for (path, method), ways in places.items()]
    return sorted(rows, key=lambda row: (row[2], row[1], row[0]))


def counts_of(rows):
    """As "38 operations: 30 documented, 8 inferred"; what two editions have is counted twice."""
    ways = [way for *_, known in rows for way in known.values()]
    editions = {edition for *_, known in rows for edition in known}
    operations = len({name for name, *_ in rows})
    told = f"{operations} operation{'s' if operations != 1 else ''}"
    if len(editions) > 1:
        told += f" in {len(editions)} editions"
    return f"{told}: " + ", ".join(f"{ways.count(way)} {way}" for way in WAYS if way in ways)


def table_of(operations):
    """The text between the markers."""
    parts = []
    for vendor in sorted({operation["vendor"] for operation in operations}):
        rows = rows_of(operations, vendor)
        editions = sorted({edition for *_, ways in rows for edition in ways})
        lines = [f"<details>\n<summary>{TITLES.get(vendor, vendor)}: {counts_of(rows)}</summary>\n",
                 f"| operation | call | {' | '.join(editions)} |",
                 "|---|---|" + "---|" * len(editions)]
        for name, method, path, ways in rows:
            known = " | ".join(ways.get(edition, "") for edition in editions)
            lines.append(f"| `{name}` | `{method} {path}` | {known} |")
        parts.append("\n".join(lines) + "\n\n</details>\n")
    return "\n".join(parts)


def between_markers(text):
    """(what stands before the table, the table, what stands behind it)"""
    before, begin, rest = text.partition(MARKERS[0] + "\n")
    table, end, after = rest.partition(MARKERS[1])
    if not begin or not end:
        raise ValueError(f"there is no {MARKERS[0]} … {MARKERS[1]}")
    return before + begin, table, end + after


def main(url, readme=None):
    with urllib.request.urlopen(url + "/__admin/operations") as answer:
        operations = json.load(answer)["operations"]
    table = table_of(operations)
    if readme is None:
        print(table, end="")
    else:
        path = pathlib.Path(readme)
        before, _, after = between_markers(path.read_text(encoding="utf-8"))
        path.write_text(before + table + after, encoding="utf-8")
    for vendor in sorted({operation["vendor"] for operation in operations}):
        print(f"{vendor}: {counts_of(rows_of(operations, vendor))}", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
