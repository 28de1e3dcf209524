import { compileGlobs } from "#kernel";
import type { TestFile } from "../anatomy.ts";
import { commandOf, filesGiven, type TestCommand } from "./runner-commands.ts";
import type { Setting } from "./setting.ts";

/** Settings of a file by its path; undefined where it is not there, or can't be read. */
export type SettingsAt = (path: string) => readonly Setting[] | undefined;

/** Whether a runner finds a file, and what it looks for. */
export interface Sight {
  readonly runner: string;
  /** Undefined where the configuration does not tell, or tells in a way that is not understood here. */
  readonly seen: boolean | undefined;
  readonly looksFor: string;
}

/** Configuration files of the folders round a test file, nearest first. */
export function configurationsFor(path: string): readonly string[] {
  if (path.endsWith(".py")) return PYTHON_CONFIGS;
  const folders = path.split("/").slice(0, -1).slice(0, DEEPEST_CONFIG);
  const roots = [...folders.map((_, at) => `${folders.slice(0, folders.length - at).join("/")}/`), ""];
  return roots.flatMap((root) => JAVASCRIPT_CONFIGS.map((name) => root + name));
}

const DEEPEST_CONFIG = 3;
export const PYTHON_CONFIGS = ["pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"];
const JAVASCRIPT_CONFIGS = [
  "package.json",
  ...["vitest.config", "vite.config"].flatMap((stem) => [".ts", ".mts", ".js", ".mjs"].map((end) => stem + end)),
  ...[".js", ".ts", ".cjs", ".mjs", ".json"].map((end) => `jest.config${end}`),
  ...[".json", ".yml", ".yaml", ".js", ".cjs"].map((end) => `.mocharc${end}`),
  ...["ava.config.js", "ava.config.mjs", "ava.config.cjs"],
];

/** What the runners that could run this file make of `path`. Empty where nobody knows the runner. */
export const sightsOf = (path: string, file: TestFile, settings: SettingsAt): readonly Sight[] => (path.endsWith(".py") ? [pytest(path, settings)] : javascript(path, file, settings));

function pytest(path: string, settings: SettingsAt): Sight {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const found = PYTHON_CONFIGS.flatMap((file) => settings(file) ?? []).find((setting) => setting.path.at(-1) === "python_files" && /pytest/.test(setting.path.join(".")));
  const patterns = found === undefined ? undefined : (found.items ?? found.value.split(/\s+/)).filter((pattern) => pattern !== "");
  // Django and unittest look for `test*.py` as well.
  const globs = patterns ?? ["test*.py", "*_test.py", "tests.py"];
  return { runner: "pytest", seen: matching(globs, name), looksFor: globs.join(", ") };
}

const RUNNERS = ["vitest", "jest", "mocha", "ava", "node --test", "tape"] as const;
type Runner = (typeof RUNNERS)[number];

const IMPORTED: Readonly<Record<string, Runner>> = { vitest: "vitest", "@jest/globals": "jest", mocha: "mocha", ava: "ava", "node:test": "node --test", test: "node --test", tape: "tape" };

function javascript(path: string, { imports }: TestFile, settings: SettingsAt): readonly Sight[] {
  const root = rootOf(path, settings);
  const named = imports.flatMap(({ from }) => IMPORTED[from] ?? []);
  const commands = (settings(`${root}package.json`) ?? []).filter((setting) => setting.path[0] === "scripts" && setting.path.length === 2).flatMap(({ value }) => commandOf(value) ?? []);
  const runners = named.length > 0 ? named.slice(0, 1) : RUNNERS.filter((runner) => commands.some((command) => command.runner === runner));
  const inside = path.slice(root.length);
  return runners.map((runner) => LOOKS[runner](inside, (file) => settings(root + file) ?? (root === "" ? undefined : settings(file)), commands.filter((command) => command.runner === runner)));
}

/** The nearest folder with a package.json. */
function rootOf(path: string, settings: SettingsAt): string {
  const nearest = configurationsFor(path).find((file) => file.endsWith("package.json") && settings(file) !== undefined);
  return nearest?.slice(0, -"package.json".length) ?? "";
}

type Look = (path: string, settings: SettingsAt, commands: readonly TestCommand[]) => Sight;

const sight = (runner: string, looksFor: readonly string[] | undefined, path: string): Sight => ({ runner, seen: looksFor === undefined ? undefined : matching(looksFor, path), looksFor: looksFor?.join(", ") ?? "" });

/** The first of some configuration files that is there. */
const configured = (settings: SettingsAt, pattern: RegExp): readonly Setting[] => JAVASCRIPT_CONFIGS.filter((name) => pattern.test(name)).map(settings).find((found) => found !== undefined) ?? [];

