"""Fivetran's webhooks: what is sent to whom, how it is signed, and when it is tried again."""

import http.client
import json
import unittest

from calls import eventually
from emulator import AIRWEAVE_BODY, AIRWEAVE_PATH, PATIENCE, Emulator
from fivetran import FivetranTest
from webhooks import (EVENTS, FOREIGN_TARGET, NOT_HTTPS, SECRET, UNREACHABLE, Target, WebhookTest,
                      signature)


class ResourceTest(WebhookTest):
    def test_a_webhook_lives_from_create_to_delete(self):
        with Target() as target:
            made = self.json("POST", "/v1/webhooks/account",
                             {"url": target.url, "events": EVENTS, "secret": SECRET})
            self.assertEqual(made["message"], "Account webhook has been created")
            webhook = made["data"]["id"]
            self.assertRegex(webhook, "^[a-z]+_[a-z]+$")
            self.assertEqual(list(made["data"].items()), list({
                "id": webhook, "type": "account", "url": target.url, "events": EVENTS,
                "active": True, "secret": "******", "created_at": "2026-01-15T10:00:00.000Z",
                "created_by": "priceless_odour"}.items()))
            path = f"/v1/webhooks/{webhook}"
            self.assertEqual(self.json("GET", path),
                             {**made, "message": "Webhook details retrieved successfully"})
            changed = self.json("PATCH", path, {"events": ["status"], "active": False})
            self.assertEqual(changed, {**made, "message": "Webhook has been updated", "data": {
                **made["data"], "events": ["status"], "active": False}})
            self.assertEqual(self.stored("webhook")[webhook]["secret"], SECRET)
            self.assertEqual(self.json("DELETE", path),
                             {"code": "Success",
                              "message": f"Webhook with id '{webhook}' has been deleted"})
        for method, more, body in (("GET", "", None), ("PATCH", "", {"events": EVENTS}),
                                   ("DELETE", "", None), ("POST", "/test", {"event": "sync_end"})):
            self.assert_not_found(method, path + more, "Webhook", webhook, body)

    def test_a_groups_webhook_names_its_group(self):
        with Target() as target:
            made = self.make_webhook(target.url, "_moonbeam", active=False)
            self.assertEqual(list(made)[:3], ["id", "type", "group_id"])
            self.assertEqual((made["type"], made["group_id"]), ("group", "_moonbeam"))
            # Nobody is called for a group that is not there.
            for url in (target.url, "https://your-host.your-domain/webhook"):
                self.assert_not_found("POST", "/v1/webhooks/group/nowhere", "Group", "nowhere",
                                      {"url": url, "events": EVENTS})

    def test_without_a_secret_none_is_shown(self):
        with Target() as target:
            made = self.data("POST", "/v1/webhooks/account",
                             {"url": target.url, "events": EVENTS, "active": False})
            self.assertNotIn("secret", made)

    def test_webhooks_come_in_pages(self):
        with Target() as target:
            made = [self.make_webhook(target.url, group, active=False)["id"]
                    for group in (None, "_moonbeam", None, "group_id", None)]
            self.assert_pages("/v1/webhooks", made)
            self.assert_bad_pages("/v1/webhooks")

    def test_what_is_missing_is_told(self):
        for path in ("/v1/webhooks/account", "/v1/webhooks/group/_moonbeam"):
            self.assert_invalid("POST", path, "Field 'url' is required", {"events": EVENTS})
            self.assert_invalid("POST", path, "Field 'events' is required",
                                {"url": "http://127.0.0.1/"})
        self.assertEqual(self.stored("webhook"), {})

    def test_events_that_are_none_are_refused(self):
        with Target() as target:
            made = self.make_webhook(target.url, active=False)
            path = f"/v1/webhooks/{made['id']}"
            for events in ([], ["sync_ended"], ["sync_end", "sync_ended"], [1], None):
                with self.subTest(events=events):
                    self.assert_invalid("POST", "/v1/webhooks/account", "Bad parameter 'events'",
                                        {"url": target.url, "events": events, "active": False})
                    self.assert_invalid("PATCH", path, "Bad parameter 'events'", {"events": events})
            self.assert_invalid("POST", path + "/test", "Bad parameter 'event'", {"event": "sync_ended"})
            self.assertEqual(self.data("GET", path), made)


