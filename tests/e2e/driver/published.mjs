// The documents that vendors have published. They are not ours to keep: MOCKDUIT_SPECS names a folder that
// has them. Where one is wrong, published_faults.yaml says so, with the reason.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

const EDITIONS = {
  "fivetran-openapi.json": ["fivetran", "v1"],
  "airweave-2025-07-21.json": ["airweave", "2025-07"],
  "airweave-2025-10-29.json": ["airweave", "2025-10"],
  "airweave-2026-04-23.json": ["airweave", "2026-04"],
  "airweave-2026-07-17.json": ["airweave", "2026-04"],
  "supermetrics-2026-08-20.yaml": ["supermetrics", "2026-08"],
  "supermetrics-2026-06-08.yaml": ["supermetrics", "2026-06"],
};

export const faults = parse(readFileSync(new URL("../published_faults.yaml", import.meta.url), "utf8"));

// Each is {name, vendor, edition, path, faults}; `path` is null where the folder does not have it.
export const published = Object.entries(EDITIONS).map(([file, [vendor, edition]]) => {
  const name = file.replace(/\.[^.]*$/, "");
  const path = join(process.env.MOCKDUIT_SPECS ?? "", file);
  const own = faults.filter((fault) => fault.document === name);
  return { name, vendor, edition, path: existsSync(path) ? path : null, faults: own };
});
