"""What the clients of the soak do, over and over: each a function of a Client, which asserts that
every answer is the one that the scenario, the document or RFC 9112 asks for."""

import concurrent.futures
import http.client
import json
import socket
import threading

SUPERMETRICS = ("POST", "/v1/teams/12345/data-source-connections",
                {"data_source_id": "ADM", "destination_type": "DWH_SNOWFLAKE"}, 201)
AIRWEAVE = ("POST", "/source-connections",
            {"name": "My source", "short_name": "stripe", "auth_fields": {"api_key": "x"}}, 200)
FIVETRAN = ("POST", "/v1/connections",
            {"group_id": "my_group", "service": "google_sheets",
             "config": {"schema": "sales", "table": "orders"}}, 201)
CREATES = (SUPERMETRICS, AIRWEAVE, FIVETRAN)
LOST = (http.client.HTTPException, ConnectionError)


def expect(seen, wanted, what):
    if seen != wanted:
        raise AssertionError(f"{what}: {seen!r}, not {wanted!r}")


def exact_script(client):
    """429 twice and then success, at each vendor's create, whoever asks first."""
    session = client.new_session()
    statuses, wanted = [], []
    for number in range(6):
        method, path, body, success = client.chance.choice(CREATES)
        statuses.append(client.vendor(method, f"/~throttled-twice@{session}{path}", body)[0])
        wanted.append(429 if number < 2 else success)
    expect(statuses, wanted, "throttled-twice")
    progress = client.control("GET", f"/sessions/{session}/progress")["scenarios"][0]
    expect(progress["completed"], True, "the script's progress")
    client.leave(session, 6)


def exact_script_of_many(client):
    """The same when eight ask at once."""
    session = client.new_session()
    start = threading.Barrier(8)

    def one(_):
        start.wait(60)
        with client.again() as other:
            method, path, body, _ = AIRWEAVE
            return other.vendor(method, f"/~throttled-twice@{session}{path}", body)[0]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(one, range(8)))
    expect(statuses, [200] * 6 + [429] * 2, "throttled-twice, eight at once")
    client.leave(session, 8)


def fivetran_life(client):
    session = client.new_session()
    at = f"/@{session}/v1/connections"
    _, made = client.vendor(*FIVETRAN[:1], at, FIVETRAN[2])
    one = f"{at}/{made['data']['id']}"
    expect(client.vendor("POST", one + "/sync", {"force": True})[0], 200, "a sync")
    expect(client.vendor("GET", one)[1]["data"]["status"]["sync_state"], "syncing", "its state")
    client.control("POST", f"/sessions/{session}/clock/advance", {"by": "10s"})
    expect(client.vendor("GET", one)[1]["data"]["status"]["sync_state"], "scheduled", "its state")
    expect(client.vendor("DELETE", one)[0], 200, "a delete")
    expect(client.vendor("GET", one)[0], 404, "what was deleted")
    client.leave(session, 6)


def airweave_life(client):
    session = client.new_session()
    at = f"/@{session}/source-connections"
    _, made = client.vendor("POST", at, AIRWEAVE[2])
    one = f"{at}/{made['id']}"
    expect(client.vendor("GET", one)[1]["name"], "My source", "what was made")
    client.control("POST", f"/sessions/{session}/clock/advance", {"by": "1h"})
    expect(client.vendor("GET", one + "/jobs")[1][-1]["status"], "completed", "its job")
    expect(client.vendor("DELETE", one)[0], 200, "a delete")
    expect(client.vendor("GET", one)[0], 404, "what was deleted")
    client.leave(session, 5)


def own_scenario(client):
    """A scenario of its own comes, is played with a fault, and goes."""
    session = client.new_session()
    client.control("PUT", f"/scenarios/{session}", {
        "scenario": session, "rules": [{"match": {"operation": "*.create_*"}, "play": [
            {"fault": "reset"}, {"fault": "empty"}, {"fault": "truncate"},
            {"fault": {"stall": "10ms"}}, {"outcome": "server_error", "delay": "5ms"}]}]})
    ends = []
    for _ in range(6):
        method, path, body, _ = SUPERMETRICS
        try:
            ends.append(client.vendor(method, f"/~{session}@{session}{path}", body)[0])
        except LOST:
            ends.append("lost")
    expect(ends[:3] + ends[4:], ["lost"] * 3 + [500, 201], "the faults")
    client.control("DELETE", f"/scenarios/{session}")
    client.leave(session, 6)


def leaves_early(client):
    """Clients that go before their answer, or in the middle of their request."""
    session = client.new_session()
    method, path, body, _ = AIRWEAVE
    with client.raw() as one:
        one.sendall(client.bytes(method, f"/~slow@{session}{path}", body))
    client.sent += 1
    with client.raw() as one:
        one.sendall(client.bytes(method, path, body)[:-5])
    client.await_total(session, 1)


