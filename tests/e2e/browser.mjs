// Chromium for a test file, driven by the DevTools protocol over a pipe: no port, and no library.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { environment } from "./emulator.mjs";

const PATIENCE = 30_000; // ms
// What chromium says to a question about a page that is being left.
const LEFT = /Inspected target navigated or closed|Execution context was destroyed|Cannot find context/;
const KEYS = { ArrowDown: 40, ArrowUp: 38, ArrowRight: 39, ArrowLeft: 37, Escape: 27, Enter: 13,
  Tab: 9 };

export const chromium = ["chromium", "chromium-browser"].find(
  (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
);

export async function startBrowser() {
  const home = mkdtempSync(join(tmpdir(), "mockduit-browser-"));
  const child = spawn(
    chromium,
    ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
      "--disable-background-networking", "--remote-debugging-pipe",
      `--user-data-dir=${join(home, "profile")}`],
    { env: { ...environment, HOME: home }, stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
  );
  const answers = new Map();
  const pages = new Map();
  let count = 0;
  let rest = "";
  child.stdio[4].setEncoding("utf8").on("data", (text) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop();
    for (const message of messages.map((each) => JSON.parse(each))) {
      if (message.id) answers.get(message.id)(message);
      else pages.get(message.sessionId)?.hear(message);
    }
  });
  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      count += 1;
      answers.set(count, ({ error, result }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result));
      child.stdio[3].write(`${JSON.stringify({ id: count, method, params, sessionId })}\0`);
    });
  return {
    // A tab of that size; `dark` is the color scheme that the person prefers.
    async page({ scripts = true, ...screen } = {}) {
      const { targetId } = await send("Target.createTarget", { url: "about:blank" });
      const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
      const page = new Page((method, params) => send(method, params, sessionId), targetId);
      pages.set(sessionId, page);
      await page.begin({ scripts, ...screen });
      return page;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      await send("Browser.close").catch(() => {});
      await ended;
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

class Page {
  // What went wrong in it: exceptions, and what a policy or the server refused.
  complaints = [];
  requested = [];
  #send;
  #target;
  #loaded = () => {};

  constructor(send, target) {
    this.#send = send;
    this.#target = target;
  }

  // A browser has six connections to a server, and a page that is open keeps one.
  close() {
    return this.#send("Target.closeTarget", { targetId: this.#target });
  }

  async begin({ scripts, ...screen }) {
    for (const domain of ["Page", "Runtime", "Log", "Network"]) {
      await this.#send(`${domain}.enable`);
    }
    await this.show(screen);
    if (!scripts) await this.#send("Emulation.setScriptExecutionDisabled", { value: true });
  }

  // On another screen, the page as it stands.
  async show({ width = 1280, height = 800, dark = false }) {
    await this.#send("Emulation.setDeviceMetricsOverride", {
      width, height, deviceScaleFactor: 1, mobile: false,
    });
    await this.#send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }],
    });
  }

  hear({ method, params }) {
    if (method === "Page.loadEventFired") this.#loaded();
    if (method === "Network.requestWillBeSent") this.requested.push(params.request.url);
    if (method === "Log.entryAdded") this.complaints.push(params.entry.text);
    if (method === "Runtime.exceptionThrown") {
      this.complaints.push(params.exceptionDetails.exception?.description ?? "an exception");
    }
  }

  async open(url) {
    const loaded = new Promise((resolve) => { this.#loaded = resolve; });
    await this.#send("Page.navigate", { url });
    await loaded;
  }

  // The value of an expression, once a promise is settled.
  async value(expression) {
    const { result, exceptionDetails } = await this.#send("Runtime.evaluate", {
      expression, awaitPromise: true, returnByValue: true, userGesture: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? expression);
    return result.value;
  }

  // The same, or undefined where the page is left before it can say.
  async valueUnlessLeft(expression) {
    try {
      return await this.value(expression);
    } catch (error) {
      if (LEFT.test(error.message)) return undefined;
      throw error;
    }
  }

  // The value of the expression once it is true, on this page or on one that follows it.
  async until(expression) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const value = await this.valueUnlessLeft(expression);
      if (value) return value;
      if (Date.now() > end) throw new Error(`it never came true: ${expression}`);
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  }

  text(selector) {
    return this.value(`document.querySelector(${JSON.stringify(selector)})?.innerText`);
  }

  // What is clicked may lead away at once.
  click(selector) {
    return this.valueUnlessLeft(`document.querySelector(${JSON.stringify(selector)}).click()`);
  }

  async press(key) {
    const event = { key, code: key, windowsVirtualKeyCode: KEYS[key] };
    const text = key === "Enter" ? { text: "\r" } : {};  // what presses the button that has the focus
    await this.#send("Input.dispatchKeyEvent", { type: "keyDown", ...event, ...text });
    await this.#send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  async write(selector, text) {
    await this.value(`document.querySelector(${JSON.stringify(selector)}).focus()`);
    await this.#send("Input.insertText", { text });
  }

  // Every rule of axe that the page breaks, with the elements that do.
  async violations() {
    const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    if (await this.value("!window.axe")) await this.value(`${readFileSync(axe, "utf8")}; undefined`);
    return this.value(`axe.run(document, {resultTypes: ["violations"]}).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" | ")))`);
  }

  async screenshot(file) {
    const { data } = await this.#send("Page.captureScreenshot", { format: "png" });
    writeFileSync(file, Buffer.from(data, "base64"));
  }
}
