"""docs/contracts.md: its contract and each piece of one can be loaded, its tour goes as it stands
there, and it names every word that contracts may use."""

import pathlib
import re
import tempfile
import textwrap
import unittest

from emulator import JSON_TYPE, TREE, Emulator, request, run_mockduit
from tour import read_tour, run_tour

DOCUMENT = (TREE / "docs/contracts.md").read_text()
PIECE = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FIRST_KEY = re.compile(r'^(?:- )?"?([\w-]+)"?:', re.MULTILINE)

# A contract with room for each piece; %s stands where it goes.
WHOLE = """
openapi: 3.1.0
info: {title: Acme API, version: v1}
x-mockduit:
  vendor: acme
  edition: v1
  credentials: [{scheme: bearer}]
  conditions: {no_credential: unauthorized, unknown_credential: unauthorized, no_permission: forbidden,
               malformed_body: bad_request, invalid: bad_request}
%(kinds)s
%(webhooks)s
%(vendor)s
paths:
  /v1/boxes/{box_id}:
    post:
      operationId: try_box
      parameters:
        - {name: limit, in: query}
        - {name: cursor, in: query}
        - {name: color, in: query}
        - {name: since, in: query}
        - {name: sort, in: query}
        - {name: order, in: query}
        - {name: show, in: query}
      requestBody:
        content:
          application/json:
            schema:
              additionalProperties: true
              properties:
                name: {type: string}
%(property)s
      x-mockduit:
%(operation)s
      responses:
        "200":
          x-mockduit: {outcome: success, source: Acme API}
          content: {application/json: {examples: {success: {value: {}}}}}
        "401": {x-mockduit: {outcome: unauthorized, source: Acme API}}
        "403": {x-mockduit: {outcome: forbidden, source: Acme API}}
        "400":
          x-mockduit: {outcome: bad_request, source: Acme API}
          content: {application/json: {examples: {bad_request: {value: {}}}}}
        "404":
          x-mockduit: {outcome: not_found, source: Acme API}
          content: {application/json: {examples: {not_found: {value: {}}, box: {value: {}}, crate: {value: {}}}}}
        "409":
          x-mockduit: {outcome: conflict, source: Acme API}
          content: {application/json: {examples: {exists: {value: {}}, full: {value: {}}}}}
%(response)s
  /v1/rooms/{room_id}/boxes:
    get:
      operationId: list_boxes
      responses:
        "200": {x-mockduit: {source: Acme API}}
        "401": {x-mockduit: {outcome: unauthorized, source: Acme API}}
        "403": {x-mockduit: {outcome: forbidden, source: Acme API}}
components:
  headers: {Limit: {example: 5}}
  responses:
    NoRoom:
      x-mockduit: {outcome: forbidden, status: 403, source: Acme API}
      content: {application/json: {examples: {no_room: {value: {}}}}}
"""
DEFAULTS = {
    "webhooks": "  webhooks: {kind: webhook, body: {}}",
    "kinds": "  kinds: {%s}" % ", ".join(
        f"{kind}: {{members: any}}"
        for kind in ("box", "widget", "paint", "job", "note", "room", "webhook", "owner")),
    "vendor": "  lifecycles: {paint: {kind: job, takes: 10s, ends: {done: {set: {x: 1}}}}}",
    "operation": "        effect: {get: box, absent: not_found}",
    "property": "",
    "response": "",
}
# Where a piece that begins with this key goes, and how far in.
PLACES = {
    "chosen_by": ("vendor", 2), "requests": ("vendor", 2), "declined": ("vendor", 2), "refuse": ("vendor", 2), "aliases": ("vendor", 2), "asks_for": ("vendor", 2), "cors": ("vendor", 2), "told_times": ("vendor", 2),
    "client_variables": ("vendor", 2), "kinds": ("kinds", 2), "documents": ("vendor", 2), "lifecycles": ("vendor", 2), "webhooks": ("webhooks", 2), "wording": ("vendor", 2), "effect": ("operation", 8),
    "429": ("response", 8), "cron_schedule": ("property", 16),
}

# Keys that OpenAPI's own documentation explains.
OPEN_API = set(re.findall(r'"(\w+)"', "".join(re.findall(
    r"k(?:Document|Info|PathItem|ApiOperation|Parameter|RequestBody|Response|MediaType|ApiExample|"
    r"ApiHeader|Components)Keys\[\] = \{(.*?)\};",
    (TREE / "src/contract/read/blocks.cc").read_text(), re.DOTALL)))) - {"deprecated", "examples"}


def pieces():
    """[(its first key, its text), …]"""
    return [(FIRST_KEY.search(text)[1], text) for text in PIECE.findall(DOCUMENT)]


