import { packagesWithScripts, type PackageManager } from "./lock-file.ts";
import { confinedInstall } from "./confined-install.ts";
import { whyFailed, type InstallLimits, type Launch } from "./install-launch.ts";
import { isBerry, startManager } from "./package-manager.ts";
import type { InstallRoot } from "./package-folders.ts";

const COMMANDS: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
  pnpm: ["install", "--frozen-lockfile", "--ignore-scripts", "--ignore-pnpmfile", "--prefer-offline"],
  yarn: ["install", "--frozen-lockfile", "--ignore-scripts", "--prefer-offline", "--non-interactive"],
  bun: ["install", "--frozen-lockfile", "--ignore-scripts"],
};

const WITHOUT_LOCK = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--no-package-lock"];

/** The command that installs exactly what a lock file says and runs nothing the packages bring. */
export function installCommand(root: InstallRoot): readonly string[] {
  if (!root.lock) return WITHOUT_LOCK;
  const { manager } = root.lock;
  const berry = manager === "yarn" && isBerry(root.lockText ?? "");
  return [...startManager(root), ...(berry ? ["install", "--immutable", "--mode=skip-build"] : COMMANDS[manager])];
}

/**
 * Packages whose install scripts may run: those that the user's checkout already holds at the same version with the
 * same integrity, so nothing runs here that has not run there.
 */
export function trustedScripts(lockText: string, checkoutLockText: string): readonly string[] {
  const known = packagesWithScripts(checkoutLockText);
  return [...packagesWithScripts(lockText)].filter(([id, integrity]) => known.get(id) === integrity).map(([id]) => id.slice(0, id.lastIndexOf("@")));
}

/** Runs the package manager in a folder of ours; gives what went wrong, or nothing. */
export async function installModules(
  folder: string,
  root: InstallRoot,
  about: InstallLimits & { readonly checkoutLock?: string; readonly launch: Launch },
): Promise<string | undefined> {
  if (about.confine) return confinedInstall(folder, root, { ...about, confine: about.confine, rebuild: trustedScripts(root.lockText ?? "", about.checkoutLock ?? "") });
  const failed = await runOne(folder, installCommand(root), about);
  if (failed !== undefined || root.lock?.manager !== "npm") return failed;
  const rebuild = trustedScripts(root.lockText ?? "", about.checkoutLock ?? "");
  if (rebuild.length === 0) return undefined;
  return runOne(folder, ["npm", "rebuild", "--no-audit", "--no-fund", ...rebuild], about);
}

async function runOne(folder: string, argv: readonly string[], about: InstallLimits & { readonly launch: Launch }): Promise<string | undefined> {
  const budgetMs = Math.max(0, about.deadline - Date.now());
  const { signal, mark } = about;
  return whyFailed(argv, await about.launch({ argv, cwd: folder, env: managerEnv(), budgetMs, signal, mark }));
}

/**
 * The package manager keeps the user's home (registry, tokens, its cache): it runs no code of the tree. A `yarnPath`
 * or a `.pnpmfile.cjs` in the tree would be such code, so both are switched off. Yarn's Plug'n'Play is such code as well, a file that every process would
 * have to load: here its packages are laid out as folders, by the same lock file.
 */
function managerEnv(): Record<string, string> {
  const kept =
    /^(PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SystemRoot|ComSpec|PATHEXT|TEMP|TMP|TMPDIR|LANG|LC_ALL|XDG_\w+|(https?|no)_proxy|npm_config_\w+|NPM_TOKEN|NODE_AUTH_TOKEN|NODE_EXTRA_CA_CERTS|COREPACK_\w+|PNPM_HOME)$/i;
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) if (value !== undefined && kept.test(key)) env[key] = value;
  return { ...env, CI: "true", YARN_IGNORE_PATH: "1", YARN_ENABLE_TELEMETRY: "0", YARN_NODE_LINKER: "node-modules", COREPACK_ENABLE_DOWNLOAD_PROMPT: "0" };
}
