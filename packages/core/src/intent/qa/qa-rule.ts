import type { GateName } from "#kernel";
import type { z } from "zod";

/** The parts of zod needed here. They are handed in: only a repository that has a configuration pays for loading them. */
type Zod = Pick<typeof z, "array" | "enum" | "strictObject" | "string">;

/** When somebody has to try a change by hand. All that is said has to apply; a rule that says nothing applies to every change of behaviour. */
export interface QaRule {
  readonly areas?: readonly string[];
  /** Areas of this risk and above. */
  readonly risk?: "medium" | "high";
  readonly paths?: readonly string[];
  readonly stories?: readonly string[];
  readonly gates: readonly GateName[];
  /** Who may do it, as CODEOWNERS writes people; anybody where nobody is named. */
  readonly by?: readonly string[];
}

const GATES = ["pull-request", "merge-queue", "release"] as const;

/** The `qa:` key. */
export const qaSchema = (zod: Zod) =>
  zod
    .array(
      zod.strictObject({
        areas: zod.array(zod.string().min(1)).min(1).optional().describe("Names of areas: the change touches one of them."),
        risk: zod.enum(["medium", "high"]).optional().describe("The change touches an area of this risk or above."),
        paths: zod.array(zod.string().min(1)).min(1).optional().describe("Globs: the change touches such a file. For what users see, say `src/pages/**`."),
        stories: zod.array(zod.string().min(1)).min(1).optional().describe("Ids of stories: the change touches a target of one of them."),
        gates: zod.array(zod.enum(GATES)).min(1).default(["pull-request", "release"]).describe("Gates that ask for it (default: pull-request and release)."),
        by: zod.array(zod.string().min(1)).min(1).optional().describe("Who may do it: `@user`, `@org/team` or an e-mail address. Anybody where nobody is named; never an agent."),
      }),
    )
    .describe("When somebody has to try a change by hand before a gate, and who. Without it nobody has to.");

/** Rules as the configuration declares them. */
export const declaredQa = (read: z.output<ReturnType<typeof qaSchema>>): readonly QaRule[] =>
  read.map(({ areas, risk, paths, stories, gates, by }) => ({ ...(areas && { areas }), ...(risk && { risk }), ...(paths && { paths }), ...(stories && { stories }), gates, ...(by && { by }) }));
