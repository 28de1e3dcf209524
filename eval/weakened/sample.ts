import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { cloneOf } from "../secrets/labelled-files.ts";
import { REPOSITORIES, type SampledRepository, type Split } from "./repositories.ts";
import { signalsOf, strongSignalsOf } from "./signals.ts";
import { commitsOf, governsTests, isTestPath, type CommitLines } from "./test-diff.ts";

/** How much is drawn of each repository. A person reads the whole test side of a suspicious commit, so `readable` caps its changed lines, by signals and by strong signals. */
interface Drawing {
  readonly splits: readonly Split[];
  readonly seed: string;
  readonly ordinary: number;
  readonly suspicious: number;
  readonly marked: number;
  readonly readable: { readonly suspicious: number; readonly marked: number };
}

/** Draws the samples again: `npx tsx eval/weakened/sample.ts --data DIR --out DIR [--set fresh|second]`. The same clones give the same lists. */
const FIRST: Drawing = { splits: ["dev", "held-out"], seed: "weakened-1", ordinary: 30, suspicious: 12, marked: 9, readable: { suspicious: 300, marked: 120 } };
const FRESH: Drawing = { splits: ["fresh"], seed: "weakened-2", ordinary: 25, suspicious: 8, marked: 6, readable: { suspicious: 300, marked: 300 } };
const SECOND: Drawing = { ...FRESH, splits: ["second"], seed: "weakened-3" };
const SINCE = "2016-01-01T00:00:00Z";

export interface Sampled {
  readonly repository: string;
  readonly commit: string;
  readonly signals: readonly string[];
}

const flag = (name: string): string => process.argv[process.argv.indexOf(name) + 1] ?? ".";
const drawing = process.argv.includes("--set") ? ({ fresh: FRESH, second: SECOND }[flag("--set")] ?? FIRST) : FIRST;

/** Uniform without replacement: commits in the order of a seeded hash. */
const shuffled = (commits: readonly CommitLines[], salt: string): CommitLines[] => {
  const key = (commit: CommitLines): string => createHash("sha256").update(`${drawing.seed} ${salt} ${commit.commit}`).digest("hex");
  return commits.map((commit) => ({ commit, key: key(commit) })).sort((a, b) => (a.key < b.key ? -1 : 1)).map((item) => item.commit); // prettier-ignore
};

const readable = ({ files }: CommitLines, most: number): boolean => {
  const lines = files.filter((file) => isTestPath(file.path) || governsTests(file.path)).reduce((sum, file) => sum + file.added.length + file.removed.length, 0);
  return lines > 0 && lines <= most;
};

/** One commit of each signal in turn, so that rare signals are not drowned by common ones. */
function roundRobin(commits: readonly CommitLines[], wanted: number, signals: (commit: CommitLines) => string[]): CommitLines[] {
  const queues = new Map<string, CommitLines[]>();
  for (const commit of commits) for (const signal of signals(commit)) queues.set(signal, [...(queues.get(signal) ?? []), commit]);
  const taken = new Set<CommitLines>();
  while (taken.size < wanted && [...queues.values()].some((queue) => queue.length > 0)) {
    for (const name of [...queues.keys()].sort()) {
      const next = queues.get(name)?.shift();
      if (next && taken.size < wanted) taken.add(next);
    }
  }
  return [...taken];
}

function draw(repository: SampledRepository): Record<"ordinary" | "suspicious" | "marked", Sampled[]> {
  const clone = cloneOf(flag("--data"), repository.name);
  if (clone === undefined) throw new Error(`no clone of ${repository.name} below ${flag("--data")}`);
  const commits = commitsOf(clone, repository.revision, SINCE);
  const touching = commits.filter((commit) => commit.files.some((file) => isTestPath(file.path)));
  const ordinary = shuffled(touching, "ordinary").slice(0, drawing.ordinary);
  const rest = shuffled(commits.filter((commit) => readable(commit, drawing.readable.suspicious) && !ordinary.includes(commit)), "suspicious");
  const suspicious = roundRobin(rest, drawing.suspicious, signalsOf);
  const few = rest.filter((commit) => readable(commit, drawing.readable.marked) && !suspicious.includes(commit));
  const marked = roundRobin(few, drawing.marked, strongSignalsOf);
  const listed = (commit: CommitLines): Sampled => ({ repository: repository.name, commit: commit.commit, signals: signalsOf(commit) });
  process.stderr.write(`${repository.name}: ${commits.length} commits, ${touching.length} touch tests, ${ordinary.length} + ${suspicious.length} + ${marked.length} drawn\n`);
  return { ordinary: ordinary.map(listed), suspicious: suspicious.map(listed), marked: marked.map(listed) };
}

const drawn = REPOSITORIES.filter(({ split }) => drawing.splits.includes(split)).map(draw);
const lines = (items: readonly Sampled[]): string => `[\n${items.map((item) => `  ${JSON.stringify(item)}`).join(",\n")}\n]\n`;
for (const sample of ["ordinary", "suspicious", "marked"] as const) writeFileSync(`${flag("--out")}/${sample}.json`, lines(drawn.flatMap((one) => one[sample])));
