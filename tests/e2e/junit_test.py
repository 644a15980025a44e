"""The verdicts as JUnit XML, held to what Ant writes and what Jenkins' schema lets stand."""

import dataclasses
import json
import re
import shutil
import unittest
import xml.etree.ElementTree

from calls import eventually
from emulator import TREE, Emulator, RawClient, control, request, request_bytes, run_mockduit
from executed import HASTY, STANDING, ExecTest, run_exec, run_shell

# XML 1.0, section 2.2: what a document may hold, also as a character reference.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COUNTS = ("tests", "failures", "errors", "skipped")


def sure(sessions):
    """These verdicts, once none is in doubt; else nothing."""
    doubts = [one for session in sessions for one in session["verdicts"] if one["result"] == "inconclusive"]
    return None if doubts else sessions


@dataclasses.dataclass(frozen=True)
class Element:
    needs: frozenset       # attributes
    may: frozenset         # more of them
    children: tuple = ()
    text: bool = False


SCHEMA = {
    "testsuites": Element(frozenset({"name", "tests", "failures", "errors", "time"}),
                          frozenset({"disabled"}), ("testsuite",)),
    "testsuite": Element(frozenset({"name", *COUNTS, "time"}),
                         frozenset({"disabled", "timestamp", "hostname", "id", "package"}),
                         ("properties", "testcase", "system-out", "system-err")),
    "testcase": Element(frozenset({"name", "classname", "time"}), frozenset({"status"}),
                        ("skipped", "error", "failure", "system-out", "system-err")),
    "failure": Element(frozenset({"message", "type"}), frozenset(), text=True),
    "error": Element(frozenset({"message", "type"}), frozenset(), text=True),
    "skipped": Element(frozenset({"message"}), frozenset({"type"}), text=True),
    "system-out": Element(frozenset(), frozenset(), text=True),
    "system-err": Element(frozenset(), frozenset(), text=True),
}


def mistakes(element, parent="testsuites"):
    """What is wrong with it and below it, in words."""
    known = SCHEMA.get(element.tag)
    if known is None:
        yield f"<{element.tag}> in <{parent}>"
        return
    yield from (f"<{element.tag}> without {name}" for name in known.needs - set(element.keys()))
    yield from (f"<{element.tag}> with {name}"
                for name in set(element.keys()) - known.needs - known.may)
    if not known.text and (element.text or "").strip():
        yield f"text in <{element.tag}>: {element.text}"
    if (element.tail or "").strip():
        yield f"text behind <{element.tag}>: {element.tail}"
    for name in {"time", *COUNTS} & set(element.keys()):
        if not re.fullmatch(r"\d+(\.\d+)?" if name == "time" else r"\d+", element.get(name)):
            yield f"{name}={element.get(name)} of <{element.tag}>"
    order = [child.tag for child in element]
    yield from (f"<{tag}> in <{element.tag}>" for tag in set(order) - set(known.children))
    if element.tag == "testcase" and len(order) > 1:
        yield f"a testcase with {order}"
    for child in element:
        yield from mistakes(child, element.tag)


def counted(cases):
    with_ = {tag: sum(case.find(tag) is not None for case in cases)
             for tag in ("failure", "error", "skipped")}
    return {"tests": len(cases), "failures": with_["failure"], "errors": with_["error"],
            "skipped": with_["skipped"]}


