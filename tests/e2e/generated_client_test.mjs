// A client that is generated from Fivetran's published document, by npm's openapi-typescript and
// openapi-fetch, as a user would do it. generated_client.ts is what the user writes; here its types
// are made from the document in MOCKDUIT_SPECS, it is checked against them, and run.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

import { startEmulator } from "./emulator.mjs";

const published = join(process.env.MOCKDUIT_SPECS ?? "", "fivetran-openapi.json");
const skip = !process.env.MOCKDUIT_SPECS
  ? "MOCKDUIT_SPECS names no directory that has the published documents"
  : !existsSync(published) && "MOCKDUIT_SPECS has no fivetran-openapi.json";
const source = fileURLToPath(new URL("generated_client.ts", import.meta.url));
// Where it finds openapi-fetch, and git does not look.
const compiled = fileURLToPath(new URL("node_modules/.generated_client.mjs", import.meta.url));

// The generator ends at an object whose values are texts, and makes texts of the values of an
// integer: published_faults.yaml has both faults.
function mend(node) {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node.enum) && node.type === "object") node.type = "string";
  if (Array.isArray(node.enum) && node.type === "integer") node.enum = node.enum.map(Number);
  Object.values(node).forEach(mend);
}

async function typesOf(file) {
  const document = JSON.parse(readFileSync(file, "utf8"));
  mend(document);
  return astToString(await openapiTS(document, { silent: true }));
}

// What the compiler has against the program, with these types.
function objections(types) {
  const program = ts.createProgram([source], {
    strict: true,
    noEmit: true,
    noUnusedLocals: true,
    skipLibCheck: true,
    types: [],
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { "published-fivetran": [types] },
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map((one) => ts.flattenDiagnosticMessageText(one.messageText, "\n"));
}

describe("a client that is generated from Fivetran's published document", { skip }, () => {
  let emulator;
  let client;
  let folder;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "mockduit-client-"));
    emulator = await startEmulator("--seed", "7", "--clock", "2026-01-15T10:00:00Z");
    const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
    const { outputText } = ts.transpileModule(readFileSync(source, "utf8"), {
      compilerOptions: options,
    });
    writeFileSync(compiled, outputText);
    const { connect } = await import(compiled);
    client = connect(emulator.url, "my-key", "my-secret");
  });
  after(() => {
    rmSync(folder, { recursive: true });
    rmSync(compiled);
  });

  const pass = async (by) => {
    const body = JSON.stringify({ by });
    await fetch(`${emulator.url}/__admin/clock/advance`, { method: "POST", body });
  };

  it("has types that the program is sound by", async () => {
    const types = join(folder, "published-fivetran.d.ts");
    writeFileSync(types, await typesOf(published));
    assert.deepEqual(objections(types), []);
  });

  it("creates, lists, modifies, tests, syncs and deletes", async () => {
    const group = await client.createGroup("My Group");
    const made = [];
    for (const schema of ["one", "two", "three", "four", "five"]) {
      made.push(await client.create(group.id, schema));
    }
    const ids = made.map(({ id }) => id);
    assert.equal(new Set(ids).size, 5);
    assert.equal(made[0].group_id, group.id);
    assert.equal(made[0].schema, "one");
    assert.equal(made[0].succeeded_at, null);

    const pages = await client.pages(group.id, 2);
    assert.deepEqual(pages.map((page) => page.length), [2, 2, 1]);
    assert.deepEqual(pages.flat().toSorted(), ids.toSorted());

    const [id] = ids;
    const modified = await client.modify(id, { sync_frequency: 1440, daily_sync_time: "14:00" });
    assert.equal(modified.sync_frequency, 1440);
    assert.equal(modified.daily_sync_time, "14:00");
    assert.equal((await client.read(id)).sync_frequency, 1440);

    const tests = await client.test(id);
    assert.ok(tests.length > 0);
    assert.deepEqual([...new Set(tests.map(({ status }) => status))], ["PASSED"]);

    const { states, connection } = await client.sync(id, pass);
    assert.deepEqual([...new Set(states)], ["syncing", "scheduled"]);
    assert.equal(connection.succeeded_at, "2026-01-15T10:00:10.000000Z");
    assert.equal(connection.failed_at, null);
    assert.equal(connection.status.is_historical_sync, false);

    assert.equal(await client.remove(id), `Connection with id '${id}' has been deleted`);
    assert.equal(await client.statusOf(id), 404);
    assert.equal((await client.pages(group.id, 100)).flat().length, 4);
  });
});
