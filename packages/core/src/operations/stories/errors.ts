import { defineError } from "#kernel";

export const storyUnknown = defineError<{ readonly asked: string; readonly meant?: string; readonly known: number }>({
  code: "stories/unknown",
  title: "There is no such story.",
  message: ({ asked, known }) => `${JSON.stringify(asked)} is none of the ${known} ${known === 1 ? "story" : "stories"} below proofline/stories/.`,
  fix: ({ meant }) => (meant === undefined ? "`proofline spec list` shows what there is." : `Did you mean \`${meant}\`?`),
  exit: 2,
});

export const storyUnreadable = defineError<{ readonly file: string; readonly line: number; readonly says: string; readonly fix: string }>({
  code: "stories/unreadable",
  title: "A story can't be read.",
  message: ({ file, line, says }) => `${file}:${line}: ${says}`,
  fix: ({ fix }) => fix,
  exit: 2,
});

export const storyExists = defineError<{ readonly id: string; readonly file: string }>({
  code: "stories/exists",
  title: "There is a story of that name already.",
  message: ({ file }) => `${file} stands there; nothing was written.`,
  fix: ({ id }) => `Add to it with \`proofline spec new ${id} --criterion "…"\`, or give the new one another id.`,
  exit: 2,
});

export const badStoryId = defineError<{ readonly asked: string }>({
  code: "stories/bad-id",
  title: "No id can be made of that.",
  message: ({ asked }) => `${JSON.stringify(asked.slice(0, 100))} has no letters or digits of the Latin alphabet to make an id of.`,
  fix: () => 'Name it yourself: `proofline spec new ST-guest-checkout --title "…"`.',
  exit: 2,
});

export const nothingToImport = defineError<{ readonly path: string; readonly looked: number; readonly from?: string }>({
  code: "stories/nothing-to-import",
  title: "Nothing that could be imported was found.",
  message: ({ path, looked, from }) => `${looked} files at ${path} were looked at, and none holds ${from === undefined ? "a specification of a known format" : `one of ${from}`}.`,
  fix: () => "Give the folder that holds openspec/, .kiro/, specs/001-…/ or *.feature files.",
  exit: 2,
});

export const criterionUnknown = defineError<{ readonly asked: string; readonly file: string; readonly known: readonly string[] }>({
  code: "stories/criterion-unknown",
  title: "The story has no such criterion.",
  message: ({ asked, file }) => `${file} has no ${asked.slice(0, 100)}.`,
  fix: ({ known }) => (known.length === 0 ? "It has no criteria at all." : `It has ${known.slice(0, 20).join(", ")}.`),
  exit: 2,
});

export const historyUnknown = defineError<{ readonly asked: string; readonly meant?: string }>({
  code: "stories/never-was",
  title: "History knows no such story or criterion.",
  message: ({ asked }) => `${JSON.stringify(asked.slice(0, 120))} stands in no commit this one comes from.`,
  fix: ({ meant }) => (meant === undefined ? "`proofline spec history` without a name shows every behaviour; one that was never committed has no history yet." : `Did you mean \`${meant}\`?`),
  exit: 2,
});

export const badMoment = defineError<{ readonly asked: string; readonly why: string }>({
  code: "stories/bad-moment",
  title: "There is no such moment.",
  message: ({ asked, why }) => `${JSON.stringify(asked.slice(0, 120))}: ${why}.`,
  fix: () => "Give a day (2026-03-01: its end, in UTC), a time (2026-03-01T12:00:00Z), a tag, a branch or a commit.",
  exit: 2,
});
