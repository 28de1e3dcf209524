import { isProoflineError, type CheckId, type Effect } from "#kernel";
import type { Repository } from "#change";
import { CONFIG_FILES } from "#intent";
import { gateRecord, ledgerNotes, outcomesByCheck, practisedMode, type LedgerRecord, type LedgerStore } from "#ledger";
import { effectiveEffect, noiseOf, type ResolvedPolicy } from "#verdict";
import { ALL_GATES } from "#checks";
import { readRules } from "../assess-change/read-rules.ts";
import type { PolicySource } from "../config/policy-source.ts";
import type { Diagnosis } from "../doctor.ts";
import type { CheckoutFiles } from "../ports/checkout-files.ts";
import type { Clock } from "../ports/clock.ts";
import { earned, promotionsFor, type Promotion } from "./propose-promotion.ts";

/** What the ledger says about the policy: who has earned a stricter mode, and who lost its effect. */
export interface TrackRecords {
  readonly promotions: readonly Promotion[];
  /** Checks that were overruled too often and are only a note now. */
  readonly demoted: readonly { readonly check: CheckId; readonly from: Effect; readonly to: Effect; readonly overruled: number; readonly of: number }[];
}

export interface TrackPorts {
  readonly repository: Pick<Repository, "resolve" | "readFiles" | "listFiles">;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
  readonly source?: PolicySource;
}

/** Reads the ledger beside the policy of a branch, the default branch when none is named. */
export const trackRecords =
  ({ repository, ledger, clock, source }: TrackPorts) =>
  async (base?: string): Promise<TrackRecords> => {
    const resolved = await repository.resolve({ ...(base !== undefined && { base }), head: { kind: "commit", rev: "HEAD" } });
    const [rules, reading, files] = await Promise.all([readRules(resolved, repository, source), ledger.read(), repository.readFiles(resolved.base, CONFIG_FILES)]);
    const records = rules.stateTracked ? [] : reading.records;
    const file = CONFIG_FILES.find((path) => files.get(path)?.text !== undefined);
    const text = file === undefined ? undefined : files.get(file)?.text;
    const config = file !== undefined && text !== undefined ? { config: { file, text } } : {};
    return { promotions: await promotionsFor({ policy: rules.policy, records, now: nowOf(clock), ...config }), demoted: demotedBy(rules.policy, records) };
  };

function demotedBy(policy: ResolvedPolicy, records: readonly LedgerRecord[]): TrackRecords["demoted"] {
  const outcomes = outcomesByCheck(records);
  return [...policy.checks.values()].flatMap((check) => {
    const last = outcomes.get(check.id) ?? [];
    const to = effectiveEffect(check, last);
    const { overruled, of } = noiseOf(last);
    return to === check.effect ? [] : [{ check: check.id, from: check.effect, to, overruled, of }];
  });
}

const nowOf = (clock: Clock): string => new Date(clock.now()).toISOString();

/** `63 changes in 21 days, 0 overruled`. */
export const recordWords = ({ record }: Pick<Promotion, "record">): string => `${record.changes} changes in ${record.days} days, ${record.overruled} overruled`;

/** What `doctor` says of the ledger: whether it is whole, and what it has earned or cost. */
export const diagnoseLedger =
  (own: LedgerStore, ports: () => Promise<TrackPorts>) =>
  async (): Promise<readonly Diagnosis[]> => {
    const whole = await (own.readWhole ?? own.read)();
    const said = ledgerNotes(whole);
    const state: Diagnosis = { about: "ledger", ...(said.length === 0 ? { state: "ok", says: whole.tail.sequence === 0 ? "empty: no verdict was recorded here yet" : whole.tail.sequence === 1 ? "1 record" : `${whole.tail.sequence} records, every one follows from the one before` } : { state: "warn", says: said.join("; "), fix: "Find out who wrote there. Records after it still count; to start afresh, move .proofline/ledger.jsonl away." }) };
    const { promotions, demoted } = await orNothing(async () => trackRecords(await ports())(), { promotions: [], demoted: [] });
    return [
      state,
      ...earned(promotions).map((promotion): Diagnosis => ({ about: "promotion", state: "ok", says: `${promotion.gate ?? promotion.check} has earned enforce: ${recordWords(promotion)}`, fix: "`proofline policy show` prints the change to make." })),
      ...demoted.map(({ check, to, overruled, of }): Diagnosis => ({ about: "noise", state: "warn", says: `${check} was overruled ${overruled} of its last ${of} times and is only a ${to} now`, fix: `Mend what makes it wrong here, or set its effect in proofline.yaml: what is set stays.` })),
    ];
  };

/** What can't be known for want of a readable policy is told by whoever reads policies; here it is left out. */
async function orNothing<T>(ask: () => Promise<T>, nothing: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isProoflineError(error)) throw error;
    return nothing;
  }
}

/** When a promotion was last mentioned in a verdict. */
const SAID = ".proofline/promotion-said";
const WEEK_MS = 7 * 86_400_000;

/**
 * The earned promotion that is worth a line now: at most one a week. Asked after every verdict at a terminal, so it looks at the policy
 * only when the ledger alone says that something may be earned.
 */
export const promotionDue =
  (ports: TrackPorts & { readonly checkout: CheckoutFiles }) =>
  (): Promise<Promotion | undefined> => orNothing(() => due(ports), undefined);

async function due(ports: TrackPorts & { readonly checkout: CheckoutFiles }): Promise<Promotion | undefined> {
  const { ledger, clock, checkout } = ports;
  const said = Date.parse((await checkout.read(SAID))?.trim() ?? "");
  if (clock.now() - said < WEEK_MS) return undefined;
  const { records } = await ledger.read();
  const mayBe = ALL_GATES.some((gate) => (practisedMode(records, gate) ?? "enforce") !== "enforce" && gateRecord(records, gate, nowOf(clock)).earned);
  const [first] = mayBe ? earned((await trackRecords(ports)()).promotions) : [];
  if (first) await checkout.write(SAID, `${nowOf(clock)}\n`);
  return first;
}
