"""The figures of Mockduit itself, each measured of every subject in turns. See bench/run."""
import json
import pathlib
import re
import subprocess
import tempfile
import typing

import counting
from call import CREATE, JSON_TYPE, Call, ask, connect
from load import put_good_load
from progress import say
from servers import start_mockduit, start_nginx
from table import Spread, Table, short

TREE = pathlib.Path(__file__).resolve().parent.parent
CONNECTIONS = (32, 256)  # of the table
SWEEP = (8, 32, 64, 128, 256)  # of the plot
COPIES = (1, 2, 3, 4)  # of the vendors, whose operations are served
SESSIONS = 64
MANY_SESSIONS = 10_000


class Subject(typing.NamedTuple):
    """A binary of mockduit that is measured."""

    name: str
    binary: str

    def start(self, *arguments):
        return start_mockduit(self.binary, *arguments)


class Row(typing.NamedTuple):
    key: str
    label: str
    values: list  # a text for each subject


def table_of(subjects, rows):
    return Table(["", *(one.name for one in subjects)], [[row.label, *row.values] for row in rows])


def counted(subjects, _):
    tables = [counting.count(one.binary, counting.ROWS,
                             tell=lambda name, _: say(f"counted {name}")) for one in subjects]
    return [Row("counted_" + name, "instructions · allocations: " + name.replace("_", " "),
                [f"{table[name].instructions:,} · {table[name].allocations:,}" for table in tables])
            for name in tables[0]]


def started(subjects, options):
    measures = [[] for _ in subjects]
    for _ in range(options.starts):
        for one, times in zip(subjects, measures):
            with one.start() as server:
                times.append(server.start_ms)
    return [Row("start", "start to the first answer, ms",
                [str(Spread.of(one)) for one in measures])]


def loaded(subjects, options):
    """Throughput against nginx, p99, and memory before and after."""
    with start_nginx() as nginx:
        servers = [one.start() for one in subjects]
        try:
            idle = [server.memory() for server in servers]
            reports = {}
            for connections in CONNECTIONS:
                reports[connections] = in_turns([nginx, *servers], options, connections)
            busy = [server.memory() for server in servers]
        finally:
            for server in servers:
                server.stop()
    rows = []
    for connections, (theirs, *ours) in reports.items():
        suffix, at = f"_{connections}", f", {connections} connections"
        rows += [
            Row("ratio" + suffix, "of nginx's constant answer" + at,
                [str(Spread.of(our.per_second / their.per_second
                               for our, their in zip(one, theirs))) for one in ours]),
            Row("throughput" + suffix, "requests/s" + at, [throughput(one) for one in ours]),
            Row("p99" + suffix, "p99" + at + ", ms", [latency(one) for one in ours])]
    return rows + [Row("idle", "idle memory, anonymous; resident MiB", list(map(both, idle))),
                   Row("busy", "loaded memory, anonymous; resident MiB", list(map(both, busy)))]


def in_turns(servers, options, connections, sessions=0):
    """Of each server the reports of all rounds."""
    reports = [[] for _ in servers]
    for _ in range(options.rounds):
        for server, done in zip(servers, reports):
            done.append(put_good_load(server.port, connections, options.seconds, sessions))
    return reports


def throughput(reports):
    return str(Spread.of(one.per_second for one in reports))


def latency(reports):
    return str(Spread.of(one.p99 for one in reports))


def both(memory):
    return f"{memory.anonymous:.1f}; {memory.resident:.1f}"


def contended(subjects, options):
    """One session that all callers share, and many sessions that they call in turn."""
    rows = []
    for sessions in (0, SESSIONS):
        what = f"{sessions or 'one'} session{'s' if sessions else ''}, {options.callers} callers"
        servers = [one.start() for one in subjects]
        try:
            reports = in_turns(servers, options, options.callers, sessions)
        finally:
            for server in servers:
                server.stop()
        rows += [Row(f"callers_{sessions}", what + ": requests/s", list(map(throughput, reports))),
                 Row(f"callers_p99_{sessions}", what + ": p99, ms", list(map(latency, reports)))]
    return rows


