#!/usr/bin/env python3
"""Makes two Airweave source connections as clients are often written: "try it four times".

    mockduit exec --scenario throttled-twice --require all -- python3 examples/clients/bad_client.py

It tries again at once, whatever it was told and whatever went wrong, and never looks whether a failed
create has happened after all. It ends with exit code 0, and tests that only look at that are content.
"""

import json
import os
import urllib.request

HEADERS = {"X-API-Key": "my-key", "Content-Type": "application/json", "User-Agent": "bad-client"}


def create(server, name):
    body = {"name": name, "short_name": "stripe", "auth_fields": {"api_key": "sk_test_123"}}
    url = f"{server}/source-connections"
    request = urllib.request.Request(url, json.dumps(body).encode(), HEADERS)
    for _ in range(4):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status
        except Exception:  # this is what makes it a bad one
            pass
    return 0


def main():
    server = os.environ.get("MOCKDUIT_AIRWEAVE_URL", "http://127.0.0.1:8080")
    for name in ("First source", "Second source"):
        print(f"{name}: {'made' if create(server, name) == 200 else 'given up'}")


if __name__ == "__main__":
    main()
