// Documents of other people, and some of our own, served by --contract: every operation is called
// as its document says, and Ajv holds each answer against the document's own schemas. With
// MOCKDUIT_DOCUMENTS=FILE:FILE:…, also those.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { Document } from "./adopted/document.mjs";
import { Judge } from "./adopted/judge.mjs";
import { startEmulator } from "./emulator.mjs";

const MOST = 40; // operations of one document, spread over all of it

const of = (path) => fileURLToPath(new URL(path, import.meta.url));
const packaged = (path) => of(`node_modules/${path}`);
const example = (path) => packaged(`@readme/oas-examples/${path}`);

// How many answers are not as documented because the document contradicts itself: its own example
// breaks its schema, or no value is good. For how many operations no good request was found.
const DOCUMENTS = {
  library: { path: of("documents/library/openapi.yaml"), faults: 0 },
  old: { path: of("documents/old.yaml"), faults: 0 },
  locks: { path: of("documents/locks.yaml"), faults: 0 },
  answers: { path: of("documents/answers.yaml"), faults: 4 },
  blockfrost: { path: packaged("@blockfrost/openapi/openapi.yaml"), faults: 0 },
  directus: { path: packaged("@directus/specs/dist/openapi.json"), faults: 0 },
  dialogporten: { path: packaged("@digdir/dialogporten-schema/swagger.verified.json"), faults: 0 },
  postcodes: { path: packaged("@ideal-postcodes/openapi/dist/openapi.json"), faults: 2 },
  petstore: { path: example("3.0/json/petstore.json"), faults: 0 },
  "star-trek": { path: example("3.0/json/star-trek.json"), faults: 0 },
  statuses: { path: example("3.0/json/http-status-codes.json"), faults: 0 },
  polymorphism: { path: example("3.0/json/polymorphism.json"), faults: 0, unsent: 1 },
  circles: { path: example("3.0/json/circular.json"), faults: 0 },
  keys: { path: example("3.1/json/security.json"), faults: 0 },
  "train-travel": { path: example("3.1/json/train-travel.json"), faults: 0 },
};
for (const [i, path] of (process.env.MOCKDUIT_DOCUMENTS ?? "").split(":").entries()) {
  if (path !== "") DOCUMENTS[`given-${i + 1}`] = { path };
}

const emulator = await startEmulator(
  ...Object.entries(DOCUMENTS).flatMap(([name, { path }]) => ["--contract", `${name}=${path}`]),
);

function spread(operations) {
  const step = Math.max(1, operations.length / MOST);
  return operations.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

describe("documents of other people", { concurrency: 4 }, () => {
  for (const [name, { path, faults, unsent = 0 }] of Object.entries(DOCUMENTS)) {
    it(name, async () => {
      const document = new Document(path);
      const operations = document.operations();
      const judge = new Judge({ url: emulator.url, vendor: name, document });
      const tally = await judge.run(faults === undefined ? operations : spread(operations));
      console.log(
        `summary: ${name}: ${tally.passed} of ${tally.operations} operations (it has ${operations.length}), ${tally.answers} answers, ${tally.faults.length} of them not as documented by the document's own fault`,
      );
      assert.deepEqual(tally.failures, []);
      assert.equal(tally.unsent.length, unsent, tally.unsent.join("\n"));
      assert.ok(tally.operations > 0);
      if (faults !== undefined) assert.equal(tally.faults.length, faults, tally.faults.join("\n"));
    });
  }
});

describe("what these documents mean", () => {
  it("takes no credential where none is asked for, and either where either will do", async () => {
    const status = async (path, headers = {}) =>
      (await fetch(`${emulator.url}/locks${path}`, { headers })).status;
    assert.equal(await status("/none"), 200);
    assert.equal(await status("/optional"), 200);
    assert.equal(await status("/tls"), 200);
    assert.equal(await status("/either"), 401);
    assert.equal(await status("/either?key=a"), 200);
    assert.equal(await status("/either", { "X-Key": "a" }), 200);
    assert.equal(await status("/both", { "X-Key": "a" }), 401);
    assert.equal(await status("/both", { Cookie: "sid=a" }), 401);
    assert.equal(await status("/both", { "X-Key": "a", Cookie: "sid=a" }), 200);
  });

  it("shows what was sent", async () => {
    const book = { isbn: "978-1234567890", title: "Emma", format: "paper" };
    const answer = await fetch(`${emulator.url}/library/v1/books`, {
      method: "POST",
      headers: { Authorization: "Bearer a", "Content-Type": "application/json" },
      body: JSON.stringify(book),
    });
    assert.equal(answer.status, 201);
    const shown = await answer.json();
    for (const [name, value] of Object.entries(book)) assert.equal(shown[name], value, name);
  });

  it("leaves braces of examples as they stand, and keeps headers on their lines", async () => {
    const braces = await fetch(`${emulator.url}/answers/braces`);
    assert.equal(await braces.json(), "{{now}} {{");
    const lines = await fetch(`${emulator.url}/answers/lines`);
    assert.equal(lines.status, 200);
    assert.equal(lines.headers.get("x-other"), null);
    assert.match(lines.headers.get("x-lines"), /^a +X-Other: b$/);
  });

  it("answers in XML, CSV, text and HTML where the document does", async () => {
    const text = async (path, code) => {
      const answer = await fetch(`${emulator.url}/answers${path}`, {
        headers: code ? { Prefer: `code=${code}` } : {},
      });
      return [answer.headers.get("content-type"), await answer.text()];
    };
    assert.deepEqual(await text("/report.csv"), ["text/csv", "a,b\n1,2\n"]);
    assert.deepEqual(await text("/feed"), [
      "application/xml",
      '<?xml version="1.0" encoding="UTF-8"?><feed><title>example title</title></feed>',
    ]);
    assert.deepEqual(await text("/feed", 503), ["text/html", "<h1>Bad Gateway</h1>"]);
  });
});
