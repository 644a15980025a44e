"""Bounds in bytes: of an answer, of a store, of all sessions together."""

import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from calls import eventually
from emulator import (BINARY, JSON_TYPE, Emulator, EmulatorTest, RawClient, control, raw_request,
                      request, request_bytes, run_mockduit)
from worlds import ask

ECHO = ("rules: [{play: [{status: 200, body: {"
        + ", ".join(f'm{i}: "{{{{request.body}}}}"' for i in range(300)) + "}}]}]\n")
KEY = ("X-API-Key", "k")
MEBIBYTE = 1024 * 1024


def resident(emulator, field="VmHWM"):
    """In bytes."""
    for line in pathlib.Path(f"/proc/{emulator.process.pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024
    raise AssertionError(field)


def create(emulator, session, size, number=0):
    """A source connection of about that many bytes."""
    body = {"name": f"Number {number}", "short_name": "stripe", "description": "x" * size,
            "auth_fields": {"api_key": "k"}}
    return request(emulator, "POST", f"/@{session}/source-connections", [KEY, JSON_TYPE],
                   json.dumps(body))


def metric(emulator, name):
    text = request(emulator, "GET", "/__admin/metrics").body.decode()
    line = next(line for line in text.splitlines() if line.startswith(name + " "))
    return int(line.split()[1])


def document_of(operations):
    """Whose schemas lead to each other, so that bodies are made up of hundreds of values."""
    schemas, paths = {}, {}
    for i in range(50):
        schemas[f"S{i}"] = {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string", "format": "uuid"}, "at": {"type": "string", "format": "date-time"},
            "next": {"$ref": f"#/components/schemas/S{(i + 1) % 50}"},
            "other": {"$ref": f"#/components/schemas/S{(i * 7 + 3) % 50}"}}}
    for i in range(operations):
        body = {"application/json": {"schema": {"$ref": f"#/components/schemas/S{i % 50}"}}}
        paths[f"/things{i}"] = {"get": {"responses": {"200": {"description": "ok", "content": body}}}}
    return {"openapi": "3.1.0", "info": {"title": "Large", "version": "1"}, "paths": paths,
            "components": {"schemas": schemas}}


class DocumentTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name, "large.json")
        self.path.write_text(json.dumps(document_of(600)))

    def test_operations_are_listed_without_keeping_them(self):
        command = [BINARY, "operations", "--contract", self.path, "--vendor", "large"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        listed = process.stdout.read().decode()
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual((process.returncode, listed.count("200 success")), (0, 600))
        self.assertLess(usage.ru_maxrss * 1024, 90 * MEBIBYTE)

    def test_a_body_is_kept_without_copies_of_its_parts(self):
        with Emulator("--contract", self.path) as emulator:
            before = resident(emulator)
            self.assertEqual(request(emulator, "GET", "/__admin/operations").status, 200)
            self.assertLess(resident(emulator) - before, 250 * MEBIBYTE)


class AnswerTest(unittest.TestCase):
    def test_one_that_is_too_long_is_507_and_was_never_built(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "echo.yaml").write_text(ECHO)
            with Emulator("--scenarios", folder, "--scenario", "echo") as emulator:
                before = resident(emulator)
                body = json.dumps({"text": "x" * 900_000})
                answer = raw_request(emulator, request_bytes(
                    "POST", "/source-connections", [KEY, JSON_TYPE], body))
                self.assertEqual(answer.status, 507, answer.body[:200])
                self.assertEqual(answer.json()["detail"],
                                 "the answer would be longer than 16777216 bytes; --max-answer "
                                 "allows more")
                self.assertLess(resident(emulator) - before, 100 * MEBIBYTE)
                self.assertEqual(metric(emulator, "mockduit_answers_too_long_total"), 1)
                emulator.wait_for_log("(--max-answer)")

    def test_an_answer_within_the_bound_is_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "echo.yaml").write_text(ECHO)
            with Emulator("--scenarios", folder, "--scenario", "echo",
                          "--max-answer", 40_000) as emulator:
                for size, status in ((100, 200), (200, 507)):
                    body = json.dumps({"text": "x" * size})
                    answer = raw_request(emulator, request_bytes(
                        "POST", f"/@s{size}/source-connections", [KEY, JSON_TYPE], body))
                    self.assertEqual(answer.status, status, answer)
                    if status == 200:
                        self.assertEqual(answer.json()["m299"], {"text": "x" * size})