class JUnitTest(ExecTest):
    def setUp(self):
        super().setUp()
        self.path = self.folder / "verdicts.xml"

    def read(self, data=None):
        """The root, once nothing is wrong with it."""
        data = self.path.read_bytes() if data is None else data
        self.assertTrue(data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites '))
        self.assertIsNone(NO_XML.search(data.decode()))
        root = xml.etree.ElementTree.fromstring(data)
        self.assertEqual(root.tag, "testsuites")
        self.assertEqual(list(mistakes(root)), [])
        self.assert_counts(root)
        return root

    def assert_counts(self, root):
        for element in (root, *root):
            cases = list(element.iter("testcase"))
            for name, count in counted(cases).items():
                if name in element.keys():
                    self.assertEqual(int(element.get(name)), count, (element.get("name"), name))
        names = [suite.get("name") for suite in root]
        self.assertEqual(len(names), len(set(names)), names)
        cases = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
        self.assertEqual(len(cases), len(set(cases)), cases)

    def run_client(self, *options, client):
        result = run_exec("--junit", self.path, *options, client=client)
        self.assertEqual(result.returncode, 0, result.stderr)
        return self.read()


class OutcomesTest(JUnitTest):
    CLIENT = """
insist("/~throttled-twice@hasty")
call("PUT", "/__admin/sessions/still", {"clock": "2026-01-15T10:00:00Z"}, headers={})
insist("/~throttled-twice@still")
create("/@calm")
"""

    def test_a_suite_for_the_command_and_each_session_with_a_case_for_each_check(self):
        root = self.run_client(client=self.CLIENT)
        self.assertEqual([suite.get("name") for suite in root],
                         ["mockduit.success", "mockduit.success.calm", "mockduit.success.hasty",
                          "mockduit.success.still"])
        self.assertEqual([case.get("name") for case in root[0]], ["command"])
        checks = [case.get("name") for case in root[1]]
        self.assertIn("retry-after-honoured", checks)
        for suite in root[2:]:
            self.assertEqual([case.get("name") for case in suite], checks)
            self.assertEqual({case.get("classname") for case in suite}, {suite.get("name")})

    def outcomes(self, check="retry-after-honoured"):
        root = self.run_client(client=self.CLIENT)
        return {suite.get("name").rsplit(".", 1)[1]: list(case)
                for suite in root for case in suite if case.get("name") == check}

    def test_a_fault_is_a_failure_with_its_evidence(self):
        failure, = self.outcomes()["hasty"]
        self.assertEqual((failure.tag, failure.get("type")), ("failure", "retry-after-honoured/too-soon"))
        words = r"POST /source-connections was tried again \d+ m?s after 429 with Retry-After 1 s"
        self.assertRegex(failure.get("message"), f"^{words}; and 1 more$")
        self.assertRegex(failure.text, f"^{words} #1 #2\n{words} #2 #3\n$")

    def test_what_cannot_be_told_is_an_error(self):
        error, = self.outcomes()["still"]
        self.assertEqual((error.tag, error.get("type")),
                         ("error", "retry-after-honoured/clock-stood-still"))
        self.assertIn("the session's clock stood still", error.get("message"))
        self.assertRegex(error.text, r"^(the session's clock stood still, and POST .* #\d #\d\n){2}$")

    def test_what_was_not_exercised_is_skipped(self):
        skipped, = self.outcomes()["calm"]
        self.assertEqual((skipped.tag, skipped.get("message")),
                         ("skipped", "nothing happened that shows it"))

    def test_what_passes_has_nothing_in_it(self):
        self.assertEqual(self.outcomes("headers-sent"), {"hasty": [], "still": [], "calm": []})

    def test_the_same_as_the_verdicts_say(self):
        with Emulator() as emulator:
            for session in ("one", "two"):
                for _ in range(3):
                    request(emulator, "POST", f"/~throttled-twice@{session}/source-connections",
                            [("X-API-Key", "k"), ("Content-Type", "application/json")],
                            '{"name": "My source", "short_name": "stripe"}')
            # That connections have ended is seen a moment later.
            verdicts = eventually(lambda: sure(control(emulator, "GET", "/verdicts")["sessions"]))
            run_mockduit("verify", "--url", emulator.url, "--junit", self.path)
            root = self.read()
            tags = {"pass": [], "fail": ["failure"], "inconclusive": ["error"],
                    "not_exercised": ["skipped"]}
            self.assertEqual([suite.get("name") for suite in root],
                             ["mockduit.one", "mockduit.two"])
            for suite, session in zip(root, verdicts):
                self.assertEqual(
                    [(case.get("name"), [child.tag for child in case]) for case in suite],
                    [(one["check"], tags[one["result"]]) for one in session["verdicts"]])
                for case, one in zip(suite, session["verdicts"]):
                    for child in case:
                        self.assertEqual(child.get("message"), one["summary"])

            answer = request(emulator, "GET", "/__admin/report?format=junit")
            self.assertEqual(answer.headers["Content-Type"], "application/xml; charset=utf-8")
            self.assertEqual(answer.body, self.path.read_bytes())
            alone = request(emulator, "GET", "/__admin/sessions/two/report?format=junit")
            self.assertEqual([suite.get("name") for suite in self.read(alone.body)],
                             ["mockduit.two"])


class CommandTest(JUnitTest):
    def command(self):
        root = self.read()
        return root, root.find("testsuite/testcase[@name='command']")

    def test_a_command_that_fails_is_a_failure(self):
        run_shell("exit 9", "--junit", self.path)
        root, case = self.command()
        self.assertEqual(case.find("failure").get("message"),
                         "the command ended with exit code 9")
        self.assertEqual((root.get("tests"), root.get("failures")), ("1", "1"))

    def test_one_that_passes_is_none(self):
        run_shell("true", "--junit", self.path)
        root, case = self.command()
        self.assertEqual(list(case), [])
        self.assertEqual((root.get("tests"), root.get("failures")), ("1", "0"))

    def test_each_run_has_its_own(self):
        run_exec("--each", "throttled-twice,success", "--junit", self.path, client=HASTY)
        self.assertEqual([case.get("classname") for case in self.read().iter("testcase")
                          if case.get("name") == "command"],
                         ["mockduit.throttled-twice", "mockduit.success"])


class AnyTextTest(JUnitTest):
    """Whatever a client sends, the file can be read."""

    def failure_texts(self, root):
        return [failure.text for failure in root.iter("failure")]

    def send(self, emulator, *requests):
        for data in requests:
            with RawClient(emulator) as client:
                client.send(data)
                client.answer(data.split(b" ")[0].decode())

    def judged(self, *requests, options=()):
        """The root after these requests, byte by byte."""
        with Emulator(*options) as emulator:
            self.send(emulator, *requests)
            result = run_mockduit("verify", "--url", emulator.url, "--junit", self.path)
            self.assertEqual(result.returncode, 0, result.stderr)
            return self.read()

    def test_markup_in_a_path(self):
        path = "/source-connections/'&amp;b%22%3C%00%FF"
        once = request_bytes("GET", path, [("X-API-Key", "k")])
        texts = self.failure_texts(self.judged(once, once))
        self.assertTrue(any(f"GET {path} was sent 2 times" in text for text in texts), texts)

    def test_bytes_that_no_path_may_have(self):
        paths = (b"\xff\xfe", b"\x01\x1b[2J", b"\xc3\xa9\xc3", b"\xef\xbf\xbe\xef\xbf\xbf",
                 b"\xed\xa0\x80", b"\x7f")
        root = self.judged(*[b"GET /sources/" + path + b"?api_key=sesame HTTP/1.1\r\nHost: x\r\n"
                             b"X-API-Key: k\r\n\r\n" for path in paths for _ in range(2)])
        # They are refused before anything is read, so nothing of them is told.
        self.assertEqual(self.failure_texts(root), [])

    def test_bytes_in_a_header(self):
        contract = (TREE / "examples/fixtures/acme/v1.yaml").read_text().replace(
            "  asks_for: [", "  asks_for: [{header: X-Color, matches: '^blue$', written: blue, "
            "inferred: For the test.}, ", 1)
        shutil.copytree(TREE / "examples/fixtures/acme", self.folder / "acme")
        self.write("acme/v1.yaml", contract)
        colors = (b"\xff\xfe", b"\xc3", b"\xef\xbf\xbf", b"\xed\xa0\x80", b"]]>&\"'<!--", b"\tx\t")
        root = self.judged(*[b"GET /acme/v1/boxes HTTP/1.1\r\nHost: x\r\nX-Color: a" + color +
                             b"z\r\nAuthorization: Bearer k\r\n\r\n" for color in colors],
                           options=("--fixtures", self.folder))
        failure = root.find(".//testcase[@name='headers-sent']/failure")
        self.assertEqual(failure.text.count("which should be blue"), len(colors))
        self.assertIn("a]]>&\"'<!--z", failure.text)

    def test_every_character_in_the_name_of_a_field(self):
        strange = [*map(chr, range(0xA0)), "]]>", "<!--", "&#0;", "\u2028", "\ufdd0", "\ufffe",
                   "\uffff", "\U0001f600", "\U0001fffe"]
        headers = [("X-API-Key", "k"), ("Content-Type", "application/json")]
        for escaped in (True, False):
            with self.subTest(escaped=escaped):
                # Each in a session of its own, since a verdict shows so many faults and no more.
                root = self.judged(*[request_bytes(
                    "POST", f"/@s{number}/source-connections", headers,
                    json.dumps({"name": "My source", "short_name": "stripe",
                                f"x{character}x": 1}, ensure_ascii=escaped))
                                     for number, character in enumerate(strange)])
                failures = root.findall(".//testcase[@name='unknown-fields']/failure")
                self.assertEqual(len(failures), len(strange))
                for failure in failures:
                    self.assertRegex(failure.text, r"^body\.x(.|\n)*x of airweave\.")

    def test_half_a_character_in_the_name_of_a_field(self):
        headers = [("X-API-Key", "k"), ("Content-Type", "application/json")]
        for name in (b"\\ud83d", b"\\ude00\\ud83d", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf"):
            with self.subTest(name=name):
                body = b'{"name": "My source", "short_name": "stripe", "x' + name + b'": 1}'
                self.judged(request_bytes("POST", "/source-connections", headers, body))

    def test_a_secret_is_not_in_it(self):
        root = self.run_client(*STANDING, client="""
for _ in range(2):
    call("GET", "/sources?api_key=sesame&token=sesame", headers={"X-API-Key": "sesame"})
""")
        self.assertTrue(self.failure_texts(root))
        self.assertNotIn("sesame", self.path.read_text())


if __name__ == "__main__":
    unittest.main()
