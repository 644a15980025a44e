// A developer's own page in a real Chromium, which calls the vendors by fetch: what it may send, and
// what it may read.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";

import { chromium, startBrowser } from "./browser.mjs";
import { startEmulator } from "./emulator.mjs";

const SOURCE = { name: "My source", short_name: "stripe", auth_fields: { api_key: "x" } };

describe("a page of this machine", { skip: chromium ? false : "there is no chromium" }, () => {
  let site;
  let origin;
  let emulator;
  let browser;
  let page;
  before(async () => {
    site = createServer((request, answer) => answer.end("<!doctype html><title>A page</title>"));
    await once(site.listen(0, "127.0.0.1"), "listening");
    origin = `http://127.0.0.1:${site.address().port}`;
    emulator = await startEmulator("--allow-origin", origin);
    browser = await startBrowser();
    page = await browser.page();
    await page.open(origin);
  });
  after(async () => {
    await browser?.stop();
    site.close();
  });

  // What a fetch of the page comes to: [status, body], or the name of the error.
  const fetched = (path, options, from = page) =>
    from.value(`fetch(${JSON.stringify(emulator.url + path)}, ${JSON.stringify(options)})
      .then(async (answer) => [answer.status, await answer.text()], (error) => error.name)`);
  const post = (headers, body, more = {}) => ({
    method: "POST", headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body), ...more,
  });

  it("calls Fivetran with credentials and a header of its own", async () => {
    const [status, body] = await fetched("/v1/connections", post(
      { Authorization: `Basic ${btoa("key:secret")}`, "X-My-Header": "1" },
      { group_id: "my_group", service: "google_sheets", config: { schema: "s", table: "t" } },
      { credentials: "include" },
    ));
    assert.equal(status, 201, body);
    assert.match(body, /"service":"google_sheets"/);
  });

  it("calls Airweave as its middleware lets it", async () => {
    const [status, body] = await fetched("/source-connections", post({ "X-API-Key": "k" }, SOURCE));
    assert.equal(status, 200, body);
    // The literal * is no wildcard for a request with credentials.
    const options = post({ "X-API-Key": "k" }, SOURCE, { credentials: "include" });
    assert.equal(await fetched("/source-connections", options), "TypeError");
  });

  it("calls Supermetrics, and reads a scripted error", async () => {
    const options = post({ Authorization: "Bearer k" },
      { data_source_id: "ADM", destination_type: "DWH_SNOWFLAKE" });
    const path = "/v1/teams/12345/data-source-connections";
    assert.equal((await fetched(path, options))[0], 201);
    assert.equal((await fetched(`/~rate-limited${path}`, options))[0], 429);
  });

  it("is told of what the emulator itself does not know", async () => {
    const options = post({ "X-API-Key": "k" }, SOURCE);
    const [status, body] = await fetched("/~no-such-scenario/source-connections", options);
    assert.equal(status, 400);
    assert.match(body, /no-such-scenario/);
  });

  it("of which the vendor knows nothing is not served", async () => {
    const other = await browser.page();
    await other.open(origin.replace("127.0.0.1", "localhost"));
    const options = post({ "X-API-Key": "k" }, SOURCE);
    assert.equal(await fetched("/source-connections", options, other), "TypeError");
    const { total } = await (await fetch(`${emulator.url}/__admin/requests`)).json();
    await fetched("/source-connections", options, other);
    assert.equal((await (await fetch(`${emulator.url}/__admin/requests`)).json()).total, total);
    await other.close();
  });
});
