// docs/scenario.schema.json by a second implementation: what it takes, `mockduit lint` takes; what
// it refuses, lint refuses too.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import Ajv from "ajv";
import { parse } from "yaml";

import { binary } from "./emulator.mjs";

const tree = fileURLToPath(new URL("../..", import.meta.url));
const read = (path) => readFileSync(join(tree, path), "utf8");
const schema = JSON.parse(read("docs/scenario.schema.json"));
const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(
  schema,
);

const folder = mkdtempSync(join(tmpdir(), "mockduit-schema-"));
after(() => rmSync(folder, { recursive: true }));

// The places in which the schema finds mistakes.
const refusals = (text) => {
  validate(parse(text));
  return (validate.errors ?? []).map((error) => error.instancePath);
};

const lint = (text) => {
  const file = join(folder, "scenario.yaml");
  writeFileSync(file, text);
  const { status, stdout } = spawnSync(binary, ["lint", file], { encoding: "utf8" });
  return { status, told: stdout.replaceAll(file, "FILE") };
};

const inPlay = (play) => `rules:\n  - play:\n      - ${play}\n`;
const inMatch = (match) => `rules:\n  - match: ${match}\n`;
const inRule = (rule) => `rules:\n  - ${rule}\n`;
const inLifecycle = (course) => `lifecycle:\n  airweave.sync_job: ${course}\n`;
const inLimit = (limit) => `limits:\n  - ${limit}\n`;

describe("what is sound", () => {
  for (const name of readdirSync(join(tree, "scenarios"))) {
    it(`scenarios/${name}`, () => assert.deepEqual(refusals(read(`scenarios/${name}`)), []));
  }
  const document = read("docs/scenarios.md");
  for (const [, text] of document.matchAll(/^```yaml\n([^]*?)^```$/gm)) {
    it(`docs/scenarios.md: ${text.split("\n")[0]}`, () => assert.deepEqual(refusals(text), []));
  }
  // The ends of ranges, and the ways of writing that the examples have no room for.
  for (const text of [
    "{}",
    `scenario: ${"a".repeat(64)}`,
    "rules: []",
    inRule("name: all pass"),
    inRule("when: {after: 366d}"),
    inRule("when: {until: 1m30.5s}"),
    inMatch("{query: {a: [1, 2], b: true, c: null, d: {gt: '5'}, e: {lte: -1.5e3}}}"),
    inMatch('{method: POST, path: "/{a}/{b}"}'),
    inPlay("{status: 200}"),
    inPlay("{status: 599, body: null}"),
    inPlay("{status: 200, body: [1, {a: b}], headers: {A: 5, B: null, C: true}}"),
    inPlay("{fault: malformed, times: 1, chance: 1}"),
    inPlay("{fault: {malformed: body}, effect: skip, variant: newest, patch: {a: b}}"),
    inPlay("{fault: {truncate: 1}, delay: 0s}"),
    inPlay("{outcome: not_found, transient: true, times: 2}"),
    inPlay("{fault: {slow: 1000000000}, delay: 1h}"),
    inPlay("{fault: {stall: 1us}, chance: 0.001}"),
    inPlay("{delay: {min: 0s, max: 1h}}"),
    inPlay("{delay: 1s, setup_tests: {}}"),
    inLimit("{allow: 0, per: 1us}"),
    inLifecycle("{takes: 0s, ends: cancelled}"),
    inLifecycle("{after_polls: 1, ends: failed, error: x}"),
    "pages: 1",
    inMatch("{headers: {a: {gt: 1, lt: 5}, b: {not: null}, c: {not: {matches: x, not: y}}}}"),
    inMatch('{path: "/v1/connectors/**"}'),
    inLimit("{allow: 100000, per: 366d, by: credential, match: {}, variant: rate_limited}"),
  ]) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(refusals(text), []);
      assert.deepEqual(lint(text), { status: 0, told: "" });
    });
  }
});

