"""Counts what calls cost in instructions and heap allocations, and holds them against a budget.

Valgrind's callgrind counts. A call's figure is the difference of two runs that differ in the number
of calls alone, so what the start and the first call cost is not in it.
"""
import concurrent.futures
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import typing

from call import AIRWEAVE, CREATE, FIVETRAN, JSON_TYPE, Call, ask, connect
from servers import free_port

TREE = pathlib.Path(__file__).resolve().parent.parent
BUDGET = TREE / "bench/budget.json"
TOLERANCE = 1.05
FEW, MANY = 100, 300  # calls of the two runs
STORED = 1000         # resources of a list
PATIENCE = 120        # seconds for a start, or a stop, under valgrind
START = "start"       # of a server, and its end
# `mockduit exec` of a command that calls nothing, from its start to its summary: without any options,
# and with a contract of one's own.
EXEC = {"exec": [], "exec_own_contract": ["--fixtures", TREE / "examples/fixtures"]}

CALLS = {
    "supermetrics_create": CREATE,
    "airweave_create": Call("POST", "/source-connections", AIRWEAVE,
                            '{"name":"My source","short_name":"stripe"}', 200),
    "fivetran_create": Call(
        "POST", "/v1/connections", FIVETRAN,
        '{"service":"postgres","group_id":"_moonbeam","trust_certificates":true,'
        '"config":{"schema_prefix":"p","host":"h","port":5432,"database":"d","user":"u",'
        '"password":"p"}}', 201),
    "scripted_429": CREATE.at("/~rate-limited")._replace(status=429),
    "list_10_of_1000": Call("GET", "/v1/groups?limit=10", FIVETRAN, None, 200),
}
ROWS = [START, *EXEC, *CALLS]
# What must be there before a call is counted.
PREPARED = {
    "list_10_of_1000": Call("PUT", "/__admin/store", JSON_TYPE, json.dumps(
        {"resources": {"fivetran.group": {
            f"g{i}": {"id": f"g{i}", "name": f"Group {i}", "created_at": "2026-01-15T10:00:00Z"}
            for i in range(STORED)}}}), 204),
}
# Options of the server that a call is counted on. An Airweave create starts a job: on a clock that
# runs, the slower the machine is, the more of them would have gone on meanwhile.
OPTIONS = {"airweave_create": ["--clock", "2026-01-15T10:00:00Z"]}

# The stages of a request, by the functions that hold them, each within an earlier one.
SERVE = "mockduit::Connection::Serve("
HANDLE = "mockduit::Emulator::Handle("
DECIDE = "mockduit::Emulator::Decide("
VALIDATE = "mockduit::Emulator::Validate("
BEHAVE = "mockduit::Emulator::Behave("
FINISH = "mockduit::Emulator::Finish("
RENDER = "mockduit::Render("
STAGES = {  # a stage takes what its first function does, without the others
    "door: read the request, write the answer": (SERVE, HANDLE),
    "address, session, route": (HANDLE, DECIDE, FINISH),
    "decide: play, authenticate, limit": (DECIDE, VALIDATE, BEHAVE),
    "decide: validate": (VALIDATE,),
    "decide: behave": (BEHAVE,),
    "render": (RENDER,),
    "record": (FINISH, RENDER),
}


class CountingFailed(Exception):
    pass


class Figures(typing.NamedTuple):
    """Of a row."""

    instructions: float
    allocations: float


class Profile(typing.NamedTuple):
    """Of one of callgrind's files."""

    instructions: int
    called: dict  # how often a function was called, by its name
    inclusive: dict  # instructions of a function with all that it calls, by its name

    @property
    def allocations(self):
        # operator new asks malloc, unless its thread has kept a block (src/base/allocation.cc).
        made = max(self.called.get(name, 0) for name in ("malloc", "operator new(unsigned long)"))
        return made + sum(self.called.get(name, 0) for name in ("calloc", "realloc"))

    def cost_of(self, prefix):
        """Of the functions whose name begins so; None where there is none: it may be inlined."""
        costs = [cost for name, cost in self.inclusive.items() if name.startswith(prefix)]
        return sum(costs) if costs else None


def read_profile(lines):
    """Reads callgrind's format, in which a name stands once and then its number."""
    names, called, inclusive = {}, {}, {}
    caller = callee = ""
    instructions = 0
    lines = iter(lines)

    def named(text):
        number, _, name = text.strip().partition(" ")
        return names.setdefault(number, name) if name else names.get(number, number)

    for line in lines:
        if line.startswith("fn="):
            caller = named(line[3:])
        elif line.startswith("cfn="):
            callee = named(line[4:])
        elif line.startswith("calls="):
            called[callee] = called.get(callee, 0) + int(line[6:].split()[0])
            cost = int(next(lines).split()[1])
            if plain(caller) != plain(callee):  # else it is within itself already
                inclusive[callee] = inclusive.get(callee, 0) + cost
        elif line.startswith(("summary:", "totals:")):
            instructions = max(instructions, int(line.split()[1]))
    return Profile(instructions, called, inclusive)


