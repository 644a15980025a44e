"""Fivetran's connections, their whole life."""

import base64
import json
import unittest

from fivetran import FUNCTION, PLAIN, POSTGRES, SHEET, START, FivetranTest, at

HOUR = 3600
RECONNECT = [{"code": "reconnect", "message": "Reconnect"}]


def cursor(value):
    """As Fivetran writes it: base64url, without padding."""
    text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def triggered(connection, name="connection"):
    return f"Sync has been successfully triggered for {name} with id '{connection}'"


class LifeTest(FivetranTest):
    def test_a_connection_lives_from_create_to_delete(self):
        made = self.done("POST", "/v1/connections", PLAIN, 201)["data"]
        path = f"/v1/connections/{made['id']}"
        self.assertEqual(self.done("GET", path), {
            "code": "Success", "message": "Connection details retrieved successfully",
            "data": made})
        self.assertEqual(self.done("GET", "/v1/connections")["data"], {"items": [made]})

        changed = self.done("PATCH", path, {"sync_frequency": 60})
        self.assertEqual(changed["message"], "Connection has been updated")
        self.assertEqual(changed["data"], {**made, "sync_frequency": 60})

        self.assertEqual(self.done("POST", path + "/sync", {}), {
            "code": "Success",
            "message": triggered(made["id"])})
        self.assertEqual(self.sync_state(made["id"]), "syncing")
        self.wait("10s")
        synced = self.read(made["id"])
        self.assertEqual(synced, {
            **changed["data"], "succeeded_at": at(10),
            "status": {**made["status"], "sync_state": "scheduled", "is_historical_sync": False}})
        self.assertEqual(list(synced), list(made))

        self.assertEqual(self.done("DELETE", path), {
            "code": "Success", "message": f"Connection with id '{made['id']}' has been deleted"})
        self.assert_refused(self.ask("GET", path), 404, "NotFound_Connection",
                            f"Connection with id '{made['id']}' does not exist.")
        self.assertEqual(self.done("GET", "/v1/connections")["data"], {"items": []})

    def test_what_only_the_store_knows_is_never_shown(self):
        connection = self.make(FUNCTION)
        self.sync(connection)
        self.wait("10s")
        self.change(connection, paused=True)
        self.done("POST", f"/v1/connections/{connection}/resync", {})
        [stored] = self.admin("GET", f"/sessions/{self.session}/store")["resources"][
            "fivetran.connection"].values()
        self.assertEqual((stored["state"], stored["deferred_resync"]), ({"cursor": at(9)}, True))
        path = f"/v1/connections/{connection}"
        for shown in (self.read(connection), self.change(connection, sync_frequency=60),
                      self.done("POST", path + "/test", {})["data"],
                      *self.done("GET", "/v1/connections")["data"]["items"],
                      *self.done("GET", "/v1/groups/group_id/connections")["data"]["items"]):
            self.assertFalse({"state", "deferred_resync"} & set(shown), shown)


