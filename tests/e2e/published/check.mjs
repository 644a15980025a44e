// Holds answers against a published document, and knows which of its faults explain what.
import assert from "node:assert/strict";

const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// `*` stands for a name, `**` for anything.
const glob = (text) =>
  new RegExp(
    `^${text
      .split("**")
      .map((part) => part.split("*").map(quoted).join("[^/]*"))
      .join(".*")}$`,
  );

export class Check {
  constructor(document, faults) {
    this.document = document;
    this.faults = faults;
    this.used = new Set();
    this.answers = 0;
  }

  // [{at, says, value}]: where the answer is not as the operation is documented.
  complaints(operation, answer) {
    this.answers += 1;
    return [...this.#all(operation, answer)].filter(
      (complaint) => !this.isFault(operation, answer.status, complaint),
    );
  }

  isFault(operation, status, { at, says, value }) {
    const explaining = this.faults.filter(
      (fault) =>
        glob(fault.operation ?? "**").test(operation.id) &&
        glob(fault.at ?? "**").test(at) &&
        glob(fault.says).test(says) &&
        (fault.status === undefined || fault.status === status) &&
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
      yield* this.document.complaints(documented, answer.json);
      yield* otherWords(this.document.resolve(documented.schema), answer.json);
    } else if (documented.examples.length > 0) {
      yield* unlike(documented.examples[0], answer.json);
    }
    for (const { name, schema } of documented.headers) {
      const at = `header ${name}`;
      const value = answer.headers.get(name);
      if (value === null) yield { at, says: "is not sent" };
      else yield* this.document.complaintsOfHeader(schema, value).map((one) => ({ ...one, at }));
    }
  }
}

// A success's message is documented as an example, with "string" where ids are.
function* otherWords(schema, body) {
  const example = schema.properties?.message?.example;
  if (typeof example !== "string" || typeof body?.message !== "string") return;
  const words = example.split(/'string'|\bstring\b/).map(quoted);
  if (!new RegExp(`^${words.join("['\\w.=-]+")}$`).test(body.message)) {
    yield { at: "/message", says: `is documented as "${example}"`, value: body.message };
  }
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
      const told = `${at} ${says}`;
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
