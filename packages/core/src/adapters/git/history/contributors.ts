import type { Git } from "../process/git.ts";
import type { CommitHead } from "../objects/revisions.ts";

export interface Contributor {
  readonly name: string;
  readonly email: string;
  readonly commits: number;
}

const DAY = 86_400;

/** Authors of the `days` before a commit's own date, most active first; `.mailmap` as it is at that commit. */
export async function contributors(git: Git, at: CommitHead, days: number): Promise<readonly Contributor[]> {
  const since = Math.max(0, at.committedAt - days * DAY);
  const { out } = await git.run([
    "-c",
    `mailmap.blob=${at.id}:.mailmap`,
    "log",
    "-z",
    "--no-merges",
    "--use-mailmap",
    "--format=%aN%x00%aE",
    `--since=@${since}`,
    at.id,
    "--",
  ]);
  const fields = out.toString("utf8").split("\0");
  const found = new Map<string, { name: string; email: string; commits: number }>();
  for (let field = 0; field + 2 < fields.length; field += 2) {
    const [name = "", email = ""] = [fields[field], fields[field + 1]];
    const key = `${name}\0${email.toLowerCase()}`;
    const known = found.get(key);
    if (known) known.commits += 1;
    else found.set(key, { name, email, commits: 1 });
  }
  return [...found.values()].sort((a, b) => b.commits - a.commits || (a.email < b.email ? -1 : 1));
}
