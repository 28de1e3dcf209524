import { digestOf, type CheckId, type Effect, type GateName, type Json } from "#kernel";
import type { Check, EvidenceNeed } from "#checks";
import type { ModeSetting } from "./mode.ts";
import type { CompiledRule, RuleSetting } from "./rules/rule.ts";

/** What `checks:` says of one check. */
export interface CheckSetting {
  readonly effect?: Effect;
  /** Overrides the gate's mode for this check's findings. */
  readonly mode?: ModeSetting;
  readonly options?: Readonly<Record<string, Json>>;
}

/** The part of a configuration that decides what findings cost. Plain data. */
export interface PolicyConfig {
  readonly gates: Readonly<Partial<Record<GateName, ModeSetting>>>;
  readonly checks: Readonly<Record<CheckId, CheckSetting>>;
  readonly rules: readonly RuleSetting[];
  /** Days a waiver may last. */
  readonly maxWaiverDays: number;
}

/** What holds where nobody configured anything. */
export const DEFAULT_POLICY: PolicyConfig = { gates: {}, checks: {}, rules: [], maxWaiverDays: 90 };

/** The gate's mode when nobody set one. */
const DEFAULT_MODE: ModeSetting = { mode: "enforce" };

/** What policy needs to know of a check. */
export type CheckDefaults = Pick<Check, "id" | "effect" | "gates" | "needs" | "options">;

/** One check under this policy. */
export interface CheckPolicy {
  readonly id: CheckId;
  readonly effect: Effect;
  /** True when policy named the effect: then neither the observation nor the noise rule changes it. */
  readonly pinned: boolean;
  readonly mode?: ModeSetting;
  /** Defaults filled in. */
  readonly options: Readonly<Record<string, Json>>;
  readonly gates: readonly GateName[];
  readonly needs: readonly EvidenceNeed[];
  /** Place in the registry: reports keep this order. */
  readonly order: number;
}

/** Policy ready to judge with. */
export interface ResolvedPolicy {
  readonly checks: ReadonlyMap<CheckId, CheckPolicy>;
  readonly rules: readonly CompiledRule[];
  readonly maxWaiverDays: number;
  /** `sha256:` over everything that decides: settings, rules, and the defaults they stand on. */
  readonly digest: string;
  gateMode(gate: GateName): ModeSetting;
}

/** Joins what the configuration says with what the checks say of themselves. */
export function resolvePolicy(config: PolicyConfig, checks: readonly CheckDefaults[], rules: readonly CompiledRule[] = []): ResolvedPolicy {
  const resolved = checks.map((check, order) => resolveCheck(check, config.checks[check.id], order));
  return {
    checks: new Map(resolved.map((check) => [check.id, check])),
    rules,
    maxWaiverDays: config.maxWaiverDays,
    digest: digestOf({ ...config, defaults: resolved.map(({ id, effect, options, gates }) => ({ id, effect, options, gates })) }),
    gateMode: (gate) => config.gates[gate] ?? DEFAULT_MODE,
  };
}

function resolveCheck(check: CheckDefaults, setting: CheckSetting | undefined, order: number): CheckPolicy {
  const defaults = Object.fromEntries(Object.entries(check.options ?? {}).map(([name, option]) => [name, option.default]));
  return {
    id: check.id,
    effect: setting?.effect ?? check.effect,
    pinned: setting?.effect !== undefined,
    ...(setting?.mode === undefined ? {} : { mode: setting.mode }),
    options: { ...defaults, ...setting?.options },
    gates: check.gates,
    needs: check.needs ?? [],
    order,
  };
}

/** A check nobody asks, and who decided so. Listed, never hidden. */
export interface SilencedCheck {
  readonly check: CheckId;
  readonly by: "policy" | "default";
}

/** Which checks a gate asks, which come at a later gate, and which are switched off. */
export interface CheckPlan {
  readonly asked: readonly CheckId[];
  readonly later: readonly CheckId[];
  readonly silenced: readonly SilencedCheck[];
}

/** Plans one gate; `only` limits what is asked, not what is listed as silenced. */
export function planChecks(policy: ResolvedPolicy, gate: GateName, only?: ReadonlySet<CheckId>): CheckPlan {
  const wanted = [...policy.checks.values()].filter((check) => only === undefined || only.has(check.id));
  const silenced = [...policy.checks.values()].filter((check) => check.effect === "off");
  const live = wanted.filter((check) => check.effect !== "off");
  return {
    asked: live.filter((check) => check.gates.includes(gate)).map((check) => check.id),
    later: live.filter((check) => !check.gates.includes(gate)).map((check) => check.id),
    silenced: silenced.map((check) => ({ check: check.id, by: check.pinned ? "policy" : "default" })),
  };
}
