import type { Repository } from "#change";
import { fileKind, isComponent } from "#change";
import { layerOf, spread, wayInto, type CodeMap, type TestLayer } from "#evidence";
import { CODE_OWNERS_FILES, compileAreas, CONFIG_FILES, effectiveAreas, ownersOf, readCodeOwners, type SpecInterfaces, type SpecPlace, type SpecRoute, type Yaml } from "#intent";
import { compileGlobs } from "#kernel";
import { allChecks } from "#checks";
import { contractsOf } from "../../blast-radius/contracts.ts";
import { routesOf } from "../../blast-radius/routes.ts";
import { loadConfig } from "../../config/load-config.ts";
import type { LoadedConfig } from "../../config/config.ts";
import type { CodeMemory } from "../../ports/code-memory.ts";
import { readCode, type CodeRead } from "../../select-tests/read-code.ts";
import { pathsNamed, shapeOf } from "./calls.ts";
import { flagLibraries, instrumentsOf, onlyAsks, partsOf, stackOf } from "./parts.ts";
import { operationsIn, type DescribedOperation } from "./read-openapi.ts";
import { symbolsIn } from "./read-symbols.ts";
import { hasWayBack, tablesIn, type TableNamed } from "./read-tables.ts";
import { some } from "./words.ts";

/** A repository to look at, with what of the story concerns it. */
export interface Asked {
  readonly name: string;
  readonly tree: string;
  readonly repository: Pick<Repository, "listFiles" | "readBlobs">;
  readonly code: CodeMemory;
  /** Files the story's targets name, and globs that name none. */
  readonly files: readonly string[];
  readonly unmatched: readonly string[];
  readonly because: string;
  readonly keeps: boolean;
  readonly yaml: Yaml;
}

/** What is known of one repository, read from its files alone. */
export interface RepositoryFacts {
  readonly name: string;
  /** Keeps something of the story: files of it are targets, or its tests name it. */
  readonly keeps: boolean;
  readonly place: SpecPlace;
  readonly interfaces: Omit<SpecInterfaces, "calls" | "calledBy">;
  readonly instruments: readonly string[];
  readonly flags: readonly string[];
  /** Steps that change stored data, and whether each can be taken back. */
  readonly steps: readonly { readonly file: string; readonly back: boolean | undefined }[];
  /** Files of the story that draw pages. */
  readonly components: number;
  /** Tests that depend on files of the story. */
  readonly tests: number;
  /** Texts in files of the story that look like paths of requests. */
  readonly paths: ReadonlyMap<string, ReadonlySet<string>>;
  layerOf(file: string): TestLayer;
}

/** Files and names that a spec keeps. */
const MOST = 200;
/** Files of a story whose text is read; a story of more is told so by its counts. */
const MOST_READ = 1_000;

export async function factsOf(asked: Asked): Promise<RepositoryFacts> {
  const read = await readCode(asked.tree, asked);
  const { map } = read;
  const paths = [...read.blobs.keys()].toSorted();
  const steps = paths.filter((path) => fileKind(path) === "migration").slice(-MOST_READ);
  const described = paths.filter((path) => /(?:openapi|swagger)[\w.-]*\.(?:ya?ml|json)$/i.test(path)).slice(0, 20);
  const texts = await textsOf([...asked.files.slice(0, MOST_READ), ...steps, ...described, ...CODE_OWNERS_FILES, ...CONFIG_FILES], read, asked.repository);
  const operations = described.flatMap((file) => operationsIn(file, texts.get(file) ?? "", asked.yaml) ?? []);
  const source = asked.files.filter((path) => fileKind(path) === "source");
  const packages = new Set([...map.manifests.byFolder.values()].flatMap(({ dependencies }) => [...dependencies]).concat([...map.graph.importersOfPackage.keys()]));
  const handles = handlersIn(map, packages);
  const routes = asked.files.flatMap(handles).map((route) => withContract(route, operations));
  const tables = tablesOf(asked.files, steps, texts);
  const touched = new Set(tables.flatMap(({ files }) => files.flatMap(({ file, as }) => (as === "step" ? [file] : []))));
  const reached = spread(asked.files.map((path) => ({ path, tie: "changed" as const })), map.graph, { types: true });
  return {
    name: asked.name,
    keeps: asked.keeps,
    place: await placeOf(asked, read, texts, packages),
    interfaces: { routes, contracts: contractsOf(new Set(asked.files), reached, routes, (folder) => entriesOf(folder, map), map).map((hit) => promised(hit, routes)), ...symbolsOf(source, texts, map), tables, dependents: dependentsOf(asked.files, reached, map) },
    instruments: instrumentsOf(packages, paths),
    flags: flagLibraries(packages),
    steps: steps.filter((file) => touched.has(file) && !file.endsWith(".down.sql")).map((file) => ({ file, back: hasWayBack(file, texts.get(file) ?? "", new Set(paths)) })),
    components: source.filter(isComponent).length,
    tests: [...reached.keys()].filter((path) => fileKind(path) === "test").length,
    paths: new Map(source.map((file) => [file, pathsNamed(texts.get(file) ?? "")])),
    layerOf: (file) => (file.endsWith(".feature") && layerOf(file, undefined) === "unit" ? "integration" : layerOf(file, map.facts.get(file))),
  };
}

