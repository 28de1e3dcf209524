import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StateFiles } from "#operations";
import { stateTooLarge, stateUnreadable } from "./errors.ts";
import { must, mustLine, type Git } from "./git-plumbing.ts";
import { MAX_STATE_BYTES } from "./manifest.ts";

/** Name of the sealed list inside the tree. No state file can have it, for their names don't start with a dot. */
const MANIFEST = ".manifest";

/** Who writes state commits; dates come from the run. */
const WRITER = {
  GIT_AUTHOR_NAME: "Proofline",
  GIT_AUTHOR_EMAIL: "proofline@localhost",
  GIT_COMMITTER_NAME: "Proofline",
  GIT_COMMITTER_EMAIL: "proofline@localhost",
};

/**
 * Stores files as a commit without parents and returns its id; no ref is moved. Without parents, old state is no history that every
 * clone would carry for ever.
 */
export async function storeTree(git: Git, where: string, files: StateFiles, sealed: string): Promise<string> {
  const entries: string[] = [];
  for (const [name, content] of [...files, [MANIFEST, sealed] as const]) {
    const blob = await mustLine(git, where, ["hash-object", "-w", "--no-filters", "--stdin"], { input: content });
    entries.push(`100644 blob ${blob}\t${name}\n`);
  }
  const index = join(tmpdir(), `proofline-index-${randomUUID()}`);
  try {
    const env = { GIT_INDEX_FILE: index };
    await must(git, where, ["update-index", "--add", "--index-info"], { input: entries.join(""), env });
    const tree = await mustLine(git, where, ["write-tree"], { env });
    return await mustLine(git, where, ["commit-tree", tree, "-m", "Proofline state"], { env: WRITER });
  } finally {
    await rm(index, { force: true });
  }
}

/** Reads a commit's files back; sizes are looked at before contents. */
export async function readTree(git: Git, where: string, commit: string): Promise<{ readonly files: StateFiles; readonly sealed: string }> {
  const listed = (await must(git, where, ["ls-tree", "-r", "-z", "-l", "--full-tree", commit]))
    .toString("utf8")
    .split("\0")
    .filter((line) => line !== "");
  const entries = listed.map((line) => /^100644 blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line) ?? refuse(where, "it holds something that is no plain file"));
  const total = entries.reduce((sum, [, , size]) => sum + Number(size), 0);
  if (total > MAX_STATE_BYTES * 1.1) throw stateTooLarge({ where, bytes: total, limit: MAX_STATE_BYTES });
  const input = entries.map(([, blob]) => `${blob}\n`).join("");
  const contents = split(await must(git, where, ["cat-file", "--batch"], { input }), where);
  const files = new Map(entries.map(([, , , name = ""], index) => [name, contents[index] ?? new Uint8Array()]));
  const sealed = files.get(MANIFEST) ?? refuse(where, "its list of files is missing");
  files.delete(MANIFEST);
  return { files, sealed: Buffer.from(sealed).toString("utf8") };
}

/** `cat-file --batch` prints `<id> blob <size>\n<bytes>\n` for each. */
function split(output: Buffer, where: string): Uint8Array[] {
  const contents: Uint8Array[] = [];
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    const header = /^[0-9a-f]+ blob (\d+)$/.exec(output.subarray(at, end).toString("utf8")) ?? refuse(where, "an object is missing");
    const start = end + 1;
    const size = Number(header[1]);
    contents.push(new Uint8Array(output.subarray(start, start + size)));
    at = start + size + 1;
  }
  return contents;
}

function refuse(where: string, because: string): never {
  throw stateUnreadable({ where, because });
}
