import { looksLikePath } from "../cases/looks-like-path.ts";
import type { HeadTree } from "../paths/head-tree.ts";
import { fromDottedClass, type FoundFile } from "./dotted-class.ts";
import type { RawCase, RawSuite } from "./raw-case.ts";

/** Which test a case is. */
export interface Identity {
  readonly file?: string;
  readonly suite: readonly string[];
  readonly name: string;
}

/** Titles writers give to the whole, which are nobody's `describe`. */
const ROOT_TITLES = new Set([
  "",
  "Root Suite",
  "Mocha Tests",
  "jest tests",
  "vitest tests",
  "pytest",
  "pytest tests",
  "nextest-run",
  "undefined",
  "Test run",
  "tests",
  "All tests",
]);

/** Classes that name no class. */
const NO_CLASS = new Set(["", "test", "Test suite failed to run"]);

/** Reads the file, the groups and the title out of what the many writers put where. */
export function identify(raw: RawCase, tree: HeadTree, earlier: readonly RawSuite[]): Identity {
  const file = fileOf(raw, tree);
  const { suite, name } = titleOf(raw, file?.path, earlier);
  return {
    ...(file === undefined ? {} : { file: file.path }),
    suite: file?.inner === undefined ? suite : [...file.inner, ...suite.filter((title) => title !== raw.classname)],
    name,
  };
}

function fileOf(raw: RawCase, tree: HeadTree): FoundFile | undefined {
  const suites = [...raw.suites].reverse();
  const named = [raw.file, ...suites.map((suite) => suite.file), ...suites.map((suite) => suite.properties.get("test.fileName"))].find(
    (file) => file !== undefined && file !== "" && file !== ".py",
  );
  if (named !== undefined) return withInner(named, raw.classname);
  const printed = [raw.classname, ...suites.map((suite) => suite.name), raw.name].find(looksLikePath);
  if (printed !== undefined) return { path: printed };
  return fromDottedClass(raw.classname === "" ? raw.name : raw.classname, tree);
}

/** pytest's older family prints the file beside a class name that repeats it. */
function withInner(file: string, classname: string): FoundFile {
  if (!file.endsWith(".py")) return { path: file };
  const module = file.slice(0, -3).replaceAll(/[\\/]/g, ".");
  if (classname === module) return { path: file, inner: [] };
  return classname.startsWith(`${module}.`) ? { path: file, inner: classname.slice(module.length + 1).split(".") } : { path: file };
}

function titleOf(raw: RawCase, file: string | undefined, earlier: readonly RawSuite[]): { readonly suite: readonly string[]; readonly name: string } {
  const titles = raw.suites.map((suite) => suite.name.trim()).filter((title) => !ROOT_TITLES.has(title) && title !== file && !looksLikePath(title));
  const { classname, name } = raw;
  if (name !== classname && classname !== "" && name.endsWith(` ${classname}`)) return fromFullTitle(name.slice(0, -classname.length - 1), classname, earlier);
  if (name === classname && !looksLikePath(name)) return fromSuitePrefix(name, titles);
  const split = classname === file || looksLikePath(classname) ? splitTitle(name) : undefined;
  if (split) return split;
  const group =
    NO_CLASS.has(classname) || looksLikePath(classname) || titles.at(-1) === classname || ROOT_TITLES.has(classname) ? [] : classname.split(/ [›>] /);
  const outer = group.length > 0 ? titles.filter((title) => !repeats(title, classname)) : titles;
  return { suite: [...outer, ...group], name };
}

/** Suites named after the class every case in them repeats; Surefire files a class under a nested one, unittest adds the time of the run. */
function repeats(title: string, classname: string): boolean {
  if (classname.startsWith(title) || title.startsWith(`${classname}::`) || classname.endsWith(`.${title}`) || classname.replaceAll(".", "\\") === title)
    return true;
  return title.startsWith(`${classname}-`) ? /^\d+$/.test(title.slice(classname.length + 1)) : DOTTED.test(title) && DOTTED.test(classname);
}

const DOTTED = /^[A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*)+$/;

/** Vitest and Playwright print the whole title path in the name. */
function splitTitle(name: string): { readonly suite: readonly string[]; readonly name: string } {
  const parts = name.split(/ [›>] /);
  return { suite: parts.slice(0, -1), name: parts.at(-1) ?? name };
}

/** jest-junit's default: the groups and the title in one, the outermost group named by the suite. */
function fromSuitePrefix(full: string, titles: readonly string[]): { readonly suite: readonly string[]; readonly name: string } {
  const group = titles.at(-1) ?? "";
  return full.startsWith(`${group} `) ? { suite: [...titles], name: full.slice(group.length + 1) } : { suite: [], name: full.trim() };
}

/** mocha-junit-reporter: the groups joined by blanks; the suites before this case say where each of them ends. */
function fromFullTitle(joined: string, name: string, earlier: readonly RawSuite[]): { readonly suite: readonly string[]; readonly name: string } {
  const suite: string[] = [];
  let rest = joined;
  for (let index = earlier.length - 1; index >= 0 && rest !== "" && earlier.length - index < 200; index--) {
    const title = earlier[index]?.name ?? "";
    if (title === "" || (rest !== title && !rest.endsWith(` ${title}`))) continue;
    suite.unshift(title);
    rest = rest.slice(0, -title.length).trimEnd();
  }
  return { suite: rest === "" ? suite : [rest, ...suite], name };
}
