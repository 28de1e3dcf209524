import type { z } from "zod";
import { areasSchema, qaSchema, surfacesSchema, workspaceSchema } from "#intent";
import { budgetsSchema, testsSchema } from "#evidence";
import { checksSchema, gatesSchema, policySchema, type CheckDefaults } from "#verdict";

/** The parts of zod that `proofline.yaml` is described with. Picked by name, so that a bundle leaves the rest (40 languages of messages) out. */
export type Zod = Pick<typeof z, "array" | "boolean" | "enum" | "int" | "number" | "strictObject" | "string" | "union">;

const globs = (zod: Zod, says: string) => zod.array(zod.string().min(1)).optional().describe(says);
const words = (zod: Zod, says: string) => zod.array(zod.string().min(1)).default([]).describe(says);

const peopleSchema = (zod: Zod) =>
  zod
    .array(
      zod.strictObject({
        name: zod.string().min(1).describe("As owners are written: `@ann` or an e-mail address."),
        emails: words(zod, "Addresses they commit with."),
        teams: words(zod, "Teams they belong to: `@acme/payments`."),
      }),
    )
    .optional()
    .describe("People and the names Git and the forge know them by.");

const agentsSchema = (zod: Zod) =>
  zod
    .array(
      zod.strictObject({
        name: zod.string().min(1).describe("The agent's name."),
        accounts: words(zod, "Forge accounts it works with."),
        emails: words(zod, "Addresses it commits with."),
      }),
    )
    .optional()
    .describe("Agents beside the ones Proofline knows. An agent never approves and never waives.");

/** The whole of `proofline.yaml`. Keys come from the layer that uses them; unknown keys are errors. */
export const configSchema = (zod: Zod, checks: readonly CheckDefaults[]) =>
  zod.strictObject({
    extends: zod.string().min(1).optional().describe("A policy to stand on: `<repository or path>@<full commit id>`. It may only be tightened here."),
    "default-branch": zod.string().min(1).max(250).optional().describe("The branch changes are judged against; found by looking when absent."),
    areas: areasSchema(zod).optional(),
    surfaces: surfacesSchema(zod).optional(),
    gates: gatesSchema(zod).optional(),
    checks: checksSchema(zod, checks).optional(),
    policy: policySchema(zod).optional(),
    people: peopleSchema(zod),
    agents: agentsSchema(zod),
    tests: testsSchema(zod).optional(),
    budgets: budgetsSchema(zod).optional(),
    qa: qaSchema(zod).optional(),
    generated: globs(zod, "Globs of files a program writes: they owe no test, carry no area and don't count for size. Secrets are looked for in them, too."),
    workspace: workspaceSchema(zod).optional(),
    vendored: globs(zod, "Globs of other people's code kept here: treated like generated files."),
  });

/** `proofline.yaml` as it was read. */
export type ReadConfig = z.output<ReturnType<typeof configSchema>>;
