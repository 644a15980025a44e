"""Who may use the control API: whoever bears the token, calls it by a good name, and is no page."""

import socket
import unittest

from emulator import (JSON_TYPE, Emulator, EmulatorTest, create_on_supermetrics, raw_request,
                      request)

TOKEN = "let-me-in"


def get(emulator, path="/sessions", *headers, host=None):
    return request(emulator, "GET", "/__admin" + path, headers, host=host or emulator.host)


class TokenTest(EmulatorTest):
    OPTIONS = ("--admin-token", TOKEN)

    def test_without_it_nothing_is_told_or_done(self):
        for authorization in (None, "", TOKEN, "Bearer", "Bearer ", "Bearer let-me-i",
                              f"Bearer  {TOKEN}", "Bearer let-me-inn", "bearer:let-me-in",
                              f"Basic {TOKEN}", f"Bearer Bearer {TOKEN}"):
            with self.subTest(authorization=authorization):
                sent = [("Authorization", authorization)] if authorization is not None else []
                answer = get(self.emulator, "/sessions", *sent)
                problem = self.assert_problem(answer, 401)
                self.assertEqual(problem["detail"],
                                 "send the --admin-token as 'Authorization: Bearer TOKEN'")
                self.assertEqual(answer.headers["WWW-Authenticate"], "Bearer")
                self.assertNotIn(TOKEN.encode(), answer.raw)

    def test_no_call_but_health_goes_without(self):
        for method, path in (("GET", "/operations"), ("GET", "/openapi.json"), ("GET", "/metrics"),
                             ("PUT", "/scenarios/x"), ("DELETE", "/sessions/x"),
                             ("POST", "/reset"), ("GET", "/events"), ("GET", "/requests"),
                             ("GET", "/no-such-call"), ("POST", "/health/")):
            with self.subTest(path=path):
                answer = request(self.emulator, method, "/__admin" + path, [JSON_TYPE], "{}",
                                 self.emulator.host)
                self.assert_problem(answer, 401)
        self.assertEqual(get(self.emulator, "/health").status, 200)

    def test_with_it_all_is_open(self):
        for path in ("/sessions", "/operations", "/metrics", "/health"):
            answer = get(self.emulator, path, ("Authorization", f"Bearer {TOKEN}"))
            self.assertEqual(answer.status, 200, answer)

    def test_it_is_no_good_against_a_foreign_page(self):
        answer = get(self.emulator, "/sessions", ("Authorization", f"Bearer {TOKEN}"),
                     ("Origin", "https://evil.example"))
        self.assert_problem(answer, 403)

    def test_vendors_ask_for_none(self):
        self.assertEqual(create_on_supermetrics(self.emulator).status, 201)
        self.assertEqual(request(self.emulator, "GET", "/").status, 200)

    def test_it_comes_from_the_environment_too(self):
        with Emulator(MOCKDUIT_ADMIN_TOKEN=TOKEN) as emulator:
            self.assertEqual(get(emulator).status, 401)
            answer = get(emulator, "/sessions", ("Authorization", f"Bearer {TOKEN}"))
            self.assertEqual(answer.status, 200)


class OriginTest(EmulatorTest):
    OPTIONS = ("--public-url", "https://mock.example.com:8443/base/")

    def test_a_foreign_one_is_refused(self):
        own = f"{self.emulator.host}:{self.emulator.port}"
        for origin in ("https://evil.example", "null", "", f"https://{own}", f"http://{own}.evil",
                       f"http://{own}/", "http://localhost", "https://mock.example.com",
                       "http://mock.example.com:8443"):
            with self.subTest(origin=origin):
                answer = get(self.emulator, "/sessions", ("Origin", origin), host=own)
                self.assertIn(f"does not answer pages of {origin}",
                              self.assert_problem(answer, 403)["detail"])
                self.assertNotIn("Access-Control-Allow-Origin", answer.headers)

    def test_its_own_is_not(self):
        for host in (f"{self.emulator.host}:{self.emulator.port}", "localhost:1234", "[::1]:80"):
            answer = get(self.emulator, "/sessions", ("Origin", f"http://{host}"), host=host)
            self.assertEqual(answer.status, 200, answer)
        answer = get(self.emulator, "/sessions", ("Origin", "https://mock.example.com:8443"))
        self.assertEqual(answer.status, 200, answer)

    def test_health_is_no_exception(self):
        self.assert_problem(get(self.emulator, "/health", ("Origin", "https://evil.example")), 403)

    def test_a_preflight_is_refused(self):
        answer = request(self.emulator, "OPTIONS", "/__admin/sessions/x",
                         [("Origin", "https://evil.example"),
                          ("Access-Control-Request-Method", "DELETE")], host=self.emulator.host)
        self.assert_problem(answer, 403)


