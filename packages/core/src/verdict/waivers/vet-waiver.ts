import type { ListedKeys, PublicKey } from "./public-key.ts";
import { dayOf } from "../mode.ts";
import { foldName, identities, vetSignatures as vetAll } from "./vet-signatures.ts";
import { waiverBytes, type VerifySignature, type Waiver, type WaiverDocument, type WaiverStatement } from "./waiver.ts";

/** What a waiver is vetted against. */
export interface WaiverContext {
  /** Keys of the target branch. A key the change itself brings is not among them. */
  readonly listed: ListedKeys;
  readonly verify: VerifySignature;
  /** ISO date or timestamp. */
  readonly now: string;
  readonly maxDays: number;
  /** Accounts and e-mail addresses of whoever wrote or prompted this change. */
  readonly authors: readonly string[];
  /** True when an agent wrote at least one commit. */
  readonly byAgent: boolean;
  /** True when a single human committed here in 90 days. */
  readonly solo: boolean;
  /** Owners of a file's areas, or of the repository when there is no file. */
  ownersOf(path: string | undefined): readonly string[];
}

/** A waiver that does not count, and why. Shown with the verdict, never dropped silently. */
export interface RefusedWaiver {
  readonly file: string;
  readonly fingerprint?: string;
  readonly status: "unreadable" | "expired" | "not-yet" | "too-long" | "unsigned" | "bad-signature" | "foreign" | "author" | "agent";
  readonly because: string;
}

type Refusal = Omit<RefusedWaiver, "file" | "fingerprint">;

/** In force, or refused with the reason. */
export function vetWaiver(document: WaiverDocument, file: string, context: WaiverContext): Waiver | RefusedWaiver {
  const { waiver } = document;
  const refused = vetDates(waiver, context) ?? undefined;
  if (refused !== undefined) return { file, fingerprint: waiver.finding, ...refused };
  const signer = vetSignatures(document, context);
  if ("status" in signer) return { file, fingerprint: waiver.finding, ...signer };
  return { fingerprint: waiver.finding, check: waiver.check, ...(waiver.path === undefined ? {} : { path: waiver.path }), by: signer.by, reason: waiver.reason, until: waiver.expires, kind: signer.kind, file };
}

function vetDates({ issued, expires }: WaiverStatement, { now, maxDays }: WaiverContext): Refusal | undefined {
  const today = dayOf(now);
  if (expires < today) return { status: "expired", because: `it expired on ${expires}` };
  // A day of grace: the signer's clock may be ahead of the judge's time zone.
  if (daysBetween(today, issued) > 1) return { status: "not-yet", because: `it is dated ${issued}, which lies ahead` };
  const days = daysBetween(issued, expires);
  if (days < 0 || days > maxDays) return { status: "too-long", because: `it lasts from ${issued} to ${expires}; a waiver lasts at most ${maxDays} days` };
  return undefined;
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

type Signer = Pick<Waiver, "by" | "kind">;

function vetSignatures({ waiver, signatures }: WaiverDocument, context: WaiverContext): Signer | Refusal {
  if (signatures.length === 0) return vetUnsigned(waiver, context);
  return vetAll<Signer, Refusal>({ what: "waiver", by: waiver.by, bytes: waiverBytes(waiver), signatures }, context, (key) => vetSigner(key, waiver, context));
}

/** Only an owner of the finding's area, no agent, and not the author; alone in a repository the author may, recorded as `self`. */
function vetSigner(key: PublicKey, { path }: WaiverStatement, context: WaiverContext): Signer | Refusal {
  if (key.kind !== "person") return { status: "agent", because: `${key.principal} is ${key.kind === "agent" ? "an agent" : "a service"}; only people waive` };
  const owners = context.ownersOf(path).map(foldName);
  const owns = owners.length === 0 ? key.role === "owner" : identities(key).some((identity) => owners.includes(identity));
  const isAuthor = context.authors.map(foldName).some((author) => [key.principal, ...key.emails].map(foldName).includes(author));
  if (context.solo && (owns || isAuthor)) return { by: key.principal, kind: isAuthor ? "self" : "waiver" };
  if (isAuthor) return { status: "author", because: `${key.principal} wrote this change; another owner has to waive it` };
  const place = path ?? "this repository";
  if (!owns)
    return {
      status: "foreign",
      because:
        owners.length === 0
          ? `nobody owns ${place}, and ${key.principal} is not listed with \`Role: owner\``
          : `${key.principal} does not own ${place} (owners: ${owners.join(", ")})`,
    };
  return { by: key.principal, kind: "waiver" };
}

/**
 * Where nobody has set up keys yet, a person working alone may waive without a signature. One listed key ends that, and an agent's
 * change never passes this way.
 */
function vetUnsigned(waiver: WaiverStatement, { solo, byAgent, listed }: WaiverContext): Signer | Refusal {
  const signs = listed.keys.length > 0 || listed.unreadable.length > 0;
  if (solo && !byAgent && !signs) return { by: waiver.by, kind: "self" };
  const why = byAgent ? "an agent worked on this change" : signs ? "this repository lists signing keys" : "more than one person works here";
  return { status: "unsigned", because: `it is not signed, and ${why}` };
}