class SyncTest(FivetranTest):
    def test_a_sync_goes_by_the_clock(self):
        connection = self.make()
        self.sync(connection)
        for seconds, state in ((0, "syncing"), (9, "syncing"), (1, "scheduled"),
                               (HOUR, "scheduled")):
            self.wait(f"{seconds}s")
            self.assertEqual(self.sync_state(connection), state)
        self.assertEqual(self.read(connection)["succeeded_at"], at(10))

    def test_only_the_first_sync_is_historical(self):
        connection = self.make()
        seen = [self.read(connection)["status"]["is_historical_sync"]]
        for _ in range(2):
            self.sync(connection)
            seen.append(self.read(connection)["status"]["is_historical_sync"])
            self.wait("10s")
            seen.append(self.read(connection)["status"]["is_historical_sync"])
        self.assertEqual(seen, [True, True, False, False, False])

    def test_neither_end_clears_the_other(self):
        connection = self.make()
        seen = []
        for ends in ("succeeded", "failed", "failed", "succeeded"):
            self.play(ends=ends)
            self.sync(connection)
            self.wait("10s")
            now = self.read(connection)
            self.assertEqual(now["status"]["sync_state"], "scheduled")
            seen.append((now["succeeded_at"], now["failed_at"]))
        self.assertEqual(seen, [(at(10), None), (at(10), at(20)), (at(10), at(30)),
                                (at(40), at(30))])

    def test_a_first_sync_that_fails_is_still_owed(self):
        connection = self.make()
        self.play(ends="failed", error="Source is unreachable")
        self.sync(connection)
        self.wait("10s")
        self.assertTrue(self.read(connection)["status"]["is_historical_sync"])

    def test_a_scenario_says_how_long_it_takes(self):
        connection = self.make()
        self.play(takes="45s", ends="failed")
        self.sync(connection)
        self.wait("44s")
        self.assertEqual(self.sync_state(connection), "syncing")
        self.wait("1s")
        self.assertEqual(self.read(connection)["failed_at"], at(45))

    def test_a_sync_may_go_by_the_number_of_polls(self):
        connection = self.make()
        self.play(after_polls=3)
        self.sync(connection)
        self.assertEqual([self.sync_state(connection) for _ in range(4)],
                         ["syncing", "syncing", "scheduled", "scheduled"])
        self.assertEqual(self.read(connection)["succeeded_at"], START)

    def test_lists_are_polls_too(self):
        connection = self.make()
        self.play(after_polls=2)
        self.sync(connection)
        states = [self.done("GET", path)["data"]["items"][0]["status"]["sync_state"]
                  for path in ("/v1/connections", "/v1/groups/group_id/connections")]
        self.assertEqual(states, ["syncing", "scheduled"])

    def test_a_rescheduled_sync_leaves_both_times_and_runs_after_an_hour(self):
        connection = self.make()
        self.play(ends="rescheduled")
        self.sync(connection)
        self.wait("10s")
        now = self.read(connection)
        self.assertEqual((now["succeeded_at"], now["failed_at"]), (None, None))
        self.assertEqual((now["status"]["sync_state"], now["status"]["rescheduled_for"]),
                         ("rescheduled", at(10 + HOUR)))
        self.wait("1h")
        now = self.read(connection)["status"]
        self.assertEqual((now["sync_state"], now["rescheduled_for"]), ("syncing", None))
        self.wait("10s")
        now = self.read(connection)
        self.assertEqual((now["succeeded_at"], now["status"]["sync_state"]),
                         (at(HOUR + 20), "scheduled"))

    def test_a_resumed_sync_is_stopped_and_forced_like_any(self):
        self.play(ends="rescheduled")
        paused, forced = self.make(), self.make()
        for connection in (paused, forced):
            self.sync(connection)
        self.wait("1h15s")
        self.scenario = "success"
        self.assertEqual(self.change(paused, paused=True)["status"]["sync_state"], "paused")
        self.sync(forced, force=True)
        self.wait("9s")
        self.assertEqual(self.sync_state(forced), "syncing")
        self.wait("1s")
        self.assertEqual(self.read(forced)["succeeded_at"], at(HOUR + 25))
        self.assertIsNone(self.read(paused)["succeeded_at"])

    def test_a_rescheduled_sync_of_a_manual_schedule_waits_for_a_call(self):
        connection = self.make(schedule_type="manual")
        self.play(ends="rescheduled")
        self.sync(connection)
        self.wait("1d")
        self.assertEqual(self.sync_state(connection), "rescheduled")
        self.scenario = "success"
        self.sync(connection)
        now = self.read(connection)["status"]
        self.assertEqual((now["sync_state"], now["rescheduled_for"]), ("syncing", None))
        self.wait("10s")
        self.assertEqual(self.read(connection)["succeeded_at"], at(24 * HOUR + 10)
                         .replace("15T34", "16T10"))

    def test_a_sync_by_call_takes_the_place_of_the_rescheduled_one(self):
        connection = self.make()
        self.play(ends="rescheduled")
        self.sync(connection)
        self.wait("10s")
        self.scenario = "success"
        self.sync(connection)
        self.wait("2h")
        now = self.read(connection)
        self.assertEqual((now["succeeded_at"], now["status"]["sync_state"]), (at(20), "scheduled"))

    def test_without_force_a_sync_that_runs_is_let_be(self):
        connection = self.make()
        self.sync(connection)
        for body in ({"force": False}, {}, {"force": None}):
            self.wait("2s")
            self.sync(connection, **body)
        self.wait("4s")
        self.assertEqual(self.read(connection)["succeeded_at"], at(10))

    def test_with_force_it_begins_again(self):
        for way, body in (("sync", {"force": True}), ("force", None)):
            with self.subTest(way=way):
                connection = self.make()
                before = self.read(connection)["created_at"]
                self.sync(connection)
                self.wait("6s")
                self.done("POST", f"/v1/connections/{connection}/{way}", body)
                self.wait("9s")
                self.assertEqual(self.sync_state(connection), "syncing")
                self.wait("1s")
                self.assertGreater(self.read(connection)["succeeded_at"], before)

    def test_a_sync_needs_no_body(self):
        for way in ("sync", "force"):
            for headers in ((), (("Content-Type", "application/json;version=2"),)):
                connection = self.make()
                answer = self.ask("POST", f"/v1/connections/{connection}/{way}", headers=headers)
                self.assertEqual(answer.status, 200, answer)
                self.assertEqual(self.sync_state(connection), "syncing")

    def test_a_body_that_is_none_is_told(self):
        path = f"/v1/connections/{self.make()}/sync"
        self.assert_refused(self.ask("POST", path, '{"force": tru'), 400, "InvalidInput",
                            "Request body is not valid JSON")
        self.assert_refused(self.ask("POST", path, {"force": "yes"}), 400, "InvalidInput",
                            "Invalid value of field 'force'")

    def test_a_paused_connection_does_not_sync(self):
        connection = self.make(paused=True)
        for way, body in (("sync", {}), ("sync", {"force": True}), ("force", None)):
            self.done("POST", f"/v1/connections/{connection}/{way}", body)
            self.wait("1h")
            now = self.read(connection)
            self.assertEqual((now["status"]["sync_state"], now["succeeded_at"]), ("paused", None))

    def test_a_connection_that_was_never_set_up_does_not_sync(self):
        connection = self.make(run_setup_tests=False)
        self.sync(connection, force=True)
        self.wait("1h")
        now = self.read(connection)
        self.assertEqual((now["status"]["setup_state"], now["status"]["sync_state"],
                          now["succeeded_at"]), ("incomplete", "scheduled", None))

    def test_a_deleted_connection_syncs_no_more(self):
        connection = self.make()
        self.sync(connection)
        self.done("DELETE", f"/v1/connections/{connection}")
        self.wait("1h")
        self.assertEqual(self.done("GET", "/v1/connections")["data"]["items"], [])


class PauseTest(FivetranTest):
    def test_a_pause_stops_the_sync(self):
        connection = self.make()
        self.sync(connection)
        self.wait("5s")
        now = self.change(connection, paused=True)
        self.assertEqual((now["paused"], now["status"]["sync_state"]), (True, "paused"))
        self.wait("1h")
        now = self.read(connection)
        self.assertEqual((now["status"]["sync_state"], now["succeeded_at"]), ("paused", None))

    def test_a_pause_ends_the_wait_of_a_rescheduled_sync(self):
        connection = self.make()
        self.play(ends="rescheduled")
        self.sync(connection)
        self.wait("10s")
        now = self.change(connection, paused=True)["status"]
        self.assertEqual((now["sync_state"], now["rescheduled_for"]), ("paused", None))
        self.wait("2h")
        self.assertEqual(self.sync_state(connection), "paused")

    def test_what_is_no_longer_paused_is_scheduled(self):
        connection = self.make(paused=True)
        now = self.change(connection, paused=False)
        self.assertEqual((now["paused"], now["status"]["sync_state"]), (False, "scheduled"))
        self.wait("1h")
        self.assertIsNone(self.read(connection)["succeeded_at"])

    def test_a_sync_that_runs_does_not_mind_being_told_it_is_not_paused(self):
        connection = self.make()
        self.sync(connection)
        self.assertEqual(self.change(connection, paused=False)["status"]["sync_state"], "syncing")


