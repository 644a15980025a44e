"""Bodies and answers in media types of all kinds, parameters in all styles, paths with text beside
variables, codings and HEAD, over the wire, by a contract of a vendor made up."""

import gzip
import json
import pathlib
import tempfile
import unittest
import zlib

from emulator import Emulator, EmulatorTest, control, request

CONTRACT = """
openapi: 3.1.0
info: {title: Acme, version: v1}
x-mockduit:
  vendor: acme
  edition: v1
  default: true
  requests: {head: false}
  conditions: {bad_query: bad_request, bad_path: bad_request, malformed_body: bad_request, invalid: bad_request,
               media_type: unsupported_media_type, not_acceptable: not_acceptable, unknown_method: method_not_allowed}
  wording: {messages: {default: "{place}.{path} {limit}"}}
paths:
  /things:
    post:
      operationId: create
      requestBody:
        required: true
        content:
          application/json: {schema: &thing {type: object, properties: {n: {type: integer}, password: {type: string}}}}
          application/x-www-form-urlencoded: {schema: *thing}
          multipart/form-data: {schema: *thing}
          text/plain: {}
      responses:
        "200":
          x-mockduit: {outcome: success, source: s, fill: {/got: "{{request.body}}"}}
          content: {application/json: {examples: {one: {value: {got: 0}}}}}
        4XX: &bad
          x-mockduit: {outcome: bad_request, source: s, natural: {error: "{{violations.text}}"}}
          content: {application/json: {examples: {one: {value: {error: bad}}}}}
        "406": &no {x-mockduit: {outcome: not_acceptable, source: s}}
        "415": &type {x-mockduit: {outcome: unsupported_media_type, source: s}}
    get:
      operationId: list
      parameters:
        - {name: q, in: query, schema: {type: array, items: {type: integer}}}
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {n: {type: integer}}}}
        - {name: ck, in: cookie, required: true, schema: {type: string}}
      responses:
        "200":
          x-mockduit: {outcome: success, source: s}
          content:
            application/json: {examples: {one: {x-mockduit: {fill: {/q: "{{request.query.q}}"}}, value: {q: 0}}}}
            text/csv: {examples: {rows: {value: "q\\n{{request.query.q}}\\n"}}}
        4XX: *bad
        "406": *no
  "/things/{id}:{verb}.json":
    get:
      operationId: act
      responses:
        "200":
          x-mockduit: {outcome: success, source: s, fill: {/id: "{{request.path.id}}", /verb: "{{request.path.verb}}"}}
          content: {application/json: {examples: {one: {value: {id: 0, verb: 0}}}}}
        "406": *no
components:
  responses:
    WrongMethod: {x-mockduit: {outcome: method_not_allowed, status: 405, source: s}}
"""
GATEWAY = """
scenario: gateway
rules:
  - match: {query: {q: [1, 2]}}
    play: [{status: 502, headers: {Content-Type: text/html}, body: "<h1>Bad gateway</h1>", times: forever}]
"""


