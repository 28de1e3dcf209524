import { cp, lstat, mkdir, readdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { spawn } from "node:child_process";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";

/** Written by tools while they run; stale results would travel with them. */
export const LEFT_OUT: ReadonlySet<string> = new Set([".cache", ".vite", ".vite-temp", ".vitest", ".vitest-attachments"]);

/**
 * Copies installed packages, never links them to the user's: a symbolic link would run the other side's workspace packages,
 * and a hard link would let a test write into the user's files. Links inside are left as they are written: see `repairLinks`.
 */
export async function copyModules(from: string, to: string): Promise<void> {
  await copyEntries(from, await startCopy(from, to), to);
}

/** Copies files and folders of one folder into another that is there. */
export async function copyEntries(from: string, names: readonly string[], to: string): Promise<void> {
  for (let at = 0; at < names.length; at += 500) await copyAll(from, names.slice(at, at + 500), to);
}

/** Hard-links packages from a copy of our own, a tenth of the time; false where the system can't. Never for the user's files. */
export async function linkModules(from: string, to: string): Promise<boolean> {
  if (process.platform !== "linux") return false;
  const names = await startCopy(from, to);
  for (let at = 0; at < names.length; at += 500) {
    const sources = names.slice(at, at + 500).map((name) => join(from, name));
    if ((await exits(["-al", "-t", to, "--", ...sources])) !== 0) return false;
  }
  return true;
}

/** Moves packages; false where they lie on another disk. */
export async function moveModules(from: string, to: string): Promise<boolean> {
  await rm(to, { recursive: true, force: true });
  return rename(from, to).then(
    () => true,
    () => false,
  );
}

/** Takes away what tools wrote there while they ran. */
export async function dropCaches(modules: string): Promise<void> {
  for (const name of LEFT_OUT) await rm(join(modules, name), { recursive: true, force: true });
}

async function startCopy(from: string, to: string): Promise<readonly string[]> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  return (await readdir(from)).filter((name) => !LEFT_OUT.has(name));
}

/** The system's own copy clones blocks where the file system can; Node's is the fallback. */
async function copyAll(from: string, names: readonly string[], to: string): Promise<void> {
  const sources = names.map((name) => join(from, name));
  const args = process.platform === "darwin" ? ["-cRp", ...sources, to] : ["-a", "--reflink=auto", "-t", to, "--", ...sources];
  if (process.platform !== "win32" && (await exits(args)) === 0) return;
  for (const name of names) {
    await cp(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true, force: true });
  }
}

function exits(args: readonly string[]): Promise<number> {
  return new Promise((done) => {
    const child = spawn("cp", args, { stdio: "ignore" });
    child.on("error", () => done(127));
    child.on("close", (code) => done(code ?? 1));
  });
}

/** A tree that packages were installed for, or come into. */
export interface LinkRoots {
  /** Where they were installed, or laid out the last time. */
  readonly from: string;
  readonly to: string;
}

/** Makes links of the packages at `dir`/node_modules of `to`, brought there as they were at `from`, lead to the same places of `to`. */
export async function repairLinks({ from, to }: LinkRoots, dir: string): Promise<void> {
  const [were, are] = [join(from, dir, "node_modules"), join(to, dir, "node_modules")];
  for (const folder of await linkFolders(are)) {
    const entries = await readdir(join(are, folder), { withFileTypes: true });
    for (const entry of entries) {
      if (entry.isSymbolicLink()) await repair(join(were, folder, entry.name), join(are, folder, entry.name), { from, to });
    }
  }
}

/** Folders in which package managers put links: the top, scopes, and each package's own level of pnpm's store. */
async function linkFolders(to: string): Promise<readonly string[]> {
  const top = await withScopes(to, "");
  const store = await readdir(join(to, ".pnpm")).catch(() => []);
  const inner = await Promise.all(store.map((name) => withScopes(to, join(".pnpm", name, "node_modules"))));
  return [...top, ...inner.flat()];
}

async function withScopes(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => undefined);
  if (!entries) return [];
  return [folder, ...entries.filter((entry) => entry.isDirectory() && entry.name.startsWith("@")).map((entry) => join(folder, entry.name))];
}

async function repair(original: string, copy: string, roots: LinkRoots): Promise<void> {
  const target = await readlink(copy);
  const meant = resolve(dirname(original), target);
  const inside = relative(roots.from, meant);
  const within = !inside.startsWith("..") && !isAbsolute(inside);
  if (!isAbsolute(target) && within) return; // relative and inside: right as it is
  const wanted = within ? join(roots.to, inside) : meant;
  const kind = await lstat(meant).then(
    (found) => (found.isDirectory() ? "junction" : "file"),
    () => undefined,
  );
  await rm(copy);
  await symlink(wanted, copy, kind);
}
