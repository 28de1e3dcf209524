import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkoutFiles, reportFiles } from "./adapters/files/index.ts";
import { foreignGit, openRepository } from "./adapters/git/index.ts";
import { answerMemory, codeMemory, ledgerFile, mutationMemory, proofStore, rememberHistory, runStore, sealedFiles, traceMemory } from "./adapters/store/index.ts";
import { storyLibrary } from "#intent";
import type { SyntaxReader } from "#change";
import { traceLibrary, type MutationRunner, type ReportReader, type SecretScanner, type TestExecutor } from "#evidence";
import { renderPublicKey } from "#verdict";
import {
  addressOf,
  assessChange,
  attestProof,
  attestRecord,
  attestVerdict,
  blastRadius,
  DEFAULT_INPUT,
  diagnoseLedger,
  doctor,
  explainCheck,
  forgeApprovals,
  initRepository,
  keysOnTarget,
  mutateChange,
  noApprovals,
  noCodeMemory,
  noMemory,
  noMutationMemory,
  promotionDue,
  proveChange,
  publishVerdict,
  recordText,
  replayProof,
  recordVerdict,
  select,
  showCoverage,
  showPolicy,
  trackRecords,
  travelState,
  undoInit,
  verifyEvidence,
  waiveFinding,
  writeBaseline,
  silentProgress,
  type AssessPorts,
  type ChangeTracer,
  type Clock,
  type CoverageInput,
  type CoverageReport,
  type ExplainedCheck,
  type InitPorts,
  type Operations,
  type PolicySource,
  type ProofRecords,
  type ProvePorts,
  type Stories,
  type ProgressSink,
  type TracePorts,
  type TraceReaders,
  type TrackPorts,
  type TravellingLedger,
} from "#operations";

export interface OpenRequest {
  /** Any folder inside the repository. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
  /** What tells this very program from every other build of it. Without it no answer is kept for the next time. */
  readonly build?: string;
}

type Opened = Awaited<ReturnType<typeof openRepository>>;

/** The machine's clock: the only place where time enters. */
const clock: Clock = { now: () => Date.now(), ticks: () => Number(process.hrtime.bigint()) / 1e6 };

/** Opens a repository and wires the adapters. What only some commands or changes need is loaded when it is first used. */
export async function openOperations(request: OpenRequest): Promise<Operations> {
  const { env, progress, signal } = request;
  const repository = await openRepository(request.dir, { ci: Boolean(env["CI"]), env });
  const executor = lazyExecutor(repository, env);
  const forge = await forgeAtHand(repository.root, env);
  const bound = forge && (await boundChange(forge));
  const ports = await assessPorts(request, repository, executor, forge, bound !== undefined);
  const checkout = checkoutFiles(repository.root);
  const policies = lazyPolicies(repository, env);
  const travelling = travellingState(request, repository, forge, ports);
  const tracked = async (base?: string): Promise<TrackPorts> => ({ repository, ledger: (await travelling(base))?.ledger ?? ports.ledger, clock, source: policies });
  return {
    progress,
    signal,
    assessChange: async (input) => {
      const base = input.base ?? bound?.base;
      // In CI the checkout may stand on a merge the forge made: what is judged, approved and posted on is the pull request's own head.
      const head = input.head ?? (forge?.context.headSha === undefined ? undefined : ({ kind: "commit", rev: forge.context.headSha } as const));
      const asked = { ...input, ...(base !== undefined && { base }), ...(head && { head }) };
      const travelled = await travelling(base);
      return travelled === undefined ? assessChange(ports)(asked) : travelled.settle(await assessChange({ ...ports, ledger: travelled.ledger, ...(ports.code && { code: travelled.code(ports.code) }) })(asked));
    },
    select: async (input) => select(codePorts(request, ports, await travelling(input.base)))(input),
    showCoverage: async (input) => coverageHere(request, ports, await travelling(input.base), input),
    blastRadius: (input) => blastRadius(codePorts(request, ports))(input),
    attestProof: (proved, keyFile) => attestProof({ openKey })(proved, keyFile),
    proveChange: (input) => proveChange(provePorts(request, ports, ports.executor))(input),
    mutateChange: (input) => mutateChange({ ...provePorts(request, ports, executor), mutation: executor, memory: rememberMutants(request, repository) })(input),
    traceStories: async (input) => (await import("./operations/stories/trace-stories.ts")).traceStories(tracePorts(request, repository, ports))(input),
    replayProof: async (input) => {
      // From scratch: what an earlier run said is not asked.
      const fresh = lazyExecutor(repository, env, { remember: false });
      return replayProof(provePorts(request, ports, fresh))(input).finally(() => fresh.close());
    },
    attestVerdict: (assessed, asked) => attestVerdict({ clock, repository, openKey, repositoryUri: async () => (await machine()).repositoryUri(repository.root) })(assessed, asked),
    writeBaseline: (assessed) => writeBaseline({ repository, checkout, clock })(assessed),
    verifyEvidence: async (input) => verifyEvidence({ repository, verify: await ports.verifier(), clock, source: policies })(input),
    initRepository: (input) => initRepository(initPorts(request, repository, executor, ports))(input),
    undoInit: () => undoInit({ checkout })(),
    doctor: async () => {
      const { examine, inScratchRepository } = await machine();
      return doctor({ examine: async () => [...(await examine(repository, executor, env)), ...(await diagnoseLedger(ports.ledger, tracked)())], fireCanary: () => inScratchRepository((dir) => judgeScratch(dir, request)) })();
    },
    showPolicy: async (input) => ({ ...(await showPolicy(repository, clock, policies)(input)), ...(await trackRecords(await tracked(input.base))(input.base)) }),
    promotionDue: async () => (env["CI"] || repository.bare ? undefined : promotionDue({ ...(await tracked()), checkout })()),
    publishVerdict: async (kind, verdict, words) => {
      const { noForge } = await import("./adapters/forges/index.ts");
      if (forge?.context.kind !== kind) throw noForge({ wanted: kind, missing: kind === "github" ? "GITHUB_ACTIONS" : "GITLAB_CI" });
      return publishVerdict(await forge.open(), forge.context)(verdict, words);
    },
    makeKey: (wanted) => makeKey(repository.root, wanted),
    waiveFinding: (input) => waiveFinding({ repository, checkout, clock, policySource: policies, openKey, person: ports.whoAmI })(input),
    close: async () => {
      await executor.close();
      await repository.close();
    },
  };
}

