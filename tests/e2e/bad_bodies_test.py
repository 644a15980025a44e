"""Bodies, paths and choices that are wrong: each vendor says so in its own words, and goes on."""

import json
import unittest

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, BASIC, FIVETRAN_BODY, FIVETRAN_PATH, JSON_TYPE,
                      SUPERMETRICS_BODY, SUPERMETRICS_PATH, EmulatorTest, request)

BEARER = ("Authorization", "Bearer my-token")
RAW_KEY = ("Authorization", "my-key")
API_KEY = ("X-API-Key", "my-key")
LOGIN = ("Authorization", BASIC)


def nested(levels):
    return '{"a":' * levels + "1" + "}" * levels


# What no vendor can read.
UNREADABLE = {
    "not JSON": "name=My+Stripe+Account",
    "JSON that is cut off": '{"data_source_id": "ADM"',
    "JSON with more behind it": "{} {}",
    "a comma too many": '{"a": 1,}',
    "single quotes": "{'a': 1}",
    "NaN": '{"a": NaN}',
    "blanks alone": " \r\n\t ",
    "deeper than 100 levels": nested(101),
    "very much deeper": "[" * 100_000,
    "invalid UTF-8": b'{"name": "abcd\xff\xfe"}',
    "a surrogate in UTF-8": b'{"name": "abcd\xed\xa0\x80"}',
    "half a surrogate pair": rb'{"name": "abcd\ud800"}',
    "UTF-16": "{}".encode("utf-16"),
    "a NUL byte": b'{"name": "ab\x00cd"}',
    "a NUL byte at the end": b"{}\x00",
}
# What Airweave says of those; of None, test_airweave_looks_for_no_json_where_there_is_no_text tells.
AIRWEAVE_READS = {"invalid UTF-8": None, "a surrogate in UTF-8": None, "UTF-16": "Field required"}
NO_OBJECT = {"a list": "[]", "a string": '"text"', "null": "null", "a number": "7", "true": "true"}
EMPTY = ""


class BadInputTest(EmulatorTest):
    def post(self, path, headers, body):
        sent = [JSON_TYPE, *headers] + ([] if body else [("Content-Length", "0")])
        answer = request(self.emulator, "POST", path, sent, body)
        self.assert_still_serves()
        return answer

    # Each of these is one vendor's form of an error; they give its words for the mistake.
    def supermetrics_error(self, answer, status, code):
        self.assertEqual((answer.status, answer.headers["Content-Type"]),
                         (status, "application/json"), answer)
        error = answer.json()["error"]
        self.assertEqual(list(answer.json()), ["meta", "error"])
        self.assertEqual((error["code"], list(error)), (code, ["code", "message", "description"]))
        return error["description"]

    def airweave_error(self, answer):
        self.assertEqual((answer.status, answer.headers["Content-Type"]),
                         (422, "application/json"), answer)
        self.assertEqual(list(answer.json()), ["errors"])
        return {place: words for error in answer.json()["errors"]
                for place, words in error.items()}

    def fivetran_error(self, answer):
        self.assertEqual((answer.status, answer.headers["Content-Type"]),
                         (400, "application/json"), answer)
        self.assertEqual(list(answer.json()), ["code", "message"])
        self.assertEqual(answer.json()["code"], "InvalidInput")
        return answer.json()["message"]

    def assert_told(self, body, bearer, airweave, fivetran):
        """Every vendor answers the body with a mistake, in these words."""
        answer = self.post(SUPERMETRICS_PATH, [BEARER], body)
        self.assertEqual(self.supermetrics_error(answer, 400, "BAD_REQUEST"), bearer)
        answer = self.post(SUPERMETRICS_PATH, [RAW_KEY], body)
        self.assertEqual(self.supermetrics_error(answer, 400, "INVALID_PARAMETER"),
                         "The request contains invalid or malformed parameters.")
        if airweave is None:
            return
        errors = self.airweave_error(self.post(AIRWEAVE_PATH, [API_KEY], body))
        self.assertEqual(set(errors.values()), {airweave})
        self.assertRegex(list(errors)[0], r"^body(\.\w+)?$")
        self.assertEqual(self.fivetran_error(self.post(FIVETRAN_PATH, [LOGIN], body)), fivetran)


