"""What is trusted: a setup test passes once what it meets is approved, or the call trusts it."""

import unittest
import urllib.parse

from fivetran import START, FivetranTest, POSTGRES

TUNNEL = {**POSTGRES, "config": {**POSTGRES["config"], "tunnel_host": "ssh.test"}}
WAREHOUSE = {"group_id": "group_id", "service": "postgres_warehouse", "time_zone_offset": "0",
             "config": {"host": "db.test", "password": "hush"}}
TRUST = {"trust_certificates": True, "trust_fingerprints": True}


def failed(data):
    """The failed setup tests of an answer, by title."""
    return {one["title"]: one for one in data["setup_tests"] if one["status"] == "FAILED"}


class ApprovalTest(FivetranTest):
    def owners(self):
        """(what makes one, its state's name and path, a new one) of a connection and a destination."""
        made = self.data("POST", "/v1/connections", TUNNEL, 201)
        yield f"/v1/connections/{made['id']}", made, lambda data: data["status"]["setup_state"]
        config = {**WAREHOUSE["config"], "connection_type": "SshTunnel", "tunnel_host": "ssh.test"}
        made = self.data("POST", "/v1/destinations", {**WAREHOUSE, "config": config}, 201)
        yield f"/v1/destinations/{made['id']}", made, lambda data: data["setup_status"]

    def test_what_is_approved_passes_until_it_is_revoked(self):
        for path, made, state in self.owners():
            with self.subTest(path=path):
                self.assertEqual((list(failed(made)), state(made)),
                                 (["SSH Tunnel Connection"], "incomplete"))
                key = failed(made)["SSH Tunnel Connection"]["details"]
                self.data("POST", path + "/fingerprints",
                          {"hash": key["hash"], "public_key": key["public_key"]}, 201)

                tested = self.data("POST", path + "/test", {})
                self.assertEqual((list(failed(tested)), state(tested)),
                                 (["Validate Certificate"], "incomplete"))
                met, = failed(tested)["Validate Certificate"]["details"]
                record = self.data("POST", path + "/certificates",
                                   {"hash": met["hash"], "encoded_cert": met["encoded_cert"]}, 201)
                for member in ("hash", "name", "sha1", "sha256", "public_key"):
                    self.assertEqual(record[member], met[member], member)

                tested = self.data("POST", path + "/test", {})
                self.assertEqual((failed(tested), state(tested)), ({}, "connected"))

                raw = urllib.parse.quote(met["hash"], safe="")
                in_urls = met["hash"].replace("+", "-").replace("/", "_")
                for written in (raw, in_urls, in_urls.rstrip("="), record["id"]):
                    self.assertEqual(self.data("GET", f"{path}/certificates/{written}"), record)
                self.assert_error("GET", f"{path}/certificates/{in_urls[1:]}", 404, "NotFound",
                                  "Certificate with specified hash not found")
                self.done("DELETE", f"{path}/certificates/{raw}")
                tested = self.data("POST", path + "/test", {})
                self.assertEqual((list(failed(tested)), state(tested)),
                                 (["Validate Certificate"], "broken"))

    def test_a_hash_with_slashes_stands_in_the_path_as_it_is(self):
        connection = self.make()
        self.data("POST", "/v1/destinations", {
            "group_id": "group_id", "service": "snowflake", "time_zone_offset": "0", "config": {}}, 201)
        for name in (f"/v1/connections/{connection}", f"/v1/connectors/{connection}",
                     "/v1/destinations/group_id"):
            for hash in ("ab/cd+e=", "/ab//c==", "ab%2Fcd/e"):
                with self.subTest(name=name, hash=hash):
                    path = f"{name}/fingerprints"
                    key = {"hash": urllib.parse.unquote(hash), "public_key": "key"}
                    made = self.data("POST", path, key, 201)
                    self.assertEqual(self.data("GET", f"{path}/{hash}"), made)
                    self.done("DELETE", f"{path}/{hash}")
                    self.assertEqual(self.ask("GET", f"{path}/{hash}").json()["code"], "NotFound")
        trusted = self.data("POST", f"/v1/connections/{connection}/certificates",
                            {"hash": "ab/cd/e=", "encoded_cert": "MIIDd"}, 201)
        path = f"/v1/connections/{connection}/certificates/ab/cd/e="
        self.assertEqual(self.data("GET", path), trusted)
        self.done("DELETE", path)
        self.assertEqual(self.ask("GET", path).status, 404)

    def test_who_trusts_approves_what_is_met(self):
        for path, made, state in self.owners():
            with self.subTest(path=path):
                self.assertEqual(state(self.data("POST", path + "/test", TRUST)), "connected")
                certificate, = self.data("GET", path + "/certificates")["items"]
                self.assertEqual(
                    (certificate["name"], certificate["type"], certificate["validated_date"],
                     certificate["validated_by"]),
                    ("C=US, O=Example Ltd, CN=db.example.com", "TLS", START, "Jane Doe"))
                key, = self.data("GET", path + "/fingerprints")["items"]
                self.assertEqual(list(key), ["id", "hash", "public_key", "validated_date",
                                             "validated_by"])
                self.assertEqual(state(self.data("POST", path + "/test", {})), "connected")

    def test_trust_at_creation_lasts(self):
        connection = self.make(POSTGRES, trust_certificates=True)
        self.assertEqual(len(self.data("GET", f"/v1/connections/{connection}/certificates")["items"]),
                         1)
        now = self.change(connection, config={"port": 5433})
        self.assertEqual(now["status"]["setup_state"], "connected")
        made = self.data("POST", "/v1/destinations", {**WAREHOUSE, **TRUST}, 201)
        self.assertEqual(made["setup_status"], "connected")
        now = self.data("PATCH", "/v1/destinations/group_id", {"config": {"port": 5433}})
        self.assertEqual((failed(now), now["setup_status"]), ({}, "connected"))

    def test_what_no_test_meets_is_not_approved(self):
        connection = self.make(POSTGRES, run_setup_tests=False, **TRUST)
        for what in ("certificates", "fingerprints"):
            self.assertEqual(self.data("GET", f"/v1/connections/{connection}/{what}")["items"], [])
        self.data("POST", f"/v1/connections/{connection}/test", TRUST)
        self.assertEqual(self.data("GET", f"/v1/connections/{connection}/fingerprints")["items"], [])

    def test_an_approval_is_of_one_alone(self):
        first = self.make(POSTGRES, trust_certificates=True)
        second = self.data("POST", "/v1/connections",
                           {**POSTGRES, "config": {"schema_prefix": "other"}}, 201)
        self.assertEqual(list(failed(second)), ["Validate Certificate"])
        self.done("DELETE", f"/v1/connections/{first}")
        self.assertEqual(self.stored("certificate"), {})

    def test_the_scenario_plays_along(self):
        self.scenario = "setup-tests-untrusted"
        made = self.data("POST", "/v1/connections", {
            "group_id": "group_id", "service": "google_ads", "config": {"schema": "ads"}}, 201)
        path = f"/v1/connections/{made['id']}"
        key = failed(made)["SSH Tunnel Connection"]["details"]
        self.data("POST", path + "/fingerprints",
                  {"hash": key["hash"], "public_key": key["public_key"]}, 201)
        tested = self.data("POST", path + "/test", {})
        met, = failed(tested)["Validate Certificate"]["details"]
        self.data("POST", path + "/certificates",
                  {"hash": met["hash"], "encoded_cert": met["encoded_cert"]}, 201)
        tested = self.data("POST", path + "/test", {})
        self.assertEqual((failed(tested), tested["status"]["setup_state"]), ({}, "connected"))

    def test_by_the_older_path_it_is_a_connector_that_is_not_there(self):
        for what in ("certificates", "fingerprints"):
            self.assert_error("GET", f"/v1/connectors/nowhere/{what}", 404, "NotFound_Connector",
                              "Connector with id 'nowhere' does not exist.")


if __name__ == "__main__":
    unittest.main()
