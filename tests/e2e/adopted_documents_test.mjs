// Documents of other people, and some of our own, served by --contract: every operation is called
// as its document says, and Ajv holds each answer against the document's own schemas. With
// MOCKDUIT_SPECS=FOLDER also those in it, with MOCKDUIT_DOCUMENTS=FILE:FILE:… also those.
//
// What a document makes impossible is excused where adopted_faults.yaml names it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { parse } from "yaml";

import { Document } from "./adopted/document.mjs";
import { documents } from "./adopted/documents.mjs";
import { Judge } from "./adopted/judge.mjs";
import { startEmulator } from "./emulator.mjs";
import { glob } from "./glob.mjs";

const DOCUMENTS = Object.entries(documents());
const FAULTS = parse(readFileSync(new URL("adopted_faults.yaml", import.meta.url), "utf8"));

const emulator = await startEmulator(
  ...DOCUMENTS.flatMap(([name, path]) => ["--contract", `${name}=${path}`]),
);

const isNamedBy = (fault, { operation, says }) =>
  glob(fault.operation ?? "**").test(operation) && glob(fault.says).test(says);

it("every fault says of which document it is, what is told of it, and why", () => {
  for (const { document, says, fault } of FAULTS)
    assert.ok(document && says && fault, JSON.stringify({ document, says, fault }));
});

describe("documents of other people", { concurrency: 4 }, () => {
  for (const [name, path] of DOCUMENTS) {
    it(name, async () => {
      const document = new Document(path);
      const judge = new Judge({ url: emulator.url, vendor: name, document });
      const { operations, answers, excused, failures } = await judge.run(document.operations());
      console.log(
        `summary: ${name}: ${operations} operations, ${answers} answers, ${excused.length} excused`,
      );
      assert.deepEqual(failures, []);
      const faults = FAULTS.filter((fault) => fault.document === name);
      assert.deepEqual(
        excused.filter((one) => !faults.some((fault) => isNamedBy(fault, one))),
        [],
        "adopted_faults.yaml names none of these",
      );
      assert.deepEqual(
        faults.filter((fault) => !excused.some((one) => isNamedBy(fault, one))),
        [],
        "nothing needs these entries",
      );
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
