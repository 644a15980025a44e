// Elements, and how exchanges are put in words. Everything that comes from outside becomes text:
// nothing here or elsewhere on the page sets markup.

export const at = (id) => document.getElementById(id);

// make("p", { class: "dim", onclick }, "text", element, null)
export function make(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) element[name] = value;
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const badge = (tone, text) => make("span", { class: `badge ${tone}` }, text);
export const mono = (text) => make("code", {}, text);
export const button = (text, onclick, props = {}) =>
  make("button", { type: "button", onclick, ...props }, text);

// A command whose lines break between its parts, and behind slashes where a part is too long.
export const commandOf = (parts) => parts.filter(Boolean).flatMap((part, i) => [
  ...(i ? [" "] : []),
  make("span", {}, part.split(/(?<=\/)/).flatMap((piece) => [piece, make("wbr")])),
]);

export function toneOf(exchange) {
  const { status } = exchange.response;
  // A slow answer is the only fault after which a client has all of it.
  if (exchange.abandoned || (exchange.fault && exchange.fault !== "slow")) return "lost";
  if (status < 400) return "success";
  if (status === 429) return "throttled";
  return status >= 500 ? "broken" : "refusal";
}

export const statusOf = (exchange) =>
  toneOf(exchange) === "lost" ? "lost" : String(exchange.response.status);

export function targetOf({ request }) {
  return request.path.slice(request.path_start) + (request.query ? `?${request.query}` : "");
}

// A request that could not be read has no method.
export const lineOf = (exchange) =>
  exchange.request.method ? `${exchange.request.method} ${targetOf(exchange)}` : "unreadable";

// What the emulator says in an answer of its own, as the terminal's line does.
export function problemOf({ operation, response }) {
  if (operation) return null;
  try {
    const { detail } = JSON.parse(response.body);
    return typeof detail === "string" ? detail : null;
  } catch {
    return null;
  }
}

export const clockOf = (time) => time.slice(11, 23);

// JSON with line breaks. Where a number is too long for a script to keep, the text stays as it is.
export function pretty(body) {
  if (/\d{16}/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

// The chosen option stays, unless its name is gone.
export function setOptions(select, names) {
  const old = [...select.options].map((option) => option.value);
  if (old.join("\n") === names.join("\n")) return;
  const { value } = select;
  select.replaceChildren(...names.map((name) => make("option", { value: name }, name)));
  if (names.includes(value)) select.value = value;
}

export async function copy(text, element) {
  await navigator.clipboard.writeText(text).then(
    () => { element.textContent = "Copied"; },
    () => { element.textContent = "Not allowed"; },
  );
  setTimeout(() => { element.textContent = "Copy"; }, 1500);
}
