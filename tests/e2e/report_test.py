"""The HTML report: what it says, that its links lead somewhere, and that nothing gets out of it.

Clients move their session's clock instead of waiting. Where there is a Chromium the page is also
looked at in it, in light and dark.
Starts first."""

import html.parser
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

from emulator import PATIENCE, Emulator, clean_environment, control, request, run_mockduit

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NOW = "2026-01-15T10:00:00Z"  # where a clock stands still
VOID = ("meta", "br", "wbr", "input")

# What every client here is made of.
CLIENT = r"""
import http.client, json, os, socket, sys, urllib.parse
host, port = urllib.parse.urlsplit(os.environ["MOCKDUIT_URL"]).netloc.split(":")
KEY = {"X-API-Key": "my-key", "Content-Type": "application/json"}

def call(method, path, body=None, headers=KEY):
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    try:
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (http.client.HTTPException, OSError):
        return 0, b""
    finally:
        connection.close()

def create(session="default"):
    return call("POST", f"/@{session}/source-connections", {
        "name": "My source", "short_name": "stripe", "auth_fields": {"api_key": "sk"}})

def look(session="default", **headers):
    return call("GET", f"/@{session}/source-connections", headers={**KEY, **headers})

def advance(by):
    assert call("POST", "/__admin/sessions/default/clock/advance", {"by": by})[0] == 200

def send(data):
    with socket.create_connection((host, int(port)), 30) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass
"""

THROTTLED = """scenario: throttled
description: The first create is told to come back after two seconds.
rules:
  - name: once
    match: {operation: "*.create_*"}
    play: [{outcome: rate_limited, retry_after: 2s}]
"""
# The look is another's, whose limit is not used up.
EARLY = ("create(); advance('500ms'); create(); advance('1s'); "
         "look(**{'X-API-Key': 'another-key'})")
EARLY_TOLD = r"tried again 5\d\d ms after 429 with Retry-After 2 s"
PATIENT = "create(); advance('2s'); create()"


class Element:
    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.children = tag, dict(attributes), []

    @property
    def classes(self):
        return self.attributes.get("class", "").split()

    def walk(self):
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag=None, of=None):
        """The elements in it of that name and class."""
        return [e for e in self.walk() if (tag is None or e.tag == tag)
                and (of is None or of in e.classes)]

    def one(self, tag=None, of=None):
        [element] = self.all(tag, of)
        return element

    @property
    def source(self):
        return "".join(c if isinstance(c, str) else c.source for c in self.children)

    @property
    def text(self):
        """As it is read: without the style sheet, and every space as one; a tag divides words."""
        if self.tag == "style":
            return ""
        parts = [c if isinstance(c, str) else c.text if c.tag in VOID else f" {c.text} "
                 for c in self.children]
        return " ".join("".join(parts).split())

    @property
    def place(self):
        """The percentages of its style: {"left": 12.5}."""
        pairs = re.findall(r"([a-z]+):([\d.]+)%", self.attributes.get("style", ""))
        return {name: float(share) for name, share in pairs}


