import { authorization } from "./shared.mjs";

const newDestination = {
  type: "DWH_SNOWFLAKE",
  display_name: "My Snowflake",
  auth_method: "AUTH_METHOD_KEY_PAIR",
  fields: { hostname: "a.snowflakecomputing.com", username: "me", private_key: "-----BEGIN" },
};
const newTransfer = (destination_id) => ({
  data_source_id: "AW",
  schema_id: 2,
  destination_id,
  display_name: "My Transfer",
  schedule: [{ run_interval: "daily", run_hour: 6, refresh_window: 3 }],
  accounts: [{ data_source_username: "me", login_id: 2682599, account_id: "8733197711" }],
});

const field = {
  blend_data_source_key: "abcd1234",
  datasource_field_name: "Impressions",
  field_source: "standard",
};
const newBlend = {
  type: "union",
  display_name: "My Blend",
  blended_data_sources: [{ data_source_id: "GA4", blend_data_source_key: "abcd1234" }],
  config: { fields: [{ blend_field_name: "impressions", blend_datasource_fields: [field] }] },
};
const newField = {
  display_name: "My Field",
  field_type: "dim",
  data_type: "string.text.value",
  definition: [],
};
const uploadedLogo = () => {
  const form = new FormData();
  form.set("logo", new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a])], { type: "image/png" }), "logo.png");
  return form;
};
const query = {
  ds_id: "GAWA",
  start_date: "yesterday",
  end_date: "yesterday",
  fields: ["date", "sessions"],
};
const queried = (caller) => {
  const json = JSON.stringify({ ...query, schedule_id: "my-query" });
  return caller.make("GET", `/v2/query/data/json?json=${encodeURIComponent(json)}`);
};
const CONNECTOR = "/teams/{}/connector_builder/connectors/{}";
const DETAILS = "/v1/teams/12345/connector_builder/connectors/Z3823";

const edition = {
  ids: {
    "/teams/{}/account_tags/{}": async (caller) => {
      const body = { display_name: "My Tag", color: "#112233", data_sources: [] };
      return (await caller.make("POST", "/v1/teams/12345/account_tags", body)).data.name;
    },
    "/teams/{}/custom-fields/{}": async (caller) =>
      (await caller.make("POST", "/v1/teams/12345/custom-fields", newField)).data.id,
    "/teams/{}/data-blending/blends/{}": async (caller) =>
      (await caller.make("POST", "/v1/teams/12345/data-blending/blends", newBlend)).data.blend_id,
    "/datasource/login/renew/{}": (caller) => caller.id("/ds/login/link/{}"),
    "/table/group/{}": () => "tg_2",
    [CONNECTOR]: () => "Z3823",
    [`${CONNECTOR}/logs/{}`]: async (caller) =>
      (await caller.make("GET", `${DETAILS}/logs`)).logs[0].id,
    [`${CONNECTOR}/secrets/{}`]: async (caller) => {
      const body = { secret_name: "my_secret", secret_value: "s3cr3t" };
      return (await caller.make("POST", `${DETAILS}/secrets`, body)).secrets[0].secret_placeholder;
    },
    "/ds/login/link/{}": async (caller) =>
      (await caller.make("POST", "/v2/ds/login/link", { ds_id: "GAWA" })).data.link_id,
    "/ds/login/{}": async (caller) =>
      (await caller.make("GET", "/v2/ds/logins")).data[0].login_id,
    "/teams/{}": () => "12345",
    // Nothing is there, whatever was made.
    "/teams/{}/data-source-connections/{}": () => "019461A0-0000-7000-8000-000000000001",
    "/teams/{}/backfills/{}": async (caller) => {
      const transfer = await caller.id("/teams/{}/transfers/{}");
      const body = { range_start: "2026-01-01", range_end: "2026-01-03" };
      const path = `/v1/teams/12345/transfers/${transfer}/backfills`;
      return (await caller.make("POST", path, body)).data.transfer_backfill_id;
    },
    "/teams/{}/datasource/{}": () => "GAWA",
    "/teams/{}/destinations/{}": async (caller) => {
      const made = await caller.make("POST", "/v1/teams/12345/destinations", newDestination);
      return (made.data ?? made).destination_id ?? (made.data ?? made).id;
    },
    // The first run of a new transfer, which has a day to come.
    "/teams/{}/transfer_runs/{}": async (caller) => {
      const path = `/v1/teams/12345/transfers/${await caller.id("/teams/{}/transfers/{}")}/runs`;
      await caller.advance("25h");
      const runs = await caller.make("GET", `${path}?start_date=2026-01-01&end_date=2099-01-01`);
      return (runs.data ?? runs)[0].id;
    },
    "/teams/{}/transfers/{}": async (caller) => {
      const destination = Number(await caller.id("/teams/{}/destinations/{}"));
      const path = "/v1/teams/12345/transfers";
      return (await caller.make("POST", path, newTransfer(destination))).data.transfer_id;
    },
  },
  values: { expiry_time: "2026-01-16T10:00:00Z", color: "#1a73e8" },
  queries: {
    "GET /query/data/json": { json: JSON.stringify(query) },
    "GET /query/status": { schedule_id: "my-query" },
    "GET /query/results": { schedule_id: "my-query" },
    "GET /query/fields": { ds_id: "GAWA" },
    "GET /query/accounts": { json: '{"ds_id":"GAWA"}' },
  },
  bodies: {
    "POST /teams/{}/connector_builder/connectors/{}/logo": uploadedLogo,
    // A union joins nothing, and what is changed must be there.
    "POST /teams/{}/data-blending/blends": (body) =>
      body && { ...body, config: { fields: body.config?.fields } },
    "PUT /teams/{}/data-blending/blends/{}": (body) =>
      body && {
        ...body,
        blended_data_sources: newBlend.blended_data_sources,
        config: newBlend.config,
      },
  },
  references: {
    connector_identifier: CONNECTOR,
    source_id: () => "AW",
    destination_id: async (caller) => Number(await caller.id("/teams/{}/destinations/{}")),
  },
  before: {
    "GET /query/status": queried,
    "GET /query/results": queried,
    "GET /teams/{}/transfers/{}/backfills/latest": (caller) => caller.id("/teams/{}/backfills/{}"),
    "GET /teams/{}/transfers/{}/runs": (caller) => caller.id("/teams/{}/transfer_runs/{}"),
  },
  begin: (caller) => caller.id("/teams/{}/backfills/{}"),
  // Of tags, and of the logs of a connector, no 404 is documented.
  unknown: (shape) =>
    /\{\}.*\{\}|^\/(ds|table)\/.*\{\}/.test(shape) && !/account_tags|\/logs$/.test(shape)
      ? "999999999"
      : undefined,
};

export const supermetrics = {
  "supermetrics 2026-08": {
    ...edition,
    headers: authorization("Bearer my-key"),
    strangers: [null, "Bearer invalid-key", "Bearer forbidden-key"].map(authorization),
  },
  "supermetrics 2026-06": {
    ...edition,
    // This edition makes no transfer: there is one from the beginning.
    ids: { ...edition.ids, "/teams/{}/transfers/{}": () => "456789" },
    headers: authorization("my-key"),
    strangers: [null, "invalid-key", "forbidden-key"].map(authorization),
  },
};