class HostTest(unittest.TestCase):
    FOREIGN = ("evil.example", "evil.example:8080", "localhost.evil.example", "127.evil.example",
               "127.0.0.1.evil.example", "0.0.0.0", "192.168.0.1", "[::2]")
    LOCAL = ("localhost", "LocalHost:8080", "mockduit.localhost", "127.0.0.1", "127.9.9.9:1",
             "[::1]", "[::1]:8080")

    def assert_answers(self, emulator, host, status):
        with self.subTest(host=host):
            self.assertEqual(get(emulator, host=host).status, status)

    def test_a_foreign_one_is_refused(self):
        with Emulator() as emulator:
            for host in self.FOREIGN:
                self.assert_answers(emulator, host, 403)
            for host in self.LOCAL:
                self.assert_answers(emulator, host, 200)
            self.assertEqual(get(emulator, host="evil.example").json()["detail"],
                             "the control API does not answer by the name 'evil.example'; call it "
                             "localhost, or start the server with --allow-host or "
                             "--public-url")

    def test_of_an_old_client_none_is_asked(self):
        with Emulator() as emulator:
            self.assertEqual(raw_request(emulator, b"GET /__admin/sessions HTTP/1.0\r\n\r\n",
                                         "GET").status, 200)

    def test_that_of_the_public_url_is_good(self):
        with Emulator("--public-url", "https://mock.example.com:8443/base") as emulator:
            self.assert_answers(emulator, "mock.example.com:8443", 200)
            self.assert_answers(emulator, "localhost", 200)
            self.assert_answers(emulator, "evil.example", 403)
            self.assert_answers(emulator, "mock.example.com", 200)

    def test_beyond_this_machine_one_that_others_can_own_is_refused(self):
        with Emulator("--host", "0.0.0.0", "--admin-open") as emulator:
            for host in ("mockduit:8080", "192.168.0.1", "[::2]", "laptop.local", "host.docker.internal",
                         "mock.test", "mock.example", "api.fivetran.com", socket.gethostname(), *self.LOCAL):
                self.assert_answers(emulator, host, 200)
            for host in ("evil.com", "192.168.0.1.evil.com"):
                self.assert_answers(emulator, host, 403)
                refused = request(emulator, "GET", "/v1/groups", host=host)
                self.assertEqual(refused.status, 403)
                self.assertIn("--allow-host", refused.json()["detail"])
            self.assert_problem_of_a_page(emulator)

    def test_any_is_good_where_the_user_says_so(self):
        for host in ("127.0.0.1", "0.0.0.0"):
            with Emulator("--host", host, "--admin-open", "--allow-host", "*") as emulator:
                self.assert_answers(emulator, "evil.com", 200)

    def assert_problem_of_a_page(self, emulator):
        answer = get(emulator, "/sessions", ("Origin", "https://evil.example"))
        self.assertEqual(answer.status, 403)

    def test_vendors_answer_by_names_that_nobody_can_own(self):
        with Emulator() as emulator:
            self.assertEqual(create_on_supermetrics(emulator).status, 201)  # of mockduit.test


if __name__ == "__main__":
    unittest.main()
