import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import type { JourneyEvidence } from "#operations";

const FOLDER = ".proofline/evidence/journeys";
/** Runs that are kept; the newest. */
const MOST_RUNS = 20;
const REPORT = "report.json";
const LARGEST_REPORT = 20_000_000;

/** Evidence of journeys in a checkout, one folder a run, named by when it was made and its tree. A bare repository has no place of ours. */
export function journeyEvidence({ root, bare, now }: { readonly root: string; readonly bare: boolean; now(): number }): JourneyEvidence {
  if (bare) return { open: () => Promise.resolve(undefined), took: () => Promise.resolve(new Map()) };
  const home = join(root, FOLDER);
  return {
    open: async (tree) => {
      const stamp = new Date(now()).toISOString().replace(/\D/g, "").slice(0, 14);
      const name = `${stamp}-${tree.slice(0, 12)}-${randomBytes(2).toString("hex")}`;
      const folder = join(home, name);
      await mkdir(folder, { recursive: true });
      await prune(home);
      return { folder, shown: `${FOLDER}/${name}`, keep: (report) => writeFile(join(folder, REPORT), report) };
    },
    took: async () => {
      const took = new Map<string, number>();
      for (const name of await runsIn(home)) for (const [id, ms] of await timesIn(join(home, name, REPORT))) took.set(id, ms);
      return took;
    },
  };
}

/** Oldest first: the names begin with the time. */
const runsIn = async (home: string): Promise<readonly string[]> => (await readdir(home).catch(() => [])).filter((name) => /^\d{14}-[0-9a-f]{12}-[0-9a-f]{4}$/.test(name)).sort();

async function prune(home: string): Promise<void> {
  const runs = await runsIn(home);
  for (const name of runs.slice(0, Math.max(0, runs.length - MOST_RUNS))) await rm(join(home, name), { recursive: true, force: true });
}

/** What a kept report says of times; one that can't be read says nothing. */
async function timesIn(path: string): Promise<readonly (readonly [string, number])[]> {
  try {
    if ((await stat(path)).size > LARGEST_REPORT) return [];
    const { journeys } = JSON.parse(await readFile(path, "utf8")) as { readonly journeys?: readonly { readonly id?: unknown; readonly ms?: unknown }[] };
    return (journeys ?? []).flatMap(({ id, ms }) => (typeof id === "string" && typeof ms === "number" && ms > 0 ? [[id, ms] as const] : []));
  } catch {
    return [];
  }
}
