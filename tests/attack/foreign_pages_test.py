"""What pages of the web can do with a server on a developer's machine: nothing."""

import unittest

from emulator import (AIRWEAVE_PATH, JSON_TYPE, SUPERMETRICS_BODY, SUPERMETRICS_PATH, Emulator, EmulatorTest, control,
                      create_on_supermetrics, request, run_mockduit)

EVIL = "https://evil.example"
CROSS = ("Sec-Fetch-Site", "cross-site")
IMAGE = [CROSS, ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image")]
LINK = [CROSS, ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")]
FORM = [("Origin", EVIL), *LINK]
SCRIPT = [("Origin", EVIL), CROSS, ("Sec-Fetch-Mode", "cors")]
BLIND_SCRIPT = [("Origin", EVIL), CROSS, ("Sec-Fetch-Mode", "no-cors")]
OLD_BROWSER = [("Origin", EVIL)]
SANDBOX = [("Origin", "null"), CROSS]
WAYS = {"image": IMAGE, "link": LINK, "form": FORM, "script": SCRIPT, "blind": BLIND_SCRIPT,
        "old browser": OLD_BROWSER, "sandbox": SANDBOX}


class PageTest(EmulatorTest):
    def sessions(self):
        return [one["name"] for one in control(self.emulator, "GET", "/sessions")["sessions"]]

    def ask(self, path, headers, method="GET", host="127.0.0.1:8080", body=""):
        return request(self.emulator, method, path, headers, body, host)


class ForeignPagesTest(PageTest):
    OPTIONS = ("--max-sessions", 3)

    def test_a_vendors_path_makes_no_session_and_eats_no_play(self):
        for name, headers in WAYS.items():
            for method in "GET", "POST":
                with self.subTest(way=name, method=method):
                    before = self.sessions()
                    path = f"/~throttled-twice@{name.replace(' ', '-')}{AIRWEAVE_PATH}"
                    answer = self.ask(path, headers, method)
                    self.assertIn("--allow-origin", self.assert_problem(answer, 403)["detail"])
                    self.assertNotIn("X-Mockduit-Session", answer.headers)
                    self.assertEqual(self.sessions(), before)

    def test_a_malformed_request_makes_none_either(self):
        before = self.sessions()
        for path in "/@made/%zz", "/@made/<", "/@made/" + "x" * 9000:
            self.assertIn(self.ask(path, IMAGE).status, (400, 414))
        answer = self.ask("/@made/v1/x", [*FORM, ("Expect", "magic")], "POST")
        self.assertEqual(answer.status, 417, answer)
        self.assertEqual(self.sessions(), before)

    def test_no_control_call_is_answered(self):
        for name, headers in [*WAYS.items(), ("neighbour", [("Sec-Fetch-Site", "same-site")]),
                              ("local page", [("Origin", "http://localhost:3000")])]:
            for method, path in (("GET", "/sessions/made/store"), ("POST", "/reset"),
                                 ("GET", "/sessions/made/events"), ("PUT", "/sessions/made"),
                                 ("GET", "/health"), ("DELETE", "/requests")):
                with self.subTest(way=name, call=(method, path)):
                    self.assert_problem(self.ask("/__admin" + path, headers, method), 403)
        self.assertNotIn("made", self.sessions())

    def test_no_get_of_the_control_api_makes_a_session(self):
        before = self.sessions()
        for call in ("", "/clock", "/requests", "/progress", "/store", "/store/diff", "/deliveries",
                     "/verdicts", "/coverage", "/report"):
            answer = self.ask("/__admin/sessions/looked-at" + call, [])
            self.assertEqual(answer.status, 200, answer)
        self.assert_problem(self.ask("/__admin/sessions/looked-at/requests/1", []), 404)
        told = self.assert_problem(self.ask("/__admin/sessions/looked-at/events", []), 404)
        self.assertIn("PUT /__admin/sessions/looked-at", told["detail"])
        self.assertEqual(self.sessions(), before)

    def test_a_developers_own_page_is_answered(self):
        for headers in ([("Origin", "http://localhost:3000"), CROSS, ("Sec-Fetch-Mode", "cors")],
                        [("Origin", "http://127.0.0.1:5173"), ("Sec-Fetch-Site", "same-site")],
                        [("Origin", "https://app.localhost")], [("Origin", "http://[::1]:3000")],
                        [*IMAGE, ("Referer", "http://localhost:3000/page?x=1")],
                        [("Sec-Fetch-Site", "same-origin")], [("Sec-Fetch-Site", "none")], []):
            with self.subTest(headers=headers):
                self.assertEqual(self.ask(AIRWEAVE_PATH + "/?x=1",
                                          [*headers, ("X-API-Key", "k")]).status, 200)

    def test_a_lie_about_it_does_not_help(self):
        for origin in ("http://localhost.evil.example", "http://localhost@evil.example",
                       "http://127.0.0.1.evil.example", "http://evil.example\\@localhost",
                       "http://127.1", "http://localhost/", "localhost", "http://localhost:3000x",
                       "file://localhost", ""):
            with self.subTest(origin=origin):
                self.assert_problem(self.ask(AIRWEAVE_PATH, [("Origin", origin)]), 403)
        self.assert_problem(self.ask(AIRWEAVE_PATH, [*IMAGE, ("Referer", EVIL + "/localhost")]), 403)
        self.assert_problem(self.ask(AIRWEAVE_PATH, [("Sec-Fetch-Site", "same-site")]), 403)

    def test_where_the_contract_lets_any_page_call_a_script_may_use_a_session_that_it_knows(self):
        headers = [("Authorization", "Bearer k"), JSON_TYPE]
        control(self.emulator, "PUT", "/sessions/known", {})
        for path, more in (("/@known", []), ("", [("X-Mockduit-Session", "known")])):
            answer = self.ask(path + SUPERMETRICS_PATH, [*SCRIPT, *headers, *more], "POST",
                              body=SUPERMETRICS_BODY)
            self.assertEqual(answer.status, 201, answer)
            self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        for way in IMAGE, LINK, FORM, BLIND_SCRIPT:
            answer = self.ask("/@known" + SUPERMETRICS_PATH, [*way, *headers], "POST",
                              body=SUPERMETRICS_BODY)
            self.assert_problem(answer, 403)
            self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])

    def test_there_it_makes_no_session_and_eats_no_play_of_the_default_one(self):
        headers = [*SCRIPT, ("Authorization", "Bearer k"), JSON_TYPE]
        control(self.emulator, "PUT", "/sessions/default", {"scenario": "throttled-twice"})
        before = self.sessions(), control(self.emulator, "GET", "/requests")["total"]
        for path in "", "/~throttled-twice", "/@default", "/@made", "/@Not A Name".replace(" ", "%20"):
            with self.subTest(path=path):
                answer = self.ask(path + SUPERMETRICS_PATH, headers, "POST", body=SUPERMETRICS_BODY)
                told = self.assert_problem(answer, 403)["detail"]
                self.assertIn("it may use a session that is there", told)
                self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        after = self.sessions(), control(self.emulator, "GET", "/requests")["total"]
        self.assertEqual(after, before)
        progress = control(self.emulator, "GET", "/progress")["scenarios"]
        self.assertEqual([one for one in progress if one["rules"][0]["hits"]], [])


