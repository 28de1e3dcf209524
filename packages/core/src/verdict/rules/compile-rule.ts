import type { ASTNode, Environment, ParseResult } from "@marcbachmann/cel-js";
import { nearest } from "../nearest.ts";
import { compileLinear, type LinearMatcher } from "./linear-matcher.ts";
import { costOf, LINEAR_MATCH, sizeOf, type Size } from "./rule-cost.ts";
import { NOMINAL_SIZES, RULE_CLASSES, RULE_TYPES, RULE_VARIABLES, ruleContext, type RuleFacts } from "./rule-model.ts";
import type { CompiledRule, RuleOutcome, RuleSetting } from "./rule.ts";

/** What is wrong with a rule's `when:`, and at which character of it. */
export interface RuleProblem {
  readonly at: number;
  readonly says: string;
  /** The known word that was probably meant. */
  readonly meant?: string;
}

const LONGEST = 4_000;
/** Units of `costOf`; on an ordinary machine well under a second. */
const MOST_WORK = 50_000_000;
const LIMITS = { maxAstNodes: 500, maxDepth: 32, maxListElements: 100, maxMapEntries: 50, maxCallArguments: 8 };

/** The library offers more; what is not needed to judge a change, or not linear (duration parsing, time zones), stays out. */
const FUNCTIONS: readonly string[] = [
  "size", "int", "double", "string", "bool", "timestamp", "duration", "has", "startsWith", "endsWith", "contains", "matches", "lowerAscii",
  "upperAscii", "trim", "split", "join", "all", "exists", "exists_one", "map", "filter", "getFullYear", "getMonth", "getDate", "getDayOfWeek", "getHours",
]; // prettier-ignore
/** Their cost grows faster than their input, so the input has to stand in the rule itself. */
const LITERAL_ONLY: ReadonlySet<string> = new Set(["duration", "timestamp"]);

/** Type-checks a rule against the documented model and bounds its work. Loads the CEL library on first use. */
export async function compileRule(setting: RuleSetting): Promise<CompiledRule | RuleProblem> {
  if (setting.when.length > LONGEST) return { at: 0, says: `it is longer than ${LONGEST} characters` };
  const { Environment } = await import("@marcbachmann/cel-js");
  const matchers = new Map<string, LinearMatcher>();
  const environment = declareModel(new Environment({ limits: LIMITS }), matchers);
  let parsed: ParseResult;
  try {
    parsed = environment.parse(setting.when);
  } catch (error) {
    return problemFrom(error);
  }
  const refused = vet(parsed.ast, matchers);
  if (refused !== undefined) return refused;
  const checked = parsed.check();
  if (!checked.valid) return problemFrom(checked.error);
  if (checked.type !== "bool") return { at: 0, says: `it must be true or false, but is ${checked.type ?? "something else"}` };
  if (costOf(parsed.ast, NOMINAL_SIZES) > MOST_WORK) return { at: 0, says: "it would take too long on a change of 1,000 files: nest fewer loops" };
  return { setting, evaluate: (facts) => evaluate(parsed, facts) };
}

function declareModel(environment: Environment, matchers: ReadonlyMap<string, LinearMatcher>): Environment {
  for (const [name, fields] of Object.entries(RULE_TYPES)) {
    const types = Object.fromEntries(Object.entries(fields).map(([field, { type }]) => [field, type]));
    environment.registerType(name, { ctor: RULE_CLASSES[name as keyof typeof RULE_CLASSES], fields: types });
  }
  for (const [name, { type, says }] of Object.entries(RULE_VARIABLES)) environment.registerVariable(name, type, { description: says });
  environment.registerFunction(`string.${LINEAR_MATCH}(string): bool`, (text: string, pattern: string) => matchers.get(pattern)?.test(text) ?? false);
  return environment;
}

/** Refuses functions outside the list, and compiles every pattern with our own linear matcher: the library's is open to ReDoS. */
function vet(node: ASTNode, matchers: Map<string, LinearMatcher>): RuleProblem | undefined {
  if (node.op === "call" || node.op === "rcall") {
    const name = node.args[0];
    if (!FUNCTIONS.includes(name)) return { at: node.pos, says: `there is no function \`${name}\``, ...meant(name, FUNCTIONS) };
    const first = node.op === "call" ? node.args[1][0] : node.args[2][0];
    if (LITERAL_ONLY.has(name) && (first?.op !== "value" || String(first.args).length > 40))
      return { at: node.pos, says: `\`${name}()\` takes a literal of at most 40 characters` };
    if (node.op === "rcall" && name === "matches") {
      const refused = vetPattern(first, node.pos, matchers);
      if (refused !== undefined) return refused;
      (node.args as unknown[])[0] = LINEAR_MATCH;
    } else if (name === "matches") return { at: node.pos, says: 'write it as `text.matches("pattern")`' };
  }
  for (const child of childrenOf(node)) {
    const refused = vet(child, matchers);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function vetPattern(argument: ASTNode | undefined, at: number, matchers: Map<string, LinearMatcher>): RuleProblem | undefined {
  if (argument?.op !== "value" || typeof argument.args !== "string") return { at, says: "`matches()` takes its pattern as a literal" };
  const matcher = compileLinear(argument.args);
  if ("says" in matcher) return { at: argument.pos, says: `the pattern is refused at its character ${matcher.at + 1}: ${matcher.says}` };
  matchers.set(argument.args, matcher);
  return undefined;
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  const parts: unknown[] = Array.isArray(node.args) ? node.args.flat(2) : [node.args];
  return parts.filter((part): part is ASTNode => typeof part === "object" && part !== null && "op" in part);
}

function evaluate(parsed: ParseResult, facts: RuleFacts): RuleOutcome {
  const context = ruleContext(facts);
  const sizes: Record<string, Size> = Object.fromEntries(Object.entries(context).map(([name, value]) => [name, sizeOf(value)]));
  if (costOf(parsed.ast, sizes) > MOST_WORK) return { failed: "this change is too large for it: nest fewer loops" };
  try {
    const fired: unknown = parsed(context);
    return fired === true || fired === false ? { fired } : { failed: "it gave neither true nor false" };
  } catch (error) {
    return { failed: problemFrom(error).says };
  }
}

interface CelProblem {
  readonly summary?: unknown;
  readonly code?: unknown;
  readonly range?: { readonly start?: unknown };
}

function problemFrom(error: unknown): RuleProblem {
  const { summary, code, range } = (typeof error === "object" && error !== null ? error : {}) as CelProblem;
  const says = typeof summary === "string" ? summary : String(error);
  const at = typeof range?.start === "number" ? range.start : 0;
  const name = /^(?:No such key|Unknown variable): (\S+)$/.exec(says)?.[1];
  if (name === undefined) return { at, says };
  return { at, says: `there is no \`${name}\` in the model`, ...meant(name, code === "unknown_variable" ? Object.keys(RULE_VARIABLES) : FIELD_NAMES) };
}

const FIELD_NAMES: readonly string[] = [...new Set(Object.values(RULE_TYPES).flatMap((fields) => Object.keys(fields)))];

function meant(typed: string, known: readonly string[]): { readonly meant?: string } {
  const word = nearest(typed, known);
  return word === undefined ? {} : { meant: word };
}
