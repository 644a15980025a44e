// Our own contracts, as the server puts them together: an edition's main file and its parts are one
// document.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { METHODS } from "./document.mjs";

const readYaml = (path) => parse(readFileSync(path, "utf8"), { maxAliasCount: -1 });

// [{vendor, edition, lifecycles, root}]: every edition in a directory of fixtures.
export function readContracts(fixtures) {
  return readdirSync(fixtures).flatMap((vendor) => {
    const files = readdirSync(join(fixtures, vendor))
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => withAnswers(readYaml(join(fixtures, vendor, name))));
    const parts = files.filter((file) => file["x-mockduit"]?.part_of);
    return files
      .filter((file) => file.openapi)
      .map((main) => {
        const { edition, lifecycles = {} } = main["x-mockduit"];
        const own = parts.filter((part) => part["x-mockduit"].part_of === edition);
        // Anchors make one value stand in several places; each is to be a value of its own.
        const root = JSON.parse(JSON.stringify(own.reduce(withPart, main)));
        return { vendor, edition, lifecycles, root };
      });
  });
}

// The answers that a file has for all of its operations, behind those that each lists itself.
function withAnswers(file) {
  const answers = file["x-mockduit"]?.answers ?? {};
  for (const item of Object.values(file.paths ?? {})) {
    for (const method of METHODS) {
      if (item[method]?.responses) item[method].responses = { ...answers, ...item[method].responses };
    }
  }
  return file;
}

function withPart(whole, part) {
  const components = { ...whole.components };
  for (const [kind, members] of Object.entries(part.components ?? {})) {
    components[kind] = { ...components[kind], ...members };
  }
  const paths = { ...whole.paths };
  for (const [path, item] of Object.entries(part.paths ?? {})) {
    paths[path] = { ...paths[path], ...item };
  }
  return { ...whole, paths, components };
}
