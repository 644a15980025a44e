"""How verdicts and reports are asked for: of one session and over all, in every form."""

import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree

from calls import eventually
from emulator import AIRWEAVE_BODY, AIRWEAVE_PATH, Emulator, control
from verdicts import CHECKS, Client, VerdictsTest
from worlds import START, ask

CREATE = f"POST {AIRWEAVE_PATH}"
CUT = "the journal no longer has every exchange; --journal-size keeps more"


class AloneTest(VerdictsTest):
    """Each test has a server of its own, so that it may look over all sessions."""

    @classmethod
    def setUpClass(cls):
        pass

    def setUp(self):
        super().setUp()
        self.emulator = Emulator(*self.OPTIONS)
        self.addCleanup(self.emulator.end)

    def calls(self, session, *creates):
        """A client that makes so many creates there."""
        self.session = session
        client = Client(self)
        for _ in range(sum(creates)):
            self.assertEqual(client.create(), 200)
        return client

    def all_verdicts(self, query=""):
        return control(self.emulator, "GET", f"/verdicts{query}")

    def unjudged(self):
        return self.all_verdicts()["unjudged"]


class VerdictsOfOneTest(VerdictsTest):
    def test_all_checks_are_told_in_their_order(self):
        told = self.judge()
        self.assertEqual([one["check"] for one in told["verdicts"]], CHECKS)
        self.assertEqual({one["result"] for one in told["verdicts"]}, {"not_exercised"})
        self.assertEqual((told["session"], told["total"], told["truncated"]),
                         (self.session, 0, False))
        self.assertEqual(told["counts"], {"pass": 0, "fail": 0, "inconclusive": 0,
                                          "not_exercised": len(CHECKS)})

    def test_the_counts_are_those_of_the_verdicts(self):
        self.play({"outcome": "rate_limited", "retry_after": "10s"})
        self.assertEqual(Client(self).retry(1), [429, 200])
        told = self.judge()
        results = [one["result"] for one in told["verdicts"]]
        self.assertEqual(told["counts"], {result: results.count(result)
                                          for result in told["counts"]})
        self.assertEqual((told["total"], told["counts"]["fail"]), (2, 1))

    def test_to_judge_changes_nothing(self):
        scenario = self.play({"outcome": "server_error", "times": 2})
        Client(self).retry(1)
        before = self.judge()
        self.assertEqual(self.judge(), before)
        self.assertEqual(len(self.journal()), 2)
        self.assertEqual(self.progress(self.session, scenario)["rules"][0]["hits"], 2)

    def test_more_findings_than_are_shown_are_counted(self):
        client = Client(self)
        for number in range(25):
            client.call("GET", f"/v1/groups?api_key=k&limit={number + 1}")
        verdict = self.assert_result("fail", "no-secret-in-url")
        self.assertEqual(len(verdict["findings"]), 20)
        self.assertTrue(verdict["summary"].endswith("; and 24 more"), verdict["summary"])

    def test_sessions_are_judged_apart(self):
        first = self.session
        Client(self, scenario="server-error").retry("2ms", "2ms")
        self.setUp()
        Client(self, scenario="server-error").retry(1, 2)
        self.assert_passes("backoff-grows")
        self.session = first
        self.assert_result("fail", "backoff-grows")

    def test_the_same_calls_without_a_session_mean_the_default_one(self):
        self.session = "default"
        Client(self).create()
        for call in ("/coverage", "/report?format=junit"):
            with self.subTest(call=call):
                one = ask(self.emulator, "GET", f"/sessions/default{call}")
                self.assertEqual(one.status, 200)
        self.assertEqual(self.judge()["session"], "default")


