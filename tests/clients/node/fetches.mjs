// What tries again around fetch: undici, p-retry, cockatiel, fetch-retry, ofetch, wretch.

import cockatiel from "cockatiel";
import fetchRetry from "fetch-retry";
import { createFetch } from "ofetch";
import pRetry, { AbortError } from "p-retry";
import { RetryAgent, interceptors } from "undici";
import wretch from "wretch";
import { retry as wretchRetry } from "wretch/middlewares";

// What p-retry and cockatiel try again: whatever `given` says, else anything that is no success.
const attempt = (place, { again = () => true } = {}) => async ({ url, ...options }) => {
  const answer = await place.fetch(url, options);
  const text = await answer.text();
  if (answer.ok) return text;
  const error = new Error(`answered ${answer.status}`);
  throw again(answer.status) ? error : new AbortError(error);
};
const passes = (status) => status === 429 || status >= 500;

const retryAgent = (options) => (place) => {
  const dispatcher = new RetryAgent(place.dispatcher, options);
  return async ({ url, ...rest }) => (await fetch(url, { ...rest, dispatcher })).text();
};
const interceptor = (options) => (place) => {
  const dispatcher = place.dispatcher.compose(interceptors.retry(options));
  return async ({ url, ...rest }) => (await fetch(url, { ...rest, dispatcher })).text();
};
const retried = (options, again) => (place) => {
  const once = attempt(place, { again });
  return (call) => pRetry(() => once(call), options);
};
const policy = (maxAttempts, backoff) => (place) => {
  const once = attempt(place);
  const policies = cockatiel.retry(cockatiel.handleAll, { maxAttempts, backoff: backoff?.() });
  return (call) => policies.execute(() => once(call));
};
const fetchRetried = (options) => (place) => {
  const again = fetchRetry(place.fetch, options);
  return async ({ url, ...rest }) => (await again(url, rest)).text();
};
const ofetched = (options) => (place) => {
  const instance = createFetch({ fetch: place.fetch });
  return ({ url, ...rest }) => instance(url, { ...rest, ...options });
};
const wretched = (options) => (place) => {
  const instance = wretch().polyfills({ fetch: place.fetch }).middlewares([wretchRetry(options)]);
  return ({ url, method, headers, body }) => instance.url(url).headers(headers).fetch(method, "", body).text();
};
const { ConstantBackoff, ExponentialBackoff, IterableBackoff } = cockatiel;
const methods = ["GET", "POST"];

export default {
  "undici/default": { method: "GET", client: retryAgent({ minTimeout: 50 }) },
  "undici/post": { method: "POST", client: retryAgent({ methods, minTimeout: 50, maxRetries: 3 }) },
  "undici/deaf": { method: "GET", client: retryAgent({ retryAfter: false, minTimeout: 50, maxRetries: 3 }) },
  "undici/once": { method: "GET", client: retryAgent({ minTimeout: 100, maxRetries: 1 }) },
  "undici/steady": { method: "POST", client: retryAgent({ methods, minTimeout: 100, timeoutFactor: 1, maxRetries: 4 }) },
  "undici/interceptor": { method: "GET", client: interceptor({ minTimeout: 60, maxRetries: 3 }) },
  "p-retry/default": { method: "POST", client: retried({ retries: 4, minTimeout: 60 }) },
  "p-retry/careful": { method: "POST", client: retried({ retries: 4, minTimeout: 60 }, passes) },
  "p-retry/random": { method: "POST", client: retried({ retries: 4, minTimeout: 60, randomize: true }, passes) },
  "p-retry/steady": { method: "POST", client: retried({ retries: 4, minTimeout: 110, factor: 1 }, passes) },
  "p-retry/at-once": { method: "POST", client: retried({ retries: 4, minTimeout: 0 }, passes) },
  "cockatiel/decorrelated": { method: "POST", client: policy(4, () => new ExponentialBackoff({ initialDelay: 60 })) },
  "cockatiel/steady": { method: "POST", client: policy(4, () => new ConstantBackoff(100)) },
  "cockatiel/shrinking": { method: "GET", shrinks: true, client: policy(4, () => new IterableBackoff([400, 200, 100, 50])) },
  "cockatiel/at-once": { method: "GET", client: policy(3) },
  "fetch-retry/lost-only": { method: "GET", client: fetchRetried({ retries: 3, retryDelay: 100 }) },
  "fetch-retry/steady": { method: "POST", client: fetchRetried({ retries: 4, retryDelay: 100, retryOn: [429, 500, 503] }) },
  "fetch-retry/exponential": { method: "POST", client: fetchRetried({ retries: 3, retryDelay: (n) => 80 * 2 ** n, retryOn: [429, 500, 503] }) },
  "fetch-retry/any": { method: "POST", client: fetchRetried({ retryOn: (n, error, answer) => n < 3 && (error || answer.status >= 400), retryDelay: (n) => 80 * 2 ** n }) },
  "ofetch/default": { method: "GET", client: ofetched({}) },
  "ofetch/post": { method: "POST", client: ofetched({ retry: 3, retryDelay: 100 }) },
  "ofetch/growing": { method: "GET", client: ofetched({ retry: 3, retryDelay: ({ options }) => 400 / 2 ** options.retry }) },
  "wretch/lost-too": { method: "POST", client: wretched({ delayTimer: 60, maxAttempts: 3, retryOnNetworkError: true }) },
  "wretch/careful": { method: "POST", client: wretched({ delayTimer: 60, maxAttempts: 4, delayRamp: (ms, n) => ms * 2 ** n, until: (answer) => answer && !passes(answer.status) }) },
};
