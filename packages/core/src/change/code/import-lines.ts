/** A statement that brings names in, by language. Its code has no comments and single spaces only. */
const IMPORT =
  /^(?:import\b(?!\()|from [\w.]+ import\b|use [\w:\\]|using [\w.]+;|#include\b|@import\b|(?:const|var|let) ?(?:\{[^}]*\}|[\w$]+) ?= ?require\("[^"]+"\);?$)/;

/** What a side of the change imports, and its other code. */
export interface ImportSplit {
  /** One entry per imported name and module, in no meaningful order. */
  readonly names: readonly string[];
  readonly rest: readonly string[];
}

/** Takes import statements out of code lines. Statements over several lines are followed to their closing bracket. */
export function splitImports(code: readonly string[]): ImportSplit {
  const names: string[] = [];
  const rest: string[] = [];
  for (let at = 0; at < code.length; at += 1) {
    const line = (code[at] ?? "").trimStart();
    if (line === "" || !IMPORT.test(line.slice(0, 300))) {
      rest.push(code[at] ?? "");
      continue;
    }
    let statement = line;
    while (isOpen(statement) && at + 1 < code.length && statement.length < 10_000) {
      at += 1;
      statement += (code[at] ?? "").trim();
    }
    names.push(...namesOf(statement));
  }
  return { names, rest };
}

const isOpen = (statement: string): boolean => {
  const last = Math.max(statement.lastIndexOf("{"), statement.lastIndexOf("("));
  return last >= 0 && Math.max(statement.lastIndexOf("}"), statement.lastIndexOf(")")) < last;
};

function namesOf(statement: string): readonly string[] {
  const bare = statement.replace(/;$/, "");
  const open = bare.search(/[{(]/);
  const close = Math.max(bare.lastIndexOf("}"), bare.lastIndexOf(")"));
  const [, from, listed] = /^(from [\w.]+ import) ([^(].*)$/.exec(bare) ?? [];
  if (listed !== undefined) return listed.split(",").map((name) => `${from} ${name.trim()}`);
  if (open < 0 || close < open) return [bare];
  const around = `${bare.slice(0, open)}…${bare.slice(close + 1)}`;
  const inner = bare
    .slice(open + 1, close)
    .split(",")
    .map((name) => name.trim());
  // `type X` among the names is erased; the module itself stays imported by the names beside it.
  return inner.filter((name) => name !== "" && !/^type \w/.test(name)).map((name) => `${around} ${name}`);
}