/** A list of globs, or one; null where something is there that is no list of texts. */
function globsIn(settings: readonly Setting[], name: RegExp): readonly string[] | null | undefined {
  const found = settings.find((setting) => name.test(setting.path.join(".")));
  if (found === undefined) return undefined;
  const items = found.items ?? (/^[\w./*{}[\]?!+@()|,<>-]+$/.test(found.value) && !/\(\)/.test(found.value) ? [found.value] : undefined);
  return items?.every((item) => !/[`$=]|^\w+\(/.test(item)) === true ? items.map((item) => item.replace(/^<rootDir>\//, "")) : null;
}

const SUFFIXED = "**/*.{test,spec}.{js,mjs,cjs,ts,mts,cts,jsx,tsx}";
const NODE = ["**/*.test.{js,mjs,cjs,ts,mts,cts}", "**/*[-_]test.{js,mjs,cjs,ts,mts,cts}", "**/test-*.{js,mjs,cjs,ts,mts,cts}", "**/test.{js,mjs,cjs,ts,mts,cts}", "**/test/**/*.{js,mjs,cjs,ts,mts,cts}"];
const AVA = ["test.*", "{src,source}/test.*", "**/test-*.*", "**/*.spec.*", "**/*.test.*", "**/{test,tests,__tests__}/**/*.*"];
const AVA_NEVER = ["!**/_*", "!**/_*/**", "!**/{helper,helpers,fixture,fixtures,node_modules}/**"];

const LOOKS: Readonly<Record<Runner, Look>> = {
  vitest: (path, settings, commands) => {
    const config = configured(settings, /^vite(?:st)?\.config/);
    const include = globsIn(config, /^(?:test\.)?include$|(?:^|\.)test\.include$/);
    const dir = config.some((setting) => /(?:^|\.)(?:projects|workspace|dir|root)$/.test(setting.path.join(".")));
    return sight("vitest", include === null || dir || commands.some(filesGiven) ? undefined : (include ?? [SUFFIXED]), path);
  },
  jest: (path, settings) => {
    const config = [...configured(settings, /^jest\.config/), ...(settings("package.json") ?? []).filter((setting) => setting.path[0] === "jest")];
    const match = globsIn(config, /(?:^|\.)testMatch$/);
    const other = config.some((setting) => /(?:^|\.)(?:testRegex|projects|preset)$/.test(setting.path.join(".")) && !/^ts-jest|^@babel/.test(setting.value));
    return sight("jest", match === null || (other && match === undefined) ? undefined : (match ?? ["**/__tests__/**/*.{js,mjs,cjs,ts,jsx,tsx}", SUFFIXED, "**/{test,spec}.{js,mjs,cjs,ts,jsx,tsx}"]), path);
  },
  mocha: (path, settings, commands) => {
    const config = [...configured(settings, /^\.mocharc/), ...(settings("package.json") ?? []).filter((setting) => setting.path[0] === "mocha")];
    const spec = globsIn(config, /(?:^|\.)spec$/);
    const given = commands.flatMap(({ files }) => files);
    if (spec === null || commands.some(({ unclear }) => unclear)) return sight("mocha", undefined, path);
    const recursive = commands.some(({ text }) => /--recursive|\s-r\b/.test(text)) || config.some((setting) => setting.path.at(-1) === "recursive");
    const globs = [...(spec ?? []), ...given];
    return sight("mocha", globs.length === 0 ? [recursive ? "test/**" : "test/*", "spec/**"] : globs.flatMap((glob) => (isFolder(glob) ? [`${glob.replace(/\/$/, "")}/**`] : [glob])), path);
  },
  ava: (path, settings) => {
    const config = [...configured(settings, /^ava\.config/), ...(settings("package.json") ?? []).filter((setting) => setting.path[0] === "ava")];
    const files = globsIn(config, /(?:^|\.)files$/);
    return sight("ava", files === null ? undefined : [...(files ?? AVA), ...AVA_NEVER], path);
  },
  "node --test": (path, _settings, commands) => {
    const given = commands.flatMap(({ files }) => files);
    if (commands.some(({ unclear }) => unclear)) return sight("node --test", undefined, path);
    return sight("node --test", given.length === 0 ? NODE : given.flatMap((glob) => (isFolder(glob) ? [`${glob.replace(/\/$/, "")}/**`] : [glob])), path);
  },
  // One file may require the others.
  tape: (path, _settings, commands) => {
    const given = commands.flatMap(({ files }) => files);
    return sight("tape", given.length > 0 && given.every((glob) => glob.includes("*")) && !commands.some(({ unclear }) => unclear) ? given : undefined, path);
  },
};

const isFolder = (glob: string): boolean => !/[*{?(]/.test(glob) && !/\.\w+$/.test(glob);

/** Longer ones, and those with more choices, are not matched: nobody writes them, and some take for ever. */
const LONGEST_GLOB = 200;
const MOST_STARS = 8;

function matching(globs: readonly string[], path: string): boolean | undefined {
  const usable = globs.every((glob) => glob.length <= LONGEST_GLOB && (glob.match(/\*/g)?.length ?? 0) <= MOST_STARS && (glob.match(/[+*@?!]\(/g)?.length ?? 0) <= 3 && !/\([^)]*\(/.test(glob));
  return usable ? compileGlobs(globs)(path) : undefined;
}
