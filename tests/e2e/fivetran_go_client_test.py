"""What Fivetran's own client for Go sends, flow by flow: each resource is made, read, listed over pages,
changed, tested and deleted, and is gone then.

The requests are as that client makes them: Content-Type also without a body, no Accept, paths and methods
of its own where they differ from the documents. It takes an answer that has another status than it expects,
or is no JSON with a code and a message, for a failure."""

import json
import re
import unittest

from emulator import HERE, basic, request
from fivetran import FivetranTest

KEY = {"hash": "test_hash", "public_key": "test_public_key"}
CERTIFICATE = {"hash": "ab/cd+e=", "encoded_cert": "MIIDd"}
MEMBER = {"id": "{group}", "role": "Destination Administrator"}
CONNECTION_MEMBER = {"id": "{connection}", "role": "Connector Administrator"}

# name: the collection, a create, a change, and how else it differs. {team} and the like stand for the id of
# a new one.
#   change   None where nothing can be changed
#   test     what is called to test it, and `sends` what goes with that call
#   id       the member of the answer that stands in the path
FLOWS = {
    "connection": {
        "path": "/v1/connections",
        "create": {"group_id": "{group}", "service": "itunes_connect", "paused": True,
                   "run_setup_tests": False, "data_delay_sensitivity": None,
                   "config": {"schema": "s", "app_sync_mode": "AllApps"}},
        "change": {"paused": False, "config": {"app_sync_mode": "SpecificApps"}},
        "test": "/test", "sends": {"trust_certificates": True, "trust_fingerprints": True}},
    "fingerprint of a connection": {
        "path": "/v1/connections/{connection}/fingerprints", "create": KEY, "change": None, "id": "hash"},
    "fingerprint of a destination": {
        "path": "/v1/destinations/{destination}/fingerprints", "create": KEY, "change": None,
        "id": "hash"},
    "certificate of a connection": {
        "path": "/v1/connections/{connection}/certificates", "create": CERTIFICATE, "change": None},
    "certificate of a destination": {
        "path": "/v1/destinations/{destination}/certificates", "create": CERTIFICATE, "change": None},
    "group of a team": {"path": "/v1/teams/{team}/groups", "create": MEMBER,
                        "change": {"role": "Destination Analyst"}},
    "connection of a team": {"path": "/v1/teams/{team}/connections", "create": CONNECTION_MEMBER,
                             "change": {"role": "Connector Reviewer"}},
    "user of a team": {"path": "/v1/teams/{team}/users", "id": "user_id",
                       "create": {"user_id": "{user}", "role": "Team Member"},
                       "change": {"role": "Team Manager"}},
    "group of a user": {"path": "/v1/users/{user}/groups", "create": MEMBER,
                        "change": {"role": "Destination Analyst"}},
    "connection of a user": {"path": "/v1/users/{user}/connections", "create": CONNECTION_MEMBER,
                             "change": {"role": "Connector Reviewer"}},
    "webhook of a group": {
        "path": "/v1/webhooks", "create_at": "/v1/webhooks/group/{group}", "created": 200,
        "create": {"url": "https://example.com", "events": ["sync_start"], "active": False,
                   "secret": "s"},
        "change": {"events": ["sync_end"], "active": False}},
    "system key": {
        "path": "/v1/system-keys",
        "create": {"name": "key", "expiration_period": "ONE_MONTH",
                   "permissions": [{"resource_type": "USER", "access_level": "READ"}]},
        "change": {"name": "other"}, "test": "/rotate", "sends": {}},
    "external secrets manager": {
        "path": "/v1/external-secrets-managers",
        "create": {"name": "aws", "type": "AWS_SECRET_MANAGER", "config": {"role_arn": "arn:aws:a"}},
        "change": {"config": {"role_arn": "arn:aws:b"}}},
    "group": {"path": "/v1/groups", "create": {"name": "my_group"}, "change": {"name": "other"}},
    "destination": {
        "path": "/v1/destinations",
        "create": {"group_id": "{group}", "service": "snowflake", "region": "GCP_US_EAST4",
                   "time_zone_offset": "0",
                   "config": {"host": "h", "port": 443, "database": "d", "auth": "PASSWORD",
                              "user": "u", "password": "p"},
                   "run_setup_tests": True},
        "change": {"region": "GCP_US_EAST4", "config": {"user": "other"}}, "test": "/test"},
    "external logging": {
        "path": "/v1/external-logging",
        "create": {"group_id": "{group}", "service": "azure_monitor_log", "enabled": True,
                   "config": {"workspace_id": "w", "primary_key": "PASSWORD"}},
        "change": {"enabled": True, "config": {"workspace_id": "other"}}, "test": "/test"},
    "hybrid deployment agent": {
        "path": "/v1/hybrid-deployment-agents",
        "create": {"group_id": "{group}", "display_name": "agent", "env_type": "DOCKER", "accept_terms": True,
                   "auth_type": "AUTO"},
        "change": None, "test": "/re-auth"},
    "private link": {
        "path": "/v1/private-links",
        "create": {"name": "1766000000000000000", "service": "SOURCE_GCP",
                   "region": "GCP_US_EAST4", "config": {"private_connection_service_id": "x"}},
        "change": None},
    "proxy": {"path": "/v1/proxy", "create": {"display_name": "proxy"}, "change": None,
              "id": "agent_id", "test": "/regenerate-secrets"},
    "team": {"path": "/v1/teams", "create": {"name": "team", "description": "d",
                                            "role": "Account Reviewer"},
             "change": {"name": "other"}},
    "transformation": {
        "path": "/v1/transformations",
        "create": {"type": "QUICKSTART", "paused": True,
                   "schedule": {"schedule_type": "TIME_OF_DAY", "time_of_day": "11:00",
                                "days_of_week": ["MONDAY"], "smart_syncing": True},
                   "transformation_config": {"package_name": "github"}},
        "change": {"paused": False}, "test": "/run"},
    "transformation project": {
        "path": "/v1/transformation-projects",
        "create": {"group_id": "{destination}", "type": "DBT_GIT", "run_tests": False,
                   "project_config": {"git_remote_url": "git@github.com:a/b.git",
                                      "git_branch": "main", "folder_path": "dbt",
                                      "dbt_version": "1.3.1", "default_schema": "s",
                                      "target_name": "t", "threads": 1,
                                      "environment_vars": ["DBT_VARIABLE_1=VALUE"]}},
        "change": {"run_tests": False, "project_config": {"threads": 2}}, "test": "/test"},
    "user": {"path": "/v1/users",
             "create": {"email": "john@example.com", "given_name": "J", "family_name": "D",
                        "role": "Account Reviewer"},
             "change": {"given_name": "K"}},
    "webhook": {"path": "/v1/webhooks", "create_at": "/v1/webhooks/account", "created": 200,
                "create": {"url": "https://example.com", "events": ["sync_start"],
                           "active": False, "secret": "s"},
                "change": {"events": ["sync_end"], "active": False}},
}


