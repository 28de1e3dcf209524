import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

export interface EnvironmentRequest {
  /** Folder for HOME and temporary files, ours alone. */
  readonly scratch: string;
  /** Folders whose programs the tests may call, first wins. */
  readonly programs: readonly string[];
  /** Variables the configuration declares as needed from outside. */
  readonly needs?: readonly string[];
  /** Variables the package's own test script sets. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Facts about the machine that tests may see. Everything else (tokens, keys, settings of the user's shell) stays out. */
const ALLOWED = /^(LANG|LC_\w+|TZ|TERM|SystemRoot|SystemDrive|ComSpec|PATHEXT|windir|NUMBER_OF_PROCESSORS|PROCESSOR_\w+|NODE_EXTRA_CA_CERTS)$/i;

/** The variables every run sees, as the user's environment has them. */
export const machineFacts = (from: Readonly<Record<string, string | undefined>>): readonly (readonly [string, string])[] =>
  Object.entries(from).flatMap(([key, value]) => (value !== undefined && ALLOWED.test(key) ? [[key, value] as const] : []));

/** An environment with nothing inherited but an allow-list, a home of its own, and CI set so that runners write no snapshots. */
export function cleanEnvironment(request: EnvironmentRequest, from: Readonly<Record<string, string | undefined>> = process.env): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [key, value] of machineFacts(from)) env[key] = value;
  const home = join(request.scratch, "home");
  const temporary = join(request.scratch, "tmp");
  Object.assign(env, { HOME: home, TMPDIR: temporary, TEMP: temporary, TMP: temporary, CI: "true", LANG: env["LANG"] ?? "C.UTF-8" });
  if (process.platform === "win32") Object.assign(env, { USERPROFILE: home, APPDATA: join(home, "AppData"), LOCALAPPDATA: join(home, "AppData", "Local") });
  env["PATH"] = [...request.programs, dirname(process.execPath), from["PATH"] ?? from["Path"] ?? "/usr/bin:/bin"].join(delimiter);
  const browsers = from["PLAYWRIGHT_BROWSERS_PATH"] ?? join(from["HOME"] ?? "/nonexistent", ".cache", "ms-playwright");
  if (existsSync(browsers)) env["PLAYWRIGHT_BROWSERS_PATH"] = browsers; // large, read-only and outside of the temporary home
  for (const name of request.needs ?? []) if (from[name] !== undefined) env[name] = from[name];
  return { ...env, ...request.variables };
}
