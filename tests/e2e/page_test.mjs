// The live page at / in a real Chromium: what it shows, what its buttons do, and that nothing which
// a client sends runs in it. page_looks_test.mjs has how it and the report look.
// Starts first.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { after, afterEach, before, describe, it } from "node:test";

import { chromium, startBrowser } from "./browser.mjs";
import { startEmulator } from "./emulator.mjs";

const KEY = { "X-API-Key": "my-key", "Content-Type": "application/json" };
const SOURCE = JSON.stringify({
  name: "My source", short_name: "stripe", auth_fields: { api_key: "x" },
});
const TOKEN = "let-me-in";

const emulator = await startEmulator("--clock", "2026-01-15T10:00:00Z");
const { url } = emulator;
const control = async (path, options) => (await fetch(`${url}/__admin${path}`, options)).json();
const sessions = async () => (await control("/sessions")).sessions.map(({ name }) => name);
const create = (session, headers = {}) =>
  fetch(`${url}/@${session}/source-connections`, {
    method: "POST", headers: { ...KEY, ...headers }, body: SOURCE,
  }).then((answer) => answer.status);

// What Chromium says in its console of an answer that is an error.
const refused = (status, words) =>
  `Failed to load resource: the server responded with a status of ${status} (${words})`;

// A session whose client does not wait for what Retry-After says.
async function hasty(name) {
  await fetch(`${url}/__admin/sessions/${name}`, {
    method: "PUT",
    body: JSON.stringify({ scenario: "throttled-twice", clock: "2026-01-15T10:00:00Z" }),
  });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await create(name);
    await fetch(`${url}/__admin/sessions/${name}/clock/advance`, {
      method: "POST", body: JSON.stringify({ by: "400ms" }),
    });
  }
}

describe("the page for a terminal", () => {
  it("has a call for each vendor that is answered as it stands", async () => {
    const { try: calls } = await (await fetch(url)).json();
    assert.equal(Object.keys(calls).length, 3);
    for (const call of Object.values(calls)) {
      const status = execFileSync("sh", ["-c", `${call} -s -o /dev/null -w '%{http_code}'`]);
      assert.equal(String(status), "200", call);
    }
  });

  it("is small", async () => {
    const files = ["page.css", "page.js", "api.js", "dom.js", "exchanges.js", "views.js"];
    let bytes = 0;
    for (const path of ["/", ...files.map((file) => `/__admin/page/${file}`)]) {
      const answer = await fetch(url + path, { headers: { Accept: "text/html" } });
      assert.equal(answer.status, 200, path);
      bytes += (await answer.arrayBuffer()).byteLength;
    }
    assert.ok(bytes < 56_000, `${bytes} bytes, with the report's theme and the list of scenarios`);
  });
});