class ConnectionTest(EmulatorTest):
    """One that waits keeps nothing of what it has carried, which no bound would count."""

    OPTIONS = ("--journal-size", 1)

    def resident_beside(self, *requests, connections=20):
        """What is held more than before, once each connection has been answered and waits."""
        with contextlib.ExitStack() as clients:
            before = resident(self.emulator, "VmRSS")
            for _ in range(connections):
                client = clients.enter_context(RawClient(self.emulator))
                for data in requests:
                    client.send(data)
                    client.answer(data.split(b" ")[0].decode())
            return resident(self.emulator, "VmRSS") - before

    def test_of_a_body_of_many_values(self):
        body = "[" + "1," * 500_000 + "1]"
        for path in ("/source-connections", "/__admin/store"):
            with self.subTest(path=path):
                large = request_bytes("PUT" if "admin" in path else "POST", path,
                                      [KEY, JSON_TYPE], body)
                # A reading of it takes 20 MiB, for a moment.
                self.assertLess(self.resident_beside(large), 120 * MEBIBYTE)

    def test_of_a_long_name(self):
        body = json.dumps({"n" * 900_000: 1, "password": "x"})
        large = request_bytes("POST", "/source-connections", [KEY, JSON_TYPE], body)
        self.assertLess(self.resident_beside(large, connections=60), 40 * MEBIBYTE)

    def test_of_an_answer(self):
        for _ in range(4):
            create(self.emulator, "large", 900_000)
        large = request_bytes("GET", "/@large/source-connections", [KEY], "")
        with RawClient(self.emulator) as client:
            client.send(large)
            self.assertGreater(len(client.answer("GET").body), 3_000_000)
        self.assertLess(self.resident_beside(large, connections=30), 60 * MEBIBYTE)


class StreamTest(EmulatorTest):
    def test_readers_of_events_who_do_not_read_hold_little_each(self):
        control(self.emulator, "PUT", "/sessions/watched", {})
        head = request_bytes("GET", "/__admin/sessions/watched/events?after=0", host=self.emulator.host)
        for number in range(20):
            self.assertEqual(create(self.emulator, "watched", 200_000, number).status, 200)
        with contextlib.ExitStack() as stack:
            before = resident(self.emulator, "VmRSS")
            for _ in range(60):
                client = stack.enter_context(RawClient(self.emulator))
                client.send(head)
                self.assertIn(b" 200 ", client.line())  # the first portion is on its way
            eventually(lambda: len(os.listdir(f"/proc/{self.emulator.process.pid}/task")) > 60)
            # A portion of all that is there would be 4 MB.
            self.assertLess(resident(self.emulator, "VmRSS") - before, 100 * MEBIBYTE)


class ComingInTest(unittest.TestCase):
    """Bodies of requests whose end does not come."""

    def test_they_are_bounded_together_and_a_further_one_is_503(self):
        with Emulator("--max-memory", 100_000_000) as emulator, contextlib.ExitStack() as stack:
            before = resident(emulator, "VmRSS")
            body = request_bytes("POST", "/source-connections", [KEY, JSON_TYPE], "x" * 1_000_000)
            clients = [stack.enter_context(RawClient(emulator)) for _ in range(80)]
            for client in clients:
                client.send(body[:-1])
            refused = clients[-1].answer("POST")
            self.assertEqual(refused.status, 503, refused)
            self.assertIn("no room for this body", refused.body.decode())
            emulator.wait_for_log("a quarter of --max-memory; a further one was answered with 503")
            self.assertGreater(metric(emulator, "mockduit_memory_bytes"), 20_000_000)
            self.assertLess(resident(emulator, "VmRSS") - before, 60 * MEBIBYTE)
            # A short one is taken all the same.
            self.assertEqual(create(emulator, "short", 10).status, 200)
        # What they held is given back once they have left.
        with Emulator("--max-memory", 1_000_000_000) as emulator:
            with contextlib.ExitStack() as stack:
                for _ in range(100):
                    stack.enter_context(RawClient(emulator)).send(body[:-1])
                eventually(lambda: resident(emulator, "VmRSS") > 90 * MEBIBYTE)
            eventually(lambda: resident(emulator, "VmRSS") < 50 * MEBIBYTE)


