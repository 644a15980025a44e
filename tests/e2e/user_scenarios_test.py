"""The built-in scenarios of what users of the vendors met: each seen as its client sees it, on a
clock that stands still. builtin_scenarios_test looks that each has its test here or there."""

import json
import unittest

import airweave_2025_07
import airweave_2025_10
import airweave_2026_04
import fivetran
import supermetrics
from calls import FIVETRAN, ScenarioTest, eventually, for_each_call
from emulator import Emulator, RawClient, control, request, request_bytes
from fivetran import PLAIN, POSTGRES, at, cursor


class FivetranTest(fivetran.FivetranTest):
    def times(self, connection):
        """What a client looks at to know whether a sync is over, and how it ended."""
        now = self.read(connection)
        return (now["status"]["sync_state"], now["succeeded_at"], now["failed_at"],
                now["status"]["rescheduled_for"])

    def failed(self, connection):
        """Its failed setup tests by title, from an answer's data."""
        return {test["title"]: test for test in connection["setup_tests"]
                if test["status"] not in ("PASSED", "SKIPPED", "WARNING")}

    def setup_state(self, connection):
        return self.read(connection)["status"]["setup_state"]

    def retest(self, connection, **trust):
        return self.done("POST", f"/v1/connections/{connection}/test", trust)["data"]


class SyncTest(FivetranTest):
    def synced_twice(self):
        """A connection whose first sync succeeded at 10 s, and whose second failed at 20 s."""
        connection = self.make()
        self.sync(connection)
        self.wait("10s")
        self.scenario = "sync-fails"
        self.sync(connection)
        self.wait("10s")
        return connection

    def test_sync_fails(self):
        connection = self.synced_twice()
        self.assertEqual(self.times(connection), ("scheduled", at(10), at(20), None))
        self.sync(connection)
        self.assertEqual(self.times(connection), ("syncing", at(10), at(20), None))
        self.wait("10s")
        self.assertEqual(self.times(connection), ("scheduled", at(10), at(30), None))

    def test_sync_rescheduled(self):
        connection = self.synced_twice()
        self.scenario = "sync-rescheduled"
        self.sync(connection)
        self.wait("10s")
        rescheduled = ("rescheduled", at(10), at(20), at(3630))
        self.assertEqual(self.times(connection), rescheduled)
        self.wait("59m59s")
        self.assertEqual(self.times(connection), rescheduled)
        self.wait("1s")
        self.assertEqual(self.times(connection), ("syncing", at(10), at(20), None))
        self.wait("10s")
        self.assertEqual(self.times(connection), ("scheduled", at(3640), at(20), None))


class SetupTest(FivetranTest):
    def test_setup_tests_untrusted(self):
        self.scenario = "setup-tests-untrusted"
        for service in (PLAIN, POSTGRES):
            with self.subTest(service=service["service"]):
                data = self.done("POST", "/v1/connections", service, 201)["data"]
                self.assertEqual(data["status"]["setup_state"], "incomplete")
                key = self.failed(data)["SSH Tunnel Connection"]
                self.assertEqual((key["status"], key["message"]),
                                 ("FAILED", "The ssh key might have changed"))
                self.assertEqual(list(key["details"]), ["hash", "public_key", "type", "name"])
                titles = [test["title"] for test in data["setup_tests"]]
                behind = data["setup_tests"][titles.index("SSH Tunnel Connection") + 1:]
                self.assertEqual({test["status"] for test in behind}, {"SKIPPED"})
                self.assertIn("Validate Certificate", [test["title"] for test in behind])

                data = self.retest(data["id"], trust_fingerprints=True)
                self.assertEqual(data["status"]["setup_state"], "incomplete")
                told, = self.failed(data).values()
                self.assertEqual((told["title"], told["status"], told["message"]),
                                 ("Validate Certificate", "FAILED",
                                  "No trust anchors for this connection"))
                certificate, = told["details"]
                self.assertEqual(list(certificate), ["hash", "name", "public_key", "encoded_cert",
                                                     "sha1", "sha256"])

                data = self.retest(data["id"], trust_fingerprints=True, trust_certificates=True)
                self.assertEqual((data["status"]["setup_state"], self.failed(data)),
                                 ("connected", {}))
                trusting = self.make(service, trust_fingerprints=True, trust_certificates=True)
                self.assertEqual(self.setup_state(trusting), "connected")

    def test_setup_tests_untrusted_tells_the_details_that_databases_are_always_told(self):
        tunnel = {**POSTGRES, "config": {**POSTGRES["config"], "tunnel_host": "ssh.test"}}
        data = self.done("POST", "/v1/connections", tunnel, 201)["data"]
        natural = {**self.failed(data),
                   **self.failed(self.retest(data["id"], trust_fingerprints=True))}
        self.scenario = "setup-tests-untrusted"
        made = self.done("POST", "/v1/connections", PLAIN, 201)["data"]
        retested = self.retest(made["id"], trust_fingerprints=True)
        self.assertEqual({**self.failed(made), **self.failed(retested)}, natural)

    def test_incomplete_until_retested(self):
        self.scenario = "incomplete-until-retested"
        data = self.done("POST", "/v1/connections", {**PLAIN, "run_setup_tests": True}, 201)["data"]
        connection = data["id"]
        self.assertEqual(data["status"]["setup_state"], "incomplete")
        self.assertEqual({test["status"] for test in data["setup_tests"]}, {"JOB_FAILED"})
        self.sync(connection)
        self.assertEqual(self.sync_state(connection), "scheduled")
        self.wait("1d")
        self.assertEqual(self.setup_state(connection), "incomplete")

        tested = self.retest(connection)
        self.assertEqual((tested["status"]["setup_state"], self.failed(tested)), ("connected", {}))
        self.sync(connection)
        self.assertEqual(self.sync_state(connection), "syncing")


