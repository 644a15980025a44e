// Clients as people write them. Each says how often it tries, how long it waits before the attempt
// after the n-th, what it tries again and what it sends then. All sleep by way of the driver, so they
// run on a clock that stands still, too.

const failed = ({ status }) => status === 0 || status === 408 || status === 429 || status >= 500;
const growing = (n) => 50 * 2 ** n;

async function once(place, { url, method, headers, body }) {
  const signal = place.patience ? AbortSignal.timeout(place.patience * 1000) : undefined;
  try {
    const answer = await place.fetch(url, { method, headers, body, signal });
    await answer.text();
    const told = answer.headers.get("Retry-After");
    const seconds = told === null || /^\d+$/.test(told) ? told : (Date.parse(told) - Date.now()) / 1000;
    return { status: answer.status, told: seconds === null ? undefined : seconds * 1000 };
  } catch {
    return { status: 0 };
  }
}

const client = ({ tries = 4, wait, again = failed, body = (text) => text, before }) => (place) => async (call) => {
  for (let n = 1; ; n += 1) {
    const answer = await once(place, { ...call, body: body(call.body, n) });
    if (!again(answer) || n === tries) return answer.status;
    await place.sleep(wait(n, answer.told));
    if (before && (await before(place, call))) return answer.status;
  }
};

const polite = (n, told) => told ?? growing(n);
const twice = (inner) => (place) => {
  const call = inner(place);
  return async (what) => {
    for (let n = 1; ; n += 1) {
      const status = await call(what);
      if (!failed({ status }) || n === 2) return status;
      await place.sleep(growing(2));
    }
  };
};
const with_member = (name, value) => (text, n) => text && JSON.stringify({ ...JSON.parse(text), [name]: value(n) });
const key = (n) => `${n}${Math.random().toString(16).slice(2)}`;
// Looks by a GET whether a create has happened after all.
const look = async (place, call) => {
  const answer = await place.fetch(call.url, { headers: call.headers });
  const found = await answer.text();
  return answer.ok && found.includes(call.name);
};

const settings = {
  "by-hand/polite": { method: "POST", client: client({ wait: polite }) },
  "by-hand/polite-get": { method: "GET", client: client({ wait: polite }) },
  "by-hand/overly-polite": { method: "POST", client: client({ wait: (n, told) => (told === undefined ? growing(n) : told * 1.3) }) },
  "by-hand/times-out": { method: "GET", patience: 0.3, client: client({ wait: polite }) },
  "by-hand/times-out-post": { method: "POST", patience: 0.3, client: client({ wait: polite }) },
  "by-hand/looks-first": { method: "POST", scenarios: "made-*", client: client({ wait: polite, before: look }) },
  "by-hand/jitter": { method: "POST", client: client({ wait: (n, told) => told ?? growing(n) * (1 + Math.random()) }) },
  "by-hand/full-jitter": { method: "POST", client: client({ tries: 5, wait: (n, told) => told ?? 20 + growing(n) * Math.random() }) },
  "by-hand/gives-up": { method: "POST", client: client({ tries: 1 }) },
  "by-hand/at-once": { method: "POST", client: client({ wait: () => 0 }) },
  "by-hand/half-wait": { method: "POST", client: client({ wait: (n, told) => (told ?? growing(n)) / 2 }) },
  "by-hand/seconds-as-ms": { method: "POST", client: client({ wait: (n, told) => (told === undefined ? growing(n) : told / 1000) }) },
  "by-hand/impatient": { method: "GET", client: client({ wait: (n, told) => Math.min(told ?? growing(n), 400) }) },
  "by-hand/steady": { method: "POST", client: client({ tries: 5, wait: (n, told) => told ?? 100 }) },
  "by-hand/shrinking": { method: "POST", shrinks: true, client: client({ tries: 5, wait: (n, told) => told ?? 800 / 2 ** n }) },
  "by-hand/endless": { method: "POST", client: client({ tries: 25, wait: (n, told) => told ?? Math.min(10 * 2 ** n, 50) }) },
  "by-hand/endless-at-once": { method: "GET", client: client({ tries: 25, wait: () => 1 }) },
  "by-hand/stubborn": { method: "POST", client: client({ tries: 3, wait: polite, again: ({ status }) => status === 0 || status >= 400 }) },
  "by-hand/new-time": { method: "POST", client: client({ wait: polite, body: with_member("requested_at", () => new Date().toISOString()) }) },
  "by-hand/new-key": { method: "POST", client: client({ wait: polite, body: with_member("idempotency_key", key) }) },
  "by-hand/used-up-body": { method: "POST", client: client({ wait: polite, body: (text, n) => (n === 1 ? text : "") }) },
  "by-hand/nested": { method: "POST", client: twice(client({ tries: 3, wait: polite })) },
};

export default Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, { ...setting, sleeps: true }]));
