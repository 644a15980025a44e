"""Measures Mockduit beside its peers on the same call, in turns: ./dev bench --peers."""
import contextlib
import json
import socket
import typing

from call import CREATE
from figures import CONNECTIONS
from load import LoadFailed, put_load
from peers import SCRIPT_CALL, NotInstalled, all_peers, install
from progress import say
from servers import NotStarted, find_tool
from table import Spread, Table

CALLERS = 32  # of the script that throttles two
WARM_UP = 5   # seconds, for those that compile what is called often

HEAD = ["", "version", "start, ms", "idle, MiB", "loaded, MiB", "requests/s, 32", "p99, ms, 32",
        "requests/s, 256", "p99, ms, 256", "429s of 32 callers"]


class Result(typing.NamedTuple):
    table: Table
    left_out: list  # a line for each peer that could not be measured, in its own words
    errors: list  # a line for each load that met errors
    throughput: dict  # the spread of requests/s at 32 connections by the peer's title


class Measured:
    """What is known of a peer so far."""

    def __init__(self, peer):
        self.peer = peer
        self.starts = []
        self.throttled = []
        self.idle = self.busy = self.server = None
        self.reports = {connections: [] for connections in CONNECTIONS}

    def load(self, seconds):
        """A round; of no seconds, it is only warmed up."""
        if not seconds:
            put_load(self.server.port, CONNECTIONS[0], WARM_UP)
            return
        for connections, reports in self.reports.items():
            reports.append(put_load(self.server.port, connections, seconds))
        say(f"{self.peer.title}: " + ", ".join(f"{reports[-1].per_second:,.0f}/s at {connections}"
                                               for connections, reports in self.reports.items()))

    def row(self):
        exact = ", ".join(self.throttled) if self.peer.scripted else "has no scripts"
        loads = [str(Spread.of(getattr(one, what) for one in self.reports[connections]))
                 for connections in CONNECTIONS for what in ("per_second", "p99")]
        return [self.peer.title, self.peer.version or "this", str(Spread.of(self.starts)),
                *(f"{memory.resident:,.0f}" for memory in (self.idle, self.busy)), *loads, exact]

    def errors(self):
        return [f"{self.peer.title}, {connections} connections: {one.errors}"
                for connections, reports in self.reports.items() for one in reports if one.errors]


def measure(binary, options, progress):
    """Gives a Result. Every peer that starts takes part in every round."""
    progress.step("installing the peers")
    peers, left_out = all_peers(binary), []
    try:
        install()
    except NotInstalled as error:
        left_out = [f"all others: {error}"]
        peers = peers[:1]
    with contextlib.ExitStack() as servers:
        measured = []
        for peer in peers:
            progress.step(f"starting {peer.title}")
            one = Measured(peer)
            try:
                begin(one, options.rounds, servers)
            except NotStarted as error:
                left_out.append(tell(f"{peer.title}: {error}"))
            else:
                measured.append(one)
        for number in range(options.rounds + 1):
            progress.step(f"round {number} of {options.rounds}" if number else "warming them up")
            for one in list(measured):
                try:
                    one.load(options.seconds if number else 0)
                except LoadFailed as error:
                    left_out.append(tell(f"{one.peer.title}: {error}"))
                    measured.remove(one)
        for one in measured:
            one.busy = one.server.memory()
    return Result(Table(HEAD, [one.row() for one in measured]), left_out,
                  [line for one in measured for line in one.errors()],
                  {one.peer.title: Spread.of(report.per_second for report in
                                             one.reports[CONNECTIONS[0]]) for one in measured})


def tell(line):
    say(f"left out: {line}")
    return line


def begin(one, times, servers):
    """Starts a peer so often, and leaves the last start running."""
    if find_tool(one.peer.tool) is None:
        raise NotStarted(f"{one.peer.tool} is missing; ./dev setup peers installs it")
    for number in range(times):
        server = one.peer.start()
        stopping = servers if number == times - 1 else contextlib.ExitStack()
        with contextlib.nullcontext() if stopping is servers else stopping:
            stopping.enter_context(server)
            check_answer(server.first_answer)
            one.starts.append(server.start_ms)
            one.idle, one.server = server.memory(), server
            if one.peer.scripted:
                one.throttled.append(count_throttled(server.port, one.peer.scripted))


def check_answer(text):
    """It must be the create's, not just anything with the right status."""
    try:
        data = json.loads(text)["data"]
        right = isinstance(data["connection_id"], str) and data["login_url"] is None
    except (ValueError, LookupError, TypeError):
        right = False
    if not right:
        raise NotStarted(f"it answers with another body: {text[:200].decode(errors='replace')}")


def count_throttled(port, call=SCRIPT_CALL, callers=CALLERS):
    """What so many callers get, all of whose requests are sent before one is read, as a text: how
    many a 429, and what else there is beside the success."""
    fields = {"Host": f"127.0.0.1:{port}", **call.headers, "Content-Length": len(call.body),
              "Connection": "close"}
    request = (f"{call.method} {call.path} HTTP/1.1\r\n"
               + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
               + "\r\n" + call.body).encode()
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
                 for _ in range(callers)]
        for wire in wires:
            wire.sendall(request)
        statuses = [read_status(wire) for wire in wires]
    return tell_statuses(statuses)


def tell_statuses(statuses):
    others = sorted(set(statuses) - {429, CREATE.status})
    more = ", ".join(f"{status}: {statuses.count(status)}" for status in others)
    return str(statuses.count(429)) + (f" ({more})" if more else "")


def read_status(wire):
    with wire.makefile("rb") as file:
        return int(file.readline().split()[1])
