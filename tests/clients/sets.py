"""Which runs there are: the sets, the scenarios of each, and the calls of a run."""

import base64
import fnmatch
import json

PASSING = ["limited-once", "limited-twice", "limited-date", "limited-bare", "limited-zero", "busy",
           "broken-twice", "broken-four-times", "down", "reset", "stalled", "slow", "made-unseen",
           "made-unheard", "late"]
REFUSED = ["bad-request", "unauthorized", "forbidden", "not-found", "conflict", "unprocessable"]
SOME = ["limited-twice", "broken-four-times", "down", "reset", "made-unseen", "forbidden"]
FEW = ["limited-once", "broken-twice", "down", "not-found"]

# `callers` make `calls`, all different or all equal. A clock that is not real has a rate, or stands
# still: then only clients whose sleep the driver can replace have a place in the set.
SETS = {
    "serial": {"scenarios": [*PASSING, *REFUSED, "fine"], "calls": 2},
    "serial, no keep-alive": {"scenarios": SOME, "calls": 2, "keepAlive": False},
    "2 callers": {"scenarios": SOME, "callers": 2, "calls": 4},
    "8 callers": {"scenarios": SOME, "callers": 8, "calls": 8},
    "2 equal callers": {"scenarios": SOME, "callers": 2, "calls": 2, "equal": True},
    "8 equal callers": {"scenarios": SOME, "callers": 8, "calls": 8, "equal": True},
    "8 equal, no keep-alive": {"scenarios": FEW, "callers": 8, "calls": 8, "equal": True,
                               "keepAlive": False},
    "rate 60": {"scenarios": ["limited-minute", "limited-bare", "broken-four-times", "down",
                              "stalled", "unprocessable"], "calls": 2, "rate": 60},
    "frozen clock": {"scenarios": ["limited-once", "limited-twice", "busy", *SOME], "calls": 2, "rate": 0},
}
SERIAL = ("serial", "serial, no keep-alive", "rate 60", "frozen clock")

# What --quick leaves: enough to see each kind of client in each kind of set.
QUICK = ["axios-retry/default-post", "axios-retry/exponential-post", "axios-retry/own-delay", "got/default",
         "got/post", "got/at-once", "ky/post", "ky/steady", "undici/default", "p-retry/careful",
         "cockatiel/shrinking", "fetch-retry/any", "superagent/any", "by-hand/*", "urllib3/statuses",
         "urllib3/refused-too", "tenacity/as-told-post", "backoff/full-jitter", "curl/all-errors"]
QUICK_SCENARIOS = ["limited-once", "limited-twice", "limited-bare", "broken-four-times", "down", "reset",
                   "made-unseen", "late", "forbidden", "conflict", "limited-minute"]

START = "2026-01-15T10:00:00Z"
AIRWEAVE = {"X-API-Key": "my-key"}
FIVETRAN = {"Authorization": "Basic " + base64.b64encode(b"my-key:my-secret").decode(),
            "Accept": "application/json"}


def clock(rate):
    return {1: "real", 0: START}.get(rate, f"{START}@{rate}")


def fits(setting, chosen, scenario):
    """Whether the setting's runs show anything there."""
    if chosen.get("rate") == 0 and not setting.get("sleeps"):
        return False
    if (scenario == "lost-delete") != (setting["method"] == "DELETE"):
        return False
    if scenario == "late" and not setting.get("patience"):
        return False
    if scenario.startswith("made-") and setting["method"] != "POST":
        return False
    return fnmatch.fnmatchcase(scenario, setting.get("scenarios", "*"))


def call(base, tag, method, number, fivetran):
    """The number says which call it is; equal calls have the same."""
    headers = {"X-Tag": tag, **(FIVETRAN if fivetran else AIRWEAVE)}
    if method == "GET":
        return {"url": f"{base}/source-connections?limit={50 + number}", "method": method, "headers": headers}
    headers["Content-Type"] = "application/json"
    name = f"source_{number}"
    if fivetran:
        body = {"group_id": "group_id", "service": "google_sheets", "config": {"schema": name, "table": "orders"}}
        path = "/v1/connections"
    else:
        body = {"name": name, "short_name": "stripe", "auth_fields": {"api_key": "sk_test_1"}}
        path = "/source-connections"
    return {"url": base + path, "method": method, "headers": headers, "body": json.dumps(body), "name": name}


def runs(settings, quick):
    """Every run: what its driver must know, and what its judge must."""
    count = 0
    for title, chosen in SETS.items():
        for scenario in [*chosen["scenarios"], *(["lost-delete"] if title == "serial" else [])]:
            if quick and scenario not in [*QUICK_SCENARIOS, "lost-delete"]:
                continue
            for setting in settings:
                if not fits(setting, chosen, scenario):
                    continue
                count += 1
                name = f"c{count}"
                # Each second run of a create that is made unseen is on Fivetran.
                fivetran = scenario.startswith("made-") and count % 2 == 1
                base = f"/@{name}"
                calls = [call(base, f"t{number}", setting["method"], 0 if chosen.get("equal") else number, fivetran)
                         for number in range(chosen["calls"])]
                yield {
                    "run": name, "setting": setting["name"], "driver": setting["driver"],
                    "set": title, "scenario": scenario, "rate": chosen.get("rate", 1),
                    "patience": setting.get("patience"), "shrinks": setting.get("shrinks", False),
                    "callers": chosen.get("callers", 1), "keepAlive": chosen.get("keepAlive", True),
                    "calls": calls,
                }
