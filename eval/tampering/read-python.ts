import { parser } from "@lezer/python";
import type { SyntaxNode } from "@lezer/common";
import type { FoundAssertion, FoundFile, FoundTest } from "./planting.ts";

/** Reads `def test_…`, at the top of a file and in classes. */
export function readPythonTests(path: string, text: string): FoundFile | undefined {
  const tests: FoundTest[] = [];
  let afterImports = 0;
  parser.parse(text).iterate({
    enter: ({ node }) => {
      if (node.name === "ImportStatement" && node.parent?.name === "Script") afterImports = node.to;
      const test = node.name === "FunctionDefinition" ? testIn(node, text) : undefined;
      if (test) tests.push(test);
    },
  });
  return { path, text, tests, subjects: [], afterImports };
}

function testIn(node: SyntaxNode, text: string): FoundTest | undefined {
  const name = node.getChild("VariableName");
  const body = node.getChild("Body");
  const parameters = node.getChild("ParamList");
  if (!name || !body || !parameters) return undefined;
  const title = text.slice(name.from, name.to);
  const statements = childrenOf(body).filter((one) => one.name !== ":");
  const [first] = statements;
  if (!title.startsWith("test") || first === undefined || isNested(node)) return undefined;
  const whole = node.parent?.name === "DecoratedStatement" ? node.parent : node;
  const end = statements.at(-1)?.to ?? node.to;
  return {
    start: whole.from,
    end,
    title,
    titleEnd: name.to,
    indent: " ".repeat(whole.from - (text.lastIndexOf("\n", whole.from - 1) + 1)),
    bodyStart: first.from,
    bodyEnd: end,
    callee: title,
    calleeEnd: name.from,
    argumentsEnd: parameters.to,
    arrow: false,
    async: /^async\b/.test(text.slice(node.from)),
    statements: statements.length,
    assertions: statements.flatMap((one) => assertionIn(one, text) ?? []),
  };
}

/** A function inside another is no test, whatever it is called. */
function isNested({ parent }: SyntaxNode): boolean {
  for (let above = parent; above; above = above.parent) if (above.name === "FunctionDefinition") return true;
  return false;
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) all.push(child);
  return all;
}

function assertionIn(node: SyntaxNode, text: string): FoundAssertion | undefined {
  const whole = { start: node.from, end: node.to, awaited: false };
  if (node.name === "AssertStatement") {
    const compared = node.getChild("BinaryExpression");
    const operator = compared?.getChild("CompareOp");
    const [left, right] = compared ? [compared.firstChild, compared.lastChild] : [];
    if (!operator || !left || !right) return { ...whole, name: "ok", negated: false };
    const name = text.slice(operator.from, operator.to);
    return { ...whole, name, negated: name !== "==", subject: [left.from, left.to], expected: [right.from, right.to], matcher: [left.to, right.to] };
  }
  const call = node.name === "ExpressionStatement" ? node.getChild("CallExpression") : null;
  const callee = call?.firstChild;
  const list = call?.getChild("ArgList");
  const named = callee && list ? /^self\.(assert\w+)$/.exec(text.slice(callee.from, callee.to))?.[1] : undefined;
  if (named === undefined || !list) return undefined;
  const args = childrenOf(list).filter((one) => /\w/.test(one.name) && one.name !== "AssignOp");
  const [subject, expected] = args;
  return { ...whole, name: named, negated: /Not|False/.test(named), object: "self", ...(subject && { subject: [subject.from, subject.to] as const }), ...(expected && { expected: [expected.from, expected.to] as const }) };
}