class ConnectionTest(FivetranTest):
    def test_pause_500_but_applied(self):
        def ask(method, path, body, emulator):
            """The answer; that to a pause would come after a minute."""
            path = f"/~pause-500-but-applied@pauses{path}"
            return request(emulator, method, path, FIVETRAN.headers(), json.dumps(body))

        with Emulator(*self.OPTIONS) as emulator, RawClient(emulator) as client:
            made = ask("POST", "/v1/connections", PLAIN, emulator).json()["data"]
            path = f"/v1/connections/{made['id']}"
            client.send(request_bytes("PATCH", f"/~pause-500-but-applied@pauses{path}",
                                      FIVETRAN.headers(), json.dumps({"paused": True})))
            met, = eventually(lambda: control(
                emulator, "GET", "/sessions/pauses/requests?operation=*.modify_*")["requests"])
            self.assertEqual((met["delay"], met["applied"], met["response"]["status"]),
                             (60, True, 500))
            now = ask("GET", path, None, emulator).json()["data"]
            self.assertEqual((now["paused"], now["status"]["sync_state"]), (True, "paused"))
            # What pauses nothing is answered as ever.
            resumed = ask("PATCH", path, {"paused": False}, emulator)
            self.assertEqual((resumed.status, resumed.json()["data"]["paused"]), (200, False))
            emulator.stop()  # which cuts the delay short
            answer = client.answer("PATCH")
        self.assertEqual((answer.status, answer.json()["code"]), (500, "InternalServerError"))

    def test_legacy_path_gone(self):
        connection = self.make()
        legacy, paths = [], ["/v1/connections", f"/v1/connections/{connection}",
                             f"/v1/connections/{connection}/state",
                             f"/v1/connections/{connection}/schemas/public/tables/orders/columns",
                             "/v1/groups/group_id/connections", "/v1/users/u/connections",
                             "/v1/users/u/connections/c", "/v1/teams/t/connections"]
        before = [self.ask("GET", path) for path in paths]
        for path in paths:
            legacy.append(path.replace("connections", "connectors"))
            self.assertNotEqual(self.ask("GET", legacy[-1]).json().get("message"),
                                "HTTP 404 Not Found", path)
        self.scenario = "legacy-path-gone"
        for path in legacy:
            with self.subTest(path=path):
                self.assert_refused(self.ask("GET", path), 404, "NotFound", "HTTP 404 Not Found")
        for method, body in (("PATCH", {"paused": True}), ("DELETE", None)):
            self.assert_refused(self.ask(method, f"/v1/connectors/{connection}", body), 404,
                                "NotFound", "HTTP 404 Not Found")
        for path, answer in zip(paths, before):
            now = self.ask("GET", path)
            self.assertEqual((now.status, now.json()), (answer.status, answer.json()), path)

    def test_schema_not_ready(self):
        connection = self.make()
        path = f"/v1/connections/{connection}/schemas"
        self.scenario = "schema-not-ready"

        def no_config():
            self.assert_refused(self.ask("GET", path), 404, "NotFound_SchemaConfig",
                                f"Connection with id '{connection}' doesn't have schema config")

        def reload():
            return self.ask("POST", path + "/reload", {})

        for _ in range(2):
            no_config()
            self.assert_refused(
                reload(), 400, "InvalidInput", "We expected the connector's setup state "
                "('status.setup_state') to be 'connected', but it was 'incomplete'. Please "
                "configure the connector and perform the setup tests.")
        no_config()  # for nothing has been read from the source yet
        self.assertEqual(reload().status, 200)
        self.assertEqual(list(self.done("GET", path)["data"]["schemas"]), ["public"])
        self.done("PATCH", path, {"schemas": {"public": {"enabled": False}}})


