"""A client that builds its URLs as the vendor's SDK for Python does, with the settings that the README
names: one base for all, and another for what moves data."""

import re
import unittest
import urllib.parse

from emulator import JSON_TYPE, EmulatorTest, request

MOVED = re.compile(r"^/teams/\d+/(transfers|transfer_runs|backfills|data-source-connections|destinations)")


class Client:
    """`base_url` has no path; calls of data transfer go to `dts_base_url`, its path in front."""

    def __init__(self, emulator, base_url, dts_base_url, key, headers=()):
        self.emulator = emulator
        self.bases = base_url, dts_base_url
        self.headers = [("Authorization", f"Bearer {key}"), *headers]

    def call(self, method, path, body=""):
        base = self.bases[bool(MOVED.match(path))]
        url = urllib.parse.urlsplit(base + path)
        target = url.path + ("?" + url.query if url.query else "")
        types = [JSON_TYPE] if body else []
        return request(self.emulator, method, target, [*types, *self.headers], body)


CALLS = [("GET", path) for path in (
    "/ds/login/links", "/ds/logins", "/ds/login/2682599", "/ds/login/2682599/accounts?offset=0&limit=100",
    "/query/accounts?ds_id=AW", "/query/data/json?ds_id=AW&fields=date&fields=clicks",
    "/teams/936506/datasource/GAWA", "/teams/936506/transfers", "/teams/936506/backfills",
    "/teams/936506/destinations", "/v1/teams/936506", "/v1/teams/936506/users",
    "/v1/teams/936506/account_tags", "/v1/teams/936506/custom-fields",
    "/v1/teams/936506/custom-fields/metadata", "/v1/teams/936506/data-blending/blends",
    "/v1/teams/936506/connector_builder/connectors")]


class SdkShapeTest(EmulatorTest):
    def assert_all_succeed(self, client, session):
        for method, path in CALLS:
            with self.subTest(path=path):
                answer = client.call(method, path)
                self.assertEqual((answer.status, answer.headers["X-Mockduit-Session"]),
                                 (200, session), answer)

    def test_with_the_session_in_a_header(self):
        client = Client(self.emulator, "http://127.0.0.1", "http://127.0.0.1/v1", "my-key",
                        [("X-Mockduit-Session", "by-header")])
        self.assert_all_succeed(client, "by-header")

    def test_with_the_session_at_the_end_of_the_key(self):
        client = Client(self.emulator, "http://127.0.0.1", "http://127.0.0.1/v1", "my-key~@by-key")
        self.assert_all_succeed(client, "by-key")

    def test_one_base_for_all_is_enough(self):
        client = Client(self.emulator, "http://127.0.0.1", "http://127.0.0.1", "my-key~@one-base")
        self.assert_all_succeed(client, "one-base")


if __name__ == "__main__":
    unittest.main()
