"""`mockduit lint`: every message of the reader, word for word and with its place, and how the
command ends. A server tells the same."""

import json
import pathlib
import shutil
import tempfile
import unittest

from emulator import TREE, Emulator, create_on_supermetrics, run_mockduit

NO_DURATION = " is no duration; write it as 150ms, 2s, 1m30s or 1h"
NO_NAME = " is no name; a name is made of a-z, 0-9, '.', '_' and '-', up to 64 of them"
NO_PATTERN = " is no regular expression: "
A_MATCHER = ("a matcher is a value, or a map with some of matches, contains, one_of, absent, "
             "not, gt, gte, lt or lte")
A_DELAY = "a delay is a duration, {min, max} or {median, p99}"
A_FAULT = ("a fault is one of reset, empty, truncate, malformed, stall or slow, or a map of one "
           "of them to what it takes")
BYTES = " must be a number of bytes, from 1 to 1000000000"
TIMES = "times must be a number from 1 on, or 'forever'"
CHANCE = "chance must be a number above 0, up to 1"
PAGES = "pages must be a number from 1 on: how many a page has at most"
A_COLON = ("a ':' cannot stand here; indent the keys of a map alike, and put text with ': ' in "
           "quotes")
STATUS = "status must be a number from 200 to 599"

SCENARIOS = TREE / "scenarios"


def rule(text):
    return f"rules:\n  - {text}\n"


def match(text):
    return f"rules:\n  - match: {text}\n"


def play(text):
    return f"rules:\n  - play:\n      - {text}\n"


def limit(text):
    return f"limits:\n  - {text}\n"


def lifecycle(text):
    return f"lifecycle:\n  airweave.sync_job: {text}\n"


def rules(*texts):
    return "rules:\n" + "".join(f"  - {text}\n" for text in texts)


class LintTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def assert_told(self, cases):
        """Each case is a file's text and its mistakes, as LINE:COLUMN: message, in their order."""
        paths = [self.write(f"case-{i:03}.yaml", text) for i, (text, *_) in enumerate(cases)]
        result = run_mockduit("lint", self.folder)
        lines = result.stdout.splitlines()
        for path, (text, *mistakes) in zip(paths, cases):
            with self.subTest(text=text):
                self.assertEqual([line.removeprefix(f"{path}:") for line in lines
                                  if line.startswith(f"{path}:")], mistakes)
        self.assertEqual(result.returncode, 1 if any(mistakes for _, *mistakes in cases) else 0)


