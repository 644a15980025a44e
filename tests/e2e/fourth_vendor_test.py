"""examples/fixtures/acme, a vendor that is data alone: its resources live as its contract says."""

import hashlib
import hmac
import json
import unittest

from calls import eventually
from emulator import JSON_TYPE, TREE, EmulatorTest, control, request, run_mockduit
from webhooks import Target
from worlds import ask

FOLDER = TREE / "examples/fixtures"
FIRST = {"id": "box_first", "name": "First", "color": "blue", "lock": None}
NOW = "2026-01-15T10:00:00Z"


class AcmeTest(EmulatorTest):
    OPTIONS = ("--fixtures", FOLDER, "--seed", 7, "--clock", NOW)

    def setUp(self):
        self.session = self.id().rsplit(".", 1)[-1].replace("_", "-")[:60].strip("-")

    def call(self, method, path, body=None, key="my-key"):
        """The answer to a request in this test's session."""
        headers = [JSON_TYPE] + ([("Authorization", "Bearer " + key)] if key else [])
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        return request(self.emulator, method, f"/@{self.session}/acme/v1{path}", headers, text)

    def ask(self, method, path, body=None, status=200):
        """Its JSON, once its status is as it should be; None where it has no body."""
        answer = self.call(method, path, body)
        self.assertEqual(answer.status, status, answer)
        return answer.json() if answer.body else None

    def assert_told(self, words, status, method, path, body=None):
        self.assertEqual(self.ask(method, path, body, status), {"error": words})

    def admin(self, method, path, body=None):
        return control(self.emulator, method, f"/sessions/{self.session}{path}", body)

    def stored(self, kind):
        return self.admin("GET", "/store")["resources"].get(f"acme.{kind}", {})

    def advance(self, by):
        self.admin("POST", "/clock/advance", {"by": by})

    def play(self, **scenario):
        """Has the session play this from now on."""
        answer = ask(self.emulator, "PUT", f"/scenarios/{self.session}", scenario)
        self.assertEqual(answer.status, 201, answer)
        self.admin("PUT", "", {"scenario": self.session})

    def paint(self, color="red", box="box_first"):
        """The path of a new job."""
        job = self.ask("POST", f"/boxes/{box}/paint", {"color": color}, 202)
        self.assertEqual(job, {"id": job["id"], "box_id": box, "color": color, "status": "waiting",
                               "ended_at": None})
        return f"/jobs/{job['id']}"


