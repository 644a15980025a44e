"""Makes the calls of many runs with the Python clients and curl.

    python3 driver.py --settings    its settings as JSON
    python3 driver.py               reads runs from standard input, one JSON object a line, and says of
                                    each when it is done

A run has its client and its connections for itself. A run of 8 callers makes its calls 8 at once.
"""

import json
import queue
import sys
import threading
import time
import urllib.request

import curl
import httpx_clients
import requests_clients

AT_ONCE = 56  # callers of all runs together
SETTINGS = {**requests_clients.SETTINGS, **httpx_clients.SETTINGS, **curl.SETTINGS}

really_sleep = time.sleep
here = threading.local()


def sleep(seconds):
    """On a clock that stands still, to sleep is to advance it."""
    advance = getattr(here, "advance", None)
    if not advance:
        return really_sleep(seconds)
    body = json.dumps({"by": f"{round(seconds * 1000)}ms"}).encode()
    urllib.request.urlopen(urllib.request.Request(advance, body)).close()


time.sleep = sleep


class Room:
    """Lets so many callers in at once."""

    def __init__(self, size):
        self.free = size
        self.changed = threading.Condition()

    def enter(self, callers):
        with self.changed:
            self.changed.wait_for(lambda: self.free >= callers)
            self.free -= callers

    def leave(self, callers):
        with self.changed:
            self.free += callers
            self.changed.notify_all()


def caller(run, client, calls):
    here.advance = run.get("advance")
    while True:
        try:
            call = calls.get_nowait()
        except queue.Empty:
            return
        try:
            client(call)
        except Exception:  # how a call ends for its client is of no interest here: the journal tells
            pass


def perform(run, room):
    calls = queue.SimpleQueue()
    for call in run["calls"]:
        calls.put(call)
    client = SETTINGS[run["setting"]]["client"](run)
    callers = [threading.Thread(target=caller, args=(run, client, calls))
               for _ in range(run["callers"])]
    for thread in callers:
        thread.start()
    for thread in callers:
        thread.join()
    room.leave(run["callers"])
    with room.changed:  # lines of several runs must not mix
        print(json.dumps({"run": run["run"]}), flush=True)


def main():
    if sys.argv[1:] == ["--settings"]:
        print(json.dumps([{"name": name, **{k: v for k, v in setting.items() if k != "client"}}
                          for name, setting in SETTINGS.items()]))
        return
    room = Room(AT_ONCE)
    for line in sys.stdin:
        run = json.loads(line)
        room.enter(run["callers"])
        threading.Thread(target=perform, args=(run, room)).start()


if __name__ == "__main__":
    main()
