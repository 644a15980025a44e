import { authorization, listened } from "./shared.mjs";

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
// The document names the events in words alone.
const hooked = (body, caller) => ({ ...listened(body, caller), events: ["sync_start"] });
const webhook = { events: ["sync_start", "sync_end"], active: true, secret: "my-secret" };
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

const v1 = {
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
  // With any other there is no daily_sync_time, says its text.
  values: { sync_frequency: 1440 },
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
    "POST /webhooks/account": hooked,
    "POST /webhooks/group/{}": hooked,
    "PATCH /webhooks/{}": hooked,
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

export const fivetran = { "fivetran v1": v1 };