class AddressTest(WebhookTest):
    OPTIONS = (*FivetranTest.OPTIONS, "--webhook-allow", "hooks.invalid")

    def refused(self, url, message, **more):
        self.assert_invalid("POST", "/v1/webhooks/account", message,
                            {"url": url, "events": EVENTS, **more})
        self.assertEqual(self.stored("webhook"), {})

    def foreign(self, method, path, body):
        """Refused in the emulator's own words, not the vendor's."""
        answer = self.ask(method, path, body)
        self.assertEqual((answer.status, answer.headers["content-type"]),
                         (403, "application/problem+json"), answer)
        self.assertIn(FOREIGN_TARGET, answer.json()["detail"])

    def test_other_machines_are_never_called(self):
        for url in ("https://example.com/hook", "https://192.0.2.1/", "https://[2001:db8::1]/",
                    "https://127.0.0.1.example.com/", "https://localhost@example.com/",
                    "https://example.com#@127.0.0.1/", "https://0x7f.example/"):
            with self.subTest(url=url):
                self.foreign("POST", "/v1/webhooks/account", {"url": url, "events": EVENTS})
                self.assertEqual(self.stored("webhook"), {})

    def test_one_that_is_not_active_may_be_anywhere(self):
        webhook = self.make_webhook("https://example.com/hook", active=False)
        self.assertEqual((webhook["url"], webhook["active"]), ("https://example.com/hook", False))
        path = f"/v1/webhooks/{webhook['id']}"
        self.foreign("PATCH", path, {"active": True})
        self.foreign("POST", path + "/test", {"event": "sync_end"})
        self.assertEqual(self.data("GET", path), webhook)

    def test_https_is_demanded_but_for_loopback(self):
        for url in ("http://example.com/hook", "ftp://example.com/", "example.com/hook",
                    "http://hooks.invalid/", "file:///etc/passwd", "//127.0.0.1/"):
            with self.subTest(url=url):
                self.refused(url, NOT_HTTPS, active=False)

    def test_a_host_that_is_allowed_is_called(self):
        self.refused("https://hooks.invalid/", UNREACHABLE)
        self.assertEqual(self.make_webhook("https://hooks.invalid/", active=False)["url"],
                         "https://hooks.invalid/")

    def test_a_change_of_the_address_is_held_to_the_same_rules(self):
        with Target() as target:
            webhook = self.make_webhook(target.url, active=False)["id"]
            path = f"/v1/webhooks/{webhook}"
            self.foreign("PATCH", path, {"url": "https://example.com/", "active": True})
            self.assert_invalid("PATCH", path, NOT_HTTPS, {"url": "http://example.com/"})
            self.assertEqual(self.data("GET", path)["url"], target.url)

    def test_without_the_option_the_host_is_refused(self):
        with Emulator(*FivetranTest.OPTIONS) as other:
            self.emulator, shared = other, self.emulator
            try:
                self.foreign("POST", "/v1/webhooks/account",
                             {"url": "https://hooks.invalid/", "events": EVENTS})
            finally:
                self.emulator = shared


class FirstCallTest(WebhookTest):
    def test_an_active_webhook_is_tried_when_it_is_made(self):
        with Target() as target:
            self.make_webhook(target.url)
            path, headers, body = target.next()
            self.assertEqual((path, headers["Content-Type"]), ("/hook", "application/json"))
            told = json.loads(body)
            del told["created"]
            self.assertEqual(told, {
                "event": EVENTS[0], "connector_type": "_connector_type", "connector_id": "_connector_1",
                "destination_group_id": "_destination_1", "data": {}})
            self.assertTrue(target.is_quiet())

    def test_the_first_call_is_not_signed(self):
        with Target() as target:
            self.make_webhook(target.url, secret="hush")
            self.assertNotIn("X-Fivetran-Signature-256", target.next()[1])

    def test_one_that_does_not_take_it_is_not_made(self):
        for status in (500, 404, 302, 401):
            with self.subTest(status=status), Target(status) as target:
                self.assert_invalid("POST", "/v1/webhooks/account", UNREACHABLE,
                                    {"url": target.url, "events": EVENTS})
        with Target() as target:
            gone = target.url
        self.assert_invalid("POST", "/v1/webhooks/group/_moonbeam", UNREACHABLE,
                            {"url": gone, "events": EVENTS})
        self.assertEqual(self.stored("webhook"), {})

    def test_one_that_is_not_active_is_not_tried(self):
        with Target(500) as target:
            self.assertFalse(self.make_webhook(target.url, active=False)["active"])
            self.assertTrue(target.is_quiet())

    def test_it_is_tried_when_it_becomes_active(self):
        with Target(500) as target:
            path = f"/v1/webhooks/{self.make_webhook(target.url, active=False)['id']}"
            self.assert_invalid("PATCH", path, UNREACHABLE, {"active": True})
            self.assertFalse(self.data("GET", path)["active"])
            self.assertTrue(self.data("PATCH", path, {"active": True})["active"])
            target.next(), target.next()
            self.data("PATCH", path, {"events": ["sync_end"]})
            self.assertTrue(target.is_quiet())

    def test_a_test_tells_how_the_target_took_it(self):
        with Target() as target:
            path = f"/v1/webhooks/{self.make_webhook(target.url, active=False)['id']}/test"
            told = self.json("POST", path, {"event": "sync_end"})
            self.assertEqual(told["message"], "Webhook test completed successfully")
            self.assertEqual(told["data"], {"succeed": True, "status": 200, "message": "Success"})
            _, headers, body = target.next()
            event = json.loads(body)
            self.assertEqual((event["event"], event["connector_id"]), ("sync_end", "_connector_1"))
            self.assertEqual(headers["X-Fivetran-Signature-256"], signature(body))
            target.answers = [503]
            told = self.data("POST", path, {"event": "sync_start"})
            self.assertEqual((told["succeed"], told["status"]), (False, 503))
            self.assert_invalid("POST", path, "Field 'event' is required", {})
        # As Fivetran's own client asserts, that is a success too.
        self.assertFalse(self.data("POST", path, {"event": "sync_end"})["succeed"])


