import type { GateName, Mode, Scope } from "#kernel";
import type { Change } from "#change";
import type { Check } from "#checks";
import { ownersOf } from "#intent";
import { outcomesByCheck, type LedgerRecord } from "#ledger";
import { judge, readWaivers, type Judgement, type MissingRun, type VerifySignature } from "#verdict";
import type { Answers } from "./ask-checks.ts";
import type { Gathered } from "./gather-evidence.ts";
import type { Rules } from "./read-rules.ts";

export interface Weighing {
  readonly change: Change;
  readonly rules: Rules;
  readonly gate: GateName;
  readonly modeOverride?: Mode;
  readonly asked: readonly Check[];
  readonly answers: Answers;
  readonly gathered: Gathered;
  readonly ranTests: boolean;
  /** True when only some checks were asked. */
  readonly limited: boolean;
  readonly solo: boolean;
  readonly records: readonly LedgerRecord[];
  /** Who works in this checkout; the author of what is not committed. */
  readonly author?: string;
  /** ISO timestamp. */
  readonly now: string;
  verifier(): Promise<VerifySignature>;
}

/** Applies waivers, baseline and policy to what the checks saw. */
export async function weighChange(about: Weighing): Promise<Judgement> {
  const { change, rules, gathered, now } = about;
  const owners = (path: string | undefined): readonly string[] => ownersIn(rules, change, path);
  const waivers = await readWaivers(rules.waiverFiles, {
    listed: rules.keys,
    verify: rules.waiverFiles.length === 0 ? () => false : await about.verifier(),
    now,
    maxDays: rules.policy.maxWaiverDays,
    authors: [...new Set([...change.commits.flatMap(({ author, committer, trailers }) => [author.email, author.name, committer.email, ...trailers.flatMap(coAuthor)]), ...gathered.evidence.flatMap((item) => (item.kind === "approvals" ? [item.author] : [])), ...(about.author === undefined ? [] : [about.author])])],
    byAgent: change.byAgent,
    solo: about.solo,
    ownersOf: owners,
  });
  const missing = missingRuns(about.asked, gathered, change);
  return judge({
    policy: rules.policy,
    gate: about.gate,
    ...(about.modeOverride && { modeOverride: about.modeOverride }),
    now,
    scope: scopeOf(about, missing),
    observations: about.answers,
    missing,
    waivers,
    baseline: rules.baseline,
    outcomes: outcomesByCheck(about.records),
    facts: { change, approvals: gathered.evidence.flatMap((item) => (item.kind === "approvals" ? item.approvals : [])) },
    ownersOf: owners,
  });
}

function scopeOf({ gathered, ranTests, limited }: Weighing, missing: readonly MissingRun[]): Scope {
  const anyRun = gathered.evidence.some((item) => item.kind === "test-run");
  if (!ranTests || missing.length > 0) return anyRun ? "partial" : "static";
  return gathered.cutShort || limited ? "partial" : "full";
}

/** Owners of the areas a file belongs to, else its code owners. */
function ownersIn({ intent }: Rules, change: Change, path: string | undefined): readonly string[] {
  const file = change.files.find((candidate) => candidate.path === path);
  const byArea = intent.areas.filter((area) => file?.areas.includes(area.name)).flatMap((area) => area.owners);
  return byArea.length > 0 ? [...new Set(byArea)] : ownersOf(path ?? "", intent.codeOwners);
}

/** The address in a `Co-authored-by` trailer: who wrote along does not waive alone. */
const coAuthor = ({ key, value }: { readonly key: string; readonly value: string }): string[] => (key.toLowerCase() === "co-authored-by" ? (/<([^>]+)>/.exec(value)?.slice(1, 2) ?? []) : []);

/**
 * Checks that could not be answered, or not to the end: what they need could not be had, or the run was cut short. Approvals are
 * spoken of by their own check, and coverage only where a floor or a raised effect asked for it.
 */
function missingRuns(asked: readonly Check[], gathered: Gathered, change: Change): MissingRun[] {
  const owesRun = change.files.some((file) => file.behaviour && file.status !== "deleted");
  return asked.flatMap((check) =>
    (check.needs ?? []).flatMap((need) => {
      const because = gathered.unavailable.get(need) ?? (need === "test-run" ? gathered.cutBecause : undefined);
      if (because === undefined || need === "approvals" || (need === "test-run" && !owesRun) || (need === "coverage" && !gathered.wanted.has("coverage"))) return [];
      return [{ check: check.id, need, because }];
    }),
  );
}