class Page(html.parser.HTMLParser):
    """A page whose every tag is closed where it must be."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.source = source
        self.root = Element("", ())
        self._open = [self.root]
        self.feed(source)
        self.close()
        assert len(self._open) == 1, f"<{self._open[-1].tag}> is never closed"

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        element = Element(tag, attrs)
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        assert tag == self._open[-1].tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data):
        self._open[-1].children.append(data)

    def all(self, tag=None, of=None):
        return self.root.all(tag, of)

    def one(self, tag=None, of=None):
        return self.root.one(tag, of)

    def by_id(self, name):
        [element] = [e for e in self.root.walk() if e.attributes.get("id") == name]
        return element

    @property
    def text(self):
        return self.root.text


class ReportTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.file = self.folder / "report.html"

    def report(self, client, *options, scenario=THROTTLED, clock=NOW, code=0):
        """The page on what the client did."""
        name = re.match(r"scenario: (\S+)", scenario)[1]
        (self.folder / f"{name}.yaml").write_text(scenario)
        chosen = () if "--each" in options else ("--scenario", name)
        ended = run_mockduit("exec", "--scenarios", self.folder, *chosen, *options, "--seed", 7,
                             "--clock", clock, "--report", self.file, "--", sys.executable, "-c",
                             CLIENT + client)
        self.assertEqual(ended.returncode, code, ended.stderr)
        page = Page(self.file.read_text(encoding="utf-8"))
        self.assert_sound(page)
        return page

    def assert_sound(self, page):
        """Links lead somewhere in it, and nothing leads out of it."""
        ids = [e.attributes["id"] for e in page.root.walk() if "id" in e.attributes]
        self.assertEqual(len(ids), len(set(ids)), "an id is there twice")
        for element in page.root.walk():
            self.assertNotIn(element.tag, ("script", "link", "img", "iframe", "object", "base"))
            for name, value in element.attributes.items():
                self.assertFalse(name.startswith("on") or name in ("src", "srcset"), name)
                if name == "href":
                    self.assertTrue(value.startswith("#"), value)
                    self.assertIn(value[1:], ids)
                if name == "aria-labelledby":
                    self.assertLessEqual(set(value.split()), set(ids))
        style = page.one("style").source
        self.assertNotIn("url(", style)
        self.assertNotIn("@import", style)


class VerdictsTest(ReportTest):
    def test_a_failed_check_is_told_with_its_exchanges(self):
        page = self.report(EARLY)
        failed = page.one("div", "fail")
        self.assertEqual(failed.attributes["id"], "r1-s1-retry-after-honoured")
        self.assertRegex(failed.text, "POST /source-connections was " + EARLY_TOLD)
        self.assertIn("RFC 9110, section 10.2.3", failed.text)
        links = {a.text: a.attributes["href"] for a in failed.all("a")}
        self.assertEqual(links, {"#1": "#r1-s1-x1", "#2": "#r1-s1-x2"})
        for link in links.values():
            row = page.by_id(link[1:])
            self.assertIn("failed", row.classes)
            self.assertIn("fails retry-after-honoured", row.text)
        self.assertNotIn("failed", page.by_id("r1-s1-x3").classes)
        self.assertIn("1 check failed.", page.one("header").text)

    def test_every_check_is_told_once(self):
        page = self.report(EARLY)
        told = [e.all("code")[0].text for e in page.all("div", "verdict")]
        told += [e.one("code").text for e in page.one("ul", "passed").all("li")]
        told += [e.text for e in page.one("p", "idle").all("code")]
        self.assertEqual(len(told), len(set(told)), told)
        self.assertLessEqual({"retry-after-honoured", "recovers", "headers-sent",
                              "pagination-followed"}, set(told))
        counts = page.one("p", "counts").text
        self.assertRegex(counts, r"exit code 0 1 fail 0 inconclusive \d+ pass \d+ not exercised")
        self.assertEqual(sum(map(int, re.findall(r"(\d+) [a-z]", counts))), len(told), counts)

    def test_a_client_that_does_well_passes(self):
        page = self.report(PATIENT)
        self.assertEqual(page.all("div", "verdict"), [])
        self.assertIn("retry-after-honoured", page.one("ul", "passed").text)
        self.assertIn("Every check that was exercised passed.", page.one("header").text)

    def test_what_cannot_be_told_says_why(self):
        page = self.report("KEY['X-Mockduit-Call'] = 'one'; create(); create()")
        open_ = page.one("div", "unsure")
        self.assertIn("inconclusive retry-after-honoured", open_.text)
        self.assertIn("stood still", open_.text)
        self.assertIn("No check failed, but 1 verdict is open.", page.one("header").text)

    def test_a_command_that_failed_is_told_first(self):
        page = self.report(PATIENT + "; sys.exit(5)", code=5)
        self.assertIn("The command failed. Every check", page.one("header").text)
        self.assertIn("exit code 5", page.one("p", "counts").text)

    def test_no_request_at_all(self):
        page = self.report("pass")
        self.assertIn("There was no request to judge.", page.text)
        self.assertIn("Nothing was exercised.", page.one("header").text)

    def test_what_was_cleared_away_is_told(self):
        page = self.report(
            "create(); look(); call('POST', '/__admin/sessions/default/reset'); look()")
        self.assertIn("2 exchanges not judged", page.text)

    def test_a_journal_that_lost_exchanges_is_told(self):
        page = self.report("for i in range(5): look(); advance('1s')", "--journal-size", 3)
        self.assertIn("The journal no longer has every exchange", page.text)
        self.assertIn("Journals no longer have every exchange", page.text)
        self.assertIn("Of 5 exchanges the page shows 3", page.text)


class TimelineTest(ReportTest):
    def tracks(self, page):
        """Call → the marks and waits of its row."""
        return {row.one("code").text: (row.all("a", "mark"), row.all("i", "wait"))
                for row in page.all("div", "row")}

    def test_an_attempt_too_soon_stands_on_the_wait(self):
        page = self.report(EARLY)
        tracks = self.tracks(page)
        self.assertEqual(list(tracks), ["POST /source-connections", "GET /source-connections"])
        (first, second), [wait] = tracks["POST /source-connections"]
        self.assertEqual(wait.classes, ["wait", "early"])
        self.assertEqual(wait.text, "wait 2 s")
        self.assertEqual((first.place["left"], wait.place["left"]), (0, 0))
        self.assertEqual(second.place["left"], 25)
        self.assertEqual(wait.place["width"], 100)
        self.assertEqual(first.classes, ["mark", "throttled", "failed"])
        self.assertEqual(second.classes, ["mark", "success", "failed"])
        self.assertEqual(second.attributes["title"],
                         "#2 at 500 ms: POST /source-connections, 200")
        [third], waits = tracks["GET /source-connections"]
        self.assertEqual((third.place["left"], waits), (75, []))
        self.assertIn("Retry-After cut short", page.one("p", "key").text)

    def test_an_attempt_in_time_stands_behind_the_wait(self):
        tracks = self.tracks(self.report(PATIENT))
        (_, second), [wait] = tracks["POST /source-connections"]
        self.assertEqual(wait.classes, ["wait"])
        self.assertLessEqual(wait.place["left"] + wait.place["width"], second.place["left"])

    def test_waits_that_overlap_do_not_hide_each_other(self):
        scenario = THROTTLED.replace("retry_after: 2s", "retry_after: 2s, times: 2")
        tracks = self.tracks(self.report("create(); advance('1s'); create(); advance('1s'); "
                                         "create()", scenario=scenario))
        marks, waits = tracks["POST /source-connections"]
        level = [re.search(r"--level:(\d)", e.attributes["style"])[1] for e in marks + waits]
        self.assertEqual(level, ["0", "1", "1", "0", "1"])

    def test_only_the_wait_that_was_cut_short_is_told_so(self):
        scenario = THROTTLED.replace("retry_after: 2s", "retry_after: 2s, times: 2")
        tracks = self.tracks(self.report("create(); advance('1s'); create(); advance('2s'); "
                                         "create()", scenario=scenario))
        _, waits = tracks["POST /source-connections"]
        self.assertEqual([wait.classes for wait in waits], [["wait", "early"], ["wait"]])

    def test_marks_at_one_place_are_stacked_and_the_rest_is_counted(self):
        page = self.report("for i in range(12): look()\nadvance('5s'); look()")
        [row] = page.all("div", "row")
        levels = [int(re.search(r"--level:(\d+)", mark.attributes["style"])[1])
                  for mark in row.all("a", "mark")]
        self.assertEqual(levels, [*range(10), 9, 9, 0])
        self.assertIn("2 more marks behind the lowest ones", row.text)

    def test_a_wait_that_is_much_longer_than_all_else_is_cut_off(self):
        scenario = THROTTLED.replace("2s", "1h")
        tracks = self.tracks(self.report("create(); advance('1s'); create()", scenario=scenario))
        (_, second), [wait] = tracks["POST /source-connections"]
        self.assertEqual(wait.classes, ["wait", "early", "cut"])
        self.assertEqual((second.place["left"], wait.place["width"]), (80, 100))

    def test_the_wait_begins_when_the_answer_goes_out(self):
        scenario = THROTTLED.replace("retry_after: 2s", "retry_after: 2s, delay: 200ms")
        page = self.report("create()", scenario=scenario, clock=NOW + "@10")
        [_], [wait] = self.tracks(page)["POST /source-connections"]
        delay = page.one("i", "delay")
        self.assertAlmostEqual(delay.place["width"], 50, delta=1)  # 2 s of the session's, then 2
        self.assertAlmostEqual(wait.place["left"], 50, delta=1)
        self.assertIn("after 200 ms", page.by_id("r1-s1-x1").text)
        self.assertIn("2 s on the session's clock", page.by_id("r1-s1-x1").text)

    def test_where_the_clock_stands_still_the_marks_are_spaced_evenly(self):
        page = self.report("create(); look(); look(); look()")
        places = [mark.place["left"] for mark in page.all("a", "mark")]
        self.assertEqual(places, [12.5, 37.5, 62.5, 87.5])
        self.assertEqual([track.all("i", "wait") for track in page.all("div", "track")], [[], []])
        self.assertIn("clock stood still, so the marks are spaced evenly", page.text)

    def test_a_long_silence_is_cut_out(self):
        page = self.report("look(); advance('1s'); look(); advance('3h'); look(); advance('1s'); "
                           "look()")
        self.assertIn("then nothing for 180 min", page.text)
        self.assertEqual([m.place["left"] for m in page.all("a", "mark")], [0, 100, 0, 100])

    def test_every_kind_of_answer_has_a_mark_of_its_own(self):
        scenario = """scenario: kinds
