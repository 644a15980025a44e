// docs/contract.schema.json by a second implementation: every contract that the server takes, and
// every part of one, is good by it, and the mistakes that an editor can see are not.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const tree = fileURLToPath(new URL("../..", import.meta.url));
const read = (path) => readFileSync(join(tree, path), "utf8");
const ajv = new Ajv({ allErrors: true, strict: false });
const validate = ajv.compile(JSON.parse(read("docs/contract.schema.json")));

const contracts = ["fixtures", "examples/fixtures"].flatMap((folder) =>
  readdirSync(join(tree, folder)).flatMap((vendor) =>
    readdirSync(join(tree, folder, vendor)).map((name) => join(folder, vendor, name)),
  ),
);

const refusals = (text) => {
  validate(parse(text, { maxAliasCount: -1 }));
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
};

describe("the schema of contracts", () => {
  for (const path of contracts) {
    const text = read(path);
    if (!/^x-mockduit:/m.test(text)) continue;
    it(`takes ${path}`, () => assert.deepEqual(refusals(text), []));
  }

  const acme = read("examples/fixtures/acme/v1.yaml");
  for (const [old, fresh] of [
    ["newest_first: true", "newest_first: yes"],
    ["newest_first: true", "newest_frist: true"],
    ["default: 10", "default: ten"],
    ["takes: 10s", "takes: soon"],
    ["scheme: bearer", "scheme: baerer"],
    ["outcome: conflict, source", "outcome: conflcit, source"],
    ["bad_query: bad_request", "bad_qeury: bad_request"],
    ["- {emit: box.painted", "- {emmit: box.painted"],
    ["base_path: /v1", "base_path: v1/"],
  ]) {
    it(`refuses ${fresh}`, () => {
      assert.ok(acme.includes(old), old);
      assert.notDeepEqual(refusals(acme.replace(old, fresh)), []);
    });
  }
});
