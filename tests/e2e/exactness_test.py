"""A script is played exactly, however many callers come at once."""

import collections
import http.client
import threading
import unittest

from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, BASIC, FIVETRAN_BODY, FIVETRAN_PATH, PATIENCE,
                      SUPERMETRICS_BODY, SUPERMETRICS_PATH, EmulatorTest, control)

CALLERS = 64
ROUNDS = 21
CALLS = [
    (SUPERMETRICS_PATH, SUPERMETRICS_BODY, {"Authorization": "Bearer my-token"}, 201),
    (AIRWEAVE_PATH, AIRWEAVE_BODY, {"X-API-Key": "my-key"}, 200),
    (FIVETRAN_PATH, FIVETRAN_BODY, {"Authorization": BASIC}, 201),
]


class ExactnessTest(EmulatorTest):
    def play(self, rounds):
        """Each caller makes each round's call once, all at the same moment; gives the statuses."""
        starts = threading.Barrier(CALLERS, timeout=PATIENCE)
        statuses = [[] for _ in rounds]  # list.append is atomic

        def call_all():
            connection = http.client.HTTPConnection(self.emulator.host, self.emulator.port,
                                                    timeout=PATIENCE)
            for (prefix, (path, body, headers, _)), answered in zip(rounds, statuses):
                starts.wait()
                connection.request("POST", prefix + path, body,
                                   {"Content-Type": "application/json", **headers})
                answer = connection.getresponse()
                answer.read()
                answered.append(answer.status)
            connection.close()

        callers = [threading.Thread(target=call_all) for _ in range(CALLERS)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
        return statuses

    def test_64_callers_meet_exactly_two_429s(self):
        rounds = [(f"/~throttled-twice@round-{number}", CALLS[number % len(CALLS)])
                  for number in range(ROUNDS)]
        for number, answered in enumerate(self.play(rounds)):
            with self.subTest(round=number):
                success = rounds[number][1][3]
                self.assertEqual(collections.Counter(answered), {429: 2, success: CALLERS - 2})
                progress = control(self.emulator, "GET", f"/sessions/round-{number}/progress")
                self.assertTrue(progress["completed"])
                scripts = {script["scenario"]: script for script in progress["scenarios"]}
                self.assertEqual(scripts["throttled-twice"]["rules"][0]["hits"], CALLERS)

    def test_64_callers_get_64_ids(self):
        self.play([("/@ids", CALLS[0])])
        journal = control(self.emulator, "GET", "/sessions/ids/requests?limit=100")
        locations = {dict(exchange["response"]["headers"])["Location"]
                     for exchange in journal["requests"]}
        self.assertEqual(len(locations), CALLERS)
        self.assertEqual([exchange["id"] for exchange in journal["requests"]],
                         list(range(1, CALLERS + 1)))


if __name__ == "__main__":
    unittest.main()