class RebindingTest(PageTest):
    def test_a_foreign_name_is_refused(self):
        before = self.sessions()
        for host in ("evil.example", "evil.example:8080", "localhost.evil.example", "a.local",
                     "127.0.0.1.evil.example", "api.fivetran.com.evil.example", "localhost.com",
                     "xapi.fivetran.com"):
            with self.subTest(host=host):
                answer = self.ask("/@made" + AIRWEAVE_PATH, [("X-API-Key", "k")], host=host)
                self.assertIn("--allow-host", self.assert_problem(answer, 403)["detail"])
        self.assertEqual(self.sessions(), before)

    def test_the_machines_own_and_the_vendors_are_not(self):
        for host in ("localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]", "app.localhost",
                     "mockduit:8080", "API.airweave.ai:443", "mockduit.test",
                     "host.docker.internal:8080", "172.17.0.2:8080"):
            with self.subTest(host=host):
                answer = self.ask(AIRWEAVE_PATH, [("X-API-Key", "k")], host=host)
                self.assertEqual(answer.status, 200, answer)
        # Those that have no such path answer for themselves.
        for host in ("api.fivetran.com", "dts-api.supermetrics.com"):
            with self.subTest(host=host):
                answer = self.ask(AIRWEAVE_PATH, [("X-API-Key", "k")], host=host)
                self.assertEqual(answer.status, 404, answer)
                self.assertEqual(answer.headers["X-Mockduit-Outcome"], "not_found")


