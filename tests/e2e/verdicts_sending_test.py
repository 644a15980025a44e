"""What a client sends: headers, secrets, fields that nobody knows, and what is deprecated."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, BASIC, FIVETRAN_BODY, FIVETRAN_PATH, PATIENCE,
                      Emulator, clean_environment)
from verdicts import Client, VerdictsTest
from worlds import START

CREATE = f"POST {AIRWEAVE_PATH}"
AIRWEAVE_BODY_JSON = json.loads(AIRWEAVE_BODY)

# A made-up vendor that asks for a version, and has deprecated one of everything.
SHOP = """
openapi: 3.1.0
info: {title: Shop API, version: v1}
x-mockduit:
  vendor: shop
  edition: v1
  base_path: /v1
  default: true
  credentials: [{scheme: bearer}]
  conditions: {no_credential: unauthorized, malformed_body: bad_request, invalid: bad_request}
  wording: {messages: {required: missing, default: wrong, json: no JSON, object: none, empty: none}}
  aliases:
    - {from: /v1/things, to: /v1/items, deprecated: true}
    - {from: /v1/goods, to: /v1/items}
  asks_for:
    - {header: Accept, matches: "^application/json;version=2$", written: application/json;version=2,
       source: "Shop API, Versions"}
    - {header: Content-Type, matches: "^application/json(;|$)", written: application/json,
       with_body: true, source: "Shop API, Bodies"}
paths:
  /v1/items:
    get:
      operationId: list_items
      summary: Every item
      parameters:
        - {name: color, in: query}
        - {name: colour, in: query, deprecated: true}
      x-mockduit: {effect: {list: item}}
      responses: {"200": {$ref: "#/components/responses/Good"}}
    post:
      operationId: make_item
      summary: A new item
      requestBody:
        content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}
      x-mockduit: {effect: {create: item, id: id, resource: {id: "{{uuid4}}"}}}
      responses:
        "200": {$ref: "#/components/responses/Good"}
        "400": {$ref: "#/components/responses/Bad"}
        "401": {$ref: "#/components/responses/Bad401"}
  /v1/report:
    get:
      operationId: old_report
      summary: The older report
      deprecated: true
      x-mockduit: {effect: {list: item}}
      responses: {"200": {$ref: "#/components/responses/Good"}}
components:
  schemas:
    Item:
      type: object
      properties:
        name: {type: string}
        title: {type: string, deprecated: true}
        size:
          type: object
          properties: {width: {type: number}, w: {type: number, deprecated: true}}
        parts: {type: array, items: {type: object, properties: {name: {type: string}}}}
        more: {type: object}
  responses:
    Good:
      description: Well.
      x-mockduit: {outcome: success, source: "Shop API"}
      content: {application/json: {examples: {success: {value: {}}}}}
    Bad:
      description: Not well.
      x-mockduit: {outcome: bad_request, source: "Shop API"}
      content: {application/json: {examples: {bad_request: {value: {}}}}}
    Bad401:
      description: Who?
      x-mockduit: {outcome: unauthorized, status: 401, source: "Shop API"}
      content: {application/json: {examples: {unauthorized: {value: {}}}}}
