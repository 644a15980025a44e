"""Heads and framings that RFC 9110 and RFC 9112 do not allow: refused at the door, with the reason.

A refusal is the emulator's own problem+json, for such bytes are no vendor's business, and closes
the connection, for nobody knows where the next request would begin.
"""

import unittest

from emulator import (JSON_TYPE, SUPERMETRICS_BODY, SUPERMETRICS_PATH, EmulatorTest, RawClient,
                      raw_request, request, request_bytes)

LENGTH = len(SUPERMETRICS_BODY)
LINE = f"POST {SUPERMETRICS_PATH} HTTP/1.1\r\n"
HOST = "Host: mockduit.test\r\n"
KEY = "Authorization: Bearer my-token\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n"


def create(*fields, line=LINE, host=HOST, length=f"Content-Length: {LENGTH}\r\n",
           body=SUPERMETRICS_BODY):
    """A sound create, but for what is given instead; `fields` come with their line ends."""
    return line + host + KEY + "".join(fields) + length + "\r\n" + body


def chunks(body, size=10):
    parts = [body[start:start + size] for start in range(0, len(body), size)]
    return "".join(f"{len(part):x}\r\n{part}\r\n" for part in parts) + "0\r\n\r\n"


# what is wrong: (the bytes, the status, words of the reason)
REFUSED = {
    "a head of 100 KiB":
        (create("X-Long: " + "x" * 100 * 1024 + "\r\n"), 431, "longer than 16384 bytes"),
    "a head of 100 KiB in many fields":
        (create(*[f"X-Field-{n}: {'x' * 90}\r\n" for n in range(1000)]), 431, "longer than 16384"),
    "a head of 100 KiB that does not end":
        (LINE + HOST + "X-Long: " + "x" * 100 * 1024, 431, "longer than 16384 bytes"),
    "a request line of 10 KiB":
        (create(line=f"POST {SUPERMETRICS_PATH}?{'x' * 10 * 1024} HTTP/1.1\r\n"), 414,
         "longer than 8192 bytes"),
    "a request line of 100 KiB that does not end":
        ("POST /" + "x" * 100 * 1024, 414, "longer than 8192 bytes"),

    "no Host": (create(host=""), 400, "Host is missing"),
    "Host twice": (create(HOST), 400, "Host is repeated"),
    "Host twice with other values": (create("Host: other.test\r\n"), 400, "Host is repeated"),
    "a Host that is none": (create(host="Host: a b\r\n"), 400, "not a host name"),
    "a Host with a path": (create(host="Host: mockduit.test/path\r\n"), 400, "not a host name"),

    "a negative Content-Length": (create(length="Content-Length: -1\r\n"), 400, "not a number"),
    "a Content-Length with a sign": (create(length=f"Content-Length: +{LENGTH}\r\n"), 400,
                                     "not a number"),
    "a Content-Length that is no number": (create(length="Content-Length: abc\r\n"), 400,
                                           "not a number"),
    "a hexadecimal Content-Length": (create(length="Content-Length: 0x3f\r\n"), 400,
                                     "not a number"),
    "an empty Content-Length": (create(length="Content-Length:\r\n"), 400, "not a number"),
    "a Content-Length beyond all numbers":
        (create(length="Content-Length: 99999999999999999999\r\n"), 400, "more than can be"),
    "Content-Length twice with another value":
        (create("Content-Length: 3\r\n"), 400, "Content-Length is repeated with another value"),
    "Content-Length twice with the same value":
        (create(f"Content-Length: {LENGTH}\r\n"), 400, "Content-Length is repeated"),
    "Content-Length as a list": (create(length=f"Content-Length: {LENGTH}, {LENGTH}\r\n"), 400,
                                 "not a number"),
    "Content-Length beside Transfer-Encoding":
        (create(CHUNKED, body=chunks(SUPERMETRICS_BODY)), 400, "stand side by side"),

    "a blank in a field's name": (create("X Name: x\r\n"), 400, "not a token"),
    "a bracket in a field's name": (create("X(Name): x\r\n"), 400, "not a token"),
    "a field with no name": (create(": x\r\n"), 400, "not a token"),
    "a letter beyond ASCII in a field's name": (create("X-Námé: x\r\n"), 400, "not a token"),
    "a blank before the colon": (create("X-Name : x\r\n"), 400, "blank stands between"),
    "a field with no colon": (create("X-Name\r\n"), 400, "has no colon"),
    "a NUL in a field's value": (create("X-Name: a\0b\r\n"), 400, "control character"),
    "a bell in a field's value": (create("X-Name: a\x07b\r\n"), 400, "control character"),
    "a NUL in the request line": (create(line="POST /\0 HTTP/1.1\r\n"), 400, "request target"),
    "a field over two lines": (create("X-Name: a\r\n b\r\n"), 400, "folded"),
    "a bare CR in a value": (create("X-Name: a\rb\r\n"), 400, "bare CR"),
    "a bare CR in the request line": (create(line=LINE[:4] + "\r" + LINE[4:]), 400, "bare CR"),
    "a bare LF at a field's end": (create("X-Name: a\n"), 400, "bare LF"),
    "bare LFs alone": (create().replace("\r\n", "\n"), 400, "bare LF"),

    "no version": (create(line=f"POST {SUPERMETRICS_PATH}\r\n"), 400, "request line"),
    "HTTP/2.0": (create(line=LINE.replace("1.1", "2.0")), 505, "HTTP/2.0 is not spoken here"),
    "HTTP/1.2": (create(line=LINE.replace("1.1", "1.2")), 505, "HTTP/1.2 is not spoken here"),
    "lower-case http": (create(line=LINE.replace("HTTP", "http")), 400, "version"),
    "two blanks in the request line": (create(line=LINE.replace(" HTTP", "  HTTP")), 400,
                                       "request target"),
    "a method that is no token": (create(line=LINE.replace("POST", "PO{T")), 400, "method"),
    "a target that is no path": (create(line="POST teams HTTP/1.1\r\n"), 400, "neither a path"),
    "a letter beyond ASCII in the path": (create(line="POST /té HTTP/1.1\r\n"), 400,
                                          "percent-encoded"),
    "a greeting of TLS": ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "TLS"),
    "a greeting of HTTP/2": ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "HTTP/2.0"),
    "a greeting of SSH": ("SSH-2.0-OpenSSH_9.2\r\n\r\n", 400, "request line"),
    "rubbish": ("\xff\xfe\xfd\r\n\r\n", 400, "request line"),

    "another transfer coding": (create("Transfer-Encoding: gzip, chunked\r\n", length=""), 501,
                                "gzip"),
    "chunked in the middle": (create("Transfer-Encoding: chunked, gzip\r\n", length=""), 400,
                              "does not end with chunked"),
    "chunked twice": (create("Transfer-Encoding: chunked, chunked\r\n", length=""), 400,
                      "more than once"),
    "chunked in HTTP/1.0": (create(CHUNKED, line=LINE.replace("1.1", "1.0"), length="",
                                   body=chunks(SUPERMETRICS_BODY)), 400, "HTTP/1.0"),
    "a chunk size that is no number": (create(CHUNKED, length="", body="zz\r\n"), 400,
                                       "hexadecimal"),
    "a negative chunk size": (create(CHUNKED, length="", body="-5\r\n"), 400, "hexadecimal"),
    "a chunk longer than its size": (create(CHUNKED, length="", body="3\r\nabcdef\r\n"), 400,
                                     "longer than its size"),
    "a chunk beyond all sizes": (create(CHUNKED, length="", body="f" * 16 + "\r\n"), 413,
                                 "longer than 1048576"),
    "2 MiB in chunks": (create(CHUNKED, length="", body=chunks("x" * 2 * 1024 * 1024, 65536)), 413,
                        "longer than 1048576"),
    "an expectation that nobody knows": (create("Expect: miracles\r\n"), 417, "miracles"),
}