class GoClientTest(FivetranTest):
    def call(self, method, path, body=None, status=200):
        text = "" if body is None else json.dumps(body)
        answer = request(self.emulator, method, f"/@{self.session}{path}",
                         [("Authorization", basic("my-key")),
                          *([("Content-Type", "application/json")] if method != "GET" else [])],
                         text)
        self.assertEqual(answer.status, status, answer)
        told = answer.json()
        self.assertIsInstance(told["code"], str)
        return told

    def listed(self, path, ids, by):
        """All ids, read page by page as the client does: while there is a cursor."""
        met, cursor = [], ""
        while cursor is not None:
            page = self.call("GET", f"{path}?limit=1{cursor and '&cursor=' + cursor}")["data"]
            met += [item[by] for item in page["items"]]
            cursor = page.get("next_cursor")
        self.assertLessEqual(set(ids), set(met))
        self.assertEqual(len(met), len(set(met)))

    def new(self, what):
        """The id of a new one of those that flows are about."""
        if what in self.made:
            return self.made[what]
        flow = FLOWS[what]
        self.made[what] = self.call("POST", flow["path"], self.filled(flow["create"]), 201)["data"]["id"]
        return self.made[what]

    def filled(self, value):
        """With the id of a new one for each name in braces."""
        text = json.dumps(value)
        return json.loads(re.sub(r"\{(\w+)\}", lambda name: self.new(name[1]), text))

    def flow(self, path, create, change, create_at=None, created=201, test=None, sends=None, id="id"):
        self.made = {}
        path, create, create_at = self.filled([path, create, create_at])
        made = self.call("POST", create_at or path, create, created)
        self.assertEqual(made["code"], "Success")
        one = made["data"][id]
        at = f"{path}/{one}"
        self.assertEqual(self.call("GET", at)["code"], "Success")
        self.listed(path, [one], "id" if id == "agent_id" else id)
        if change is not None:
            self.assertEqual(self.call("PATCH", at, change)["code"], "Success")
            now = self.call("GET", at)["data"]
            told = {member for member in change if member in now and member[-6:] != "config"}
            self.assertEqual({member: now[member] for member in told},
                             {member: change[member] for member in told})
        if test:
            self.assertIn(self.call("POST", at + test, sends)["code"], ("Success", "Created"))
        self.assertEqual(self.call("DELETE", at)["code"], "Success")
        if path == "/v1/private-links":
            self.wait("60s")
        self.assertRegex(self.call("GET", at, status=404)["code"], "^NotFound")

    def test_every_resource_goes_its_way(self):
        for name, flow in FLOWS.items():
            with self.subTest(flow=name):
                self.setUp()  # in a session of its own
                self.flow(**flow)

    def test_the_clean_up_finds_every_list_and_tolerates_404s(self):
        groups = [self.make_group(f"g{n}") for n in range(2)]
        for group in groups:
            for path in (f"/v1/destinations/{group}", f"/v1/external-logging/{group}"):
                self.call("DELETE", path, status=404)
            self.assertEqual(self.call("GET", f"/v1/groups/{group}/connections")["data"]["items"],
                             [])
            self.call("DELETE", f"/v1/groups/{group}")
        for path in ("private-links", "webhooks", "teams", "proxy", "hybrid-deployment-agents",
                     "transformations", "transformation-projects", "external-logging",
                     "connector-sdk/packages"):
            self.assertEqual(self.call("GET", f"/v1/{path}")["data"], {"items": []}, path)


class GoAccountTest(GoClientTest):
    """The same in the account of that client's own tests: data of one's own."""

    OPTIONS = (*FivetranTest.OPTIONS, "--seed-state", HERE / "seeds/go_client.yaml")

    def test_it_has_one_group_and_its_user_makes_what_is_made(self):
        self.assertEqual(self.call("GET", "/v1/account/info")["data"]["user_id"], "recoup_befell")
        self.assertEqual([group["id"] for group in self.call("GET", "/v1/groups")["data"]["items"]],
                         ["sepulchre_settlement"])
        body = {**FLOWS["hybrid deployment agent"]["create"], "group_id": "sepulchre_settlement"}
        made = self.call("POST", "/v1/hybrid-deployment-agents", body, 201)["data"]
        self.assertEqual(made["created_by"], "recoup_befell")
        made = self.call("POST", "/v1/private-links", FLOWS["private link"]["create"], 201)["data"]
        self.assertEqual((made["account_id"], made["created_by"]), ("go_account", "recoup_befell"))


if __name__ == "__main__":
    unittest.main()
