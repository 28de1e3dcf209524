import { lstat, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { whyFailed, type Confine, type InstallLimits, type Launch } from "./install-launch.ts";
import type { InstallRoot } from "./package-folders.ts";

interface ConfinedInstall extends InstallLimits {
  readonly confine: Confine;
  readonly launch: Launch;
  /** Packages whose scripts ran on this machine before, with the same content. */
  readonly rebuild: readonly string[];
}

const INSTALL = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--git", "false"];
const WITHOUT_LOCK = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--git", "false"];

/**
 * Installs what a stranger's tree asks for. A package manager reads settings from the tree that name programs to start and
 * servers to send tokens to, so it gets no token, no home and no settings but harmless ones, and sees nothing but the tree. Its
 * network is open; scripts run afterwards without any. Only npm: the others run code the tree brings (plugins, hooks).
 */
export async function confinedInstall(folder: string, root: InstallRoot, about: ConfinedInstall): Promise<string | undefined> {
  const manager = root.lock?.manager ?? "npm";
  if (manager !== "npm")
    return `${manager} runs code of the tree while it installs, which code of this origin is not given; have its packages in your checkout, or pass --trust`;
  const settings = await onlyHarmless(join(folder, ".npmrc"));
  try {
    const failed = await run(root.lock ? INSTALL : WITHOUT_LOCK, folder, about, "open");
    if (failed !== undefined || about.rebuild.length === 0) return failed;
    return await run(["npm", "rebuild", "--no-audit", "--no-fund", ...about.rebuild], folder, about, "loopback");
  } finally {
    await settings.restore();
    await rm(about.confine.scratch, { recursive: true, force: true });
  }
}

async function run(argv: readonly string[], cwd: string, about: ConfinedInstall, network: "open" | "loopback"): Promise<string | undefined> {
  const { signal, mark, confine } = about;
  const budgetMs = Math.max(0, about.deadline - Date.now());
  const env = { ...bareEnv(confine.scratch), ...(network === "open" ? await reach() : {}) };
  return whyFailed(argv, await about.launch({ argv, cwd, env, budgetMs, signal, mark, confine: { ...confine, network } }));
}

function bareEnv(scratch: string): Record<string, string> {
  const home = join(scratch, "home");
  const temporary = join(scratch, "tmp");
  const certificates = process.env["NODE_EXTRA_CA_CERTS"];
  return {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    HOME: home,
    TMPDIR: temporary,
    CI: "true",
    npm_config_cache: join(scratch, "npm-cache"),
    npm_config_update_notifier: "false",
    ...(certificates === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificates }),
  };
}

const CREDENTIALS = /\/\/[^/\s]*@/;

/** How this machine reaches a registry, as far as that holds no credentials. */
async function reach(): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) {
    if (/^((https?|no)_proxy|npm_config_registry)$/i.test(key) && value !== undefined && !CREDENTIALS.test(value)) env[key] = value;
  }
  if (env["npm_config_registry"] !== undefined) return env;
  const own = await readFile(join(homedir(), ".npmrc"), "utf8").catch(() => "");
  const registry = /^registry[ \t]*=[ \t]*(https?:\/\/\S{1,500})$/m.exec(own)?.[1];
  return registry === undefined || CREDENTIALS.test(registry) ? env : { ...env, npm_config_registry: registry };
}

const HARMLESS = /^(legacy-peer-deps|strict-peer-deps|engine-strict|install-links|install-strategy|prefer-dedupe|omit|include|force)[ \t]*=[ \t]*[\w-]+$/;

/** Settings that change what is installed and nothing else stay; the file (or link, never followed) is as it was after `restore`. */
async function onlyHarmless(path: string): Promise<{ restore(): Promise<void> }> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return { restore: () => Promise.resolve() };
  const lines = found.isFile() && found.size < 1024 * 1024 ? (await readFile(path, "utf8")).split("\n").map((line) => line.trim()) : [];
  const aside = `${path}.aside`;
  await rename(path, aside);
  await writeFile(path, lines.filter((line) => HARMLESS.test(line)).join("\n"));
  return { restore: () => rename(aside, path) };
}
