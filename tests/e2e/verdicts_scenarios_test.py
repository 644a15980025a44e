"""A client that does all well has nothing held against it, whatever it meets; a hasty one has."""

import json
import unittest

from emulator import AIRWEAVE_PATH, BASIC, FIVETRAN_PATH, SUPERMETRICS_PATH, control
from verdicts import LOST, Client, VerdictsTest

SETTLED = ["bad-request", "unauthorized", "forbidden", "unprocessable"]
LASTING = ["rate-limited", "server-error"]
PASSING = ["throttled-twice", "created-but-timed-out", "flaky", "network-faults", "quota",
           "throttled-bulk-create", "success"]


class Careful:
    """Makes source connections: waits as it is told, else longer each time, looks before it makes
    one again, and gives up in the end."""

    MOST = 6

    def __init__(self, client):
        self.client = client

    def there(self, name):
        """Whether a connection of this name is there; over all pages."""
        skip = 0
        while self.client.call("GET", f"{AIRWEAVE_PATH}?skip={skip}&limit=100") == 200:
            page = self.client.json
            if any(one["name"] == name for one in page):
                return True
            if len(page) < 100:
                return False
            skip += len(page)
        return False

    def make(self, name):
        """True once it is there."""
        body = json.dumps({"name": name, "short_name": "stripe",
                           "auth_fields": {"api_key": "sk_test_123"}})
        wait = 0.5
        for _ in range(self.MOST):
            status = self.client.create(body)
            if status == 200:
                return True
            if status != LOST and 400 <= status < 500 and status != 429:
                return False
            told = self.client.headers["Retry-After"] if status == 429 else None
            self.client.wait(int(told) if told else wait)
            wait *= 2
            if status != 429 and self.there(name):
                return True
        return False


class Vendor:
    """How a careful client of it makes a connection of that name, and looks for one. Supermetrics
    documents no call by which it could look."""

    def __init__(self, key, path, body, pages=None):
        self.key, self.path, self.body, self.pages = key, path, body, pages


def airweave_pages(client, name):
    for skip in range(0, 1000, 100):
        if client.call("GET", f"{AIRWEAVE_PATH}?skip={skip}&limit=100") != 200:
            return
        yield any(one["name"] == name for one in client.json)
        if len(client.json) < 100:
            return


def fivetran_pages(client, name):
    cursor = ""
    while client.call("GET", f"{FIVETRAN_PATH}?limit=100{cursor}") == 200:
        data = client.json["data"]
        yield any(one["schema"].startswith(name) for one in data["items"])
        if not data.get("next_cursor"):
            return
        cursor = "&cursor=" + data["next_cursor"]


VENDORS = {
    "airweave": Vendor(
        {"X-API-Key": "my-key"}, AIRWEAVE_PATH,
        lambda name: {"name": name, "short_name": "stripe", "auth_fields": {"api_key": "sk"}},
        airweave_pages),
    "fivetran": Vendor(
        {"Authorization": BASIC, "Accept": "application/json"}, FIVETRAN_PATH,
        lambda name: {"group_id": "group_id", "service": "google_sheets",
                      "config": {"schema": name, "table": "orders"}},
        fivetran_pages),
    "supermetrics": Vendor(
        {"Authorization": "Bearer my-key"}, SUPERMETRICS_PATH,
        lambda name: {"data_source_id": "ADM", "destination_type": f"DWH_{name.upper()}"}),
}


class CarefulAnywhere(Careful):
    """The same at each vendor; where nothing can be looked up, it gives up what may have happened."""

    def __init__(self, client, vendor):
        super().__init__(client)
        self.vendor = vendor

    def make(self, name):
        wait = 0.5
        for _ in range(self.MOST):
            status = self.client.call("POST", self.vendor.path, self.vendor.body(name))
            if status != LOST and (status < 400 or (status < 500 and status != 429)):
                return
            if status != 429 and not self.vendor.pages:
                return
            told = self.client.headers["Retry-After"] if status == 429 else None
            if told and int(told) > 60:
                return
            self.client.wait(int(told) if told else wait)
            wait *= 2
            if status != 429 and any(self.vendor.pages(self.client, name)):
                return