description: One of each.
rules:
  - name: each
    match: {operation: "*.create_*"}
    play: [{outcome: bad_request}, {outcome: rate_limited}, {outcome: server_error},
           {fault: reset}]
"""
        page = self.report("for i in range(5): create(); advance('100s')", scenario=scenario)
        marks = [mark.classes[1] for mark in page.all("a", "mark")]
        self.assertEqual(marks, ["refusal", "throttled", "broken", "lost", "success"])
        answers = [page.by_id(f"r1-s1-x{i}").all("span", "badge")[0].text for i in range(1, 6)]
        self.assertEqual(answers, ["400", "429", "500", "no whole answer (reset)", "200"])
        self.assertIn("took effect", page.by_id("r1-s1-x4").text)
        for words in ("success", "refused (4xx)", "throttled (429)", "server error (5xx)",
                      "lost on the way"):
            self.assertIn(words, page.one("p", "key").text)


class ExchangesTest(ReportTest):
    def test_a_row_has_what_happened(self):
        page = self.report(EARLY)
        rows = [[cell.text for cell in body.all("tr")[0].children if isinstance(cell, Element)]
                for body in page.one("table", "exchanges").all("tbody")]
        self.assertEqual(rows, [
            ["#1", "0 ms", "POST /source-connections fails retry-after-honoured",
             "429 rate_limited scripted", "", "Retry-After 2 s"],
            ["#2", "500 ms", "POST /source-connections fails retry-after-honoured",
             "200 success", "", ""],
            ["#3", "1.50 s", "GET /source-connections", "200 success", "", "1 item last page"],
        ])
        self.assertEqual(page.by_id("r1-s1-x2").one("time").attributes["datetime"],
                         "2026-01-15T10:00:00.500000Z")

    def test_bodies_are_folded_away_without_their_secrets(self):
        page = self.report(EARLY)
        sent, answered = page.by_id("r1-s1-x1").one("details").all("pre")
        self.assertIn('"short_name": "stripe"', sent.text)
        self.assertIn("POST /@default/source-connections", sent.text)
        self.assertIn("429 Too Many Requests", answered.text)
        self.assertIn("Retry-After: 2", answered.text)
        self.assertNotIn("my-key", page.source)
        self.assertNotIn("another-key", page.source)

    def test_a_next_page_is_told(self):
        page = self.report(
            "call('GET', '/v1/groups?limit=1', None, {'Authorization': 'Basic bXkta2V5Onh4'})")
        self.assertRegex(page.by_id("r1-s1-x1").text, r"1 item next \S+")

    def test_a_long_body_is_cut_between_characters(self):
        page = self.report("call('POST', '/source-connections', {'name': 'é' * 5000})")
        sent = page.by_id("r1-s1-x1").all("pre")[0].source
        self.assertRegex(sent, r"… and \d+ more bytes$")
        self.assertNotIn("\N{REPLACEMENT CHARACTER}", sent)

    def test_of_many_exchanges_the_first_are_shown_and_those_that_are_named(self):
        page = self.report("look()\nfor i in range(510): call('GET', '/sources/list')\n" + EARLY)
        self.assertIn("Of 514 exchanges the page shows 500", page.text)
        self.assertEqual(len(page.one("table", "exchanges").all("tbody")), 500)
        named = {a.text for a in page.one("div", "fail").all("a")}
        self.assertEqual(named, {"#512", "#513"})
        self.assertNotIn('id="r1-s1-x514"', page.source)


class SessionsTest(ReportTest):
    def test_sessions_with_nothing_wrong_are_folded_away(self):
        page = self.report("look('good'); create('bad'); create('bad')")
        self.assertEqual([(e.tag, e.one("h3").text) for e in page.all(of="session")],
                         [("section", "Session bad 2 exchanges"),
                          ("details", "Session good 1 exchange")])
        self.assertNotIn("open", page.one("details", "session").attributes)

    def test_a_session_that_is_alone_is_open(self):
        page = self.report(PATIENT)
        self.assertEqual(page.one(of="session").tag, "section")

    def test_of_many_sessions_those_with_something_wrong_have_the_room(self):
        page = self.report("for i in range(205): look(f's{i}')\ncreate('worse'); create('worse')")
        self.assertEqual(len(page.all(of="session")), 200)
        self.assertEqual(page.one("section", "session").one("h3").text,
                         "Session worse 2 exchanges")
        self.assertIn("no room for 6 more sessions", page.text)

    def test_several_runs_stand_in_a_table_first(self):
        page = self.report(EARLY, "--each", "throttled,success")
        rows = [[cell.text for cell in row.children if isinstance(cell, Element)]
                for row in page.one("nav").one("tbody").all("tr")]
        self.assertEqual([row[:4] for row in rows],
                         [["throttled", "exit code 0", "1", "0"],
                          ["success", "exit code 0", "0", "0"]])
        for row in rows:
            self.assertRegex(row[6], r"^\d+ of \d+ \(\d+\.\d %\)$")
        self.assertEqual([a.attributes["href"] for a in page.one("nav").all("a")], ["#r1", "#r2"])
        self.assertEqual([e.text for e in page.all("h2")],
                         ["Scenario throttled", "Scenario success"])
        self.assertIn("r2-s1-x1", [e.attributes.get("id") for e in page.root.walk()])


class CoverageTest(ReportTest):
    def cells(self, page, edition):
        """Operation → outcome → what its cell says."""
        [table] = [t for t in page.all("table", "matrix")
                   if t.one("caption").text == f"Documented outcomes of {edition}"]
        heads = ["".join(th.text.split()) for th in table.one("thead").all("th")]
        matrix = {}
        for row in table.one("tbody").all("tr"):
            cells = [c for c in row.children if isinstance(c, Element)]
            self.assertEqual(len(cells), len(heads))
            matrix[cells[0].one("code").text] = dict(zip(heads[1:], [c.text for c in cells[1:]]))
        return matrix

    def test_a_cell_says_what_was_met_and_what_is_missing(self):
        page = self.report(EARLY)
        matrix = self.cells(page, "airweave 2025-07")
        self.assertEqual(list(matrix), ["list_source_connections", "create_source_connection"])
        create = matrix["create_source_connection"]
        self.assertEqual((create["called"], create["success"], create["rate_limited"],
                          create["server_error"]),
                         ("2", "200 met 1", "429 met 1", "500 missing"))
        self.assertEqual(matrix["list_source_connections"]["not_found"], "–")

    def test_a_success_that_was_only_played_is_not_met(self):
        scenario = """scenario: played
