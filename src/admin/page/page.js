// The live page: which session is shown, what is known of it, and what a tester does to it by hand.
import { Refused, call, download, events, hasToken, sessionPath, setToken } from "./api.js";
import { at, badge, button, commandOf, copy, make, mono, setOptions } from "./dom.js";
import * as exchanges from "./exchanges.js";
import * as views from "./views.js";

const EVERY = 2000;  // ms between two looks at what no event tells
const LAST = 500;  // exchanges of a session that are read when it is opened

const state = {
  name: new URLSearchParams(location.hash.slice(1)).get("session") ?? "",
  sessions: [], clock: null, view: "exchanges", following: null, seen: {}, acted: false, judge: 0,
};
const current = () => state.sessions.find(({ name }) => name === state.name);
const of = (rest, options) => call(sessionPath(state.name, rest), options);

function say(error) {
  at("message").textContent = error ? error.message : "";
  const asks = error instanceof Refused && error.status === 401;
  if (!asks) return;
  at("token").hidden = false;
  at("message").textContent = hasToken() ? "This is not the token of --admin-token." :
    "The sessions are shown to whoever has the token of --admin-token.";
}

function live(tone, words) {
  at("live").className = `badge ${tone}`;
  if (at("live").textContent !== words) at("live").textContent = words;
}

// --- What is served, for the chosen session

function showServed() {
  const selector = state.name && state.name !== "default" ? `/@${state.name}` : "";
  for (const code of document.querySelectorAll("[data-path]")) {
    const { path, options } = code.dataset;
    const root = code.closest(".vendor")?.dataset.root ?? location.origin;
    const url = `${root}${selector}${path}`;
    if (options === undefined) code.textContent = url;
    else code.replaceChildren(...commandOf(["curl", url, ...options.split(/ (?=-)/)]));
  }
}

for (const line of document.querySelectorAll(".copied")) {
  const vendor = line.parentElement.querySelector("h3").textContent;
  const press = button("Copy", () => copy(line.firstElementChild.textContent, press),
    { "aria-label": `Copy the call of ${vendor}` });
  line.append(press);
}

// --- The stream of exchanges

async function follow() {
  const stop = new AbortController();
  state.following = stop;
  let last = 0;
  try {
    const after = Math.max(0, current().requests - LAST);
    for await (const { type, data } of events(state.name, after, stop.signal)) {
      if (stop.signal.aborted) return;
      if (type !== "exchange") continue;
      if (data.id <= last) exchanges.show(state.name);  // the session was reset: ids begin anew
      last = data.id;
      exchanges.add(data);
      changed();
    }
  } catch (error) {
    if (!stop.signal.aborted && error instanceof Refused) say(error);
  } finally {
    if (state.following === stop) state.following = null;
  }
}

function leave() {
  state.following?.abort();
  state.following = null;
}

function open(name) {
  leave();
  state.name = name;
  state.seen = {};
  history.replaceState(null, "", `#${new URLSearchParams({ session: name })}`);
  exchanges.show(name);
  for (const panel of ["verdicts", "resources", "deliveries"]) at(panel).replaceChildren();
  showServed();
  look();
}

// --- What is known of the session

