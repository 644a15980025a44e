// Makes a test of each entry of ../../corpus.json. tests/e2e/integrations_test.py runs this under
// node --test, Vitest and Jest; the last two have a global `test`.
const assert = require("node:assert/strict");

const corpus = require("../../corpus.json");
const { sessionName, withMockduit } = require("../index.js");

const test = globalThis.test ?? require("node:test");

async function send(mock, { vendor, method, path, body }) {
  const headers = { "Content-Type": "application/json", ...corpus.credentials[vendor] };
  const asked = { method, headers, body: body && JSON.stringify(body) };
  const answer = await fetch(mock.url(vendor) + path, asked);
  await answer.arrayBuffer();
  return answer.status;
}

async function take(step, mock) {
  if (step.call) assert.equal(await send(mock, step.call), step.status);
  else if (step.set) await mock.set(step.set);
  else if (step.advance) await mock.advance(step.advance);
  else if (step.require) mock.require(...step.require);
  else if (step.requests !== undefined) {
    assert.equal((await mock.requests()).length, step.requests);
  } else if (step.verdict) {
    const [wanted, result] = step.verdict;
    assert.equal((await mock.verdicts()).find(({ check }) => check === wanted).result, result);
  } else if (step.url) {
    const end = step.ends.replace("{session}", mock.session);
    assert.ok(mock.url(step.url).endsWith(end));
  } else assert.fail(step.fail);
}

corpus.tests.forEach(({ name, settings, steps }, number) => {
  const body = async (mock) => {
    for (const step of steps) await take(step, mock);
  };
  test(`${number} ${name}`, withMockduit(body, settings));
});

// Jest gives a test no context, and has `expect` everywhere; Vitest gives its own with the context.
for (const runner of ["Jest", "Vitest"]) {
  test(`the name of a test of ${runner}`, async () => {
    const expect = { getState: () => ({ currentTestName: `of ${runner}`, testPath: __filename }) };
    let session;
    const wrapped = withMockduit((mock) => (session = mock.session), { require: [] });
    assert.equal(wrapped.length, 0); // else Jest takes the first parameter for `done`
    if (runner === "Jest") globalThis.expect = expect;
    await (runner === "Jest" ? wrapped() : wrapped({ expect })).finally(() => delete globalThis.expect);
    assert.equal(session, sessionName(`test/corpus.test.js of ${runner}`));
  });
}

test("names", () => {
  for (const entry of corpus.names) assert.equal(sessionName(entry.test), entry.session);
});