class ResyncTest(FivetranTest):
    def synced(self, request=POSTGRES, **changes):
        connection = self.make(request, trust_certificates=True, trust_fingerprints=True, **changes)
        self.sync(connection)
        self.wait("10s")
        return connection

    def test_a_resync_is_a_historical_sync(self):
        connection = self.synced()
        self.assertEqual(self.done("POST", f"/v1/connections/{connection}/resync", {}), {
            "code": "Success",
            "message": triggered(connection)})
        status = self.read(connection)["status"]
        self.assertEqual((status["sync_state"], status["is_historical_sync"]), ("syncing", True))
        self.wait("10s")
        now = self.read(connection)
        self.assertEqual((now["succeeded_at"], now["status"]["is_historical_sync"]),
                         (at(20), False))

    def test_a_resync_of_tables_leaves_the_rest_as_it_is(self):
        for path, body, message in (
                ("resync", {"scope": {"public": ["orders"]}}, "Sync has been successfully"),
                ("schemas/tables/resync", {"public": ["orders"]}, "Re-sync has been triggered")):
            with self.subTest(path=path):
                connection = self.synced()
                answer = self.done("POST", f"/v1/connections/{connection}/{path}", body)
                self.assertIn(message, answer["message"])
                status = self.read(connection)["status"]
                self.assertEqual((status["sync_state"], status["is_historical_sync"]),
                                 ("syncing", False))

    def test_a_resync_of_a_paused_connection_waits(self):
        for path, body in (("resync", {}), ("resync", {"scope": {"public": ["orders"]}}),
                           ("schemas/tables/resync", {"public": ["orders"]})):
            with self.subTest(path=path, body=body):
                connection = self.synced()
                before = self.change(connection, paused=True)["succeeded_at"]
                self.done("POST", f"/v1/connections/{connection}/{path}", body)
                self.wait("1h")
                now = self.read(connection)
                self.assertEqual((now["status"]["sync_state"], now["succeeded_at"]),
                                 ("paused", before))
                now = self.change(connection, paused=False)
                self.assertEqual(now["status"]["sync_state"], "syncing")
                self.wait("10s")
                self.assertGreater(self.read(connection)["succeeded_at"], before)
                # Once, not each time that a pause ends.
                self.change(connection, paused=True)
                self.assertEqual(self.change(connection, paused=False)["status"]["sync_state"],
                                 "scheduled")

    def test_flags_may_come_as_texts(self):
        made = self.data("POST", "/v1/connections", {
            **POSTGRES, "paused": "true", "run_setup_tests": "false", "pause_after_trial": "true",
            "trust_certificates": "false"}, 201)
        self.assertEqual((made["paused"], made["pause_after_trial"], made["status"]["sync_state"],
                          made["status"]["setup_state"]), (True, True, "paused", "incomplete"))
        self.assertEqual(made.get("setup_tests", []), [])
        self.assert_invalid("POST", "/v1/connections", "Invalid value of field 'paused'",
                            {**POSTGRES, "paused": "yes"})

    def test_a_resync_beside_a_sync_is_declined(self):
        connection = self.make(POSTGRES, trust_certificates=True, trust_fingerprints=True)
        self.sync(connection)
        for path, body in (("resync", {}), ("schemas/tables/resync", {"public": ["orders"]})):
            self.assert_refused(self.ask("POST", f"/v1/connections/{connection}/{path}", body), 409,
                                "Conflict",
                                "Connection cannot be updated because the sync is in progress.")

    def test_a_scope_must_name_something(self):
        connection = self.synced()
        path = f"/v1/connections/{connection}/"
        for way, body, message in (
                ("resync", {"scope": {}}, "Field 'scope' must not be empty"),
                ("resync", {"scope": {"public": []}}, "Invalid value of field 'scope.public'"),
                ("resync", {"scope": ["public"]}, "Invalid value of field 'scope'"),
                ("schemas/tables/resync", {}, "Field 'scope' must not be empty"),
                ("schemas/tables/resync", {"public": []}, "Invalid value of field 'public'"),
                ("schemas/tables/resync", None, "Request body is required")):
            with self.subTest(way=way, body=body):
                self.assert_refused(self.ask("POST", path + way, body), 400, "InvalidInput",
                                    message)
        self.assertEqual(self.sync_state(connection), "scheduled")

    def test_a_scope_of_null_is_the_whole(self):
        connection = self.synced()
        self.done("POST", f"/v1/connections/{connection}/resync", {"scope": None})
        self.assertTrue(self.read(connection)["status"]["is_historical_sync"])

    def test_tables_of_a_connector_that_has_none(self):
        connection = self.synced(SHEET)
        for way, body in (("resync", {"scope": {"sheets": ["orders"]}}),
                          ("schemas/tables/resync", {"sheets": ["orders"]})):
            self.assert_refused(self.ask("POST", f"/v1/connections/{connection}/{way}", body), 400,
                                "InvalidInput",
                                "Table-level re-sync is not supported for service 'google_sheets'")
        self.done("POST", f"/v1/connections/{connection}/resync", {})

    def test_a_change_to_historical_begins_at_once_and_cancels_what_runs(self):
        connection = self.synced()
        self.sync(connection)
        self.wait("5s")
        status = self.change(connection, is_historical_sync=True)["status"]
        self.assertEqual((status["sync_state"], status["is_historical_sync"]), ("syncing", True))
        self.wait("9s")
        self.assertEqual(self.sync_state(connection), "syncing")
        self.wait("1s")
        now = self.read(connection)
        self.assertEqual((now["succeeded_at"], now["status"]["is_historical_sync"]),
                         (at(25), False))

    def test_a_change_to_historical_of_a_paused_connection_waits(self):
        connection = self.synced(paused=False)
        status = self.change(connection, paused=True, is_historical_sync=True)["status"]
        self.assertEqual((status["sync_state"], status["is_historical_sync"]), ("paused", True))
        self.assertEqual(self.change(connection, paused=False)["status"]["sync_state"], "syncing")


