import { childrenOf, everyNode, type Syntax, type SyntaxOf, type SyntaxTree } from "../syntax.ts";
import { declarationOf } from "./declaration.ts";
import { fileScope, type FileScope } from "./file-scope.ts";

/** A test or a suite as it is declared, without what it insists on. */
export interface DeclaredTest {
  readonly kind: "test" | "suite";
  /** Titles of the suites round it, outermost first. */
  readonly suites: readonly string[];
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  /** True when it, or a suite round it, says that it is not to run. A condition says nothing certain. */
  readonly skipped: boolean;
  /** What it is given beside its body: title, options, decorators. Names that are set once in the file stand for their values. */
  readonly given: readonly Syntax[];
  readonly body?: Syntax;
}

interface Around {
  readonly suites: readonly string[];
  readonly skipped: boolean;
}

/** The tests and suites of a file in the order they are declared, suites before what is in them. Far cheaper than reading what they check. */
export function outlineOf(tree: SyntaxTree): readonly DeclaredTest[] {
  const found: DeclaredTest[] = [];
  const top = { suites: [], skipped: false };
  if (tree.language === "python") pythonOutline(tree.body, top, found);
  else if (tree.language === "javascript") javascriptOutline(tree, top, found);
  return found;
}

function javascriptOutline(tree: SyntaxTree, top: Around, found: DeclaredTest[]): void {
  const scope = fileScope(tree);
  const walk = (node: Syntax, around: Around, handles: ReadonlySet<string>): void => {
    const declared = declarationOf(node, scope, handles);
    if (declared === undefined || node.kind !== "call" || declared.kind === "hook") {
      for (const child of childrenOf(node)) walk(child, around, handles);
      return;
    }
    const { kind, title: name, body, restraint } = declared;
    const skipped = around.skipped || restraint?.kind === "skipped" || restraint?.kind === "todo";
    const given = node.args.flatMap(({ value }) => (value.kind === "function" ? [] : [plain(value, scope)]));
    found.push({ kind, suites: around.suites, name, line: node.line, endLine: node.endLine, skipped, given, ...(body && { body: body.body }) });
    if (body === undefined) return;
    // Tests within a test go by what it hands them.
    const inner = kind === "test" && body.params[0] ? new Set([...handles, body.params[0]]) : handles;
    walk(body.body, { suites: [...around.suites, name], skipped }, inner);
  };
  for (const statement of tree.body) walk(statement, top, scope.asserters);
}

/** With the values that names stand for, where the file sets them once: options and lists of tags are often shared. */
function plain(node: Syntax, scope: FileScope, depth = 0): Syntax {
  if (depth > 4) return node;
  const inner = (one: Syntax): Syntax => plain(one, scope, depth + 1);
  if (node.kind === "name") {
    const value = scope.values.get(node.name);
    return value === undefined ? node : inner(value);
  }
  if (node.kind === "list") return { ...node, items: node.items.map(inner) };
  return node.kind === "object" ? { ...node, entries: node.entries.map((entry) => ({ ...entry, value: inner(entry.value) })) } : node;
}

function pythonOutline(body: readonly Syntax[], around: Around, found: DeclaredTest[]): void {
  for (const node of body) {
    if (node.kind === "class") {
      const skipped = around.skipped || isSkipped(node.decorators);
      found.push({ kind: "suite", suites: around.suites, name: node.name, line: firstLine(node), endLine: node.endLine, skipped, given: node.decorators });
      pythonOutline(node.members, { suites: [...around.suites, node.name], skipped }, found);
    } else if (node.kind === "function" && /^test/i.test(node.name ?? "")) {
      found.push({ kind: "test", suites: around.suites, name: node.name ?? "", line: firstLine(node), endLine: node.endLine, skipped: around.skipped || isSkipped(node.decorators), given: node.decorators, body: node.body });
    } else if (node.kind === "if" && node.then.kind === "block") pythonOutline(node.then.body, around, found);
  }
}

/** A comment on a Python test stands above its decorators. */
const firstLine = (node: SyntaxOf<"class"> | SyntaxOf<"function">): number => Math.min(node.line, ...node.decorators.map(({ line }) => line));

/** `@pytest.mark.skip`, `@unittest.skip("why")`. */
const isSkipped = (decorators: readonly Syntax[]): boolean => decorators.some((decorator) => everyNode(decorator).some((node) => node.kind === "member" && node.property === "skip"));