def files_of(key, text):
    """The files of a vendor that has this piece, by name."""
    if key == "openapi":
        return {"v1.yaml": text}
    if key == "refused":
        return {"v1.yaml": WHOLE % DEFAULTS, "keys.yaml": text}
    if key == "kind":
        return {"v1.yaml": WHOLE % DEFAULTS, "seed.yaml": text}
    if key == "x-mockduit":
        shared = ("    Busy: {x-mockduit: {outcome: rate_limited, source: Acme API}}\n")
        return {"v1.yaml": WHOLE % DEFAULTS + shared, "v1-part.yaml": text}
    if key == "with":
        text = "effect:\n  get: box\n  absent: not_found\n" + textwrap.indent(text, "  ")
        key = "effect"
    if key == "then":
        text = "effect:\n  update: box\n  absent: not_found\n" + textwrap.indent(text, "  ")
        key = "effect"
    place, depth = PLACES[key]
    if key == "kinds":
        return {"v1.yaml": WHOLE % {**DEFAULTS, "kinds": textwrap.indent(text, "  "), "vendor": "",
                                    "webhooks": "", "operation": "        {}"}}
    return {"v1.yaml": WHOLE % {**DEFAULTS, place: textwrap.indent(text, " " * depth)}}


def words(source, pattern):
    """What the pattern finds in a file of the reader."""
    found = re.findall(pattern, (TREE / "src/contract" / source).read_text())
    assert len(found) > 3, source
    return found


class ContractDocsTest(unittest.TestCase):
    def serve(self, files):
        """The options of a server that has a vendor of these files."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        vendor = pathlib.Path(folder.name) / "acme"
        vendor.mkdir()
        for name, text in files.items():
            (vendor / name).write_text(text)
        return "--fixtures", folder.name

    def test_every_piece_can_be_loaded(self):
        self.assertGreater(len(pieces()), 12)
        for key, text in pieces():
            with self.subTest(key=key), Emulator(*self.serve(files_of(key, text))) as emulator:
                answer = request(emulator, "GET", "/acme/v1/nothing")
                self.assertNotEqual(answer.headers.get("X-Mockduit-Session"), None, answer)

    def test_a_piece_with_a_mistake_is_found_out(self):
        for key, right, wrong in (("effect", "needs:", "neds:"), ("then", "unless_there:", "unles:"),
                                  ("lifecycles", "takes:", "take:"), ("webhooks", "5m", "5"),
                                  ("effect", "variant: full", "variant: nope"),
                                  ("asks_for", "with_body:", "body:"),
                                  ("asks_for", "source:", "sauce:"),
                                  ("x-mockduit", "part_of: v1", "part_of: v9"),
                                  ("openapi", "outcome: bad_request", "outcome: bad")):
            text = next(text for of, text in pieces() if of == key and right in text)
            files = files_of(key, text.replace(right, wrong))
            with self.subTest(key=key):
                result = run_mockduit("serve", "--port", 0, *self.serve(files))
                self.assertEqual(result.returncode, 2, result)

    def test_the_smallest_contract_is_all_that_a_vendor_needs(self):
        text = next(text for key, text in pieces() if key == "openapi")
        with Emulator(*self.serve({"v1.yaml": text})) as emulator:
            for body, status in (('{"color": "red"}', 201), ('{"color": "green"}', 400)):
                answer = request(emulator, "POST", "/widgets",
                                 [JSON_TYPE, ("Authorization", "Bearer k")], body)
                self.assertEqual(answer.status, status, answer)
            self.assertEqual(request(emulator, "POST", "/widgets").status, 401)
            self.assertEqual(request(emulator, "POST", "/widgets/x").status, 404)

    def test_its_tour_goes_as_it_stands_there(self):
        self.assertGreater(len(read_tour(DOCUMENT)), 1)
        with Emulator("--fixtures", TREE / "examples/fixtures", "--clock", "2026-01-15T10:00:00Z",
                      "--seed", 7) as emulator:
            wrong = run_tour(DOCUMENT, emulator.url)
        if wrong:
            self.fail(wrong)

    def test_it_names_every_word_of_the_language(self):
        known = words("read/blocks.cc", r'\{"(\w+)", Takes::')
        known = [word for word in known if word not in OPEN_API]
        known += words("language/hole.cc", r'RootName\{"([\w.]+)"')
        known += words("language/filter.cc", r'\{"(\w+)", FilterKind::')
        known += words("language/matcher.cc", r'\{"(\w+)", Kind::')
        known += re.findall(r'"(\w+)"', re.search(
            r"kConditions\[\] = \{(.*?)\};",
            (TREE / "src/contract/contract.h").read_text(), re.DOTALL)[1])
        self.assertGreater(len(known), 100)
        shown = "".join(text for _, text in pieces())
        missing = [word for word in set(known)
                   if not re.search(rf"`[^`\n]*\b{re.escape(word)}\b[^`\n]*`", DOCUMENT)
                   and not re.search(rf"\b{re.escape(word)}:", shown)]
        self.assertEqual(missing, [])

    def test_its_links_lead_somewhere(self):
        for link in re.findall(r"\]\(([^)#]*)(?:#([\w-]+))?\)", DOCUMENT):
            path, place = link
            with self.subTest(link=link):
                document = TREE / "docs" / path if path else TREE / "docs/contracts.md"
                self.assertTrue(document.exists())
                if place:
                    titles = re.findall(r"^#+ (.*)$", document.read_text(), re.MULTILINE)
                    slugs = [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
                             for title in titles]
                    self.assertIn(place, slugs)


if __name__ == "__main__":
    unittest.main()
