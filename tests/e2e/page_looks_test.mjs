// How the live page and the HTML report look in a real Chromium: no rule of axe is broken in light,
// in dark and on a phone, nothing is cut, and labels do not overlap.
//
// With MOCKDUIT_SCREENSHOTS=FOLDER every picture that was judged is kept there.
// Starts first.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";

import { chromium, startBrowser } from "./browser.mjs";
import { binary, environment, startEmulator } from "./emulator.mjs";

const SCREENS = {
  light: {}, dark: { dark: true }, phone: { width: 390, height: 844 },
  "dark-phone": { width: 390, height: 844, dark: true },
};
const NOW = "2026-01-15T10:00:00Z";
const PICTURES = process.env.MOCKDUIT_SCREENSHOTS;

// A client that creates too soon after each 429, and then something else.
const CLIENT = `
create() {
  curl -s -o /dev/null "$1/source-connections" -H 'X-API-Key: my-key' \\
    -H 'Content-Type: application/json' -d '{"name":"My source","short_name":"stripe"}'
}
advance() { curl -s -o /dev/null "$2/clock/advance" -d "{\\"by\\":\\"$1\\"}"; }
for session in default checkout; do
  control=$MOCKDUIT_URL/__admin/sessions/$session
  for wait in 400ms 3s 1s; do create "$MOCKDUIT_URL/@$session"; advance $wait $control; done
  curl -s -o /dev/null "$MOCKDUIT_URL/@$session/v1/connections" -H 'Prefer: code=403' -u my-key:s
  advance 2s $control
  curl -s -o /dev/null "$MOCKDUIT_URL/~server-error@$session/source-connections" \\
    -H 'X-API-Key: my-key' -H 'Content-Type: application/json' -d '{}'
  curl -s -o /dev/null "$MOCKDUIT_URL/@$session/nothing/of/the/kind"
done
`;

