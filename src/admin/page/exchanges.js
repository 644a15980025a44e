// The list of a session's exchanges, its filters, and the one that is looked at.
import { call, sessionPath } from "./api.js";
import {
  at, badge, button, clockOf, lineOf, make, mono, pretty, problemOf, statusOf, toneOf,
} from "./dom.js";

const MOST = 1000;  // rows; the journal has the others

const list = at("list");
const detail = at("detail");
const filters = at("filters");
const panel = at("exchanges");

let session = "";
let rows = new Map();  // id → { summary, element }
let named = new Map();  // id → the checks that failed and name it
let chosen = 0;
let fresh = [];  // rows that are not in the list yet

export const summaries = () => [...rows.values()].map(({ summary }) => summary);
export const count = () => rows.size;

export function show(name) {
  session = name;
  rows = new Map();
  fresh = [];
  named = new Map();
  list.replaceChildren(make("p", { class: "none" }, "No exchange yet."));
  close();
  filter();
}

function summaryOf(exchange) {
  const { id } = exchange;
  const words = [exchange.operation, exchange.outcome,
    exchange.scripted && exchange.rule && `rule “${exchange.rule}”`,
    exchange.retry_after && `Retry-After ${exchange.retry_after.seconds}`, problemOf(exchange),
    exchange.fault, exchange.delay && `after ${exchange.delay} s`,
    exchange.abandoned && "client left"];
  return {
    id, at: exchange.at, status: statusOf(exchange), tone: toneOf(exchange),
    what: lineOf(exchange),
    vendor: exchange.operation?.split(".")[0] ?? "none",
    words: words.filter(Boolean).join(" · "),
  };
}

export function add(exchange) {
  const summary = summaryOf(exchange);
  const element = make("div", { class: "x", role: "option", id: `x${summary.id}`,
                                "aria-selected": "false", onclick: () => choose(summary.id) },
    make("span", { class: "id" }, `#${summary.id}`),
    make("span", { class: "at" }, clockOf(summary.at)),
    make("code", { class: "what" }, summary.what),
    badge(summary.tone, summary.status),
    make("span", { class: "rest" }, summary.words));
  element.hidden = !fits(summary);
  rows.set(summary.id, { summary, element });
  if (fresh.length === 0) setTimeout(flush, 50);
  fresh.push(element);
}

// Many may have come, and each look at the height of the list costs time.
function flush() {
  if (fresh.length === 0) return;
  const atEnd = list.scrollTop + list.clientHeight > list.scrollHeight - 8;
  list.querySelector(".none")?.remove();
  list.append(...fresh);
  fresh = [];
  for (const [id, { element }] of rows) {
    if (rows.size <= MOST) break;
    element.remove();
    rows.delete(id);
  }
  if (atEnd) list.scrollTop = list.scrollHeight;
}

// `checks`: id → the names of failed checks.
export function mark(checks) {
  named = checks;
  for (const [id, { element }] of rows) element.classList.toggle("failed", named.has(id));
  filter();
}

function fits(summary) {
  const { vendor, tone, text, failed } = filters.elements;
  const words = `${summary.what} ${summary.status} ${summary.words}`.toLowerCase();
  return (!vendor.value || vendor.value === summary.vendor) &&
    (!tone.value || tone.value === summary.tone) && (!failed.checked || named.has(summary.id)) &&
    words.includes(text.value.trim().toLowerCase());
}

export function filter() {
  let fitting = 0;
  const vendors = new Set([filters.elements.vendor.value]);
  for (const { summary, element } of rows.values()) {
    element.hidden = !fits(summary);
    if (!element.hidden) fitting += 1;
    vendors.add(summary.vendor);
  }
  for (const name of [...vendors].filter(Boolean).sort()) {
    const { vendor } = filters.elements;
    if (![...vendor.options].some((option) => option.value === name)) {
      vendor.append(make("option", { value: name }, name === "none" ? "no operation" : name));
    }
  }
  at("shown").textContent = fitting === rows.size ? "" : `${fitting} of ${rows.size}`;
}

function close() {
  rows.get(chosen)?.element.setAttribute("aria-selected", "false");
  chosen = 0;
  list.removeAttribute("aria-activedescendant");
  panel.classList.remove("opened");
  detail.replaceChildren(make("p", { class: "none" },
    "Choose an exchange to see its request, its answer, and why it was answered so."));
}

