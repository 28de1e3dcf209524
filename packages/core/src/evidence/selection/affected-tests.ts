import type { ImportGraph } from "./import-graph.ts";

export interface AffectedTest {
  readonly file: string;
  /** Import steps from a changed file: 0 is the changed test itself. */
  readonly distance: number;
}

/**
 * Tests that a change can reach by imports, nearest first, so that a budget cuts the least relevant.
 * A changed test is at distance 0. Tests next to a changed file of the same stem count as distance 1 even without an import.
 */
export function affectedTests(changed: readonly string[], isTest: (path: string) => boolean, graph: ImportGraph, allPaths: readonly string[] = []): AffectedTest[] {
  const distance = new Map<string, number>(changed.map((path) => [path, 0]));
  const stems = new Set(changed.map(stemOf));
  let frontier = [...changed];
  for (const path of allPaths) {
    if (isTest(path) && !distance.has(path) && stems.has(stemOf(path))) {
      distance.set(path, 1);
    }
  }
  for (let step = 1; frontier.length > 0; step += 1) {
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
  return [...distance]
    .filter(([path]) => isTest(path))
    .map(([file, steps]) => ({ file, distance: steps }))
    .sort((a, b) => a.distance - b.distance || (a.file < b.file ? -1 : 1));
}

/** `src/price.ts` and `test/price.test.ts` have the same stem. Index files have none worth comparing. */
function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const stem = name.replace(/\.[^.]+$/, "").replace(/[._-](test|spec)$/, "").replace(/^test[._-]/, "");
  return stem === "index" || stem === "main" ? path : stem;
}
