"""Supermetrics' transfers: made, listed, changed, paused, validated and deleted."""

import unittest

from emulator import SUPERMETRICS_BODY, control
from supermetrics import (BAD_REQUEST, BEARER, BIGQUERY, CONFLICT, FORBIDDEN, NOT_FOUND, OTHER_TEAM, SNOWFLAKE,
                          TEAM, TRANSFER, UNPROCESSABLE, SupermetricsTest, without)

TRANSFERS = TEAM + "/transfers"
SEEDED = ["456789"]  # another team's, which the store holds from the beginning


class TransfersTest(SupermetricsTest):
    def test_a_team_begins_without_transfers(self):
        told = self.told(200, "GET", TRANSFERS)
        self.assertEqual(list(told), ["meta", "data"])
        self.assertEqual(told["data"], [])

    def test_create_tells_id_and_name_in_an_envelope(self):
        told = self.told(201, "POST", TRANSFERS, TRANSFER)
        self.assertEqual(list(told), ["meta", "data"])
        self.assertEqual(list(told["data"]), ["transfer_id", "transfer_name"])
        self.assertIsInstance(told["data"]["transfer_id"], int)
        self.assertEqual(told["data"]["transfer_name"], "AW enhanced 2022-11-17")

    def test_get_gives_the_bare_configuration(self):
        transfer = self.make_transfer(
            notification_recipients=["user1@supermetrics.com", "user2@supermetrics.com"],
            data_source_settings=[{"field_id": "BRAND_KEYWORDS", "value": "", "group": "Default"}])
        told = self.told(200, "GET", f"{TRANSFERS}/{transfer}")
        self.assertEqual(list(told), [
            "transfer_id", "display_name", "schema_id", "destination_id", "accounts", "segments",
            "license", "schedule", "data_source", "notification_recipients", "external_url"])
        self.assertEqual(told["transfer_id"], transfer)
        self.assertEqual(told["accounts"], TRANSFER["accounts"])
        self.assertEqual(told["schedule"], TRANSFER["schedule"])
        self.assertEqual(told["segments"], [])
        self.assertEqual(told["data_source"], {
            "data_source_id": "AW", "service_name": "Google Ads", "service_provider": "Google",
            "settings": [{"field_id": "BRAND_KEYWORDS", "value": "", "group": "Default"}]})
        self.assertEqual(told["notification_recipients"],
                         [{"email": "user1@supermetrics.com"}, {"email": "user2@supermetrics.com"}])

    def test_the_list_tells_each_in_short(self):
        transfer = self.make_transfer()
        self.assertEqual(self.told(200, "GET", TRANSFERS)["data"], [{
            "dwh_transfer_id": transfer, "display_name": "AW enhanced 2022-11-17",
            "external_transfer_id": f"ext-{transfer}", "status": "active", "state": "active",
            "schedule": "daily",
            "data_source": {"data_source_id": "AW", "service_name": "Google Ads",
                            "service_provider": "Google"},
            "destination": {"destination_id": BIGQUERY, "destination_name": "My BigQuery",
                            "destination_type": "SQL_BQ"},
            "accounts": ["8733197711"], "backfill": None}])

    def test_the_run_date_is_told_once_there_was_a_run(self):
        self.make_transfer()
        self.pass_time("13h")
        self.assertEqual(self.told(200, "GET", TRANSFERS)["data"][0]["run_date"], "2026-01-15")

    def test_an_unknown_source_is_taken_without_its_name(self):
        transfer = self.make_transfer(data_source_id="XYZ")
        self.assertEqual(self.told(200, "GET", f"{TRANSFERS}/{transfer}")["data_source"],
                         {"data_source_id": "XYZ", "settings": []})

    def test_put_takes_the_place_of_the_whole(self):
        transfer = self.make_transfer(notification_recipients=["user1@supermetrics.com"])
        told = self.told(200, "PUT", f"{TRANSFERS}/{transfer}",
                         TRANSFER | {"display_name": "AW enhanced updated", "accounts": []})
        self.assertEqual(told, {"transfer_id": transfer, "transfer_name": "AW enhanced updated"})
        now = self.told(200, "GET", f"{TRANSFERS}/{transfer}")
        self.assertEqual((now["display_name"], now["accounts"], now["notification_recipients"]),
                         ("AW enhanced updated", [], None))

    def test_put_leaves_a_paused_transfer_paused(self):
        transfer = self.make_transfer()
        self.told(200, "PUT", f"{TRANSFERS}/{transfer}/state", {"transfer_state": "pause"})
        self.told(200, "PUT", f"{TRANSFERS}/{transfer}", TRANSFER)
        self.assertEqual(self.told(200, "GET", TRANSFERS)["data"][0]["state"], "paused")

    def test_delete_answers_204_once(self):
        transfer = self.make_transfer()
        answer = self.ask("DELETE", f"{TRANSFERS}/{transfer}")
        self.assertEqual((answer.status, answer.body), (204, b""), answer)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        for method in ("DELETE", "GET"):
            self.assert_error(404, NOT_FOUND, self.ask(method, f"{TRANSFERS}/{transfer}"))
        self.assertEqual(self.told(200, "GET", TRANSFERS)["data"], [])

    def test_pause_and_unpause(self):
        transfer = self.make_transfer()
        for action, told, listed in (("pause", "PAUSED", "paused"), ("pause", "PAUSED", "paused"),
                                     ("unpause", "ACTIVE", "active")):
            with self.subTest(action=action):
                answer = self.told(200, "PUT", f"{TRANSFERS}/{transfer}/state",
                                   {"transfer_state": action})
                self.assertEqual(answer, {"result": True, "state": told})
                self.assertEqual(self.told(200, "GET", TRANSFERS)["data"][0]["state"], listed)

    def test_a_key_alone_in_authorization_is_taken_too(self):
        for credential in (("Authorization", "my-key"), BEARER):
            answer = self.ask("GET", TRANSFERS, headers=(credential,))
            self.assertEqual(answer.status, 200, answer)

    def test_the_older_edition_has_no_transfers(self):
        self.ask("GET", TRANSFERS)
        control(self.emulator, "PUT", f"/sessions/{self.session}",
                {"editions": {"supermetrics": "2026-06"}})
        answer = self.ask("GET", TRANSFERS)
        self.assert_error(404, ("NOT_FOUND", "Not Found"), answer,
                          "The requested resource was not found.")

    def test_a_credential_is_asked_for(self):
        for path in (TRANSFERS, f"{TRANSFERS}/1", f"{TRANSFERS}/available-sources"):
            answer = self.ask("GET", path, headers=())
            self.assert_error(401, ("UNAUTHORIZED", "Authentication is required."), answer)
            self.assertEqual(answer.headers["WWW-Authenticate"], "Bearer")

    def test_a_credential_without_the_scope_is_refused(self):
        answer = self.ask("GET", TRANSFERS, headers=(("Authorization", "Bearer forbidden-key"),))
        self.assert_error(403, ("FORBIDDEN", "You do not have access to this resource."), answer)


