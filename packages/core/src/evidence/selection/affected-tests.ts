import { isTestSide } from "#change";
import { mapCode, type CodeMap } from "./graph/import-graph.ts";
import { importersOfBuilt, spread, wayTo, type Reached, type Start, type Tie } from "./graph/spread.ts";
import { dirname } from "./resolve/paths.ts";
import type { Ran } from "../ran-through/measured-ties.ts";
import { isFollowed } from "./scan/scan-module.ts";
import { isUntraced, startsOf, type ChangedPath } from "./tests-of/starts.ts";
import { testFiles, type TestFiles } from "./tests-of/test-files.ts";
import { isTypeTest, layerOf, runnerOf, type TestLayer } from "./tests-of/test-layer.ts";

export { mapCode };

/** A test worth running for a change. */
export interface AffectedTest {
  readonly file: string;
  /** Import steps from a changed file: 0 is the changed test itself. Looser ties count for more. */
  readonly distance: number;
  readonly layer: TestLayer;
  /** The runner it imports, where it says so. */
  readonly runner?: string;
  /** From the test to what changed, each file using the next. */
  readonly via: readonly string[];
  /** What ties it to the change where that is no import. */
  readonly because?: string;
  /** Whether it ran what the change touches when it was last measured; absent where nobody can say. */
  readonly ran?: Ran;
}

/** Tests that are selected only because nothing better is known. */
export interface Widening {
  readonly because: string;
  /** Test files that come on top of those known to be affected. */
  readonly tests: readonly string[];
  /** Each of them may differ, by what runs them; else only nobody knows which. */
  readonly every: boolean;
}

/** The tests of a change, and what a look at the code can't see. */
export interface Affected {
  /** Most relevant first, so that a budget cuts what says least. */
  readonly tests: readonly AffectedTest[];
  /** Why more had to be taken, each with its tests; these stand last in `tests`. */
  readonly widened: readonly Widening[];
  /** Changed files of which nobody knows who uses them, with the reason. */
  readonly untraced: readonly { readonly path: string; readonly because: string }[];
  /** Test files in the tree, selected or not. */
  readonly ofFiles: number;
}

/** What is known beside imports. */
export interface AlsoKnown {
  /** Files that depend on packages from outside which changed. */
  readonly starts?: readonly Start[];
  /** Tests that loaded a file when they were last measured. */
  readonly ranThrough?: (path: string) => readonly string[];
  /** How each measured test stands to this change. It orders, and never takes a test out. */
  readonly ran?: ReadonlyMap<string, Ran>;
  /** Wider still, whatever the graph says: folder and reason. */
  readonly widen?: readonly { readonly folder: string; readonly because: string }[];
  /** True where tests are checked for their types as they run. */
  readonly types?: boolean;
}

/** More changed files than this are followed together only, and nobody looks at each of them alone. */
const MOST_ALONE = 200;

/**
 * The tests a change can reach: by imports, by what names a file or a folder, by settings, by namesakes and by earlier measurement; and, where a
 * changed file is reached from no test at all, every test of its package, said so. More changes never reach fewer tests.
 */
export function affectedTests(changed: readonly ChangedPath[], map: CodeMap, also: AlsoKnown = {}): Affected {
  const tests = testFiles(map);
  const following = { testsIn: (folder: string) => tests.below(folder), types: also.types === true };
  const measured = changed.flatMap(({ path }) => (also.ranThrough?.(path) ?? []).filter((test) => tests.has(test)).map((test): Start => ({ path: test, tie: "measured", from: path })));
  const starts = [...startsOf(changed, map, tests), ...measured, ...(also.starts ?? [])];
  const near = spread(starts, map.graph, following);
  const far = spread([...starts, ...looser(changed, map, tests)], map.graph, following);
  const typed = following.types ? far : spread(starts, map.graph, { ...following, types: true });
  const reached = new Map([...[...typed].filter(([path]) => isTypeTest(path)), ...far]);
  const found = tests.all.flatMap((file) => (reached.has(file) ? [describe(file, reached, map, also)] : []));
  const lost = changed.length > MOST_ALONE ? [] : changed.filter((file) => isUnreached(file, { map, tests, near, also }));
  const widened = widenings(lost, also, map, tests, new Set(found.map(({ file }) => file)));
  return {
    tests: [...found.toSorted(byRelevance), ...widened.flatMap(({ tests: more, because }) => more.map((file) => wide(file, because, map)))],
    widened,
    untraced: lost.map(({ path }) => ({ path, because: whyUntraced(path) })),
    ofFiles: tests.all.length,
  };
}

/** Ties that say less than an import: what is built from a package, and tests that drive the product from outside. */
function looser(changed: readonly ChangedPath[], map: CodeMap, tests: TestFiles): readonly Start[] {
  const sources = changed.filter((file) => isFollowed(file.path) && !isTestSide(file));
  const built = sources.flatMap(({ path }) => importersOfBuilt(path, map.graph).map((user): Start => ({ path: user, tie: "built", from: path })));
  const behaving = sources.filter(({ behaviour, kind }) => behaviour && kind === "source");
  const outside = behaving.length === 0 ? [] : tests.all.filter((test) => layerOf(test, map.facts.get(test)) === "e2e");
  return [...built, ...outside.map((path): Start => ({ path, tie: "anything", from: behaving[0]?.path ?? path }))];
}

