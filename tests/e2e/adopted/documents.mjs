// Which documents are served by --contract and judged: ours, those that the installed packages
// ship, and those that the environment names.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// Files, or folders of them, by what their documents' names begin with.
const PACKAGED = {
  blockfrost: "@blockfrost/openapi/openapi.yaml",
  dialogporten: "@digdir/dialogporten-schema/swagger.verified.json",
  directus: "@directus/specs/dist/openapi.json",
  postcodes: "@ideal-postcodes/openapi/dist/openapi.json",
  rebilly: "@redocly/openapi-core/src/benchmark/benches/rebilly.yaml",
  "readme-3.0": "@readme/oas-examples/3.0/json",
  "readme-3.1": "@readme/oas-examples/3.1/json",
};

const isDocument = (path) =>
  /\.(json|ya?ml)$/.test(path) &&
  /^[\s{]*["']?openapi["']?\s*:\s*["']?3\.[01]/m.test(readFileSync(path, "utf8"));

// As a vendor may be called: "specs public nango", of a file public/nango.yaml of the folder specs.
// A document that fills its folder goes by the folder's name.
function nameOf(folder, path) {
  const words = [folder, ...path.replace(/(\/openapi)?\.\w+$/, "").split("/")];
  return words
    .filter((word) => word !== "")
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
}

// [name, path] of the document at a path, or of all in the folder there.
function documentsAt(name, path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [[nameOf(name, ""), path]];
  return readdirSync(path, { recursive: true })
    .sort()
    .filter((file) => isDocument(join(path, file)))
    .map((file) => [nameOf(name, file), join(path, file)]);
}

// {name: path}. MOCKDUIT_SPECS is a folder of documents, MOCKDUIT_DOCUMENTS a list of files.
export function documents({ MOCKDUIT_SPECS, MOCKDUIT_DOCUMENTS } = process.env) {
  const given = (MOCKDUIT_DOCUMENTS ?? "").split(":").filter((path) => path !== "");
  return Object.fromEntries([
    ...documentsAt("", here("documents")),
    ...Object.entries(PACKAGED).flatMap(([name, path]) =>
      documentsAt(name, here(`node_modules/${path}`)),
    ),
    ...(MOCKDUIT_SPECS ? documentsAt("specs", MOCKDUIT_SPECS) : []),
    ...given.flatMap((path, i) => documentsAt(`given-${i + 1}`, path)),
  ]);
}
