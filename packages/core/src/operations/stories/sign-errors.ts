import { defineError } from "#kernel";

export const notReady = defineError<{ readonly story: string; readonly stage: string; readonly says: readonly string[] }>({
  code: "stories/not-ready",
  title: "There is nothing to sign yet.",
  message: ({ story, stage, says }) => `${story} does not fulfil what the stage ${stage} asks: ${says.join("; ")}.`,
  fix: ({ story }) => `\`proofline spec status ${story}\` shows what is missing.`,
  exit: 2,
});

export const notCommitted = defineError<{ readonly file: string }>({
  code: "stories/not-committed",
  title: "The story in the working tree is not the one at HEAD.",
  message: ({ file }) => `${file} says something else than its last commit; a signature is bound to what is committed.`,
  fix: () => "Commit it, then sign.",
  exit: 2,
});

export const signRefused = defineError<{ readonly role: string; readonly story: string; readonly because: string; readonly base: string }>({
  code: "stories/sign-refused",
  title: "This signature would not count.",
  message: ({ role, story, because }) => `As ${role} of ${story}: ${because.replace(/\.+$/, "")}.`,
  fix: ({ base }) => `Keys and roles are read from proofline/keys/ on ${base} (the remote's, where there is one): \`proofline waive --new-key @you --key FILE\` makes a pair; its public half counts once it is merged there, with a line \`Role: …\`. Then sign with --key FILE.`,
  exit: 2,
});