class BoxTest(AcmeTest):
    def test_a_box_lives_from_create_to_delete(self):
        made = self.ask("POST", "/boxes", {"name": "Spares"}, 201)
        self.assertRegex(made["id"], "^box_[a-z0-9]{6}$")
        self.assertEqual(list(made.items()), list({
            "id": made["id"], "name": "Spares", "lock": None, "color": "red",
            "made_at": NOW}.items()))
        path = f"/boxes/{made['id']}"
        self.assertEqual(self.ask("GET", path), made)
        changed = {**made, "name": "Parts"}
        self.assertEqual(self.ask("PATCH", path, {"name": "Parts"}), changed)
        self.assertEqual(self.ask("GET", "/boxes"), {"items": [changed, FIRST]})
        self.assertIsNone(self.ask("DELETE", path, status=204))
        for method, body in (("GET", None), ("PATCH", {}), ("DELETE", None)):
            self.assert_told("No such box", 404, method, path, body)

    def test_a_secret_is_masked_in_every_answer_and_kept_as_sent(self):
        lock = {"kind": "digits", "code": "1234"}
        made = self.ask("POST", "/boxes", {"name": "Spares", "lock": lock}, 201)
        path = f"/boxes/{made['id']}"
        for told in (made, self.ask("GET", path), self.ask("GET", "/boxes")["items"][0],
                     self.ask("PATCH", path, {})):
            self.assertEqual(told["lock"], {"kind": "digits", "code": "****"})
        self.assertEqual(self.stored("box")[made["id"]]["lock"], lock)
        self.ask("PATCH", path, {"lock": {"code": "9999"}})
        self.assertEqual(self.stored("box")[made["id"]]["lock"], {"kind": "digits", "code": "9999"})

    def test_the_list_comes_in_pages_newest_first(self):
        names = ["First", *(f"Box {number}" for number in range(11))]
        for name in names[1:]:
            self.ask("POST", "/boxes", {"name": name}, 201)
        first = self.ask("GET", "/boxes")
        self.assertEqual(len(first["items"]), 10)
        second = self.ask("GET", f"/boxes?cursor={first['next']}")
        self.assertNotIn("next", second)
        met = [box["name"] for box in first["items"] + second["items"]]
        self.assertEqual(met, names[::-1])
        self.assertEqual(len(self.ask("GET", "/boxes?limit=12")["items"]), 12)
        self.assertEqual(len(self.ask("GET", "/boxes?limit=3")["items"]), 3)

    def test_the_list_can_be_asked_for_one_color(self):
        self.ask("POST", "/boxes", {"name": "Spares"}, 201)
        self.assertEqual(self.ask("GET", "/boxes?color=blue"), {"items": [FIRST]})
        self.assertEqual(len(self.ask("GET", "/boxes?color=red")["items"]), 1)
        self.assert_told("color is wrong", 400, "GET", "/boxes?color=green")

    def test_bad_input_is_told_in_the_vendors_words(self):
        for path in ("/boxes?cursor=nonsense", "/boxes?cursor=eyJza2lwIjotMX0"):
            self.assert_told("Wrong cursor", 400, "GET", path)
        for body, words in (({}, "name is missing"), ("", "There is no body"),
                            ("{", "The body is no JSON"), ([], "The body is no object"),
                            ({"name": ""}, "name is wrong"),
                            ({"name": "x" * 41, "color": "green"},
                             "name is wrong; color is wrong")):
            with self.subTest(body=body):
                self.assert_told(words, 400, "POST", "/boxes", body)
        self.assert_told("Name taken", 409, "POST", "/boxes", {"name": "First"})
        self.assert_told("Nothing here", 404, "GET", "/nothing")

    def test_a_key_that_is_unknown_or_missing_is_refused(self):
        for key in ("invalid-key", None):
            for method, path in (("POST", "/boxes"), ("GET", "/boxes/box_first"),
                                 ("POST", "/webhooks")):
                answer = self.call(method, path, {}, key)
                self.assertEqual((answer.status, answer.json()), (401, {"error": "Who are you?"}))

    def test_a_box_can_be_called_a_crate(self):
        self.assertEqual(self.ask("GET", "/crates"), {"items": [FIRST]})
        self.assertEqual(self.ask("GET", "/crates/box_first"), FIRST)
        self.assertEqual(self.ask("GET", "/crates/box_first/members"), {"items": [{"user": "ann"}]})
        self.assert_told("No such crate", 404, "GET", "/crates/nope")

    def test_a_limit_is_told_with_its_wait(self):
        self.play(limits=[{"allow": 1, "per": "1m"}])
        self.ask("GET", "/boxes")
        answer = self.call("GET", "/boxes/box_first/widgets")
        self.assertEqual((answer.status, answer.json()), (429, {"error": "Slow down"}))
        self.assertEqual(answer.headers["Retry-After"], "60")


class InsideTest(AcmeTest):
    def test_widgets_are_listed_by_their_box(self):
        other = self.ask("POST", "/boxes", {"name": "Spares"}, 201)["id"]
        ids = []
        for box in ("box_first", other, "box_first"):
            widget = self.ask("POST", f"/boxes/{box}/widgets", status=201)
            self.assertEqual(widget, {"id": widget["id"], "box_id": box})
            self.assertIn(widget["id"], range(10_000_000, 100_000_000))
            ids.append(widget["id"])
        self.assertEqual(self.ask("GET", "/boxes/box_first/widgets"),
                         {"items": [{"id": ids[0], "box": "First"}, {"id": ids[2], "box": "First"}]})
        for method in ("GET", "POST"):
            self.assert_told("No such box", 404, method, "/boxes/nope/widgets")

    def test_members_come_and_go(self):
        for _ in range(2):  # the second time changes nothing
            self.assertEqual(self.ask("PUT", "/boxes/box_first/members/bob"), {"user": "bob"})
        self.assertEqual(self.ask("GET", "/boxes/box_first/members"),
                         {"items": [{"user": "ann"}, {"user": "bob"}]})
        self.assertEqual(self.ask("DELETE", "/boxes/box_first/members/ann"), {"user": "ann"})
        self.assertEqual(self.ask("GET", "/boxes/box_first/members"), {"items": [{"user": "bob"}]})
        self.assert_told("No such thing", 404, "DELETE", "/boxes/box_first/members/ann")
        self.assert_told("No such box", 404, "PUT", "/boxes/nope/members/ann")

    def test_what_is_in_a_box_goes_with_it(self):
        other = self.ask("POST", "/boxes", {"name": "Spares"}, 201)["id"]
        for box in ("box_first", other):
            self.ask("POST", f"/boxes/{box}/widgets", status=201)
            self.ask("PUT", f"/boxes/{box}/members/bob")
        job, done = self.paint(), self.paint("blue", other)
        self.ask("DELETE", "/boxes/box_first", status=204)
        self.assertEqual([one["box_id"] for one in self.stored("widget").values()], [other])
        self.assertEqual(list(self.stored("member")), [f"{other} bob"])
        self.advance("10s")
        self.assertEqual(self.ask("GET", job)["status"], "cancelled")
        self.assertEqual(self.ask("GET", done)["status"], "done")


