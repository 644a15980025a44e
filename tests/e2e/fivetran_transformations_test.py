"""Fivetran's transformations, their projects and packages, and external logging."""

import json
import unittest

from fivetran import PLAIN, START, FivetranTest, at
from webhooks import Target

PATH = "/v1/transformations"
PROJECTS = "/v1/transformation-projects"
HOURLY = {"schedule_type": "INTERVAL", "interval": 60}
QUICKSTART = {"type": "QUICKSTART", "schedule": HOURLY,
              "transformation_config": {"package_name": "google_ads"}}
MODELS = ["google_ads__account_report", "google_ads__ad_report", "google_ads__campaign_report"]
CONFIG = {"dbt_version": "1.10.0", "default_schema": "analytics",
          "git_remote_url": "git@github.com:acme/dbt.git"}
PROJECT = {"group_id": "_moonbeam", "type": "DBT_CORE", "project_config": CONFIG}
STEPS = [{"name": "run", "command": "dbt run"}]


class TransformationsTest(FivetranTest):
    def make_project(self, **changes):
        return self.data("POST", PROJECTS, {**PROJECT, **changes}, 201)

    def make_quickstart(self, **changes):
        return self.data("POST", PATH, {**QUICKSTART, **changes}, 201)

    def make_dbt(self, project, **changes):
        config = {"project_id": project, "name": "mine", "steps": STEPS}
        return self.data("POST", PATH, {"type": "DBT_CORE", "schedule": HOURLY,
                                        "transformation_config": config, **changes}, 201)


