import type { PastChange } from "#change";
import { pathText } from "../objects/path-text.ts";
import type { Git } from "../process/git.ts";

/** Lock files and other generated ones are most of the work of counting lines (three quarters where measured) and tell nothing of a change's size. */
const COUNTED_UP_TO = 256 * 1024;

/** Sizes of the last `count` commits that are neither merges nor the first of a history, newest first. Files above 256 KB count no lines. Where Git stops early (missing blobs) there are fewer. */
export async function pastChanges(git: Git, at: string, count: number): Promise<readonly PastChange[]> {
  const { code, out } = await git.run([
    "-c",
    `core.bigFileThreshold=${COUNTED_UP_TO}`,
    "log",
    "-z",
    "--numstat",
    "--no-renames",
    "--no-merges",
    // The first commit of a history is no change anybody made, and often the largest diff of all.
    "--min-parents=1",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=none",
    `--max-count=${count}`,
    "--format=%x00%H%x00%B%x00",
    at,
    "--",
  ]);
  const changes = parseNumstat(out);
  return code === 0 ? changes : changes.slice(0, -1);
}

/** Each commit is an empty token, id, message, an empty token, and its files until the next empty token. */
function parseNumstat(out: Buffer): readonly PastChange[] {
  const tokens = tokensOf(out);
  const changes: PastChange[] = [];
  let at = 0;
  while (at + 2 < tokens.length) {
    const [id, message] = [tokens[at + 1]?.toString("latin1") ?? "", tokens[at + 2]?.toString("utf8").trimEnd() ?? ""];
    const files: PastChange["files"][number][] = [];
    for (at += 4; at < tokens.length && tokens[at]?.length !== 0; at += 1) {
      const file = fileOf(tokens[at] ?? Buffer.alloc(0));
      if (file) files.push(file);
    }
    if (/^[0-9a-f]{40,64}$/.test(id)) changes.push({ id, message, files });
  }
  return changes;
}

function tokensOf(out: Buffer): readonly Buffer[] {
  const tokens: Buffer[] = [];
  for (let at = 0; at < out.length;) {
    const end = out.indexOf(0, at);
    tokens.push(out.subarray(at, end < 0 ? out.length : end));
    at = end < 0 ? out.length : end + 1;
  }
  return tokens;
}

/** `added TAB deleted TAB path`; a binary file has dashes. The first file of a commit stands after a line break. */
function fileOf(token: Buffer): PastChange["files"][number] | undefined {
  const start = token[0] === 10 ? 1 : 0;
  const first = token.indexOf(9, start);
  const second = token.indexOf(9, first + 1);
  if (first < 0 || second < 0) return undefined;
  const size = (from: number, to: number): number => Number(token.toString("latin1", from, to)) || 0;
  return { path: pathText(token.subarray(second + 1)), added: size(start, first), deleted: size(first + 1, second) };
}