"""


class ShopTest(VerdictsTest):
    """On the server of that vendor."""

    ASKED = {"Accept": "application/json;version=2"}

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        vendor = pathlib.Path(folder.name) / "shop"
        vendor.mkdir()
        (vendor / "v1.yaml").write_text(SHOP)
        cls.emulator = Emulator("--clock", START, "--fixtures", folder.name)
        cls.addClassCleanup(cls.emulator.end)

    def setUp(self):
        super().setUp()
        self.client = Client(self, key={"Authorization": "Bearer my-token"})

    def call(self, method, path, body=None, **headers):
        sent = {**self.ASKED, **{name.replace("_", "-"): value for name, value in headers.items()}}
        status = self.client.call(method, f"/shop/v1{path}", body, sent)
        self.assertEqual(status, 200)


class HeadersTest(ShopTest):
    CHECK = "headers-sent"

    def test_what_is_asked_for_passes(self):
        self.call("GET", "/items")
        self.call("POST", "/items", {"name": "Box"})
        self.call("POST", "/items", {"name": "Box"}, Content_Type="application/json; charset=utf-8")
        self.assert_passes(self.CHECK, times=3)

    def test_a_header_that_is_missing_fails_with_the_source(self):
        self.call("GET", "/items", Accept=None)
        self.call("POST", "/items", {"name": "Box"}, Accept=None)
        self.assert_fails(self.CHECK, ("2 requests without Accept, which should be "
                                       "application/json;version=2 (Shop API, Versions), such as "
                                       "GET /v1/items", [1, 2]))

    def test_a_header_that_says_something_else_fails(self):
        self.call("GET", "/items", Accept="application/json")
        self.assert_fails(self.CHECK, ("1 request with Accept: application/json, which should be "
                                       "application/json;version=2 (Shop API, Versions), such as "
                                       "GET /v1/items", [1]))

    def test_each_fault_is_told_once_with_all_its_requests(self):
        self.call("GET", "/items", Accept="text/html")
        self.call("GET", "/items")
        self.call("GET", "/items", Accept="text/html")
        self.call("POST", "/items", {"name": "Box"}, Content_Type=None)
        verdict = self.assert_result("fail", self.CHECK)
        self.assertEqual([one["exchanges"] for one in verdict["findings"]], [[1, 3], [4]])
        self.assertIn("with a body, but without Content-Type", verdict["findings"][1]["text"])

    def test_what_bodies_need_is_not_asked_of_others(self):
        self.call("GET", "/items", Content_Type="text/plain")
        self.assert_passes(self.CHECK, times=1)


class DeprecatedTest(ShopTest):
    CHECK = "deprecated-used"

    def test_what_is_in_force_passes(self):
        self.call("GET", "/items?color=red")
        self.call("GET", "/goods")  # another name, that nobody took back
        self.call("POST", "/items", {"name": "Box", "size": {"width": 1}})
        self.assert_passes(self.CHECK, times=3)

    def test_each_deprecated_thing_fails(self):
        for method, path, body, what in (
                ("GET", "/report", None, "shop.old_report"),
                ("GET", "/things", None, "GET /v1/things, now /v1/items,"),
                ("GET", "/items?colour=red", None, "query.colour of shop.list_items"),
                ("POST", "/items", {"title": "Box"}, "body.title of shop.make_item"),
                ("POST", "/items", {"size": {"w": 1}}, "body.size.w of shop.make_item")):
            with self.subTest(what=what):
                self.setUp()
                for _ in range(2):
                    self.call(method, path, body)
                self.assert_fails(self.CHECK, (f"{what} is deprecated; it was used 2 times",
                                               [1, 2]))

    def test_it_is_known_all_the_same(self):
        self.call("POST", "/items", {"title": "Box", "size": {"w": 1}})
        self.call("GET", "/items?colour=red")
        self.assert_passes("unknown-fields", times=2)


class UnknownTest(ShopTest):
    CHECK = "unknown-fields"

    def test_what_the_contract_names_passes(self):
        self.call("GET", "/items?color=red")
        self.call("POST", "/items", {"name": "Box", "size": {"width": 1}, "parts": [{"name": "a"}],
                                     "more": {"any": {"thing": 1}}})
        self.assert_passes(self.CHECK, times=2)

    def test_what_it_does_not_name_fails_by_its_place(self):
        for path, body, place in (
                ("/items", {"nmae": "Box"}, "body.nmae"),
                ("/items", {"size": {"widht": 1}}, "body.size.widht"),
                ("/items", {"parts": [{"name": "a"}, {"nam": "b"}, {"nam": "c"}]},
                 "body.parts.*.nam"),
                ("/items?dry=1", {"name": "Box"}, "query.dry"),
                ("/items?a%20b=1", {"name": "Box"}, "query.a b")):
            with self.subTest(place=place):
                self.setUp()
                self.call("POST", path, {"name": "Box"})
                self.call("POST", path, body)
                times = 2 if "?" in path else 1
                self.assert_fails(self.CHECK, (
                    f"{place} of shop.make_item is in no contract; it was sent "
                    f"{times} time{'s' if times > 1 else ''}", [1, 2] if times > 1 else [2]))

    def test_a_request_that_sends_nothing_shows_nothing(self):
        self.call("GET", "/items")
        self.assert_idle(self.CHECK)

    def test_a_body_that_was_too_long_to_be_kept_leaves_it_open(self):
        self.call("POST", "/items", {"name": "x" * 65 * 1024})
        self.call("POST", "/items", {"name": "Box"})
        self.assert_inconclusive(self.CHECK, ("some bodies were too long to be kept whole", [1]))

    def test_but_what_is_wrong_elsewhere_is_told(self):
        self.call("POST", "/items", {"name": "x" * 65 * 1024})
        self.call("POST", "/items", {"nmae": "Box"})
        self.assert_fails(self.CHECK, ("body.nmae of shop.make_item is in no contract; it was sent "
                                       "1 time", [2]))


class BuiltInTest(VerdictsTest):
    """The same of the vendors that are built in, as far as it does not hang on one contract."""

    def test_a_body_without_a_content_type_fails(self):
        client = Client(self)
        client.create(headers={"Content-Type": None})
        client.create()
        self.assert_fails("headers-sent", ("1 request with a body, but without Content-Type, such "
                                           f"as {CREATE}", [1]))

    def test_a_misspelt_field_or_parameter_fails(self):
        client = Client(self)
        client.create({**AIRWEAVE_BODY_JSON, "schedul": {"cron": "0 0 * * *"}})
        self.assertEqual(client.call("GET", "/v1/groups?cursr=1"), 200)
        self.assert_fails("unknown-fields",
                          ("body.schedul of airweave.create_source_connection is in no contract; "
                           "it was sent 1 time", [1]),
                          ("query.cursr of fivetran.list_all_groups is in no contract; it was sent "
                           "1 time", [2]))

    def test_a_deprecated_field_of_fivetran_fails(self):
        body = {"service": "google_ads", "group_id": "group_id", "config": {"schema": "ads"}}
        client = Client(self)
        self.assertEqual(client.create_on_fivetran({**body, "local_processing_agent_id": "x"}), 201)
        self.assert_fails("deprecated-used", ("body.local_processing_agent_id of "
                                              "fivetran.create_connection is deprecated; it was "
                                              "used 1 time", [1]))

    def test_where_no_operation_answers_there_is_nothing_to_look_at(self):
        client = Client(self)
        self.assertEqual(client.call("POST", "/nothing/here?field=1", {"any": 1}), 404)
        for check in ("headers-sent", "unknown-fields", "deprecated-used"):
            with self.subTest(check=check):
                self.assert_idle(check)


class SecretInUrlTest(VerdictsTest):
    CHECK = "no-secret-in-url"

    def curl(self, path, *options):
        """The status that curl gets."""
        done = subprocess.run(["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", *options,
                               f"{self.emulator.url}/@{self.session}{path}"], text=True,
                              env=clean_environment(), capture_output=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr)
        return int(done.stdout)

    def test_secrets_in_headers_and_bodies_pass(self):
        self.assertEqual(self.curl("/v1/groups", "-H", f"Authorization: {BASIC}"), 200)
        self.assertEqual(self.curl(FIVETRAN_PATH, "-u", "my-key:my-secret", "-d", FIVETRAN_BODY,
                                   "-H", "Content-Type: application/json"), 201)
        self.assert_passes(self.CHECK, times=2)

    def test_a_secret_in_the_query_fails_and_is_not_repeated(self):
        for before, name in (("", "api_key"), ("limit=5&", "access_token"), ("", "api%5Fkey"),
                             ("", "client-secret")):
            with self.subTest(name=name):
                self.setUp()
                self.assertEqual(self.curl(f"/v1/groups?{before}{name}=abc123&limit=7",
                                           "-u", "my-key:my-secret"), 200)
                self.assert_fails(self.CHECK, (f"GET /v1/groups has a secret in its URL: {name}=",
                                               [1]))
                self.assertNotIn("abc123", json.dumps(self.judge()))

    def test_each_request_is_told(self):
        for key in ("one", "two"):
            self.curl(f"/source-connections?api_key={key}", "-H", "X-API-Key: my-key")
        verdict = self.assert_result("fail", self.CHECK)
        self.assertEqual([one["exchanges"] for one in verdict["findings"]], [[1], [2]])

    def test_a_parameter_that_names_a_secret_and_has_none_passes(self):
        self.curl("/v1/groups?api_key=&password", "-u", "my-key:my-secret")
        self.assert_passes(self.CHECK, times=1)

    def test_without_a_request_it_is_idle(self):
        self.assert_idle(self.CHECK)


if __name__ == "__main__":
    unittest.main()
