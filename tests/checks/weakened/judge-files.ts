import { syntaxReader } from "../../../packages/core/src/adapters/syntax/index.ts";
import { describeChange, type DiffFile, type DiffLine, type SyntaxTree } from "../../../packages/core/src/change/index.ts";
import { allChecks, type Facts, type TreeOf } from "../../../packages/core/src/checks/index.ts";
import type { Observation } from "../../../packages/core/src/kernel/index.ts";

/** Files of one side by path. */
export type Side = Readonly<Record<string, string>>;

const check = allChecks.find(({ id }) => id === "tests/weakened");

/** Asks `tests/weakened` about a change from these files to those, through the product's own description of a change. */
export async function judgeFiles(base: Side, head: Side, message = "chore: tidy"): Promise<readonly Observation[]> {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].filter((path) => base[path] !== head[path]);
  const moved = paths.filter((path) => base[path] === undefined).flatMap((path): [string, string][] => {
    const from = paths.find((other) => head[other] === undefined && base[other] === head[path]);
    return from === undefined ? [] : [[path, from]];
  });
  const from = new Map(moved);
  const files = paths.filter((path) => !moved.some(([, gone]) => gone === path)).map((path) => (from.has(path) ? renamed(diffOf(path, head[path], head[path]), from.get(path) ?? "") : diffOf(path, base[path], head[path])));
  const [BASE, HEAD] = ["a".repeat(40), "b".repeat(40)];
  const person = { name: "Ada", email: "ada@example.com" };
  const change = describeChange({
    resolved: { base: BASE, baseName: "main", head: HEAD, headName: "feature", headKind: "commit", headTree: HEAD, mergeBase: BASE, mergeBaseTree: BASE, headCommit: HEAD, shallow: false, gaps: [] },
    diff: { files, gaps: [] },
    commits: [{ id: HEAD, parents: [BASE], author: person, committer: person, authoredAt: 1, committedAt: 1, message, trailers: [] }],
    intent: { areas: [] },
    packageDirs: [],
    risk: { score: 0, level: "low", reasons: [] },
  });
  const facts: Facts = { change, intent: { areas: [], surfaces: [], codeOwners: [] }, gate: "local", options: {}, evidence: [], unavailable: new Map(), text: (side, path) => (side === "base" ? base : head)[path] };
  return [...(check?.look({ ...facts, tree: await treesFor(facts) }) ?? [])];
}

async function treesFor(facts: Facts): Promise<TreeOf> {
  const trees = new Map<string, SyntaxTree | undefined>();
  const tree: TreeOf = (side, path) => trees.get(`${side}:${path}`);
  for (let round = 0; round < 3; round += 1) {
    for (const { side, path } of [...(check?.parses?.(facts, tree) ?? [])]) {
      const text = facts.text(side, path);
      if (text !== undefined && !trees.has(`${side}:${path}`)) trees.set(`${side}:${path}`, await syntaxReader.read(path, text));
    }
  }
  return tree;
}

/** `effect kind` of everything it has to say, sorted. */
export const kindsOf = (seen: readonly Observation[]): readonly string[] => seen.filter(({ answer }) => answer === "broken").map(({ effect, details }) => `${effect ?? "ask"} ${String(details?.["kind"])}`).sort();

/** The same, without remarks. */
export const alarmsOf = (seen: readonly Observation[]): readonly string[] => kindsOf(seen).filter((one) => !one.startsWith("note"));

/** A file that only moved. */
const renamed = (file: DiffFile, basePath: string): DiffFile => ({ ...file, status: "renamed", basePath, hunks: [], added: 0, deleted: 0 });

function diffOf(path: string, before: string | undefined, after: string | undefined): DiffFile {
  const lines = (text: string | undefined, op: DiffLine["op"]): DiffLine[] => (text === undefined ? [] : text.replace(/\n$/, "").split("\n").map((line, at) => ({ op, text: line, line: at + 1 })));
  const [deleted, added] = [lines(before, "-"), lines(after, "+")];
  // Lines both sides have are context, as in a real diff.
  const kept = new Set(deleted.map(({ text }) => text).filter((text) => added.some((line) => line.text === text)));
  const changed = [...deleted, ...added].filter(({ text }) => !kept.has(text));
  return {
    path,
    status: before === undefined ? "added" : after === undefined ? "deleted" : "modified",
    ...(before !== undefined && { baseBlob: "1".repeat(40), baseMode: "100644" }),
    ...(after !== undefined && { headBlob: "2".repeat(40), headMode: "100644" }),
    binary: false,
    hunks: [{ baseStart: 1, baseCount: deleted.length, headStart: 1, headCount: added.length, heading: "", lines: changed.length > 0 ? changed : [...deleted, ...added] }],
    added: changed.filter(({ op }) => op === "+").length,
    deleted: changed.filter(({ op }) => op === "-").length,
  };
}
