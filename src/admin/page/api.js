// The control API: calls that bear the token where there is one, and the stream of exchanges.

const KEY = "mockduit-token";
let token = sessionStorage.getItem(KEY) ?? "";

// The token lives as long as the tab, and is sent in a header alone.
export function setToken(text) {
  token = text;
  sessionStorage.setItem(KEY, text);
}
export const hasToken = () => token !== "";

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function send(path, { method = "GET", body, signal } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(`/__admin${path}`, {
    method, headers, signal, body: body && JSON.stringify(body), cache: "no-store",
  });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, problem.detail ?? `${path} was answered ${answer.status}`);
}

export async function call(path, options) {
  const text = await (await send(path, options)).text();
  return text ? JSON.parse(text) : null;
}

export const download = async (path) => (await send(path)).blob();
export const sessionPath = (name, rest = "") => `/sessions/${encodeURIComponent(name)}${rest}`;

// An EventSource cannot send the token, so the stream is read by hand.
export async function* events(session, after, signal) {
  const answer = await send(sessionPath(session, `/events?after=${after}`), { signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => {
        const colon = line.indexOf(": ");
        return [line.slice(0, colon), line.slice(colon + 2)];
      }));
      if (fields.event) yield { type: fields.event, data: JSON.parse(fields.data) };
    }
  }
}
