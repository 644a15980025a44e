// White labels of Airweave's edition 2025-07: @airweave/sdk 0.1.51, unchanged, through every method that
// it has for them; and the two calls that it leaves to browsers.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { AirweaveSDKClient } from "@airweave/sdk";

import { startEmulator } from "./emulator.mjs";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const PORTAL = {
  name: "Customer Portal",
  source_short_name: "asana",
  redirect_url: "https://app.example.com/callback?from=asana",
  client_id: "me & you",
  client_secret: "my-secret",
  allowed_origins: "https://app.example.com",
};

const emulator = await startEmulator("--clock", "2026-01-15T10:00:00Z");

const clientOf = (session) =>
  new AirweaveSDKClient({ apiKey: "my-key", baseUrl: `${emulator.url}/@${session}` });

const ask = async (session, method, path, body) => {
  const answer = await fetch(`${emulator.url}/@${session}${path}`, {
    method,
    headers: { "X-API-Key": "my-key", "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  return { status: answer.status, json: await answer.json() };
};

const failureOf = (call) =>
  call.then(
    () => assert.fail("the call succeeded"),
    (error) => error,
  );

describe("white labels", { concurrency: true }, () => {
  it("are made, changed and deleted", async () => {
    const { whiteLabels } = clientOf("life");
    const made = await whiteLabels.createWhiteLabel(PORTAL);
    assert.deepEqual({ ...made, ...PORTAL }, made);
    assert.equal(made.created_by_email, null);
    assert.deepEqual(await whiteLabels.listWhiteLabels(), [made]);
    assert.deepEqual(await whiteLabels.getWhiteLabel(made.id), made);
    const changed = await whiteLabels.updateWhiteLabel(made.id, { name: "Our Portal" });
    assert.deepEqual(changed, { ...made, name: "Our Portal" });
    assert.deepEqual(await whiteLabels.deleteWhiteLabel(made.id), changed);
    const error = await failureOf(whiteLabels.getWhiteLabel(made.id));
    assert.deepEqual([error.statusCode, error.body], [404, { detail: "WhiteLabel not found" }]);
  });

  it("go back to pages of the web alone", async () => {
    const body = { ...PORTAL, redirect_url: "javascript:alert(1)" };
    assert.deepEqual(await ask("web", "POST", "/white-labels", body), {
      status: 422,
      json: { errors: [{ "body.redirect_url": "URL scheme should be 'http' or 'https'" }] },
    });
  });

  it("lead to the source's page of consent", async () => {
    const made = await clientOf("consent").whiteLabels.createWhiteLabel(PORTAL);
    const { json } = await ask("consent", "GET", `/white-labels/${made.id}/oauth2/auth_url`);
    const url = new URL(json);
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      response_type: "code",
      client_id: PORTAL.client_id,
      redirect_uri: PORTAL.redirect_url,
    });
    // The SDK has the call under this name; it is a GET all the same.
    const told =
      await clientOf("consent").whiteLabels.getWhiteLabelOauth2AuthUrlWhiteLabelsWhiteLabelIdOauth2AuthUrlOptions(
        made.id,
      );
    assert.equal(told, json);
    const stripe = await clientOf("consent").whiteLabels.createWhiteLabel({
      ...PORTAL,
      source_short_name: "stripe",
    });
    assert.deepEqual(await ask("consent", "GET", `/white-labels/${stripe.id}/oauth2/auth_url`), {
      status: 400,
      json: { detail: "Source does not support OAuth2" },
    });
  });

  it("make source connections of codes", async () => {
    const { whiteLabels, sourceConnections } = clientOf("codes");
    const label = await whiteLabels.createWhiteLabel(PORTAL);
    const path = `/white-labels/${label.id}/oauth2/code`;
    const { json: made } = await ask("codes", "POST", path, { code: "4/P7q7W91" });
    assert.equal(made.name, "Asana from Customer Portal");
    assert.equal(made.description, "Created from white label Customer Portal");
    assert.equal(made.white_label_id, label.id);
    assert.equal(made.latest_sync_job_status, "pending");
    const exchanged = await whiteLabels.exchangeWhiteLabelOauth2CodeWhiteLabelsWhiteLabelIdOauth2CodeOptions(
      label.id,
      { code: "4/0AX4XfWh" },
    );
    assert.deepEqual([exchanged.name, exchanged.white_label_id], [made.name, label.id]);
    const { json: named } = await ask("codes", "POST", path, {
      code: "4/P7q7W91",
      source_connection_in: {
        name: "My own name",
        short_name: "asana",
        collection: "my-collection",
        sync_immediately: false,
      },
    });
    assert.deepEqual(
      [named.name, named.collection, named.latest_sync_job_id],
      ["My own name", "my-collection", null],
    );
    await sourceConnections.createSourceConnection({
      name: "Of no label",
      short_name: "stripe",
      auth_fields: { api_key: "x" },
    });
    const listed = await whiteLabels.listWhiteLabelSourceConnections(label.id);
    assert.deepEqual(
      listed.map(({ id }) => id),
      [made.id, exchanged.id, named.id],
    );
    const error = await failureOf(whiteLabels.listWhiteLabelSourceConnections(NOBODY));
    assert.equal(error.statusCode, 404);
  });

  it("are told what is wrong", async () => {
    const { whiteLabels } = clientOf("wrong");
    const unknown = await failureOf(
      whiteLabels.createWhiteLabel({ ...PORTAL, source_short_name: "nope" }),
    );
    assert.deepEqual([unknown.statusCode, unknown.body], [404, { detail: "Source not found: nope" }]);
    const { json } = await ask("wrong", "POST", "/white-labels", { name: "" });
    assert.deepEqual(json.errors.slice(0, 2), [
      { "body.name": "String should have at least 1 characters" },
      { "body.source_short_name": "Field required" },
    ]);
  });
});
