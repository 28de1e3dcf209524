import { mergeRan, packRan, unpackRan, type ModuleFacts } from "#evidence";
import type { CodeMemory } from "#operations";
import { keptAs, type SealedFiles } from "./sealed-files.ts";

/** How facts lie in a file: short, because ten thousand of them are read at every start. Empty parts are left out from the end. */
type Packed = readonly [imports: readonly string[], names?: readonly string[], prefixes?: readonly string[], routes?: readonly string[], flags?: number];

const KINDS = ["static", "type", "dynamic", "require", "mock", "resolve"] as const;

/** What was found out about code, kept for the build of the program that found it out. */
export function codeMemory(files: SealedFiles, build: string): CodeMemory {
  const factsName = `module facts of ${build}`;
  const timesName = "times of tests";
  const ranName = "what tests ran through";
  const ran = async () => unpackRan((await files.read(ranName)) ?? "");
  const times = async (): Promise<ReadonlyMap<string, number>> => new Map(Object.entries((await keptAs<Record<string, number>>(files, timesName)) ?? {}));
  return {
    facts: async () => new Map(Object.entries((await keptAs<Record<string, Packed>>(files, factsName)) ?? {}).map(([blob, packed]) => [blob, unpack(packed)])),
    keepFacts: (facts) => files.write(factsName, JSON.stringify(Object.fromEntries([...facts].map(([blob, one]) => [blob, pack(one)])))),
    times,
    keepTimes: async (fresh) => {
      if (fresh.size > 0) await files.write(timesName, JSON.stringify(Object.fromEntries([...(await times()), ...fresh])));
    },
    ran,
    keepRan: async (fresh) => {
      if (fresh.length > 0) await files.write(ranName, packRan(mergeRan(await ran(), fresh)));
    },
    answer: <T>(question: string) => keptAs<T>(files, `answer of ${build}\n${question}`),
    keepAnswer: (question, answer) => files.write(`answer of ${build}\n${question}`, JSON.stringify(answer)),
  };
}

function pack({ imports, names, prefixes, routes, opaque, spawns, tests }: ModuleFacts): Packed {
  const parts = [imports.map(([specifier, kind]) => `${KINDS.indexOf(kind)}${specifier}`), names, prefixes, routes.map(({ method, path }) => `${method} ${path}`)];
  const flags = (opaque ? 1 : 0) + (spawns ? 2 : 0) + (tests ? 4 : 0);
  let last = flags > 0 ? 5 : parts.length;
  while (last > 1 && last <= parts.length && parts[last - 1]?.length === 0) last -= 1;
  return [...parts, flags].slice(0, last) as unknown as Packed;
}

function unpack([imports, names = [], prefixes = [], routes = [], flags = 0]: Packed): ModuleFacts {
  return {
    imports: imports.map((one) => [one.slice(1), KINDS[Number(one[0])] ?? "static"]),
    names,
    prefixes,
    routes: routes.map((one) => ({ method: one.slice(0, one.indexOf(" ")), path: one.slice(one.indexOf(" ") + 1) })),
    opaque: (flags & 1) > 0,
    spawns: (flags & 2) > 0,
    tests: (flags & 4) > 0,
  };
}
