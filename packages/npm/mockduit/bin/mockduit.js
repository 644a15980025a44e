#!/usr/bin/env node
// Runs the program that the package for this platform has, with the words, the streams and the signals
// that this one gets, and ends as it ends.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");

function binary() {
  if (process.env.MOCKDUIT_BIN) return process.env.MOCKDUIT_BIN;
  const platform = `${process.platform}-${process.arch}`;
  try {
    return require.resolve(`@mockduit/${platform}/bin/mockduit`);
  } catch {
    console.error(
      `mockduit: the package @mockduit/${platform} is not installed. There is one for linux-x64; ` +
        "where it is left out, install without --omit=optional, or name a program in MOCKDUIT_BIN.",
    );
    process.exit(1);
  }
}

const child = spawn(binary(), process.argv.slice(2), { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`mockduit: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => {
  process.exit(code ?? 128 + constants.signals[signal]);
});
