import { posix } from "node:path";
import type { RunRequest, TestFailure, TestRun, Workspace } from "#evidence";
import type { Concerned } from "./choose-setup.ts";
import type { Isolation } from "./isolation-strict.ts";
import type { LaunchResult } from "./launch.ts";
import { runDigest } from "./run-outcome.ts";

/** What is known when a run is over. */
export interface Finished {
  readonly workspace?: Workspace;
  readonly isolation?: Isolation;
  readonly launched?: readonly LaunchResult[];
  readonly version?: string;
  /** Why coverage was asked for and is not there. */
  readonly coverage?: string;
  readonly cases?: TestRun["cases"];
  readonly unloaded?: TestRun["unloaded"];
  readonly because?: string;
  /** Nothing could run: about the surroundings or the load, for every chosen file alike. */
  readonly failure?: TestFailure;
}

/** The evidence of one run: complete only when nothing stands in `because`. */
export function finish(run: Concerned & { readonly request: RunRequest }, started: Date, found: Finished): TestRun {
  const { setup, selection, request } = run;
  const { failure } = found;
  const unloaded = found.unloaded ?? (failure ? (selection ?? []).map((file) => ({ file, failure })) : []);
  const because = found.because ?? failure?.message;
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
    ...(because === undefined ? {} : { because }),
    startedAt: started.toISOString(),
    durationMs: Date.now() - started.getTime(),
    environment: environmentOf(found),
    isolation: found.isolation?.says ?? "nothing was run",
  };
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
