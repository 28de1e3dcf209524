import { parse } from "@babel/parser";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import type { Mutant, MutantKind } from "#change";
import { tellFault, type LineSpan } from "#evidence";
import { whyArid, type NodeAt } from "./arid.ts";
import { functionsIn, type NamedFunction } from "./functions-in.ts";
import { whyEquivalent } from "./looks-equivalent.ts";

/** A source file with the lines that may be broken. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly spans: readonly LineSpan[];
}

export interface PlacedMutant {
  /** Its name behind the switch. */
  readonly id: string;
  readonly mutant: Mutant;
  /** Why it is not tried. */
  readonly leftOut?: string;
}

export interface Instrumented {
  /** Repository path to the text with every mutant behind a switch; only files that hold one. */
  readonly files: ReadonlyMap<string, string>;
  readonly mutants: readonly PlacedMutant[];
  /** Files that could not be read, with why. */
  readonly unread: readonly { readonly path: string; readonly because: string }[];
}

/**
 * Puts every mutant of these lines behind a switch, all into one text a file. The project's own Babel settings are never loaded: they are code. With
 * `everything` also what is arid or looks equivalent is tried.
 */
export async function instrument(sources: readonly SourceFile[], everything = false): Promise<Instrumented> {
  const { able, unread } = await readable(sources, everything);
  if (able.length === 0) return { files: new Map(), mutants: [], unread };
  const made = await place(able, everything);
  const bySource = new Map(able.map((source) => [source.path, { text: source.text, lines: lineStarts(source.text), functions: functionsIn(parseText(source)) }]));
  const mutants = made.mutants.map((one): PlacedMutant => {
    const about = bySource.get(one.fileName);
    const mutant = toMutant(one, about ?? { text: "", lines: [0], functions: [] });
    const leftOut = one.status === "Ignored" ? (one.statusReason ?? "a comment says so") : everything ? undefined : whyEquivalent(mutant, about?.text ?? "");
    return { id: one.id, mutant, ...(leftOut !== undefined && { leftOut }) };
  });
  const holding = new Set(mutants.filter(({ leftOut }) => leftOut === undefined).map(({ mutant }) => mutant.file));
  return { files: new Map(made.files.filter(({ name }) => holding.has(name)).map(({ name, content }) => [name, content])), mutants, unread };
}

type Made = Awaited<ReturnType<Instrumenter["instrument"]>>;

/** One odd file must not keep the others from being tried. */
async function readable(sources: readonly SourceFile[], everything: boolean): Promise<{ readonly able: readonly SourceFile[]; readonly unread: Instrumented["unread"] }> {
  const able: SourceFile[] = [];
  const unread: { path: string; because: string }[] = [];
  for (const source of sources) {
    try {
      await place([source], everything);
      able.push(source);
    } catch (error) {
      unread.push({ path: source.path, because: (error instanceof Error ? error.message : String(error)).split("\n")[0]?.slice(0, 200) ?? "" });
    }
  }
  return { able, unread };
}

function place(sources: readonly SourceFile[], everything: boolean): Promise<Made> {
  const files = sources.map(({ path, text, spans }) => ({ name: path, content: text, mutate: spans.map(({ from, to }) => ({ start: { line: from - 1, column: 0 }, end: { line: to - 1, column: Number.MAX_SAFE_INTEGER } })) }));
  const ignorers = everything ? [] : [{ shouldIgnore: (path: unknown) => whyArid(path as NodeAt) }];
  return instrumenter.instrument(files, { ignorers, excludedMutations: [], plugins: null, noHeader: false });
}

const quiet = { isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no, isWarnEnabled: no, isErrorEnabled: no, isFatalEnabled: no, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing };

function no(): boolean {
  return false;
}
function nothing(): void {}

/** With a parser of our own: the library's would look for Babel settings in the folder it runs in, and run them. */
const instrumenter = new Instrumenter(quiet, () => (text: string, name: string) => Promise.resolve({ originFileName: name, rawContent: text, format: formatOf(name), root: parseText({ path: name, text }) }) as never);

const formatOf = (name: string): string => (/\.tsx$/.test(name) ? "tsx" : /\.[cm]?ts$/.test(name) ? "ts" : "js");

type Parsed = ReturnType<typeof parse>;

function parseText({ path, text }: Pick<SourceFile, "path" | "text">): Parsed {
  const typed = /\.[cm]?tsx?$/.test(path);
  const flow = !typed && /^\s*(?:\/\/|\/\*)[^\n]{0,200}@flow/.test(text);
  const language = typed ? (["typescript", ...(path.endsWith("x") ? (["jsx"] as const) : [])] as const) : ([...(flow ? (["flow"] as const) : []), "jsx"] as const);
  return parse(text, { sourceType: /\.c[jt]s$/.test(path) ? "script" : /\.m[jt]s$/.test(path) ? "module" : "unambiguous", ranges: true, allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true, plugins: [...language, "decorators-legacy", "explicitResourceManagement"] });
}

const KINDS: Readonly<Record<string, MutantKind>> = {
  ArithmeticOperator: "arithmetic",
  ArrowFunction: "gone",
  AssignmentOperator: "arithmetic",
  BlockStatement: "gone",
  BooleanLiteral: "condition",
  ConditionalExpression: "condition",
  EqualityOperator: "comparison",
  LogicalOperator: "logic",
  MethodExpression: "method",
  OptionalChaining: "method",
  UnaryOperator: "arithmetic",
  UpdateOperator: "arithmetic",
};

interface About {
  readonly text: string;
  /** Offset of each line's first character. */
  readonly lines: readonly number[];
  readonly functions: readonly NamedFunction[];
}

function toMutant({ fileName, location, mutatorName, replacement }: Made["mutants"][number], { text, lines, functions }: About): Mutant {
  const offset = ({ line, column }: { readonly line: number; readonly column: number }): number => (lines[line] ?? text.length) + column;
  const [start, end] = [offset(location.start), offset(location.end)];
  const before = text.slice(start, end);
  const after = replacement ?? "";
  const inside = functions.filter((one) => one.start <= start && end <= one.end).at(-1);
  const whole = mutatorName === "ArrowFunction" || mutatorName === "BlockStatement" ? functions.find((one) => (one.bodyStart === start && one.bodyEnd === end) || (one.start === start && one.end === end)) : undefined;
  const line = location.start.line + 1;
  const says = tellFault({ before, after: after.replaceAll("Stryker was here!", "any text").replaceAll("Stryker was here", "any text"), ...(whole && { bodyOf: whole.name }) });
  return { file: fileName, line, endLine: location.end.line + 1, start, end, before, after, kind: KINDS[mutatorName] ?? "literal", unit: inside?.name ?? "", says: `${says} in ${fileName}:${line}` };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
