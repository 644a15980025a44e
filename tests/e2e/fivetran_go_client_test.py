"""What Fivetran's own client for Go sends, flow by flow: each resource is made, read, listed over pages,
changed, tested and deleted, and is gone then.

The requests are as that client makes them: Content-Type also without a body, no Accept, paths and methods
of its own where they differ from the documents. It takes an answer that has another status than it expects,
or is no JSON with a code and a message, for a failure."""

import json
import unittest

from emulator import HERE, basic, request
from fivetran import FivetranTest

# name: the collection, a create, a change, and how else it differs.
#   change   None where nothing can be changed
#   test     what is called to test it
#   gone     what the code of the 404 begins with, after the delete
FLOWS = {
    "group": {"path": "/v1/groups", "create": {"name": "my_group"}, "change": {"name": "other"}},
    "destination": {
        "path": "/v1/destinations", "needs": "group",
        "create": {"service": "snowflake", "region": "GCP_US_EAST4", "time_zone_offset": "0",
                   "config": {"host": "h", "port": 443, "database": "d", "auth": "PASSWORD",
                              "user": "u", "password": "p"},
                   "run_setup_tests": False},
        "change": {"region": "GCP_US_EAST4", "config": {"user": "other"}}, "test": "/test"},
    "external logging": {
        "path": "/v1/external-logging", "needs": "group",
        "create": {"service": "azure_monitor_log", "enabled": True,
                   "config": {"workspace_id": "w", "primary_key": "PASSWORD"}},
        "change": {"enabled": True, "config": {"workspace_id": "other"}}, "test": "/test"},
    "hybrid deployment agent": {
        "path": "/v1/hybrid-deployment-agents", "needs": "group",
        "create": {"display_name": "agent", "env_type": "DOCKER", "accept_terms": True,
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
        "path": "/v1/transformation-projects", "group_id": "_moonbeam",
        "create": {"type": "DBT_GIT", "run_tests": False,
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

    def flow(self, path, create, change, needs=None, group_id=None, create_at=None, created=201,
             test=None, id="id"):
        if needs:
            group_id = self.make_group()
        if group_id:
            create = {"group_id": group_id, **create}
        made = self.call("POST", create_at or path, create, created)
        self.assertEqual(made["code"], "Success")
        one = made["data"][id]
        at = f"{path}/{one}"
        self.assertEqual(self.call("GET", at)["code"], "Success")
        self.listed(path, [one], "id")
        if change is not None:
            self.assertEqual(self.call("PATCH", at, change)["code"], "Success")
        if test:
            self.assertIn(self.call("POST", at + test)["code"], ("Success", "Created"))
        self.assertEqual(self.call("DELETE", at)["code"], "Success")
        if path == "/v1/private-links":
            self.wait("60s")
        self.assertRegex(self.call("GET", at, status=404)["code"], "^NotFound")

    def test_every_resource_goes_its_way(self):
        for name, flow in FLOWS.items():
            with self.subTest(flow=name):
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
        body = {"group_id": "sepulchre_settlement", **FLOWS["hybrid deployment agent"]["create"]}
        made = self.call("POST", "/v1/hybrid-deployment-agents", body, 201)["data"]
        self.assertEqual(made["created_by"], "recoup_befell")
        made = self.call("POST", "/v1/private-links", FLOWS["private link"]["create"], 201)["data"]
        self.assertEqual((made["account_id"], made["created_by"]), ("go_account", "recoup_befell"))

    def test_every_resource_goes_its_way(self):
        self.call("POST", "/v1/destinations", {
            "group_id": "sepulchre_settlement", "service": "snowflake", "time_zone_offset": "0",
            "config": {}}, 201)
        for name, flow in FLOWS.items():
            if "group_id" in flow:
                flow = {**flow, "group_id": "sepulchre_settlement"}
            with self.subTest(flow=name):
                self.flow(**flow)


if __name__ == "__main__":
    unittest.main()
