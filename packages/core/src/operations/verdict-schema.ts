import type { z } from "zod";

/** zod is handed in: the CLI writes verdicts without it. */
type Zod = typeof z;

const place = (zod: Zod) =>
  zod.object({
    file: zod.string().describe("Repository path."),
    line: zod.int().min(1).optional().describe("1-based."),
    endLine: zod.int().min(1).optional(),
    side: zod.enum(["base", "head"]).optional(),
  });

const finding = (zod: Zod) =>
  zod.object({
    check: zod.string().regex(/^[a-z-]+\/[a-z0-9-]+$/).describe("Check id, `area/slug`."),
    answer: zod.enum(["holds", "broken", "unknown"]).describe("`not-applicable` is left out."),
    effect: zod.enum(["block", "ask", "note", "off"]).describe("What a broken answer does at an enforced gate."),
    mode: zod.enum(["observe", "warn", "enforce"]),
    because: zod.string().describe("One sentence to act on."),
    fix: zod.string().optional().describe("What to do about it."),
    fingerprint: zod.string().regex(/^[0-9a-f]{64}$/).describe("SHA-256 of check id, path and subject; no line numbers."),
    places: zod.array(place(zod)).describe("Empty for `holds`."),
    ask: zod.object({ to: zod.array(zod.string()), question: zod.string(), how: zod.string() }).optional().describe("Who answers what, and how."),
    excerpt: zod.array(zod.string()).optional(),
    waived: zod.object({ by: zod.string(), reason: zod.string(), until: zod.string(), kind: zod.enum(["waiver", "self", "baseline"]) }).optional(),
    details: zod.record(zod.string(), zod.json()),
  });

const changeShape = (zod: Zod) =>
  zod.object({
    base: zod.string().describe("Commit id of the target's tip."),
    baseName: zod.string(),
    head: zod.string().describe("Commit id, or tree id when the head is no commit."),
    headName: zod.string(),
    headKind: zod.enum(["commit", "worktree", "index", "patch"]),
    mergeBase: zod.string().describe("The diff starts here."),
    type: zod.enum(["fix", "feature", "refactor", "docs", "chore"]),
    typeFrom: zod.enum(["declared", "prefix", "inferred"]),
    files: zod.int(),
    added: zod.int(),
    deleted: zod.int(),
    areas: zod.array(zod.string()),
    packages: zod.array(zod.string()),
    byAgent: zod.boolean(),
  });

const evidence = (zod: Zod) =>
  zod.object({
    kind: zod.enum(["test-run", "coverage", "static-analysis", "secret-scan", "audit", "approvals", "proof", "confirmation", "mutation", "story-trace", "story-signs", "journey-trace", "qa"]),
    source: zod.enum(["ran", "reported"]).describe("`reported` is of lower rank: somebody handed it in."),
    subject: zod.string().describe("Commit or tree it is about."),
    digest: zod.string().regex(/^sha256:[0-9a-f]{64}$/),
    origin: zod.string(),
    says: zod.string(),
  });

/** The schema of `proofline/verdict/1`. Additive changes only: readers pass over keys they do not know. */
export const verdictSchema = (zod: Zod) =>
  zod.object({
    schema: zod.literal("proofline/verdict/1"),
    decision: zod.enum(["ship", "hold", "ask"]),
    scope: zod.enum(["static", "partial", "full"]).describe("How much was looked at."),
    only: zod.array(zod.string()).optional().describe("The checks that alone were asked (`--only`); absent when the gate's checks were."),
    mode: zod.enum(["observe", "warn", "enforce"]),
    enforced: zod.enum(["ship", "hold", "ask"]).describe("What enforced findings alone decide; exit codes go by it."),
    gate: zod.enum(["turn", "local", "pull-request", "merge-queue", "release"]),
    change: changeShape(zod),
    risk: zod.object({ score: zod.number(), percentile: zod.number().nullable(), level: zod.enum(["low", "medium", "high"]), reasons: zod.array(zod.string()) }),
    findings: zod.array(finding(zod)),
    evidence: zod.array(evidence(zod)),
    missing: zod.array(zod.string()).describe("Owed and not looked at, with the reason."),
    blindSpots: zod.array(zod.string()).describe("What could not be seen in this change."),
    warnings: zod.array(zod.string()),
    later: zod.array(zod.string()),
    off: zod.array(zod.string()),
    isolation: zod.string(),
    testMs: zod.int().describe("What test runs cost."),
    tookMs: zod.int(),
    policy: zod.object({ digest: zod.string(), readFrom: zod.string(), origin: zod.string() }),
  });

/** JSON Schema (draft 2020-12) of the verdict document. */
export async function verdictJsonSchema(): Promise<Readonly<Record<string, unknown>>> {
  const { z } = await import("zod");
  const { $schema, ...schema } = z.toJSONSchema(verdictSchema(z), { target: "draft-2020-12", io: "input" });
  return { $schema, title: "proofline/verdict/1", description: "The verdict of `proofline check`.", ...schema };
}
