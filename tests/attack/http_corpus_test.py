"""The HTTP corpus: what RFC 9112 allows is taken, and as it was meant; all else is refused in words
that say why. No byte is read in two ways: the journal has the requests that were answered, no more,
and after each case the connection is at the beginning of a request, or closed."""

import collections
import json
import socket
import unittest

from emulator import EmulatorTest, RawClient, control
from http_corpus import read_cases, unescaped

NEXT = b"GET /v1/users HTTP/1.1\r\nHost: localhost\r\n\r\n"
TAKES_ALL = {"scenario": "takes-all",
             "rules": [{"match": {"operation": "*"},
                        "play": [{"status": 200, "body": "taken", "times": "forever"}]}]}


class HttpCorpusTest(EmulatorTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with RawClient(cls.emulator) as client:
            body = json.dumps(TAKES_ALL)
            client.send("PUT /__admin/scenarios/takes-all HTTP/1.1\r\nHost: localhost\r\n"
                        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}")
            assert client.answer("PUT").status == 201
        control(cls.emulator, "PUT", "/sessions/default", {"scenario": "takes-all"})

    def test_each_case(self):
        for case in read_cases():
            with self.subTest(f"line {case.line}, {case.section}: {case.name}"):
                control(self.emulator, "DELETE", "/requests")
                with RawClient(self.emulator) as client:
                    self.play(case, client)

    def play(self, case, client):
        last = max(i for i, (word, _) in enumerate(case.steps) if word in ("sends", "only"))
        answers, opened = [], True
        for i, (word, text) in enumerate(case.steps):
            if word == "only":
                client.send(unescaped(text))
            elif word == "sends":
                # Nothing of it may be read once the case has been refused.
                client.send(unescaped(text) + (NEXT if case.refused and i == last else b""))
            elif word == "continues":
                self.assertEqual(client.line(), b"HTTP/1.1 100 Continue\r\n")
                self.assertEqual(client.line(), b"\r\n")
            elif word == "takes":
                answers.append(self.takes(client, text))
            elif word == "refuses":
                answers.append(self.refuses(client, text))
                opened = False
            elif word == "unseen":
                answers.pop()
            elif word == "ends":
                client.socket.shutdown(socket.SHUT_WR)
            elif word in ("closes", "nothing"):
                opened = False
        if opened:
            client.send(NEXT)
            answers.append(self.takes(client, "200 GET /v1/users"))
        else:
            self.assertTrue(client.hung_up(), "the connection goes on")
        self.journal_has(answers, [rest for word, rest in case.steps if word == "host"])

    def takes(self, client, text):
        status, method, target, *body = unescaped(text).decode("latin-1").split(" ", 3)
        answer = client.answer(method)
        self.assertEqual(answer.status, int(status), answer)
        path, _, query = target.partition("?")
        return {"status": int(status), "method": method, "path": path, "query": query,
                "body": "".join(body)}

    def refuses(self, client, text):
        status, words = text.split(" ", 1)
        problem = self.assert_problem(client.answer(), int(status))
        self.assertEqual(problem["detail"], words)
        return {"status": int(status)}

    def journal_has(self, answers, hosts):
        kept = control(self.emulator, "GET", "/requests")["requests"]
        self.assertEqual([one["response"]["status"] for one in kept],
                         [answer["status"] for answer in answers])
        for one, answer in zip(kept, answers):
            request = one["request"]
            self.assertEqual({"status": answer["status"], **{k: request[k] for k in answer
                                                             if k != "status"}}, answer)
        if hosts:
            self.assertEqual(dict(kept[0]["request"]["headers"])["Host"], hosts[0])


class CorpusTest(unittest.TestCase):
    def test_it_is_large_and_every_case_has_a_name_of_its_own(self):
        cases = read_cases()
        self.assertGreaterEqual(len(cases), 200)
        names = collections.Counter(case.name for case in cases)
        self.assertEqual([name for name, count in names.items() if count > 1], [])
        for case in cases:
            self.assertTrue({"takes", "refuses", "nothing"} & {word for word, _ in case.steps},
                            case.name)


if __name__ == "__main__":
    unittest.main()
