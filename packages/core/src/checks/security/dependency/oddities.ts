import type { Observation, Place } from "#kernel";
import type { LockedPackage, Moved } from "#change";
import type { ChangedLock } from "./changed-locks.ts";

/** Things about a lock file's change that are worth a look; one observation per kind and file. */
export function* oddities(lock: ChangedLock): Generator<Observation> {
  const { tampered, resourced, downgraded, installScripts, unpinned } = lock.diff;
  if (tampered.length > 0) yield contentChanged(lock, tampered);
  if (resourced.length > 0) yield note(lock, "source", resourced, `no longer ${one(resourced) ? "comes" : "come"} from the registry`, "Make sure that somebody you trust controls the new source, and pin a commit.");
  const scripts = installScripts.filter(({ name }) => !resourced.some((other) => other.name === name));
  if (scripts.length > 0) yield note(lock, "script", scripts, `${one(scripts) ? "runs" : "run"} code on install and did not before`, "Read the install script, or install with `--ignore-scripts`.");
  const loose = unpinned.filter(({ name }) => !resourced.some((other) => other.name === name));
  if (loose.length > 0) yield note(lock, "unpinned", loose, `${one(loose) ? "is" : "are"} not pinned to a version`, "Pin an exact version or commit.");
  if (downgraded.length > 0 && !lock.head?.hashesOnly) yield note(lock, "downgraded", downgraded, `${one(downgraded) ? "goes" : "go"} back to an older version`, "Say in the commit why; an older version lacks later security fixes.");
  if (lock.file.status === "deleted" && !lock.replaced) yield { ...note(lock, "deleted", [], "", ""), because: `${lock.file.path} is deleted: versions are no longer pinned.`, fix: "Keep a lock file, or say in the commit what pins versions now." };
}

function contentChanged(lock: ChangedLock, moved: readonly Moved[]): Observation {
  const { file } = lock;
  return {
    answer: "broken",
    because: `${named(moved.map(({ to }) => to))} ${one(moved) ? "has" : "have"} the same version and other content in ${file.path}.`,
    fix: "Remove the entry, install again from the registry and compare. A registry never changes a published version; a mirror, a republished tag or an attacker does.",
    places: placesOf(lock, moved.map(({ to }) => to)),
    subject: `content\n${moved.map(({ name, to }) => `${name}@${to.version}`).sort().join("\n")}`,
    ask: { to: ["author"], question: `Why does ${named(moved.map(({ to }) => to))} have other content than before?`, how: "Name the reason with `proofline waive`, or restore the entry." },
    details: { kind: "content", packages: moved.slice(0, 50).map(({ name, to }) => `${name}@${to.version}`) },
  };
}

function note(lock: ChangedLock, kind: string, items: readonly (LockedPackage | Moved)[], what: string, fix: string): Observation {
  const packages = items.map((item) => ("to" in item ? item.to : item));
  return {
    answer: "broken",
    effect: "note",
    because: `${named(packages)} ${what} (${lock.file.path}).`,
    fix,
    places: placesOf(lock, packages),
    subject: `${kind}\n${packages.map(({ name, version }) => `${name}@${version}`).sort().join("\n")}`,
    details: { kind, packages: packages.slice(0, 50).map(({ name, version }) => `${name}@${version}`) },
  };
}

const one = (items: readonly unknown[]): boolean => items.length === 1;

function named(packages: readonly LockedPackage[]): string {
  const names = packages.map(({ name, version }) => (version === "" ? name : `${name} ${version}`));
  return names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(names.length === 2 ? " and " : ", ");
}

/** The added line that names each package, else the file. */
export function placesOf({ file }: Pick<ChangedLock, "file">, packages: readonly LockedPackage[]): Place[] {
  const added = file.hunks.flatMap((hunk) => hunk.lines.filter(({ op }) => op === "+"));
  const lines = packages.slice(0, 10).flatMap(({ name, version }) => {
    const hit = added.find(({ text }) => text.includes(name)) ?? added.find(({ text }) => version !== "" && text.includes(version));
    return hit ? [hit.line] : [];
  });
  return lines.length === 0 ? [{ file: file.path }] : [...new Set(lines)].map((line) => ({ file: file.path, line, side: "head" as const }));
}
