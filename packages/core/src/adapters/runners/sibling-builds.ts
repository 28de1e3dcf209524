import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import type { TestFailure, Workspace } from "#evidence";
import { readPlain } from "./plain-file.ts";
import { buildCommand } from "./test-script.ts";

/** A package of the tree that others of it import by name. */
export interface OwnPackage {
  readonly name: string;
  readonly dir: string;
  /** Names it depends on, of whatever kind. */
  readonly needs: readonly string[];
  /** Scripts an import of it may lead to, by path in it. */
  readonly entries: readonly string[];
  /** What builds it, when its scripts say. */
  readonly build?: string;
}

const MOST_PACKAGES = 500;
const MANIFEST_LIMIT = 1024 * 1024;
const DATA = /(^|\/)(node_modules|__fixtures__|fixtures?|testdata|__testfixtures__|templates?|examples?)\//;

/** Packages of a tree that have a name, read from where it is laid out. */
export async function ownPackages({ root, files }: Pick<Workspace, "root" | "files">): Promise<readonly OwnPackage[]> {
  const manifests = files.filter((path) => posix.basename(path) === "package.json" && !DATA.test(path)).slice(0, MOST_PACKAGES);
  const read = await Promise.all(manifests.map(async (path) => readOwn(posix.dirname(path), (await readPlain(join(root, path), MANIFEST_LIMIT))?.bytes.toString("utf8") ?? "")));
  return read.filter((one): one is OwnPackage => one !== undefined);
}

function readOwn(dir: string, text: string): OwnPackage | undefined {
  try {
    const fields = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof fields["name"] !== "string") return undefined;
    const needs = ["dependencies", "peerDependencies", "devDependencies"].flatMap((section) => Object.keys((fields[section] ?? {}) as object));
    const scripts = Object.fromEntries(Object.entries((fields["scripts"] ?? {}) as Record<string, unknown>).filter((pair): pair is [string, string] => typeof pair[1] === "string"));
    const build = buildCommand(scripts);
    return { name: fields["name"], dir, needs, entries: entriesOf(fields), ...(build !== undefined && { build }) };
  } catch {
    return undefined; // a manifest that can't be read names nothing
  }
}

/** Scripts `main`, `module` and `exports` lead to, for any condition. */
function entriesOf({ main, module, exports }: Readonly<Record<string, unknown>>): readonly string[] {
  const found: string[] = [];
  const collect = (value: unknown, depth: number): void => {
    if (typeof value === "string") found.push(value);
    else if (typeof value === "object" && value !== null && depth < 8) for (const inner of Object.values(value)) collect(inner, depth + 1);
  };
  for (const value of [main, module, exports]) collect(value, 0);
  return found.filter((path) => /\.[cm]?js$/.test(path) && !path.includes("*") && !path.includes("..")).map((path) => posix.normalize(path));
}

/** Own packages these failures could not find the entry of: by name, through a link in `node_modules`, or by a path in their folder. */
export function missingPackages(failures: readonly (TestFailure | undefined)[], packages: readonly OwnPackage[]): readonly OwnPackage[] {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const deepest = packages.toSorted((a, b) => b.dir.length - a.dir.length);
  const found = failures.flatMap((failure) => {
    const missing = failure?.missing;
    if (missing === undefined || (failure?.kind !== "load" && failure?.kind !== "error")) return [];
    const name = missing.split("node_modules/").at(-1) ?? missing;
    const parts = name.split("/");
    return byName.get(name) ?? byName.get(parts.slice(0, name.startsWith("@") ? 2 : 1).join("/")) ?? deepest.find((one) => one.dir !== "." && missing.startsWith(`${one.dir}/`)) ?? [];
  });
  return [...new Set(found)];
}

/** These packages and the own ones they need, each after what it needs. */
export function buildOrder(wanted: readonly OwnPackage[], packages: readonly OwnPackage[]): readonly OwnPackage[] {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const order: OwnPackage[] = [];
  const seen = new Set<OwnPackage>();
  const visit = (one: OwnPackage): void => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const name of one.needs) {
      const needed = byName.get(name);
      if (needed) visit(needed);
    }
    order.push(one);
  };
  for (const one of wanted) visit(one);
  return order;
}

/** True when a package says where its scripts are, and none of them is there. */
export const isUnbuilt = (root: string, { dir, entries }: OwnPackage): boolean => entries.length > 0 && !entries.some((entry) => existsSync(join(root, dir, entry)));

/** Builds what the failures miss, in order, and only what is not built; says what could not be. `built` is how many were. */
export async function buildSiblings(
  failures: readonly (TestFailure | undefined)[],
  about: { readonly workspace: Workspace; readonly packages: readonly OwnPackage[]; readonly testedDir: string },
  run: (dir: string, command: string) => Promise<string | undefined>,
): Promise<{ readonly built: number; readonly notes: readonly string[] }> {
  const { workspace, packages, testedDir } = about;
  const wanted = missingPackages(failures, packages).filter((one) => one.dir !== testedDir);
  let built = 0;
  for (const one of buildOrder(wanted, packages)) {
    if (one.dir === testedDir || !isUnbuilt(workspace.root, one)) continue;
    const why = one.build === undefined ? "it has no script that builds it" : await run(one.dir, one.build);
    if (why !== undefined) return { built, notes: [`${one.name} (${one.dir}) has to be built before these tests, and ${why}; declare a tests.command in proofline.yaml that builds it first`] };
    built += 1;
  }
  return { built, notes: [] };
}
