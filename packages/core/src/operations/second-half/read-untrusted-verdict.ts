import type { z } from "zod";
import { sha256Hex, type CheckId, type Place } from "#kernel";
import { defuse } from "./defuse.ts";
import { untrustedOtherCommit, untrustedUnreadable } from "./errors.ts";
import type { ReportedVerdict } from "./reported-verdict.ts";

/** Real verdicts are some kilobytes. */
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_ITEMS = 500;
const MAX_PLACES = 50;

/**
 * Reads a verdict that a stranger's code may have written, for the trusted half of a fork's check. `headSha` comes from the host and
 * must be the commit it speaks of; what remains is bounded, harmless to print and ranked `reported`.
 */
export async function readUntrustedVerdict(bytes: Uint8Array, headSha: string): Promise<ReportedVerdict> {
  if (bytes.length > MAX_BYTES) throw untrustedUnreadable({ because: `it is larger than ${MAX_BYTES} bytes` });
  const read = verdictSchema((await import("zod")).z).safeParse(parse(bytes));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw untrustedUnreadable({ because: `${defuse(issue?.path.join(".") ?? "")}: ${defuse(issue?.message ?? "it has another shape")}` });
  }
  const verdict = read.data;
  if (verdict.change.head !== headSha) throw untrustedOtherCommit({ found: verdict.change.head, expected: headSha });
  return {
    source: "reported",
    decision: verdict.decision,
    scope: verdict.scope,
    head: headSha,
    findings: verdict.findings.map(({ check, answer, effect, because, fix, fingerprint, places }) => ({
      check: check as CheckId,
      answer,
      effect,
      because: defuse(because),
      ...(fix === undefined ? {} : { fix: defuse(fix) }),
      fingerprint,
      places: places.map(placeOf),
    })),
    evidence: verdict.evidence.map(({ kind, digest, says }) => ({ kind, source: "reported", digest, says: defuse(says ?? "") })),
    missing: verdict.missing.map((text) => defuse(text)),
    blindSpots: verdict.blindSpots.map((text) => defuse(text)),
    digest: `sha256:${sha256Hex(bytes)}`,
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw untrustedUnreadable({ because: "it is not JSON in UTF-8" }, cause);
  }
}

function placeOf({ file, line, endLine }: { file: string; line?: number | undefined; endLine?: number | undefined }): Place {
  return { file, ...(line === undefined ? {} : { line }), ...(endLine === undefined ? {} : { endLine: Math.max(endLine, line ?? 1) }) };
}

function verdictSchema(zod: typeof z) {
  const text = zod.string().max(20_000);
  const texts = zod.array(text).max(MAX_ITEMS);
  const digest = zod.string().regex(/^sha256:[0-9a-f]{64}$/);
  const line = zod.int().min(1).max(10_000_000);
  const place = zod.object({
    file: zod.string().max(1_000).refine(isRepositoryPath, "is no path inside the repository"),
    line: line.optional(),
    endLine: line.optional(),
  });
  const finding = zod.object({
    check: zod
      .string()
      .max(100)
      .regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/),
    answer: zod.enum(["holds", "broken", "unknown"]),
    effect: zod.enum(["block", "ask", "note", "off"]),
    because: text,
    fix: text.optional(),
    fingerprint: zod.string().regex(/^(sha256:)?[0-9a-f]{64}$/),
    places: zod.array(place).max(MAX_PLACES).default([]),
  });
  return zod.object({
    schema: zod.literal("proofline/verdict/1"),
    decision: zod.enum(["ship", "hold", "ask"]),
    scope: zod.enum(["static", "partial", "full"]),
    change: zod.object({ head: zod.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/) }),
    findings: zod.array(finding).max(MAX_ITEMS),
    evidence: zod
      .array(
        zod.object({
          kind: zod
            .string()
            .max(50)
            .regex(/^[a-z-]+$/),
          digest,
          says: text.optional(),
        }),
      )
      .max(MAX_ITEMS),
    missing: texts,
    blindSpots: texts,
  });
}

/** Forward slashes, relative, without steps upward, drive letters, or characters that print as something else or end a code span. */
function isRepositoryPath(path: string): boolean {
  if (/^[A-Za-z]:/.test(path) || /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\\`<>|]/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