/** Stories of a checkout: a light door, since nothing else of a repository is needed to read and write them. */
export async function storiesHere({ dir, env }: Pick<OpenRequest, "dir" | "env">): Promise<Stories> {
  const [{ openStories }, { storyFolders, yamlParser }, library] = await Promise.all([import("./operations/stories/stories.ts"), import("./adapters/stories/index.ts"), storyLibrary()]);
  const repository = await openRepository(dir, { ci: Boolean(env["CI"]), env });
  await repository.close();
  return openStories({ folders: storyFolders(repository.root), checkout: checkoutFiles(repository.root), library, yaml: yamlParser });
}

/** Explains a check anywhere: where there is a repository by its policy, else by the defaults. */
export const explainHere = ({ dir, env }: Pick<OpenRequest, "dir" | "env">, id: string): Promise<ExplainedCheck> =>
  explainCheck(async () => {
    const repository = await openRepository(dir, { ci: Boolean(env["CI"]), env });
    return { repository, source: lazyPolicies(repository, env), close: () => repository.close() };
  })(id);

type Executor = ReturnType<typeof lazyExecutor>;
type ForgeAtHand = Awaited<ReturnType<typeof forgeAtHand>>;

const machine = () => import("./adapters/machine/index.ts");

async function assessPorts({ env, progress, signal, build }: OpenRequest, repository: Opened, executor: Executor, forge: ForgeAtHand, secondHalf: boolean): Promise<AssessPorts & { readonly records: ProofRecords }> {
  const facts = sealedFiles({ folder: join(repository.root, ".proofline", "cache", "facts"), keyFile: join(userCache(env), "runs.key"), most: 100, largest: 4_000_000 });
  return {
    records: proofRecords(repository, env),
    repository: repository.bare ? repository : rememberHistory(repository, facts),
    ...(build !== undefined && !repository.bare && { memory: answerMemory(facts, build), code: codeMemory(codeFiles(repository, env), build) }),
    reports: lazyReports,
    reportFiles,
    secrets: lazySecrets(repository.root),
    executor,
    stories: changeTracer({ env, ...(build !== undefined && { build }) }, repository),
    mutants: { runner: executor, memory: rememberMutants({ env, build }, repository) },
    syntax: lazySyntax,
    approvals: forge?.context.token === undefined ? noApprovals : forgeApprovals(await forge.open(), forge.context),
    clock,
    progress,
    signal,
    ledger: ledgerFile(join(repository.root, ".proofline")),
    remember: (verdict) => recordVerdict(checkoutFiles(repository.root), verdict),
    verifier: async () => (await import("./adapters/signing/index.ts")).verifySignature,
    policySource: lazyPolicies(repository, env),
    env,
    whoAmI: async () => (await machine()).committer(repository.root),
    ...(secondHalf && { secondHalf }),
    ...(forge?.context.fork && { untrusted: "the head comes from a fork, whose code is not run here without --trust" }),
  };
}

