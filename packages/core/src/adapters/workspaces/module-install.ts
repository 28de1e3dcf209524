import { packagesWithScripts, type PackageManager } from "./lock-file.ts";
import type { InstallRoot } from "./package-folders.ts";

/** Starts a program within limits. Wired in by whoever owns processes, so that installs end like test runs do. */
export type Launch = (command: {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  readonly mark: string;
}) => Promise<{ readonly code: number | null; readonly ended: "exit" | "budget" | "aborted"; readonly output: string }>;

/** How long an install may take, who may stop it and how its processes are marked. */
export interface InstallLimits {
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly mark: string;
}

const COMMANDS: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
  pnpm: ["pnpm", "install", "--frozen-lockfile", "--ignore-scripts", "--ignore-pnpmfile", "--prefer-offline"],
  yarn: ["yarn", "install", "--frozen-lockfile", "--ignore-scripts", "--prefer-offline", "--non-interactive"],
  bun: ["bun", "install", "--frozen-lockfile", "--ignore-scripts"],
};

const WITHOUT_LOCK = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--no-package-lock"];

/** The command that installs exactly what a lock file says and runs nothing the packages bring. */
export function installCommand(root: InstallRoot): readonly string[] {
  if (!root.lock) return WITHOUT_LOCK;
  const berry = root.lock.manager === "yarn" && /^__metadata:/m.test(root.lockText ?? "");
  return berry ? ["yarn", "install", "--immutable", "--mode=skip-build"] : COMMANDS[root.lock.manager];
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
  const failed = await runOne(folder, installCommand(root), about);
  if (failed !== undefined || root.lock?.manager !== "npm") return failed;
  const rebuild = trustedScripts(root.lockText ?? "", about.checkoutLock ?? "");
  if (rebuild.length === 0) return undefined;
  return runOne(folder, ["npm", "rebuild", "--no-audit", "--no-fund", ...rebuild], about);
}

async function runOne(folder: string, argv: readonly string[], about: InstallLimits & { readonly launch: Launch }): Promise<string | undefined> {
  const budgetMs = Math.max(0, about.deadline - Date.now());
  const { signal, mark } = about;
  const result = await about.launch({ argv, cwd: folder, env: managerEnv(), budgetMs, signal, mark });
  if (result.ended === "budget") return `\`${argv.slice(0, 2).join(" ")}\` did not end within the time that was left`;
  if (result.ended === "aborted") return `\`${argv.slice(0, 2).join(" ")}\` was interrupted`;
  if (result.code === 0) return undefined;
  return `\`${argv.slice(0, 2).join(" ")}\` ended with ${result.code ?? "a signal"}: ${shortReason(result.output)}`;
}

/**
 * The package manager keeps the user's home (registry, tokens, its cache): it runs no code of the tree. A `yarnPath`
 * or a `.pnpmfile.cjs` in the tree would be such code, so both are switched off.
 */
function managerEnv(): Record<string, string> {
  const kept =
    /^(PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SystemRoot|ComSpec|PATHEXT|TEMP|TMP|TMPDIR|LANG|LC_ALL|XDG_\w+|(https?|no)_proxy|npm_config_\w+|NPM_TOKEN|NODE_AUTH_TOKEN|NODE_EXTRA_CA_CERTS|COREPACK_\w+|PNPM_HOME)$/i;
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) if (value !== undefined && kept.test(key)) env[key] = value;
  return { ...env, CI: "true", YARN_IGNORE_PATH: "1", YARN_ENABLE_TELEMETRY: "0", COREPACK_ENABLE_DOWNLOAD_PROMPT: "0" };
}

function shortReason(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /\b(err|error|ERR_\w+|missing|not found|enotfound)\b/i.test(line));
  return (lines.slice(0, 3).join("; ") || output.trim().slice(-300) || "it said nothing").slice(0, 600);
}