// Where the schema refuses what: its own place for the mistake may be that of the map around it.
describe("what is broken", () => {
  const broken = {
    "a list": "[]",
    "a word": "hello",
    "an unknown key": "rule: []",
    "a name with blanks": "scenario: My Scenario",
    "a name that is too long": `scenario: ${"a".repeat(65)}`,
    "a name that is a number": "scenario: 5",
    "a description that is a number": "description: 5",
    "rules that are a map": "rules: {}",
    "rules without anything": "rules:",
    "a rule that is a word": inRule("hello"),
    "an unknown key of a rule": inRule("mach: {}"),
    "a rule's name that is a number": inRule("name: 5"),
    "an unknown then": inRule("then: loop"),
    "a when that is a word": inRule("when: 5s"),
    "an unknown key of when": inRule("when: {aftr: 5s}"),
    "a duration that is a number": inRule("when: {after: 5}"),
    "a duration with an unknown unit": inRule("when: {until: 5 seconds}"),
    "a negative duration": inRule("when: {until: -5s}"),
    "a match that is a word": inMatch("fivetran"),
    "an unknown key of match": inMatch("{operations: '*'}"),
    "an operation that is a number": inMatch("{operation: 5}"),
    "a list of operations with a number": inMatch("{operation: ['*', 5]}"),
    "an empty list of operations": inMatch("{operation: []}"),
    "a vendor that is a number": inMatch("{vendor: 5}"),
    "a method in small letters": inMatch("{method: post}"),
    "a path without a slash": inMatch("{path: v1/connections}"),
    "a query that is a list": inMatch("{query: [a]}"),
    "headers that are a word": inMatch("{headers: a}"),
    "a body that is a word": inMatch("{body: a}"),
    "an unknown matcher": inMatch("{body: {a: {equals: 5}}}"),
    "an empty matcher": inMatch("{query: {a: {}}}"),
    "two matchers of which one is broken": inMatch("{headers: {a: {gt: 1, lt: five}}}"),
    "a not that is broken": inMatch("{query: {a: {not: {one_of: x}}}}"),
    "an empty not": inMatch("{query: {a: {not: {}}}}"),
    "a matches that is a number": inMatch("{body: {a: {matches: 5}}}"),
    "a one_of that is a word": inMatch("{body: {a: {one_of: x}}}"),
    "an absent that is a word": inMatch("{body: {a: {absent: maybe}}}"),
    "a gt that is a word": inMatch("{body: {a: {gt: five}}}"),
    "a gte that is a list": inMatch("{body: {a: {gte: [5]}}}"),
    "an lt that is nothing": inMatch("{body: {a: {lt: null}}}"),
    "an lte that is true": inMatch("{body: {a: {lte: true}}}"),
    "plays that are a map": inRule("play: {outcome: success}"),
    "a play that is a word": inPlay("success"),
    "an empty play": inPlay("{}"),
    "a play that answers nothing": inPlay("{times: 2}"),
    "an unknown key of a play": inPlay("{otcome: success}"),
    "an unknown outcome": inPlay("{outcome: ratelimited}"),
    "an outcome that is a status": inPlay("{outcome: 429}"),
    "a variant that is a number": inPlay("{outcome: success, variant: 5}"),
    "a variant without an outcome": inPlay("{status: 500, variant: x}"),
    "a status below 200": inPlay("{status: 199}"),
    "a status above 599": inPlay("{status: 600}"),
    "a status that is a text": inPlay('{status: "500"}'),
    "a patch that is a list": inPlay("{outcome: success, patch: [1]}"),
    "a patch without an outcome": inPlay("{status: 500, patch: {a: 1}}"),
    "a patch beside a body": inPlay("{outcome: success, body: {}, patch: {a: 1}}"),
    "headers of a play that are a list": inPlay("{outcome: success, headers: [a]}"),
    "a header with a blank in its name": inPlay("{outcome: success, headers: {A B: c}}"),
    "a header of the server's": inPlay("{status: 500, headers: {content-length: 5}}"),
    "a header of Mockduit's": inPlay("{status: 500, headers: {X-MockDuit-Source: me}}"),
    "a header of two lines": inPlay('{outcome: success, headers: {A: "b\\nc"}}'),
    "a retry_after that is a number": inPlay("{outcome: success, retry_after: 2}"),
    "an empty retry_after": inPlay("{outcome: success, retry_after: {}}"),
    "an unknown key of retry_after": inPlay("{outcome: success, retry_after: {dat: 2s}}"),
    "a date that is none": inPlay("{outcome: success, retry_after: {date: soon}}"),
    "an unknown effect": inPlay("{outcome: success, effect: aply}"),
    "a transient that is a word": inPlay("{outcome: not_found, transient: maybe}"),
    "a delay that is a number": inPlay("{delay: 5}"),
    "an empty delay": inPlay("{delay: {}}"),
    "half a delay": inPlay("{delay: {min: 1s}}"),
    "a mixed delay": inPlay("{delay: {min: 1s, p99: 2s}}"),
    "a delay of all four": inPlay("{delay: {min: 1s, max: 2s, median: 1s, p99: 2s}}"),
    "an unknown key of a delay": inPlay("{delay: {mean: 1s, p99: 2s}}"),
    "an unknown fault": inPlay("{fault: rest}"),
    "an unknown fault with a parameter": inPlay("{fault: {rest: 5}}"),
    "a reset with a parameter": inPlay("{fault: {reset: 5}}"),
    "two faults": inPlay("{fault: {truncate: 5, slow: 5}}"),
    "no fault": inPlay("{fault: {}}"),
    "a truncate to nothing": inPlay("{fault: {truncate: 0}}"),
    "a slow that is too fast": inPlay("{fault: {slow: 1000000001}}"),
    "an unknown way to be malformed": inPlay("{fault: {malformed: head}}"),
    "a stall of no length": inPlay("{fault: {stall: 0.0s}}"),
    "a stall that is a number": inPlay("{fault: {stall: 5}}"),
    "no times": inPlay("{outcome: success, times: 0}"),
    "times that are a word": inPlay("{outcome: success, times: ever}"),
    "times and a half": inPlay("{outcome: success, times: 1.5}"),
    "no chance": inPlay("{outcome: success, chance: 0}"),
    "too much of a chance": inPlay("{outcome: success, chance: 1.1}"),
    "a chance in per cent": inPlay("{outcome: success, chance: 50%}"),
    "setup tests that are a word": inPlay("{outcome: success, setup_tests: FAILED}"),
    "an unknown status of a setup test": inPlay("{outcome: success, setup_tests: {a: FAILD}}"),
    "a setup test without a status": inPlay("{outcome: success, setup_tests: {a: {message: b}}}"),
    "a setup test's message that is a number": inPlay(
      "{outcome: success, setup_tests: {a: {status: FAILED, message: 5}}}",
    ),
    "an unknown key of a setup test": inPlay(
      "{outcome: success, setup_tests: {a: {status: FAILED, detail: 5}}}",
    ),
    "setup tests of a failure": inPlay("{outcome: conflict, setup_tests: {a: FAILED}}"),
    "setup tests of what does not happen": inPlay(
      "{outcome: success, effect: skip, setup_tests: {a: FAILED}}",
    ),
    "setup tests of a status": inPlay("{status: 201, setup_tests: {a: FAILED}}"),
    "pages of nothing": "pages: 0",
    "pages that are a word": "pages: many",
    "limits that are a map": "limits: {allow: 5, per: 1m}",
    "a limit that is a number": inLimit("5"),
    "a limit without allow": inLimit("{per: 1m}"),
    "a limit without per": inLimit("{allow: 5}"),
    "a negative limit": inLimit("{allow: -1, per: 1m}"),
    "a limit that is too high": inLimit("{allow: 100001, per: 1m}"),
    "a per of nothing": inLimit("{allow: 5, per: 0m0s}"),
    "a limit that is a text": inLimit('{allow: "5", per: 1m}'),
    "a per that is a number": inLimit("{allow: 5, per: 60}"),
    "an unknown way to count": inLimit("{allow: 5, per: 1m, by: ip}"),
    "a limit's variant that is a number": inLimit("{allow: 5, per: 1m, variant: 5}"),
    "an unknown key of a limit": inLimit("{allow: 5, per: 1m, burst: 5}"),
    "a lifecycle that is a list": "lifecycle: []",
    "a course that is a word": inLifecycle("failed"),
    "an unknown key of a course": inLifecycle("{take: 1m}"),
    "a course that takes a number": inLifecycle("{takes: 5}"),
    "a course of no polls": inLifecycle("{after_polls: 0}"),
    "a course of polls in words": inLifecycle("{after_polls: three}"),
    "a course of time and polls": inLifecycle("{takes: 5s, after_polls: 3}"),
    "a course's end that is a number": inLifecycle("{ends: 5}"),
    "a course's error that is a number": inLifecycle("{error: 5}"),
  };
  for (const [what, text] of Object.entries(broken)) {
    it(what, () => {
      assert.notDeepEqual(refusals(text), [], "the schema takes it");
      const { status, told } = lint(text);
      assert.equal(status, 1, "lint takes it");
      assert.match(told, /^FILE:\d+:\d+: /);
    });
  }
});

