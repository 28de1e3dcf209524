/** Where state of earlier runs was found. */
export type StatePlace = "ref" | "artifact";

/** What decides whether state may count. Nothing in here was told by the state itself. */
export interface Standing {
  /** Principal whose key signed it, by the keys of the target branch. */
  readonly signedBy?: string;
  readonly place: StatePlace;
  /** True in a job of CI that runs for what has landed on the target branch. */
  readonly onTarget: boolean;
  /** True when it is a file of the checkout that Git tracks: a change brought it along. */
  readonly committed?: boolean;
  /** True once the target branch lists a key of a service: from then on a signature is expected. */
  readonly signatureExpected: boolean;
}

/**
 * Why state does not count as history, undefined where it does. Code under judgement must not have been able to write it: so it is
 * signed with a key the target branch lists, or lies under a ref that takes the right to push, or was kept by a job of the target
 * branch for a job of the target branch.
 */
export function whyNotCounted({ signedBy, place, onTarget, committed, signatureExpected }: Standing): string | undefined {
  if (signedBy !== undefined) return undefined;
  if (committed === true) return "it is committed: a change brought it along";
  if (signatureExpected) return "it is not signed, and the target branch lists a service's key in proofline/keys/ to sign it with";
  if (place === "artifact" && !onTarget) return "it is not signed, and this job is not one of the target branch: the code under judgement could have written it";
  return undefined;
}
