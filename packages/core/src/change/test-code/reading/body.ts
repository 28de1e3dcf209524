import { argument, chainOf, numberOf } from "../assertions/chain.ts";
import { placed, type Claim } from "../assertions/claim.ts";
import { canonical, type Meaning } from "../canonical.ts";
import type { Assertion, Reach } from "../anatomy.ts";
import { childrenOf, everyNode, type FunctionSyntax, type Syntax, type SyntaxOf } from "../syntax.ts";
import type { Callee, Reading } from "./reader.ts";
import { isAdrift, isEmptyLoop, pauses, swallowedBy } from "./adrift.ts";
import { constantsIn, withValues, type Constants } from "./constants.ts";
import { leaves, swallows, terminates } from "./flow.ts";

/** Helpers of helpers are followed so far. */
const DEEPEST_HELPER = 2;
/** Assertions kept of one body: more are data. */
const MOST = 3_000;

interface State {
  readonly reach: Reach;
  readonly because?: string;
  readonly conditions: readonly string[];
  readonly handles: ReadonlySet<string>;
  readonly meaning: Meaning;
  /** What local names were set to so far; grows while the body is walked. */
  readonly locals: Map<string, string>;
  /** How many helpers lie between the test and this code. */
  readonly depth: number;
  readonly via?: string;
  readonly file: string;
  readonly text: string;
  /** True where a promise nobody returns is waited for by other means (`done`, `t.plan`). */
  readonly waits: boolean;
  /** True when the test goes on for a while after it was started: a timer may go off in it. */
  readonly pauses: boolean;
  readonly constants: Constants;
  /** Names the code speaks of: a function nobody names never runs. */
  readonly named: ReadonlySet<string>;
}

export interface BodyFacts {
  readonly assertions: readonly Assertion[];
  readonly planned?: number;
  readonly plannedLine?: number;
}

/** Reads what a body insists on, with the helpers it calls. */
export function readBody(body: Syntax, reading: Reading, handles: ReadonlySet<string>, params: readonly string[] = []): BodyFacts {
  const reader = new BodyReader(reading);
  const planned = plannedIn(body, handles, reading);
  const waits = planned !== undefined || params.some((name) => /^(?:done|cb|callback|next|finish)$/i.test(name)) || callsEnd(body, handles);
  reader.walk(body, { reach: "runs", conditions: [], handles, meaning: new Map(), locals: new Map(), depth: 0, file: reading.file, text: reading.tree.text, waits, pauses: pauses(body), constants: constantsIn(body, params, reading.constant), named: namesIn(body) });
  return { assertions: reader.found, ...(planned && { planned: planned.count, plannedLine: planned.line }) };
}

function namesIn(body: Syntax): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of everyNode(body)) {
    if (node.kind === "name") names.add(node.name);
    else if (node.kind === "member") names.add(node.property);
    else if (node.kind === "other" && node.children.length === 0) names.add(node.text);
  }
  return names;
}

/** tape and callback-style tests end when `t.end()` is called: a promise before it is waited for. */
const callsEnd = (body: Syntax, handles: ReadonlySet<string>): boolean => everyNode(body).some((node) => node.kind === "member" && node.property === "end" && node.object.kind === "name" && handles.has(node.object.name));

/** `t.plan(3)`, `expect.assertions(3)`, `assert.expect(3)`, `expect.hasAssertions()`. */
function plannedIn(body: Syntax, handles: ReadonlySet<string>, reading: Reading): { readonly count: number; readonly line: number } | undefined {
  for (const node of everyNode(body, (inner) => !reading.declares(inner))) {
    if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.object.kind !== "name") continue;
    const { property, object } = node.callee;
    const plans = (property === "plan" && handles.has(object.name)) || (object.name === "expect" && (property === "assertions" || property === "hasAssertions")) || (object.name === "assert" && property === "expect");
    if (plans) return { count: property === "hasAssertions" ? 1 : (numberOf(argument(node.args, 0)) ?? 1), line: node.line };
  }
  return undefined;
}

class BodyReader {
  readonly found: Assertion[] = [];
  /** Helpers being followed, so that recursion ends. */
  private readonly open = new Set<FunctionSyntax>();

  constructor(private readonly reading: Reading) {}

  walk(node: Syntax, state: State): void {
    if (this.found.length >= MOST) return;
    if (this.reading.declares(node) && state.depth === 0) return;
    const special = SPECIAL[node.kind];
    if (special !== undefined) special(this, node as never, state);
    else this.expression(node, state);
  }

  all(nodes: readonly (Syntax | undefined)[], state: State): void {
    for (const node of nodes) if (node !== undefined) this.walk(node, state);
  }