describe("the words of the schema", () => {
  // An outcome that no operation documents is a mistake of its own.
  const { outcome, effect, fault } = schema.definitions.play.properties;
  for (const [key, words] of [
    ["outcome", outcome.enum],
    ["effect", effect.enum],
    ["fault", fault.anyOf[0].enum],
  ]) {
    it(`are ${key}s of the reader`, () => {
      for (const word of words) {
        assert.doesNotMatch(lint(inPlay(`{${key}: ${word}}`)).told, / is no /);
      }
    });
  }

  // Every key that a table of the reader has, {"key", …}, but for what stands in no file.
  it("are all keys of the reader", () => {
    const known = new Set();
    const gather = (part) => {
      if (part === null || typeof part !== "object") return;
      Object.keys(part.properties ?? {}).forEach((key) => known.add(key));
      Object.values(part).forEach(gather);
    };
    gather(schema);
    const sources = ["scenario.cc", "match.cc", "play.cc"];
    const tables = sources.map((file) => read(`src/scenario/read/${file}`)).join("");
    const keys = [...tables.matchAll(/\{"([a-z0-9_]+)",\s*[&[]/g)].map(([, key]) => key);
    assert.ok(keys.length > 30, `only ${keys.length} keys`);
    assert.deepEqual(keys.filter((key) => !known.has(key)), []);
  });

  it("each have something to say", () => {
    const mute = [];
    const look = (part, place) => {
      if (part === null || typeof part !== "object") return;
      for (const [key, value] of Object.entries(part.properties ?? {})) {
        const target = value.$ref ? schema.definitions[value.$ref.split("/")[2]] : value;
        if (!target.description && !target.const) mute.push(`${place}/${key}`);
      }
      Object.entries(part).forEach(([key, value]) => look(value, `${place}/${key}`));
    };
    look(schema, "");
    assert.deepEqual(mute, []);
  });
});
