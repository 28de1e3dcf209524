import { afterAll, beforeAll, expect, test } from "vitest";
import { layers } from "../../architecture.mjs";
import { copyOfSources } from "./plant.ts";

const core = "packages/core/src";

/** One planted violation per rule; each file is new so that plants do not mask each other. */
const violations: Record<string, { file: string; line: string }> = {
  ...Object.fromEntries(
    layers.slice(0, -1).map(({ name }, index) => [
      `flow/${name}-looks-back-only`,
      { file: `${core}/${name}/planted-forward.ts`, line: `export type * from "#${layers[index + 1]?.name}";` },
    ]),
  ),
  "flow/no-cycles": { file: `${core}/kernel/planted-cycle.ts`, line: 'export * from "./planted-cycle-back.ts";' },
  "door/enter-by-index": { file: `${core}/verdict/planted-deep.ts`, line: 'export { ProoflineError } from "../kernel/error.ts";' },
  "door/not-through-your-own": { file: `${core}/checks/planted-own.ts`, line: 'export { allChecks as everyCheck } from "#checks";' },
  "core/is-pure": { file: `${core}/verdict/planted-io.ts`, line: 'export { readFileSync } from "node:fs";' },
  "checks/are-islands": { file: `${core}/checks/change/planted/planted.ts`, line: 'export { size } from "../size/size.ts";' },
  "edge/adapters-know-ports-only": { file: `${core}/adapters/planted/planted.ts`, line: 'export { allChecks } from "#checks";' },
  "edge/only-compose-wires": { file: `${core}/operations/planted-wire.ts`, line: 'export * from "../adapters/planted-two/planted-two.ts";' },
  "edge/surfaces-speak-operations": { file: "packages/cli/src/planted-deep.ts", line: 'export type { Change } from "../../core/src/change/index.ts";' },
  "edge/web-knows-only-the-api": { file: "packages/web/src/planted.ts", line: 'export { compileGlobs } from "../../core/src/kernel/index.ts";' },
  "tests/stay-out-of-production": { file: "packages/cli/src/planted-test.ts", line: 'import "./planted-support.test.ts";' },
};
const supporting = [
  { file: `${core}/kernel/planted-cycle-back.ts`, line: 'export * from "./planted-cycle.ts";' },
  { file: `${core}/adapters/planted-two/planted-two.ts`, line: "export const planted = 2;" },
  { file: "packages/cli/src/planted-support.test.ts", line: "export {};" },
];

let clean: Map<string, string[]>;
let planted: Map<string, string[]>;

beforeAll(async () => {
  const sources = await copyOfSources();
  clean = await sources.rulesBroken();
  await sources.plant([...Object.values(violations), ...supporting]);
  planted = await sources.rulesBroken();
  return sources.remove;
}, 120_000);

afterAll(() => {
  clean.clear();
});

test("the sources as they are break no rule", () => {
  expect(Object.fromEntries(clean)).toEqual({});
});

test.each(Object.entries(violations))("%s catches the violation it exists for", (rule, { file }) => {
  // A cycle is reported at whichever end the tool meets first.
  const ends = rule === "flow/no-cycles" ? [file, file.replace("cycle.ts", "cycle-back.ts")] : [file];
  expect(planted.get(rule)?.some((from) => ends.includes(from)), `${rule}: ${planted.get(rule)?.join(", ")}`).toBe(true);
});

test("every rule has a violation planted for it", async () => {
  const { default: config } = (await import("../../.dependency-cruiser.mjs")) as { default: { forbidden: { name: string; comment?: string }[] } };
  expect(config.forbidden.map((rule) => rule.name).sort()).toEqual(Object.keys(violations).sort());
  for (const rule of config.forbidden) expect(rule.comment, rule.name).toMatch(/\w{3}/);
});