/** What became of mutants, beside the other facts; nothing is kept where the program does not know its own version. */
const rememberMutants = ({ env, build }: { readonly env: OpenRequest["env"]; readonly build?: string | undefined }, { root, bare }: Opened) =>
  build === undefined || bare ? noMutationMemory : mutationMemory(sealedFiles({ folder: join(root, ".proofline", "cache", "mutants"), keyFile: join(userCache(env), "runs.key"), most: 50, largest: 8_000_000 }), build);

/** What was found out about code: one large file of facts about blobs, and answers about a few changes. */
const codeFiles = ({ root }: Opened, env: OpenRequest["env"]) => sealedFiles({ folder: join(root, ".proofline", "cache", "code"), keyFile: join(userCache(env), "runs.key"), most: 40, largest: 64_000_000 });

/** What selecting needs of the same ports. */
function codePorts({ env }: OpenRequest, { repository, executor, code: own = noCodeMemory, policySource }: AssessPorts, travelled?: TravellingLedger) {
  return { repository, executor, code: travelled?.code(own) ?? own, ci: Boolean(env["CI"]), ...(policySource && { policySource }) };
}

/** What a change does to stories; nothing of it is loaded before a change concerns them. */
function changeTracer(request: Pick<OpenRequest, "env" | "build">, repository: Opened): ChangeTracer {
  const { links, outcomes } = keptForTraces(request, repository);
  return {
    trace: async (change) => (await import("./operations/stories/trace-change.ts")).traceChange(change, { repository, links, readers: traceReaders }),
    keep: outcomes.keepOutcomes,
  };
}

const keptForTraces = ({ env, build }: Pick<OpenRequest, "env" | "build">, { root, bare }: Pick<Opened, "root" | "bare">) => traceMemory({ root, bare, keyFile: join(userCache(env), "runs.key"), build });

/** What tracing stories needs of the same ports. */
function tracePorts(request: OpenRequest, repository: Opened, ports: AssessPorts): TracePorts {
  const { env } = request;
  const open: TracePorts["siblings"]["open"] = async (at) => {
    const { gitSiblings } = await import("./adapters/trace/index.ts");
    return gitSiblings({ root: repository.root, cacheFolder: userCache(env), git: foreignGit(env), open: (folder) => openRepository(folder, { env }), outcomesOf: (other) => keptForTraces(request, other).outcomes }).open(at);
  };
  return { ...ports, ...keptForTraces(request, repository), repository, ci: Boolean(env["CI"]), siblings: { open }, readers: traceReaders };
}

const traceReaders = async (): Promise<TraceReaders> => {
  const [stories, trace, { yamlParser }] = await Promise.all([storyLibrary(), traceLibrary(), import("./adapters/stories/index.ts")]);
  return { stories, trace, yaml: yamlParser, syntax: lazySyntax };
};

/** Coverage by the same ports; what was recorded and measured is handed on to later runners as a verdict is. */
async function coverageHere(request: OpenRequest, ports: AssessPorts & { readonly records: ProofRecords }, travelled: TravellingLedger | undefined, input: CoverageInput): Promise<CoverageReport> {
  const report = await showCoverage({ ...provePorts(request, ports, ports.executor), reports: ports.reports, ledger: travelled?.ledger ?? ports.ledger, ...codePorts(request, ports, travelled) })(input);
  const failed = await travelled?.save();
  return failed === undefined ? report : { ...report, notes: [...report.notes, failed] };
}

/** What proving needs of the same ports. */
function provePorts({ env }: OpenRequest, ports: AssessPorts & { readonly records: ProofRecords }, executor: TestExecutor): ProvePorts {
  const { repository, clock: watch, progress, signal, ledger, records, reportFiles: files, verifier, whoAmI, policySource, untrusted } = ports;
  return { repository, executor, clock: watch, progress, signal, ledger, records, reportFiles: files, verifier, whoAmI, ci: Boolean(env["CI"]), ...(policySource && { policySource }), ...(untrusted !== undefined && { untrusted }) };
}

