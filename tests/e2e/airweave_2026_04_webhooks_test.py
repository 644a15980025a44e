"""Airweave's edition 2026-04: subscriptions, what they are sent, and what is kept of it."""

import base64
import hashlib
import hmac
import json
import unittest

from airweave_2026_04 import OWN, Airweave2026
from calls import eventually
from emulator import request
from webhooks import Target

SUBSCRIPTIONS = "/webhooks/subscriptions"
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()


class WebhooksTest(Airweave2026):
    def subscribe(self, target, *events, **more):
        return self.call("POST", SUBSCRIPTIONS,
                         {"url": target.url, "event_types": list(events), **more})

    def shown(self, subscription, query=""):
        return self.call("GET", f"{SUBSCRIPTIONS}/{subscription['id']}{query}")

    def attempts(self, subscription, count):
        """The attempts, newest first, once there are so many."""
        def look():
            attempts = self.shown(subscription)["delivery_attempts"]
            return attempts if len(attempts) == count else None

        return eventually(look)


class SubscriptionsTest(WebhooksTest):
    def test_one_lives_from_create_to_delete(self):
        with Target() as target:
            made = self.subscribe(target, "sync.completed", "sync.failed", secret=SECRET)
            self.assertRegex(made["id"], "^ep_[A-Za-z0-9]{27}$")
            self.assertEqual({name: made[name] for name in made if name != "id"}, {
                "url": target.url, "filter_types": ["sync.completed", "sync.failed"],
                "disabled": False, "description": None, "created_at": "2026-01-15T10:00:00.000000Z",
                "updated_at": "2026-01-15T10:00:00.000000Z", "health_status": "unknown"})
            self.assertEqual(self.call("GET", SUBSCRIPTIONS), [made])
            self.assertEqual(self.shown(made), {**made, "delivery_attempts": [], "secret": None})
            self.assertEqual(self.shown(made, "?include_secret=yes")["secret"], SECRET)
            changed = self.call("PATCH", f"{SUBSCRIPTIONS}/{made['id']}",
                                {"event_types": ["collection.created"], "disabled": True})
            self.assertEqual((changed["filter_types"], changed["disabled"]),
                             (["collection.created"], True))
            self.assertEqual(self.call("DELETE", f"{SUBSCRIPTIONS}/{made['id']}")["id"], made["id"])
            self.assertEqual(self.call("GET", SUBSCRIPTIONS), [])
        for method, verb in ("GET", "get"), ("PATCH", "update"), ("DELETE", "delete"):
            self.assert_detail(self.refused(method, f"{SUBSCRIPTIONS}/{made['id']}", {}), 404,
                               f"Failed to {verb} subscription: Entity not found")

    def test_a_secret_is_drawn_where_none_is_sent(self):
        with Target() as target:
            made = self.subscribe(target, "sync.failed")
            secret = self.shown(made, "?include_secret=true")["secret"]
            self.assertEqual(len(base64.b64decode(secret.removeprefix("whsec_"))), 24)

    def test_its_url_must_be_there(self):
        with Target() as target:
            url = target.url
        self.assert_detail(
            self.refused("POST", SUBSCRIPTIONS, {"url": url, "event_types": ["sync.failed"]}), 400,
            "Could not connect to endpoint. Please check the URL is correct and the server is running.")
        made = self.call("POST", SUBSCRIPTIONS, {"url": "https://hooks.example.com",
                                                 "event_types": ["sync.failed"]})
        self.assertEqual(made["url"], "https://hooks.example.com/", "one that may not be called is trusted")

    def test_what_is_wrong_is_told(self):
        url = "https://hooks.example.com/x"
        for body, error in (
                ({"url": url, "event_types": []},
                 ("body.event_types", "Value error, event_types cannot be empty")),
                ({"url": "hooks", "event_types": ["sync.failed"]},
                 ("body.url", "Input should be a valid URL, relative URL without a base")),
                ({"url": "ftp://a", "event_types": ["sync.failed"]},
                 ("body.url", "URL scheme should be 'http' or 'https'")),
                ({"url": "https://", "event_types": ["sync.failed"]},
                 ("body.url", "Input should be a valid URL, empty host")),
                ({"url": "", "event_types": ["sync.failed"]},
                 ("body.url", "Input should be a valid URL, input is empty")),
                ({"url": url, "event_types": ["sync.failed"], "secret": "short"},
                 ("body.secret", "String should have at least 24 characters"))):
            with self.subTest(body=body):
                self.assert_errors(self.refused("POST", SUBSCRIPTIONS, body), error)
        status, told = self.refused("POST", SUBSCRIPTIONS, {"url": url, "event_types": ["sync.done"]})
        self.assertEqual(status, 422)
        self.assertIn("Input should be 'sync.pending', ", told["errors"][0]["body.event_types.0"])


