import type { Argument, Syntax, SyntaxOf } from "./syntax.ts";

/** What names stand for: a helper's parameters by the caller's arguments, a constant by its value. */
export type Meaning = ReadonlyMap<string, string>;

const NOTHING: Meaning = new Map();
/** Longer texts tell no more and cost everybody who compares them. */
const LONGEST = 4_000;

const known = new WeakMap<Syntax, string>();

/**
 * An expression as text in which layout, quotes, parentheses, `await` and trailing commas make no difference: equal texts are the
 * same code. `meaning` replaces names by what they stand for.
 */
export function canonical(node: Syntax, meaning: Meaning = NOTHING): string {
  // Names and literals are written as quickly as they are looked up.
  if (meaning.size > 0 || node.kind === "name" || node.kind === "literal") return write(node, meaning).slice(0, LONGEST);
  const before = known.get(node);
  if (before !== undefined) return before;
  const text = write(node, meaning).slice(0, LONGEST);
  known.set(node, text);
  return text;
}

const write = (node: Syntax, meaning: Meaning): string => WRITERS[node.kind](node as never, meaning);

const list = (nodes: readonly Syntax[], meaning: Meaning): string => nodes.map((node) => canonical(node, meaning)).join(",");
const maybe = (node: Syntax | undefined, meaning: Meaning, before = ""): string => (node === undefined ? "" : before + canonical(node, meaning));

const args = (given: readonly Argument[], meaning: Meaning): string =>
  given.map(({ name, spread, value }) => `${spread ? "..." : ""}${name === undefined ? "" : `${name}=`}${canonical(value, meaning)}`).join(",");

/** Parameters hide names of the outside. */
function without(meaning: Meaning, hidden: readonly string[]): Meaning {
  if (meaning.size === 0 || !hidden.some((name) => meaning.has(name))) return meaning;
  return new Map([...meaning].filter(([name]) => !hidden.includes(name)));
}

function functionText({ params, body }: SyntaxOf<"function">, meaning: Meaning): string {
  const inside = without(meaning, params);
  const [only, ...more] = body.kind === "block" ? body.body : [body];
  const single = only !== undefined && more.length === 0 ? (only.kind === "return" || only.kind === "statement" ? only.value : only) : undefined;
  return `(${params.join(",")})=>${single === undefined ? canonical(body, inside) : canonical(single, inside)}`;
}

const WRITERS: { readonly [K in Syntax["kind"]]: (node: SyntaxOf<K>, meaning: Meaning) => string } = {
  name: ({ name }, meaning) => meaning.get(name) ?? name,
  literal: ({ of, value }) => (of === "string" ? JSON.stringify(value) : value),
  template: ({ parts, values, tag }, meaning) => {
    if (values.length === 0 && tag === undefined) return JSON.stringify(parts.join(""));
    return `${maybe(tag, meaning)}\`${parts.map((part, at) => part + (values[at] === undefined ? "" : `\${${canonical(values[at], meaning)}}`)).join("")}\``;
  },
  call: (node, meaning) => `${node.isNew ? "new " : ""}${canonical(node.callee, meaning)}(${args(node.args, meaning)})`,
  member: ({ object, property, computed }, meaning) => `${canonical(object, meaning)}${computed === undefined ? `.${property}` : `[${canonical(computed, meaning)}]`}`,
  operation: ({ operator, operands }, meaning) =>
    operator === "void" && operands[0]?.kind === "literal" ? "undefined" : operands.length === 1 ? `${operator} ${maybe(operands[0], meaning)}` : `(${operands.map((operand) => canonical(operand, meaning)).join(` ${operator} `)})`,
  choice: ({ test, then, otherwise }, meaning) => `(${canonical(test, meaning)}?${canonical(then, meaning)}:${canonical(otherwise, meaning)})`,
  await: ({ value }, meaning) => canonical(value, meaning),
  function: functionText,
  class: ({ name, members }, meaning) => `class ${name}{${members.map((member) => canonical(member, meaning)).join(";")}}`,
  object: ({ entries }, meaning) => `{${entries.map(({ key, spread, value }) => (spread ? `...${canonical(value, meaning)}` : `${key}:${canonical(value, meaning)}`)).join(",")}}`,
  list: ({ items }, meaning) => `[${list(items, meaning)}]`,
  block: ({ body }, meaning) => `{${body.map((statement) => canonical(statement, meaning)).join(";")}}`,
  statement: ({ value }, meaning) => canonical(value, meaning),
  declare: ({ name, target, value }, meaning) => `let ${target === undefined ? name : canonical(target, meaning)}${maybe(value, meaning, "=")}`,
  assign: ({ target, operator, value }, meaning) => `${canonical(target, meaning)}${operator}${canonical(value, meaning)}`,
  if: ({ test, then, otherwise }, meaning) => `if(${canonical(test, meaning)})${canonical(then, meaning)}${maybe(otherwise, meaning, "else ")}`,
  loop: ({ names, over, body }, meaning) => `for(${names.join(",")} of ${maybe(over, meaning)})${canonical(body, meaning)}`,
  try: ({ block, caught, handler, finalizer }, meaning) => `try${canonical(block, meaning)}${maybe(handler, meaning, `catch(${caught ?? ""})`)}${maybe(finalizer, meaning, "finally")}`,
  with: ({ items, body }, meaning) => `with(${list(items, meaning)})${canonical(body, meaning)}`,
  return: ({ value }, meaning) => `return ${maybe(value, meaning)}`,
  throw: ({ value }, meaning) => `throw ${maybe(value, meaning)}`,
  jump: () => "jump",
  assert: ({ test }, meaning) => `assert ${canonical(test, meaning)}`,
  import: ({ from, names }) => `import ${names.map(({ imported, local }) => `${imported} as ${local}`).join(",")} from ${from}`,
  other: ({ of, children, text }, meaning) => (children.length === 0 ? text : `${of}(${list(children, meaning)})`),
};

/** Names, and words in texts, that a piece of code speaks of: at least three characters, in lower case. */
export function wordsOf(text: string, into: Set<string> = new Set()): Set<string> {
  for (const [word] of text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]{2,80}/gu)) into.add(word.toLowerCase());
  return into;
}
