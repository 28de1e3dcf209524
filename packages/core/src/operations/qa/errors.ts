import { defineError } from "#kernel";

export const nothingToTry = defineError<{ readonly base: string }>({
  code: "qa/nothing-to-try",
  title: "There is nothing to try by hand.",
  message: ({ base }) => `Nothing between ${base} and this tree changes how the product behaves.`,
  fix: () => "Name another change with --base and --head, or record nothing: none is owed.",
  exit: 2,
});

export const noSuchItem = defineError<{ readonly asked: string; readonly known: readonly string[] }>({
  code: "qa/no-such-item",
  title: "The checklist has no such item.",
  message: ({ asked, known }) => `${JSON.stringify(asked.slice(0, 200))} is neither a number from 1 to ${known.length} nor one of its ids.`,
  fix: ({ known }) => `\`proofline qa list\` numbers them. Its ids: ${known.slice(0, 12).join(", ")}.`,
  exit: 2,
});

export const badOutcome = defineError<{ readonly asked: string }>({
  code: "qa/bad-outcome",
  title: "An outcome is missing, or is none.",
  message: ({ asked }) => (asked === "" ? "Nothing says what came of trying it." : `${JSON.stringify(asked.slice(0, 200))} says no outcome.`),
  fix: () => 'Give `--outcome passed` (or failed) for all that is owed, or `--item 2=failed:"the button stays grey"` one by one: passed, failed, or skipped with a reason.',
  exit: 2,
});

export const agentsTryNothing = defineError<{ readonly by: string }>({
  code: "qa/by-an-agent",
  title: "What an agent tried is no manual QA.",
  message: ({ by }) => `${by} is an agent by its name or by the configuration.`,
  fix: () => "Let a person try it and record it; what an agent ran belongs into a test.",
  exit: 2,
});

export const qaKeyNotListed = defineError<{ readonly base: string }>({
  code: "qa/key-not-listed",
  title: "Nobody there knows this key, so the record would not count.",
  message: ({ base }) => `Its public half is not in proofline/keys/ on ${base}.`,
  fix: ({ base }) => `Have the public half (\`proofline waive --new-key @you --key FILE\` makes one) merged into ${base} first.`,
  exit: 2,
});

export const nobodyNamed = defineError<void>({
  code: "qa/nobody-named",
  title: "Nobody says who tried it.",
  message: () => "Git knows no committer here, and neither --by nor --key was given.",
  fix: () => "Give --by you@example.com, sign with --key, or set user.email in Git.",
  exit: 2,
});