class ListTest(FivetranTest):
    def test_three_pages(self):
        made = [self.make(config={"schema": f"ads_{number}"}) for number in range(5)]
        for path in ("/v1/connections", "/v1/groups/group_id/connections", "/v1/connectors/",
                     "/v1/groups/group_id/connectors/"):
            seen, cursors, more = [], [], ""
            while True:
                page = self.done("GET", f"{path}?limit=2{more}")["data"]
                seen += [one["id"] for one in page["items"]]
                if "next_cursor" not in page:
                    break
                cursors.append(page["next_cursor"])
                more = f"&cursor={page['next_cursor']}"
            self.assertEqual(seen, made)
            self.assertEqual(cursors, [cursor({"skip": 2}), cursor({"skip": 4})])

    def test_a_page_that_ends_with_the_list_is_the_last(self):
        for number in range(2):
            self.make(config={"schema": f"ads_{number}"})
        self.assertNotIn("next_cursor", self.done("GET", "/v1/connections?limit=2")["data"])
        self.assertEqual(self.done("GET", "/v1/connections?cursor=" + cursor({"skip": 9}))["data"],
                         {"items": []})

    def test_a_hundred_come_unless_more_are_asked_for(self):
        for number in range(101):
            self.make(config={"schema": f"ads_{number}"}, run_setup_tests=False)
        page = self.done("GET", "/v1/connections")["data"]
        self.assertEqual((len(page["items"]), page["next_cursor"]), (100, cursor({"skip": 100})))
        self.assertEqual(len(self.done("GET", "/v1/connections?limit=1000")["data"]["items"]), 101)

    def test_filters(self):
        here = self.make(group_id="here", config={"schema": "a"})
        there = self.make(group_id="there", config={"schema": "a"})
        other = self.make(group_id="here", config={"schema": "a_b"})
        for path, found in (("connections?group_id=here", [here, other]),
                            ("connections?schema=a", [here, there]),
                            ("connections?schema=a&group_id=there", [there]),
                            ("connections?schema=A", []),
                            ("connections?group_id=nowhere", []),
                            ("groups/here/connections", [here, other]),
                            ("groups/here/connections?schema=a_b", [other]),
                            ("groups/here/connections?schema=a&limit=1", [here]),
                            ("groups/there/connectors", [there])):
            items = self.done("GET", f"/v1/{path}")["data"]["items"]
            self.assertEqual([one["id"] for one in items], found, path)

    def test_messages(self):
        self.make()
        self.assertEqual(self.done("GET", "/v1/connections")["message"],
                         "Connections list retrieved successfully")
        self.assertEqual(self.done("GET", "/v1/groups/group_id/connections")["message"],
                         "Group connections retrieved successfully")

    def test_bad_limits(self):
        self.make()
        for path in ("/v1/connections", "/v1/groups/group_id/connections"):
            for limit in ("0", "1001", "-1", "two", "1.5"):
                self.assert_refused(self.ask("GET", f"{path}?limit={limit}"), 400, "InvalidInput",
                                    "Invalid value of field 'limit'")

    def test_bad_cursors(self):
        self.make()
        for bad in ("nonsense", "%25", cursor("{}"), cursor({"skip": -1}), cursor({"skip": "1"}),
                    cursor("[1]"), cursor("{")):
            self.assert_refused(self.ask("GET", f"/v1/connections?cursor={bad}"), 400,
                                "InvalidInput", "Invalid value of field 'cursor'")

    def test_a_group_that_is_not_there(self):
        self.assert_refused(self.ask("GET", "/v1/groups/nowhere/connections"), 404,
                            "NotFound_Group", "Group with id 'nowhere' does not exist.")


UNDER_ONE = [("GET", "", None), ("PATCH", "", {"paused": True}), ("DELETE", "", None),
             ("POST", "/test", {}), ("POST", "/sync", {}), ("POST", "/force", None),
             ("POST", "/resync", {}), ("POST", "/schemas/tables/resync", {"a": ["b"]}),
             ("GET", "/state", None), ("PATCH", "/state", {"state": {}}),
             ("POST", "/connect-card", {"connect_card_config": {"redirect_uri": "https://a.test"}}),
             ("GET", "/schemas", None), ("POST", "/schemas", {"schemas": {}}),
             ("PATCH", "/schemas", {}), ("POST", "/schemas/reload", {}),
             ("PATCH", "/schemas/a", {"enabled": True}),
             ("PATCH", "/schemas/a/tables/b", {"enabled": True}),
             ("PATCH", "/schemas/a/tables/b/columns/c", {"enabled": True}),
             ("GET", "/schemas/a/tables/b/columns", None)]


class UnknownTest(FivetranTest):
    def test_an_unknown_id_by_the_new_name(self):
        for method, path, body in UNDER_ONE:
            with self.subTest(method=method, path=path):
                self.assert_refused(self.ask(method, "/v1/connections/nobody" + path, body), 404,
                                    "NotFound_Connection",
                                    "Connection with id 'nobody' does not exist.")

    def test_an_unknown_id_by_the_older_names(self):
        for method, path, body in UNDER_ONE:
            for older in ("/v1/connectors/", "/v2/connectors/"):
                with self.subTest(method=method, path=older + path):
                    self.assert_refused(self.ask(method, older + "nobody" + path, body), 404,
                                        "NotFound_Connector",
                                        "Connector with id 'nobody' does not exist.")

    def test_an_id_of_another_session(self):
        connection = self.make()
        for method, path, body in UNDER_ONE:
            answer = self.ask(method, f"/v1/connections/{connection}{path}", body,
                              session=self.session + "-other")
            self.assertEqual((answer.status, answer.json()["code"]), (404, "NotFound_Connection"))
        self.assertEqual(self.sync_state(connection), "scheduled")

    def test_deleting_twice(self):
        connection = self.make()
        path = f"/v1/connections/{connection}"
        self.done("DELETE", path)
        for _ in range(2):
            self.assert_refused(self.ask("DELETE", path), 404, "NotFound_Connection",
                                f"Connection with id '{connection}' does not exist.")

    def test_a_method_that_is_not_there(self):
        for method, path in (("PUT", "/v1/connections/a"), ("POST", "/v1/connections/a"),
                             ("GET", "/v1/connections/a/sync"), ("DELETE", "/v1/connectors")):
            self.assert_refused(self.ask(method, path), 405, "MethodNotAllowed",
                                "HTTP 405 Method Not Allowed")


