"""What the contracts say for the checks: the headers that vendors ask for, what is deprecated,
every member that they know, and the variables that tell their clients where to call."""

import json
import pathlib
import re
import shutil
import tempfile
import unittest

from emulator import (BASIC, FIVETRAN_BODY, JSON_TYPE, TREE, EmulatorTest, control, request,
                      run_mockduit)
from supermetrics import BEARER, TEAM, TRANSFER
from worlds import START

FIXTURES = TREE / "fixtures"  # of this tree, whatever the binary was built from
ACME = TREE / "examples/fixtures/acme"

RUNS = TEAM + "/transfers/7/runs"
FIVETRAN = (("Authorization", BASIC), ("Accept", "application/json"))
AIRWEAVE = (("X-API-Key", "my-key"),)
AIRWEAVE_NEW = (*AIRWEAVE, ("x-fern-sdk-version", "v0.7.20"))
SUPERMETRICS_OLD = (("Authorization", "my-key"),)

# Of each edition a call with a body, and the document that asks for its Content-Type.
CALLS = {
    "fivetran": (FIVETRAN, "/v1/groups", {"name": "My_Group"},
                 "Fivetran REST API, Getting started, Request content type"),
    "airweave 2025-07": (AIRWEAVE, "/collections", {"name": "My collection"},
                         "Airweave API reference, July 2025"),
    "airweave 2025-10": (AIRWEAVE_NEW, "/collections", {"name": "My collection"},
                         "Airweave API reference, 29 October 2025"),
    "supermetrics 2026-06": (SUPERMETRICS_OLD, "/v1/teams/1/data-source-connections",
                             {"data_source_id": "ADM", "destination_type": "DWH_SNOWFLAKE"},
                             "Supermetrics OpenAPI document, 8 June 2026"),
    "supermetrics 2026-08": ((BEARER,), "/v1/teams/1/data-source-connections",
                             {"data_source_id": "ADM", "destination_type": "DWH_SNOWFLAKE"},
                             "Supermetrics OpenAPI document, 20 August 2026"),
}

# Every field that the documents have for these, together with those of FIVETRAN_BODY and TRANSFER.
WHOLE_CONNECTION = {
    **json.loads(FIVETRAN_BODY),
    "connect_card_config": {"redirect_uri": "https://your.site/path", "hide_setup_guide": True,
                            "all_fields": False},
    "destination_configuration": {"virtual_warehouse": "WAREHOUSE"},
    "destination_schema_names": "FIVETRAN_NAMING",
    "external_secrets_manager_id": None,
}
WHOLE_SOURCE_CONNECTION_2025_07 = {
    "name": "My Stripe Account", "short_name": "stripe", "description": "Payments",
    "config_fields": {"anything": 1}, "white_label_id": None, "collection": "my-collection",
    "cron_schedule": "0 0 * * *", "auth_fields": {"api_key": "sk_test_123"}, "credential_id": None,
    "sync_immediately": False,
}
WHOLE_SOURCE_CONNECTION_2025_10 = {
    "name": "My Stripe Account", "short_name": "stripe", "readable_collection_id": "my-collection",
    "description": "Payments", "config": {"anything": 1}, "sync_immediately": False,
    "schedule": {"cron": "0 0 * * *", "continuous": False, "cursor_field": None},
    "authentication": {"credentials": {"api_key": "sk_test_123"}}, "redirect_url": None,
}
WAYS_TO_SIGN_IN = (
    {"credentials": {"api_key": "sk_test_123"}},
    {"access_token": "t", "refresh_token": "r", "expires_at": "2026-02-01T00:00:00Z"},
    {"redirect_uri": "https://your.site", "client_id": "i", "client_secret": "s",
     "consumer_key": "k", "consumer_secret": "s"},
    {"provider_readable_id": "composio", "provider_config": {"anything": 1}},
)
WHOLE_TRANSFER = {
    **TRANSFER,
    "schedule": [{"run_interval": "weekly", "run_hour": 22, "refresh_window": 1, "run_weekday": 1,
                  "run_day": 1}],
    "segments": [{"data_source_username": "user.name@supermetrics.com", "login_id": 2682599,
                  "segment_id": "1", "segment_name": "All"}],
    "data_source_settings": [{"field_id": "report_type", "value": "x", "group": "g"}],
    "notification_recipients": ["user.name@supermetrics.com"],
    "transfer_type": 1,
}


