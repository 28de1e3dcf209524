import { defineError } from "#kernel";

export const notTheWhole = defineError<{ readonly scope: string; readonly missing: readonly string[] }>({
  code: "baseline/not-the-whole",
  title: "A baseline is written from a whole verdict only.",
  message: ({ scope, missing }) => `This verdict is ${scope}: what was not looked at would seem paid, or be missing from the first baseline.${missing.length > 0 ? ` Not looked at: ${missing.slice(0, 3).join("; ")}.` : ""}`,
  fix: () => "Run `proofline check --all --write-baseline` without --only and --no-run, or hand in the reports that are missing with --evidence.",
  exit: 2,
});
