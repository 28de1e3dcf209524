import type { TestStart } from "#evidence";
import { readRunner, type StartedRunner } from "./runner-command.ts";
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
 * built before. Linters, type checks and coverage gates beside it are none of a test run's business.
 */
export function readTestScripts(scripts: Scripts): readonly ScriptedTests[] {
  const found: ScriptedTests[] = [];
  const walk: Walk = { scripts, found, seen: new Set(), build: [] };
  for (const name of ["pretest", "test"]) follow(name, walk);
  if (found.length > 0) return found;
  for (const name of Object.keys(scripts).filter(
    (one) => /^(test|unit|spec)s?([:-]|$)/.test(one) && !/watch|e2e|browser|types?$|lint|bench|integration|coverage|update|debug|ui$/.test(one),
  ))
    follow(name, walk);
  return found;
}

interface Walk {
  readonly scripts: Scripts;
  readonly found: ScriptedTests[];
  readonly seen: Set<string>;
  readonly build: string[];
}

function follow(name: string, walk: Walk): void {
  const script = walk.scripts[name];
  if (script === undefined || walk.seen.has(name) || walk.seen.size > 40) return;
  walk.seen.add(name);
  for (const command of splitScript(script)) {
    if (command.before === "|") continue; // a formatter reading the runner's output
    readCommand(command.words, command.text, name, walk);
  }
}

function readCommand(words: readonly string[], text: string, script: string, walk: Walk): void {
  const called = calledScripts(words, walk.scripts);
  if (called.length > 0) {
    for (const name of called) {
      if (BUILD_SCRIPT.test(name)) addBuild(walk, text);
      else for (const one of [`pre${name}`, name]) follow(one, walk);
    }
    return;
  }
  const runner = readRunner(words);
  if (runner) {
    const start = { ...runner.start, ...(walk.build.length > 0 ? { build: [...walk.build] } : {}) };
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
  const [program = "", ...rest] = words.filter((word) => !/^\w+=/.test(word));
  if (/^(run-s|run-p|npm-run-all2?)$/.test(program)) return rest.filter((word) => !word.startsWith("-")).flatMap((glob) => matching(glob, scripts));
  if (!RUNS_SCRIPT.test(program) || rest.some((word) => /^(-r|--recursive|--filter.*|-F|--workspaces?|-ws?|--prefix|-C)$/.test(word))) return [];
  const plain = rest.filter((word) => !word.startsWith("-"));
  const name = plain[0] === "run" || plain[0] === "run-script" ? plain[1] : plain[0];
  return name !== undefined && Object.hasOwn(scripts, name) ? [name] : [];
}

function matching(glob: string, scripts: Scripts): readonly string[] {
  if (!glob.includes("*")) return Object.hasOwn(scripts, glob) ? [glob] : [];
  const prefix = glob.slice(0, glob.indexOf("*"));
  return Object.keys(scripts).filter((name) => name.startsWith(prefix));
}
