import type { z } from "zod";
import type { TestSetup } from "./ports.ts";

/** The parts of zod needed here. They are handed in: only a repository that has a configuration pays for loading them. */
type Zod = Pick<typeof z, "array" | "enum" | "int" | "number" | "strictObject" | "string" | "union">;

/** Runners that Proofline drives natively, and `command` for every other. */
export const RUNNERS = ["vitest", "jest", "mocha", "node:test", "ava", "tap", "tape", "jasmine", "pytest", "command"] as const;

const setupKeys = (zod: Zod) => ({
  runner: zod.enum(RUNNERS).optional().describe("What runs the tests; found by looking when absent. `command` for any other runner."),
  command: zod.string().min(1).optional().describe("What to execute when `runner` is `command`, e.g. `make test`."),
  report: zod.string().min(1).optional().describe("Where that command leaves its JUnit, CTRF or TAP report: a repository path or glob."),
  needs: zod
    .strictObject({
      ports: zod.array(zod.int().min(1).max(65_535)).optional().describe("Local ports the tests talk to, e.g. a database's."),
      env: zod
        .array(zod.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, "must be the name of an environment variable"))
        .optional()
        .describe("Environment variables handed to the tests; all others are removed."),
    })
    .optional()
    .describe("What the tests may use from outside their own process."),
});

/** The `tests:` key. */
export const testsSchema = (zod: Zod) =>
  zod
    .strictObject({
      ...setupKeys(zod),
      packages: zod
        .array(zod.strictObject({ dir: zod.string().min(1).describe("The package's folder."), ...setupKeys(zod) }))
        .optional()
        .describe("The same keys for single packages of a monorepo."),
    })
    .describe("How this repository runs its tests, where looking is not enough.");

/** `90s`, `5m`, `1h30m`, or a bare number of seconds. */
const DURATION = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s)?$/;

const durationOf = (zod: Zod, says: string) =>
  zod
    .union([zod.number().positive().max(86_400), zod.string().regex(DURATION, "must be a duration such as `90s` or `5m`").min(2)])
    .optional()
    .describe(`${says} A duration such as \`90s\` or \`5m\`, or seconds.`);

/** The `budgets:` key: seconds of test running per gate. */
export const budgetsSchema = (zod: Zod) =>
  zod
    .strictObject({
      turn: durationOf(zod, "Within an agent's turn (20s)."),
      local: durationOf(zod, "On a person's machine (60s)."),
      "pull-request": durationOf(zod, "In a pull request (5m)."),
      "merge-queue": durationOf(zod, "In the merge queue (5m)."),
      release: durationOf(zod, "Before a release (5m)."),
    })
    .describe("How long tests may run at each gate before the verdict is partial.");

/** Milliseconds per gate when nobody set a budget. */
export const DEFAULT_BUDGETS = {
  turn: 20_000,
  local: 60_000,
  "pull-request": 300_000,
  "merge-queue": 300_000,
  release: 300_000,
} as const;

export type Budgets = Readonly<Record<keyof typeof DEFAULT_BUDGETS, number>>;

/** The budgets that are set, in milliseconds. */
export function declaredBudgets(read: z.output<ReturnType<typeof budgetsSchema>>): Partial<Budgets> {
  const set = Object.entries(read).flatMap(([gate, value]) => (value === undefined ? [] : [[gate, milliseconds(value)] as const]));
  return Object.fromEntries(set);
}

function milliseconds(value: number | string): number {
  if (typeof value === "number") return Math.round(value * 1000);
  const [, hours = "0", minutes = "0", seconds = "0"] = DURATION.exec(value) ?? [];
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** Declared setups, root first, in the shape `TestExecutor.detect` takes. */
export function declaredSetups(read: z.output<ReturnType<typeof testsSchema>>): readonly Partial<TestSetup>[] {
  const { packages = [], ...root } = read;
  const all = Object.keys(root).length === 0 ? packages : [{ dir: ".", ...root }, ...packages];
  return all.map(({ dir, runner, command, report, needs }) => ({
    packageDir: dir,
    ...(runner === undefined ? (command === undefined ? {} : { runner: "command" }) : { runner }),
    ...(command === undefined ? {} : { command }),
    ...(report === undefined ? {} : { report }),
    ...(needs === undefined ? {} : { needs: compact(needs) }),
    because: "declared in proofline.yaml",
  }));
}

function compact(needs: { readonly ports?: readonly number[] | undefined; readonly env?: readonly string[] | undefined }): NonNullable<TestSetup["needs"]> {
  return { ...(needs.ports === undefined ? {} : { ports: needs.ports }), ...(needs.env === undefined ? {} : { env: needs.env }) };
}
