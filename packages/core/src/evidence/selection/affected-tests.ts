import type { ImportGraph } from "./import-graph.ts";

export interface AffectedTest {
  readonly file: string;
  /** Import steps from a changed file: 0 is the changed test itself. */
  readonly distance: number;
}

const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;

/**
 * Tests that a change can reach by imports, nearest first, so that a budget cuts the least relevant.
 * A changed test is at distance 0. Tests next to a changed file of the same stem count as distance 1 even without an import.
 * Tests of what is built from a package come last: any of its sources may be in there.
 */
export function affectedTests(changed: readonly string[], isTest: (path: string) => boolean, graph: ImportGraph, allPaths: readonly string[] = []): AffectedTest[] {
  const distance = new Map<string, number>(changed.map((path) => [path, 0]));
  const stems = new Set(changed.map(stemOf));
  for (const path of allPaths) {
    if (isTest(path) && !distance.has(path) && stems.has(stemOf(path))) {
      distance.set(path, 1);
    }
  }
  spread(changed, 1, distance, graph);
  const last = [...distance.values()].reduce((most, one) => Math.max(most, one), 0) + 1;
  const ofBuilt = importersOfBuilt(changed.filter((path) => SCRIPT.test(path) && !isTest(path)), graph).filter((path) => !distance.has(path)); // prettier-ignore
  for (const path of ofBuilt) distance.set(path, last);
  spread(ofBuilt, last + 1, distance, graph);
  return [...distance]
    .filter(([path]) => isTest(path))
    .map(([file, steps]) => ({ file, distance: steps }))
    .sort((a, b) => a.distance - b.distance || (a.file < b.file ? -1 : 1));
}

/** Gives everything that imports these files, directly or not, its distance. */
function spread(from: readonly string[], firstStep: number, distance: Map<string, number>, graph: ImportGraph): void {
  let frontier = from;
  for (let step = firstStep; frontier.length > 0; step += 1) {
    const next: string[] = [];
    for (const path of frontier) {
      for (const importer of graph.importers.get(path) ?? []) {
        const known = distance.get(importer);
        if (known !== undefined && known <= step) continue;
        distance.set(importer, step);
        next.push(importer);
      }
    }
    frontier = next;
  }
}

/** Files that import what is built from the packages these sources stand in. */
function importersOfBuilt(sources: readonly string[], graph: ImportGraph): string[] {
  const found = new Set<string>();
  if (graph.importersOfBuilt.size === 0) return [];
  for (const source of sources) {
    for (let folder = source; folder !== ""; ) {
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
      for (const path of graph.importersOfBuilt.get(folder) ?? []) found.add(path);
    }
  }
  return [...found];
}

/** `src/price.ts` and `test/price.test.ts` have the same stem. Index files have none worth comparing. */
function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const stem = name.replace(/\.[^.]+$/, "").replace(/[._-](test|spec)$/, "").replace(/^test[._-]/, "");
  return stem === "index" || stem === "main" ? path : stem;
}
