// What a published document does not say and a call needs all the same: how each vendor is told who
// calls, how to come by the ids in its paths and bodies, and what must have happened before.
//
//   headers      of every request; `strangers`: those that nobody knows
//   ids          by the shape of a path (see document.mjs): makes one, and gives its id
//   references   by the name of a body's member or a parameter: the shape whose id it is, or what
//                gives its value
//   values       by a body's member: what it is, where the schema tells less than the text
//   query        the same for parameters; null leaves one out
//   queries      by "METHOD shape": the query, or several, where parameters that are not required
//                are wanted; a value may be a function that gives it
//   bodies       by "METHOD shape": another body in place of the document's
//   reaching     by "METHOD shape" and status: the query or body that this answer needs, where the
//                others earn an answer of their own
//   before       by "METHOD shape": what must have happened
//   begin        begins whatever goes on by itself
//   unknown      an id that is not there, for a path's last hole; undefined if none is looked up

const authorization = (value) => ({ Authorization: value });
const basic = (key) => authorization(`Basic ${btoa(`${key}:my-secret`)}`);

const newConnection = async (caller, body) => {
  const group_id = await caller.id("/groups/{}");
  return (await caller.make("POST", "/v1/connections", { group_id, ...body })).data.id;
};
// There is a state once a function has been synced; it can be set while that is paused.
const syncedFunction = async (caller) => {
  const config = { schema: "my_function" };
  const id = await newConnection(caller, { service: "aws_lambda", config });
  caller.ids.set("/connections/{}", id);
  await caller.make("POST", `/v1/connections/${id}/sync`, { force: true });
  await caller.advance("1h");
  await caller.make("PATCH", `/v1/connections/${id}`, { paused: true });
};
// The role of somebody in something: made, and gone by the other one's id.
const membership = (of, shape, role) => async (caller) => {
  const [owner, id] = [await caller.id(`/${of}/{}`), await caller.id(`/${shape}/{}`)];
  await caller.make("POST", `/v1/${of}/${owner}/${shape}`, { id, role });
  return id;
};
const member = (shape, role) => async (body, caller) => ({
  ...body,
  id: await caller.id(`/${shape}/{}`),
  role,
});
const john = {
  email: "john@example.com",
  given_name: "John",
  family_name: "Doe",
  role: "Account Reviewer",
};
const webhook = { events: ["sync_start", "sync_end"], active: true, secret: "my-secret" };
const listened = (body, caller) => ({ ...body, url: caller.receiver });
const approved = (what, of = "connections") => async (caller) => {
  const body = { hash: "eUtPirI6yy", encoded_cert: "MIIDd", public_key: "ssh-rsa AAAA" };
  const path = `/v1/${of}/${await caller.id(`/${of}/{}`)}/${what}`;
  return (await caller.make("POST", path, body)).data.id;
};
// Names in a connection's schema config, and of columns that may be changed.
const schemasOf = async (caller) => {
  const path = await caller.path("/v1/connections/{connection_id}/schemas/reload");
  return (await caller.make("POST", path, { exclude_mode: "PRESERVE" })).data.schemas;
};
const columnsOf = async (caller) => {
  const table = "/v1/connections/{connection_id}/schemas/{schema_name}/tables/{table_name}";
  const { data } = await caller.make("GET", await caller.path(`${table}/columns`));
  return Object.entries(data.columns).filter(([, one]) => one.enabled_patch_settings.allowed);
};
const SCHEMA = "/connections/{}/schemas/{}";
const TABLE = `${SCHEMA}/tables/{}`;
const COLUMN = `${TABLE}/columns/{}`;

// The token of a Connect Card's link, which is good for a day.
const ofCard = async (caller) => {
  const path = `/v1/connections/${await caller.id("/connections/{}")}/connect-card`;
  const body = { connect_card_config: { redirect_uri: "https://your.site/path" } };
  return (await caller.make("POST", path, body)).data.connect_card.token;
};
const CARD = { auth: ofCard, redirect_uri: "https://your.site/path" };

// An empty ZIP file, in the form that uploads one.
const packaged = () => {
  const form = new FormData();
  form.set("file", new Blob(["PK\x05\x06", new Uint8Array(18)]), "code.zip");
  return form;
};
// The account's log service, which has no id of its own.
const accountLog = (caller) =>
  caller.make("POST", "/v1/external-logging/account", { service: "dynatrace", config: {} });
