import { defineError } from "#kernel";

export const journeyUnknown = defineError<{ readonly asked: string; readonly meant?: string; readonly known: readonly string[] }>({
  code: "journeys/unknown",
  title: "There is no such journey.",
  message: ({ asked, known }) => `${JSON.stringify(asked.slice(0, 100))} is none of the ${known.length} ${known.length === 1 ? "journey" : "journeys"} below proofline/journeys/.`,
  fix: ({ meant, known }) => (meant !== undefined ? `Did you mean \`${meant}\`?` : known.length === 0 ? "Write the first one: docs/journeys.md shows how." : `There are ${known.slice(0, 20).join(", ")}.`),
  exit: 2,
});
