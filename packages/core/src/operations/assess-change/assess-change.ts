import { digestOf, type CheckId, type GateName } from "#kernel";
import type { Change, Repository, ResolvedChange } from "#change";
import { allChecks, type Check, type EvidenceNeed } from "#checks";
import { entriesOf, outcomesByCheck, type LedgerStore } from "#ledger";
import { ownersOf } from "#intent";
import { gateOf, judge, nearest, planChecks, readWaivers, type Judgement, type MissingRun, type VerifySignature, type VettedWaivers } from "#verdict";
import type { PolicySource } from "../config/policy-source.ts";
import type { Assessed } from "../attest-verdict/attest-verdict.ts";
import { applyReport } from "../second-half/apply-report.ts";
import { askChecks, type Answers } from "./ask-checks.ts";
import { unknownCheck } from "./errors.ts";
import { gatherEvidence, type EvidencePorts, type Gathered } from "./gather-evidence.ts";
import type { AssessInput } from "./input.ts";
import { readChange } from "./read-change.ts";
import { readRules, type Rules } from "./read-rules.ts";
import { isSolo } from "./solo.ts";
import { writeDocument } from "./write-document.ts";

export interface AssessPorts extends EvidencePorts {
  readonly ledger: LedgerStore;
  readonly verify: VerifySignature;
  readonly policySource?: PolicySource;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Why the head's code may not be executed; absent for code of the user's own. */
  readonly untrusted?: string;
  /** True in the trusted half of a fork's check: without the fork's own report the best answer is `ask`. */
  readonly secondHalf?: boolean;
}

/** The spine: read the change, read the rules, gather evidence, ask the checks, judge, record. */
export const assessChange =
  (ports: AssessPorts) =>
  async (input: AssessInput): Promise<Assessed> => {
    const started = ports.clock.ticks();
    const gate = input.gate ?? gateOf(ports.env);
    const resolved = await resolveHead(input, ports);
    const [diff, rules] = await Promise.all([ports.repository.diff(resolved), readRules(resolved, ports.repository, ports.policySource)]);
    const { change, packageNames } = await readChange(resolved, diff, rules, input.type, ports.repository);

    const plan = planChecks(rules.policy, gate, chosen(input.only));
    const asked = allChecks.filter((check) => plan.asked.includes(check.id));
    const gathered = await gatherEvidence(
      {
        change,
        intent: rules.intent,
        input,
        gate,
        budgetMs: input.budgetMs ?? rules.config.budgets[gate],
        needs: needsOf(asked, change, rules),
        declaredSetups: rules.config.tests,
        packageNames,
        ...(ports.untrusted !== undefined && !input.trust && { untrusted: ports.untrusted }),
      },
      ports,
    );
    const solo = await soloIfAsked(resolved, asked, rules, ports.repository);
    const optionsOf = (check: Check) => rules.policy.checks.get(check.id)?.options ?? {};
    // What could not be looked at is told once, as missing, and not again by every check that wanted it.
    const answerable = asked.filter((check) => !(check.needs?.includes("test-run") && gathered.unavailable.has("test-run")));
    const answers = await askChecks(answerable, { change, intent: rules.intent, gate, evidence: gathered.evidence, unavailable: gathered.unavailable, optionsOf, ...(solo !== undefined && { solo }) }, ports.repository);

    const judgement = await weighAll(input, gate, change, rules, answers, asked, gathered, solo ?? false, ports);
    const document = writeDocument({
      change,
      judgement,
      gathered,
      later: plan.later.map((check) => `${check} at the ${laterGate(check, gate)} gate`),
      warnings: [...rules.keys.unreadable.map((key) => `${key.file} was ignored: ${key.because}`)],
      policy: { digest: digestOf([rules.config.digest, judgement.policyDigest]), readFrom: resolved.base, origin: rules.config.origin.file },
      tookMs: ports.clock.ticks() - started,
    });
    await ports.ledger.append(entriesOf(judgement, { base: change.base, head: change.head }), new Date(ports.clock.now()).toISOString());
    return { verdict: ports.secondHalf || gathered.fromFork ? applyReport(document, gathered.fromFork) : document, evidence: gathered.evidence };
  };

/** Nobody said what to judge: the working tree where it differs from HEAD, except in CI, where a job may have left files in it. */
async function resolveHead({ base, head }: AssessInput, { repository, env }: AssessPorts): Promise<ResolvedChange> {
  const against = base === undefined ? {} : { base };
  const committed = { ...against, head: { kind: "commit", rev: "HEAD" } } as const;
  if (head !== undefined) return repository.resolve({ ...against, head });
  if (env["CI"] || repository.bare) return repository.resolve(committed);
  const worktree = await repository.resolve({ ...against, head: { kind: "worktree" } });
  if (worktree.headCommit === undefined) return worktree;
  const atHead = await repository.resolve(committed);
  return atHead.headTree === worktree.headTree ? atHead : worktree;
}

