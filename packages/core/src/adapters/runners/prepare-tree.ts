import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { TestSetup, Workspace } from "#evidence";
import { cleanEnvironment } from "./clean-environment.ts";
import { freePort } from "./free-port.ts";
import { ordinaryIsolation } from "./isolation.ts";
import { strictIsolation, type Denied, type Isolation } from "./isolation-strict.ts";
import type { LaunchCommand } from "./launch.ts";
import { defaultLimits, type Limits } from "./limits.ts";

/** Where and how the programs of one setup are started in a tree. */
export interface PreparedTree {
  /** The package folder, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** `prefix`: words before every command; `says`: what was achieved, in words. */
  readonly isolation: Isolation;
  readonly bounds: Pick<LaunchCommand, "limits" | "writes">;
}

export interface Preparing {
  readonly setup: TestSetup;
  readonly workspace: Workspace;
  /** Code of somebody unknown: it gets nothing of this machine. */
  readonly strict: boolean;
  /** Folders that strictly isolated code never sees. */
  readonly hidden: readonly string[];
  readonly limits?: Limits | undefined;
}

/** Makes a laid-out tree ready for programs: a clean environment, its folders, the isolation asked for. Denied where that can't be had. */
export async function prepareTree({ setup, workspace, strict, hidden, limits }: Preparing): Promise<PreparedTree | Denied> {
  const { root, scratch } = workspace;
  const cwd = join(root, setup.packageDir);
  const programs = [...new Set([join(cwd, "node_modules", ".bin"), join(root, "node_modules", ".bin")])];
  const variables = setup.start?.variables;
  // What the configuration declares as needed (a database's address, its password) is for the project's own code.
  const env = cleanEnvironment({ scratch, programs, needs: strict ? [] : (setup.needs?.env ?? []), ...(variables ? { variables } : {}) });
  for (const name of ["home", "tmp", "runner-cache"]) await mkdir(join(scratch, name), { recursive: true });
  const isolation = strict ? await strictIsolation({ root, scratch, hidden, network: "loopback" }) : await ordinaryIsolation(setup.needs);
  if ("denied" in isolation) return isolation;
  const port = await portFor(isolation, setup, env);
  const says = [isolation.says, ...withheldFrom(setup, strict), ...(port === undefined ? [] : [`PORT is ${port}, free when it was assigned`])].join("; ");
  return { cwd, env: port === undefined ? env : { ...env, PORT: `${port}` }, isolation: { ...isolation, says }, bounds: { limits: limits ?? defaultLimits(), writes: [root, scratch] } };
}

/** What strictly isolated code is not given, though the configuration declares it. */
function withheldFrom({ needs }: TestSetup, strict: boolean): readonly string[] {
  const withheld = strict ? [...(needs?.env ?? []), ...(needs?.ports ?? []).map((port) => `port ${port}`)] : [];
  return withheld.length > 0 ? [`declared, and withheld: ${withheld.join(", ")}`] : [];
}

/** A free port for tests that take theirs from `PORT`, where runs share the machine's network and could meet on one. */
async function portFor({ prefix }: Isolation, { needs }: TestSetup, env: Readonly<Record<string, string>>): Promise<number | undefined> {
  return prefix.length > 0 || (needs?.ports ?? []).length > 0 || env["PORT"] !== undefined ? undefined : freePort();
}

/** The words that run a command line in the system's shell. */
export const inShell = (command: string): readonly string[] => (process.platform === "win32" ? ["cmd", "/d", "/s", "/c", command] : ["sh", "-c", command]);
