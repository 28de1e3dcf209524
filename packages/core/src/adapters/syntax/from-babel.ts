import type { Argument, Entry, ImportedName, Span, Syntax } from "#change";
import { isNode, isTypeOnly, nodeIn, nodesIn, textIn, unwrapped, type BabelNode } from "./babel-node.ts";

/** Deeper code is kept as text: whoever walks the tree may recurse. */
const DEEPEST = 200;

/** Turns Babel's tree of one text into the project's own. */
export class FromBabel {
  private depth = 0;

  constructor(private readonly text: string) {}

  statements(nodes: readonly BabelNode[]): Syntax[] {
    return nodes.filter((node) => !isTypeOnly(node)).map((node) => this.node(node));
  }

  node(wrapped: BabelNode): Syntax {
    const node = unwrapped(wrapped);
    if (this.depth >= DEEPEST) return this.leaf(node);
    this.depth += 1;
    try {
      const shape = Object.hasOwn(SHAPES, node.type) ? SHAPES[node.type] : undefined;
      return shape?.(node, this) ?? this.other(node);
    } finally {
      this.depth -= 1;
    }
  }

  /** A field that a syntax error may have left empty. */
  at(node: BabelNode, field: string): Syntax {
    const value = nodeIn(node, field);
    return value === undefined ? this.leaf(node, "") : this.node(value);
  }

  maybe(node: BabelNode, field: string): Syntax | undefined {
    const value = nodeIn(node, field);
    return value === undefined ? undefined : this.node(value);
  }

  list(node: BabelNode, field: string): Syntax[] {
    return this.statements(nodesIn(node, field));
  }

  other(node: BabelNode): Syntax {
    const children = Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));
    const running = children.filter((child) => !isTypeOnly(child) && !/^Comment|^(?:Type|TS)/.test(child.type));
    return { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "other", of: node.type, children: running.map((child) => this.node(child)), text: running.length > 0 ? "" : this.textOf(node) };
  }

  leaf(node: BabelNode, text = this.textOf(node)): Syntax {
    return { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "other", of: node.type, children: [], text };
  }

  private textOf(node: BabelNode): string {
    return this.text.slice(node.start, Math.min(node.end, node.start + 4_000)).replace(/\s+/g, " ");
  }
}

export const spanOf = (node: BabelNode): Span => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line });

// Shapes write the four out instead of spreading them: an object that begins with a spread keeps all that follows outside of itself, and a tree of such
// objects takes twice as long to make and a third longer to read.
type Shape = (node: BabelNode, to: FromBabel) => Syntax | undefined;

const literal = (of: "string" | "number" | "boolean" | "null" | "regex", value: (node: BabelNode) => string): Shape => (node) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "literal", of, value: value(node) });
const operation =
  (...fields: readonly string[]): Shape =>
  (node, to) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "operation", operator: textIn(node, "operator") || node.type, operands: fields.map((field) => to.at(node, field)) });

const call =
  (isNew: boolean): Shape =>
  (node, to) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "call", callee: to.at(node, "callee"), args: nodesIn(node, "arguments").map((argument): Argument => (argument.type === "SpreadElement" ? { spread: true, value: to.at(argument, "argument") } : { value: to.node(argument) })), isNew });

const member: Shape = (node, to) => {
  const property = nodeIn(node, "property");
  const constant = property?.type === "StringLiteral" ? textIn(property, "value") : undefined;
  if (node["computed"] === true && constant === undefined) return { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "member", object: to.at(node, "object"), property: "", computed: to.at(node, "property") };
  const name = constant ?? (property?.type === "PrivateName" ? `#${textIn(nodeIn(property, "id") ?? property, "name")}` : property === undefined ? "" : textIn(property, "name"));
  return { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "member", object: to.at(node, "object"), property: name };
};

const func: Shape = (node, to) => {
  const name = nodeIn(node, "id") ?? (node["computed"] === true ? undefined : nodeIn(node, "key"));
  const named = name === undefined ? "" : textIn(name, "name") || textIn(name, "value");
  return { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "function", ...(named !== "" && { name: named }), params: nodesIn(node, "params").map(paramName), body: to.at(node, "body"), async: node["async"] === true, decorators: [] };
};

/** `a`, `a = 1`, `...a`; empty for a pattern. */
function paramName(node: BabelNode): string {
  const inner = node.type === "AssignmentPattern" ? nodeIn(node, "left") : node.type === "RestElement" ? nodeIn(node, "argument") : node.type === "TSParameterProperty" ? nodeIn(node, "parameter") : node;
  return inner?.type === "Identifier" ? textIn(inner, "name") : "";
}