// A column that is not synced; gives where it is.
const blocked = async (caller) => {
  const names = [await caller.id(SCHEMA), await caller.id(TABLE), await caller.id(COLUMN)];
  const path =
    "/v1/connections/{connection_id}/schemas/{schema_name}/tables/{table_name}/columns/{column_name}";
  await caller.make("PATCH", await caller.path(path), { enabled: false });
  return names;
};
// What a transformation is made of is there.
const transformed = async (body, caller) => {
  const config = { ...body.transformation_config };
  if ("project_id" in config) config.project_id = await caller.id("/transformation-projects/{}");
  if ("package_name" in config) config.package_name = "google_ads";
  if ("connection_ids" in config) config.connection_ids = [await caller.id("/connections/{}")];
  return { ...body, transformation_config: config };
};
// The names of a project's variables begin with DBT_.
const ofProject = ({ project_config, ...body }) => ({
  ...body,
  project_config: { ...project_config, environment_vars: ["DBT_VARIABLE=value"] },
});
const PROJECT = {
  dbt_version: "1.10.0",
  default_schema: "analytics",
  git_remote_url: "git@github.com:acme/dbt.git",
};

const fivetran = {
  headers: basic("my-key"),
  strangers: [authorization(null), basic("invalid-key"), basic("forbidden-key")],
  ids: {
    "/connections/{}": (caller) =>
      newConnection(caller, { service: "google_ads", config: { schema: "my_schema" } }),
    [SCHEMA]: async (caller) => Object.keys(await schemasOf(caller))[0],
    [TABLE]: async (caller) =>
      Object.keys((await schemasOf(caller))[await caller.id(SCHEMA)].tables)[0],
    [COLUMN]: async (caller) => (await columnsOf(caller))[0][0],
    "/connections/{}/certificates/{}": approved("certificates"),
    "/connections/{}/fingerprints/{}": approved("fingerprints"),
    "/destinations/{}/certificates/{}": approved("certificates", "destinations"),
    "/destinations/{}/fingerprints/{}": approved("fingerprints", "destinations"),
    "/destinations/{}": async (caller) => {
      const body = {
        group_id: await caller.id("/groups/{}"),
        service: "snowflake",
        region: "GCP_US_EAST4",
        time_zone_offset: "-5",
        config: { host: "a.snowflakecomputing.com", port: 443, database: "d", user: "u" },
      };
      return (await caller.make("POST", "/v1/destinations", body)).data.id;
    },
    "/groups/{}": async (caller) =>
      (await caller.make("POST", "/v1/groups", { name: "My_Group" })).data.id,
    "/groups/{}/connections/{}": (caller) => caller.id("/connections/{}"),
    "/groups/{}/users/{}": async (caller) => {
      const id = await caller.id("/users/{}");
      const body = { email: john.email, role: "Manage Destination" };
      await caller.make("POST", `/v1/groups/${await caller.id("/groups/{}")}/users`, body);
      return id;
    },
    "/connector-sdk/packages/{}": async (caller) =>
      (await caller.make("POST", "/v1/connector-sdk/packages", packaged())).data.id,
    "/external-logging/{}": async (caller) => {
      const body = { group_id: await caller.id("/groups/{}"), service: "dynatrace", config: {} };
      return (await caller.make("POST", "/v1/external-logging", body)).data.id;
    },
    "/external-secrets-managers/{}": async (caller) => {
      const config = { role_arn: "arn:aws:iam::123456789012:role/FivetranRole" };
      const body = { type: "AWS_SECRET_MANAGER", name: "My Manager", config };
      return (await caller.make("POST", "/v1/external-secrets-managers", body)).data.id;
    },
    "/hybrid-deployment-agents/{}": async (caller) => {
      const group_id = await caller.id("/groups/{}");
      const body = { group_id, display_name: "Agent", env_type: "DOCKER", accept_terms: true };
      return (await caller.make("POST", "/v1/hybrid-deployment-agents", body)).data.id;
    },
    // It can be changed once it is ready.
    "/private-links/{}": async (caller) => {
      const config = { connection_service_name: "com.amazonaws.vpce.us-east-1.vpce-svc-1" };
      const body = { name: "link", region: "AWS_US_EAST_1", service: "SOURCE_AWS", config };
      const { data } = await caller.make("POST", "/v1/private-links", body);
      await caller.advance("1h");
      return data.id;
    },
    "/transformation-projects/{}": async (caller) => {
      const group_id = await caller.id("/destinations/{}");
      const body = { group_id, type: "DBT_CORE", project_config: PROJECT };
      return (await caller.make("POST", "/v1/transformation-projects", body)).data.id;
    },
    "/transformations/{}": async (caller) => {
      const body = {
        type: "QUICKSTART",
        schedule: { schedule_type: "INTERVAL", interval: 60 },
        transformation_config: { package_name: "google_ads" },
      };
      return (await caller.make("POST", "/v1/transformations", body)).data.id;
    },
    "/transformations/package-metadata/{}": () => "quickstart_google_ads",
    "/proxy/{}": async (caller) => {
      const body = { display_name: "My Agent", group_region: "GCP_US_EAST4" };
      return (await caller.make("POST", "/v1/proxy", body)).data.agent_id;
    },
    "/metadata/connector-types/{}": () => "google_ads",
    "/metadata/connectors/{}": (caller) => caller.id("/connections/{}"),
    "/metadata/connectors/{}/{}": () => "tables",
    "/system-keys/{}": async (caller) => {
      const permissions = [{ resource_type: "USER", access_level: "READ" }];
      const body = { name: "my_key", expiration_period: "THREE_MONTHS", permissions };
      return (await caller.make("POST", "/v1/system-keys", body)).data.id;
    },
    "/teams/{}": async (caller) => {
      const body = { name: "My Team", role: "Account Reviewer" };
      return (await caller.make("POST", "/v1/teams", body)).data.id;
    },
    "/teams/{}/connections/{}": membership("teams", "connections", "Manage Connection"),
    "/teams/{}/groups/{}": membership("teams", "groups", "Manage Destination"),
    "/teams/{}/users/{}": async (caller) => {
      const user_id = await caller.id("/users/{}");
      const body = { user_id, role: "Team Member" };
      await caller.make("POST", `/v1/teams/${await caller.id("/teams/{}")}/users`, body);
      return user_id;
    },
    "/users/{}": async (caller) => {
      return (await caller.make("POST", "/v1/users", john)).data.id;
    },
    "/users/{}/connections/{}": membership("users", "connections", "Manage Connection"),
    "/users/{}/groups/{}": membership("users", "groups", "Manage Destination"),
    "/webhooks/{}": async (caller) => {
      const body = { ...webhook, url: caller.receiver };
      return (await caller.make("POST", "/v1/webhooks/account", body)).data.id;
    },
    "/webhooks/group/{}": (caller) => caller.id("/groups/{}"),
  },
  references: { group_id: "/groups/{}", user_id: "/users/{}" },
  query: { cursor: null },
  queries: {
    "GET /connect-card/setup": [
      CARD,
      { ...CARD, hide_setup_guide: "true" },
      { ...CARD, auto: "connect" },
    ],
    "POST /connect-card/setup": [CARD],
  },
  before: {
    "GET /connections/{}/state": syncedFunction,
    "PATCH /connections/{}/state": syncedFunction,
    [`DELETE ${COLUMN}`]: blocked,
    "GET /external-logging/account": accountLog,
    "PATCH /external-logging/account": accountLog,
    "DELETE /external-logging/account": accountLog,
    "POST /external-logging/account/test": accountLog,
    "GET /connections/{}/schemas": (caller) => caller.id(SCHEMA),
    "PATCH /connections/{}/schemas": (caller) => caller.id(SCHEMA),
  },
  bodies: {
    "POST /connect-card/setup": (body) => new URLSearchParams(body ?? { action: "abandon" }),
    "POST /groups/{}/users": async (body, caller) => {
      await caller.id("/users/{}");
      return { ...body, email: john.email };
    },
    "POST /teams/{}/connections": member("connections", "Manage Connection"),
    "POST /teams/{}/groups": member("groups", "Manage Destination"),
    "POST /users/{}/connections": member("connections", "Manage Connection"),
    "POST /users/{}/groups": member("groups", "Manage Destination"),
    // One of the services that the text lists.
    "POST /external-logging/account": (body) => ({ ...body, service: "dynatrace" }),
    "POST /external-secrets-managers": (body) => ({ ...body, config: { role_arn: "arn:aws:x" } }),
    // The link is of one service alone.
    "PATCH /private-links/{}": () => ({ config: { connection_service_name: "other" } }),
    "POST /transformations": transformed,
    "POST /transformation-projects": async (body, caller) => ({
      ...ofProject(body),
      group_id: await caller.id("/destinations/{}"),
    }),
    "PATCH /transformation-projects/{}": ofProject,
    "POST /connections/{}/schemas/drop-columns": async (_, caller) => {
      const [schema, table, column] = await blocked(caller);
      return { schemas: { [schema]: { tables: { [table]: { columns: [column] } } } } };
    },
    "POST /connector-sdk/packages": packaged,
    "PATCH /connector-sdk/packages/{}": packaged,
    "POST /webhooks/account": listened,
    "POST /webhooks/group/{}": listened,
    "PATCH /webhooks/{}": listened,
  },
  reaching: {
    "GET /connect-card/setup": { 303: { query: { ...CARD, auto: "connect" } } },
    "POST /connect-card/setup": { 303: { body: { action: "connect" } } },
  },
  begin: async (caller) => {
    const id = await caller.id("/connections/{}");
    await caller.make("POST", `/v1/connections/${id}/sync`, { force: true });
  },
  // A table's resync by its older name takes any table: no document tells of another. What is listed
  // of a connection's metadata is one of three words.
  unknown: (shape) =>
    shape.includes("{}") && ![`${TABLE}/resync`, "/metadata/connectors/{}/{}"].includes(shape)
      ? "no_such_thing"
      : undefined,
};

