// A second opinion beside Ajv: every operation of every edition is called through Prism's proxy, which
// holds each answer against the contract and tells in a header what it breaks. Where the vendors'
// published documents are there, Airweave's and Supermetrics' are judges as well.
// Starts first.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { bodyAs, Caller, startReceiver } from "./driver/caller.mjs";
import { Check } from "./driver/check.mjs";
import { readContracts } from "./driver/contracts.mjs";
import { Document, EVENTS, shapeOf } from "./driver/document.mjs";
import { published } from "./driver/published.mjs";
import { bodiesOf, queriesOf } from "./driver/requests.mjs";
import { WAYS } from "./driver/ways.mjs";
import { startEmulator } from "./emulator.mjs";

const require = createRequire(import.meta.url);
const { createLogger } = require("@stoplight/prism-core");
const { getHttpOperationsFromSpec } = require("@stoplight/prism-http");
const { createServer } = require("@stoplight/prism-http-server");

const fixtures =
  process.env.MOCKDUIT_FIXTURES ?? fileURLToPath(new URL("../../fixtures", import.meta.url));

const emulator = await startEmulator("--fixtures", fixtures);
const { operations } = await (await fetch(`${emulator.url}/__admin/operations`)).json();
const receiver = await startReceiver();

// A proxy before a vendor; requests are not its matter.
async function startPrism(root, vendor) {
  const silent = createLogger("prism", { enabled: false });
  const server = createServer(await getHttpOperationsFromSpec(root), {
    cors: false,
    components: { logger: silent },
    config: {
      isProxy: true,
      upstream: new URL(`${emulator.url}/${vendor}`),
      validateRequest: false,
      validateResponse: true,
      checkSecurity: false,
      errors: false,
      mock: { dynamic: false },
    },
  });
  return { server, url: await server.listen(0, "127.0.0.1") };
}

// What Prism reads: a document without what is ours and without formats that are wrong all over it,
// whose servers are wherever it is called.
function readable(root, faults = []) {
  const everywhere = faults.filter(({ at, operation }) => !at && !operation).map(({ says }) => says);
  const isLeftOut = (key, value) =>
    key.startsWith("x-mockduit") ||
    (key === "format" && everywhere.includes(`must match format "${value}"`));
  return JSON.parse(JSON.stringify({ ...root, servers: [{ url: "/" }] }), (key, value) =>
    isLeftOut(key, value) ? undefined : value,
  );
}

// The member of an answer at a place that Prism tells.
const memberAt = (body, place) => place.reduce((member, name) => member?.[name], body);

// What Prism says of an answer to the caller's call; the header is there only if it says something. It
// takes a stream of events for a text.
async function judged(caller, prism, request) {
  const direct = caller.base;
  caller.base = prism.url;
  const answer = await caller.send(request);
  caller.base = direct;
  if (answer.headers.get("content-type")?.startsWith(EVENTS)) return [];
  return JSON.parse(answer.headers.get("sl-violations") ?? "[]")
    .filter(({ location }) => location[0] === "response")
    .map(({ location, message }) => {
      const place = location.slice(2);
      const says = message.replace(/^Response \w+( property \S+)? /, "");
      const mayBeAbsent = location[1] === "body" && memberAt(answer.json, place) === null;
      return {
        status: answer.status,
        at: ["", ...place].join("/"),
        says: mayBeAbsent ? "is null, though it may only be left out" : says,
      };
    });
}

const unexplained = (told, check, operation) =>
  told.filter((one) => !check.isFault(operation, one.status, one));

const ownSession = (session, headers = {}) => ({ "X-Mockduit-Session": session, ...headers });
const DOUBT = "wrong-by-script";

