"""Supermetrics' connector builder: connectors, their logos, secrets and logs."""

import unittest

from emulator import request
from supermetrics import BEARER, CONFLICT, NOT_FOUND, TEAM, UNPROCESSABLE, SupermetricsTest

CONNECTORS = TEAM + "/connector_builder/connectors"
SEEDED = CONNECTORS + "/T3S70"
LOGO = "https://assets.supermetrics.com/images/dsLogos/Custom_Connector_Default.png"


class ConnectorsTest(SupermetricsTest):
    def test_answers_are_bare(self):
        told = self.told(200, "GET", CONNECTORS)
        self.assertEqual((list(told), told["count"]), (["count", "connectors"], 1))
        self.assertEqual(list(told["connectors"][0]), [
            "connector_identifier", "name", "description", "logo_url", "created_at", "updated_at"])
        self.assertEqual(self.told(200, "GET", SEEDED + "/logo"), {"logo_url": LOGO})

    def test_configurations_only_where_they_are_asked_for(self):
        for query, has in (("?include_configs=true", True), ("?include_configs=false", False)):
            connector = self.told(200, "GET", CONNECTORS + query)["connectors"][0]
            self.assertEqual("configuration" in connector, has)
        self.assertEqual(self.told(200, "GET", SEEDED)["configuration"]["version"], "1.0.0")

    def test_put_changes_what_it_sends(self):
        body = {"connector": {"name": "New", "description": "d"},
                "configuration": {"configuration_json": {"auth": {"type": "oauth2"}}}}
        self.pass_time("1h")
        self.assertEqual(self.ask("PUT", SEEDED, body).status, 204)
        told = self.told(200, "GET", SEEDED)
        self.assertEqual((told["name"], told["description"], told["updated_at"]),
                         ("New", "d", "2026-01-15T11:00:00+00:00"))
        self.assertEqual(told["configuration"]["configuration_json"], {"auth": {"type": "oauth2"}})
        newer = {"name": "Newer", "description": ""}
        self.assertEqual(self.ask("PUT", SEEDED, {"connector": newer}).status, 204)
        told = self.told(200, "GET", SEEDED)
        self.assertEqual((told["name"], told["configuration"]["configuration_json"]),
                         ("Newer", {"auth": {"type": "oauth2"}}))
        self.assert_error(422, UNPROCESSABLE, self.ask("PUT", SEEDED, {"configuration": {}}),
                          "The field 'configuration.configuration_json' is required")
        self.assert_error(422, UNPROCESSABLE, self.ask("PUT", SEEDED, {"connector": {"name": "N"}}),
                          "The field 'connector.description' is required")
        for broken in {"description": "d"}, {"name": "N", "description": None}:
            self.assertEqual(self.ask("PUT", SEEDED, {"connector": broken}).status, 422)
        self.assertEqual(self.told(200, "GET", SEEDED), told)

    def test_what_is_deleted_is_gone_with_its_parts(self):
        self.assertEqual(self.ask("DELETE", SEEDED).status, 204)
        for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/logo"), ("GET", "/secrets")):
            self.assert_error(404, NOT_FOUND, self.ask(method, SEEDED + path))
        self.assertEqual(self.told(200, "GET", SEEDED + "/logs"), {"logs": []})
        self.assertEqual(self.told(200, "GET", CONNECTORS)["count"], 0)
        self.assertEqual(self.resources("connector_secret"), {})

    def test_another_team_has_none_of_them(self):
        other = SEEDED.replace("936506", "12345")
        for path in ("", "/logo", "/secrets"):
            self.assert_error(404, NOT_FOUND, self.ask("GET", other + path))


    def send(self, path, content_type, body):
        return request(self.emulator, "POST", f"/@{self.session}{path}",
                       [("Content-Type", content_type), BEARER], body)

    def test_a_connector_is_made_by_a_form(self):
        form = "application/x-www-form-urlencoded"
        answer = self.send(CONNECTORS, form, "title=My+Connector&description=d%26e")
        self.assertEqual(answer.status, 201, answer)
        made = answer.json()
        self.assertRegex(made["connector_identifier"], "^[A-Z0-9]{5}$")
        self.assertEqual((made["name"], made["description"], made["logo_url"],
                          made["configuration"]["configuration_json"]),
                         ("My Connector", "d&e", LOGO, {}))
        path = f"{CONNECTORS}/{made['connector_identifier']}"
        self.assertEqual(self.told(200, "GET", path), made)
        copy = self.send(CONNECTORS, form, "title=Copy&connector_identifier=T3S70").json()
        self.assertEqual(copy["configuration"]["configuration_json"], {"auth": {"type": "none"}})
        answer = self.send(CONNECTORS, form, "title=Copy&connector_identifier=NONE1")
        self.assert_error(404, NOT_FOUND, answer)
        self.assert_error(422, UNPROCESSABLE, self.send(CONNECTORS, form, "description=d"),
                          "The field 'title' is required")

    def test_a_logo_is_uploaded(self):
        def parts(name, file=b"\x89PNG\r\n\x1a\n"):
            return (f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="a.png"\r\n'
                    "Content-Type: image/png\r\n\r\n").encode() + file + b"\r\n--x--\r\n"

        kind = "multipart/form-data; boundary=x"
        answer = self.send(SEEDED + "/logo", kind, parts("logo"))
        self.assertEqual(answer.status, 201, answer)
        self.assertNotEqual(answer.json(), {"logo_url": LOGO})
        self.assertEqual(self.told(200, "GET", SEEDED + "/logo"), answer.json())
        self.assertEqual(self.send(SEEDED + "/logo", kind, parts("image")).status, 400)
        for file in b"\xff\xd8\xff\xe0", b"GIF89a", b"<svg/>":
            self.assertEqual(self.send(SEEDED + "/logo", kind, parts("logo", file)).status, 201)
        last = self.told(200, "GET", SEEDED + "/logo")
        for file in b"", b"hello", b"%PDF-1.7":
            self.assertEqual(self.send(SEEDED + "/logo", kind, parts("logo", file)).status, 400)
        self.assertEqual(self.told(200, "GET", SEEDED + "/logo"), last)


