import { wantedAnew, wantedBy, isOpenRange, type Change, type ChangedFile, type Wanted } from "#change";
import type { Facts, FileRequest } from "../../check.ts";

/** A manifest whose wishes changed, and what is odd about it. */
export interface ManifestDrift {
  readonly file: ChangedFile;
  readonly wanted: readonly Wanted[];
  /** The lock file that should have followed and did not. */
  readonly stale?: string;
  /** Wishes for whatever is newest. */
  readonly open: readonly Wanted[];
}

const LOCKS = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];

const manifestsOf = (change: Change): ChangedFile[] => change.files.filter(({ path, status, kind }) => /(?:^|\/)package\.json$/.test(path) && status !== "deleted" && kind !== "fixture" && kind !== "vendored");

/** Lock files that may answer for a manifest: beside it or in any folder above. */
function locksAbove(path: string): string[] {
  const folders = path.split("/").slice(0, -1);
  const levels = [...folders.keys(), folders.length].map((depth) => folders.slice(0, folders.length - depth).join("/"));
  return [...new Set(levels)].flatMap((folder) => LOCKS.map((lock) => (folder === "" ? lock : `${folder}/${lock}`)));
}

/** A lock file beside the manifest, or one further up that names its folder as a workspace of its own. */
function answersFor(lock: string, manifest: string, text: string): boolean {
  const home = lock.slice(0, lock.lastIndexOf("/") + 1);
  const folder = manifest.slice(home.length, Math.max(home.length, manifest.lastIndexOf("/")));
  return folder === "" || [`"${folder}"`, `  ${folder}:`, `workspace:${folder}"`].some((mark) => text.includes(mark));
}

/** The manifests on both sides, and the lock files that could answer for them. */
export const manifestRequests = (change: Change): FileRequest[] =>
  manifestsOf(change).flatMap((file) => [
    ...(file.status === "added" ? [] : [{ side: "base" as const, path: file.basePath ?? file.path }]),
    { side: "head" as const, path: file.path },
    ...locksAbove(file.path).map((path) => ({ side: "head" as const, path })),
  ]);

/** Every manifest that asks for something else than before, unless its lock file followed and nothing is open. */
export function manifestDrifts({ change, text }: Pick<Facts, "change" | "text">): ManifestDrift[] {
  const changed = new Set(change.files.map(({ path }) => path));
  return manifestsOf(change).flatMap((file): ManifestDrift[] => {
    const head = wantedBy(text("head", file.path) ?? "");
    const base = file.status === "added" ? new Map<string, string>() : wantedBy(text("base", file.basePath ?? file.path) ?? "");
    if (!head || !base) return [];
    const wanted = wantedAnew(base, head);
    const locks = locksAbove(file.path).filter((path) => text("head", path) !== undefined || changed.has(path));
    const stale = file.status === "added" || locks.some((path) => changed.has(path)) ? undefined : locks.find((path) => answersFor(path, file.path, text("head", path) ?? ""));
    const open = wanted.filter(({ name, range }) => range !== "" && isOpenRange(range) && !isOpenRange(base.get(name) ?? ""));
    return wanted.length > 0 && (stale !== undefined || open.length > 0) ? [{ file, wanted, open, ...(stale !== undefined && { stale }) }] : [];
  });
}