class ParametersTest(VerdictsTest):
    CALLS = ("/sessions/some/verdicts", "/verdicts", "/sessions/some/report", "/report")

    def test_each_mistake_is_told(self):
        for query, detail in (
                ("retries-bounded.max_attempt=3", "'retries-bounded.max_attempt' is no parameter "
                 "of a check; did you mean 'retries-bounded.max_attempts'?"),
                ("retry-bounded.max_attempts=3", "did you mean 'retries-bounded.max_attempts'?"),
                ("x.y=1", "'x.y' is no parameter of a check"),
                ("retries-bounded.max_attempts=some", "retries-bounded.max_attempts: 'some' is no "
                 "whole number, such as 10"),
                ("retries-bounded.max_attempts=1.5", "'1.5' is no whole number"),
                ("retries-bounded.max_attempts=-1", "'-1' is no whole number"),
                ("retries-bounded.max_attempts=", "'' is no whole number"),
                ("retries-bounded.max_attempts", "'' is no whole number"),
                ("retries-bounded.max_attempts=99999999999999999999999", "is no whole number"),
                ("retry-after-honoured.grace=5", "retry-after-honoured.grace: '5' is no duration, "
                 "such as 50ms"),
                ("retry-after-honoured.tolerance=0.1", "retry-after-honoured.tolerance: '0.1' is "
                 "no share, such as 10%"),
                ("frmat=text", "'frmat' is no parameter of this call"),
        ):
            for call in self.CALLS:
                with self.subTest(query=query, call=call):
                    told = self.admin_problem("GET", f"{call}?{query}", 400)
                    self.assertIn(detail, told)

    def test_coverage_tells_mistakes_alike(self):
        for call in ("/sessions/some/coverage", "/coverage"):
            for query in ("retries-bounded.max_attempt=3", "x=1"):
                with self.subTest(call=call, query=query):
                    self.admin_problem("GET", f"{call}?{query}", 400)
            answer = ask(self.emulator, "GET", f"{call}?retries-bounded.max_attempts=3")
            self.assertEqual(answer.status, 200)

    def test_good_ones_hold_for_this_look_alone(self):
        self.play({"outcome": "server_error", "times": "forever"})
        Client(self).retry(1, 2, 3)
        for query, result in (("?retries-bounded.max_attempts=3", "fail"), ("", "pass"),
                              ("?retries%2Dbounded.max%5Fattempts=%33", "fail"),
                              ("?retries-bounded.max_attempts=9&retries-bounded.max_attempts=3",
                               "fail"),
                              ("?retries-bounded.max_attempts=3&backoff-grows.least=9s", "fail")):
            with self.subTest(query=query):
                self.assert_result(result, "retries-bounded", query)
        told = control(self.emulator, "GET", "/verdicts?retries-bounded.max_attempts=3")
        [mine] = [one for one in told["sessions"] if one["session"] == self.session]
        self.assertEqual(mine["counts"]["fail"], 1)
        report = ask(self.emulator, "GET", f"/sessions/{self.session}/report?format=text"
                                           "&retries-bounded.max_attempts=3").body.decode()
        self.assertIn("FAIL  retries-bounded", report)

    def test_other_methods_and_names_are_refused(self):
        for call in ("/verdicts", "/coverage", "/report", "/sessions/some/verdicts"):
            # A report takes a list of known failures by POST.
            for method in ("PUT", "DELETE", *([] if call == "/report" else ["POST"])):
                with self.subTest(call=call, method=method):
                    self.admin_problem(method, call, 405)
            self.assertEqual(ask(self.emulator, "HEAD", call).status, 200)
        for call in ("verdicts", "coverage", "report"):
            told = self.admin_problem("GET", f"/sessions/No%20name/{call}", 400)
            self.assertIn("is no session name", told)


class TruncatedTest(VerdictsTest):
    OPTIONS = ("--clock", START, "--journal-size", 5)

    def assert_cut(self, check):
        verdict = self.assert_result("inconclusive", check)
        self.assertEqual((verdict["summary"], verdict["findings"]), (CUT, []))

    def test_what_cannot_be_told_any_more_is_never_a_pass(self):
        self.play({"outcome": "server_error", "times": 2})
        client = Client(self)
        self.assertEqual(client.retry(1, 2), [500, 500, 200])
        for _ in range(2):
            client.create()
        self.assertEqual(self.judge()["counts"]["inconclusive"], 0)
        self.assert_passes("backoff-grows")
        client.create()
        told = self.judge()
        self.assertEqual((told["total"], told["truncated"], told["counts"]),
                         (6, True, {"pass": 0, "fail": 0, "not_exercised": 0,
                                    "inconclusive": len(CHECKS)}))
        for check in CHECKS:
            with self.subTest(check=check):
                self.assert_cut(check)

    def test_what_is_there_is_still_told(self):
        client = Client(self)
        for _ in range(6):
            client.create({"name": "My source", "short_name": "stripe", "nmae": "Box"})
        verdict = self.assert_result("fail", "unknown-fields")
        self.assertEqual(verdict["findings"][0]["exchanges"], [2, 3, 4, 5, 6])
        self.assert_cut("deprecated-used")

    def test_an_emptied_journal_begins_anew(self):
        client = Client(self)
        for _ in range(6):
            client.create()
        self.assert_cut("headers-sent")
        control(self.emulator, "DELETE", f"/sessions/{self.session}/requests")
        client.create()
        self.assert_passes("headers-sent", times=1)

    def test_a_page_whose_giver_is_gone_is_no_fault(self):
        one, two = Client(self), Client(self)
        first = "/v1/groups?limit=1"
        for client in (one, two):
            client.call("GET", first)
        cursor = urllib.parse.quote(one.json["data"]["next_cursor"])
        for client in (one, two):
            client.call("GET", f"{first}&cursor={cursor}")
        self.assert_passes("pagination-followed", times=2)
        for _ in range(2):  # first one of the two that pointed to it goes, then the other
            one.call("GET", "/v1/users")
            self.assertNotEqual(self.verdict("pagination-followed")["result"], "fail")
        self.assert_cut("pagination-followed")

    def test_coverage_and_reports_say_so(self):
        client = Client(self)
        for _ in range(6):
            client.create()
        told = control(self.emulator, "GET", f"/sessions/{self.session}/coverage")
        self.assertTrue(told["truncated"])
        text = ask(self.emulator, "GET", f"/sessions/{self.session}/report?format=text")
        self.assertIn("journals no longer have every exchange", text.body.decode())
        self.assertIn(f"????  recovers                 {CUT}", text.body.decode())


