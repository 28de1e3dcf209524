import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileKind } from "../../packages/core/src/change/index.ts";
import { isFollowed, recordsOf, type RanRecord } from "../../packages/core/src/evidence/index.ts";
import { atMost, reported, type Figure } from "../figure.ts";
import { git, run, type Ran, type Runner } from "./compare-runs.ts";
import { openSelector } from "./select-entry.ts";

/** One way to choose tests, for one fix. */
interface Way {
  readonly files: number;
  readonly missed: readonly string[];
  readonly wall: number;
  readonly cpu: number;
}

interface Compared {
  readonly id: string;
  readonly ofFiles: number;
  readonly red: readonly string[];
  readonly ways: Readonly<Record<string, Way>>;
  /** Files run until the last red one has, in the order proposed. */
  readonly until: { readonly graph: number; readonly measured: number };
}

export interface Comparing {
  /** Folder of clones named `owner+name`, each with its packages installed. */
  readonly data: string;
  /** Fixes of each repository, newest first. */
  readonly count: number;
  say(line: string): void;
  /** File that gets a line of JSON for each fix. */
  readonly log?: string;
}

/**
 * For the newest fixes of each repository: the product's files are put back to what they were before, so that what turns red is known; then each way to choose tests
 * is asked for the fix alone, and what it chooses is run, all in one session on one machine.
 */
export async function compareSelection({ data, count, say, log }: Comparing): Promise<Figure[]> {
  const all: Compared[] = [];
  const left = { tried: 0, notShown: 0 };
  for (const name of readdirSync(data).filter((one) => existsSync(join(data, one, "node_modules"))).sort()) {
    const dir = join(data, name);
    const runner: Runner = existsSync(join(dir, "node_modules/vitest")) ? "vitest" : "jest";
    let found = 0;
    for (const commit of fixesOf(dir)) {
      if (found >= count) break;
      left.tried += 1;
      const one = await compare(dir, runner, commit, `${name}@${commit.slice(0, 10)}`);
      if (one === undefined) left.notShown += 1;
      else {
        found += 1;
        all.push(one);
        if (log !== undefined) appendFileSync(log, `${JSON.stringify(one)}\n`);
        say(`${one.id} ${one.ofFiles} files, ${one.red.length} red; ${Object.entries(one.ways).map(([way, { files, missed, wall }]) => `${way} ${files}/${wall.toFixed(1)}s${missed.length > 0 ? ` MISSED ${missed.join(" ")}` : ""}`).join(", ")}; until the last red ${one.until.graph}, measured ${one.until.measured}`);
      }
    }
    git(dir, "checkout", "-qf", "--detach", "HEAD");
  }
  return figuresOf(all, left);
}

/** Commits that say they fix something and touch product and tests, newest first; merges left out. */
function fixesOf(dir: string): readonly string[] {
  const newest = git(dir, "rev-parse", "origin/HEAD").trim();
  const listed = git(dir, "log", "--no-merges", "-n", "600", "--format=%x00%H %s", "--name-only", newest).split("\0").slice(1);
  return listed.flatMap((entry) => {
    const [head = "", ...files] = entry.split("\n").filter((line) => line !== "");
    const paths = files.filter((path) => isFollowed(path));
    const says = /\bfix(?:es|ed)?\b/i.test(head) && !/^\w{40} (?:chore|docs|test|ci|build|style)\b/i.test(head);
    return says && paths.some((path) => fileKind(path) === "test") && paths.some((path) => fileKind(path) === "source") ? [head.slice(0, 40)] : [];
  });
}

async function compare(dir: string, runner: Runner, commit: string, id: string): Promise<Compared | undefined> {
  const sources = git(dir, "diff", "--name-only", `${commit}~1`, commit).split("\n").filter((path) => fileKind(path) === "source" && isFollowed(path)); // prettier-ignore
  git(dir, "checkout", "-qf", commit);
  git(dir, "clean", "-qfd", "-e", "node_modules");
  const whole = await run(dir, runner, []);
  if (whole.files.length === 0) return undefined;
  const before = commitWith(dir, `${commit}~1`, sources, "before");
  const broken = await run(dir, runner, [], true);
  const red = broken.red.filter((file) => !whole.red.includes(file));
  if (red.length === 0) return undefined;
  const after = commitWith(dir, commit, sources, "after");
  const records = recordsOf(broken.trace ?? [], blobsOf(dir, before));
  const [graph, measured] = [await order(dir, before, after, []), await order(dir, before, after, records)];
  // The fix as a person has it while working: in the working tree, nothing of it committed.
  git(dir, "checkout", "-qf", before);
  restore(dir, commit, sources);
  const present = sources.filter((path) => existsSync(join(dir, path)));
  const files = (tests: readonly string[]): readonly string[] => (runner === "jest" ? ["--runTestsByPath", ...tests] : tests);
  const chosen = graph.tests.map(({ file }) => file).filter((file) => whole.files.includes(file));
  const near = measured.tests.filter(({ ran }) => ran !== "past").map(({ file }) => file).filter((file) => whole.files.includes(file)); // prettier-ignore
  const way = (ran: Ran, more = 0): Way => ({ files: ran.files.length, missed: red.filter((file) => !ran.files.includes(file)), wall: ran.wall + more, cpu: ran.cpu + more });
  const none: Ran = { files: [], red: [], wall: 0, cpu: 0 };
  const only = async (tests: readonly string[]): Promise<Ran> => (tests.length === 0 ? none : run(dir, runner, files(tests)));
  const ways = {
    full: way(whole),
    peer: way(await run(dir, runner, runner === "vitest" ? ["--changed"] : ["--findRelatedTests", ...present])),
    ours: way(await only(chosen), graph.seconds),
    "ours without what ran past": way(await only(near), measured.seconds),
    ideal: way(await only(red)),
    traced: way(broken),
  };
  const until = ({ tests }: typeof graph): number => Math.max(...red.map((file) => tests.filter((test) => whole.files.includes(test.file)).findIndex((test) => test.file === file) + 1));
  return { id, ofFiles: whole.files.length, red, ways, until: { graph: until(graph), measured: until(measured) } };
}

