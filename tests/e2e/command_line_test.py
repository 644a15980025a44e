"""The command line: what it prints, how it ends, and what each option changes."""

import contextlib
import http.server
import json
import pathlib
import signal
import socket
import tempfile
import threading
import unittest

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, JSON_TYPE, SUPERMETRICS_BODY,
                      SUPERMETRICS_PATH, TREE, Emulator, RawClient, control,
                      create_on_supermetrics, request, request_bytes, run_mockduit)

BROKEN = """scenario: broken
description: A key is misspelt.
rules:
  - name: creates are throttled
    mach: {operation: "*.create_*"}
    play:
      - {outcome: rate_limited}
"""
GOOD = """scenario: good
description: The first create is told to come back later.
rules:
  - name: one is throttled
    match: {operation: "*.create_*"}
    play:
      - {outcome: rate_limited, retry_after: 7s}
"""


class CommandLineTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def assert_complains(self, result, code, *lines):
        """It ended with this code, and these are its lines on standard error."""
        self.assertEqual(result.stderr.splitlines(), [f"mockduit: {line}" for line in lines])
        self.assertEqual((result.returncode, result.stdout), (code, ""))


class ServingTest(CommandLineTest):
    def test_port_0_takes_a_free_port_and_says_which(self):
        ready = self.folder / "url.txt"
        with Emulator("--port", 0, "--ready-file", ready) as one, Emulator("--port", 0) as other:
            self.assertRegex(one.first_line, r"^listening on http://127\.0\.0\.1:\d+$")
            self.assertNotEqual(one.port, other.port)
            self.assertEqual(create_on_supermetrics(one).status, 201)
            # The file is there once a request has been answered, at the latest.
            self.assertEqual(ready.read_text(), one.url + "\n")

    def test_a_port_that_is_taken_is_told(self):
        with Emulator() as first:
            result = run_mockduit("serve", "--port", first.port)
            self.assert_complains(result, 1, f"port {first.port} on 127.0.0.1 is already in use; "
                                            "--port 0 takes a free one")
            self.assertEqual(create_on_supermetrics(first).status, 201)

    def test_a_host_that_is_not_there_is_told(self):
        result = run_mockduit("serve", "--host", "no-such-host.invalid", "--port", 0)
        self.assertEqual(result.returncode, 1)
        self.assertIn("cannot find the host no-such-host.invalid", result.stderr)

    def test_each_signal_ends_it_well(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal=number.name), Emulator() as emulator:
                self.assertEqual(create_on_supermetrics(emulator).status, 201)
                self.assertEqual(emulator.stop(number), 0)
                self.assertIn(number.name, emulator.log())

    def test_a_request_under_way_is_answered_before_it_ends(self):
        head, body = request_bytes("POST", SUPERMETRICS_PATH,
                                   [JSON_TYPE, ("Authorization", "Bearer t"),
                                    ("Expect", "100-continue")],
                                   SUPERMETRICS_BODY).split(b"\r\n\r\n")
        for number in (signal.SIGTERM, signal.SIGINT):
            with (self.subTest(signal=number.name), Emulator() as emulator,
                  RawClient(emulator) as idle, RawClient(emulator) as under_way):
                idle.send(request_bytes("GET", "/__admin/health", host=emulator.host))
                self.assertEqual(idle.answer("GET").status, 200)
                under_way.send(head + b"\r\n\r\n")
                # It asks for the body, so it has read the head: the request is under way.
                self.assertEqual(under_way.line(), b"HTTP/1.1 100 Continue\r\n")
                self.assertEqual(under_way.line(), b"\r\n")

                emulator.send_signal(number)
                self.assertTrue(idle.hung_up())  # so it has begun to stop
                under_way.send(body)

                answer = under_way.answer()
                self.assertEqual(answer.status, 201)
                self.assertEqual(answer.headers["Connection"], "close")
                self.assertTrue(under_way.hung_up())
                self.assertEqual(emulator.stop(), 0)

    def test_public_url_is_what_location_builds_on(self):
        with Emulator("--public-url", "https://mock.example.com:8443/api/") as emulator:
            location = create_on_supermetrics(emulator, "/~success@x").headers["Location"]
            self.assertRegex(location, r"^https://mock\.example\.com:8443/api/~success@x"
                                       r"/v1/teams/12345/data-source-connections/[0-9A-F-]{36}$")

    def test_location_builds_on_the_url_that_was_called(self):
        with Emulator() as emulator:
            location = create_on_supermetrics(emulator, "/@x/supermetrics").headers["Location"]
            self.assertRegex(location, r"^http://mockduit\.test/@x/supermetrics"
                                       r"/v1/teams/12345/data-source-connections/[0-9A-F-]{36}$")

    def test_max_body_is_the_longest_body(self):
        with Emulator("--max-body", 100) as emulator:
            self.assertEqual(create_on_supermetrics(emulator).status, 201)
            for size, status in ((100, 201), (101, 413)):
                with self.subTest(size=size):
                    answer = request(emulator, "POST", SUPERMETRICS_PATH,
                                     [JSON_TYPE, ("Authorization", "Bearer t")],
                                     SUPERMETRICS_BODY.ljust(size))
                    self.assertEqual(answer.status, status, answer)

    def test_edition_pins_one(self):
        with Emulator("--edition", "supermetrics=2026-06") as emulator:
            answer = create_on_supermetrics(emulator, headers=[])
            self.assertEqual(answer.json()["error"]["code"], "API_KEY_INVALID")
            answer = create_on_supermetrics(emulator, "/~rate-limited")
            self.assertEqual(answer.json()["error"]["code"], "API_ROW_QUOTA_EXCEEDED")

    def test_scenario_is_that_of_requests_that_choose_none(self):
        with Emulator("--scenario", "rate-limited") as emulator:
            self.assertEqual(create_on_supermetrics(emulator).status, 429)
            self.assertEqual(create_on_supermetrics(emulator, "/@other").status, 429)
            self.assertEqual(create_on_supermetrics(emulator, "/~success").status, 201)

    def test_journal_size_is_how_many_exchanges_are_kept(self):
        with Emulator("--journal-size", 2) as emulator:
            for _ in range(3):
                create_on_supermetrics(emulator)
            journal = control(emulator, "GET", "/requests")
            self.assertEqual([exchange["id"] for exchange in journal["requests"]], [2, 3])
            self.assertEqual((journal["total"], journal["truncated"]), (3, True))

    def test_log_json_writes_a_line_of_json_for_each_event(self):
        with Emulator("--log", "json") as emulator:
            emulator.stop()
        events = [json.loads(line) for line in emulator.log().splitlines()]
        self.assertEqual(events[-1]["level"], "info")
        self.assertIn("SIGTERM", events[-1]["message"])