class Resigned(CarefulAnywhere):
    """Gives up whatever fails."""

    def make(self, name):
        self.client.call("POST", self.vendor.path, self.vendor.body(name))


class Hasty(Careful):
    """The same, but it only tries again, at once and whatever it was told."""

    def make(self, name):
        for _ in range(self.MOST):
            self.client.wait("1ms")
            body = {"name": name, "short_name": "stripe", "auth_fields": {"api_key": "sk_test_123"}}
            if self.client.create(body) == 200:
                return True
        return False


class BuiltInTest(VerdictsTest):
    def run_under(self, scenario, kind, count=5):
        """Whether each of so many connections was made, and the checks that failed."""
        self.setUp()
        self.put_session(scenario=scenario, seed=3)
        one = kind(Client(self, patience=1))  # no answer here takes as long, but one that stalls
        made = [one.make(f"Number {number}") for number in range(count)]
        failed = {verdict["check"]: verdict for verdict in self.judge()["verdicts"]
                  if verdict["result"] in ("fail", "inconclusive")}
        return made, failed

    def test_a_careful_client_has_nothing_held_against_it(self):
        for scenario in SETTLED + LASTING + PASSING:
            with self.subTest(scenario=scenario):
                made, failed = self.run_under(scenario, Careful, 25)
                self.assertEqual(failed, {})
                self.assertEqual(set(made), {scenario in PASSING})

    def test_a_hasty_client_is_told_of_in_each_of_them(self):
        for scenarios, checks in (
                (SETTLED, {"no-retry-on-client-error"}),
                (["rate-limited", "throttled-twice"], {"retry-after-honoured"}),
                (["server-error"], {"backoff-grows"}),
                (["created-but-timed-out", "network-faults"], {"no-duplicate-create"})):
            for scenario in scenarios:
                with self.subTest(scenario=scenario):
                    self.assertLessEqual(checks, set(self.run_under(scenario, Hasty)[1]))

    def test_no_scenario_leaves_every_client_guilty(self):
        scenarios = control(self.emulator, "GET", "/scenarios")["scenarios"]
        self.assertGreater(len(scenarios), 20)
        for scenario in (one["name"] for one in scenarios):
            for name, vendor in VENDORS.items():
                faults = {}
                for kind in (CarefulAnywhere, Resigned):
                    self.setUp()
                    self.put_session(scenario=scenario, seed=3)
                    one = kind(Client(self, key=vendor.key, patience=1), vendor)
                    for thing in ("orders", "people"):
                        one.make(thing)
                    faults[kind.__name__] = [verdict for verdict in self.judge()["verdicts"]
                                             if verdict["result"] == "fail"]
                with self.subTest(scenario=scenario, vendor=name):
                    self.assertIn([], faults.values(), faults)
                    self.assertEqual(faults["CarefulAnywhere"], [])

    def test_waiting_for_a_schema_that_is_not_ready_is_no_fault(self):
        self.put_session(scenario="schema-not-ready")
        client = Client(self)
        body = {"service": "google_ads", "group_id": "group_id", "config": {"schema": "ads"}}
        self.assertEqual(client.create_on_fivetran(body), 201)
        path = f"{FIVETRAN_PATH}/{client.json['data']['id']}/schemas"
        self.assertEqual(client.retry(2, 4, call=lambda: client.call("GET", path))[:2], [404, 404])
        reload = {"exclude_mode": "PRESERVE"}
        statuses = client.retry(2, 4, call=lambda: client.call("POST", f"{path}/reload", reload))
        self.assertEqual(statuses, [400, 400, 200])
        self.assertNotEqual(self.verdict("no-retry-on-client-error")["result"], "fail")


if __name__ == "__main__":
    unittest.main()