class OlderNamesTest(FivetranTest):
    def test_each_call_answers_by_the_older_name_in_its_words(self):
        made = self.done("POST", "/v1/connectors", PLAIN, 201)
        self.assertEqual(made["message"], "Connector has been created")
        connection = made["data"]["id"]
        path = f"/v1/connectors/{connection}"
        for method, call, body, message in (
                ("PATCH", path, {"paused": False}, "Connector has been updated"),
                ("POST", path + "/test", {}, "Setup tests were completed"),
                ("POST", path + "/force", None,
                 triggered(connection, "connector")),
                ("POST", f"/v2/connectors/{connection}/sync", {"force": True},
                 triggered(connection, "connector")),
                ("GET", f"/v2/connectors/{connection}", None,
                 "Connection details retrieved successfully"),
                ("GET", "/v1/connectors/", None, "Connections list retrieved successfully"),
                ("DELETE", path + "/", None, f"Connector with id '{connection}' has been deleted")):
            self.assertEqual(self.done(method, call, body)["message"], message)

    def test_calls_that_only_the_older_documents_have(self):
        connection = self.make()
        token = self.ask("POST", f"/v1/connectors/{connection}/connect-card-token").json()
        self.assertEqual(list(token), ["token"])
        self.assertRegex(token["token"], r"^[\w-]+\.[\w-]+\.[\w-]+$")
        self.assert_refused(self.ask("POST", "/v1/connectors/x/connect-card-token"), 404,
                            "NotFound_Connector", "Connector with id 'x' does not exist.")
        for path in "", "/google_ads":
            self.assertEqual(self.done("GET", "/v1/metadata/connectors" + path),
                             self.done("GET", "/v1/metadata/connector-types" + path))

    def test_both_names_are_the_same_connection(self):
        connection = self.make()
        self.done("POST", f"/v1/connectors/{connection}/force/")
        self.assertEqual(self.sync_state(connection), "syncing")
        self.wait("10s")
        older = self.done("GET", f"/v2/connectors/{connection}")["data"]
        self.assertEqual(older, self.read(connection))

    def test_a_scripted_answer_is_in_the_words_of_the_name_that_was_called(self):
        self.scenario = self.define_whole(rules=[
            {"match": {"operation": "fivetran.connection_details"},
             "play": [{"outcome": "not_found", "times": "forever"}]}])
        for name, code in (("connections", "NotFound_Connection"),
                           ("connectors", "NotFound_Connector")):
            self.assertEqual(self.ask("GET", f"/v1/{name}/x").json()["code"], code)


