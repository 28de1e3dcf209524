import { fromDottedClass } from "../junit/dotted-class.ts";
import { looksLikePath } from "../cases/looks-like-path.ts";
import { listAt, textAt, textsAt, type JsonObject } from "../json/shapes.ts";
import type { HeadTree } from "../paths/head-tree.ts";
import type { DraftCase } from "../report-format.ts";

/** File and suites of a test, out of what the many writers put into its full name, title path and labels. */
export function placeOf(result: JsonObject, tree: HeadTree): Pick<DraftCase, "file" | "suite"> {
  const full = (textAt(result, "fullName") ?? "").slice(0, 2_000);
  const printed = fileIn(full, textAt(result, "name") ?? "");
  if (printed !== undefined) return { file: printed, suite: suitesOf(result, printed) };
  const [head = ""] = full.split("#");
  const type = labelOf(result, "testClass");
  const found = [type, head, head.slice(0, Math.max(0, head.lastIndexOf(".")))].flatMap((name) => (name ? [{ name, at: fromDottedClass(name, tree) }] : [])).find(({ at }) => at !== undefined);
  if (found?.at === undefined) return { suite: suitesOf(result, undefined) };
  // A Python module's classes are its suites; elsewhere the class itself is.
  return { file: found.at.path, suite: found.at.inner ?? [found.name] };
}

/**
 * `shop:test/cart.test.js: cart > totals`, `shop:test/cart.test.js#cart totals`, `e2e/cart.spec.ts:12:3`: package, file, and what stands in it. The
 * first beginning that is a path of a source file is it.
 */
function fileIn(full: string, name: string): string | undefined {
  const body = full.replace(/^(?:@[\w.-]+\/)?[\w.-]+:(?!\d)/, (prefix) => (looksLikePath(prefix.slice(0, -1)) ? prefix : ""));
  for (const mark of ["#", ": ", ":"]) {
    const at = body.indexOf(mark);
    const start = at < 0 ? body : body.slice(0, at);
    if (start !== name && looksLikePath(start)) return start.replaceAll("\\", "/");
  }
  return undefined;
}

/** Titles round a test, without package, folders and file. */
function suitesOf(result: JsonObject, file: string | undefined): readonly string[] {
  const path = textsAt(result, "titlePath");
  if (file?.endsWith(".feature")) return [path.at(-1) ?? labelOf(result, "feature")].filter((title): title is string => title !== undefined);
  const within = path.length > 0 ? afterFile(path, file) : undefined;
  if (within !== undefined) return within;
  const [parent, suite, inner] = ["parentSuite", "suite", "subSuite"].map((name) => labelOf(result, name));
  const titles = [parent, suite, ...(inner?.split(" > ") ?? [])].filter((title): title is string => title !== undefined && title !== "");
  return afterFile(titles, file) ?? titles;
}

/** What comes behind the file's name, or behind its whole path; undefined where it is not there. */
function afterFile(titles: readonly string[], file: string | undefined): readonly string[] | undefined {
  if (file === undefined) return undefined;
  const base = file.slice(file.lastIndexOf("/") + 1);
  const at = titles.findIndex((title) => title === base || title.replaceAll("\\", "/") === file);
  return at < 0 ? undefined : titles.slice(at + 1);
}

const labelOf = (result: JsonObject, wanted: string): string | undefined => textAt(listAt(result, "labels").find((one) => textAt(one, "name") === wanted), "value");
