// Airweave's client for JavaScript 0.7.20, unchanged, through every method it has: it speaks
// edition 2025-10, which its own version header chooses.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { AirweaveSDK, AirweaveSDKClient, AirweaveSDKError } from "airweave-sdk-0.7";

import { startEmulator } from "./emulator.mjs";

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const STRIPE = {
  name: "My Stripe Account",
  short_name: "stripe",
  readable_collection_id: "my-collection",
  authentication: { credentials: { api_key: "sk_test_123" } },
};

const emulator = await startEmulator("--clock", "2026-01-15T10:00:00Z");

// `selector` is [~scenario]@session, as it stands in the base URL.
const clientOf = (selector, options = {}) =>
  new AirweaveSDKClient({ apiKey: "my-key", baseUrl: `${emulator.url}/${selector}`, ...options });

const advance = (session, by) =>
  fetch(`${emulator.url}/__admin/sessions/${session}/clock/advance`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ by }),
  });

const failureOf = (promise) =>
  promise.then(
    () => assert.fail("the call succeeded"),
    (error) => error,
  );

const exchangesOf = async (session) => (await emulator.about(session, "requests")).requests;

describe("@airweave/sdk 0.7.20", { concurrency: true }, () => {
  it("lists and gets sources", async () => {
    const { sources } = clientOf("@sources");
    const all = await sources.list();
    assert.ok(all.length >= 20);
    assert.deepEqual(
      await sources.get("github"),
      all.find((source) => source.short_name === "github"),
    );
    const error = await failureOf(sources.get("nope"));
    assert.equal(error.statusCode, 404);
    assert.deepEqual(error.body, { detail: "Source not found: nope" });
  });

  it("creates, lists, gets and deletes collections", async () => {
    const { collections } = clientOf("@collections");
    const made = await collections.create({ name: "Finance Data" });
    assert.match(made.readable_id, /^finance-data-[a-z0-9]{6}$/);
    assert.equal(made.status, AirweaveSDK.CollectionStatus.NeedsSource);
    assert.deepEqual(await collections.get(made.readable_id), made);
    assert.deepEqual((await collections.list({ skip: 0, limit: 1 }))[0], made);
    assert.deepEqual(await collections.delete(made.readable_id), made);
    const error = await failureOf(collections.get(made.readable_id));
    assert.deepEqual(error.body, { detail: `Collection '${made.readable_id}' not found.` });
  });

  it("takes a source connection through its life", async () => {
    const { sourceConnections, collections } = clientOf("@life");
    const made = await sourceConnections.create(STRIPE);
    assert.match(made.id, UUID4);
    assert.equal(made.status, AirweaveSDK.SourceConnectionStatus.Active);
    assert.equal(made.auth.method, AirweaveSDK.AuthenticationMethod.Direct);
    assert.equal(made.schedule.cron, "0 10 * * *");

    const [listed] = await sourceConnections.list({ collection: "my-collection" });
    assert.equal(listed.id, made.id);
    assert.deepEqual(await sourceConnections.get(made.id), made);

    await advance("life", "5s");
    assert.equal((await sourceConnections.get(made.id)).status, "syncing");
    await advance("life", "5s");
    const [job] = await sourceConnections.getSourceConnectionJobs(made.id, { limit: 1 });
    assert.equal(job.status, AirweaveSDK.SyncJobStatus.Completed);
    assert.equal(job.entities_inserted, 42);

    const again = await sourceConnections.run(made.id, { force_full_sync: false });
    assert.equal(again.status, "pending");
    const cancelled = await sourceConnections.cancelJob(made.id, again.id);
    assert.equal(cancelled.status, AirweaveSDK.SyncJobStatus.Cancelling);
    await advance("life", "1s");
    const [newest] = await sourceConnections.getSourceConnectionJobs(made.id);
    assert.equal(newest.status, AirweaveSDK.SyncJobStatus.Cancelled);

    const changed = await sourceConnections.update(made.id, {
      name: "New name",
      schedule: { cron: "30 2 * * *" },
    });
    assert.equal(changed.name, "New name");
    assert.equal(changed.schedule.next_run, "2026-01-16T02:30:00Z");

    const [refreshed] = await collections.refreshAllSourceConnections("my-collection");
    assert.equal(refreshed.source_connection_id, made.id);

    assert.equal((await sourceConnections.delete(made.id)).id, made.id);
    const error = await failureOf(sourceConnections.get(made.id));
    assert.ok(error instanceof AirweaveSDKError);
    assert.equal(error.statusCode, 404);
    assert.deepEqual(error.body, { detail: "SourceConnection not found" });
  });

  it("waits for a user to sign in where it has no credentials", async () => {
    const { sourceConnections } = clientOf("@browser");
    const made = await sourceConnections.create({
      short_name: "notion",
      readable_collection_id: "my-collection",
      redirect_url: "https://app.example.com/connected",
    });
    assert.equal(made.name, "Notion Connection");
    assert.equal(made.status, AirweaveSDK.SourceConnectionStatus.PendingAuth);
    assert.ok(made.auth.auth_url);
    assert.equal(made.sync, null);
  });

  it("searches in both ways", async () => {
    const { collections, sourceConnections } = clientOf("@search");
    await sourceConnections.create(STRIPE);
    await advance("search", "10s");
    const found = await collections.search("my-collection", {
      query: "invoices",
      generate_answer: true,
    });
    assert.equal(found.results.length, 2);
    assert.ok(found.completion);
    const older = await collections.searchGetLegacy("my-collection", { query: "invoices" });
    assert.equal(older.status, AirweaveSDK.SearchStatus.Success);
    assert.equal(older.response_type, "raw");
  });

  it("is told what is wrong with what it sends", async () => {
    const { sourceConnections } = clientOf("@wrong");
    const error = await failureOf(sourceConnections.create({ ...STRIPE, name: "abc" }));
    assert.ok(error instanceof AirweaveSDK.UnprocessableEntityError);
    assert.deepEqual(error.body, {
      errors: [{ "body.name": "String should have at least 4 characters" }],
    });
    const made = await sourceConnections.create(STRIPE);
    const nothing = await failureOf(sourceConnections.update(made.id, {}));
    assert.deepEqual(nothing.body, {
      errors: [{ body: "Value error, At least one field must be provided for update" }],
    });
  });

  it("tries again when it is throttled", async () => {
    const { sourceConnections } = clientOf("~throttled-twice@throttled");
    const made = await sourceConnections.create(STRIPE);
    assert.match(made.id, UUID4);
    const statuses = (await exchangesOf("throttled")).map(({ response }) => response.status);
    assert.deepEqual(statuses, [429, 429, 200]);
  });

  it("is answered by its own edition where nothing but its version tells", async () => {
    const { collections, sourceConnections } = clientOf("@editions");
    await sourceConnections.create(STRIPE);
    const [collection] = await collections.list();
    assert.equal(collection.vector_size, 3072);
    const [connection] = await sourceConnections.list();
    assert.equal(connection.is_authenticated, true);
  });
});
