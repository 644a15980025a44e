"""One server for the run, a session for each test, and its verdicts at the end of the test."""

import hashlib
import json
import os
import re
import subprocess
import urllib.request

import pytest


def session_of(test):
    """The end of the test's name, and a hash that tells it from others with that end."""
    words = re.sub("[^a-z0-9]+", "-", test.lower())[-55:].strip("-")
    return f"{words}-{hashlib.sha256(test.encode()).hexdigest()[:8]}"


@pytest.fixture(scope="session")
def server():
    command = [os.environ.get("MOCKDUIT", "mockduit"), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().removeprefix("listening on ").strip()
        finally:
            process.terminate()


@pytest.fixture
def mockduit(server, request):
    name = session_of(request.node.nodeid)
    yield lambda scenario="success": f"{server}/~{scenario}@{name}"
    with urllib.request.urlopen(f"{server}/__admin/sessions/{name}/verdicts", timeout=60) as answer:
        verdicts = json.load(answer)["verdicts"]
    bad = [verdict for verdict in verdicts if verdict["result"] in ("fail", "inconclusive")]
    assert not bad, "\n".join(f"{verdict['check']}: {verdict['summary']}" for verdict in bad)
