import { createHash } from "node:crypto";
import { digestOf } from "#kernel";
import type { Evidence, RunRequest, TestExecutor, TestRun, TestSetup } from "#evidence";
import { machineFacts } from "./clean-environment.ts";
import { installedDigest } from "./installed-digest.ts";

/** Keeps what runs said between commands. Implemented by adapters/store; what it can't read or trust is simply not there. */
export interface RunStore {
  read(key: string): Promise<readonly TestRun[] | undefined>;
  write(key: string, runs: readonly TestRun[]): Promise<void>;
}

export interface Remembering {
  readonly executor: TestExecutor;
  readonly store: RunStore;
  /** Top of the user's checkout: the packages there are copied where they fit. Absent for a bare repository. */
  readonly checkout?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The day it is, as in `2026-03-01`: what depends on the calendar is asked anew every day. The system's when absent. */
  today?(): string;
}

/** Raised when what a run says is read in another way: kept ones are made again. */
const READING = 5;

/**
 * Answers a run that was made before from what was kept: same tree, same selection, same setup, same packages, same Node, same isolation,
 * same settings of the machine, same day. Only whole runs
 * whose outcome says something are kept; a red head never is, so that running again is always a second look. The n-th run of the same thing in
 * one command is the n-th kept one: a repeat stays a repeat.
 */
export function rememberRuns({ executor, store, checkout, env, today = () => new Date().toISOString().slice(0, 10) }: Remembering): TestExecutor {
  const asked = new Map<string, number>();
  const installed = onceForAll(checkout);
  return {
    ...executor,
    run: async (setups, request) => {
      const around = request.coverage || request.trace ? undefined : await surroundings(installed, setups, env);
      const day = today();
      if (around === undefined) return executor.run(setups, request);
      const what = digestOf({ tree: request.tree, selection: request.selection, setups: JSON.parse(JSON.stringify(setups)), isolation: request.isolation ?? "ordinary", around, day, reading: READING });
      const attempt = (asked.get(what) ?? 0) + 1;
      asked.set(what, attempt);
      const key = digestOf([what, attempt]).slice("sha256:".length);
      const known = await store.read(key);
      if (known) return known.map((run) => ({ ...run, remembered: true }));
      const made = await executor.run(setups, request);
      if (isWorthKeeping(made, request)) await store.write(key, made);
      return made;
    },
  };
}

type Installed = (dirs: readonly string[]) => Promise<string | undefined>;

/** The packages of a checkout are looked at once: what is installed while a command runs is there for the next one. */
function onceForAll(checkout: string | undefined): Installed {
  const known = new Map<string, Promise<string | undefined>>();
  return (dirs) => {
    if (checkout === undefined) return Promise.resolve("none");
    const key = [...new Set(dirs)].sort().join("\n");
    const digest = known.get(key) ?? installedDigest(checkout, dirs);
    known.set(key, digest);
    return digest;
  };
}

/** What a run depends on beside its tree; undefined when it can't be told, and then nothing is remembered. */
async function surroundings(installed: Installed, setups: readonly TestSetup[], env: Remembering["env"]): Promise<Readonly<Record<string, string>> | undefined> {
  // A declared command may do anything, also what no digest of ours sees.
  if (setups.length === 0 || setups.some((setup) => setup.runner === "command" || setup.runner === "pytest" || (setup.needs?.ports ?? []).length > 0)) return undefined;
  const packages = await installed(setups.map((setup) => setup.packageDir));
  if (packages === undefined) return undefined;
  const variables = setups.flatMap((setup) => setup.needs?.env ?? []).map((name) => `${name}=${env[name] ?? ""}`);
  // Time zone and language decide what many a test says; a run sees them, so they are part of what is remembered.
  for (const [name, value] of machineFacts(env)) variables.push(`${name}=${value}`);
  return { node: process.version, system: `${process.platform} ${process.arch}`, packages, variables: sha256(variables.sort().join("\0")) };
}

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

const TELLING: ReadonlySet<string> = new Set(["assertion", "error", "load"]);

function isWorthKeeping(made: readonly Evidence[], { keepRed }: RunRequest): made is readonly TestRun[] {
  return made.length > 0 && made.every((one) => one.kind === "test-run" && one.complete && one.cases.length + one.unloaded.length > 0 && reds(one).every((kind) => keepRed === true && TELLING.has(kind)));
}

const reds = (run: TestRun): string[] => [...run.cases.filter((test) => test.outcome === "failed").map((test) => test.failure?.kind ?? "unknown"), ...run.unloaded.map((unit) => unit.failure.kind)];
