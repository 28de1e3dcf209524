import type { DiffFile } from "../diff.ts";
import type { FileKind } from "../change.ts";
import type { HunkCode } from "./changed-code.ts";
import { splitImports } from "./import-lines.ts";
import type { Language } from "./language.ts";
import { withoutTypes } from "./type-only.ts";
import { isVersionLine } from "./version-lines.ts";

const EXECUTABLE = "100755";
const REGULAR = new Set(["100644", EXECUTABLE, undefined]);

/**
 * False only when nothing that runs can differ: comments, docstrings, white space, reordered imports, types, version numbers, prose.
 * When in doubt, true.
 */
export function changesBehaviour(file: DiffFile, kind: FileKind, language: Language | undefined, code: readonly HunkCode[]): boolean {
  if (kind === "docs" || kind === "asset") return false;
  if (isDeclarationFile(file.path)) return false;
  if (file.status === "type-changed" || changesMode(file)) return true;
  if (file.binary || file.tooLarge === true) return file.baseBlob === undefined || file.baseBlob !== file.headBlob;
  if (file.hunks.length === 0) return isSubmodule(file);
  if (language === undefined) return !file.hunks.every((hunk) => onlyVersions(file.path, hunk.lines.map((line) => line.text))); // prettier-ignore
  return differs(file.path, language, code);
}

/** `.d.ts`, `.d.mts`, `.d.vue.ts`: types for the compiler, erased before anything runs. */
export const isDeclarationFile = (path: string): boolean => /\.d\.(?:\w+\.)?[cm]?ts$|\.pyi$/.test(path);

const isSubmodule = (file: DiffFile): boolean => file.headMode === "160000" || file.baseMode === "160000";

const changesMode = (file: DiffFile): boolean =>
  file.baseMode !== undefined && file.headMode !== undefined && file.baseMode !== file.headMode && REGULAR.has(file.baseMode) && REGULAR.has(file.headMode);

const onlyVersions = (path: string, texts: readonly string[]): boolean => texts.every((text) => text.trim() === "" || isVersionLine(path, text));

function differs(path: string, language: Language, code: readonly HunkCode[]): boolean {
  const before: string[] = [];
  const after: string[] = [];
  for (const { hunk, deleted, added } of code) {
    const was = splitImports(deleted.inType ? [] : essence(path, language, deleted.code, hunk.heading));
    const is = splitImports(added.inType ? [] : essence(path, language, added.code, hunk.heading));
    before.push(...was.names);
    after.push(...is.names);
    if (joined(was.rest, language) !== joined(is.rest, language)) return true;
  }
  return !sameMultiset(before, after);
}

const essence = (path: string, language: Language, code: readonly string[], heading: string): readonly string[] => {
  const typed = language.name === "typescript" || language.name === "component";
  return (typed ? withoutTypes(code, heading) : code).filter((line) => !isVersionLine(path, line));
};

/** A line that ends so would swallow the next one if the line end were ignored. */
const LINE_END_MATTERS = /(?:\b(?:return|throw|break|continue|yield|async)|\+\+|--)$/;

/** Lines as one text, in which two texts are equal when only white space, trailing commas and quotes' style differ. */
function joined(code: readonly string[], language: Language): string {
  const lines = code.filter((line) => line.trim() !== "");
  if (language.layout) return lines.join("\n");
  const text = lines.reduce((all, line) => all + (needsGap(all, line) ? " " : "") + line + (LINE_END_MATTERS.test(line) ? "\n" : ""), "");
  if (!language.quotesAlike) return text;
  // Formatters move trailing commas and the bar before the first member of a union.
  return text.replace(/,([}\])])/g, "$1").replace(/([:<=(,])[|&](?=[^|&=])/g, "$1");
}

const needsGap = (before: string, next: string): boolean => /[\w$]$/.test(before.slice(-1)) && /^[\w$]/.test(next);

function sameMultiset(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  const sorted = [...other].sort();
  return [...one].sort().every((value, index) => value === sorted[index]);
}
