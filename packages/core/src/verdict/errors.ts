import { defineError } from "#kernel";

export const unknownCheckJudged = defineError<{ readonly check: string }>({
  code: "verdict/unknown-check",
  title: "A check that policy does not know was judged",
  message: ({ check }) => `The check \`${check}\` answered, but it is not in the registry policy was made from.`,
  fix: () => "This is a bug in Proofline. Please report it with the command you ran.",
  exit: 70,
});

export const waiverUnreadable = defineError<{ readonly file: string; readonly says: string }>({
  code: "waiver/unreadable",
  title: "A waiver cannot be read",
  message: ({ file, says }) => `${file} is no waiver: ${says}.`,
  fix: ({ file }) => `Write it with \`proofline waive FINDING --reason …\`, or remove ${file}.`,
  exit: 2,
});

export const keyUnreadable = defineError<{ readonly file: string; readonly says: string }>({
  code: "waiver/key-unreadable",
  title: "A public key cannot be read",
  message: ({ file, says }) => `${file} is no key of Proofline: ${says}.`,
  fix: () => "A key file has the lines `Principal: @name` and `Kind: person`, then one ed25519 public key in PEM.",
  exit: 2,
});

export const baselineUnreadable = defineError<{ readonly file: string; readonly says: string }>({
  code: "baseline/unreadable",
  title: "The baseline cannot be read",
  message: ({ file, says }) => `${file} is no baseline: ${says}.`,
  fix: ({ file }) => `Restore ${file} from the target branch; it is written by \`proofline\` and only shrinks.`,
  exit: 2,
});

export const qaRunUnreadable = defineError<{ readonly file: string; readonly says: string }>({
  code: "qa/unreadable",
  title: "A record of QA cannot be read",
  message: ({ file, says }) => `${file} is no record of what somebody tried: ${says}.`,
  fix: ({ file }) => `Write it with \`proofline qa record\`, or remove ${file}.`,
  exit: 2,
});
