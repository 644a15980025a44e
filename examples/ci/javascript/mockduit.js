// One server for the run; for each test a session, whose verdicts are asserted at the test's end. For
// Vitest, Jest and node --test alike.
const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { createInterface } = require("node:readline");

async function startMockduit() {
  const command = process.env.MOCKDUIT ?? "mockduit";
  const server = spawn(command, ["serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  await once(server, "spawn");
  const [line] = await once(createInterface(server.stdout), "line");
  const url = line.replace("listening on ", "");

  // Calls `use` with the URL of a world of its own, in which `scenario` is played.
  async function judged(name, scenario, use) {
    await use(`${url}/~${scenario}@${name}`);
    const answer = await fetch(`${url}/__admin/sessions/${name}/verdicts`);
    const { verdicts } = await answer.json();
    const bad = verdicts.filter(({ result }) => result === "fail" || result === "inconclusive");
    assert.equal(bad.map(({ check, summary }) => `${check}: ${summary}`).join("\n"), "");
  }

  async function stop() {
    const exit = once(server, "exit");
    server.kill();
    await exit;
  }

  return { judged, stop };
}

module.exports = { startMockduit };