class ChangeTest(FivetranTest):
    def test_a_change_of_each_field(self):
        connection = self.make()
        before = self.read(connection)
        for field, value in (("paused", True), ("pause_after_trial", True), ("sync_frequency", 5),
                             ("data_delay_sensitivity", "CUSTOM"), ("data_delay_threshold", 30),
                             ("schedule_type", "manual"), ("networking_method", "PrivateLink"),
                             ("private_link_id", "link"), ("proxy_agent_id", "proxy"),
                             ("hybrid_deployment_agent_id", "agent")):
            self.assertEqual(self.change(connection, **{field: value})[field], value)
        self.assertIsNone(self.change(connection, paused=True, private_link_id=None)
                          ["private_link_id"])
        now = self.read(connection)
        changed = {field for field in now if now[field] != before.get(field)}
        self.assertEqual(changed, {"paused", "pause_after_trial", "sync_frequency", "status",
                                   "data_delay_sensitivity", "data_delay_threshold",
                                   "schedule_type", "networking_method", "proxy_agent_id",
                                   "hybrid_deployment_agent_id"})
        self.assertEqual(list(now), list(before))

    def test_a_private_link_needs_its_networking_method(self):
        words = "Networking method must be PrivateLink in order to set private_link_id"
        for method in ({}, {"networking_method": None}, {"networking_method": "Directly"}):
            self.assert_invalid("POST", "/v1/connections", words,
                                {**PLAIN, "private_link_id": "link", **method})
        connection = self.make()
        path = f"/v1/connections/{connection}"
        self.assert_invalid("PATCH", path, words, {"private_link_id": "link"})
        self.assert_invalid("PATCH", path, words, {"private_link_id": "link",
                                                   "networking_method": "SshTunnel"})
        both = {"private_link_id": "link", "networking_method": "PrivateLink"}
        self.assertEqual(self.change(connection, **both)["private_link_id"], "link")
        self.assertEqual(self.change(connection, private_link_id="other")["private_link_id"], "other")
        self.assert_invalid("PATCH", path, words, {"private_link_id": "link",
                                                   "networking_method": "Directly"})
        self.assertEqual(self.read(self.make(**both))["private_link_id"], "link")

    def test_networking_method_and_connection_type_follow_each_other(self):
        connection = self.make(POSTGRES)

        def both():
            now = self.read(connection)
            return now["networking_method"], now["config"].get("connection_type")

        self.assertEqual(both(), ("Directly", "Directly"))
        self.change(connection, config={"connection_type": "SshTunnel"})
        self.assertEqual(both(), ("SshTunnel", "SshTunnel"))
        self.change(connection, networking_method="Directly")
        self.assertEqual(both(), ("Directly", "Directly"))
        self.change(connection, networking_method="SshTunnel")
        self.change(connection, config={"connection_type": None})
        self.assertEqual(both(), ("Directly", "Directly"))
        for way in ({"config": {"schema_prefix": "a", "connection_type": "SshTunnel"}},
                    {"networking_method": "SshTunnel"}):
            connection = self.make({**POSTGRES, **way})
            self.assertEqual(both(), ("SshTunnel", "SshTunnel"))
        connection = self.make({**PLAIN, "service": "salesforce"}, networking_method="SshTunnel")
        self.change(connection, config={"schema": "ads"})
        self.assertEqual(both(), ("SshTunnel", "SshTunnel"))

    def test_who_names_a_tunnel_means_it(self):
        def way(connection):
            now = self.read(connection)
            titles = [one["title"] for one in now["setup_tests"]]
            return (now["networking_method"], now["config"].get("connection_type"),
                    "SSH Tunnel Connection" in titles)

        through = {"schema_prefix": "a", "tunnel_host": "ssh.test"}
        made = self.make({**POSTGRES, "config": through})
        self.assertEqual(way(made), ("SshTunnel", "SshTunnel", True))
        made = self.make({**POSTGRES, "config": {**through, "connection_type": "Directly"}})
        self.assertEqual(way(made), ("Directly", "Directly", False))
        made = self.make({**POSTGRES, "config": through}, networking_method="Directly")
        self.assertEqual(way(made), ("Directly", "Directly", False))
        made = self.make(POSTGRES)
        self.change(made, config={"tunnel_port": 22})
        self.assertEqual(way(made), ("SshTunnel", "SshTunnel", True))
        # Its connections are direct or go through a private link.
        made = self.make({**POSTGRES, "service": "aveva_pi",
                          "config": {"schema": "a", "tunnel_host": "ssh.test"}})
        self.assertEqual(way(made)[:2], ("Directly", None))

    def test_a_way_through_a_private_link_needs_the_link(self):
        words = "Field 'private_link_id' is required"
        database = {"group_id": "group_id", "service": "postgres", "run_setup_tests": False}
        through = {"connection_type": "PrivateLink"}
        for link in ({}, {"private_link_id": None}):
            self.assert_invalid("POST", "/v1/connections", words,
                                {**database, "config": {"schema_prefix": "a", **through}, **link})
        connection = self.make({**database, "config": {"schema_prefix": "b"}})
        self.assert_invalid("PATCH", f"/v1/connections/{connection}", words, {"config": through})
        self.change(connection, config=through, private_link_id="link")
        changed = self.change(connection, config=through)  # it has one by now
        self.assertEqual((changed["networking_method"], changed["private_link_id"]),
                         ("PrivateLink", "link"))

    def test_an_empty_text_is_no_body(self):
        connection = self.make()
        self.wait("1h")
        for path in (f"/v1/connections/{connection}/sync",
                     f"/v1/connections/{connection}/schemas/reload"):
            with self.subTest(path=path):
                self.done("POST", path, '""')
                for body in ('"x"', "[]", "null"):
                    self.assert_invalid("POST", path, "Request body must be a JSON object", body)
        self.wait("1h")
        self.done("POST", f"/v1/connections/{connection}/resync", '""')
        # Those that need one take none either.
        self.assert_invalid("POST", f"/v1/connections/{connection}/test",
                            "Request body must be a JSON object", '""')

    def test_the_schema_status(self):
        status = self.change(self.make(), schema_status="ready")["status"]
        self.assertEqual(status["schema_status"], "ready")

    def test_a_daily_time_is_shown_once_a_day_is_the_frequency(self):
        connection = self.make()
        # Seen live: the call fails, while pages have it that the time is ignored.
        path = f"/v1/connections/{connection}"
        for body in ({"daily_sync_time": "14:00"}, {"daily_sync_time": "14:00", "sync_frequency": 60},
                     {"daily_sync_time": "14:00", "sync_frequency": 1440, "schedule_type": "manual"}):
            self.assert_refused(self.ask("PATCH", path, body), 400, "InvalidInput",
                                "Field 'daily_sync_time' needs sync_frequency 1440 and schedule_type auto")
        self.assert_refused(self.ask("POST", "/v1/connections",
                                     {**PLAIN, "daily_sync_time": "14:00", "sync_frequency": 60}),
                            400, "InvalidInput",
                            "Field 'daily_sync_time' needs sync_frequency 1440 and schedule_type auto")
        now = self.change(connection, sync_frequency=1440, daily_sync_time="15:00")
        self.assertEqual(now["daily_sync_time"], "15:00")
        self.assertNotIn("daily_sync_time", self.change(connection, sync_frequency=60))

    def test_config_is_laid_over_what_is_there_and_its_secrets_are_masked(self):
        connection = self.make(POSTGRES, trust_certificates=True, trust_fingerprints=True)
        config = self.change(connection, config={"password": "hush-2", "port": 5432},
                             run_setup_tests=False)["config"]
        self.assertTrue(config.pop("public_key").startswith("ssh-rsa "))
        self.assertEqual(config, {
            "host": "db.test", "password": "******", "connection_type": "Directly", "port": 5432})
        store = json.dumps(self.admin("GET", f"/sessions/{self.session}/store"))
        self.assertNotIn("hush", store)

    def test_auth_is_never_sent_back(self):
        now = self.change(self.make(), auth={"refresh_token": "hush"}, run_setup_tests=False)
        self.assertNotIn("auth", now)
        self.assertNotIn("hush", json.dumps(now))

    def test_something_must_change(self):
        connection = self.make()
        path = f"/v1/connections/{connection}"
        before = self.read(connection)
        for body in ({}, {"run_setup_tests": True}, {"trust_certificates": True},
                     {"trust_fingerprints": True, "run_setup_tests": False},
                     {"paused": None, "sync_frequency": None}, {"colour": "red"}):
            self.assert_refused(self.ask("PATCH", path, body), 400, "InvalidInput",
                                "No update parameters specified")
        self.assertEqual(self.read(connection), before)

    def test_a_body_must_be_there(self):
        path = f"/v1/connections/{self.make()}"
        for body, message in ((None, "Request body is required"),
                              ("{", "Request body is not valid JSON"),
                              ("[]", "Request body must be a JSON object")):
            self.assert_refused(self.ask("PATCH", path, body), 400, "InvalidInput", message)

    def test_the_schema_is_for_ever(self):
        for request, same, other in ((PLAIN, {"schema": "ads"}, {"schema": "ads_2"}),
                                     (SHEET, {"schema": "sheets", "table": "orders"},
                                      {"schema": "sheets", "table": "orders_2"}),
                                     (POSTGRES, {"schema_prefix": "shop"},
                                      {"schema_prefix": "shop_2"})):
            connection = self.make(request)
            path = f"/v1/connections/{connection}"
            before = self.read(connection)
            for body in ({"schema": "other"}, {"config": other}, {"config": other, "paused": True}):
                self.assert_refused(self.ask("PATCH", path, body), 400, "InvalidInput",
                                    "Field 'schema' cannot be changed")
            self.change(connection, config=same, run_setup_tests=False)
            self.assertEqual(self.read(connection), before)

    def test_values_that_are_none(self):
        connection = self.make()
        path = f"/v1/connections/{connection}"
        for field, value in (("paused", "yes"), ("sync_frequency", 7), ("sync_frequency", "60"),
                             ("daily_sync_time", "14:30"), ("daily_sync_time", "24:00"),
                             ("schedule_type", "often"), ("data_delay_sensitivity", "low"),
                             ("networking_method", "Carrier"), ("is_historical_sync", 1),
                             ("schema_status", "READY"), ("data_delay_threshold", "1"),
                             ("data_delay_threshold", -1)):
            self.assert_refused(self.ask("PATCH", path, {field: value}), 400, "InvalidInput",
                                f"Invalid value of field '{field}'")
        self.assert_refused(self.ask("PATCH", path, {"config": "all"}), 400, "InvalidInput",
                            "Invalid 'config' object")

    def test_a_whole_number_is_told_as_one(self):
        connection = self.make(PLAIN | {"sync_frequency": 60.0, "data_delay_threshold": 5.0})
        told = json.dumps(self.read(connection))
        self.assertIn('"sync_frequency": 60,', told)
        self.assertIn('"data_delay_threshold": 5,', told)
        told = json.dumps(self.change(connection, sync_frequency=120.0, data_delay_threshold=6.0))
        self.assertIn('"sync_frequency": 120,', told)
        self.assertIn('"data_delay_threshold": 6,', told)

    def test_an_unknown_field_is_let_pass(self):
        connection = self.make()
        self.assertNotIn("colour", self.change(connection, paused=True, colour="red"))
        exchange = self.exchanges(self.session)[-1]
        self.assertIn("colour", json.dumps(exchange))


