import { randomUUID } from "node:crypto";
import { lstat, readFile, rename, rm, writeFile } from "node:fs/promises";

const NPMRC = /^(legacy-peer-deps|strict-peer-deps|engine-strict|install-links|install-strategy|prefer-dedupe|omit|include|force|auto-install-peers|node-linker|shamefully-hoist|hoist|link-workspace-packages|prefer-workspace-packages|shared-workspace-lockfile|dedupe-peer-dependents|resolve-peers-from-workspace-root)[ \t]*=[ \t]*[\w-]+$/;

/** Lines of an `.npmrc` that change what is installed and nothing else: no program, no server, no token. */
export const harmlessNpmrc = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => NPMRC.test(line))
    .join("\n");

/** Of pnpm's settings those that say which packages there are, how they are laid out, and which of them are replaced. */
const PNPM_KEYS: ReadonlySet<string> = new Set(
  "packages catalog catalogs overrides packageExtensions patchedDependencies allowedDeprecatedVersions peerDependencyRules ignoredOptionalDependencies autoInstallPeers nodeLinker hoist hoistPattern publicHoistPattern shamefullyHoist linkWorkspacePackages preferWorkspacePackages sharedWorkspaceLockfile injectWorkspacePackages dedupePeerDependents dedupeInjectedDeps strictPeerDependencies resolvePeersFromWorkspaceRoot settings".split(" "),
);

/**
 * A `pnpm-workspace.yaml` with those of its keys alone; undefined when its text is not plain enough to be sure which keys it has. Keys that name
 * programs, hooks, servers or packages that are loaded into pnpm itself go.
 */
export function harmlessPnpmWorkspace(text: string): string | undefined {
  const kept: string[] = [];
  let keep = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "" || line.startsWith("#") || line === "---") continue;
    const key = /^([A-Za-z]\w{0,60}):(?:\s|$)/.exec(line)?.[1];
    if (key !== undefined) keep = PNPM_KEYS.has(key);
    else if (!/^(?:[ \t]|- )/.test(line)) return undefined; // a quoted key, a flow mapping, a merge: read otherwise than it looks
    if (keep) kept.push(line);
  }
  return `${kept.join("\n")}\n`;
}

/** Everything `restore` needs to put a file back as it was. */
export interface SetAside {
  restore(): Promise<void>;
}

const LARGEST = 1024 * 1024;

/** Puts a harmless text in the place of a settings file, or nothing; the file (or link, never followed) is as it was after `restore`. */
export async function setAside(path: string, harmless: (text: string) => string | undefined): Promise<SetAside> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return { restore: () => Promise.resolve() };
  const text = found.isFile() && found.size < LARGEST ? harmless(await readFile(path, "utf8")) : undefined;
  const aside = `${path}.${randomUUID()}`; // the tree may hold any name that can be known
  await rename(path, aside);
  if (text !== undefined) await writeFile(path, text);
  return {
    restore: async () => {
      await rm(path, { force: true });
      await rename(aside, path);
    },
  };
}
