#!/usr/bin/env python3
"""Makes two Airweave source connections, and takes every failure as it should.

    mockduit exec --scenario throttled-twice --require all -- python3 examples/clients/good_client.py

It tries again what may pass (429, 5xx, a lost answer), waits as long as it is told or longer each
time, looks whether a failed create has happened after all, and gives up one day. That it gave up is
its result, not an error, so it ends with exit code 0 either way.
"""

import http.client
import json
import os
import random
import time
import urllib.error
import urllib.request

PASSING = {408, 429, 500, 502, 503, 504}
ATTEMPTS = 4
PATIENCE = 5  # seconds; who is told to wait longer gives up and comes back another day
PAGE = 100

room_again = 0.0  # when a limit that was used up has room again, by time.monotonic()


def call(method, url, body=None):
    """Gives (status, Retry-After or None, JSON); the status is 0 where no whole answer came. The limit
    is that of the key: what would come too soon for it is not sent, be it another call."""
    global room_again
    left = room_again - time.monotonic()
    if left > PATIENCE:
        return 429, None, None
    time.sleep(max(0, left))
    headers = {"X-API-Key": "my-key", "Accept": "application/json", "User-Agent": "good-client"}
    data = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, None, json.load(answer)
    except urllib.error.HTTPError as refused:
        told = refused.headers.get("Retry-After")
        if refused.code == 429 and told is not None and told.isdigit():
            room_again = time.monotonic() + int(told)
        return refused.code, told, None
    except (OSError, http.client.HTTPException, ValueError):
        return 0, None, None


def wait_before(attempt, told):
    """Seconds until the next attempt, or None: there is none."""
    if attempt + 1 == ATTEMPTS:
        return None
    if told is not None and told.isdigit():
        return int(told) if int(told) <= PATIENCE else None
    return 0.1 * 2**attempt * random.uniform(0.8, 1.2)


def persist(method, url, body=None, has_happened=lambda: False):
    """Gives (status, JSON) of the last attempt; (200, None) where an earlier one had happened."""
    for attempt in range(ATTEMPTS):
        status, told, answer = call(method, url, body)
        wait = wait_before(attempt, told) if status == 0 or status in PASSING else None
        if wait is None:
            return status, answer
        time.sleep(wait)
        if status != 429 and has_happened():
            return 200, None


def find(server, name):
    """Whether there is a connection of that name, on whichever page."""
    skip = 0
    while True:
        status, page = persist("GET", f"{server}/source-connections?skip={skip}&limit={PAGE}")
        if status != 200:
            return False
        if any(connection["name"] == name for connection in page):
            return True
        if len(page) < PAGE:
            return False
        skip += PAGE


def create(server, name):
    """The status of the last attempt: 200 where there is such a connection now."""
    body = {"name": name, "short_name": "stripe", "auth_fields": {"api_key": "sk_test_123"}}
    status, _ = persist("POST", f"{server}/source-connections", body,
                        has_happened=lambda: find(server, name))
    return status


def main():
    server = os.environ.get("MOCKDUIT_AIRWEAVE_URL", "http://127.0.0.1:8080")
    for name in ("First source", "Second source"):
        status = create(server, name)
        print(f"{name}: {'made' if status == 200 else f'given up, {status}'}")


if __name__ == "__main__":
    main()
