import type { TestFailure, TestId } from "../evidence.ts";
import type { NewNames } from "./new-names.ts";
import type { WhyRed } from "./proof.ts";

export interface RedContext {
  readonly names: NewNames;
  /** The project's own version numbers the change replaces. */
  readonly versions?: readonly { readonly from: string; readonly to: string }[];
  /** True for a path of the test side: what throws there may be the test's own mistake. */
  isTestSide(path: string): boolean;
  /** The line of a test file a failure points at, when it is known. */
  lineAt(file: string, line: number): string | undefined;
  /** True for a test whose name stands on a line the change adds. */
  brings?(id: TestId): boolean;
  /** True for a file that writes down tests, and does not only help them. */
  declaresTests?(file: string): boolean;
}

/** Why a test is red on the broken side, judged against what the change adds. Pure. */
export function whyRed(failure: TestFailure, context: RedContext): WhyRed {
  switch (failure.kind) {
    case "load":
      return isAbsent(failure, context) ? "absent-before" : "load-error";
    case "error":
      if (callsWhatIsNew(failure, context) || opensWhatIsNew(failure, context)) return "absent-before";
      return ownMistake(failure, context) ? "load-error" : "expected-error";
    case "missing-package":
      // A package of the repository itself, or one of its entry points, is spelled like any other.
      return failure.missing !== undefined && context.names.file(failure.missing) ? "absent-before" : "missing-package";
    case "assertion":
      return tellsVersion(failure, context) ? "absent-before" : "assertion";
    case "timeout":
    case "environment":
    case "crash":
    case "unknown":
      return failure.kind;
  }
}

/** An expectation that compares the project's version before and after tells which commit it ran on, and nothing about behaviour. */
const tellsVersion = ({ message }: TestFailure, { versions = [] }: RedContext): boolean => {
  const said = message.slice(0, 1000);
  return versions.some(({ from, to }) => from.length >= 5 && to.length >= 5 && said.includes(from) && said.includes(to));
};

function isAbsent({ missing }: TestFailure, { names }: RedContext): boolean {
  return missing !== undefined && (names.file(missing) || names.mentions(lastWord(missing)));
}

/** `x is not a function` out of a test, for an `x` the change adds; or a property of it, which the message does not name but the line does. */
function callsWhatIsNew(failure: TestFailure, context: RedContext): boolean {
  const { place, message, missing } = failure;
  if (thrownInSource(failure, context)) return false;
  const name = missing === undefined ? undefined : lastWord(missing);
  if (name !== undefined && (context.names.symbol(name) || context.names.exposes(name))) return true;
  if (!/\bis not (?:a function|a constructor|defined|iterable)\b|Cannot (?:read|set) propert|undefined is not|has no attribute/.test(message.slice(0, 500))) return false;
  const line = place?.line === undefined ? undefined : context.lineAt(place.file, place.line);
  return line !== undefined && [...line.slice(0, 500).matchAll(/[A-Za-z_$][\w$]*/g)].some(([word]) => context.names.symbol(word));
}

/** What source threw is what the tested code does, whatever the test's own line is about. */
const thrownInSource = ({ place, thrownAt }: TestFailure, { isTestSide }: RedContext): boolean => thrownAt !== undefined || (place !== undefined && !isTestSide(place.file));

/** A file of the repository, no part of the test side, that the change brings and that is opened by its path. */
function opensWhatIsNew({ message }: TestFailure, { names }: RedContext): boolean {
  const path = /\bENOENT: no such file or directory, \w{1,20} '([^'\n]{1,500})'|No such file or directory: '([^'\n]{1,500})'/.exec(message.slice(0, 2000));
  const opened = path?.[1] ?? path?.[2];
  return opened !== undefined && names.file(opened);
}

/**
 * A name that is defined nowhere is a slip of the test or of its set-up; code under test throws other things. So is a call of the test
 * tools that they lack: the settings or the package that bring it are the head's.
 */
const ownMistake = (failure: TestFailure, context: RedContext): boolean =>
  (/^(?:Uncaught )?(?:ReferenceError: |NameError: )/.test(failure.message) || NO_SUCH_TOOL.test(failure.message.slice(0, 500))) && !thrownInSource(failure, context);

/** `vi.stubEnv is not a function`, `expect(...).toBeVisible is not a function`, Chai's own words for the same. */
const NO_SUCH_TOOL = /^(?:(?:Uncaught )?TypeError: )?(?:(?:vi|vitest|jest|sinon|chai|jasmine|assert|expect)(?:\.\w{1,60}){1,4}|expect\([^)\n]{0,100}\)(?:\.\w{1,60}){1,4}) is not a function|^(?:Uncaught )?(?:Error: )?Invalid Chai property: /;

const lastWord = (name: string): string => /([\w$]+)[^\w$]*$/.exec(name.slice(-300))?.[1] ?? name;