class MessagesTest(LintTest):
    def test_what_is_no_yaml(self):
        self.assert_told([
            ("", "1:1: a scenario must be a map"),
            ("# nothing\n", "1:1: a scenario must be a map"),
            ("[]\n", "1:1: a scenario must be a map"),
            ("hello\n", "1:1: a scenario must be a map"),
            ("rules: [\n", "1:8: the list in [ ] is never closed; a ']' is missing"),
            ("rules: }\n", "1:8: this bracket has no matching one before it"),
            ("rules: a: b\n", "1:9: " + A_COLON),
            ("rules: @x\n", "1:8: this character cannot begin a value; put the text in quotes"),
            ("rules: *nope\n", "1:8: no anchor 'nope' stands above"),
            ("scenario: a\n description: b\n", "2:13: " + A_COLON),
            ('scenario: "a\n', "1:11: the text in quotes is never closed"),
            ("? [a]\n: b\n", "1:3: a key must be one word, not a list or map"),
            ("scenario: a\nscenario: b\n", "2:1: the key 'scenario' stands here a second time"),
            (rule("{name: a, name: b}"), "2:15: the key 'name' stands here a second time"),
            ("rules:\n\t- play: []\n", "2:1: a tab cannot indent YAML; use spaces"),
            ("rules:\n  - name: a\n\t  play: []\n", "3:1: a tab cannot indent YAML; use spaces"),
            ("rules: &a [*a]\n", "1:12: this alias stands inside what its anchor names"),
            ("rules: &a {b: *a}\n", "1:15: this alias stands inside what its anchor names"),
            ("scenario: a\n---\nscenario: b\n",
             "2:1: a file holds one document; another begins here"),
        ])

    def test_the_file(self):
        self.assert_told([
            ("rule: []\n", "1:1: 'rule' is no key of a scenario; did you mean 'rules'?"),
            ("scenario: 5\n", "1:11: scenario must be text"),
            ("scenario:\n", "1:1: scenario must be text"),
            ("scenario: My Scenario\n", "1:11: 'My Scenario'" + NO_NAME),
            ('scenario: ""\n', "1:11: ''" + NO_NAME),
            ("scenario: -a\n", "1:11: '-a'" + NO_NAME),
            ("description: [a]\n", "1:14: description must be text"),
            ("rules:\n", "1:1: rules must be a list"),
            ("rules: {}\n", "1:8: rules must be a list"),
            ("limits: 3\n", "1:9: limits must be a list"),
            ("pages: 1\n",),
            ("pages: 0\n", "1:8: " + PAGES),
            ("pages: many\n", "1:8: " + PAGES),
            ("rules: [5, null]\n", "1:9: a rule must be a map", "1:12: a rule must be a map"),
        ])

    def test_rules(self):
        self.assert_told([
            (rule("mach: {}"), "2:5: 'mach' is no key of a rule; did you mean 'match'?"),
            (rule("playing: []"), "2:5: 'playing' is no key of a rule"),
            (rule("name: 5"), "2:11: name must be text"),
            (rule("match: 5"), "2:12: match must be a map"),
            (rule("play: {}"), "2:11: play must be a list"),
            (rule("then: loop"), "2:11: 'loop' is no way to go on; it is pass, repeat or hold"),
            (rule("then: hodl"), "2:11: 'hodl' is no way to go on; did you mean 'hold'?"),
            (rule("then: 5"), "2:11: way to go on must be text"),
            (rule("when: 5s"), "2:11: when must be a map"),
            (rule("when: {aftr: 5s}"), "2:12: 'aftr' is no key of when; did you mean 'after'?"),
            (rule("when: {after: 5}"), "2:19: '5'" + NO_DURATION),
            (rule("when: {after: 367d}"), "2:19: after is at most 366d"),
            (rule("when: {until: 0s}"), "2:11: until must be later than after"),
            (rule("when: {after: 5s, until: 5s}"), "2:11: until must be later than after"),
            (rule('when: {after: x, until: "-1s"}'),
             "2:19: 'x'" + NO_DURATION,
             "2:29: '-1s'" + NO_DURATION),
        ])

    def test_durations(self):
        self.assert_told([
            (play("{delay: 5}"), "3:17: '5'" + NO_DURATION),
            (play("{delay: 0}"), "3:17: '0'" + NO_DURATION),
            (play("{delay: soon}"), "3:17: 'soon'" + NO_DURATION),
            (play('{delay: ""}'), "3:17: ''" + NO_DURATION),
            (play("{delay: 1e3s}"), "3:17: '1e3s'" + NO_DURATION),
            (play("{delay: .s}"), "3:17: '.s'" + NO_DURATION),
            (play("{delay: 1m30}"), "3:17: '1m30'" + NO_DURATION),
            (play("{delay: 5 s}"), "3:17: '5 s'" + NO_DURATION),
            (play("{delay: [1s]}"), "3:17: '[\"1s\"]'" + NO_DURATION),
            (play("{delay: null}"), "3:10: 'null'" + NO_DURATION),
            (play("{delay: 4000d}"), "3:17: '4000d' is longer than ten years"),
            (play("{delay: 2h}"), "3:17: a delay is at most 1h"),
        ])

    def test_matches(self):
        self.assert_told([
            (match("{operations: a}"),
             "2:13: 'operations' is no key of match; did you mean 'operation'?"),
            (match("{operation: 5}"), "2:24: operation must be text"),
            (match("{operation: []}"), "2:24: operation names nothing"),
            (match("{operation: fivetran.create_conection}"),
             "2:24: no operation is called 'fivetran.create_conection'; did you mean "
             "'fivetran.create_connection'?"),
            (match('{operation: "*.destroy_*"}'), "2:24: no operation is called '*.destroy_*'"),
            (match("{operation: [fivetran.create_connection, nope, 5]}"),
             "2:53: no operation is called 'nope'",
             "2:59: operation must be text"),
            (match("{operation: {a: b}}"), "2:24: operation must be text"),
            (match("{vendor: fivetrn}"), "2:21: 'fivetrn' is no vendor; did you mean 'fivetran'?"),
            (match("{vendor: acme}"),
             "2:21: 'acme' is no vendor; it is airweave, fivetran or supermetrics"),
            (match("{vendor: 5}"), "2:21: vendor must be text"),
            (match("{method: post}"), "2:21: 'post' is no method; did you mean 'POST'?"),
            (match("{method: BREW}"),
             "2:21: 'BREW' is no method; it is GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS"),
            (match("{method: 5}"), "2:21: method must be text"),
            (match("{path: v1}"), "2:19: a path begins with '/'"),
            (match("{path: 5}"), "2:19: path must be text"),
            (match("{path: /v1/conections}"),
             "2:19: no operation has the path '/v1/conections'; did you mean '/v1/connections'?"),
            (match("{path: /}"), "2:19: no operation has the path '/'"),
            (match("{path: /v1/connectors/**}"),),
            (match("{path: /v1/konnectors/**}"),
             "2:19: no operation has the path '/v1/konnectors/**'; did you mean '/v1/connectors'?"),
            (match("{method: OPTIONS}"),
             "2:12: rule 1 never matches: no operation fits all of its keys"),
            (match("{operation: airweave.*, vendor: fivetran}"),
             "2:12: rule 1 never matches: no operation fits all of its keys"),
            (match("{query: 5}"), "2:20: query must be a map of names to matchers"),
            (match("{headers: []}"), "2:22: headers must be a map of names to matchers"),
            (match("{body: x}"), "2:19: body must be a map of names to matchers"),
        ])

    def test_matchers(self):
        self.assert_told([
            (match("{query: {a: {mtches: x}}}"),
             "2:24: 'mtches' is no matcher; did you mean 'matches'?"),
            (match("{query: {a: {}}}"), "2:24: " + A_MATCHER),
            (match("{headers: {a: {gt: 1, lt: x}}}"), "2:26: lt asks for a number or a date"),
            (match("{body: {a: {not: {one_of: 1}}}}"), "2:23: one_of asks for a list"),
            (match("{body: {a: {matches: 5}}}"),
             "2:23: matches asks for a regular expression in quotes"),
            (match('{body: {a: {matches: "("}}}'), "2:23: '('" + NO_PATTERN + "missing ): ("),
            (match('{body: {a: {matches: "(?=a)"}}}'),
             "2:23: '(?=a)'" + NO_PATTERN + "invalid perl operator: (?="),
            (match('{body: {a: {matches: "a{1001}"}}}'),
             "2:23: 'a{1001}'" + NO_PATTERN + "invalid repetition size: {1001}"),
            (match('{body: {a: {matches: "((a{100}){100}){100}"}}}'),
             "2:23: '((a{100}){100}){100}'" + NO_PATTERN + "invalid repetition size: {100}"),
            (match("{body: {a: {one_of: x}}}"), "2:23: one_of asks for a list"),
            (match("{body: {a: {absent: 1}}}"), "2:23: absent asks for true or false"),
            (match("{body: {a: {gt: x}, b: {gte: null}, c: {lt: [1]}, d: {lte: true}}}"),
             "2:23: gt asks for a number or a date",
             "2:35: gte asks for a number or a date",
             "2:51: lt asks for a number or a date",
             "2:65: lte asks for a number or a date"),
        ])

    def test_answers(self):
        self.assert_told([
            (play("5"), "3:9: a play must be a map"),
            (play("{}"), "3:9: a play needs an 'outcome', a 'status', a 'fault' or a 'delay'"),
            (play("{times: 2}"),
             "3:9: a play needs an 'outcome', a 'status', a 'fault' or a 'delay'"),
            (play("{otcome: success}"),
             "3:10: 'otcome' is no key of a play; did you mean 'outcome'?"),
            (play("{outcome: ratelimited}"),
             "3:19: 'ratelimited' is no outcome; did you mean 'rate_limited'?"),
            (play("{outcome: nope}"), "3:19: 'nope' is no outcome"),
            (play("{outcome: 429}"), "3:19: outcome must be text"),
            (play("{outcome: success, variant: 5}"), "3:37: variant must be text"),
            (play("{outcome: success, variant: newst}"),
             "3:37: 'newst' is no variant of success; did you mean 'newest'?"),
            (play("{outcome: rate_limited, variant: daily}"),
             "3:42: 'daily' is no variant of rate_limited; did you mean 'daily_queries'?"),
            (play("{status: 500, variant: daily}"), "3:23: variant needs an 'outcome'"),
            (play("{status: 199}"), "3:18: " + STATUS),
            (play("{status: 600}"), "3:18: " + STATUS),
            (play("{status: 4294967496}"), "3:18: " + STATUS),
            (play("{status: 500.5}"), "3:18: " + STATUS),
            (play('{status: "500"}'), "3:18: " + STATUS),
            (play("{outcome: success, patch: 5}"), "3:35: patch must be a map"),
            (play("{status: 500, patch: {a: 1}}"), "3:23: patch needs an 'outcome'"),
            (play("{outcome: success, body: {}, patch: {a: 1}}"),
             "3:38: patch changes the documented body, which body replaces"),
            (play("{status: 500, headers: 5}"), "3:32: headers must be a map"),
            (play("{status: 500, headers: {content-length: 5}}"),
             "3:33: 'Content-Length' is set by the server; a 'fault' says how an answer goes "
             "wrong"),
            (play("{status: 500, headers: {Transfer-Encoding: null, CONNECTION: close}}"),
             "3:33: 'Transfer-Encoding' is set by the server; a 'fault' says how an answer goes "
             "wrong",
             "3:58: 'Connection' is set by the server; a 'fault' says how an answer goes wrong"),
            (play("{status: 500, headers: {X-Mockduit-Source: null}}"),
             "3:33: 'X-Mockduit-Source' is set by the server"),
            (play("{status: 500, headers: {A B: c}}"), "3:38: 'A B' cannot be sent as a header"),
            (play('{status: 500, headers: {A: "b\\nc"}}'), "3:36: 'A' cannot be sent as a header"),
        ])

    def test_templates(self):
        self.assert_told([
            (play('{status: 500, headers: {A: "{{nwo}}"}}'),
             "3:39: 'nwo' is nothing a template knows; did you mean 'now'?"),
            (play('{status: 500, headers: {A: "{{session"}}'),
             "3:37: '{{' is never closed by '}}'"),
            (play('{status: 500, body: {a: [1, "{{request.boody.name}}"]}}'),
             "3:40: 'request.boody.name' is nothing a template knows; did you mean "
             "'request.body.name'?"),
            (play('{status: 500, body: "{{now + 1x}}"}'), "3:32: '1x'" + NO_DURATION),
            (play('{status: 500, body: "{{now ?? x}}"}'),
             "3:39: after ?? comes JSON or 'omit', not 'x'"),
            (play('{outcome: conflict, patch: {a: "{{}}"}}'),
             "3:43: '' is nothing a template knows"),
        ])

    def test_retry_after_and_effect(self):
        self.assert_told([
            (play("{outcome: conflict, retry_after: 5}"), "3:42: '5'" + NO_DURATION),
            (play("{outcome: conflict, retry_after: 400d}"), "3:42: retry_after is at most 366d"),
            (play("{outcome: conflict, retry_after: {}}"),
             "3:42: retry_after is a duration, or {date: DURATION}"),
            (play("{outcome: conflict, retry_after: {dat: 2s}}"),
             "3:42: retry_after is a duration, or {date: DURATION}",
             "3:43: 'dat' is no key of retry_after; did you mean 'date'?"),
            (play("{outcome: conflict, retry_after: {date: soon}}"), "3:49: 'soon'" + NO_DURATION),
            (play("{outcome: conflict, retry_after: {date: 400d}}"),
             "3:49: retry_after is at most 366d"),
            (play("{outcome: conflict, effect: aply}"),
             "3:37: 'aply' is no effect; did you mean 'apply'?"),
            (play("{outcome: conflict, effect: maybe}"),
             "3:37: 'maybe' is no effect; it is apply or skip"),
            (play("{outcome: conflict, effect: true}"), "3:37: effect must be text"),
        ])

    def test_delays(self):
        self.assert_told([
            (play("{delay: {}}"), "3:17: " + A_DELAY),
            (play("{delay: {min: 1s}}"), "3:17: " + A_DELAY),
            (play("{delay: {min: 1s, p99: 2s}}"), "3:17: " + A_DELAY),
            (play("{delay: {min: 1s, max: 2s, median: 1s, p99: 2s}}"), "3:17: " + A_DELAY),
            (play("{delay: {min: 2s, max: 1s}}"), "3:17: max is below min"),
            (play("{delay: {median: 2s, p99: 1s}}"), "3:17: p99 is below the median"),
            (play("{delay: {median: 0s, p99: 1s}}"), "3:26: the median must be above 0"),
            (play("{delay: {medan: 1s}}"),
             "3:18: 'medan' is no key of delay; did you mean 'median'?"),
            (play("{delay: {min: x, max: 2h}}"),
             "3:23: 'x'" + NO_DURATION,
             "3:31: a delay is at most 1h"),
        ])

    def test_faults(self):
        self.assert_told([
            (play("{fault: rset}"), "3:17: 'rset' is no fault; did you mean 'reset'?"),
            (play("{fault: nonsense}"),
             "3:17: 'nonsense' is no fault; it is reset, empty, truncate, malformed, stall or "
             "slow"),
            (play("{fault: 5}"), "3:17: " + A_FAULT),
            (play("{fault: [reset]}"), "3:17: " + A_FAULT),
            (play("{fault: {}}"), "3:17: " + A_FAULT),
            (play("{fault: {truncate: 1, slow: 1}}"), "3:17: " + A_FAULT),
            (play("{fault: {rset: 1}}"), "3:18: 'rset' is no fault; did you mean 'reset'?"),
            (play("{fault: {reset: 1}}"), "3:25: reset takes nothing; write fault: reset"),
            (play("{fault: {empty: null}}"), "3:18: empty takes nothing; write fault: empty"),
            (play("{fault: {truncate: 0}}"), "3:28: truncate" + BYTES),
            (play("{fault: {truncate: 1000000001}}"), "3:28: truncate" + BYTES),
            (play("{fault: {slow: 1.5}}"), "3:24: slow" + BYTES),
            (play("{fault: {slow: fast}}"), "3:24: slow" + BYTES),
            (play("{fault: {stall: 5}}"), "3:25: '5'" + NO_DURATION),
            (play("{fault: {stall: 2h}}"), "3:25: a stall is at most 1h"),
            (play("{fault: {stall: 0s}}"), "3:25: a stall must be longer than nothing"),
            (play("{fault: {malformed: boddy}}"),
             "3:29: 'boddy' is no way to be malformed; did you mean 'body'?"),
            (play("{fault: {malformed: head}}"),
             "3:29: 'head' is no way to be malformed; it is body or chunk"),
            (play("{fault: {malformed: 5}}"), "3:29: way to be malformed must be text"),
        ])

    def test_times_and_chance(self):
        self.assert_told([
            (play("{outcome: success, times: 0}"), "3:35: " + TIMES),
            (play("{outcome: success, times: ever}"), "3:35: " + TIMES),
            (play("{outcome: success, times: 1.5}"), "3:35: " + TIMES),
            (play('{outcome: success, times: "2"}'), "3:35: " + TIMES),
            (play("{outcome: success, chance: 0}"), "3:36: " + CHANCE),
            (play("{outcome: success, chance: 1.1}"), "3:36: " + CHANCE),
            (play("{outcome: success, chance: 50%}"), "3:36: " + CHANCE),
        ])

    def test_setup_tests(self):
        self.assert_told([
            (play("{outcome: success, setup_tests: FAILED}"),
             "3:41: setup_tests must be a map of titles to statuses"),
            (play("{outcome: success, setup_tests: {a: FAILD}}"),
             "3:45: 'FAILD' is no setup test status; did you mean 'FAILED'?"),
            (play("{outcome: success, setup_tests: {a: BROKEN}}"),
             "3:45: 'BROKEN' is no setup test status; it is PASSED, SKIPPED, WARNING, FAILED "
             "or JOB_FAILED"),
            (play("{outcome: success, setup_tests: {a: 5}}"),
             "3:45: setup test status must be text"),
            (play("{outcome: success, setup_tests: {a: {status: 5}}}"),
             "3:54: setup test status must be text"),
            (play("{outcome: success, setup_tests: {a: {message: b}}}"),
             "3:45: a scripted setup test needs a 'status'"),
            (play("{outcome: success, setup_tests: {a: {status: FAILED, message: 5}}}"),
             "3:71: message must be text"),
            (play("{outcome: success, setup_tests: {a: {stauts: FAILED, detail: b}}}"),
             "3:45: a scripted setup test needs a 'status'",
             "3:46: 'stauts' is no key of a setup test; did you mean 'status'?",
             "3:62: 'detail' is no key of a setup test; did you mean 'details'?"),
            (play("{outcome: conflict, setup_tests: {a: FAILED}}"),
             "3:29: setup_tests needs an outcome of success that happens"),
            (play("{outcome: success, effect: skip, setup_tests: {a: FAILED}}"),
             "3:42: setup_tests needs an outcome of success that happens"),
            (play("{status: 200, setup_tests: {a: FAILED}}"),
             "3:23: setup_tests needs an outcome of success that happens"),
        ])

    def test_limits(self):
        self.assert_told([
            (limit("5"), "2:5: a limit must be a map"),
            (limit("{}"), "2:5: a limit needs 'allow'", "2:5: a limit needs 'per'"),
            (limit("{allow: 5}"), "2:5: a limit needs 'per'"),
            (limit("{per: 1m}"), "2:5: a limit needs 'allow'"),
            (limit("{alow: 5, per: 1m}"),
             "2:5: a limit needs 'allow'",
             "2:6: 'alow' is no key of a limit; did you mean 'allow'?"),
            (limit("{allow: -1, per: 1m}"), "2:13: allow must be a number from 0 to 100000"),
            (limit("{allow: 100001, per: 1m}"), "2:13: allow must be a number from 0 to 100000"),
            (limit('{allow: "5", per: 0s}'),
             "2:13: allow must be a number from 0 to 100000",
             "2:23: per must be longer than nothing"),
            (limit("{allow: 5, per: 60}"), "2:21: '60'" + NO_DURATION),
            (limit("{allow: 5, per: 400d}"), "2:21: per is at most 366d"),
            (limit("{allow: 5, per: 1m, by: credentials}"),
             "2:29: 'credentials' is no way to count; did you mean 'credential'?"),
            (limit("{allow: 5, per: 1m, by: address}"),
             "2:29: 'address' is no way to count; it is credential or session"),
            (limit("{allow: 5, per: 1m, by: 5}"), "2:29: way to count must be text"),
            (limit("{allow: 5, per: 1m, variant: 5}"), "2:34: variant must be text"),
            (limit("{allow: 5, per: 1m, match: {vendor: acme}}"),
             "2:41: 'acme' is no vendor; it is airweave, fivetran or supermetrics"),
            (limit("{allow: 5, per: 1m, match: {operation: airweave.*, vendor: fivetran}}"),
             "2:32: this limit never matches: no operation fits all of its keys"),
        ])

    def test_lifecycles(self):
        self.assert_told([
            ("lifecycle: []\n", "1:12: lifecycle must be a map"),
            (lifecycle("{}"),),
            (lifecycle("5"), "2:22: a lifecycle must be a map"),
            ("lifecycle:\n  airweave.sync_jobs: {}\n",
             "2:3: 'airweave.sync_jobs' is no lifecycle; did you mean 'airweave.sync_job'?"),
            ("lifecycle:\n  paint: {}\n", "2:3: 'paint' is no lifecycle"),
            (lifecycle("{take: 1m}"),
             "2:23: 'take' is no key of a lifecycle; did you mean 'takes'?"),
            (lifecycle("{takes: 5}"), "2:30: '5'" + NO_DURATION),
            (lifecycle("{takes: 400d}"), "2:30: takes is at most 366d"),
            (lifecycle("{after_polls: 3, ends: failed}"),),
            (lifecycle("{after_polls: 0}"), "2:36: after_polls must be a number from 1 on"),
            (lifecycle("{after_polls: many}"), "2:36: after_polls must be a number from 1 on"),
            (lifecycle("{takes: 5s, after_polls: 3}"),
             "2:34: a lifecycle goes by time or by polls, not by both"),
            (lifecycle("{ends: fail}"),
             "2:29: 'fail' is no end of airweave.sync_job; did you mean 'failed'?"),
            (lifecycle("{ends: badly}"), "2:29: 'badly' is no end of airweave.sync_job"),
            ("lifecycle:\n  supermetrics.run: {ends: badly}\n",
             "2:28: 'badly' is no end of supermetrics.run; it is completed or failed"),
            (lifecycle("{ends: 5}"), "2:29: end of airweave.sync_job must be text"),
            (lifecycle("{error: 5}"), "2:30: error must be text"),
        ])

    def test_aliases_that_grow_and_values_that_nest(self):
        bomb = "".join(f"k{i}: &a{i} [" + ", ".join([f"*a{i - 1}" if i else "x"] * 10) + "]\n"
                       for i in range(6))
        nested = f"rules: {'[' * 200}{']' * 200}\n"
        self.assert_told([
            (bomb, "4:45: the aliases of this file repeat more than 10000 values"),
            (nested, "1:107: nested too deep"),
        ])

    def test_aliases_that_do_no_harm(self):
        self.assert_told([("rules:\n  - play:\n      - &p {outcome: conflict}\n      - *p\n",)])