describe("the live page", { skip: chromium ? false : "there is no chromium" }, () => {
  let browser;
  let page;
  let expected = [];
  before(async () => { browser = await startBrowser(); });
  after(() => browser.stop());
  afterEach(async () => {
    const { complaints } = page;
    await page.close();
    assert.deepEqual(complaints, expected);
    expected = [];
  });

  async function open(path = "/", options = {}) {
    page = await browser.page(options);
    await page.open(url + path);
  }
  async function openHasty(name) {
    await hasty(name);
    await open(`/#session=${name}`);
    await page.until("document.querySelectorAll('.x.failed').length === 3");
  }

  it("makes no session by being looked at", async () => {
    const before_it = await sessions();
    await open();
    await page.until("document.querySelector('#live').textContent !== ''");
    assert.deepEqual(await sessions(), before_it);
    for (const one of page.requested) assert.ok(one.startsWith(url), one);
  });

  it("shows exchanges as they come", async () => {
    await create("comes");
    await open("/#session=comes");
    await page.until("document.querySelector('#x1')");
    await create("comes", { Prefer: "code=429" });
    await page.until("document.querySelector('#x2')");
    assert.match(await page.text("#x2"), /POST \/source-connections\s+429\s+airweave.create_source/);
    assert.match(await page.text("#tab-exchanges"), /Exchanges/);
  });

  it("says of what no operation answered what the answer says", async () => {
    await fetch(`${url}/@lost/v1/conections`, { headers: KEY });
    const socket = connect(new URL(url).port, "127.0.0.1").end("no request\r\n\r\n");
    await once(socket.resume(), "close");
    await open("/#session=lost");
    await page.until("document.querySelector('#x1')");
    assert.match(await page.text("#x1"), /GET \/v1\/conections\s+404\s+no vendor's contract has \/v1\/conections/);
    await open("/#session=default");
    await page.until("[...document.querySelectorAll('.x')].some((row) => row.textContent.includes('unreadable'))");
    const row = await page.value(
      "[...document.querySelectorAll('.x')].find((row) => row.textContent.includes('unreadable')).textContent");
    assert.match(row, /unreadable400The request line "no request" is not METHOD SP target/);
  });

  it("keeps the last thousand of many, and stays at their end", async () => {
    await create("many");
    await open("/#session=many");
    await page.until("document.querySelector('#x1')");
    const look = () => fetch(`${url}/@many/source-connections`, { headers: KEY });
    for (let i = 0; i < 22; i += 1) await Promise.all(Array.from({ length: 50 }, look));
    await page.until("document.querySelector('#x1101')");
    assert.equal(await page.value("document.querySelectorAll('.x').length"), 1000);
    assert.equal(await page.value("document.querySelector('#x101')"), null);
    assert.ok(await page.value(`(() => {
      const { scrollTop, clientHeight, scrollHeight } = document.querySelector("#list");
      return scrollTop + clientHeight > scrollHeight - 8;
    })()`));
  });

  it("tells of an exchange the request, the answer, the source and the rules", async () => {
    await openHasty("tells");
    await page.click("#x3");
    await page.until("document.querySelector('#detail dl')");
    const detail = await page.text("#detail");
    for (const words of ["Source\nAirweave", "X-API-Key: [redacted]", '"short_name": "stripe"',
      "by the request itself", "which had no play left"]) {
      assert.ok(detail.includes(words), `${words} is not in ${detail}`);
    }
  });

  it("says why a rule did not match", async () => {
    await hasty("why");
    await fetch(`${url}/@why/source-connections`, { headers: KEY });
    await open("/#session=why");
    await page.until("document.querySelector('#x4')");
    await page.click("#x4");
    await page.until("document.querySelector('#detail li')");
    assert.match(await page.text("#detail ul"),
      /does not match creates are throttled twice\s+creates wanted true, got false/);
  });

  it("shows verdicts with their exchanges on a time line, and leads to them", async () => {
    await openHasty("judged");
    await page.click("#tab-verdicts");
    await page.until("document.querySelector('.verdict.fail')");
    assert.match(await page.text(".verdict.fail"), /retry-after-honoured[^]* 4\d\d ms after 429/);
    assert.equal(await page.value("document.querySelectorAll('.verdict.fail .line i').length"), 3);
    assert.equal(await page.value("document.querySelectorAll('.verdict.fail .named').length"), 3);
    await page.click(".verdict.fail .link");
    await page.until("document.querySelector('#detail h3')?.textContent.startsWith('#1')");
    assert.equal(await page.value("document.querySelector('#exchanges').hidden"), false);
  });

  it("shows resources, and which of them were added", async () => {
    await openHasty("kept");
    await page.click("#tab-resources");
    await page.until("document.querySelector('.kind')");
    assert.match(await page.text("#resources"), /airweave.source_connection 1 1 added/);
  });

  it("shows deliveries", async () => {
    const hook = { url: "http://127.0.0.1:9/hook", events: ["sync_start"], active: true };
    const mine = { id: "mine", service: "s3", paused: false,
      status: { setup_state: "connected", sync_state: "scheduled" } };
    const seed = { "fivetran.webhook": { hook }, "fivetran.connection": { mine } };
    await fetch(`${url}/__admin/sessions/told`, {
      method: "PUT", body: JSON.stringify({ seed_state: seed }),
    });
    await fetch(`${url}/@told/v1/connections/mine/sync`, { method: "POST", body: '{"force": true}',
      headers: { Authorization: `Basic ${btoa("k:s")}`, "Content-Type": "application/json" } });
    await open("/#session=told");
    await page.until("document.querySelector('#x1')");
    await page.click("#tab-deliveries");
    await page.until("document.querySelector('#deliveries td')");
    assert.match(await page.text("#deliveries"), /sync_start\s+hook\s+http:\/\/127.0.0.1:9\/hook/);
  });

  it("makes a session, chooses its scenario, and moves its clock", async () => {
    await create("first");
    await open("/#session=first");
    await page.until("document.querySelector('#x1')");
    await page.click("#new summary");
    await page.write("#make [name=name]", "by-hand");
    await page.click("#make [name=frozen]");
    await page.click("#make button");
    await page.until("document.querySelector('#name').value === 'by-hand'");
    await page.until("document.querySelector('#pace').textContent === 'stands still'");
    await page.value(`(() => { const select = document.querySelector("#scenario");
      select.value = "throttled-twice"; select.dispatchEvent(new Event("change")); })()`);
    await page.until("document.querySelector('#progress').textContent.includes('0 of 2 played')");
    assert.equal((await control("/sessions/by-hand")).scenario, "throttled-twice");
    const { now } = await control("/sessions/by-hand/clock");
    const moved = async (by) => Date.parse((await control("/sessions/by-hand/clock")).now) -
      Date.parse(now) === by;
    await page.click("[data-by='1h']");
    await page.until("document.querySelector('#now').textContent !== ''");
    await page.write("#advance input", "90s");
    await page.click("#advance button");
    await page.until("document.querySelector('#advance input').value === ''");
    assert.ok(await moved(3_690_000), "an hour and 90 seconds");
    await page.click("#freeze");
    await page.until("document.querySelector('#pace').textContent === 'runs'");
    const base = await page.value("document.querySelector('.vendor li').textContent");
    assert.match(base, /\/@by-hand$/);
  });

  it("says what is wrong with a wish, until the next", async () => {
    await openHasty("wishes");
    await page.write("#advance input", "soon");
    await page.click("#advance button");
    await page.until(
      "document.querySelector('#message').textContent.includes(\"'soon' is no duration\")");
    expected = [refused(400, "Bad Request")];
  });

  it("resets a session, by two presses", async () => {
    await openHasty("resets");
    await page.click("#reset");
    assert.equal((await control("/sessions/resets")).requests, 3);
    await page.click("#reset");
    await page.until("document.querySelectorAll('.x').length === 0");
    assert.equal((await control("/sessions/resets")).requests, 0);
  });

  it("begins anew when somebody else resets the session", async () => {
    await openHasty("elsewhere");
    await fetch(`${url}/__admin/sessions/elsewhere/reset`, { method: "POST" });
    await create("elsewhere");
    await page.until("document.querySelectorAll('.x').length === 1");
  });

  it("filters by vendor, status, text and failed checks", async () => {
    await hasty("filters");
    await fetch(`${url}/@filters/v1/users`, {
      headers: { Authorization: `Basic ${btoa("k:s")}`, Accept: "application/json" },
    });
    await open("/#session=filters");
    await page.until("document.querySelectorAll('.x.failed').length === 3");
    await page.until("document.querySelector('#x4')");
    const set = (name, value) => page.value(`(() => {
      const field = document.querySelector("#filters [name=${name}]");
      if (field.type === "checkbox") field.checked = ${JSON.stringify(value)};
      else field.value = ${JSON.stringify(value)};
      field.dispatchEvent(new Event("input", { bubbles: true }));
      const shown = [...document.querySelectorAll(".x")].filter(({ hidden }) => !hidden);
      return shown.map(({ id }) => id).join(" ");
    })()`);
    assert.equal(await set("vendor", "fivetran"), "x4");
    assert.equal(await set("vendor", ""), "x1 x2 x3 x4");
    assert.equal(await set("tone", "throttled"), "x1 x2");
    assert.equal(await page.text("#shown"), "2 of 4");
    await set("tone", "");
    assert.equal(await set("text", "V1/users"), "x4");
    await set("text", "");
    assert.equal(await set("failed", true), "x1 x2 x3");
  });

  it("works by keyboard", async () => {
    await openHasty("keys");
    await page.value("document.querySelector('#list').focus()");
    await page.press("ArrowDown");
    await page.press("ArrowDown");
    await page.until("document.querySelector('#detail h3')?.textContent.startsWith('#2')");
    const active = "document.querySelector('#list').getAttribute('aria-activedescendant')";
    assert.equal(await page.value(active), "x2");
    await page.press("Enter");
    assert.equal(await page.value("document.activeElement.id"), "detail");
    await page.press("Escape");
    assert.equal(await page.value("document.activeElement.id"), "list");
    assert.equal(await page.value("document.querySelector('#detail h3')"), null);
    await page.value("document.querySelector('#tab-exchanges').focus()");
    await page.press("ArrowRight");
    assert.equal(await page.value("document.activeElement.id"), "tab-verdicts");
    await page.until("document.querySelector('.verdict.fail')");
  });

  it("runs nothing that a client sends", async () => {
    const evil = "<img src=x onerror=window.ran=1><script>window.ran=1</script>";
    await fetch(`${url}/@evil/source-connections?${encodeURI(evil).replaceAll("%3C", "<")}`, {
      method: "POST", headers: { ...KEY, "User-Agent": evil },
      body: JSON.stringify({ name: evil, short_name: "stripe", auth_fields: { api_key: "x" } }),
    });
    await fetch(`${url}/__admin/sessions/evil/store`, {
      method: "PUT",
      body: JSON.stringify({ resources: { "airweave.collection": { [evil]: { name: evil } } } }),
    });
    await fetch(`${url}/@evil/nothing/javascript:alert(1)/${encodeURIComponent(evil)}`);
    await open("/#session=evil");
    await page.until("document.querySelector('#x2')");
    for (const id of [1, 2]) {
      await page.click(`#x${id}`);
      await page.until(`document.querySelector('#detail h3')?.textContent.startsWith('#${id}')`);
      assert.match(await page.text("#detail"), /onerror(=|%3D)window.ran/);
    }
    for (const view of ["verdicts", "resources"]) {
      await page.click(`#tab-${view}`);
      await page.until(`document.querySelector('#${view}').children.length > 0`);
    }
    const resources = await page.value("document.querySelector('#resources').textContent");
    assert.ok(resources.includes("<img"), resources);
    assert.equal(await page.value("window.ran"), undefined);
    assert.equal(await page.value("document.querySelectorAll('main img, main script').length"), 0);
  });

  it("shows what is served and which sessions there are without scripts", async () => {
    await create("plain");
    await open("/", { scripts: false });
    const words = await page.text("main");
    const call = `curl ${url}/v1/connections -u my-key:my-secret`;
    for (const part of [`${url}/enterprise/v2`, call, "plain"]) {
      assert.ok(words.includes(part), `${part} is not in ${words}`);
    }
    assert.equal(await page.value("document.querySelector('#session').hidden"), true);
  });

  it("lets nothing in without the token, and keeps it out of URLs", async () => {
    const guarded = await startEmulator("--admin-token", TOKEN);
    await fetch(`${guarded.url}/@not-for-all/source-connections`, { headers: KEY });
    page = await browser.page();
    await page.open(guarded.url);
    await page.until("!document.querySelector('#token').hidden");
    assert.match(await page.text("main"), /curl http/);
    assert.ok(!(await page.value("document.documentElement.outerHTML")).includes("not-for-all"));
    await page.write("#token input", "let-me-inn");
    await page.click("#token button");
    await page.until("document.querySelector('#message').textContent.includes('not the token')");
    await page.write("#token input", TOKEN);
    await page.click("#token button");
    await page.until("document.querySelector('#x1')");
    assert.equal(await page.value("document.querySelector('#token').hidden"), true);
    for (const one of [...page.requested, await page.value("location.href")]) {
      assert.ok(!one.includes(TOKEN), one);
    }
    assert.equal(await page.value("document.cookie + JSON.stringify(localStorage)"), "{}");
    expected = [refused(401, "Unauthorized"), refused(401, "Unauthorized")];
  });
});
