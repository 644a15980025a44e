// superagent, which tries again at once, whatever the method.

import superagent from "superagent";

const client = (times, again) => (place) => ({ url, method, headers, body }) => {
  const request = superagent(method, url).agent(place.agent).set(headers).retry(times, again);
  return body === undefined ? request : request.send(body);
};

export default {
  "superagent/default": { method: "GET", client: client(2) },
  "superagent/five": { method: "POST", client: client(5) },
  "superagent/any": { method: "POST", client: client(3, (error) => Boolean(error)) },
};
