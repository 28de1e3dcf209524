import { array, iso, literal, strictObject, string, enum as oneOf } from "zod";
import { qaRunUnreadable } from "../errors.ts";
import type { QaRunDocument } from "./vet-qa-run.ts";

const LARGEST = 200_000;
const digest = (says: string) => string().regex(/^sha256:[0-9a-f]{64}$/, says);
const line = (most: number) => string().min(1).max(most);

const schema = strictObject({
  run: strictObject({
    schema: literal("proofline/qa-run/1"),
    by: line(200),
    at: iso.datetime(),
    product: digest("must be the digest of what was tried"),
    build: strictObject({ commit: string().regex(/^[0-9a-f]{40,64}$/).optional(), artifact: line(300).optional(), environment: line(300).optional() }),
    items: array(strictObject({ id: line(200), what: line(500), outcome: oneOf(["passed", "failed", "skipped"]), note: line(2_000).optional() })).min(1).max(50),
    note: line(2_000).optional(),
  }),
  signatures: array(strictObject({ key: string().regex(/^[0-9a-f]{64}$/), signature: string().regex(/^[A-Za-z0-9+/]{86}==$/) })).max(10).default([]),
});

/** The record in a file's text, or a named error. */
export function readQaRunDocument(text: string, file: string): QaRunDocument {
  if (text.length > LARGEST) throw qaRunUnreadable({ file, says: `it is larger than ${LARGEST} characters` });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw qaRunUnreadable({ file, says: "it is no valid JSON" }, error);
  }
  const read = schema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw qaRunUnreadable({ file, says: `${issue?.path.join(".") || "its root"}: ${issue?.message ?? "is wrong"}` });
  }
  return JSON.parse(JSON.stringify(read.data)) as QaRunDocument;
}