class RulesSideBySideTest(LintTest):
    TAKEN = "stands before it and takes every request that it could"

    def test_a_rule_that_an_earlier_one_leaves_nothing(self):
        airweave = "match: {operation: airweave.create_source_connection}"
        self.assert_told([
            (rules("name: all", "name: more"), f"3:5: the rule 'more' never matches: the rule 'all' {self.TAKEN}"),
            (rules('match: {operation: "*.create_*"}', airweave),
             f"3:5: rule 2 never matches: rule 1 {self.TAKEN}"),
            (rules("match: {vendor: airweave}", airweave, "match: {vendor: fivetran}", airweave),
             f"3:5: rule 2 never matches: rule 1 {self.TAKEN}",
             f"5:5: rule 4 never matches: rule 1 {self.TAKEN}"),
            (rules("match: {query: {a: 1}}", "match: {query: {a: 1, b: 2}}"),
             f"3:5: rule 2 never matches: rule 1 {self.TAKEN}"),
            (rules("match: {path: /v1/connections}",
                   "match: {path: /v1/connections, headers: {A: b}}"),
             f"3:5: rule 2 never matches: rule 1 {self.TAKEN}"),
            (rules("when: {until: 10s}", "when: {after: 2s, until: 8s}"),
             f"3:5: rule 2 never matches: rule 1 {self.TAKEN}"),
            (rules("when: {after: 1s}", "when: {after: 1s}"),
             f"3:5: rule 2 never matches: rule 1 {self.TAKEN}"),
            (rules("match: {body: {a: {gt: 1}}}", "match: {vendor: fivetran, body: {a: {gt: 1}}}"),
             f"3:5: rule 2 never matches: rule 1 {self.TAKEN}"),
        ])

    def test_a_rule_that_an_earlier_one_leaves_something(self):
        self.assert_told([(rules(*pair),) for pair in [
            ("match: {vendor: airweave}", "match: {vendor: fivetran}"),
            ("match: {vendor: airweave}", "name: all"),
            ("match: {path: /v1/connections}", "match: {path: /source-connections}"),
            ("match: {path: /v1/connections}", "match: {method: POST}"),
            ('match: {path: "/v1/{a}"}', "match: {path: /v1/connections}"),
            ("match: {body: {a: 1}}", "match: {body: {a: 2}}"),
            ("match: {body: {a: 1, b: 1}}", "match: {body: {a: 1}}"),
            ("match: {body: {a: {gt: 1}}}", "match: {body: {a: {gte: 1}}}"),
            ("match: {query: {a: 1}}", "match: {headers: {a: 1}}"),
            ("match: {query: {a: 1}}", "match: {body: {a: 1}}"),
            ("when: {until: 10s}", "name: all"),
            ("when: {after: 10s}", "name: all"),
            ("when: {until: 10s}", "when: {after: 5s}"),
            ("when: {until: 10s}", "when: {until: 11s}"),
            ("when: {after: 10s, until: 20s}", "when: {after: 9s, until: 20s}"),
        ]])

    def test_a_head_may_come_where_there_is_a_get(self):
        fixtures = self.folder / "fixtures"
        self.write("fixtures/acme/v1.yaml", ACME)
        own = self.write("own.yaml", rules("match: {vendor: acme, method: HEAD}",
                                           "match: {vendor: acme, method: GET}"))
        result = run_mockduit("lint", "--fixtures", fixtures, own)
        self.assertEqual((result.returncode, result.stdout), (0, ""))

    def test_what_was_read_badly_is_not_taken_for_a_rule_that_meets_all(self):
        self.assert_told([
            (rules("match: {vendor: nobody}", "name: all"),
             "2:21: 'nobody' is no vendor; it is airweave, fivetran or supermetrics"),
            (rules("mach: {vendor: airweave}", "name: all"),
             "2:5: 'mach' is no key of a rule; did you mean 'match'?"),
        ])

    def test_an_outcome_must_be_documented_where_the_rule_can_meet_it(self):
        self.assert_told([
            (rules("{match: {vendor: fivetran}, play: [{outcome: not_acceptable}]}"),),
            (rules("{match: {vendor: airweave}, play: [{outcome: not_acceptable}]}"),
             "2:50: no operation that rule 1 can meet documents 'not_acceptable'"),
            (rules("{match: {vendor: airweave}, play: [{outcome: unavailable}]}"),),
            (rules("{match: {vendor: fivetran}, play: [{outcome: unavailable}]}"),
             "2:50: no operation that rule 1 can meet documents 'unavailable'"),
            (rules("{match: {operation: fivetran.create_connection}, "
                   "play: [{outcome: success, variant: latest}]}"),
             "2:89: 'latest' is no variant of success; it is legacy, newest or success"),
            (rules("{match: {vendor: airweave}, play: [{outcome: success, variant: latest}]}"),
             "2:68: 'latest' is no variant of success"),  # there are more than one can list
        ])

    def test_a_play_behind_one_that_is_played_forever(self):
        never = "this play is never reached: the one before is played forever"
        self.assert_told([
            (play("{status: 500, times: forever}\n      - {status: 501}"), f"4:9: {never}"),
            (play("{status: 500, times: forever, chance: 1}\n      - {status: 501}"),
             f"4:9: {never}"),
            (play("{status: 500, times: forever, chance: 0.9}\n      - {status: 501}"),),
            (play("{status: 500, times: 9}\n      - {status: 501, times: forever}"),),
        ])