class SetupTest(FivetranTest):
    def test_the_tests_run_again(self):
        connection = self.make(POSTGRES)
        path = f"/v1/connections/{connection}/test"
        self.assertEqual(self.read(connection)["status"]["setup_state"], "incomplete")
        answer = self.done("POST", path, {})
        self.assertEqual(answer["message"], "Setup tests have been completed")
        failed = [one["title"] for one in answer["data"]["setup_tests"]
                  if one["status"] == "FAILED"]
        self.assertEqual((failed, answer["data"]["status"]["setup_state"]),
                         (["Validate Certificate"], "incomplete"))
        now = self.done("POST", path, {"trust_certificates": True})["data"]
        self.assertEqual(now["status"]["setup_state"], "connected")
        self.assertNotIn("FAILED", [one["status"] for one in now["setup_tests"]])
        self.assertEqual(self.read(connection), now)

    def test_what_was_connected_breaks_and_a_sync_alone_mends_it(self):
        connection = self.make(POSTGRES, trust_certificates=True)
        self.revoke_all(f"/v1/connections/{connection}/certificates")
        path = f"/v1/connections/{connection}/test"
        now = self.done("POST", path, {})["data"]
        self.assertEqual((now["status"]["setup_state"], now["status"]["tasks"]), ("broken", RECONNECT))
        now = self.done("POST", path, {"trust_certificates": True})["data"]
        self.assertNotIn("FAILED", [one["status"] for one in now["setup_tests"]])
        self.assertEqual((now["status"]["setup_state"], now["status"]["tasks"]), ("broken", RECONNECT))
        self.sync(connection, force=True)
        self.wait("10s")
        now = self.read(connection)["status"]
        self.assertEqual((now["setup_state"], now["tasks"]), ("connected", []))

    def test_a_sync_may_break_it(self):
        self.scenario = self.define_whole(
            lifecycle={"fivetran.sync": {"ends": ["broken", "succeeded"], "error": "Access was revoked"}})
        connection = self.make()
        self.sync(connection)
        self.wait("10s")
        now = self.read(connection)
        self.assertEqual((now["status"]["setup_state"], now["status"]["sync_state"], now["status"]["tasks"]),
                         ("broken", "scheduled", RECONNECT))
        self.assertEqual((now["failed_at"], now["succeeded_at"]), (at(10), None))
        self.sync(connection)
        self.wait("10s")
        now = self.read(connection)["status"]
        self.assertEqual((now["setup_state"], now["tasks"]), ("connected", []))

    def test_no_body_is_refused_and_an_empty_one_taken(self):
        path = f"/v1/connections/{self.make()}/test"
        self.assert_refused(self.ask("POST", path), 400, "InvalidInput", "Request body is required")
        self.done("POST", path, {})

    def test_a_scenario_says_how_they_end(self):
        connection = self.make()
        self.scenario = self.define_whole(rules=[
            {"match": {"operation": "fivetran.run_setup_tests"},
             "play": [{"outcome": "success", "setup_tests": {"*": "FAILED"}}]}])
        for failed in (3, 0):
            now = self.done("POST", f"/v1/connections/{connection}/test", {})["data"]
            statuses = [one["status"] for one in now["setup_tests"]]
            self.assertEqual((statuses.count("FAILED"), len(statuses)), (failed, 3))
            self.assertEqual(now["status"]["setup_state"], "broken")

    def test_a_change_runs_them_when_it_says_so(self):
        connection = self.make(POSTGRES, run_setup_tests=False)
        trust = {"trust_certificates": True, "trust_fingerprints": True}
        now = self.change(connection, paused=True, run_setup_tests=False, **trust)
        self.assertEqual((now["status"]["setup_state"], now["setup_tests"]), ("incomplete", []))
        now = self.change(connection, sync_frequency=60, **trust)
        self.assertEqual(now["status"]["setup_state"], "incomplete")
        now = self.change(connection, sync_frequency=60, run_setup_tests=True)
        self.assertEqual(now["status"]["setup_state"], "incomplete")
        now = self.change(connection, sync_frequency=60, run_setup_tests=True, **trust)
        self.assertEqual(now["status"]["setup_state"], "connected")
        now = self.change(connection, config={"port": 5433})
        self.assertEqual(now["status"]["setup_state"], "connected")
        self.revoke_all(f"/v1/connections/{connection}/certificates")
        now = self.change(connection, config={"port": 5434})
        self.assertEqual(now["status"]["setup_state"], "broken")


