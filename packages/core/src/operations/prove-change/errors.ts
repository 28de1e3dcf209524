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