class ThrottledTest(ScenarioTest):
    OPTIONS = ("--clock", "2026-01-15T10:00:00Z")

    @for_each_call
    def test_throttled_bulk_create(self, call):
        session = f"bulk-{call.name}"
        twenty_pass = [call.success] * 20 + [429]
        self.assertEqual(self.statuses("throttled-bulk-create", 21, call, session), twenty_pass)
        refused = self.create("throttled-bulk-create", call, session)
        self.assertEqual((refused.status, refused.headers["Retry-After"]), (429, "60"))
        if call is FIVETRAN:
            self.assertEqual(refused.json(), {
                "code": "TooManyRequests",
                "message": "No more than 20 connectors can be created in one-minute  time period"})
            read = request(self.emulator, "GET", f"/~throttled-bulk-create@{session}{call.path}",
                           call.headers())
            self.assertEqual(len(read.json()["data"]["items"]), 20)
        self.advance(session, "1m")
        self.assertEqual(self.statuses("throttled-bulk-create", 21, call, session), twenty_pass)


ERROR = "Connection timeout to data source"


class Airweave07Test(airweave_2025_07.AirweaveTest):
    def use(self, scenario):
        control(self.emulator, "PUT", f"/sessions/{self.session}", {"scenario": scenario})

    def test_job_fails_halfway(self):
        self.use("job-fails-halfway")
        made = self.create()
        self.advance("4s")
        job, = self.jobs(made)
        self.assertEqual((job["status"], job["error"]), ("in_progress", None))
        self.advance("1s")
        job, = self.jobs(made)
        self.assertEqual((job["status"], job["error"], job["failed_at"], job["completed_at"]),
                         ("failed", ERROR, airweave_2025_07.at(5), None))
        self.assertEqual(self.connection(made)["status"], "failing")
        self.use("success")
        self.run_again(made)
        self.advance("10s")
        self.assertEqual(self.connection(made)["status"], "active")

    def test_tiny_pages(self):
        made = [self.create()["id"] for _ in range(5)]
        self.use("tiny-pages")
        for query in ("", "limit=1000&"):
            pages = [[one["id"] for one in self.call("GET", f"/source-connections?{query}skip={n}")]
                     for n in range(0, 7, 2)]
            self.assertEqual(sorted(pages[0] + pages[1] + pages[2]), sorted(made))
            self.assertEqual([len(page) for page in pages], [2, 2, 1, 0])
        self.assertEqual(len(self.call("GET", "/source-connections?limit=1")), 1)


class Airweave10Test(airweave_2025_10.Airweave):
    def use(self, scenario):
        control(self.emulator, "PUT", f"/sessions/{self.session}", {"scenario": scenario})

    def test_job_fails_halfway(self):
        self.use("job-fails-halfway")
        made = self.create()
        self.advance("4s")
        self.assertEqual(self.get(made)["status"], "syncing")
        self.advance("1s")
        job, = self.jobs(made)
        self.assertEqual((job["status"], job["error"]), ("failed", ERROR))
        now = self.get(made)
        self.assertEqual((now["status"], now["sync"]["last_job"]["error"]), ("error", ERROR))

    def test_tiny_pages(self):
        made = [self.create(name=f"Source {n}")["id"] for n in range(3)]
        for _ in range(3):
            self.advance("10s")
            self.run_sync({"id": made[0]})
        self.use("tiny-pages")
        pages = [[one["id"] for one in self.call("GET", f"/source-connections?skip={n}&limit=100")]
                 for n in (0, 2, 4)]
        self.assertEqual(sorted(pages[0] + pages[1]), sorted(made))
        self.assertEqual([len(page) for page in pages], [2, 1, 0])
        # This list has no second page, so it is whole.
        self.assertEqual(len(self.jobs({"id": made[0]})), 4)


