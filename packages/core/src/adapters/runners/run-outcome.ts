import type { TestFailure, TestRun } from "#evidence";
import { digestOf } from "#kernel";
import type { Collected } from "./collect-results.ts";
import type { LaunchResult } from "./launch.ts";
import { saysTooLarge } from "./limits.ts";

/** Why a run can't speak for every test it should have run; undefined when it can. */
export function whyIncomplete(runner: string, collected: Collected, launched: readonly LaunchResult[]): string | undefined {
  const cut = launched.find((one) => one.ended !== "exit");
  if (cut) return `${runner} ${howCut(cut)}`;
  if (collected.cases.some((one) => saysTooLarge(one.failure?.message ?? ""))) return `${runner} met a limit: a test wrote a file larger than one may be`;
  const last = launched.find((one) => one.code !== 0) ?? launched.at(-1);
  const exit = last ? exitOf(last) : "it was never started";
  if (!collected.started) return `${runner} did not get as far as its first test (${exit}): ${lastWords(last)}`;
  if (!collected.ended) return `${runner} ended (${exit}) without its closing report: tests may be missing`;
  if (collected.interrupted) return `${runner} was interrupted before every file had run`;
  const [stray] = collected.strays;
  if (stray) return `${runner} met an error outside of any test: ${firstLine(stray)}`;
  const red = collected.unloaded.length > 0 || collected.cases.some((one) => one.outcome === "failed");
  const odd = launched.find((one) => one.code !== 0);
  if (odd && !red && collected.cases.length > 0) return `${runner} ended with ${exitOf(odd)} though no test failed: ${lastWords(odd)}`;
  return undefined;
}

/** How a command ended before its own end, as the rest of a sentence about it. */
export function howCut(result: LaunchResult): string {
  if (result.ended === "limit") return `was stopped because ${result.limit ?? "it exceeded a limit"}`;
  return result.ended === "budget" ? "was stopped when its time was spent" : "was interrupted";
}

function exitOf(result: LaunchResult): string {
  return result.killedBy === undefined ? `exit code ${result.code ?? "unknown"}` : `signal ${result.killedBy}`;
}

function firstLine(failure: TestFailure): string {
  return failure.message.split("\n")[0] ?? "";
}

/** The last lines a process printed, short enough for a sentence. */
export function lastWords(result: LaunchResult | undefined): string {
  const lines = (result?.output ?? "")
    .replace(/\u001b\[[0-9;]*[A-Za-z]/g, "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const errors = lines.filter((line) => /error|cannot|not found|unknown|invalid|unexpected/i.test(line));
  return (errors[0] ?? lines.at(-1) ?? "it printed nothing").slice(0, 300);
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
