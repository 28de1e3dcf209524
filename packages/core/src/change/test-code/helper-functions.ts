import { everyNode, type FunctionSyntax, type SyntaxTree } from "./syntax.ts";
import { fileScope } from "./reading/file-scope.ts";

const read = new WeakMap<SyntaxTree, ReadonlyMap<string, FunctionSyntax>>();

/** The function a helper file gives under a name; `default` is what `module.exports`, or its last function, stands for. */
export function helperFunction(tree: SyntaxTree, name: string): FunctionSyntax | undefined {
  const functions = read.get(tree) ?? functionsOf(tree);
  read.set(tree, functions);
  return functions.get(name) ?? (name === "default" ? (functions.get("exports") ?? [...functions.values()].at(-1)) : undefined);
}

const functionsOf = (tree: SyntaxTree): ReadonlyMap<string, FunctionSyntax> =>
  tree.language === "python" ? new Map(tree.body.flatMap((statement) => [...everyNode(statement, ({ kind }) => kind !== "function")]).flatMap((node): [string, FunctionSyntax][] => (node.kind === "function" && node.name !== undefined ? [[node.name, node]] : []))) : fileScope(tree).functions;

const ENDINGS = ["", ".ts", ".js", ".mjs", ".mts", ".cjs", ".tsx", ".jsx", "/index.ts", "/index.js"];

/**
 * Repository paths an import in a test file may stand for, most likely first; empty for packages. Extensions are guessed, because
 * sources name the file that a build will make of them.
 */
export function importCandidates(from: string, specifier: string): readonly string[] {
  if (from.endsWith(".py")) return pythonCandidates(from, specifier);
  if (!specifier.startsWith(".")) return [];
  const path = joined(from, specifier);
  if (path === undefined) return [];
  const [, stem, extension] = /^(.*)\.([cm]?js|jsx)$/.exec(path) ?? [];
  if (stem !== undefined && extension !== undefined) return [path, `${stem}.${extension.replace("js", "ts")}`, ...(extension === "js" ? [`${stem}.tsx`] : [])];
  return /\.(?:[cm]?tsx?|json)$/.test(path) ? [path] : ENDINGS.map((ending) => path + ending);
}

function pythonCandidates(from: string, specifier: string): readonly string[] {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).replaceAll(".", "/");
  const folders = from.split("/").slice(0, -1);
  if (dots > 0) return [[...folders.slice(0, folders.length - dots + 1), `${path}.py`].join("/")];
  return [`${path}.py`, [...folders, `${path}.py`].join("/")];
}

/** Undefined when the path leaves the repository. */
function joined(from: string, specifier: string): string | undefined {
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
