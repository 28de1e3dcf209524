import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RiskFeatures } from "./risk-model.ts";

/** A row of a published set in our words. These sets don't tell kinds of files apart, so every line counts as source. */
export interface PublishedChange {
  readonly project: string;
  readonly inducing: boolean;
  readonly features: RiskFeatures;
  /** The set's own `fix` column: the change is linked to a defect in a tracker. A plain clone does not know this. */
  readonly linkedToDefect: number;
}

/** Projects of the ISSTA'21 sets (MIT), file `<project>_k_feature.csv`. */
export const ISSTA_PROJECTS = ["gerrit", "go", "jdt", "openstack", "platform", "qt"] as const;

/** Projects kept out of every figure here, so that others can judge on them. */
const SET_ASIDE = /kafka|zookeeper|zeppelin/i;

/** Reads one ISSTA'21 project from a folder; undefined when the file is not there. */
export const readIssta = (folder: string, project: string): readonly PublishedChange[] | undefined =>
  readRows(join(folder, `${project}_k_feature.csv`))?.map((row) => toChange(row, project, row["bug"] === "1", row["fix"] === "1"));

/** Reads ApacheJIT's small test set, without the projects set aside; undefined when the file is not there. */
export const readApache = (folder: string): readonly PublishedChange[] | undefined =>
  readRows(join(folder, "apachejit_test_small.csv"))
    ?.filter((row) => !SET_ASIDE.test(row["project"] ?? ""))
    .map((row) => toChange(row, row["project"] ?? "", row["buggy"] === "True", row["fix"] === "True"));

type Row = Readonly<Record<string, string>>;

const readRows = (file: string): readonly Row[] | undefined => {
  if (!existsSync(file)) return undefined;
  const [header = "", ...lines] = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, column) => [names[column] ?? "", cell])));
};

const toChange = (row: Row, project: string, inducing: boolean, linked: boolean): PublishedChange => {
  const figure = (name: string): number => Number(row[name]) || 0;
  const [added, deleted, files] = [figure("la"), figure("ld"), figure("nf")];
  return {
    project,
    inducing,
    linkedToDefect: linked ? 1 : 0,
    features: {
      added,
      sourceAdded: added,
      sourceDeleted: deleted,
      sourceFiles: files,
      sourceDirectories: figure("nd"),
      subsystems: figure("ns"),
      // The sets give deletions per change, not per file: all files count as rewritten as soon as any line was deleted.
      rewrittenFiles: added > 0 && deleted > 0 ? files : 0,
    },
  };
};
