"""Load: wrk's keep-alive callers on the create, and what their report says. Needs wrk."""
import pathlib
import re
import subprocess
import typing

from call import CREATE

HERE = pathlib.Path(__file__).resolve().parent
THREADS = 2
MILLIS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


class Report(typing.NamedTuple):
    requests: int
    per_second: float
    p50: float  # milliseconds
    p99: float  # milliseconds
    errors: str  # "": every request was answered well


class LoadFailed(Exception):
    """The load met errors, so its figures say nothing."""


def read_report(text):
    """Of what wrk --latency prints."""
    def find(pattern):
        match = re.search(pattern, text, re.MULTILINE)
        if match is None:
            raise LoadFailed(f"wrk's report has no {pattern!r}:\n{text}")
        return match

    def percentile(number):
        value, unit = find(rf"^ +{number}% +([\d.]+)(us|ms|s|m) *$").groups()
        return float(value) * MILLIS[unit]

    errors = re.findall(r"^ +((?:Socket errors|Non-2xx or 3xx responses): .*)$", text, re.MULTILINE)
    return Report(int(find(r"^ +(\d+) requests in ")[1]),
                  float(find(r"^Requests/sec: +([\d.]+)$")[1]),
                  percentile(50), percentile(99), "; ".join(errors))


def put_load(port, connections, seconds, sessions=0):
    """Calls for that long; with `sessions`, those are called in turn: /@s1, /@s2 and so on."""
    script = ["sessions.lua"] if sessions else ["create.lua"]
    url = f"http://127.0.0.1:{port}{CREATE.path}"
    done = subprocess.run(
        ["wrk", f"-t{min(THREADS, connections)}", f"-c{connections}", f"-d{seconds}s", "--latency",
         "--timeout", "30s", "-s", *script, url, *(["--", str(sessions)] if sessions else [])],
        cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise LoadFailed(f"wrk failed: {done.stdout}{done.stderr}")
    return read_report(done.stdout)


def put_good_load(*arguments, **named):
    """The same, where no request may fail."""
    report = put_load(*arguments, **named)
    if report.errors:
        raise LoadFailed("the load met errors: " + report.errors)
    return report
