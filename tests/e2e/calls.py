"""One sound create of each vendor and edition, and scenarios that a test makes for itself."""

import dataclasses
import functools
import http.client
import itertools
import json
import socket
import threading
import time

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, FIVETRAN_BODY, FIVETRAN_PATH, JSON_TYPE,
                      PATIENCE, SUPERMETRICS_BODY, SUPERMETRICS_PATH, EmulatorTest, RawClient,
                      basic, control, request, request_bytes)


@dataclasses.dataclass(frozen=True)
class Call:
    name: str
    path: str
    body: str
    header: str          # the credential's
    write: callable      # a key as it stands there
    success: int
    kind: str            # of what is made, in the store

    def headers(self, key="my-key"):
        return [JSON_TYPE, (self.header, self.write(key))]

    def bytes(self, prefix="", key="my-key", body=None, method="POST", more=()):
        return request_bytes(method, prefix + self.path, [*self.headers(key), *more],
                             self.body if body is None else body)


BEARER = Call("bearer", SUPERMETRICS_PATH, SUPERMETRICS_BODY, "Authorization", "Bearer {}".format,
              201, "supermetrics.data_source_connection")
RAW_KEY = dataclasses.replace(BEARER, name="raw-key", write=str)
AIRWEAVE = Call("airweave", AIRWEAVE_PATH, AIRWEAVE_BODY, "X-API-Key", str,
                200, "airweave.source_connection")
FIVETRAN = Call("fivetran", FIVETRAN_PATH, FIVETRAN_BODY, "Authorization", basic,
                201, "fivetran.connection")
CALLS = [BEARER, RAW_KEY, AIRWEAVE, FIVETRAN]
CREATES = {"operation": "*.create_*"}


def for_each_call(test):
    """Runs test(self, call) for each of them."""
    @functools.wraps(test)
    def run(self):
        for call in CALLS:
            with self.subTest(call=call.name):
                test(self, call)
    return run


def what_comes(client):
    """The status of the next answer, or "reset" or "closed" where there is none."""
    try:
        return client.answer().status
    except http.client.RemoteDisconnected:
        return "closed"
    except ConnectionResetError:
        return "reset"


def read_to_the_end(client):
    """All that still comes, and how it ends: "closed" or "reset"."""
    received = bytearray()
    try:
        while part := client.socket.recv(65536):
            received += part
        return bytes(received), "closed"
    except ConnectionResetError:
        return bytes(received), "reset"


def read_bytes(client, count):
    received = b""
    while len(received) < count and (part := client.socket.recv(count - len(received))):
        received += part
    return received


def read_head(client):
    """Up to and with the empty line, and not a byte more."""
    head = b""
    while not head.endswith(b"\r\n\r\n") and (byte := client.socket.recv(1)):
        head += byte
    return head


def what_is_there(client):
    """What can be read without waiting, which is left there; None when that is not even the end."""
    client.socket.setblocking(False)
    try:
        return client.socket.recv(65536, socket.MSG_PEEK)
    except BlockingIOError:
        return None
    finally:
        client.socket.settimeout(PATIENCE)


def is_silent(client):
    """True when nothing is there to be read, not even the end."""
    return what_is_there(client) is None


def eventually(condition):
    """Looks until it holds; a test that has gone wrong ends by PATIENCE."""
    end = time.monotonic() + PATIENCE
    while not (met := condition()):
        assert time.monotonic() < end, "it never came true"
    return met


def in_threads(count, work):
    """Calls work(0) to work(count - 1) at the same moment; gives what they return."""
    start = threading.Barrier(count, timeout=PATIENCE)
    results, errors = [None] * count, []

    def run(number):
        try:
            start.wait()
            results[number] = work(number)
        except Exception as error:  # to be raised where the test sees it
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


class Caller:
    """A client that keeps its connection."""

    def __init__(self, emulator):
        self._connection = http.client.HTTPConnection(emulator.host, emulator.port,
                                                      timeout=PATIENCE)

    def status(self, call, prefix="", key="my-key"):
        self._connection.request("POST", prefix + call.path, call.body, dict(call.headers(key)))
        answer = self._connection.getresponse()
        answer.read()
        return answer.status

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._connection.close()


class ScenarioTest(EmulatorTest):
    """Tests that make scenarios; each is played in a session of the same name."""

    _numbers = itertools.count(1)

    def define(self, *plays, name=None, **rule):
        """A scenario of one rule, by default for creates; gives its name."""
        return self.define_whole(name, rules=[{"match": CREATES, "play": list(plays), **rule}])

    def define_whole(self, name=None, **scenario):
        name = name or f"scenario-{next(self._numbers)}"
        answer = request(self.emulator, "PUT", f"/__admin/scenarios/{name}", [JSON_TYPE],
                         json.dumps({"scenario": name, **scenario}), self.emulator.host)
        self.assertIn(answer.status, (200, 201), answer)
        return name

    def create(self, name, call=AIRWEAVE, session=None, **changes):
        """The answer to a create that plays this scenario."""
        return self.send(call.bytes(f"/~{name}@{session or name}", **changes))

    def send(self, data):
        with RawClient(self.emulator) as client:
            client.send(data)
            return client.answer()

    def statuses(self, name, count, call=AIRWEAVE, session=None):
        with Caller(self.emulator) as caller:
            return [caller.status(call, f"/~{name}@{session or name}") for _ in range(count)]

    def admin(self, method, path, body=None):
        return control(self.emulator, method, path, body)

    def exchanges(self, session):
        return self.admin("GET", f"/sessions/{session}/requests?limit=10000")["requests"]

    def made(self, session, call):
        """The resources that such creates have made there, oldest first."""
        store = self.admin("GET", f"/sessions/{session}/store")["resources"]
        return list(store.get(call.kind, {}).values())

    def progress(self, session, scenario=None):
        """How far the session has come in the scenario, by default the one of its name."""
        told = self.admin("GET", f"/sessions/{session}/progress")["scenarios"]
        return next(one for one in told if one["scenario"] == (scenario or session))

    def advance(self, session, by):
        self.admin("POST", f"/sessions/{session}/clock/advance", {"by": by})
