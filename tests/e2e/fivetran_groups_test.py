"""Fivetran's groups and the users in them."""

import unittest

from fivetran import FORBIDDEN, START, UNAUTHORIZED, FivetranTest


class GroupTest(FivetranTest):
    def test_a_group_lives_from_create_to_delete(self):
        made = self.json("POST", "/v1/groups", {"name": "Group_Name"}, 201)
        self.assertEqual(list(made), ["code", "message", "data"])
        self.assertEqual((made["code"], made["message"]), ("Success", "Group has been created"))
        self.assertEqual(list(made["data"]), ["id", "name", "created_at"])
        group = made["data"]["id"]
        self.assertRegex(group, "^[a-z]+_[a-z]+$")
        self.assertEqual(made["data"], {"id": group, "name": "Group_Name", "created_at": START})

        told = self.json("GET", f"/v1/groups/{group}")
        self.assertEqual(told, {**made, "message": "Group details retrieved successfully"})
        changed = self.json("PATCH", f"/v1/groups/{group}", {"name": "Updated_Group_Name"})
        self.assertEqual(changed["message"], "Group has been updated")
        self.assertEqual(changed["data"], {**made["data"], "name": "Updated_Group_Name"})
        self.assertEqual(self.data("GET", f"/v1/groups/{group}"), changed["data"])

        self.assertEqual(self.json("DELETE", f"/v1/groups/{group}"),
                         {"code": "Success",
                          "message": f"Group with id '{group}' has been deleted"})
        for method, body in (("GET", None), ("PATCH", {"name": "x"}), ("DELETE", None)):
            self.assert_not_found(method, f"/v1/groups/{group}", "Group", group, body)

    def test_one_that_has_connections_stays(self):
        group = self.make_group("full")
        connection = self.make(group_id=group)
        self.assert_error("DELETE", f"/v1/groups/{group}", 409, "Conflict",
                          "Group have attached connections.")
        self.data("GET", f"/v1/connections/{connection}")
        self.done("DELETE", f"/v1/connections/{connection}")
        self.done("DELETE", f"/v1/groups/{group}")

    def test_a_new_session_has_two_groups(self):
        self.assert_pages("/v1/groups", ["group_id", "_moonbeam"])
        self.assertEqual(self.json("GET", "/v1/groups")["message"], "Groups retrieved successfully")

    def test_groups_come_in_pages_also_by_the_path_with_a_slash(self):
        groups = ["group_id", "_moonbeam", *(self.make_group(f"g_{n}") for n in range(5))]
        self.assert_pages("/v1/groups", groups)
        self.assert_pages("/v1/groups/", groups)

    def test_a_bad_limit_or_cursor_is_told(self):
        self.assert_bad_pages("/v1/groups")
        self.assert_bad_pages("/v1/groups/group_id/users")

    def test_a_group_must_have_a_name(self):
        for body in ({}, {"name": None}, {"name": ""}):
            with self.subTest(body=body):
                self.assert_invalid("POST", "/v1/groups", "Field 'name' is required", body)
        self.assert_invalid("POST", "/v1/groups", "Invalid value of field 'name'", {"name": 7})
        self.assert_invalid("PATCH", "/v1/groups/group_id", "Invalid value of field 'name'",
                            {"name": []})
        self.assert_invalid("POST", "/v1/groups", "Request body is required")
        self.assert_invalid("POST", "/v1/groups", "Request body is not valid JSON", "{")
        self.assert_invalid("POST", "/v1/groups", "Request body must be a JSON object", "[]")

    def test_unknown_fields_are_passed_over(self):
        made = self.data("POST", "/v1/groups", {"name": "x", "colour": "red"}, 201)
        self.assertEqual(list(made), ["id", "name", "created_at"])

    def test_a_change_of_nothing_changes_nothing(self):
        before = self.data("GET", "/v1/groups/group_id")
        self.assertEqual(self.data("PATCH", "/v1/groups/group_id", {}), before)

    def test_a_group_of_another_session_is_not_there(self):
        group = self.make_group()
        answer = self.ask("GET", f"/v1/groups/{group}", session="another")
        self.assertEqual((answer.status, answer.json()["code"]), (404, "NotFound_Group"))

    def test_what_a_group_holds_goes_with_it(self):
        user = self.make_user()
        self.json("POST", f"/v1/users/{user}/groups", {"id": "_moonbeam", "role": "Edit"}, 201)
        self.json("DELETE", "/v1/groups/_moonbeam")
        self.assertEqual(self.stored("destination"), {})
        self.assertEqual(list(self.stored("group_user")), ["group_id/priceless_odour"])

    def test_public_key_and_service_account_are_the_groups(self):
        told = self.json("GET", "/v1/groups/_moonbeam/public-key")
        self.assertEqual(told["message"], "Group SSH public key retrieved successfully")
        self.assertRegex(told["data"]["public_key"],
                         "^ssh-rsa AAAA[A-Za-z0-9+/]+=* fivetran user key$")
        group = self.make_group()
        told = self.json("GET", f"/v1/groups/{group}/service-account")
        self.assertEqual(told["message"], "Group service account retrieved successfully")
        self.assertEqual(told["data"], {
            "service_account":
                f"g-{group.replace('_', '-')}@fivetran-production.iam.gserviceaccount.com"})
        for what in ("public-key", "service-account"):
            self.assert_not_found("GET", f"/v1/groups/nobody/{what}", "Group", "nobody")

    def test_no_key_and_a_key_without_permission_are_refused(self):
        for method, path, body in (("GET", "/v1/groups", None), ("GET", "/v1/groups/x", None),
                                   ("POST", "/v1/groups", {"name": "x"}),
                                   ("DELETE", "/v1/groups/group_id", None)):
            self.assertEqual(self.json(method, path, body, 401, key=None), UNAUTHORIZED)
            self.assertEqual(self.json(method, path, body, 401, key="invalid-1"), UNAUTHORIZED)
            self.assertEqual(self.json(method, path, body, 403, key="forbidden-1"), FORBIDDEN)
        self.assertEqual(len(self.stored("group")), 2)


