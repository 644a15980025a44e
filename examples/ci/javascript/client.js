// A client of Airweave's API that comes through what passes, and gives up what does not.
const ATTEMPTS = 4;
const PATIENCE = 5000; // ms; who is told to wait longer comes back another day

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function waitBefore(attempt, answer) {
  const passing = answer.status === 429 || answer.status >= 500;
  if (!passing || attempt + 1 === ATTEMPTS) return undefined;
  const told = answer.headers.get("Retry-After");
  if (told === null) return 100 * 2 ** attempt * (0.8 + 0.4 * Math.random());
  const wait = Number(told) * 1000;
  return wait <= PATIENCE ? wait : undefined;
}

// The status of the last attempt.
async function createSource(server, name) {
  const body = JSON.stringify({ name, short_name: "stripe" });
  const headers = { "X-API-Key": "my-key", "Content-Type": "application/json" };
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(`${server}/source-connections`, { method: "POST", headers, body });
    await answer.text();
    const wait = waitBefore(attempt, answer);
    if (wait === undefined) return answer.status;
    await sleep(wait);
  }
}

module.exports = { createSource };
