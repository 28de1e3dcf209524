import type { z } from "zod";

/** zod is handed in: who writes records does not need it. */
type Zod = typeof z;

const digest = (zod: Zod) => zod.string().regex(/^sha256:[0-9a-f]{64}$/);
const gitId = (zod: Zod) => zod.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const words = (zod: Zod) => zod.string().max(10_000);
const paths = (zod: Zod) => zod.array(zod.string().max(4096)).max(10_000);

const place = (zod: Zod) => zod.object({ file: zod.string().max(4096), line: zod.int().min(1).optional(), endLine: zod.int().min(1).optional(), side: zod.enum(["base", "head"]).optional() });

const test = (zod: Zod) => {
  const side = zod.enum(["green", "red", "unstable", "skipped", "absent"]);
  return zod.object({
    id: zod.object({ file: zod.string().max(4096).optional(), suite: zod.array(words(zod)).max(100), name: words(zod) }),
    head: side.describe("With the change, over all runs."),
    base: side.describe("Without it."),
    red: zod.enum(["assertion", "expected-error", "absent-before", "load-error", "missing-package", "environment", "timeout", "crash", "nothing-collected", "unknown"]).optional().describe("Why it is red without the change."),
    failure: zod
      .object({
        kind: zod.enum(["assertion", "error", "timeout", "load", "missing-package", "environment", "crash", "unknown"]),
        message: words(zod),
        place: place(zod).optional(),
        thrownAt: place(zod).optional(),
        missing: words(zod).optional(),
      })
      .optional(),
  });
};

const run = (zod: Zod) =>
  zod.object({
    side: zod.enum(["head", "base"]),
    tree: gitId(zod),
    tool: words(zod),
    digest: digest(zod).describe("Of what the run said, test by test."),
    environment: zod.record(zod.string().max(100), words(zod)),
  });

const inputs = (zod: Zod) =>
  zod.object({
    baseTree: gitId(zod).describe("The broken side's own tree."),
    headTree: gitId(zod),
    asked: zod.array(words(zod)).max(10_000).describe("`FILE` or `FILE::NAME`; empty for the tests the change touches."),
    repeat: zod.int().min(1).describe("Runs a side that were asked for."),
    setups: digest(zod).describe("Of how the tests are started."),
    pinned: zod.boolean().describe("A lock file in the tree says which packages there are."),
    outside: zod.boolean().describe("The tests use what only the machine has: declared ports, variables, or a declared command."),
    surroundings: zod.object({ node: words(zod), system: words(zod), zone: words(zod), language: words(zod) }),
    reading: zod.int().describe("Raised when runs are read or judged in another way."),
  });

/** The schema of `proofline/proof/1`. Additive changes only: readers pass over keys they do not know. */
export const proofRecordSchema = (zod: Zod) =>
  zod.object({
    schema: zod.literal("proofline/proof/1"),
    outcome: zod.enum(["proven", "refuted", "not proven", "not owed"]),
    because: words(zod),
    weak: zod.literal("absent-before").optional().describe("Proven only by what was missing before."),
    type: zod.enum(["fix", "feature", "refactor", "docs", "chore"]),
    broken: gitId(zod).describe("Commit without the change."),
    fixed: gitId(zod).describe("Commit with it, or tree where it is none."),
    brokenTree: gitId(zod).describe("The tree that was run: the broken side's source with the fixed side's tests."),
    fixedTree: gitId(zod),
    selection: paths(zod).describe("Test files that were run."),
    tests: zod.array(test(zod)).max(100_000),
    repeats: zod.int().min(0).describe("Runs that were made of what decides, a side."),
    headSurroundings: zod.boolean().describe("The broken side ran with the fixed side's manifests, lock file and settings."),
    isolation: words(zod),
    runs: zod.array(run(zod)).max(10_000).optional().describe("Every run it rests on."),
    inputs: inputs(zod).optional().describe("What it was made from; a later run with the same may take it over."),
    notes: zod.array(words(zod)).max(1000),
    replay: words(zod).describe("The command that makes it again."),
    digest: digest(zod).describe("Over everything but times and words."),
    tookMs: zod.int().min(0),
  });

/** JSON Schema (draft 2020-12) of a proof record. */
export async function proofRecordJsonSchema(): Promise<Readonly<Record<string, unknown>>> {
  const { z } = await import("zod");
  const { $schema, ...schema } = z.toJSONSchema(proofRecordSchema(z), { target: "draft-2020-12", io: "input" });
  return { $schema, title: "proofline/proof/1", description: "A proof by running tests on both sides of a change, as `proofline prove` prints it and as it is kept under `.proofline/proofs/`.", ...schema };
}