interface Around {
  readonly map: CodeMap;
  readonly tests: TestFiles;
  readonly near: ReadonlyMap<string, Reached>;
  readonly also: AlsoKnown;
}

/** A changed file that may matter to a test, and from which no way leads to one. */
function isUnreached(file: ChangedPath, { map, tests, also }: Around): boolean {
  const { path, kind, behaviour } = file;
  const matters = isFollowed(path) ? behaviour && kind === "source" && !/\.d\.[cm]?ts$/.test(path) : isUntraced(file);
  // A repository without tests hears of that elsewhere.
  if (!matters || (isFollowed(path) && tests.all.length === 0)) return false;
  const following = { testsIn: (folder: string) => tests.below(folder), types: also.types === true };
  const starts = [...startsOf([file], map, tests), ...looser([file], map, tests).filter(({ tie }) => tie === "built")];
  for (const at of spread(starts, map.graph, following).keys()) if (tests.has(at)) return false;
  return (also.ranThrough?.(path) ?? []).length === 0;
}

/** Where no way is known: the tests nearest to a fixture, else every test of the package; one sentence per package. */
function widenings(lost: readonly ChangedPath[], also: AlsoKnown, map: CodeMap, tests: TestFiles, taken: Set<string>): readonly Widening[] {
  const groups = new Map<string, { readonly files: string[]; readonly tests: readonly string[]; readonly because?: string }>();
  for (const file of lost) {
    const nearby = isTestSide(file) ? testsAround(dirname(file.path), tests) : [];
    const folder = map.manifests.above(dirname(file.path))?.folder ?? "";
    const own = tests.below(folder);
    const group = nearby.length > 0 ? { key: `near ${nearby[0]}`, tests: nearby } : { key: `in ${folder}`, tests: own.length > 0 ? own : tests.all };
    groups.set(group.key, { files: [...(groups.get(group.key)?.files ?? []), file.path], tests: group.tests });
  }
  for (const { folder, because } of also.widen ?? []) groups.set(`said ${folder} ${because}`, { files: [], tests: tests.below(folder), because });
  return [...groups.values()].flatMap(({ files, tests: wanted, because }) => {
    const more = wanted.filter((test) => !taken.has(test)).toSorted();
    for (const test of more) taken.add(test);
    return more.length === 0 ? [] : [{ because: because ?? `${named(files)}: ${whyUntraced(files[0] ?? "")}`, tests: more, every: because !== undefined }];
  });
}

const whyUntraced = (path: string): string => (isFollowed(path) ? "no import leads there from a test" : "who reads it is not known");

const named = (files: readonly string[]): string => `${files.slice(0, 2).join(", ")}${files.length > 2 ? ` and ${files.length - 2} more` : ""}`;

/** Tests in the innermost folder above that has any. */
function testsAround(folder: string, tests: TestFiles): readonly string[] {
  for (let at = folder; at !== ""; at = dirname(at)) {
    const here = tests.in(at);
    if (here.length > 0) return here;
    const below = at === folder ? [] : tests.below(at);
    if (below.length > 0) return below;
  }
  return [];
}

const LAYERS: Readonly<Record<TestLayer, number>> = { unit: 0, integration: 1, e2e: 2 };

/** What changed itself, then what is known to run through the change, then by distance; last what was seen to run past it. */
const turnOf = ({ distance, ran }: AffectedTest): number => (distance === 0 ? 0 : ran === "through" ? 1 : ran === "past" ? 3 : 2);

const byRelevance = (a: AffectedTest, b: AffectedTest): number => turnOf(a) - turnOf(b) || a.distance - b.distance || LAYERS[a.layer] - LAYERS[b.layer] || (a.file < b.file ? -1 : 1);

function describe(file: string, reached: ReadonlyMap<string, Reached>, map: CodeMap, { ran: measured }: AlsoKnown): AffectedTest {
  const { distance = 0, tie } = reached.get(file) ?? {};
  const via = wayTo(file, reached);
  const why = tie === undefined ? undefined : WORDS[tie];
  const ran = measured?.get(file);
  return { file, distance, ...kindOf(file, map), via, ...(why !== undefined && { because: why }), ...(ran && { ran }) };
}

/** How a test that imports nothing on the way is tied to the next file. */
const WORDS: Readonly<Partial<Record<Tie, string>>> = {
  names: "names it",
  types: "uses its types",
  loads: "loads by a name known only at run time",
  built: "uses what is built from it",
  namesake: "has its name",
  measured: "loaded it when last measured",
  settings: "runs under it",
  package: "imports it",
  anything: "drives the product from outside",
};

const wide = (file: string, because: string, map: CodeMap): AffectedTest => ({ file, distance: WIDE, ...kindOf(file, map), via: [file], because });

function kindOf(file: string, { facts }: CodeMap): Pick<AffectedTest, "layer" | "runner"> {
  const runner = runnerOf(file, facts.get(file));
  return { layer: layerOf(file, facts.get(file)), ...(runner !== undefined && { runner }) };
}

/** The distance of a test that is taken only because nothing better is known. */
export const WIDE = 99;
