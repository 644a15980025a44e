// What Airweave's own client for JavaScript makes of a network that fails.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { AirweaveSDKClient, AirweaveSDKError } from "@airweave/sdk";

import { startEmulator } from "./emulator.mjs";

const STRIPE = {
  name: "My Stripe Account",
  short_name: "stripe",
  auth_fields: { api_key: "sk_test_123" },
};

// The fetch of Node 18 refers to the caller's signal weakly. Once garbage was collected, the client's
// time limit no longer ends a request (nodejs/undici issue 1926), so references are strong here. When
// the limit does end a request, that fetch has other words for it.
const oldNode = Number.parseInt(process.versions.node, 10) === 18;
if (oldNode) {
  globalThis.WeakRef = class {
    constructor(target) {
      this.deref = () => target;
    }
  };
}

const emulator = await startEmulator();

// A scenario of these plays; a call plays it in a session of the same name.
async function define(name, ...plays) {
  const answer = await fetch(`${emulator.url}/__admin/scenarios/${name}`, {
    method: "PUT",
    body: JSON.stringify({ rules: [{ play: plays }] }),
  });
  assert.equal(answer.status, 201, await answer.text());
}

// Of a call that fails the client's timer runs on. It is not to keep the process.
const PATIENCE = 5; // seconds
const { setTimeout: startTimer } = globalThis;
globalThis.setTimeout = (work, ms, ...more) => {
  const timer = startTimer(work, ms, ...more);
  return ms === PATIENCE * 1000 ? timer.unref() : timer;
};

const create = (name, requestOptions = { timeoutInSeconds: PATIENCE }) =>
  new AirweaveSDKClient({
    apiKey: "my-key",
    baseUrl: `${emulator.url}/~${name}@${name}`,
  }).sourceConnections.createSourceConnection(STRIPE, requestOptions);

const failureOf = (...call) =>
  create(...call).then(
    (value) => assert.fail(`the call succeeded: ${JSON.stringify(value)}`),
    (error) => error,
  );

// How many connections the session has, and the fault of each of its requests.
async function seenBy(session) {
  const { resources } = await emulator.about(session, "store");
  const { requests } = await emulator.about(session, "requests");
  const made = Object.keys(resources["airweave.source_connection"] ?? {}).length;
  return { made, faults: requests.map(({ fault }) => fault) };
}

describe("@airweave/sdk meets a network that fails", { concurrency: true }, () => {
  for (const [name, fault, message] of [
    ["reset", "reset", "fetch failed"],
    ["empty", "empty", "fetch failed"],
    ["truncate", "truncate", "terminated"],
    ["malformed chunk", { malformed: "chunk" }, "terminated"],
    // Its patience ends with the head; only the server's end of the stall saves it.
    ["stall", { stall: "100ms" }, "terminated"],
  ]) {
    it(`${name}: it raises, and what it asked for is there all the same`, async () => {
      const session = name.replace(" ", "-");
      await define(session, { fault });
      const error = await failureOf(session);

      assert.ok(error instanceof AirweaveSDKError);
      assert.equal(error.message, message);
      assert.equal(error.statusCode, undefined);
      assert.deepEqual(await seenBy(session), { made: 1, faults: [name] });
    });
  }

  it("a reset that skips the effect: nothing is there, and another call makes it", async () => {
    await define("skipped", { fault: "reset", effect: "skip" });
    await assert.rejects(create("skipped"), { message: "fetch failed" });
    assert.deepEqual(await seenBy("skipped"), { made: 0, faults: ["reset"] });

    assert.equal((await create("skipped")).name, "My Stripe Account");
    assert.deepEqual(await seenBy("skipped"), { made: 1, faults: ["reset", null] });
  });

  it("malformed: a success it hands over as it came, an error it raises", async () => {
    await define("malformed", { fault: "malformed" });
    const { ok, error } = await create("malformed");
    assert.deepEqual([ok, error.reason, error.statusCode], [false, "non-json", 200]);

    await define("malformed-error", { outcome: "bad_request", fault: "malformed" });
    const raised = await failureOf("malformed-error");
    assert.ok(raised instanceof AirweaveSDKError);
    assert.equal(raised.statusCode, 400);
    assert.equal(raised.body.error.reason, "non-json");
  });

  it("a delay: its patience ends, and what it asked for is there all the same", async () => {
    await define("delay", { delay: "30s" });
    const error = await failureOf("delay", { timeoutInSeconds: 0.2 });

    assert.ok(error instanceof AirweaveSDKError);
    assert.match(error.message, oldNode ? /invalid_argument/ : /timeout/);
    assert.equal(error.statusCode, undefined);
    assert.equal((await seenBy("delay")).made, 1);
  });

  it("a 500 whose effect is applied: it tries again, and makes a second one", async () => {
    const connection = await create("created-but-timed-out");

    assert.equal(connection.name, "My Stripe Account");
    assert.equal((await seenBy("created-but-timed-out")).made, 2);
  });

  it("a slow body: it waits, and has it whole", async () => {
    await define("slow-body", { fault: { slow: 10_000 } });
    assert.equal((await create("slow-body")).auth_fields, "********");
  });
});
