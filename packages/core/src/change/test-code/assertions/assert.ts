import type { Argument, Syntax } from "../syntax.ts";
import { argument, rootName, type Chain } from "./chain.ts";
import { claim, type Claim } from "./claim.ts";
import { METHODS, type Method } from "./assert-methods.ts";

/** How this file's libraries read the names they share. */
export interface Dialect {
  /** `equal` compares strictly: tape, tap, node's strict assert; not node's old one, nor chai's. */
  readonly strictEqual: boolean;
  /** Names that carry assertion methods: `assert`, and what tests get as their argument. */
  readonly handles: ReadonlySet<string>;
}

/** Words between the handle and its method. */
const FILLERS = new Set(["strict", "assert", "skip", "should"]);

/** Assertions by function: `assert(x)`, `assert.equal(a, b)`, `t.is(a, b)`, `chai.assert.match(…)`, `sinon.assert.called(…)`. */
export function assertClaims(chain: Chain, dialect: Dialect): readonly Claim[] | undefined {
  const name = rootName(chain);
  if (name === undefined) return undefined;
  const { links, rootArgs } = chain;
  if (links.length === 0) return rootArgs !== undefined && /^(?:assert|ok|invariantTest)$/.test(name) && rootArgs[0] ? [claim(rootArgs[0].value, "truthy")] : undefined;
  const called = links.at(-1);
  // `sinon.match(…)` describes an argument; only `sinon.assert` insists.
  const handled = (dialect.handles.has(name) && (name !== "sinon" || links[0]?.name === "assert")) || links.slice(0, -1).some(({ name: link }) => link === "assert");
  if (!handled || called?.args === undefined || rootArgs !== undefined) return undefined;
  if (!links.slice(0, -1).every(({ name: link, args }) => args === undefined && (FILLERS.has(link) || links.length <= 3))) return undefined;
  const method = METHODS.get(called.name === "" ? "assert" : called.name);
  if (method === undefined) return undefined;
  const strict = dialect.strictEqual || links.some(({ name: link }) => link === "strict") || name === "t";
  return methodClaims(method, called.name, called.args, strict);
}

/** Bare `equal(a, b)` imported from an assertion module. */
export function bareClaims({ root, rootArgs, links }: Chain, imported: ReadonlyMap<string, string>, strict: boolean): readonly Claim[] | undefined {
  if (links.length > 0 || rootArgs === undefined || root.kind !== "name") return undefined;
  const method = METHODS.get(imported.get(root.name) ?? "");
  return method === undefined ? undefined : methodClaims(method, root.name, rootArgs, strict);
}

export function methodClaims(method: Method, name: string, args: readonly Argument[], strict: boolean): readonly Claim[] {
  const subject = args[0]?.value;
  const negated = method.negated ?? false;
  if (subject === undefined) return method.takes === 0 && (method.relation === "fails" || method.relation === "passes") ? [] : [];
  if (method.relation === "throws") return [thrown(subject, args)];
  if (method.value !== undefined) return [claim(subject, method.relation, negated, [constant(subject, method.value)])];
  const wanted = wantedOf(method, args);
  if (method.relation === "close") return [claim(subject, "close", negated, wanted)];
  const relation = method.relation === "loosely equal" && strict ? (/deep/i.test(name) ? "deep" : "same") : method.relation;
  const detail = method.detail ?? (method.relation === "type" && method.takes === 0 ? name : undefined);
  const [left, right] = turned(subject, wanted);
  return [claim(left, relation, negated, right, detail)];
}

/** What follows the subject; the message at the end is no part of it. */
function wantedOf({ takes, relation }: Method, args: readonly Argument[]): readonly Syntax[] {
  if (relation === "called with") return args.slice(1).map(({ value }) => value);
  return args.slice(1, 1 + takes).map(({ value }) => value);
}

/** People put the expected value first about as often as last. */
function turned(subject: Syntax, wanted: readonly Syntax[]): readonly [Syntax, readonly Syntax[]] {
  const [other] = wanted;
  const turn = wanted.length === 1 && other !== undefined && isConstant(subject) && !isConstant(other);
  return turn ? [other, [subject]] : [subject, wanted];
}

const isConstant = (node: Syntax): boolean => node.kind === "literal" || (node.kind === "name" && node.name === "undefined") || (node.kind === "operation" && node.operator === "void") || ((node.kind === "object" || node.kind === "list") && node.kind === "list" && node.items.every(isConstant));

/** `throws(fn)`, `throws(fn, TypeError)`, `throws(fn, { message })`; a text in last place is the message of the assertion itself. */
function thrown(subject: Syntax, args: readonly Argument[]): Claim {
  const second = argument(args, 1);
  const named = args.slice(1).some(({ value }) => value.kind !== "literal" || value.of === "regex");
  const specific = second !== undefined && named && !(second.kind === "name" && (second.name === "undefined" || second.name === "Error"));
  return claim(subject, specific ? "throws that" : "throws", false, args.slice(1).map(({ value }) => value));
}

const constant = (at: Syntax, value: string): Syntax => {
  const span = { start: at.start, end: at.end, line: at.line, endLine: at.endLine };
  return value === "true" || value === "false" ? { ...span, kind: "literal", of: "boolean", value } : { ...span, kind: "name", name: value };
};
