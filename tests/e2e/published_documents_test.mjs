// Our answers against what the vendors have published. Every operation that a document and we have
// is driven with the requests that the document calls valid, and whatever it can be made to answer
// is held against the document: status, body, headers, and the words of successes.
//
// What a document leaves to the reader, such as how to come by an id, stands in driver/ways/.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";

import { startReceiver } from "./driver/caller.mjs";
import { Check } from "./driver/check.mjs";
import { Document, shapeOf } from "./driver/document.mjs";
import { callersOf, Drive } from "./driver/drive.mjs";
import { faults, published } from "./driver/published.mjs";
import { WAYS } from "./driver/ways.mjs";
import { startEmulator } from "./emulator.mjs";

function describeDocument(one, { emulator, receiver, operations }) {
  const { name, vendor, edition, path } = one;
  if (!path) return describe(name, { skip: `MOCKDUIT_SPECS has no ${name}` });

  const document = Document.read(path, { maps: one.faults.flatMap((fault) => fault.maps ?? []) });
  const documented = document.operations();
  const check = new Check(document, { faults: one.faults.filter((fault) => !fault.maps) });
  const ways = WAYS[`${vendor} ${edition}`];
  const newCaller = callersOf({ url: emulator.url, receiver, vendor, edition, ways, prefix: name });

  const undocumented = [];
  let driven = 0;
  describe(name, () => {
    for (const { editions, ...rest } of operations.filter((each) => each.vendor === vendor)) {
      const own = { ...rest, ...editions.find((each) => each.edition === edition) };
      const operation = documented.get(`${own.method} ${shapeOf(own.path)}`);
      if (own.outcomes && !operation) undocumented.push(own.name);
      if (!own.outcomes || !operation) continue;
      driven += 1;
      const drive = new Drive({ check, ours: own, operation, ways, newCaller });
      describe(own.name, () => {
        it("takes what the document calls valid", () => drive.takesWhatIsValid());
        it("tells every documented status", () => drive.tellsEveryStatus());
        if (operation.open) it("answers strangers", () => drive.answersStrangers());
        else it("refuses strangers", () => drive.refusesStrangers());
        const unknown = ways.unknown(drive.path, own.method);
        if (unknown) it("knows no other", () => drive.knowsNoOther(unknown));
      });
    }
    after(() => {
      console.log(`summary: ${name}: ${driven} of its ${documented.size} operations driven, ${
        check.answers} answers held against it`);
      if (undocumented.length === 0) return;
      console.log(`summary: ${name}: skipped, as it has no such path: ${undocumented.join(", ")}`);
    });
  });
  describe(`the faults of ${name}`, () => {
    for (const fault of check.faults) {
      it(`${fault.operation ?? "any"}: ${fault.at ?? "any"} ${fault.says}`, () =>
        assert.ok(check.used.has(fault), "no answer needs this entry"));
    }
  });
}

if (process.env.MOCKDUIT_SPECS) {
  const emulator = await startEmulator();
  const answer = await fetch(`${emulator.url}/__admin/operations`);
  const { operations } = await answer.json();
  const receiver = await startReceiver();
  it("every fault is one of a document that is known", () => {
    const names = published.map(({ name }) => name);
    for (const fault of faults) {
      assert.ok(names.includes(fault.document), fault.document);
      const { says, maps, fault: what, reason } = fault;
      assert.ok((says ?? maps) && what && reason, JSON.stringify(fault));
    }
  });
  for (const one of published) describeDocument(one, { emulator, receiver, operations });
} else {
  it("published documents", { skip: "MOCKDUIT_SPECS names no directory that has them" });
}
