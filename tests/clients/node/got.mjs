// got 13. By itself it tries again what is idempotent, twice, and reads Retry-After.

import got from "got";

const client = (retry, timeout) => (place) => {
  const instance = got.extend({ agent: { http: place.agent }, retry, timeout: { request: timeout } });
  return ({ url, method, headers, body }) => instance(url, { method, headers, body });
};
const methods = ["GET", "POST", "DELETE"];
const steps = (of) => ({ attemptCount, computedValue }) => (computedValue ? of(attemptCount) : 0);
const jitter = ({ retryAfter, computedValue }) =>
  computedValue && (retryAfter ?? (computedValue / 8) * (1 + Math.random() / 5));

export default {
  "got/default": { method: "GET", client: client({}) },
  "got/delete": { method: "DELETE", client: client({}) },
  "got/plain": { method: "GET", client: client({ limit: 0 }) },
  "got/post": { method: "POST", client: client({ methods }) },
  "got/four-capped": { method: "POST", client: client({ methods, limit: 4, backoffLimit: 400 }) },
  "got/impatient": { method: "GET", client: client({ maxRetryAfter: 500 }) },
  "got/steady": { method: "GET", client: client({ limit: 4, calculateDelay: steps(() => 100) }) },
  "got/at-once": { method: "GET", client: client({ limit: 4, calculateDelay: steps(() => 1) }) },
  "got/jitter": { method: "POST", client: client({ methods, limit: 4, calculateDelay: jitter }) },
  "got/times-out": { method: "GET", patience: 0.3, client: client({ limit: 3, backoffLimit: 200 }, 300) },
};