  /** Statements in order: what comes after a return does not run, and after a conditional one only sometimes. */
  statements(body: readonly Syntax[], state: State): void {
    let now = state;
    for (const statement of body) {
      // Functions are there before anything runs.
      this.walk(statement, statement.kind === "function" ? this.declared(statement, state) : now);
      if (terminates(statement)) now = weaker(now, "never", `after the ${statement.kind === "throw" ? "throw" : "return"} on line ${statement.line}`);
      else if (statement.kind === "if" && leaves(statement)) now = this.sometimes(now, statement.test, "only when not ");
    }
  }

  /** What a condition says, with what the file's own names in it were set to. */
  sometimes(state: State, test: Syntax, before: string): State {
    const text = `${before}${canonical(test)}`;
    const names = [...everyNode(test)].flatMap((node) => (node.kind === "name" ? [this.reading.value(node.name) ?? state.locals.get(node.name) ?? ""] : [])).filter((value) => value !== "");
    const because = names.length === 0 ? text : `${text} (${names.join("; ").slice(0, 200)})`;
    // What a helper asks before it checks is told where the helper stands.
    return { ...weaker(state, "conditional", because), conditions: state.depth > 0 ? state.conditions : [...state.conditions, text] };
  }

  private declared({ name, decorators }: FunctionSyntax, state: State): State {
    const uncalled = name !== undefined && !state.named.has(name) && decorators.length === 0;
    return uncalled ? weaker(state, "never", `${name} is never called`) : state;
  }

  expression(node: Syntax, state: State): void {
    const claims = this.reading.claims(node, state.handles);
    if (claims.length > 0) {
      this.add(claims, node, state);
      this.inside(node, state);
      return;
    }
    if (node.kind === "call") this.call(node, state);
    else this.all(childrenOf(node), state);
  }

  add(claims: readonly Claim[], node: Syntax, state: State): void {
    for (const one of claims.map((each) => valued(each, state.constants))) this.found.push(placed(one, node, state.text, { file: state.file, meaning: state.meaning, locals: state.locals, reach: state.reach, conditions: state.conditions, ...(state.because !== undefined && { because: state.because }), ...(state.via !== undefined && { via: state.via }) }));
  }

  /** Functions within an assertion may hold more of them: `await waitFor(() => expect(…))`, `.then(() => expect(…))`. */
  private inside(node: Syntax, state: State): void {
    const chain = chainOf(node);
    const within = [...(chain.rootArgs ?? []), ...chain.links.flatMap(({ args }) => args ?? [])].map(({ value }) => value);
    if (chain.rootArgs === undefined && chain.root !== node) within.push(chain.root);
    for (const one of within) if (holdsCode(one)) this.walk(one, state);
  }

  /** True for a promise with checks in it that nobody waits for. */
  drifts(node: Syntax, state: State): boolean {
    if (state.waits) return false;
    const value = node.kind === "operation" && node.operator === "void" ? node.operands[0] : node;
    return value !== undefined && (isAdrift(value, state.pauses) || (value.kind === "call" && this.helperOf(value)?.callee.function.async === true));
  }

  private call(node: SyntaxOf<"call">, state: State): void {
    const helper = this.helperOf(node);
    if (helper !== undefined) this.follow(helper.callee, node, state, helper.name);
    const chain = chainOf(node);
    const inner = swallowedBy(chain) ? weaker(state, "swallowed", "its rejection is caught and dropped") : isEmptyLoop(chain) ? weaker(state, "never", "a loop over nothing") : state;
    this.all(childrenOf(node), inner);
  }

  private helperOf({ callee }: SyntaxOf<"call">): { readonly callee: Callee; readonly name: string } | undefined {
    const name = callee.kind === "name" ? callee.name : callee.kind === "member" && callee.object.kind === "name" ? `${callee.object.name}.${callee.property}` : undefined;
    const found = name === undefined ? undefined : this.reading.callee(name);
    return found === undefined || name === undefined ? undefined : { callee: found, name };
  }

  /** The helper's assertions count as the caller's, its parameters read as what the caller gives. */
  follow({ function: helper, file, text }: Callee, node: SyntaxOf<"call">, state: State, name: string): void {
    if (state.depth >= DEEPEST_HELPER || this.open.has(helper)) return;
    this.open.add(helper);
    const given = helper.params.flatMap((param, at): [string, string][] => {
      const value = node.args[at]?.value;
      return param === "" || value === undefined || value.kind === "function" ? [] : [[param, canonical(value, state.meaning)]];
    });
    const passed = helper.params.filter((_, at) => {
      const value = node.args[at]?.value;
      return value?.kind === "name" && state.handles.has(value.name);
    });
    const inner: State = { ...state, meaning: new Map(given), locals: new Map(), depth: state.depth + 1, via: state.via ?? name, file, text, handles: new Set([...state.handles, ...passed]), named: namesIn(helper.body), waits: true, constants: constantsIn(helper.body, helper.params, file === this.reading.file ? this.reading.constant : nothing) };
    this.walk(helper.body, inner);
    this.open.delete(helper);
  }
}

