import { checkoutFiles } from "./adapters/files/index.ts";
import { openRepository } from "./adapters/git/index.ts";
import { DEFAULT_INPUT, assessChange, attestProof, attestVerdict, blastRadius, diagnoseLedger, doctor, explainCheck, initRepository, mutateChange, promotionDue, proveChange, publishVerdict, replayProof, select, showPolicy, trackRecords, undoInit, verifyEvidence, waiveFinding, writeBaseline, type ExplainedCheck, type Operations, type TrackPorts } from "#operations";
import { renderPublicKey } from "#verdict";
import { lazyExecutor } from "./compose/executor.ts";
import { boundChange, forgeAtHand, travellingState } from "./compose/forge.ts";
import { journeysHere } from "./compose/journeys.ts";
import { lazyPolicies } from "./compose/lazy.ts";
import { clock, machine, openKey, type OpenRequest } from "./compose/opened.ts";
import { assessPorts, codePorts, coverageHere, initPorts, ledgerHere, provePorts, rememberMutants } from "./compose/ports.ts";
import { qaPorts } from "./compose/qa.ts";
import { storyOperations, traceLinks, tracePorts } from "./compose/stories.ts";

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
    ...storyOperations(request, repository, ports),
    listQa: async (input) => (await import("./operations/qa/list-qa.ts")).listQa(qaPorts(request, repository, traceLinks(request, repository), ports))(input),
    recordQa: async (input) => (await import("./operations/qa/record-qa.ts")).recordQa(qaPorts(request, repository, traceLinks(request, repository), ports))(input),
    planStory: async (input) => (await import("./operations/stories/plan/plan-story.ts")).planStory({ ...tracePorts(request, repository, ports), checkout, ...(ports.code && { code: ports.code }) })(input),
    runJourneys: (input) => journeysHere(request, repository, ports, input),
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

/** Explains a check anywhere: where there is a repository by its policy, else by the defaults. */
export const explainHere = ({ dir, env }: Pick<OpenRequest, "dir" | "env">, id: string): Promise<ExplainedCheck> =>
  explainCheck(async () => {
    const repository = await openRepository(dir, { ci: Boolean(env["CI"]), env });
    return { repository, source: lazyPolicies(repository, env), ledger: ledgerHere(repository), close: () => repository.close() };
  })(id);

async function makeKey(root: string, { principal, privateFile }: { readonly principal: string; readonly privateFile: string }) {
  const { writeKeyPair } = await import("./adapters/signing/index.ts");
  const renderPublic = (pem: string): string => renderPublicKey({ principal, kind: "person", role: "owner", teams: [], emails: [], pem });
  return writeKeyPair({ root, privateFile, publicFile: `${principal.replace(/^@/, "").replace(/[^\w.-]+/g, "-")}.pem`, renderPublic });
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
export { storiesHere, storyPastHere, type StoryPast } from "./compose/stories.ts";
export type { OpenRequest } from "./compose/opened.ts";
