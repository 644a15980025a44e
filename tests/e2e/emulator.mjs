// A server of its own for a test file, and its control API. The Python tests' emulator.py is alike.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const binary =
  process.env.MOCKDUIT_BIN ??
  fileURLToPath(new URL("../../build/release/mockduit", import.meta.url));

// Ours without MOCKDUIT_*, which are options to the binary.
export const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("MOCKDUIT_")),
);

// Listens on a free port once this resolves, and ends when the test file does.
export async function startEmulator(...options) {
  const child = spawn(binary, ["serve", "--port", "0", ...options], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
  if (!String(line).startsWith("listening on ")) throw new Error(`the server ended with ${line}`);
  process.on("exit", () => child.kill());
  child.unref();
  child.stdout.unref();
  const url = line.replace("listening on ", "");
  return {
    url,
    // GET /__admin/sessions/{session}/{what}
    async about(session, what) {
      const answer = await fetch(`${url}/__admin/sessions/${session}/${what}`);
      return answer.json();
    },
  };
}
