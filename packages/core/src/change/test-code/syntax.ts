/** Where a piece of code stands: character offsets into the text, and 1-based lines. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
}

/** `name` is empty for a spread (`...rest`, `*rest`); for Python a keyword argument carries its name. */
export interface Argument {
  readonly name?: string;
  readonly spread?: boolean;
  readonly value: Syntax;
}

/** One entry of an object, dictionary or mapping. A computed key is its canonical text in brackets. */
export interface Entry extends Span {
  readonly key: string;
  readonly spread?: boolean;
  readonly value: Syntax;
}

export interface ImportedName {
  /** `default`, `*`, or the exported name. */
  readonly imported: string;
  readonly local: string;
}

/** A function, arrow, method or Python `def`; Python decorators stand in `decorators`. */
export interface FunctionSyntax extends Span {
  readonly kind: "function";
  readonly name?: string;
  /** Plain parameter names; a destructured parameter is the empty string. */
  readonly params: readonly string[];
  readonly body: Syntax;
  readonly async: boolean;
  readonly decorators: readonly Syntax[];
}

/**
 * A program as values, in the few shapes that a test's anatomy needs. JavaScript, TypeScript, Python and data files all come as
 * this: types, comments, parentheses and layout are gone. What has no shape of its own is `other` with its children.
 */
export type Syntax =
  | (Span & { readonly kind: "name"; readonly name: string })
  | (Span & { readonly kind: "literal"; readonly of: "string" | "number" | "boolean" | "null" | "regex"; readonly value: string })
  | (Span & { readonly kind: "template"; readonly parts: readonly string[]; readonly values: readonly Syntax[]; readonly tag?: Syntax })
  | (Span & { readonly kind: "call"; readonly callee: Syntax; readonly args: readonly Argument[]; readonly isNew: boolean })
  | (Span & { readonly kind: "member"; readonly object: Syntax; readonly property: string; readonly computed?: Syntax })
  | (Span & { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Syntax[] })
  | (Span & { readonly kind: "choice"; readonly test: Syntax; readonly then: Syntax; readonly otherwise: Syntax })
  | (Span & { readonly kind: "await"; readonly value: Syntax })
  | FunctionSyntax
  | (Span & { readonly kind: "class"; readonly name: string; readonly bases: readonly Syntax[]; readonly members: readonly Syntax[]; readonly decorators: readonly Syntax[] })
  | (Span & { readonly kind: "object"; readonly entries: readonly Entry[] })
  | (Span & { readonly kind: "list"; readonly items: readonly Syntax[] })
  | (Span & { readonly kind: "block"; readonly body: readonly Syntax[] })
  | (Span & { readonly kind: "statement"; readonly value: Syntax })
  | (Span & { readonly kind: "declare"; readonly name: string; readonly target?: Syntax; readonly constant: boolean; readonly value?: Syntax })
  | (Span & { readonly kind: "assign"; readonly target: Syntax; readonly operator: string; readonly value: Syntax })
  | (Span & { readonly kind: "if"; readonly test: Syntax; readonly then: Syntax; readonly otherwise?: Syntax })
  | (Span & { readonly kind: "loop"; readonly names: readonly string[]; readonly over?: Syntax; readonly body: Syntax })
  | (Span & { readonly kind: "try"; readonly block: Syntax; readonly caught?: string; readonly handler?: Syntax; readonly finalizer?: Syntax })
  | (Span & { readonly kind: "with"; readonly items: readonly Syntax[]; readonly body: Syntax })
  | (Span & { readonly kind: "return" | "throw"; readonly value?: Syntax })
  | (Span & { readonly kind: "jump" })
  | (Span & { readonly kind: "assert"; readonly test: Syntax; readonly message?: Syntax })
  | (Span & { readonly kind: "import"; readonly from: string; readonly names: readonly ImportedName[] })
  | (Span & { readonly kind: "other"; readonly of: string; readonly children: readonly Syntax[]; readonly text: string });

