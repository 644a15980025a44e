#!/usr/bin/env python3
"""The house has one direction: a room includes only the rooms below it.

Run without arguments from anywhere; exit 1 lists every include that climbs. `--self-test` builds
small houses that climb and makes sure that each climb is found.
"""

import pathlib
import re
import sys
import tempfile

# What a room may include, beside itself. A level may be skipped, never climbed.
BASE = ["base"]
HTTP = ["http", *BASE]
CONTRACT = ["contract", *HTTP]
SCENARIO = ["scenario", *CONTRACT]
SESSION = ["session", *SCENARIO]
MAY_INCLUDE = {
    "base": [],
    "http": BASE,
    "contract": HTTP,
    "scenario": CONTRACT,
    "session": SCENARIO,
    "engine": SESSION,
    "verify": SESSION,
    "vendors": ["engine", "verify", *SESSION],
    "admin": ["engine", "verify", *SESSION],
    "server": HTTP,
    "app": ["vendors", "admin", "engine", "verify", "server", *SESSION],
}

# The one room that opens the door to a library, by the beginning of the include.
DOORS = {
    "httplib.h": "server",
    "rapidjson/": "base",
    "yaml-cpp/": "base",
    "re2/": "base",
    "spdlog/": "base",
    "openssl/": "base",
    "CLI/": "app",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def complaint(file, target):
    """Why `file` (relative to src/) may not include `target`, or None."""
    room = file.parts[0]
    for prefix, owner in DOORS.items():
        if target.startswith(prefix) and room != owner:
            return f"<{target}> may be included in src/{owner} only"
    other = target.split("/")[0]
    if other not in MAY_INCLUDE or "/" not in target:
        return None
    if other != room:
        if other in MAY_INCLUDE[room]:
            return None
        below = ", ".join(MAY_INCLUDE[room]) or "nothing"
        return f'"{target}" climbs: {room} may include {below}'
    if room == "vendors" and len(file.parts) > 2 and target.count("/") > 1:
        neighbour = target.split("/")[1]
        if neighbour != file.parts[1]:
            return f'"{target}": the vendors {file.parts[1]} and {neighbour} do not know each other'
    return None


def complaints(src):
    """Every forbidden include under `src`, as FILE:LINE: reason."""
    found = []
    for path in sorted(src.rglob("*")):
        if path.suffix not in (".h", ".cc"):
            continue
        file = path.relative_to(src)
        if len(file.parts) < 2 or file.parts[0] not in MAY_INCLUDE:
            found.append(f"src/{file}: is in no room of {pathlib.Path(__file__).name}")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            include = INCLUDE.match(line)
            reason = include and complaint(file, include.group(2))
            if reason:
                found.append(f"src/{file}:{number}: {reason}")
    return found


def self_test():
    """Cases are (file, its include line, a part of the complaint or None)."""
    cases = [
        ("base/json.cc", "#include <rapidjson/reader.h>", None),
        ("http/message.cc", '#include "base/json.h"', None),
        ("app/main.cc", '#include "vendors/fivetran/behaviours.h"', None),
        ("vendors/fivetran/create.cc", '#include "vendors/fivetran/ids.h"', None),
        ("vendors/fivetran/create.cc", '#include "vendors/registry.h"', None),
        ("admin/calls.cc", "#include <string>", None),
        ("http/message.cc", '#include "session/store.h"', "climbs: http may include base"),
        ("base/json.cc", '#include "http/message.h"', "climbs: base may include nothing"),
        ("server/server.cc", '#  include "contract/router.h"', "climbs: server may include http"),
        ("engine/emulator.cc", '#include "verify/verdict.h"', "climbs"),
        ("vendors/airweave/a.cc", '#include "vendors/fivetran/ids.h"', "do not know each other"),
        ("admin/calls.cc", "#include <httplib.h>", "in src/server only"),
        ("contract/schema.cc", "#include <re2/re2.h>", "in src/base only"),
        ("contract/schema.cc", '#include "rapidjson/document.h"', "in src/base only"),
        ("utils/helpers.h", "#include <string>", "is in no room"),
    ]
    failures = 0
    for file, line, expected in cases:
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory, file)
            path.parent.mkdir(parents=True)
            path.write_text(f"{line}\n")
            found = complaints(pathlib.Path(directory))
        right = not found if expected is None else len(found) == 1 and expected in found[0]
        if not right:
            failures += 1
            print(f"{file}: {line}\n  expected: {expected}\n  found: {found}")
    print(f"{len(cases) - failures} of {len(cases)} made-up houses judged rightly")
    return failures


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    found = complaints(pathlib.Path(__file__).resolve().parent.parent / "src")
    print("\n".join(found) or "no room climbs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