MANY = """scenario: many
limits:
  - {allow: 5, by: address}
rules:
  - name: first
    match: {vendor: fivetrn, method: post}
    play:
      - {outcome: ratelimited, tims: 2}
      - {status: 700}
    then: never
descripton: Many mistakes.
"""
MANY_MISTAKES = [
    (3, 5, "a limit needs 'per'"),
    (3, 20, "'address' is no way to count; it is credential or session"),
    (6, 21, "'fivetrn' is no vendor; did you mean 'fivetran'?"),
    (6, 38, "'post' is no method; did you mean 'POST'?"),
    (8, 19, "'ratelimited' is no outcome; did you mean 'rate_limited'?"),
    (8, 32, "'tims' is no key of a play; did you mean 'times'?"),
    (9, 18, STATUS),
    (10, 11, "'never' is no way to go on; it is pass, repeat or hold"),
    (11, 1, "'descripton' is no key of a scenario; did you mean 'description'?"),
]
SOUND = """scenario: sound
rules:
  - match: {operation: "*.create_*"}
    play: [{outcome: rate_limited, retry_after: 7s}]
"""
ACME = """openapi: 3.1.0
info: {title: Acme API, version: v1}
x-mockduit:
  vendor: acme
  edition: v1
  default: true
paths:
  /widgets:
    get:
      operationId: list_widgets
      responses:
        "200":
          description: All.
          x-mockduit: {outcome: success, inferred: a test's own}
          content: {application/json: {examples: {success: {value: {items: []}}}}}
"""