/** Routes of a file. Where nothing is served, those a framework makes of folders are the only ones. */
function handlersIn(map: CodeMap, packages: ReadonlySet<string>): (file: string) => readonly SpecRoute[] {
  if (!onlyAsks(packages)) return (file) => routesOf(file, map);
  return (file) => routesOf(file, map).filter(({ method, path }) => !(map.facts.get(file)?.routes ?? []).some((one) => one.method === method && one.path === path));
}

/** Texts by path; what is absent, binary or too large is left out. */
async function textsOf(paths: readonly string[], { blobs }: CodeRead, repository: Asked["repository"]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(paths)].flatMap((path) => (blobs.has(path) ? [[path, blobs.get(path) ?? ""] as const] : []));
  const found = await repository.readBlobs([...new Set(wanted.map(([, blob]) => blob))]);
  return new Map(wanted.flatMap(([path, blob]) => (found.get(blob)?.text === undefined ? [] : [[path, found.get(blob)?.text ?? ""] as const])));
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

const entriesOf = (folder: string, map: CodeMap): readonly string[] => {
  const manifest = map.manifests.byFolder.get(folder);
  return manifest === undefined ? [] : wayInto(manifest, "", map.files).files;
};

async function placeOf({ name, files, unmatched, because }: Asked, { map, blobs }: CodeRead, texts: ReadonlyMap<string, string>, packages: ReadonlySet<string>): Promise<SpecPlace> {
  const config = await configOf(texts);
  const areas = compileAreas(effectiveAreas(config?.areas ?? []));
  const handles = handlersIn(map, packages);
  const owned = CODE_OWNERS_FILES.find((file) => texts.has(file));
  const rules = owned === undefined ? [] : readCodeOwners(texts.get(owned) ?? "", owned).rules;
  const owners = files.map((file) => ownersOf(file, rules));
  const counted = new Map<string, number>();
  for (const who of owners.flat()) counted.set(who, (counted.get(who) ?? 0) + 1);
  const manifests = [...new Map(files.map((file) => map.manifests.above(folderOf(file))).flatMap((one) => (one === undefined ? [] : [[one.folder, one] as const]))).values()];
  const shown = manifests.length > 0 ? manifests : [...map.manifests.byFolder.values()].filter(({ folder }) => folder === "");
  const inAreas = new Map(files.flatMap(areas).map((area) => [area.name, area]));
  return {
    because,
    files: files.slice(0, MOST).map((path) => ({ path, kind: fileKind(path), package: packageName(path, map, name) })),
    ofFiles: files.length,
    unmatched,
    parts: partsOf({ packages, paths: [...blobs.keys()], routes: [...map.facts.keys()].some((file) => handles(file).length > 0), components: [...map.facts.keys()].some((path) => isComponent(path) && fileKind(path) === "source"), published: shown.some(({ fields, name: called }) => called !== undefined && fields["private"] !== true) }),
    packages: shown.toSorted((a, b) => (a.folder < b.folder ? -1 : 1)).slice(0, 40).map((manifest) => ({ name: manifest.name ?? (manifest.folder === "" ? name : manifest.folder), folder: manifest.folder || ".", private: manifest.fields["private"] === true || manifest.name === undefined, ...stackOf(new Set([...manifest.dependencies, ...(map.manifests.byFolder.get("")?.dependencies ?? [])])) })),
    areas: [...inAreas.values()].map(({ name: area, risk, owners: who }) => ({ name: area, risk, owners: who })),
    owners: [...counted].map(([who, n]) => ({ who, files: n })).toSorted((a, b) => b.files - a.files || (a.who < b.who ? -1 : 1)),
    ownerless: owners.filter((who) => who.length === 0).length,
    surfaces: (config?.surfaces ?? []).filter(({ paths }) => files.some(compileGlobs(paths))).map(({ name: surface, floor }) => ({ name: surface, ...(floor && { floor }) })),
  };
}

