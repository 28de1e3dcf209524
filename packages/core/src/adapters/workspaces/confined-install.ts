import { readFile, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { harmlessNpmrc, harmlessPnpmWorkspace, setAside } from "./harmless-settings.ts";
import { whyFailed, type Confine, type InstallLimits, type Launch } from "./install-launch.ts";
import { isBerry, startManager } from "./package-manager.ts";
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
 * network is open; scripts run afterwards without any (npm), or not at all. Yarn 2 and later loses its settings whole, for they name plugins; where
 * they change what its lock file says, it ends with that. Not bun: as npm has it, it starts only after an install script of its own.
 */
export async function confinedInstall(folder: string, root: InstallRoot, about: ConfinedInstall): Promise<string | undefined> {
  const argv = commandFor(root, about.confine.scratch);
  if (argv === undefined)
    return `${root.lock?.manager ?? "its package manager"} runs code of the tree while it installs, which code of this origin is not given; have its packages in your checkout, or pass --trust`;
  const aside = await Promise.all([
    setAside(join(folder, ".npmrc"), harmlessNpmrc),
    setAside(join(folder, ".yarnrc"), () => undefined),
    setAside(join(folder, ".yarnrc.yml"), () => undefined),
    setAside(join(folder, "pnpm-workspace.yaml"), harmlessPnpmWorkspace),
    setAside(join(folder, ".pnpmfile.cjs"), () => undefined),
    setAside(join(folder, ".pnpmfile.mjs"), () => undefined),
  ]);
  try {
    const failed = await run(argv, folder, about, "open");
    if (failed !== undefined || about.rebuild.length === 0 || argv[0] !== "npm") return failed;
    return await run(["npm", "rebuild", "--no-audit", "--no-fund", ...about.rebuild], folder, about, "loopback");
  } finally {
    for (const file of aside) await file.restore();
    await rm(about.confine.scratch, { recursive: true, force: true });
  }
}

/** Never the package manager of this machine: it may lie in a home the tree must not see. Undefined where none can be kept from running the tree's code. */
function commandFor(root: InstallRoot, scratch: string): readonly string[] | undefined {
  if (!root.lock) return WITHOUT_LOCK;
  const { manager } = root.lock;
  if (manager === "npm") return INSTALL;
  const started = startManager(root, () => false);
  if (manager === "pnpm") return [...started, "install", "--frozen-lockfile", "--ignore-scripts", "--ignore-pnpmfile", "--store-dir", join(scratch, "pnpm-store"), "--config.manage-package-manager-versions=false"];
  if (manager === "yarn" && !isBerry(root.lockText ?? "")) return [...started, "install", "--frozen-lockfile", "--ignore-scripts", "--non-interactive", "--no-default-rc", "--cache-folder", join(scratch, "yarn-cache")];
  if (manager === "yarn") return [...started, "install", "--immutable", "--mode=skip-build"];
  return undefined;
}

async function run(argv: readonly string[], cwd: string, about: ConfinedInstall, network: "open" | "loopback"): Promise<string | undefined> {
  const { signal, mark, confine } = about;
  const budgetMs = Math.max(0, about.deadline - Date.now());
  const way = network === "open" ? await reach() : {};
  const registry = way["npm_config_registry"];
  const env = { ...bareEnv(confine.scratch), ...way, ...(registry !== undefined && yarnReach(registry)) };
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
    YARN_IGNORE_PATH: "1",
    YARN_NODE_LINKER: "node-modules",
    YARN_ENABLE_TELEMETRY: "0",
    YARN_GLOBAL_FOLDER: join(scratch, "yarn"),
    npm_config_cache: join(scratch, "npm-cache"),
    npm_config_update_notifier: "false",
    ...(certificates === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificates }),
  };
}

/** Yarn 2 and later asks only its own settings where packages are had. */
const yarnReach = (registry: string): Record<string, string> => ({
  YARN_NPM_REGISTRY_SERVER: registry,
  ...(registry.startsWith("http://") && URL.canParse(registry) && { YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname }),
});

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