class ConnectionTest(SupermetricsTest):
    """The connection that a create made is the one that a transfer uses."""

    def connect(self, team=TEAM):
        return self.told(201, "POST", f"{team}/data-source-connections", SUPERMETRICS_BODY)["data"]

    def used_by(self, transfer):
        return self.resources("transfer")[str(transfer)]["connection_id"]

    def test_of_the_same_source_and_destination_type(self):
        made = self.connect()["connection_id"]
        transfer = self.make_transfer(data_source_id="ADM", destination_id=SNOWFLAKE)
        self.assertEqual(self.used_by(transfer), made)
        self.assertNotIn(made, self.ask("GET", f"{TRANSFERS}/{transfer}").body.decode())

    def test_the_newest_of_several(self):
        made = [self.connect()["connection_id"] for _ in range(3)]
        transfer = self.make_transfer(data_source_id="ADM", destination_id=SNOWFLAKE)
        self.assertEqual(self.used_by(transfer), made[-1])

    def test_none_of_another_source_destination_or_team(self):
        self.connect()
        self.connect(OTHER_TEAM)
        for changes in ({"data_source_id": "AW", "destination_id": SNOWFLAKE},
                        {"data_source_id": "ADM", "destination_id": BIGQUERY}):
            self.assertIsNone(self.used_by(self.make_transfer(**changes)))

    def test_put_looks_again(self):
        transfer = self.make_transfer()
        self.assertIsNone(self.used_by(transfer))
        made = self.connect()["connection_id"]
        self.told(200, "PUT", f"{TRANSFERS}/{transfer}",
                  TRANSFER | {"data_source_id": "ADM", "destination_id": SNOWFLAKE})
        self.assertEqual(self.used_by(transfer), made)

    def test_its_location_is_not_found(self):
        answer = self.ask("POST", f"{TEAM}/data-source-connections", SUPERMETRICS_BODY)
        place = "/v1/" + answer.headers["Location"].split("/v1/", 1)[1]
        self.assertTrue(place.endswith(answer.json()["data"]["connection_id"]))
        self.assert_error(404, NOT_FOUND, self.ask("GET", place))
        self.assertEqual(self.ask("DELETE", place).status, 405)

    def test_its_location_is_what_a_scenario_says(self):
        self.scenario = self.define_whole("location-shown", rules=[{
            "match": {"operation": "supermetrics.get_data_source_connection"},
            "play": [{"status": 200, "body": {"id": "{{request.path.connection_id}}"}}]}])
        answer = self.ask("POST", f"{TEAM}/data-source-connections", SUPERMETRICS_BODY)
        made = answer.json()["data"]["connection_id"]
        place = "/v1/" + answer.headers["Location"].split("/v1/", 1)[1]
        self.assertEqual(self.told(200, "GET", place), {"id": made})