/** The repository's own configuration; one that can't be used, or stands on another that isn't at hand, says nothing here. */
async function configOf(texts: ReadonlyMap<string, string>): Promise<LoadedConfig | undefined> {
  const file = CONFIG_FILES.find((path) => texts.has(path));
  if (file === undefined) return undefined;
  return loadConfig({ file, text: texts.get(file) ?? "" }, { checks: allChecks }).catch(() => undefined);
}

const packageName = (path: string, { manifests }: CodeMap, repository: string): string => {
  const above = manifests.above(folderOf(path));
  return above?.name ?? (above === undefined || above.folder === "" ? repository : above.folder);
};

/** The operation that promises a route: same method, same shape of path, with or without what stands in front of all of them. */
function withContract({ method, path, file }: SpecRoute, operations: readonly DescribedOperation[]): SpecRoute {
  const shape = shapeOf(path);
  const same = operations.filter((one) => (method === "ANY" || one.method === method) && shapeOf(one.path) === shape);
  const below = same.length > 0 ? same : operations.filter((one) => (method === "ANY" || one.method === method) && shape !== "/" && shapeOf(one.path).endsWith(shape));
  const [found, another] = below;
  if (found === undefined || (another !== undefined && same.length === 0)) return { method, path, file };
  return { method, path, file, contract: { file: found.file, ...(found.operation !== undefined && { operation: found.operation }) } };
}

/** What a description promises of these routes says more than that it may. */
function promised(hit: SpecInterfaces["contracts"][number], routes: readonly SpecRoute[]): SpecInterfaces["contracts"][number] {
  const named = routes.flatMap(({ method, path, contract }) => (contract?.file === hit.name ? [`${method} ${path}`] : []));
  return named.length === 0 ? hit : { ...hit, because: `promises ${some(named, 4)}` };
}

function symbolsOf(source: readonly string[], texts: ReadonlyMap<string, string>, map: CodeMap): Pick<SpecInterfaces, "symbols" | "ofSymbols"> {
  const entries = new Set([...map.manifests.byFolder.keys()].flatMap((folder) => (map.manifests.byFolder.get(folder)?.fields["private"] === true ? [] : entriesOf(folder, map))));
  const isPublic = (file: string): boolean => entries.has(file) || (map.graph.importers.get(file) ?? []).some((user) => entries.has(user));
  const all = source.flatMap((file) => symbolsIn(file, texts.get(file) ?? "").map((one) => ({ ...one, file, public: isPublic(file) })));
  return { symbols: all.toSorted((a, b) => Number(b.public) - Number(a.public)).slice(0, MOST), ofSymbols: all.length };
}

/** Tables that files of the story use, or change, with the steps that change them. */
function tablesOf(files: readonly string[], steps: readonly string[], texts: ReadonlyMap<string, string>): SpecInterfaces["tables"] {
  const isStep = new Set(steps);
  const named = (list: readonly string[]): readonly TableNamed[] => list.flatMap((file) => tablesIn(file, texts.get(file) ?? "", isStep.has(file)));
  const ours = named(files.filter((path) => isStep.has(path) || fileKind(path) === "source" || fileKind(path) === "config"));
  const lower = (name: string): string => name.toLowerCase();
  const wanted = new Set(ours.map(({ name }) => lower(name)));
  const all = [...ours, ...named(steps.filter((path) => !files.includes(path))).filter(({ name }) => wanted.has(lower(name)))];
  const tables = new Map<string, { name: string; files: Map<string, "step" | "code"> }>();
  for (const { name, file, as } of all) {
    const known = tables.get(lower(name)) ?? { name, files: new Map() };
    known.files.set(file, as);
    tables.set(lower(name), known);
  }
  return [...tables.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, files: by }) => ({ name, files: [...by].map(([file, as]) => ({ file, as })) }));
}

function dependentsOf(files: readonly string[], reached: ReadonlyMap<string, unknown>, map: CodeMap): SpecInterfaces["dependents"] {
  const own = new Set(files);
  const others = [...reached.keys()].filter((path) => !own.has(path) && fileKind(path) !== "test");
  return { files: others.length, packages: [...new Set(others.map((path) => packageName(path, map, "the rest of the repository")))].toSorted() };
}
