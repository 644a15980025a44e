"""Fivetran's Hybrid Deployment agents, private links, external secrets managers and HVR hubs."""

import base64
import json
import unittest

from fivetran import PLAIN, START, FivetranTest, at, error

AGENTS = "/v1/hybrid-deployment-agents"
AGENT = {"group_id": "group_id", "display_name": "My agent", "env_type": "PODMAN",
         "accept_terms": True}
AGENT_GONE = (404, "NotFound_RemoteExecutionAgent")


class HybridAgentTest(FivetranTest):
    def make_agent(self, **changes):
        return self.data("POST", AGENTS, {**AGENT, **changes}, 201)

    def test_an_agent_lives_from_create_to_delete(self):
        made = self.json("POST", AGENTS, AGENT, 201)
        self.assertEqual(made["message"], "Hybrid deployment agent has been created")
        agent = made["data"]["id"]
        self.assertRegex(agent, "^[a-z]*_[a-z]*$")
        path = f"{AGENTS}/{agent}"
        shown = {"id": agent, "version": "1.0.0", "enabled": True, "online": False, "usage": [],
                 "display_name": "My agent", "group_id": "group_id", "registered_at": START,
                 "created_by": "priceless_odour", "deployment_type": "PODMAN", "updated_at": START,
                 "last_used_at": START}
        self.assertEqual(self.data("GET", path), shown)
        self.assertEqual(self.data("GET", AGENTS), {"items": [shown]})
        self.assertEqual(self.json("DELETE", path), {
            "code": "Success",
            "message": f"Hybrid deployment agent with id = {agent} has been deleted."})
        for method, below in (("GET", ""), ("DELETE", ""), ("POST", "/reset-credentials")):
            self.assert_error(method, path + below, *AGENT_GONE,
                              "Hybrid Deployment Agent not found.")
        for method in ("PATCH", "POST"):
            self.assert_error(method, path + "/re-auth", *AGENT_GONE,
                              "Hybrid Deployment Agent not found in group.", {})

    def test_it_is_told_once_what_it_must_be_started_with(self):
        first = self.make_agent()
        base64.b64decode(first["token"], validate=True)
        self.assertNotIn("files", first)
        manual = self.make_agent(auth_type="MANUAL")
        self.assertNotIn("token", manual)
        self.assertEqual(list(manual["files"]), ["config_json", "auth_json",
                                                 "docker_compose_yaml"])
        for name in ("config_json", "auth_json"):
            json.loads(base64.b64decode(manual["files"][name], validate=True))
        base64.b64decode(manual["files"]["docker_compose_yaml"], validate=True)
        for item in self.data("GET", AGENTS)["items"]:
            self.assertFalse({"token", "files"} & item.keys())

    def test_it_is_authenticated_anew_by_either_method(self):
        first = self.make_agent()
        path = f"{AGENTS}/{first['id']}"
        tokens = {first["token"]}
        for method in ("PATCH", "POST"):
            self.wait("1s")
            again = self.json(method, path + "/re-auth", {"auth_type": "AUTO"})
            self.assertEqual(again["message"],
                             "Hybrid deployment agent re-authentication successful")
            tokens.add(again["data"]["token"])
        self.assertEqual(len(tokens), 3)
        self.assertIn("files", self.data("PATCH", path + "/re-auth", {"auth_type": "MANUAL"}))
        self.assertEqual(self.data("GET", path)["updated_at"], at(2))
        self.assertEqual(self.json("POST", path + "/reset-credentials"), {
            "code": "Success",
            "message": f"Successfully reset credentials the agent with id = {first['id']}"})
        [kept] = self.stored("hybrid_agent").values()
        self.assertIsNone(kept["token"])

    def test_it_tells_which_connections_use_it(self):
        one, other = self.make_agent()["id"], self.make_agent()["id"]
        connection = self.make(hybrid_deployment_agent_id=one)
        usage = [{"schema": "ads", "service": "google_ads", "connection_id": connection}]
        self.assertEqual(self.data("GET", f"{AGENTS}/{one}")["usage"], usage)
        self.assertEqual([agent["usage"] for agent in self.data("GET", AGENTS)["items"]],
                         [usage, []])
        self.assertEqual(self.data("PATCH", f"/v1/connections/{connection}",
                                   {"hybrid_deployment_agent_id": other})
                         ["hybrid_deployment_agent_id"], other)
        self.assertEqual(self.data("GET", f"{AGENTS}/{one}")["usage"], [])
        self.assertEqual(self.data("GET", f"{AGENTS}/{other}")["usage"], usage)

    def test_agents_come_in_pages_and_by_group(self):
        agents = [self.make_agent()["id"] for _ in range(5)]
        other = self.make_agent(group_id="_moonbeam")["id"]
        self.assert_pages(AGENTS, [*agents, other])
        self.assert_pages(f"{AGENTS}?groupId=group_id", agents)
        self.assert_pages("/v1/local-processing-agents", [*agents, other])
        self.assert_bad_pages(AGENTS)

    def test_terms_name_and_group_are_asked_for(self):
        for changes in ({"accept_terms": False}, {"accept_terms": None}, {"display_name": ""},
                        {"display_name": None}):
            with self.subTest(changes=changes):
                self.assert_invalid("POST", AGENTS, "Missing name or license not accepted in the "
                                    "payload.", {**AGENT, **changes})
        self.assert_invalid("POST", AGENTS, "Invalid value of field 'env_type'",
                            {**AGENT, "env_type": "VM"})
        self.assert_error("POST", AGENTS, 404, "NotFound_Group", "Group not found.",
                          {**AGENT, "group_id": "nowhere"})
        self.assertEqual(self.data("GET", AGENTS), {"items": []})


