// Runs by `node --test`, `npx jest` and `npx vitest run --globals`.
const assert = require("node:assert/strict");

const { createSource } = require("./client.js");
const { startMockduit } = require("./mockduit.js");

const runner = globalThis.describe === undefined ? require("node:test") : globalThis;
const test = runner.test;
const before = runner.beforeAll ?? runner.before;
const after = runner.afterAll ?? runner.after;

let mockduit;
before(async () => {
  mockduit = await startMockduit();
});
after(() => mockduit?.stop());

test("a create is made though it is throttled", () =>
  mockduit.judged("throttled", "throttled-twice", async (server) => {
    assert.equal(await createSource(server, "My source"), 200);
  }));

test("a broken server is given up", () =>
  mockduit.judged("broken", "server-error", async (server) => {
    assert.equal(await createSource(server, "My source"), 500);
  }));
