// axios, and axios-retry 4, which reads Retry-After in all of its own delays.

import axios from "axios";
import axiosRetry, { exponentialDelay, isRetryableError } from "axios-retry";

const client = (retry, timeout) => (place) => {
  const instance = axios.create({ httpAgent: place.agent, timeout });
  if (retry) axiosRetry(instance, retry);
  return ({ url, method, headers, body }) => instance.request({ url, method, headers, data: body });
};
const any = () => true;
const steady = (ms) => () => ms;

export default {
  "axios/plain": { method: "POST", client: client() },
  "axios/times-out": { method: "POST", patience: 0.3, client: client(undefined, 300) },
  "axios-retry/default": { method: "GET", client: client({}) },
  "axios-retry/default-post": { method: "POST", client: client({}) },
  "axios-retry/exponential": { method: "GET", client: client({ retryDelay: exponentialDelay }) },
  "axios-retry/exponential-post": { method: "POST", client: client({ retryDelay: exponentialDelay, retryCondition: isRetryableError }) },
  "axios-retry/five": { method: "POST", client: client({ retries: 5, retryDelay: (n, error) => exponentialDelay(n, error, 20), retryCondition: isRetryableError }) },
  "axios-retry/once": { method: "GET", client: client({ retries: 1, retryDelay: exponentialDelay }) },
  "axios-retry/any": { method: "POST", client: client({ retryCondition: any, retryDelay: exponentialDelay }) },
  "axios-retry/any-at-once": { method: "POST", client: client({ retryCondition: any }) },
  "axios-retry/own-delay": { method: "POST", client: client({ retryCondition: isRetryableError, retryDelay: (n) => 50 * 2 ** n }) },
  "axios-retry/steady": { method: "POST", client: client({ retries: 4, retryCondition: isRetryableError, retryDelay: steady(120) }) },
  "axios-retry/only-429": { method: "POST", client: client({ retryCondition: (e) => e.response?.status === 429, retryDelay: exponentialDelay }) },
  "axios-retry/times-out": { method: "GET", patience: 0.3, client: client({ retryDelay: exponentialDelay, retryCondition: any, shouldResetTimeout: true }, 300) },
  "axios-retry/endless": { method: "POST", client: client({ retries: 24, retryCondition: isRetryableError, retryDelay: (n) => Math.min(5 * 2 ** n, 60) }) },
};
