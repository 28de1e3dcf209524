import type { Syntax } from "../syntax.ts";
import { assertClaims, bareClaims, type Dialect } from "./assert.ts";
import { argument, chainOf, isText, rootName, type Chain } from "./chain.ts";
import { claim, type Claim } from "./claim.ts";
import { expectationClaims, isExpectation } from "./expect.ts";
import { simplify } from "./simplify.ts";

export interface JavascriptDialect extends Dialect {
  /** Local names of functions imported from an assertion module, with their names there. */
  readonly bare: ReadonlyMap<string, string>;
}

/** Names of functions that insist on something, by common habit: `expectError(…)`, `assertValid(…)`. */
const OWN = /^(?:assert|expect|verify|should|ensure|must)(?:[A-Z_]\w*)$/;
/** Queries that throw when nothing is found. */
const QUERY = /^(?:get|find)(?:All)?By[A-Z]\w*$/;

/**
 * What an expression insists on. Empty when it is no assertion; `undefined` is never given for one. The expression is a whole
 * statement, or what a function gives back; parts of it are asked again by whoever walks the tree.
 */
export function javascriptClaims(node: Syntax, dialect: JavascriptDialect): readonly Claim[] {
  if (node.kind !== "call" && node.kind !== "member") return [];
  const chain = chainOf(node);
  if (isExpectation(chain)) return expectationClaims(chain).flatMap((one) => simplify(one));
  if (node.kind === "member") return [];
  const asserted = assertClaims(chain, dialect) ?? bareClaims(chain, dialect.bare, dialect.strictEqual);
  if (asserted !== undefined) return asserted.flatMap((one) => simplify(one));
  return [...property(chain), ...http(chain), ...ownOrQuery(chain)];
}

/** `fc.assert(fc.property(…, (x) => x.length > 0))`: what the last function gives back is insisted on. One that checks inside says so there. */
function property(chain: Chain): Claim[] {
  const last = chain.links.at(-1);
  const made = last?.name === "assert" ? last.args?.[0]?.value : undefined;
  if (made?.kind !== "call" || !/^(?:async)?property$/i.test(calledName(made.callee))) return [];
  const judged = made.args.at(-1)?.value;
  if (judged?.kind !== "function") return [];
  const given = judged.body.kind === "block" ? lastGiven(judged.body.body) : judged.body;
  if (given === undefined || (given.kind === "operation" && given.operator === "void")) return [];
  const checks = given.kind === "call" && (isExpectation(chainOf(given)) || OWN.test(calledName(given.callee)));
  return checks ? [] : [claim(given, "truthy")];
}

function lastGiven(statements: readonly Syntax[]): Syntax | undefined {
  const last = statements.at(-1);
  return last?.kind === "return" ? last.value : undefined;
}

const calledName = (callee: Syntax): string => (callee.kind === "member" ? callee.property : callee.kind === "name" ? callee.name : "");

/** supertest and its kind: `.expect(200)`, `.expect("Content-Type", /json/)`, `.expect(200, body)`. */
function http(chain: Chain): Claim[] {
  if (chain.links.length < 2 && chain.rootArgs === undefined) return [];
  return chain.links.flatMap(({ name, args = [], node }) => {
    const [first, second] = args.map(({ value }) => value);
    if (name !== "expect" || first === undefined) return [];
    const target: Syntax = chain.rootArgs === undefined ? chain.root : { ...node, kind: "name", name: "response" };
    return answered(target, first, second === undefined || isCallback(second) ? undefined : second);
  });
}

const isCallback = (node: Syntax): boolean => node.kind === "function" || (node.kind === "name" && /^(?:done|cb|callback|next)$/.test(node.name));
const isRegex = (node: Syntax): boolean => node.kind === "literal" && node.of === "regex";

function answered(target: Syntax, first: Syntax, second: Syntax | undefined): Claim[] {
  const body = (expected: Syntax): Claim => claim(target, isRegex(expected) ? "matches" : "deep", false, [expected], "body");
  if (first.kind === "function") return [];
  if (first.kind === "name") return [claim(target, "own", false, [first], "expect")];
  if (first.kind === "literal" && first.of === "number") return [claim(target, "same", false, [first], "status"), ...(second === undefined ? [] : [body(second)])];
  if (first.kind === "literal" && first.of === "string" && second !== undefined) return [claim(target, isRegex(second) ? "matches" : "same", false, [second], `header ${first.value.toLowerCase()}`)];
  return [body(first)];
}

function ownOrQuery(chain: Chain): Claim[] {
  const name = rootName(chain);
  const [link] = chain.links.slice(-1);
  if (name !== undefined && chain.rootArgs !== undefined && chain.links.length === 0 && OWN.test(name)) {
    const [first, ...rest] = chain.rootArgs.map(({ value }) => value);
    // `expectCss(".a {}")`: what is looked at is the helper's affair, and this is what shall come out.
    if (rest.length === 0 && isText(first)) return [claim(chain.root, "own", false, [first], name)];
    return [claim(first ?? chain.root, "own", false, rest, name)];
  }
  const query = link?.name ?? (chain.rootArgs === undefined ? undefined : name);
  const args = link === undefined ? chain.rootArgs : link.args;
  if (query !== undefined && args !== undefined && QUERY.test(query) && chain.links.length <= 2) return [claim(argument(args, 0) ?? chain.root, "present", false, [], query.replace(/^(?:get|find)/, ""))];
  return [];
}
