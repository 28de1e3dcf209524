import type { Change, ChangeRequest, Repository } from "#change";
import { standingOfQa, type QaItem, type QaOwed, type QaRunSeen } from "#evidence";
import type { VerifySignature } from "#verdict";
import { isSolo } from "../assess-change/solo.ts";
import { resolveHead } from "../assess-change/resolve-head.ts";
import type { Rules } from "../assess-change/read-rules.ts";
import type { PolicySource } from "../config/policy-source.ts";
import type { Clock } from "../ports/clock.ts";
import { describeResolved } from "../select-tests/select.ts";
import { checklistFor, runsIn, type Checklist, type QaPorts } from "./read-qa.ts";

export interface QaInput {
  readonly base?: string;
  readonly head?: ChangeRequest["head"];
}

export interface QaListPorts extends QaPorts {
  readonly repository: Repository & { readonly bare: boolean };
  readonly clock: Clock;
  readonly ci: boolean;
  readonly policySource?: PolicySource;
  verifier(): Promise<VerifySignature>;
}

/** What there is to try by hand for a change, what policy owes of it, and what was tried already. */
export interface QaReport {
  readonly schema: "proofline/qa/1";
  readonly change: Pick<Change, "base" | "baseName" | "head" | "headName" | "headKind" | "mergeBase"> & { readonly files: number };
  /** What was looked at: a record made for another product does not count for it. */
  readonly product: string;
  readonly owed: readonly QaOwed[];
  readonly items: readonly (QaItem & { readonly tried?: "passed" | "failed" | "skipped" })[];
  readonly runs: readonly QaRunSeen[];
  /** Ids that policy owes and nobody tried on this code. */
  readonly missing: readonly string[];
}

/** The change, its rules and its checklist: what listing and recording begin with. */
export async function lookAtQa(input: QaInput, ports: QaListPorts): Promise<{ readonly change: Change; readonly rules: Rules; readonly list: Checklist }> {
  const resolved = await resolveHead(input, ports.repository, ports.ci);
  const { change, rules } = await describeResolved(resolved, ports);
  return { change, rules, list: await checklistFor({ change, intent: rules.intent, evidence: [] }, ports) };
}

/** Makes the checklist of a change. Reads trees, runs nothing. */
export const listQa =
  (ports: QaListPorts) =>
  async (input: QaInput): Promise<QaReport> => {
    const { change, rules, list } = await lookAtQa(input, ports);
    const { product, owed, items, entries } = list;
    const runs = await runsIn(entries, { product, by: [...new Set(owed.flatMap(({ by }) => by))], byAgent: change.byAgent }, ports.repository, {
      listed: rules.keys,
      now: new Date(ports.clock.now()).toISOString(),
      verifier: ports.verifier,
      solo: async () => isSolo(await ports.repository.contributors(change.base, 90), rules.config.agents),
    });
    const { missing, counting } = standingOfQa({ items, runs });
    const words = new Map([...counting].reverse().flatMap(({ run }) => run.items.map(({ id, what, outcome }) => [`${id}\0${what}`, outcome] as const)));
    const { base, baseName, head, headName, headKind, mergeBase } = change;
    return {
      schema: "proofline/qa/1",
      change: { base, baseName, head, headName, headKind, mergeBase, files: change.files.length },
      product,
      owed,
      items: items.map((item) => ({ ...item, ...(words.has(`${item.id}\0${item.what}`) && { tried: words.get(`${item.id}\0${item.what}`) as "passed" | "failed" | "skipped" }) })),
      runs,
      missing: owed.length === 0 ? [] : missing.map(({ id }) => id),
    };
  };