class AdviceTest(EmulatorTest):
    """Each test has sessions of its own, named after it."""

    OPTIONS = ("--fixtures", FIXTURES, "--clock", START)

    def setUp(self):
        self._worlds = 0
        self.new_world()

    def new_world(self):
        self._worlds += 1
        name = self.id().rpartition(".")[2].replace("_", "-")
        self.session = f"{name[:50].strip('-')}-{self._worlds}"

    def send(self, method, path, headers, body=None, content_type=JSON_TYPE[1]):
        """The answer; `body` becomes JSON. With None as its type, none is sent."""
        types = [("Content-Type", content_type)] if body is not None and content_type else []
        text = "" if body is None else json.dumps(body)
        return request(self.emulator, method, f"/@{self.session}{path}", [*types, *headers], text)

    def verdict(self, check):
        verdicts = control(self.emulator, "GET", f"/sessions/{self.session}/verdicts")["verdicts"]
        return next(one for one in verdicts if one["check"] == check)

    def assert_passes(self, check, exercised):
        verdict = self.verdict(check)
        self.assertEqual((verdict["result"], verdict["exercised"], verdict["findings"]),
                         ("pass", exercised, []), verdict)

    def assert_fails(self, check, *findings):
        """Each finding is what its text has in it, and how many requests show it."""
        verdict = self.verdict(check)
        self.assertEqual(verdict["result"], "fail", verdict)
        self.assertEqual(len(verdict["findings"]), len(findings), verdict)
        known = {one["id"] for one in
                 control(self.emulator, "GET", f"/sessions/{self.session}/requests")["requests"]}
        for finding, (words, times) in zip(verdict["findings"], findings):
            for word in [words] if isinstance(words, str) else words:
                self.assertIn(word, finding["text"])
            self.assertEqual(len(finding["exchanges"]), times, finding)
            self.assertLessEqual(set(finding["exchanges"]), known)


class HeadersTest(AdviceTest):
    def test_who_sends_what_is_asked_for_passes(self):
        for edition, (headers, path, body, _) in CALLS.items():
            with self.subTest(edition=edition):
                self.new_world()
                for kind in ("application/json", "application/json; charset=utf-8",
                             "APPLICATION/JSON", "application/json;version=2"):
                    self.send("POST", path, headers, body, kind)
                self.assert_passes("headers-sent", 4)

    def test_without_a_body_no_type_is_asked_for(self):
        self.send("GET", "/v1/groups", FIVETRAN)
        self.send("GET", "/collections", AIRWEAVE)
        self.send("GET", TEAM + "/transfers", [BEARER])
        self.assert_passes("headers-sent", 3)

    def test_another_content_type_fails_with_the_document_that_asks(self):
        for edition, (headers, path, body, source) in CALLS.items():
            with self.subTest(edition=edition):
                self.new_world()
                self.send("POST", path, headers, body)
                for kind in ("text/plain", "application/jsonp"):
                    self.send("POST", path, headers, body, kind)
                wanted = "should be application/json (" + source
                self.assert_fails("headers-sent",
                                  (["Content-Type: application/jsonp,", wanted], 1),
                                  (["Content-Type: text/plain,", wanted], 1))

    def test_a_body_without_its_type_fails_once(self):
        for edition, (headers, path, body, _) in CALLS.items():
            with self.subTest(edition=edition):
                self.new_world()
                for _ in range(2):
                    self.send("POST", path, headers, body, None)
                self.assert_fails("headers-sent", ("2 requests with a body, but without Content-Type", 2))

    def test_fivetran_accepts_two_versions_of_json(self):
        good = ("application/json", "application/json;version=2", "application/json; version=2",
                "application/json, text/plain, */*", "text/plain;q=0.1, application/json;q=0.9")
        for accept in good:
            self.send("GET", "/v1/groups", [FIVETRAN[0], ("Accept", accept)])
        self.assert_passes("headers-sent", len(good))

    def test_any_other_accept_fails_at_fivetran_alone(self):
        source = "(Fivetran REST API, Getting started, API response codes (406))"
        wanted = "should be application/json or application/json;version=2 " + source
        for accept in ("*/*", "text/html", "application/json;version=3", "application/jsonp"):
            with self.subTest(accept=accept):
                self.new_world()
                self.send("GET", "/v1/groups", [FIVETRAN[0], ("Accept", accept)])
                self.assert_fails("headers-sent", (["Accept: " + accept, wanted], 1))
        self.new_world()
        self.send("GET", "/v1/groups", FIVETRAN[:1])
        self.assert_fails("headers-sent", (["without Accept", wanted], 1))
        self.new_world()
        self.send("GET", "/collections", [*AIRWEAVE, ("Accept", "text/html")])
        self.send("GET", TEAM + "/transfers", [BEARER])
        self.assert_passes("headers-sent", 2)