/** Proofs under `.proofline/proofs/`, signed where the environment names a key. A bare repository has no place of ours. */
function proofRecords(repository: Opened, env: OpenRequest["env"]): ProofRecords {
  const store = proofStore({ folder: join(repository.root, ".proofline", "proofs") });
  const keyFile = env["PROOFLINE_KEY_FILE"];
  return {
    surroundings: () => ({ node: process.version, system: `${process.platform} ${process.arch}`, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, language: env["LC_ALL"] || env["LANG"] || "C.UTF-8" }),
    keep: async (made) => {
      if (repository.bare) return;
      const signed = keyFile && made.headKind === "commit" ? await attestRecord({ openKey })(made, keyFile).catch(() => undefined) : undefined;
      await store.keep(addressOf(made.record).slice("sha256:".length), recordText(made.record), signed).catch(() => undefined);
    },
    find: async (digits) => {
      const found = await store.find(digits);
      return found && { text: found.text, address: `sha256:${found.hex}` };
    },
  };
}

/** The ledger joined with the state of earlier runs, where the job says where that is kept. */
function travellingState({ env }: OpenRequest, repository: Opened, forge: ForgeAtHand, { ledger, verifier }: AssessPorts) {
  return async (base: string | undefined): Promise<TravellingLedger | undefined> => {
    const place = env["PROOFLINE_STATE"];
    if (!place) return undefined;
    const { openState } = await import("./adapters/state/index.ts");
    const keyFile = env["PROOFLINE_KEY_FILE"];
    const login = forge && loginFor(forge.context);
    const state = await openState({
      root: repository.root,
      env,
      place,
      ...(forge?.eventJson !== undefined && { eventJson: forge.eventJson }),
      ...(login && { login }),
      ...(keyFile && { signer: await openKey(keyFile) }),
      keysFromTargetBranch: await keysOnTarget(repository)(base),
      verifySignature: await verifier(),
      now: new Date(clock.now()).toISOString(),
    });
    return travelState({ ledger, ...state });
  };
}

/** How the job's token is sent to its own server by Git; GitLab's jobs bring theirs in the remote's address. */
function loginFor({ kind, token, tokenKind, serverUrl }: NonNullable<ForgeAtHand>["context"]) {
  if (token === undefined || serverUrl === undefined || tokenKind === "job") return undefined;
  return { serverUrl, token, user: kind === "github" ? "x-access-token" : "oauth2" };
}

/** `init` replays with the same spine, but leaves no trace. */
function initPorts({ progress }: OpenRequest, repository: Opened, executor: Executor, ports: AssessPorts): InitPorts {
  const judge = assessChange({ ...ports, repository, memory: noMemory, progress: silentProgress, ledger: { read: () => ports.ledger.read(), append: () => Promise.resolve() }, remember: () => Promise.resolve() });
  return {
    checkout: checkoutFiles(repository.root),
    ...(repository.bare && { bare: repository.root }),
    progress,
    detect: async () => (await machine()).detectRepository(repository, executor),
    landings: (count) => repository.landings("HEAD", count),
    judge: async (landing) => (await judge({ ...DEFAULT_INPUT, base: landing.parents[0] ?? landing.id, head: { kind: "commit", rev: landing.id }, gate: "local", run: false })).verdict,
    pipelineFiles: async (ci) => (await machine()).pipelineFiles(ci),
  };
}

async function makeKey(root: string, { principal, privateFile }: { readonly principal: string; readonly privateFile: string }) {
  const { writeKeyPair } = await import("./adapters/signing/index.ts");
  const renderPublic = (pem: string): string => renderPublicKey({ principal, kind: "person", role: "owner", teams: [], emails: [], pem });
  return writeKeyPair({ root, privateFile, publicFile: `${principal.replace(/^@/, "").replace(/[^\w.-]+/g, "-")}.pem`, renderPublic });
}

/** What templates/ci/gitlab.yml declares as the job's report. */
const GITLAB_REPORT = "gl-code-quality-report.json";

/** The forge a CI job runs for; nothing is loaded outside of CI. */
async function forgeAtHand(root: string, env: OpenRequest["env"]) {
  if (!env["GITHUB_ACTIONS"] && !env["GITLAB_CI"]) return undefined;
  const { detectForge, openForge } = await import("./adapters/forges/index.ts");
  const eventFile = env["GITHUB_EVENT_PATH"];
  const event = eventFile === undefined ? undefined : await readFile(eventFile, "utf8").catch(() => undefined);
  const context = detectForge(env, event);
  return context && { context, ...(event !== undefined && { eventJson: event }), open: () => openForge(context, { savePostingTo: join(root, ".proofline", "posting.json"), ...(context.kind === "gitlab" && { reports: { codeQuality: join(root, GITLAB_REPORT) } }) }) };
}