export async function choose(id) {
  rows.get(chosen)?.element.setAttribute("aria-selected", "false");
  chosen = id;
  const row = rows.get(id)?.element;
  if (row) {
    row.hidden = false;
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    list.setAttribute("aria-activedescendant", row.id);
  }
  const parts = await call(sessionPath(session, `/requests/${id}`)).then(
    describe, (error) => [make("p", { class: "none" }, error.message)]);
  if (chosen !== id) return;
  detail.replaceChildren(button("Back", back, { id: "back" }), ...parts);
  detail.scrollTop = 0;
  panel.classList.add("opened");
  if (detail.offsetTop < scrollY) detail.scrollIntoView();
}

function back() {
  const id = chosen;
  close();
  list.focus();
  rows.get(id)?.element.scrollIntoView({ block: "nearest" });
}

function facts(exchange) {
  const { scenario, rule, play, retry_after: wait, page } = exchange;
  const pairs = {
    Outcome: exchange.outcome ? mono(exchange.outcome) : "Mockduit's own answer",
    Operation: exchange.operation && mono(`${exchange.operation} ${exchange.edition}`),
    Source: exchange.source,
    Scenario: scenario && scenario + (rule ? `, rule “${rule}”, ` +
      (play ? `play ${play}` : "which had no play left") : ""),
    Decided: exchange.scripted ? "by the scenario or Prefer" : "by the request itself",
    Effect: exchange.scripted &&
      (exchange.applied ? "it happened all the same" : "nothing happened"),
    Wait: wait && `Retry-After ${wait.seconds} s` + (wait.seconds === wait.session_seconds ? ""
      : `, ${wait.session_seconds} s on the session's clock`),
    Delay: exchange.delay ? `${exchange.delay} s` : null,
    Fault: exchange.fault,
    Page: page && `${page.items} items, ${page.next ? `next ${page.next}` : "the last page"}`,
    Time: exchange.at,
  };
  return make("dl", {}, Object.entries(pairs).filter(([, value]) => value)
    .flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

function rulesOf(why) {
  if (!why) return "The scenario is gone, so nothing tells.";
  if (why.rules.length === 0) return "The scenario has no rules: the request got what it earned.";
  return make("ul", {}, why.rules.map((rule) => make("li", {},
    rule.name === why.decided_by ? badge("pass", "decided") : badge("idle", rule.matches
      ? "matches, had its turn" : "does not match"), " ", rule.name,
    rule.misses.length === 0 ? null : make("ul", {},
      rule.misses.map(({ condition, wanted, got }) => make("li", {},
        mono(condition), " wanted ", mono(String(wanted)), ", got ", mono(String(got))))))));
}

function message(start, { headers, body, body_bytes: bytes }) {
  const cut = bytes > new Blob([body]).size && body.length > 1000 ? `\n… of ${bytes} bytes` : "";
  return make("pre", { class: "mono" }, make("b", {}, start),
    headers.map(([name, value]) => `\n${name}: ${value}`), body ? `\n\n${pretty(body)}${cut}` : "");
}

function describe(exchange) {
  const { id, request, response } = exchange;
  const target = request.path + (request.query ? `?${request.query}` : "");
  const start = request.method ? `${request.method} ${target}` : lineOf(exchange);
  return [
    make("h3", {}, `#${id}`, mono(lineOf(exchange)),
      badge(toneOf(exchange), statusOf(exchange)),
      (named.get(id) ?? []).map((check) => badge("fail", `fails ${check}`))),
    facts(exchange),
    make("h4", {}, "Request"), message(start, request),
    make("h4", {}, "Answer"), message(String(response.status), response),
    make("h4", {}, "Why: the rules of the scenario"), make("div", {}, rulesOf(exchange.why)),
  ];
}

list.onkeydown = (event) => {
  const ids = summaries().filter(({ id }) => !rows.get(id).element.hidden).map(({ id }) => id);
  const here = ids.indexOf(chosen);
  const last = ids.length - 1;
  const to = { ArrowDown: Math.min(here + 1, last),
               ArrowUp: here < 0 ? last : Math.max(here - 1, 0),
               Home: 0, End: last }[event.key];
  if (event.key === "Enter") detail.focus();
  else if (to !== undefined && ids.length > 0) choose(ids[to]);
  else return;
  event.preventDefault();
};
panel.onkeydown = (event) => {
  if (event.key === "Escape" && chosen) back();
};
filters.oninput = filter;
filters.onsubmit = (event) => event.preventDefault();