const UNKNOWN_UUID = "00000000-0000-4000-8000-000000000000";

const newWhiteLabel = {
  name: "My Portal",
  source_short_name: "asana",
  redirect_url: "https://app.example.com/callback",
  client_id: "me",
  client_secret: "my-secret",
  allowed_origins: "https://app.example.com",
};

const newAuthProvider = async (caller) => {
  const body = { name: "Ours", short_name: "composio", auth_fields: { api_key: "comp_1" } };
  return (await caller.make("PUT", "/auth-providers/connect", body)).readable_id;
};

// A source connection that waits for its user, who may `open` the link, which gives the state.
async function signingIn(caller) {
  const readable_collection_id = await caller.id("/collections/{}");
  const body = { short_name: "notion", readable_collection_id };
  const { id, auth } = await caller.make("POST", "/source-connections", body);
  caller.ids.set("/source-connections/{}", id);
  const path = new URL(auth.auth_url).pathname.replace(/^.*(?=\/source-connections)/, "");
  const open = async () => {
    const { headers } = await caller.send({ method: "GET", path });
    return new URL(headers.get("location")).searchParams.get("state");
  };
  return { code: path.split("/").at(-1), claim_token: auth.claim_token, open };
}
// The same once the user has come back.
async function signedInByBrowser(caller) {
  const { open, claim_token } = await signingIn(caller);
  const path = `/source-connections/callback?state=${await open()}&code=x`;
  await caller.send({ method: "GET", path });
  caller.claim_token = claim_token;
}