export type SyntaxOf<K extends Syntax["kind"]> = Extract<Syntax, { readonly kind: K }>;

/** One parsed text. */
export interface SyntaxTree {
  readonly language: "javascript" | "python" | "data";
  readonly text: string;
  readonly body: readonly Syntax[];
  /** Comments by the line they end on, without their marks. */
  readonly comments: ReadonlyMap<number, string>;
  /** True when parts could not be read: what is there was read, and what is missing must not be called removed. */
  readonly damaged: boolean;
  /** True where tests that are the same on both sides were left out of the text. */
  readonly partial?: true;
}

/** Reads texts as trees; the parsers are loaded when the first one is wanted. Implemented by adapters/syntax. */
export interface SyntaxReader {
  /** Undefined for a language nobody reads here, or a text that can't be parsed at all. Never throws. */
  read(path: string, text: string): Promise<SyntaxTree | undefined>;
}

/** What stands directly below a node, in source order. */
export function childrenOf(node: Syntax): readonly Syntax[] {
  return CHILDREN[node.kind](node as never);
}

const some = (first: Syntax | undefined, second?: Syntax, third?: Syntax): Syntax[] => {
  const nodes: Syntax[] = [];
  if (first) nodes.push(first);
  if (second) nodes.push(second);
  if (third) nodes.push(third);
  return nodes;
};

const CHILDREN: { readonly [K in Syntax["kind"]]: (node: SyntaxOf<K>) => readonly Syntax[] } = {
  name: () => [],
  literal: () => [],
  jump: () => [],
  import: () => [],
  template: ({ tag, values }) => [...some(tag), ...values],
  call: ({ callee, args }) => {
    const nodes = [callee];
    for (const { value } of args) nodes.push(value);
    return nodes;
  },
  member: ({ object, computed }) => some(object, computed),
  operation: ({ operands }) => operands,
  choice: ({ test, then, otherwise }) => [test, then, otherwise],
  await: ({ value }) => [value],
  function: ({ decorators, body }) => (decorators.length === 0 ? [body] : [...decorators, body]),
  class: ({ decorators, bases, members }) => [...decorators, ...bases, ...members],
  object: ({ entries }) => entries.map(({ value }) => value),
  list: ({ items }) => items,
  block: ({ body }) => body,
  statement: ({ value }) => [value],
  declare: ({ target, value }) => some(target, value),
  assign: ({ target, value }) => [target, value],
  if: ({ test, then, otherwise }) => some(test, then, otherwise),
  loop: ({ over, body }) => some(over, body),
  try: ({ block, handler, finalizer }) => some(block, handler, finalizer),
  with: ({ items, body }) => [...items, body],
  return: ({ value }) => some(value),
  throw: ({ value }) => some(value),
  assert: ({ test, message }) => some(test, message),
  other: ({ children }) => children,
};

/** Walked again and again: by whoever asks for names, for restraints, for stand-ins. */
const known = new WeakMap<Syntax, readonly Syntax[]>();

/** The node and everything below it, parents first. `into` answers false for nodes whose inside is not wanted. */
export function everyNode(node: Syntax, into?: (node: Syntax) => boolean): readonly Syntax[] {
  if (into) return walked(node, into);
  const before = known.get(node);
  if (before) return before;
  const nodes = walked(node);
  known.set(node, nodes);
  return nodes;
}

/** A loop and no generator: a file is walked dozens of times, and handing over every node by itself would take most of the time. */
function walked(node: Syntax, into?: (node: Syntax) => boolean): readonly Syntax[] {
  const nodes: Syntax[] = [];
  const open: Syntax[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    nodes.push(next);
    // Half of all nodes are names and literals: nothing stands below them.
    if (next.kind === "name" || next.kind === "literal" || (into && !into(next))) continue;
    const children = childrenOf(next);
    for (let at = children.length - 1; at >= 0; at -= 1) open.push(children[at] as Syntax);
  }
  return nodes;
}