class DeprecatedTest(AdviceTest):
    def test_an_old_name_of_a_path_fails_and_the_new_one_is_named(self):
        for old, new in (
                ("/v1/connectors", "/v1/connections"),
                ("/v1/connectors/my_own", "/v1/connections/{connection_id}"),
                ("/v1/connectors/my_own/state", "/v1/connections/{connection_id}/state"),
                ("/v2/connectors/my_own", "/v1/connections/{connection_id}"),
                ("/v1/groups/g/connectors", "/v1/groups/{group_id}/connections"),
                ("/v1/users/u/connectors", "/v1/users/{user_id}/connections"),
                ("/v1/teams/t/connectors", "/v1/teams/{team_id}/connections")):
            with self.subTest(old=old):
                self.new_world()
                self.send("GET", old, FIVETRAN)
                self.send("GET", old + "?limit=1", FIVETRAN)
                named = old.replace("my_own", "{connection_id}").replace("/g/", "/{group_id}/")
                named = named.replace("/u/", "/{user_id}/").replace("/t/", "/{team_id}/")
                self.assert_fails("deprecated-used", (
                    f"GET {named}, now {new}, is deprecated; it was used 2 times", 2))

    def test_an_old_name_with_a_slash_at_its_end_is_old_all_the_same(self):
        self.send("GET", "/v1/connectors/", FIVETRAN)
        self.send("GET", "/v1/groups/g/connectors/", FIVETRAN)
        self.send("GET", "/v1/connections/", FIVETRAN)
        self.assert_fails("deprecated-used", ("now /v1/connections,", 1),
                          ("now /v1/groups/{group_id}/connections,", 1))

    def test_the_new_names_pass(self):
        for path in ("/v1/connections", "/v1/connections/my_own/state", "/v1/groups/g/connections",
                     "/v1/users/u/connections", "/v1/teams/t/connections"):
            self.send("GET", path, FIVETRAN)
        self.assert_passes("deprecated-used", 5)

    def test_what_the_vendors_call_deprecated_fails(self):
        certificate = {"hash": "h", "encoded_cert": "MIIDd"}
        for headers, method, path, body, operation in (
                (FIVETRAN, "POST", "/v1/certificates", certificate, "fivetran.approve_certificate"),
                (FIVETRAN, "POST", "/v1/connections/my_own/force", None,
                 "fivetran.force_sync_connection"),
                (AIRWEAVE_NEW, "GET", "/collections/my-collection/search?query=x", None,
                 "airweave.search_collection")):
            with self.subTest(operation=operation):
                self.new_world()
                self.send(method, path, headers, body)
                self.assert_fails("deprecated-used",
                                  (operation + " is deprecated; it was used 1 time", 1))

    def test_an_edition_of_before_the_deprecation_passes(self):
        self.send("GET", "/collections/my-collection/search?query=x", AIRWEAVE)
        self.send("POST", "/collections/my-collection/search", AIRWEAVE,
                  {"query": "x", "score_threshold": 0.5})
        self.assert_passes("deprecated-used", 2)

    def test_deprecated_fields_fail_by_their_place(self):
        for headers, method, path, body, place in (
                (FIVETRAN, "POST", "/v1/connections", WHOLE_CONNECTION,
                 "body.local_processing_agent_id of fivetran.create_connection"),
                (FIVETRAN, "PATCH", "/v1/connections/my_own", {"paused_after_trial": True},
                 "body.paused_after_trial of fivetran.modify_connection"),
                (AIRWEAVE_NEW, "POST", "/collections/my-collection/search",
                 {"query": "x", "score_threshold": 0.5},
                 "body.score_threshold of airweave.search_collection_advanced")):
            with self.subTest(place=place):
                self.new_world()
                self.send(method, path, headers, body)
                self.send(method, path, headers, {})
                self.assert_fails("deprecated-used",
                                  (place + " is deprecated; it was used 1 time", 1))

    def test_supermetrics_has_deprecated_nothing(self):
        self.send("GET", "/enterprise/v2/ds/logins", [BEARER])
        self.send("GET", "/v2/ds/logins", [BEARER])
        self.send("POST", TEAM + "/transfers", [BEARER], WHOLE_TRANSFER)
        self.assert_passes("deprecated-used", 3)