describe("in a browser", { skip: chromium ? false : "there is no chromium" }, () => {
  let browser;
  let url;
  let report;
  let page;
  const folder = mkdtempSync(join(tmpdir(), "mockduit-looks-"));

  before(async () => {
    browser = await startBrowser();
    ({ url } = await startEmulator("--clock", NOW, "--scenario", "throttled-twice"));
    const client = { env: { ...environment, MOCKDUIT_URL: url }, stdio: "inherit" };
    assert.equal(spawnSync("sh", ["-c", CLIENT], client).status, 0);
    report = join(folder, "report.html");
    spawnSync(binary, ["exec", "--each", "throttled-twice,success,rate-limited", "--clock",
      NOW, "--report", report, "--", "sh", "-c", CLIENT],
    { env: environment, stdio: "ignore" });
  });
  after(async () => {
    await browser.stop();
    rmSync(folder, { recursive: true });
  });

  afterEach(() => page.close());

  async function judge(name) {
    if (PICTURES) await page.screenshot(join(PICTURES, `${name}.png`));
    assert.deepEqual(await page.violations(), [], name);
    const fits = await page.value("document.documentElement.scrollWidth <= innerWidth");
    assert.ok(fits, `${name} is too wide`);
    assert.deepEqual(page.complaints, []);
  }

  // One page for all screens, for what takes long is a page's first look at axe.
  async function judgeOnScreens(name) {
    for (const screen of Object.keys(SCREENS)) {
      await page.show(SCREENS[screen]);
      await page.value("scrollTo(0, 0)");
      await judge(`${name}-${screen}`);
    }
  }

  async function openReport(screen) {
    page = await browser.page(SCREENS[screen]);
    await page.open(pathToFileURL(report).href);
  }

  it("the live page is sound on every screen", async () => {
    page = await browser.page();
    await page.open(`${url}/#session=checkout`);
    await page.until("document.querySelectorAll('.x').length === 6");
    await page.until("document.querySelector('.x.failed')");
    await judgeOnScreens("page");
    await page.click("#x2");
    await page.until("document.querySelector('#detail dl')");
    await judgeOnScreens("exchange");
    for (const view of ["verdicts", "resources", "deliveries"]) {
      await page.click(`#tab-${view}`);
      await page.until(`document.querySelector('#${view}').children.length > 0`);
      await judgeOnScreens(view);
    }
    await page.click("#served > summary");
    await page.click("#new > summary");
    await judgeOnScreens("served");
  });

  it("the report is sound on every screen", async () => {
    await openReport("light");
    await judgeOnScreens("report");
  });

  it("a call breaks between its parts, and in a long URL behind a slash", async () => {
    for (const [width, broken] of [[1200, false], [390, true]]) {
      page = await browser.page({ width, height: 800 });
      await page.open(url);
      await page.until("document.querySelector('.copied button')");
      const lines = await page.value(`[...document.querySelectorAll('.copied span')].map((part) => {
        const range = document.createRange();
        const lines = new Map();
        for (const node of part.childNodes) {
          if (node.nodeType !== Node.TEXT_NODE) continue;
          range.selectNodeContents(node);
          const rects = [...range.getClientRects()];
          for (const { top } of rects) lines.set(top, [node.data, rects.length]);
        }
        return [...lines.values()];
      })`);
      const long = lines.filter((part) => part.length > 1);
      assert.ok(broken ? long.length > 0 : long.length === 0, JSON.stringify(lines));
      for (const [piece, rows] of lines.flat()) assert.equal(rows, 1, `${piece} at ${width}`);
      if (width > 390) await page.close();
    }
  });

  it("the report of a session can be seen on a phone without scripts", async () => {
    page = await browser.page({ ...SCREENS.phone, scripts: false });
    await page.open(url);
    const right = await page.value(
      "document.querySelector('#sessions a').getBoundingClientRect().right");
    assert.ok(right <= 390, `it ends at ${right}`);
  });

  it("the canvas of the page is dark where the person likes it dark", async () => {
    page = await browser.page(SCREENS.dark);
    await page.open(url);
    const [scheme, canvas] = await page.value(`[
      getComputedStyle(document.documentElement).colorScheme,
      getComputedStyle(document.body).backgroundColor]`);
    assert.deepEqual([scheme, canvas], ["light dark", "rgb(20, 23, 26)"]);
  });

  it("on a desk the lists of the page scroll, not the page", async () => {
    page = await browser.page();
    await page.open(`${url}/#session=checkout`);
    await page.until("document.querySelectorAll('.x').length === 6");
    await page.click("#x2");
    await page.until("document.querySelector('#detail dl')");
    assert.ok(await page.value("document.documentElement.scrollHeight <= innerHeight"));
  });

  it("on a phone no two labels of the report's axes overlap", async () => {
    await openReport("phone");
    const overlaps = await page.value(`[...document.querySelectorAll(".ticks")].flatMap((ticks) => {
      const boxes = [...ticks.querySelectorAll("span")].map((tick) => tick.getBoundingClientRect())
        .filter(({ width }) => width > 0);
      return boxes.slice(1).filter((box, i) => box.left < boxes[i].right).map(({ left }) => left);
    })`);
    assert.ok(await page.value("document.querySelectorAll('.ticks').length > 0"));
    assert.deepEqual(overlaps, []);
  });

  it("on a phone no words of a wait stand behind a mark", async () => {
    const crowded = join(folder, "crowded.html");
    const client = `
    for wait in 25 8 5 0; do
      curl -s -o /dev/null "$MOCKDUIT_URL/source-connections" -H 'X-API-Key: my-key' \\
        -H 'Content-Type: application/json' -d '{"name":"My source","short_name":"stripe"}'
      curl -s -o /dev/null "$MOCKDUIT_URL/__admin/sessions/default/clock/advance" -d "{\\"by\\":\\"\${wait}ms\\"}"
    done`;
    spawnSync(binary, ["exec", "--scenario", "throttled-twice", "--clock", NOW, "--report", crowded, "--",
      "sh", "-c", client], { env: environment, stdio: "ignore" });
    for (const screen of ["phone", "light"]) {
      page = await browser.page(SCREENS[screen]);
      await page.open(pathToFileURL(crowded).href);
      const { words, hidden } = await page.value(`(() => {
        const boxes = [...document.querySelectorAll(".track .wait b")].map((label) => {
          const range = document.createRange();
          range.selectNodeContents(label);
          return { room: label.getBoundingClientRect(), box: range.getBoundingClientRect(),
                   marks: [...label.closest(".track").querySelectorAll(".mark")]
                     .map((mark) => mark.getBoundingClientRect()) };
        }).filter(({ room, box }) => box.top < room.bottom);
        return { words: boxes.length, hidden: boxes.filter(({ box, marks }) => marks.some((mark) =>
          mark.left < box.right && box.left < mark.right && mark.top < box.bottom && box.top < mark.bottom)).length };
      })()`);
      assert.ok(words > 0, screen);
      assert.equal(hidden, 0, screen);
      if (screen === "phone") await page.close();
    }
  });

  it("on a phone the table of the report's runs is not cut", async () => {
    await openReport("phone");
    assert.ok(await page.value(`(() => {
      const { scrollWidth, clientWidth } = document.querySelector(".runs").parentElement;
      return scrollWidth <= clientWidth;
    })()`));
  });

  it("the report shows what failed alone, without a script", async () => {
    await openReport("light");
    const seen = (selector) => page.value(`[...document.querySelectorAll("${selector}")]
      .filter((element) => element.checkVisibility())
      .map(({ className, id }) => className + " " + id)`);
    const all = await seen(".exchanges tbody");
    await page.click("#only-failed");
    const failed = await seen(".exchanges tbody");
    assert.ok(failed.length > 0 && failed.length < all.length, `${failed.length} of ${all.length}`);
    for (const row of failed) assert.match(row, /^failed /);
    for (const part of [".run", ".session", ".runs tbody tr"]) {
      for (const name of await seen(part)) assert.match(name, /\bfailed\b/, part);
    }
    assert.deepEqual(await seen(".coverage"), []);
    await judge("report-failed");
    await page.click("#only-failed");
    assert.deepEqual(await seen(".exchanges tbody"), all);
  });
});