const loop: Shape = (node, to) => {
  const over = to.maybe(node, "right") ?? to.maybe(node, "test");
  const left = nodeIn(node, "left");
  const names = left?.type === "VariableDeclaration" ? nodesIn(left, "declarations").flatMap((declared) => namesOf(nodeIn(declared, "id"))) : namesOf(left);
  return { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "loop", names, ...(over && { over }), body: to.at(node, "body") };
};

/** Every name a pattern binds. */
function namesOf(pattern: BabelNode | undefined): string[] {
  if (pattern === undefined) return [];
  if (pattern.type === "Identifier") return [textIn(pattern, "name")];
  const inner = [...nodesIn(pattern, "elements"), ...nodesIn(pattern, "properties"), ...["value", "argument", "left"].map((field) => nodeIn(pattern, field))];
  return inner.flatMap((node) => namesOf(node));
}

const declaration: Shape = (node, to) => {
  const constant = textIn(node, "kind") !== "let" && textIn(node, "kind") !== "var";
  const declared = nodesIn(node, "declarations").map((one): Syntax => {
    const id = nodeIn(one, "id");
    const value = to.maybe(one, "init");
    const plain = id?.type === "Identifier";
    return { start: one.start, end: one.end, line: one.loc.start.line, endLine: one.loc.end.line, kind: "declare", name: plain ? textIn(id, "name") : "", ...(id !== undefined && !plain && { target: to.node(id) }), constant, ...(value && { value }) };
  });
  return declared.length === 1 && declared[0] ? { ...declared[0], ...spanOf(node) } : { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "other", of: "declarations", children: declared, text: "" };
};

const object: Shape = (node, to) => ({
  start: node.start,
  end: node.end,
  line: node.loc.start.line,
  endLine: node.loc.end.line,
  kind: "object",
  entries: nodesIn(node, "properties").map((entry): Entry => {
    if (entry.type === "SpreadElement" || entry.type === "RestElement") return { start: entry.start, end: entry.end, line: entry.loc.start.line, endLine: entry.loc.end.line, key: "", spread: true, value: to.at(entry, "argument") };
    const value = entry.type === "ObjectMethod" ? (func(entry, to) ?? to.leaf(entry)) : to.at(entry, "value");
    return { start: entry.start, end: entry.end, line: entry.loc.start.line, endLine: entry.loc.end.line, key: keyOf(entry, to), value };
  }),
});

function keyOf(entry: BabelNode, to: FromBabel): string {
  const key = nodeIn(entry, "key");
  if (key === undefined) return "";
  if (entry["computed"] === true) return `[${to.leaf(key).kind === "other" ? (to.leaf(key) as { text: string }).text : ""}]`;
  return textIn(key, "name") || textIn(key, "value") || String(key["value"] ?? "");
}

/** Holes keep their place. */
const items: Shape = (node, to) => ({
  start: node.start,
  end: node.end,
  line: node.loc.start.line,
  endLine: node.loc.end.line,
  kind: "list",
  items: (Array.isArray(node["elements"]) ? node["elements"] : []).map((item: unknown): Syntax => (isNode(item) ? to.node(item) : { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "name", name: "undefined" })),
});

const block: Shape = (node, to) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "block", body: to.list(node, "body") });

const program = (node: BabelNode, to: FromBabel): Syntax => {
  const inner = nodeIn(node, "declaration");
  if (inner === undefined) return to.leaf(node);
  return isTypeOnly(inner) ? { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "jump" } : to.node(inner);
};

const imported: Shape = (node) => ({
  start: node.start,
  end: node.end,
  line: node.loc.start.line,
  endLine: node.loc.end.line,
  kind: "import",
  from: textIn(nodeIn(node, "source") ?? node, "value"),
  names: nodesIn(node, "specifiers").map((specifier): ImportedName => {
    const local = nodeIn(specifier, "local");
    const exported = nodeIn(specifier, "imported");
    const imported = specifier.type === "ImportDefaultSpecifier" ? "default" : specifier.type === "ImportNamespaceSpecifier" ? "*" : exported === undefined ? "" : textIn(exported, "name") || textIn(exported, "value");
    return { imported, local: local === undefined ? "" : textIn(local, "name") };
  }),
});

const branch: Shape = (node, to) => {
  const otherwise = to.maybe(node, "alternate");
  return { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "if", test: to.at(node, "test"), then: to.at(node, "consequent"), ...(otherwise && { otherwise }) };
};

const attempt: Shape = (node, to) => {
  const handler = nodeIn(node, "handler");
  const finalizer = to.maybe(node, "finalizer");
  const [caught] = handler === undefined ? [] : namesOf(nodeIn(handler, "param"));
  return { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "try", block: to.at(node, "block"), ...(caught !== undefined && { caught }), ...(handler && { handler: to.at(handler, "body") }), ...(finalizer && { finalizer }) };
};

