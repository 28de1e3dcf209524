import { open } from "node:fs/promises";
import { isProoflineError } from "#kernel";
import { patchDoesNotApply, patchUnreadable } from "../errors.ts";
import type { Git } from "../process/git.ts";
import { indexOfTree } from "./compose-tree.ts";
import { writeTree } from "./scratch-index.ts";

export interface PatchSource {
  readonly file: string;
  readonly text?: string;
}

const LARGEST_PATCH = 256 * 1024 * 1024;

/** The base with a patch applied. Patches by Git and by `diff -u`, with or without `a/` and `b/`, also saved with Windows line ends. */
export async function patchTree(git: Git, base: { readonly tree: string; readonly name: string }, source: PatchSource): Promise<string> {
  const patch = source.text ?? (await readPatch(source.file));
  if (patch.trim() === "") return base.tree;
  const index = await indexOfTree(git, base.tree);
  let first: string | undefined;
  for (const { text, strip } of attempts(patch)) {
    const { code, err } = await git.run(["apply", "--cached", "--whitespace=nowarn", `-p${strip}`, "-"], {
      env: git.writing(index),
      input: Buffer.from(text, source.text === undefined ? "latin1" : "utf8"),
    });
    if (code === 0) return writeTree(git, index);
    first ??= err;
  }
  throw patchDoesNotApply({ file: source.file, base: base.name, ...whereItFails(first ?? "") });
}

/** `apply` changes all or nothing, so the next attempt starts from the same index. */
function attempts(patch: string): readonly { readonly text: string; readonly strip: 0 | 1 }[] {
  const texts = patch.includes("\r\n") ? [headersWithoutReturn(patch), patch.replaceAll("\r\n", "\n")] : [patch];
  const strips = leadingFolders(patch);
  return texts.flatMap((text) => strips.map((strip) => ({ text, strip })));
}

/**
 * How many folders to strip from names. `a/` and `b/` are Git's, and two folders that differ only in their first part were compared (`diff -r old new`);
 * anything else is a path as it stands, or below one folder.
 */
function leadingFolders(patch: string): readonly (0 | 1)[] {
  const names = [...patch.matchAll(/^--- ([^\t\r\n]+)[^\n]*\n\+\+\+ ([^\t\r\n]+)/gm)].map((match) => [match[1] ?? "", match[2] ?? ""] as const);
  const below = (name: string): string => name.slice(name.indexOf("/"));
  const stripped =
    /^diff --git "?a\//m.test(patch) ||
    names.some(([old, fresh]) => old.startsWith("a/") || fresh.startsWith("b/") || (old !== fresh && old.includes("/") && below(old) === below(fresh)));
  return stripped ? [1] : [0, 1];
}

/** Lines of hunks keep their ends, which belong to the files; names and ranges never end in a return. */
const headersWithoutReturn = (patch: string): string =>
  patch
    .split("\n")
    .map((line) => (line.endsWith("\r") && !/^[ +-](?!-- |\+\+ )/.test(line) ? line.slice(0, -1) : line))
    .join("\n");

/** Git names the file and the line the hunk was made for, or the line of the patch that makes no sense. */
function whereItFails(err: string): { readonly place: string; readonly says: string } {
  const hunk = /^error: patch failed: (.+:\d+)$/m.exec(err)?.[1];
  if (hunk !== undefined) return { place: hunk, says: "the lines around the change differ from the patch" };
  const corrupt = /^error: corrupt patch at line (\d+)$/m.exec(err)?.[1];
  if (corrupt !== undefined) return { place: `line ${corrupt} of the patch`, says: "the patch is cut off or its line counts are wrong" };
  const file = /^error: (.+): (does not exist in index|already exists in index|.*does not match.*|patch does not apply)$/m.exec(err);
  if (file) return { place: file[1] ?? "", says: (file[2] ?? "").replace(" in index", "") };
  if (err.includes("No valid patches")) return { place: "", says: "it holds no unified diff" };
  return { place: "", says: /^(?:error|fatal): (.*)$/m.exec(err)?.[1] ?? "no reason given" };
}

async function readPatch(file: string): Promise<string> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      if (size > LARGEST_PATCH) throw patchUnreadable({ file, says: `it has ${size} bytes, more than ${LARGEST_PATCH}` });
      return (await handle.readFile()).toString("latin1");
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isProoflineError(error)) throw error;
    throw patchUnreadable({ file, says: (error as Error).message }, error);
  }
}