class CommandTest(LintTest):
    def assert_ends(self, result, code, stdout, stderr):
        self.assertEqual((result.returncode, result.stdout, result.stderr), (code, stdout, stderr))

    def test_the_line_and_a_caret_below_each_mistake(self):
        path = self.write("a.yaml", "rules:\n\t- play: []\n")
        self.assert_ends(run_mockduit("lint", path), 1,
                         f"{path}:2:1: a tab cannot indent YAML; use spaces\n"
                         "\t- play: []\n"
                         "^\n", "1 file, 1 mistake\n")

    def test_a_sound_file(self):
        path = self.write("sound.yaml", SOUND)
        self.assert_ends(run_mockduit("lint", path), 0, "", "1 file, 0 mistakes\n")

    def test_several_mistakes_in_the_order_of_the_file(self):
        path = self.write("many.yaml", MANY)
        lines = "".join(f"{path}:{line}:{column}: {message}\n"
                        f"{MANY.splitlines()[line - 1]}\n{' ' * (column - 1)}^\n"
                        for line, column, message in MANY_MISTAKES)
        self.assert_ends(run_mockduit("lint", path), 1, lines, "1 file, 9 mistakes\n")

    def test_several_files_and_directories(self):
        one = self.write("one.yaml", "rule: []\n")
        below = self.write("two/deep/below.yaml", "limit: []\n")
        self.write("two/sound.yaml", SOUND)
        self.write("two/notes.txt", "no scenario at all: [\n")
        self.assert_ends(
            run_mockduit("lint", one, self.folder / "two"), 1,
            f"{one}:1:1: 'rule' is no key of a scenario; did you mean 'rules'?\n"
            "rule: []\n^\n"
            f"{below}:1:1: 'limit' is no key of a scenario; did you mean 'limits'?\n"
            "limit: []\n^\n",
            "3 files, 2 mistakes\n")

    def test_json(self):
        path = self.write("many.yaml", MANY)
        sound = self.write("sound.yaml", SOUND)
        result = run_mockduit("lint", "--format", "json", path, sound)
        self.assertEqual((result.returncode, result.stderr), (1, ""))
        self.assertEqual(json.loads(result.stdout), {
            "files": 2,
            "problems": [{"file": str(path), "line": line, "column": column, "message": message,
                          "excerpt": MANY.splitlines()[line - 1], "caret": " " * (column - 1) + "^"}
                         for line, column, message in MANY_MISTAKES],
            "notes": [],
            "not_read": [],
        })
        result = run_mockduit("lint", "--format=json", sound)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(json.loads(result.stdout), {"files": 1, "problems": [], "notes": [], "not_read": []})

    def test_two_files_with_one_scenario(self):
        one = self.write("one.yaml", SOUND)
        two = self.write("two.yaml", "description: Mine.\n" + SOUND)
        told = (f"{two}: the scenario 'sound' stands in {one}, too; "
                "the later file would hide the other\n")
        self.assert_ends(run_mockduit("lint", self.folder), 1, told, "2 files, 1 mistake\n")

    def test_without_a_name_the_file_gives_it(self):
        self.write("mine.yaml", "rules: []\n")
        bad = self.write("My Own.yaml", "rules: []\n")
        self.assert_ends(run_mockduit("lint", self.folder), 1, f"{bad}:1:1: 'My Own'{NO_NAME}\nrules: []\n^\n",
                         "2 files, 1 mistake\n")

    def test_what_cannot_be_read(self):
        empty = self.folder / "empty"
        empty.mkdir()
        fixtures = self.write("fixtures/acme/v1.yaml", "openapi: [\n").parent.parent
        sound = self.write("sound.yaml", SOUND)
        for arguments, line in [
            (["/no/such.yaml"], "cannot read /no/such.yaml: No such file or directory"),
            ([sound, "/no/such"], "cannot read /no/such: No such file or directory"),
            ([empty], f"there is no .yaml, .yml or .json file in {empty}"),
            ([], "PATH is missing: name files, or directories of files"),
            (["--format", "xml", sound], "--format: 'xml' is not text or json"),
            (["--fixtures", "/no/such", sound],
             "--fixtures: cannot read /no/such: No such file or directory"),
            (["--fixtures", fixtures, sound],
             f"{fixtures}/acme/v1.yaml:1:10: the list in [ ] is never closed; a ']' is missing\n"
             "openapi: [\n"
             "         ^"),
        ]:
            with self.subTest(arguments=arguments):
                self.assert_ends(run_mockduit("lint", *arguments), 2, "", f"mockduit: {line}\n")

    def test_the_built_in_scenarios_are_sound(self):
        result = run_mockduit("lint", SCENARIOS)
        self.assertEqual((result.returncode, result.stdout), (0, ""), result)

    def test_operations_of_ones_own_contract(self):
        self.write("fixtures/acme/v1.yaml", ACME)
        own = self.write("own.yaml", match("{operation: acme.list_widgets}"))
        result = run_mockduit("lint", "--fixtures", self.folder / "fixtures", own)
        self.assert_ends(result, 0, "", "1 file, 0 mistakes\n")
        self.assert_ends(run_mockduit("lint", own), 1,
                         f"{own}:2:24: no operation is called 'acme.list_widgets'\n"
                         "  - match: {operation: acme.list_widgets}\n"
                         f"{' ' * 23}^\n",
                         "1 file, 1 mistake\n")


