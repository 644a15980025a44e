// A connection's whole life, by a client whose types are generated from Fivetran's published
// document ("published-fivetran"): generated_client_test.mjs makes them, checks this file against
// them and runs it. That it compiles is a test of its own; the casts are those a user would need.
import createClient from "openapi-fetch";
import type { components, paths } from "published-fivetran";

type Schemas = components["schemas"];
type Connection = Schemas["ConnectorResponseV1"];

export function connect(baseUrl: string, key: string, secret: string) {
  const headers = { Authorization: `Basic ${btoa(`${key}:${secret}`)}` };
  const client = createClient<paths>({ baseUrl, headers });

  // What a call that succeeds tells.
  async function told<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
    const { data, response } = await call;
    if (data === undefined) throw new Error(`${response.url}: ${response.status}`);
    return data;
  }

  async function createGroup(name: string): Promise<Schemas["GroupResponse"]> {
    return (await told(client.POST("/v1/groups", { body: { name } }))).data;
  }

  async function create(group: string, schema: string): Promise<Connection> {
    const body: Schemas["google_ads_NewConnectorRequestV1"] = {
      group_id: group,
      service: "google_ads",
      sync_frequency: 60,
      paused: false,
      config: { schema, customer_id: "123-456-7890" },
    };
    return (await told(client.POST("/v1/connections", { body }))).data;
  }

  async function read(connectionId: string): Promise<Connection> {
    const params = { path: { connectionId } };
    return (await told(client.GET("/v1/connections/{connectionId}", { params }))).data;
  }

  // The ids on each page of a list.
  async function pages(group_id: string, limit: number): Promise<string[][]> {
    const found: string[][] = [];
    let cursor: string | undefined;
    do {
      const query = { group_id, limit, cursor };
      const { data } = await told(client.GET("/v1/connections", { params: { query } }));
      found.push(data.items.map(({ id }) => id));
      cursor = data.next_cursor;
    } while (cursor !== undefined);
    return found;
  }

  async function modify(
    connectionId: string,
    body: Schemas["UpdateConnectorRequest"],
  ): Promise<Connection> {
    const call = { params: { path: { connectionId } }, body };
    return (await told(client.PATCH("/v1/connections/{connectionId}", call))).data;
  }

  async function test(connectionId: string): Promise<Schemas["SetupTestResultResponse"][]> {
    const body = { trust_certificates: true, trust_fingerprints: true };
    const call = { params: { path: { connectionId } }, body };
    const { data } = await told(client.POST("/v1/connections/{connectionId}/test", call));
    return data.setup_tests ?? [];
  }

  // Starts a sync and looks until it is done, letting time pass between two looks; gives the states
  // that were seen, and the connection as it is in the end.
  async function sync(
    connectionId: string,
    pass: (time: string) => Promise<void>,
  ): Promise<{ states: string[]; connection: Connection }> {
    const before = await read(connectionId);
    const call = { params: { path: { connectionId } }, body: { force: true } };
    await told(client.POST("/v1/connections/{connectionId}/sync", call));
    const states: string[] = [];
    for (let look = 0; look < 20; look += 1) {
      const connection = await read(connectionId);
      states.push(connection.status.sync_state);
      const { succeeded_at, failed_at } = connection;
      if (succeeded_at !== before.succeeded_at || failed_at !== before.failed_at) {
        return { states, connection };
      }
      await pass("2s");
    }
    throw new Error(`the sync does not end: ${states.join(", ")}`);
  }

  async function remove(connectionId: string): Promise<string> {
    const params = { path: { connectionId } };
    return (await told(client.DELETE("/v1/connections/{connectionId}", { params }))).message;
  }

  // The status with which it is told that nothing is there.
  async function statusOf(connectionId: string): Promise<number> {
    const params = { path: { connectionId } };
    return (await client.GET("/v1/connections/{connectionId}", { params })).response.status;
  }

  return { createGroup, create, read, pages, modify, test, sync, remove, statusOf };
}