class AllowedTest(PageTest):
    OPTIONS = ("--allow-origin", "https://app.example", "--allow-origin", "null",
               "--allow-host", "mock.example")

    def test_what_is_allowed_is_answered(self):
        for headers in ([("Origin", "https://app.example"), CROSS], [("Origin", "null")],
                        [*LINK, ("Referer", "https://app.example/x")]):
            self.assertEqual(self.ask(AIRWEAVE_PATH, [*headers, ("X-API-Key", "k")],
                                      host="mock.example:81").status, 200)
        self.assertEqual(self.ask("/__admin/sessions", [], host="mock.example").status, 200)

    def test_nothing_else_is(self):
        for origin in "https://app.example:8443", "http://app.example", "https://x.app.example":
            self.assert_problem(self.ask(AIRWEAVE_PATH, [("Origin", origin)]), 403)
        self.assert_problem(self.ask("/__admin/sessions", [("Origin", "https://app.example")]), 403)
        self.assert_problem(self.ask(AIRWEAVE_PATH, [], host="www.mock.example"), 403)


class BeyondThisMachineTest(unittest.TestCase):
    def test_the_control_api_is_closed_without_a_token(self):
        with Emulator("--host", "0.0.0.0") as emulator:
            answer = request(emulator, "GET", "/__admin/sessions", host="172.17.0.2")
            self.assertEqual((answer.status, answer.json()["title"]), (403, "Control API closed"))
            self.assertIn("--admin-open", answer.json()["detail"])
            self.assertEqual(request(emulator, "GET", "/__admin/health").status, 200)
            self.assertEqual(create_on_supermetrics(emulator).status, 201)
            emulator.wait_for_log("the control API is closed")

    def test_a_token_or_the_word_opens_it(self):
        with Emulator("--host", "0.0.0.0", "--admin-token", "t") as emulator:
            self.assertEqual(request(emulator, "GET", "/__admin/sessions").status, 401)
            answer = request(emulator, "GET", "/__admin/sessions", [("Authorization", "Bearer t")])
            self.assertEqual(answer.status, 200)
        with Emulator("--host", "0.0.0.0", "--admin-open") as emulator:
            self.assertEqual(request(emulator, "GET", "/__admin/sessions").status, 200)
            emulator.wait_for_log("by --admin-open whoever reaches it may steer it")

    def test_a_name_that_was_pointed_here_is_refused_unless_it_is_allowed(self):
        with Emulator("--host", "0.0.0.0", "--admin-open", "--allow-host", "mock.corp.com") as emulator:
            for host, status in ("evil.com", 403), ("mock.corp.com", 200), ("mockduit:8080", 200), ("10.0.0.1", 200):
                self.assertEqual(request(emulator, "GET", "/__admin/sessions", host=host).status,
                                 status, host)


class SettingsTest(unittest.TestCase):
    def assert_misused(self, words, *arguments, **environment):
        result = run_mockduit("serve", *arguments, **environment)
        self.assertEqual(result.returncode, 2, result)
        self.assertIn(words, result.stderr)

    def test_an_empty_token_is_refused(self):
        for host in "127.0.0.1", "0.0.0.0":
            self.assert_misused("--admin-token: it is empty", "--host", host, "--admin-token", "")
            self.assert_misused("MOCKDUIT_ADMIN_TOKEN: it is empty", "--host", host,
                                MOCKDUIT_ADMIN_TOKEN="")
        result = run_mockduit("verify", "--url", "http://127.0.0.1:9", MOCKDUIT_ADMIN_TOKEN="")
        self.assertEqual(result.returncode, 2, result)
        for token in " ", "a b", "a\nb", "\u00e9":
            self.assert_misused("--admin-token: it has a blank", "--admin-token", token)

    def test_a_flag_is_true_or_false(self):
        for value in "2", "-1", "yess", " ", "truee":
            self.assert_misused(f"MOCKDUIT_WATCH: '{value}' is not true or false (nor 1 or 0, yes or no, on or off)",
                                MOCKDUIT_WATCH=value)
            self.assert_misused("MOCKDUIT_ADMIN_OPEN: ", MOCKDUIT_ADMIN_OPEN=value)

    def test_hosts_and_origins_are_held_to_their_form(self):
        self.assert_misused("did you mean 'mock.example'?", "--allow-host", "http://mock.example/x")
        self.assert_misused("did you mean 'hooks.example'?", "--webhook-allow", "hooks.example:443")
        self.assert_misused("is no host", "--webhook-allow", "*")
        self.assert_misused("did you mean 'https://app.example'?", "--allow-origin",
                            "https://app.example/")
        self.assert_misused("is no origin", "--allow-origin", "app.example")


if __name__ == "__main__":
    unittest.main()
