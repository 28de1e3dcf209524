import { z } from "zod";

const text = (length: number) => z.string().max(length);

/** What a reporter knows about an error, before anybody judges it. */
const failure = z.object({
  message: text(20_000).optional(),
  stack: text(20_000).optional(),
  name: text(500).optional(),
  code: text(500).optional(),
  cause: text(5_000).optional(),
  /** It carries an expectation: expected and actual values, or a matcher. */
  expects: z.boolean().optional(),
  timeout: z.boolean().optional(),
  type: text(100).optional(),
  line: z.number().optional(),
  at: text(4_000).optional(),
});

export type ErrorFacts = z.infer<typeof failure>;

const file = text(8_000).optional();

const record = z.discriminatedUnion("t", [
  z.object({ t: z.literal("start"), version: text(100).optional() }),
  z.object({ t: z.literal("plan"), files: z.number() }),
  z.object({
    t: z.literal("case"),
    file,
    suite: z.array(text(8_000)).max(200),
    name: text(20_000),
    outcome: z.enum(["passed", "failed", "skipped", "todo"]),
    ms: z.number().nullable().optional(),
    retries: z.number().optional(),
    labels: z.array(text(1_000)).max(50).optional(),
    attachments: z.array(z.object({ name: text(200), type: text(200), path: text(8_000) })).max(50).optional(),
    failure: failure.optional(),
  }),
  /** What was said about this file so far is said again, finally. */
  z.object({ t: z.literal("again"), file: text(8_000) }),
  z.object({ t: z.literal("unloaded"), file, tests: z.number().optional(), failure }),
  /** A file that ended without reporting a test. */
  z.object({ t: z.literal("silent"), file }),
  /** An error outside of any test. */
  z.object({ t: z.literal("stray"), file: text(8_000).nullable().optional(), failure }),
  z.object({ t: z.literal("file"), file }),
  z.object({ t: z.literal("end"), cases: z.number(), interrupted: z.boolean().optional() }),
]);

export type ResultRecord = z.infer<typeof record>;
export type CaseRecord = Extract<ResultRecord, { t: "case" }>;

/** One line of a reporter's file; undefined for what no reporter of ours writes. */
export function readRecord(line: string): ResultRecord | undefined {
  try {
    const parsed = record.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
