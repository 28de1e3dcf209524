import type { Change, ChangeRequest, ChangeType, HeadKind, Repository, ResolvedChange } from "#change";
import { saysHang, type Proof, type TestExecutor, type TestId } from "#evidence";
import { flakesIn, type LedgerStore } from "#ledger";
import type { VerifySignature } from "#verdict";
import type { PolicySource } from "../config/policy-source.ts";
import { decideIsolation, type OriginSources } from "../assess-change/decide-isolation.ts";
import { readChange } from "../assess-change/read-change.ts";
import { readRules, type Rules } from "../assess-change/read-rules.ts";
import { resolveHead } from "../assess-change/resolve-head.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProgressSink } from "../ports/progress.ts";
import { noRunner, noSuchTestFile } from "./errors.ts";
import { noReportFound } from "../assess-change/errors.ts";
import { keysOnTarget } from "../travel-state/keys-on-target.ts";
import type { ProofRecords } from "../ports/proof-records.ts";
import type { ReportFiles } from "../ports/report-files.ts";
import { readHanded, takeOver, type HandedProof } from "./handed-proofs.ts";
import { overlaysOf, planProof, type ProofPlan } from "./plan-proof.ts";
import { proofDigest } from "./proof-digest.ts";
import { inputsOf } from "./proof-inputs.ts";
import { addressOf, recordOf, replayCommand, type ProofRecord } from "./proof-record.ts";
import { redContext } from "./red-context.ts";
import { runProof } from "./run-proof.ts";
import { versionMarks } from "./version-marks.ts";

export interface ProveInput {
  /** `FILE` or `FILE::NAME`; the tests the change touches when empty. */
  readonly tests: readonly string[];
  /** Revision without the change; where it leaves the target branch when absent. */
  readonly broken?: string;
  /** Revision the change leaves: the side without it is where their histories part. Instead of `broken`. */
  readonly since?: string;
  /** Revision with the change, or the working tree; as for `check` when absent. */
  readonly fixed?: ChangeRequest["head"];
  readonly type: ChangeType;
  /** Runs of what decides, a side. */
  readonly repeat: number;
  readonly budgetMs: number;
  /** Run the code of a head that is not the user's own. */
  readonly trust: boolean;
  /** Files with proofs made elsewhere: one that is signed by a trusted key and made from the same is taken over. */
  readonly evidence?: readonly string[];
}

export interface ProvePorts {
  readonly repository: Repository & { readonly bare: boolean; readonly root: string };
  readonly executor: TestExecutor;
  readonly records: ProofRecords;
  readonly reportFiles: ReportFiles;
  verifier(): Promise<VerifySignature>;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
  readonly policySource?: PolicySource;
  readonly ledger: Pick<LedgerStore, "read">;
  readonly ci: boolean;
  whoAmI(): Promise<string>;
  /** Why the head's code may not be executed; absent for code of the user's own. */
  readonly untrusted?: string;
}

/** A proof as evidence, and as it is printed. */
export interface Proved {
  readonly proof: Proof;
  readonly record: ProofRecord;
  readonly headKind: HeadKind;
  /** Where it was kept: `sha256:<hex>`. Absent where nothing was run. */
  readonly address?: string;
}

