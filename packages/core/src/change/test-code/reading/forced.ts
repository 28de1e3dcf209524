import { argument } from "../assertions/chain.ts";
import { METHODS } from "../assertions/assert-methods.ts";
import { CHAI } from "../assertions/expect-matchers.ts";
import { canonical } from "../canonical.ts";
import type { ForcedOutcome } from "../anatomy.ts";
import { everyNode, type Argument, type FunctionSyntax, type Syntax, type SyntaxOf } from "../syntax.ts";
import { swallows } from "./flow.ts";

/** Code below these statements that decides what the run says, whatever the tests say. `python`: hooks and plain names of pytest count as well. */
export function forcedIn(statements: readonly Syntax[], text: string, python = false): ForcedOutcome[] {
  const found: ForcedOutcome[] = [];
  for (const statement of statements) {
    for (const node of everyNode(statement)) {
      const says = forced(node, python);
      if (says !== undefined) found.push({ says, line: node.line, text: text.slice(node.start, Math.min(node.end, node.start + 200)).replace(/\s+/g, " ") });
    }
  }
  return found;
}

function forced(node: Syntax, python: boolean): string | undefined {
  if (node.kind === "call") return forcedByCall(node);
  if (node.kind === "assign") return forcedByAssignment(node);
  if (node.kind === "function") return hollow(node.name, node) ?? (python ? forcedByHook(node) : undefined);
  if (node.kind !== "declare") return undefined;
  if (python && /^collect_ignore(?:_glob)?$/.test(node.name) && node.value?.kind === "list" && node.value.items.length > 0) return `${node.name} keeps files from being collected`;
  return node.value?.kind === "function" ? hollow(node.name, node.value) : undefined;
}

const ENDS = /^(?:process\.exit|process\.reallyExit|sys\.exit|os\._exit|Deno\.exit)$/;
/** Libraries that say what is right: nothing may stand in for them. */
const JUDGES = /^(?:(?:node:)?assert(?:\/strict)?|node:test|chai|vitest|expect|@jest\/globals|should|power-assert|ava|tape)$/;

/** What such a function is called, whatever it belongs to: few calls have such a name. */
const DECIDES = new Set("exit reallyExit _exit defineProperty set on once addListener prependListener mock doMock module overwriteMethod overwriteProperty overwriteChainableMethod extend".split(" "));

function forcedByCall({ callee: called, args }: SyntaxOf<"call">): string | undefined {
  if (called.kind !== "member" || !DECIDES.has(called.property)) return undefined;
  const callee = canonical(called);
  const first = argument(args, 0);
  const text = first?.kind === "literal" ? first.value : undefined;
  return endsWell(callee, text, args) ?? (text === undefined ? undefined : dropped(callee, text, args)) ?? replacedJudge(callee, text, first);
}

function endsWell(callee: string, text: string | undefined, args: readonly Argument[]): string | undefined {
  if (args.length === 0 && callee === "process.exit") return "process.exit() ends the run before its time";
  if (text === "0" && ENDS.test(callee)) return `${callee}(0) ends the run as a success`;
  if (callee === "pytest.exit" && args.some(({ name, value }) => name === "returncode" && canonical(value) === "0")) return "pytest.exit(returncode=0) ends the run as a success";
  if (!/^(?:Object\.defineProperty|Reflect\.set)$/.test(callee)) return undefined;
  const [object, ...rest] = args.map(({ value }) => canonical(value));
  return /^(?:process|session|runner)$/.test(object ?? "") && /exitCode|exitstatus|failures/.test(rest.join()) ? `${callee} sets how the run ends` : undefined;
}

function dropped(callee: string, event: string, args: readonly Argument[]): string | undefined {
  if (!/^process\.(?:on|once|addListener|prependListener)$/.test(callee) || !/^(?:uncaughtException|unhandledRejection)$/.test(event)) return undefined;
  const handler = argument(args, 1);
  return handler?.kind === "function" && swallows(handler.body, handler.params[0]) ? `${event} is caught and dropped` : undefined;
}

function replacedJudge(callee: string, text: string | undefined, first: Syntax | undefined): string | undefined {
  if (text !== undefined && /^(?:vi|jest|mock)\.(?:mock|doMock|module)$/.test(callee) && JUDGES.test(text)) return `${text} is replaced by a stand-in`;
  if (text !== undefined && CHAI.has(text) && /(?:^|\.)Assertion\.overwrite(?:Method|Property|ChainableMethod)$/.test(callee)) return `chai's ${text} is replaced`;
  const own = callee === "expect.extend" && first?.kind === "object" ? first.entries.find(({ key }) => BUILT_IN.has(key)) : undefined;
  return own === undefined ? undefined : `expect.extend replaces ${own.key}`;
}

