/** A path as a report prints it, in one spelling: forward slashes, no `.`, no `file://`. */
export interface PrintedPath {
  readonly absolute: boolean;
  /** Without leading slash; a drive letter stays (`c:/repo/a.ts`), a leading `..` too. */
  readonly path: string;
}

/** Longer names are no paths. */
const LONGEST = 4096;

/** Understands POSIX, Windows and `file://` spellings; undefined for what can't be a path. */
export function readPrintedPath(raw: string): PrintedPath | undefined {
  if (raw === "" || raw.length > LONGEST || /[\0\n\r]/.test(raw)) return undefined;
  const plain = raw.startsWith("file://") ? fromFileUrl(raw) : raw;
  const windows = /^[A-Za-z]:[\\/]/.test(plain);
  const slashed = windows || !plain.includes("/") ? plain.replaceAll("\\", "/") : plain;
  const absolute = windows || slashed.startsWith("/");
  const path = joinSegments(slashed, absolute);
  if (path === "") return undefined;
  return { absolute, path: windows ? path.slice(0, 1).toLowerCase() + path.slice(1) : path };
}

/** Resolves `.` and `..`; what climbs over the start of a relative path keeps its `..`, over the root stays at the root. */
export function joinSegments(path: string, absolute: boolean): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!absolute) kept.push("..");
  }
  return kept.join("/");
}

/** True when a relative path leads out of where it starts. */
export const climbs = (path: string): boolean => path === ".." || path.startsWith("../");

function fromFileUrl(url: string): string {
  const rest = url.slice("file://".length).replace(/^localhost\//, "/");
  try {
    return decodeURIComponent(rest).replace(/^\/(?=[A-Za-z]:[\\/])/, "");
  } catch {
    return rest;
  }
}
