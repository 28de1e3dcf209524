import { defineError } from "#kernel";

export const headIsNoCommit = defineError<{ readonly kind: string }>({
  code: "attest/head-is-no-commit",
  title: "Only a verdict about a commit can be signed.",
  message: ({ kind }) => `The head is a ${kind}, which nobody else can name.`,
  fix: () => "Commit first, then run `proofline check --head HEAD --attest FILE --key FILE`.",
  exit: 2,
});