class BadTransferTest(SupermetricsTest):
    def test_each_team_sees_its_own_only(self):
        transfer = self.make_transfer()
        self.assertEqual(self.told(200, "GET", OTHER_TEAM + "/transfers")["data"], [])
        theirs = f"{OTHER_TEAM}/transfers/{transfer}"
        for method, path, body in (
                ("GET", theirs, None), ("DELETE", theirs, None),
                ("PUT", theirs + "/state", {"transfer_state": "pause"}),
                ("GET", theirs + "/runs?start_date=2026-01-01&end_date=2026-01-31", None)):
            with self.subTest(method=method, path=path):
                self.assert_error(404, NOT_FOUND, self.ask(method, path, body))
        self.told(200, "GET", f"{TRANSFERS}/{transfer}")

    def test_ids_of_another_session_are_not_found(self):
        transfer = self.make_transfer()
        self.session += "-other"
        self.assert_error(404, NOT_FOUND, self.ask("GET", f"{TRANSFERS}/{transfer}"))

    def test_unknown_ids(self):
        for method, path, body in (("GET", "/1", None), ("DELETE", "/1", None),
                                   ("PUT", "/1", TRANSFER),
                                   ("PUT", "/1/state", {"transfer_state": "pause"}),
                                   ("POST", "/1/validations", TRANSFER)):
            with self.subTest(method=method, path=path):
                self.assert_error(404, NOT_FOUND, self.ask(method, TRANSFERS + path, body))

    def test_ids_that_are_no_positive_numbers(self):
        for path, words, status, other in (
                (TRANSFERS + "/abc", "The path parameter 'transfer_id' must be an integer", 404, NOT_FOUND),
                (TRANSFERS + "/0", "The path parameter 'transfer_id' must be at least 1", 404, NOT_FOUND),
                ("/v1/teams/mine/transfers", "The path parameter 'team_id' must be an integer", 403,
                 FORBIDDEN)):
            with self.subTest(path=path):
                method = "POST" if path.endswith("transfers") else "PUT"
                self.assert_error(400, BAD_REQUEST, self.ask(method, path, TRANSFER), words)
                self.assert_error(status, other, self.ask("GET", path))  # no 400 is documented

    def test_rules_of_the_request(self):
        weekly = {"run_interval": "weekly", "run_hour": 22}
        for body, words in (
                (without(TRANSFER, "data_source_id"), "The field 'data_source_id' is required"),
                (TRANSFER | {"display_name": ""}, "The field 'display_name' must not be empty."),
                (TRANSFER | {"display_name": "x" * 256},
                 "The field 'display_name' must have at most 255 characters"),
                (TRANSFER | {"schema_id": "tg_99999"},
                 "The field 'schema_id' must be an integer"),
                (TRANSFER | {"schedule": [{"run_interval": "yearly"}]},
                 "The field 'schedule.0.run_interval' must be one of "
                 '["hourly","daily","weekly","monthly"]'),
                (TRANSFER | {"schedule": [weekly]},
                 "The field 'schedule.0.run_weekday' is required"),
                (TRANSFER | {"schedule": [{"run_hour": 24}]},
                 "The field 'schedule.0.run_hour' must be at most 23"),
                (TRANSFER | {"notification_recipients": ["nobody"]},
                 "The field 'notification_recipients.0' must be a valid email"),
                (TRANSFER | {"connection_id": "x"}, "The field 'connection_id' is not known")):
            with self.subTest(words=words):
                self.assert_error(422, UNPROCESSABLE, self.ask("POST", TRANSFERS, body), words)
        self.assertEqual(list(self.resources("transfer")), SEEDED)

    def test_what_is_no_json(self):
        for body, words in (("{", "The request body is not valid JSON"),
                            ("[]", "The request body must be a JSON object"),
                            ("", "The request body must not be empty")):
            with self.subTest(body=body):
                self.assert_error(400, BAD_REQUEST, self.ask("POST", TRANSFERS, body), words)

    def test_an_unknown_destination(self):
        words = "The field 'destination_id' is invalid"
        answer = self.ask("POST", TRANSFERS, TRANSFER | {"destination_id": 7})
        self.assert_error(422, UNPROCESSABLE, answer, words)
        answer = self.ask("POST", OTHER_TEAM + "/transfers", TRANSFER)  # it is another team's
        self.assert_error(422, UNPROCESSABLE, answer, words)
        transfer = self.make_transfer()
        answer = self.ask("PUT", f"{TRANSFERS}/{transfer}", TRANSFER | {"destination_id": 7})
        self.assert_error(422, UNPROCESSABLE, answer, words)

    def test_the_same_transfer_again_is_a_conflict(self):
        made = self.make_transfer()
        self.assert_error(409, CONFLICT, self.ask("POST", TRANSFERS, TRANSFER))
        another = self.make_transfer(display_name="Another")
        self.assertCountEqual(self.resources("transfer"), [*SEEDED, str(made), str(another)])

    def test_a_state_that_there_is_not(self):
        transfer = self.make_transfer()
        for body, words in (
                ({"transfer_state": "stop"},
                 """The field 'transfer_state' must be one of ["pause","unpause"]"""),
                ({}, "The field 'transfer_state' is required"),
                ({"transfer_state": "pause", "now": True}, "The field 'now' is not known")):
            with self.subTest(body=body):
                answer = self.ask("PUT", f"{TRANSFERS}/{transfer}/state", body)
                self.assert_error(400, BAD_REQUEST, answer, words)


