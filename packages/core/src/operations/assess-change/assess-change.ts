import { digestOf, isProoflineError, type CheckId, type GateName } from "#kernel";
import type { Change, SyntaxReader } from "#change";
import { evidenceOf } from "#evidence";
import { allChecks, SHARED_GATES, type Check, type EvidenceNeed } from "#checks";
import { entriesOf, flakeEntries, flakesIn, ledgerNotes, type LedgerStore } from "#ledger";
import { gateOf, nearest, type VerifySignature } from "#verdict";
import type { Assessed } from "../attest-verdict/attest-verdict.ts";
import type { PolicySource } from "../config/policy-source.ts";
import type { MutantPorts } from "../mutate-change/mutants-for-check.ts";
import type { AnswerMemory } from "../ports/answer-memory.ts";
import { applyReport } from "../second-half/apply-report.ts";
import { unknownCheck } from "./errors.ts";
import { gatherEvidence, type EvidencePorts } from "./gather-evidence.ts";
import type { AssessInput } from "./input.ts";
import { lookThoroughly } from "./look-into.ts";
import { laterFor, lookAt, planOf } from "./look-at.ts";
import { configOnHead, previewConfig, withUnusableConfig } from "./preview-config.ts";
import { outOfSight } from "./out-of-sight.ts";
import { readChange, readHistory } from "./read-change.ts";
import { readRules, type Rules } from "./read-rules.ts";
import { resolveHead } from "./resolve-head.ts";
import { isOwnWork, isSolo } from "./solo.ts";
import { measuredFloors, touchesFloor, withRecordedFloors } from "./surface-floors.ts";
import type { VerdictDocument } from "../verdict-document.ts";
import { weighChange, type Weighing } from "./weigh-change.ts";
import { writeDocument } from "./write-document.ts";

export interface AssessPorts extends EvidencePorts {
  /** Tries mutants for the check that asks for them; absent where none are tried. */
  readonly mutants?: MutantPorts;
  readonly ledger: LedgerStore;
  readonly syntax: SyntaxReader;
  /** Answers of earlier commands to the same questions; absent where the program does not know its own version. */
  readonly memory?: AnswerMemory;
  /** Loaded where something signed is read: most repositories have no waiver. */
  verifier(): Promise<VerifySignature>;
  readonly policySource?: PolicySource;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Who works in this checkout: the author of what is not committed yet. */
  whoAmI(): Promise<string>;
  /** Keeps the verdict for the next command. */
  remember(verdict: VerdictDocument): Promise<void>;
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
    const { repository } = ports;
    const resolved = await resolveHead(input, repository, Boolean(ports.env["CI"]));
    // Nothing of this waits for another: what Git is asked for is read by several processes at once.
    const [diff, history, target, ledger] = await Promise.all([repository.diff(resolved), readHistory(resolved, repository), readRules(resolved, repository, ports.policySource), ports.ledger.read()]);
    const described = (under: Rules) => readChange({ resolved, diff, history, rules: under, ...(input.type && { declaredType: input.type }) }, repository);
    const { change, packageNames } = await described(target);
    const records = target.stateTracked ? [] : ledger.records;
    const ancestors = [resolved.base, resolved.mergeBase, ...history.past.map((commit) => commit.id)];
    const rules: Rules = { ...target, intent: withRecordedFloors(target.intent, records, ancestors) };
    const brought = await configOnHead(change, rules, repository, ports.untrusted === undefined ? ports.policySource : undefined);

    const now = new Date(ports.clock.now()).toISOString();
    const flakes = flakesIn(records, now);
    const only = chosen(input.only);
    const { checks: wanted } = planOf(rules, gate, only);
    const gathering = { change, packageNames, needs: needsOf(wanted, change, rules), flakes, ...gatheringFor(input, gate, change, rules, ports) };
    const solo = await soloIfAsked(change, SHARED_GATES.includes(gate) ? wanted : [], rules, ports);
    const glance = { gate, only, gathered: await gatherEvidence(gathering, ports), solo, flakes, syntax: ports.syntax, ...(ports.memory && { memory: ports.memory }), hidden: await outOfSight(change, rules.attributes, repository) };
    const { asked, answers: seen, sight, sight: { gathered } } = await lookThoroughly(rules, glance, gathering, ports);
    const answers = withUnusableConfig(seen, brought);

