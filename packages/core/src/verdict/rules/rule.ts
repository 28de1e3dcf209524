import type { Effect, GateName } from "#kernel";
import type { ModeSetting } from "../mode.ts";
import type { RuleFacts } from "./rule-model.ts";

/** A rule of the repository's own, in CEL. */
export interface RuleSetting {
  readonly name: string;
  /** CEL over the documented model; true makes the finding `policy/<name>` broken. */
  readonly when: string;
  readonly effect: Exclude<Effect, "off">;
  readonly because: string;
  readonly fix?: string;
  readonly ask?: { readonly to: readonly string[]; readonly question: string; readonly how?: string };
  /** Gates it is asked at; all when absent. */
  readonly gates?: readonly GateName[];
  readonly mode?: ModeSetting;
}

/** Whether a rule fired, or why it could not be answered. */
export type RuleOutcome = { readonly fired: boolean } | { readonly failed: string };

/** A rule that passed its type check. */
export interface CompiledRule {
  readonly setting: RuleSetting;
  evaluate(facts: RuleFacts): RuleOutcome;
}
