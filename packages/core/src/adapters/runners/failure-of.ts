import type { Place } from "#kernel";
import { fileKind, isTestSide } from "#change";
import { classifyFailure, missingName, type FailureFacts, type TestFailure } from "#evidence";
import { repositoryPath, withoutRoot } from "./repository-path.ts";
import type { ErrorFacts } from "./result-record.ts";

/** What a failure is judged against. */
export interface FailureContext {
  readonly root: string;
  readonly cwd: string;
  /** The file the failure was reported for; its own frames win over others. */
  readonly file?: string | undefined;
  readonly phase: "test" | "load";
  /** Names of the repository's own packages: one of them missing is no missing installation. */
  readonly ownPackages: ReadonlySet<string>;
}

/** Says why a test is red (by the rules reports are judged by as well), where, and what was missing. */
export function failureOf(facts: ErrorFacts, context: FailureContext): TestFailure {
  const said = withoutFrames(withoutEscapes(facts.message ?? "")) || withoutFrames(withoutEscapes(facts.stack ?? "")) || "no message";
  const known = knownFacts(facts, said, context);
  const missing = missingIn(known, context);
  const named = facts.name && facts.name !== "Error" && !said.startsWith(facts.name) ? `${facts.name}: ${said}` : said;
  const message = withoutRoot(context.root, named).slice(0, 2000);
  const place = placeOf(facts, context);
  const thrownAt = thrownAtOf(facts, context);
  return { kind: classifyFailure(known), message, ...(place ? { place } : {}), ...(thrownAt ? { thrownAt } : {}), ...(missing === undefined ? {} : { missing }) };
}

function knownFacts(facts: ErrorFacts, message: string, { phase, ownPackages }: FailureContext): FailureFacts {
  const ended = facts.timeout === true ? "timeout" : facts.type === "exit" || facts.type === "crash" ? "crash" : undefined;
  return {
    message,
    ownPackages,
    loading: phase === "load",
    ...(facts.name !== undefined && { type: facts.name }),
    ...(facts.code !== undefined && { code: facts.code }),
    ...(facts.stack !== undefined && { stack: facts.stack }),
    ...(facts.cause !== undefined && { cause: facts.cause }),
    ...(facts.expects === true && { expected: true }),
    ...(ended && { ended }),
  };
}

/** Symbols that were there to be called and were not; a report's reader can't tell them from a mistake of the code, a run of both sides can. */
const CALLED = [/No ["']([^"'\n]{1,500})["'] export is defined/, /(?:\(0 ?, ?)?([\w$.]{1,500})\)? is not (?:a function|a constructor|defined)\b/, /\b(?:has no attribute|unexpected keyword argument|name) ['"]([^'"\n]{1,200})['"]/];

/** What was missing, by its path in the tree where it has one. */
function missingIn(facts: FailureFacts, { root, cwd }: FailureContext): string | undefined {
  const name = missingName(facts);
  if (name !== undefined) return name.startsWith(".") || !/^(?:\/|[A-Za-z]:|file:)/.test(name) ? name : (repositoryPath(root, name, cwd) ?? withoutRoot(root, name));
  const said = `${facts.message.slice(0, 4000)}\n${(facts.cause ?? "").slice(0, 4000)}`;
  const called = CALLED.map((pattern) => pattern.exec(said)?.[1]).find((found) => found !== undefined);
  return called?.slice(called.lastIndexOf(".") + 1);
}

/** The first line of the tree in the stack: the reported file's own, else any. */
function placeOf(facts: ErrorFacts, context: FailureContext): Place | undefined {
  if (facts.at !== undefined && facts.line !== undefined) {
    const file = repositoryPath(context.root, facts.at, context.cwd);
    if (file !== undefined) return { file, line: facts.line };
  }
  const places = framesOf(facts.stack ?? "", context);
  return places.find((place) => place.file === context.file) ?? places[0];
}

/** The topmost line of the tree, if it is source: a test that throws inside a callback has source below it too, and that source is not to blame. */
function thrownAtOf(facts: ErrorFacts, context: FailureContext): Place | undefined {
  const [top] = framesOf(facts.stack ?? "", context);
  return top && top.file !== context.file && !isTestSide({ kind: fileKind(top.file) }) ? top : undefined;
}

/** `at name (path:1:2)`, `at path:1:2`, and Mocha's form with paths relative to where it runs. */
function frameOf(line: string): { readonly path: string; readonly line: number } | undefined {
  const end = line.length < 2000 ? /:(\d{1,9})(?::\d{1,9})?\)?$/.exec(line) : null;
  if (!end || !/^at |[/\\]/.test(line)) return undefined;
  const before = line.slice(0, end.index);
  const open = before.indexOf(" (");
  const path = open >= 0 ? before.slice(open + 2) : before.replace(/^at (async )?/, "");
  return path === "" || /\s/.test(path) ? undefined : { path, line: Number(end[1]) };
}

function framesOf(stack: string, context: FailureContext): readonly Place[] {
  const places: Place[] = [];
  for (const line of stack.split("\n").slice(0, 80)) {
    const frame = frameOf(line.trim());
    const file = frame && repositoryPath(context.root, frame.path, context.cwd);
    if (frame && file !== undefined) places.push({ file, line: frame.line });
  }
  return places;
}

/** Some runners put the stack into the message. */
function withoutFrames(text: string): string {
  const at = text.search(/\n\s+at \S/);
  return (at < 0 ? text : text.slice(0, at)).trim();
}

function withoutEscapes(text: string): string {
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "").trim();
}
