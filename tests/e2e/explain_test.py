"""`mockduit explain`: checks and findings as docs/checks.md has them, and exchanges of a server."""

import json
import re
import unittest

from checks_docs_test import FINDING, sections
from emulator import (AIRWEAVE_BODY, AIRWEAVE_PATH, JSON_TYPE, EmulatorTest, control, request,
                      run_mockduit)
from verdicts import CHECKS
from worlds import ask, create_on_airweave


def explain(*words):
    return run_mockduit("explain", *words)


def words_of(text):
    """Without line breaks, marks of Markdown, and links within the documents."""
    text = re.sub(r"\[([^]]*)\]\((http[^)]*)\)", r"\1 (\2)", text)
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    return text.replace("**", "").replace("`", "").replace("\n", " ").split()


class NamesTest(unittest.TestCase):
    def test_a_check_is_told_as_the_document_has_it(self):
        for check, section in sections().items():
            with self.subTest(check=check):
                result = explain(check)
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                told = words_of(result.stdout)
                opening, *items = section.split("\n\n| ")[0].split("\n\n```")[0].split("\n- ")
                for part in (opening, *items):
                    part = words_of(part.replace("**: ", "** "))
                    found = any(told[at:at + len(part)] == part for at in range(len(told)))
                    self.assertTrue(found, (part, result.stdout))
                for slug, means, _ in FINDING.findall(section):
                    self.assertIn(f"  {check}/{slug}\n", result.stdout)
                    self.assertIn(" ".join(words_of(means)), " ".join(told))
                for name, standard, about in re.findall(r"\| `(\w+)` \| `(.*)` \| (.*) \|", section):
                    self.assertRegex(result.stdout, rf"(?m)^  {name} +{standard} +{re.escape(about)}$")
                self.assertLessEqual(max(map(len, result.stdout.splitlines())), 100)

    def test_a_finding_is_told_with_what_mends_it(self):
        count = 0
        for check, section in sections().items():
            for slug, means, mending in FINDING.findall(section):
                with self.subTest(code=f"{check}/{slug}"):
                    result = explain(f"{check}/{slug}")
                    self.assertEqual(result.returncode, 0, result.stderr)
                    told = " ".join(words_of(result.stdout))
                    self.assertTrue(told.startswith(f"{check}/{slug} " + " ".join(words_of(means))))
                    self.assertIn("To mend it " + " ".join(words_of(mending)), told)
                    count += 1
        self.assertGreater(count, len(CHECKS))

    def test_an_unknown_name_is_told_with_the_nearest(self):
        for name, nearest in (("backof-grows", "backoff-grows"),
                              ("recovers/give-up", "recovers/given-up"),
                              ("recovers/", "recovers")):
            with self.subTest(name=name):
                result = explain(name)
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertEqual(result.stderr,
                                 f"mockduit: '{name}' is no check, no code of a finding and no number "
                                 f"of an exchange; did you mean '{nearest}'?\n")

    def test_one_at_a_time(self):
        self.assertIn("one is explained at a time", explain("recovers", "headers-sent").stderr)
        self.assertIn("WHAT is missing", explain().stderr)

    def test_the_help_has_examples(self):
        told = explain("--help").stdout
        self.assertIn("\n  mockduit explain 7 --session demo ", told)


class ExchangesTest(EmulatorTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ask(cls.emulator, "PUT", "/scenarios/picky", {
            "scenario": "picky",
            "rules": [{"name": "never", "match": {"vendor": "fivetran"}, "play": [{"status": 418}]},
                      {"name": "of a name", "play": [{"status": 418}],
                       "match": {"operation": "airweave.create_source_connection",
                                 "body": {"name": "x"}}},
                      {"name": "at first", "match": {"vendor": "airweave"}, "play": [{"outcome": "rate_limited",
                                                     "retry_after": "1h"}]},
                      {"name": "behind"}]})
        control(cls.emulator, "PUT", "/sessions/demo", {"scenario": "picky"})
        for _ in range(2):  # two attempts of one call, by their identity
            request(cls.emulator, "POST", "/@demo" + AIRWEAVE_PATH,
                    [JSON_TYPE, ("X-API-Key", "k"), ("X-Mockduit-Call", "one")], AIRWEAVE_BODY)

    def explain(self, *words):
        return explain(*words, "--url", self.emulator.url, "--session", "demo")

    def test_an_exchange_with_its_rules_and_findings(self):
        result = self.explain("1")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for line in ("#1 of session demo: POST /@demo/source-connections",
                     "answered    429 rate_limited", "Retry-After 3600 s",
                     "scenario    picky", "  never: does not match",
                     "    vendor: wanted fivetran, got airweave", "  at first: decided it",
                     "  behind: matches, behind the one that decided",
                     "  retry-after-honoured/too-soon (fail)"):
            self.assertIn(line + "\n", result.stdout)
        self.assertEqual(self.explain("#1").stdout, result.stdout)

    def test_one_that_no_finding_names(self):
        create_on_airweave(self.emulator, "/@calm")
        result = explain("1", "--url", self.emulator.url, "--session", "calm")
        self.assertIn("\nthe operation took effect\n", result.stdout)
        self.assertTrue(result.stdout.endswith("No finding names it.\n"), result.stdout)

    def test_one_that_another_edition_has(self):
        made = request(self.emulator, "POST", "/@mixed/source-connections",
                       [JSON_TYPE, ("X-API-Key", "k")],
                       json.dumps({"name": "Mine", "short_name": "stripe",
                                   "readable_collection_id": "my-collection",
                                   "authentication": {"credentials": {"api_key": "x"}}})).json()
        request(self.emulator, "GET", f"/@mixed/source-connections/{made['id']}", [("X-API-Key", "k")])
        result = explain("2", "--url", self.emulator.url, "--session", "mixed")
        self.assertIn("\nwarning     edition 2025-07 of airweave answers and has no such thing; there is "
                      "one in edition 2025-10 ", result.stdout)

    def test_one_that_there_is_not(self):
        result = self.explain("9")
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn("the journal of demo has no request 9", result.stderr)

    def test_a_session_that_there_is_not(self):
        result = explain("1", "--url", self.emulator.url, "--session", "deno")
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn("there is no session 'deno'; did you mean 'demo'?", result.stderr)

    def test_what_a_terminal_would_obey_is_not_shown(self):
        body = json.dumps({"name": "My \x1b[2J source", "short_name": "stripe"})
        request(self.emulator, "POST", "/~picky@odd/source-connections",
                [("X-API-Key", "k")], body)
        told = explain("1", "--url", self.emulator.url, "--session", "odd").stdout
        self.assertIn('    body.name: wanted "x", got "My \\u001B[2J source"\n', told)
        self.assertNotIn("\x1b", told)


if __name__ == "__main__":
    unittest.main()
