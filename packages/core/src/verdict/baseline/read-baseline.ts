import { array, literal, strictObject, string, templateLiteral } from "zod";
import { baselineUnreadable } from "../errors.ts";
import { BASELINE_SCHEMA, type BaselineEntry } from "./baseline-entry.ts";

const LARGEST = 16 * 1024 * 1024;

const schema = strictObject({
  schema: literal(BASELINE_SCHEMA),
  findings: array(
    strictObject({
      fingerprint: string().regex(/^[0-9a-f]{64}$/, "a fingerprint is 64 hex digits"),
      check: templateLiteral([string().min(1), "/", string().min(1)]),
      path: string().optional(),
      since: string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-12-31").optional(),
      because: string().optional(),
    }),
  ),
});

/** The entries of a baseline's text, or a named error. */
export function readBaselineEntries(text: string, file: string): readonly BaselineEntry[] {
  if (text.length > LARGEST) throw baselineUnreadable({ file, says: `it is larger than ${LARGEST} characters` });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw baselineUnreadable({ file, says: error instanceof Error ? error.message : "it is not JSON" });
  }
  const read = schema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw baselineUnreadable({ file, says: `${issue?.path.join(".") || "its root"}: ${issue?.message ?? "is wrong"}` });
  }
  return read.data.findings.map(({ fingerprint, check, path, since, because }) => ({
    fingerprint,
    check,
    ...(path === undefined ? {} : { path }),
    ...(since === undefined ? {} : { since }),
    ...(because === undefined ? {} : { because }),
  }));
}