function chosen(only: readonly string[] | undefined): ReadonlySet<CheckId> | undefined {
  if (only === undefined) return undefined;
  const ids = allChecks.map((check) => check.id);
  const unknown = only.find((id) => !ids.includes(id as CheckId));
  if (unknown !== undefined) throw unknownCheck({ asked: unknown, nearest: nearest(unknown, ids) });
  return new Set(only as CheckId[]);
}

/** What the asked checks need, without what nobody set a bar for: coverage costs a slower run and is collected only for a floor or a raised check. */
function needsOf(asked: readonly Check[], change: Change, rules: Rules): ReadonlySet<EvidenceNeed> {
  const wanted = asked.filter((check) => {
    if (!check.needs?.includes("coverage")) return true;
    if (check.id === "coverage/surface-floor") return rules.intent.surfaces.some((surface) => surface.floor);
    return rules.policy.checks.get(check.id)?.effect !== "note";
  });
  return new Set(change.files.length === 0 ? [] : wanted.flatMap((check) => check.needs ?? []));
}

/** Only asked where it changes something: at gates that want approvals, and where waivers stand. */
async function soloIfAsked(resolved: ResolvedChange, asked: readonly Check[], rules: Rules, repository: Repository): Promise<boolean | undefined> {
  const matters = rules.waiverFiles.length > 0 || asked.some((check) => check.needs?.includes("approvals"));
  return matters ? isSolo(await repository.contributors(resolved.base, 90), rules.config.agents) : undefined;
}

async function weighAll(
  input: AssessInput,
  gate: GateName,
  change: Change,
  rules: Rules,
  answers: Answers,
  asked: readonly Check[],
  gathered: Gathered,
  solo: boolean,
  ports: AssessPorts,
): Promise<Judgement> {
  const now = new Date(ports.clock.now()).toISOString();
  const owners = (path: string | undefined): readonly string[] => ownersIn(rules, change, path);
  const waivers: VettedWaivers = await readWaivers(rules.waiverFiles, {
    listed: rules.keys,
    verify: ports.verify,
    now,
    maxDays: rules.policy.maxWaiverDays,
    authors: [...new Set(change.commits.flatMap((commit) => [commit.author.email, commit.author.name]))],
    byAgent: change.byAgent,
    solo,
    ownersOf: owners,
  });
  const { records } = await ports.ledger.read();
  const missing = missingRuns(asked, gathered, change);
  return judge({
    policy: rules.policy,
    gate,
    ...(input.mode && { modeOverride: input.mode }),
    now,
    scope: !input.run || missing.length > 0 ? (gathered.evidence.some((item) => item.kind === "test-run") ? "partial" : "static") : gathered.cutShort ? "partial" : "full",
    observations: answers,
    missing,
    waivers,
    baseline: rules.baseline,
    outcomes: outcomesByCheck(records),
    facts: { change, approvals: gathered.evidence.flatMap((item) => (item.kind === "approvals" ? item.approvals : [])) },
    ownersOf: owners,
  });
}

function ownersIn({ intent }: Rules, change: Change, path: string | undefined): readonly string[] {
  if (path === undefined) return ownersOf("", intent.codeOwners);
  const file = change.files.find((candidate) => candidate.path === path);
  const byArea = intent.areas.filter((area) => file?.areas.includes(area.name)).flatMap((area) => area.owners);
  return byArea.length > 0 ? [...new Set(byArea)] : ownersOf(path, intent.codeOwners);
}

/** Checks whose need could not be met, as far as this change owed them anything. */
function missingRuns(asked: readonly Check[], gathered: Gathered, change: Change): MissingRun[] {
  const owesRun = change.files.some((file) => file.behaviour && file.status !== "deleted");
  return asked.flatMap((check) =>
    (check.needs ?? []).flatMap((need) => {
      const because = gathered.unavailable.get(need);
      if (because === undefined || (need === "test-run" && !owesRun) || need === "coverage" || need === "approvals") return [];
      return [{ check: check.id, need, because }];
    }),
  );
}

function laterGate(id: string, gate: GateName): string {
  const order: readonly GateName[] = ["turn", "local", "pull-request", "merge-queue", "release"];
  const check = allChecks.find((candidate) => candidate.id === id);
  return order.find((candidate) => order.indexOf(candidate) > order.indexOf(gate) && check?.gates.includes(candidate)) ?? "next";
}
