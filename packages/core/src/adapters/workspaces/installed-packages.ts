import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { satisfies, validRange } from "semver";
import { requiredPackages } from "./lock-file.ts";
import type { InstallRoot } from "./package-folders.ts";

/** Why what lies in a checkout's node_modules is not what its lock file (or manifest) asks for; undefined when it is. */
export async function whyStale(checkout: string, root: InstallRoot): Promise<string | undefined> {
  if (root.lock?.manager === "npm" && root.lockText !== undefined) return whyBehindLock(join(checkout, root.dir), root.lockText);
  return root.lock === undefined ? whyUnsatisfied(checkout, root) : undefined;
}

/** npm leaves a record of what it installed; a pull without `npm ci` shows as a difference. */
async function whyBehindLock(folder: string, lockText: string): Promise<string | undefined> {
  const record = await readFile(join(folder, "node_modules", ".package-lock.json"), "utf8").catch(() => undefined);
  if (record === undefined) return undefined;
  const installed = requiredPackages(record);
  for (const [path, version] of requiredPackages(lockText)) {
    if (installed.get(path) !== version) return `${path} is ${installed.get(path) ?? "not installed"}, the lock file says ${version}`;
  }
  return undefined;
}

/** Without a lock file, packages will do when each satisfies the range the manifest asks for. */
async function whyUnsatisfied(checkout: string, root: InstallRoot): Promise<string | undefined> {
  const own = new Set(root.packages.map((one) => one.name));
  for (const one of root.packages) {
    for (const [name, range] of one.wants) {
      if (own.has(name)) continue;
      const version = await installedVersion(checkout, [one.dir, root.dir], name);
      if (version === undefined) return `${name} is not installed`;
      if (validRange(range) !== null && !satisfies(version, range, { includePrerelease: true })) return `${name} is ${version}, wanted ${range}`;
    }
  }
  return undefined;
}

async function installedVersion(checkout: string, dirs: readonly string[], name: string): Promise<string | undefined> {
  for (const dir of dirs) {
    const text = await readFile(join(checkout, dir, "node_modules", name, "package.json"), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const version = /"version"\s*:\s*"([^"]+)"/.exec(text)?.[1];
    return version ?? "0.0.0";
  }
  return undefined;
}