class StoreTest(EmulatorTest):
    OPTIONS = ("--max-store", 500_000, "--scenario", "success")

    def test_the_oldest_resources_go_and_the_answer_and_the_log_say_so(self):
        warned = None
        for number in range(40):
            answer = create(self.emulator, "full", 20_000, number)
            self.assertEqual(answer.status, 200, answer)
            warned = warned or answer.headers["X-Mockduit-Warning"]
        self.assertIn("the store may hold 500000 bytes (--max-store)", warned or "")
        store = control(self.emulator, "GET", "/sessions/full/store")["resources"]
        names = [kept["name"] for kept in store["airweave.source_connection"].values()]
        self.assertEqual(names[-1], "Number 39")
        self.assertLess(len(names), 30)
        self.emulator.wait_for_log("--max-store")


class UnderWayTest(unittest.TestCase):
    """Answers that clients do not read."""

    def test_they_are_bounded_together_and_a_further_one_is_507(self):
        with tempfile.TemporaryDirectory() as folder:
            again = ECHO.replace("{play", "{then: repeat, play")
            pathlib.Path(folder, "echo.yaml").write_text(again)
            body = request_bytes("POST", "/source-connections", [KEY, JSON_TYPE],
                                 json.dumps({"text": "x" * 24_500}))
            with Emulator("--scenarios", folder, "--scenario", "echo", "--max-memory", 100_000_000,
                          "--max-answer", 8_000_000) as emulator, contextlib.ExitStack() as stack:
                clients = []
                for _ in range(10):  # of 7.4 MB each; there is room for three
                    clients.append(stack.enter_context(RawClient(emulator)))
                    clients[-1].send(body)
                    if not clients[-1].line().startswith(b"HTTP/1.1 200"):
                        break
                self.assertEqual(len(clients), 4)
                self.assertLess(metric(emulator, "mockduit_memory_bytes"), 100_000_000)
                emulator.wait_for_log("have not read yet")
                last = control(emulator, "GET", "/requests?limit=1000")["requests"][-1]
                self.assertEqual(last["response"]["status"], 507)
                self.assertIn("25000000 bytes with this one, a quarter of --max-memory",
                              json.dumps(last["response"]["body"]))
                for client in clients:
                    client.close()
                eventually(lambda: metric(emulator, "mockduit_memory_bytes") < 65_000_000)
                self.assertEqual(raw_request(emulator, body).status, 200)


class PutTest(unittest.TestCase):
    def test_scenarios_that_were_put_are_counted_and_bounded(self):
        with Emulator("--max-memory", 64_000_000) as emulator:
            text = "rules: [{play: [" + ", ".join(["{status: 200}"] * 4_000) + "]}]\n"
            statuses = []
            before = metric(emulator, "mockduit_memory_bytes")
            for number in range(6):
                answer = request(emulator, "PUT", f"/__admin/scenarios/s{number}", [], text)
                statuses.append(answer.status)
            self.assertEqual(statuses, [201, 201, 201, 201, 507, 507][:len(statuses)])
            self.assertIn("a quarter of --max-memory; DELETE makes room", answer.json()["detail"])
            self.assertGreater(metric(emulator, "mockduit_memory_bytes") - before, 10_000_000)
            self.assertEqual(request(emulator, "PUT", "/__admin/scenarios/s0", [], text).status, 200)
            control(emulator, "DELETE", "/scenarios/s0")
            self.assertEqual(request(emulator, "PUT", "/__admin/scenarios/s9", [], text).status, 201)
            for number in (1, 2, 3, 9):
                control(emulator, "DELETE", f"/scenarios/s{number}")
            # An answer counts until its connection is done with it.
            eventually(lambda: metric(emulator, "mockduit_memory_bytes") == before)

    def test_the_seed_of_a_session_is_counted_and_goes_with_it(self):
        seed = {"airweave.source_connection":
                {f"c{number}": {"id": f"c{number}", "name": "x" * 20_000} for number in range(40)}}
        # The stores alone have room: each is 0.8 MB, and so is each seed.
        with Emulator("--max-memory", 12_000_000) as emulator:
            for number in range(12):
                control(emulator, "PUT", f"/sessions/s{number}", {"seed_state": seed})
            request(emulator, "GET", "/@last/source-connections", [KEY])
            names = [one["name"] for one in control(emulator, "GET", "/sessions")["sessions"]]
            self.assertIn("s11", names)
            self.assertNotIn("s0", names)
            self.assertLess(metric(emulator, "mockduit_memory_bytes"), 13_200_000)


