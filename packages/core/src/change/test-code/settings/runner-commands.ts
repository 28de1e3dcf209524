/** A command line that starts a runner, taken apart. */
export interface TestCommand {
  readonly runner: "vitest" | "jest" | "mocha" | "ava" | "node --test" | "tape";
  /** Files, folders and globs it is given. */
  readonly files: readonly string[];
  /** True where something in it can't be known from here: a variable, the output of a command. */
  readonly unclear: boolean;
  readonly text: string;
}

const START = /(?:^|[\s/])(vitest|jest|_?mocha|ava|tape|node(?=\s(?:[^&|;]*\s)?--test(?:\s|$)))(?=\s|$)/;

/** Flags whose value is the next word. */
const WITH_VALUE = /^(?:-R|-r|-t|-u|-g|-f|-s|-c|-p|--(?:reporter|require|timeout|ui|grep|fgrep|slow|config|extension|ignore|exclude|spec|import|loader|experimental-loader|test-reporter|test-reporter-destination|test-name-pattern|test-concurrency|file|project|environment|node-arguments|match|concurrency|conditions))$/;

/** Longer scripts are not taken apart. */
const LONGEST = 2_000;

/** The runner a script starts, and what it is told to look at; undefined for a script that starts none known here. */
export function commandOf(script: string): TestCommand | undefined {
  const text = script.slice(0, LONGEST);
  const found = START.exec(text);
  if (found === null) return undefined;
  const name = (found[1] ?? "").replace("_", "");
  const after = text.slice(found.index + found[0].length).split(/&&|\|\||;|\|/)[0] ?? "";
  return { runner: name === "node" ? "node --test" : (name as TestCommand["runner"]), files: filesIn(after), unclear: /\$|`|<|@\w/.test(after), text };
}

function filesIn(rest: string): readonly string[] {
  const words = rest.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  return words.flatMap((word, at) => {
    const bare = word.replace(/^["']|["']$/g, "");
    if (bare.startsWith("-") || WITH_VALUE.test(words[at - 1] ?? "") || /^(?:run|watch|bench|related|--|\d*[<>].*)$/.test(bare)) return [];
    return bare.includes("/") || bare.includes("*") || /\.\w+$/.test(bare) || /^(?:tests?|spec|src|lib)$/.test(bare) ? [bare] : [];
  });
}

/** True for a command that names what it looks at. */
export const filesGiven = ({ files }: TestCommand): boolean => files.length > 0;
