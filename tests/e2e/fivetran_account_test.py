"""Fivetran's account: who is in it, in which roles and teams, and what it can connect to."""

import unittest

from fivetran import START, UNAUTHORIZED, FivetranTest, cursor

NEW = {"email": "john@example.com", "given_name": "John", "family_name": "Doe",
       "phone": "+1234567890", "role": "Account Administrator"}


class AccountTest(FivetranTest):
    def test_the_account_tells_whose_key_it_is(self):
        self.assertEqual(self.json("GET", "/v1/account/info"), {
            "code": "Success", "message": "Account information retrieved successfully",
            "data": {"account_id": "_moonbeam_acc", "account_name": "Moonbeam",
                     "user_id": "priceless_odour"}})
        self.assertEqual(self.json("GET", "/v1/account/info", status=401, key=None), UNAUTHORIZED)

    def test_roles_come_in_pages(self):
        told = self.json("GET", "/v1/roles")
        self.assertEqual(told["message"], "Roles list retrieved successfully")
        roles = told["data"]["items"]
        self.assertEqual(list(roles[0]), ["name", "description", "scope", "is_custom",
                                          "is_deprecated", "replacement_role_name"])
        self.assert_pages("/v1/roles", [role["name"] for role in roles], by="name")
        # Those that the OpenAPI document speaks of, in examples and descriptions.
        self.assertLessEqual({"Account Administrator", "Account Analyst", "Account Reviewer", "Manage Destination",
                              "View Destination", "Edit Destination", "Create Connection", "Manage Connection",
                              "Edit Connection", "View Connection", "Team Manager", "Team Member"},
                             {role["name"] for role in roles})
        [old] = [role for role in roles if role["is_deprecated"]]
        self.assertEqual((old["name"], old["replacement_role_name"]),
                         ("Destination Administrator", "Manage Destination"))
        self.assert_bad_pages("/v1/roles")


class UserTest(FivetranTest):
    def test_a_user_lives_from_invitation_to_delete(self):
        made = self.json("POST", "/v1/users", NEW, 201)
        self.assertEqual(made["message"], "User has been created")
        user = made["data"]["id"]
        self.assertEqual(list(made["data"]),
                         ["id", "email", "verified", "invited", "picture", "phone", "role",
                          "active", "given_name", "family_name", "logged_in_at", "created_at"])
        self.assertEqual(made["data"], {
            **NEW, "id": user, "verified": False, "invited": True, "picture": None, "active": True,
            "logged_in_at": None, "created_at": START})
        path = f"/v1/users/{user}"
        self.assertEqual(self.json("GET", path),
                         {**made, "message": "User details retrieved successfully"})
        changed = self.json("PATCH", path, {"given_name": "Jane", "phone": None})
        self.assertEqual(changed["message"], "User has been updated")
        self.assertEqual(changed["data"], {**made["data"], "given_name": "Jane", "phone": None})
        self.assertEqual(self.json("DELETE", path + "/role"),
                         {"code": "Success", "message": "User role in account has been removed"})
        self.assertIsNone(self.data("GET", path)["role"])
        self.assertEqual(self.json("DELETE", path),
                         {"code": "Success", "message": f"User with id '{user}' has been deleted"})
        for method, body in (("GET", None), ("PATCH", {}), ("DELETE", None)):
            self.assert_not_found(method, path, "User", user, body)
        self.assert_not_found("DELETE", path + "/role", "User", user)

    def test_users_come_in_pages(self):
        users = ["priceless_odour", *(self.make_user(f"u{n}@example.com") for n in range(4))]
        self.assert_pages("/v1/users", users)
        self.assert_pages("/v1/users?active=true", users)
        self.assert_pages("/v1/users?active=false", [])
        self.assert_bad_pages("/v1/users")

    def test_what_is_missing_is_told(self):
        for name in ("email", "given_name", "family_name"):
            body = {key: value for key, value in NEW.items() if key != name}
            self.assert_invalid("POST", "/v1/users", f"Field '{name}' is required", body)

    def test_an_address_has_one_user(self):
        self.json("POST", "/v1/users", NEW, 201)
        self.assert_error("POST", "/v1/users", 409, "UserExists",
                          "User with same email already exists.", NEW)
        self.assertEqual(len(self.stored("user")), 2)


