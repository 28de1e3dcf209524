import type { Effect, Json } from "#kernel";
import type { Repository } from "#change";
import { nearest } from "#verdict";
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
}

/** Explains one check under the policy of the default branch. */
export const explainCheck =
  (repository: Pick<Repository, "resolve" | "readFiles" | "listFiles">, source?: PolicySource) =>
  async (id: string): Promise<ExplainedCheck> => {
    const card = checkCatalogue.find((candidate) => candidate.id === id);
    if (!card) {
      const ids = checkCatalogue.map((candidate) => candidate.id);
      throw unknownCheck({ asked: id, nearest: nearest(id, ids) });
    }
    const resolved = await repository.resolve({ head: { kind: "commit", rev: "HEAD" } });
    const rules = await readRules(resolved, repository, source);
    const policy = rules.policy.checks.get(card.id);
    return { card, effect: policy?.effect ?? card.effect, from: policy?.pinned ? rules.config.origin.file : "defaults", options: policy?.options ?? {} };
  };
