// Our answers against our own contracts: every operation of every edition, with its ids really
// there, through every documented outcome and variant, through what requests earn by themselves,
// and while what takes a while goes on. Bodies must be valid by the response schemas in the eyes of
// another validator, and have no member that those do not know; headers must be as they are listed.
// Starts first.
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { startReceiver } from "./driver/caller.mjs";
import { Check } from "./driver/check.mjs";
import { readContracts } from "./driver/contracts.mjs";
import { Document } from "./driver/document.mjs";
import { callersOf, Drive } from "./driver/drive.mjs";
import { WAYS } from "./driver/ways.mjs";
import { startEmulator } from "./emulator.mjs";

const fixtures =
  process.env.MOCKDUIT_FIXTURES ?? fileURLToPath(new URL("../../fixtures", import.meta.url));

const emulator = await startEmulator("--fixtures", fixtures);
const { operations } = await (await fetch(`${emulator.url}/__admin/operations`)).json();
const receiver = await startReceiver();

// The kinds of resources that a lifecycle changes or makes.
function kindsOf(lifecycle) {
  const others = JSON.stringify(lifecycle).matchAll(/"(?:update|create)":"(\w+)"/g);
  return new Set([lifecycle.kind, ...[...others].map(([, kind]) => kind)]);
}

// A scenario in which a lifecycle ends so; gives its name.
async function scenarioOf(vendor, edition, lifecycle, ends) {
  const name = `${vendor}-${edition}-${lifecycle}-${ends}`.replaceAll("_", "-");
  const course = { [`${vendor}.${lifecycle}`]: { takes: "10s", ends } };
  const body = JSON.stringify({ lifecycle: course });
  const answer = await fetch(`${emulator.url}/__admin/scenarios/${name}`, { method: "PUT", body });
  if (!answer.ok) throw new Error(await answer.text());
  return name;
}

// An effect by the id "" finds nothing, ever, and one that refuses on no condition never happens:
// its success is a scenario's alone, and any other answer with it is a mistake.
const neverHappens = ({ effect }) =>
  effect?.by === "" || effect?.refuse?.some((one) => Object.keys(one).join() === "outcome");
function forgetSuccess({ responses }) {
  [...responses.keys()].filter((status) => status < 300).forEach((status) => responses.delete(status));
}

function describeOperation(drive, scenarios) {
  const { ways, operation, ours, path } = drive;
  const succeeds = [...operation.responses.keys()].some((status) => status < 400);
  if (succeeds) it("takes its own examples", () => drive.takesWhatIsValid());
  else it("refuses its own examples", () => drive.refusesWhatIsValid());
  it("tells every outcome and variant", () => drive.tellsEveryStatus());
  if (!operation.open) it("refuses strangers", () => drive.refusesStrangers());
  const unknown = ways.unknown(path, ours.method);
  if (unknown) it("knows no other", () => drive.knowsNoOther(unknown));
  if (operation.body) {
    it("refuses what is no body", () => drive.refusesWhatIsNoBody());
    it("answers nonsense within the contract", () => drive.answersNonsense());
  }
  const { get: kind = operation.effect?.list } = operation.effect ?? {};
  const telling = succeeds ? scenarios.filter(({ kinds }) => kinds.has(kind)) : [];
  for (const scenario of telling.map(({ name }) => name)) {
    it(`tells how it goes, ${scenario}`, () => drive.tellsHowItGoes(scenario, ["5s", "5s"]));
  }
}

for (const { vendor, edition, lifecycles, root } of readContracts(fixtures)) {
  const name = `${vendor} ${edition}`;
  const ways = WAYS[name];
  const document = new Document(root);
  const check = new Check(document, { strict: true });
  const prefix = name.replace(" ", "-");
  const newCaller = callersOf({ url: emulator.url, receiver, vendor, edition, ways, prefix });
  const scenarios = [];
  for (const [key, lifecycle] of Object.entries(lifecycles)) {
    for (const end of Object.keys(lifecycle.ends)) {
      const scenario = await scenarioOf(vendor, edition, key, end);
      scenarios.push({ name: scenario, kinds: kindsOf(lifecycle) });
    }
  }
  describe(name, { concurrency: false }, () => {
    const own = [...document.operations().values()];
    for (const operation of own) {
      if (neverHappens(operation)) forgetSuccess(operation);
      const said = operations.find((one) => one.name === `${vendor}.${operation.id}`);
      const ours = {
        ...said.editions.find((one) => one.edition === edition),
        method: operation.method,
        path: operation.path,
      };
      const drive = new Drive({ check, ours, operation, ways, newCaller });
      describe(operation.id, () => describeOperation(drive, scenarios));
    }
    after(() => {
      console.log(`summary: ${name}: ${own.length} operations, ${check.answers} answers`);
    });
  });
}
