"""Every documented outcome, through every way of choosing it, to the letter.

A create that is sound meets, because it asks for it, what the documents show: the same status, the
same code and message, the same order of keys, the same headers.
"""

import json
import re
import unittest

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, FIVETRAN_BODY, FIVETRAN_PATH, JSON_TYPE,
                      SUPERMETRICS_BODY, SUPERMETRICS_PATH, EmulatorTest, basic, request)

TOKEN32 = "[A-Za-z0-9_-]{32}"
UUID7 = "[0-9A-F]{8}-[0-9A-F]{4}-7[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}"
ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}
LIMITS = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "4999"}
OLD_LIMITS = {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "49"}
HOURLY = {"X-Rate-Limit": "20000", "X-Rate-Limit-Remaining": "19999"}


def bearer_error(code, message):
    return {"meta": {"request_id": TOKEN32}, "error": {"code": code, "message": message}}


def raw_key_error(code, message, description):
    return {"meta": {"request_id": UUID7},
            "error": {"code": code, "message": message, "description": description}}


def fivetran_error(code, message):
    return {"code": code, "message": message}


# scenario: (status, body, headers). A value of a body that is a pattern above matches what fits it.
SUPERMETRICS_BEARER = {
    "bad-request": (400, bearer_error("BAD_REQUEST", "The request was invalid."),
                    {**ANY_ORIGIN, **LIMITS}),
    "unauthorized": (401, bearer_error("UNAUTHORIZED", "Authentication is required."),
                     {**ANY_ORIGIN, **LIMITS, "WWW-Authenticate": "Bearer"}),
    "forbidden": (403, bearer_error("FORBIDDEN", "You do not have access to this resource."),
                  {**ANY_ORIGIN, **LIMITS}),
    "unprocessable": (422, bearer_error("UNPROCESSABLE_ENTITY",
                                        "Validation failed for the request parameters."),
                      {**ANY_ORIGIN, **LIMITS}),
    "rate-limited": (429, bearer_error("TOO_MANY_REQUESTS", "Rate limit exceeded. Retry later."),
                     {**ANY_ORIGIN, "X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0",
                      "Retry-After": "3600"}),
    "server-error": (500, bearer_error("INTERNAL_SERVER_ERROR", "An unexpected error occurred."),
                     ANY_ORIGIN),
    "success": (201, {"meta": {"request_id": UUID7},
                      "data": {"connection_id": UUID7, "login_url": None, "connect_url": None}},
                ANY_ORIGIN),
}
SUPERMETRICS_RAW_KEY = {
    "bad-request": (400, raw_key_error("INVALID_PARAMETER", "Invalid Parameter",
                                       "The request contains invalid or malformed parameters."),
                    ANY_ORIGIN),
    "unauthorized": (401, raw_key_error("API_KEY_INVALID", "Invalid API key",
                                        "Provided API key was invalid."), ANY_ORIGIN),
    "forbidden": (403, raw_key_error("ACCESS_DENIED", "Access Denied",
                                     "You do not have permission to perform this operation."),
                  ANY_ORIGIN),
    # The document shows no body for this one, only its headers.
    "unprocessable": (422, raw_key_error("UNPROCESSABLE_ENTITY", "Unprocessable Entity",
                                         "Request validation failed."),
                      {**ANY_ORIGIN, **OLD_LIMITS}),
    "rate-limited": (429, raw_key_error("API_ROW_QUOTA_EXCEEDED", "Row quota exceeded",
                                        "You have exceeded your row-quota limit of rows for this "
                                        "month. Please log into Supermetrics Hub at "
                                        "https://hub.supermetrics.com/ and upgrade your plan, or "
                                        "contact our Supermetrics support team."),
                     {**ANY_ORIGIN, "Retry-After": "60"}),
    "server-error": (500, raw_key_error("INTERNAL_SERVER_ERROR", "Internal Server Error",
                                        "An unexpected error occurred. Please try again later or "
                                        "contact support."), ANY_ORIGIN),
    "success": SUPERMETRICS_BEARER["success"],
}
AIRWEAVE = {
    "bad-request": (400, {"detail": "Either auth_fields or credential_id must be provided to "
                                    "create a source connection"}, {}),
    "unauthorized": (401, {"detail": "No valid authentication provided"}, {}),
    "forbidden": (403, {"detail": "Invalid or expired API key"}, {}),
    "unprocessable": (422, {"errors": [{"body.name": "String should have at least 4 characters"}]},
                      {}),
    "rate-limited": (429, {"detail": "Rate limit exceeded. Please retry after 12.34 seconds. "
                                     "Limit: 10 requests per second."},
                     {"Retry-After": "13", "RateLimit-Limit": "10", "RateLimit-Remaining": "0"}),
    "server-error": (500, {"detail": "Internal Server Error: ValueError: boom"}, {}),
}
FIVETRAN = {
    "bad-request": (400, fivetran_error("InvalidInput", "Field 'group_id' is required"), HOURLY),
    "unauthorized": (401, fivetran_error("Unauthorized", "Invalid authorization credentials"), {}),
    "forbidden": (403, fivetran_error("Forbidden",
                                      "Access denied. Required permission: ACCOUNT_READ"), HOURLY),
    "unprocessable": (422, fivetran_error("UnprocessableEntity", "HTTP 422 Unprocessable Entity"),
                      HOURLY),
    "rate-limited": (429, fivetran_error("TooManyRequests",
                                         "No more than 100 connectors can be created hourly"),
                     {"X-Rate-Limit": "20000", "X-Rate-Limit-Remaining": "0",
                      "Retry-After": "3600"}),
    "server-error": (500, fivetran_error("InternalServerError", "HTTP 500 Internal Server Error"),
                     HOURLY),
}


