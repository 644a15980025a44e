// What a published document does not say and a call needs all the same: how each vendor is told who
// calls, how to come by the ids in its paths and bodies, and what must have happened before.
//
//   headers      of every request; `strangers`: those that nobody knows
//   ids          by the shape of a path (see document.mjs): makes one, and gives its id
//   references   by a body's member: the shape whose id it is, or what gives its value
//   values       by a body's member: what it is, where the schema tells less than the text
//   query        the same for parameters; null leaves one out
//   bodies       by "METHOD shape": another body in place of the document's
//   before       by "METHOD shape": what must have happened
//   unknown      an id that is not there, for a path's last hole; undefined if none is looked up

const basic = (key) => ({ Authorization: `Basic ${btoa(`${key}:my-secret`)}` });

const fivetran = {
  headers: basic("my-key"),
  strangers: [{ Authorization: null }, basic("invalid-key")],
  ids: {
    "/connections/{}": async (caller) => {
      const { data } = await caller.make("POST", "/v1/connections", {
        group_id: await caller.id("/groups/{}"),
        service: "google_ads",
        config: { schema: "my_schema" },
      });
      return data.id;
    },
    "/groups/{}": () => "my_group",
  },
  references: { group_id: "/groups/{}" },
  query: { cursor: null },
  unknown: (shape) => (shape.includes("{}") ? "no_such_thing" : undefined),
};

const airweave = {
  headers: { "X-API-Key": "my-key" },
  strangers: [{ "X-API-Key": null }, { "X-API-Key": "invalid-key" }],
  ids: { "/collections/{}": () => "my-collection" },
  references: { collection: "/collections/{}" },
  values: { cron_schedule: "0 */6 * * *" },
  unknown: (shape) => (shape.includes("{}") ? "no-such-thing" : undefined),
};

const supermetrics = {
  ids: { "/teams/{}": () => "12345" },
  unknown: (shape) => (shape.match(/\{\}/g)?.length > 1 ? "999999999" : undefined),
};

export const WAYS = {
  "fivetran v1": fivetran,
  "airweave 2025-07": airweave,
  "airweave 2025-10": airweave,
  "supermetrics 2026-08": {
    ...supermetrics,
    headers: { Authorization: "Bearer my-key" },
    strangers: [{ Authorization: null }, { Authorization: "Bearer invalid-key" }],
  },
  "supermetrics 2026-06": {
    ...supermetrics,
    headers: { Authorization: "my-key" },
    strangers: [{ Authorization: null }, { Authorization: "invalid-key" }],
  },
};
