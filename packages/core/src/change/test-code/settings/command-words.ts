/** Longer commands are read so far. */
const LONGEST = 4_000;

const RUNNER = new RegExp(
  [
    String.raw`\b(?:vitest|jest|mocha|ava|tape|tap|jasmine|karma|nyc|c8|node --test|pytest|tox|nox|unittest|playwright|cypress|wtr|uvu|qunit|rspec|phpunit|lerna run test|turbo (?:run )?test)\b`,
    String.raw`\b(?:npm|pnpm|yarn|bun|deno|cargo|go|dotnet|mvn|gradle|gradlew|mix|swift|make|just|task|hatch|manage\.py)(?: run)?(?: -[\w-]+)* test`,
    String.raw`\bnode\s(?:[^&|;\n]{0,200}\s)?--test\b`,
  ].join("|"),
);

/** True where the name of a test runner stands in a command. */
export const namesRunner = (command: string): boolean => RUNNER.test(command.slice(0, LONGEST));

/** True for a command line that runs tests. */
export const runsTests = (command: string): boolean => namesRunner(command) && !/\b(?:install|add|cache|remove)\b/.test(command) && !PRINTS.test(command) && !EDITS.test(command);

/** Only says something. */
const PRINTS = /^\s*(?:echo|printf|#|:|true\b|exit 0)/;

/** Writes, moves or fetches files, whatever they are called. */
const EDITS = /^\s*(?:(?:if|elif|while|until|then|else|!)\s+)*(?:sed|perl|awk|grep|rm|cp|mv|mkdir|touch|cat|chmod|curl|wget|git|tar|unzip)\s/;

/** A command of a project's own that may run its tests: `make check`, `./ci/verify.sh`. */
export const mayRunTests = (command: string): boolean => !PRINTS.test(command) && !EDITS.test(command) && /test|check|verify|spec|\bci\b|validate|coverage/i.test(command) && !/\b(?:install|lint|typecheck|type-check|checkout)\b/.test(command);

/** Nothing happens, and it goes well. */
export const doesNothing = (command: string): boolean => command.split(/&&|\|\|?|;|\n/).every((part) => PRINTS.test(part) || part.trim() === "");

/** The outcome of what stands before it no longer counts. */
const IGNORED = /\|\|\s*(?:true|exit 0|:|echo\b|node -e)|[;\n]\s*(?:exit 0|true|:)\s*$|&\s*exit 0|[^&|<>]&\s*$|--no-fail|--passWithNoTests|--pass-with-no-tests|--suppress-no-test-exit-code|\btrap\s+["'](?:exit 0|true|:)/;
/** Lists the tests and runs none. */
const ONLY_LISTS = /\s--(?:collect-only|co|listTests|list-tests|dry-run|list)(?=\s|$)/;

/** The shell goes on after a failure, and what comes last says how it went. */
const goesOn = (command: string): boolean => /\bset \+e\b/.test(command) && !/\bexit\s+"?\$|\bset -e\b/.test(command) && !namesRunner(command.trim().split("\n").at(-1) ?? "");

/** `if npm test; then …`: red is one way to go on. */
const asks = (command: string): boolean => command.split("\n").some((line) => /^\s*(?:if|while|until)\s/.test(line) && namesRunner(line)) && !/\bexit\s+(?:[1-9]|"?\$)|\bfalse\b/.test(command);

/** Where its own failure is not that of the pipe. */
const SWALLOWS = /^\s*(?:tee|cat|grep|egrep|tail|head|sed|awk|tr|sort|less|xargs|ts|pr|column)\b/;

/** The test run is piped into something that is never red. */
const isPiped = (command: string): boolean => !/pipefail/.test(command) && command.split("\n").some((line) => line.replace(/\|\|/g, "\u0000").split("|").some((part, at, parts) => at > 0 && SWALLOWS.test(part) && namesRunner(parts[at - 1] ?? "")));

/** In a script of a package, where no shell stops at the first failure: `vitest run; echo done`. */
const isFollowed = (command: string): boolean => {
  const parts = command.split(/;|\n/).map((part) => part.trim()).filter((part) => part !== "");
  return parts.some((part, at) => at < parts.length - 1 && namesRunner(part)) && PRINTS.test(parts.at(-1) ?? "") && !/\bexit\s+"?\$/.test(command);
};

/** How a command runs: in a package's script, in a pipeline's shell with or without `pipefail`. */
export interface Shell {
  readonly stopsAtFailure: boolean;
  readonly pipefail: boolean;
}

/** True where a test may be red and the command is green. */
export function ignoresFailure(command: string, { stopsAtFailure, pipefail }: Shell): boolean {
  const text = command.slice(0, LONGEST);
  return IGNORED.test(text) || goesOn(text) || asks(text) || (ONLY_LISTS.test(text) && namesRunner(text)) || (!pipefail && isPiped(text)) || (!stopsAtFailure && isFollowed(text));
}
