import { listened } from "./shared.mjs";

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
// Where the link of 2025-10 leads, which has the state in its path.
async function stateInPath(caller) {
  const path = `/source-connections/authorize/__${await caller.id("/source-connections/authorize/__{}")}`;
  const { headers } = await caller.send({ method: "GET", path });
  return new URL(headers.get("location")).pathname.split("/__").at(-1);
}
// The same once the user has come back.
async function signedInByBrowser(caller) {
  const { open, claim_token } = await signingIn(caller);
  const path = `/source-connections/callback?state=${await open()}&code=x`;
  await caller.send({ method: "GET", path });
  caller.claim_token = claim_token;
}

const edition = (newConnection) => ({
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
    "/source-connections/authorize/__{}": async (caller) =>
      (await signingIn(caller)).code.replace("__", ""),
    "/source-connections/consent/__{}": stateInPath,
    "/source-connections/callback/__{}": stateInPath,
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
    body.authentication && !body.authentication.provider_readable_id
      ? body
      : { ...body, authentication: undefined, short_name: "notion" },
};

export const airweave = {
  "airweave 2025-07": edition((collection) => ({
    name: "My Stripe",
    short_name: "stripe",
    collection,
    auth_fields: { api_key: "sk_test_1" },
  })),
  "airweave 2025-10": {
    ...edition(newStripe),
    queries: { "GET /source-connections/callback/__{}": { code: "x" } },
    bodies: signedIn,
  },
  "airweave 2026-04": {
    ...edition(newStripe),
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
};
