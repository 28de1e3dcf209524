import { existsSync } from "node:fs";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { RanThrough } from "#evidence";
import { findTool } from "../find-tool.ts";
import { readPlain } from "../plain-file.ts";
import { repositoryPath } from "../repository-path.ts";
import type { NativeRunner } from "../reporters/write-reporters.ts";
import { traceHook, traceProvider, traceProviderOver } from "./trace-hook.ts";

/** A run that is traced: where its processes write, and what they load to do so. */
export interface Trace {
  readonly folder: string;
  /** Loaded into every Node process; undefined where the runner sees for itself what runs. */
  readonly hook?: string;
  /** Vitest's coverage provider of ours. */
  readonly provider?: string;
}

/** Runners whose processes can be asked which functions ran for one test file alone. */
const TRACED: ReadonlySet<string> = new Set(["vitest", "jest", "mocha", "node:test", "tape", "tap", "program", "ava", "pytest"]);

export const canTrace = (runner: string): boolean => TRACED.has(runner);

/** Vitest's provider for V8 as it is installed, where ours can stand before it; undefined where the project may mean another one. */
export async function v8Provider(root: string, cwd: string): Promise<string | undefined> {
  const [v8, istanbul] = await Promise.all(["@vitest/coverage-v8", "@vitest/coverage-istanbul"].map((name) => findTool(root, cwd, name)));
  if (v8 === undefined || istanbul !== undefined || !/^[34]\./.test(v8.version)) return undefined;
  const path = join(v8.folder, "dist/index.js");
  return existsSync(path) ? path : undefined;
}

/** Makes what a traced run needs in a new folder of `scratch`, outside of the tree. `measured` is set for a run of Vitest that collects coverage as well. */
export async function openTrace(runner: NativeRunner, scratch: string, measured?: { readonly v8: string | undefined }): Promise<Trace | undefined> {
  if (!canTrace(runner) || (runner === "vitest" && measured && measured.v8 === undefined)) return undefined;
  const folder = await mkdtemp(join(scratch, "trace-"));
  if (runner === "jest" || runner === "pytest") return { folder };
  const path = join(await mkdtemp(join(scratch, "tracer-")), runner === "vitest" ? "provider.mjs" : "hook.cjs");
  const v8 = measured?.v8;
  await writeFile(path, runner !== "vitest" ? traceHook(folder) : v8 === undefined ? traceProvider(folder) : traceProviderOver(folder, pathToFileURL(v8).href, path));
  return runner === "vitest" ? { folder, provider: path } : { folder, hook: path };
}

/** A run's variables with the hook among what every Node process loads first. */
export function hooked(env: Readonly<Record<string, string>>, trace: Trace | undefined): Readonly<Record<string, string>> {
  if (trace?.hook === undefined) return env;
  const before = env["NODE_OPTIONS"];
  return { ...env, NODE_OPTIONS: `${before === undefined ? "" : `${before} `}--require ${JSON.stringify(trace.hook)}` };
}

const MOST_FILES = 20_000;
const LARGEST = 32 * 1024 * 1024;
const part = z.object({ of: z.array(z.string().max(8_000)).max(10), rows: z.array(z.tuple([z.string().max(8_000), z.array(z.string().max(1_000)).max(20_000)])).max(50_000) });

/** What each test file ran through. A process in which several test files ran without saying where one ended tells nothing of any of them. */
export async function readTrace({ folder }: Trace, root: string, tests: ReadonlySet<string>): Promise<readonly RanThrough[]> {
  const seen = new Map<string, Map<string, Set<string>>>();
  for (const name of (await readdir(folder).catch(() => [])).filter((one) => one.endsWith(".json")).slice(0, MOST_FILES)) {
    const read = part.safeParse(parsed((await readPlain(join(folder, name), LARGEST))?.bytes.toString("utf8")));
    if (!read.success) continue;
    const rows = read.data.rows.flatMap(([url, names]) => {
      const path = repositoryPath(root, url);
      return path === undefined ? [] : [{ path, names }];
    });
    const test = ownerOf(read.data.of.map((one) => repositoryPath(root, one)), rows.map(({ path }) => path), tests);
    if (test === undefined) continue;
    const files = seen.get(test) ?? new Map<string, Set<string>>();
    seen.set(test, files);
    for (const { path, names } of rows) files.set(path, new Set([...(files.get(path) ?? []), ...names]));
  }
  return [...seen].map(([test, files]) => ({ test, files: [...files].map(([path, names]) => ({ path, functions: [...names].sort() })) }));
}

function ownerOf(of: readonly (string | undefined)[], loaded: readonly string[], tests: ReadonlySet<string>): string | undefined {
  const named = of.find((one) => one !== undefined && tests.has(one));
  if (named !== undefined) return named;
  const [only, ...others] = loaded.filter((path) => tests.has(path));
  return others.length === 0 ? only : undefined;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
