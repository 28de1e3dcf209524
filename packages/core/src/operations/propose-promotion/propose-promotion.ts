import type { CheckId, GateName, Mode } from "#kernel";
import { ALL_GATES, SHARED_GATES } from "#checks";
import { checkRecord, gateRecord, practisedMode, type LedgerRecord, type TrackRecord } from "#ledger";
import { modeAt, upcomingMode, type ResolvedPolicy } from "#verdict";
import { modeDiff } from "./edit-config.ts";

/** A gate or check that does not enforce yet, and what it has to show for itself. */
export interface Promotion {
  readonly gate?: GateName;
  readonly check?: CheckId;
  readonly from: Mode;
  readonly to: "enforce";
  readonly record: TrackRecord;
  /** The exact change to the configuration, for `git apply`; absent where the file does not set the mode. */
  readonly diff?: string;
  /** What has to be done beside the diff, or instead of it. */
  readonly also?: string;
}

export interface PromotionFacts {
  readonly policy: ResolvedPolicy;
  readonly records: readonly LedgerRecord[];
  /** ISO timestamp. */
  readonly now: string;
  /** The configuration the policy was read from; absent where there is none. */
  readonly config?: { readonly file: string; readonly text: string };
}

/** Every gate and check that is not enforced, with its record; earned ones carry the change that would promote them. */
export async function promotionsFor(facts: PromotionFacts): Promise<readonly Promotion[]> {
  const { policy, records, now } = facts;
  const gates = ALL_GATES.flatMap((gate) => gatePromotion(gate, facts));
  const checks = [...policy.checks.values()].flatMap((check): Promotion[] => {
    if (check.mode === undefined || check.effect === "off" || upcomingMode(check.mode, now) !== undefined) return [];
    const from = modeAt(check.mode, now);
    return from === "enforce" ? [] : [{ check: check.id, from, to: "enforce", record: checkRecord(records, check.id, check.gates, now) }];
  });
  return Promise.all([...gates, ...checks].map((promotion) => withDiff(promotion, facts)));
}

function gatePromotion(gate: GateName, { policy, records, now }: PromotionFacts): Promotion[] {
  const setting = policy.gateMode(gate);
  if (upcomingMode(setting, now) !== undefined) return [];
  const set = modeAt(setting, now);
  const practised = practisedMode(records, gate);
  // A gate nobody has come through, or that enforces both by policy and in practice, has nothing to be promoted to.
  if (practised === undefined ? set === "enforce" : set === "enforce" && practised === "enforce") return [];
  const flag = set !== practised && practised !== undefined && practised !== "enforce" ? `--mode ${practised}` : undefined;
  return [{ gate, from: flag === undefined ? set : (practised as Mode), to: "enforce", record: gateRecord(records, gate, now), ...(flag !== undefined && { also: `take \`${flag}\` out of the pipeline: it is milder than the configuration` }) }];
}

async function withDiff(promotion: Promotion, { config, policy, now }: PromotionFacts): Promise<Promotion> {
  if (!promotion.record.earned) return promotion;
  if (promotion.gate !== undefined && modeAt(policy.gateMode(promotion.gate), now) === "enforce") return promotion;
  const path = promotion.gate === undefined ? ["checks", promotion.check ?? "", "mode"] : ["gates", promotion.gate];
  const diff = config && (await modeDiff(config.file, config.text, path, promotion.to));
  const also = promotion.gate !== undefined && SHARED_GATES.includes(promotion.gate) ? "take `--mode` out of the pipeline file, where it stands there" : undefined;
  if (diff !== undefined) return { ...promotion, diff, ...(also !== undefined && { also }) };
  return { ...promotion, also: promotion.also ?? "the mode is set in the policy this configuration extends: change it there" };
}

/** The promotions that are earned. */
export const earned = (promotions: readonly Promotion[]): readonly Promotion[] => promotions.filter(({ record }) => record.earned);