/** Runs tests of the fixed side on the broken side's source too and says what that proves. */
export const proveChange =
  (ports: ProvePorts) =>
  async (input: ProveInput): Promise<Proved> => {
    const started = ports.clock.ticks();
    const { repository } = ports;
    const { resolved, parted } = await betweenSides(input, repository);
    const { change, rules } = await describe(resolved, input.type, ports);
    const asked = input.tests.map(readTarget);
    const plan = asked.length > 0 ? await planFor(asked, change, repository) : await planProof(change, repository);
    const about = {
      fixedTree: change.headTree,
      replay: replayCommand({ asked: input.tests, broken: resolved.mergeBase, fixed: resolved.head, type: input.type, repeat: input.repeat }),
    };
    const finish = (proof: Proof, notes: readonly string[]): Proved => ({ proof, headKind: resolved.headKind, record: recordOf(proof, { ...about, notes: [...(proof.notes ?? []), ...notes, ...parted], tookMs: Math.round(ports.clock.ticks() - started) }) });
    if (plan.files.length === 0) return finish(nothingToRun(input.type, resolved, plan, "the change brings no test"), []);
    const setups = await ports.executor.detect(change.headTree, rules.config.tests);
    if (setups.every((setup) => setup.declare !== undefined)) throw noRunner({ fixed: resolved.headName });
    const inputs = await inputsOf({ change, asked: input.tests, repeat: input.repeat, setups, surroundings: ports.records.surroundings() }, repository);
    const { taken, reported } = takeOver(await handedIn(input, resolved.head, ports), { fixed: resolved.head, type: input.type, selection: plan.files, inputs });
    if (taken) return finish(taken, [`taken over from ${taken.origin}: nothing was run`]);
    const refused = reported.flatMap((one) => (one.notes ?? []).map((note) => `${one.origin} was ${note}`));
    const allowed = await decideIsolation(originOf(change, rules, input, ports), ports);
    if (allowed.notRun !== undefined) return finish(nothingToRun(input.type, resolved, plan, `nothing was run: ${allowed.notRun}`), []);
    const { records } = rules.stateTracked ? { records: [] } : await ports.ledger.read();
    const made = await runProof(
      {
        plan,
        type: input.type,
        aboutHang: saysHang(change.commits.map((commit) => commit.message)),
        broken: resolved.mergeBase,
        headTree: change.headTree,
        subject: resolved.head,
        headRuns: [],
        declaredSetups: rules.config.tests,
        ...(asked.some((target) => target.name !== undefined) && { wanted: (id) => asked.some((target) => isMeant(target, id)) }),
        red: await redContext(change, plan.files, repository),
        flakes: flakesIn(records, new Date(ports.clock.now()).toISOString()),
        repeat: input.repeat,
        budgetMs: input.budgetMs,
        isolation: allowed.isolation,
        signal: ports.signal,
        onProgress: (progress) => ports.progress.says(progress.says),
        ticks: () => ports.clock.ticks(),
      },
      ports,
    );
    const proof = made.proof ? { ...made.proof, inputs } : nothingToRun(input.type, resolved, plan, `${made.cut ?? "the runs said nothing"} before the tests had run on both sides`);
    const proved = finish(proof, [...refused, ...(made.cut !== undefined && made.proof ? [made.cut] : []), ...(allowed.says === undefined ? [] : [allowed.says])]);
    return proof.inputs === undefined || rules.stateTracked ? proved : kept(proved, ports.records);
  };

/** Keeps a proof under the name its bytes give it. */
async function kept(proved: Proved, records: ProofRecords): Promise<Proved> {
  await records.keep(proved);
  return { ...proved, address: addressOf(proved.record) };
}

/** The proofs the user points at. Keys count as the default branch lists them: `--broken` may be a commit of the very branch that is judged. */
async function handedIn({ evidence = [] }: ProveInput, commit: string, { repository, reportFiles, verifier, clock }: ProvePorts): Promise<readonly HandedProof[]> {
  if (evidence.length === 0) return [];
  const { files, unmatched } = await reportFiles.find(evidence, repository.root);
  if (unmatched.length > 0) throw noReportFound({ globs: unmatched });
  const trusting = { keys: await keysOnTarget(repository)(), verify: await verifier(), now: new Date(clock.now()).toISOString() };
  return (await Promise.all(files.map((file) => readHanded(new TextDecoder().decode(file.bytes), file.path, commit, trusting)))).flat();
}