const holdsCode = (node: Syntax): boolean => node.kind === "function" || childrenOf(node).some((child) => child.kind === "function" || holdsCode(child));

/** The worse of two: what never runs can't be merely conditional. */
function weaker(state: State, reach: Reach, because: string): State {
  const order: readonly Reach[] = ["runs", "conditional", "unawaited", "swallowed", "never"];
  return order.indexOf(reach) > order.indexOf(state.reach) ? { ...state, reach, because } : state;
}

/** Names of plain values read as those values. */
function valued(one: Claim, constants: Constants): Claim {
  const wanted = one.wanted.map((node) => withValues(node, constants));
  const [first] = one.wanted;
  return wanted.every((node, at) => node === one.wanted[at]) ? one : { ...one, wanted, ...(wanted.length === 1 && first?.kind === "name" && { written: first.name }) };
}

const nothing: Constants = () => undefined;

const isNever = (node: Syntax): boolean => node.kind === "literal" && (node.value === "false" || node.value === "False" || (node.of === "number" && Number(node.value) === 0) || node.of === "null");
const isAlways = (node: Syntax): boolean => node.kind === "literal" && (node.value === "true" || node.value === "True" || (node.of === "number" && Number(node.value) !== 0));

/** Longer values are no names for anything. */
const LONGEST_VALUE = 160;

function remember({ name, target }: SyntaxOf<"declare">, value: Syntax, { locals, meaning }: State): void {
  if (value.kind === "function" || value.kind === "class") return;
  const text = canonical(value, locals.size === 0 ? meaning : new Map([...locals, ...meaning]));
  if (text.length > LONGEST_VALUE) return;
  if (name !== "") locals.set(name, text);
  for (const { key, value: local } of target?.kind === "object" ? target.entries : []) if (local.kind === "name") locals.set(local.name, `${text}.${key}`);
}

type Walks = { readonly [K in Syntax["kind"]]?: (reader: BodyReader, node: SyntaxOf<K>, state: State) => void };

const SPECIAL: Walks = {
  block: (reader, { body }, state) => reader.statements(body, state),
  statement: (reader, { value }, state) => reader.walk(value, reader.drifts(value, state) ? weaker(state, "unawaited", "its promise is not waited for") : state),
  if: (reader, { test, then, otherwise }, state) => {
    reader.walk(test, state);
    reader.walk(then, isNever(test) ? weaker(state, "never", "its condition is never true") : isAlways(test) ? state : reader.sometimes(state, test, "only when "));
    if (otherwise) reader.walk(otherwise, isAlways(test) ? weaker(state, "never", "its condition is never true") : reader.sometimes(state, test, "only when not "));
  },
  choice: (reader, { test, then, otherwise }, state) => {
    reader.walk(test, state);
    reader.all([then, otherwise], reader.sometimes(state, test, "by "));
  },
  operation: (reader, node, state) => {
    if (node.operator !== "&&" && node.operator !== "||" && node.operator !== "??") return reader.expression(node, state);
    const [left, ...right] = node.operands;
    reader.all([left], state);
    reader.all(right, left !== undefined && isNever(left) ? weaker(state, "never", "its condition is never true") : left === undefined ? state : reader.sometimes(state, left, "by "));
  },
  loop: (reader, { over, body }, state) => reader.all([over, body], over?.kind === "list" && over.items.length === 0 ? weaker(state, "never", "a loop over nothing") : state),
  try: (reader, { block, caught, handler, finalizer }, state) => {
    reader.walk(block, handler !== undefined && swallows(handler, caught) ? weaker(state, "swallowed", "its failure is caught and dropped") : state);
    if (handler) reader.walk(handler, state);
    if (finalizer) reader.walk(finalizer, state);
  },
  with: (reader, { items, body }, state) => {
    reader.all(items, state);
    const suppressed = items.some((item) => item.kind === "call" && /\bsuppress$/.test(canonical(item.callee)));
    reader.walk(body, suppressed ? weaker(state, "swallowed", "its failure is suppressed") : state);
  },
  assert: (reader, node, state) => {
    reader.add(reader["reading"].claims(node, state.handles), node, state);
    reader.walk(node.test, state);
  },
  function: (reader, { params, body }, state) => {
    const tells = params.some((param) => /^(?:done|cb|callback|next)$/i.test(param));
    // What an arrow answers with is in the hands of whoever called it.
    reader.walk(body, tells ? { ...state, waits: true } : state);
  },
  declare: (reader, node, state) => {
    if (node.target) reader.walk(node.target, state);
    if (node.value === undefined) return;
    remember(node, node.value, state);
    const uncalled = node.value.kind === "function" && node.name !== "" && !state.named.has(node.name);
    const forgotten = node.name !== "" && !state.named.has(node.name) && reader.drifts(node.value, state);
    reader.walk(node.value, uncalled ? weaker(state, "never", `${node.name} is never called`) : forgotten ? weaker(state, "unawaited", "its promise is not waited for") : state);
  },
};