class UnknownFieldsTest(AdviceTest):
    def test_every_documented_field_is_known(self):
        ways = [WHOLE_SOURCE_CONNECTION_2025_10 | {"authentication": way}
                for way in WAYS_TO_SIGN_IN]
        for headers, path, body, status in (
                (FIVETRAN, "/v1/connections", WHOLE_CONNECTION, 201),
                (AIRWEAVE, "/source-connections", WHOLE_SOURCE_CONNECTION_2025_07, None),
                *[(AIRWEAVE_NEW, "/source-connections", way, None) for way in ways],
                ((BEARER,), TEAM + "/transfers", WHOLE_TRANSFER, 201)):
            with self.subTest(path=path, fields=sorted(body)):
                self.new_world()
                answer = self.send("POST", path, headers, body)
                if status:
                    self.assertEqual(answer.status, status, answer)
                self.assert_passes("unknown-fields", 1)

    def test_a_misspelt_one_fails_by_its_dotted_place(self):
        card = {"redirect_url": "https://your.site", "redirect_uri": "https://your.site"}
        schedule = [{"run_interval": "daily", "run_hours": 22}, {"run_hours": 23}]
        for headers, path, body, place in (
                (FIVETRAN, "/v1/connections", WHOLE_CONNECTION | {"connect_card_config": card},
                 "body.connect_card_config.redirect_url of fivetran.create_connection"),
                (FIVETRAN, "/v1/connections", {"group": "g", "service": "postgres"},
                 "body.group of fivetran.create_connection"),
                (AIRWEAVE, "/source-connections",
                 WHOLE_SOURCE_CONNECTION_2025_07 | {"auth_field": {}},
                 "body.auth_field of airweave.create_source_connection"),
                (AIRWEAVE_NEW, "/source-connections",
                 WHOLE_SOURCE_CONNECTION_2025_10 | {"schedule": {"crn": "0 0 * * *"}},
                 "body.schedule.crn of airweave.create_source_connection"),
                (AIRWEAVE_NEW, "/source-connections",
                 WHOLE_SOURCE_CONNECTION_2025_10 | {"authentication": {
                     "access_token": "t", "refresh": "r"}},
                 "body.authentication.refresh of airweave.create_source_connection"),
                ((BEARER,), TEAM + "/transfers", TRANSFER | {"schedule": schedule},
                 "body.schedule.*.run_hours of supermetrics.create_transfer")):
            with self.subTest(place=place):
                self.new_world()
                self.send("POST", path, headers, body)
                self.assert_fails("unknown-fields",
                                  (place + " is in no contract; it was sent 1 time", 1))

    def test_free_objects_take_anything(self):
        self.send("POST", "/v1/connections", FIVETRAN,
                  {"group_id": "g", "service": "postgres", "config": {"hots": {"deep": 1}},
                   "auth": {"any": 1}})
        self.send("POST", "/v1/connections/my_own/resync", FIVETRAN,
                  {"scope": {"sales": ["orders"]}})
        self.send("POST", "/source-connections", AIRWEAVE,
                  WHOLE_SOURCE_CONNECTION_2025_07 | {"config_fields": {"any": 1}})
        self.assert_passes("unknown-fields", 3)

    def test_query_parameters_are_held_against_the_contract_too(self):
        for headers, known, unknown, place in (
                (FIVETRAN, "/v1/connections?limit=1&cursor=e30&group_id=g&schema=s",
                 "/v1/connections?limt=1", "query.limt of fivetran.list_connections"),
                (AIRWEAVE, "/source-connections?collection=c&skip=0&limit=1",
                 "/source-connections?offset=1",
                 "query.offset of airweave.list_source_connections"),
                ((BEARER,), RUNS + "?start_date=2026-01-01&end_date=2026-01-02&limit=1&offset=0"
                 "&filter_issues_only=true&sort_field=data_date&sort_direction=ASC",
                 RUNS + "?startdate=2026-01-01",
                 "query.startdate of supermetrics.list_transfer_runs")):
            with self.subTest(place=place):
                self.new_world()
                self.send("GET", known, headers)
                self.assert_passes("unknown-fields", 1)
                self.send("GET", unknown, headers)
                self.assert_fails("unknown-fields", (place, 1))


