"""Collections of requests, as people keep them: every call of each edition, in the forms that they send.

A file of collections/ is of the edition in its name, and is played from top to bottom. What stands before its
first empty line is sent with each request. A request is its method and path, headers of its own (an empty
one takes that of all away), its body, and `> STATUS`, behind which may stand what of the answer later requests
name in {{…}}. `+ 10s` lets time pass.
"""

import pathlib
import re
import unittest
import urllib.parse

from emulator import JSON_TYPE, EmulatorTest, control, request
from webhooks import Target

FOLDER = pathlib.Path(__file__).parent / "collections"
FILES = sorted(FOLDER.glob("*.http"))
HEADER = re.compile(r"([A-Za-z-]+):\s*(.*)")


def headers_of(lines):
    """Those that `lines` begins with, which are taken off it."""
    headers = {}
    while lines and (header := HEADER.fullmatch(lines[0])):
        headers[header[1]] = header[2]
        del lines[0]
    return headers


def lookup(answer, place):
    """The member at a dotted path, or a header."""
    kind, _, name = place.partition(".")
    if kind == "header":
        return answer.headers[name]
    found = answer.json()
    for part in place.split("."):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return found


class Player:
    """Plays a collection in a session of its own."""

    def __init__(self, test, file, known):
        self.test = test
        self.vendor, self.edition = file.stem.split("-", 1)
        self.session = file.stem
        self.known = known  # what requests may name
        head, _, self.requests = file.read_text().partition("\n\n")
        self.headers = headers_of([line for line in head.splitlines() if not line.startswith("#")])

    def play(self):
        self.control("PUT", "", {"editions": {self.vendor: self.edition}, "clock": "2026-01-15T10:00:00Z"})
        lines = []
        for line in self.requests.splitlines():
            if line.startswith("+ "):
                self.control("POST", "/clock/advance", {"by": line[2:]})
            elif line.startswith("> "):
                self.send(lines, *line[2:].split(" ", 1))
                lines = []
            elif lines or line and not line.startswith("#"):
                lines.append(line)
        self.test.assertEqual(lines, [], "a request without '> STATUS'")

    def send(self, lines, status, names=""):
        method, target = self.filled(lines[0]).split(" ", 1)
        rest = [self.filled(line) for line in lines[1:]]
        headers = self.headers | headers_of(rest)
        body = "\r\n".join(rest)
        if body.startswith("{"):
            headers = dict([JSON_TYPE]) | headers
        answer = request(self.test.emulator, method, self.path_of(target),
                         [header for header in headers.items() if header[1]], body)
        self.test.assertEqual(answer.status, int(status), f"{lines[0]}\n{answer}")
        for name in filter(None, names.split(", ")):
            known, place = name.split(" = ")
            self.known[known] = lookup(answer, place)

    def path_of(self, target):
        """An address that was told is called as it is; a path is one of the session."""
        url = urllib.parse.urlsplit(target)
        path = target if not url.netloc else target.partition(url.netloc)[2]
        path = urllib.parse.quote(path, safe="/?&=%,:;+@~!-._*")
        return path if url.netloc else f"/@{self.session}{path}"

    def filled(self, line):
        return re.sub(r"\{\{(\w+)\}\}", lambda name: str(self.known[name[1]]), line)

    def control(self, method, path, body=None):
        return control(self.test.emulator, method, f"/sessions/{self.session}{path}", body)


class CollectionsTest(EmulatorTest):
    def editions(self):
        """The names of the operations of each, by the name of its collection; Fivetran has none."""
        editions = {}
        for operation in control(self.emulator, "GET", "/operations")["operations"]:
            if operation["vendor"] == "fivetran":
                continue
            for one in operation["editions"]:
                name = f"{operation['vendor']}-{one['edition']}"
                editions.setdefault(name, set()).add(operation["name"])
        return editions

    def test_every_call_of_every_edition_is_answered(self):
        editions = self.editions()
        self.assertEqual(sorted(editions), [file.stem for file in FILES])
        for file in FILES:
            with self.subTest(file=file.name), Target() as receiver:
                player = Player(self, file, {"receiver": receiver.url})
                player.play()
                exchanges = player.control("GET", "/requests?limit=1000")["requests"]
                called = {exchange["operation"] for exchange in exchanges}
                self.assertEqual(editions[file.stem] - called, set())


if __name__ == "__main__":
    unittest.main()