# name: (path, body, the credential's header, how a key is written there, outcomes)
CALLS = {
    "supermetrics with a Bearer token": (SUPERMETRICS_PATH, SUPERMETRICS_BODY, "Authorization",
                                         "Bearer {}".format, SUPERMETRICS_BEARER),
    "supermetrics with a raw key": (SUPERMETRICS_PATH, SUPERMETRICS_BODY, "Authorization", str,
                                    SUPERMETRICS_RAW_KEY),
    "airweave": (AIRWEAVE_PATH, AIRWEAVE_BODY, "X-API-Key", str, AIRWEAVE),
    "fivetran": (FIVETRAN_PATH, FIVETRAN_BODY, "Authorization", basic, FIVETRAN),
}


class OutcomesTest(EmulatorTest):
    def assert_each_outcome(self, chosen_by, session="default"):
        """`chosen_by(scenario, status)` gives the path's prefix, more headers, the key's end."""
        for call, (path, body, name, credential, outcomes) in CALLS.items():
            for scenario, wanted in outcomes.items():
                with self.subTest(call=call, scenario=scenario):
                    prefix, headers, end = chosen_by(scenario, wanted[0])
                    answer = request(self.emulator, "POST", prefix + path,
                                     [JSON_TYPE, (name, credential("my-key" + end)), *headers],
                                     body)
                    self.assert_answers(answer, wanted, session)

    def assert_answers(self, answer, wanted, session="default"):
        status, body, headers = wanted
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.headers["Content-Type"], "application/json")
        text = answer.body.decode()
        for pattern in (TOKEN32, UUID7):
            text = re.sub(f'_id":"{pattern}"', lambda _: f'_id":"{pattern}"', text)
        self.assertEqual(text, json.dumps(body, separators=(",", ":")))
        self.assertLessEqual(headers.items(), dict(answer.headers).items(), answer)
        self.assertEqual(answer.headers["X-Mockduit-Session"], session)
        self.assertTrue(answer.headers["X-Mockduit-Source"])

    def test_by_path(self):
        self.assert_each_outcome(lambda scenario, _: (f"/~{scenario}@by-path", [], ""), "by-path")

    def test_by_headers(self):
        self.assert_each_outcome(
            lambda scenario, _: ("", [("X-Mockduit-Scenario", scenario),
                                      ("X-Mockduit-Session", "by-headers")], ""), "by-headers")

    def test_by_credential(self):
        self.assert_each_outcome(lambda scenario, _: ("", [], f"~{scenario}@by-credential"),
                                 "by-credential")

    def test_by_prefer(self):
        self.assert_each_outcome(lambda _, status: ("", [("Prefer", f"code={status}")], ""))

    def test_a_path_may_name_the_vendor_behind_the_scenario(self):
        for vendor, path, body, headers in (
                ("supermetrics", SUPERMETRICS_PATH, SUPERMETRICS_BODY,
                 [("Authorization", "Bearer my-token")]),
                ("airweave", AIRWEAVE_PATH, AIRWEAVE_BODY, [("X-API-Key", "my-key")]),
                ("fivetran", FIVETRAN_PATH, FIVETRAN_BODY, [("Authorization", basic("my-key"))])):
            with self.subTest(vendor=vendor):
                answer = request(self.emulator, "POST", f"/~rate-limited@x/{vendor}{path}",
                                 [JSON_TYPE, *headers], body)
                self.assertEqual(answer.status, 429, answer)

    def test_by_prefer_an_example_of_the_outcome(self):
        answer = request(self.emulator, "POST", AIRWEAVE_PATH,
                         [JSON_TYPE, ("X-API-Key", "my-key"),
                          ("Prefer", "code=422, example=documented")], AIRWEAVE_BODY)
        self.assert_answers(answer, (422, {"detail": [
            {"loc": ["body", "name"], "msg": "String should have at least 4 characters",
             "type": "string_too_short"}]}, {}))

    def test_the_path_comes_before_headers_and_headers_before_the_credential(self):
        headers = [JSON_TYPE, ("X-API-Key", "my-key~server-error@third"),
                   ("X-Mockduit-Scenario", "forbidden"), ("X-Mockduit-Session", "second")]
        by_path = request(self.emulator, "POST", "/~rate-limited@first" + AIRWEAVE_PATH, headers,
                          AIRWEAVE_BODY)
        self.assertEqual((by_path.status, by_path.headers["X-Mockduit-Session"]), (429, "first"))
        by_headers = request(self.emulator, "POST", AIRWEAVE_PATH, headers, AIRWEAVE_BODY)
        self.assertEqual((by_headers.status, by_headers.headers["X-Mockduit-Session"]),
                         (403, "second"))

    def test_throttled_twice_tells_one_second_in_every_vendors_words(self):
        for call, (path, body, name, credential, _) in CALLS.items():
            with self.subTest(call=call):
                session = call.replace(" ", "-").lower()
                answers = [request(self.emulator, "POST", f"/~throttled-twice@{session}{path}",
                                   [JSON_TYPE, (name, credential("my-key"))], body)
                           for _ in range(4)]
                self.assertEqual([answer.status // 100 for answer in answers], [4, 4, 2, 2])
                self.assertEqual([answer.headers["Retry-After"] for answer in answers],
                                 ["1", "1", None, None])


if __name__ == "__main__":
    unittest.main()