class LifeTest(TransformationsTest):
    def test_a_quickstart_one_lives_from_create_to_delete(self):
        made = self.json("POST", PATH, QUICKSTART, 201)
        self.assertEqual(made["message"], "Transformation created successfully")
        one = made["data"]["id"]
        path = f"{PATH}/{one}"
        self.assertEqual(made["data"], {
            "id": one, "status": "NEW", "type": "QUICKSTART", "paused": False,
            "schedule": {**HOURLY, "connection_ids": [], "smart_syncing": False},
            "created_at": START, "created_by_id": "priceless_odour",
            "output_model_names": MODELS,
            "transformation_config": {
                "package_name": "google_ads", "connection_ids": [], "excluded_models": [],
                "upgrade_available": False, "configurable_variables": {}}})
        told = self.json("GET", path)
        self.assertEqual(told, {**made, "message": "Transformation details retrieved successfully"})
        changed = self.json("PATCH", path, {"paused": True, "transformation_config": {
            "excluded_models": MODELS[:1], "configurable_variables": {"x": 1}, "name": "no"}})
        self.assertEqual(changed["message"], "Transformation updated successfully")
        self.assertEqual(changed["data"]["output_model_names"], MODELS[1:])
        self.assertEqual(changed["data"]["transformation_config"], {
            "package_name": "google_ads", "connection_ids": [], "excluded_models": MODELS[:1],
            "upgrade_available": False, "configurable_variables": {"x": 1}})
        self.assertEqual(self.data("GET", path), changed["data"])
        self.assertEqual(self.json("POST", path + "/upgrade"), {
            "code": "Success", "message": "Transformation package has been upgraded"})
        self.assertEqual(self.json("DELETE", path), {
            "code": "Success", "message": f"Transformation with id '{one}' has been deleted"})
        for method, below, body in (("GET", "", None), ("PATCH", "", {}), ("DELETE", "", None),
                                    ("POST", "/run", None), ("POST", "/cancel", None)):
            self.assert_error(method, path + below, 404, "NotFound", "Transformation not found",
                              body)
        self.assert_error("POST", path + "/upgrade", 404, "NotFound",
                          "Transformation Package not found")

    def test_its_package_is_found_by_its_connections(self):
        connection = self.make(PLAIN)
        made = self.make_quickstart(transformation_config={"connection_ids": [connection]})
        self.assertEqual(made["transformation_config"]["package_name"], "google_ads")
        self.assertEqual(made["schedule"]["connection_ids"], [connection])
        body = {**QUICKSTART, "transformation_config": {"package_name": "no_such"}}
        self.assert_error("POST", PATH, 404, "NotFound", "Transformation Package not found", body)
        self.assert_invalid("POST", PATH, "Field 'package_name' is required",
                            {**QUICKSTART, "transformation_config": {}})

    def test_one_of_dbt_core_runs_the_steps_of_a_project(self):
        project = self.make_project()["id"]
        one = self.make_dbt(project, paused=True)
        config = {"project_id": project, "name": "mine", "steps": STEPS}
        self.assertEqual((one["transformation_config"], one["paused"]), (config, True))
        path = f"{PATH}/{one['id']}"
        changed = self.data("PATCH", path, {
            "schedule": {"schedule_type": "CRON", "cron": ["0 * * * *"], "smart_syncing": True},
            "transformation_config": {"name": "other", "excluded_models": ["x"]}})
        self.assertEqual(changed["transformation_config"], {**config, "name": "other"})
        self.assertEqual(changed["schedule"], {"schedule_type": "CRON", "cron": ["0 * * * *"],
                                               "smart_syncing": True})
        self.assert_error("POST", path + "/upgrade", 404, "NotFound",
                          "Transformation Package not found")
        self.assert_error("POST", PATH, 404, "NotFound", "Transformation project not found", {
            "type": "DBT_CORE", "schedule": HOURLY,
            "transformation_config": {**config, "project_id": "nowhere"}})
        for name in config:
            body = {"type": "DBT_CORE", "schedule": HOURLY, "transformation_config": {
                key: value for key, value in config.items() if key != name}}
            self.assert_invalid("POST", PATH, f"Field '{name}' is required", body)

    def test_lists_come_in_pages_and_by_what_is_asked_for(self):
        project = self.make_project()["id"]
        dbt = [self.make_dbt(project)["id"] for _ in range(2)]
        connection = self.make(PLAIN)
        with_connection = {"connection_ids": [connection]}
        quick = [self.make_quickstart(transformation_config=with_connection)["id"]
                 for _ in range(3)]
        self.assert_pages(PATH, [*dbt, *quick])
        self.assert_pages(f"{PATH}?type=DBT_CORE", dbt)
        self.assert_pages(f"{PATH}?group_id=group_id", quick)
        self.assert_pages(f"{PATH}?project_id={project}", dbt)
        self.assert_pages(f"{PATH}?project_id={project}&group_id=group_id", [])
        self.assert_pages("/v1/dbt/transformations", [*dbt, *quick])
        self.assert_bad_pages(PATH)
        self.assert_invalid("GET", f"{PATH}?type=OTHER", "Invalid value of field 'type'")

    def test_packages_can_be_looked_up(self):
        path = f"{PATH}/package-metadata"
        packages = ["quickstart_google_ads", "quickstart_facebook_ads", "quickstart_github"]
        self.assert_pages(path, packages)
        self.assert_pages(f"{path}?service=github", packages[2:])
        self.assert_pages(f"{path}?name=google_ads", packages[:1])
        self.assert_pages(f"{path}?name=google_ads&service=github", [])
        told = self.json("GET", f"{path}/quickstart_google_ads")
        self.assertEqual(told["message"],
                         "Transformation package metadata details retrieved successfully")
        self.assertEqual(told["data"]["output_model_names"], MODELS)
        self.assert_error("GET", f"{path}/none", 404, "NotFound",
                          "Transformation Package not found")


