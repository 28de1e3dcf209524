import { lastWords, type CutBy, type TestFailure, type TestRun } from "#evidence";
import { digestOf } from "#kernel";
import type { Collected } from "./collect-results.ts";
import type { LaunchResult } from "./launch.ts";
import { saysTooLarge } from "./limits.ts";

/** Why a run is not whole: in words, and as data. */
export interface Cut {
  readonly because: string;
  readonly cutBy: CutBy;
}

/** Why a run can't speak for every test it should have run; undefined when it can. */
export function whyIncomplete(runner: string, collected: Collected, launched: readonly LaunchResult[]): Cut | undefined {
  const cut = launched.find(wasCut);
  if (cut) return { because: `${runner} ${howCut(cut)}`, cutBy: cutByOf(cut) };
  if (collected.cases.some((one) => saysTooLarge(one.failure?.message ?? ""))) return { because: `${runner} met a limit: a test wrote a file larger than one may be`, cutBy: "limit" };
  const last = launched.find((one) => one.code !== 0) ?? launched.at(-1);
  const exit = exitOf(last);
  if (!collected.started) return crash(`${runner} did not get as far as its first test (${exit}): ${wordsOf(last)}`);
  if (!collected.ended) return crash(`${runner} ended (${exit}) without its closing report: tests may be missing`);
  if (collected.interrupted) return { because: `${runner} was interrupted before every file had run`, cutBy: "bail" };
  const [stray] = collected.strays;
  if (stray) return crash(`${runner} met an error outside of any test: ${firstLine(stray)}`);
  const red = collected.unloaded.length > 0 || collected.cases.some((one) => one.outcome === "failed");
  const odd = launched.find((one) => one.code !== 0 && one.ended === "exit");
  if (odd && !red && collected.cases.length > 0) return crash(`${runner} ended with ${exitOf(odd)} though no test failed: ${wordsOf(odd)}`);
  return undefined;
}

const crash = (because: string): Cut => ({ because, cutBy: "crash" });

/** What a reader should know of a run that came to its end: that it had to be helped there, or that it found nothing and what it said. */
export function outcomeNotes(runner: string, collected: Collected, launched: readonly LaunchResult[], selection: readonly string[] = []): readonly string[] {
  const lingered = launched.some((one) => one.ended === "lingered");
  const empty = collected.started && collected.cases.length + collected.unloaded.length === 0;
  return [
    ...(lingered ? [`${runner} had reported its last test and did not end by itself (an open server or timer?); it was ended, and its results count`] : []),
    ...(empty ? [`${runner} found no test (${exitOf(launched.at(-1))}): ${wordsOf(launched.at(-1))}${selection.length > 0 ? `; it was given ${selection[0]}${selection.length > 1 ? ` and ${selection.length - 1} more` : ""}` : ""}`] : []),
  ];
}

/** True for a command that somebody ended before it had said everything. */
export const wasCut = ({ ended }: Pick<LaunchResult, "ended">): boolean => ended !== "exit" && ended !== "lingered";

/** What ended a command early, as data. */
export const cutByOf = ({ ended }: Pick<LaunchResult, "ended">): CutBy => (ended === "budget" || ended === "limit" ? ended : "interrupted");

/** How a command ended before its own end, as the rest of a sentence about it. */
export function howCut(result: LaunchResult): string {
  if (result.ended === "limit") return `was stopped because ${result.limit ?? "it exceeded a limit"}`;
  return result.ended === "budget" ? "was stopped when its time was spent" : "was interrupted";
}

function exitOf(result: LaunchResult | undefined): string {
  if (!result) return "it was never started";
  return result.killedBy === undefined ? `exit code ${result.code ?? "unknown"}` : `signal ${result.killedBy}`;
}

const wordsOf = (result: Pick<LaunchResult, "output"> | undefined): string => lastWords(result?.output ?? "");

function firstLine(failure: TestFailure): string {
  return failure.message.split("\n")[0] ?? "";
}

/** Same tests, same outcomes, same digest: times and places on disk are left out. */
export function runDigest(run: Pick<TestRun, "tool" | "subject" | "selection" | "cases" | "unloaded" | "complete">): string {
  const cases = run.cases.map((one) => [one.id.file ?? "", ...one.id.suite, one.id.name, one.outcome, one.failure?.kind ?? ""].join("\u0000")).sort();
  const unloaded = run.unloaded.map((one) => `${one.file}\u0000${one.failure.kind}`).sort();
  return digestOf({
    tool: run.tool,
    subject: run.subject,
    selection: run.selection ? [...run.selection].sort() : null,
    cases,
    unloaded,
    complete: run.complete,
  });
}