class MadeUpVendorTest(unittest.TestCase):
    """The words in contracts of one's own."""

    def change(self, old, new):
        """A folder with Acme, changed."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        vendor = pathlib.Path(folder.name) / "acme"
        shutil.copytree(ACME, vendor)
        text = (vendor / "v1.yaml").read_text()
        self.assertIn(old, text)
        (vendor / "v1.yaml").write_text(text.replace(old, new, 1))
        return folder.name

    def assert_told(self, old, new, told):
        result = run_mockduit("operations", "--fixtures", self.change(old, new))
        self.assertNotEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stderr, r"acme/v1\.yaml:\d+:\d+: .*" + re.escape(told))

    def test_the_reader_tells_mistakes_with_their_places(self):
        asks = "asks_for: [{header: Content-Type, matches: ^application/json, with_body: true, "
        for old, new, told in (
                ("  asks_for:", "  ask_for:",
                 "'ask_for' is no key of the vendor block; did you mean 'asks_for'?"),
                ("with_body: true", "body: true", "'body' is no key of a header that is asked for"),
                ("matches: ^app", "match: ^app",
                 "'match' is no key of a header that is asked for; did you mean 'matches'?"),
                (', source: "Acme API, Bodies"}]', "}]",
                 "this header names no source and no inference"),
                ("^application/json", '"("', "is no regular expression")):
            with self.subTest(new=new):
                self.assert_told(old, new, told)

    def test_the_reader_tells_an_unknown_key_of_an_alias(self):
        self.assert_told("crate, deprecated: true}", "crate, depreciated: true}",
                         "'depreciated' is no key of")

    def test_the_reader_tells_a_variable_that_is_no_text(self):
        self.assert_told("{ACME_API_URL: /v1}", "{ACME_API_URL: [/v1]}", "")

    def test_a_deprecated_parameter_is_found_where_it_is_sent(self):
        color = "{name: color, in: query, "
        folder = self.change(color, color + "deprecated: true, ")
        result = run_mockduit(
            "exec", "--require", "deprecated-used", "--fixtures", folder, "--", "sh", "-c",
            'for query in "" "?limit=5" "?color=red"; do curl -s -H "Authorization: Bearer k" '
            '"$MOCKDUIT_ACME_URL/boxes$query"; done')
        self.assertEqual(result.returncode, 3, result)
        self.assertIn("query.color of acme.list_boxes is deprecated; it was used 1 time",
                      result.stderr)


class ClientVariablesTest(unittest.TestCase):
    def variables(self, fixtures):
        result = run_mockduit("exec", "--fixtures", fixtures, "--", "env")
        self.assertEqual(result.returncode, 0, result)
        return dict(line.split("=", 1) for line in result.stdout.splitlines() if "=" in line)

    def test_exec_sets_what_clients_of_the_vendors_read(self):
        variables = self.variables(FIXTURES)
        url = variables["MOCKDUIT_URL"]
        self.assertRegex(url, r"^http://127\.0\.0\.1:\d+$")
        for name, path in (("FIVETRAN_API_URL", "/v1"), ("FIVETRAN_BASE_URL", "/v1"),
                           ("AIRWEAVE_BASE_URL", ""), ("SUPERMETRICS_BASE_URL", "")):
            self.assertEqual(variables.get(name), url + path, name)

    def test_a_client_of_supermetrics_may_add_the_version_or_not(self):
        calls = "ds/logins teams/1/transfers teams/1/data-source-connections/x"
        result = run_mockduit("exec", "--", "sh", "-c", f"""
            for call in {calls}; do
              for base in "$SUPERMETRICS_BASE_URL" "$SUPERMETRICS_BASE_URL/v1" "$MOCKDUIT_SUPERMETRICS_URL"; do
                curl -s -o /dev/null -w '%{{http_code}}\n' -H 'Authorization: Bearer k' "$base/$call"
              done
            done""")
        self.assertEqual(result.stdout.split(), 6 * ["200"] + 3 * ["404"], result.stderr)
        self.assertIn("supermetrics.list_", result.stderr)

    def test_and_those_of_a_vendor_of_ones_own(self):
        variables = self.variables(ACME.parent)
        self.assertEqual(variables["ACME_API_URL"], variables["MOCKDUIT_URL"] + "/v1")


if __name__ == "__main__":
    unittest.main()
