import type { DiffFile, Hunk } from "../diff.ts";

/** Lines of one test, from its head to its closing line: 1-based, both inclusive. */
interface Block {
  readonly from: number;
  readonly to: number;
}

/** Hooks and settings of a runner (`test.beforeEach(`) are no tests: what changes in them changes what every test does. */
const SCRIPT_HEAD = /^([ \t]*)(?:[\w$]+\.)?(?:it|test|tape|specify|[fx](?:it|test))(?:\.(?!before|after|setup|teardown|extend|use\b|on[A-Z])[\w$]+)*\(.*\{\s*$/;
const PYTHON_HEAD = /^([ \t]*)(?:async\s+)?def\s+test\w*\(.*:\s*$/;
/** What closes a call whose last argument is a function, alone on its line. */
const SCRIPT_END = /^\}[^{}()]*\)\s*;?\s*$/;

/** Both sides of a file. */
export interface BothTexts {
  readonly base: string;
  readonly head: string;
}

/** A blank line, or a remark that takes its own line and no tool acts on. */
const SAYS_NOTHING = /^\s*(?:(?:\/\/|#)[^@]*|\/\*[^@*]*\*\/\s*)?$/;

/**
 * The texts of a changed test file without the tests that did not change; every other line stands where it stood. Undefined where the lines alone
 * can't tell, or where something outside of tests changed, which may change what every test does: then the whole texts have to be read.
 *
 * Both sides lose exactly the same tests, so what is left differs by what the change did and by nothing else. What a reader then suspects has to be looked at
 * again in the whole texts: a check that seems lost may stand in one of the others.
 */
export function withoutUnchangedTests({ path, hunks }: Pick<DiffFile, "path" | "hunks">, texts: BothTexts): BothTexts | undefined {
  const python = path.endsWith(".py");
  const telling = hunks.filter((hunk) => !onlyImportsMore(hunk, texts.head));
  const [base, head] = [sideOf(telling, "base", texts.base, python), sideOf(telling, "head", texts.head, python)];
  if (base === undefined || head === undefined) return undefined;
  const same = base.unchanged.length === head.unchanged.length && base.unchanged.every((test, at) => test === head.unchanged[at]);
  return same ? { base: base.text, head: head.text } : undefined;
}

/** True for a text of test code without a test that could be told by its lines: a helper, whose change may change what tests elsewhere do. */
export const showsNoTest = (path: string, text: string): boolean => !new RegExp(path.endsWith(".py") ? PYTHON_HEAD : SCRIPT_HEAD, "m").test(text);

interface EmptiedSide {
  readonly text: string;
  /** Texts of the tests that were taken out, in their order. */
  readonly unchanged: readonly string[];
}

/** Undefined where a line outside of every test changed. */
function sideOf(hunks: readonly Hunk[], side: "base" | "head", text: string, python: boolean): EmptiedSide | undefined {
  const lines = text.split("\n");
  const changed = changedLines(hunks, side);
  const blocks = blocksIn(lines, python ? PYTHON_HEAD : SCRIPT_HEAD, python ? pythonEnd : scriptEnd);
  const touched = new Set(blocks.filter((block) => changed.some((line) => touches(block, line))));
  const outside = changed.filter((line) => Number.isInteger(line) && !SAYS_NOTHING.test((lines[line - 1] ?? "").slice(0, 1_000)));
  if (outside.some((line) => ![...touched].some((block) => touches(block, line)))) return undefined;
  const unchanged = blocks.filter((block) => !touched.has(block));
  const emptied = unchanged.map(({ from, to }) => lines.slice(from - 1, to).join("\n"));
  for (const block of unchanged) empty(lines, block, python);
  return { text: lines.join("\n"), unchanged: emptied };
}

const IMPORT = /^import\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*(["'][^"']+["'])|^from\s+([\w.]+)\s+import\s+([\w\s,]+)$/;
const IMPORTED_NAME = /^\s+(?:type\s+)?[\w$]+(?:\s+as\s+[\w$]+)?,?\s*$/;

/** True for a hunk that imports more names than before and takes none away: what tests meant by the others stays as it was. */
function onlyImportsMore({ lines }: Hunk, head: string): boolean {
  const texts = (op: "+" | "-"): readonly string[] => lines.filter((line) => line.op === op && line.text.trim() !== "").map(({ text }) => text.slice(0, 1_000));
  const [deleted, added] = [texts("-"), texts("+")];
  if (added.length === 0) return false;
  const now = added.map(importedBy);
  if (now.every((one) => one !== undefined)) return deleted.map(importedBy).every((was) => was !== undefined && now.some((is) => is.from === was.from && was.names.every((name) => is.names.includes(name))));
  return deleted.length === 0 && added.every((text) => IMPORTED_NAME.test(text)) && standsInImport(head, lines[0]?.line ?? 0);
}

function importedBy(text: string): { readonly from: string; readonly names: readonly string[] } | undefined {
  const found = IMPORT.exec(text);
  return found ? { from: found[2] ?? found[3] ?? "", names: (found[1] ?? found[4] ?? "").split(",").map((name) => name.trim()) } : undefined;
}

/** Looks up from a line to the one that opens what it stands in. */
function standsInImport(text: string, line: number): boolean {
  const above = text.split("\n", Math.max(0, line - 1));
  for (const other of above.reverse()) if (!IMPORTED_NAME.test(other)) return /^import\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{\s*$/.test(other);
  return false;
}

/** Numbers of changed lines; where a side has none of a hunk's, the place between two lines, as a half. */
function changedLines(hunks: readonly Hunk[], side: "base" | "head"): readonly number[] {
  return hunks.flatMap((hunk) => {
    const [start, count] = side === "base" ? [hunk.baseStart, hunk.baseCount] : [hunk.headStart, hunk.headCount];
    return count === 0 ? [start + 0.5] : Array.from({ length: count }, (_, at) => start + at);
  });
}

/** A place between the last line of a test and the next line touches nothing: what stands there on the other side is judged there. */
const touches = ({ from, to }: Block, line: number): boolean => line >= from && line <= to;

function blocksIn(lines: readonly string[], head: RegExp, endOf: (lines: readonly string[], from: number, margin: string) => number | undefined): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const margin = head.exec((lines[at] ?? "").slice(0, 500))?.[1];
    const end = margin === undefined ? undefined : endOf(lines, at, margin);
    if (end === undefined || end === at) continue;
    blocks.push({ from: at + 1, to: end + 1 });
    at = end;
  }
  return blocks;
}

/** The first line that is not further in than the head, when it closes a call and nothing else. */
function scriptEnd(lines: readonly string[], from: number, margin: string): number | undefined {
  for (let at = from + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line.trim() === "" || isFurtherIn(line, margin)) continue;
    return line.startsWith(margin) && SCRIPT_END.test(line.slice(margin.length)) ? at : undefined;
  }
  return undefined;
}

/** The last line that is further in than the head. */
function pythonEnd(lines: readonly string[], from: number, margin: string): number | undefined {
  let last = from;
  for (let at = from + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line.trim() === "") continue;
    if (!isFurtherIn(line, margin)) break;
    last = at;
  }
  return last === from ? undefined : last;
}

const isFurtherIn = (line: string, margin: string): boolean => line.startsWith(margin) && /[ \t]/.test(line.charAt(margin.length));

/** An empty statement stands where a test stood, so that what an `if` before it speaks of stays nothing else. In Python a class needs its methods: they pass. */
function empty(lines: string[], { from, to }: Block, python: boolean): void {
  const margin = /^[ \t]*/.exec(lines[python ? from : from - 1] ?? "")?.[0] ?? "";
  const first = python ? from + 1 : from;
  for (let line = first; line <= to; line += 1) lines[line - 1] = line > first ? "" : margin + (python ? "pass" : ";");
}
