"""Supermetrics' teams, their users, and the details of data sources."""

import unittest

from supermetrics import NOT_FOUND, TEAM, SupermetricsTest

DENIED = ("PERMISSION_ERROR", "You do not have permission to perform this action.")


class TeamsTest(SupermetricsTest):
    def test_a_team_and_its_users(self):
        team = self.told(200, "GET", TEAM)["data"]
        self.assertEqual(list(team), ["team_id", "name", "display_id", "status", "created_at"])
        self.assertEqual(team["team_id"], 936506)
        users = self.told(200, "GET", TEAM + "/users")["data"]
        self.assertEqual([user["user_id"] for user in users], [1, 2])
        self.assertEqual(list(users[0]), ["user_id", "email", "first_name", "last_name", "role",
                                          "created_at"])

    def test_an_unknown_team(self):
        self.assert_error(404, NOT_FOUND, self.ask("GET", "/v1/teams/1"))
        self.assert_error(403, DENIED, self.ask("GET", "/v1/teams/1/users"))

    def test_a_credential_without_the_scope_is_refused(self):
        answer = self.ask("GET", TEAM, headers=(("Authorization", "Bearer forbidden-key"),))
        self.assert_error(403, DENIED, answer)

    def test_details_of_a_data_source_under_each_prefix(self):
        for prefix in ("/teams", "/v1/teams", "/v2/teams", "/enterprise/v2/teams", "/v2/v1/teams"):
            with self.subTest(prefix=prefix):
                told = self.told(200, "GET", f"{prefix}/936506/datasource/GAWA")
                self.assertEqual((told["data"]["id"], told["data"]["name"], told["data"]["status"]),
                                 ("GAWA", "Google Analytics 4", "Released"))

    def test_an_unknown_data_source(self):
        self.assert_error(404, NOT_FOUND, self.ask("GET", TEAM + "/datasource/NONE"))


if __name__ == "__main__":
    unittest.main()
