import { posix } from "node:path";
import type { CutBy, RunRequest, TestFailure, TestRun, Workspace } from "#evidence";
import type { Concerned } from "./choose-setup.ts";
import type { Isolation } from "./isolation-strict.ts";
import type { LaunchResult } from "./launch.ts";
import { withoutRoot } from "./repository-path.ts";
import { runDigest } from "./run-outcome.ts";

/** What is known when a run is over. */
export interface Finished {
  readonly workspace?: Workspace;
  readonly isolation?: Isolation;
  readonly launched?: readonly LaunchResult[];
  readonly version?: string;
  /** Why coverage was asked for and is not there. */
  readonly coverage?: string;
  readonly ranThrough?: TestRun["ranThrough"];
  readonly cases?: TestRun["cases"];
  readonly unloaded?: TestRun["unloaded"];
  readonly because?: string;
  /** What kept it from its end, with `because` or `failure`; absent means `setup` for the latter, and `crash` else. */
  readonly cutBy?: CutBy;
  /** Nothing could run: about the surroundings or the load, for every chosen file alike. */
  readonly failure?: TestFailure;
  /** What a reader should know of it. */
  readonly notes?: readonly string[];
}

/** The evidence of one run: complete only when nothing stands in `because`. */
export function finish(run: Concerned & { readonly request: RunRequest }, started: Date, found: Finished): TestRun {
  const { setup, selection, request } = run;
  const { failure } = found;
  const unloaded = found.unloaded ?? (failure ? (selection ?? []).map((file) => ({ file, failure })) : []);
  const quoted = quotable(setup.needs?.env ?? [], found.workspace?.root);
  const because = said(found, quoted);
  const origin = setup.command ?? `${setup.runner}${setup.packageDir === "." ? "" : ` in ${posix.normalize(setup.packageDir)}`}`;
  const facts = {
    tool: setup.runner,
    subject: request.tree,
    cases: found.cases ?? [],
    unloaded,
    complete: because === undefined,
    ...(selection ? { selection } : {}),
  };
  return {
    kind: "test-run",
    source: "ran",
    origin,
    ...facts,
    digest: runDigest(facts),
    ...(because === undefined ? {} : { because, cutBy: found.cutBy ?? (failure ? "setup" : "crash") }),
    ...(found.notes && found.notes.length > 0 ? { notes: found.notes.map(quoted) } : {}),
    startedAt: started.toISOString(),
    durationMs: Date.now() - started.getTime(),
    environment: environmentOf(found),
    ...(found.ranThrough && found.ranThrough.length > 0 ? { ranThrough: found.ranThrough } : {}),
    isolation: found.isolation?.says ?? "nothing was run",
  };
}

const said = ({ because, failure }: Finished, quoted: (text: string) => string): string | undefined => {
  const words = because ?? failure?.message;
  return words === undefined ? undefined : quoted(words);
};

/** What a runner printed, without our own folders and without the values it was given from outside: a test may print a password it was lent. */
function quotable(needs: readonly string[], root: string | undefined): (text: string) => string {
  const lent = needs.flatMap((name) => process.env[name] ?? []).filter((value) => value.length >= 4);
  return (text) => lent.reduce((safe, value) => safe.replaceAll(value, "…"), root === undefined ? text : withoutRoot(root, text)).slice(0, 1000);
}

function environmentOf(found: Finished): Record<string, string> {
  const peak = Math.max(0, ...(found.launched ?? []).map((one) => one.peakMemoryMb ?? 0));
  const left = (found.launched ?? []).reduce((sum, one) => sum + one.leftRunning, 0);
  return {
    node: process.version,
    os: `${process.platform} ${process.arch}`,
    ...(found.version ? { runner: found.version } : {}),
    ...(found.workspace ? { packages: found.workspace.dependencies.says } : {}),
    ...(found.workspace && found.workspace.notes.length > 0 ? { notes: found.workspace.notes.join("; ") } : {}),
    ...(found.coverage ? { coverage: found.coverage } : {}),
    ...(peak > 0 ? { peakMemory: `${peak} MB` } : {}),
    ...(left > 0 ? { leftRunning: `${left} processes were still running and were ended` } : {}),
  };
}
