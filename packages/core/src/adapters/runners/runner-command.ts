import { posix } from "node:path";
import type { TestStart } from "#evidence";

/** A runner as a command line starts it. */
export interface StartedRunner {
  /** `vitest`, …, or `node` for a plain script whose runner its imports tell. */
  readonly runner: string;
  readonly start: TestStart;
}

/** Options that take the next word as their value, by runner. Without this list a value would be read as a test file. */
const VALUED: Readonly<Record<string, RegExp>> = {
  vitest: /^(-c|--config|-r|--root|--dir|--project|-t|--testNamePattern|--environment|--pool|--mode|--shard|--testTimeout|--hookTimeout|--maxWorkers|--retry)$/,
  jest: /^(-c|--config|--rootDir|--roots|-t|--testNamePattern|--env|--testEnvironment|-w|--maxWorkers|--projects|--selectProjects|--setupFiles|--testTimeout|--testPathIgnorePatterns|--shard|--preset)$/,
  mocha:
    /^(-r|--require|-t|--timeout|-u|--ui|--config|--package|--extension|--file|--ignore|--exclude|-g|--grep|-f|--fgrep|-s|--slow|--loader|--import|-n|--node-option|--retries|-j|--jobs|--opts|--compilers)$/,
  ava: /^(--config|-c|--concurrency|-m|--match|-T|--timeout|--node-arguments|-N)$/,
  jasmine: /^$/,
  borp: /^(--timeout|-t|--concurrency|-c|--reporter|-r|--ignore|-i|--lines|--functions|--branches|--statements|--expose-gc|-X|-x|--coverage-exclude)$/,
  tape: /^(-r|--require|-i|--ignore|--ignore-pattern)$/,
  tap: /^(-t|--timeout|-g|--grep|-B|--before|-A|--after|--plugin|--node-arg|--test-arg|--test-env|--include|--exclude|--test-ignore|--test-regex|--files)$/,
  node: /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--test-name-pattern|--test-concurrency|--test-timeout|--test-shard)$/,
};

/** Options that shape output, watch or measure: ours take their place. */
const DROPPED =
  /^(-R|-O|-w|-b|--reporter(s|-options?)?|--reporter(\..*)?|--watch(All|-files|-ignore)?|--coverage(\..*|[A-Z]\w*)?|--tap|--color|--colors|--colour|--verbose|-v|--silent|--bail|--fail-fast|--ci|--outputFile|--ui|--open|--update|-u?pdate|--parallel|--jobs|-j|--test-reporter(-destination)?|--experimental-test-coverage|--test-coverage-.*|--passWithNoTests|--forbid-only|--exit-code|--open|--run|--no-watch)(=.*)?$/;
const DROPPED_WITH_VALUE =
  /^(-R|-O|--reporters?|--reporter-options?|--test-reporter|--test-reporter-destination|--outputFile|--watch-files|--watch-ignore|--jobs|-j|--coverage\.\w+|--coverageReporters|--coverageDirectory)$/;

/** Coverage, speed and what is kept of a run, in node-tap's words. */
const DROPPED_OF_TAP = /^(-b|-J|-c|-C|-f|-u|--cov|--no-cov|--100|--no-100|--(no-)?(check-)?coverage(-.*)?|--(lines|branches|functions|statements|nyc-arg|output-file|output-dir|save|jobs)(=.*)?|--(allow|disable|show|no-show)-.*|--changed|--only|--failures|--snapshot|--nyc-help|--(no-)?reporter.*|-j\d+|-R\w+)$/;
const DROPPED_OF_TAP_WITH_VALUE = /^(-s|--save|-o|--output-file|-d|--output-dir|--coverage-report|--coverage-map|--lines|--branches|--functions|--statements)$/;

const NATIVE = /^(vitest|jest|mocha|_mocha|ava|jasmine|tap|tape|borp|egg-bin|ts-mocha)$/;
const WRAPPER = /^(c8|nyc|xvfb-run|cross-env|cross-env-shell|npx|env|dotenv|dotenvx|time|exec|pnpx|bunx|npm|pnpm|yarn|run|x|--|\.\/?)$/;

/** Reads one command of a script; undefined when it starts no runner known here. */
export function readRunner(words: readonly string[]): StartedRunner | undefined {
  const variables: Record<string, string> = {};
  const at = words.findIndex((word) => {
    const set = /^([A-Za-z_]\w*)=(.*)$/s.exec(word);
    if (set?.[1] !== undefined) variables[set[1]] = set[2] ?? "";
    return !set && (NATIVE.test(programName(word)) || /^(node|tsx|ts-node(-esm)?|babel-node)$/.test(programName(word)));
  });
  if (at < 0 || !words.slice(0, at).every(isWrapping)) return undefined;
  const program = programName(words[at] ?? "");
  const rest = words.slice(at + 1);
  if (program === "egg-bin" && !/^(test|cov)$/.test(rest[0] ?? "")) return undefined;
  const found = NATIVE.test(program) ? nativeRunner(program.replace("_mocha", "mocha"), rest) : nodeRunner(program, rest);
  return found && Object.keys(variables).length > 0 ? { ...found, start: { ...found.start, variables: { ...found.start.variables, ...variables } } } : found;
}

/** Wrappers, their options and option values, and variables may stand before a runner; another program may not. */
export function isWrapping(word: string, index: number, before: readonly string[]): boolean {
  if (word.startsWith("-") || /^\w+=/.test(word) || WRAPPER.test(word)) return true;
  return index > 0 && (before[index - 1] ?? "").startsWith("-");
}

