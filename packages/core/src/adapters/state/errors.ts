import { defineError } from "#kernel";

export const stateUnreadable = defineError<{ where: string; because: string }>({
  code: "state/unreadable",
  title: "The state of earlier runs can't be read",
  message: ({ where, because }) => `${where}: ${because}.`,
  fix: ({ where }) => `Delete ${where} to start afresh; only history (flaky tests, coverage per test, the ledger's copy) is lost by that, no verdict.`,
  exit: 2,
});

export const stateTampered = defineError<{ where: string; because: string }>({
  code: "state/tampered",
  title: "The state of earlier runs was changed by somebody else",
  message: ({ where, because }) => `${where}: ${because}.`,
  fix: ({ where }) => `Find out who wrote ${where}. Delete it to start afresh.`,
  exit: 3,
});

export const stateTooLarge = defineError<{ where: string; bytes: number; limit: number }>({
  code: "state/too-large",
  title: "The state is larger than it may travel",
  message: ({ where, bytes, limit }) => `${where}: ${bytes} bytes, at most ${limit} are kept.`,
  fix: () => "Keep less: shorten the ledger's copy and the history of flaky tests, or leave coverage per test to a cache.",
  exit: 2,
});

export const stateBusy = defineError<{ where: string; tries: number }>({
  code: "state/busy",
  title: "Others keep saving their state first",
  message: ({ where, tries }) => `${where} was changed by another run during each of ${tries} tries.`,
  fix: () => "Run the step again. Nothing was overwritten.",
  exit: 3,
});

export const gitRefused = defineError<{ where: string; call: string; says: string }>({
  code: "state/git-refused",
  title: "Git did not keep the state",
  message: ({ where, call, says }) => `${where}: git ${call} failed: ${says}.`,
  fix: () => "Check that git is installed, the repository may be written, and the remote lets this account push refs/proofline/*.",
  exit: 3,
});
