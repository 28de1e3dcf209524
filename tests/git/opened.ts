import { afterEach } from "vitest";
import { openRepository, type OpenedRepository, type OpenOptions } from "../../packages/core/src/adapters/git/index.ts";
import type { ChangeRequest, Diff, ResolvedChange } from "../../packages/core/src/change/index.ts";
import { makeFolder, type TestRepository } from "../support/repo.ts";

const open: OpenedRepository[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** Opens a repository as a user of it would, isolated; closed after the test. Temporary folders go to a folder of the test. */
export async function opened(repo: Pick<TestRepository, "dir" | "env">, options: OpenOptions = {}): Promise<OpenedRepository> {
  const repository = await openRepository(repo.dir, { env: repo.env, temporaryFolder: makeFolder(), ...options });
  open.push(repository);
  return repository;
}

export const atCommit = (rev: string, base?: string): ChangeRequest => ({ ...(base !== undefined && { base }), head: { kind: "commit", rev } });

/** Resolves and reads a change. */
export async function read(
  repo: Pick<TestRepository, "dir" | "env">,
  request: ChangeRequest,
  options: OpenOptions = {},
): Promise<{ repository: OpenedRepository; change: ResolvedChange; diff: Diff }> {
  const repository = await opened(repo, options);
  const change = await repository.resolve(request);
  return { repository, change, diff: await repository.diff(change) };
}

/** `status path` of every changed file. */
export const listing = (diff: Diff): string[] => diff.files.map((file) => `${file.status} ${file.path}`);

/** Changed lines of all files, with their sign. */
export const lineTexts = (diff: Diff): string[] => diff.files.flatMap((file) => file.hunks.flatMap((hunk) => hunk.lines.map((line) => line.op + line.text)));