class MembershipTest(FivetranTest):
    """Roles of users and teams, in groups and in connections."""

    def lives(self, path, what, words):
        """A membership at `path` in the resource `what` = (name, id), from create to delete."""
        name, id = what
        body = {"id": id, "role": "First Role"}
        made = self.json("POST", path, body, 201)
        self.assertEqual(made, {"code": "Success", "message": f"{name} membership has been created",
                                "data": {**body, "created_at": START}})
        self.assert_error("POST", path, 409, "Conflict",
                          "Membership with same id already exists.", body)
        one = f"{path}/{id}"
        told = self.json("GET", one)
        self.assertEqual(told, {**made, "message": words})
        self.assertEqual(self.data("GET", path)["items"][-1], made["data"])
        changed = self.json("PATCH", one, {"role": "Second Role"})
        self.assertEqual(changed["message"], f"{name} membership has been updated")
        self.assertEqual(self.data("GET", one), {**made["data"], "role": "Second Role"})
        gone = self.json("DELETE", one)
        self.assertEqual(gone["message"], f"{name} membership has been deleted")
        for method, change in (("GET", None), ("PATCH", {"role": "x"}), ("DELETE", None)):
            self.assert_not_found(method, one, name, id, change)
        self.assert_invalid("POST", path, "Field 'id' is required", {"role": "x"})
        self.assert_invalid("POST", path, "Field 'role' is required", {"id": id})
        self.assert_not_found("POST", path, name, "nowhere", {"id": "nowhere", "role": "x"})

    def make_connection(self):
        return self.data("POST", "/v1/connections", {
            "group_id": "_moonbeam", "service": "google_sheets",
            "config": {"schema": "sheets", "table": "one"}}, 201)["id"]

    def make_team(self):
        return self.data("POST", "/v1/teams", {"name": "Team Title", "role": "Account Analyst"},
                         201)["id"]

    def test_of_a_user_in_a_group(self):
        self.lives(f"/v1/users/{self.make_user()}/groups", ("Group", "group_id"),
                   "User membership in group retrieved successfully")

    def test_of_a_user_in_a_connection(self):
        self.lives(f"/v1/users/{self.make_user()}/connections",
                   ("Connection", self.make_connection()),
                   "User membership in connection retrieved successfully")

    def test_of_a_team_in_a_group(self):
        self.lives(f"/v1/teams/{self.make_team()}/groups", ("Group", "group_id"),
                   "Team group membership retrieved successfully")

    def test_of_a_team_in_a_connection(self):
        self.lives(f"/v1/teams/{self.make_team()}/connections",
                   ("Connection", self.make_connection()),
                   "Team connection membership retrieved successfully")

    def test_of_nobody(self):
        for who, name in (("users", "User"), ("teams", "Team")):
            for where in ("groups", "connections"):
                path = f"/v1/{who}/nobody/{where}"
                self.assert_not_found("GET", path, name, "nobody")
                self.assert_not_found("GET", path + "/group_id", name, "nobody")
                self.assert_not_found("POST", path, name, "nobody", {"id": "group_id", "role": "x"})

    def test_the_group_and_the_user_tell_of_the_same_membership(self):
        user = self.make_user("same@example.com")
        self.json("POST", "/v1/groups/group_id/users", {"email": "same@example.com", "role": "A"})
        self.assertEqual(self.data("GET", f"/v1/users/{user}/groups"),
                         {"items": [{"id": "group_id", "role": "A", "created_at": START}]})
        self.json("PATCH", f"/v1/users/{user}/groups/group_id", {"role": "B"})
        self.assertEqual(self.data("GET", "/v1/groups/group_id/users")["items"][1]["role"], "B")


