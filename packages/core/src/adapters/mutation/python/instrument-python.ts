import type { SyntaxNode, Tree } from "@lezer/common";
import type { Mutant } from "#change";
import { tellFault } from "#evidence";
import type { Instrumented, PlacedMutant, SourceFile } from "../instrument.ts";
import { isClosed, whyArid } from "./arid-python.ts";
import { faultsAt, type PythonFault } from "./python-faults.ts";
import { functionRound, isDocstring, parsePython, walk, type ReadPython } from "./python-tree.ts";

/** Faults of one file that are placed; a change with more is no change a person reads. */
const MOST = 4_000;
/** An expression longer than this is not written out again for each of its faults. */
const LONGEST = 4_000;

/** The switch, as it is called in the text. One underscore: two would be another name inside a class. */
export const SWITCH = "_proofline_";
/** Where nobody put the switch there, as in a process the tests start, every fault is off. */
const PRELUDE = `${SWITCH} = getattr(__import__("builtins"), "${SWITCH}", lambda _: False)\n`;

interface Placed extends PlacedMutant {
  readonly fault: PythonFault;
}

/**
 * Puts every mutant of these lines of Python behind a switch, all into one text a file: an expression becomes `((other) if _proofline_("p1") else (what it
 * was))`, a statement gets the question before it. What the file does with every switch off is what it did before.
 */
export function instrumentPython(sources: readonly SourceFile[], everything = false): Instrumented {
  const files = new Map<string, string>();
  const mutants: PlacedMutant[] = [];
  const unread: { path: string; because: string }[] = [];
  for (const source of sources) {
    const read = parsePython(source.text);
    const lines = linesOf(source, read.damaged);
    if (lines !== undefined) unread.push({ path: source.path, because: `${lines} could not be read as Python` });
    const placed = place(source, read, everything, mutants.length);
    const live = placed.filter(({ leftOut }) => leftOut === undefined);
    const text = live.length === 0 ? undefined : written(source.text, read.tree, live);
    if (text !== undefined && parsePython(text).damaged.length > read.damaged.length) {
      unread.push({ path: source.path, because: "no faults can be put into it" });
      continue;
    }
    mutants.push(...placed.map(({ id, mutant, leftOut }) => ({ id, mutant, ...(leftOut !== undefined && { leftOut }) })));
    if (text !== undefined) files.set(source.path, text);
  }
  return { files, mutants, unread };
}

/** The lines that were asked about and could not be read; undefined where all could. */
function linesOf({ text, spans }: SourceFile, damaged: ReadPython["damaged"]): string | undefined {
  const lineAt = lineNumbers(text);
  const hit = damaged.map(({ from, to }) => ({ from: lineAt(from), to: lineAt(to) })).find((part) => spans.some(({ from, to }) => from <= part.to && part.from <= to));
  return hit && `what begins in line ${hit.from}`;
}

function place(source: SourceFile, { tree, damaged }: ReadPython, everything: boolean, from: number): readonly Placed[] {
  const { path, text, spans } = source;
  const lineAt = lineNumbers(text);
  const placed: Placed[] = [];
  let arid: { readonly to: number; readonly why: string } | undefined;
  const whyHere = (node: SyntaxNode): string | undefined => {
    if (everything) return undefined;
    if (arid !== undefined && arid.to <= node.from) arid = undefined;
    if (arid === undefined) {
      const why = whyArid(node, text);
      if (why !== undefined) arid = { to: node.to, why };
    }
    return arid?.why;
  };
  walk(tree, (node) => {
    if (placed.length >= MOST || isClosed(node, text) || damaged.some((part) => part.from === node.from && node.parent !== null)) return false;
    const why = whyHere(node);
    for (const fault of faultsAt(node, text)) {
      const [line, endLine] = [lineAt(fault.from), lineAt(fault.to)];
      if (fault.to - fault.from > LONGEST || !spans.some((span) => span.from <= line && endLine <= span.to)) continue;
      const leftOut = why ?? (isExcused(text, fault.from) ? "a comment says so" : undefined);
      placed.push({ id: `p${from + placed.length}`, mutant: told(fault, { file: path, line, endLine, unit: fault.bodyOf ?? functionRound(node, text) }, text), fault, ...(leftOut !== undefined && { leftOut }) });
    }
    return true;
  });
  return placed;
}

function told({ kind, from, to, after, as, bodyOf }: PythonFault, where: Pick<Mutant, "file" | "line" | "endLine" | "unit">, text: string): Mutant {
  const before = text.slice(from, to);
  // What stands in place of a statement that was left out says nothing.
  const says = tellFault({ before, after: kind === "call" || as === "leave" ? "" : after, ...(bodyOf !== undefined && { bodyOf }) });
  return { ...where, start: from, end: to, before, after, kind, says: `${says} in ${where.file}:${where.line}` };
}

/** mutmut's word for a line that is left alone. */
function isExcused(text: string, at: number): boolean {
  const end = text.indexOf("\n", at);
  return /#\s*pragma:\s*no mutate\b/.test(text.slice(text.lastIndexOf("\n", at - 1) + 1, end < 0 ? text.length : end));
}

interface Insertion {
  readonly at: number;
  readonly text: string;
  /** Of those at the same place: what closes comes before what opens. */
  readonly rank: number;
}

/** The text with all switches in it. Spans nest or are apart, so that every switch is an opening and a closing text. */
function written(text: string, tree: Tree, placed: readonly Placed[]): string {
  const values = new Map<string, Placed[]>();
  const insertions: Insertion[] = [{ at: afterFirstWords(text, tree), text: PRELUDE, rank: -1 }];
  for (const [order, one] of placed.entries()) {
    const { fault, id } = one;
    const { from, to, code, indent = "" } = fault;
    if (fault.as === "value") values.set(`${from} ${to}`, [...(values.get(`${from} ${to}`) ?? []), one]);
    else if (fault.as === "leave") insertions.push({ at: from, text: `if not ${SWITCH}("${id}"): `, rank: order });
    else if (fault.as === "first") insertions.push({ at: from, text: `if ${SWITCH}("${id}"): ${code}\n${indent}`, rank: order });
    else insertions.push({ at: from, text: `if ${SWITCH}("${id}"): ${code}\n${indent}else: `, rank: order });
  }
  // Wider spans open first and close last.
  for (const all of values.values()) {
    const { from, to } = (all[0] as Placed).fault;
    const width = to - from;
    insertions.push({ at: from, text: `(${all.map(({ id, fault }) => `(${fault.code}) if ${SWITCH}("${id}") else `).join("")}(`, rank: 1e9 - width });
    insertions.push({ at: to, text: "))", rank: width - 1e9 });
  }
  const sorted = insertions.toSorted((a, b) => a.at - b.at || a.rank - b.rank);
  let [done, at] = ["", 0];
  for (const insertion of sorted) {
    done += text.slice(at, insertion.at) + insertion.text;
    at = insertion.at;
  }
  return done + text.slice(at);
}

/** Behind the docstring and what is imported from `__future__`, which must come first; always the beginning of a line, or the end of the text. */
function afterFirstWords(text: string, tree: Tree): number {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    if (node.name === "Comment") continue;
    const future = /^from\s+__future__\b/.test(text.slice(node.from, node.from + 40));
    const group = node.name === "StatementGroup" && node.firstChild !== null && isDocstring(node.firstChild, text);
    if (!future && !group && !isDocstring(node, text)) break;
    const end = text.indexOf("\n", node.to);
    at = end < 0 ? text.length : end + 1;
  }
  return at;
}

function lineNumbers(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
