import type { TestStart } from "#evidence";
import { isWrapping, readRunner, type StartedRunner } from "./runner-command.ts";
import { splitScript } from "./shell-words.ts";

/** What a package's `test` script comes down to. */
export interface ScriptedTests extends StartedRunner {
  readonly start: TestStart;
  /** The script it was found in. */
  readonly script: string;
}

export type Scripts = Readonly<Record<string, string>>;

const BUILDS =
  /^(tsc|tsup|rollup|esbuild|swc|babel|unbuild|vite|webpack|microbundle|bunchee|tshy|pkgroll|ncc|zshy|obuild|del|del-cli|rimraf|rm|mkdir|cp|copyfiles|cpy|shx|node-gyp|grpc_tools_node_protoc|buf|protoc|prisma)$/;
const BUILD_SCRIPT = /^(pre)?(build|compile|bundle|transpile|generate|codegen|gen|prepare|dist)([:-].*)?$/;
const RUNS_SCRIPT = /^(npm|yarn|pnpm|bun)$/;

/**
 * Follows the `test` script (and the scripts it calls) to the first commands that start a test runner, with what was
 * built before. Linters, type checks and coverage gates beside it are none of a test run's business. `itself`: programs of the package itself, by
 * their path in it; a runner tests itself with itself.
 */
export function readTestScripts(scripts: Scripts, itself: ReadonlyMap<string, string> = new Map()): readonly ScriptedTests[] {
  const found: ScriptedTests[] = [];
  const walk: Walk = { scripts, itself, found, seen: new Set(), build: [] };
  for (const name of ["pretest", "test"]) follow(name, walk);
  if (found.length > 0) return found;
  for (const name of Object.keys(scripts).filter(
    (one) => /^(test|unit|spec)s?([:-]|$)/.test(one) && !/watch|e2e|browser|types?$|lint|bench|integration|coverage|update|debug|ui$/.test(one),
  ))
    follow(name, walk);
  return found;
}

/** The command that builds a package: its `build` script, or the first one of such a name, but none that runs the tests as well. */
export function buildCommand(scripts: Scripts): string | undefined {
  const named = Object.keys(scripts).filter((name) => /^_?(?:build|compile|transpile|bundle|tsc|dist)(?:[:-].*)?$/.test(name) && !/watch|\bdev\b|docs?\b|clean|release|publish/.test(name));
  const name = ["build", ...named].find((one) => scripts[one] !== undefined && !runsTests(one, scripts));
  return name === undefined ? undefined : `npm run ${name}`;
}

function runsTests(name: string, scripts: Scripts): boolean {
  const walk: Walk = { scripts, itself: new Map(), found: [], seen: new Set(), build: [] };
  follow(name, walk);
  return walk.found.some(({ runner }) => runner !== "node"); // a plain program of the project's own builds as well as any
}

interface Walk {
  readonly scripts: Scripts;
  readonly itself: ReadonlyMap<string, string>;
  readonly found: ScriptedTests[];
  readonly seen: Set<string>;
  readonly build: string[];
  /** What the commands on the way here set for all they start. */
  readonly variables?: Readonly<Record<string, string>>;
}

function follow(name: string, walk: Walk, extra: readonly string[] = []): void {
  const script = walk.scripts[name];
  const called = [name, ...extra].join("\0");
  if (script === undefined || walk.seen.has(called) || walk.seen.size > 40) return;
  walk.seen.add(called);
  const commands = splitScript(script);
  for (const [index, command] of commands.entries()) {
    if (command.before === "|") continue; // a formatter reading the runner's output
    const words = index === commands.length - 1 ? [...command.words, ...extra] : command.words;
    readCommand(words.map((word) => walk.itself.get(word.replace(/^\.\//, "")) ?? word), command.text, name, walk);
  }
}

function readCommand(words: readonly string[], text: string, script: string, walk: Walk): void {
  const called = calledScripts(words, walk.scripts);
  if (called.length > 0) {
    for (const name of called) {
      if (BUILD_SCRIPT.test(name)) addBuild(walk, text);
      else {
        const within = { ...walk, variables: { ...walk.variables, ...variablesBefore(words) } };
        follow(`pre${name}`, within);
        follow(name, within, handedOn(words));
      }
    }
    return;
  }
  const runner = readRunner(words);
  if (runner) {
    const variables = { ...walk.variables, ...runner.start.variables };
    const start = { ...runner.start, ...(Object.keys(variables).length > 0 && { variables }), ...(walk.build.length > 0 ? { build: [...walk.build] } : {}) };
    walk.found.push({ runner: runner.runner, start, script });
    return;
  }
  const plain = words.find((word) => !/^\w+=/.test(word) && !/^(npx|cross-env|yarn|pnpm)$/.test(word)) ?? "";
  const checksTypesOnly = plain === "tsc" && words.includes("--noEmit");
  if (BUILDS.test(plain) && !checksTypesOnly && walk.found.length === 0) addBuild(walk, text);
}

function addBuild(walk: Walk, text: string): void {
  if (walk.found.length === 0 && !walk.build.includes(text)) walk.build.push(text);
}

/** Scripts of the same package a command runs: `npm run x`, `yarn x`, `run-s lint test:*`. */
function calledScripts(words: readonly string[], scripts: Scripts): readonly string[] {
  const call = words.slice(startOfCall(words));
  const end = call.indexOf("--");
  const [program = "", ...rest] = (end < 0 ? call : call.slice(0, end)).filter((word) => !/^\w+=/.test(word));
  if (/^(run-s|run-p|npm-run-all2?)$/.test(program)) return rest.filter((word) => !word.startsWith("-")).flatMap((glob) => matching(glob, scripts));
  if (!RUNS_SCRIPT.test(program) || rest.some((word) => /^(-r|--recursive|--filter.*|-F|--workspaces?|-ws?|--prefix|-C)$/.test(word))) return [];
  const plain = rest.filter((word) => !word.startsWith("-"));
  const name = plain[0] === "run" || plain[0] === "run-script" ? plain[1] : plain[0];
  return name !== undefined && Object.hasOwn(scripts, name) ? [name] : [];
}

/** Where a call of a script begins: what measures coverage or sets variables may stand before it (`nyc npm run unit`). */
function startOfCall(words: readonly string[]): number {
  const at = words.findIndex((word) => RUNS_SCRIPT.test(word));
  return at > 0 && words.slice(0, at).every(isWrapping) ? at : 0;
}

function variablesBefore(words: readonly string[]): Record<string, string> {
  const at = words.findIndex((word) => RUNS_SCRIPT.test(word));
  return Object.fromEntries(words.slice(0, Math.max(0, at)).flatMap((word) => {
    const set = /^([A-Za-z_]\w*)=(.*)$/s.exec(word);
    return set?.[1] === undefined ? [] : [[set[1], set[2] ?? ""]];
  }));
}

/** Words a package manager hands on to the script it runs. */
function handedOn(words: readonly string[]): readonly string[] {
  const call = words.slice(startOfCall(words));
  const at = call.indexOf("--");
  return at < 0 || !RUNS_SCRIPT.test(call[0] ?? "") ? [] : call.slice(at + 1);
}

function matching(glob: string, scripts: Scripts): readonly string[] {
  if (!glob.includes("*")) return Object.hasOwn(scripts, glob) ? [glob] : [];
  const prefix = glob.slice(0, glob.indexOf("*"));
  return Object.keys(scripts).filter((name) => name.startsWith(prefix));
}
