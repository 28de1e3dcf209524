import type { SyntaxNode, Tree } from "@lezer/common";
import type { Argument, Entry, Span, Syntax } from "#change";

/** Deeper code is kept as text. */
const DEEPEST = 200;

/** Character offset at which each line starts. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Marks that carry no meaning of their own. */
const MARKS = new Set(["(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "Comment", "@", "At"]);

/** Turns a Python tree into the project's own. */
export class FromLezer {
  private depth = 0;
  damaged = false;

  constructor(
    private readonly text: string,
    private readonly starts: readonly number[],
  ) {}

  statements(parent: SyntaxNode): Syntax[] {
    return this.parts(parent).map((node) => this.node(node));
  }

  comments(tree: Tree): Map<number, string> {
    const found = new Map<number, string>();
    tree.iterate({
      enter: (node) => {
        if (node.name === "Comment") found.set(this.lineAt(node.from), this.text.slice(node.from + 1, node.to).trim());
        // A bare `yield` is Python that the grammar stumbles over, and over nothing else.
        if (node.type.isError && !/yield\s*$/.test(this.text.slice(Math.max(0, node.from - 12), node.from))) this.damaged = true;
      },
    });
    return found;
  }

  node(node: SyntaxNode): Syntax {
    if (this.depth >= DEEPEST) return this.leaf(node);
    this.depth += 1;
    try {
      const shape = Object.hasOwn(SHAPES, node.name) ? SHAPES[node.name] : undefined;
      return shape?.(node, this) ?? this.other(node);
    } finally {
      this.depth -= 1;
    }
  }

  /** Children that mean something. */
  parts(node: SyntaxNode): SyntaxNode[] {
    return this.all(node).filter((child) => !MARKS.has(child.name) && !child.type.isError);
  }

  all(node: SyntaxNode): SyntaxNode[] {
    const children: SyntaxNode[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
    return children;
  }

  textOf(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }

  leaf(node: SyntaxNode, text = this.textOf(node).slice(0, 4_000).replace(/\s+/g, " ")): Syntax {
    return { ...this.span(node), kind: "other", of: node.name, children: [], text };
  }

  other(node: SyntaxNode): Syntax {
    const children = this.parts(node).filter((child) => !/^[a-z]+$/.test(child.name));
    return children.length === 0 ? this.leaf(node) : { ...this.span(node), kind: "other", of: node.name, children: children.map((child) => this.node(child)), text: "" };
  }

  /** The body stands without its colon; a function's first text is its description. */
  block(node: SyntaxNode | null): Syntax {
    if (node === null) return { start: 0, end: 0, line: 1, endLine: 1, kind: "block", body: [] };
    return { ...this.span(node), kind: "block", body: this.statements(node).filter((one) => !(one.kind === "statement" && one.value.kind === "literal")) };
  }

  args(node: SyntaxNode | null): Argument[] {
    if (node === null) return [];
    const given: Argument[] = [];
    const children = this.all(node);
    for (let at = 0; at < children.length; at += 1) {
      const child = children[at] as SyntaxNode;
      if (MARKS.has(child.name) || child.name === "AssignOp" || child.type.isError) continue;
      const next = children[at + 1];
      const value = children[at + 2];
      if (child.name === "VariableName" && next?.name === "AssignOp" && value) {
        given.push({ name: this.textOf(child), value: this.node(value) });
        at += 2;
      } else if (child.name === "*" || child.name === "**") {
        if (next) given.push({ spread: true, value: this.node(next) });
        at += 1;
      } else given.push({ value: this.node(child) });
    }
    return given;
  }

  span(node: { readonly from: number; readonly to: number }): Span {
    // A compound statement's node reaches over the line end.
    const end = node.from + this.text.slice(node.from, node.to).trimEnd().length;
    return { start: node.from, end, line: this.lineAt(node.from), endLine: this.lineAt(Math.max(node.from, end - 1)) };
  }

  private lineAt(offset: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
}

type Shape = (node: SyntaxNode, to: FromLezer) => Syntax | undefined;

const string: Shape = (node, to) => {
  const text = to.textOf(node);
  const [, prefix = "", quote = ""] = /^(\w{0,3})("""|'''|"|')/.exec(text) ?? [];
  const inner = text.slice(prefix.length + quote.length, text.length - quote.length);
  if (/f/i.test(prefix)) return { ...to.span(node), kind: "other", of: "FormatString", children: [], text: `f${JSON.stringify(inner)}` };
  return { ...to.span(node), kind: "literal", of: "string", value: inner };
};

const binary: Shape = (node, to) => {
  const children = to.all(node).filter((child) => child.name !== "Comment" && !child.type.isError);
  const operands = children.filter((child) => !isOperator(child));
  const operator = children.filter(isOperator).map((child) => to.textOf(child)).join(" ");
  return { ...to.span(node), kind: "operation", operator, operands: operands.map((child) => to.node(child)) };
};

const isOperator = (node: SyntaxNode): boolean => /Op$/.test(node.name) || /^(?:and|or|not|in|is)$/.test(node.name) || /^[*/+\-%@&|^~]+$/.test(node.name);

const func: Shape = (node, to) => {
  const name = node.getChild("VariableName");
  const list = node.getChild("ParamList");
  const params = list === null ? [] : to.all(list).filter((child, at, all) => child.name === "VariableName" && all[at - 1]?.name !== "AssignOp").map((child) => to.textOf(child));
  const async = node.firstChild?.name === "async";
  return { ...to.span(node), kind: "function", ...(name && { name: to.textOf(name) }), params, body: to.block(node.getChild("Body")), async, decorators: [] };
};

const lambda: Shape = (node, to) => {
  const list = node.getChild("ParamList");
  const body = node.lastChild;
  return { ...to.span(node), kind: "function", params: list === null ? [] : to.parts(list).filter((child) => child.name === "VariableName").map((child) => to.textOf(child)), body: body === null ? to.leaf(node) : to.node(body), async: false, decorators: [] };
};

const decorated: Shape = (node, to) => {
  const decorators = node.getChildren("Decorator").map((decorator) => decoratorOf(decorator, to));
  const last = node.lastChild;
  const inner = last === null ? undefined : to.node(last);
  // Its place is where the definition stands: decorators come and go.
  return inner?.kind === "function" || inner?.kind === "class" ? { ...inner, start: node.from, decorators } : inner;
};

function decoratorOf(node: SyntaxNode, to: FromLezer): Syntax {
  const span = to.span(node);
  const names = to.parts(node).filter((child) => child.name === "VariableName" || child.name === "PropertyName");
  const callee = names.slice(1).reduce<Syntax>((object, name) => ({ ...span, kind: "member", object, property: to.textOf(name) }), { ...span, kind: "name", name: names[0] === undefined ? "" : to.textOf(names[0]) });
  const list = node.getChild("ArgList");
  return list === null ? callee : { ...span, kind: "call", callee, args: to.args(list), isNew: false };
}

const CLASS: Shape = (node, to) => {
  const name = node.getChild("VariableName");
  const body = to.block(node.getChild("Body"));
  return { ...to.span(node), kind: "class", name: name === null ? "" : to.textOf(name), bases: to.args(node.getChild("ArgList")).map(({ value }) => value), members: body.kind === "block" ? body.body : [], decorators: [] };
};

/** `if … elif … else` as a chain of branches. */
const branch: Shape = (node, to) => {
  const children = to.all(node).filter((child) => child.name !== "Comment" && !child.type.isError);
  const bodies = children.flatMap((child, at) => {
    if (child.name !== "Body") return [];
    const before = children[at - 1];
    return [{ test: before !== undefined && before.name !== "else" ? before : undefined, body: child }];
  });
  return bodies.reduceRight<Syntax | undefined>((otherwise, { test, body }) => {
    if (test === undefined) return to.block(body);
    return { ...to.span(node), kind: "if", test: to.node(test), then: to.block(body), ...(otherwise && { otherwise }) };
  }, undefined);
};

const attempt: Shape = (node, to) => {
  const children = to.all(node);
  const bodyAfter = (word: string): SyntaxNode | null => {
    const at = children.findIndex((child) => child.name === word);
    return at < 0 ? null : (children.slice(at).find((child) => child.name === "Body") ?? null);
  };
  const handler = bodyAfter("except");
  // What stands in `else` runs outside of the handler's reach, as what comes after does.
  const [otherwise, finalizer] = [bodyAfter("else"), bodyAfter("finally")].map((body) => (body === null ? undefined : to.block(body)));
  const after: Syntax | undefined = otherwise && finalizer ? { ...otherwise, kind: "block", body: [otherwise, finalizer] } : (otherwise ?? finalizer);
  return { ...to.span(node), kind: "try", block: to.block(bodyAfter("try")), ...(handler && { handler: to.block(handler) }), ...(after && { finalizer: after }) };
};

const loop: Shape = (node, to) => {
  const parts = to.parts(node);
  const body = node.getChild("Body");
  const names = node.name === "ForStatement" ? parts.slice(1, parts.findIndex((part) => part.name === "in")).map((part) => to.textOf(part)) : [];
  const over = parts.findLast((part) => part.name !== "Body" && !/^[a-z]+$/.test(part.name));
  return { ...to.span(node), kind: "loop", names, ...(over && { over: to.node(over) }), body: to.block(body) };
};

const within: Shape = (node, to) => {
  const items = to.parts(node).filter((part) => part.name !== "Body" && !/^[a-z]+$/.test(part.name));
  return { ...to.span(node), kind: "with", items: items.map((item) => to.node(item)), body: to.block(node.getChild("Body")) };
};

const assign: Shape = (node, to) => {
  const parts = to.all(node).filter((child) => child.name !== "Comment" && child.name !== "TypeDef" && child.name !== ",");
  const at = parts.findIndex((part) => part.name === "AssignOp" || part.name === "UpdateOp");
  const [target, value] = [parts[at - 1], parts.at(-1)];
  if (at < 1 || target === undefined || value === undefined) return undefined;
  const set = to.node(value);
  if (target.name === "VariableName" && at === 1) return { ...to.span(node), kind: "declare", name: to.textOf(target), constant: true, value: set };
  return { ...to.span(node), kind: "assign", target: to.node(target), operator: "=", value: set };
};

const leaving =
  (kind: "return" | "throw"): Shape =>
  (node, to) => {
    const [value] = to.parts(node).filter((part) => !/^(?:return|raise|from)$/.test(part.name));
    return { ...to.span(node), kind, ...(value && { value: to.node(value) }) };
  };

const asserted: Shape = (node, to) => {
  const [test, message] = to.parts(node).filter((part) => part.name !== "assert");
  return { ...to.span(node), kind: "assert", test: test === undefined ? to.leaf(node) : to.node(test), ...(message && { message: to.node(message) }) };
};

const dictionary: Shape = (node, to) => {
  const entries: Entry[] = [];
  let key: SyntaxNode | undefined;
  for (const child of to.all(node)) {
    if (child.name === ":" || child.name === "Comment") continue;
    if (MARKS.has(child.name)) key = undefined;
    else if (key === undefined) key = child;
    else {
      const named = to.node(key);
      entries.push({ ...to.span(child), key: named.kind === "literal" ? named.value : `[${to.textOf(key)}]`, value: to.node(child) });
      key = undefined;
    }
  }
  return { ...to.span(node), kind: "object", entries };
};

const imported: Shape = (node, to) => {
  const parts = to.all(node).map((child) => ({ name: child.name, text: to.textOf(child) }));
  const split = parts.findIndex(({ name }) => name === "import");
  const from = parts.slice(1, split).filter(({ name }) => name === "VariableName" || name === "." || name === "...").map(({ text }) => text).join("");
  const names = parts.slice(split + 1).filter(({ name }) => name === "VariableName" || name === "as" || name === ",");
  const locals = names.filter(({ name }, at) => name === "VariableName" && names[at + 1]?.name !== "as").map(({ text }) => text);
  return { ...to.span(node), kind: "import", from: from || locals[0] || "", names: locals.map((local) => ({ imported: local, local })) };
};

const SHAPES: Readonly<Record<string, Shape>> = {
  VariableName: (node, to) => ({ ...to.span(node), kind: "name", name: to.textOf(node) }),
  self: (node, to) => ({ ...to.span(node), kind: "name", name: "self" }),
  Number: (node, to) => ({ ...to.span(node), kind: "literal", of: "number", value: to.textOf(node) }),
  Boolean: (node, to) => ({ ...to.span(node), kind: "literal", of: "boolean", value: to.textOf(node) }),
  None: (node, to) => ({ ...to.span(node), kind: "literal", of: "null", value: "None" }),
  String: string,
  FormatString: string,
  ContinuedString: (node, to) => ({ ...to.span(node), kind: "literal", of: "string", value: to.parts(node).map((part) => string(part, to)).map((part) => (part?.kind === "literal" ? part.value : "")).join("") }),
  CallExpression: (node, to) => ({ ...to.span(node), kind: "call", callee: node.firstChild === null ? to.leaf(node) : to.node(node.firstChild), args: to.args(node.getChild("ArgList")), isNew: false }),
  MemberExpression: (node, to) => {
    const [object, ...rest] = to.parts(node);
    const property = rest.at(-1);
    if (object === undefined || property === undefined) return undefined;
    return property.name === "PropertyName" ? { ...to.span(node), kind: "member", object: to.node(object), property: to.textOf(property) } : { ...to.span(node), kind: "member", object: to.node(object), property: "", computed: rest.length === 1 ? to.node(property) : to.leaf(node) };
  },
  BinaryExpression: binary,
  UnaryExpression: binary,
  ConditionalExpression: (node, to) => {
    const [then, test, otherwise] = to.parts(node).filter((part) => part.name !== "if" && part.name !== "else");
    return then && test && otherwise ? { ...to.span(node), kind: "choice", test: to.node(test), then: to.node(then), otherwise: to.node(otherwise) } : undefined;
  },
  AwaitExpression: (node, to) => (node.lastChild === null ? undefined : { ...to.span(node), kind: "await", value: to.node(node.lastChild) }),
  ParenthesizedExpression: (node, to) => {
    const [inner] = to.parts(node);
    return inner === undefined ? undefined : to.node(inner);
  },
  LambdaExpression: lambda,
  FunctionDefinition: func,
  DecoratedStatement: decorated,
  ClassDefinition: CLASS,
  DictionaryExpression: dictionary,
  ArrayExpression: (node, to) => ({ ...to.span(node), kind: "list", items: to.statements(node) }),
  TupleExpression: (node, to) => ({ ...to.span(node), kind: "list", items: to.statements(node) }),
  SetExpression: (node, to) => ({ ...to.span(node), kind: "list", items: to.statements(node) }),
  ExpressionStatement: (node, to) => (node.firstChild === null ? undefined : { ...to.span(node), kind: "statement", value: to.node(node.firstChild) }),
  AssignStatement: assign,
  IfStatement: branch,
  ForStatement: loop,
  WhileStatement: loop,
  TryStatement: attempt,
  WithStatement: within,
  ReturnStatement: leaving("return"),
  RaiseStatement: leaving("throw"),
  BreakStatement: (node, to) => ({ ...to.span(node), kind: "jump" }),
  ContinueStatement: (node, to) => ({ ...to.span(node), kind: "jump" }),
  PassStatement: (node, to) => ({ ...to.span(node), kind: "block", body: [] }),
  AssertStatement: asserted,
  ImportStatement: imported,
};
