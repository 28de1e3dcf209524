import { agentSigns, type CommitFacts, type FileStep } from "#change";
import { promiseDigest, type Stage } from "#intent";
import type { PastFiles } from "../history-ports.ts";
import type { TraceReaders } from "../trace-ports.ts";
import type { Repository } from "#change";
import type { Standing } from "./standing.ts";

/** Who wrote what a sign-off is about. */
export interface Authorship {
  /** Names and addresses, of those who wrote along as well. */
  readonly authors: readonly string[];
  readonly identities: readonly { readonly name: string; readonly email: string }[];
  readonly byAgent: boolean;
}

export interface AuthorPorts {
  readonly repository: Pick<Repository, "readBlobs"> & Pick<PastFiles, "fileLog">;
  readonly readers: TraceReaders;
  /** Accounts and addresses that are agents by the configuration. */
  readonly agents: readonly string[];
}

/** Files that are asked for their last authors: more are somebody's whole product. */
const MOST_FILES = 500;

/** Who brought what is approved at a stage to how it reads at a commit: of a story, who last changed what it promises; of files, who last touched each. */
export async function authorsOf(standing: Standing, stage: Stage, at: string, ports: AuthorPorts): Promise<Authorship> {
  if (stage === "story") return written(await lastToChange(standing, at, ports), ports);
  const files = stage === "validation" ? standing.proofs : stage === "governance" && standing.technicalSpecs.length > 0 ? standing.technicalSpecs : stage === "governance" ? standing.proofs : standing.targets;
  if (files.length === 0) return written(await lastToChange(standing, at, ports), ports);
  return written(await lastToTouch(files.slice(0, MOST_FILES).map(({ path }) => path), at, ports), ports);
}

/** The newest commit after which the story promised something else than before, in any of its parents. */
async function lastToChange({ story }: Standing, at: string, { repository, readers }: AuthorPorts): Promise<readonly CommitFacts[]> {
  const steps = await stepsOf([story.file], at, repository);
  const read = readers.stories.versionReader(readers.yaml);
  const texts = await repository.readBlobs(steps.flatMap(({ files }) => files.flatMap(({ before, after }) => [...before, after].filter((blob) => blob !== undefined))));
  const digestAt = (blob: string | undefined): string => {
    const version = blob === undefined ? undefined : read(story.file, texts.get(blob)?.text ?? "");
    return version === undefined ? "" : promiseDigest(version);
  };
  const found = steps.find(({ files }) => files.some(({ path, before, after }) => path === story.file && before.every((blob) => digestAt(blob) !== digestAt(after))));
  return found === undefined ? [] : [found.commit];
}

async function lastToTouch(paths: readonly string[], at: string, { repository }: AuthorPorts): Promise<readonly CommitFacts[]> {
  const open = new Set(paths);
  const found: CommitFacts[] = [];
  for (const { commit, files } of await stepsOf(paths, at, repository)) {
    const hit = files.filter(({ path }) => open.has(path));
    if (hit.length === 0) continue;
    found.push(commit);
    for (const { path } of hit) open.delete(path);
  }
  return found;
}

async function stepsOf(paths: readonly string[], at: string, repository: AuthorPorts["repository"]): Promise<readonly FileStep[]> {
  const steps: FileStep[] = [];
  await repository.fileLog(at, paths, (step) => steps.push(step));
  return steps;
}

/** Who wrote commits, and who wrote along. */
export const peopleOf = (commits: readonly Pick<CommitFacts, "author" | "trailers">[]): Authorship["identities"] => commits.flatMap(({ author, trailers }) => [author, ...trailers.flatMap(coAuthor)]);

function written(commits: readonly CommitFacts[], { agents }: AuthorPorts): Authorship {
  const people = peopleOf(commits);
  return { authors: [...new Set(people.flatMap(({ name, email }) => [name, email]).filter((one) => one !== ""))], identities: people, byAgent: agentSigns(commits, agents).some(({ kind }) => kind === "agent") };
}

const coAuthor = ({ key, value }: { readonly key: string; readonly value: string }): readonly { readonly name: string; readonly email: string }[] => {
  const found = key.toLowerCase() === "co-authored-by" ? /^([^<]{0,200})<([^>]{1,200})>/.exec(value) : null;
  return found === null ? [] : [{ name: (found[1] ?? "").trim(), email: found[2] ?? "" }];
};