LINKS = "/v1/private-links"
LINK = {"name": "link", "region": "AWS_US_EAST_1", "service": "SOURCE_AWS",
        "config": {"connection_service_name": "com.amazonaws.vpce.us-east-1.vpce-svc-1"}}
NEEDED = {
    "DATABRICKS_AWS": ["connection_service_name"],
    "SOURCE_AWS": ["connection_service_name"],
    "DATABRICKS_AZURE": ["connection_service_id", "workspace_url"],
    "DATABRICKS_GCP": ["connection_service_id", "workspace_url"],
    "ONELAKE_AZURE": ["connection_service_id"],
    "POSTGRES_WAREHOUSE_AZURE": ["connection_service_id"],
    "SQL_DATA_WAREHOUSE_AZURE": ["connection_service_id"],
    "REDSHIFT_AWS": ["aws_account_id", "cluster_identifier"],
    "SNOWFLAKE_AWS": ["account_url", "vpce_id"],
    "SNOWFLAKE_AZURE": ["account_url", "pls_id"],
    "SNOWFLAKE_GCP": ["account_url", "pls_id"],
    "SOURCE_AZURE": ["connection_service_id", "sub_resource_name"],
    "SOURCE_GCP": ["private_connection_service_id"],
}


class PrivateLinkTest(FivetranTest):
    def test_a_link_lives_from_create_to_delete(self):
        made = self.json("POST", LINKS, LINK, 201)
        link = made["data"]["id"]
        path = f"{LINKS}/{link}"
        self.assertEqual(made, {
            "code": "Success", "message": "Private link has been created",
            "data": {"id": link, "name": "link", "region": "AWS_US_EAST_1",
                     "service": "SOURCE_AWS", "account_id": "_moonbeam_acc",
                     "cloud_provider": "AWS", "state": "CREATING",
                     "state_summary": "The private link is being created", "created_at": START,
                     "created_by": "priceless_odour", "config": LINK["config"]}})
        self.assert_error("PATCH", path, 409, "IllegalState",
                          "Private link is not in a state that allows this change.", {})
        self.wait("60s")
        ready = self.data("GET", path)
        self.assertEqual((ready["state"], ready["resource_upstream_status"]), ("OK", "IDLE"))
        self.assertTrue(ready["host"])
        changed = self.json("PATCH", path, {"config": {"connection_service_name": "other"}})
        self.assertEqual(changed["message"], "Private link has been updated")
        self.assertEqual((changed["data"]["state"], changed["data"]["config"]),
                         ("UPDATING", {"connection_service_name": "other"}))
        self.wait("60s")
        self.assertEqual(self.data("GET", path)["state"], "OK")
        self.assertEqual(self.json("DELETE", path), {
            "code": "Success", "message": f"Private link with id '{link}' is marked for deletion"})
        self.assertEqual(self.data("GET", path)["state"], "DESTROYING")
        self.wait("60s")
        for method, body in (("GET", None), ("PATCH", {}), ("DELETE", None)):
            self.assert_error(method, path, 404, "NotFound", "Private Link not found", body)

    def test_one_may_be_deleted_as_soon_as_it_is_made(self):
        path = f"{LINKS}/{self.data('POST', LINKS, LINK, 201)['id']}"
        self.done("DELETE", path)
        self.wait("30s")
        self.assertEqual(self.data("GET", path)["state"], "DESTROYING")
        self.wait("30s")
        self.assertEqual(self.data("GET", LINKS), {"items": []})

    def test_one_that_fails_says_why(self):
        self.scenario = self.define_whole(lifecycle={"fivetran.private_link": {
            "ends": "failed", "error": "No such service"}})
        link = self.data("POST", LINKS, LINK, 201)["id"]
        self.wait("60s")
        told = self.data("GET", f"{LINKS}/{link}")
        self.assertEqual((told["state"], told["state_summary"]), ("FAIL", "No such service"))

    def test_each_service_has_its_cloud_and_what_it_needs(self):
        for service, needed in NEEDED.items():
            with self.subTest(service=service):
                body = {**LINK, "service": service, "config": {name: "x" for name in needed}}
                made = self.data("POST", LINKS, body, 201)
                self.assertEqual(made["cloud_provider"], service.rpartition("_")[2])
                self.assert_invalid("POST", LINKS, "; ".join(f"Field '{name}' is required"
                                                             for name in needed),
                                    {**body, "config": {}})
        for name in ("name", "region", "service", "config"):
            body = {key: value for key, value in LINK.items() if key != name}
            self.assertIn(f"Field '{name}' is required",
                          self.json("POST", LINKS, body, 400)["message"])

    def test_links_come_in_pages(self):
        links = [self.data("POST", LINKS, LINK, 201)["id"] for _ in range(5)]
        self.assert_pages(LINKS, links)
        self.assert_bad_pages(LINKS)