class EnvironmentTest(CommandLineTest):
    def test_each_option_has_a_variable(self):
        ready = self.folder / "url.txt"
        with Emulator(MOCKDUIT_SCENARIO="rate-limited", MOCKDUIT_EDITION="supermetrics=2026-06",
                      MOCKDUIT_READY_FILE=str(ready), MOCKDUIT_MAX_BODY="1000",
                      MOCKDUIT_CLOCK="2026-01-15T10:00:00Z", MOCKDUIT_SEED="7",
                      MOCKDUIT_PUBLIC_URL="http://mock.example.com") as emulator:
            answer = create_on_supermetrics(emulator)
            self.assertEqual(answer.json()["error"]["code"], "API_ROW_QUOTA_EXCEEDED")
            self.assertEqual(ready.read_text(), emulator.url + "\n")
            location = create_on_supermetrics(emulator, "/~success").headers["Location"]
            self.assertTrue(location.startswith("http://mock.example.com/~success/v1/"), location)
            session = control(emulator, "GET", "/sessions/default")
            self.assertEqual(session["now"], "2026-01-15T10:00:00.000000Z")
            self.assertIsNotNone(session["seed"])
            long = request(emulator, "POST", SUPERMETRICS_PATH, [JSON_TYPE], " " * 1001)
            self.assertEqual(long.status, 413)

    def test_an_option_comes_before_its_variable(self):
        with Emulator("--scenario", "forbidden", MOCKDUIT_SCENARIO="rate-limited") as emulator:
            self.assertEqual(create_on_supermetrics(emulator).status, 403)

    def test_a_bad_value_there_is_told_like_one_on_the_command_line(self):
        self.assert_complains(run_mockduit("serve", MOCKDUIT_PORT="seventy"), 2,
                              "MOCKDUIT_PORT: 'seventy' is not a whole number from 0 to 65535")

    def test_health_asks_the_port_of_the_environment(self):
        with Emulator() as emulator:
            result = run_mockduit("health", MOCKDUIT_PORT=str(emulator.port))
            self.assertEqual((result.returncode, result.stdout), (0, "ok\n"))