class PaintTest(AcmeTest):
    def test_a_job_goes_on_by_the_clock(self):
        job = self.paint()
        for by, status, color in (("1999ms", "waiting", "blue"), ("1ms", "painting", "blue"),
                                  ("7999ms", "painting", "blue"), ("1ms", "done", "red")):
            self.advance(by)
            self.assertEqual(self.ask("GET", job)["status"], status)
            self.assertEqual(self.ask("GET", "/boxes/box_first")["color"], color)
        self.assertEqual(self.ask("GET", job)["ended_at"], "2026-01-15T10:00:10Z")
        self.assert_told("No such thing", 404, "GET", "/jobs/nope")
        self.assert_told("color is missing", 400, "POST", "/boxes/box_first/paint", {})

    def test_a_job_can_go_on_by_the_polls(self):
        self.play(lifecycle={"acme.paint": {"after_polls": 3}})
        job = self.paint()
        self.advance("1h")
        self.assertEqual([self.ask("GET", job)["status"] for _ in range(4)],
                         ["painting", "painting", "done", "done"])

    def test_a_job_can_fail_and_say_why(self):
        self.play(lifecycle={"acme.paint": {"takes": "1m", "ends": "failed", "error": "It rains"}})
        job = self.paint()
        self.advance("1m")
        told = self.ask("GET", job)
        self.assertEqual((told["status"], told["error"]), ("failed", "It rains"))
        self.assertEqual(self.ask("GET", "/boxes/box_first")["color"], "blue")

    def test_a_box_that_is_being_painted_cannot_be_changed(self):
        job = self.paint()
        self.assert_told("Still wet", 409, "PATCH", "/boxes/box_first", {"name": "Wet"})
        self.advance("10s")
        self.assertEqual(self.ask("GET", job)["status"], "done")
        self.assertEqual(self.ask("PATCH", "/boxes/box_first", {"name": "Dry"})["name"], "Dry")

    def test_a_webhook_is_told_signed_and_told_again(self):
        with Target(500) as target:
            made = self.ask("POST", "/webhooks", {"url": target.url, "events": ["box.painted"],
                                                  "secret": "my_secret"}, 201)
            self.assertNotIn("secret", made)
            self.paint("red")
            self.advance("10s")
            sent = b'{"event":"box.painted","box_id":"box_first","data":{"color":"red"}}'
            signed = hmac.new(b"my_secret", sent, hashlib.sha256).hexdigest().upper()
            for state, wait in (("pending", "1m"), ("delivered", "0s")):
                path, headers, body = target.next()
                self.assertEqual((path, body), ("/hook", sent))
                self.assertEqual(headers["X-Acme-Signature"], signed)
                [told] = eventually(lambda state=state: [
                    one for one in self.admin("GET", "/deliveries")["deliveries"]
                    if one["state"] == state])
                self.advance(wait)
            self.assertEqual([one["status"] for one in told["attempts"]], [500, 200])


class ContractTest(unittest.TestCase):
    def test_it_is_small(self):
        lines = [line for path in sorted((FOLDER / "acme").iterdir())
                 for line in path.read_text().splitlines()]
        self.assertLess(len(lines), 250)
        self.assertEqual([line for line in lines if len(line) > 110], [])

    def test_it_names_no_behaviour(self):
        for path in (FOLDER / "acme").iterdir():
            self.assertNotIn("behaviour:", path.read_text())

    def test_every_outcome_names_its_source(self):
        result = run_mockduit("operations", "--fixtures", FOLDER, "--vendor", "acme", "--json")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        operations = json.loads(result.stdout)["operations"]
        self.assertEqual(len(operations), 13)
        for operation in operations:
            for outcome in operation["editions"][0]["outcomes"]:
                self.assertRegex(outcome["source"], "^(Acme API, |inferred: )")


if __name__ == "__main__":
    unittest.main()
