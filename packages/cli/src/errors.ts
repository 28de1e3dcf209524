import { defineError } from "@proofline/core/kernel";

export const unwritableOutput = defineError<{ readonly file: string; readonly says: string }>({
  code: "cli/unwritable-output",
  title: "The output file could not be written.",
  message: ({ file, says }) => `${file}: ${says}`,
  fix: () => "Give --out a path in a folder you may write to.",
  exit: 2,
});

export const badFlag = defineError<{ readonly flag: string; readonly value: string; readonly expected: string }>({
  code: "cli/bad-flag",
  title: "A flag has a value Proofline can't use.",
  message: ({ flag, value, expected }) => (value === "" ? `${flag} is missing; expected ${expected}.` : `${flag} is ${JSON.stringify(value)}; expected ${expected}.`),
  fix: ({ flag }) => `Correct ${flag}; \`--help\` after the command shows what it takes.`,
  exit: 2,
});

export const conflictingFlags = defineError<{ readonly one: string; readonly two: string }>({
  code: "cli/conflicting-flags",
  title: "Two flags contradict each other.",
  message: ({ one, two }) => `${one} and ${two} can't be given together.`,
  fix: ({ one, two }) => `Leave out ${one} or ${two}.`,
  exit: 2,
});

export const unreadableInput = defineError<{ readonly file: string; readonly says: string }>({
  code: "cli/unreadable-input",
  title: "A file given on the command line could not be read.",
  message: ({ file, says }) => `${file}: ${says}`,
  fix: () => "Check the path and its permissions.",
  exit: 2,
});