class MisuseTest(CommandLineTest):
    def test_each_mistake_is_named_with_the_nearest_valid_word(self):
        for arguments, line in [
            ("serve --prot 9000",
             "unknown option '--prot'; did you mean '--port'?; see mockduit serve --help"),
            ("serve --scenari=x",
             "unknown option '--scenari'; did you mean '--scenario'?; "
             "see mockduit serve --help"),
            ("srve", "unknown command 'srve'; did you mean 'serve'?; see mockduit --help"),
            ("serve --port 70000", "--port: '70000' is not a whole number from 0 to 65535"),
            ("serve --clock yesterday",
             "--clock: 'yesterday' is no time; write it as 2026-01-15T10:00:00Z, TIME@RATE, "
             "now@RATE, or 'real'"),
            ("serve --edition fivetran=v9", "--edition fivetran=v9: fivetran has v1"),
            ("serve --edition fivetrn=v1",
             "--edition fivetrn=v1: there is no vendor 'fivetrn'; did you mean 'fivetran'?; "
             "there are fivetran, airweave, supermetrics; "
             "write it as VENDOR=EDITION"),
            ("serve --scenario thottled-twice",
             "--scenario thottled-twice: there is no such scenario; "
             "did you mean 'throttled-twice'?"),
            ("serve --seed -1 --fixtures /no/such/folder",
             "--seed: '-1' is not a whole number from 0 up"),
            ("serve --log xml", "--log: 'xml' is not text or json"),
            ("serve --max-body 0", "--max-body: '0' is not a whole number from 1 to 1000000000"),
            ("serve --scenarios /no/such/folder",
             "--scenarios: cannot read /no/such/folder: No such file or directory"),
            ("serve --fixtures /no/such/folder",
             "--fixtures: cannot read /no/such/folder: No such file or directory"),
            ("operations --vendor airwave",
             "--vendor airwave: there is no such vendor; did you mean 'airweave'?; "
             "there are airweave, fivetran, supermetrics"),
        ]:
            with self.subTest(arguments=arguments):
                self.assert_complains(run_mockduit(*arguments.split()), 2, line)

    def test_a_word_behind_a_command_is_no_other_command(self):
        self.assert_complains(run_mockduit("lint", "guess"), 2,
                              "cannot read guess: No such file or directory")
        result = run_mockduit("exec", "env")
        self.assertIn("PATH=", result.stdout)

    def test_help_has_the_examples_of_its_own_command(self):
        for command in ("operations", "scenarios", "health", "lint", "exec"):
            with self.subTest(command=command):
                examples = run_mockduit(command, "--help").stdout.split("Examples:\n")[1]
                self.assertIn(f"mockduit {command}", examples)
                self.assertNotIn("mockduit help exec", examples)

    def test_help_and_version_are_no_mistakes(self):
        for arguments, words in [((), "Usage: mockduit"), (("--help",), "Usage: mockduit"),
                                 (("serve", "--help"), "--ready-file"), (("--version",), ".")]:
            with self.subTest(arguments=arguments):
                result = run_mockduit(*arguments)
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                self.assertIn(words, result.stdout)


