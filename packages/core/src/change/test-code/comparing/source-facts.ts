import type { Change, ChangedFile } from "../../change.ts";
import { wordsOf } from "../canonical.ts";

/** What else the change did, as far as it can explain an edit to a test. */
export interface SourceFacts {
  /** Product code behaves differently. */
  readonly behaviour: boolean;
  /** Anything beside tests that could change what tests see: packages, configuration, data, fixtures. */
  readonly surroundings: boolean;
  /** The product lost more lines than it gained. */
  readonly shrank: boolean;
  /** Another version of what tests are written with. */
  readonly packages: boolean;
  /** Deleted product lines, and added ones. */
  readonly text: { readonly gone: string; readonly fresh: string };
  /** Words of deleted product lines that no added line has. */
  readonly gone: ReadonlySet<string>;
  /** Words of all changed product lines. */
  readonly touched: ReadonlySet<string>;
  /** Product files the change takes away or renames, without extension. */
  readonly lost: ReadonlySet<string>;
  /** Snapshot files that gained something: what they hold comes with the change. */
  readonly snapshots: readonly string[];
  /** Changed lines of pipelines: they may choose tests by a mark in their titles. */
  readonly pipelines: string;
  /** The message speaks of something that goes, moves or is made otherwise. That it says nothing of it makes a removal worth a question. */
  readonly announced: boolean;
  /** The commits announce another behaviour: `feat!:`, `BREAKING CHANGE`. */
  readonly breaking: boolean;
  readonly type: Change["type"];
  readonly typeFrom: Change["typeFrom"];
}

const PRODUCT = new Set<ChangedFile["kind"]>(["source", "migration", "generated", "vendored"]);
const AROUND = new Set<ChangedFile["kind"]>(["config", "lock", "fixture", "asset", "ci", "generated", "vendored", "migration"]);

const MANIFEST = /(?:^|\/)(?:package\.json|requirements[\w.-]*\.txt|pyproject\.toml|setup\.(?:py|cfg)|tox\.ini)$/;
const TEST_TOOL = /\b(?:mocha|chai|jest|vitest|tap|tape|ava|sinon|jasmine|karma|enzyme|nock|expect|should|supertest|testing-library|cypress|playwright|pytest|nose|uvu|unexpected|power-assert|proxyquire|happy-dom|jsdom|borp|tspl|tsd|unittest|qunit|assert)\b/i;

export function sourceFacts({ files, type, typeFrom, commits }: Pick<Change, "files" | "type" | "typeFrom" | "commits">): SourceFacts {
  const product = files.filter(({ kind }) => PRODUCT.has(kind));
  // What a change says of itself in its pages often names what it takes away.
  const telling = [...product, ...files.filter(({ kind }) => kind === "docs" || kind === "config")];
  const [removed, added] = [wordsIn(telling, "-"), wordsIn(telling, "+")];
  const lost = product.filter(({ status }) => status === "deleted" || status === "renamed").map(({ path, basePath }) => withoutExtension(basePath ?? path));
  return {
    behaviour: product.some((file) => (file.behaviour && !onlyFormatted(file)) || file.status === "deleted" || file.status === "renamed"),
    shrank: product.reduce((sum, { added: more, deleted }) => sum + deleted - more, 0) > 0,
    surroundings: files.some((file) => AROUND.has(file.kind) && file.behaviour),
    packages: files.some(({ path, hunks }) => MANIFEST.test(path) && hunks.some(({ lines }) => lines.some(({ text }) => TEST_TOOL.test(text.slice(0, 500))))),
    text: { gone: linesIn(product, "-"), fresh: linesIn(product, "+") },
    gone: new Set([...removed].filter((word) => !added.has(word))),
    touched: new Set([...removed, ...added]),
    lost: new Set(lost),
    snapshots: files.filter(({ kind, added, binary }) => kind === "snapshot" && (added > 0 || binary)).map(({ path }) => path),
    pipelines: ["-", "+"].map((op) => linesIn(files.filter(({ kind }) => kind === "ci"), op as "-" | "+")).join("\n"),
    announced: commits.some(({ message }) => ANNOUNCES.test(message.slice(0, 5_000))),
    breaking: commits.some(({ message }) => /^\w+(?:\([^)]*\))?!:|^breaking\b|BREAKING[ -]CHANGE|\bbreaking change/im.test(message.slice(0, 5_000))),
    type,
    typeFrom,
  };
}

const ANNOUNCES = /\b(?:remov|drop|delet|deprecat|no longer|without|renam|replac|disabl|revert|break|merg|mov(?:e|ing)|refactor|rewrit|simplif|consolidat|clean|migrat|split|extract|unif|get rid|obsolete|stop|undo|do not|don.t|never|instead)/i;

/** Semicolons, commas at line ends and white space: where a language does not read its layout, the same program. */
function onlyFormatted({ path, status, hunks }: ChangedFile): boolean {
  if (status !== "modified" || hunks.length === 0 || !/\.(?:[cm]?[jt]sx?)$/.test(path)) return false;
  return hunks.every(({ lines }) => essence(lines, "-") === essence(lines, "+"));
}

const essence = (lines: ChangedFile["hunks"][number]["lines"], op: "+" | "-"): string => lines.filter((line) => line.op === op).map(({ text }) => (/["'`]/.test(text) ? text.trim().replace(/;$/, "") : text.replace(/[\s;]+/g, ""))).join("");

const withoutExtension = (path: string): string => path.replace(/(?:\.d)?\.\w+$/, "");

/** Characters kept of a change's lines. */
const MOST_TEXT = 400_000;

const linesIn = (files: readonly ChangedFile[], op: "+" | "-"): string => files.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines.flatMap((line) => (line.op === op ? [line.text.slice(0, 2_000)] : [])))).join("\n").slice(0, MOST_TEXT);

function wordsIn(files: readonly ChangedFile[], op: "+" | "-"): Set<string> {
  const words = new Set<string>();
  for (const { hunks } of files) for (const { lines } of hunks) for (const line of lines) if (line.op === op) wordsOf(line.text.slice(0, 2_000), words);
  return words;
}
