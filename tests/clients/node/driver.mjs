// Makes the calls of many runs with the Node clients.
//
//   node driver.mjs --settings    its settings as JSON
//   node driver.mjs               reads runs from standard input, one JSON object a line, and says of
//                                 each when it is done
//
// A run has its client and its connections for itself. A run of 8 callers makes its calls 8 at once.

import http from "node:http";
import readline from "node:readline";
import { Agent } from "undici";

import axios from "./axios.mjs";
import byHand from "./by_hand.mjs";
import fetches from "./fetches.mjs";
import got from "./got.mjs";
import ky from "./ky.mjs";
import others from "./others.mjs";

const AT_ONCE = 120; // callers of all runs together
const settings = { ...axios, ...got, ...ky, ...fetches, ...others, ...byHand };

// What a client is made of.
function world(run) {
  const agent = new http.Agent({ keepAlive: run.keepAlive });
  const dispatcher = new Agent(run.keepAlive ? {} : { pipelining: 0 });
  return {
    agent,
    dispatcher,
    patience: run.patience,
    fetch: (url, options) => fetch(url, { ...options, dispatcher }),
    // On a clock that stands still, to sleep is to advance it.
    sleep: run.advance
      ? (ms) => fetch(run.advance, { method: "POST", body: JSON.stringify({ by: `${Math.round(ms)}ms` }) })
      : (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    close() {
      agent.destroy();
      return dispatcher.destroy();
    },
  };
}

async function perform(run) {
  const place = world(run);
  const client = settings[run.setting].client(place);
  const waiting = [...run.calls];
  const caller = async () => {
    for (let call = waiting.shift(); call; call = waiting.shift()) {
      // How a call ends for its client is of no interest here: the journal tells.
      await Promise.resolve(call).then(client).catch(() => {});
    }
  };
  await Promise.all(Array.from({ length: run.callers }, caller));
  await place.close();
}

async function main() {
  let free = AT_ONCE;
  let wake = () => {};
  const lines = readline.createInterface({ input: process.stdin });
  const under_way = [];
  for await (const line of lines) {
    const run = JSON.parse(line);
    while (free < run.callers) await new Promise((resolve) => (wake = resolve));
    free -= run.callers;
    under_way.push(
      perform(run).then(() => {
        console.log(JSON.stringify({ run: run.run }));
        free += run.callers;
        wake();
      }),
    );
  }
  await Promise.all(under_way);
}

if (process.argv[2] === "--settings") {
  const told = Object.entries(settings).map(([name, { client, ...rest }]) => ({ name, ...rest }));
  console.log(JSON.stringify(told));
} else {
  await main();
}
