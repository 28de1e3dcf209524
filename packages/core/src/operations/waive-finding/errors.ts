import { defineError } from "#kernel";

export const noSuchFinding = defineError<{ readonly asked: string; readonly known: readonly string[] }>({
  code: "waive/no-such-finding",
  title: "There is no such finding in the last verdict of this checkout.",
  message: ({ asked, known }) => `${JSON.stringify(asked)} is neither the number nor the beginning of a fingerprint of a finding that decided. ${known.length > 0 ? `Known: ${known.join(", ")}.` : "The last verdict had none."}`,
  fix: () => "Run `proofline check` first, then give the finding's number or its fingerprint.",
  exit: 2,
});

export const reasonMissing = defineError<void>({
  code: "waive/reason-missing",
  title: "A waiver needs a reason.",
  message: () => "--reason is empty or shorter than ten characters.",
  fix: () => "Say in one sentence why this finding does not count here; it is kept with the waiver.",
  exit: 2,
});

export const signerMissing = defineError<void>({
  code: "waive/signer-missing",
  title: "This waiver has to be signed, and no key was given.",
  message: () => "More than one person works here, or keys are listed in proofline/keys/: only a signed waiver counts.",
  fix: () => "Give your private key with --key FILE. To make one: `proofline waive --new-key @you --key FILE`, then have the public half in proofline/keys/ merged.",
  exit: 2,
});

export const keyNotListed = defineError<{ readonly base: string }>({
  code: "waive/key-not-listed",
  title: "Nobody there knows this key yet, so the waiver would not count.",
  message: ({ base }) => `Its public half is not in proofline/keys/ on ${base}; a waiver counts only when the target branch lists the key it was signed with.`,
  fix: ({ base }) => `Have the public half (\`proofline waive --new-key @you --key FILE\` writes it to proofline/keys/) merged into ${base} first, then waive again: the waiver then carries the name the key is listed under.`,
  exit: 2,
});