const PATCHED = /^(?:globalThis\.|global\.|window\.)?(?:expect|assert|it|test|describe)(?:\.\w+)?$/;
const EXPECT_ITSELF = /^(?:to[A-Z]\w+|equal|deepEqual|strictEqual|notEqual|deepStrictEqual|throws|rejects|match|is|ok)$/;

function forcedByAssignment({ target: to, value }: SyntaxOf<"assign">): string | undefined {
  const target = canonical(to);
  const property = to.kind === "member" ? to.property : "";
  const written = value.kind === "literal" ? value.value : canonical(value);
  const outcome = OUTCOMES.find(({ name, says }) => name.test(target) && says.test(written));
  if (outcome) return `${target} = ${written} ${outcome.means}`;
  if (PATCHED.test(target) && /\.(?:skip|todo)$/.test(written)) return `${target} is ${written}`;
  // `TestCase.assertEqual = lambda *args: None`
  if (/(?:^|\.)TestCase$/.test(to.kind === "member" ? canonical(to.object) : "") && METHODS.has(property)) return `${target} is replaced`;
  return PATCHED.test(target) && value.kind === "function" && (EXPECT_ITSELF.test(property) || property === "expect") ? `${target} is replaced` : undefined;
}

/** What is set to say that all is well. */
const OUTCOMES: readonly { readonly name: RegExp; readonly says: RegExp; readonly means: string }[] = [
  { name: /^process\.exitCode$/, says: /^0$/, means: "ends the run as a success" },
  { name: /\._?exitstatus$/, says: /^(?:0|(?:pytest\.)?ExitCode\.OK)$/, means: "ends the run as a success" },
  { name: /\.(?:state|outcome|status)$/, says: /^pass(?:ed)?$/, means: "calls a test passed" },
  { name: /(?:^|\.)(?:runner|stats|result|report|session)\w*\.(?:failures|failed|testsfailed)$/, says: /^(?:0|\[\])$/, means: "forgets what failed" },
  { name: /^items\[/, says: /^\[\]$/, means: "takes every test out of the run" },
];

/** `function expect() {…}`, `def assertEqual(self, a, b): pass`: it is called like an assertion, and can't fail. */
function hollow(name: string | undefined, { body, params }: Pick<FunctionSyntax, "body" | "params">): string | undefined {
  if (name === undefined || !(/^(?:expect|assert|should)$/.test(name) || (/^assert[A-Z]/.test(name) && METHODS.has(name)))) return undefined;
  const fails = everyNode(body).some((node) => node.kind === "throw" || node.kind === "assert" || (node.kind === "call" && INSISTS.test(canonical(node.callee))) || (node.kind === "name" && node.name === "super"));
  return fails || params.length === 0 ? undefined : `${name}() is written anew, and can't fail`;
}

const INSISTS = /(?:^|\.)(?:assert|expect|fail|should|strictEqual|equal|deepEqual|ok|is|must|raises|super|t|chai)\b|assert/i;

/** pytest's hooks that may say which tests run and how they ended. */
function forcedByHook({ name, body }: FunctionSyntax): string | undefined {
  if (name === "pytest_ignore_collect" && everyNode(body).some((node) => node.kind === "return" && node.value !== undefined && canonical(node.value) === "True") && !everyNode(body).some(({ kind }) => kind === "if")) return "pytest_ignore_collect leaves every file out";
  if (name !== "pytest_collection_modifyitems") return undefined;
  const unconditional = everyNode(body, ({ kind }) => kind !== "if" && kind !== "choice");
  const takes = unconditional.find((node) => node.kind === "call" && /^(?:items\.clear|\w+\.add_marker)$/.test(canonical(node.callee)) && (/clear$/.test(canonical(node.callee)) || /\bskip\b|xfail/.test(node.args.map(({ value }) => canonical(value)).join())));
  return takes === undefined ? undefined : "pytest_collection_modifyitems keeps every test from running";
}

const BUILT_IN = new Set(
  "toBe toEqual toStrictEqual toThrow toThrowError toContain toContainEqual toMatch toMatchObject toHaveLength toHaveProperty toBeTruthy toBeFalsy toBeNull toBeUndefined toBeDefined toBeGreaterThan toBeLessThan toBeCloseTo toBeInstanceOf toHaveBeenCalled toHaveBeenCalledTimes toHaveBeenCalledWith toMatchSnapshot toMatchInlineSnapshot".split(" "),
);
