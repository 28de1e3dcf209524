import type { GateName, Mode } from "#kernel";

/** Gates at which a run that is owed and missing makes the answer `unknown`, once they are enforced. */
const GATES_THAT_OWE_RUNS: ReadonlySet<GateName> = new Set(["pull-request", "merge-queue", "release"]);

/** True where an owed but missing run has to be answered for. `mode` is what policy says of the gate, not a flag of this one call. */
export const owesRuns = (gate: GateName, mode: Mode): boolean => mode === "enforce" && GATES_THAT_OWE_RUNS.has(gate);

/** The gate meant when nobody names one: `pull-request` (or `merge-queue`) in CI, else `local`. */
export function gateOf(environment: Readonly<Record<string, string | undefined>>): GateName {
  const inCi =
    isSet(environment["CI"]) ||
    isSet(environment["GITHUB_ACTIONS"]) ||
    isSet(environment["GITLAB_CI"]) ||
    isSet(environment["TF_BUILD"]) ||
    isSet(environment["JENKINS_URL"]);
  if (!inCi) return "local";
  const inQueue = environment["GITHUB_EVENT_NAME"] === "merge_group" || environment["CI_MERGE_REQUEST_EVENT_TYPE"] === "merge_train";
  return inQueue ? "merge-queue" : "pull-request";
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== "" && value !== "false" && value !== "0";
