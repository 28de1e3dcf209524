import { readFileSync } from "node:fs";

/** What a person read in the change. Only `bug-fix` counts for the share that must be proven. */
export type Label =
  /** Behaviour was wrong, and a changed test shows it. */
  | "bug-fix"
  /** The test asks for a symbol or a file the change itself adds. */
  | "fix-needs-new-symbol"
  /** A fix none of whose changed tests shows it on this platform. */
  | "not-shown"
  /** Only types move: nothing a run could see. */
  | "type-level"
  | "not-a-fix";

/** One change of the list: without it (`broken`, its parent), with it (`fixed`), and the tests it touches. */
export interface Entry {
  readonly repository: string;
  /** The number BugsJS gives it. */
  readonly bug?: number;
  readonly broken: string;
  readonly fixed: string;
  readonly tests: readonly string[];
  readonly runner: string;
  /** How its owner would declare its tests, where Proofline cannot find it out: the settings stand in a build tool. */
  readonly declared?: { readonly command: string; readonly report: string };
  readonly label: Label;
  readonly note?: string;
  /** Whether its tests load and pass on the fixed side here, found without Proofline; null where nobody tried. */
  readonly runsHere: boolean | null;
  /** Why it does not run. */
  readonly why?: string;
}

const LISTS = ["bugsjs", "modern"] as const;

/** Both lists, in their order. */
export function readEntries(): readonly Entry[] {
  return LISTS.flatMap((name) => JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), "utf8")) as Entry[]);
}

/** A name for an entry that stays the same as long as the list does. */
export const idOf = (entry: Entry): string => `${entry.repository}@${entry.fixed.slice(0, 10)}`;