class BodiesTest(BadInputTest):
    def test_what_cannot_be_read(self):
        for what, body in UNREADABLE.items():
            with self.subTest(what):
                self.assert_told(body, "The request body is not valid JSON",
                                 AIRWEAVE_READS.get(what, "JSON decode error"),
                                 "Request body is not valid JSON")

    def test_airweave_looks_for_no_json_where_there_is_no_text(self):
        for what in "invalid UTF-8", "a surrogate in UTF-8":
            with self.subTest(what):
                answer = self.post(AIRWEAVE_PATH, [API_KEY], UNREADABLE[what])
                self.assertEqual((answer.status, answer.json()),
                                 (400, {"detail": "There was an error parsing the body"}))

    def test_what_is_no_object(self):
        for what, body in NO_OBJECT.items():
            with self.subTest(what):
                self.assert_told(
                    body, "The request body must be a JSON object",
                    "Field required" if what == "null" else
                    "Input should be a valid dictionary or object to extract fields from",
                    "Request body must be a JSON object")

    def test_no_body_at_all(self):
        self.assert_told(EMPTY, "The request body must not be empty", "Field required",
                         "Request body is required")

    def test_airweave_tells_where_the_json_breaks(self):
        errors = self.airweave_error(self.post(AIRWEAVE_PATH, [API_KEY], '{"name": nothing}'))
        self.assertEqual(errors, {"body.10": "JSON decode error"})

    def test_100_levels_are_not_too_deep(self):
        body = SUPERMETRICS_BODY[:-1] + ', "more": ' + nested(99) + "}"
        self.assertEqual(self.post(SUPERMETRICS_PATH, [BEARER], body).status, 201)

    def test_a_body_of_2_mib_is_too_long_for_every_vendor(self):
        for path, header, body in ((SUPERMETRICS_PATH, BEARER, SUPERMETRICS_BODY),
                                   (AIRWEAVE_PATH, API_KEY, AIRWEAVE_BODY),
                                   (FIVETRAN_PATH, LOGIN, FIVETRAN_BODY)):
            with self.subTest(path=path):
                answer = self.post(path, [header], body.ljust(2 * 1024 * 1024))
                problem = self.assert_problem(answer, 413)
                self.assertEqual(problem["detail"],
                                 "The body has 2097152 bytes; at most 1048576 are taken.")
                self.assertEqual(answer.headers["Connection"], "close")

    def test_a_body_of_1_mib_is_not_too_long(self):
        body = SUPERMETRICS_BODY.ljust(1024 * 1024)
        self.assertEqual(self.post(SUPERMETRICS_PATH, [BEARER], body).status, 201)

    def test_of_a_repeated_key_the_last_value_counts(self):
        good, bad = '"data_source_id": "ADM"', '"data_source_id": "adobe analytics"'
        rest = '"destination_type": "DWH_SNOWFLAKE"'
        for first, last, status in ((bad, good, 201), (good, bad, 422)):
            answer = self.post(SUPERMETRICS_PATH, [BEARER], f"{{{first}, {last}, {rest}}}")
            self.assertEqual(answer.status, status, answer)

    def test_numbers_out_of_range(self):
        for number in ("9223372036854775808", "-9223372036854775809", "99999999999999999999999",
                       "1e308", "1e999", "-1"):
            with self.subTest(number=number):
                answer = self.post(SUPERMETRICS_PATH, [BEARER], f"""{{
                    "data_source_id": {number}, "destination_type": "DWH_SNOWFLAKE"}}""")
                self.assertEqual(self.supermetrics_error(answer, 422, "UNPROCESSABLE_ENTITY"),
                                 "The field 'data_source_id' must be a string")
                answer = self.post(AIRWEAVE_PATH, [API_KEY], f"""{{
                    "name": {number}, "short_name": "stripe"}}""")
                self.assertEqual(self.airweave_error(answer),
                                 {"body.name": "Input should be a valid string"})
                answer = self.post(FIVETRAN_PATH, [LOGIN], f"""{{
                    "group_id": "g", "service": "google_ads", "config": {{"schema": "s"}},
                    "sync_frequency": {number}}}""")
                self.assertEqual(self.fivetran_error(answer),
                                 "Invalid value of field 'sync_frequency'")

    def test_a_nul_that_is_written_as_an_escape_is_a_character_like_others(self):
        body = json.dumps({"data_source_id": "AD\0M", "destination_type": "DWH_SNOWFLAKE"})
        answer = self.post(SUPERMETRICS_PATH, [BEARER], body)
        self.assertEqual(self.supermetrics_error(answer, 422, "UNPROCESSABLE_ENTITY"),
                         "The field 'data_source_id' must match ^[A-Z0-9_]+$")
        answer = self.post(AIRWEAVE_PATH, [API_KEY], json.dumps({"name": "My\0 account",
                                                                 "short_name": "stripe"}))
        self.assertEqual(answer.json()["name"], "My\0 account")

    def test_a_wrong_content_type_matters_where_the_vendor_looks(self):
        for content_type in ("text/plain", "application/xml", "application/x-www-form-urlencoded",
                             "json", ";"):
            with self.subTest(content_type=content_type):
                headers = [("Content-Type", content_type), LOGIN]
                answer = request(self.emulator, "POST", FIVETRAN_PATH, headers, FIVETRAN_BODY)
                self.assertEqual((answer.status, answer.json()["code"]),
                                 (415, "UnsupportedMediaType"))
                answer = request(self.emulator, "POST", SUPERMETRICS_PATH,
                                 [("Content-Type", content_type), BEARER], SUPERMETRICS_BODY)
                self.assertEqual(answer.status, 201, answer)
                answer = request(self.emulator, "POST", AIRWEAVE_PATH,
                                 [("Content-Type", content_type), API_KEY], AIRWEAVE_BODY)
                self.assertEqual((answer.status, answer.json()), (422, {"errors": [
                    {"body": "Input should be a valid dictionary or object to extract fields from"}]}))

    def test_json_by_any_name_is_json(self):
        for content_type in ("application/json; charset=utf-8", "APPLICATION/JSON",
                             "application/merge-patch+json"):
            with self.subTest(content_type=content_type):
                headers = [("Content-Type", content_type), LOGIN]
                answer = request(self.emulator, "POST", FIVETRAN_PATH, headers, FIVETRAN_BODY)
                self.assertEqual(answer.status, 201, answer)