class BadHeadsTest(EmulatorTest):
    def test_each_is_refused_with_the_reason(self):
        for what, (data, status, words) in REFUSED.items():
            with self.subTest(what):
                with RawClient(self.emulator) as client:
                    client.send(data.encode("utf-8" if "é" in data else "latin-1"))
                    answer = client.answer()
                    problem = self.assert_problem(answer, status)
                    self.assertIn(words, problem["detail"])
                    self.assertEqual(answer.headers["Connection"], "close")
                    self.assertTrue(client.hung_up())
                self.assert_still_serves()

    def test_a_refusal_does_not_wait_for_the_rest(self):
        for what in ("a head of 100 KiB that does not end", "a bare LF at a field's end",
                     "a request line of 100 KiB that does not end"):
            with self.subTest(what), RawClient(self.emulator) as client:
                data, status, _ = REFUSED[what]
                client.send(data.removesuffix("\r\n\r\n" + SUPERMETRICS_BODY))
                self.assert_problem(client.answer(), status)

    def test_what_is_refused_is_journalled_without_its_secrets(self):
        raw_request(self.emulator, create("X-Bad Name: x\r\n"))
        raw_request(self.emulator, create(HOST))
        journal = request(self.emulator, "GET", "/__admin/requests?status=400")
        self.assertGreaterEqual(len(journal.json()["requests"]), 2)
        self.assertNotIn(b"my-token", journal.body)