class SessionsTest(unittest.TestCase):
    def test_the_oldest_sessions_go_and_their_clients_are_told(self):
        with Emulator("--max-memory", 4_000_000) as emulator:
            for number in range(20):
                for _ in range(5):
                    answer = create(emulator, f"s{number}", 60_000)
                    self.assertEqual(answer.status, 200, answer)
            sessions = control(emulator, "GET", "/sessions")["sessions"]
            names = [session["name"] for session in sessions]
            self.assertIn("s19", names)
            self.assertNotIn("s0", names)
            self.assertLessEqual(metric(emulator, "mockduit_memory_bytes"), 4_400_000)
            self.assertGreater(metric(emulator, "mockduit_memory_evictions_total"), 0)
            emulator.wait_for_log("(--max-memory); ")

            for path in ("", "/verdicts", "/requests", "/report?format=text", "/clock"):
                gone = ask(emulator, "GET", f"/sessions/s0{path}")
                self.assertIn("(--max-memory)", gone.headers["X-Mockduit-Warning"], path)
            verdict = run_mockduit("verify", "--url", emulator.url, "--session", "s0")
            self.assertEqual(verdict.returncode, 2, verdict)
            self.assertIn("there is nothing to judge, for the session s0 is new", verdict.stderr)

            back = request(emulator, "GET", "/@s0/source-connections", [KEY])
            self.assertEqual(back.headers["X-Mockduit-Session-Age"], "new")
            self.assertEqual(back.headers["X-Mockduit-Warning"],
                             "the session s0 is new: the one before it was dropped, for all "
                             "sessions together may hold 4000000 bytes (--max-memory)")
            again = request(emulator, "GET", "/@s0/source-connections", [KEY])
            self.assertIsNone(again.headers["X-Mockduit-Session-Age"])
            self.assertIn("--max-memory", again.headers["X-Mockduit-Warning"])
            control(emulator, "POST", "/sessions/s0/reset", {})
            reset = request(emulator, "GET", "/@s0/source-connections", [KEY])
            self.assertIsNone(reset.headers["X-Mockduit-Warning"])

    def test_a_session_that_gave_way_to_too_many_is_told(self):
        with Emulator("--max-sessions", 1) as emulator:
            request(emulator, "GET", "/@a/sources", [KEY])
            request(emulator, "GET", "/@b/sources", [KEY])
            back = request(emulator, "GET", "/@a/sources", [KEY])
            self.assertIn("(--max-sessions)", back.headers["X-Mockduit-Warning"])

    def test_one_that_was_dropped_on_request_is_simply_new(self):
        with Emulator() as emulator:
            request(emulator, "GET", "/@a/sources", [KEY])
            control(emulator, "DELETE", "/sessions/a")
            back = request(emulator, "GET", "/@a/sources", [KEY])
            self.assertIsNone(back.headers["X-Mockduit-Session-Age"])
            self.assertIsNone(back.headers["X-Mockduit-Warning"])


if __name__ == "__main__":
    unittest.main()
