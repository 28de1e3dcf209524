#!/usr/bin/env node
// Runs the CLI from a checkout. `npm ci` builds it through the `prepare` script.
import { existsSync } from "node:fs";

const built = new URL("../packages/cli/dist/proofline.js", import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  console.error("proofline is not built yet in this checkout.\n  fix   Run `npm ci` (or `npm run build` when the packages are installed).");
  process.exitCode = 2;
}