const airweave = (newConnection) => ({
  headers: { "X-API-Key": "my-key" },
  strangers: [null, "invalid-key", "forbidden-key"].map((key) => ({ "X-API-Key": key })),
  ids: {
    "/collections/{}": async (caller) =>
      (await caller.make("POST", "/collections", { name: "My Documents" })).readable_id,
    "/source-connections/{}": async (caller) => {
      const collection = await caller.id("/collections/{}");
      return (await caller.make("POST", "/source-connections", newConnection(collection))).id;
    },
    // The job that the create has begun.
    "/source-connections/{}/jobs/{}": async (caller) => {
      const id = await caller.id("/source-connections/{}");
      return (await caller.make("GET", `/source-connections/${id}/jobs`))[0].id;
    },
    "/sources/{}": () => "stripe",
    "/sources/detail/{}": () => "stripe",
    "/white-labels/{}": async (caller) =>
      (await caller.make("POST", "/white-labels", newWhiteLabel)).id,
    "/auth-providers/detail/{}": () => "composio",
    "/auth-providers/connections/{}": newAuthProvider,
    "/auth-providers/{}": newAuthProvider,
    "/source-connections/authorize/{}": async (caller) => (await signingIn(caller)).code,
    "/webhooks/subscriptions/{}": async (caller) => {
      const body = { url: caller.receiver, event_types: ["sync.completed"] };
      return (await caller.make("POST", "/webhooks/subscriptions", body)).id;
    },
    "/webhooks/messages/{}": async (caller) => {
      await caller.id("/collections/{}");
      return (await caller.make("GET", "/webhooks/messages"))[0].id;
    },
  },
  references: {
    collection: "/collections/{}",
    readable_collection_id: "/collections/{}",
    credential_id: () => null,
    white_label_id: () => null,
    source_short_name: () => "asana",
    state: async (caller) => (await signingIn(caller)).open(),
  },
  values: {
    cron: "0 */6 * * *",
    cron_schedule: "0 */6 * * *",
    short_name: "stripe",
    authentication: { credentials: { api_key: "sk_test_1" } },
    redirect_url: "https://app.example.com/connections",
    secret: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
  },
  begin: (caller) => caller.id("/source-connections/{}"),
  before: {
    // The create's own job is over then.
    "POST /source-connections/{}/run": async (caller) => {
      await caller.id("/source-connections/{}");
      await caller.advance("1h");
    },
    "POST /source-connections/{}/verify-oauth": signedInByBrowser,
    "POST /source-connections/{}/reinitiate-oauth": signingIn,
  },
  unknown: (shape) => {
    // A stream has begun before it is found out.
    if (!shape.includes("{}") || shape.endsWith("/stream")) return undefined;
    return /^\/(source-connections|white-labels)\//.test(shape) ? UNKNOWN_UUID : "no-such-thing";
  },
});

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
  form.set("logo", new Blob(["\x89PNG\r\n"], { type: "image/png" }), "logo.png");
  return form;
};
const CONNECTOR = "/teams/{}/connector_builder/connectors/{}";
const DETAILS = "/v1/teams/12345/connector_builder/connectors/Z3823";

