import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Figure } from "../figure.ts";
import { fitColumns } from "./fit-model.ts";
import { judgePublishedSet } from "./judge-published-set.ts";
import { judgeTestRepositories, type JudgedRepository } from "./judge-test-repositories.ts";
import { labelClone } from "./label-clone.ts";
import { readLabelled, readPacked } from "./labelled-changes.ts";
import { ISSTA_PROJECTS, readApache, readIssta } from "./published-changes.ts";
import { fileNameOf, repositoriesOf, type LabelledRepository } from "./repositories.ts";

export interface RiskEvaluation {
  /** Clones and CSV files; without it the labels kept here are used and the published set is left out. */
  readonly data?: string;
  readonly say: (line: string) => void;
}

/** Judges the risk score on repositories it was not fitted on. */
export const judgeRisk = async ({ data, say }: RiskEvaluation): Promise<readonly Figure[]> => {
  const repositories: JudgedRepository[] = [];
  for (const repository of repositoriesOf("test")) repositories.push(await load(repository, data, say));
  return [...judgeTestRepositories(repositories), ...(data === undefined ? [] : judgePublished(data, say))];
};

/** Labels made from a clone where there is one, else what was made before and is kept here. */
const load = async (repository: LabelledRepository, folder: string | undefined, say: RiskEvaluation["say"]): Promise<JudgedRepository> => {
  const { name, revision } = repository;
  const kept = (): JudgedRepository => ({ name, changes: readPacked(fileURLToPath(new URL(`labels/${fileNameOf(repository)}.csv.gz`, import.meta.url))) });
  if (folder === undefined) return kept();
  const clone = join(folder, fileNameOf(repository));
  const made = readLabelled(folder, repository);
  if (made !== undefined) return { name, changes: made };
  if (!existsSync(clone)) return kept();
  if ((await labelClone({ clone, out: `${clone}.jsonl`, revision, say })) === undefined) say(`${clone} lacks ${revision}; judged from the labels kept here. Fetch the whole history to label afresh.`); // prettier-ignore
  return { name, changes: readLabelled(folder, repository) ?? kept().changes };
};

const judgePublished = (folder: string, say: RiskEvaluation["say"]): readonly Figure[] => {
  const apache = readApache(folder);
  const projects = ISSTA_PROJECTS.flatMap((project) => {
    const changes = readIssta(folder, project);
    return changes === undefined ? [] : [changes];
  });
  if (apache !== undefined && projects.length === ISSTA_PROJECTS.length) return judgePublishedSet(apache, fitColumns(projects));
  say(
    `The published set was not judged: ${folder} needs apachejit_test_small.csv and ${ISSTA_PROJECTS.map((project) => `${project}_k_feature.csv`).join(", ")}.`,
  );
  return [];
};
