import { join } from "node:path";
import type { Diff, DiffFile, HistoryGap, ResolvedChange } from "#change";
import type { ObjectReader } from "../objects/object-reader.ts";
import type { Trees } from "../objects/trees.ts";
import { treeOf } from "../objects/revisions.ts";
import { textOfBytes } from "../objects/text-of-bytes.ts";
import { LARGE_FILE } from "../process/environment.ts";
import { lastWords } from "../process/failure.ts";
import type { Git } from "../process/git.ts";
import { diffParser, type ParsedDiff } from "./diff-parser.ts";
import { headingFlags } from "./headings.ts";
import { pastLocalAttributes } from "./own-attributes.ts";

/** Characters of changed lines kept in memory; what comes after is counted only. */
const KEPT_LINES = 64 * 1024 * 1024;
/** Git's own default: a thousand by a thousand files are compared within a second. Files moved unchanged or by name alone are found beyond it. */
const RENAME_LIMIT = 1_000;

const FLAGS = [
  ...["diff-tree", "-r", "--raw", "-p", "-z", "-U0", "--inter-hunk-context=0", "--full-index", "-M", `-l${RENAME_LIMIT}`],
  ...["--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules=none", "--submodule=short"],
];

export interface DiffSource {
  readonly git: Git;
  readonly objects: ObjectReader;
  readonly trees: Trees;
  /** For tests of the limit. */
  readonly keptLines?: number;
}

/** Reads the diff between merge base and head in one Git process. What can't be read is a gap, never an error and never silence. */
export async function readDiff(source: DiffSource, change: Pick<ResolvedChange, "base" | "mergeBaseTree" | "headTree">): Promise<Diff> {
  if (change.mergeBaseTree === change.headTree) return { files: [], gaps: [] };
  const { git } = source;
  const folder = git.folder.path();
  const flags = headingFlags(folder, await targetAttributes(source, change.base));
  const parser = diffParser(source.keptLines ?? KEPT_LINES);
  // A working tree and an index that are not there: attributes of the checkout must not say what a change shows.
  const env = { ...pastLocalAttributes(git, folder), GIT_WORK_TREE: folder, GIT_INDEX_FILE: join(folder, "no-index") };
  const { code, err } = await git.run([...flags, ...FLAGS, change.mergeBaseTree, change.headTree, "--"], {
    cwd: folder,
    env,
    network: true,
    onOutput: parser.write,
  });
  const first = parser.end(code === 0);
  const parsed = code !== 0 && first.files.length === 0 ? await filesOnly(git, change) : first;
  const files = await markTooLarge(git, parsed.files);
  return { files, gaps: gapsOf({ ...parsed, files }, code, err) };
}

async function targetAttributes({ objects, trees }: DiffSource, base: string): Promise<{ id: string; text: string } | undefined> {
  const tree = await treeOf(objects, base);
  const entry = tree === undefined ? undefined : await trees.entry(tree, ".gitattributes");
  if (entry === undefined || entry === "missing") return undefined;
  const found = await objects.read(entry.blob, 1024 * 1024);
  return typeof found === "string" || !found.content ? undefined : { id: entry.blob, text: textOfBytes(found.content) };
}

/** Where not even renames can be looked for, at least say which files changed. */
async function filesOnly(git: Git, change: Pick<ResolvedChange, "mergeBaseTree" | "headTree">): Promise<ParsedDiff> {
  const parser = diffParser(0);
  await git.run(["diff-tree", "-r", "--raw", "-z", "--no-renames", change.mergeBaseTree, change.headTree, "--"], { onOutput: parser.write });
  return parser.end(false);
}

/** Git calls large files binary; only their size tells which is which. One more process, and only where a change has such files. */
async function markTooLarge(git: Git, files: readonly DiffFile[]): Promise<readonly DiffFile[]> {
  const blobs = files
    .filter((file) => file.binary)
    .flatMap((file) => [file.baseBlob, file.headBlob])
    .filter((blob) => blob !== undefined);
  if (blobs.length === 0) return files;
  const { out } = await git.run(["cat-file", "--batch-check=%(objectname) %(objectsize)"], { input: `${blobs.join("\n")}\n` });
  const large = new Set(
    out
      .toString("latin1")
      .split("\n")
      .filter((line) => Number(line.split(" ")[1]) > LARGE_FILE)
      .map((line) => line.split(" ")[0] ?? ""),
  );
  return files.map((file) => (file.binary && (large.has(file.baseBlob ?? "") || large.has(file.headBlob ?? "")) ? { ...file, tooLarge: true } : file));
}

function gapsOf({ files, overLimit, cutOff }: ParsedDiff, code: number, err: string): readonly HistoryGap[] {
  const gaps: HistoryGap[] = [];
  if (code !== 0 || cutOff.length > 0) gaps.push(brokenOff(files, cutOff, err));
  if (overLimit.length > 0) {
    gaps.push({
      part: "diff",
      because: `the change is too large to be read whole: the lines of ${listed(overLimit)} are only counted`,
      fix: "Split the change, or keep generated files out of it.",
    });
  }
  if (err.includes("rename detection was skipped")) {
    gaps.push({
      part: "history",
      because: `more than ${RENAME_LIMIT} files were removed and added: some renames are shown as a removal and an addition`,
      fix: "Move files in a commit of their own, unchanged.",
    });
  }
  return gaps;
}

function brokenOff(files: readonly DiffFile[], cutOff: readonly string[], err: string): HistoryGap {
  const missing = /(?:unable to read|could not fetch|missing object|bad object|object file \S*?|loose object) ([0-9a-f]{40,64})/.exec(err)?.[1];
  const file = missing === undefined ? undefined : files.find((one) => one.baseBlob === missing || one.headBlob === missing);
  const object =
    missing === undefined
      ? lastWords(err) || "Git stopped before its end"
      : `object ${missing.slice(0, 12)}${file ? ` (${file.path})` : ""} can't be read in this clone`;
  const unread = cutOff.length > 0 ? `; the lines of ${listed(cutOff)} were not read` : "";
  return {
    part: "diff",
    because: `the diff broke off: ${object}${unread}`,
    fix: "Fetch what is missing (`git fetch --refetch` in a partial clone, `git fetch --unshallow` in a shallow one; actions/checkout: `fetch-depth: 0` and no `filter`), or see `git fsck`.",
  };
}

const listed = (paths: readonly string[]): string =>
  paths.length <= 3 ? paths.join(", ") : `${paths.slice(0, 3).join(", ")} and ${paths.length - 3} more files`;
