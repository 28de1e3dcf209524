import type { Observation } from "#kernel";
import type { Repository } from "#change";
import type { Mutation } from "#evidence";
import type { AnswerMemory, MutationMemory } from "#operations";
import { keptAs, type SealedFiles } from "./sealed-files.ts";

/** Answers of checks, kept for the build of the program that gave them. */
export const answerMemory = (files: SealedFiles, build: string): AnswerMemory => ({
  recall: (question) => keptAs<readonly Observation[]>(files, `answers of ${build}\n${question}`),
  keep: (question, answers) => files.write(`answers of ${build}\n${question}`, JSON.stringify(answers)),
});

/** What became of mutants, kept for the build of the program that tried them. */
export const mutationMemory = (files: SealedFiles, build: string): MutationMemory => ({
  recall: (question) => keptAs<Mutation>(files, `mutants of ${build}\n${question}`),
  keep: (question, mutation) => files.write(`mutants of ${build}\n${question}`, JSON.stringify(mutation)),
});

type History = Pick<Repository, "pastChanges">;

/** What history says of changes before a commit never changes: it is counted once. Not in a shallow clone, which may get deeper, nor where less came than was asked for. */
export function rememberHistory<T extends History & { readonly shallow: boolean }>(repository: T, files: SealedFiles): T {
  return {
    ...repository,
    pastChanges: async (at, count) => {
      if (repository.shallow || !/^[0-9a-f]{40,64}$/.test(at)) return repository.pastChanges(at, count);
      const name = `past changes/1 ${count} ${at}`;
      const before = await keptAs<Awaited<ReturnType<History["pastChanges"]>>>(files, name);
      if (before) return before;
      const changes = await repository.pastChanges(at, count);
      if (changes.length === count) await files.write(name, JSON.stringify(changes));
      return changes;
    },
  };
}
