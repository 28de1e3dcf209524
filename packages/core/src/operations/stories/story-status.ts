import { PROOF_LOCK, readProofLock, type LockedFile } from "#evidence";
import { STAGE_RULES, type Role, type Stage, type StageRule } from "#intent";
import type { VettedSignoff } from "#verdict";
import { readRules } from "../assess-change/read-rules.ts";
import { storyUnknown } from "./errors.ts";
import { authorsOf } from "./signing/authors.ts";
import { conditionsOf, type Condition } from "./signing/stage-conditions.ts";
import { standingAt, type Standing } from "./signing/standing.ts";
import { isSolo, signoffsIn, vetAll, type UnreadSignoff, type Vetting } from "./signing/vetted.ts";
import type { SigningPorts } from "./signing/ports.ts";
import { traceStories } from "./trace-stories.ts";
import type { TracedStory } from "#evidence";

export interface StatusInput {
  /** Stories to show; all when empty. */
  readonly names: readonly string[];
  readonly head: string;
}

/**
 * `done`: its conditions hold and whoever owes a signature gave it. `open`: a condition does not hold. `owed`: only a signature is missing. `lapsed`: there was one, and what it
 * approved changed. `waiting`: an earlier stage is not done.
 */
export type StageState = "done" | "open" | "owed" | "lapsed" | "waiting";

export interface StageStatus extends Pick<StageRule, "stage" | "title"> {
  readonly state: StageState;
  /** Role whose signature ends it; absent where machines alone decide, or nobody owes one. */
  readonly role?: Role;
  readonly conditions: readonly Condition[];
  /** Signatures that count. */
  readonly signed: readonly VettedSignoff[];
  /** Signatures that do not, with the reason. */
  readonly refused: readonly VettedSignoff[];
  /** Why no signature is owed where one could be. */
  readonly exempt?: string;
}

export interface StoryStatus {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** The first stage that is not done. */
  readonly at: Stage;
  readonly stages: readonly StageStatus[];
}

export interface StatusReport {
  readonly schema: "proofline/story-status/1";
  readonly commit: string;
  readonly stories: readonly StoryStatus[];
  readonly unread: readonly UnreadSignoff[];
  /** True where one human works here: proof takes the place of signatures. */
  readonly solo: boolean;
}

/** Where each story stands on its way, by machine where a machine can tell and by signature where a person has to. */
export const storyStatus =
  (ports: SigningPorts) =>
  async ({ names, head }: StatusInput): Promise<StatusReport> => {
    const { repository } = ports;
    const resolved = await repository.resolve({ head: { kind: "commit", rev: head } });
    const readers = await ports.readers();
    const { standings, entries } = await standingAt(resolved.headTree, readers, ports);
    const chosen = choose(standings, names);
    const [rules, signoffs, locked, trace] = await Promise.all([
      readRules(resolved, repository, ports.policySource),
      signoffsIn(entries, repository),
      lockAt(resolved.headTree, ports),
      chosen.length === 0 ? undefined : traceStories(ports)({ names: chosen.map(({ read }) => read.id), head: { kind: "commit", rev: head }, evidence: [], run: false, budgetMs: 0, trust: false }),
    ]);
    const about: Vetting = { rules, at: resolved.head, base: resolved.base, now: new Date(ports.clock.now()).toISOString() };
    const vetting = { ...ports, readers, agents: rules.config.agents.flatMap((agent) => [...agent.accounts, ...agent.emails]) };
    const solo = await isSolo({ identities: [] }, about, vetting);
    const stories: StoryStatus[] = [];
    for (const standing of chosen) {
      const vetted = await vetAll(standing, signoffs.documents, about, vetting);
      const implemented = standing.targets.length > 0 && !solo ? await authorsOf(standing, "implementation", about.at, vetting) : undefined;
      stories.push(statusOf(standing, { vetted, locked, proven: trace?.stories.find(({ id }) => id === standing.read.id), solo, byAgent: implemented?.byAgent ?? false }));
    }
    return { schema: "proofline/story-status/1", commit: resolved.head, stories, unread: signoffs.unread, solo };
  };

export const lockAt = async (tree: string, { repository }: Pick<SigningPorts, "repository">): Promise<readonly LockedFile[]> => readProofLock((await repository.readFiles(tree, [PROOF_LOCK])).get(PROOF_LOCK)?.text ?? "").locked;

export function choose(standings: readonly Standing[], names: readonly string[]): readonly Standing[] {
  if (names.length === 0) return standings;
  return names.map((asked) => {
    const name = asked.replace(/#.*$/s, "").toLowerCase();
    const found = standings.find(({ read }) => [name, `st-${name}`].includes(read.id.toLowerCase()));
    if (found === undefined) throw storyUnknown({ asked, known: standings.length });
    return found;
  });
}

interface StoryFactsNow {
  readonly vetted: readonly VettedSignoff[];
  readonly locked: readonly LockedFile[];
  readonly proven: TracedStory | undefined;
  readonly solo: boolean;
  readonly byAgent: boolean;
}

function statusOf(standing: Standing, facts: StoryFactsNow): StoryStatus {
  const stages: StageStatus[] = [];
  for (const rule of STAGE_RULES) {
    const before = stages.every(({ state }) => state === "done");
    stages.push(stageStatus(rule, standing, facts, before));
  }
  const { id, title, file } = standing.read;
  return { id, title, file, at: stages.find(({ state }) => state !== "done")?.stage ?? "evolution", stages };
}

function stageStatus(rule: StageRule, standing: Standing, { vetted, locked, proven, solo, byAgent }: StoryFactsNow, before: boolean): StageStatus {
  const conditions = conditionsOf(rule.stage, { standing, proven, locked });
  const own = vetted.filter(({ statement }) => statement.stage === rule.stage);
  const signed = own.filter(({ state }) => state === "signed" || state === "self");
  const refused = own.filter((one) => !signed.includes(one));
  const exempt = exemption(rule, solo, byAgent);
  const owes = rule.role !== undefined && exempt === undefined && signed.length === 0;
  const state: StageState = !before ? "waiting" : conditions.some(({ holds }) => !holds) ? "open" : !owes ? "done" : refused.some((one) => one.state === "lapsed") ? "lapsed" : "owed";
  return { stage: rule.stage, title: rule.title, state, ...(rule.role !== undefined && exempt === undefined && { role: rule.role }), conditions, signed, refused, ...(exempt !== undefined && { exempt }) };
}

function exemption({ role, stage }: StageRule, solo: boolean, byAgent: boolean): string | undefined {
  if (role === undefined) return undefined;
  if (solo) return "one person works here: proof takes the place of a signature (self)";
  return stage === "implementation" && !byAgent ? "no agent wrote it: who commits answers for it" : undefined;
}