class DeliveriesTest(WebhooksTest):
    def test_a_sync_is_told_of_signed_as_svix_signs(self):
        with Target() as target:
            subscription = self.subscribe(target, "sync.pending", "sync.running", "sync.completed",
                                          secret=SECRET)
            made = self.synced()
            met = [target.next() for _ in range(3)]
        events = [json.loads(body) for _path, _headers, body in met]
        self.assertEqual([event["event_type"] for event in events],
                         ["sync.pending", "sync.running", "sync.completed"])
        self.assertEqual(events[2], {
            "event_type": "sync.completed", "timestamp": "2026-01-15T10:00:10.000000Z",
            "organization_id": OWN, "sync_id": made["sync_id"],
            "sync_job_id": made["sync"]["last_job"]["id"],
            "collection_id": self.collection()["id"], "source_connection_id": made["id"],
            "source_type": "stripe", "collection_name": "My Collection",
            "collection_readable_id": "my-collection", "entities_inserted": 42,
            "entities_updated": 0, "entities_deleted": 0, "entities_skipped": 0,
            "chunks_written": 42, "error": None})
        for _path, headers, body in met:
            text = f"{headers['svix-id']}.{headers['svix-timestamp']}.".encode() + body
            key = base64.b64decode(SECRET.removeprefix("whsec_"))
            signed = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
            self.assertEqual(headers["svix-signature"], "v1," + signed)
            self.assertEqual(headers["Content-Type"], "application/json")
        messages = self.call("GET", "/webhooks/messages?event_types=sync.completed&event_types=sync.running")
        self.assertEqual([message["id"] for message in messages],
                         [met[2][1]["svix-id"], met[1][1]["svix-id"]])
        self.attempts(subscription, 3)
        [attempt] = self.call("GET", f"/webhooks/messages/{messages[0]['id']}?include_attempts=true")[
            "delivery_attempts"]
        self.assertEqual((attempt["status"], attempt["response_status_code"], attempt["endpoint_id"]),
                         ("success", 200, subscription["id"]))
        self.assertEqual(self.shown(subscription)["health_status"], "healthy")

    def test_collections_and_source_connections_are_told_of(self):
        events = ["collection.created", "collection.updated", "collection.deleted",
                  "source_connection.created", "source_connection.deleted"]
        with Target() as target:
            self.subscribe(target, *events)
            made = self.call("POST", "/collections", {"name": "Mine"})
            path = f"/collections/{made['readable_id']}"
            self.call("PATCH", path, {"name": "Ours"})
            connection = self.create(readable_collection_id=made["readable_id"])
            self.call("DELETE", f"/source-connections/{connection['id']}")
            self.call("DELETE", path)
            met = sorted((target.next_event() for _ in range(5)), key=lambda one: one["event_type"])
        self.assertEqual([one["event_type"] for one in met], sorted(events))
        self.assertEqual(met[2], {
            "event_type": "collection.updated", "timestamp": "2026-01-15T10:00:00.000000Z",
            "organization_id": OWN, "collection_id": made["id"], "collection_name": "Ours",
            "collection_readable_id": made["readable_id"]})
        self.assertEqual((met[3]["source_type"], met[3]["is_authenticated"]), ("stripe", True))

    def test_what_fails_is_tried_five_times_with_one_id(self):
        with Target(500, 500, 500, 500, 500) as target:
            subscription = self.subscribe(target, "collection.created")
            self.call("POST", "/collections", {"name": "Mine"})
            met = [target.next()]
            for count, wait in enumerate(("5s", "5m", "30m", "2h"), 1):
                self.attempts(subscription, count)
                self.advance(wait)
                met.append(target.next())
            attempts = self.attempts(subscription, 5)
            self.advance("24h")
            self.assertEqual({headers["svix-id"] for _path, headers, _body in met},
                             {attempts[0]["message_id"]})
            self.assertEqual(len({headers["svix-timestamp"] for _path, headers, _body in met}), 5)
            self.assertEqual({attempt["status"] for attempt in attempts}, {"failed"})
            shown = self.shown(subscription)
            self.assertEqual((len(shown["delivery_attempts"]), shown["health_status"],
                              shown["disabled"]), (5, "failing", False))

    def test_what_was_missed_is_recovered(self):
        with Target() as target:
            subscription = self.subscribe(target, "collection.created")
            self.call("PATCH", f"{SUBSCRIPTIONS}/{subscription['id']}", {"disabled": True})
            self.call("POST", "/collections", {"name": "Missed"})
            [message] = self.call("GET", "/webhooks/messages")
            self.advance("1m")
            self.call("PATCH", f"{SUBSCRIPTIONS}/{subscription['id']}", {"disabled": False})
            task = self.call("POST", f"{SUBSCRIPTIONS}/{subscription['id']}/recover",
                             {"since": "2026-01-15T09:00:00Z"})
            self.assertEqual(task["status"], "running")
            _path, headers, body = target.next()
            self.assertEqual((headers["svix-id"], json.loads(body)),
                             (message["id"], message["payload"]))
            self.attempts(subscription, 1)
            self.call("POST", f"{SUBSCRIPTIONS}/{subscription['id']}/recover",
                      {"since": "2026-01-15T09:00:00Z"})
            self.call("POST", "/collections", {"name": "Next"})
            self.assertEqual(target.next_event()["collection_name"], "Next", "nothing is sent twice")

    def test_enabling_can_recover_as_well(self):
        with Target() as target:
            subscription = self.subscribe(target, "collection.created")
            path = f"{SUBSCRIPTIONS}/{subscription['id']}"
            self.call("PATCH", path, {"disabled": True})
            self.call("POST", "/collections", {"name": "Missed"})
            self.call("PATCH", path, {"disabled": False, "recover_since": "2026-01-15T10:00:00Z"})
            self.assertEqual(target.next_event()["collection_name"], "Missed")

    def test_a_failure_is_told_with_its_error(self):
        with Target() as target:
            self.subscribe(target, "sync.failed")
            self.fails("failed", "Connection reset")
            self.synced()
            self.assertEqual(target.next_event()["error"], "Connection reset")

    def test_signing_in_is_told_of(self):
        with Target() as target:
            self.subscribe(target, "source_connection.auth_completed")
            made = self.call("POST", "/source-connections", {
                "short_name": "notion", "readable_collection_id": "my-collection"})
            link = made["auth"]["auth_url"] + "?auto=login"

            for _ in range(2):
                answer = request(self.emulator, "GET", link[link.index("/@"):], [])
                link = answer.headers["Location"]
            event = target.next_event()
            self.assertEqual((event["source_connection_id"], event["is_authenticated"]),
                             (made["id"], True))


if __name__ == "__main__":
    unittest.main()
