import { defineError } from "#kernel";

export const unreadable = defineError<{ where: string; because: string }>({
  code: "statement/unreadable",
  title: "The signed evidence can't be read",
  message: ({ where, because }) => `${where}: ${because}.`,
  fix: () => "Hand in the file as Proofline wrote it: one DSSE envelope as JSON, or one per line.",
  exit: 2,
});

export const unknownType = defineError<{ where: string; found: string; known: string }>({
  code: "statement/unknown-type",
  title: "The signed evidence is of a kind Proofline does not know",
  message: ({ where, found, known }) => `${where}: ${found} is none of ${known}.`,
  fix: () => "Verify it with the tool that wrote it, or with a newer Proofline.",
  exit: 2,
});

export const unknownKey = defineError<{ where: string; keyId: string }>({
  code: "statement/unknown-key",
  title: "Signed by a key the target branch does not list",
  message: ({ where, keyId }) => `${where}: the signature names key ${keyId}, which is not in proofline/keys/ of the target branch.`,
  fix: () => "Have an owner add the public key to proofline/keys/ on the target branch first, or sign with a listed key.",
  exit: 3,
});

export const badSignature = defineError<{ where: string }>({
  code: "statement/bad-signature",
  title: "The signature does not fit what was signed",
  message: ({ where }) => `${where}: the content was changed after signing, or another key signed it than it says.`,
  fix: () => "Don't rely on this evidence. Produce it again from the commit.",
  exit: 3,
});

export const signatureCount = defineError<{ where: string; count: number }>({
  code: "statement/extra-signature",
  title: "The envelope carries another number of signatures than one",
  message: ({ where, count }) => `${where}: ${count} signatures, and Proofline signs once.`,
  fix: () => "Hand in the envelope as it was written; countersign in an envelope of its own.",
  exit: 3,
});

export const agentKey = defineError<{ where: string; principal: string }>({
  code: "statement/agent-key",
  title: "Signed by an agent",
  message: ({ where, principal }) => `${where}: it was signed by ${principal}, which proofline/keys/ lists as an agent.`,
  fix: () => "Have the job that judged the change, or a person, sign it. An agent does not vouch for work.",
  exit: 3,
});

export const expiredKey = defineError<{ where: string; principal: string; expires: string }>({
  code: "statement/expired-key",
  title: "Signed by a key that has expired",
  message: ({ where, principal, expires }) => `${where}: the key of ${principal} was good until ${expires}.`,
  fix: () => "Make a new key (it needs a guarded change to proofline/keys/) and produce the evidence again.",
  exit: 3,
});

export const malformed = defineError<{ where: string; because: string }>({
  code: "statement/malformed",
  title: "The signed statement lacks something its kind demands",
  message: ({ where, because }) => `${where}: ${because}.`,
  fix: () => "Produce the evidence again with a current Proofline.",
  exit: 2,
});

export const otherCommit = defineError<{ where: string; found: string; expected: string }>({
  code: "statement/other-commit",
  title: "The evidence speaks of another commit",
  message: ({ where, found, expected }) => `${where}: it is about ${found}, asked was about ${expected}.`,
  fix: () => "Evidence holds for one exact commit. Produce it for this one.",
  exit: 3,
});

export const otherPolicy = defineError<{ where: string; found: string; expected: string }>({
  code: "statement/other-policy",
  title: "The evidence was judged by another policy",
  message: ({ where, found, expected }) => `${where}: it names policy ${found}, in force is ${expected}.`,
  fix: () => "Judge the commit again by the policy of the target branch.",
  exit: 3,
});

export const otherRepository = defineError<{ where: string; found: string; expected: string }>({
  code: "statement/other-repository",
  title: "The evidence speaks of another repository",
  message: ({ where, found, expected }) => `${where}: it is about ${found}, asked was about ${expected}.`,
  fix: () => "Hand in the evidence of this repository.",
  exit: 3,
});

export const tooOld = defineError<{ where: string; at: string; maxDays: number }>({
  code: "statement/too-old",
  title: "The evidence is too old, or dated in the future",
  message: ({ where, at, maxDays }) => `${where}: it was made at ${at}; accepted are the last ${maxDays} days.`,
  fix: () => "Produce it again, or check the clock of the machine that signed it.",
  exit: 3,
});

export const notPassed = defineError<{ where: string; result: string }>({
  code: "statement/not-passed",
  title: "The evidence says the change did not pass",
  message: ({ where, result }) => `${where}: it is signed and whole, and says ${result}.`,
  fix: () => "Settle what held the change, then produce the evidence again.",
  exit: 3,
});

export const brokenBundle = defineError<{ where: string; because: string }>({
  code: "statement/broken-bundle",
  title: "The summary and its evidence don't fit together",
  message: ({ where, because }) => `${where}: ${because}.`,
  fix: () => "Hand in the file as it was written, with the summary and every statement it rests on.",
  exit: 3,
});
