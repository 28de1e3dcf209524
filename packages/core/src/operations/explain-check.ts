import { isProoflineError, type Effect, type Json } from "#kernel";
import type { Repository } from "#change";
import { outcomesByCheck, type LedgerRecord, type LedgerStore } from "#ledger";
import { nearest, noiseOf } from "#verdict";
import { unknownCheck } from "./assess-change/errors.ts";
import { readRules } from "./assess-change/read-rules.ts";
import type { PolicySource } from "./config/policy-source.ts";
import { checkCatalogue, type CheckCard } from "./check-catalogue.ts";

/** A check, and what it costs in this repository. */
export interface ExplainedCheck {
  readonly card: CheckCard;
  readonly effect: Effect;
  /** Where the effect was set: `defaults` or the configuration file. */
  readonly from: string;
  readonly options: Readonly<Record<string, Json>>;
  /** Why the defaults are shown and not what holds here; absent when a repository's policy was read. */
  readonly note?: string;
  /** Absent where no verdict was recorded. */
  readonly spoken?: SpokenHere;
}

/** How often a check spoke here, as the ledger has it. */
export interface SpokenHere {
  /** Verdicts recorded. */
  readonly verdicts: number;
  /** Its last findings that weighed in a decision, at most fifty, and how many of them somebody overruled. */
  readonly alarms: number;
  readonly overruled: number;
}

/** Opens the policy of the repository at hand; raises a named error where there is none to read. */
export type OpenPolicy = () => Promise<{ readonly repository: Pick<Repository, "resolve" | "readFiles" | "listFiles">; readonly source: PolicySource; readonly ledger?: Pick<LedgerStore, "read">; close(): Promise<void> }>;

/** Explains one check under the policy of the default branch; where none can be read, under the defaults, and says why. */
export const explainCheck =
  (open: OpenPolicy) =>
  async (id: string): Promise<ExplainedCheck> => {
    const card = checkCatalogue.find((candidate) => candidate.id === id);
    if (!card) {
      const ids = checkCatalogue.map((candidate) => candidate.id);
      throw unknownCheck({ asked: id, nearest: nearest(id, ids) });
    }
    try {
      return await underPolicy(card, open);
    } catch (error) {
      if (!isProoflineError(error)) throw error;
      const options = Object.fromEntries(Object.entries(card.options).map(([name, option]) => [name, option.default]));
      return { card, effect: card.effect, from: "defaults", options, note: `shown by the defaults: ${error.message}` };
    }
  };

async function underPolicy(card: CheckCard, open: OpenPolicy): Promise<ExplainedCheck> {
  const { repository, source, ledger, close } = await open();
  try {
    const resolved = await repository.resolve({ head: { kind: "commit", rev: "HEAD" } });
    const rules = await readRules(resolved, repository, source);
    const policy = rules.policy.checks.get(card.id);
    const spoken = rules.stateTracked ? undefined : spokenOf(card.id, (await ledger?.read())?.records ?? []);
    return { card, ...(spoken && { spoken }), effect: policy?.effect ?? card.effect, from: policy?.pinned ? rules.config.origin.file : "defaults", options: policy?.options ?? {} };
  } finally {
    await close();
  }
}

function spokenOf(check: CheckCard["id"], records: readonly LedgerRecord[]): SpokenHere | undefined {
  const verdicts = records.filter(({ entry }) => entry.kind === "verdict").length;
  const { of, overruled } = noiseOf(outcomesByCheck(records).get(check) ?? []);
  return verdicts === 0 ? undefined : { verdicts, alarms: of, overruled };
}
