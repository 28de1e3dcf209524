import { digestOf, isProoflineError, type Effect, type GateName, type Json, type Mode } from "#kernel";
import type { FileContent, Repository, ResolvedChange } from "#change";
import { ALL_GATES } from "#checks";
import { CONFIG_FILES, type Area, type Surface } from "#intent";
import { modeAt, upcomingMode } from "#verdict";
import { readRules } from "./assess-change/read-rules.ts";
import type { PolicySource } from "./config/policy-source.ts";
import type { Clock } from "./ports/clock.ts";

/** Everything that decides here, spelled out. */
export interface PolicyReport {
  readonly digest: string;
  /** Commit the policy was read from; the tree of the working tree where that was asked for. */
  readonly readFrom: string;
  /** Configuration file of the working tree that says something else than what is shown, and the branch it is not yet on. */
  readonly pending?: { readonly file: string; readonly notOn: string };
  /** File it was read from, or `defaults`. */
  readonly origin: string;
  readonly parents: readonly { readonly ref: string; readonly digest: string }[];
  readonly gates: readonly { readonly gate: GateName; readonly mode: Mode; readonly budgetMs: number; readonly from?: string; readonly becomes?: Mode }[];
  readonly checks: readonly { readonly id: string; readonly effect: Effect; readonly set: boolean; readonly options: Readonly<Record<string, Json>> }[];
  readonly areas: readonly Area[];
  readonly surfaces: readonly Surface[];
  readonly rules: readonly string[];
  readonly keys: readonly { readonly file: string; readonly principal: string }[];
}

export interface ShowPolicyInput {
  /** Branch whose policy is read; the default branch when none is named. */
  readonly base?: string;
  /** Read the files as they stand in the checkout: what would decide once they are merged. */
  readonly workingTree: boolean;
}

type Reader = Pick<Repository, "resolve" | "readFiles" | "listFiles"> & { readonly bare: boolean };

/** Reads the policy that decides, or the one that would. */
export const showPolicy =
  (repository: Reader, clock: Clock, source?: PolicySource) =>
  async ({ base, workingTree }: ShowPolicyInput): Promise<PolicyReport> => {
    const from = { ...(base !== undefined && { base }) };
    const treeHere = () => repository.resolve({ ...from, head: { kind: "worktree" } });
    const target = await repository.resolve({ ...from, head: { kind: "commit", rev: "HEAD" } });
    const inTree = repository.bare && !workingTree ? undefined : await (workingTree ? treeHere() : treeHere().catch(unreadable));
    const resolved = workingTree && inTree ? { ...inTree, base: inTree.headTree } : target;
    const pending = workingTree || !inTree ? undefined : await pendingConfig(inTree, repository);
    const { config, policy, intent, keys } = await readRules(resolved, repository, source);
    const now = new Date(clock.now()).toISOString();
    return {
      digest: digestOf([config.digest, policy.digest]),
      readFrom: resolved.base,
      ...(pending && { pending }),
      origin: config.origin.file,
      parents: config.origin.parents,
      gates: ALL_GATES.map((gate) => {
        const setting = policy.gateMode(gate);
        const coming = upcomingMode(setting, now);
        return { gate, mode: modeAt(setting, now), budgetMs: config.budgets[gate], ...(coming && { from: coming.from, becomes: coming.mode }) };
      }),
      checks: [...policy.checks.values()].map(({ id, effect, pinned, options }) => ({ id, effect, set: pinned, options })),
      areas: intent.areas,
      surfaces: intent.surfaces,
      rules: config.policy.rules.map((rule) => rule.name),
      keys: keys.keys.map(({ file, principal }) => ({ file, principal })),
    };
  };

/** The configuration file that stands otherwise in the working tree than on the target; one that can't be read stands otherwise, too. */
async function pendingConfig({ base, baseName, headTree }: ResolvedChange, repository: Reader): Promise<PolicyReport["pending"]> {
  const [onTarget, inTree] = await Promise.all([repository.readFiles(base, CONFIG_FILES), repository.readFiles(headTree, CONFIG_FILES)]);
  const file = CONFIG_FILES.find((path) => inTree.has(path) || onTarget.has(path));
  return file === undefined || blobOf(onTarget) === blobOf(inTree) ? undefined : { file, notOn: baseName };
}

const blobOf = (files: ReadonlyMap<string, FileContent>): string | undefined => CONFIG_FILES.map((path) => files.get(path)?.blob).find((blob) => blob !== undefined);

/** A working tree amid a conflict is no reason not to show what decides today. */
function unreadable(error: unknown): undefined {
  if (!isProoflineError(error)) throw error;
  return undefined;
}