description: Creates are said to succeed, but nothing is created.
rules:
  - name: each
    match: {operation: "*.create_*"}
    play: [{outcome: success, effect: skip, times: 9}]
"""
        page = self.report("create(); create()", scenario=scenario)
        self.assertEqual(
            self.cells(page, "airweave 2025-07")["create_source_connection"]["success"],
            "200 played only 2")

    def test_what_was_never_called_is_summed_up(self):
        page = self.report(EARLY)
        folded = {e.one("summary").text: e.all("li")
                  for e in page.one(of="coverage").all("details")}
        for words, items in folded.items():
            number, edition = re.match(r"(\d+) operations? of (.*) never called", words).groups()
            self.assertEqual(len(items), int(number), edition)
        self.assertTrue(any("fivetran v1" in words for words in folded), folded)
        self.assertTrue(any("airweave 2025-07" in words for words in folded), folded)


# The text of hostile requests. The first stands in a query and a header as well.
HOSTILE = r"""
import urllib.parse
evil = b"</code></pre></style><script>alert('1')</script><img src=x onerror=\"x\">&amp;"
bodies = [evil, b'"quoted\' & <b>bold', b"bad \xff\xfe\xc3( utf-8 \xed\xa0\x80",
          bytes(range(1, 32)), b"\xe2\x80\xae" + evil, b"]]><!-- <![CDATA["]
