import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { LabelledCommit } from "./label-clone.ts";
import { fileNameOf, type LabelledRepository } from "./repositories.ts";
import { fileKind, riskFeatures, type RiskFeatures } from "./risk-model.ts";

/** What fitting and judging see of a commit: its figures and whether a later fix blames it. */
export interface LabelledChange {
  readonly id: string;
  readonly inducing: boolean;
  readonly features: RiskFeatures;
}

/** A defect needs time to be found and mended, so the newest half year of a history has no fair labels. */
const UNRIPE_SECONDS = 180 * 86_400;

const FIGURES = [
  "added",
  "sourceAdded",
  "sourceDeleted",
  "sourceFiles",
  "sourceDirectories",
  "subsystems",
  "rewrittenFiles",
] as const satisfies readonly (keyof RiskFeatures)[];

/** Every commit that changes files and is old enough to be judged. */
export const toChanges = (commits: readonly LabelledCommit[]): readonly LabelledChange[] => {
  const newest = commits.reduce((latest, commit) => Math.max(latest, commit.time), 0);
  return commits
    .filter((commit) => commit.files.length > 0 && commit.time < newest - UNRIPE_SECONDS)
    .map(({ id, inducing, files }) => ({ id, inducing, features: riskFeatures({ files: files.map((file) => ({ ...file, kind: kindOf(file.path) })) }) }));
};

const kinds = new Map<string, string>();
const kindOf = (path: string): string => {
  const kind = kinds.get(path) ?? fileKind(path);
  kinds.set(path, kind);
  return kind;
};

/** Reads what `szz.ts` wrote for a repository into a folder; undefined when it is not there. */
export const readLabelled = (folder: string, repository: LabelledRepository): readonly LabelledChange[] | undefined => {
  const file = join(folder, `${fileNameOf(repository)}.jsonl`);
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return toChanges(lines.filter((line) => line !== "").map((line) => JSON.parse(line) as LabelledCommit));
};

/** Writes the compact form that is kept in this repository: commit, label and figures, nothing else. */
export const writePacked = (file: string, changes: readonly LabelledChange[]): void => {
  const rows = changes.map(({ id, inducing, features }) => [id, inducing ? 1 : 0, ...FIGURES.map((figure) => features[figure])].join(","));
  writeFileSync(file, gzipSync([["commit", "inducing", ...FIGURES].join(","), ...rows, ""].join("\n"), { level: 9 }));
};

/** Reads {@link writePacked}'s form. */
export const readPacked = (file: string): readonly LabelledChange[] => {
  const [header = "", ...rows] = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
  const names = header.split(",");
  return rows.map((row) => {
    const cells = row.split(",");
    const figure = (name: string): number => Number(cells[names.indexOf(name)]);
    const features = Object.fromEntries(FIGURES.map((name) => [name, figure(name)])) as Record<(typeof FIGURES)[number], number>;
    return { id: cells[0] ?? "", inducing: figure("inducing") === 1, features };
  });
};
