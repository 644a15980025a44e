#!/usr/bin/env python3
"""The house has one direction: a room includes only the rooms below it.

Beside that, no files include each other in a circle, each library stands behind one file, no
vendor has a name outside its own folder, and who calls a function of another file has its header,
directly or through another, even where a room is compiled as one text. Run without arguments from anywhere; exit 1 lists every
line that breaks a rule. `--self-test` builds small houses that break them and makes sure that each
breach is found.
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
    "adopt": CONTRACT,
    "scenario": CONTRACT,
    "session": SCENARIO,
    "engine": SESSION,
    "verify": SESSION,
    "vendors": ["engine", "verify", *SESSION],
    "admin": ["engine", "verify", *SESSION],
    "server": HTTP,
    "app": ["adopt", "vendors", "admin", "engine", "verify", "server", *SESSION],
}

# The files that open the door to a library, by the beginning of the include.
DOORS = {
    "httplib.h": r"server/http_client\.cc",
    "zlib.h": r"base/inflate\.cc",
    "rapidjson/": r"base/json[a-z_]*\.cc",
    "yaml-cpp/": r"base/yaml(_text)?\.cc",
    "re2/": r"base/pattern\.cc",
    "spdlog/": r"base/log\.cc",
    "openssl/": r"(base/crypto|server/tls/[a-z_]+)\.cc",
    "CLI/": r"app/command_line\.cc",
}

# Vendors have their names in src/vendors and fixtures. The only other place is the text of --help.
VENDORS = re.compile(r"fivetran|airweave|supermetrics", re.IGNORECASE)
MAY_NAME_VENDORS = ["app/command_line.cc", "app/commands/exec.cc", "app/commands/listing.cc"]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
NO_CODE = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)
FUNCTION = re.compile(r"^(?!return\b|using\b)[\w:<>,&* \[\]]+[ &*]([A-Z]\w+)\(", re.MULTILINE)
OWN = re.compile(r"(?:[\w>&*\]] [&*]?(?=\w+\()|(?:class|struct) (?:\w+::)?)([A-Z]\w+)")
CALL = re.compile(r"(?<![.>:\w])([A-Z]\w+)\(")


def complaint(file, target):
    """Why `file` (relative to src/) may not include `target`, or None."""
    room = file.parts[0]
    for prefix, door in DOORS.items():
        if target.startswith(prefix) and not re.fullmatch(door, str(file)):
            return f"<{target}> may be included by {door} only"
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


def module(path):
    """A header and its source are one: "base/json" of base/json.h and base/json.cc."""
    return str(pathlib.Path(path).with_suffix(""))


def circles(edges):
    """The groups of modules that include each other, by Tarjan's algorithm."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(edges.get(node, ())):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            group = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(edges):
        if node not in index:
            visit(node)
    return found


def complaints(src):
    """Every line that breaks a rule under `src`, as FILE:LINE: reason."""
    found = []
    edges = {}
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
            if include and (src / include.group(2)).is_file():
                edges.setdefault(module(file), set()).add(module(include.group(2)))
            named = not include and VENDORS.search(line)
            if not named or file.parts[0] == "vendors" or str(file) in MAY_NAME_VENDORS:
                continue
            found.append(f"src/{file}:{number}: names the vendor {named.group()}")
    found += [f"a circle: {', '.join(group)} include each other" for group in circles(edges)]
    return found + list(missing_headers(src))


def missing_headers(src):
    """Every call of a free function that one header alone declares, where that is not included."""
    texts = {str(path.relative_to(src)): path.read_text()
             for path in sorted(src.rglob("*")) if path.suffix in (".h", ".cc")}
    includes = {file: [include.group(2) for include in map(INCLUDE.match, text.splitlines())
                       if include and include.group(2) in texts] for file, text in texts.items()}
    code = {file: NO_CODE.sub(" ", text) for file, text in texts.items()}
    declared = {}
    for file, text in code.items():
        for name in FUNCTION.findall(text) if file.endswith(".h") else ():
            declared.setdefault(name, set()).add(file)

    def seen_by(file):
        seen, ahead = set(), [file]
        while ahead:
            each = ahead.pop()
            if each not in seen:
                seen.add(each)
                ahead += includes[each]
        return seen

    for file, text in code.items():
        if file.endswith(".h"):
            continue
        seen = seen_by(file)
        own = set(OWN.findall(re.sub(r"\breturn ", "return", text)))
        for name in sorted(set(CALL.findall(text)) & declared.keys() - own):
            others = seen - {file}
            if declared[name].isdisjoint(seen) and not any(f"{name}(" in code[each] for each in others):
                yield f"src/{file}: calls {name} without {min(declared[name])}"


def judged_rightly(files, expected):
    with tempfile.TemporaryDirectory() as directory:
        for file, text in files.items():
            path = pathlib.Path(directory, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{text}\n")
        found = complaints(pathlib.Path(directory))
    right = not found if expected is None else len(found) == 1 and expected in found[0]
    if not right:
        print(f"{files}\n  expected: {expected}\n  found: {found}")
    return right


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
        ("admin/calls.cc", "#include <httplib.h>", "may be included by server/"),
        ("server/listener.cc", "#include <httplib.h>", "may be included by server/"),
        ("contract/schema.cc", "#include <re2/re2.h>", "may be included by base/"),
        ("base/ids.cc", '#include "rapidjson/document.h"', "may be included by base/"),
        ("engine/call.cc", "// As Fivetran does.", "names the vendor Fivetran"),
        ("vendors/fivetran/ids.cc", "// As Fivetran does.", None),
        ("app/command_line.cc", '"--vendor airweave"', None),
        ("utils/helpers.h", "#include <string>", "is in no room"),
    ]
    failures = 0
    for file, line, expected in cases:
        failures += not judged_rightly({file: line}, expected)
    circle = {"base/a.h": '#include "base/b.h"', "base/b.cc": '#include "base/a.h"',
              "base/b.h": "", "base/a.cc": '#include "base/a.h"'}
    failures += not judged_rightly(circle, "a circle: base/a, base/b include each other")
    failures += not judged_rightly({**circle, "base/b.cc": '#include "base/b.h"'}, None)
    text = {"base/text.h": "bool IsBlank(char c);", "base/all.h": '#include "base/text.h"',
            "base/a.cc": "bool Use(char c) { return IsBlank(c); }"}
    failures += not judged_rightly(text, "base/a.cc: calls IsBlank without base/text.h")
    for use in ('#include "base/all.h"\nbool Use(char c) { return IsBlank(c); }',
                "bool Use(Line line) { return line.IsBlank(c); }  // see IsBlank()",
                "bool IsBlank(int c) { return c == 0; }\nbool Use(int c) { return IsBlank(c); }"):
        failures += not judged_rightly({**text, "base/a.cc": use}, None)
    houses = len(cases) + 6
    print(f"{houses - failures} of {houses} made-up houses judged rightly")
    return failures


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    found = complaints(pathlib.Path(__file__).resolve().parent.parent / "src")
    print("\n".join(found) or "no rule is broken")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
