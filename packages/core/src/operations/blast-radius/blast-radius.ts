import type { ChangeRequest, ResolvedChange } from "#change";
import { importersOfBuilt, layerOf, spread, testFiles, wayInto, type CodeMap, type Reached, type Start, type TestLayer, type Tie } from "#evidence";
import { resolveHead } from "../assess-change/resolve-head.ts";
import { describeResolved, type SelectPorts } from "../select-tests/select.ts";
import { changedPackages } from "../select-tests/changed-packages.ts";
import { readCode } from "../select-tests/read-code.ts";
import { contractsOf, type ContractHit } from "./contracts.ts";
import { noSuchFile } from "./errors.ts";
import { routesOf, type Route } from "./routes.ts";

export interface BlastInput {
  /** Files as if they had changed; the files of the change when empty. */
  readonly files: readonly string[];
  readonly base?: string;
  readonly head?: ChangeRequest["head"];
}

/** A file that depends on what changed. */
export interface BlastFile {
  readonly path: string;
  /** Import steps from what changed; looser ties count for more. */
  readonly distance: number;
  /** The file it depends on, one step nearer; absent for what changed itself. */
  readonly from?: string;
  readonly tie: Tie;
  /** Name of its package, or its folder where that has none. */
  readonly package: string;
  /** Set for a test file. */
  readonly layer?: TestLayer;
}

/** Who depends on what changed. */
export interface BlastRadius {
  readonly schema: "proofline/blast/1";
  /** What the radius is drawn round. */
  readonly changed: readonly string[];
  /** Nearest first, what changed included. */
  readonly files: readonly BlastFile[];
  readonly packages: readonly { readonly name: string; readonly folder: string; readonly files: number; readonly distance: number }[];
  readonly routes: readonly (Route & { readonly distance: number })[];
  readonly contracts: readonly ContractHit[];
  /** Test files by layer. */
  readonly tests: Readonly<Record<TestLayer, number>>;
  readonly ofFiles: number;
}

/** Follows what uses what changed, through packages, routes, contracts and tests. Reads code, runs nothing. */
export const blastRadius =
  (ports: Omit<SelectPorts, "executor">) =>
  async (input: BlastInput): Promise<BlastRadius> => {
    const { repository } = ports;
    const resolved = await resolveHead(input, repository, ports.ci);
    const named = input.files.map((file) => file.replace(/^\.\//, ""));
    const question = `blast/1 ${resolved.mergeBaseTree} ${resolved.headTree} ${JSON.stringify(named)}`;
    const before = await ports.code.answer<BlastRadius>(question);
    if (before) return before;
    const { map } = await readCode(resolved.headTree, ports);
    const missing = named.find((file) => !map.files.has(file));
    if (missing !== undefined) throw noSuchFile({ file: missing, head: resolved.headName });
    const radius = named.length > 0 ? drawRadius(named, named.map(startAt), map) : await radiusOfChange(resolved, map, ports);
    await ports.code.keepAnswer(question, radius);
    return radius;
  };

async function radiusOfChange(resolved: ResolvedChange, map: CodeMap, ports: Pick<SelectPorts, "repository" | "policySource">): Promise<BlastRadius> {
  const { change } = await describeResolved(resolved, ports);
  const { starts } = await changedPackages(change, map, ports.repository);
  const changed = change.files.map(({ path }) => path);
  return drawRadius(changed, [...changed.map(startAt), ...starts], map);
}

const startAt = (path: string): Start => ({ path, tie: "changed" });

function drawRadius(changed: readonly string[], starts: readonly Start[], map: CodeMap): BlastRadius {
  const tests = testFiles(map);
  const built = changed.filter((path) => !tests.has(path)).flatMap((path) => importersOfBuilt(path, map.graph).map((user): Start => ({ path: user, tie: "built", from: path })));
  const reached = spread([...starts, ...built], map.graph, { types: true, testsIn: (folder) => tests.below(folder) });
  const files = [...reached].map(([path, at]) => describeFile(path, at, map, tests.has(path))).toSorted((a, b) => a.distance - b.distance || (a.path < b.path ? -1 : 1));
  const routes = files.flatMap(({ path, distance }) => routesOf(path, map).map((route) => ({ ...route, distance })));
  const entriesOf = (folder: string): readonly string[] => {
    const manifest = map.manifests.byFolder.get(folder);
    return manifest === undefined ? [] : wayInto(manifest, "", map.files).files;
  };
  const count = (layer: TestLayer): number => files.filter((file) => file.layer === layer).length;
  return {
    schema: "proofline/blast/1",
    changed,
    files,
    packages: packagesOf(files, map),
    routes,
    contracts: contractsOf(new Set(changed), reached, routes, entriesOf, map),
    tests: { unit: count("unit"), integration: count("integration"), e2e: count("e2e") },
    ofFiles: map.facts.size,
  };
}

const folderOf = (path: string, { manifests }: CodeMap): string => manifests.above(path.slice(0, Math.max(0, path.lastIndexOf("/"))))?.folder ?? "";
const nameOf = (folder: string, { manifests }: CodeMap): string => manifests.byFolder.get(folder)?.name ?? (folder === "" ? "(root)" : folder);

function describeFile(path: string, { distance, tie, from }: Reached, map: CodeMap, isTest: boolean): BlastFile {
  const layer = isTest ? { layer: layerOf(path, map.facts.get(path)) } : {};
  return { path, distance, tie, package: nameOf(folderOf(path, map), map), ...(from !== undefined && { from }), ...layer };
}

function packagesOf(files: readonly BlastFile[], map: CodeMap): BlastRadius["packages"] {
  const packages = new Map<string, { readonly name: string; readonly folder: string; files: number; readonly distance: number }>();
  for (const { path, distance } of files) {
    const folder = folderOf(path, map);
    const known = packages.get(folder);
    if (known) known.files += 1;
    else packages.set(folder, { name: nameOf(folder, map), folder: folder === "" ? "." : folder, files: 1, distance });
  }
  return [...packages.values()];
}

