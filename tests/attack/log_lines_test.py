"""Nothing that a client sends becomes a line of the log, or a header, of its own."""

import json
import pathlib
import tempfile
import unittest

from emulator import (AIRWEAVE_PATH, FIVETRAN_BODY, FIVETRAN_PATH, JSON_TYPE, Emulator, basic,
                      control, request, run_mockduit)

FORGED = "2026-01-01T00:00:00.000+00:00 info all is well"
NASTY = f"evil\r\n{FORGED}\x1b[2J\x7f\x00\u0085\u009b1m"


class LogLinesTest(unittest.TestCase):
    def deliver_to_nobody(self, emulator, name):
        """Has the server log that a webhook of this id could not be reached."""
        body = json.dumps({"url": "http://127.0.0.1:1/", "events": ["sync_start"], "active": False})
        answer = request(emulator, "POST", "/v1/webhooks/account",
                         [JSON_TYPE, ("Authorization", basic("k"))], body)
        assert answer.status == 200, answer
        answer = request(emulator, "POST", FIVETRAN_PATH,
                         [JSON_TYPE, ("Authorization", basic("k"))], FIVETRAN_BODY)
        assert answer.status == 201, answer
        connection = answer.json()["data"]["id"]
        store = control(emulator, "GET", "/store")
        webhooks = store["resources"]["fivetran.webhook"]
        [(_, webhook)] = list(webhooks.items())
        webhook.update(id=name, active=True, events=["sync_start"])
        store["resources"]["fivetran.webhook"] = {name: webhook}
        control(emulator, "PUT", "/store", store)
        answer = request(emulator, "POST", f"/v1/connections/{connection}/sync",
                         [JSON_TYPE, ("Authorization", basic("k"))], '{"force": true}')
        assert answer.status == 200, answer
        emulator.wait_for_log("no answer from http://127.0.0.1:1")

    def test_a_webhooks_name_forges_none(self):
        with Emulator() as emulator:
            self.deliver_to_nobody(emulator, NASTY)
            log = emulator.log()
        self.assertNotIn("\n" + FORGED, log)
        self.assertIn(r"evil\x0d", log)
        self.assertIn(r"\x1b[2J\x7f\x00\xc2\x85\xc2\x9b1m", log)
        for line in log.splitlines():
            self.assertTrue(line.startswith(("20", "    ")), line)

    def test_nor_in_json(self):
        with Emulator("--log", "json") as emulator:
            self.deliver_to_nobody(emulator, NASTY)
            log = emulator.log()
        events = [json.loads(line) for line in log.split("\n") if line]
        self.assertTrue(any(NASTY in event["message"] for event in events), log)


class HeadersTest(unittest.TestCase):
    def test_a_template_makes_no_line_of_its_own(self):
        rules = {"rules": [{"match": {}, "play": [
            {"status": 200, "times": "forever",
             "headers": {"X-Said": "{{request.body.name}}"}}]}]}
        with Emulator() as emulator:
            control_answer = request(emulator, "PUT", "/__admin/scenarios/echo", [JSON_TYPE],
                                     json.dumps(rules))
            self.assertEqual(control_answer.status, 201, control_answer)
            for byte in ("\r\n", "\n", "\r", "\0", "\x1b", "\x7f", "\x0b"):
                body = json.dumps({"name": f"a{byte}X-Forged: 1{byte}{byte}<html>"})
                answer = request(emulator, "POST", "/~echo" + AIRWEAVE_PATH,
                                 [JSON_TYPE, ("X-API-Key", "k")], body)
                with self.subTest(byte=byte):
                    self.assertEqual(answer.status, 200, answer)
                    self.assertNotIn("X-Forged", answer.headers)
                    blanks = " " * len(byte)
                    self.assertEqual(answer.headers["X-Said"],
                                     f"a{blanks}X-Forged: 1{blanks * 2}<html>")

    def test_nor_does_what_the_command_line_or_the_environment_says(self):
        words = "x\nmockduit: all is well\x1b[2J"
        for arguments, environment in (
                (("serve", "--scenario", words), {}), (("serve", "--edition", words), {}),
                (("serve", "--seed-state", words), {}), (("serve", "--clock", words), {}),
                (("serve", "--session-ttl", words), {}), (("serve", "--host", words), {}),
                (("serve", "--state", "/nowhere/" + words), {}), (("serve", "--webhook-ca", words), {}),
                (("serve", "--fixtures", words), {}), (("serve", "--scenarios", words), {}),
                (("serve", words), {}), (("serve", "--" + words), {}), ((words,), {}),
                (("exec", "--each", words, "--", "true"), {}), (("exec", "--", words), {}),
                (("exec", "--require", words, "--", "true"), {}), (("lint", words), {}),
                (("operations", "--vendor", words), {}), (("health", "--url", words), {}),
                (("verify", "--url", "http://" + words), {}),
                (("serve",), {"MOCKDUIT_SCENARIO": words}), (("serve",), {"MOCKDUIT_WATCH": words}),
                (("serve", "--port", "0", "--ready-file", "/nowhere/" + words), {})):
            with self.subTest(arguments=arguments, environment=environment):
                result = run_mockduit(*arguments, **environment)
                self.assertGreater(result.returncode, 0, result)
                self.assertIn("mockduit: ", result.stderr)
                self.assertNotIn("\nmockduit: all is well", result.stderr)
                self.assertNotIn("\x1b", result.stderr)

    def test_the_lines_of_a_mistake_in_a_file_stay_lines(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "s.yaml").write_text("rulse: []\n")
            result = run_mockduit("serve", "--scenarios", folder, "--strict")
            self.assertEqual(result.returncode, 2, result)
            self.assertRegex(result.stderr, r"s\.yaml:1:1: .*\n.*rulse: \[\]\n *\^\n$")


if __name__ == "__main__":
    unittest.main()
