// Holds answers against a published document, and knows which of its faults explain what.
import assert from "node:assert/strict";

import { glob, quoted } from "../glob.mjs";
import { EVENTS } from "./document.mjs";

// Headers that no document lists.
const UNLISTED = /^(content-type|content-length|date|connection|keep-alive|allow|x-mockduit-.*)$/;

export class Check {
  // `strict`: the document must know whatever comes.
  constructor(document, { faults = [], strict = false }) {
    this.document = document;
    this.faults = faults;
    this.strict = strict;
    this.used = new Set();
    this.answers = 0;
  }

  // [{at, says, value}]: where the answer is not as the operation is documented. `sent` says what
  // was asked for: {what, variant, isStatus, earned}.
  complaints(operation, answer, sent) {
    const isWrong = !sent.isStatus(answer.status);
    const isKnown = operation.responses.has(answer.status);
    if (!this.strict && sent.earned && !isWrong && !isKnown) return [];
    this.answers += 1;
    const found = isWrong
      ? [{ at: "status", says: `is ${answer.status}`, value: sent.what }]
      : [...this.#all(operation, answer)];
    return found.filter((complaint) => !this.isFault(operation, answer.status, complaint, sent));
  }

  isFault(operation, status, { at, says, value }, { variant } = {}) {
    const explaining = this.faults.filter(
      (fault) =>
        glob(fault.operation ?? "**").test(operation.id) &&
        glob(fault.at ?? "**").test(at) &&
        glob(fault.says).test(says) &&
        (fault.status === undefined || fault.status === status) &&
        (fault.variant === undefined || fault.variant === variant) &&
        (fault.value === undefined || fault.value === value),
    );
    explaining.forEach((fault) => this.used.add(fault));
    return explaining.length > 0;
  }

  *#all(operation, answer) {
    const documented = operation.responses.get(answer.status);
    if (!documented) {
      yield { at: "status", says: "is not documented", value: answer.status };
      return;
    }
    if (documented.schema) {
      const { type } = this.document.resolve(documented.schema);
      const each = documented.type === EVENTS && type !== "array";
      for (const body of each ? answer.json : [answer.json]) {
        yield* this.document.complaints(documented, body);
      }
      yield* otherWords(this.document.resolve(documented.schema), documented.examples, answer.json);
    } else if (documented.examples.length > 0) {
      yield* unlike(documented.examples[0], answer.json);
    }
    if (this.strict) {
      const listed = new Set(documented.headers.map(({ name }) => name.toLowerCase()));
      for (const [name, value] of answer.headers) {
        if (listed.has(name) || UNLISTED.test(name)) continue;
        yield { at: `header ${name}`, says: "is not listed", value };
      }
    }
    for (const { name, schema } of documented.headers) {
      const at = `header ${name}`;
      const value = answer.headers.get(name);
      if (value === null) yield { at, says: "is not sent" };
      else yield* this.document.complaintsOfHeader(schema, value).map((one) => ({ ...one, at }));
    }
  }
}

// A success's message is documented as an example, with "string" or <words> where ids are.
function* otherWords(schema, examples, body) {
  const documented = schema.properties?.message?.example;
  if (typeof documented !== "string" || typeof body?.message !== "string") return;
  const told = [documented, ...examples.map((example) => example?.message ?? "")];
  const isTold = told.some((words) => {
    const parts = words.split(/'string'|\bstring\b|<\w+>/).map(quoted);
    return new RegExp(`^${parts.join("['\\w.=-]+")}$`).test(body.message);
  });
  if (isTold) return;
  yield { at: "/message", says: `is documented as "${documented}"`, value: body.message };
}

// Where there is an example and no schema: the same members, of the same types.
function* unlike(example, body, at = "") {
  if (example === null || typeof example !== "object" || Array.isArray(example)) return;
  for (const [name, value] of Object.entries(example)) {
    const ours = body?.[name];
    const place = `${at}/${name}`;
    if (typeof ours === typeof value) yield* unlike(value, ours, place);
    else yield { at: place, says: `is documented as a ${typeof value}`, value: ours };
  }
}

// What many requests brought to light, told at the end: each complaint once, with its first cause.
export class Findings {
  #found = new Map();

  add(complaints, request, answer) {
    const { method, path, headers, body } = request;
    const sent = [method, path, JSON.stringify(headers), JSON.stringify(body)].join(" ");
    for (const { at, says, value } of complaints) {
      const place = at === "" ? "the body" : at.replace(/\/\d+(?=\/|$)/g, "/*");
      const told = `${place} ${says}`;
      const found = this.#found.get(told) ?? {
        count: 0,
        why: `${JSON.stringify(value)?.slice(0, 100)}\n    ${sent.slice(0, 1500)}\n    ${
          answer.status
        } ${answer.text.slice(0, 1500)}`,
      };
      found.count += 1;
      this.#found.set(told, found);
    }
  }

  expectNone() {
    const told = [...this.#found].map(([what, { count, why }]) => `${what} (${count}): ${why}`);
    if (told.length > 0) assert.fail(told.join("\n"));
  }
}
