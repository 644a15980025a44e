// withMockduit(test): a session of its own for each test of Vitest, Jest or node:test.
//
// A test fails where a verdict on its requests does. This uses the control API and Node alone, and
// never touches the client under test. It is CommonJS, which `import` and `require` both load.
const { spawn } = require("node:child_process");
const { createHash } = require("node:crypto");
const { relative } = require("node:path");

// The server ends when its command does, and `cat` ends when this process does, however that ends.
const COMMAND = ["exec", "--port", "0", "--", "sh", "-c", 'echo "$MOCKDUIT_URL"; exec cat'];

// The test's name where it is a valid session name; else the end of it and a hash.
function sessionName(test) {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/.test(test)) return test;
  const words = test.replace(/[^A-Za-z0-9._-]+/gu, "-").toLowerCase().slice(-55);
  const hash = createHash("sha256").update(test).digest("hex").slice(0, 8);
  return `${words.replace(/^[-._]+|[-._]+$/g, "")}-${hash}`.replace(/^-/, "");
}

class Server {
  // The server at MOCKDUIT_URL, which is left running, or else one that is started.
  static async connect() {
    const server = new Server();
    server.url = (process.env.MOCKDUIT_URL || (await server.#start())).replace(/\/+$/, "");
    const { paths } = await server.call("GET", "/");
    server.paths = new Map(Object.entries(paths));
    return server;
  }

  #start() {
    const binary = process.env.MOCKDUIT_BIN || "mockduit";
    const child = (this.child = spawn(binary, COMMAND));
    return new Promise((resolve, reject) => {
      let log = "";
      child.stderr.on("data", (text) => (log += text));
      child.stdout.once("data", (text) => {
        child.stderr.removeAllListeners("data").resume();
        for (const one of [child, child.stdin, child.stdout, child.stderr]) one.unref();
        resolve(String(text).trim());
      });
      child.once("error", (error) =>
        reject(new Error(`${binary}: ${error.message}; is MOCKDUIT_BIN right?`)));
      child.once("close", (code, signal) => reject(new Error(
        `mockduit does not start (exit code ${code ?? signal}): ${log.trim()}`)));
    });
  }

  stop() {
    if (!this.child) return undefined;
    this.child.ref();
    this.child.stdin.end();
    return new Promise((resolve) => this.child.once("exit", resolve));
  }

  // Calls the control API; gives what it answers.
  async call(method, path, body) {
    const token = process.env.MOCKDUIT_ADMIN_TOKEN;
    const headers = { Accept: "application/json", "Content-Type": "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    const asked = { method, headers, body: body && JSON.stringify(body) };
    const answer = await fetch(this.url + path, asked).catch((error) => ({
      text: () => `${error.cause?.message ?? error.message}`,
    }));
    const text = await answer.text();
    if (answer.ok) return text && JSON.parse(text);
    throw new Error(`${method} ${this.url}${path}: ${text}`);
  }
}

// The session of one test.
class Mockduit {
  #server;
  #required = ["all"];

  constructor(server, test) {
    this.#server = server;
    this.session = sessionName(test);
  }

  url(vendor) {
    const { url, paths } = this.#server;
    if (paths.has(vendor)) return `${url}/@${this.session}${paths.get(vendor)}`;
    throw new Error(`no vendor is called '${vendor}'; there are ${[...paths.keys()].join(", ")}`);
  }

  async begin(settings) {
    await this.#call("DELETE"); // an earlier run may have left it
    await this.set(settings);
  }

  async set(settings) {
    await this.#call("PUT", "", settings);
  }

  advance = (by) => this.#call("POST", "/clock/advance", { by });
  requests = async () => (await this.#call("GET", "/requests")).requests;
  verdicts = async () => (await this.#call("GET", "/verdicts")).verdicts;

  require(...checks) {
    this.#required = checks;
  }

  // Rejects unless the verdicts are as required. The test's end calls it.
  async verify() {
    const { total, verdicts } = await this.#call("GET", "/verdicts");
    const every = this.#required.includes("all");
    const known = ["all", ...verdicts.map(({ check }) => check)];
    const unknown = this.#required.filter((check) => !known.includes(check));
    const lines = unknown.map((check) => `no check is called '${check}'`);
    if (every && total === 0) {
      lines.push("no request came to this session; does the client use its URL?");
    }
    for (const { check, result, summary, findings } of verdicts) {
      const named = this.#required.includes(check) && result !== "pass";
      if (!named && !(every && ["fail", "inconclusive"].includes(result))) continue;
      const texts = findings.map(({ text, exchanges }) => [text, ...exchanges].join(" #"));
      lines.push(...(texts.length ? texts : [summary]).map((text) => `${check}: ${text}`));
    }
    if (lines.length) throw new Error([`mockduit session ${this.session}:`, ...lines].join("\n  "));
  }

  #call(method, path = "", body) {
    return this.#server.call(method, `/__admin/sessions/${this.session}${path}`, body);
  }
}

const taken = new Map(); // how often this process had a test of this name
let server; // a promise of the one for this process

// What the runner calls the test, and its file: by its context, or by the state of `expect`.
function testName(context) {
  const state = (context?.expect ?? globalThis.expect)?.getState?.() ?? {};
  const path = state.testPath ?? context?.filePath ?? process.argv[1];
  const file = relative(process.cwd(), path ?? "");
  const name = `${file} ${state.currentTestName ?? context?.fullName ?? context?.name}`;
  taken.set(name, (taken.get(name) ?? 0) + 1);
  return taken.get(name) === 1 ? name : `${name} ${taken.get(name)}`;
}

// Makes the function for `test(name, …)`: it calls body(mock), then verifies.
function withMockduit(body, { require: required = ["all"], ...settings } = {}) {
  return async (...context) => {
    server ??= Server.connect();
    const mock = new Mockduit(await server, testName(context[0]));
    mock.require(...required);
    await mock.begin(settings);
    await body(mock, ...context);
    await mock.verify();
  };
}

module.exports = { withMockduit, sessionName, Server };
