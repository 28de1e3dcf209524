import type { Repository } from "#change";
import { renderWaiver, signWaiver, waiverPath, type WaiverStatement } from "#verdict";
import type { PolicySource } from "../config/policy-source.ts";
import { isSolo } from "../assess-change/solo.ts";
import { readRules } from "../assess-change/read-rules.ts";
import type { CheckoutFiles } from "../ports/checkout-files.ts";
import type { Clock } from "../ports/clock.ts";
import { LAST_VERDICT } from "../record-verdict.ts";
import type { DocumentFinding, VerdictDocument } from "../verdict-document.ts";
import { keyNotListed, noSuchFinding, reasonMissing, signerMissing } from "./errors.ts";

export interface WaiveInput {
  /** Number in the last verdict's list, or the beginning of a fingerprint. */
  readonly finding: string;
  readonly reason: string;
  /** Days it lasts. */
  readonly days: number;
  /** Private key file; absent only where a person works alone. */
  readonly keyFile?: string;
}

export interface WaiveReport {
  readonly file: string;
  readonly waiver: WaiverStatement;
  readonly signed: boolean;
}

export interface Signer {
  readonly publicKeyPem: string;
  sign(bytes: Uint8Array): Uint8Array;
}

export interface WaivePorts {
  readonly repository: Repository;
  readonly checkout: CheckoutFiles;
  readonly clock: Clock;
  readonly policySource?: PolicySource;
  openKey(file: string): Promise<Signer>;
  /** Who commits here, as Git knows them: the name an unsigned waiver is recorded under. */
  person(): Promise<string>;
}

/** Writes a waiver for one finding of the last verdict: dated, with its reason, signed where that is owed. Nothing is committed. */
export const waiveFinding =
  (ports: WaivePorts) =>
  async (input: WaiveInput): Promise<WaiveReport> => {
    if (input.reason.trim().length < 10) throw reasonMissing();
    const finding = await findFinding(input.finding, ports.checkout);
    const resolved = await ports.repository.resolve({ head: { kind: "commit", rev: "HEAD" } });
    const rules = await readRules(resolved, ports.repository, ports.policySource);
    const day = (offset: number): string => new Date(ports.clock.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const signer = input.keyFile === undefined ? undefined : await ports.openKey(input.keyFile);
    const listed = signer && rules.keys.keys.find((key) => key.pem.trim() === signer.publicKeyPem.trim());
    if (!signer) {
      const solo = isSolo(await ports.repository.contributors(resolved.base, 90), rules.config.agents);
      if (!solo || rules.keys.keys.length > 0) throw signerMissing();
    } else if (!listed) throw keyNotListed({ base: resolved.baseName });
    const waiver: WaiverStatement = {
      schema: "proofline/waiver/1",
      finding: finding.fingerprint,
      check: finding.check,
      ...(finding.places[0] && { path: finding.places[0].file }),
      reason: input.reason.trim(),
      by: listed?.principal ?? (await ports.person()),
      issued: day(0),
      expires: day(Math.min(input.days, rules.policy.maxWaiverDays)),
    };
    const document = signWaiver(waiver, signer);
    const file = waiverPath(finding.fingerprint);
    await ports.checkout.write(file, renderWaiver(document));
    return { file, waiver, signed: signer !== undefined };
  };

async function findFinding(asked: string, checkout: CheckoutFiles): Promise<DocumentFinding> {
  const text = await checkout.read(LAST_VERDICT);
  const verdict = text === undefined ? undefined : (JSON.parse(text) as VerdictDocument);
  const open = (verdict?.findings ?? []).filter((finding) => finding.answer !== "holds" && !finding.waived && (finding.effect === "block" || finding.effect === "ask"));
  const byNumber = /^\d{1,3}$/.test(asked) ? open[Number(asked) - 1] : undefined;
  const byFingerprint = asked.length >= 6 ? open.filter((finding) => finding.fingerprint.startsWith(asked.toLowerCase())) : [];
  const found = byNumber ?? (byFingerprint.length === 1 ? byFingerprint[0] : undefined);
  if (!found) throw noSuchFinding({ asked, known: open.map((finding, index) => `${index + 1} ${finding.check} (${finding.fingerprint.slice(0, 12)})`) });
  return found;
}
