import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JudgedMutant, LineSpan } from "../../packages/core/src/evidence/index.ts";
import { reported, type Figure } from "../figure.ts";
import { openMutants } from "./mutants-of.ts";
import cases from "./cases.json" with { type: "json" };

interface Asked {
  /** Folder of clones with their packages installed, each with Stryker's JSON report of the same lines as `NAME.stryker.json` beside it. */
  readonly data: string;
  say(line: string): void;
}

interface StrykerReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly StrykerMutant[] }>>;
}

interface StrykerMutant {
  readonly status: string;
  readonly replacement: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** What Stryker calls each fate; its time-outs count as noticed there, here as unknown. */
const FATES: Readonly<Record<string, JudgedMutant["fate"]>> = { Killed: "killed", Survived: "survived", NoCoverage: "uncovered", Timeout: "unknown", RuntimeError: "unknown" };

/** Does every mutant get the same fate as from Stryker, on the same lines, with nothing left out? */
export async function judgeMutation({ data, say }: Asked): Promise<readonly Figure[]> {
  let [same, all, missing] = [0, 0, 0];
  for (const { name, rev, lines } of cases) {
    const theirs = await readReport(join(data, `${name}.stryker.json`));
    const ours = theirs && (await ofCase(join(data, name), rev, new Map(Object.entries(lines).map(([path, spans]) => [path, spans.map(([from = 1, to = 1]) => ({ from, to }))]))));
    if (theirs === undefined || ours === undefined) {
      say(`${name}: its clone or Stryker's report is missing: a miss`);
      missing += 1;
      continue;
    }
    for (const { mutant, fate, because } of ours) {
      const status = theirs.get(keyOf(mutant.file, mutant.start, mutant.end, mutant.after));
      all += 1;
      if (status !== undefined && FATES[status] === fate) same += 1;
      else say(`${name}: ${mutant.says}: ${status ?? "not placed"} there, ${fate} here${because === undefined ? "" : ` (${because})`}`);
    }
  }
  return [reported("mutation/same-fate-as-stryker", all === 0 ? 0 : Math.round((same / all) * 1000) / 10, "%", "Stryker's"), reported("mutation/mutants", all, "mutants", "both"), reported("mutation/cases-missing", missing, "cases", `${cases.length} listed`)];
}

const keyOf = (file: string, start: number, end: number, after: string): string => `${file}|${start}|${end}|${after}`;

async function readReport(path: string): Promise<ReadonlyMap<string, string> | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { files } = JSON.parse(text) as StrykerReport;
  const found = new Map<string, string>();
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const starts = [0];
    for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
    const offset = ({ line, column }: Position): number => (starts[line - 1] ?? 0) + column - 1;
    for (const { status, replacement, location } of mutants) if (status !== "Ignored") found.set(keyOf(file, offset(location.start), offset(location.end), replacement), status);
  }
  return found;
}

async function ofCase(dir: string, tree: string, lines: ReadonlyMap<string, readonly LineSpan[]>): Promise<readonly JudgedMutant[] | undefined> {
  const mutants = await openMutants(dir).catch(() => undefined);
  if (mutants === undefined) return undefined;
  try {
    return (await mutants.of(tree, lines, { budgetMs: 900_000, everything: true })).mutants;
  } finally {
    await mutants.close();
  }
}
