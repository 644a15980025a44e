// The page of a Connect Card in a real Chromium: no rule of axe is broken in light, in dark and on a phone, it
// works without scripts and by keyboard alone, and it goes where it should.
//
// With MOCKDUIT_SCREENSHOTS=FOLDER every picture that was judged is kept there.
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

  async function ask(method, path, body) {
    const answer = await fetch(`${url}${path}`, { method, body: JSON.stringify(body),
      headers: { ...KEY, "Content-Type": "application/json" } });
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

  it("an expired link has a page that is sound, too", async () => {
    page = await browser.page();
    await page.open(`${url}/connect-card/setup?auth=nonsense`);
    await judge("card-expired");
  });

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
