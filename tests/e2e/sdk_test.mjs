// Airweave's own client for JavaScript, unchanged, drives the emulator: only its base URL says that
// it is not the real service, which session it is in and what it is to meet there.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { AirweaveSDK, AirweaveSDKClient, AirweaveSDKError } from "@airweave/sdk";

import { startEmulator } from "./emulator.mjs";

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const STRIPE = {
  name: "My Stripe Account",
  short_name: "stripe",
  auth_fields: { api_key: "sk_test_123" },
};

const emulator = await startEmulator();

// `selector` is [~scenario]@session, as it stands in the base URL.
const create = (selector, body = STRIPE, options = {}) =>
  new AirweaveSDKClient({
    apiKey: "my-key",
    baseUrl: `${emulator.url}/${selector}`,
    ...options,
  }).sourceConnections.createSourceConnection(body);

const failureOf = (selector, body, options) =>
  create(selector, body, options).then(
    () => assert.fail("the call succeeded"),
    (error) => error,
  );

const statusesOf = async (session) => {
  const { requests } = await emulator.about(session, "requests");
  return requests.map(({ response }) => response.status);
};

describe("@airweave/sdk creates a source connection", { concurrency: true }, () => {
  it("without a collection: one is made, and a job that waits", async () => {
    const connection = await create("@no-collection");

    assert.match(connection.id, UUID4);
    assert.match(connection.sync_id, UUID4);
    assert.equal(connection.name, "My Stripe Account");
    assert.match(connection.collection, /^collection-for-my-stripe-account-[a-z0-9]{6}$/);
    assert.equal(connection.auth_fields, "********");
    assert.equal(connection.status, "in_progress");
    assert.equal(connection.latest_sync_job_status, "pending");
    assert.match(connection.latest_sync_job_id, UUID4);
    assert.equal(connection.description, null);
  });

  it("in the collection that an earlier create made", async () => {
    const first = await create("@same-collection");
    const second = await create("@same-collection", {
      ...STRIPE,
      collection: first.collection,
      sync_immediately: false,
    });

    assert.equal(second.collection, first.collection);
    assert.notEqual(second.id, first.id);
    assert.equal(second.status, "active");
    assert.equal(second.latest_sync_job_id, null);
  });

  it("in the collection that every session begins with", async () => {
    const connection = await create("@seeded", { ...STRIPE, collection: "my-collection" });
    assert.equal(connection.collection, "my-collection");
  });

  it("but not in a collection of another session", async () => {
    const { collection } = await create("@mine");
    const error = await failureOf("@yours", { ...STRIPE, collection });

    assert.ok(error instanceof AirweaveSDKError);
    assert.equal(error.statusCode, 404);
    assert.deepEqual(error.body, { detail: `Collection with readable ID ${collection} not found` });
  });

  it("for the organization that X-Organization-ID names", async () => {
    const organization = "7f3c1e52-9b64-4d0a-8a5e-2c6f0b9d4e11";
    const connection = await create("@organization", STRIPE, {
      headers: { "X-Organization-ID": organization },
    });
    assert.equal(connection.organization_id, organization);
  });

  it("with the older fields, which it passes on", async () => {
    const white_label_id = "22222222-2222-4333-8444-555555555555";
    const connection = await create("@older-fields", { ...STRIPE, white_label_id });
    assert.equal(connection.white_label_id, white_label_id);
  });
});

describe("@airweave/sdk is refused", { concurrency: true }, () => {
  it("with 401 when it has no key", async () => {
    const error = await failureOf("@no-key", STRIPE, { apiKey: "" });

    assert.ok(error instanceof AirweaveSDKError);
    assert.equal(error.statusCode, 401);
    assert.deepEqual(error.body, { detail: "No valid authentication provided" });
    assert.deepEqual(await statusesOf("no-key"), [401]);
  });

  it("with 403 when nobody knows its key", async () => {
    const error = await failureOf("@unknown-key", STRIPE, { apiKey: "invalid-key" });

    assert.ok(error instanceof AirweaveSDKError);
    assert.equal(error.statusCode, 403);
    assert.deepEqual(error.body, { detail: "Invalid or expired API key" });
    assert.deepEqual(await statusesOf("unknown-key"), [403]);
  });

  it("with 422 when a field breaks a rule, and told which", async () => {
    const error = await failureOf("@short-name", { name: "abc", short_name: "stripe" });

    assert.ok(error instanceof AirweaveSDK.UnprocessableEntityError);
    assert.equal(error.statusCode, 422);
    assert.deepEqual(error.body.errors, [
      { "body.name": "String should have at least 4 characters" },
    ]);
    assert.deepEqual(await statusesOf("short-name"), [422]);
  });

  it("with 422 in the published form, when it prefers that", async () => {
    const error = await failureOf("@published-form", STRIPE, {
      headers: { Prefer: "code=422, example=documented" },
    });

    assert.ok(error instanceof AirweaveSDK.UnprocessableEntityError);
    assert.deepEqual(error.body.detail, [
      {
        loc: ["body", "name"],
        msg: "String should have at least 4 characters",
        type: "string_too_short",
      },
    ]);
  });

  it("as its key says, where the base URL cannot be changed", async () => {
    const client = new AirweaveSDKClient({
      apiKey: "my-key~forbidden@by-key",
      baseUrl: emulator.url,
    });
    await assert.rejects(client.sourceConnections.createSourceConnection(STRIPE), {
      statusCode: 403,
    });
    assert.deepEqual(await statusesOf("by-key"), [403]);
  });

  it("with 401 and 403 also with a good key, when the scenario says so", async () => {
    assert.equal((await failureOf("~unauthorized@scripted")).statusCode, 401);
    assert.equal((await failureOf("~forbidden@scripted")).statusCode, 403);
  });
});

describe("@airweave/sdk tries again", { concurrency: true }, () => {
  it("after two 429s, and has what it wanted", async () => {
    const connection = await create("~throttled-twice@twice");

    assert.match(connection.id, UUID4);
    assert.deepEqual(await statusesOf("twice"), [429, 429, 200]);
    assert.equal((await emulator.about("twice", "progress")).completed, true);
  });

  it("after a 500, until it has done so twice", async () => {
    const error = await failureOf("~server-error@broken");

    assert.ok(error instanceof AirweaveSDKError);
    assert.equal(error.statusCode, 500);
    assert.deepEqual(error.body, { detail: "Internal Server Error: ValueError: boom" });
    assert.deepEqual(await statusesOf("broken"), [500, 500, 500]);
  });

  it("after a 429 that never ends, until it has done so twice", async () => {
    const error = await failureOf("~rate-limited@throttled");

    assert.equal(error.statusCode, 429);
    assert.equal(error.rawResponse.headers.get("retry-after"), "13");
    assert.deepEqual(await statusesOf("throttled"), [429, 429, 429]);
  });
});