/** A commit on top of what is checked out, with these files as they are in another; the files are left so. */
function commitWith(dir: string, from: string, paths: readonly string[], message: string): string {
  restore(dir, from, paths);
  git(dir, "add", "-A");
  git(dir, "-c", "user.name=compare", "-c", "user.email=compare@example.invalid", "commit", "-q", "--allow-empty", "--no-verify", "-m", message);
  return git(dir, "rev-parse", "HEAD").trim();
}

function restore(dir: string, from: string, paths: readonly string[]): void {
  for (const path of paths) {
    const there = git(dir, "ls-tree", "--name-only", from, path).trim() !== "";
    if (there) git(dir, "checkout", "-q", from, "--", path);
    else git(dir, "rm", "-qf", "--ignore-unmatch", "--", path);
  }
}

const blobsOf = (dir: string, tree: string): ReadonlyMap<string, string> => new Map(git(dir, "ls-tree", "-r", tree).split("\n").map((line) => [line.slice(line.indexOf("\t") + 1), line.split(/[\s]/)[2] ?? ""])); // prettier-ignore

async function order(dir: string, before: string, after: string, records: readonly RanRecord[]) {
  const selector = await openSelector(dir, records);
  try {
    await selector.select(before, after);
    const began = performance.now();
    const { source } = await selector.select(before, after);
    return { tests: source.tests, seconds: (performance.now() - began) / 1000 };
  } finally {
    await selector.close();
  }
}

const sum = (all: readonly Compared[], of: (one: Compared) => number): number => all.reduce((total, one) => total + of(one), 0);

function figuresOf(all: readonly Compared[], left: { readonly tried: number; readonly notShown: number }): Figure[] {
  const names = Object.keys(all[0]?.ways ?? {});
  const reds = sum(all, ({ red }) => red.length);
  const about = `${reds} red test files of ${all.length} fixes in ${new Set(all.map(({ id }) => id.split("@")[0])).size} repositories`;
  const of = (name: string, value: (way: Way) => number): number => sum(all, ({ ways }) => value(ways[name] ?? { files: 0, missed: [], wall: 0, cpu: 0 }));
  return [
    ...names.map((name) => (name === "ours" ? atMost("compared: red test files missed by ours", of(name, ({ missed }) => missed.length), 0, "", about) : reported(`compared: red test files missed by ${name}`, of(name, ({ missed }) => missed.length), "", about))),
    ...names.map((name) => reported(`compared: test files run by ${name}`, (100 * of(name, ({ files }) => files)) / Math.max(1, sum(all, ({ ofFiles }) => ofFiles)), "%", `of ${sum(all, ({ ofFiles }) => ofFiles)}`)),
    ...names.map((name) => reported(`compared: processor seconds of ${name}`, of(name, ({ cpu }) => cpu), "s", `${of(name, ({ wall }) => wall).toFixed(0)} s by the wall`)),
    reported("compared: files until the last red one", (100 * sum(all, ({ until }) => until.graph)) / Math.max(1, sum(all, ({ ofFiles }) => ofFiles)), "%", `${Math.round((100 * sum(all, ({ until }) => until.measured)) / Math.max(1, sum(all, ({ ofFiles }) => ofFiles)))} % where tests were measured before`),
    reported("compared: fixes tried", left.tried, "", `${left.notShown} turn nothing red here, or do not run`),
  ];
}

/** Figures of a log that was written before. */
export function readLog(path: string): Figure[] {
  const all = readFileSync(path, "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Compared); // prettier-ignore
  return figuresOf(all, { tried: all.length, notShown: 0 });
}