class ValidationsTest(SupermetricsTest):
    def test_a_sound_configuration_has_no_errors(self):
        transfer = self.make_transfer()
        for path in ("/validations", f"/{transfer}/validations"):
            told = self.told(200, "POST", TRANSFERS + path, TRANSFER)
            self.assertEqual(told, {"is_valid": True, "errors": []})
        self.assertCountEqual(self.resources("transfer"), [*SEEDED, str(transfer)])

    def test_every_mistake_is_told_with_200(self):
        transfer = self.make_transfer()
        body = without(TRANSFER, "schema_id") | {
            "display_name": "", "schedule": [{"run_interval": "yearly", "run_hour": 24}],
            "notification_recipients": ["nobody"], "unknown": 1}
        for path in ("/validations", f"/{transfer}/validations"):
            with self.subTest(path=path):
                told = self.told(200, "POST", TRANSFERS + path, body)
                self.assertEqual(list(told), ["is_valid", "errors"])
                self.assertIs(told["is_valid"], False)
                self.assertEqual(
                    {error["field_id"]: error["error_code"] for error in told["errors"]},
                    {"schema_id": "isEmpty", "display_name": "isEmpty",
                     "schedule.0.run_interval": "notInArray", "schedule.0.run_hour": "notBetween",
                     "notification_recipients.0": "emailAddressInvalidFormat",
                     "unknown": "notAllowed"})

    def test_an_empty_configuration_lacks_all_that_is_required(self):
        told = self.told(200, "POST", TRANSFERS + "/validations", {})
        self.assertEqual(told["errors"], [
            {"field_id": field, "error_code": "isEmpty"}
            for field in ("data_source_id", "schema_id", "destination_id", "display_name",
                          "schedule", "accounts")])

    def test_an_unknown_destination_is_a_mistake(self):
        told = self.told(200, "POST", TRANSFERS + "/validations", TRANSFER | {"destination_id": 7})
        self.assertEqual(told, {"is_valid": False, "errors": [
            {"field_id": "destination_id", "error_code": "notInArray"}]})

    def test_what_is_no_json_is_refused(self):
        answer = self.ask("POST", TRANSFERS + "/validations", "{")
        self.assert_error(400, BAD_REQUEST, answer, "The request body is not valid JSON")