/** `./node_modules/.bin/mocha`, `node_modules/mocha/bin/mocha.js` and `mocha` are one program; so is a runner's own `./bin/jasmine.js`. */
function programName(word: string): string {
  const own = /^(?:\.\/)?bin\/(_?mocha|jasmine|jest|vitest|ava|tape|tap)(?:\.[cm]?js)?$/.exec(word)?.[1];
  if (own !== undefined) return own;
  const packaged = /(?:^|\/)node_modules\/(?!\.bin\/)((?:@[\w.-]+\/)?[\w.-]+)\//.exec(word)?.[1];
  if (packaged !== undefined) return packaged === "jest-cli" ? "jest" : packaged;
  return word.includes("node_modules/.bin/") || !word.includes("/") ? posix.basename(word) : word;
}

function nativeRunner(runner: string, words: readonly string[]): StartedRunner {
  // egg-bin is a shell around Mocha that gives a test a minute
  if (runner === "egg-bin") {
    const { options, files } = readOptions("mocha", words.slice(1));
    return { runner: "mocha", start: { options: ["--timeout", "60000", ...options], files } };
  }
  if (runner === "ts-mocha") return tsMocha(words);
  const skip = (runner === "vitest" && /^(run|watch|dev|related)$/.test(words[0] ?? "")) || (runner === "tap" && words[0] === "run") ? 1 : 0;
  const { options, files } = readOptions(runner, words.slice(skip));
  // borp is a shell around node:test with a default of its own
  if (runner === "borp") return { runner: "node:test", start: { files: files.length > 0 ? files : ["**/*.test.{js,cjs,mjs}"] } };
  if (runner !== "tape") return { runner, start: { options, files } };
  return { runner, start: { nodeOptions: requires(options), files } };
}

/** ts-mocha is Mocha with a file of its own loaded first, and options that become variables. */
function tsMocha(words: readonly string[]): StartedRunner {
  const at = words.findIndex((word) => /^(-p|--project)$/.test(word));
  const project = at < 0 ? undefined : words[at + 1];
  const rest = words.filter((word, index) => !/^(--paths|--type-check)$/.test(word) && (at < 0 || (index !== at && index !== at + 1)));
  const { options, files } = readOptions("mocha", rest);
  const variables = { ...(project !== undefined && { TS_PROJECT_PATH: project }), ...(words.includes("--paths") && { TS_CONFIG_PATHS: "true" }), ...(words.includes("--type-check") && { TS_TYPE_CHECK: "true" }) };
  return { runner: "mocha", start: { options: ["--require", "ts-mocha", ...options], files, ...(Object.keys(variables).length > 0 && { variables }) } };
}

/** `tape -r x` loads x first; started through Node it is the same option. */
function requires(options: readonly string[]): readonly string[] {
  return options.flatMap((option, at) => (/^(-r|--require)$/.test(option) && options[at + 1] !== undefined ? ["--require", options[at + 1] ?? ""] : []));
}

const LOADERS: Readonly<Record<string, readonly string[]>> = {
  node: [],
  tsx: ["--import", "tsx"],
  "ts-node": ["--require", "ts-node/register"],
  "ts-node-esm": ["--loader", "ts-node/esm"],
  "babel-node": ["--require", "@babel/register"],
};

function nodeRunner(program: string, words: readonly string[]): StartedRunner | undefined {
  const loader = LOADERS[program] ?? [];
  const script = words.findIndex((word, at) => !word.startsWith("-") && !VALUED["node"]?.test(words[at - 1] ?? ""));
  const before = script < 0 ? words : words.slice(0, script);
  if (words.includes("--test")) {
    const { options, files } = readOptions(
      "node",
      words.filter((word) => word !== "--test"),
    );
    const forTests = options.flatMap((option, at) => (option.startsWith("--test-") ? [option, ...(valueAfter(options, at) ?? [])] : []));
    const forNode = options.filter((option, at) => !option.startsWith("--test-") && !(options[at - 1] ?? "").startsWith("--test-"));
    return { runner: "node:test", start: { nodeOptions: [...loader, ...forNode], options: forTests, files } };
  }
  if (script < 0) return undefined;
  const name = programName(words[script] ?? "");
  const nodeOptions = [...loader, ...before];
  if (!NATIVE.test(name)) return { runner: "node", start: { nodeOptions, files: [words[script] ?? ""] } };
  const started = nativeRunner(name.replace("_mocha", "mocha"), words.slice(script + 1));
  return { ...started, start: { ...started.start, nodeOptions: [...nodeOptions, ...(started.start.nodeOptions ?? [])] } };
}

function valueAfter(options: readonly string[], at: number): readonly string[] | undefined {
  const next = options[at + 1];
  return next !== undefined && VALUED["node"]?.test(options[at] ?? "") ? [next] : undefined;
}

function readOptions(runner: string, words: readonly string[]): { readonly options: readonly string[]; readonly files: readonly string[] } {
  const options: string[] = [];
  const files: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (/^\d?>/.test(word) || word === "--") continue;
    if (!word.startsWith("-")) files.push(word);
    else if (DROPPED_WITH_VALUE.test(word) || (runner === "tap" && DROPPED_OF_TAP_WITH_VALUE.test(word))) at++;
    else if (runner === "tap" && DROPPED_OF_TAP.test(word)) continue;
    else if (DROPPED.test(word) && !VALUED[runner]?.test(word)) continue;
    else {
      options.push(word);
      if (VALUED[runner]?.test(word) && words[at + 1] !== undefined) options.push(words[++at] ?? "");
    }
  }
  return { options, files };
}