class SecretsTest(SupermetricsTest):
    SECRETS = SEEDED + "/secrets"

    def test_a_create_tells_them_all_but_no_value(self):
        answer = self.ask("POST", self.SECRETS, {"secret_name": "token", "secret_value": "s3cr3t"})
        self.assertEqual(answer.status, 201, answer)
        told = answer.json()
        self.assertEqual((list(told), told["count"]), (["count", "secrets"], 2))
        self.assertEqual([list(one) for one in told["secrets"]],
                         [["secret_placeholder", "secret_name"]] * 2)
        self.assertRegex(told["secrets"][1]["secret_placeholder"], "^sec_[0-9a-f]{9}$")
        self.assertEqual(self.told(200, "GET", self.SECRETS), told)
        self.assertNotIn("s3cr3t", str(self.resources("connector_secret")))
        self.assertNotIn("s3cr3t", str(self.exchanges(self.session)))

    def test_a_name_is_taken_once(self):
        body = {"secret_name": "client_id", "secret_value": "x"}
        self.assert_error(409, CONFLICT, self.ask("POST", self.SECRETS, body))

    def test_change_and_delete(self):
        one = self.SECRETS + "/sec_a23f23d26"
        self.assertEqual(self.ask("PUT", one, {"secret_value": "y"}).status, 204)
        self.assert_error(422, UNPROCESSABLE, self.ask("PUT", one, {}),
                          "The field 'secret_value' is required")
        self.assertEqual(self.ask("DELETE", one).status, 204)
        self.assertEqual(self.told(200, "GET", self.SECRETS), {"count": 0, "secrets": []})
        for method in ("PUT", "DELETE"):
            answer = self.ask(method, one, {"secret_value": "y"} if method == "PUT" else None)
            self.assert_error(404, ("SECRET_NOT_FOUND", NOT_FOUND[1]), answer)


class LogsTest(SupermetricsTest):
    LOGS = SEEDED + "/logs"

    def ids(self, query=""):
        return [log["id"] for log in self.told(200, "GET", self.LOGS + query)["logs"]]

    def test_the_newest_come_first(self):
        self.assertEqual(self.ids(), ["124-foo", "123-foo"])
        self.assertEqual(self.ids("?limit=1"), ["124-foo"])
        self.assertEqual(self.ids("?before=2025-01-02T00:00:00Z"), ["123-foo"])
        self.assertEqual(self.ids("?before=2025-01-02T01:30:00%2B02:00"), ["123-foo"])
        self.assertEqual(self.ids("?before=2025-01-02T02:30:00%2B02:00"), ["124-foo", "123-foo"])

    def test_one_log(self):
        log = self.told(200, "GET", self.LOGS + "/123-foo")
        self.assertEqual(list(log), ["id", "log_time", "status", "event", "request", "duration_ms",
                                     "request_id"])
        self.assert_error(404, ("LOG_NOT_FOUND", NOT_FOUND[1]), self.ask("GET", self.LOGS + "/1"))

    def test_limits_that_are_none(self):
        for query in ("limit=0", "limit=1001", "before=yesterday"):
            self.assertEqual(self.ask("GET", f"{self.LOGS}?{query}").status, 400, query)


if __name__ == "__main__":
    unittest.main()