/** What tells whose code it is, as for `check`. */
function originOf(change: Change, { config }: Rules, { trust }: ProveInput, { ci, whoAmI, untrusted }: ProvePorts): OriginSources {
  return { change, people: config.people, agents: config.agents, ci, vouched: trust, whoAmI, ...(untrusted !== undefined && !trust && { fork: untrusted }) };
}

/**
 * The two sides exactly as named: a proof speaks of these commits, not of where their histories part. A range names a change, and what came to the other
 * branch meanwhile is no part of it: tests that are red for that would prove what the change never did.
 */
async function betweenSides({ broken, since, fixed }: ProveInput, repository: ProvePorts["repository"]): Promise<{ readonly resolved: ResolvedChange; readonly parted: readonly string[] }> {
  const base = broken ?? since;
  const resolved = await resolveHead({ ...(base !== undefined && { base }), ...(fixed && { head: fixed }) }, repository, false);
  if (broken === undefined || resolved.mergeBase === resolved.base) return { resolved, parted: [] };
  const { headTree } = await repository.resolve({ base: broken, head: { kind: "commit", rev: resolved.base } });
  const parted = [`\`${broken}\` went on after the change left it: what came there since differs between the sides too`];
  return { resolved: { ...resolved, mergeBase: resolved.base, mergeBaseTree: headTree }, parted };
}

async function describe(resolved: ResolvedChange, type: ChangeType, { repository, policySource }: ProvePorts): Promise<{ readonly change: Change; readonly rules: Rules }> {
  const [diff, commits, rules] = await Promise.all([repository.diff(resolved), repository.commits(resolved), readRules(resolved, repository, policySource)]);
  const { change } = await readChange({ resolved, diff, history: { commits, past: [] }, rules, declaredType: type }, repository);
  return { change, rules };
}

interface Target {
  readonly file: string;
  readonly name?: string;
}

function readTarget(text: string): Target {
  const at = text.indexOf("::");
  const file = (at < 0 ? text : text.slice(0, at)).replace(/^\.\//, "");
  return at < 0 ? { file } : { file, name: text.slice(at + 2) };
}

/** A test is meant by its own name, by its whole title, or by a part of it. */
function isMeant({ file, name }: Target, id: TestId): boolean {
  if (id.file !== undefined && id.file !== file) return false;
  if (name === undefined || id.name === name) return true;
  return [" ", " > ", " › ", "::"].some((between) => [...id.suite, id.name].join(between).includes(name));
}

/** The named files run, and the head's whole test side comes along: helpers and fixtures belong to it. */
async function planFor(targets: readonly Target[], change: Change, repository: Pick<Repository, "readFiles">): Promise<ProofPlan> {
  const files = [...new Set(targets.map((target) => target.file))].sort();
  const there = await repository.readFiles(change.headTree, files);
  const missing = files.find((file) => !there.has(file));
  if (missing !== undefined) throw noSuchTestFile({ file: missing, fixed: change.headName });
  const { overlay, surroundings } = overlaysOf(change);
  return { files, overlay: [...new Set([...overlay, ...files, ...versionMarks(change)])].sort(), surroundings };
}

/** A record is owed even where nothing could be run. */
function nothingToRun(type: ChangeType, resolved: ResolvedChange, plan: ProofPlan, because: string): Proof {
  const calm = type === "docs" || type === "chore";
  const facts = { outcome: calm ? ("not owed" as const) : ("not proven" as const), broken: resolved.mergeBase, selection: plan.files };
  return {
    kind: "proof",
    source: "ran",
    subject: resolved.head,
    digest: proofDigest({ ...facts, subject: resolved.head, changeType: type, brokenTree: resolved.mergeBaseTree, tests: [] }),
    origin: "nothing was run",
    changeType: type,
    ...facts,
    because: calm ? `a change of type ${type} owes no proof` : because,
    tests: [],
    brokenTree: resolved.mergeBaseTree,
    headSurroundings: false,
    repeats: 0,
    isolation: "nothing was run",
  };
}
