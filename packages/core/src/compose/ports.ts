import { join } from "node:path";
import { checkoutFiles, reportFiles } from "../adapters/files/index.ts";
import { answerMemory, codeMemory, ledgerFile, mutationMemory, proofStore, rememberHistory, sealedFiles } from "../adapters/store/index.ts";
import type { TestExecutor } from "#evidence";
import { DEFAULT_INPUT, addressOf, assessChange, attestRecord, forgeApprovals, noApprovals, noCodeMemory, noMemory, noMutationMemory, recordText, recordVerdict, showCoverage, silentProgress, type AssessPorts, type CoverageInput, type CoverageReport, type InitPorts, type ProofRecords, type ProvePorts, type TravellingLedger } from "#operations";
import type { Executor } from "./executor.ts";
import type { ForgeAtHand } from "./forge.ts";
import { journeyTracer } from "./journeys.ts";
import { lazyPolicies, lazyReports, lazySecrets, lazySyntax } from "./lazy.ts";
import { clock, machine, openKey, userCache, type OpenRequest, type Opened } from "./opened.ts";
import { qaReader } from "./qa.ts";
import { changeTracer, traceLinks } from "./stories.ts";

export async function assessPorts({ env, progress, signal, build }: OpenRequest, repository: Opened, executor: Executor, forge: ForgeAtHand, secondHalf: boolean): Promise<AssessPorts & { readonly records: ProofRecords }> {
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
    journeys: journeyTracer({ env, ...(build !== undefined && { build }) }, repository),
    qa: qaReader(repository, traceLinks({ env, ...(build !== undefined && { build }) }, repository)),
    mutants: { runner: executor, memory: rememberMutants({ env, build }, repository) },
    syntax: lazySyntax,
    approvals: forge?.context.token === undefined ? noApprovals : forgeApprovals(await forge.open(), forge.context),
    clock,
    progress,
    signal,
    ledger: ledgerHere(repository),
    remember: (verdict) => recordVerdict(checkoutFiles(repository.root), verdict),
    verifier: async () => (await import("../adapters/signing/index.ts")).verifySignature,
    policySource: lazyPolicies(repository, env),
    env,
    whoAmI: async () => (await machine()).committer(repository.root),
    ...(secondHalf && { secondHalf }),
    ...(forge?.context.fork && { untrusted: "the head comes from a fork, whose code is not run here without --trust" }),
  };
}

/** What became of mutants, beside the other facts; nothing is kept where the program does not know its own version. */
export const rememberMutants = ({ env, build }: { readonly env: OpenRequest["env"]; readonly build?: string | undefined }, { root, bare }: Opened) =>
  build === undefined || bare ? noMutationMemory : mutationMemory(sealedFiles({ folder: join(root, ".proofline", "cache", "mutants"), keyFile: join(userCache(env), "runs.key"), most: 50, largest: 8_000_000 }), build);

/** What was found out about code: one large file of facts about blobs, and answers about a few changes. */
const codeFiles = ({ root }: Opened, env: OpenRequest["env"]) => sealedFiles({ folder: join(root, ".proofline", "cache", "code"), keyFile: join(userCache(env), "runs.key"), most: 40, largest: 64_000_000 });

/** What selecting needs of the same ports. */
export function codePorts({ env }: OpenRequest, { repository, executor, code: own = noCodeMemory, policySource }: AssessPorts, travelled?: TravellingLedger) {
  return { repository, executor, code: travelled?.code(own) ?? own, ci: Boolean(env["CI"]), ...(policySource && { policySource }) };
}

/** Coverage by the same ports; what was recorded and measured is handed on to later runners as a verdict is. */
export async function coverageHere(request: OpenRequest, ports: AssessPorts & { readonly records: ProofRecords }, travelled: TravellingLedger | undefined, input: CoverageInput): Promise<CoverageReport> {
  const report = await showCoverage({ ...provePorts(request, ports, ports.executor), reports: ports.reports, ledger: travelled?.ledger ?? ports.ledger, ...codePorts(request, ports, travelled) })(input);
  const failed = await travelled?.save();
  return failed === undefined ? report : { ...report, notes: [...report.notes, failed] };
}

/** What proving needs of the same ports. */
export function provePorts({ env }: OpenRequest, ports: AssessPorts & { readonly records: ProofRecords }, executor: TestExecutor): ProvePorts {
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

/** `init` replays with the same spine, but leaves no trace. */
export function initPorts({ progress }: OpenRequest, repository: Opened, executor: Executor, ports: AssessPorts): InitPorts {
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

/** What was recorded in this checkout. */
export const ledgerHere = ({ root }: { readonly root: string }) => ledgerFile(join(root, ".proofline"));
