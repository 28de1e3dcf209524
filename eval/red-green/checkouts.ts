import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cloneOf } from "../secrets/labelled-files.ts";
import type { Entry } from "./entries.ts";

export interface Folders {
  readonly data: string;
  readonly work: string;
  /** Packages that no test needs, by name: left out where no lock file says what belongs together. */
  readonly without?: RegExp;
}

/** A checkout of the fixed commit with its packages, or why there is none. */
export type Checkout = { readonly dir: string } | { readonly why: string };

const LOCKS: Readonly<Record<string, readonly string[]>> = {
  "pnpm-lock.yaml": ["pnpm", "install", "--frozen-lockfile", "--ignore-scripts", "--prefer-offline"],
  "yarn.lock": ["yarn", "install", "--frozen-lockfile", "--ignore-scripts", "--ignore-engines", "--non-interactive", "--prefer-offline"],
  "npm-shrinkwrap.json": ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", "--prefer-offline"],
  "package-lock.json": ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", "--prefer-offline"],
};
const UNLOCKED = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", "--no-package-lock", "--prefer-offline", "--fetch-timeout=25000", "--fetch-retries=1"];
const INSTALL_MS = 600_000;

/**
 * Lays out the fixed commit below `work`, one folder for each repository and set of packages, so that packages are installed
 * once. Nothing a package brings is run while installing.
 */
export function prepareCheckout(entry: Pick<Entry, "repository" | "fixed">, folders: Folders): Checkout {
  const clone = cloneOf(folders.data, entry.repository);
  if (clone === undefined) return { why: "no clone" };
  const manifest = show(clone, entry.fixed, "package.json");
  if (manifest === undefined) return { why: "no package.json at the fixed commit" };
  const lock = Object.keys(LOCKS).find((file) => show(clone, entry.fixed, file) !== undefined);
  const dir = join(folders.work, entry.repository.replace("/", "+"), keyOf(manifest, lock === undefined ? undefined : show(clone, entry.fixed, lock)));
  if (!existsSync(join(dir, ".git"))) {
    mkdirSync(dirname(dir), { recursive: true });
    spawnSync("git", ["clone", "-q", "--shared", "--no-checkout", clone, dir]);
  }
  const checkedOut = spawnSync("git", ["-C", dir, "-c", "core.hooksPath=/dev/null", "checkout", "-q", "-f", "--detach", entry.fixed]);
  if (checkedOut.status !== 0) return { why: `cannot check out ${entry.fixed}` };
  const why = installed(dir, manifest, lock, folders.without);
  return why === undefined ? { dir } : { why: `install: ${why}` };
}

function show(clone: string, commit: string, path: string): string | undefined {
  const shown = spawnSync("git", ["-C", clone, "show", `${commit}:${path}`], { encoding: "utf8", maxBuffer: 1 << 28 });
  return shown.status === 0 ? shown.stdout : undefined;
}

/** Without a lock file, the ranges a manifest asks for. */
function keyOf(manifest: string, lockText: string | undefined): string {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(manifest) as Record<string, unknown>;
  const text = lockText ?? JSON.stringify([dependencies, devDependencies, optionalDependencies]);
  return createHash("sha1").update(text).digest("hex").slice(0, 10);
}

/** Installs once; a failure is kept too, since asking again would take as long. Gives what went wrong. */
function installed(dir: string, manifest: string, lock: string | undefined, without: RegExp | undefined): string | undefined {
  const mark = `${dir}.installed`;
  if (existsSync(mark)) return readFileSync(mark, "utf8") || undefined;
  const locked = lock === undefined ? undefined : runInstall(dir, LOCKS[lock] ?? []);
  // A lock file that was forgotten in an edit of the manifest is of no use to npm: then the ranges, as without one.
  const why = lock === undefined || locked?.includes("EUSAGE") === true ? installUnlocked(dir, manifest, without) : locked;
  writeFileSync(mark, why ?? "");
  return why;
}

/** In a folder of its own: packages named by an address instead of a version are out of reach, so the registry's stand in for them. */
function installUnlocked(dir: string, manifest: string, without: RegExp | undefined): string | undefined {
  const beside = `${dir}.packages`;
  const pkg = JSON.parse(manifest) as Record<string, Record<string, string> | undefined>;
  delete pkg["scripts"];
  delete pkg["bundledDependencies"];
  const left = new Map<string, string>();
  for (const section of ["dependencies", "devDependencies", "optionalDependencies"])
    for (const [name, range] of Object.entries(pkg[section] ?? {})) {
      if (/^git|:\/\/|^[\w.-]+\/[\w.-]+/.test(range)) (pkg[section] ?? {})[name] = "*";
      if (without?.test(name) === true) {
        left.set(name, /\d+\.\d+\.\d+/.exec(range)?.[0] ?? "1.0.0");
        delete (pkg[section] ?? {})[name];
      }
    }
  mkdirSync(beside, { recursive: true });
  writeFileSync(join(beside, "package.json"), JSON.stringify(pkg));
  const why = runInstall(beside, UNLOCKED);
  if (why === undefined && existsSync(join(beside, "node_modules"))) renameSync(join(beside, "node_modules"), join(dir, "node_modules"));
  // An empty package stands for each that was left out: else the packages would not fit the manifest.
  for (const [name, version] of left) {
    mkdirSync(join(dir, "node_modules", name), { recursive: true });
    writeFileSync(join(dir, "node_modules", name, "package.json"), JSON.stringify({ name, version }));
  }
  rmSync(beside, { recursive: true, force: true });
  return why;
}

function runInstall(cwd: string, [program = "", ...args]: readonly string[]): string | undefined {
  const run = spawnSync(program, args, { cwd, encoding: "utf8", timeout: INSTALL_MS, maxBuffer: 1 << 26, env: { ...process.env, CI: "true", COREPACK_ENABLE_DOWNLOAD_PROMPT: "0" } });
  if (run.status === 0) return undefined;
  const said = `${run.stdout ?? ""}\n${run.stderr ?? ""}`.split("\n").filter((line) => /err|missing|not found/i.test(line) && !/deprecated/.test(line));
  return `${program} ${args[0] ?? ""}: ${said.slice(0, 3).join("; ").slice(0, 300) || run.error?.message || `exit ${run.status}`}`;
}
