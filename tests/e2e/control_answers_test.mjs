// The control API answers as its own description at /__admin/openapi.json says: every call that reads
// JSON, on a session in which something of everything has happened.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Document } from "./driver/document.mjs";
import { startEmulator } from "./emulator.mjs";

const { url } = await startEmulator();
const read = async (path) => (await fetch(url + path)).json();
const document = new Document(await read("/__admin/openapi.json"));

const SESSION = "my-test";
const HEADERS = { "X-API-Key": "my-key", "Content-Type": "application/json" };

async function call(path, body, headers = {}) {
  const request = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const answer = await fetch(url + path, { ...request, headers: { ...HEADERS, ...headers } });
  await answer.text();
}

// Throttled twice and too soon, made, read page by page, looked at while it goes on; refused; lost.
const source = { name: "My source", short_name: "stripe" };
const at = `/~throttled-twice@${SESSION}/source-connections`;
for (let attempt = 0; attempt < 4; attempt += 1) await call(at, source);
await call(`${at}?limit=1`);
await call(`${at}?limit=1&skip=1`);
await call(`/@${SESSION}/v1/connections`, {}, { Prefer: "code=403" });
await call(`/~network-faults@${SESSION}/source-connections`, source).catch(() => {});
await call("/nothing");

const complaints = (operation, status, body) =>
  document
    .complaints(operation.responses.get(status), body)
    .map(({ at: place, says, value }) => `${place} ${says}: ${JSON.stringify(value)}`);

describe("the control API", () => {
  // A stream of events has no end to wait for; events_test.py reads it.
  const calls = [...document.operations().values()].filter(
    ({ method, path, responses }) =>
      method === "GET" && responses.get(200).schema && !path.endsWith("/events"),
  );

  it("has calls that read", () => {
    assert.ok(calls.length > 20, `only ${calls.length}`);
    assert.ok(calls.some(({ path }) => path === "/__admin/verdicts"));
  });

  for (const operation of calls) {
    it(`${operation.path} answers as it is described`, async () => {
      const name = operation.path.includes("/scenarios/") ? "throttled-twice" : SESSION;
      const path = operation.path.replace("{name}", name).replace("{id}", "1");
      assert.deepEqual(complaints(operation, 200, await read(path)), []);
    });
  }

  for (const what of ["verdicts", "report"]) {
    it(`refuses what is no parameter of ${what}`, async () => {
      const answer = await fetch(`${url}/__admin/${what}?retries-bounded.max_attempt=5`);
      assert.equal(answer.status, 400);
      const { detail } = await answer.json();
      assert.match(detail, /did you mean 'retries-bounded.max_attempts'/);
    });
  }

  it("gives reports of each type that it names", async () => {
    const { content } = document.resolve(
      document.root.paths["/__admin/report"].get.responses["200"],
    );
    const types = new Set();
    for (const format of ["html", "junit", "text"]) {
      const answer = await fetch(`${url}/__admin/report?format=${format}`);
      assert.equal(answer.status, 200);
      types.add(answer.headers.get("Content-Type").split(";")[0]);
      await answer.text();  // lest its connection keeps this process
    }
    assert.deepEqual(types, new Set(Object.keys(content)));
  });
});