const leaving =
  (kind: "return" | "throw"): Shape =>
  (node, to) => {
    const value = to.maybe(node, "argument");
    return { ...spanOf(node), kind, ...(value && { value }) };
  };

const template: Shape = (node, to) => ({
  start: node.start,
  end: node.end,
  line: node.loc.start.line,
  endLine: node.loc.end.line,
  kind: "template",
  parts: nodesIn(node, "quasis").map((part) => String((part["value"] as { cooked?: unknown } | undefined)?.cooked ?? (part["value"] as { raw?: unknown } | undefined)?.raw ?? "")),
  values: to.list(node, "expressions"),
});

const tagged: Shape = (node, to) => {
  const quasi = nodeIn(node, "quasi");
  const inner = quasi === undefined ? undefined : template(quasi, to);
  return inner?.kind === "template" ? { ...inner, ...spanOf(node), tag: to.at(node, "tag") } : undefined;
};

const CLASS: Shape = (node, to) => {
  const base = to.maybe(node, "superClass");
  const body = nodeIn(node, "body");
  return { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "class", name: textIn(nodeIn(node, "id") ?? node, "name"), bases: base === undefined ? [] : [base], members: body === undefined ? [] : to.list(body, "body"), decorators: to.list(node, "decorators") };
};

const SHAPES: Readonly<Record<string, Shape>> = {
  Identifier: (node) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "name", name: textIn(node, "name") }),
  ThisExpression: (node) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "name", name: "this" }),
  Super: (node) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "name", name: "super" }),
  Import: (node) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "name", name: "import" }),
  StringLiteral: literal("string", (node) => textIn(node, "value")),
  DirectiveLiteral: literal("string", (node) => textIn(node, "value")),
  NumericLiteral: literal("number", (node) => String(node["value"])),
  BigIntLiteral: literal("number", (node) => `${textIn(node, "value")}n`),
  BooleanLiteral: literal("boolean", (node) => String(node["value"])),
  NullLiteral: literal("null", () => "null"),
  RegExpLiteral: literal("regex", (node) => `/${textIn(node, "pattern")}/${textIn(node, "flags")}`),
  TemplateLiteral: template,
  TaggedTemplateExpression: tagged,
  CallExpression: call(false),
  OptionalCallExpression: call(false),
  NewExpression: call(true),
  MemberExpression: member,
  OptionalMemberExpression: member,
  BinaryExpression: operation("left", "right"),
  LogicalExpression: operation("left", "right"),
  UnaryExpression: operation("argument"),
  UpdateExpression: operation("argument"),
  ConditionalExpression: (node, to) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "choice", test: to.at(node, "test"), then: to.at(node, "consequent"), otherwise: to.at(node, "alternate") }),
  AwaitExpression: (node, to) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "await", value: to.at(node, "argument") }),
  YieldExpression: (node, to) => (nodeIn(node, "argument") ? { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "await", value: to.at(node, "argument") } : undefined),
  FunctionDeclaration: func,
  FunctionExpression: func,
  ArrowFunctionExpression: func,
  ClassMethod: func,
  ClassPrivateMethod: func,
  ObjectMethod: func,
  ClassDeclaration: CLASS,
  ClassExpression: CLASS,
  ClassProperty: (node, to) => {
    const value = to.maybe(node, "value");
    return { start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "declare", name: keyOf(node, to), constant: true, ...(value && { value }) };
  },
  ObjectExpression: object,
  ObjectPattern: object,
  ArrayExpression: items,
  ArrayPattern: items,
  BlockStatement: block,
  StaticBlock: block,
  ExpressionStatement: (node, to) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "statement", value: to.at(node, "expression") }),
  VariableDeclaration: declaration,
  AssignmentExpression: (node, to) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "assign", target: to.at(node, "left"), operator: textIn(node, "operator"), value: to.at(node, "right") }),
  AssignmentPattern: (node, to) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "assign", target: to.at(node, "left"), operator: "=", value: to.at(node, "right") }),
  IfStatement: branch,
  ForStatement: loop,
  ForOfStatement: loop,
  ForInStatement: loop,
  WhileStatement: loop,
  DoWhileStatement: loop,
  TryStatement: attempt,
  ReturnStatement: leaving("return"),
  ThrowStatement: leaving("throw"),
  BreakStatement: (node) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "jump" }),
  ContinueStatement: (node) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "jump" }),
  EmptyStatement: (node) => ({ start: node.start, end: node.end, line: node.loc.start.line, endLine: node.loc.end.line, kind: "block", body: [] }),
  ImportDeclaration: imported,
  ExportNamedDeclaration: program,
  ExportDefaultDeclaration: program,
};
