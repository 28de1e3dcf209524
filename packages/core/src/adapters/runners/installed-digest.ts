import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { lstat, readdir, readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";

/** What package managers note about what they installed: it changes with every installation that changes anything. */
const NOTES = [".package-lock.json", ".modules.yaml", ".yarn-integrity", ".yarn-state.yml"];
/** Written by tools while they run. */
const CACHES = [".cache", ".vite", ".vite-temp", ".vitest", ".vitest-attachments"];

/**
 * A digest of the packages installed in these folders of a checkout, hand-made edits included where the system's find can tell (Linux: name, size
 * and time of every file, some 10 ms per 1,000). Undefined when a package is a link to a place outside: nobody sees what is changed there.
 */
export async function installedDigest(checkout: string, dirs: readonly string[]): Promise<string | undefined> {
  const folders = [...new Set(["", ...dirs].map((dir) => join(checkout, dir, "node_modules")))].sort();
  const top = await realpath(checkout).catch(() => checkout);
  const hash = createHash("sha256");
  for (const folder of folders) {
    if (!(await isFolder(folder))) continue;
    if (await leadsOutside(folder, top)) return undefined;
    for (const name of NOTES) hash.update(await readFile(join(folder, name)).catch(() => "")).update("\0");
    hash.update(await listed(folder)).update("\0");
  }
  return hash.digest("hex");
}

const isFolder = (path: string): Promise<boolean> => lstat(path).then((found) => found.isDirectory(), () => false);

/** True when a package of this folder, or of a scope in it, is a link that leaves the checkout. */
async function leadsOutside(folder: string, top: string): Promise<boolean> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name.startsWith("@") && (await leadsOutside(path, top))) return true;
    if (!entry.isSymbolicLink()) continue;
    const target = await realpath(path).catch(() => undefined);
    if (target !== undefined && target !== top && !target.startsWith(top + sep)) return true;
  }
  return false;
}

/** A digest of the listing: reading the files themselves would cost as much as the tests. */
function listed(folder: string): Promise<string> {
  if (process.platform !== "linux") return Promise.resolve("");
  const caches = CACHES.flatMap((name, index) => [...(index > 0 ? ["-o"] : []), "-name", name]);
  const args = [folder, "(", ...caches, ")", "-prune", "-o", "-type", "f", "-printf", "%P %s %T@\\n"];
  return new Promise((done) => {
    const lines = createHash("sha256");
    const child = spawn("find", args, { stdio: ["ignore", "pipe", "ignore"] });
    child.stdout.on("data", (chunk: Buffer) => lines.update(chunk));
    child.on("error", () => done(""));
    child.on("close", () => done(lines.digest("hex")));
  });
}
