import { isWordCode, parsePattern, type CharTest, type PatternNode, type PatternProblem } from "./pattern.ts";

/** States an automaton may have: bounds both memory and the work per character. */
const MOST_STATES = 1_000;

type State =
  | { readonly kind: "char"; readonly test: CharTest; next: number }
  | { readonly kind: "start" | "end" | "word-boundary" | "no-word-boundary"; next: number }
  | { readonly kind: "split"; next: number; other: number }
  | { readonly kind: "match" };

/** A compiled pattern: `test` looks for it anywhere in a text, in time proportional to text length times `states`. */
export interface LinearMatcher {
  readonly states: number;
  test(text: string): boolean;
}

/** Compiles a pattern, or says what is wrong with it and where. */
export function compileLinear(source: string): LinearMatcher | PatternProblem {
  const node = parsePattern(source);
  if ("says" in node) return node;
  const states: State[] = [{ kind: "match" }];
  const start = build(node, 0, states);
  if (start === undefined) return { at: 0, says: `the pattern is too large (more than ${MOST_STATES} states)` };
  return { states: states.length, test: (text) => search(states, start, text) };
}

/** Adds the states of a node in front of state `next`; undefined when there would be too many. */
function build(node: PatternNode, next: number, states: State[]): number | undefined {
  if (states.length > MOST_STATES) return undefined;
  const add = (state: State): number => states.push(state) - 1;
  switch (node.kind) {
    case "empty":
      return next;
    case "char":
      return add({ kind: "char", test: node.test, next });
    case "sequence":
      return node.of.reduceRight<number | undefined>((after, part) => (after === undefined ? undefined : build(part, after, states)), next);
    case "choice":
      return node.of.reduceRight<number | undefined>((other, arm, index) => {
        const start = build(arm, next, states);
        if (start === undefined || other === undefined) return undefined;
        return index === node.of.length - 1 ? start : add({ kind: "split", next: start, other });
      }, next);
    case "repeat":
      return buildRepeat(node, next, states);
    case "start":
    case "end":
    case "word-boundary":
    case "no-word-boundary":
      return add({ kind: node.kind, next });
  }
}

function buildRepeat(node: Extract<PatternNode, { kind: "repeat" }>, next: number, states: State[]): number | undefined {
  let start: number | undefined = next;
  if (node.max === Infinity) {
    const loop: Extract<State, { kind: "split" }> = { kind: "split", next, other: next };
    const at = states.push(loop) - 1;
    const body = build(node.of, at, states);
    if (body === undefined) return undefined;
    loop.next = body;
    start = at;
  } else {
    for (let optional = node.max - node.min; optional > 0 && start !== undefined; optional--) {
      const body = build(node.of, start, states);
      start = body === undefined ? undefined : states.push({ kind: "split", next: body, other: next }) - 1;
    }
  }
  for (let owed = node.min; owed > 0 && start !== undefined; owed--) start = build(node.of, start, states);
  return start;
}

/** Follows all states at once (Thompson), so no text makes it go back. */
function search(states: readonly State[], start: number, text: string): boolean {
  const codes = Array.from(text, (char) => char.codePointAt(0) ?? 0);
  const marks = new Int32Array(states.length).fill(-1);
  let current: number[] = [];
  for (let at = 0; at <= codes.length; at++) {
    // What the last character reached is joined by a fresh attempt starting here; both are closed over empty moves.
    const reached = close(states, [...current, start], codes, at, marks);
    if (reached === undefined) return true;
    const code = codes[at];
    if (code === undefined) return false;
    current = reached.flatMap((index) => {
      const state = states[index];
      return state?.kind === "char" && state.test(code) ? [state.next] : [];
    });
  }
  return false;
}

/** Every state reachable without reading a character; undefined when that includes the match. */
function close(states: readonly State[], from: readonly number[], codes: readonly number[], at: number, marks: Int32Array): number[] | undefined {
  const reached: number[] = [];
  const pending = [...from];
  while (pending.length > 0) {
    const index = pending.pop() as number;
    if (marks[index] === at) continue;
    marks[index] = at;
    const state = states[index] as State;
    if (state.kind === "match") return undefined;
    if (state.kind === "char") reached.push(index);
    else if (state.kind === "split") pending.push(state.next, state.other);
    else if (stands(state.kind, codes, at)) pending.push(state.next);
  }
  return reached;
}

function stands(kind: "start" | "end" | "word-boundary" | "no-word-boundary", codes: readonly number[], at: number): boolean {
  if (kind === "start") return at === 0;
  if (kind === "end") return at === codes.length;
  const before = codes[at - 1];
  const after = codes[at];
  const boundary = (before !== undefined && isWordCode(before)) !== (after !== undefined && isWordCode(after));
  return boundary === (kind === "word-boundary");
}
