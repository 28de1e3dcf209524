import { digestOf, type Effect, type GateName, type Json, type Mode } from "#kernel";
import type { Repository } from "#change";
import { ALL_GATES } from "#checks";
import type { Area, Surface } from "#intent";
import { modeAt, upcomingMode } from "#verdict";
import { readRules } from "./assess-change/read-rules.ts";
import type { PolicySource } from "./config/policy-source.ts";
import type { Clock } from "./ports/clock.ts";

/** Everything that decides here, spelled out. */
export interface PolicyReport {
  readonly digest: string;
  readonly readFrom: string;
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

/** Reads the policy of a branch, the default branch when none is named. */
export const showPolicy =
  (repository: Pick<Repository, "resolve" | "readFiles" | "listFiles">, clock: Clock, source?: PolicySource) =>
  async (base?: string): Promise<PolicyReport> => {
    const resolved = await repository.resolve({ ...(base !== undefined && { base }), head: { kind: "commit", rev: "HEAD" } });
    const { config, policy, intent, keys } = await readRules(resolved, repository, source);
    const now = new Date(clock.now()).toISOString();
    return {
      digest: digestOf([config.digest, policy.digest]),
      readFrom: resolved.base,
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