class RunTest(TransformationsTest):
    def run_with(self, **lifecycle):
        if lifecycle:
            self.scenario = self.define_whole(
                lifecycle={"fivetran.transformation": lifecycle})
        path = f"{PATH}/{self.make_quickstart()['id']}"
        one = path.rpartition("/")[2]
        self.assertEqual(self.json("POST", path + "/run", {"full_refresh": False}), {
            "code": "Success", "message": f"Transformation with id '{one}' has been started"})
        return path

    def status(self, path):
        return self.data("GET", path)["status"]

    def test_a_run_is_scheduled_runs_and_succeeds(self):
        path = self.run_with()
        self.assertEqual(self.status(path), "SCHEDULING")
        self.assertNotIn("last_started_at", self.data("GET", path))
        self.wait("6s")
        running = self.data("GET", path)
        self.assertEqual((running["status"], running["last_started_at"]), ("RUNNING", at(6)))
        self.assertNotIn("last_ended_at", running)
        self.done("POST", path + "/run")  # it runs already
        self.wait("54s")
        ended = self.data("GET", path)
        self.assertEqual((ended["status"], ended["last_started_at"], ended["last_ended_at"]),
                         ("SUCCEEDED", at(6), at(60)))

    def test_a_run_ends_as_the_scenario_says(self):
        for ends, status in (("failed", "FAILED"), ("blocked", "BLOCKED"),
                             ("partially_succeeded", "PARTIALLY_SUCCEEDED")):
            with self.subTest(ends=ends):
                path = self.run_with(ends=ends)
                self.wait("60s")
                self.assertEqual(self.status(path), status)

    def test_webhooks_are_told_of_runs(self):
        project = self.make_project()["id"]
        events = ["transformation_start", "transformation_succeeded", "transformation_failed",
                  "dbt_run_start", "dbt_run_succeeded", "dbt_run_failed"]
        with Target() as target:
            self.done("POST", "/v1/webhooks/account", {"url": target.url, "events": events})
            target.next()  # the test call
            made = self.make_dbt(project)
            path = f"{PATH}/{made['id']}"

            def heard(count):
                return [json.loads(target.next()[2]) for _ in range(count)]

            self.done("POST", path + "/run")
            self.wait("6s")
            newer, older = heard(2)
            self.assertEqual(newer, {
                "event": "transformation_start", "created": "2026-01-15T10:00:06.000Z",
                "connector_id": made["id"], "sync_id": newer["sync_id"],
                "destination_group_id": "_moonbeam",
                "data": {"startTime": at(6), "dbtJobId": made["id"], "dbtJobName": "mine"}})
            self.assertEqual(older, {**newer, "event": "dbt_run_start"})
            self.wait("54s")
            newer, older = heard(2)
            self.assertEqual((newer["event"], older["event"]),
                             ("transformation_succeeded", "dbt_run_succeeded"))
            self.assertEqual(newer["data"], {
                "startTime": at(6), "result": {"description": "Steps: successful 1, failed 0"},
                "dbtJobId": made["id"], "dbtJobName": "mine", "endTime": at(60)})
            self.scenario = self.define_whole(
                lifecycle={"fivetran.transformation": {"ends": "failed", "error": "no model"}})
            self.done("POST", f"{PATH}/{self.make_quickstart()['id']}/run")
            self.wait("60s")
            self.assertEqual([one["event"] for one in heard(2)],
                             ["transformation_start", "transformation_failed"])

    def test_a_run_can_be_cancelled(self):
        path = self.run_with()
        one = path.rpartition("/")[2]
        self.wait("30s")
        self.assertEqual(self.json("POST", path + "/cancel"), {
            "code": "Success", "message": f"Transformation with id '{one}' has been canceled"})
        self.assertEqual(self.status(path), "TERMINATING")
        self.done("POST", path + "/run")  # not before it has ended
        self.wait("5s")
        ended = self.data("GET", path)
        self.assertEqual((ended["status"], ended["last_ended_at"]), ("CANCELED", at(35)))
        self.wait("60s")
        self.assertEqual(self.status(path), "CANCELED")

    def test_one_that_does_not_run_is_not_cancelled(self):
        path = f"{PATH}/{self.make_quickstart()['id']}"
        self.done("POST", path + "/cancel")
        self.assertEqual(self.status(path), "NEW")

    def test_the_older_name_runs_it_too(self):
        one = self.make_quickstart()["id"]
        self.done("POST", f"/v1/dbt/transformations/{one}/run", '""')  # as fivetran/api_framework does
        self.assertEqual(self.status(f"{PATH}/{one}"), "SCHEDULING")