quoted = urllib.parse.quote(evil, safe="'&;=()/").encode()
for body in bodies:
    send(b"POST /source-connections?" + quoted + b" HTTP/1.1\r\nHost: x\r\n"
         b"X-API-Key: my-key\r\nUser-Agent: " + evil + b"\r\nContent-Type: application/json\r\n"
         b"Connection: close\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body)
send(b"GET /nowhere/%3Cscript%3Ealert(2)/'&lt; HTTP/1.1\r\nHost: x\r\n"
     b"Connection: close\r\n\r\n")
"""


class HostileTest(ReportTest):
    def test_what_came_from_outside_stays_text(self):
        page = self.report(HOSTILE)
        self.assertNotIn("<script", page.source.lower())
        self.assertNotIn("<img", page.source.lower())
        self.assertNotRegex(page.source, r"[\x00-\x08\x0b-\x1f]")
        shown = "".join(pre.source for pre in page.all("pre"))
        self.assertIn("</pre></style><script>alert('1')</script><img src=x onerror=\"x\">&amp;",
                      shown)
        self.assertIn("\"quoted' & <b>bold", shown)
        self.assertIn("bad \N{REPLACEMENT CHARACTER}", shown)
        self.assertIn("]]><!-- <![CDATA[", shown)
        self.assertIn("GET /nowhere/%3Cscript%3Ealert(2)/'&lt;",
                      [code.text for code in page.all("code")])


class AccessTest(ReportTest):
    def test_landmarks_headings_and_tables(self):
        page = self.report(EARLY)
        self.assertEqual(page.one("html").attributes["lang"], "en")
        for landmark in ("header", "main", "footer", "h1", "title"):
            page.one(landmark)
        levels = [int(e.tag[1]) for e in page.root.walk() if re.fullmatch(r"h\d", e.tag)]
        self.assertEqual(levels[0], 1)
        for before, level in zip(levels, levels[1:]):
            self.assertLessEqual(level, before + 1, levels)
        for table in page.all("table"):
            table.one("caption")
            self.assertTrue(table.all("th"))
            self.assertTrue(all("scope" in th.attributes for th in table.all("th")))
        for region in page.all("div", "scroll"):
            self.assertTrue(region.attributes["aria-label"])

    def test_every_text_has_contrast_in_light_and_dark(self):
        style = self.report("look()").one("style").source
        light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
                       for block in re.findall(r":root \{(.*?)\}", style, re.S))
        self.assertEqual(set(light), set(dark))
        pairs = [(text, ground) for text in ("text", "dim", "link")
                 for ground in ("page", "card", "faint")]
        pairs += [(tone, ground) for tone in ("pass", "fail", "unsure") for ground in
                  ("page", "card", tone + "-bg")]
        pairs += [(tone, tone + "-bg") for tone in ("idle", "success", "refusal", "throttled",
                                                    "broken", "lost")]
        pairs += [("text", "wait"), ("text", "early"), ("text", "unsure-bg"),
                  ("dim", "unsure-bg"), ("link", "unsure-bg")]
        for scheme in (light, dark):
            for text, ground in pairs:
                self.assertGreaterEqual(contrast(scheme[text], scheme[ground]), 4.5,
                                        (text, ground, scheme["page"]))


def luminance(colour):
    """As WCAG 2.2 reckons it."""
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


class ServerTest(ReportTest):
    def test_a_running_server_gives_the_same_kind_of_page(self):
        with Emulator("--clock", NOW) as emulator:
            request(emulator, "GET", "/@mine/source-connections", [("X-API-Key", "my-key")])
            answer = request(emulator, "GET", "/__admin/report?format=html")
            self.assertEqual(answer.headers["Content-Type"], "text/html; charset=utf-8")
            page = Page(answer.body.decode())
            self.assert_sound(page)
            self.assertIn("Session mine 1 exchange", page.text)
            self.assertNotIn("exit code", page.text)
            ended = run_mockduit("verify", "--url", emulator.url, "--report", self.file)
            self.assertEqual(ended.returncode, 0, ended.stderr)
            self.assertEqual(Page(self.file.read_text(encoding="utf-8")).text, page.text)
            self.assertEqual(len(control(emulator, "GET", "/sessions")["sessions"]), 1)


def first_pixel(png):
    """Red, green and blue of the upper left corner, which no filter of PNG changes."""
    data, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        data += png[at + 8:at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return tuple(zlib.decompress(data)[1:4])


@unittest.skipUnless(CHROMIUM, "there is no chromium")
class BrowserTest(ReportTest):
    SCHEMES = {"dark": 0, "light": 1}

    def browse(self, scheme, *options):
        """What Chromium prints when it opens the page."""
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                   "--disable-background-networking", "--disable-dev-shm-usage",
                   f"--blink-settings=preferredColorScheme={self.SCHEMES[scheme]}",
                   f"--user-data-dir={self.folder / 'profile'}", *options, self.file.as_uri()]
        return subprocess.run(command, env=clean_environment(HOME=str(self.folder)),
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE,
                              check=True, cwd=self.folder).stdout

    def colour_of_page(self, page, scheme):
        colours = re.findall(r"--page: #([0-9a-f]{6})", page.one("style").source)
        return tuple(bytes.fromhex(colours[0 if scheme == "light" else 1]))

    def test_it_is_rendered_in_light_and_dark(self):
        page = self.report(EARLY)
        for scheme in self.SCHEMES:
            with self.subTest(scheme):
                dom = Page(self.browse(scheme, "--dump-dom").decode())
                self.assertEqual(dom.text, page.text)
                self.assertRegex(dom.text, EARLY_TOLD)
                self.browse(scheme, "--screenshot=shot.png", "--window-size=800,600")
                shot = (self.folder / "shot.png").read_bytes()
                self.assertEqual(first_pixel(shot), self.colour_of_page(page, scheme))

    def test_a_browser_sees_no_more_elements_than_there_are(self):
        page = self.report(HOSTILE)
        dom = Page(self.browse("light", "--dump-dom").decode())
        self.assert_sound(dom)
        self.assertEqual(dom.text, page.text)
        self.assertEqual([e.tag for e in dom.root.walk()], [e.tag for e in page.root.walk()])


if __name__ == "__main__":
    unittest.main()
