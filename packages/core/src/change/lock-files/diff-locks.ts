import { compareVersions } from "./compare-versions.ts";
import type { LockedPackage, LockFile } from "./lock-file.ts";

/** A package on both sides whose entry differs. */
export interface Moved {
  readonly name: string;
  readonly from: LockedPackage;
  readonly to: LockedPackage;
}

/** What a change of a lock file means. A package present in several versions counts as changed only in those that came or went. */
export interface LockDiff {
  readonly added: readonly LockedPackage[];
  readonly removed: readonly LockedPackage[];
  readonly upgraded: readonly Moved[];
  /** Only of packages with one version on each side: where several stand side by side, which is whose is the package manager's choice. */
  readonly downgraded: readonly Moved[];
  /** Same version, other content: a registry never does that. */
  readonly tampered: readonly Moved[];
  /** From a registry to something that promises nothing, or to another host. */
  readonly resourced: readonly Moved[];
  /** Versions that run code on install and were not there before. */
  readonly installScripts: readonly LockedPackage[];
  /** On head, named without being pinned, and not so on base. */
  readonly unpinned: readonly LockedPackage[];
}

/** Compares a lock file's two sides; a missing side counts as empty. */
export function diffLocks(base: LockFile | undefined, head: LockFile | undefined): LockDiff {
  const [before, after] = [byName(base), byName(head)];
  const came = [...after].flatMap(([name, list]) => list.filter((item) => !has(before.get(name), item)));
  const went = [...before].flatMap(([name, list]) => list.filter((item) => !has(after.get(name), item)));
  const wentByName = groupByName(went);
  const moved = came.flatMap((to): Moved[] => {
    const from = wentByName.get(to.name)?.shift();
    return from ? [{ name: to.name, from, to }] : [];
  });
  const stayed = [...after].flatMap(([name, list]) => list.flatMap((to): Moved[] => (before.get(name) ?? []).filter((from) => from.version === to.version).map((from) => ({ name, from, to }))));
  const movedTo = new Set(moved.map(({ to }) => to));
  const movedFrom = new Set(moved.map(({ from }) => from));
  return {
    added: came.filter((item) => !movedTo.has(item)),
    removed: went.filter((item) => !movedFrom.has(item)),
    upgraded: moved.filter(({ from, to }) => compareVersions(from.version, to.version) < 0),
    downgraded: moved.filter(({ name, from, to }) => compareVersions(from.version, to.version) > 0 && before.get(name)?.length === 1 && after.get(name)?.length === 1),
    tampered: distinct(stayed.filter(({ from, to }) => from.source === to.source && hashesConflict(from.hashes, to.hashes))),
    resourced: distinct([...moved, ...stayed].filter(({ from, to }) => from.source === "registry" && (to.source === "git" || to.source === "address"))),
    installScripts: came.filter((item) => item.hasInstallScript && !(before.get(item.name) ?? []).some((old) => old.hasInstallScript)),
    unpinned: came.filter(isUnpinned),
  };
}

/** No version, or a branch where a commit should stand. */
export const isUnpinned = (item: LockedPackage): boolean => item.source !== "path" && (item.version === "" || (item.source === "git" && /^(?:main|master|develop|dev|HEAD|next|trunk)$/.test(item.version)));

/** Same algorithm on both sides and not one digest in common. More files of a version, or a better algorithm, is no conflict. */
export function hashesConflict(before: readonly string[], after: readonly string[]): boolean {
  const algorithm = (hash: string): string => hash.slice(0, hash.indexOf("-"));
  const shared = before.map(algorithm).filter((name) => after.some((hash) => algorithm(hash) === name));
  return shared.some((name) => !before.filter((hash) => algorithm(hash) === name).some((hash) => after.includes(hash)));
}

const byName = (lock: LockFile | undefined): Map<string, LockedPackage[]> => groupByName(lock?.packages ?? []);

function groupByName(packages: readonly LockedPackage[]): Map<string, LockedPackage[]> {
  const groups = new Map<string, LockedPackage[]>();
  for (const item of packages) {
    const list = groups.get(item.name) ?? [];
    if (!has(list, item)) list.push(item);
    groups.set(item.name, list);
  }
  return groups;
}

const has = (list: readonly LockedPackage[] | undefined, item: LockedPackage): boolean => list?.some((other) => other.version === item.version) ?? false;
const distinct = (items: readonly Moved[]): Moved[] => [...new Map(items.map((item) => [`${item.name} ${item.to.version}`, item])).values()];