class ProjectTest(TransformationsTest):
    def test_a_project_lives_from_create_to_delete(self):
        made = self.json("POST", PROJECTS, {**PROJECT, "run_tests": True}, 201)
        self.assertEqual(made["message"], "Transformation project created successfully")
        project = made["data"]["id"]
        path = f"{PROJECTS}/{project}"
        self.assertTrue(made["data"]["project_config"].pop("public_key").startswith("ssh-rsa "))
        tests = [{"title": "Validate Git Connection", "status": "PASSED", "message": ""},
                 {"title": "Validate dbt Project", "status": "PASSED", "message": ""}]
        self.assertEqual(made["data"], {
            "id": project, "type": "DBT_CORE", "status": "NOT_READY", "created_at": START,
            "created_by_id": "priceless_odour", "group_id": "_moonbeam", "setup_tests": tests,
            "project_config": CONFIG})
        self.wait("10s")
        ready = self.data("GET", path)
        self.assertEqual(ready["status"], "READY")
        self.assertEqual(self.data("GET", PROJECTS), {"items": [{
            "id": project, "type": "DBT_CORE", "created_at": START,
            "created_by_id": "priceless_odour", "group_id": "_moonbeam"}]})
        changed = self.json("PATCH", path, {"project_config": {
            "git_branch": "next", "threads": 4, "dbt_version": "9.9.9",
            "environment_vars": ["DBT_A=b"]}})
        self.assertEqual(changed["message"], "Transformation project updated successfully")
        self.assertNotIn("setup_tests", changed["data"])
        self.assertEqual(changed["data"]["project_config"], {
            **ready["project_config"], "git_branch": "next", "threads": 4,
            "environment_vars": ["DBT_A=b"]})
        tested = self.json("POST", path + "/test")
        self.assertEqual(tested["message"], "Transformation project test completed successfully")
        self.assertEqual(tested["data"], {**changed["data"], "setup_tests": tests})
        self.assertEqual(self.json("DELETE", path), {
            "code": "Success",
            "message": f"Transformation project with id '{project}' has been deleted"})
        for method, below, body in (("GET", "", None), ("PATCH", "", {}), ("DELETE", "", None),
                                    ("POST", "/test", None)):
            self.assert_error(method, path + below, 404, "NotFound",
                              "Transformation project not found", body)

    def test_the_older_type_is_taken_and_told(self):
        self.assertEqual(self.make_project(type="DBT_GIT")["type"], "DBT_GIT")

    def test_the_calls_of_2024_are_taken_and_answered_as_then(self):
        old = {"group_id": PROJECT["group_id"], "dbt_version": "1.4.1", "default_schema": "analytics",
               "git_remote_url": "git@github.com:acme/dbt.git", "git_branch": "main",
               "folder_path": "dbt", "target_name": "prod", "threads": 2}
        made = self.json("POST", "/v1/dbt/projects", old, 201)
        self.assertEqual(made["message"], "Operation performed.")
        project = made["data"]
        self.assertEqual({name: project[name] for name in old}, old)
        self.assertTrue(project["public_key"].startswith("ssh-rsa "))
        path = f"/v1/dbt/projects/{project['id']}"
        self.assertEqual(self.data("GET", path), project)
        self.assertEqual(self.data("POST", path + "/test"), {
            "dbt_project_id": project["id"],
            "setup_tests": [{"title": title, "status": "PASSED", "message": ""}
                            for title in ("Validate Git Connection", "Validate dbt Project")]})
        # Clients of then have what Git needs in project_config, and name the type.
        git = {name: old.pop(name) for name in ("git_remote_url", "git_branch", "folder_path")}
        self.data("POST", "/v1/dbt/projects", {**old, "type": "GIT", "project_config": git}, 201)
        self.assertEqual(self.data("PATCH", path, {"project_config": {"git_branch": "next"}})["git_branch"],
                         "next")
        # By today's name it is as all are.
        today = self.data("GET", f"{PROJECTS}/{project['id']}")
        self.assertEqual((today["type"], today["project_config"]["threads"]), ("GIT", 2))
        self.assertNotIn("dbt_version", today)
        del old["default_schema"]
        self.assert_invalid("POST", "/v1/dbt/projects", "Field 'default_schema' is required", old)

    def test_one_that_cannot_be_read_says_why(self):
        self.scenario = self.define_whole(lifecycle={"fivetran.transformation_project": {
            "ends": "failed", "error": "No such branch"}})
        path = f"{PROJECTS}/{self.make_project()['id']}"
        self.wait("10s")
        told = self.data("GET", path)
        self.assertEqual((told["status"], told["errors"]), ("ERROR", ["No such branch"]))

    def test_group_destination_and_git_settings_are_asked_for(self):
        self.assert_not_found("POST", PROJECTS, "Group", "nowhere",
                              {**PROJECT, "group_id": "nowhere"})
        self.assert_invalid("POST", PROJECTS, "Group has no connected destination.",
                            {**PROJECT, "group_id": "group_id"})
        for name in CONFIG:
            config = {key: value for key, value in CONFIG.items() if key != name}
            self.assert_invalid("POST", PROJECTS, f"Field '{name}' is required",
                                {**PROJECT, "project_config": config})
        config = {**CONFIG, "environment_vars": ["VARIABLE=x"]}
        self.assert_invalid("POST", PROJECTS,
                            "Invalid value of field 'project_config.environment_vars.0'",
                            {**PROJECT, "project_config": config})

    def test_projects_come_in_pages(self):
        projects = [self.make_project()["id"] for _ in range(5)]
        self.assert_pages(PROJECTS, projects)
        self.assert_pages("/v1/dbt/projects", projects)
        self.assert_bad_pages(PROJECTS)


