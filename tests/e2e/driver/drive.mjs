// Drives one operation of the emulator as a document has it, with all that it can be made to say.
import assert from "node:assert/strict";

import { bodyAs, Caller } from "./caller.mjs";
import { Findings } from "./check.mjs";
import { shapeOf } from "./document.mjs";
import { bodiesOf, queriesOf } from "./requests.mjs";

// Gives callers of one edition, each in a session of its own whose time stands still.
export function callersOf({ url, receiver, vendor, edition, ways, prefix }) {
  let sessions = 0;
  return async (settings = {}) => {
    const session = `${prefix}-${(sessions += 1)}`;
    const caller = new Caller({ url, session, name: vendor, ways, receiver });
    await caller.set({
      editions: { [vendor]: edition },
      clock: "2026-01-15T10:00:00Z",
      seed: 7,
      ...settings,
    });
    return caller;
  };
}

const isSuccess = (status) => status < 400;
const isRefusal = (status) => status >= 400 && status < 500;

export class Drive {
  // `ours` is what /__admin/operations says of the operation, `operation` what the document does.
  constructor({ check, ours, operation, ways, newCaller }) {
    Object.assign(this, { check, ours, operation, ways, newCaller });
    this.path = shapeOf(ours.path);
    this.shape = `${ours.method} ${this.path}`;
    // Our own schemas ask for patterns that no sample can guess, and have examples instead.
    const wanted = { values: ways.values, examplesOnly: check.strict };
    this.bodies = bodiesOf(check.document, operation, wanted);
    const own = ways.queries?.[this.shape];
    this.queries = own ? [own].flat() : queriesOf(check.document, operation, ways.query);
  }

  // A session in which there is what the call needs.
  async prepared(settings) {
    const caller = await this.newCaller(settings);
    const inList = `${this.path}/{}`;
    if (this.ours.method === "GET" && this.ways.ids[inList]) await caller.id(inList);
    await this.ways.before?.[this.shape]?.(caller);
    return caller;
  }

  async send(caller, send) {
    const { body = this.bodies[0]?.[1], query = this.queries[0], instead, headers, raw } = send;
    const rewrite = this.ways.bodies?.[this.shape] ?? ((same) => same);
    const request = {
      method: this.ours.method,
      path: (await caller.path(this.ours.path, instead)) + (await caller.query(query)),
      body: bodyAs(this.operation.body?.type, await rewrite(await caller.linked(body), caller)),
      headers,
      raw,
    };
    return { request, answer: await caller.send(request) };
  }

  // Fails with all that is wrong with the answers, each sent in a session of its own.
  async expect(sends, isStatus) {
    const findings = new Findings();
    for (const send of sends) {
      const { request, answer } = await this.send(await this.prepared(), send);
      const complaints = this.check.complaints(this.operation, answer, { ...send, isStatus });
      findings.add(complaints, request, answer);
    }
    findings.expectNone();
  }

  async takesWhatIsValid() {
    await this.expect(this.#valid(), isSuccess);
  }

  // Of an operation that has been given up.
  async refusesWhatIsValid() {
    await this.expect(this.#valid(), isRefusal);
  }

  #valid() {
    return [
      ...this.bodies.map(([what, body]) => ({ what, body })),
      ...this.queries.slice(1).map((query) => ({ what: JSON.stringify(query), query })),
    ];
  }

  async tellsEveryStatus() {
    for (const status of this.operation.responses.keys()) {
      const outcomes = this.ours.outcomes.filter((outcome) => outcome.status === status);
      if (outcomes.length === 0) this.expectFault(status);
      const variants = outcomes.flatMap((outcome) => outcome.variants.map(({ name }) => name));
      const prefer = (variant) => ({
        what: `Prefer: ${variant}`,
        variant,
        headers: { Prefer: [`code=${status}`, variant && `example=${variant}`].join(", ") },
        ...this.ways.reaching?.[this.shape]?.[status],
      });
      // An answer without a body has no variants.
      const sends = variants.length > 0 ? variants.map(prefer) : outcomes.map(() => prefer(""));
      await this.expect(sends, (told) => told === status);
    }
  }

  expectFault(status) {
    const complaint = { at: "status", says: "is none of ours", value: status };
    const isFault = this.check.isFault(this.operation, status, complaint);
    assert.ok(isFault, `${status} is documented, and we have no such outcome`);
  }

  async refusesStrangers() {
    const what = "strangers";
    const sends = this.ways.strangers.map((headers) => ({ what, headers, earned: true }));
    await this.expect(sends, (status) => status === 401 || status === 403);
  }

  // Of an operation that asks for no credential.
  async answersStrangers() {
    const what = "strangers";
    await this.expect(this.ways.strangers.map((headers) => ({ what, headers })), isSuccess);
  }

  async knowsNoOther(unknown) {
    const send = { what: unknown, instead: unknown, earned: true };
    await this.expect([send], (status) => status === 404);
  }

  async refusesWhatIsNoBody() {
    const sends = ["no json", "[]"].map((raw) => ({ what: raw, raw, earned: true }));
    if (this.operation.body.required) sends.push({ what: "no body", raw: "", earned: true });
    await this.expect(sends, isRefusal);
  }

  // Whatever comes of a body that has hardly anything right.
  async answersNonsense() {
    const bodies = [{}, { name: 1, service: 2, [this.path]: null }];
    const sends = bodies.map((body) => ({ what: JSON.stringify(body), body, earned: true }));
    await this.expect(sends, (status) => status < 500);
  }

  // What is told while something goes on, and once it has ended, by this scenario.
  async tellsHowItGoes(scenario, times) {
    const findings = new Findings();
    // What went wrong may be told by a refusal, if one is documented.
    const { refuse, needs = [] } = this.operation.effect ?? {};
    const mayRefuse = refuse || needs.some(({ where, absent }) => where && absent);
    const isStatus = mayRefuse ? () => true : isSuccess;
    const caller = await this.prepared({ scenario });
    await this.ways.begin(caller);
    for (const time of ["0s", ...times]) {
      await caller.advance(time);
      const { request, answer } = await this.send(caller, {});
      const sent = { what: `after ${time} more of ${scenario}`, isStatus };
      findings.add(this.check.complaints(this.operation, answer, sent), request, answer);
    }
    findings.expectNone();
  }
}
