// docs/known.schema.json by a second implementation: what it takes, `mockduit lint` takes; what it
// refuses, lint refuses too.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import Ajv from "ajv";
import { parse } from "yaml";

import { binary } from "./emulator.mjs";

const tree = fileURLToPath(new URL("../..", import.meta.url));
const read = (path) => readFileSync(join(tree, path), "utf8");
const schema = JSON.parse(read("docs/known.schema.json"));
const validate = new Ajv({ allErrors: true, strictRequired: false }).compile(schema);

const folder = mkdtempSync(join(tmpdir(), "mockduit-known-"));
after(() => rmSync(folder, { recursive: true }));

const lint = (text) => {
  const file = join(folder, "known.yaml");
  writeFileSync(file, text);
  return spawnSync(binary, ["lint", file]).status;
};

const entry = (more) => `known:\n  - {check: recovers, reason: ticket 7${more}}\n`;

describe("what is sound", () => {
  for (const text of [
    read("examples/known.yaml"),
    "known: []",
    entry(""),
    entry(", session: '*', scenario: 'throttled-*', until: 2026-12-31"),
    entry(", test: my-test"),
  ]) {
    it(text, () => {
      assert.ok(validate(parse(text)), JSON.stringify(validate.errors));
      assert.equal(lint(text), 0);
    });
  }
});

describe("what is not", () => {
  for (const text of [
    "known: recovers",
    "known: [recovers]",
    "known: []\nmore: 1",
    "known: [{check: recovers}]",
    "known: [{reason: ticket 7}]",
    entry(", resaon: x"),
    entry(", session: ''"),
    entry(", session: 7"),
    entry(", session: a, test: b"),
    entry(", until: 2026-12-31T10:00:00Z"),
    entry(", until: 31.12.2026"),
    entry(", until: 2026-13-01"),
  ]) {
    it(text, () => {
      assert.ok(!validate(parse(text)));
      assert.equal(lint(text), 1);
    });
  }
});
