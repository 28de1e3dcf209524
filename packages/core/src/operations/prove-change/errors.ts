import { defineError } from "#kernel";

export const noSuchTestFile = defineError<{ readonly file: string; readonly fixed: string }>({
  code: "proof/no-such-test-file",
  title: "The test file is not there.",
  message: ({ file, fixed }) => `--test names ${file}, and ${fixed} has no such file.`,
  fix: () => "Give the path as it stands in the repository at --fixed, e.g. `--test test/price.test.ts` or `--test test/price.test.ts::'rounds half up'`.",
  exit: 2,
});

export const noRunner = defineError<{ readonly fixed: string }>({
  code: "proof/no-runner",
  title: "No test runner was recognised.",
  message: ({ fixed }) => `Nothing at ${fixed} says how its tests are run.`,
  fix: () => "Declare it under `tests:` in proofline.yaml: a command and the JUnit report it writes.",
  exit: 2,
});

export const recordUnreadable = defineError<{ readonly where: string; readonly because: string }>({
  code: "proof/record-unreadable",
  title: "The proof record can't be read.",
  message: ({ where, because }) => `${where}: ${because}.`,
  fix: () => "Hand in a record as Proofline wrote it: a file of .proofline/proofs/, the output of `proofline prove --format json`, or signed evidence.",
  exit: 2,
});

export const recordTampered = defineError<{ readonly where: string; readonly because: string }>({
  code: "proof/record-tampered",
  title: "The proof record was changed after it was written.",
  message: ({ where, because }) => `${where}: ${because}.`,
  fix: () => "Don't rely on it. Make the proof again from the commits: `proofline prove --broken REV --fixed REV`.",
  exit: 3,
});

export const noSuchRecord = defineError<{ readonly name: string }>({
  code: "proof/no-such-record",
  title: "There is no such proof record.",
  message: ({ name }) => `${name} is neither a file nor the digest of one record kept here.`,
  fix: () => "Give a file, or at least eight hexadecimal digits of a digest; what is kept lies in .proofline/proofs/.",
  exit: 2,
});

export const notReplayable = defineError<{ readonly where: string; readonly because: string }>({
  code: "proof/not-replayable",
  title: "This proof can't be made again here.",
  message: ({ where, because }) => `${where}: ${because}.`,
  fix: () => "Fetch the commits it names, or make a new proof with `proofline prove`.",
  exit: 2,
});

export const recordOfAnother = defineError<{ readonly where: string; readonly found: string; readonly expected: string }>({
  code: "proof/other-commit",
  title: "The proof record speaks of another commit.",
  message: ({ where, found, expected }) => `${where}: it is about ${found}, asked was about ${expected}.`,
  fix: () => "A proof holds for its two commits. Hand in the one of this change, or leave it away: then the tests are run.",
  exit: 3,
});
