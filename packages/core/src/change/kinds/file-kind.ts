import type { FileKind } from "../change.ts";
import { isGeneratedPath, saysGenerated } from "./generated-files.ts";
import { isMigration } from "./migration-files.ts";
import { isAsset, isBinary, isCi, isConfig, isDocs, isLock, isShowcase, isVendored } from "./named-files.ts";
import { CODE, pathWords } from "./path-words.ts";
import { testSideOf } from "./test-files.ts";

/**
 * What a file is for, by its path, and by its first lines where they are at hand. `marked` is what `.gitattributes` or the
 * configuration says of the path; it decides.
 */
export function fileKind(path: string, firstLines: readonly string[] = [], marked?: MarkedKind): FileKind {
  if (marked === "generated" || marked === "vendored" || marked === "docs") return marked;
  const byPath = kindByPath(path, marked === "own");
  const hides = byPath === "source" || byPath === "config" || byPath === "docs";
  return hides && marked !== "own" && saysGenerated(firstLines) ? "generated" : byPath;
}

/** What a person said of a path: `own` takes back what the path would suggest. */
export type MarkedKind = "generated" | "vendored" | "docs" | "own";

function kindByPath(path: string, own: boolean): FileKind {
  const at = pathWords(path);
  if (!own && isVendored(at)) return "vendored";
  const showcase = isShowcase(at);
  const testSide = showcase ? undefined : testSideOf(at);
  if (testSide === "snapshot" || testSide === "fixture") return testSide;
  if (isLock(at)) return "lock";
  if (!own && isGeneratedPath(at)) return "generated";
  if (testSide === "test") return "test";
  if (!showcase && isMigration(at)) return "migration";
  if (isCi(at)) return "ci";
  if (isAsset(at)) return "asset";
  if (isDocs(at)) return "docs";
  if (isBinary(at)) return "generated";
  if (isConfig(at)) return "config";
  return CODE.has(at.extension) || isProgram(at.folders, at.extension) ? "source" : "config";
}

/** A file without an extension below `bin/` is a program; so is what nobody knows in a source folder. */
const isProgram = (folders: readonly string[], extension: string): boolean =>
  folders.includes("bin") || (extension !== "" && folders.some((folder) => folder === "src" || folder === "lib"));