const supermetrics = {
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
  values: { expiry_time: "2026-01-16T10:00:00Z" },
  queries: {
    "GET /query/data/json": {
      json: '{"ds_id":"GAWA","start_date":"yesterday","end_date":"yesterday","fields":["date","sessions"]}',
    },
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

const newStripe = (readable_collection_id) => ({
  name: "My Stripe",
  short_name: "stripe",
  readable_collection_id,
  authentication: { credentials: { api_key: "sk_test_1" } },
  sync_immediately: true,
});
const signedIn = {
  // Which ways to sign in there are depends on the source.
  "POST /source-connections": (body) =>
    body.authentication ? body : { ...body, short_name: "notion" },
};

export const WAYS = {
  "fivetran v1": fivetran,
  "airweave 2025-07": airweave((collection) => ({
    name: "My Stripe",
    short_name: "stripe",
    collection,
    auth_fields: { api_key: "sk_test_1" },
  })),
  "airweave 2025-10": { ...airweave(newStripe), bodies: signedIn },
  "airweave 2026-04": {
    ...airweave(newStripe),
    query: { event_types: "sync.completed" },
    queries: { "GET /source-connections/callback": { state: "", code: "x" } },
    bodies: {
      ...signedIn,
      "POST /source-connections/{}/verify-oauth": (body, caller) =>
        body.claim_token ? { claim_token: caller.claim_token } : body,
      "POST /webhooks/subscriptions": listened,
      "PATCH /webhooks/subscriptions/{}": (body, caller) =>
        body.url ? listened(body, caller) : body,
    },
  },
  "supermetrics 2026-08": {
    ...supermetrics,
    headers: authorization("Bearer my-key"),
    strangers: [null, "Bearer invalid-key", "Bearer forbidden-key"].map(authorization),
  },
  "supermetrics 2026-06": {
    ...supermetrics,
    // This edition makes no transfer: there is one from the beginning.
    ids: { ...supermetrics.ids, "/teams/{}/transfers/{}": () => "456789" },
    headers: authorization("my-key"),
    strangers: [null, "invalid-key", "forbidden-key"].map(authorization),
  },
};
