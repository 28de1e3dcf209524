import { spawnSync } from "node:child_process";

/** What `proofline prove --format json` prints, as far as it is read here. */
export interface ProofAnswer {
  readonly outcome: "proven" | "refuted" | "not proven" | "not owed" | "no answer";
  readonly because: string;
  readonly tests: readonly { readonly id: { readonly file?: string; readonly name: string }; readonly head: string; readonly base: string; readonly red?: string }[];
  readonly exit: number | null;
  readonly tookMs: number;
}

export interface ProofQuestion {
  /** The built CLI's entry, absolute. */
  readonly cli: string;
  readonly dir: string;
  readonly tests: readonly string[];
  readonly broken: string;
  readonly fixed: string;
  readonly repeat?: number;
  /** Environment beside our own. */
  readonly env?: Readonly<Record<string, string>>;
}

const BUDGET_SECONDS = 300;

/** Asks the built command, as a person would; whatever it does, there is an answer. */
export function askProve({ cli, dir, tests, broken, fixed, repeat, env }: ProofQuestion): ProofAnswer {
  const started = performance.now();
  const named = tests.flatMap((test) => ["--test", test]);
  const args = [cli, "prove", "--repo", dir, ...named, "--broken", broken, "--fixed", fixed, "--budget", String(BUDGET_SECONDS), "--format", "json"];
  const run = spawnSync(process.execPath, [...args, ...(repeat === undefined ? [] : ["--repeat", String(repeat)])], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: (BUDGET_SECONDS + 120) * 1000,
    env: { ...process.env, ...env },
  });
  const tookMs = Math.round(performance.now() - started);
  try {
    const record = JSON.parse(run.stdout) as ProofAnswer;
    return { outcome: record.outcome, because: record.because, tests: record.tests ?? [], exit: run.status, tookMs };
  } catch {
    const said = (run.stderr ?? "").trim().split("\n").slice(-4).join(" ");
    return { outcome: "no answer", because: said.slice(0, 400) || run.error?.message || `exit ${run.status}`, tests: [], exit: run.status, tookMs };
  }
}

/** True when nothing but symbols the change adds were missing: counted apart, since no run can tell such a test from a hollow one. */
export function onlyAbsentBefore(answer: ProofAnswer): boolean {
  const red = answer.tests.filter((test) => test.head === "green" && test.base !== "green");
  return answer.outcome === "not proven" && red.length > 0 && red.every((test) => test.red === "absent-before");
}
