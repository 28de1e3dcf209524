import { digestOf } from "#kernel";
import type { Change, ChangeRequest, ChangeType, HeadKind, Repository, ResolvedChange } from "#change";
import { saysHang, type Proof, type TestExecutor, type TestId } from "#evidence";
import { flakesIn, type LedgerStore } from "#ledger";
import type { PolicySource } from "../config/policy-source.ts";
import { decideIsolation, type OriginSources } from "../assess-change/decide-isolation.ts";
import { readChange } from "../assess-change/read-change.ts";
import { readRules, type Rules } from "../assess-change/read-rules.ts";
import { resolveHead } from "../assess-change/resolve-head.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProgressSink } from "../ports/progress.ts";
import { noRunner, noSuchTestFile } from "./errors.ts";
import { overlaysOf, planProof, type ProofPlan } from "./plan-proof.ts";
import { recordOf, type ProofRecord } from "./proof-record.ts";
import { redContext } from "./red-context.ts";
import { runProof } from "./run-proof.ts";

export interface ProveInput {
  /** `FILE` or `FILE::NAME`; the tests the change touches when empty. */
  readonly tests: readonly string[];
  /** Revision without the change; where it leaves the target branch when absent. */
  readonly broken?: string;
  /** Revision with the change, or the working tree; as for `check` when absent. */
  readonly fixed?: ChangeRequest["head"];
  readonly type: ChangeType;
  /** Runs of what decides, a side. */
  readonly repeat: number;
  readonly budgetMs: number;
  /** Run the code of a head that is not the user's own. */
  readonly trust: boolean;
}

export interface ProvePorts {
  readonly repository: Repository & { readonly bare: boolean };
  readonly executor: TestExecutor;
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
}

/** Runs tests of the fixed side on the broken side's source too and says what that proves. */
export const proveChange =
  (ports: ProvePorts) =>
  async (input: ProveInput): Promise<Proved> => {
    const started = ports.clock.ticks();
    const { repository } = ports;
    const resolved = await betweenSides(input, repository);
    const { change, rules } = await describe(resolved, input.type, ports);
    const asked = input.tests.map(readTarget);
    const plan = asked.length > 0 ? await planFor(asked, change, repository) : await planProof(change, repository);
    const about = {
      fixed: resolved.head,
      fixedTree: change.headTree,
      replay: replayOf(input, resolved),
    };
    const finish = (proof: Proof, notes: readonly string[]): Proved => ({ proof, headKind: resolved.headKind, record: recordOf(proof, { ...about, notes, tookMs: Math.round(ports.clock.ticks() - started) }) });
    if (plan.files.length === 0) return finish(nothingToRun(input.type, resolved, plan, "the change brings no test"), []);
    const setups = await ports.executor.detect(change.headTree, rules.config.tests);
    if (setups.every((setup) => setup.declare !== undefined)) throw noRunner({ fixed: resolved.headName });
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
    const proof = made.proof ?? nothingToRun(input.type, resolved, plan, `${made.cut ?? "the runs said nothing"} before the tests had run on both sides`);
    return finish(proof, [...(made.cut !== undefined && made.proof ? [made.cut] : []), ...(allowed.says === undefined ? [] : [allowed.says])]);
  };

/** What tells whose code it is, as for `check`. */
function originOf(change: Change, { config }: Rules, { trust }: ProveInput, { ci, whoAmI, untrusted }: ProvePorts): OriginSources {
  return { change, people: config.people, agents: config.agents, ci, vouched: trust, whoAmI, ...(untrusted !== undefined && !trust && { fork: untrusted }) };
}

/** The two sides exactly as named: a proof speaks of these commits, not of where their histories part. */
async function betweenSides({ broken, fixed }: ProveInput, repository: ProvePorts["repository"]): Promise<ResolvedChange> {
  const resolved = await resolveHead({ ...(broken !== undefined && { base: broken }), ...(fixed && { head: fixed }) }, repository, false);
  if (broken === undefined || resolved.mergeBase === resolved.base) return resolved;
  const { headTree } = await repository.resolve({ base: broken, head: { kind: "commit", rev: resolved.base } });
  return { ...resolved, mergeBase: resolved.base, mergeBaseTree: headTree };
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
  return { files, overlay: [...new Set([...overlay, ...files])].sort(), surroundings };
}

/** A record is owed even where nothing could be run. */
function nothingToRun(type: ChangeType, resolved: ResolvedChange, plan: ProofPlan, because: string): Proof {
  const calm = type === "docs" || type === "chore";
  const facts = { outcome: calm ? ("not owed" as const) : ("not proven" as const), broken: resolved.mergeBase, selection: plan.files };
  return {
    kind: "proof",
    source: "ran",
    subject: resolved.head,
    digest: digestOf({ ...facts, because }),
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

function replayOf({ tests, type, repeat }: ProveInput, resolved: ResolvedChange): string {
  const named = tests.map((test) => ` --test ${/^[\w./:@+-]+$/.test(test) ? test : `'${test.replace(/'/g, `'\\''`)}'`}`).join("");
  return `proofline prove${named} --broken ${resolved.mergeBase} --fixed ${resolved.head}${type === "fix" ? "" : ` --type ${type}`}${repeat === 3 ? "" : ` --repeat ${repeat}`}`;
}