LOGS = "/v1/external-logging"
LOG = {"service": "datadog_log", "config": {"region": "EU", "api_key": "hush"}}
SHOWN = {"service": "datadog_log", "enabled": True,
         "config": {"region": "EU", "api_key": "******"}}
LOG_TESTS = [{"title": "Validate Login", "status": "PASSED", "message": ""},
             {"title": "Test Connection", "status": "PASSED", "message": ""}]


class LoggingTest(FivetranTest):
    def lives(self, path, id, create, messages):
        """A log service at `path`, made by `create` = (path, body), to its end."""
        added, told, updated, tested, deleted = messages
        made = self.json("POST", *create, 201)
        self.assertEqual(made, {"code": "Success", "message": added, "data": {"id": id, **SHOWN}})
        self.assertEqual(self.json("POST", *create, 409)["code"], "Conflict")
        self.assertEqual(self.json("GET", path), {**made, "message": told})
        changed = self.json("PATCH", path, {"enabled": False, "config": {"hostname": "h"},
                                            "run_setup_tests": True})
        config = {**SHOWN["config"], "hostname": "h"}
        connected = {"tasks": [], "setup_state": "connected"}
        self.assertEqual(changed, {"code": "Success", "message": updated, "data": {
            "id": id, "service": "datadog_log", "enabled": False, "status": connected,
            "setup_tests": LOG_TESTS, "config": config}})
        again = self.data("PATCH", path, {"enabled": True})
        self.assertNotIn("setup_tests", again)
        self.assertEqual(self.data("GET", path), {
            "id": id, "service": "datadog_log", "enabled": True, "status": connected,
            "config": config})
        self.assertEqual(self.data("GET", LOGS), {"items": [
            {"id": id, "service": "datadog_log", "enabled": True, "status": connected}]})
        self.assertEqual(self.json("POST", path + "/test"), {
            "code": "Success", "message": tested, "data": {"setup_tests": LOG_TESTS}})
        self.assertEqual(self.json("DELETE", path), {"code": "Success", "message": deleted})
        for method, below, body in (("GET", "", None), ("PATCH", "", {}), ("DELETE", "", None),
                                    ("POST", "/test", None)):
            self.assertEqual(self.json(method, path + below, body, 404)["code"],
                             "NotFound_LogService")
        self.assertEqual(self.data("GET", LOGS), {"items": []})

    def test_of_a_group(self):
        self.lives(f"{LOGS}/group_id", "group_id", (LOGS, {**LOG, "group_id": "group_id"}), (
            "External logging service has been added",
            "External logging service details retrieved successfully",
            "External logging service has been updated", "Setup tests have been completed",
            "External logging service with id 'group_id' has been deleted"))

    def test_of_the_account(self):
        self.lives(f"{LOGS}/account", "_moonbeam_acc", (f"{LOGS}/account", LOG), (
            "Account external logging service has been added",
            "Account external logging service details retrieved successfully",
            "Account external logging service has been updated",
            "Account external logging service setup tests have been completed",
            "Account external logging service has been deleted"))

    def test_that_of_the_account_has_no_id_in_paths(self):
        self.json("POST", f"{LOGS}/account", LOG, 201)
        self.assert_error("GET", f"{LOGS}/_moonbeam_acc", 404, "NotFound_LogService",
                          "Log service with id '_moonbeam_acc' does not exist.")

    def test_tests_may_fail(self):
        made = self.data("POST", LOGS, {**LOG, "group_id": "group_id"}, 201,
                         headers=[("Prefer", "code=201, example=tests_failed")])
        self.assertEqual(made["status"]["setup_state"], "broken")
        self.assertEqual(made["status"]["tasks"][0]["code"], "reconnect_log")
        self.assertEqual(made["setup_tests"][0]["status"], "FAILED")

    def test_each_service_keeps_its_secrets(self):
        secrets = {
            "azure_monitor_log": ["client_secret", "primary_key"],
            "cloudwatch": ["access_key_secret"], "datadog_log": ["api_key"],
            "dynatrace": ["access_token"], "grafana_loki": ["access_token", "tenant_id"],
            "new_relic_log": ["api_key"], "splunkLog": ["token"],
            "stackdriver": ["service_account_key"]}
        for service, names in secrets.items():
            with self.subTest(service=service):
                config = {name: "hush" for name in names}
                made = self.data("POST", LOGS, {"service": service, "group_id": self.make_group(),
                                                "config": config}, 201)
                self.assertEqual(made["config"], {name: "******" for name in names})
        tenant = {"service": "azure_monitor_log", "config": {"tenant_id": "told"}}
        self.assertEqual(self.data("POST", f"{LOGS}/account", tenant, 201)["config"],
                         {"tenant_id": "told"})

    def test_what_is_missing_or_unknown_is_told(self):
        self.assert_invalid("POST", LOGS, "Field 'group_id' is required", LOG)
        self.assert_invalid("POST", LOGS, "Field 'service' is required", {"group_id": "group_id"})
        self.assert_invalid("POST", LOGS, "Unsupported service 'paper'",
                            {"group_id": "group_id", "service": "paper"})
        self.assert_not_found("POST", LOGS, "Group", "nowhere", {**LOG, "group_id": "nowhere"})

    def test_services_come_in_pages(self):
        groups = [self.make_group(f"g{n}") for n in range(5)]
        for group in groups:
            self.json("POST", LOGS, {**LOG, "group_id": group}, 201)
        self.assert_pages(LOGS, groups)
        self.assert_bad_pages(LOGS)


if __name__ == "__main__":
    unittest.main()