class TeamTest(FivetranTest):
    def test_a_team_lives_from_create_to_delete(self):
        body = {"name": "Team Title", "description": "Team Description", "role": "Account Analyst"}
        made = self.json("POST", "/v1/teams", body, 201)
        self.assertEqual(made["message"], "Team has been created")
        self.assertEqual(list(made["data"]), ["id", "name", "description", "role"])
        team = made["data"]["id"]
        path = f"/v1/teams/{team}"
        self.assertEqual(self.json("GET", path),
                         {**made, "message": "Team details retrieved successfully"})
        changed = self.json("PATCH", path, {"name": "Other"})
        self.assertEqual(changed, {**made, "message": "Team has been updated",
                                   "data": {**made["data"], "name": "Other"}})
        self.assert_pages("/v1/teams", [team])
        self.json("DELETE", path + "/role")
        self.assertIsNone(self.data("GET", path)["role"])
        self.assertEqual(self.json("DELETE", path),
                         {"code": "Success", "message": "Team has been deleted"})
        self.assert_not_found("GET", path, "Team", team)
        self.assert_not_found("DELETE", path, "Team", team)

    def test_users_join_and_leave(self):
        team = self.data("POST", "/v1/teams", {"name": "T", "role": "R"}, 201)["id"]
        path = f"/v1/teams/{team}/users"
        made = self.json("POST", path, {"user_id": "priceless_odour", "role": "Team Manager"}, 201)
        self.assertEqual(made, {"code": "Success", "message": "User has been added to the team",
                                "data": {"user_id": "priceless_odour", "role": "Team Manager",
                                         "created_at": START}})
        self.assert_pages(path, ["priceless_odour"], by="user_id")
        one = path + "/priceless_odour"
        self.assertEqual(self.data("GET", one), made["data"])
        self.assertEqual(self.json("PATCH", one, {"role": "Team Member"})["message"],
                         "User role has been updated")
        self.assertEqual(self.data("GET", one)["role"], "Team Member")
        self.assertEqual(self.json("DELETE", one)["message"], "User has been removed from the team")
        self.assert_not_found("GET", one, "User", "priceless_odour")
        self.assert_not_found("POST", path, "User", "nobody", {"user_id": "nobody"})
        self.assert_invalid("POST", path, "Field 'user_id' is required", {})

    def test_what_a_team_has_goes_with_it(self):
        team = self.data("POST", "/v1/teams", {"name": "T", "role": "R"}, 201)["id"]
        self.json("POST", f"/v1/teams/{team}/users", {"user_id": "priceless_odour"}, 201)
        self.json("POST", f"/v1/teams/{team}/groups", {"id": "group_id", "role": "R"}, 201)
        self.json("DELETE", f"/v1/teams/{team}")
        self.assertEqual((self.stored("team_user"), self.stored("team_group")), ({}, {}))


class SystemKeyTest(FivetranTest):
    def test_a_key_tells_its_secret_when_it_is_made_and_rotated_only(self):
        permissions = [{"resource_type": "CONNECTOR", "access_level": "MANAGE",
                        "resource_filter": {"group_ids": ["group_id"]}}]
        made = self.json("POST", "/v1/system-keys", {
            "name": "prod_key", "expiration_period": "ONE_WEEK", "permissions": permissions}, 201)
        self.assertEqual(made["message"], "System key has been created")
        key = made["data"]
        self.assertEqual((key["name"], key["permissions"], key["created_at"], key["expired_at"]),
                         ("prod_key", permissions, START, "2026-01-22T10:00:00.000000Z"))
        self.assertTrue(key["secret"] and key["key"].startswith("ft_"))
        path = f"/v1/system-keys/{key['id']}"
        shown = {name: value for name, value in key.items() if name != "secret"}
        self.assertEqual(self.data("GET", path), shown)
        self.assertEqual(self.data("GET", "/v1/system-keys"), {"items": [
            {name: value for name, value in shown.items() if name != "permissions"}]})
        self.wait("1h")
        later = {**shown, "name": "updated_key", "updated_at": "2026-01-15T11:00:00.000000Z"}
        self.assertEqual(self.data("PATCH", path, {"name": "updated_key"}), later)
        rotated = self.json("POST", path + "/rotate", {"expiration_period": "INFINITE"})
        self.assertEqual(rotated["message"], f"System key with id '{key['id']}' has been rotated")
        self.assertNotIn(rotated["data"]["secret"], (key["secret"], None))
        self.assertNotEqual(rotated["data"]["key"], key["key"])
        self.assertIsNone(rotated["data"]["expired_at"])
        self.json("DELETE", path)
        self.assert_error("GET", path, 404, "NotFound_SystemKey",
                          f"System key with id '{key['id']}' does not exist.")