/** The same wiring on a scratch repository: what `doctor` fires. */
async function judgeScratch(dir: string, request: OpenRequest) {
  // What is tried out there is nobody's history.
  const scratch = await openOperations({ ...request, dir, env: { ...request.env, PROOFLINE_STATE: undefined } });
  try {
    return (await scratch.assessChange({ ...DEFAULT_INPUT, head: { kind: "worktree" }, base: "HEAD", gate: "local", run: false })).verdict;
  } finally {
    await scratch.close();
  }
}

/** In the trusted half of a fork's check: which change it is about, told by the forge. */
async function boundChange(forge: NonNullable<Awaited<ReturnType<typeof forgeAtHand>>>) {
  if (forge.context.event !== "workflow_run") return undefined;
  const found = await (await forge.open()).bind();
  return { ...found, base: forge.context.targetBranch === undefined ? undefined : `origin/${forge.context.targetBranch}` };
}

/** Where fetched policies are kept: never inside the checkout, where the change that is judged could have put them. */
const userCache = (env: OpenRequest["env"]): string => join(env["XDG_CACHE_HOME"] || join(env["HOME"] || tmpdir(), ".cache"), "proofline");

const lazyPolicies = ({ root }: Opened, env: OpenRequest["env"]): PolicySource => ({
  read: async (ref) => {
    const { gitPolicySource } = await import("./adapters/policies/index.ts");
    return gitPolicySource({ root, cacheFolder: userCache(env), git: foreignGit(env) }).read(ref);
  },
});

const openKey = async (file: string) => (await import("./adapters/signing/index.ts")).openKeyFile(file);

const lazyReports: ReportReader = {
  read: async (file, context) => (await import("./adapters/formats/index.ts")).createReportReader().read(file, context),
};

const lazySyntax: SyntaxReader = {
  read: async (path, text) => (await import("./adapters/syntax/index.ts")).syntaxReader.read(path, text),
};

const lazySecrets = (root: string): SecretScanner => ({
  scan: async (lines, subject, base) => {
    const { makeSecretScanner, textsInTree } = await import("./adapters/secrets/index.ts");
    return makeSecretScanner(textsInTree(root)).scan(lines, subject, base);
  },
});

/** Runs tests as they are, and with faults in what they test; both in trees of the same session. */
type OwnExecutor = TestExecutor & MutationRunner & { close(): Promise<void> };

/** Nothing is started, and no folder is made, before the first test is wanted. */
function lazyExecutor(repository: Opened, env: OpenRequest["env"], how = { remember: true }): OwnExecutor {
  let opened: Promise<OwnExecutor> | undefined;
  const executor = () => (opened ??= openExecutor(repository, env, how));
  return {
    detect: async (tree, declared) => (await executor()).detect(tree, declared),
    run: async (setups, request) => (await executor()).run(setups, request),
    mutate: async (setups, request) => (await executor()).mutate(setups, request),
    isolation: async (level) => (await (await executor()).isolation?.(level)) ?? { achieved: false, says: "nobody here can tell" },
    close: async () => (await opened)?.close(),
  };
}

async function openExecutor(repository: Opened, env: OpenRequest["env"], { remember }: { readonly remember: boolean }): Promise<OwnExecutor> {
  const [{ launch, onBenches, projectTestExecutor, rememberRuns }, { openWorkspaces }] = await Promise.all([import("./adapters/runners/index.ts"), import("./adapters/workspaces/index.ts")]);
  const workspaces = openWorkspaces({
    repository: repository.root,
    ...(repository.bare ? {} : { checkout: repository.root, cacheFolder: join(repository.root, ".proofline", "cache") }),
    objectDirectories: repository.objectDirectories(),
    launch,
  });
  const own = projectTestExecutor({ repository, workspaces, reports: lazyReports, hidden: [repository.root] });
  const store = runStore({ folder: join(repository.root, ".proofline", "cache", "runs"), keyFile: join(userCache(env), "runs.key") });
  const executor = repository.bare || !remember ? own : rememberRuns({ executor: own, store, checkout: repository.root, env });
  const read = async (tree: string, path: string) => (await repository.readFiles(tree, [path])).get(path)?.text;
  const mutate: MutationRunner["mutate"] = async (setups, request) => {
    const { projectMutationRunner } = await import("./adapters/mutation/index.ts");
    return projectMutationRunner({ repository, onBenches: (some, asked, work) => onBenches({ workspaces, read, hidden: [repository.root] }, some, asked, work) }).mutate(setups, request);
  };
  return { ...executor, mutate, close: () => workspaces.close() };
}
