import { satisfies, valid, coerce } from "semver";
import type { LockedPackage } from "#change";
import type { Advisory } from "#evidence";
import type { ChangedLock } from "./changed-locks.ts";

/** A package this change brings in, the advisories it falls under and the lock files it is in. */
export interface Vulnerable {
  readonly item: LockedPackage;
  readonly advisories: readonly Advisory[];
  readonly locks: readonly ChangedLock[];
  /** False when an older version of it fell under the same advisories: the change did not make that worse. */
  readonly fresh: boolean;
}

/** Matches what came with this change against advisories; one result per package version. */
export function vulnerableIn(locks: readonly ChangedLock[], advisories: readonly Advisory[]): Vulnerable[] {
  const byPackage = new Map<string, Advisory[]>();
  for (const advisory of advisories) {
    const key = keyOf(advisory.ecosystem, advisory.package);
    byPackage.set(key, [...(byPackage.get(key) ?? []), advisory]);
  }
  const found = new Map<string, Vulnerable>();
  for (const lock of locks) {
    if (!lock.head || lock.head.hashesOnly) continue;
    const { ecosystem } = lock.head;
    for (const item of [...lock.diff.added, ...lock.diff.upgraded.map(({ to }) => to), ...lock.diff.downgraded.map(({ to }) => to)]) {
      const own = distinct((byPackage.get(keyOf(ecosystem, item.name)) ?? []).filter((advisory) => affects(advisory, item.version)));
      if (own.length === 0) continue;
      const before = lock.base?.packages.filter(({ name }) => name === item.name) ?? [];
      const fresh = own.filter((advisory) => !before.some(({ version }) => affects(advisory, version)));
      const key = `${keyOf(ecosystem, item.name)}@${item.version}`;
      const same = found.get(key);
      const listed = fresh.length > 0 ? fresh : own;
      if (same) found.set(key, { ...same, item: same.item.dev ? item : same.item, locks: [...same.locks, lock], fresh: same.fresh || fresh.length > 0 });
      else found.set(key, { item, advisories: listed, locks: [lock], fresh: fresh.length > 0 });
    }
  }
  return [...found.values()];
}

const keyOf = (ecosystem: string, name: string): string => `${ecosystem.toLowerCase().replace("cargo", "crates.io")} ${/pypi/i.test(ecosystem) ? name.toLowerCase().replace(/[-_.]+/g, "-") : name}`;

function affects({ affected }: Advisory, version: string): boolean {
  if (affected.versions?.some((listed) => listed.replace(/^v/, "") === version.replace(/^v/, ""))) return true;
  const exact = valid(version, { loose: true }) ?? coerce(version, { includePrerelease: true })?.version;
  return affected.range !== undefined && exact !== undefined && satisfies(exact, affected.range, { includePrerelease: true, loose: true });
}

/** Databases list one weakness under several names. */
function distinct(advisories: readonly Advisory[]): Advisory[] {
  const seen = new Set<string>();
  return advisories.filter((advisory) => {
    const names = [advisory.id, ...advisory.aliases];
    const known = names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return !known;
  });
}