MANAGERS = "/v1/external-secrets-managers"
AWS = {"type": "AWS_SECRET_MANAGER", "name": "My AWS Secrets Manager",
       "config": {"role_arn": "arn:aws:iam::123456789012:role/FivetranRole"}}


class SecretsManagerTest(FivetranTest):
    def test_a_manager_lives_from_create_to_delete(self):
        made = self.json("POST", MANAGERS, AWS, 201)
        manager = made["data"]["id"]
        path = f"{MANAGERS}/{manager}"
        self.assertEqual(made["message"], "External Secrets Manager has been created")
        self.assertTrue(made["data"]["config"].pop("external_id"))
        self.assertEqual(made["data"], {
            "id": manager, "type": "AWS_SECRET_MANAGER", "name": AWS["name"],
            "is_hybrid_deployment": False, "created_at": START, "updated_at": START,
            "config": AWS["config"]})
        self.assertNotIn("config", self.data("GET", MANAGERS)["items"][0])
        self.wait("1s")
        changed = self.json("PATCH", path, {"config": {"role_arn": "other"}})
        self.assertEqual(changed["message"], "Resource updated successfully")
        self.assertEqual((changed["data"]["config"]["role_arn"], changed["data"]["updated_at"]),
                         ("other", at(1)))
        self.assertEqual(self.data("GET", path), changed["data"])
        self.assertEqual(self.json("DELETE", path),
                         {"code": "Success", "message": "Resource deleted successfully"})
        gone = error("NotFound", f"External Secrets Manager with '{manager}' id is not found.")
        for method, below, body in (("GET", "", None), ("PATCH", "", {"config": {}}),
                                    ("DELETE", "", None), ("GET", "/entities", None)):
            self.assertEqual(self.json(method, path + below, body, 404), gone)

    def test_each_type_has_what_it_needs(self):
        whole = {
            "AWS_SECRET_MANAGER": (["role_arn"], []),
            "AZURE_KEY_VAULT": (["vault_url"], ["tenant_id"]),
            "HASHICORP_VAULT": (["vault_address"], ["role_id", "secret_id"])}
        for kind, (always, not_hybrid) in whole.items():
            with self.subTest(type=kind):
                body = {"type": kind, "name": kind, "config": {}}
                refused = self.json("POST", MANAGERS, body, 400)
                self.assertEqual(refused, error("BadRequest", "; ".join(
                    f"Field '{name}' is required" for name in [*always, *not_hybrid])))
                hybrid = {**body, "is_hybrid_deployment": True,
                          "config": {name: "x" for name in always}}
                self.json("POST", MANAGERS, hybrid, 201)
        for body in ({"type": "AWS_SECRET_MANAGER", "name": "x"}, {**AWS, "config": None}):
            self.assertEqual(self.json("POST", MANAGERS, body, 400),
                             error("BadRequest", "ESM config is required."))

    def test_a_secret_is_never_shown(self):
        body = {"type": "HASHICORP_VAULT", "name": "vault",
                "config": {"vault_address": "https://v", "role_id": "r", "secret_id": "hush"}}
        made = self.data("POST", MANAGERS, body, 201)
        self.assertEqual(made["config"]["secret_id"], "******")
        self.assertEqual(self.data("GET", f"{MANAGERS}/{made['id']}")["config"]["secret_id"],
                         "******")

    def test_a_name_is_taken_once(self):
        self.json("POST", MANAGERS, AWS, 201)
        self.assertEqual(self.json("POST", MANAGERS, AWS, 400), error(
            "BadRequest", "External Secrets Manager with same name already exists."))

    def test_one_in_use_tells_by_what_and_stays(self):
        manager = self.data("POST", MANAGERS, AWS, 201)["id"]
        other = self.data("POST", MANAGERS, {**AWS, "name": "Other"}, 201)["id"]
        connection = self.make(PLAIN, external_secrets_manager_id=manager)
        paused = self.make(PLAIN, external_secrets_manager_id=other, paused=True,
                           config={"schema": "ads_too"})
        self.data("PATCH", "/v1/destinations/_moonbeam", {"external_secrets_manager_id": manager})
        source = {"id": connection, "type": "SOURCE", "name": "ads", "enabled": True,
                  "secret_manager_id": manager, "created_at": START}
        target = {"id": "_moonbeam", "type": "DESTINATION", "name": "Warehouse", "enabled": True,
                  "secret_manager_id": manager, "created_at": "2025-07-01T09:32:40.771350Z"}
        unused = {"id": paused, "type": "SOURCE", "name": "ads_too", "enabled": False,
                  "secret_manager_id": other, "created_at": START}
        of_all = f"{MANAGERS}-entities"
        for path, items in ((f"{MANAGERS}/{manager}/entities", [source, target]),
                            (f"{MANAGERS}/{manager}/entities?type=source", [source]),
                            (f"{MANAGERS}/{manager}/entities?type=destination", [target]),
                            (f"{MANAGERS}/{other}/entities?type=all", [unused]),
                            (of_all, [source, unused, target]),
                            (f"{of_all}?esm_id={other}", [unused]),
                            (f"{of_all}?type=destination", [target])):
            with self.subTest(path=path):
                self.assertEqual(self.data("GET", path), {"items": items})
        self.assertEqual(self.json("DELETE", f"{MANAGERS}/{manager}", status=400), error(
            "BadRequest", f"Failed to delete External Secrets Manager with '{manager}' id, "
            "because it is used by 1 connection(s) and 1 destination(s)."))
        self.assertIn(manager, self.stored("secrets_manager"))

    def test_managers_come_in_pages(self):
        managers = [self.data("POST", MANAGERS, {**AWS, "name": f"m{n}"}, 201)["id"]
                    for n in range(5)]
        self.assert_pages(MANAGERS, managers)


class HubTest(FivetranTest):
    def test_a_hub_registers(self):
        body = {"fingerprint": "f", "port": 4340, "hub_server_url": "https://hub"}
        made = self.json("POST", "/v1/hvr/register-hub", body)
        self.assertEqual(made["message"], "HVR hub has been registered")
        self.assertEqual(list(made["data"]), ["access_token", "registration_id"])
        [kept] = self.stored("hvr_hub").values()
        self.assertEqual(kept["port"], 4340)


if __name__ == "__main__":
    unittest.main()
