// ky 1. By itself it tries again what is idempotent, twice, and reads Retry-After.

import ky from "ky";

const client = (retry) => (place) => {
  const instance = ky.create({ fetch: place.fetch, retry, timeout: false });
  return async ({ url, method, headers, body }) => (await instance(url, { method, headers, body })).text();
};
const methods = ["get", "post"];

export default {
  "ky/default": { method: "GET", client: client({}) },
  "ky/plain": { method: "GET", client: client(0) },
  "ky/post": { method: "POST", client: client({ methods }) },
  "ky/four-capped": { method: "POST", client: client({ methods, limit: 4, backoffLimit: 500 }) },
  "ky/steady": { method: "GET", client: client({ limit: 4, delay: () => 90 }) },
  "ky/deaf": { method: "GET", client: client({ limit: 3, afterStatusCodes: [], delay: (n) => 60 * 2 ** n }) },
  "ky/refused-too": { method: "POST", client: client({ methods, limit: 2, statusCodes: [400, 401, 403, 404, 409, 422, 429, 500, 503], delay: (n) => 50 * 2 ** n }) },
};
