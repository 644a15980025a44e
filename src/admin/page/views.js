// The other views: verdicts with their exchanges on a time line, resources, deliveries.
import { badge, button, clockOf, make, mono } from "./dom.js";

const TONES = { fail: "fail", inconclusive: "unsure", pass: "pass", not_exercised: "idle" };
const ORDER = Object.keys(TONES);

// Every exchange as a faint dot; those that the verdict names in their own color.
function timeLine(exchanges, ids, choose) {
  const times = exchanges.map(({ at }) => Date.parse(at));
  const [first, span] = [times[0], times.at(-1) - times[0]];
  const line = make("div", { class: "line", "aria-hidden": "true" });
  exchanges.forEach(({ id, tone, what, status }, i) => {
    if (!ids.has(id) && exchanges.length > 400) return;
    const dot = make("i", { class: ids.has(id) ? `named ${tone}` : null,
                            title: `#${id} ${what} ${status}`, onclick: () => choose(id) });
    const share = span > 0 ? (times[i] - first) / span : (i + 0.5) / times.length;
    dot.style.left = `${share * 100}%`;
    line.append(dot);
  });
  return line;
}

function verdictOf(verdict, exchanges, choose) {
  const tone = TONES[verdict.result];
  const findings = verdict.findings.map(({ text, exchanges: ids }) => make("li", {}, text, " ",
    ids.map((id) => button(`#${id}`, () => choose(id), { class: "link" }))));
  const ids = new Set(verdict.findings.flatMap((finding) => finding.exchanges));
  return make("div", { class: `verdict ${tone}` },
    make("p", {}, badge(tone, verdict.result.replace("_", " ")), " ", mono(verdict.check), " ",
      findings.length === 0 ? make("span", { class: "dim" }, verdict.summary) : null),
    findings.length > 0 ? make("ul", {}, findings) : null,
    ids.size > 0 && exchanges.length > 0 ? timeLine(exchanges, ids, choose) : null);
}

export function verdicts(report, exchanges, choose) {
  const sorted = report.verdicts.toSorted(
    (one, other) => ORDER.indexOf(one.result) - ORDER.indexOf(other.result));
  const note = report.truncated ? "The journal no longer has every exchange. " : "";
  return [
    make("p", { class: "dim row" }, `${note}Judged by the ${report.total} exchanges so far.`),
    ...sorted.map((verdict) => verdictOf(verdict, exchanges, choose)),
  ];
}

function resource(kind, id, value, state) {
  return make("details", { "data-key": `${kind}/${id}` },
    make("summary", {}, mono(id), " ", state ? badge("success", state) : null),
    make("pre", { class: "mono" }, JSON.stringify(value, null, 2)));
}

const MOST = 200;  // resources of a kind

export function resources({ resources: all }, diff) {
  const kinds = new Set([...Object.keys(all), ...Object.keys(diff.removed)]);
  if (kinds.size === 0) return [make("p", { class: "none" }, "The store is empty.")];
  return [...kinds].map((kind) => {
    const now = Object.entries(all[kind] ?? {});
    const [added, changed, removed] = ["added", "changed", "removed"]
      .map((how) => diff[how][kind] ?? {});
    const counts = Object.entries({ added, changed, removed })
      .map(([how, which]) => [Object.keys(which).length, how]).filter(([count]) => count > 0);
    const list = now.toReversed().slice(0, MOST).map(([id, value]) =>
      resource(kind, id, value, id in added ? "added" : id in changed ? "changed" : ""));
    const gone = Object.entries(removed).map(([id, value]) => resource(kind, id, value, "removed"));
    return make("details", { class: "kind", "data-key": kind, open: counts.length > 0 },
      make("summary", {}, mono(kind), ` ${now.length} `,
        counts.map(([count, how]) => [badge("success", `${count} ${how}`), " "]).flat()),
      list, gone,
      now.length > MOST ? make("p", { class: "none" }, `And ${now.length - MOST} older.`) : null);
  });
}

export function deliveries({ deliveries: list }) {
  if (list.length === 0) {
    return [make("p", { class: "none" }, "No webhook was to be told anything.")];
  }
  const tones = { delivered: "pass", given_up: "fail", under_way: "unsure", pending: "idle" };
  const head = ["event", "webhook", "URL", "state", "attempts"];
  const attempts = ({ attempts: made, next_attempt: next }) => [
    ...made.map(({ at, status, error }) => make("div", {}, `${clockOf(at)} ${status ?? error}`)),
    next ? make("div", { class: "dim" }, `next at ${next.slice(0, 19)}`) : null,
  ];
  return [make("div", { class: "wide" }, make("table", {},
    make("thead", {}, make("tr", {}, head.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, list.toReversed().map((one) => make("tr", {},
      make("td", {}, `#${one.id} `, mono(one.event)), make("td", {}, mono(one.webhook)),
      make("td", {}, mono(one.url)), make("td", {}, badge(tones[one.state] ?? "idle", one.state)),
      make("td", {}, attempts(one)))))))];
}

// Puts the new content in place, with what was unfolded before unfolded again.
export function replace(panel, content) {
  const was = new Map(
    [...panel.querySelectorAll("[data-key]")].map(({ dataset, open }) => [dataset.key, open]));
  const focused = document.activeElement.closest?.("[data-key]")?.dataset.key;
  panel.replaceChildren(...content);
  for (const element of panel.querySelectorAll("[data-key]")) {
    if (was.has(element.dataset.key)) element.open = was.get(element.dataset.key);
    if (element.dataset.key === focused) element.querySelector("summary").focus();
  }
}