def bad_requests(client):
    with client.raw() as one:
        one.sendall(b"POST /v1/groups HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
                    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        answer = b""
        while part := one.recv(4096):
            answer += part
    client.sent += 1
    expect(answer[:12], b"HTTP/1.1 400", "an ambiguous request")
    expect(client.vendor("GET", "/nowhere")[0], 404, "a path that is not there")


def dead_webhook(client):
    """A webhook whose server takes its test call and is never seen again."""
    session = client.new_session()
    server = socket.create_server(("127.0.0.1", 0))

    def answer_once():
        with server, server.accept()[0] as connection:
            connection.settimeout(30)
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    thread = threading.Thread(target=answer_once)
    thread.start()
    url = f"http://127.0.0.1:{server.getsockname()[1]}/hook"
    status, made = client.vendor("POST", f"/@{session}/v1/webhooks/account",
                                 {"url": url, "events": ["sync_start"], "secret": "s"})
    thread.join(30)
    expect((status, made["code"]), (200, "Success"), "a webhook")
    _, made = client.vendor("POST", f"/@{session}/v1/connections", FIVETRAN[2])
    client.vendor("POST", f"/@{session}/v1/connections/{made['data']['id']}/sync", {"force": True})
    told = client.control("GET", f"/sessions/{session}/deliveries")["deliveries"]
    expect({one["event"] for one in told} <= {"sync_start"}, True, "the deliveries")
    client.leave(session, 3)


def control_calls(client):
    for path in ("/scenarios", "/sessions", "/operations", "/metrics", "/health"):
        client.control("GET", path)
    session = client.new_session()
    client.control("PUT", f"/sessions/{session}", {"seed": 7, "clock": "2026-01-15T10:00:00Z"})
    first = client.vendor("POST", f"/@{session}{AIRWEAVE[1]}", AIRWEAVE[2])[1]["id"]
    store = client.control("GET", f"/sessions/{session}/store")
    client.control("PUT", f"/sessions/{session}/store", store)
    client.control("GET", f"/sessions/{session}/store/diff")
    for path in ("verdicts", "coverage", "report?format=html", "report?format=junit"):
        client.control("GET", f"/sessions/{session}/{path}")
    client.control("POST", f"/sessions/{session}/reset", {})
    again = client.vendor("POST", f"/@{session}{AIRWEAVE[1]}", AIRWEAVE[2])[1]["id"]
    expect(again, first, "the first id after a reset")
    client.leave(session, 1)


def documented_outcomes(client):
    session = client.new_session()
    for method, path, body, _ in CREATES:
        for code in (401, 429, 500):
            status, _ = client.vendor(method, f"/@{session}{path}", body,
                                      {"Prefer": f"code={code}"})
            expect(status, code, path)
    client.leave(session, 9)


def watched_scenario(client):
    """The scenario whose file changes all the time is the old one or the new one, never none."""
    session = client.new_session()
    status, _ = client.vendor("POST", f"/~changing@{session}{AIRWEAVE[1]}", AIRWEAVE[2])
    expect(status in (429, 503), True, f"a scenario that changes ({status})")
    client.leave(session, 1)


ALL = [exact_script, exact_script, exact_script_of_many, fivetran_life, airweave_life, own_scenario,
       leaves_early, bad_requests, dead_webhook, control_calls, documented_outcomes,
       watched_scenario]


class Client:
    """A keep-alive connection that counts what it sends."""

    def __init__(self, emulator, chance, name):
        self.emulator, self.chance, self.name = emulator, chance, name
        self.sent = 0           # requests of vendors' APIs, which the server must count as well
        self.controls = 0
        self._sessions = 0
        self._connection = None
        self._lock = threading.Lock()

    def again(self):
        """Another client that counts for this one."""
        return _Other(self)

    def new_session(self):
        self._sessions += 1
        return f"{self.name}-{self._sessions}"

    def _ask(self, method, path, body, headers):
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self.emulator.host, self.emulator.port,
                                                          timeout=60)
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.getheader("Content-Type", ""), answer.read()
        except BaseException:
            self._connection.close()
            self._connection = None
            raise

    def vendor(self, method, path, body=None, headers=None):
        self.count()
        status, kind, text = self._ask(method, path, json.dumps(body) if body else None,
                                       {**credentials(path), **(headers or {})})
        return status, json.loads(text) if "json" in kind and text else text

    def count(self):
        with self._lock:
            self.sent += 1

    def control(self, method, path, body=None):
        self.controls += 1
        status, kind, text = self._ask(method, "/__admin" + path,
                                       json.dumps(body) if body is not None else None,
                                       {"Content-Type": "application/json"})
        if status not in (200, 201, 204):
            raise AssertionError(f"{method} {path}: {status} {text[:300]!r}")
        return json.loads(text) if kind.startswith("application/json") else text

    def bytes(self, method, path, body):
        text = json.dumps(body)
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(text)}"]
        lines += [f"{name}: {value}" for name, value in credentials(path).items()]
        return ("\r\n".join(lines) + "\r\n\r\n" + text).encode()

    def raw(self):
        return socket.create_connection((self.emulator.host, self.emulator.port), 60)

    def await_total(self, session, count):
        """No exchange is lost: the journal comes to have that many."""
        for _ in range(1000):
            seen = self.control("GET", f"/sessions/{session}/requests?limit=1")["total"]
            if seen >= count:
                break
        expect(seen, count, f"exchanges in {session}")

    def leave(self, session, count):
        """Half of the sessions are dropped, the others stay until they are idle for too long."""
        told = self.control("GET", f"/sessions/{session}/requests")
        expect((told["total"], len(told["requests"])), (count, count), f"exchanges in {session}")
        if self.chance.random() < 0.5:
            self.control("DELETE", f"/sessions/{session}")

    def close(self):
        if self._connection is not None:
            self._connection.close()


class _Other(Client):
    def __init__(self, client):
        super().__init__(client.emulator, client.chance, client.name)
        self._client = client

    def count(self):
        self._client.count()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def credentials(path):
    key = {"Content-Type": "application/json", "X-API-Key": "my-key"}
    if "/teams/" in path:
        return {**key, "Authorization": "Bearer my-key"}
    return {**key, "Authorization": "Basic bXkta2V5Om15LXNlY3JldA=="}
