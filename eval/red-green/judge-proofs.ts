import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { reported, type Figure } from "../figure.ts";
import { idOf, readEntries, type Entry } from "./entries.ts";
import { judgeEntry, type Kept } from "./judge-entry.ts";

export interface ProofsOptions {
  /** A folder of clones, as for the other evaluations. */
  readonly data: string;
  /** Where checkouts, packages and answers are kept, outside of this checkout. A second run goes on from there. */
  readonly work: string;
  readonly say: (line: string) => void;
}

/** Asks `prove` about every change of both lists, one at a time, and counts over all of them. */
export function judgeProofs({ data, work, say }: ProofsOptions): Figure[] {
  mkdirSync(work, { recursive: true });
  const file = join(work, "answers.jsonl");
  const known = readAnswers(file);
  const entries = readEntries();
  for (const [at, entry] of entries.entries()) {
    const id = idOf(entry);
    if (known.has(id)) continue;
    const kept = judgeEntry(entry, { data, work });
    known.set(id, kept);
    appendFileSync(file, `${JSON.stringify(kept)}\n`);
    say(`${at + 1}/${entries.length} ${id} ${kept.outcome} ${Math.round(kept.tookMs / 1000)} s`);
  }
  for (const entry of entries) sayIfWrong(entry, known.get(idOf(entry)), say);
  return figures(entries, known);
}

function readAnswers(file: string): Map<string, Kept> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return new Map(lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Kept).map((kept) => [kept.id, kept]));
}

/** A true fix that was not proven, or something proven that its reader says cannot be. */
function sayIfWrong(entry: Entry, kept: Kept | undefined, say: (line: string) => void): void {
  if (kept === undefined || kept.outcome === "cannot run") return;
  const right = entry.label === "bug-fix" ? kept.outcome === "proven" : kept.outcome !== "proven";
  if (!right) say(`${kept.id} [${entry.label}${entry.note === undefined ? "" : `: ${entry.note}`}] ${kept.outcome}: ${kept.because.slice(0, 200)} ${JSON.stringify(kept.reds)}`);
}

function figures(entries: readonly Entry[], known: ReadonlyMap<string, Kept>): Figure[] {
  const withLabel = (fixes: boolean): readonly Entry[] => entries.filter((entry) => (entry.label === "bug-fix") === fixes);
  const counted = (some: readonly Entry[], outcome: Kept["outcome"]): number => some.filter((entry) => known.get(idOf(entry))?.outcome === outcome).length;
  const fixes = withLabel(true);
  const others = withLabel(false);
  const running = fixes.filter((entry) => entry.runsHere === true);
  const untried = fixes.filter((entry) => entry.runsHere === null);
  const owed = running.length - counted(running, "absent before");
  const proven = counted(running, "proven");
  const share = (100 * proven) / Math.max(1, owed);
  return [
    reported("red-green, true fixes in the lists", fixes.length, "", `${new Set(entries.map((entry) => entry.repository)).size} repositories`),
    reported("red-green, of those that run here", (100 * running.length) / Math.max(1, fixes.length), "%", `${running.length} of ${fixes.length}`),
    { ...reported("red-green, true fixes proven", share, "%", `${proven} of ${owed} that run`), target: 95, bar: "at least", ok: share >= 95 },
    reported("red-green, of all in the lists", (100 * proven) / Math.max(1, fixes.length), "%", `${proven} of ${fixes.length}`),
    ...(["absent before", "refuted", "not proven", "no answer"] as const).map((outcome) => reported(`red-green, true fixes ${outcome}`, counted(running, outcome), "", `of ${running.length}`)),
    reported("red-green, true fixes proven nobody tried by hand", counted(untried, "proven"), "", `of ${untried.length} with runsHere null`),
    reported("red-green, proven though read otherwise", counted(others, "proven"), "", `of ${others.length} that are no fix or show none`),
  ];
}
