import { expect, test } from "vitest";
import { whyFailed } from "./install-launch.ts";

const failed = (output: string) => ({ code: 1, ended: "exit", output }) as const;
const PNPM = ["npx", "--yes", "--package=pnpm@11.5.2", "--", "pnpm", "install", "--frozen-lockfile"];

test("a manager that npm fetched goes by its own name and version", () => {
  expect(whyFailed(PNPM, failed("ERR_PNPM_OUTDATED_LOCKFILE  Cannot install"))).toBe("`pnpm@11.5.2 install` ended with 1: ERR_PNPM_OUTDATED_LOCKFILE  Cannot install");
  expect(whyFailed(["npm", "ci", "--ignore-scripts"], failed("npm error code ENOTFOUND"))).toBe("`npm ci` ended with 1: npm error code ENOTFOUND");
});

test("one that was made for a later Node says so, instead of showing its stack", () => {
  const stack = "node:internal/modules\n    throw new ERR_UNKNOWN_BUILTIN_MODULE(request);\nError [ERR_UNKNOWN_BUILTIN_MODULE]: No such built-in module: node:sqlite";
  expect(whyFailed(PNPM, failed(stack))).toBe(`\`pnpm@11.5.2 install\` does not run on Node ${process.versions.node}: it needs a newer one`);
});

test("what succeeded has no reason", () => {
  expect(whyFailed(PNPM, { code: 0, ended: "exit", output: "requires at least Node.js v22" })).toBeUndefined();
});
