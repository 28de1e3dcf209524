import type { Change, Repository } from "#change";
import type { RunRequest, TestExecutor } from "#evidence";
import type { DeclaredAgent, Person } from "../config/config.ts";
import { judgeOrigin, type OriginFacts, type Trust } from "./trust.ts";

/** How the change's code is run, or why it is not. */
export interface Allowed {
  readonly isolation: NonNullable<RunRequest["isolation"]>;
  /** Set: nothing may be run. */
  readonly notRun?: string;
  /** What a reader should know beside what the run itself says. */
  readonly says?: string;
}

export interface OriginSources {
  readonly change: Change;
  readonly people: readonly Person[];
  readonly agents: readonly DeclaredAgent[];
  readonly ci: boolean;
  readonly vouched: boolean;
  readonly fork?: string;
  whoAmI(): Promise<string>;
}

interface Ports {
  readonly repository: Pick<Repository, "contributors" | "pastChanges" | "resolve">;
  readonly executor: Pick<TestExecutor, "isolation">;
}

const DAYS = 90;
/** Enough to tell a young history from an old one. */
const COUNTED = 60;

/** Finds out whose code it is and what this machine can do about it. History is read only where somebody's commits are judged. */
export async function decideIsolation(sources: OriginSources, ports: Ports): Promise<Allowed> {
  const trust = judgeOrigin(await readFacts(sources, ports.repository));
  if (trust.isolation === "not-run") return { isolation: "strict", notRun: trust.because };
  if (trust.isolation === "ordinary" || (await hasLanded(sources.change, ports.repository))) return { isolation: "ordinary" };
  const strict = (await ports.executor.isolation?.("strict")) ?? { achieved: false, says: "nobody here can tell" };
  if (strict.achieved) return { isolation: "strict", says: trust.because };
  return withoutStrict(trust, strict.says);
}

/** What the default branch already holds is the repository's own code, whoever wrote it once: somebody here took it in. */
async function hasLanded({ headKind, head }: Change, repository: Ports["repository"]): Promise<boolean> {
  if (headKind !== "commit") return false;
  const found = await repository.resolve({ head: { kind: "commit", rev: head } }).catch(() => undefined);
  return found !== undefined && found.mergeBase === head;
}

/** Weaker isolation is never silent. */
function withoutStrict({ otherwise, because }: Trust, problem: string): Allowed {
  if (otherwise === "ordinary") return { isolation: "ordinary", says: `not strict, though ${because}: it can't be had here (${problem})` };
  return { isolation: "strict", notRun: `${because}, so it runs under strict isolation only, which can't be had here (${problem}); --trust vouches for it` };
}

async function readFacts(sources: OriginSources, repository: Ports["repository"]): Promise<OriginFacts> {
  const { change, people, ci, vouched, fork } = sources;
  const agents = sources.agents.flatMap((agent) => [...agent.accounts, ...agent.emails]);
  const settled = vouched || fork !== undefined || change.commits.length === 0;
  const [person, contributors, past] = settled
    ? ["", [], []]
    : await Promise.all([sources.whoAmI(), repository.contributors(change.base, DAYS), repository.pastChanges(change.base, COUNTED)]);
  const recent = contributors.reduce((sum, one) => sum + one.commits, 0);
  const history = {
    commits: past.length,
    allRecent: past.length < COUNTED && recent >= past.length,
    shallow: change.gaps.some((gap) => gap.part === "history"),
  };
  return {
    headKind: change.headKind,
    commits: change.commits,
    ci,
    person,
    contributors,
    people,
    agents,
    history,
    vouched,
    ...(fork !== undefined && { fork }),
  };
}
