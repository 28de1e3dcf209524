import { join } from "node:path";
import { satisfies, validRange } from "semver";
import { readPlain } from "./plain-file.ts";
import type { ResultRecord } from "./result-record.ts";

const MANIFEST_LIMIT = 4 * 1024 * 1024;
/** Packages of a stack that are asked: what threw, and who brought it in. */
const PACKAGES_ASKED = 12;

/**
 * Whose Node this is not: the first package of an error's stack, else the project, whose `engines` leave this Node out. Undefined where all allow it.
 * `from` are folders below `root`, nearest first.
 */
export async function nodeMismatch(stack: string, { root, from, version = process.versions.node }: { readonly root: string; readonly from: readonly string[]; readonly version?: string }): Promise<string | undefined> {
  const packages = packageFolders(stack, root).map((folder) => ({ folder, who: "" }));
  for (const { folder, who } of [...packages, ...from.map((folder) => ({ folder, who: "the project" }))]) {
    const wanted = await enginesOf(folder);
    if (wanted && !satisfies(version, wanted.range, { includePrerelease: true })) return `${who || wanted.name} needs Node ${wanted.range}, this is ${version}`;
  }
  return undefined;
}

/** Folders of the packages a stack passes through, topmost first: the last `node_modules/name` of each path that lies in the tree. */
function packageFolders(stack: string, root: string): readonly string[] {
  const found = new Set<string>();
  for (const line of stack.split("\n", 200)) {
    const path = /((?:\/|[A-Za-z]:\\)[^():"']{1,1000}[\\/]node_modules[\\/](?:@[^\\/:\s]{1,200}[\\/])?[^\\/:\s]{1,200})[\\/]/.exec(line.slice(0, 2_000).replaceAll("file://", ""))?.[1];
    if (path !== undefined && path.startsWith(root)) found.add(path);
    if (found.size === PACKAGES_ASKED) break;
  }
  return [...found];
}

async function enginesOf(folder: string): Promise<{ readonly name: string; readonly range: string } | undefined> {
  const file = await readPlain(join(folder, "package.json"), MANIFEST_LIMIT);
  try {
    const manifest = JSON.parse(file?.bytes.toString("utf8") ?? "null") as { name?: unknown; version?: unknown; engines?: { node?: unknown } } | null;
    const range = manifest?.engines?.node;
    if (typeof range !== "string" || validRange(range) === null) return undefined;
    return { range: range.slice(0, 100), name: [manifest?.name, manifest?.version].filter((part) => typeof part === "string").join(" ").slice(0, 200) };
  } catch {
    return undefined; // a manifest that can't be read asks for nothing
  }
}

/** What was said of errors outside of tests: where a run has no test, the reason is in here. */
export const stacksOf = (records: readonly ResultRecord[], output: string): string =>
  [...records.flatMap((record) => (record.t === "stray" || record.t === "unloaded" ? [record.failure.stack ?? record.failure.message ?? ""] : [])), output].join("\n").slice(0, 64 * 1024);
