import type { TestFile } from "./anatomy.ts";
import { readJavascriptTests, type HelperFinder } from "./reading/read-javascript.ts";
import { readPythonTests } from "./reading/read-python.ts";
import type { SyntaxTree } from "./syntax.ts";

export type { HelperFinder } from "./reading/read-javascript.ts";

/**
 * Reads a test file as data: its tests, and what each of them insists on, whatever runner and assertion library it is written for.
 * `helpers` gives functions of other files that were read; without it, only helpers of the file itself are followed.
 */
export function readTests(path: string, tree: SyntaxTree, helpers: HelperFinder = () => undefined): TestFile {
  const file = tree.language === "python" ? readPythonTests(path, tree, helpers) : readJavascriptTests(path, tree, helpers);
  return tree.partial === true ? { ...file, partial: true } : file;
}
