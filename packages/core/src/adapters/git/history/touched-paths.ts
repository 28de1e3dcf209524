import { pathText } from "../objects/path-text.ts";
import type { Git } from "../process/git.ts";

/** Compares trees only, no contents: hundreds of commits cost what counting the lines of a few does. Where Git stops early there are fewer. */
export async function touchedPaths(git: Git, at: string, count: number): Promise<readonly (readonly string[])[]> {
  const { code, out } = await git.run(["log", "-z", "--name-only", "--no-renames", "--no-merges", "--min-parents=1", "--ignore-submodules=none", `--max-count=${count}`, "--format=%x00%H", at, "--"]);
  const changes = parse(out);
  return code === 0 ? changes : changes.slice(0, -1);
}

/** Each commit is an empty token and its id; its paths follow, the first after a line break, until the next empty token. */
function parse(out: Buffer): readonly (readonly string[])[] {
  const changes: string[][] = [];
  let fresh = false;
  for (let at = 0; at < out.length;) {
    const found = out.indexOf(0, at);
    const end = found < 0 ? out.length : found;
    const token = out.subarray(out[at] === 10 ? at + 1 : at, end);
    if (fresh) changes.push([]);
    else if (token.length > 0) changes.at(-1)?.push(pathText(token));
    fresh = !fresh && token.length === 0;
    at = end + 1;
  }
  return changes;
}