class StateTest(FivetranTest):
    NONE = "The connection state does not exist"
    UNSUPPORTED = ("The specified connection does not support state management. Only Function and "
                   "Connector SDK connectors support this operation.")

    def with_state(self):
        connection = self.make(FUNCTION)
        self.sync(connection)
        self.wait("10s")
        return connection, f"/v1/connections/{connection}/state"

    def test_the_first_sync_writes_it_and_a_pause_lets_it_be_changed(self):
        connection, path = self.with_state()
        self.assertEqual(self.done("GET", path), {
            "code": "Success", "message": "Connection state retrieved successfully",
            "data": {"state": {"cursor": at(9)}}})
        self.change(connection, paused=True)
        state = {"tables": {"orders": 7}, "list": [1, None]}
        self.assertEqual(self.done("PATCH", path, {"state": state}), {
            "code": "Success", "message": "Connection state has been updated",
            "data": {"state": state}})
        self.change(connection, paused=False)
        self.sync(connection)
        self.wait("10s")
        self.assertEqual(self.done("GET", path)["data"], {"state": state})

    def test_no_state_changes_nothing(self):
        connection, path = self.with_state()
        self.change(connection, paused=True)
        for body in ({}, {"state": None}):
            self.assertEqual(self.done("PATCH", path, body)["data"], {"state": {"cursor": at(9)}})

    def test_before_the_first_sync_there_is_none(self):
        path = f"/v1/connections/{self.make(FUNCTION, paused=True)}/state"
        self.assert_refused(self.ask("GET", path), 400, "InvalidInput", self.NONE)
        self.assert_refused(self.ask("PATCH", path, {"state": {}}), 400, "InvalidInput", self.NONE)

    def test_other_services_keep_none(self):
        connection = self.make()
        self.sync(connection)
        self.wait("10s")
        path = f"/v1/connections/{connection}/state"
        self.assert_refused(self.ask("GET", path), 400, "InvalidInput", self.UNSUPPORTED)
        self.assert_refused(self.ask("PATCH", path, {"state": {}}), 400, "InvalidInput",
                            self.UNSUPPORTED)

    def test_it_changes_only_in_a_pause(self):
        connection, path = self.with_state()
        self.assert_refused(self.ask("PATCH", path, {"state": {}}), 400, "InvalidInput",
                            "To update the state, you should pause your connection first.")
        self.sync(connection)
        self.assert_refused(self.ask("PATCH", path, {"state": {}}), 409, "Conflict",
                            "Connection cannot be updated because the sync is in progress.")

    def test_a_state_is_a_map(self):
        _, path = self.with_state()
        for state in ("text", [], 5):
            self.assert_refused(self.ask("PATCH", path, {"state": state}), 400, "InvalidInput",
                                "Invalid value of field 'state'")
        self.assert_refused(self.ask("PATCH", path), 400, "InvalidInput",
                            "Request body is required")


class ConnectCardTest(FivetranTest):
    CONFIG = {"redirect_uri": "https://your.site/path", "hide_setup_guide": True}

    def test_a_card_is_made_and_kept(self):
        connection = self.make(run_setup_tests=False)
        for name in ("connections", "connectors"):
            made = self.done("POST", f"/v1/{name}/{connection}/connect-card",
                             {"connect_card_config": self.CONFIG})
            self.assertEqual(made["message"], "Connection Connect Card has been created")
            data = made["data"]
            self.assertEqual(list(data), ["connector_id", "connect_card", "connect_card_config"])
            self.assertEqual((data["connector_id"], data["connect_card_config"]),
                             (connection, self.CONFIG))
            card = data["connect_card"]
            # The page is here, by the same way as the call.
            base = f"http://mockduit.test/~success@{self.session}"
            self.assertEqual(card["uri"], base + "/connect-card/setup?redirect_uri="
                             f"https%3A%2F%2Fyour.site%2Fpath&auth={card['token']}"
                             "&hide_setup_guide=true")
            payload = card["token"].split(".")[1]
            told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
            self.assertEqual((told["d"]["connector"], told["d"]["group"], told["d"]["method"]),
                             (connection, "group_id", "PbfCard"))

    def test_where_to_go_back_must_be_said(self):
        path = f"/v1/connections/{self.make()}/connect-card"
        for body, message in (
                ({}, "Field 'connect_card_config' is required"),
                ({"connect_card_config": {}}, "Field 'redirect_uri' is required"),
                ({"connect_card_config": {"redirect_uri": "ftp://a"}},
                 "Invalid value of field 'connect_card_config.redirect_uri'"),
                (None, "Request body is required")):
            self.assert_refused(self.ask("POST", path, body), 400, "InvalidInput", message)


class HeadersTest(FivetranTest):
    def test_every_answer_tells_of_the_limit_but_that_to_no_account(self):
        connection = self.make()
        for method, path, body in UNDER_ONE:
            for name in (connection, "nobody"):
                answer = self.ask(method, f"/v1/connections/{name}{path}", body)
                self.assertEqual(answer.headers["X-Rate-Limit"], "20000", (method, path, answer))
        for accept in "text/html", "application/json;version=1", "application/json; version=20":
            answer = self.ask("GET", "/v1/connections", headers=[("Accept", accept)])
            self.assert_refused(answer, 406, "NotAcceptable", "HTTP 406 Not Acceptable")
        for accept in ("application/json", "application/json;version=2", "application/json; version=2; q=0.5",
                       "*/*", "application/json;version=1, application/json", "application/*;q=0.8",
                       "application/json; charset=utf-8"):
            answer = self.ask("GET", "/v1/connections", headers=[("Accept", accept)])
            self.assertEqual(answer.status, 200, accept)


if __name__ == "__main__":
    unittest.main()
