// Two versions of Airweave's own client for JavaScript, unchanged, meet the same 429 and get
// opposite verdicts: 0.1.51 tries again after a second of its own, 0.7.20 waits as it was told.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { binary, environment } from "./emulator.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SCENARIO = `
description: One 429 that says when to come back, then success.
rules:
  - match: {operation: airweave.create_source_connection}
    play: [{outcome: rate_limited, retry_after: 3s}]
`;
const STRIPE = { name: "My Stripe Account", short_name: "stripe" };
const CLIENTS = {
  "0.1.51": {
    module: "@airweave/sdk",
    body: { ...STRIPE, auth_fields: { api_key: "sk_test_123" } },
  },
  "0.7.20": {
    module: "airweave-sdk-0.7",
    body: {
      ...STRIPE,
      readable_collection_id: "my-collection",
      authentication: { credentials: { api_key: "sk_test_123" } },
    },
  },
};

// Creates one source connection and prints its name; that is all a test of an application does.
const programFor = ({ module, body }) => `
  import { AirweaveSDKClient } from ${JSON.stringify(module)};
  const { sourceConnections } = new AirweaveSDKClient({
    apiKey: "my-key",
    baseUrl: process.env.MOCKDUIT_AIRWEAVE_URL,
  });
  const create = sourceConnections.create ?? sourceConnections.createSourceConnection;
  const { name } = await create.call(sourceConnections, ${JSON.stringify(body)});
  console.log(name);
  process.exit(0);
`;

const folder = await mkdtemp(join(tmpdir(), "mockduit-"));
after(() => rm(folder, { recursive: true }));

// How `mockduit exec` ends that runs this version's program, and what it says.
async function run(version) {
  const junit = join(folder, `${version}.xml`);
  const options = ["--scenarios", folder, "--scenario", "come-back-in-three"];
  const gates = ["--require", "retry-after-honoured", "--junit", junit];
  const program = ["--input-type=module", "-e", programFor(CLIENTS[version])];
  const child = spawn(
    binary,
    ["exec", ...options, ...gates, "--", process.execPath, ...program],
    { cwd: HERE, env: environment, stdio: ["ignore", "pipe", "pipe"] },
  );
  const [[code], output, summary] = await Promise.all([
    once(child, "exit"),
    text(child.stdout),
    text(child.stderr),
  ]);
  const xml = await readFile(junit, "utf8");
  const [, verdict] = xml.match(/name="retry-after-honoured"[^>]*>([^]*?)<(?:\/testcase|testcase)/);
  return { code, output, summary, verdict };
}

const lineOf = (check, summary) =>
  summary.split("\n").find((line) => line.slice(8).startsWith(`${check} `));

describe("a 429 with Retry-After 3, then success", { concurrency: true }, () => {
  let runs;

  // Both at once, as each waits in real time.
  before(async () => {
    await writeFile(join(folder, "come-back-in-three.yaml"), SCENARIO);
    const [hasty, patient] = await Promise.all(["0.1.51", "0.7.20"].map(run));
    runs = { hasty, patient };
  });

  it("is come through by both", () => {
    for (const { output, summary } of Object.values(runs)) {
      assert.equal(output, "My Stripe Account\n");
      assert.match(summary, /^session default: 2 exchanges$/m);
      assert.match(lineOf("recovers", summary), /^ {2}pass /);
    }
  });

  it("is met too early by 0.1.51", () => {
    const { code, summary, verdict } = runs.hasty;
    assert.equal(code, 3, summary);
    assert.match(
      lineOf("retry-after-honoured", summary),
      /^ {2}FAIL .* tried again (\d+ ms|[12].* s) after 429 with Retry-After 3 s {2}#1 #2$/,
    );
    assert.match(summary, /^mockduit: retry-after-honoured failed in 1 session$/m);
    assert.match(verdict, /<failure message="POST \/source-connections was tried again .* Retry-After 3 s"/);
  });

  it("is honoured by 0.7.20", () => {
    const { code, summary, verdict } = runs.patient;
    assert.equal(code, 0, summary);
    assert.match(lineOf("retry-after-honoured", summary), /^ {2}pass .* \(seen 1 time\)$/);
    assert.doesNotMatch(summary, /^mockduit: /m);
    assert.equal(verdict.trim(), "");
  });
});