class SoundHeadsTest(EmulatorTest):
    """What looks odd and is allowed."""

    def assert_created(self, data):
        answer = raw_request(self.emulator, data)
        self.assertEqual(answer.status, 201, answer)

    def test_odd_heads(self):
        for what, data in {
            "field names in any case": create("CONTENT-type: application/json\r\n"),
            "no blank after the colon": create("X-Name:x\r\n"),
            "blanks and tabs around a value": create("X-Name: \t x \t \r\n"),
            "an empty value": create("X-Name:\r\n"),
            "letters beyond ASCII in a value": create("X-Name: \xe9\r\n"),
            "an empty line before the request": "\r\n" + create(),
            "a whole address in the request line":
                create(line=LINE.replace("/v1", "http://mockduit.test/v1", 1)),
            "a query": create(line=LINE.replace(" HTTP", "?a=b&c=%20 HTTP")),
            "a Host with a port": create(host="Host: [::1]:8080\r\n"),
        }.items():
            with self.subTest(what):
                self.assert_created(data.encode("latin-1"))

    def test_a_chunked_body(self):
        for what, body in {
            "in one chunk": chunks(SUPERMETRICS_BODY, LENGTH),
            "in chunks of one byte": chunks(SUPERMETRICS_BODY, 1),
            "with extensions": f"{LENGTH:x};name=value\r\n{SUPERMETRICS_BODY}\r\n0\r\n\r\n",
            "with trailers": chunks(SUPERMETRICS_BODY)[:-2] + "X-Checksum: 7\r\n\r\n",
        }.items():
            with self.subTest(what):
                self.assert_created(create(CHUNKED, length="", body=body))

    def test_several_requests_at_once_are_answered_in_their_order(self):
        with RawClient(self.emulator) as client:
            client.send(create("X-Mockduit-Session: a\r\n") + create("X-Mockduit-Session: b\r\n") +
                        create("X-Mockduit-Session: c\r\n", "Connection: close\r\n"))
            sessions = [client.answer().headers["X-Mockduit-Session"] for _ in range(3)]
            self.assertEqual(sessions, ["a", "b", "c"])
            self.assertTrue(client.hung_up())

    def test_100_continue_is_sent_before_the_body(self):
        with RawClient(self.emulator) as client:
            client.send(create("Expect: 100-continue\r\n", body=""))
            self.assertEqual(client.line(), b"HTTP/1.1 100 Continue\r\n")
            self.assertEqual(client.line(), b"\r\n")
            client.send(SUPERMETRICS_BODY)
            self.assertEqual(client.answer().status, 201)

    def test_100_continue_is_not_sent_for_a_body_that_is_too_long(self):
        with RawClient(self.emulator) as client:
            client.send(create("Expect: 100-continue\r\n", length="Content-Length: 2097152\r\n",
                               body=""))
            answer = client.answer()
            self.assert_problem(answer, 413)
            self.assertNotIn(b"100 Continue", answer.raw)

    def test_a_connection_lives_on_after_a_vendors_error(self):
        with RawClient(self.emulator) as client:
            for body, status in ((SUPERMETRICS_BODY, 201), ("{", 400), ("[]", 400), ("{}", 422),
                                 (SUPERMETRICS_BODY, 201)):
                client.send(create(length=f"Content-Length: {len(body)}\r\n", body=body))
                self.assertEqual(client.answer().status, status)

    def test_http_1_0_gets_its_answer_and_the_end(self):
        with RawClient(self.emulator) as client:
            client.send(create(line=LINE.replace("1.1", "1.0"), host=""))
            self.assertEqual(client.answer().status, 201)
            self.assertTrue(client.hung_up())

    def test_compression_that_is_offered_is_not_used(self):
        answer = raw_request(self.emulator, request_bytes(
            "POST", SUPERMETRICS_PATH, [JSON_TYPE, ("Authorization", "Bearer t"),
                                        ("Accept-Encoding", "gzip")],
            SUPERMETRICS_BODY))
        self.assertEqual(answer.status, 201)
        self.assertNotIn("Content-Encoding", answer.headers)


if __name__ == "__main__":
    unittest.main()
