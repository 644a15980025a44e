"""Mistakes cost no more than the text is long: a file of nothing else is read at once, a hundred of
them are told, and the rest are a number.

What is measured is the processor's time of the server, with room for slow builds: each of these
took seconds to minutes, or more memory than there is, when it took the square of its length.
"""

import json
import os
import pathlib
import tempfile
import unittest

from emulator import JSON_TYPE, Emulator, request, run_mockduit

MUCH = 8_000
SECONDS = 20  # of the processor; with sanitizers and without optimizing, too


def lines(count, line):
    return "".join(line.format(n) for n in range(count))


SCENARIOS = {
    "unknown keys": lines(16_000, "unknown_key_{}: 1\n"),
    "unknown keys of a rule": "rules:\n - play: [{status: 200}]\n"
                              + lines(MUCH, "   unknown_key_{}: 1\n"),
    "unknown keys on one line": "{" + lines(MUCH, "unknown_key_{}: 1, ") + "}",
    "a key again and again": lines(MUCH, "description: {}\n"),
    "rules with a mistake each": "rules:\n" + lines(MUCH, " - {{plai: {}}}\n"),
    "plays with a mistake each": "rules:\n - play:\n" + lines(MUCH, "   - {{status: x{}}}\n"),
    "operations that nobody has": "rules:\n" + lines(
        MUCH, " - {{match: {{operation: supermetrics.list_conection_{}}}, play: [{{status: 200}}]}}\n"),
    "rules that are never reached": "rules:\n" + lines(MUCH, " - {{name: r{}, play: [{{status: 200}}]}}\n"),
    "wrong templates in a text": "rules:\n - play:\n   - status: 200\n     body: '"
                                 + "{{nope}} " * MUCH + "'\n",
    "wrong templates in a list": "rules:\n - play:\n   - status: 200\n     body:\n"
                                 + lines(MUCH, "     - '{{{{nope{}}}}}'\n"),
    "wrong headers": "rules:\n - play:\n   - status: 200\n     headers:\n"
                     + lines(MUCH, "       x y{}: 1\n"),
    "keys below a long key": "rules:\n  ? " + "k" * 1_000 + "\n  : {"
                             + lines(MUCH, "a{}: 1, ") + "}\n",
    "keys below a key that is too long": "'" + "k" * 200_000 + "':\n" + lines(MUCH, "  a{}: 1\n"),
    "places that no body has": "rules:\n - play: [{status: 200}]\n   match:\n    operation: supermetrics.create_*\n    body:\n"
                               + lines(40_000, "     k{}: 1\n"),
    "aliases of one mistake": "rules:\n - &r {plai: 1}\n" + " - *r\n" * 3_000,
    "brackets": "rules: " + "[" * 20_000,
    "maps in maps": "rules: " + "{a: " * 20_000,
    "lists in lists": "".join(" " * n + "-\n" for n in range(800)),
}


class MistakesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator("--max-body", 4_000_000)
        cls.addClassCleanup(cls.emulator.end)

    def seconds(self):
        """Of the processor, that the server has taken so far."""
        fields = pathlib.Path(f"/proc/{self.emulator.process.pid}/stat").read_text().split(") ")[1]
        return sum(map(int, fields.split()[11:13])) / os.sysconf("SC_CLK_TCK")

    def put(self, path, body, headers=()):
        before = self.seconds()
        answer = request(self.emulator, "PUT", path, headers, body)
        self.assertLess(self.seconds() - before, SECONDS)
        return answer

    def test_a_scenario_of_mistakes_is_refused_at_once(self):
        for name, text in SCENARIOS.items():
            with self.subTest(scenario=name):
                answer = self.put("/__admin/scenarios/bad", text)
                self.assertEqual(answer.status, 422, answer.body[:300])
                self.assertLessEqual(len(answer.json()["problems"]), 101)

    def test_a_long_scenario_of_every_operation_is_taken_at_once(self):
        plays = lines(50_000, "   - {{outcome: success, body: {{n: {}}}}}\n")
        answer = self.put("/__admin/scenarios/long", f"rules:\n - match: {{operation: '*'}}\n   play:\n{plays}")
        self.assertEqual(answer.status, 201, answer.body[:300])

    def test_json_of_mistakes_is_refused_at_once(self):
        unknown = {f"unknown_key_{n}": n for n in range(MUCH)}
        for name, text in {
                "unknown keys": json.dumps(unknown),
                "a key again and again": "{" + '"rules": 1, ' * MUCH + '"rules": 1}',
                "long keys": json.dumps({"k" * 1_000: {"m" * 1_500: unknown}}),
                "escapes": '{"rules": "' + "\\u0041" * MUCH + '"}',
                "depth": "[" * 20_000 + "]" * 20_000}.items():
            with self.subTest(json=name):
                answer = self.put("/__admin/scenarios/bad", text, [JSON_TYPE])
                self.assertEqual(answer.status, 422, answer.body[:300])
                self.assertLessEqual(len(answer.json()["problems"]), 101)

    def test_a_store_of_mistakes_is_refused_at_once(self):
        bad = {f"kind {n}": {} for n in range(MUCH)}
        answer = self.put("/__admin/store", json.dumps(bad), [JSON_TYPE])
        self.assertIn(answer.status, (400, 422), answer.body[:300])
        answer = self.put("/__admin/sessions/s", json.dumps(bad), [JSON_TYPE])
        self.assertIn(answer.status, (400, 422), answer.body[:300])

    def test_a_path_of_thousands_of_parts_is_unknown_at_once(self):
        for path in ("/v1" + "/" * 7_000, "/a" * 3_600, "/v1/" + "x" * 7_000):
            before = self.seconds()
            for _ in range(2_000):
                self.assertEqual(request(self.emulator, "GET", path).status, 404)
            self.assertLess(self.seconds() - before, SECONDS, path[:20])

    def test_the_number_of_the_rest_is_told(self):
        answer = self.put("/__admin/scenarios/bad", lines(1_234, "unknown_{}: 1\n"))
        problems = answer.json()["problems"]
        self.assertEqual(len(problems), 101)
        self.assertEqual(problems[99]["line"], 100)
        self.assertEqual(problems[100]["message"], "and 1,134 more")
        self.assertIn("(and 1233 more)", answer.json()["detail"])

    def test_a_server_that_reads_mistakes_stops_when_it_is_told(self):
        with Emulator() as emulator:
            answer = request(emulator, "PUT", "/__admin/scenarios/bad", (),
                             SCENARIOS["unknown keys"])
            self.assertEqual(answer.status, 422)


class LintTest(unittest.TestCase):
    def lint(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            before = os.times()
            result = run_mockduit("lint", path)
            after = os.times()
            self.assertLess(after.children_user - before.children_user, SECONDS)
            return result

    def test_a_scenario_of_390_kilobytes_of_unknown_keys(self):
        text = lines(16_503, "unknown_key_{:05}: one\n") + "rules: []\n"
        result = self.lint("bad.yaml", text)
        self.assertEqual((result.returncode, result.stderr), (1, "1 file, 16503 mistakes\n"))
        self.assertIn("bad.yaml: and 16,403 more\n", result.stdout)
        self.assertEqual(result.stdout.count("is no key of a scenario"), 100)

    def test_a_contract_of_mistakes(self):
        head = ('openapi: "3.1.0"\ninfo: {title: T, version: "1"}\n'
                'x-mockduit: {vendor: bad, edition: "1", source: s}\n')
        for text in ("paths:\n" + lines(4_000, "  /p{}: {{gett: {{}}}}\n"),
                     "paths:\n" + lines(2_000, "  /p{0}: {{get: {{operationId: o{0}, responses: 5}}}}\n"),
                     lines(MUCH, "unknown_{}: 1\n"),
                     "paths:\n  /p:\n    get:\n      responses:\n"
                     + lines(MUCH, "        '{}': {{$ref: '#/nowhere'}}\n")):
            with self.subTest(text=text[:60]):
                result = self.lint("bad/v1.yaml", head + text)
                self.assertEqual(result.returncode, 1, result.stderr[:500])
                self.assertLessEqual(result.stdout.count("\n"), 400)


class AliasTest(unittest.TestCase):
    def test_a_mistake_behind_an_alias_is_told_where_its_anchor_stands(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "alias.yaml"
            path.write_text("rules:\n"
                            "  - name: one\n"
                            "    match: {method: &m 5}\n"
                            "    play: &p [{outcome: rate_limitd}]\n"
                            "  - {name: two, match: {method: *m}, play: *p}\n")
            result = run_mockduit("lint", path)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"{path}:3:21: method must be text", result.stdout)
        self.assertIn(f"{path}:4:25: 'rate_limitd' is no outcome", result.stdout)
        self.assertEqual(result.stdout.count("rate_limitd' is no outcome"), 1)


if __name__ == "__main__":
    unittest.main()