class FilesTest(LintTest):
    """Which files lint looks at, and what it takes them for."""

    def assert_lint(self, arguments, code, stdout, stderr):
        result = run_mockduit("lint", *arguments)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (code, stdout, stderr))

    def test_a_contract(self):
        contract = self.write("acme/v1.yaml", ACME)
        self.assert_lint([contract], 0, "", "1 file, 0 mistakes\n")
        self.assert_lint([self.folder], 0, "", "1 file, 0 mistakes\n")

    def test_a_contract_is_read_with_the_files_beside_it(self):
        contract = self.write("acme/v1.yaml", ACME)
        keys = self.write("acme/keys.yaml", "accepted: [\n")
        told = (f"{keys}:1:11: the list in [ ] is never closed; a ']' is missing\n"
                "accepted: [\n          ^\n")
        for paths in [contract], [keys], [self.folder]:
            with self.subTest(paths=paths):
                self.assert_lint(paths, 1, told, "2 files, 1 mistake\n")

    def test_a_path_may_name_the_vendor(self):
        path = self.write("odd.yaml", "openapi: 3.1.0\ninfo: {title: '!', version: '1'}\npaths: {/a: {get: {responses: "
                                      "{'200': {description: ok}}}}}\n")
        unnamed = run_mockduit("lint", path)
        self.assertIn(f"write it as NAME={path}", unnamed.stdout)
        named = run_mockduit("lint", f"odd={path}")
        self.assertEqual((named.returncode, named.stdout, named.stderr),
                         (0, "", "1 file, 0 mistakes\n"))

    def test_a_broken_file_is_told_without_its_folder(self):
        self.write("other.yaml", "openapi: 3.1.0\nx-mockduit: {vendor: 5}\npaths: {}\n")
        path = self.write("broken.json", "{")
        result = run_mockduit("lint", path)
        self.assertNotIn("other.yaml", result.stdout)
        self.assertIn("1 file, 1 mistake", result.stderr)

    def test_scenarios_beside_contracts_are_checked_by_them(self):
        self.write("acme/v1.yaml", ACME)
        self.write("good.yaml", match("{operation: acme.list_widgets}"))
        bad = self.write("acme/bad.yaml", match("{operation: acme.list_widgts}"))
        self.assert_lint([self.folder], 1,
                         f"{bad}:2:24: no operation is called 'acme.list_widgts'; did you mean "
                         "'acme.list_widgets'?\n"
                         "  - match: {operation: acme.list_widgts}\n"
                         f"{' ' * 23}^\n", "3 files, 1 mistake\n")

    def test_scenarios_wait_until_their_contracts_are_right(self):
        contract = self.write("acme/v1.yaml", ACME.replace("vendor: acme", "vendor: acne"))
        self.write("mine.yaml", match("{operation: acme.list_widgets}"))
        self.assert_lint([self.folder], 1,
                         f"{contract}:4:11: the contract says 'acne' but stands in the folder "
                         "'acme'\n"
                         "  vendor: acne\n"
                         "          ^\n",
                         "the scenarios are not checked before the contracts are right\n"
                         "2 files, 1 mistake\n")

    def test_the_built_in_contracts_are_sound(self):
        result = run_mockduit("lint", TREE / "fixtures", SCENARIOS)
        self.assertEqual((result.returncode, result.stdout), (0, ""), result)

    def test_the_three_endings(self):
        self.write("a.yml", "rules: []\n")
        self.write("b.yaml", "rules: []\n")
        path = self.write("c.json", '{\n  "rules": [\n    {"mach": {}}\n  ]\n}\n')
        self.assert_lint([self.folder], 1,
                         f"{path}:3:6: 'mach' is no key of a rule; did you mean 'match'?\n"
                         '    {"mach": {}}\n'
                         "     ^\n", "3 files, 1 mistake\n")

    def test_what_looks_like_a_document_and_is_not_read(self):
        self.write("a.yaml", "rules: []\n")
        upper = self.write("b.YAML", "rules: []\n")
        backup = self.write("c.yaml~", "rules: []\n")
        told = "not read: only what ends in .yaml, .yml or .json is"
        self.assert_lint([self.folder], 0, "",
                         f"{upper}: {told}\n{backup}: {told}\n1 file, 0 mistakes\n")
        result = run_mockduit("lint", "--format", "json", self.folder)
        self.assertEqual(json.loads(result.stdout)["not_read"], [str(upper), str(backup)])

    def test_two_files_that_differ_in_their_ending(self):
        one = self.write("a.json", "{}")
        two = self.write("a.yaml", "scenario: b\n")
        self.assert_lint([self.folder], 1,
                         f"{two}: this stands beside {one}; two files need two names\n",
                         "2 files, 1 mistake\n")

    def test_a_config_map_as_kubernetes_mounts_it(self):
        self.write("..2026_01/mine.yaml", "scenario: mine\nrules: []\n")
        (self.folder / "..data").symlink_to("..2026_01")
        (self.folder / "mine.yaml").symlink_to("..data/mine.yaml")
        self.assert_lint([self.folder], 0, "", "1 file, 0 mistakes\n")

    def test_bytes_that_are_no_utf_8(self):
        path = self.folder / "a.yaml"
        path.write_bytes(b"scenario: a\ndescription: caf\xe9\n")
        self.assert_lint([path], 1,
                         f"{path}:2:17: the byte 0xE9 is no UTF-8; save the file as UTF-8\n"
                         "description: caf\ufffd\n"
                         f"{' ' * 16}^\n", "1 file, 1 mistake\n")


