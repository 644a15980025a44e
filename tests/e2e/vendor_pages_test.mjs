// The pages that stand in for vendors', a Connect Card's and a login link's, in a real Chromium: no rule of axe
// is broken in light, in dark and on a phone, all look alike, and they work without scripts and by keyboard alone.
//
// With MOCKDUIT_SCREENSHOTS=FOLDER every picture that was judged is kept there.
// Starts first.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";

import { chromium, startBrowser } from "./browser.mjs";
import { startEmulator } from "./emulator.mjs";

const SCREENS = {
  light: {}, dark: { dark: true }, phone: { width: 390, height: 844 },
  "dark-phone": { width: 390, height: 844, dark: true },
};
const PICTURES = process.env.MOCKDUIT_SCREENSHOTS;
const KEY = { Authorization: `Basic ${Buffer.from("my-key:s").toString("base64")}` };

describe("in a browser", { skip: chromium ? false : "there is no chromium" }, () => {
  let browser;
  let url;
  let page;
  let caller;
  let back;

  before(async () => {
    browser = await startBrowser();
    ({ url } = await startEmulator());
    // The page of the caller, to which the end user goes back.
    caller = createServer((request, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(`<!doctype html><title>Back</title><p id="back">${request.url.length}</p>`);
    });
    await new Promise((listening) => caller.listen(0, "127.0.0.1", listening));
    back = `http://127.0.0.1:${caller.address().port}/back?state=7`;
  });
  after(async () => {
    await browser.stop();
    caller.close();
  });
  afterEach(() => page.close());

  async function ask(method, path, body, key = KEY) {
    const answer = await fetch(`${url}${path}`, { method, body: JSON.stringify(body),
      headers: { ...key, "Content-Type": "application/json" } });
    return (await answer.json()).data;
  }

  const make = () => ask("POST", "/v1/connections", {
    group_id: "group_id", service: "azure_service_bus", run_setup_tests: false,
    config: { schema: "bus" }, connect_card_config: { redirect_uri: back } });

  async function judge(name) {
    if (PICTURES) await page.screenshot(join(PICTURES, `${name}.png`));
    assert.deepEqual(await page.violations(), [], name);
    const fits = await page.value("document.documentElement.scrollWidth <= innerWidth");
    assert.ok(fits, `${name} is too wide`);
    const frame = await page.value("getComputedStyle(document.querySelector('main')).borderTopStyle");
    assert.equal(frame, "solid", `${name} has not the style of the others`);
  }

  for (const screen of Object.keys(SCREENS)) {
    it(`the page of a card is sound in ${screen}`, async () => {
      const { connect_card: card } = await make();
      page = await browser.page(SCREENS[screen]);
      await page.open(card.uri);
      await judge(`card-${screen}`);
      await page.click("button[value=fail]");
      await page.until("document.querySelector('[role=alert]')");
      await judge(`card-failed-${screen}`);
    });
  }

  // Whatever is wrong with the link, a page says so.
  const NOWHERE = {
    "card-expired": "/connect-card/setup?auth=nonsense",
    "login-unknown": "/v2/datasource/login/renew/no-such-link",
    "login-unreadable": "/v2/datasource/login/renew/no%20such%20link?auto=sometimes",
  };
  for (const screen of Object.keys(SCREENS)) {
    it(`links that lead nowhere have pages that are sound in ${screen}`, async () => {
      page = await browser.page(SCREENS[screen]);
      for (const [name, path] of Object.entries(NOWHERE)) {
        await page.open(url + path);
        await judge(`${name}-${screen}`);
        assert.match(await page.value("document.body.textContent"), /Ask for another one/);
      }
    });

    it(`the page of a login link is sound in ${screen}`, async () => {
      const { login_url: link } = await ask("POST", "/supermetrics/v2/ds/login/link", { ds_id: "GAWA" }, {
        Authorization: "Bearer my-key" });
      page = await browser.page(SCREENS[screen]);
      await page.open(link);
      await judge(`login-${screen}`);
      await page.click("button[value=refuse]");
      await page.until("document.querySelector('[role=alert]')");
      await judge(`login-refused-${screen}`);
    });
  }

  it("without scripts and by keyboard alone it connects, and goes back with the token", async () => {
    const { id, connect_card: card } = await make();
    page = await browser.page({ scripts: false });
    await page.open(card.uri);
    await page.press("Tab");
    for (let presses = 0; presses < 60; presses += 1) {
      if (await page.value("document.activeElement.value === 'connect'")) break;
      await page.press("Tab");
    }
    await page.press("Enter");
    await page.until("document.querySelector('#back')");
    const { pathname, search } = new URL(await page.value("location.href"));
    assert.equal(pathname + search, `/back?state=7&auth=${card.token}`);
    assert.equal((await ask("GET", `/v1/connections/${id}`)).status.setup_state, "connected");
  });
});
