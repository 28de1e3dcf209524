import { canonicalJson, sha256Hex, type CheckId, type Observation } from "#kernel";

/**
 * Identity of a finding: SHA-256 over check id, path and subject. Line numbers and white space stay out, so it survives a rebase
 * and a reformatting; a rename makes it a new finding.
 */
export function fingerprintOf(check: CheckId, path: string | undefined, subject: string): string {
  return sha256Hex(canonicalJson([check, path ?? "", subject.normalize("NFC").replaceAll(/\s+/g, " ").trim()]));
}

/** The path a finding is filed under: that of its first place. */
export const pathOf = (observation: Pick<Observation, "places">): string | undefined => observation.places?.[0]?.file;
