"""Tests of a client, each in a world of its own. What they assert is the client's own result; how it
came by it, the fixture judges."""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "clients"))

import good_client  # noqa: E402


def test_a_create_is_made_though_it_is_throttled(mockduit):
    assert good_client.create(mockduit("throttled-twice"), "My source") == 200


def test_a_broken_server_is_given_up(mockduit):
    assert good_client.create(mockduit("server-error"), "My source") == 500


def test_what_was_made_is_found(mockduit):
    assert good_client.create(mockduit(), "My source") == 200
    assert good_client.find(mockduit(), "My source")
