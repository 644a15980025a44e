"""`mockduit verify`: the clients of a server that is running, judged from outside."""

import contextlib
import http.server
import json
import socket
import threading
import unittest
import xml.etree.ElementTree

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, JSON_TYPE, Emulator, EmulatorTest, RawClient,
                      control, request_bytes, run_mockduit)
from executed import ExecTest, on_terminal
from worlds import create_on_airweave

HASTY = "retry-after-honoured failed in 1 session"


def insist(emulator, session, times=3):
    """A client that does not wait, until it is served; its connection shows that it is one."""
    create = request_bytes("POST", f"/~throttled-twice@{session}" + AIRWEAVE_PATH,
                           [JSON_TYPE, ("X-API-Key", "k")], AIRWEAVE_BODY)
    with RawClient(emulator) as client:
        for _ in range(times):
            client.send(create)
            if client.answer().status == 200:
                break


class VerifyTest(ExecTest):
    def verify(self, *arguments, **environment):
        return run_mockduit("verify", "--url", self.url, *arguments, **environment)


class JudgedTest(VerifyTest, EmulatorTest):
    """Three sessions: a hasty client's, one that a clock that stands still hides, a calm one's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = cls.emulator.url
        insist(cls.emulator, "hasty")
        control(cls.emulator, "PUT", "/sessions/still", {"clock": "2026-01-15T10:00:00Z"})
        insist(cls.emulator, "still")
        create_on_airweave(cls.emulator, "/@calm")

    def test_all_sessions_are_told_on_standard_output(self):
        result = self.verify()
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        calm, hasty, still = result.stdout.split("session ")[1:]
        self.assertTrue(calm.startswith("calm: 1 exchange\n  pass  requests-valid"), calm)
        self.assertTrue(hasty.startswith("hasty: 3 exchanges\n  FAIL  retry-after-honoured"), hasty)
        self.assertTrue(still.startswith("still: 3 exchanges\n  ????  retry-after-honoured"), still)
        self.assertIn("coverage: 2 of 8 (25.0 %)", still)

    def test_it_is_what_the_control_api_tells(self):
        with contextlib.closing(self.connect()) as connection:
            connection.request("GET", "/__admin/report?format=text")
            self.assertEqual(self.verify().stdout, connection.getresponse().read().decode())

    def connect(self):
        return http.client.HTTPConnection(self.emulator.host, self.emulator.port)

    def test_one_session_alone(self):
        result = self.verify("--session", "calm", "--require", "all")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertTrue(result.stdout.startswith("session calm: 1 exchange\n"), result.stdout)
        self.assertEqual(result.stdout.count("session "), 1)
        self.assertIn("coverage: 1 of 8 (12.5 %)", result.stdout)

    def test_gates_over_all_sessions(self):
        result = self.verify("--require", "all", "--min-coverage", "25")
        self.assert_unmet(result, HASTY)
        self.assertIn("session calm", result.stdout)

    def test_gates_over_one(self):
        for session, require, *gates in (
                ("hasty", "retry-after-honoured,recovers", HASTY),
                ("hasty", "recovers"),
                ("still", "all", "retry-after-honoured is inconclusive in 1 session"),
                ("calm", "all"),
                ("calm", "recovers", "recovers is required, and nothing exercised it")):
            with self.subTest(session=session, require=require):
                result = self.verify("--session", session, "--require", require)
                self.assert_unmet(result, *gates, code=3 if gates else 0)

    def test_coverage_over_all_sessions_and_over_one(self):
        self.assert_unmet(self.verify("--min-coverage", "25"), code=0)
        self.assert_unmet(self.verify("--min-coverage", "25.1"),
                          "the coverage is 25.0 %, and 25.1 % are required")
        self.assert_unmet(self.verify("--session", "calm", "--min-coverage", "13"),
                          "the coverage is 12.5 %, and 13.0 % are required")

    def test_checks_as_they_are_set(self):
        for assignments in (["retry-after-honoured.grace=1m"],
                            ["retry-after-honoured.tolerance=100%"],
                            ["retries-bounded.max_attempts=9", "retry-after-honoured.grace=1m"]):
            with self.subTest(assignments=assignments):
                options = [part for one in assignments for part in ("--set", one)]
                result = self.verify("--session", "hasty", "--require", "all", *options)
                self.assert_unmet(result, code=0)
                self.assertIn("  pass  retry-after-honoured", result.stdout)
                self.assertNotIn("FAIL", result.stdout)

    def test_settings_are_in_the_files_too(self):
        path = self.folder / "verdicts.xml"
        self.verify("--session", "hasty", "--set", "retries-bounded.max_attempts=1",
                    "--junit", path)
        case = xml.etree.ElementTree.parse(path).find(".//testcase[@name='retries-bounded']")
        self.assertIn("was tried 3 times", case.find("failure").get("message"))

    def test_files(self):
        junit, report = self.folder / "verdicts.xml", self.folder / "report.html"
        for options, sessions in (([], ["calm", "hasty", "still"]),
                                  (["--session", "hasty"], ["hasty"])):
            with self.subTest(options=options):
                result = self.verify(*options, "--junit", junit, "--report", report)
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                suites = xml.etree.ElementTree.parse(junit).findall("testsuite")
                self.assertEqual([suite.get("name") for suite in suites],
                                 ["mockduit." + session for session in sessions])
                page = report.read_text()
                self.assertTrue(page.lower().startswith("<!doctype html>"))
                self.assertIn("retry-after-honoured", page)

    def test_files_are_written_where_a_gate_failed(self):
        path = self.folder / "verdicts.xml"
        self.assert_unmet(self.verify("--require", "all", "--junit", path), HASTY)
        self.assertIn("<failure ", path.read_text())

    def test_1_where_a_file_cannot_be_written(self):
        path = self.folder / "no/such.xml"
        why = f"cannot write {path}: No such file or directory"
        self.assert_unmet(self.verify("--junit", path), f"--junit: {why}", code=1)
        self.assert_unmet(self.verify("--report", path), f"--report: {why}", code=1)

    def test_colours_on_a_terminal_alone(self):
        command = ("verify", "--url", self.url, "--session", "hasty")
        self.assertNotIn("\x1b", self.verify("--session", "hasty").stdout)
        self.assertIn("\x1b[31mFAIL\x1b[0m", on_terminal("stdout", *command))
        self.assertNotIn("\x1b", on_terminal("stdout", *command, NO_COLOR="1"))
        self.assertIn("\x1b[31mFAIL\x1b[0m", on_terminal("stdout", *command, NO_COLOR=""))

    def test_by_environment(self):
        result = run_mockduit("verify", MOCKDUIT_URL=self.url, MOCKDUIT_SESSION="hasty",
                              MOCKDUIT_REQUIRE="all")
        self.assert_unmet(result, HASTY)
        result = run_mockduit("verify", MOCKDUIT_PORT=str(self.emulator.port))
        self.assertIn("session hasty: 3 exchanges\n", result.stdout)

    def test_a_url_with_a_slash_at_its_end(self):
        result = run_mockduit("verify", "--url", self.url + "/", "--session", "calm")
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_judging_changes_nothing(self):
        before = control(self.emulator, "GET", "/verdicts")
        first, second = self.verify(), self.verify()
        self.assertEqual(first.stdout, second.stdout)
        self.assertEqual(control(self.emulator, "GET", "/verdicts"), before)


class NothingToJudgeTest(VerifyTest):
    def test_no_request(self):
        with Emulator() as emulator:
            self.url = emulator.url
            result = self.verify()
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertTrue(result.stdout.startswith("there was no request to judge\n"),
                            result.stdout)
            self.assert_unmet(self.verify("--require", "all"), "there was no request to judge")

    def test_a_session_that_is_not_there_is_a_mistake(self):
        with Emulator() as emulator:
            self.url = emulator.url
            self.assert_complains(self.verify("--session", "used"), 2,
                                  "--session used: the server has no such session; it has none "
                                  "yet")
            create_on_airweave(emulator, "/@used")
            for name, advice in (("usd", "did you mean 'used'?"), ("checkout", "it has used")):
                with self.subTest(name=name):
                    result = self.verify("--session", name, "--require", "all")
                    self.assert_complains(result, 2, f"--session {name}: the server has no such "
                                                     f"session; {advice}")

    def test_a_session_that_nobody_used(self):
        with Emulator() as emulator:
            self.url = emulator.url
            control(emulator, "PUT", "/sessions/unused", {})
            result = self.verify("--session", "unused", "--require", "all")
            self.assert_unmet(result, "there was no request to judge")
            self.assertNotIn("  pass  ", result.stdout)


class AccessTest(VerifyTest):
    def test_the_admin_token_is_borne(self):
        with Emulator("--admin-token", "sesame") as emulator:
            self.url = emulator.url
            create_on_airweave(emulator)
            for result in (self.verify("--admin-token", "sesame", "--require", "all"),
                           self.verify("--require", "all", MOCKDUIT_ADMIN_TOKEN="sesame")):
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                self.assertIn("session default: 1 exchange\n", result.stdout)

    def test_1_without_it_and_with_another(self):
        with Emulator("--admin-token", "sesame") as emulator:
            self.url = emulator.url
            for options in ([], ["--admin-token", "another"]):
                with self.subTest(options=options):
                    result = self.verify(*options)
                    self.assertEqual((result.returncode, result.stdout), (1, ""))
                    self.assertRegex(result.stderr, r"^mockduit: http://.* answers 401: .*"
                                                    r"--admin-token.*\n$")


class NoServerTest(VerifyTest):
    def test_1_where_nobody_answers(self):
        with contextlib.closing(socket.socket()) as bound:
            bound.bind(("127.0.0.1", 0))  # and does not listen
            self.url = "http://127.0.0.1:%d" % bound.getsockname()[1]
            path = self.folder / "verdicts.xml"
            result = self.verify("--require", "all", "--junit", path)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertRegex(result.stderr, rf"^mockduit: no answer from {self.url}: .+\n$")
        self.assertFalse(path.exists())

    @contextlib.contextmanager
    def other_server(self, status, body):
        class Other(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        with http.server.HTTPServer(("127.0.0.1", 0), Other) as other:
            thread = threading.Thread(target=other.serve_forever)
            thread.start()
            self.url = "http://127.0.0.1:%d" % other.server_port
            try:
                yield
            finally:
                other.shutdown()
                thread.join()

    def test_1_where_it_is_another_server(self):
        for status, body in ((404, b"no such page"), (500, b""), (200, b"hello"), (200, b""),
                             (200, b"{}"), (200, b"[]"), (200, b'"text"'), (302, b""),
                             (200, json.dumps({"sessions": "none"}).encode())):
            with self.subTest(status=status, body=body), self.other_server(status, body):
                result = self.verify("--require", "retry-after-honoured")
                self.assertEqual((result.returncode, result.stdout), (1, ""), result.stderr)
                self.assertIn("as mockduit", result.stderr)


class MisuseTest(ExecTest):
    """Exit code 2, and nobody is asked."""

    def test_of_each_option(self):
        for options, line in (
                (["--require", "recover"],
                 "--require: 'recover' is no check; did you mean 'recovers'?"),
                (["--set", "backoff-grows.last=50ms"],
                 "--set: 'backoff-grows.last' is no parameter of a check; did you mean "
                 "'backoff-grows.least'?"),
                (["--set", "retry-after-honoured.grace=soon"],
                 "--set: retry-after-honoured.grace: 'soon' is no duration, such as 50ms"),
                (["--url", "127.0.0.1:8080"],
                 "--url: '127.0.0.1:8080' is no URL; write it as http://host:port"),
                (["--sesion", "x"],
                 "unknown option '--sesion'; did you mean '--session'?; see mockduit "
                 "verify --help")):
            with self.subTest(options=options):
                self.assert_complains(run_mockduit("verify", *options), 2, line)

    def test_a_session_name_that_can_be_none_is_told(self):
        with Emulator() as emulator:
            for name in ("A/B", "a b", "../x", "ü"):
                with self.subTest(name=name):
                    result = run_mockduit("verify", "--url", emulator.url, "--session", name)
                    self.assertEqual((result.returncode, result.stdout), (1, ""))
                    self.assertIn(f"'{name}' is no session name", result.stderr)


if __name__ == "__main__":
    unittest.main()
