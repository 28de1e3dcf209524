import { isFollowed, type Affected, type ChangedPath, type CodeMap } from "#evidence";

/** Names shown of a list. */
const SHOWN = 3;

/** What a static look at this change can't see, in words; empty where it sees all of it. */
export function blindSpots(changed: readonly ChangedPath[], { untraced }: Pick<Affected, "untraced">, { facts, graph }: CodeMap, tooMany?: number): readonly string[] {
  const touched = changed.filter((file) => file.status !== "deleted").map((file) => file.path);
  const opaque = new Set(graph.opaque);
  const data = untraced.map(({ path }) => path).filter((path) => !isFollowed(path));
  const foreign = data.filter((path) => FOREIGN.test(path));
  const read = data.filter((path) => !FOREIGN.test(path) && !ENVIRONMENT.test(path));
  const surroundings = touched.filter((path) => ENVIRONMENT.test(path));
  const starting = touched.filter((path) => facts.get(path)?.spawns === true);
  return [
    ...(tooMany === undefined ? [] : [`${tooMany} files of code are too many to follow imports; only changed tests and their namesakes were selected`]),
    ...touched.filter((path) => opaque.has(path)).map((path) => `${path} loads modules by a name known only at run time`),
    ...touched.flatMap((path) => (graph.missing.get(path) ?? []).slice(0, 1).map((name) => `${path} imports ${name}, which is in no tree: generated code is not followed`)),
    ...(read.length > 0 ? [`${shown(read)}: who reads ${read.length === 1 ? "it" : "them"} is not traced`] : []),
    ...(foreign.length > 0 ? [`${shown(foreign)}: who uses ${foreign.length === 1 ? "it" : "them"} is not traced, for imports of that language are not followed`] : []),
    ...(surroundings.length > 0 ? [`${shown(surroundings)}: what runs reads of ${surroundings.length === 1 ? "this" : "these"} through its environment is not traced`] : []),
    ...(starting.length > 0 ? [`${shown(starting)}: ${starting.length === 1 ? "starts" : "start"} other processes, and what runs there is not followed`] : []),
  ];
}

/** Code of languages whose imports nobody here follows. */
const FOREIGN = /\.(?:go|rs|java|kts?|scala|groovy|rb|php|cs|fs|swift|mm?|c|cc|cpp|h|hpp|dart|ex|exs|erl|clj|hs|lua|pl|r|jl|zig|sol)$/;

/** What sets up the surroundings of a run. */
const ENVIRONMENT = /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|\.envrc|(?:docker-)?compose[\w.-]*\.ya?ml|(?:Docker|Container)file[\w.-]*)$/;

const shown = (paths: readonly string[]): string => `${paths.slice(0, SHOWN).join(", ")}${paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : ""}`;
