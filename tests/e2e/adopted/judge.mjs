// Drives every operation of a document that is served by --contract, and holds each answer against
// the document.
import { once } from "node:events";
import { Agent, request as open } from "node:http";

import { sample } from "./samples.mjs";
import { asksForCredential, requestOf } from "./requests.mjs";

const agent = new Agent({ keepAlive: true });

// What no URL has as it is. Values of variables are encoded already.
const encoded = (url) => url.replace(/[^!-~]/gu, encodeURIComponent);

// As fetch does, but for statuses that fetch makes errors of (407).
async function send(url, method, headers, body) {
  const content = method === "GET" || method === "HEAD" ? undefined : body;
  const sent = open(url, { method, headers, agent });
  if (content !== undefined) sent.setHeader("Content-Length", Buffer.byteLength(content));
  sent.end(content);
  const [answer] = await once(sent, "response");
  answer.setEncoding("utf8");
  let text = "";
  for await (const part of answer) text += part;
  return { status: answer.statusCode, headers: answer.headers, text };
}

const isJson = (type) => /^application\/([^;]*\+)?json\s*(;|$)/i.test(type);
const RANGES = { 1: 100, 2: 200, 3: 300, 4: 400, 5: 500 };

export class Judge {
  // What came of it. `excused` is what no answer can make good, {operation, says} each: answers that
  // the document's own schema refuses as it refuses the document's own example of them, or anything;
  // operations of which no good request was found; schemas that the judge cannot read.
  tally = { operations: 0, answers: 0, excused: [], failures: [] };

  constructor({ url, vendor, document }) {
    this.base = `${url}/${vendor}${document.basePath}`;
    this.pinned = `${url}/${vendor}`;
    this.document = document;
  }

  async run(operations) {
    for (const operation of operations) {
      this.tally.operations += 1;
      await this.#drive(operation);
    }
    const nowhere = await this.#send({
      method: "GET",
      path: "/no/such/path/in/any/of/these/documents",
      query: [],
      headers: {},
    });
    if (nowhere.status !== 404)
      this.#fail({ method: "GET", path: "an unknown path" }, `gives ${nowhere.status}`);
    for (const [place, why] of this.document.unread)
      this.tally.excused.push({ operation: "any", says: `${place} is not read: ${why}` });
    return this.tally;
  }

  #fail(operation, what) {
    this.tally.failures.push(`${operation.method} ${operation.path}: ${what}`);
  }

  #excuse({ method, path }, says) {
    this.tally.excused.push({ operation: `${method} ${path}`, says });
  }

  #send({ method, path, query, headers, body }, more = {}) {
    const all = new URLSearchParams(query).toString();
    const url = encoded(this.base + path) + (all ? `?${all}` : "");
    return send(url, method, { ...headers, ...more }, body);
  }

  async #drive(operation) {
    const request = requestOf(this.document, operation);
    let succeeded = false;
    if (request.why) this.#excuse(operation, request.why);
    else succeeded = await this.#expectSuccess(operation, request);
    const bare = request.why
      ? {
          method: operation.method,
          path: operation.path.replace(/\{[^}]*\}/g, "any"),
          query: [],
          headers: {},
        }
      : request;
    if (asksForCredential(this.document, operation) && !request.why) {
      const stranger = await this.#send(withoutCredential(this.document, operation, request));
      this.#expect(operation, stranger, 401, "without a credential");
    }
    const statuses = new Set([429]);
    for (const key of Object.keys(operation.place.node.responses ?? {})) {
      if (/^[2-5]\d\d$/.test(key)) statuses.add(Number(key));
      else if (/^[45]XX$/i.test(key)) statuses.add(RANGES[key[0]]);
      else if (key === "default") statuses.add(500);
    }
    for (const status of statuses) {
      if (status < 300 && !succeeded) continue;
      const answer = await this.#send(bare, { Prefer: `code=${status}` });
      this.#expect(operation, answer, status, `by Prefer: code=${status}`);
      if (status === 429 && !answer.headers["retry-after"])
        this.#fail(operation, "429 has no Retry-After");
    }
  }

  async #expectSuccess(operation, request) {
    const answer = await this.#send(request);
    if (answer.status >= 400) {
      this.#fail(
        operation,
        `gives ${answer.status} to its own request ${JSON.stringify(request).slice(0, 300)}: ${answer.text.slice(0, 200)}`,
      );
      return false;
    }
    this.#expect(operation, answer, answer.status, "by itself");
    return true;
  }

  #expect(operation, answer, status, why) {
    this.tally.answers += 1;
    if (answer.status !== status) {
      return this.#fail(
        operation,
        `gives ${answer.status} and not ${status} ${why}: ${answer.text.slice(0, 200)}`,
      );
    }
    const objection = this.#objection(operation, answer);
    if (!objection) return undefined;
    const what = `${status} ${why} is not as documented: ${objection}`;
    if (this.#isFault(operation, answer)) return this.#excuse(operation, what);
    return this.#fail(operation, `${what}; ${answer.text.slice(0, 300)}`);
  }

  // The media type of the answer in the document, and its name.
  #media(operation, { status, headers }) {
    const responses = operation.place.node.responses ?? {};
    const keys = Object.keys(responses);
    const range = `${String(status)[0]}xx`;
    const key =
      keys.find((one) => one === String(status)) ??
      keys.find((one) => one.toLowerCase() === range) ??
      keys.find((one) => one === "default");
    const content = key && this.document.below(operation.place, "responses", key, "content");
    const type = headers["content-type"] ?? "";
    if (!content) return { documented: key !== undefined, types: [] };
    const types = Object.keys(content.node);
    const bare = (one) => one.split(";")[0].trim().toLowerCase();
    const name =
      types.find((one) => bare(one) === bare(type)) ?? types.find((one) => one.includes("*"));
    return { documented: true, types, media: name && this.document.below(content, name), type };
  }

  #objection(operation, answer) {
    const { documented, types, media } = this.#media(operation, answer);
    if (!documented || operation.method === "HEAD") return "";
    if (types.length === 0 || answer.status === 204 || answer.status === 304)
      return answer.text ? "it has a body, where the document has none" : "";
    if (!media) return `it is ${answer.headers["content-type"]}, not one of ${types.join(", ")}`;
    const schema = this.document.below(media, "schema");
    if (!schema || !isJson(answer.headers["content-type"])) return answer.text ? "" : "it is empty";
    return this.document.objection(schema, JSON.parse(answer.text));
  }

  #isFault(operation, answer) {
    const { media } = this.#media(operation, answer);
    const schema = media && this.document.below(media, "schema");
    if (!schema) return false;
    const named = this.document.each(this.document.below(media, "examples"));
    const examples = [media.node.example, ...named.map(([, one]) => one.node?.value)].filter(
      (one) => one !== undefined,
    );
    if (examples.length > 0)
      return examples.some((one) => this.document.objection(schema, one) !== "");
    return sample(this.document, schema) === undefined;
  }
}

function withoutCredential(document, { security }, request) {
  const names = security
    .flatMap((one) => Object.keys(one))
    .map((name) => document.scheme(name))
    .filter(Boolean);
  const keys = new Set(names.map(({ name }) => name));
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => name !== "Authorization" && !keys.has(name)),
  );
  if (names.some((scheme) => scheme.in === "cookie")) delete headers.Cookie;
  return { ...request, headers, query: request.query.filter(([name]) => !keys.has(name)) };
}
