"""Makes a test of each entry of ../../corpus.json. tests/e2e/integrations_test.py runs this."""

import json
import pathlib
import urllib.error
import urllib.request

import pytest
from pytest_mockduit import session_name

CORPUS = json.loads((pathlib.Path(__file__).parents[2] / "corpus.json").read_text())
CASES = [pytest.param(case, id=f"{number} {case['name']}",
                      marks=pytest.mark.mockduit(**case.get("settings", {})))
         for number, case in enumerate(CORPUS["tests"])]


@pytest.mark.parametrize("case", CASES)
def test_corpus(mockduit, case):
    for step in case["steps"]:
        take(step, mockduit)


def take(step, mock):
    if "call" in step:
        assert send(mock, **step["call"]) == step["status"]
    elif "set" in step:
        mock.set(**step["set"])
    elif "advance" in step:
        mock.advance(step["advance"])
    elif "require" in step:
        mock.require(*step["require"])
    elif "requests" in step:
        assert len(mock.requests()) == step["requests"]
    elif "verdict" in step:
        assert step["verdict"] in [[one["check"], one["result"]] for one in mock.verdicts()]
    elif "url" in step:
        assert mock.url(step["url"]).endswith(step["ends"].format(session=mock.session))
    else:
        pytest.fail(step["fail"])


def send(mock, vendor, method, path, body=None):
    headers = {"Content-Type": "application/json", **CORPUS["credentials"][vendor]}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(mock.url(vendor) + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_names():
    for entry in CORPUS["names"]:
        assert session_name(entry["test"]) == entry["session"]