class ProxyAgentTest(FivetranTest):
    def test_an_agent_lives_from_create_to_delete(self):
        body = {"display_name": "display_name", "group_region": "GCP_US_EAST4"}
        made = self.json("POST", "/v1/proxy", body, 201)
        self.assertEqual((made["code"], made["message"]),
                         ("Success", "Proxy agent has been created"))
        agent = made["data"]["agent_id"]
        self.assertEqual(list(made["data"]), ["agent_id", "auth_token", "client_cert",
                                              "client_private_key", "orchestrator_host",
                                              "orchestrator_port"])
        self.assert_error("POST", "/v1/proxy", 409, "Conflict",
                          "Proxy agent with same name already exists.", body)
        path = f"/v1/proxy/{agent}"
        told = self.ask("GET", path)
        self.assertEqual(told.json()["data"], {
            "id": agent, "account_id": "_moonbeam_acc", "registered_at": START,
            "region": "GCP_US_EAST4", "created_by": "priceless_odour",
            "display_name": "display_name", "version": "1.0.0", "status": "NOT_CONNECTED"})
        self.assertEqual(self.data("GET", "/v1/proxy"), {"items": [told.json()["data"]]})
        again = self.data("POST", path + "/regenerate-secrets")
        self.assertEqual(again["agent_id"], agent)
        self.assertNotEqual(again["auth_token"], made["data"]["auth_token"])
        connection = self.data("POST", "/v1/connections", {
            "group_id": "_moonbeam", "service": "google_sheets", "proxy_agent_id": agent,
            "config": {"schema": "s", "table": "t"}}, 201)["id"]
        self.assertEqual(self.data("GET", path + "/connections"),
                         {"items": [{"connection_id": connection}]})
        self.assert_error("DELETE", path, 409, "Conflict", "Proxy agent have attached connections.")
        self.json("DELETE", f"/v1/connections/{connection}")
        self.assertEqual(self.json("DELETE", path),
                         {"code": "Success", "message": f"Agent {agent} successfully deleted."})
        for more in ("", "/connections"):
            self.assert_error("GET", path + more, 404, "NotFound", "Proxy Agent not found.")

    def test_a_region_that_is_none_is_told(self):
        self.assert_invalid("POST", "/v1/proxy", "Group region not supported.",
                            {"display_name": "x", "group_region": "MOON"})
        self.assert_invalid("POST", "/v1/proxy", "Field 'display_name' is required", {})


class ConnectorTypeTest(FivetranTest):
    def test_all_types_come_in_pages(self):
        ids, at, pages = [], "", 0
        while True:
            told = self.json("GET", f"/v1/metadata/connector-types?limit=300{at}")
            self.assertEqual(told["message"], "Connectors list retrieved successfully")
            ids += [one["id"] for one in told["data"]["items"]]
            pages += 1
            if "next_cursor" not in told["data"]:
                break
            self.assertEqual(told["data"]["next_cursor"], cursor(300 * pages))
            at = f"&cursor={told['data']['next_cursor']}"
        self.assertEqual((pages, len(ids), len(set(ids))), (3, 773, 773))
        self.assertEqual(len(self.data("GET", "/v1/metadata/connector-types")["items"]), 100)
        self.assert_bad_pages("/v1/metadata/connector-types")

    def test_one_type_is_told(self):
        told = self.json("GET", "/v1/metadata/connector-types/google_ads")
        self.assertEqual(told["message"], "Connector configuration retrieved successfully")
        data = told["data"]
        self.assertEqual((data["id"], data["name"], data["type"]),
                         ("google_ads", "Google Ads", "Marketing"))
        fields = data["config"]["properties"]
        self.assertEqual((data["config"]["title"], data["config"]["required"]),
                         ("Google Ads config object", ["schema"]))
        self.assertEqual((fields["sync_mode"]["type"], fields["sync_mode"]["enum"]),
                         ("string", ["ManagerAccounts", "AllAccounts", "SpecificAccounts"]))
        self.assertEqual(fields["manager_accounts"]["items"]["type"], "string")
        report = fields["reports"]["items"]["properties"]
        self.assertEqual({name: one["type"] for name, one in report.items()},
                         {"fields": "array", "report_type": "string", "table": "string"})
        access = data["auth"]["properties"]["client_access"]["properties"]
        self.assertIn("developer_token", access)
        self.assertGreaterEqual(len(data["icons"]), 2)
        self.assertGreaterEqual(len(data["supported_features"]), 3)
        self.assertRegex(data["service_status_updated_at"], r"^\d{4}-\d\d-\d\d$")

    def test_what_is_secret_and_what_only_answers_have_is_told(self):
        data = self.data("GET", "/v1/metadata/connector-types/postgres")
        fields = data["config"]["properties"]
        self.assertEqual((data["type"], fields["password"]["format"], fields["public_key"]["readonly"],
                          fields["schema_prefix"]["immutable"]), ("Database", "password", True, True))
        self.assertNotIn("auth", data)
        self.assertEqual(set(data["external_secrets_keys_config"]["properties"]), {"password", "user"})

    def test_a_list_leaves_the_fields_out(self):
        first = self.data("GET", "/v1/metadata/connector-types?limit=1")["items"][0]
        self.assertEqual((first["id"], first["name"], first["type"], first["connector_class"]),
                         ("15five", "15Five", "HumanResources", "lite"))
        self.assertEqual(first["description"], "15Five is an employee performance management platform.")
        self.assertNotIn("config", first)

    def test_a_type_that_is_none_is_told(self):
        self.assert_error("GET", "/v1/metadata/connector-types/nonsense", 404, "NotFound",
                          "Connector type with id 'nonsense' does not exist.")


if __name__ == "__main__":
    unittest.main()