class OverAllTest(AloneTest):
    def test_sessions_that_had_exchanges_are_told_by_name(self):
        self.calls("second", 2)
        self.calls("first", 1)
        control(self.emulator, "GET", "/sessions/empty/verdicts")
        told = self.all_verdicts()
        self.assertEqual([(one["session"], one["total"]) for one in told["sessions"]],
                         [("first", 1), ("second", 2)])
        self.assertEqual(told["unjudged"], 0)
        self.assertEqual(told["sessions"][0], self.judge())

    def test_coverage_adds_up(self):
        self.calls("first", 1)
        self.calls("second", 2).create_on_fivetran()
        told = control(self.emulator, "GET", "/coverage")
        rows = {row["operation"]: row["called"] for rows in told["vendors"].values()
                for row in rows if row["called"]}
        self.assertEqual(rows, {"airweave.create_source_connection": 3,
                                "fivetran.create_connection": 1})
        self.assertEqual((told["called"]["met"], told["all"]["met"]), (2, 2))

    def test_without_a_request_there_is_nothing_to_judge(self):
        self.assertEqual(self.all_verdicts(), {"sessions": [], "unjudged": 0})
        text = ask(self.emulator, "GET", "/report?format=text").body.decode()
        self.assertIn("there was no request to judge", text)

    def test_what_was_cleared_away_is_not_judged(self):
        for what, method, path, body in (
                ("a reset", "POST", "/sessions/some/reset", {}),
                ("an emptied journal", "DELETE", "/sessions/some/requests", None),
                ("a session that is dropped", "DELETE", "/sessions/some", None)):
            with self.subTest(what=what):
                before = self.unjudged()
                self.calls("some", 2)
                self.assertEqual(self.unjudged(), before)
                control(self.emulator, method, path, body)
                self.assertEqual(self.unjudged(), before + 2)
        text = ask(self.emulator, "GET", "/report?format=text").body.decode()
        self.assertIn("6 exchanges not judged: cleared by a reset, or in sessions that were "
                      "dropped", text)

    def test_a_reset_that_keeps_the_journal_clears_nothing(self):
        self.calls("some", 2)
        control(self.emulator, "POST", "/sessions/some/reset", {"keep": ["journal"]})
        self.assertEqual((self.unjudged(), self.judge()["total"]), (0, 2))


class TooManySessionsTest(AloneTest):
    OPTIONS = ("--clock", START, "--max-sessions", 2)

    def test_those_that_had_to_go_are_not_judged(self):
        for name in ("first", "second", "third"):
            self.calls(name, 3)
        eventually(lambda: self.unjudged() == 3)
        self.assertEqual([one["session"] for one in self.all_verdicts()["sessions"]],
                         ["second", "third"])


class RestartTest(AloneTest):
    """A journal that comes from a file no longer knows what its secrets were."""

    def setUp(self):
        VerdictsTest.setUp(self)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = f"{folder.name}/state.json"

    def test_what_differed_in_a_secret_alone_is_not_taken_for_the_same(self):
        with Emulator(*self.OPTIONS, "--state", self.state) as self.emulator:
            refused = self.define({"outcome": "unauthorized"})
            self.session = "another-key"
            for key in ("old-key", "new-key"):
                Client(self, scenario=refused, key={"X-API-Key": key}).create()
            self.session = "another-secret"
            client = Client(self, scenario=refused)
            client.create(AIRWEAVE_BODY)
            client.create(AIRWEAVE_BODY.replace("sk_test_123", "sk_test_456"))
            self.assert_each("pass")
        with Emulator(*self.OPTIONS, "--state", self.state) as self.emulator:
            self.assert_each("pass", "inconclusive")

    def test_what_needs_no_secret_is_told_as_before(self):
        with Emulator(*self.OPTIONS, "--state", self.state) as self.emulator:
            throttled = self.define({"outcome": "rate_limited", "retry_after": "10s"})
            Client(self, scenario=throttled).retry(1)
            before = self.verdict("retry-after-honoured")
            self.assertEqual(before["result"], "fail")
        with Emulator(*self.OPTIONS, "--state", self.state) as self.emulator:
            self.assertEqual(self.verdict("retry-after-honoured"), before)

    def assert_each(self, *results):
        for self.session in ("another-key", "another-secret"):
            with self.subTest(session=self.session, expected=results):
                verdict = self.verdict("no-retry-on-client-error")
                self.assertIn(verdict["result"], results, verdict)