class GroupUsersTest(FivetranTest):
    USERS = "/v1/groups/group_id/users"

    def test_who_makes_a_group_is_in_it(self):
        # As Fivetran's own client asserts.
        [user] = self.data("GET", f"/v1/groups/{self.make_group()}/users")["items"]
        self.assertEqual(list(user),
                         ["id", "email", "verified", "invited", "picture", "phone", "role",
                          "active", "given_name", "family_name", "logged_in_at", "created_at"])
        self.assertEqual((user["id"], user["verified"], user["invited"]),
                         ("priceless_odour", True, False))

    def test_a_user_is_added_by_address_and_removed_by_id(self):
        user = self.make_user("one@example.com", role="Account Reviewer")
        added = self.json("POST", self.USERS,
                          {"email": "one@example.com", "role": "View Destination"})
        self.assertEqual(added, {"code": "Success", "message": "User has been added to the group"})
        told = self.json("GET", self.USERS)
        self.assertEqual(told["message"], "Group users retrieved successfully")
        self.assertEqual([one["id"] for one in told["data"]["items"]], ["priceless_odour", user])
        self.assertEqual(told["data"]["items"][1]["role"], "View Destination")
        self.assertEqual(self.data("GET", f"/v1/users/{user}")["role"], "Account Reviewer")
        self.assertEqual(self.json("DELETE", f"{self.USERS}/{user}"),
                         {"code": "Success",
                          "message": f"User with id '{user}' has been removed from the group"})
        self.assertEqual([(one["id"], one["role"]) for one in self.data("GET", self.USERS)["items"]],
                         [("priceless_odour", "Destination Administrator"), (user, None)])
        self.assert_error("DELETE", f"{self.USERS}/{user}", 404, "NotFound",
                          f"User with id '{user}' does not exist.")
        self.assertEqual(self.data("GET", f"/v1/users/{user}")["id"], user)

    def test_who_has_a_role_in_the_account_is_in_every_group(self):
        # As the tests of Fivetran's own Terraform provider assert.
        reviewer = self.make_user("reviewer@example.com", role="Account Reviewer")
        stranger = self.make_user("stranger@example.com", role=None)
        group = self.make_group()
        for path in self.USERS, f"/v1/groups/{group}/users":
            told = self.data("GET", path)["items"]
            self.assertEqual([(one["id"], one["role"]) for one in told],
                             [("priceless_odour", "Destination Administrator"), (reviewer, None)])
        self.assertEqual(told[1], {**self.data("GET", f"/v1/users/{reviewer}"), "role": None})
        self.assertEqual(self.data("GET", f"/v1/users/{reviewer}/groups"), {"items": []})
        self.done("POST", self.USERS, {"email": "stranger@example.com", "role": "View Destination"})
        self.done("DELETE", f"/v1/users/{reviewer}/role")
        self.assert_pages(self.USERS, ["priceless_odour", stranger])

    def test_users_of_a_group_come_in_pages(self):
        users = ["priceless_odour"]
        for number in range(4):
            users.append(self.make_user(f"u{number}@example.com"))
            self.json("POST", self.USERS, {"email": f"u{number}@example.com", "role": "x"})
        self.assert_pages(self.USERS, users)
        self.assert_pages(self.USERS + "?active=true", users)
        self.assertEqual(self.data("GET", self.USERS + "?active=false"), {"items": []})
        self.assert_invalid("GET", self.USERS + "?active=maybe", "Invalid value of field 'active'")

    def test_a_user_is_added_only_once(self):
        self.make_user()
        body = {"email": "new@example.com", "role": "Manage Destination"}
        self.json("POST", self.USERS, body)
        self.assert_error("POST", self.USERS, 409, "Conflict",
                          "User with same email already exists in the group.", body)
        self.assertEqual(len(self.data("GET", self.USERS)["items"]), 2)

    def test_what_is_missing_or_unknown_is_told(self):
        role = {"role": "Manage Destination"}
        self.assert_invalid("POST", self.USERS, "Field 'email' is required", role)
        self.assert_invalid("POST", self.USERS, "Field 'role' is required", {"email": "a@b.c"})
        self.assert_error("POST", self.USERS, 404, "NotFound_User",
                          "User with email 'a@b.c' does not exist.", {"email": "a@b.c", **role})
        nowhere = "/v1/groups/nowhere/users"
        self.assert_not_found("GET", nowhere, "Group", "nowhere")
        self.assert_not_found("POST", nowhere, "Group", "nowhere", {"email": "a@b.c", **role})
        self.assert_not_found("DELETE", nowhere + "/priceless_odour", "Group", "nowhere")

    def test_a_changed_name_shows_in_the_group(self):
        self.json("PATCH", "/v1/users/priceless_odour",
                  {"given_name": "Joan", "role": "Account Administrator"})
        [user] = self.data("GET", self.USERS)["items"]
        self.assertEqual((user["given_name"], user["role"]), ("Joan", "Destination Administrator"))

    def test_nobody_changes_their_own_role(self):
        self.assert_invalid("PATCH", "/v1/users/priceless_odour", "You cannot change your own role",
                            {"role": "Account Analyst"})
        path = f"/v1/users/{self.make_user()}"
        self.assertEqual(self.data("PATCH", path, {"role": "Account Analyst"})["role"], "Account Analyst")

    def test_a_deleted_user_is_in_no_group(self):
        self.assert_error("DELETE", "/v1/users/priceless_odour", 409, "Conflict",
                          "Unable to delete the account owner if there is only one remaining.")
        other = self.data("POST", "/v1/users", {
            "email": "other@example.com", "given_name": "O", "family_name": "R",
            "role": "Account Administrator"}, 201)
        self.json("DELETE", "/v1/users/priceless_odour")
        self.assert_error("DELETE", f"/v1/users/{other['id']}", 409, "Conflict",
                          "Unable to delete the account owner if there is only one remaining.")
        self.assert_pages(self.USERS, [other["id"]])  # by a role in the account


if __name__ == "__main__":
    unittest.main()
