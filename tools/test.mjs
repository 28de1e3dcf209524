// The whole suite: build, types, lint, boundaries, then every test. Prints `N passed, N failed` last.
import { spawnSync } from "node:child_process";

const steps = [
  ["build", ["tools/build.mjs"]],
  ["types", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"]],
  ["lint", ["node_modules/eslint/bin/eslint.js", ".", "--cache", "--cache-location", "node_modules/.cache/eslint/"]],
  ["boundaries", ["node_modules/dependency-cruiser/bin/dependency-cruise.mjs", "packages", "--config", ".dependency-cruiser.mjs"]],
  ["tests", ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=./tools/plain-line-reporter.mjs", ...process.argv.slice(2)]],
];

let failed = 0;
for (const [name, args] of steps) {
  const started = Date.now();
  const { status, error } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (error) console.error(error.message);
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (status === 0) continue;
  failed += 1;
  // A broken build makes every later message noise.
  if (name === "build") break;
}
if (failed > 0) console.log(`\n${failed} of ${steps.length} steps failed`);
process.exitCode = failed === 0 ? 0 : 1;
