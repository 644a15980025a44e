"""Coverage: which documented outcomes a client was answered, and which its requests earned."""

import unittest

from emulator import control
from verdicts import LOST, Client, VerdictsTest


class CoverageTest(VerdictsTest):
    def coverage(self):
        return control(self.emulator, "GET", f"/sessions/{self.session}/coverage")

    def row(self, operation, edition=None):
        vendor, _, _ = operation.partition(".")
        rows = [row for row in self.coverage()["vendors"][vendor]
                if row["operation"] == operation and edition in (None, row["edition"])]
        return rows[0]

    def cell(self, operation, outcome):
        """How often it was answered, how often it was earned, and whether that counts."""
        [cell] = [cell for cell in self.row(operation)["outcomes"] if cell["outcome"] == outcome]
        return cell["answered"], cell["driven"], cell["met"]

    def create(self, play=None, **headers):
        """A create on Fivetran in a session of its own, under this play."""
        self.setUp()
        if play:
            self.play({**play, "times": "forever"})
        return Client(self).create_on_fivetran(headers=headers)

    def test_what_was_not_called_is_missing(self):
        told = self.coverage()
        self.assertEqual(told["called"], {"met": 0, "of": 0, "percent": 0})
        self.assertEqual((told["all"]["met"], told["truncated"]), (0, False))
        self.assertGreater(told["all"]["of"], 1000)
        self.assertEqual(set(told["vendors"]), {"airweave", "fivetran", "supermetrics"})
        self.assertEqual(self.row("fivetran.create_connection")["called"], 0)

    def test_it_counts_each_documented_outcome(self):
        client = Client(self)
        client.create_on_fivetran()
        client.create_on_fivetran("{}")
        client.create_on_fivetran("{}")
        client.key = {}
        client.create_on_fivetran()
        operation = "fivetran.create_connection"
        self.assertEqual(self.cell(operation, "success"), (1, 1, True))
        self.assertEqual(self.cell(operation, "bad_request"), (2, 2, True))
        self.assertEqual(self.cell(operation, "unauthorized"), (1, 1, True))
        self.assertEqual(self.cell(operation, "server_error"), (0, 0, False))
        row = self.row(operation)
        self.assertEqual((row["called"], row["edition"]), (4, "v1"))
        of = len(row["outcomes"])
        self.assertEqual(self.coverage()["called"],
                         {"met": 3, "of": of, "percent": int(3000 / of) / 10})

    def test_editions_are_apart(self):
        client = Client(self)
        client.create()
        client.create({"name": "Newer", "short_name": "stripe", "readable_collection_id": "none"})
        operation = "airweave.create_source_connection"
        self.assertEqual([self.row(operation, edition)["called"]
                          for edition in ("2025-07", "2025-10")], [1, 1])

    def test_a_success_that_happens_is_driven_whoever_asked_for_it(self):
        for play, headers in ((None, {}), ({"outcome": "success"}, {}), ({"delay": "1ms"}, {}),
                              ({"outcome": "success", "setup_tests": {"*": "SKIPPED"}}, {}),
                              (None, {"Prefer": "code=201"})):
            with self.subTest(play=play, headers=headers):
                self.assertEqual(self.create(play, **headers), 201)
                self.assertTrue(self.journal()[0]["applied"])
                self.assertEqual(self.cell("fivetran.create_connection", "success"), (1, 1, True))

    def test_a_success_that_is_only_told_is_not_driven(self):
        for play, status in (({"outcome": "success", "effect": "skip"}, 201),
                             ({"outcome": "success", "status": 202}, 202),
                             ({"outcome": "success", "body": {"code": "Success"}}, 201)):
            with self.subTest(play=play):
                self.assertEqual(self.create(play), status)
                self.assertEqual(self.cell("fivetran.create_connection", "success"), (1, 0, False))
                self.assertEqual(self.coverage()["called"]["met"], 0)

    def test_a_failure_that_is_played_counts(self):
        for play, headers in (({"outcome": "server_error"}, {}),
                              ({"outcome": "server_error", "effect": "apply"}, {}),
                              (None, {"Prefer": "code=500"})):
            with self.subTest(play=play, headers=headers):
                self.assertEqual(self.create(play, **headers), 500)
                self.assertEqual(self.cell("fivetran.create_connection", "server_error"),
                                 (1, 0, True))

    def test_what_got_lost_on_the_way_does_not_count(self):
        for fault in ("reset", "empty", "truncate", "malformed", {"stall": "1ms"}):
            for outcome in ({}, {"outcome": "server_error"}):
                with self.subTest(fault=fault, outcome=outcome):
                    self.assertEqual(self.create({"fault": fault, **outcome}), LOST)
                    self.assertEqual(self.row("fivetran.create_connection")["called"], 1)
                    self.assertEqual(self.coverage()["called"]["met"], 0)
        self.assertEqual(self.create({"fault": {"slow": 1000000}}), 201)
        self.assertEqual(self.cell("fivetran.create_connection", "success"), (1, 1, True))

    def test_a_status_that_no_document_has_counts_nowhere(self):
        self.assertEqual(self.create({"status": 418}), 418)
        told = self.coverage()["called"]
        self.assertEqual((told["met"], told["of"]),
                         (0, len(self.row("fivetran.create_connection")["outcomes"])))

    def test_a_path_that_no_operation_has_counts_nowhere(self):
        Client(self).call("GET", "/nothing/here")
        self.assertEqual(self.coverage()["called"]["of"], 0)


if __name__ == "__main__":
    unittest.main()
