import { defineError } from "#kernel";

export const untrustedUnreadable = defineError<{ because: string }>({
  code: "second-half/unreadable",
  title: "What the first half left behind can't be read",
  message: ({ because }) => `The verdict written by the untrusted run is not usable: ${because}.`,
  fix: () => "Look at the first run's log. The trusted half judges by its own static checks meanwhile.",
  exit: 2,
});

export const untrustedOtherCommit = defineError<{ found: string; expected: string }>({
  code: "second-half/other-commit",
  title: "The first half speaks of another commit",
  message: ({ found, expected }) => `The untrusted run's verdict is about ${found}, the host says the run was for ${expected}.`,
  fix: () => "Run the first half again. A verdict that names another commit is not posted.",
  exit: 3,
});