function tick() {
  if (!state.clock) return;
  const { now, rate, read } = state.clock;
  const time = new Date(Date.parse(now) + (performance.now() - read) * rate);
  at("now").textContent = `${time.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function showClock(clock) {
  state.clock = { ...clock, read: performance.now() };
  const still = clock.mode === "frozen";
  const pace = clock.rate === 1 ? "runs" : `${clock.rate} times as fast`;
  at("pace").textContent = still ? "stands still" : pace;
  at("pace").className = still ? "badge unsure" : "badge";
  at("freeze").textContent = still ? "Let it run" : "Freeze";
  tick();
}

// "2 of 5" of the plays that end; of those that do not, how often.
function playsOf(plays) {
  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);
  const ending = plays.filter(({ left }) => left !== "forever");
  if (ending.length === 0) return `${sum(plays.map(({ played }) => played))} played`;
  const played = sum(ending.map((play) => play.played));
  return `${played} of ${played + sum(ending.map(({ left }) => left))} played`;
}

function showProgress({ scenarios }) {
  const scripted = scenarios.filter(({ rules, limits }) => rules.length + limits.length > 0);
  at("progress").replaceChildren(
    ...scripted.map(({ scenario, completed, rules, limits }) => make("li", {},
      completed ? badge("pass", "played") : badge("unsure", "playing"), " ", mono(scenario), " ",
      make("span", { class: "dim" }, [
        ...rules.map(({ name, plays }) => `${name}: ${playsOf(plays)}`),
        ...limits.map(({ allow, per, counted, refused }) =>
          `${counted} of ${allow} per ${per}, ${refused} refused`)].join(" · ")))));
}

function showSessions() {
  const there = state.sessions.length > 0;
  const names = state.sessions.map(({ name }) => name);
  if (there && !names.includes(state.name)) {
    return open(state.sessions.toSorted((one, other) => other.requests - one.requests)[0].name);
  }
  at("sessions").hidden = true;
  at("empty").hidden = there;
  at("session").hidden = at("views").hidden = !there;
  if (!there) return live("idle", "waiting");
  setOptions(at("name"), names);
  at("name").value = state.name;
  if (document.activeElement !== at("scenario")) at("scenario").value = current().scenario;
  at("report").href = `/__admin${sessionPath(state.name, "/report")}`;
  return live("pass", "live");
}

// Looks at everything that events do not tell. A session that is gone is not asked about, and so
// not made again.
async function look() {
  const { name } = state;
  const shown = exchanges.count();
  try {
    state.sessions = (await call("/sessions")).sessions;
    at("token").hidden = true;
    if (!state.acted) say(null);
    showSessions();
    if (!current() || name !== state.name) return;
    // Rows that the journal does not count any more: it was cleared, or reset.
    if (current().requests < shown) return open(name);
    if (!state.following) follow();
    const [clock, progress] = await Promise.all([of("/clock"), of("/progress")]);
    if (name !== state.name) return;
    showClock(clock);
    showProgress(progress);
    await showView();
  } catch (error) {
    if (error instanceof Refused) return say(error);
    live("fail", "no answer");
  }
}

// The checks that failed, by the exchanges that their findings name.
function failuresOf({ verdicts }) {
  const failures = new Map();
  for (const { check, findings } of verdicts.filter(({ result }) => result === "fail")) {
    for (const id of findings.flatMap(({ exchanges: ids }) => ids)) {
      failures.set(id, [...new Set(failures.get(id)).add(check)]);
    }
  }
  return failures;
}

async function showVerdicts() {
  const begun = performance.now();
  const report = await of("/verdicts");
  // A long journal takes the server a while, which its clients should not feel.
  state.judge = performance.now() + 5 * (performance.now() - begun);
  const { fail, inconclusive } = report.counts;
  const count = at("tab-verdicts").querySelector("span");
  count.className = fail ? "fail" : "";
  count.replaceChildren(String(fail || inconclusive || ""), " ",
    make("span", { class: "word" }, fail ? "failed" : inconclusive ? "open" : ""));
  exchanges.mark(failuresOf(report));
  put("verdicts", JSON.stringify(report) + exchanges.count(),
    () => views.verdicts(report, exchanges.summaries(), goTo));
}

// Draws a view only where it differs from what is there.
function put(panel, text, draw) {
  if (state.seen[panel] === text) return;
  state.seen[panel] = text;
  views.replace(at(panel), draw());
}

async function showView() {
  const { name, view } = state;
  at("tab-exchanges").querySelector("span").textContent = current().requests || "";
  const { requests } = current();
  if (state.seen.judged !== requests && performance.now() > state.judge) {
    await showVerdicts();
    if (name === state.name) state.seen.judged = requests;
  }
  if (view === "resources") {
    const [store, diff] = await Promise.all([of("/store"), of("/store/diff")]);
    if (name === state.name) put(view, JSON.stringify(store), () => views.resources(store, diff));
  }
  if (view === "deliveries") {
    const told = await of("/deliveries");
    if (name === state.name) put(view, JSON.stringify(told), () => views.deliveries(told));
  }
}

// After exchanges: not at once for each, for they may come by the hundred.
let soon = 0;
function changed() {
  soon ||= setTimeout(() => { soon = 0; exchanges.filter(); look(); }, 300);
}

// --- Views

const tabs = [...document.querySelectorAll("[role=tab]")];

function choose(tab) {
  state.view = tab.getAttribute("aria-controls");
  for (const one of tabs) {
    one.setAttribute("aria-selected", String(one === tab));
    one.tabIndex = one === tab ? 0 : -1;
    at(one.getAttribute("aria-controls")).hidden = one !== tab;
  }
}

function goTo(id) {
  choose(at("tab-exchanges"));
  at("list").focus();
  exchanges.choose(id);
}

tabs.forEach((tab, i) => {
  tab.onclick = () => { choose(tab); look(); };
  tab.onkeydown = ({ key }) => {
    const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: -1 }[key];
    if (to === undefined) return;
    const next = tabs.at(to % tabs.length);
    next.focus();
    next.click();
  };
});

// --- What a tester does by hand

// What went wrong stays to be read until the next deed.
async function act(deed) {
  state.acted = false;
  try {
    await deed();
    await look();
  } catch (error) {
    state.acted = true;
    say(error);
  }
}

const onSubmit = (form, deed) => {
  at(form).onsubmit = (event) => {
    event.preventDefault();
    act(() => deed(event.target.elements, event.target));
  };
};

const advance = (by) => of("/clock/advance", { method: "POST", body: { by } });
for (const press of document.querySelectorAll("[data-by]")) {
  press.onclick = () => act(() => advance(press.dataset.by));
}
onSubmit("advance", async ({ by }) => { await advance(by.value.trim()); by.value = ""; });
at("freeze").onclick = () => act(() => of("/clock", { method: "PUT",
  body: state.clock.mode === "frozen" ? { rate: 1 } : { mode: "frozen" } }));
at("name").onchange = ({ target }) => open(target.value);
at("scenario").onchange = ({ target: { value } }) =>
  act(() => of("", { method: "PUT", body: { scenario: value } }));
onSubmit("make", async ({ name, scenario, frozen }, form) => {
  const made = name.value.trim();
  await call(sessionPath(made), { method: "PUT", body: { scenario: scenario.value } });
  if (frozen.checked) {
    await call(sessionPath(made, "/clock"), { method: "PUT", body: { mode: "frozen" } });
  }
  at("new").open = false;
  open(made);
  form.reset();
});
onSubmit("token", async ({ token }, form) => {
  setToken(token.value);
  form.reset();
  await begin();
});

// A reset takes two presses, for it cannot be taken back.
at("reset").onclick = ({ target }) => {
  if (!target.classList.contains("sure")) {
    target.classList.add("sure");
    target.textContent = "Reset all of it?";
    setTimeout(calm, 4000);
    return;
  }
  calm();
  act(async () => { await of("/reset", { method: "POST" }); open(state.name); });
};
function calm() {
  at("reset").classList.remove("sure");
  at("reset").textContent = "Reset";
}

// A link cannot send the token.
at("report").onclick = (event) => {
  if (!hasToken()) return;
  event.preventDefault();
  act(async () => {
    const file = URL.createObjectURL(await download(sessionPath(state.name, "/report")));
    make("a", { href: file, download: `${state.name}.html` }).click();
    URL.revokeObjectURL(file);
  });
};

// --- The beginning

async function begin() {
  const { scenarios } = await call("/scenarios");
  const names = scenarios.map(({ name }) => name);
  setOptions(at("scenario"), names);
  setOptions(at("make").elements.scenario, names);
  at("make").elements.scenario.value = "success";
  await look();
  at("served").open = !state.sessions.some(({ requests }) => requests > 0);
}

// A tab that nobody sees reads nothing: a browser has few connections to one server.
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : look()));
setInterval(() => { if (!document.hidden && at("token").hidden) look(); }, EVERY);
setInterval(tick, 250);
choose(tabs[0]);
exchanges.show(state.name);
showServed();
begin().catch((error) => (error instanceof Refused ? say(error) : live("fail", "no answer")));
