import { defineError } from "#kernel";

export const unknownCheck = defineError<{ readonly asked: string; readonly nearest: string | undefined }>({
  code: "check/unknown-check",
  title: "There is no check of that name.",
  message: ({ asked }) => (/^\d{1,3}$/.test(asked) ? `${asked} is a number; a check has a name, as it stands beside the number of a finding.` : `No check is called ${JSON.stringify(asked)}.`),
  fix: ({ nearest }) => (nearest === undefined ? "`proofline explain` lists every check." : `Did you mean ${nearest}? \`proofline explain\` lists every check.`),
  exit: 2,
});

export const noReportFound = defineError<{ readonly globs: readonly string[] }>({
  code: "evidence/no-report-found",
  title: "No report was found.",
  message: ({ globs }) => `${globs.join(", ")} ${globs.length === 1 ? "matches" : "match"} no file.`,
  fix: () => "Check the path (globs are relative to the repository), and that the job which writes the report ran before this one.",
  exit: 2,
});