class ServerTest(LintTest):
    def test_files_by_every_ending_are_served_and_look_alikes_told(self):
        self.write("one.yml", SOUND.replace("sound", "one"))
        self.write("two.json", '{"rules": [{"play": [{"outcome": "rate_limited"}]}]}')
        upper = self.write("three.YAML", SOUND.replace("sound", "three"))
        with Emulator("--scenarios", self.folder) as emulator:
            emulator.wait_for_log(f"{upper}: not read: only what ends in .yaml, .yml or .json is")
            for name, status in ("one", 429), ("two", 429), ("three", 400):
                self.assertEqual(create_on_supermetrics(emulator, f"/~{name}").status, status)

    def test_a_broken_file_does_not_keep_the_others_from_being_served(self):
        self.write("sound.yaml", SOUND)
        broken = self.write("many.yaml", MANY)
        with Emulator("--scenarios", self.folder) as emulator:
            emulator.wait_for_log(MANY_MISTAKES[-1][2])
            for line, column, message in MANY_MISTAKES:
                self.assertIn(f"{broken}:{line}:{column}: {message}", emulator.log())
            throttled = create_on_supermetrics(emulator, "/~sound")
            self.assertEqual((throttled.status, throttled.headers["Retry-After"]), (429, "7"))
            self.assertEqual(create_on_supermetrics(emulator, "/~many").status, 400)

    def test_strict_and_a_broken_file_end_the_start(self):
        self.write("sound.yaml", SOUND)
        broken = self.write("many.yaml", MANY)
        result = run_mockduit("serve", "--port", 0, "--scenarios", self.folder, "--strict")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        for line, column, message in MANY_MISTAKES:
            self.assertIn(f"{broken}:{line}:{column}: {message}", result.stderr)

    def test_parts_that_no_operation_of_a_match_has(self):
        path = self.write("parts.yaml", "\n".join([
            "lifecycle:",
            "  fivetran.sync: {ends: succeeded, error: x}",
            "rules:",
            "- match: {operation: fivetran.create_connection, body: {grup_id: x}}",
            "  play:",
            '  - {outcome: success, patch: {a: "{{request.body.grup_id}}"}}',
            "- match: {operation: airweave.list_collections, query: {lmit: 1}}", ""]))
        result = run_mockduit("lint", path)
        for place, message in [
            ("2:36", "the end 'succeeded' of fivetran.sync tells of no error, so nothing would "
                     "show it"),
            ("4:57", "no operation of this match has 'grup_id' in its body; did you mean "
                     "'group_id'?"),
            ("6:38", "'request.body.grup_id' is not known in a play; did you mean "
                     "'request.body.group_id'?"),
            ("7:57", "no operation of this match has the query parameter 'lmit'; did you mean "
                     "'limit'?"),
        ]:
            self.assertIn(f"{path}:{place}: {message}\n", result.stdout)

    def test_a_behaviour_that_cannot_be_made_is_told_as_serve_tells_it(self):
        acme = pathlib.Path(self.folder, "acme")
        shutil.copytree(TREE / "examples" / "fixtures" / "acme", acme)
        contract = acme / "v1.yaml"
        contract.write_text(contract.read_text().replace(
            "x-mockduit: {effect: {get: box, absent: not_found}}",
            "x-mockduit: {behaviour: fivetran.create_connection}"))
        mistake = f"{contract}:86:31: the behaviour 'fivetran.create_connection': "
        linted = run_mockduit("lint", acme)
        self.assertEqual(linted.returncode, 1)
        self.assertIn(mistake, linted.stdout)
        served = run_mockduit("serve", "--port", 0, "--fixtures", self.folder)
        self.assertEqual(served.returncode, 2)
        self.assertIn(mistake, served.stderr)


if __name__ == "__main__":
    unittest.main()
