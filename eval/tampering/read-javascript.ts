import { parse } from "@babel/parser";
import type { FoundAssertion, FoundFile, FoundTest } from "./planting.ts";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Reads a test file with a parser of its own, not with the judge's reading of it: what one overlooks the other may see. */
export function readJavascriptTests(path: string, text: string): FoundFile | undefined {
  const plugins = /\.[cm]?tsx?$/.test(path) ? (["typescript", ...(path.endsWith("x") ? (["jsx"] as const) : [])] as const) : (["jsx"] as const);
  let program: Node;
  try {
    program = parse(text, { sourceType: "unambiguous", allowReturnOutsideFunction: true, plugins: [...plugins] }).program as unknown as Node;
  } catch {
    return undefined;
  }
  const tests: FoundTest[] = [];
  walk(program, (node) => {
    const test = node.type === "ExpressionStatement" ? testIn(node, text) : undefined;
    if (test) tests.push(test);
  });
  const body = program["body"] as readonly Node[];
  const imports = body.filter((one) => one.type === "ImportDeclaration");
  return { path, text, tests, subjects: subjectsOf(imports, text), afterImports: imports.at(-1)?.end ?? body[0]?.start ?? 0 };
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(one)) walk(one, visit);
  }
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && typeof (value as Node).type === "string" && typeof (value as Node).start === "number";

const WORDS: ReadonlySet<string> = new Set(["it", "test", "specify"]);

function testIn(statement: Node, text: string): FoundTest | undefined {
  const call = statement["expression"] as Node;
  const callee = call.type === "CallExpression" ? (call["callee"] as Node) : undefined;
  if (callee?.type !== "Identifier" || !WORDS.has(String(callee["name"]))) return undefined;
  const args = call["arguments"] as readonly Node[];
  const [title] = args;
  const last = args.findLast((one) => one.type === "ArrowFunctionExpression" || one.type === "FunctionExpression");
  const body = last?.["body"] as Node | undefined;
  if (title?.type !== "StringLiteral" || !last || body?.type !== "BlockStatement") return undefined;
  const statements = body["body"] as readonly Node[];
  const parameter = (last["params"] as readonly Node[])[0];
  const named = parameter?.type === "Identifier" ? String(parameter["name"]) : undefined;
  const line = text.lastIndexOf("\n", statement.start - 1) + 1;
  return {
    start: statement.start,
    end: statement.end,
    title: String(title["value"]),
    titleEnd: title.end,
    indent: /^[ \t]*/.exec(text.slice(line))?.[0] ?? "",
    bodyStart: body.start + 1,
    bodyEnd: body.end - 1,
    callee: String(callee["name"]),
    calleeEnd: callee.end,
    argumentsEnd: args.at(-1)?.end ?? 0,
    arrow: last.type === "ArrowFunctionExpression",
    async: last["async"] === true,
    ...(named !== undefined && { parameter: named }),
    statements: statements.length,
    assertions: statements.flatMap((one) => assertionIn(one, named) ?? []),
  };
}

const T_NAMES = new Set("is deepEqual true false truthy falsy throws throwsAsync like regex not notDeepEqual equal same ok notOk strictEqual notEqual match assert".split(" "));

function assertionIn(statement: Node, parameter: string | undefined): FoundAssertion | undefined {
  if (statement.type !== "ExpressionStatement") return undefined;
  const outer = statement["expression"] as Node;
  const awaited = outer.type === "AwaitExpression";
  const expression = awaited ? (outer["argument"] as Node) : outer;
  const whole = { start: statement.start, end: statement.end, awaited };
  return byObject(expression, whole, parameter) ?? bySubject(expression, whole);
}

type Whole = Pick<FoundAssertion, "start" | "end" | "awaited">;

/** `assert.equal(a, b)`, `t.is(a, b)`. */
function byObject(expression: Node, whole: Whole, parameter: string | undefined): FoundAssertion | undefined {
  if (expression.type !== "CallExpression") return undefined;
  const callee = expression["callee"] as Node;
  const args = expression["arguments"] as readonly Node[];
  const [subject, expected] = args;
  const about = { ...whole, ...(subject && { subject: [subject.start, subject.end] as const }), ...(expected && { expected: [expected.start, expected.end] as const }) };
  if (callee.type === "Identifier" && callee["name"] === "assert") return { ...about, name: "ok", negated: false, object: "assert" };
  if (callee.type !== "MemberExpression" || (callee["object"] as Node).type !== "Identifier") return undefined;
  const object = String((callee["object"] as Node)["name"]);
  const name = String((callee["property"] as Node)["name"]);
  const known = object === "assert" || (object === parameter && T_NAMES.has(name));
  return known ? { ...about, name, negated: /^not|^false|^falsy|[a-z]Not/.test(name), object } : undefined;
}

/** `expect(a).toBe(b)`, `expect(a).to.equal(b)`, `a.should.eql(b)`. */
function bySubject(expression: Node, whole: Whole): FoundAssertion | undefined {
  const names: string[] = [];
  const called = expression.type === "CallExpression";
  const [expected] = called ? (expression["arguments"] as readonly Node[]) : [];
  let at = called ? (expression["callee"] as Node) : expression;
  let end: number | undefined;
  let subject: Node | undefined;
  while (at.type === "MemberExpression" && (at["property"] as Node).type === "Identifier") {
    const name = String((at["property"] as Node)["name"]);
    const object = at["object"] as Node;
    if (name === "should") {
      subject = object;
      end = at.end;
      break;
    }
    names.unshift(name);
    at = object;
  }
  if (at.type === "CallExpression" && (at["callee"] as Node).type === "Identifier" && (at["callee"] as Node)["name"] === "expect") {
    [subject] = at["arguments"] as readonly Node[];
    end = at.end;
  }
  if (subject === undefined || end === undefined || names.length === 0) return undefined;
  const negated = names.includes("not");
  return { ...whole, name: names.at(-1) ?? "", negated, subject: [subject.start, subject.end], matcher: [end, expression.end], ...(expected && { expected: [expected.start, expected.end] as const }), object: names.slice(0, -1).join(".") };
}

function subjectsOf(imports: readonly Node[], text: string): FoundFile["subjects"] {
  return imports.flatMap((one) => {
    const specifier = String((one["source"] as Node)["value"]);
    if (!specifier.startsWith("../") || /test|helper|fixture|util/i.test(specifier) || /^import\s+type\b/.test(text.slice(one.start))) return [];
    const names = (one["specifiers"] as readonly Node[]).flatMap((name) => (name.type === "ImportSpecifier" ? [String((name["local"] as Node)["name"])] : []));
    return [{ specifier, names }];
  });
}