class DeliveryTest(WebhookTest):
    def test_a_syncs_end_is_sent_byte_for_byte(self):
        with Target() as target:
            self.listen(target)
            connection = self.connect()
            self.sync(connection, force=True)
            start = target.next_event()
            self.wait("10s")
            path, headers, body = target.next()
            sync = json.loads(body)["sync_id"]
            self.assertRegex(sync, "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                                   "[0-9a-f]{12}$")
            self.assertEqual(body.decode(), (
                '{"event":"sync_end","created":"2026-01-15T10:00:10.000Z",'
                f'"connector_type":"google_sheets","connector_id":"{connection}",'
                f'"connector_name":"sheets.one","sync_id":"{sync}",'
                '"destination_group_id":"_moonbeam","data":{"status":"SUCCESSFUL"}}'))
            self.assertEqual((start["event"], start["created"], start["sync_id"]),
                             ("sync_start", "2026-01-15T10:00:00.000Z", sync))
            self.assertEqual(path, "/hook")
            self.assertEqual(headers["Content-Type"], "application/json")
            self.assertEqual(headers["X-Fivetran-Signature-256"], signature(body))

    def test_without_a_secret_nothing_is_signed(self):
        with Target() as target:
            self.listen(target, events=["create_connector"], secret=None)
            self.connect()
            self.assertNotIn("X-Fivetran-Signature-256", target.next()[1])

    def test_only_what_was_asked_for_is_sent(self):
        with Target() as target, Target() as other:
            self.listen(target, events=["create_connector"])
            self.listen(other, events=["delete_connector"])
            connection = self.connect()
            self.json("DELETE", f"/v1/connections/{connection}")
            for met, event in ((target, "create_connector"), (other, "delete_connector")):
                told = met.next_event()
                self.assertEqual((told["event"], told["connector_id"]), (event, connection))
                self.assertTrue(met.is_quiet())

    def test_a_group_hears_of_its_own_connections_only(self):
        with Target() as account, Target() as group:
            self.listen(account, events=["create_connector"])
            self.listen(group, "group_id", ["create_connector"])
            elsewhere, here = self.connect("_moonbeam"), self.connect("group_id")
            self.assertEqual([account.next_event()["connector_id"] for _ in range(2)],
                             [elsewhere, here])
            self.assertEqual(group.next_event()["connector_id"], here)
            self.assertTrue(group.is_quiet())

    def test_one_that_is_deleted_or_not_active_hears_nothing(self):
        with Target() as target, Target() as still:
            gone = self.listen(target, events=["create_connector"])["id"]
            asleep = self.listen(target, events=["create_connector"])["id"]
            self.listen(still, events=["create_connector"])
            self.json("DELETE", f"/v1/webhooks/{gone}")
            self.data("PATCH", f"/v1/webhooks/{asleep}", {"active": False})
            self.connect()
            still.next()
            self.assertTrue(target.is_quiet())

    def test_other_sessions_hear_nothing(self):
        with Target() as target:
            self.listen(target, events=["create_connector"])
            answer = self.ask("POST", "/v1/connections", {
                "group_id": "_moonbeam", "service": "google_sheets",
                "config": {"schema": "s", "table": "t"}}, session="elsewhere")
            self.assertEqual(answer.status, 201, answer)
            self.connect()
            target.next()
            self.assertTrue(target.is_quiet())


class JournalTest(WebhookTest):
    def test_a_delivery_is_in_the_journal(self):
        with Target() as target:
            webhook = self.listen(target, events=["create_connector"])["id"]
            self.connect()
            body = target.next()[2].decode()
            told = self.delivery("create_connector", "delivered")
            self.assertEqual((told["url"], told["webhook"], told["body"]),
                             (target.url, webhook, body))
            self.assertEqual(told["attempts"],
                             [{"at": "2026-01-15T10:00:00.000000Z", "status": 200}])
            self.assertIsNone(told.get("next_attempt"))
            self.assertNotIn(SECRET, json.dumps(told))

    def test_what_failed_is_tried_again_on_the_sessions_clock(self):
        with Target() as target:
            self.listen(target, events=["create_connector"])
            target.answers = [500, 503, 404]
            self.connect()
            first = target.next()[2]
            # 10:00, 10:05, 10:15, 10:30: five minutes more each time.
            for wait, next_attempt in (("5m", "10:05"), ("10m", "10:15"), ("15m", "10:30")):
                told = eventually(lambda: [
                    one for one in self.deliveries() if one["event"] == "create_connector"
                    and one.get("next_attempt") == f"2026-01-15T{next_attempt}:00.000000Z"])[0]
                self.assertEqual(told["state"], "pending")
                self.assertTrue(target.is_quiet())
                self.wait(wait)
                self.assertEqual(target.next()[2], first)
            told = self.delivery("create_connector", "delivered")
            self.assertEqual([(one["at"][11:16], one["status"]) for one in told["attempts"]],
                             [("10:00", 500), ("10:05", 503), ("10:15", 404), ("10:30", 200)])

    def test_work_that_is_done_again_for_the_same_event_is_found(self):
        def work():
            connection = http.client.HTTPConnection(self.emulator.host, self.emulator.port,
                                                    timeout=PATIENCE)
            connection.request("POST", f"/@{self.session}{AIRWEAVE_PATH}", AIRWEAVE_BODY,
                               {"X-API-Key": "k", "Content-Type": "application/json"})
            made.append(connection.getresponse().status)
            connection.close()

        made = []
        with Target() as target:
            self.listen(target, events=["create_connector"])
            target.answers = [500]
            target.work = work
            self.connect()
            target.next()
            eventually(lambda: [one for one in self.deliveries() if one["attempts"]
                                and one["event"] == "create_connector"])
            self.wait("5m")
            target.next()
            self.delivery("create_connector", "delivered")
        self.assertEqual(made, [200, 200])
        [verdict] = [one for one in self.admin(
            "GET", f"/sessions/{self.session}/verdicts")["verdicts"]
                     if one["check"] == "answers-webhooks"]
        [finding] = verdict["findings"]
        self.assertEqual(finding["code"], "answers-webhooks/handled-twice")
        self.assertEqual(finding["text"], "the event create_connector was delivered 2 times, and "
                         f"POST {AIRWEAVE_PATH} made the same thing in 2 of them")
        self.assertEqual(len(finding["exchanges"]), 2)

    def test_a_target_that_is_gone_is_told_as_an_error(self):
        with Target() as target:
            self.listen(target, events=["create_connector"])
        self.connect()
        told = eventually(lambda: [one for one in self.deliveries() if one["attempts"]
                                   and one["event"] == "create_connector"])[0]
        self.assertEqual((told["state"], len(told["attempts"])), ("pending", 1))
        self.assertTrue(told["attempts"][0]["error"])
        self.assertNotIn("status", told["attempts"][0])

    def test_after_a_day_it_is_given_up_and_the_webhook_disabled(self):
        with Target() as target:
            webhook = self.listen(target, events=["create_connector"])["id"]
            target.answers = [500] * 100
            self.connect()
            target.next()
            self.wait("25h")
            told = self.delivery("create_connector", "given_up")
            self.assertIsNone(told.get("next_attempt"))
            self.assertFalse(self.data("GET", f"/v1/webhooks/{webhook}")["active"])


if __name__ == "__main__":
    unittest.main()