class OwnFilesTest(CommandLineTest):
    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def test_a_broken_scenario_is_told_and_the_good_one_beside_it_served(self):
        self.write("good.yaml", GOOD)
        broken = self.write("broken.yaml", BROKEN)
        with Emulator("--scenarios", self.folder) as emulator:
            emulator.wait_for_log("broken.yaml")
            self.assertIn(f"{broken}:5:5: ", emulator.log())
            self.assertIn("did you mean 'match'?", emulator.log())
            throttled = create_on_supermetrics(emulator, "/~good")
            self.assertEqual((throttled.status, throttled.headers["Retry-After"]), (429, "7"))
            self.assertEqual(create_on_supermetrics(emulator, "/~good").status, 201)
            self.assertEqual(create_on_supermetrics(emulator, "/~broken").status, 400)
            self.assertEqual(create_on_supermetrics(emulator, "/~rate-limited").status, 429)

    def test_a_document_that_takes_a_vendors_place_by_its_title_says_so(self):
        path = self.write("api.yaml", "openapi: 3.1.0\n"
                                      "info: {title: Fivetran, version: '1'}\npaths: {}\n")
        with Emulator("--contract", path) as emulator:
            emulator.wait_for_log(f"--contract {path}: by its title it is 'fivetran', so it stands in "
                                  "the place of that vendor inside")
        with Emulator("--contract", f"fivetran={path}") as emulator:
            self.assertNotIn("by its title", emulator.log())

    def test_variables_that_nothing_reads_are_told_once(self):
        with Emulator(MOCKDUIT_SCENARO="rate-limited", MOCKDUIT_BIN="x") as emulator:
            self.assertIn("nothing reads MOCKDUIT_SCENARO (did you mean MOCKDUIT_SCENARIO?) of the "
                          "environment", emulator.log())
            self.assertNotIn("MOCKDUIT_BIN", emulator.log())

    def test_strict_makes_a_broken_scenario_end_the_start(self):
        self.write("good.yaml", GOOD)
        broken = self.write("broken.yaml", BROKEN)
        result = run_mockduit("serve", "--port", 0, "--scenarios", self.folder, "--strict")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn(f"{broken}:5:5: ", result.stderr)

    def test_a_broken_scenario_that_is_asked_for_ends_the_start(self):
        broken = self.write("broken.yaml", BROKEN)
        result = run_mockduit("serve", "--port", 0, "--scenarios", self.folder,
                              "--scenario", "broken")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn(f"{broken}:5:5: ", result.stderr)

    def test_several_folders_of_scenarios(self):
        self.write("a/good.yaml", GOOD)
        self.write("b/better.yaml", GOOD.replace("scenario: good", "scenario: better")
                   .replace("7s", "9s"))
        with Emulator("--scenarios", self.folder / "a", "--scenarios",
                      self.folder / "b") as emulator:
            for scenario, seconds in (("good", "7"), ("better", "9")):
                answer = create_on_supermetrics(emulator, f"/~{scenario}")
                self.assertEqual(answer.headers["Retry-After"], seconds)

    def test_a_scenario_of_ones_own_stands_over_the_built_in_one(self):
        self.write("rate-limited.yaml", GOOD.replace("scenario: good", "scenario: rate-limited"))
        with Emulator("--scenarios", self.folder) as emulator:
            answers = [create_on_supermetrics(emulator, "/~rate-limited") for _ in range(2)]
            self.assertEqual([answer.status for answer in answers], [429, 201])

    def test_one_contract_of_ones_own_stands_over_the_built_in_one(self):
        contract = (TREE / "fixtures/airweave/2025-07.yaml").read_text()
        self.write("airweave/2025-07.yaml", contract.replace(
            "detail: No valid authentication provided", "detail: Who are you?"))
        with Emulator("--fixtures", self.folder) as emulator:
            answer = request(emulator, "POST", AIRWEAVE_PATH, [JSON_TYPE], AIRWEAVE_BODY)
            self.assertEqual((answer.status, answer.json()), (401, {"detail": "Who are you?"}))
            self.assertEqual(create_on_supermetrics(emulator).status, 201)

    def test_a_broken_contract_ends_the_start(self):
        path = self.write("airweave/2025-07.yaml", "openapi: 3.1.0\npaths: {\n")
        result = run_mockduit("serve", "--port", 0, "--fixtures", self.folder)
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn(f"{path}:", result.stderr)


