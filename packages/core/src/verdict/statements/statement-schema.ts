import type { z as Zod } from "zod";
import { PROOF_EXTENSION } from "./proof-result.ts";
import { VERDICT_EXTENSION } from "./summary.ts";

/**
 * Fields a consumer relies on; what else stands there is ignored, as in-toto demands. Zod comes as a value, so that only who verifies
 * loads it.
 */
export function statementSchemas(z: typeof Zod) {
  const hex = z.string().regex(/^[0-9a-f]{40,128}$/);
  const digestSet = z.record(z.string(), z.string());
  const descriptor = z.object({ name: z.string().optional(), uri: z.string().optional(), digest: digestSet.optional() });
  const statement = z.object({
    _type: z.string(),
    subject: z
      .array(z.object({ uri: z.string().optional(), digest: digestSet }))
      .min(1)
      .max(100),
    predicateType: z.string(),
    predicate: z.unknown(),
  });
  const testResult = z.object({
    result: z.enum(["PASSED", "WARNED", "FAILED"]),
    configuration: z.array(descriptor),
    url: z.string().optional(),
    passedTests: z.array(z.string()).optional(),
    warnedTests: z.array(z.string()).optional(),
    failedTests: z.array(z.string()).optional(),
    [PROOF_EXTENSION]: z.object({ outcome: z.enum(["proven", "refuted", "not proven", "not owed"]), because: z.string().max(10_000), broken: z.string(), record: z.unknown().optional() }).optional(),
  });
  const summary = z.object({
    verifier: z.object({ id: z.string() }),
    timeVerified: z.iso.datetime({ offset: true }).optional(),
    resourceUri: z.string(),
    policy: z.object({ uri: z.string(), digest: z.object({ sha256: hex }) }),
    inputAttestations: z.array(z.object({ uri: z.string().optional(), digest: z.object({ sha256: hex }) })).optional(),
    verificationResult: z.enum(["PASSED", "FAILED"]),
    verifiedLevels: z.array(z.string()),
    [VERDICT_EXTENSION]: z
      .object({
        decision: z.enum(["ship", "hold", "ask"]),
        gate: z.enum(["turn", "local", "pull-request", "merge-queue", "release"]),
        mode: z.enum(["observe", "warn", "enforce"]),
        scope: z.enum(["static", "partial", "full"]),
      })
      .optional(),
  });
  return { statement, testResult, summary };
}

type Schemas = ReturnType<typeof statementSchemas>;
export type ReadStatement = Zod.infer<Schemas["statement"]>;
export type ReadTestResult = Zod.infer<Schemas["testResult"]>;
export type ReadSummary = Zod.infer<Schemas["summary"]>;
