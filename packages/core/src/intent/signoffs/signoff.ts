import { sha256Hex } from "#kernel";
import { ROLES, STAGES, type Role, type Stage } from "./stages.ts";

/** What somebody signs: this stage of this story, as it reads now. */
export interface SignoffStatement {
  readonly schema: "proofline/signoff/1";
  readonly story: string;
  readonly stage: Stage;
  readonly role: Role;
  /** Hash of what was approved, 64 hex digits. */
  readonly digest: string;
  /** First characters of the revision of each criterion then, so that a lapse can be explained. */
  readonly criteria: Readonly<Record<string, string>>;
  /** Principal who signs: the one the key is listed for. */
  readonly by: string;
  /** Day it was signed, `YYYY-MM-DD` (UTC). */
  readonly issued: string;
}

/** A file under `proofline/signoffs/`. */
export interface SignoffDocument {
  readonly signoff: SignoffStatement;
  readonly signatures: readonly { readonly key: string; readonly signature: string }[];
}

/** Folder of sign-offs. They change no gate: each counts only with a signature by a key of the target branch. */
export const SIGNOFF_FOLDER = "proofline/signoffs/";

/** True for a file that can be a sign-off. */
export const isSignoffFile = (path: string): boolean => path.startsWith(SIGNOFF_FOLDER) && path.endsWith(".json");

/** Path of the file for one person's signature under one stage: two people who sign never conflict. */
export function signoffPath({ story, stage, by }: Pick<SignoffStatement, "story" | "stage" | "by">): string {
  const name = by.toLowerCase().replace(/^@/, "");
  const who = name.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "self";
  // Two people whose names differ only in what a file name can't hold must not overwrite each other.
  return `${SIGNOFF_FOLDER}${story}.${stage}.${who === name || name === "" ? who : `${who}-${sha256Hex(name).slice(0, 6)}`}.json`;
}

/** The file's text as `proofline spec sign` writes it. */
export const renderSignoff = (document: SignoffDocument): string => `${JSON.stringify(document, null, 2)}\n`;

const LARGEST = 256 * 1024;

/** The document in a file's text; undefined, with the reason, where it is none. */
export function readSignoff(text: string): { readonly document: SignoffDocument } | { readonly because: string } {
  if (text.length > LARGEST) return { because: `it is larger than ${LARGEST} characters` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { because: "it is no JSON" };
  }
  const { signoff, signatures = [] } = fieldsOf(value);
  const { schema, story, stage, role, digest, criteria, by, issued } = fieldsOf(signoff);
  const bad = [
    schema === "proofline/signoff/1" || "signoff.schema must be proofline/signoff/1",
    isText(story) || "signoff.story must name a story",
    STAGES.includes(stage as Stage) || `signoff.stage must be one of ${STAGES.join(", ")}`,
    ROLES.includes(role as Role) || `signoff.role must be one of ${ROLES.join(", ")}`,
    (isText(digest) && /^[0-9a-f]{64}$/.test(digest)) || "signoff.digest must be 64 hex digits",
    Object.values(fieldsOf(criteria)).every(isText) || "signoff.criteria must hold revisions",
    isText(by) || "signoff.by must name who signs",
    (isText(issued) && /^\d{4}-\d{2}-\d{2}$/.test(issued)) || "signoff.issued must be a day",
    (Array.isArray(signatures) && signatures.length <= 10 && signatures.every((one) => isText(fieldsOf(one)["key"]) && isText(fieldsOf(one)["signature"]))) || "signatures must hold a key and a signature each",
  ].find((one) => one !== true);
  if (typeof bad === "string") return { because: bad };
  // What is not known is not signed for: the statement is put together from its known fields alone.
  const statement = { schema, story, stage, role, digest, criteria: fieldsOf(criteria), by, issued } as SignoffStatement;
  return { document: { signoff: statement, signatures: (signatures as SignoffDocument["signatures"]).map(({ key, signature }) => ({ key, signature })) } };
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "" && value.length <= 500;
const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {});
