/** What the model looks at: sizes by file and what each file is for. Nothing about who, and nothing a message could talk down. */
export interface RiskInput {
  readonly files: readonly RiskInputFile[];
}

export interface RiskInputFile {
  readonly path: string;
  readonly added: number;
  readonly deleted: number;
  /** A file without a kind counts as source. */
  readonly kind?: string;
}

/** Figures of one change. All are finite and at least 0, and none falls when a file or a line joins the change. */
export interface RiskFeatures {
  /** Lines added in files of every kind: the yardstick the model is measured against, not a part of it. */
  readonly added: number;
  readonly sourceAdded: number;
  readonly sourceDeleted: number;
  readonly sourceFiles: number;
  readonly sourceDirectories: number;
  /** Distinct leading two folders of the source files: parts of the tree the change reaches into. */
  readonly subsystems: number;
  /** Source files that lose lines as well as gain them: existing code rewritten. */
  readonly rewrittenFiles: number;
}

const SOURCE: ReadonlySet<string | undefined> = new Set([undefined, "source", "migration"]);

/** Reads the figures off a change. The order of the files does not matter, and an empty change is all zeros. */
export function riskFeatures(input: RiskInput): RiskFeatures {
  const source = input.files.filter((file) => SOURCE.has(file.kind));
  return {
    added: total(input.files.map((file) => file.added)),
    sourceAdded: total(source.map((file) => file.added)),
    sourceDeleted: total(source.map((file) => file.deleted)),
    sourceFiles: source.length,
    sourceDirectories: distinct(source.map((file) => folders(file.path).join("/"))),
    subsystems: distinct(source.map((file) => folders(file.path).slice(0, 2).join("/"))),
    rewrittenFiles: source.filter((file) => count(file.added) > 0 && count(file.deleted) > 0).length,
  };
}

/** Sizes come from parsed text: what is no count is 0, and nothing is above what a double holds exactly. */
const count = (value: number): number => (value > 0 ? Math.min(value, Number.MAX_SAFE_INTEGER) : 0);
const total = (values: readonly number[]): number => Math.min(values.reduce((sum, value) => sum + count(value), 0), Number.MAX_SAFE_INTEGER); // prettier-ignore
const folders = (path: string): readonly string[] => path.split("/").slice(0, -1);
const distinct = (values: readonly string[]): number => new Set(values).size;
