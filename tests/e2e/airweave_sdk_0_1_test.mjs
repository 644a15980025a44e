// @airweave/sdk 0.1.51, unchanged, through every method that it has for sources, collections, source
// connections and jobs. What its create meets is the matter of sdk_test.mjs.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { AirweaveSDK, AirweaveSDKClient } from "@airweave/sdk";

import { startEmulator } from "./emulator.mjs";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const STRIPE = {
  name: "My Stripe Account",
  short_name: "stripe",
  auth_fields: { api_key: "sk_test_123" },
};

const emulator = await startEmulator("--clock", "2026-01-15T10:00:00Z");

const clientOf = (session) =>
  new AirweaveSDKClient({ apiKey: "my-key", baseUrl: `${emulator.url}/@${session}` });

// The session's clock goes on by so much.
async function advance(session, by) {
  const answer = await fetch(`${emulator.url}/__admin/sessions/${session}/clock/advance`, {
    method: "POST",
    body: JSON.stringify({ by }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

const failureOf = (call) =>
  call.then(
    () => assert.fail("the call succeeded"),
    (error) => error,
  );

describe("@airweave/sdk 0.1 and sources", { concurrency: true }, () => {
  it("reads the list and each of it", async () => {
    const { sources } = clientOf("sources");
    const listed = await sources.readSources();

    assert.equal(listed.length, 20);
    for (const source of listed) {
      assert.deepEqual(await sources.readSource(source.short_name), source);
    }
    const github = listed.find(({ short_name }) => short_name === "github");
    assert.deepEqual(
      github.auth_fields.fields.map(({ name }) => name),
      ["personal_access_token", "repo_name"],
    );
  });

  it("is told of one that is not there", async () => {
    const error = await failureOf(clientOf("no-source").sources.readSource("nope"));
    assert.equal(error.statusCode, 404);
    assert.deepEqual(error.body, { detail: "Source not found: nope" });
  });
});

describe("@airweave/sdk 0.1 and collections", { concurrency: true }, () => {
  it("makes, lists, reads, renames and deletes one", async () => {
    const { collections } = clientOf("collections");
    const made = await collections.createCollection({
      name: "Finance Data",
      readable_id: "finance-data-reports",
    });

    assert.equal(made.status, "NEEDS SOURCE");
    const listed = await collections.listCollections();
    assert.deepEqual(
      listed.map(({ readable_id }) => readable_id),
      ["my-collection", "finance-data-reports"],
    );
    assert.deepEqual(await collections.listCollections({ skip: 1, limit: 1 }), [made]);
    assert.deepEqual(await collections.getCollection("finance-data-reports"), made);
    const renamed = await collections.updateCollection("finance-data-reports", {
      name: "Updated Finance Data",
    });
    assert.deepEqual(renamed, { ...made, name: "Updated Finance Data" });
    assert.deepEqual(
      await collections.deleteCollection("finance-data-reports", { delete_data: true }),
      renamed,
    );
    const error = await failureOf(collections.deleteCollection("finance-data-reports"));
    assert.equal(error.statusCode, 404);
    assert.deepEqual(error.body, {
      detail: "Collection with readable ID finance-data-reports not found",
    });
  });

  it("searches one, plainly and with options", async () => {
    const { collections, sourceConnections } = clientOf("search");
    await sourceConnections.createSourceConnection({ ...STRIPE, collection: "my-collection" });
    const before = await collections.searchCollection("my-collection", { query: "payments" });
    assert.deepEqual(before.results, []);
    await advance("search", "10s");

    const raw = await collections.searchCollection("my-collection", { query: "payments" });
    assert.equal(raw.status, "success");
    assert.equal(raw.results.length, 1);
    const answered = await collections.searchCollectionAdvanced("my-collection", {
      query: "payments",
      filter: { must: { key: "source_name" } },
      limit: 50,
      score_threshold: 0.7,
      response_type: "completion",
    });
    assert.equal(answered.response_type, "completion");
    assert.deepEqual(answered.results, raw.results);
    assert.ok(answered.completion);
    const options = { query: "payments", response_type: "completion", score_threshold: 0.7 };
    assert.deepEqual(await collections.searchCollection("my-collection", options), answered);
  });

  it("refreshes all source connections of one", async () => {
    const { collections, sourceConnections } = clientOf("refresh");
    const body = { ...STRIPE, collection: "my-collection", sync_immediately: false };
    const one = await sourceConnections.createSourceConnection(body);
    const other = await sourceConnections.createSourceConnection(body);

    const jobs = await collections.refreshAllSourceConnections("my-collection");
    assert.deepEqual(
      jobs.map(({ source_connection_id, status }) => [source_connection_id, status]),
      [
        [one.id, "pending"],
        [other.id, "pending"],
      ],
    );
    await advance("refresh", "10s");
    const now = await sourceConnections.getSourceConnection(one.id);
    assert.equal(now.latest_sync_job_id, jobs[0].id);
    assert.equal(now.latest_sync_job_status, "completed");
  });

  it("is told which field breaks a rule", async () => {
    const { collections } = clientOf("bad-collection");
    const error = await failureOf(collections.createCollection({ name: "abc" }));
    assert.ok(error instanceof AirweaveSDK.UnprocessableEntityError);
    assert.deepEqual(error.body.errors, [
      { "body.name": "String should have at least 4 characters" },
    ]);
  });
});

describe("@airweave/sdk 0.1 and source connections", { concurrency: true }, () => {
  it("follows one from its create to its delete", async () => {
    const { sourceConnections } = clientOf("life");
    const made = await sourceConnections.createSourceConnection({
      ...STRIPE,
      cron_schedule: "0 */6 * * *",
    });
    assert.equal(made.status, "in_progress");

    const read = (options) => sourceConnections.getSourceConnection(made.id, options);
    assert.equal((await read()).next_scheduled_run, "2026-01-15T12:00:00Z");
    assert.equal((await read()).auth_fields, "********");
    assert.equal((await read({ show_auth_fields: false })).auth_fields, "********");
    assert.deepEqual((await read({ show_auth_fields: true })).auth_fields, STRIPE.auth_fields);

    await advance("life", "1s");
    assert.equal((await read()).status, "in_progress");
    await advance("life", "9s");
    assert.equal((await read()).latest_sync_job_status, "completed");

    const [job] = await sourceConnections.listSourceConnectionJobs(made.id);
    assert.equal(job.entities_inserted, 42);
    assert.deepEqual(await sourceConnections.getSourceConnectionJob(made.id, job.id), job);

    const updated = await sourceConnections.updateSourceConnection(made.id, {
      name: "Renamed Account",
      auth_fields: { api_key: "sk_test_456" },
      cron_schedule: "0 0 * * *",
    });
    assert.equal(updated.name, "Renamed Account");
    assert.equal(updated.next_scheduled_run, "2026-01-16T00:00:00Z");
    assert.deepEqual((await read({ show_auth_fields: true })).auth_fields, {
      api_key: "sk_test_456",
    });

    const deleted = await sourceConnections.deleteSourceConnection(made.id, { delete_data: true });
    assert.equal(deleted.id, made.id);
    assert.equal(deleted.auth_fields, null);
    const error = await failureOf(sourceConnections.deleteSourceConnection(made.id));
    assert.equal(error.statusCode, 404);
    assert.deepEqual(error.body, { detail: "SourceConnection not found" });
  });

  it("lists them in pages and by collection", async () => {
    const { sourceConnections } = clientOf("list");
    const ids = [];
    for (const collection of ["my-collection", "my-collection", undefined]) {
      const { id } = await sourceConnections.createSourceConnection({ ...STRIPE, collection });
      ids.push(id);
    }
    const listed = async (options) =>
      (await sourceConnections.listSourceConnections(options)).map(({ id }) => id);

    assert.deepEqual(await listed(), ids);
    assert.deepEqual(await listed({ skip: 1, limit: 1 }), [ids[1]]);
    assert.deepEqual(await listed({ collection: "my-collection" }), ids.slice(0, 2));
  });

  it("runs one again and cancels the run", async () => {
    const { sourceConnections } = clientOf("cancel");
    const made = await sourceConnections.createSourceConnection({
      ...STRIPE,
      sync_immediately: false,
    });
    const job = await sourceConnections.runSourceConnection(made.id);
    assert.equal(job.status, "pending");
    const cancelled = await sourceConnections.cancelSourceConnectionJob(made.id, job.id);
    assert.deepEqual(cancelled, { ...job, status: "cancelled" });

    const error = await failureOf(sourceConnections.cancelSourceConnectionJob(made.id, job.id));
    assert.equal(error.statusCode, 400);
    assert.deepEqual(error.body, {
      detail: "Cannot cancel job in SyncJobStatus.CANCELLED status",
    });
    const other = await sourceConnections.runSourceConnection(made.id, { access_token: "gho_x" });
    assert.notEqual(other.id, job.id);
  });

  it("is told of ids that nothing has, or that are none", async () => {
    const { sourceConnections } = clientOf("bad-ids");
    const missing = await failureOf(sourceConnections.getSourceConnection(NOBODY));
    assert.equal(missing.statusCode, 404);
    const bad = await failureOf(sourceConnections.getSourceConnection("x"));
    assert.ok(bad instanceof AirweaveSDK.UnprocessableEntityError);
    assert.match(bad.body.errors[0]["path.source_connection_id"], /valid UUID/);
  });
});
