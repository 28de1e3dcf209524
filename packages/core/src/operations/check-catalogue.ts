import { allChecks, type OptionSpec } from "#checks";
import type { CheckId, Effect, GateName } from "#kernel";

/** A check as surfaces may know it: its words, not its workings. */
export interface CheckCard {
  readonly id: CheckId;
  readonly asks: string;
  readonly why: string;
  readonly since: string;
  readonly effect: Effect;
  readonly gates: readonly GateName[];
  readonly needs: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
}

/** Every check, in report order. */
export const checkCatalogue: readonly CheckCard[] = allChecks.map(({ id, asks, why, since, effect, gates, needs, options }) => ({
  id,
  asks,
  why,
  since,
  effect,
  gates,
  needs: needs ?? [],
  options: options ?? {},
}));
