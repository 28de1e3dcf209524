import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { InstallRoot } from "./package-folders.ts";

/** `pnpm@9.1.0+sha512.…` as the `packageManager` field of a manifest says it: name and exact version. */
const DECLARED = /^(pnpm|yarn|npm|bun)@(\d{1,4}\.\d{1,4}\.\d{1,6}(?:-[\w.]{1,40})?)(?:\+|$)/;

/** What pnpm calls the format of its lock file, and the release line that writes it and runs on every Node we run on. */
const PNPM_BY_LOCK: readonly (readonly [RegExp, string])[] = [
  [/^lockfileVersion: '?9/m, "10"],
  [/^lockfileVersion: '?6/m, "8"],
  [/^lockfileVersion: '?5\.4/m, "7"],
  [/^lockfileVersion: '?5/m, "6"],
];

/**
 * The words that start a package manager: its own name where it is installed, else the release the tree asks for, fetched by npm.
 * Exactly the declared version where the manifest names one.
 */
export function startManager(root: InstallRoot, isInstalled: (program: string) => boolean = isOnPath): readonly string[] {
  const manager = root.lock?.manager ?? "npm";
  if (manager === "npm" || manager === "bun" || isInstalled(manager)) return [manager];
  return ["npx", "--yes", `--package=${packageOf(manager, root)}`, "--", manager];
}

function packageOf(manager: "pnpm" | "yarn", { lockText = "", manager: declared = "" }: InstallRoot): string {
  const [, name, version] = DECLARED.exec(declared) ?? [];
  if (manager === "pnpm") return `pnpm@${name === "pnpm" ? version : (PNPM_BY_LOCK.find(([format]) => format.test(lockText.slice(0, 200)))?.[1] ?? "10")}`;
  if (!isBerry(lockText)) return `yarn@${name === "yarn" && version?.startsWith("1.") ? version : "1.22.22"}`;
  return `@yarnpkg/cli-dist@${name === "yarn" ? version : "4"}`;
}

/** Yarn 2 and later write a lock file of another format, and take other flags. */
export const isBerry = (lockText: string): boolean => /^__metadata:/m.test(lockText);

function isOnPath(program: string): boolean {
  const names = process.platform === "win32" ? [`${program}.cmd`, `${program}.exe`] : [program];
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => names.some((name) => canRun(join(folder, name))));
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