def plain(name):
    """Without the mark of a recursion: f'2 is f within f."""
    return name.rpartition("'")[0] if name.rpartition("'")[2].isdigit() else name


def under_valgrind(out, *command):
    return ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *map(str, command)]


def profile_exec(binary, name, out=None):
    """The profile of one of EXEC; left at `out`, if given."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(out or pathlib.Path(folder) / "callgrind.out")
        ended = subprocess.run(under_valgrind(out, binary, "exec", *EXEC[name], "--", "true"),
                               timeout=PATIENCE, capture_output=True, text=True)
        if ended.returncode != 0:
            raise CountingFailed("exec failed under valgrind: " + ended.stderr[-2000:])
        with out.open(encoding="utf-8") as file:
            return read_profile(file)


def profile_run(binary, name, count, out=None, arguments=()):
    """The profile of a whole run of the server that is called so often; left at `out`, if given."""
    if name in EXEC:
        return profile_exec(binary, name, out)
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(out or pathlib.Path(folder) / "callgrind.out")
        said = pathlib.Path(folder) / "said"
        ready = pathlib.Path(folder) / "url"
        port = free_port()
        with said.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(
                under_valgrind(out, *arguments, binary, "serve", "--port", port, "--seed", "7",
                               "--ready-file", ready, *OPTIONS.get(name, [])),
                stdout=output, stderr=subprocess.STDOUT)
        try:
            begun = time.monotonic()
            while not ready.exists():
                if process.poll() is not None or time.monotonic() - begun > PATIENCE:
                    raise CountingFailed("the server did not start under valgrind: "
                                         + said.read_text(encoding="utf-8")[-2000:])
                time.sleep(0.01)
            if name != START:
                connection = connect(port)
                if name in PREPARED:
                    ask(connection, PREPARED[name])
                for _ in range(count):
                    ask(connection, CALLS[name])
                connection.close()
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE)
        finally:
            process.kill()
            process.wait()
        with out.open(encoding="utf-8") as file:
            return read_profile(file)


def count(binary, names, out=None, tell=lambda name, figures: None):
    """Figures by name, of ROWS; `tell` gets each as it is known."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {name: [pool.submit(profile_run, binary, name, calls, out if calls != FEW else None)
                       for calls in ((FEW, MANY) if name in CALLS else (0,))] for name in names}
        table = {}
        for name, futures in runs.items():
            few, many = (futures[0].result(), futures[-1].result())
            calls = MANY - FEW if name in CALLS else 1
            before = few if name in CALLS else Figures(0, 0)
            table[name] = Figures(
                round((many.instructions - before.instructions) / calls),
                round((many.allocations - before.allocations) / calls, 1))
            tell(name, table[name])
        return table


def count_stages(binary):
    """Instructions a call by stage; None where the compiler has put a stage into another."""
    arguments = ["--toggle-collect=mockduit::Connection::Serve()"]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        few, many = pool.map(lambda calls: profile_run(binary, "supermetrics_create", calls, None,
                                                       arguments), (FEW, MANY))

    def each(prefix):
        costs = few.cost_of(prefix), many.cost_of(prefix)
        return None if None in costs else (costs[1] - costs[0]) / (MANY - FEW)

    return stages_of(each)


def stages_of(cost_of):
    """Takes apart what the functions of STAGES take: `cost_of` gives that by a name's beginning."""
    table = {}
    for stage, (whole, *parts) in STAGES.items():
        cost = cost_of(whole)
        table[stage] = None if cost is None else cost - sum(cost_of(part) or 0 for part in parts)
    return table


def over(table, budget):
    """A line for each figure that is more than 5 % over its budget, or that has none."""
    lines = []
    for name, figures in table.items():
        for what, figure in figures._asdict().items():
            allowed = budget.get(name, {}).get(what)
            if allowed is None:
                lines.append(f"{name}: {figure:,} {what}, for which there is no budget")
            elif figure > allowed * TOLERANCE:
                more = f"{figure / allowed - 1:.0%} over the" if allowed else "over a"
                lines.append(f"{name}: {figure:,} {what}, {more} budget of {allowed:,}")
    return lines


def read_budget():
    return json.loads(BUDGET.read_text(encoding="utf-8")) if BUDGET.exists() else {}


def write_budget(table):
    """Leaves the figures of calls that are not in the table as they are."""
    budget = {**read_budget(), **{name: one._asdict() for name, one in table.items()}}
    BUDGET.write_text(json.dumps(budget, indent=2) + "\n", encoding="utf-8")
