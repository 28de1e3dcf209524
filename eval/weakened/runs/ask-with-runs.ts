import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ComparedSuites } from "../../../packages/core/src/evidence/index.ts";
import type { Json } from "../../../packages/core/src/kernel/index.ts";
import { openOperations } from "../../../packages/core/src/compose.ts";
import { DEFAULT_INPUT } from "../../../packages/core/src/operations/index.ts";
import { prepareCheckout, type Checkout } from "../../red-green/checkouts.ts";
import { cloneOf } from "../../secrets/labelled-files.ts";
import type { SampledCommit } from "../labels.ts";

const CHECK = "tests/weakened";

/** One finding of the check, as the answers on disk keep it. */
export interface SeenFinding {
  readonly effect: string;
  readonly kind: string;
  readonly because: string;
  readonly file: string;
  /** What a run showed of it, where one looked: the fact, the faults tried, those caught before and now. */
  readonly executed?: Json;
}

/** What the check said about one commit, from reading alone and with runs. */
export interface Asked extends SampledCommit {
  /** Why nothing could be asked with runs; absent where something was. */
  readonly why?: string;
  readonly read?: readonly SeenFinding[];
  readonly ran?: readonly SeenFinding[];
  /** Old test files put beside the tests of now by many faults at once. */
  readonly suites?: readonly (ComparedSuites & { readonly file: string })[];
  /** Seconds the runs added, and how many of them were the processor's. */
  readonly seconds?: number;
  readonly cpuSeconds?: number;
}

export interface Asking {
  readonly data: string;
  readonly work: string;
  readonly budgetMs: number;
}

/** What looks at a project's style, releases it or opens its browsers: of no use to its tests, and most of what would be installed. */
const STYLE = /^(?:@?eslint|@typescript-eslint|prettier|standard$|xo$|husky|lint-staged|@commitlint|semantic-release|@semantic-release|karma|puppeteer|@web\/test-runner|kcd-scripts|size-limit|@size-limit|typedoc|nyc$|coveralls|codecov|np$|release-it$|@release-it|gh-release|hygen|webpack|rollup-plugin)/;

/** Lays the commit out with the packages its lock file names. A project of another language is laid out alone. */
export function checkoutOf({ repository, commit }: SampledCommit, { data, work }: Asking): Checkout {
  const prepared = prepareCheckout({ repository, fixed: commit }, { data, work, without: STYLE });
  if (!("why" in prepared) || !prepared.why.startsWith("no package.json")) return prepared;
  const clone = cloneOf(data, repository);
  if (clone === undefined) return prepared;
  const dir = join(work, repository.replace("/", "+"), "plain");
  if (!existsSync(dir)) {
    mkdirSync(join(work, repository.replace("/", "+")), { recursive: true });
    spawnSync("git", ["clone", "-q", "--shared", "--no-checkout", clone, dir]);
  }
  return spawnSync("git", ["-C", dir, "-c", "core.hooksPath=/dev/null", "checkout", "-q", "-f", "--detach", commit]).status === 0 ? { dir } : { why: `cannot check out ${commit}` };
}

/** Asks the check about a commit that is laid out, by reading alone and then with runs within the budget. */
export async function askWithRuns({ repository, commit }: SampledCommit, dir: string, { budgetMs }: Asking, say: (words: string) => void): Promise<Asked> {
  const stop = new AbortController();
  const operations = await openOperations({ dir, env: {}, progress: { says: say, done: () => {} }, signal: stop.signal });
  const cap = setTimeout(() => stop.abort(), 1.5 * budgetMs);
  let suites: Asked["suites"];
  const ask = async (run: boolean): Promise<readonly SeenFinding[]> => {
    const { verdict, evidence } = await operations.assessChange({ ...DEFAULT_INPUT, base: `${commit}^1`, head: { kind: "commit", rev: commit }, gate: "pull-request", only: [CHECK], run, trust: true, budgetMs });
    suites = evidence.flatMap((one) => (one.kind === "confirmation" ? (one.suites ?? []) : []));
    return verdict.findings
      .filter(({ check, answer }) => check === CHECK && answer === "broken")
      .map(({ effect, details, because, places }) => ({ effect, kind: String(details?.["kind"]), because, file: places[0]?.file ?? "", ...(details?.["executed"] !== undefined && { executed: details["executed"] }) }));
  };
  try {
    const read = await ask(false);
    const [started, before] = [performance.now(), cpuOf()];
    const ran = await ask(true);
    return { repository, commit, read, ran, ...(suites && suites.length > 0 && { suites }), seconds: Math.round((performance.now() - started) / 100) / 10, cpuSeconds: Math.round((cpuOf() - before) * 10) / 10 };
  } catch (error) {
    return { repository, commit, why: `not answered: ${String(error).slice(0, 300)}` };
  } finally {
    clearTimeout(cap);
    await operations.close();
  }
}

/** Processor time of this process and of the children it has seen end, in seconds; hundredths are all Linux tells, and elsewhere the children's is left out. */
function cpuOf(): number {
  const own = (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
  if (!existsSync("/proc/self/stat")) return own;
  const fields = readFileSync("/proc/self/stat", "utf8").replace(/^.*\)/s, "").trim().split(" ");
  return own + (Number(fields[13]) + Number(fields[14])) / 100;
}