it("Prism sees what is wrong", async () => {
  const [{ vendor, root }] = readContracts(fixtures).filter((one) => one.vendor === "fivetran");
  const prism = await startPrism(readable(root), vendor);
  const ways = WAYS["fivetran v1"];
  const caller = new Caller({ url: emulator.url, session: DOUBT, name: vendor, ways, receiver });
  await fetch(`${emulator.url}/__admin/scenarios/${DOUBT}`, {
    method: "PUT",
    body: JSON.stringify({ rules: [{ play: [{ status: 200, body: { code: 7 }, times: "forever" }] }] }),
  });
  await caller.set({ scenario: DOUBT });
  const request = { method: "GET", path: "/v1/groups", headers: ownSession(DOUBT) };
  const told = await judged(caller, prism, request);
  assert.match(JSON.stringify(told), /code.*must be string/i);
  const [operation] = new Document(root).operations().values();
  const check = new Check(null, { faults: [{ at: "/code", says: "must be *" }] });
  const others = told.filter(({ at }) => at !== "/code");
  assert.deepEqual(unexplained(told, check, operation), others);
  assert.deepEqual(unexplained(told, new Check(null, {}), operation), told);
  await prism.server.close?.();
});

// Fivetran's document asks for what cannot be (published_faults.yaml).
const documents = process.env.MOCKDUIT_SPECS
  ? published.filter(({ vendor, path }) => path && vendor !== "fivetran")
  : [];
const judges = [
  ...readContracts(fixtures).map((one) => ({ ...one, name: `${one.vendor} ${one.edition}` })),
  ...documents.map((one) => ({ ...one, root: Document.read(one.path).root })),
];

for (const { name, vendor, edition, root, faults } of judges) {
  const ways = WAYS[`${vendor} ${edition}`];
  const document = new Document(root);
  const check = new Check(document, { faults });
  const prism = await startPrism(readable(root, faults), vendor);
  let answers = 0;
  let sessions = 0;

  // A caller in a session of its own, in which there is what the call needs.
  async function prepared({ method, path }) {
    const session = `prism-${name.replace(" ", "-")}-${(sessions += 1)}`;
    const caller = new Caller({ url: emulator.url, session, name: vendor, ways, receiver });
    await caller.set({ editions: { [vendor]: edition }, clock: "2026-01-15T10:00:00Z", seed: 7 });
    await ways.before?.[`${method} ${shapeOf(path)}`]?.(caller);
    return { session, caller };
  }

  // What operations share is judged once.
  const seen = new Set();
  function isSeen({ method, path }, status) {
    const { $ref } = root.paths[path][method.toLowerCase()].responses[status];
    if (!$ref || !seen.has($ref)) return seen.add($ref) && false;
    return true;
  }
  async function judge(operation, { session, caller }, prefer) {
    const shape = `${operation.method} ${shapeOf(operation.path)}`;
    const [[, example]] = bodiesOf(document, operation, { values: ways.values, examplesOnly: true });
    const rewrite = ways.bodies?.[shape] ?? ((same) => same);
    const own = [ways.queries?.[shape] ?? queriesOf(document, operation, ways.query)].flat()[0];
    const request = {
      method: operation.method,
      path: (await caller.path(operation.path)) + (await caller.query(own)),
      body: bodyAs(operation.body?.type, await rewrite(await caller.linked(example), caller)),
      headers: ownSession(session, { Prefer: prefer }),
    };
    answers += 1;
    const told = await judged(caller, prism, request);
    assert.deepEqual(unexplained(told, check, operation), [], prefer);
  }

  // Of ours that is the same call, whatever a document calls it.
  function outcomesOf({ method, path }) {
    const own = operations
      .filter((one) => one.vendor === vendor)
      .flatMap(({ editions }) => editions)
      .find((one) => one.edition === edition && one.method === method && shapeOf(one.path) === shapeOf(path));
    return own.outcomes;
  }

  describe(name, { concurrency: false }, () => {
    for (const operation of document.operations().values()) {
      it(operation.id, async () => {
        const failing = await prepared(operation);
        for (const { status, variants } of outcomesOf(operation)) {
          if (!operation.responses.has(status)) continue;
          if (isSeen(operation, status)) continue;
          for (const { name: example } of variants) {
            // A success happens, so each has a session to itself.
            const world = status < 400 ? await prepared(operation) : failing;
            await judge(operation, world, `code=${status}, example=${example}`);
          }
        }
      });
    }
    after(async () => {
      await prism.server.close?.();
      console.log(`summary: ${name}: ${answers} answers through Prism`);
    });
  });
}
