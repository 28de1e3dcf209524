/**
 * Judges the risk score on repositories it was not fitted on.
 *
 *   npx tsx eval/risk/evaluate.ts [--json]                 from the labels kept here; needs no network
 *   npx tsx eval/risk/evaluate.ts --data DIR [--json]      labels the clones DIR/<owner>+<name> afresh; adds the published set
 *
 * For the published set DIR holds `apachejit_test_small.csv` and the six `<project>_k_feature.csv` of ISSTA'21.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { renderFigure, type Figure } from "./figures.ts";
import { fitColumns } from "./fit-model.ts";
import { judgePublishedSet } from "./judge-published-set.ts";
import { judgeTestRepositories, type JudgedRepository } from "./judge-test-repositories.ts";
import { labelClone } from "./label-clone.ts";
import { readLabelled, readPacked } from "./labelled-changes.ts";
import { ISSTA_PROJECTS, readApache, readIssta } from "./published-changes.ts";
import { fileNameOf, repositoriesOf, type LabelledRepository } from "./repositories.ts";

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const packed = (repository: LabelledRepository): string => fileURLToPath(new URL(`labels/${fileNameOf(repository)}.csv.gz`, import.meta.url));

/** Labels made from a clone where there is one, else what was made before and is kept here. */
const load = async (repository: LabelledRepository, folder: string | undefined): Promise<JudgedRepository> => {
  const { name, revision } = repository;
  const clone = folder === undefined ? undefined : join(folder, fileNameOf(repository));
  if (clone === undefined || folder === undefined || !existsSync(clone)) return { name, changes: readPacked(packed(repository)) };
  const made = readLabelled(folder, repository);
  if (made !== undefined) return { name, changes: made };
  const labelled = await labelClone({ clone, out: `${clone}.jsonl`, revision, say });
  if (labelled === undefined) say(`${clone} lacks ${revision}; judged from the labels kept here. Fetch the whole history to label afresh.`);
  return { name, changes: readLabelled(folder, repository) ?? readPacked(packed(repository)) };
};

const judgePublished = (folder: string | undefined): readonly Figure[] => {
  if (folder === undefined) return [];
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

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { data: { type: "string" }, json: { type: "boolean", default: false } } });
  if (values.data !== undefined && !existsSync(values.data)) {
    say(`There is no folder ${values.data}. Give --data a folder with clones or CSV files, or leave it out.`);
    return 2;
  }
  const repositories: JudgedRepository[] = [];
  for (const repository of repositoriesOf("test")) repositories.push(await load(repository, values.data));
  const figures = [...judgeTestRepositories(repositories), ...judgePublished(values.data)];
  for (const figure of figures) process.stdout.write(`${renderFigure(figure, values.json)}\n`);
  return figures.every((figure) => figure.ok !== false) ? 0 : 1;
};

process.exitCode = await main();
