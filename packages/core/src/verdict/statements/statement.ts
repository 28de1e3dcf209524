/** in-toto Statement v1. */
export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
/** in-toto test-result v0.1. */
export const TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";
/** SLSA verification summary v1. */
export const SUMMARY = "https://slsa.dev/verification_summary/v1";

/** Digests by algorithm, lower-case hex. */
export type DigestSet = Readonly<Record<string, string>>;

/** in-toto ResourceDescriptor, the fields used here. */
export interface Descriptor {
  readonly name?: string;
  readonly uri?: string;
  readonly digest?: DigestSet;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

/** A statement about source revisions. */
export interface Statement<Predicate> {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly (Descriptor & { readonly digest: DigestSet })[];
  readonly predicateType: string;
  readonly predicate: Predicate;
}

/** The subject of everything Proofline signs: one exact commit. */
export function commitSubject(commit: string, tree?: string): { readonly digest: DigestSet } {
  return { digest: { gitCommit: commit, ...(tree === undefined ? {} : { gitTree: tree }) } };
}
