import { parseDocument } from "yaml";
import { array, literal, strictObject, string, templateLiteral } from "zod";
import { yamlTooDeep } from "#kernel";
import { daySchema } from "../day-schema.ts";
import { waiverUnreadable } from "../errors.ts";
import type { WaiverDocument } from "./waiver.ts";

const LARGEST = 16 * 1024;

const schema = strictObject({
  waiver: strictObject({
    schema: literal("proofline/waiver/1"),
    finding: string().regex(/^[0-9a-f]{64}$/, "must be the finding's fingerprint, 64 hex digits"),
    check: templateLiteral([string().min(1), "/", string().min(1)]),
    path: string().min(1).optional(),
    reason: string()
      .refine((reason) => reason.trim() !== "", "a waiver needs a reason")
      .max(2_000),
    by: string().min(1).max(200),
    issued: daySchema({ string }, "YYYY-MM-DD"),
    expires: daySchema({ string }, "YYYY-MM-DD"),
  }),
  signatures: array(
    strictObject({
      key: string().regex(/^[0-9a-f]{64}$/, "must be a key id, 64 hex digits"),
      signature: string().regex(/^[A-Za-z0-9+/]{86}==$/, "must be an ed25519 signature in base64"),
    }),
  )
    .max(10)
    .default([]),
});

/** The document in a waiver's text, or a named error. */
export function readWaiverDocument(text: string, file: string): WaiverDocument {
  if (text.length > LARGEST) throw waiverUnreadable({ file, says: `it is larger than ${LARGEST} characters` });
  if (yamlTooDeep(text)) throw waiverUnreadable({ file, says: "it nests too deeply to be one" });
  const document = parseDocument(text, { version: "1.2", schema: "core", uniqueKeys: true, prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) throw waiverUnreadable({ file, says: problem.message.split("\n")[0] ?? problem.code });
  const read = schema.safeParse(toPlain(document, file));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw waiverUnreadable({ file, says: `${issue?.path.join(".") || "its root"}: ${issue?.message ?? "is wrong"}` });
  }
  const { path, ...statement } = read.data.waiver;
  return { waiver: { ...statement, ...(path === undefined ? {} : { path }) }, signatures: read.data.signatures };
}

function toPlain(document: { toJS(options: { maxAliasCount: number }): unknown }, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw waiverUnreadable({ file, says: "it uses YAML aliases" });
  }
}