    const weighing: Weighing = {
      change,
      rules,
      gate,
      ...(input.mode && { modeOverride: input.mode }),
      asked,
      answers,
      gathered,
      ranTests: input.run,
      limited: input.only !== undefined,
      solo: solo ?? false,
      records,
      ...(change.headKind !== "commit" && rules.waiverFiles.length > 0 && { author: await ports.whoAmI() }),
      now,
      verifier: ports.verifier,
    };
    const judgement = await weighChange(weighing);
    const preview = await previewConfig(judgement, weighing, brought, async (under) => {
      const { change: anew } = await described(under);
      return { change: anew, ...(await lookAt(anew, under, sight, repository)) };
    });
    const later = await laterFor(change, rules, sight, { repository, soloOf: (checks) => soloIfAsked(change, checks, rules, ports) });
    const document = writeDocument({
      change,
      judgement,
      gathered,
      ...(only && { only }),
      later: later.map(({ check, gate: next }) => `${check} at the ${next} gate`),
      warnings: [...warningsFrom(rules), ...(rules.stateTracked ? [] : ledgerNotes(ledger)), ...(preview === undefined ? [] : [preview])],
      policy: { digest: digestOf([rules.config.digest, judgement.policyDigest]), readFrom: resolved.base, origin: rules.config.origin.file },
      tookMs: ports.clock.ticks() - started,
    });
    const verdict = ports.secondHalf || gathered.fromFork ? applyReport(document, gathered.fromFork) : document;
    const entries = [...entriesOf(judgement, { base: change.base, head: change.head }), ...measuredFloors(answers, records, change.head, ancestors), ...flakeEntries(evidenceOf(gathered.evidence, "test-run"), flakes)];
    // A verdict that was interrupted half-way is nobody's verdict.
    if (ports.signal.aborted || rules.stateTracked) return { verdict, evidence: gathered.evidence };
    const unrecorded = await recorded(() => Promise.all([ports.ledger.append(entries, now), ports.remember(verdict)]));
    return { verdict: unrecorded === undefined ? verdict : { ...verdict, warnings: [...verdict.warnings, unrecorded] }, evidence: gathered.evidence };
  };

/** What the rules themselves could not use. */
const warningsFrom = ({ stateTracked, keys }: Rules): string[] => [
  ...(stateTracked ? [".proofline/ is committed: anybody could have written it, so it was not read and nothing was recorded; take it out with `git rm -r --cached .proofline`"] : []),
  ...keys.unreadable.map((key) => `${key.file} was ignored: ${key.because}`),
];

/** A verdict stands whether or not it could be written down; what could not be is said. */
async function recorded(record: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await record();
    return undefined;
  } catch (error) {
    if (!isProoflineError(error)) throw error;
    return `this verdict was not recorded: ${error.message}`;
  }
}

/** What the gathering of evidence is told beside the change itself. */
function gatheringFor(input: AssessInput, gate: GateName, change: Change, rules: Rules, { untrusted, env, whoAmI, repository }: AssessPorts) {
  return {
    input,
    gate,
    intent: rules.intent,
    budgetMs: input.budgetMs ?? rules.config.budgets[gate],
    floors: touchesFloor(rules.intent, change.files),
    declaredSetups: rules.config.tests,
    keys: rules.keys.keys,
    listed: rules.keys,
    solo: async () => untrusted === undefined && isSolo(await repository.contributors(change.base, 90), rules.config.agents),
    stateTracked: rules.stateTracked,
    stories: rules.stories || rules.config.workspace?.stories !== undefined,
    ...(rules.config.workspace && { workspace: rules.config.workspace }),
    journeys: rules.journeys,
    agents: rules.config.agents.flatMap((agent) => agent.accounts),
    origin: { people: rules.config.people, agents: rules.config.agents, ci: Boolean(env["CI"]), vouched: input.trust, whoAmI },
    ...(untrusted !== undefined && !input.trust && { untrusted }),
  };
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
    if (check.id === "coverage/surface-floor") return touchesFloor(rules.intent, change.files);
    return rules.policy.checks.get(check.id)?.effect !== "note";
  });
  return new Set(change.files.length === 0 ? [] : wanted.flatMap((check) => check.needs ?? []));
}

/** Only asked where it changes something: at gates that want approvals, and where waivers stand. A stranger's change is never the self's. */
async function soloIfAsked(change: Change, asked: readonly Check[], rules: Rules, { repository, untrusted, whoAmI }: AssessPorts): Promise<boolean | undefined> {
  const matters = rules.waiverFiles.length > 0 || asked.some((check) => check.needs?.includes("approvals"));
  if (!matters) return undefined;
  if (untrusted !== undefined) return false;
  const uncommitted = change.headKind === "commit" ? [] : [await whoAmI()].map((email) => ({ name: email, email }));
  return isOwnWork(await repository.contributors(change.base, 90), rules.config.agents, [...change.commits.map((commit) => commit.author), ...uncommitted]);
}
