import type { Place } from "#kernel";
import type { RedKind, TestFailure } from "#evidence";
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

/** Says why a test is red: what failed, where, and what was missing. */
export function classifyFailure(facts: ErrorFacts, context: FailureContext): TestFailure {
  const said = withoutFrames(withoutEscapes(facts.message ?? "")) || withoutFrames(withoutEscapes(facts.stack ?? "")) || "no message";
  const missing = missingOf(`${said}\n${facts.cause ?? ""}`, context);
  const kind = kindOf(facts, said, missing, context);
  const named = facts.name && facts.name !== "Error" && !said.startsWith(facts.name) ? `${facts.name}: ${said}` : said;
  const message = withoutRoot(context.root, named).slice(0, 2000);
  const place = placeOf(facts, context);
  return { kind, message, ...(place ? { place } : {}), ...(missing ? { missing: missing.name } : {}) };
}

function kindOf(facts: ErrorFacts, said: string, missing: Missing | undefined, context: FailureContext): RedKind {
  if (facts.timeout === true || TIMEOUT.test(said) || facts.code === "ERR_MOCHA_TIMEOUT") return "timeout";
  if (facts.type === "exit" || facts.type === "crash") return "crash";
  if (missing?.packaged === true) return "missing-package";
  if (isAssertion(facts, said) && !(REJECTED.test(said) && SURROUNDINGS.test(said))) return "assertion";
  if (SURROUNDINGS.test(`${facts.code ?? ""} ${said} ${facts.cause ?? ""}`)) return "environment";
  if (context.phase === "load" || missing?.module === true) return "load";
  return "error";
}

const TIMEOUT =
  /^(Test|Hook|beforeEach|afterEach) timed out in \d+ ?ms|Exceeded timeout of \d+ ?ms for a (test|hook)|^Timeout of \d+ms exceeded|^test timed out after \d+|Async function did not complete within \d+ms/;

const SURROUNDINGS =
  /\b(EADDRINUSE|EADDRNOTAVAIL|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|EAI_AGAIN|ENOTFOUND|EMFILE|ENFILE|ENOSPC|ENOMEM|ERR_DLOPEN_FAILED)\b|Executable doesn't exist at|JavaScript heap out of memory|Could not find browser|Failed to launch the browser/;

/** An assertion that only passes on what something else threw. */
const REJECTED = /promise rejected with|received promise rejected|received function threw|error thrown in test/i;

function isAssertion(facts: ErrorFacts, said: string): boolean {
  if (facts.expects === true || facts.code === "ERR_ASSERTION") return true;
  return (
    /^(AssertionError|AssertionFailedError|JestAssertionError|ExpectationFailed)/.test(`${facts.name ?? ""} ${said}`.trim()) ||
    /^(expect|assert(\.\w+)*)\(/.test(said)
  );
}

interface Missing {
  readonly name: string;
  /** A package of somebody else that is not installed. */
  readonly packaged: boolean;
  /** A file or package, as opposed to a symbol. */
  readonly module: boolean;
}

const MODULE = [
  /Cannot find (?:module|package) ['"]([^'"\n]+)['"]/,
  /Failed to resolve (?:import|entry for package) ["']([^"'\n]+)["']/,
  /Failed to load url (\S+) \(resolved id/,
  /Does the file exist\?.*["']([^"'\n]+)["']/,
  /Could not resolve ["']([^"'\n]+)["']/,
];

const SYMBOL = [
  /does not provide an export named ['"]([^'"\n]+)['"]/,
  /No ["']([^"'\n]+)["'] export is defined/,
  /Named export ['"]([^'"\n]+)['"] not found/,
  /(?:\(0 ?, ?)?([\w$.]+)\)? is not (?:a function|a constructor|defined)\b/,
];

function missingOf(said: string, context: FailureContext): Missing | undefined {
  for (const pattern of MODULE) {
    const name = pattern.exec(said)?.[1];
    if (name !== undefined) return missingModule(name, context);
  }
  for (const pattern of SYMBOL) {
    const name = pattern.exec(said)?.[1];
    if (name !== undefined) return { name: name.slice(name.lastIndexOf(".") + 1), packaged: false, module: false };
  }
  return undefined;
}

function missingModule(name: string, context: FailureContext): Missing {
  const inTree = repositoryPath(context.root, name, context.cwd);
  if (/^(\.{0,2}\/|[A-Za-z]:|file:)/.test(name)) return { name: inTree && !name.startsWith(".") ? inTree : name, packaged: false, module: true };
  const owner = name.startsWith("@") ? name.split("/").slice(0, 2).join("/") : (name.split("/")[0] ?? name);
  const foreign = /^(@[\w.-]+\/)?[\w.-]+$/.test(owner) && !name.startsWith("node:");
  return { name, packaged: foreign && !context.ownPackages.has(owner), module: true };
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
