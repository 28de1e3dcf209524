import type { BaselineReport } from "@proofline/core/operations";
import { count } from "../../render/words.ts";
import { clip, printable } from "../../render/wrap.ts";

const SHOWN = 10;

/** What became of the baseline, for people: on standard error, beside the verdict. */
export function baselineWords({ file, first, entries, removed, leftOut }: BaselineReport): string {
  const line = (check: string, rest: string): string => `  ${clip(printable(`${check}  ${rest}`), 110)}`;
  const some = <T>(all: readonly T[], show: (one: T) => string): string[] => [...all.slice(0, SHOWN).map(show), ...(all.length > SHOWN ? [`  and ${all.length - SHOWN} more`] : [])];
  const head = first
    ? entries === 0
      ? `${file} was not written: this verdict found no debt.`
      : `${file} written: ${count(entries, "entry", "entries")}. It counts once it is on the target branch.`
    : removed.length === 0
      ? `${file} stays as it is: ${count(entries, "entry", "entries")}, and none is shown to be paid.`
      : `${file}: ${count(removed.length, "entry", "entries")} paid and taken out, ${entries} left.`;
  return `${[
    head,
    ...some(removed, ({ check, path, because }) => line(check, [path, because].filter(Boolean).join("  "))),
    ...(leftOut.length === 0 ? [] : [first ? "Left out, since an entry would excuse what is still to come:" : "Not taken up, since a baseline only shrinks:"]),
    ...some(leftOut, ({ check, because }) => line(check, because)),
  ].join("\n")}\n`;
}
