import type { Git } from "../process/git.ts";

/**
 * The merge on the first-parent line by which each of some commits came in. One Git process, linear in the history: the oldest merge that reaches a commit
 * brought it.
 */
export async function landedBy(git: Git, at: string, commits: ReadonlySet<string>): Promise<ReadonlyMap<string, { readonly id: string; readonly message: string }>> {
  const { out } = await git.run(["rev-list", "--parents", at, "--"]);
  const parents = new Map<string, readonly string[]>();
  for (const line of out.toString("latin1").split("\n")) {
    const [id = "", ...others] = line.split(" ");
    if (id !== "") parents.set(id, others);
  }
  const line: string[] = [];
  for (let id: string | undefined = at; id !== undefined && parents.has(id); id = parents.get(id)?.[0]) line.push(id);
  const on = new Set(line);
  const missing = [...commits].filter((id) => parents.has(id) && !on.has(id));
  if (missing.length === 0) return new Map();
  const brought = bringers(line, parents, on);
  const merges = [...new Set(missing.flatMap((id) => brought.get(id) ?? []))];
  const messages = await messagesOf(git, merges);
  return new Map(missing.flatMap((id) => {
    const merge = brought.get(id);
    return merge === undefined ? [] : [[id, { id: merge, message: messages.get(merge) ?? "" }] as const];
  }));
}

/** From the oldest commit of the line: whatever its other parents reach and nothing before reached. */
function bringers(line: readonly string[], parents: ReadonlyMap<string, readonly string[]>, on: ReadonlySet<string>): ReadonlyMap<string, string> {
  const brought = new Map<string, string>();
  for (const merge of line.toReversed()) {
    const open = [...(parents.get(merge) ?? []).slice(1)];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (on.has(id) || brought.has(id) || !parents.has(id)) continue;
      brought.set(id, merge);
      open.push(...(parents.get(id) ?? []));
    }
  }
  return brought;
}

async function messagesOf(git: Git, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { out } = await git.run(["log", "-z", "--no-walk=unsorted", "--stdin", "--format=%H%x00%B"], { input: `${ids.join("\n")}\n` });
  const fields = out.toString("utf8").split("\0");
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < fields.length; at += 2) found.set((fields[at] ?? "").trim(), (fields[at + 1] ?? "").trim());
  return found;
}

/** The newest commit on the first-parent line that was committed by a time (seconds since the epoch). */
export async function commitBefore(git: Git, at: string, seconds: number): Promise<string | undefined> {
  const { out } = await git.run(["rev-list", "--max-count=1", "--first-parent", `--before=@${Math.floor(seconds)}`, at, "--"]);
  const id = out.toString("latin1").trim();
  return id === "" ? undefined : id;
}
