"""Lifecycles that begin each other without end: they are stopped, and that is said."""

import pathlib
import tempfile
import unittest

from emulator import Emulator, control, request

CONTRACT = """
openapi: 3.1.0
info: {title: Acme, version: v1}
x-mockduit:
  vendor: acme
  edition: v1
  default: true
  kinds:
    job: {id: id, members: [id]}
  lifecycles:
    again: {kind: job, takes: TAKES, ends: {done: {then: [{begin: again}]}}}
paths:
  /jobs:
    post:
      operationId: create_job
      x-mockduit:
        effect: {create: job, id: id, resource: {id: "{{uuid4}}"}, then: [{begin: again}]}
      responses:
        "201": {description: Made., x-mockduit: {outcome: success, source: s}}
"""


class EndlessLifecycleTest(unittest.TestCase):
    def played(self, takes):
        """A job whose lifecycle begins itself, an hour later; and the server's log."""
        with tempfile.TemporaryDirectory() as folder:
            contract = pathlib.Path(folder, "acme", "v1.yaml")
            contract.parent.mkdir()
            contract.write_text(CONTRACT.replace("TAKES", takes))
            with Emulator("--fixtures", folder, "--clock", "2026-01-15T10:00:00Z") as emulator:
                made = request(emulator, "POST", "/acme/jobs", body=b"{}",
                               headers=[("Content-Type", "application/json")])
                clock = control(emulator, "POST", "/clock/advance", {"by": "1h"})
                emulator.wait_for_log("was stopped: lifecycles began each other")
                later = control(emulator, "POST", "/clock/advance", {"by": "1h"})
                self.assertEqual(emulator.stop(), 0)
                return made, clock, later

    def test_with_a_time_that_is_hardly_any(self):
        made, clock, later = self.played("1us")
        self.assertEqual(made.status, 201)
        self.assertIn("the lifecycle acme.again of ", clock["warning"])
        self.assertEqual(later["now"], "2026-01-15T12:00:00.000000Z")
        self.assertNotIn("warning", later)

    def test_with_no_time_at_all(self):
        made, _, later = self.played("0s")
        self.assertEqual(made.status, 201)
        self.assertNotIn("warning", later)


if __name__ == "__main__":
    unittest.main()
