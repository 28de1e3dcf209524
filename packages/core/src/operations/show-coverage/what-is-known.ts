import { functionsOf, isTypesOnly, type Change, type Repository } from "#change";
import { layerOf, type FileStanding, type RanRecord, type TestLayer } from "#evidence";
import { compileAreas, type Intent } from "#intent";
import type { CodeMemory } from "../ports/code-memory.ts";
import { readCode } from "../select-tests/read-code.ts";
import type { Known } from "./judge-surface.ts";

interface CodePorts {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs">;
  readonly code: CodeMemory;
}

/** Which tests ran functions of each file at the contents it has now, with their layers. */
export async function measuredLayers(tree: string, entries: readonly { readonly path: string; readonly blob: string }[], { repository, code }: CodePorts): Promise<{ readonly tests: Known["ran"]; readonly known: number }> {
  const records: readonly RanRecord[] = await code.ran();
  const tests = new Map<string, { readonly test: string; readonly layer: TestLayer }[]>();
  if (records.length === 0) return { tests, known: 0 };
  const blobs = new Map(entries.map(({ path, blob }) => [path, blob]));
  const { map } = await readCode(tree, { repository, code });
  const standing = records.filter(({ test }) => blobs.has(test));
  for (const { test, files } of standing) {
    const one = { test, layer: layerOf(test, map.facts.get(test)) };
    for (const { path, blob, functions } of files) if (functions.length > 0 && blobs.get(path) === blob) tests.set(path, [...(tests.get(path) ?? []), one]);
  }
  return { tests, known: standing.length };
}

/** What makes a missed line of each file worse. Texts of the surfaces alone are read. */
export async function standingOf(intent: Intent, wanted: readonly string[], touched: readonly (readonly string[])[], { change, repository }: { readonly change: Change; readonly repository: Pick<Repository, "readFiles"> }): Promise<ReadonlyMap<string, FileStanding>> {
  const texts = await repository.readFiles(change.headTree, wanted);
  const areasOf = compileAreas(intent.areas);
  const times = new Map<string, number>();
  for (const path of touched.flat()) times.set(path, (times.get(path) ?? 0) + 1);
  return new Map(wanted.flatMap((path) => {
    const text = texts.get(path)?.text;
    if (text === undefined) return [];
    const areas = areasOf(path);
    const area = areas.find(({ risk }) => risk === "high") ?? areas[0];
    return [[path, { changes: times.get(path) ?? 0, risk: area?.risk ?? "low", ...(area && { area: area.name }), functions: functionsOf(path, text), lines: isTypesOnly(path, text) ? 0 : text.split("\n").filter((line) => !/^\s*(?:$|\/\/|\/?\*|#)/.test(line)).length }] as const];
  }));
}