class ReportTest(AloneTest):
    def setUp(self):
        super().setUp()
        self.session = "hasty"
        self.put_session(scenario="throttled-twice")
        self.assertEqual(Client(self).retry(0.1, 1), [429, 429, 200])
        self.told = self.verdict("retry-after-honoured")["summary"]
        self.assert_text(f"{CREATE} was tried again ~100 ms after 429 with Retry-After 1 s",
                         self.told)
        self.calls("second", 1)

    def report(self, form, session=None, more="", kind=None):
        of = f"/sessions/{session}" if session else ""
        answer = ask(self.emulator, "GET", f"{of}/report?format={form}{more}")
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.headers["Content-Type"], f"{kind}; charset=utf-8")
        return answer.body.decode()

    def suites(self, session=None):
        text = self.report("junit", session, kind="application/xml")
        root = xml.etree.ElementTree.fromstring(text)
        self.assertEqual(root.tag, "testsuites")
        return {suite.get("name"): suite for suite in root.iter("testsuite")}

    def test_junit_has_a_suite_for_each_session(self):
        self.assertEqual(list(self.suites()), ["mockduit.hasty", "mockduit.second"])
        self.assertEqual(list(self.suites("second")), ["mockduit.second"])
        suite = self.suites("hasty")["mockduit.hasty"]
        cases = {case.get("name"): case for case in suite.iter("testcase")}
        self.assertEqual(list(cases), CHECKS)
        failure = cases["retry-after-honoured"].find("failure")
        self.assertEqual(failure.get("message"), self.told)
        self.assertEqual(failure.text, f"{self.told} #1 #2\n")
        self.assertEqual(list(cases["recovers"]), [])
        self.assertIsNotNone(cases["polling-sane"].find("skipped"))
        self.assertEqual((suite.get("tests"), suite.get("failures"), suite.get("errors")),
                         (str(len(CHECKS)), "1", "0"))

    def test_the_text_tells_the_verdicts_and_the_coverage(self):
        text = self.report("text", "hasty", kind="text/plain")
        self.assertIn("session hasty: 3 exchanges\n", text)
        self.assertIn(f"  FAIL  retry-after-honoured     {self.told}  #1 #2\n", text)
        self.assertIn("  pass  recovers ", text)
        self.assertRegex(text, "  ----  not exercised: .*polling-sane")
        self.assertRegex(text, r"\ncoverage: 2 of \d+ \(\d+\.\d %\) of the documented outcomes of "
                               "1 operation that were called\n")
        self.assertRegex(text, r"airweave\.create_source_connection +success, rate_limited  "
                               "missing: .*server_error")
        self.assertNotIn("second", text)
        whole = self.report("text", kind="text/plain")
        self.assertIn("session hasty: 3 exchanges\n", whole)
        self.assertIn("session second: 1 exchange\n", whole)

    def test_colours_are_there_when_they_are_asked_for(self):
        self.assertNotIn("\x1b", self.report("text", kind="text/plain"))
        coloured = self.report("text", more="&colours=true", kind="text/plain")
        self.assertIn("\x1b[31mFAIL\x1b[0m", coloured)
        self.assertIn("\x1b[32mpass\x1b[0m", coloured)

    def test_the_page_is_the_usual_form(self):
        page = self.report("html", kind="text/html")
        self.assertTrue(page.startswith("<!doctype html>"), page[:80])
        for call in ("/report", "/sessions/hasty/report"):
            with self.subTest(call=call):
                answer = ask(self.emulator, "GET", call)
                self.assertEqual(answer.headers["Content-Type"], "text/html; charset=utf-8")

    def test_another_form_is_refused_with_the_nearest(self):
        for call in ("/report", "/sessions/hasty/report"):
            for form, detail in (("txt", "'txt' is no format; did you mean 'text'"),
                                 ("pdf", "there are html, junit, text")):
                with self.subTest(call=call, form=form):
                    told = self.admin_problem("GET", f"{call}?format={form}", 400)
                    self.assertIn(detail, told)


if __name__ == "__main__":
    unittest.main()
