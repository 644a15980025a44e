// What a document says that its server sends: it is told of by lint, and sent where an overlay says
// when. The overlay is that of docs/openapi.md.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";

import { binary, environment, startEmulator } from "./emulator.mjs";

const folder = mkdtempSync(join(tmpdir(), "mockduit-callbacks-"));
after(() => rmSync(folder, { recursive: true }));

const DOCUMENT = `
openapi: 3.1.0
info: {title: Hooks, version: "1"}
webhooks: {lost: {post: {}}}
paths:
  /hooks:
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [callback_url], properties: {callback_url: {type: string}}}
      callbacks: {sent: {"{$request.body#/callback_url}": {post: {}}}}
      responses: {"201": {description: It is kept}}
`;
const path = join(folder, "hooks.yaml");
writeFileSync(path, DOCUMENT);

const documentation = readFileSync(new URL("../../docs/openapi.md", import.meta.url), "utf8");
const overlay = documentation.split("**Webhooks and callbacks.**")[1].split("```yaml\n")[1].split("```")[0];

it("lint tells what is not sent", () => {
  const { status, stdout } = spawnSync(binary, ["lint", path], { encoding: "utf8", env: environment });
  assert.equal(status, 0);
  assert.match(stdout, /hooks\.yaml:4:\d+: note: the webhook 'lost' is not sent; /);
  assert.match(stdout, /hooks\.yaml:12:\d+: note: the callback 'sent' is not called; /);
});

it("an overlay sends a callback", async () => {
  writeFileSync(join(folder, "hooks.mockduit.yaml"), overlay);
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const emulator = await startEmulator("--contract", path);
  const called = once(server, "request");
  const made = await fetch(`${emulator.url}/hooks/hooks`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ callback_url: `http://127.0.0.1:${server.address().port}/here` }),
  });
  assert.equal(made.status, 201);
  const [request, response] = await called;
  let body = "";
  for await (const part of request) body += part;
  response.end();
  server.close();
  assert.deepEqual([request.url, JSON.parse(body)], ["/here", { event: "sent", data: { parcel: "first", status: "sent" } }]);
});
