import { describeChange, manifestsAbove, workspacePackages, type Change, type ChangeType, type CommitFacts, type Diff, type FileContent, type PastChange, type Repository, type ResolvedChange } from "#change";
import type { Side } from "#kernel";
import { assessRisk } from "./assess-risk.ts";
import type { Rules } from "./read-rules.ts";

/** Above this many changed files the texts are not read: kinds, areas and symbols then come from the diff alone. */
const TEXTS_UP_TO = 150;

export interface ReadChange {
  readonly change: Change;
  /** Package name -> folder, for the workspace packages near the change. */
  readonly packageNames: ReadonlyMap<string, string>;
}

/** What Git tells of a change beside its diff. */
export interface ReadHistory {
  /** The change's own commits, newest first. */
  readonly commits: readonly CommitFacts[];
  /** The changes before it, newest first. */
  readonly past: readonly PastChange[];
}

/** How many earlier changes a percentile stands on: enough to rank by tenths, few enough to read in the time a static verdict has. */
const PAST_CHANGES = 60;

/** Reads the commits of a change and the sizes of those before it. */
export async function readHistory(resolved: ResolvedChange, repository: Repository): Promise<ReadHistory> {
  const [commits, past] = await Promise.all([repository.commits(resolved), repository.pastChanges(resolved.mergeBase, PAST_CHANGES)]);
  return { commits, past };
}

export interface ChangeReading {
  readonly resolved: ResolvedChange;
  readonly diff: Diff;
  readonly history: ReadHistory;
  readonly rules: Rules;
  readonly declaredType?: ChangeType;
}

/** Reads one change and puts it in people's terms. */
export async function readChange({ resolved, diff, history, rules, declaredType }: ChangeReading, repository: Repository): Promise<ReadChange> {
  const [manifests, texts] = await Promise.all([readManifests(resolved, diff, repository), readTexts(diff, repository)]);
  const packageDirs = await workspacePackages(manifests);
  const change = describeChange({
    resolved,
    diff,
    commits: history.commits,
    intent: rules.intent,
    packageDirs,
    ...(declaredType && { declaredType }),
    ...(texts && { textOf: texts }),
    attributes: rules.attributes,
    agents: rules.config.agents.flatMap((agent) => [...agent.accounts, ...agent.emails]),
    risk: (files) => assessRisk(files, history.past),
  });
  return { change, packageNames: packageNames(manifests) };
}

async function readManifests(resolved: ResolvedChange, diff: Diff, repository: Repository): Promise<ReadonlyMap<string, string>> {
  const files = await repository.readFiles(resolved.headTree, manifestsAbove(diff.files.map((file) => file.path)));
  return new Map([...files].flatMap(([path, { text }]) => (text === undefined ? [] : [[path, text] as const])));
}

async function readTexts(diff: Diff, repository: Repository): Promise<((side: Side, path: string) => string | undefined) | undefined> {
  if (diff.files.length > TEXTS_UP_TO) return undefined;
  const blobs = diff.files.flatMap((file) => [file.baseBlob, file.headBlob]).filter((blob): blob is string => blob !== undefined);
  const contents = await repository.readBlobs([...new Set(blobs)]);
  const byPath = new Map<string, FileContent | undefined>();
  for (const file of diff.files) {
    if (file.baseBlob) byPath.set(`base ${file.basePath ?? file.path}`, contents.get(file.baseBlob));
    if (file.headBlob) byPath.set(`head ${file.path}`, contents.get(file.headBlob));
  }
  return (side, path) => byPath.get(`${side} ${path}`)?.text;
}

/** Names from the `package.json` of each folder; a manifest that can't be read names nothing. */
function packageNames(manifests: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [path, text] of manifests) {
    if (!path.endsWith("package.json")) continue;
    const name = /"name"\s*:\s*"((?:@[\w.-]+\/)?[\w.-]+)"/.exec(text)?.[1];
    if (name !== undefined) names.set(name, path === "package.json" ? "" : path.slice(0, -"/package.json".length));
  }
  return names;
}