class SourcesTest(SupermetricsTest):
    def test_available_sources(self):
        told = self.told(200, "GET", TRANSFERS + "/available-sources")
        self.assertEqual(list(told), ["data_sources", "destinations", "destination_types"])
        self.assertEqual([source["data_source_id"] for source in told["data_sources"]],
                         ["AW", "ADM", "FA", "GAWA"])
        self.assertEqual(told["destinations"][0], {
            "destination_id": BIGQUERY, "destination_name": "My BigQuery",
            "destination_type": "SQL_BQ", "destination_label": "BigQuery",
            "destination_icon_url": "https://supermetrics.com/icons/bigquery.svg",
            "is_internal": False, "details": []})
        types = {one["type"]: one for one in told["destination_types"]}
        self.assertEqual(list(types), ["SQL_BQ", "DWH_BIGQUERY", "DWH_SNOWFLAKE", "DWH_REDSHIFT"])
        self.assertEqual([one["id"] for one in types["SQL_BQ"]["auth_methods"]],
                         ["AUTH_METHOD_AUTH_KEY"])
        theirs = self.told(200, "GET", OTHER_TEAM + "/transfers/available-sources")
        self.assertEqual(theirs["destinations"], [])

    def test_available_options(self):
        told = self.told(200, "GET", TRANSFERS + "/available-options?source_id=AW&destination_id=8")
        self.assertEqual(list(told), ["data_source", "schedule_options", "schemas", "logins",
                                      "accounts", "segments", "license"])
        self.assertEqual(told["data_source"]["service_name"], "Google Ads")
        self.assertEqual([login["login_id"] for login in told["logins"]], [2682599])
        self.assertEqual([account["account_id"] for account in told["accounts"]],
                         ["8733197711", "8733197712"])

    def test_a_revoked_login_is_no_option(self):
        self.told(200, "DELETE", "/v2/ds/login/2682599")
        told = self.told(200, "GET", TRANSFERS + "/available-options?source_id=AW&destination_id=8")
        self.assertEqual(told["logins"], [])

    def test_options_ask_for_source_and_destination(self):
        for query, words in (
                ("", "The field 'source_id' is required; The field 'destination_id' is required"),
                ("?source_id=AW", "The field 'destination_id' is required"),
                ("?source_id=AW&destination_id=x", "The field 'destination_id' must be an integer"),
                (f"?destination_id=8&source_id={'A' * 51}",
                 "The field 'source_id' must have at most 50 characters")):
            with self.subTest(query=query):
                answer = self.ask("GET", TRANSFERS + "/available-options" + query)
                self.assert_error(400, BAD_REQUEST, answer, words)

    def test_options_for_an_unknown_destination(self):
        answer = self.ask("GET", TRANSFERS + "/available-options?source_id=AW&destination_id=7")
        self.assert_error(404, NOT_FOUND, answer)


if __name__ == "__main__":
    unittest.main()
