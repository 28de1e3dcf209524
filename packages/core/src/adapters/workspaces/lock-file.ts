import { createHash } from "node:crypto";
import { canonicalJson } from "#kernel";

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

export interface LockKind {
  readonly file: string;
  readonly manager: PackageManager;
}

/** In order of precedence where a folder holds several. */
export const LOCK_KINDS: readonly LockKind[] = [
  { file: "pnpm-lock.yaml", manager: "pnpm" },
  { file: "yarn.lock", manager: "yarn" },
  { file: "npm-shrinkwrap.json", manager: "npm" },
  { file: "package-lock.json", manager: "npm" },
  { file: "bun.lock", manager: "bun" },
];

/**
 * What a lock file installs, as one hash: equal keys mean equal packages. The project's own name and version
 * stand in npm's lock file too and change with every release, so they are left out.
 */
export function lockKey(kind: LockKind, text: string): string {
  const said = kind.manager === "npm" ? withoutOwnVersions(text) : text.replaceAll("\r\n", "\n");
  return `${kind.manager}-${createHash("sha256").update(said).digest("hex")}`;
}

/** `name@version` of locked packages that want to run scripts when installed, with their integrity. npm only. */
export function packagesWithScripts(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [path, entry] of Object.entries(packagesOf(parse(text)))) {
    const at = path.lastIndexOf("node_modules/");
    if (at < 0 || entry["hasInstallScript"] !== true || typeof entry["integrity"] !== "string") continue;
    found.set(`${path.slice(at + "node_modules/".length)}@${String(entry["version"])}`, entry["integrity"]);
  }
  return found;
}

/** Locked packages that a complete installation must hold: folder -> version. npm only. */
export function requiredPackages(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [path, entry] of Object.entries(packagesOf(parse(text)))) {
    const wanted = path.startsWith("node_modules/") && entry["link"] !== true && entry["optional"] !== true;
    if (wanted && entry["devOptional"] !== true && entry["peer"] !== true) found.set(path, String(entry["version"]));
  }
  return found;
}

type Entry = Readonly<Record<string, unknown>>;

function parse(text: string): Entry {
  try {
    const value: unknown = JSON.parse(text);
    return isEntry(value) ? value : {};
  } catch {
    return {};
  }
}

function packagesOf(lock: Entry): Readonly<Record<string, Entry>> {
  const packages = lock["packages"];
  if (!isEntry(packages)) return {};
  return Object.fromEntries(Object.entries(packages).filter((pair): pair is [string, Entry] => isEntry(pair[1])));
}

function withoutOwnVersions(text: string): string {
  const lock = parse(text);
  if (!isEntry(lock["packages"])) return text;
  const packages = Object.entries(packagesOf(lock)).map(([path, entry]) => {
    const own = !path.includes("node_modules/");
    return [path, own ? { ...entry, version: null, name: null } : entry];
  });
  return canonicalJson({ packages: Object.fromEntries(packages) });
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
