"""Pages in a browser: preflights and the headers of answers, as a contract says."""

import pathlib
import shutil
import tempfile
import unittest

from emulator import (AIRWEAVE_PATH, SUPERMETRICS_PATH, TREE, Emulator, EmulatorTest, control, request,
                      run_mockduit)

PAGE = "http://localhost:8080"
ACME = TREE / "examples/fixtures/acme"


def preflight(emulator, path, origin=PAGE, method="POST", headers="x-api-key,content-type"):
    return request(emulator, "OPTIONS", path, [("Origin", origin), ("Access-Control-Request-Method", method),
                                               ("Access-Control-Request-Headers", headers)],
                   host="127.0.0.1:8080")


class PreflightTest(EmulatorTest):
    OPTIONS = ("--allow-origin", "https://app.example")

    def test_each_vendor_answers_in_its_way(self):
        for path, status, origin, headers in (
                (AIRWEAVE_PATH, 200, PAGE, "*"),
                (SUPERMETRICS_PATH, 204, "*", "authorization"),
                ("/v1/connections", 204, PAGE, "authorization")):
            with self.subTest(path=path):
                answer = preflight(self.emulator, path, headers="authorization")
                self.assertEqual((answer.status, answer.body), (status, b""), answer)
                self.assertEqual(answer.headers["Access-Control-Allow-Origin"], origin)
                self.assertEqual(answer.headers["Access-Control-Allow-Headers"], headers)

    def test_it_leaves_no_trace(self):
        before = control(self.emulator, "GET", "/sessions")
        for path in AIRWEAVE_PATH, SUPERMETRICS_PATH, "/v1/connections":
            preflight(self.emulator, "/~throttled-twice@made" + path)
            preflight(self.emulator, path)
        self.assertEqual(control(self.emulator, "GET", "/sessions"), before)
        self.assertEqual(control(self.emulator, "GET", "/requests")["total"], 0)

    def test_what_the_user_allows_every_vendor_does(self):
        for path in AIRWEAVE_PATH, "/v1/connections":
            answer = preflight(self.emulator, path, "https://app.example")
            self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "https://app.example", answer)
        answer = preflight(self.emulator, AIRWEAVE_PATH, "https://other.example")
        self.assertIn("--allow-origin", self.assert_problem(answer, 403)["detail"])

    def test_the_control_api_takes_none(self):
        for origin in PAGE, "https://app.example":
            self.assert_problem(preflight(self.emulator, "/__admin/sessions/x", origin), 403)

    def test_a_foreign_name_gets_none(self):
        answer = request(self.emulator, "OPTIONS", AIRWEAVE_PATH,
                         [("Origin", "http://evil.example"), ("Access-Control-Request-Method", "POST")],
                         host="evil.example")
        self.assert_problem(answer, 403)


class LoggedTest(unittest.TestCase):
    def test_a_preflight_is_a_line_of_the_log(self):
        with Emulator("--log-requests", "always") as emulator:
            preflight(emulator, AIRWEAVE_PATH)
            emulator.wait_for_log(f"OPTIONS {AIRWEAVE_PATH}  200")

    def test_of_one_that_the_contract_refuses_it_says_why(self):
        page = "http://localhost:3000"
        with Emulator("--log-requests", "always") as emulator:
            answer = preflight(emulator, AIRWEAVE_PATH, page)
            self.assertEqual((answer.status, answer.body), (403, b""))
            why = (f"the contract lets no page of {page} call; where it may, "
                   f"start the server with --allow-origin {page}")
            self.assertEqual(answer.headers["X-Mockduit-Warning"], why)
            emulator.wait_for_log(f"OPTIONS {AIRWEAVE_PATH}  403 · {why}")
        with Emulator("--allow-origin", page) as emulator:
            self.assertEqual(preflight(emulator, AIRWEAVE_PATH, page).status, 200)


class OwnContractTest(unittest.TestCase):
    """The words of a contract of one's own."""

    def change(self, cors):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        shutil.copytree(ACME, pathlib.Path(folder.name) / "acme")
        file = pathlib.Path(folder.name) / "acme" / "v1.yaml"
        file.write_text(file.read_text().replace("  default: true\n", f"  default: true\n  cors: {cors}\n", 1))
        return folder.name

    def test_all_of_them(self):
        folder = self.change(
            '{origins: ["http://localhost:8080"], methods: [GET], headers: [X-Acme-Key], max_age: 600, '
            'status: 200, body: OK, refused: {status: 400, body: Disallowed CORS origin}, source: a page}')
        with Emulator("--fixtures", folder) as emulator:
            answer = preflight(emulator, "/v1/boxes")
            self.assertEqual((answer.status, answer.body), (200, b"OK"), answer)
            self.assertEqual(answer.headers["Access-Control-Allow-Methods"], "GET")
            self.assertEqual(answer.headers["Access-Control-Allow-Headers"], "X-Acme-Key")
            self.assertEqual(answer.headers["Access-Control-Max-Age"], "600")
            self.assertEqual(answer.headers["X-Mockduit-Source"], "a page")
            answer = preflight(emulator, "/v1/boxes", "http://localhost:3000")
            self.assertEqual((answer.status, answer.body), (400, b"Disallowed CORS origin"), answer)

    def test_without_it_a_preflight_is_a_request_like_any_other(self):
        with Emulator("--fixtures", ACME.parent) as emulator:
            answer = preflight(emulator, "/v1/boxes")
            self.assertEqual(answer.status, 501, answer)  # it has no words for a wrong method
            self.assertEqual(answer.headers["X-Mockduit-Session"], "default")

    def test_a_mistake_is_told_with_its_place(self):
        folder = self.change("{origins: aksed, source: a page}")
        result = run_mockduit("lint", folder)
        self.assertNotEqual(result.returncode, 0)
        self.assertRegex(result.stdout + result.stderr, r"acme/v1\.yaml:\d+:\d+: 'aksed' is neither .* 'asked'\?")


if __name__ == "__main__":
    unittest.main()
