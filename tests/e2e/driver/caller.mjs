// Calls one session of the emulator as a vendor's client would, and makes what its calls need.
import { createServer } from "node:http";
import { once } from "node:events";

import { shapeOf } from "./document.mjs";
import { send } from "./http.mjs";

// Takes whatever is delivered to it, so that webhooks have somewhere to go.
export async function startReceiver() {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.end("{}"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  return `http://127.0.0.1:${server.address().port}/`;
}

export class Caller {
  constructor({ url, session, name, ways, receiver }) {
    this.base = `${url}/@${session}/${name}`;
    this.admin = `${url}/__admin/sessions/${session}`;
    this.ways = ways;
    this.receiver = receiver;
    this.ids = new Map();
  }

  // Headers of null leave out those of the vendor; `raw` stands for the body, byte by byte.
  async send({ method, path, body, headers, raw = rawOf(body) }) {
    const all = { ...this.ways.headers, ...headers };
    if (raw !== undefined && !isForm(raw)) all["Content-Type"] = "application/json";
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
    const answer = await send(this.base + path, { method, headers: sent, body: raw });
    const stream = answer.headers.get("content-type") === "text/event-stream";
    return { ...answer, json: stream ? eventsIn(answer.text) : parsed(answer.text) };
  }

  // A call that must succeed; gives its JSON.
  async make(method, path, body) {
    const { status, text, json } = await this.send({ method, path, body });
    if (status >= 300) throw new Error(`on the way, ${method} ${path}: ${status} ${text}`);
    return json;
  }

  async set(settings) {
    await this.#control("PUT", this.admin, settings);
  }

  async advance(by) {
    await this.#control("POST", `${this.admin}/clock/advance`, { by });
  }

  async #control(method, url, body) {
    const { status, text } = await send(url, { method, body: JSON.stringify(body) });
    if (status >= 300) throw new Error(`${method} ${url}: ${text}`);
  }

  // The id of something that is really there, made when it is first asked for.
  async id(shape) {
    if (!this.ids.has(shape)) {
      const way = this.ways.ids[shape];
      if (!way) throw new Error(`driver/ways/ has no way to an id of ${shape}`);
      this.ids.set(shape, await way(this));
    }
    return this.ids.get(shape);
  }

  // The template with ids in its holes, or `instead` in the last of them.
  async path(template, instead) {
    const holes = [...template.matchAll(/\{[^}]*\}/g)].map(({ index, 0: hole }) => ({
      begin: index,
      end: index + hole.length,
    }));
    let path = "";
    let done = 0;
    for (const { begin, end } of holes) {
      const shape = shapeOf(template.slice(0, end));
      const id = instead !== undefined && end === holes.at(-1).end ? instead : this.id(shape);
      path += template.slice(done, begin) + encodeURIComponent(await id);
      done = end;
    }
    return path + template.slice(done);
  }

  async query(parameters) {
    const pairs = new URLSearchParams(await this.linked(parameters));
    for (const [name, value] of Object.entries(parameters ?? {})) {
      if (typeof value === "function") pairs.set(name, await value(this));
    }
    return pairs.size > 0 ? `?${pairs}` : "";
  }

  // The same with ids of what is really there, wherever it refers to something.
  async linked(body) {
    if (body === null || typeof body !== "object" || Array.isArray(body)) return body;
    const linked = { ...body };
    for (const [name, way] of Object.entries(this.ways.references ?? {})) {
      if (!(name in linked)) continue;
      linked[name] = typeof way === "string" ? await this.id(way) : await way(this, linked);
    }
    return linked;
  }
}

// The data of server-sent events, each of one line.
const eventsIn = (text) =>
  text
    .split("\n\n")
    .filter((event) => event.startsWith("data: "))
    .map((event) => parsed(event.slice("data: ".length)));
// A form is sent as it is, with files, and says itself of which type it is; all else as JSON.
const rawOf = (body) => (isForm(body) ? body : body && JSON.stringify(body));
const isForm = (body) => body instanceof FormData || body instanceof URLSearchParams;

const FORMS = {
  "application/x-www-form-urlencoded": URLSearchParams,
  "multipart/form-data": FormData,
};

// The body as the media type wants it: of a form, each member is a field.
export function bodyAs(type, body) {
  const Form = FORMS[type];
  if (!Form || body === undefined || isForm(body)) return body;
  const form = new Form();
  for (const [name, value] of Object.entries(body)) {
    const isText = value === null || typeof value !== "object";
    form.set(name, isText ? String(value) : JSON.stringify(value));
  }
  return form;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