class MediaTypesTest(EmulatorTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        acme = pathlib.Path(folder.name, "fixtures/acme")
        acme.mkdir(parents=True)
        (acme / "v1.yaml").write_text(CONTRACT)
        (acme / "keys.yaml").write_text("refused: {}\n")
        scenarios = pathlib.Path(folder.name, "scenarios")
        scenarios.mkdir()
        (scenarios / "gateway.yaml").write_text(GATEWAY)
        cls.OPTIONS = ("--fixtures", acme.parent, "--scenarios", scenarios)
        super().setUpClass()

    def post(self, body, *headers):
        return request(self.emulator, "POST", "/things", headers, body)

    def posted(self, body, kind, *headers):
        answer = self.post(body, ("Content-Type", kind), *headers)
        return answer.status, json.loads(answer.body) if answer.body else None

    def get(self, path, *headers):
        return request(self.emulator, "GET", path, headers)

    def test_a_body_is_read_by_its_content_type(self):
        parts = ('--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n'
                 '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n')
        for body, kind, got in [('{"n": 1}', "application/json", {"n": 1}),
                                ('{"n": 1}', "application/vnd.acme+json", {"n": 1}),
                                ("n=1&x=a+b", "application/x-www-form-urlencoded", {"n": 1, "x": "a b"}),
                                (parts, 'multipart/form-data; boundary="b"', {"n": 1, "file": "hello"}),
                                ("hello", "text/plain; charset=utf-8", "hello")]:
            with self.subTest(kind):
                self.assertEqual(self.posted(body, kind), (200, {"got": got}))
        self.assertEqual(self.posted("n=x", "application/x-www-form-urlencoded"),
                         (400, {"error": "body.n integer"}))
        self.assertEqual(self.posted("x", "application/xml"), (415, None))

    def test_the_journal_keeps_a_form_without_its_secrets(self):
        path = "/~success@form/things"
        request(self.emulator, "POST", path, [("Content-Type", "application/x-www-form-urlencoded")],
                "n=1&password=my-own-secret&a[password]=my-own-secret")
        kept = control(self.emulator, "GET", "/sessions/form/requests/1")["request"]["body"]
        self.assertEqual(kept, "n=1&password=[redacted]&a[password]=[redacted]")

    def test_a_body_in_gzip_or_deflate_is_read(self):
        text = b'{"n": 1}'
        for coding, body in [("gzip", gzip.compress(text)), ("deflate", zlib.compress(text))]:
            with self.subTest(coding):
                self.assertEqual(self.posted(body, "application/json", ("Content-Encoding", coding)),
                                 (200, {"got": {"n": 1}}))
        self.assertEqual(self.posted(text, "application/json", ("Content-Encoding", "br")), (415, None))
        bomb = gzip.compress(b" " * 2_000_000)
        self.assertEqual(self.post(bomb, ("Content-Encoding", "gzip")).status, 413)

    def test_accept_chooses_the_answers_type(self):
        cookie = ("Cookie", "a=b; ck=1")
        for accept, kind, body in [("*/*", "application/json", b'{"q":[1,2]}'),
                                   ("application/json;q=0.5, text/csv", "text/csv", b"q\n[1,2]\n"),
                                   ("application/json;q=0, */*", "text/csv", b"q\n[1,2]\n")]:
            with self.subTest(accept):
                answer = self.get("/things?q=1&q=2", cookie, ("Accept", accept))
                self.assertEqual((answer.headers["Content-Type"], answer.body), (kind, body))
        self.assertEqual(self.get("/things", cookie, ("Accept", "image/png")).status, 406)

    def test_parameters_are_read_as_they_are_written(self):
        self.assertEqual(self.get("/things?q=1&q=x", ("Cookie", "ck=1")).json(), {"error": "query.q.1 integer"})
        self.assertEqual(self.get("/things?filter%5Bn%5D=x", ("Cookie", "ck=1")).json(),
                         {"error": "query.filter.n integer"})
        self.assertEqual(self.get("/things").json(), {"error": "cookie.ck ck"})

    def test_a_text_is_scripted_as_it_is(self):
        answer = self.get("/~gateway/things?q=1&q=2")
        self.assertEqual((answer.status, answer.headers["Content-Type"], answer.body),
                         (502, "text/html", b"<h1>Bad gateway</h1>"))
        self.assertEqual(self.get("/~gateway/things?q=2&q=1", ("Cookie", "ck=1")).status, 200)

    def test_a_segment_may_have_text_beside_its_variables(self):
        self.assertEqual(self.get("/things/5:stop.json").json(), {"id": "5", "verb": "stop"})
        self.assertEqual(self.get("/thin%67s/5:stop%2Ejson").json(), {"id": "5", "verb": "stop"})

    def test_a_vendor_may_have_no_head(self):
        answer = request(self.emulator, "HEAD", "/things", [])
        self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET, POST"))


class ReadyFileTest(unittest.TestCase):
    def test_the_ready_file_is_gone_when_the_server_is(self):
        with tempfile.TemporaryDirectory() as folder:
            ready = pathlib.Path(folder, "url.txt")
            with Emulator("--port", 0, "--ready-file", ready) as emulator:
                request(emulator, "GET", "/__admin/health", [])
                self.assertEqual(ready.read_text(), emulator.url + "\n")
            self.assertEqual(list(pathlib.Path(folder).iterdir()), [])


if __name__ == "__main__":
    unittest.main()
