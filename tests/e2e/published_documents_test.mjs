// Our answers against what the vendors have published. Every operation that a document and we have
// is driven with the requests that the document calls valid, and whatever it can be made to answer
// is held against the document: status, body, headers, and the words of successes.
//
// The documents are not ours to keep: MOCKDUIT_SPECS names a directory that has them. Where one is
// wrong, published_faults.yaml says so, with the reason. What a document leaves to the reader, such
// as how to come by an id, stands in published/ways.mjs.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";

import { parse } from "yaml";

import { startEmulator } from "./emulator.mjs";
import { Caller, startReceiver } from "./published/caller.mjs";
import { Check, Findings } from "./published/check.mjs";
import { Document, shapeOf } from "./published/document.mjs";
import { bodiesOf, queriesOf } from "./published/requests.mjs";
import { WAYS } from "./published/ways.mjs";

const DOCUMENTS = {
  "fivetran-openapi.json": ["fivetran", "v1"],
  "airweave-2025-07-21.json": ["airweave", "2025-07"],
  "airweave-2025-10-29.json": ["airweave", "2025-10"],
  "supermetrics-2026-08-20.yaml": ["supermetrics", "2026-08"],
  "supermetrics-2026-06-08.yaml": ["supermetrics", "2026-06"],
};

// One operation of ours, as this document has it.
class Drive {
  constructor({ check, ours, operation, ways, newCaller }) {
    Object.assign(this, { check, ours, operation, ways, newCaller });
    this.path = shapeOf(ours.path);
    this.shape = `${ours.method} ${this.path}`;
    this.bodies = bodiesOf(check.document, operation, ways.values);
    this.queries = queriesOf(check.document, operation, ways.query);
  }

  // In a session of its own, in which there is what the call needs.
  async send({ body = this.bodies[0][1], query = this.queries[0], instead, headers } = {}) {
    const caller = await this.newCaller();
    const inList = `${this.path}/{}`;
    if (this.ours.method === "GET" && this.ways.ids[inList]) await caller.id(inList);
    await this.ways.before?.[this.shape]?.(caller);
    const request = {
      method: this.ours.method,
      path: (await caller.path(this.ours.path, instead)) + query,
      body: await caller.linked(this.ways.bodies?.[this.shape]?.(body, caller) ?? body),
      headers,
    };
    return { request, answer: await caller.send(request) };
  }

  // Sends each of these, and fails with all that is wrong with any of the answers.
  async expect(sends, isStatus) {
    const findings = new Findings();
    for (const send of sends) {
      const { request, answer } = await this.send(send);
      const { status } = answer;
      const complaints = this.complaints(answer, send);
      if (!isStatus(status)) complaints.splice(0, 9, { at: "status", says: `is ${status}`, value: send });
      findings.add(complaints, request, answer);
    }
    findings.expectNone();
  }

  // An answer that was earned need not be documented, but where it is, it must be as documented.
  complaints(answer, { earned }) {
    if (earned && !this.operation.responses.has(answer.status)) return [];
    return this.check.complaints(this.operation, answer);
  }

  async takesWhatIsValid() {
    const isSuccess = (status) => status < 400;
    await this.expect([...this.bodies.map(([, body]) => ({ body }))], isSuccess);
    await this.expect([...this.queries.slice(1).map((query) => ({ query }))], isSuccess);
  }

  async tellsEveryStatus() {
    for (const status of this.operation.responses.keys()) {
      const outcomes = this.ours.outcomes.filter((outcome) => outcome.status === status);
      const variants = outcomes.flatMap((outcome) => outcome.variants);
      if (variants.length === 0) this.expectFault(status);
      const sends = variants.map(({ name }) => ({
        headers: { Prefer: `code=${status}, example=${name}` },
      }));
      await this.expect(sends, (told) => told === status);
    }
  }

  expectFault(status) {
    const complaint = { at: "status", says: "is none of ours", value: status };
    const isFault = this.check.isFault(this.operation, status, complaint);
    assert.ok(isFault, `${status} is documented, and we have no such outcome`);
  }

  async refusesStrangers() {
    const sends = this.ways.strangers.map((headers) => ({ headers, earned: true }));
    await this.expect(sends, (status) => status === 401 || status === 403);
  }

  async knowsNoOther(unknown) {
    await this.expect([{ instead: unknown, earned: true }], (status) => status === 404);
  }
}

function describeDocument(file, { emulator, receiver, operations, faults }) {
  const name = file.replace(/\.[^.]*$/, "");
  const [vendor, edition] = DOCUMENTS[file];
  const path = join(process.env.MOCKDUIT_SPECS, file);
  if (!existsSync(path)) return describe(name, { skip: `MOCKDUIT_SPECS has no ${file}` });

  const document = new Document(path);
  const published = document.operations();
  const check = new Check(document, faults.filter((fault) => fault.document === name));
  const ways = WAYS[`${vendor} ${edition}`];
  let sessions = 0;
  const newCaller = async () => {
    const session = `${name}-${(sessions += 1)}`;
    const caller = new Caller({ url: emulator.url, session, name: vendor, ways, receiver });
    const body = JSON.stringify({ editions: { [vendor]: edition }, seed: 7 });
    await fetch(caller.admin, { method: "PUT", body });
    return caller;
  };

  const undocumented = [];
  let driven = 0;
  describe(name, () => {
    for (const own of operations.filter((one) => one.vendor === vendor)) {
      const outcomes = own.editions.find((one) => one.edition === edition)?.outcomes;
      const operation = published.get(`${own.method} ${shapeOf(own.path)}`);
      if (outcomes && !operation) undocumented.push(own.name);
      if (!outcomes || !operation) continue;
      driven += 1;
      const drive = new Drive({ check, ours: { ...own, outcomes }, operation, ways, newCaller });
      describe(own.name, () => {
        it("takes what the document calls valid", () => drive.takesWhatIsValid());
        it("tells every documented status", () => drive.tellsEveryStatus());
        it("refuses strangers", () => drive.refusesStrangers());
        const unknown = ways.unknown(drive.path, own.method);
        if (unknown) it("knows no other", () => drive.knowsNoOther(unknown));
      });
    }
    after(() => {
      console.log(`summary: ${name}: ${driven} of its ${published.size} operations driven, ${
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
  const faults = parse(readFileSync(new URL("published_faults.yaml", import.meta.url), "utf8"));
  it("every fault is one of a document that is known", () => {
    const names = Object.keys(DOCUMENTS).map((file) => file.replace(/\.[^.]*$/, ""));
    for (const fault of faults) {
      assert.ok(names.includes(fault.document), fault.document);
      assert.ok(fault.says && fault.fault && fault.reason, JSON.stringify(fault));
    }
  });
  for (const file of Object.keys(DOCUMENTS)) {
    describeDocument(file, { emulator, receiver, operations, faults });
  }
} else {
  it("published documents", { skip: "MOCKDUIT_SPECS names no directory that has them" });
}