class PlansTest(airweave_2026_04.Airweave2026):
    """What Airweave's documentation says of its plans."""

    def assert_limit(self, plan, allowed):
        selector = f"~airweave-{plan}@{self.session}"
        for left in range(allowed - 1, -1, -1):
            answer = self.send("GET", "/sources/stripe", selector=selector)
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual((answer.headers["RateLimit-Limit"], answer.headers["RateLimit-Remaining"]),
                             (str(allowed), str(left)))
        answer = self.send("GET", "/collections", selector=selector)
        self.assertEqual((answer.status, answer.headers["Retry-After"],
                          answer.headers["RateLimit-Remaining"]), (429, "60", "0"))
        self.assertEqual(answer.json()["detail"], "Rate limit exceeded. Please retry after 59.34 seconds. "
                                                  f"Limit: {allowed} requests per second.")
        self.advance("60s")
        self.assertEqual(self.send("GET", "/collections", selector=selector).status, 200)

    def test_airweave_developer(self):
        self.assert_limit("developer", 10)

    def test_airweave_pro(self):
        self.assert_limit("pro", 100)

    def test_airweave_team(self):
        self.assert_limit("team", 250)


class SupermetricsTest(supermetrics.SupermetricsTest):
    JANUARY = "start_date=2026-01-01&end_date=2026-01-31"

    def runs(self, transfer, query=""):
        path = f"{supermetrics.TEAM}/transfers/{transfer}/runs?{self.JANUARY}{query}"
        return self.told(200, "GET", path)["data"]

    def test_job_fails_halfway(self):
        self.scenario = "job-fails-halfway"
        transfer = self.make_transfer()
        number = self.make_backfill(transfer)["transfer_backfill_id"]
        seen = []
        for wait in ("4s", "1s"):
            self.pass_time(wait)
            now = self.told(200, "GET", f"{supermetrics.TEAM}/backfills/{number}")["data"]
            seen.append((now["status"], now["end_time"]))
        self.assertEqual(seen, [("RUNNING", None), ("FAILED", "2026-01-15T10:00:05Z")])
        self.assertEqual(now["error_report"], [{"transfer_run_date": "2024-01-24", "error": ERROR}])
        self.pass_time("12h")  # past ten in the evening, when the transfer runs
        run = self.runs(transfer)[0]
        self.assertEqual((run["status"], run["type"], run["message"]),
                         ("FAILED", "Recurring", ERROR))

    def test_tiny_pages(self):
        transfer = self.make_transfer()
        self.pass_time("5d")
        whole = [run["id"] for run in self.runs(transfer)]
        self.assertEqual(len(whole), 5)
        self.scenario = "tiny-pages"
        for limit in ("", "&limit=100"):
            pages = [[run["id"] for run in self.runs(transfer, f"{limit}&offset={n}")]
                     for n in range(0, 7, 2)]
            self.assertEqual(pages, [whole[:2], whole[2:4], whole[4:], []])


class CursorTest(FivetranTest):
    def test_tiny_pages(self):
        made = [self.make() for _ in range(5)]
        self.scenario = "tiny-pages"
        for path in ("/v1/connections?", "/v1/groups/group_id/connections?limit=1000&"):
            with self.subTest(path=path):
                met, query = [], ""
                for skip in (2, 4, None):
                    page = self.done("GET", path + query)["data"]
                    met.append([one["id"] for one in page["items"]])
                    following = page.get("next_cursor")
                    self.assertEqual(following, cursor(skip) if skip else None)
                    query = f"cursor={following}"
                self.assertEqual(met, [made[:2], made[2:4], made[4:]])


if __name__ == "__main__":
    unittest.main()