class HealthTest(CommandLineTest):
    def test_0_when_the_server_is_well(self):
        with Emulator() as emulator:
            result = run_mockduit("health", "--url", emulator.url)
            self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "ok\n", ""))

    def test_1_when_nobody_answers(self):
        with contextlib.closing(socket.socket()) as bound:
            bound.bind(("127.0.0.1", 0))  # and does not listen
            url = "http://127.0.0.1:%d" % bound.getsockname()[1]
            result = run_mockduit("health", "--url", url)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertTrue(result.stderr.startswith(f"mockduit: no answer from {url}: "), result)

    def test_1_when_it_is_another_server(self):
        class Other(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Length", "5")
                self.end_headers()
                self.wfile.write(b"hello")

            def log_message(self, *_):
                pass

        with http.server.HTTPServer(("127.0.0.1", 0), Other) as other:
            threading.Thread(target=other.serve_forever).start()
            url = "http://127.0.0.1:%d" % other.server_port
            result = run_mockduit("health", "--url", url)
            other.shutdown()
        self.assert_complains(result, 1, f"{url} answers 200, but not as mockduit")


class ListingTest(CommandLineTest):
    def test_operations(self):
        result = run_mockduit("operations")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("supermetrics.create_data_source_connection\n"
                      "  POST /v1/teams/{team_id}/data-source-connections\n"
                      "  2026-08: 201 success, 400 bad_request, 401 unauthorized, 403 forbidden, "
                      "422 unprocessable, 429 rate_limited, 500 server_error\n"
                      "  2026-06: 201 success, ", result.stdout)

    def test_operations_of_one_vendor_as_json(self):
        result = run_mockduit("operations", "--vendor", "fivetran", "--json")
        operations = json.loads(result.stdout)["operations"]
        names = [operation["name"] for operation in operations]
        self.assertIn("fivetran.create_connection", names)
        self.assertEqual(names, sorted(names))
        for operation in operations:
            self.assertEqual(operation["vendor"], "fivetran")
            for edition in operation["editions"]:
                for outcome in edition["outcomes"]:
                    self.assertTrue(outcome["source"], operation)

    def test_operations_as_the_control_api_lists_them(self):
        with Emulator() as emulator:
            self.assertEqual(json.loads(run_mockduit("operations", "--json").stdout),
                             control(emulator, "GET", "/operations"))

    def test_scenarios(self):
        result = run_mockduit("scenarios")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        names = [line.split()[0] for line in result.stdout.splitlines()]
        self.assertLessEqual({"success", "bad-request", "unauthorized", "forbidden",
                              "unprocessable", "rate-limited", "server-error", "throttled-twice",
                              "setup-tests-fail"}, set(names))
        self.assertEqual(names, sorted(names))

    def test_scenarios_of_ones_own_with_a_broken_one(self):
        (self.folder / "good.yaml").write_text(GOOD)
        (self.folder / "broken.yaml").write_text(BROKEN)
        result = run_mockduit("scenarios", "--scenarios", self.folder, "--json")
        scenarios = {one["name"]: one["description"]
                     for one in json.loads(result.stdout)["scenarios"]}
        self.assertEqual(scenarios["good"], "The first create is told to come back later.")
        self.assertNotIn("broken", scenarios)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"{self.folder}/broken.yaml:5:5: ", result.stderr)


if __name__ == "__main__":
    unittest.main()
