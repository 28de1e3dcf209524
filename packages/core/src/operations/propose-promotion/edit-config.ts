import { yamlTooDeep, type Mode } from "#kernel";

const CONTEXT = 3;

/**
 * The unified diff that sets a mode in a configuration's text and touches nothing else: the scalar at `path`, or its `mode`. Undefined
 * where the text does not name it there: then a policy it extends does, or a default.
 */
export async function modeDiff(file: string, text: string, path: readonly string[], to: Mode): Promise<string | undefined> {
  if (yamlTooDeep(text)) return undefined;
  // Only who has something to propose loads the parser.
  const { findScalar } = await import("./find-scalar.ts");
  const found = findScalar(text, [path, [...path, "mode"]]);
  if (!found) return undefined;
  const after = text.slice(0, found[0]) + to + text.slice(found[1]);
  return after === text ? undefined : unifiedDiff(file, text, after);
}

/** The diff of two texts that differ in one run of lines, as `git apply` takes it. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const [old, anew] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < anew.length && old[start] === anew[start]) start += 1;
  let same = 0;
  while (same < old.length - start && same < anew.length - start && old[old.length - 1 - same] === anew[anew.length - 1 - same]) same += 1;
  const top = Math.max(0, start - CONTEXT);
  const bottom = Math.min(same, CONTEXT);
  const removed = old.slice(start, old.length - same);
  const added = anew.slice(start, anew.length - same);
  const around = (from: number, until: number): readonly string[] => old.slice(from, until).map((line) => ` ${line}`);
  const count = (middle: readonly string[]): number => start - top + middle.length + bottom;
  const body = [...around(top, start), ...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`), ...around(old.length - same, old.length - same + bottom)];
  return [`--- a/${file}`, `+++ b/${file}`, `@@ -${top + 1},${count(removed)} +${top + 1},${count(added)} @@`, ...body].join("\n").concat("\n").replaceAll(`${MARK}\n`, "\n\\ No newline at end of file\n");
}

/** A last line without its line end is another line than the one with it; the mark is no character of a text file. */
const MARK = "\u0000";

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  return last === "" ? lines : [...lines, `${last}${MARK}`];
}
