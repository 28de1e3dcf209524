import { parse, parseExpression, type ParserOptions } from "@babel/parser";
import type { Syntax, SyntaxTree } from "#change";
import { isNode, nodeIn, nodesIn, type BabelNode } from "./babel-node.ts";
import { FromBabel } from "./from-babel.ts";

const COMMON: ParserOptions = {
  sourceType: "unambiguous",
  errorRecovery: true,
  // Comments are asked for by their lines; to hang each on its node takes a pass of its own.
  attachComment: false,
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowImportExportEverywhere: true,
  allowSuperOutsideMethod: true,
  allowUndeclaredExports: true,
  allowNewTargetOutsideFunction: true,
};
const DECORATORS = ["decorators-legacy", "explicitResourceManagement", "importAttributes"] as const;

/** By extension first, then what else it may be: people put JSX into `.js` and Flow anywhere. */
function dialects(path: string): ParserOptions["plugins"][] {
  const typescript: ParserOptions["plugins"] = ["typescript", ...DECORATORS];
  const both: ParserOptions["plugins"] = ["typescript", "jsx", ...DECORATORS];
  if (/\.[cm]?ts$/.test(path)) return [typescript, both];
  if (/\.tsx$/.test(path)) return [both, typescript];
  return [["jsx", ...DECORATORS], ["flow", "jsx", ...DECORATORS], both];
}

/** Reads JavaScript, TypeScript, JSX and Flow. Undefined when no dialect reads it. */
export function readJavascript(path: string, text: string): SyntaxTree | undefined {
  for (const plugins of dialects(path)) {
    const parsed = attempt(() => parse(text, { ...COMMON, ...(plugins && { plugins }) }));
    if (parsed === undefined) continue;
    const tree = parsed as unknown as BabelNode;
    const program = nodeIn(tree, "program");
    if (program === undefined) return undefined;
    const to = new FromBabel(text);
    // Directives are texts before the first statement; none of them runs.
    const body = to.statements(nodesIn(program, "body"));
    return { language: "javascript", text, body, comments: commentsOf(tree), damaged: hardErrors(tree) };
  }
  return undefined;
}

/** Reads JSON, also with comments and trailing commas. */
export function readJson(text: string): SyntaxTree | undefined {
  const parsed = attempt(() => parseExpression(text, { errorRecovery: true }));
  if (parsed === undefined) return undefined;
  const body: Syntax[] = [new FromBabel(text).node(parsed as unknown as BabelNode)];
  return { language: "data", text, body, comments: new Map(), damaged: false };
}

/** The parser throws on what it can't recover from, and runs out of stack on texts nested to harm it. */
function attempt<T>(parsing: () => T): T | undefined {
  try {
    return parsing();
  } catch {
    return undefined;
  }
}

/** Recoverable complaints (a name declared twice, an octal in strict code) leave the tree whole. */
const hardErrors = (tree: BabelNode): boolean => Array.isArray(tree["errors"]) && tree["errors"].some((error: { readonly reasonCode?: string }) => /Unexpected|Missing|Unterminated/.test(error.reasonCode ?? ""));

function commentsOf(tree: BabelNode): Map<number, string> {
  const comments = Array.isArray(tree["comments"]) ? tree["comments"].filter((comment): comment is BabelNode => isNode(comment)) : [];
  const byLine = new Map<number, string>();
  for (const { loc, value } of comments) byLine.set(loc.end.line, `${byLine.get(loc.end.line) ?? ""} ${String(value)}`.trim());
  return byLine;
}