def grown_by_creates(subjects, options):
    """Memory after many creates in one session."""
    values = []
    for one in subjects:
        with one.start() as server:
            made = 0
            while made < options.creates:
                made += put_good_load(server.port, CONNECTIONS[0], 5).requests
                say(f"{made:,} of {options.creates:,} creates")
            values.append(f"{both(server.memory())} ({made:,})")
    return [Row("creates", "memory after many creates in one session, anonymous; resident MiB "
                           "(creates)", values)]


def grown_by_load_on_sessions(subjects, _):
    values = []
    for one in subjects:
        with one.start() as server:
            made = put_good_load(server.port, CONNECTIONS[0], 5, SESSIONS).requests
            values.append(f"{both(server.memory())} ({made:,})")
    return [Row("sessions_loaded", f"memory of {SESSIONS} sessions after 5 s of load, anonymous; "
                                   "resident MiB (creates)", values)]


def grown_by_sessions(subjects, _):
    """Bytes a session that was used once, all of them still there."""
    values = []
    for one in subjects:
        with one.start("--max-sessions", MANY_SESSIONS + 1) as server:
            before = server.memory()
            connection = connect(server.port)
            for number in range(MANY_SESSIONS):
                ask(connection, CREATE.at(f"/@s{number}"))
            after = server.memory()
            there = json.loads(ask(connection, Call("GET", "/__admin/sessions", JSON_TYPE, None,
                                                    200)))["sessions"]
            connection.close()
            each = (after.anonymous - before.anonymous) * 1024 / MANY_SESSIONS
            values.append(f"{short(each)} ({len(there) - 1:,} there)")
    return [Row("sessions", f"{MANY_SESSIONS:,} sessions, each used once: KiB a session", values)]


# What `bench/run` measures, in the order of the table.
PARTS = {
    "instructions and allocations, under callgrind": counted,
    "start to the first answer": started,
    "throughput and p99 beside nginx, memory idle and loaded": loaded,
    "one session and many, under callers at once": contended,
    "memory after many creates in one session": grown_by_creates,
    f"memory of {SESSIONS} sessions under load": grown_by_load_on_sessions,
    f"memory of {MANY_SESSIONS:,} sessions": grown_by_sessions,
}


# --- plots --------------------------------------------------------------------------------------


def by_connections(subject, options):
    """Of Mockduit and nginx, by connections: the spreads of requests/s and of p99."""
    series = {"Mockduit": {}, "nginx, a constant": {}}
    with start_nginx() as nginx, subject.start() as server:
        for connections in SWEEP:
            say(f"{connections} connections")
            for name, reports in zip(series, in_turns([server, nginx], options, connections)):
                series[name][connections] = (Spread.of(one.per_second for one in reports),
                                             Spread.of(one.p99 for one in reports))
    return series


def by_operations(subject, options):
    """By the number of operations: spreads of the start's milliseconds and of the anonymous MiB.

    Of the binary's own, which are read when they are needed, and of files, which are read at once.
    """
    own, files = {}, {}
    own[count_operations(subject)] = measure_starts(subject, options)
    for copies in COPIES:
        with tempfile.TemporaryDirectory() as folder:
            copy_vendors(pathlib.Path(folder), copies)
            count = count_operations(subject, "--fixtures", folder)
            say(f"{count} operations from files")
            files[count] = measure_starts(subject, options, "--fixtures", folder)
    return {"in the binary, read when needed": own, "from --fixtures, all read at the start": files}


def measure_starts(subject, options, *arguments):
    times, sizes = [], []
    for _ in range(options.starts):
        with subject.start(*arguments) as server:
            times.append(server.start_ms)
            sizes.append(server.memory().anonymous)
    return Spread.of(times), Spread.of(sizes)


def copy_vendors(folder, copies):
    """The fixtures of this tree so often: as they are, then under the vendors' names with 2, 3 …"""
    for vendor in sorted((TREE / "fixtures").iterdir()):
        for number in range(1, copies + 1):
            name = vendor.name + (str(number) if number > 1 else "")
            (folder / name).mkdir()
            for file in vendor.glob("*.yaml"):
                text = re.sub(rf"\bvendor: {vendor.name}\b", f"vendor: {name}",
                              file.read_text(encoding="utf-8"))
                (folder / name / file.name).write_text(text, encoding="utf-8")


def count_operations(subject, *arguments):
    done = subprocess.run([subject.binary, "operations", "--json", *arguments], check=True,
                          capture_output=True, text=True)
    return len(json.loads(done.stdout)["operations"])