class PathsTest(BadInputTest):
    def create_for(self, team_id, header):
        return self.post(f"/v1/teams/{team_id}/data-source-connections", [header],
                         SUPERMETRICS_BODY)

    def test_a_team_id_that_is_none(self):
        for team_id, words in (
                ("0", "must be at least 1"), ("-1", "must be at least 1"),
                ("abc", "must be an integer"), ("1.5", "must be an integer"),
                ("9223372036854775808", "must be at most 9223372036854775807"), ("1e3", "must be an integer"),
                ("+1", "must be an integer"), ("%00", "must be an integer"),
                ("1%2F2", "must be an integer"), ("9" * 400, "must be at most 9223372036854775807")):
            with self.subTest(team_id=team_id):
                told = self.supermetrics_error(self.create_for(team_id, BEARER), 400, "BAD_REQUEST")
                self.assertEqual(told, f"The path parameter 'team_id' {words}")
                self.supermetrics_error(self.create_for(team_id, RAW_KEY), 400, "INVALID_PARAMETER")

    def test_the_largest_team_id(self):
        self.assertEqual(self.create_for("9223372036854775807", BEARER).status, 201)

    def test_a_path_that_no_vendor_has_is_told_with_the_nearest(self):
        for path, nearest in (("/v1/conections", "POST /v1/connections"),
                              ("/source-connection", "POST /source-connections"),
                              ("/v1/teams//data-source-connections",
                               "POST /v1/teams/{team_id}/data-source-connections"),
                              ("//", None), ("/../etc/passwd", None)):
            with self.subTest(path=path):
                problem = self.assert_problem(self.post(path, [BEARER], SUPERMETRICS_BODY), 404)
                self.assertEqual(problem["nearest"][:1], [nearest] if nearest else [])

    def test_a_path_of_a_vendor_that_it_does_not_have_gets_the_vendors_404(self):
        for path, body in (("/airweave/nothing", {"detail": "Not Found"}),
                           ("/fivetran/v1/nothing",
                            {"code": "NotFound", "message": "HTTP 404 Not Found"})):
            with self.subTest(path=path):
                answer = self.post(path, [], "{}")
                self.assertEqual((answer.status, answer.json()), (404, body))
        answer = self.post("/supermetrics/v1/nothing", [BEARER], "{}")
        self.assertEqual((answer.status, answer.json()["error"]),
                         (404, {"code": "NOT_FOUND",
                                "message": "The requested resource was not found."}))

    def test_a_wrong_method_is_told_in_the_vendors_form_with_the_right_one(self):
        for path, told, right in ((SUPERMETRICS_PATH, "METHOD_NOT_ALLOWED", "POST"),
                                  (AIRWEAVE_PATH, "Method Not Allowed", "GET"),
                                  (FIVETRAN_PATH, "MethodNotAllowed", "GET, POST")):
            for method in {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"} - set(right.split(", ")):
                with self.subTest(path=path, method=method):
                    answer = request(self.emulator, method, path)
                    self.assertEqual(answer.status, 405, answer)
                    self.assertEqual(answer.headers["Allow"], right)
                    self.assertEqual(answer.headers["Content-Type"], "application/json")
                    self.assertIn(told, answer.body.decode())
        head = request(self.emulator, "HEAD", FIVETRAN_PATH + "/any/sync")
        self.assertEqual((head.status, head.headers["Allow"], head.body), (405, "POST", b""))
        self.assert_still_serves()

    def test_a_missing_key_is_told_before_a_body_that_is_no_json(self):
        # Airweave's servers read the body first: airweave_reading_test.py.
        for path in (SUPERMETRICS_PATH, FIVETRAN_PATH):
            for body in ("{bad", "[]", "{}"):
                with self.subTest(path=path, body=body):
                    self.assertEqual(self.post(path, [], body).status, 401)

    def test_the_control_api_tells_its_own_mistakes(self):
        answer = request(self.emulator, "GET", "/__admin/helth")
        problem = self.assert_problem(answer, 404)
        self.assertEqual(problem["nearest"][0], "GET /__admin/health")
        answer = request(self.emulator, "PATCH", "/__admin/health")
        self.assert_problem(answer, 405)
        self.assertEqual(answer.headers["Allow"], "GET")
        for body in ("{", "[]", '{"scenari": "success"}', '{"seed": -1}', '{"seed": "x"}'):
            with self.subTest(body=body):
                answer = request(self.emulator, "PUT", "/__admin/sessions/x", [JSON_TYPE], body)
                self.assert_problem(answer, 400)
        answer = request(self.emulator, "PUT", "/__admin/sessions/x", [JSON_TYPE],
                         '{"scenario": "rate-limted"}')
        self.assertIn("did you mean 'rate-limited'?", self.assert_problem(answer, 400)["detail"])


class ChoicesTest(BadInputTest):
    def each_way(self, selector, headers):
        """The same choice by path, by headers and by credential."""
        yield "path", self.post(f"/{selector}{AIRWEAVE_PATH}", [API_KEY], AIRWEAVE_BODY)
        yield "headers", self.post(AIRWEAVE_PATH, [API_KEY, *headers], AIRWEAVE_BODY)
        yield "credential", self.post(AIRWEAVE_PATH, [("X-API-Key", f"my-key{selector}")],
                                      AIRWEAVE_BODY)

    def test_a_scenario_that_is_not_there_is_told_with_the_nearest(self):
        for way, answer in self.each_way("~rate-limted", [("X-Mockduit-Scenario", "rate-limted")]):
            with self.subTest(way=way):
                problem = self.assert_problem(answer, 400)
                self.assertEqual(problem["detail"], "there is no scenario 'rate-limted'; "
                                                    "did you mean 'rate-limited'?")
                self.assertEqual(problem["nearest"][0], "rate-limited")

    def test_a_malformed_session_name_is_told_with_the_nearest(self):
        for name, nearest in (("Checkout-7", "checkout-7"), ("-x", None), ("a" * 65, "a" * 64),
                              ("", "default")):
            for way, answer in self.each_way(f"@{name}", [("X-Mockduit-Session", name)]):
                with self.subTest(name=name, way=way):
                    if way == "credential":  # which may end so, and is then no selector
                        self.assertEqual(answer.status, 200, answer)
                        continue
                    problem = self.assert_problem(answer, 400)
                    self.assertIn(f"'{name}'", problem["detail"])
                    self.assertIn("is no session name", problem["detail"])
                    if nearest:
                        self.assertEqual(problem["nearest"][0], nearest)

    def test_a_preference_that_cannot_be_had(self):
        for preference, words in (
                ("code=418", "airweave.create_source_connection documents no 418"),
                ("code=teapot", "Prefer: code=teapot is no status code"),
                ("code=422, example=documentd",
                 "'documentd' is no example of unprocessable; did you mean 'documented'?")):
            with self.subTest(preference=preference):
                answer = self.post(AIRWEAVE_PATH, [API_KEY, ("Prefer", preference)], AIRWEAVE_BODY)
                self.assertEqual(self.assert_problem(answer, 400)["detail"], words)

    def test_a_preference_that_is_not_for_us_is_let_pass(self):
        answer = self.post(AIRWEAVE_PATH, [API_KEY, ("Prefer", "respond-async, wait=10")],
                           AIRWEAVE_BODY)
        self.assertEqual(answer.status, 200)


if __name__ == "__main__":
    unittest.main()
