import type { RedKind } from "./evidence.ts";

/** What is known of a failure, in whichever words its runner used. */
export interface FailureFacts {
  readonly message: string;
  /** Class of what was thrown, or the type a report gives: `AssertionError`, `java.net.ConnectException`. */
  readonly type?: string;
  readonly code?: string;
  readonly stack?: string;
  /** What lay behind it, in words. */
  readonly cause?: string;
  /** The runner itself says that an expectation failed. */
  readonly expected?: boolean;
  /** The runner itself says how the test was ended. */
  readonly ended?: "timeout" | "crash";
  /** A test file was being loaded: nothing in it ran yet. */
  readonly loading?: boolean;
  /** Names of the repository's own packages: one of them missing is no missing installation. */
  readonly ownPackages?: ReadonlySet<string>;
}

/** Beyond this nothing about the cause is said; it also bounds what hostile text can cost. */
const READ = 4000;

/** The facts with colours taken out, cut to what is read. */
interface Told {
  readonly facts: FailureFacts;
  readonly code: string;
  readonly type: string;
  /** The message, or the stack when there is none. */
  readonly said: string;
  readonly stack: string;
  /** The class of what was thrown, by its last word. */
  readonly named: string;
  /** Everything said at once. */
  readonly about: string;
}

/** `absent`: something could not be found; whose it is decides between `load` and `missing-package`. */
type Ruling = RedKind | "absent";

/**
 * The first rule that holds decides. An expectation that says so by its type stands above words in a message, since a message
 * may quote anything; prose that only sounds like an expectation comes last.
 */
const RULES: readonly (readonly [Ruling, (told: Told) => boolean])[] = [
  ["timeout", ({ facts }) => facts.ended === "timeout"],
  ["crash", ({ facts }) => facts.ended === "crash"],
  ["unknown", ({ said, type, code }) => said === "" && type === "" && code === ""],
  ["absent", ({ said }) => LOADING.test(said)],
  ["assertion", (told) => isExpectation(told) && !passesOn(told)],
  ["timeout", ({ code, named, about }) => code === "ERR_MOCHA_TIMEOUT" || TIMEOUT_NAME.test(named) || TIMEOUT.test(about)],
  ["crash", ({ about }) => CRASH.test(about)],
  ["environment", ({ about }) => SURROUNDINGS.test(about)],
  ["load", ({ named, said, stack }) => SYNTAX_NAME.test(named) && LOADER_FRAME.test(`${said}\n${stack}`)],
  ["absent", ({ facts }) => missingName(facts) !== undefined],
  ["load", ({ facts }) => facts.loading === true],
  ["assertion", ({ said, stack }) => [said, withoutName(said), stack].some((text) => ASSERTION_TEXT.some((pattern) => pattern.test(text)))],
];

/**
 * Why a test is red, judged from what the runner wrote and nothing else. Linear in the text; at most 4,000 characters of each
 * field are read.
 */
export function classifyFailure(facts: FailureFacts): RedKind {
  const told = read(facts);
  const [ruling] = RULES.find(([, holds]) => holds(told)) ?? ["error"];
  if (ruling !== "absent") return ruling;
  return isForeignPackage(facts) ? "missing-package" : "load";
}

/** An expectation by its type, by its code, by the runner's word or by how it begins. */
const isExpectation = ({ facts, code, named, type, said }: Told): boolean =>
  facts.expected === true || code === "ERR_ASSERTION" || ASSERTION_NAME.test(named) || type.startsWith("Xunit.Sdk.") || EXPECTATION.test(withoutName(said));

/** An expectation that only tells what something else threw: that is why it is red. */
const passesOn = ({ facts, said, about }: Told): boolean => REJECTED.test(said) && (SURROUNDINGS.test(about) || missingName(facts) !== undefined);

function read(facts: FailureFacts): Told {
  const stack = plain(facts.stack ?? "");
  const said = plain(facts.message) || stack;
  const type = (facts.type ?? "").slice(0, 500);
  const code = (facts.code ?? "").slice(0, 200);
  return { facts, code, type, said, stack, named: lastName(type) || leadingName(said), about: `${code} ${type} ${said} ${plain(facts.cause ?? "")}` };
}

/** The module, file or exported symbol whose absence a failure complains about. */
export function missingName(facts: FailureFacts): string | undefined {
  return firstGroup(MISSING_MODULE, facts) ?? firstGroup(MISSING_SYMBOL, facts);
}

function firstGroup(patterns: readonly RegExp[], { type = "", message, stack = "", cause = "" }: FailureFacts): string | undefined {
  const said = `${type.slice(0, 500)}: ${plain(message) || plain(stack)}\n${plain(cause)}`;
  for (const pattern of patterns) {
    const name = pattern.exec(said)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

const MISSING_MODULE = [
  /Cannot find (?:module|package) ['"]([^'"\n]{1,500})['"]/,
  /Failed to resolve (?:import|entry for package) ["']([^"'\n]{1,500})["']/,
  /Failed to load url (\S{1,500}) \(resolved id/,
  /Could not resolve ["']([^"'\n]{1,500})["']/,
  /No module named ['"]?([\w.]{1,500})/,
  /cannot load such file -- (\S{1,500})/,
  /no required module provides package ([^\s;:]{1,500})/,
  /(?:ClassNotFoundException|NoClassDefFoundError): ([\w.$/]{1,500})/,
];

const MISSING_SYMBOL = [
  /does not provide an export named ['"]([^'"\n]{1,500})['"]/,
  /Named export ['"]([^'"\n]{1,500})['"] not found/,
  /cannot import name ['"]([^'"\n]{1,500})['"]/,
];

/** A name without path or known local shape: somebody else's package. A dotted Python or Java name has an owner that did load. */
function isForeignPackage(facts: FailureFacts): boolean {
  const name = firstGroup(MISSING_MODULE, facts);
  const owner = name?.split("/").slice(0, name.startsWith("@") ? 2 : 1).join("/");
  if (owner !== undefined && facts.ownPackages?.has(owner)) return false;
  if (name === undefined || /^(?:\.{0,2}\/|[A-Za-z]:[\\/]|file:|node:|#|~|@\/)/.test(name)) return false;
  if (/^[\w-]+(?:\.[\w-]+)*\.[a-z][\w-]*\//.test(name)) return true; // a Go import path starts with a host name
  if (/\.[cm]?[jt]sx?$/.test(name) && name.includes("/") && !name.startsWith("@")) return false;
  if (name.includes("/") && !name.startsWith("@") && facts.type?.endsWith("NoClassDefFoundError")) return false;
  return /^(?:@[\w.-]+\/)?[a-z0-9_][\w-]*(?:\.js)?(?:\/[\w./-]*)?$/.test(name);
}

const REJECTED = /promise rejected with|received promise rejected|received function threw|error thrown in test/i;

const LOADING = /^\s*(?:collection failure|Test suite failed to run|ImportError while importing test module)|failed on setup with "(?:Module|Import)/;

const ASSERTION_NAME =
  /^(?:AssertionError|AssertionFailedError|JestAssertionError|ExpectationFailed(?:Exception|Error)?|ExpectationNotMetError|ExpectationError|Assertion|AssertionException|AssertFailedException|AssertionFailedException|PhptAssertionFailedError|MultipleFailuresError|ComparisonFailure|ArrayComparisonFailure|TestAssertionException|MockitoAssertionError|WantedButNotInvoked|ArgumentsAreDifferent|TooManyActualInvocations|TooFewActualInvocations|NeverWantedButInvoked|NoInteractionsWanted|ShouldAssertException|XunitException|TestFailedException)$/;

const EXPECTATION = /^\s*(?:expect\(|expect\.|assert(?:\.\w{1,40}){0,3}\(|Timed out \d+ms waiting for expect\()/;

const TIMEOUT_NAME = /^(?:TimeoutError|TimeoutException|TestTimedOutException|TestTimeoutError|testTimeoutFailure)$/;

const TIMEOUT =
  /\b(?:Test|Hook|beforeEach|afterEach|beforeAll|afterAll|test) timed out (?:in|after) \d|Exceeded timeout of [\d_]+ ?ms|\bTimeout of \d+ ?ms exceeded|[Tt]est timeout of \d+ ?ms exceeded|Async (?:function did not complete|callback was not invoked) within |Failed: Timeout \(?>|testTimeoutFailure|^\s*test timeout\b|\bTest timeout exceeded|\btimed out after \d+ ?ms\b/;

const CRASH =
  /\b(?:SIGSEGV|SIGABRT|SIGBUS|SIGILL|SIGKILL)\b|[Ss]egmentation fault|The forked VM terminated|worker '\w+' crashed|Jest worker encountered \d+ child process exceptions|Worker (?:terminated|exited unexpectedly)|Test process crashed|ERR_WORKER_OUT_OF_MEMORY|Channel closed/;

const SURROUNDINGS =
  /\b(?:EADDRINUSE|EADDRNOTAVAIL|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EMFILE|ENFILE|ENOSPC|ENOMEM|ERR_DLOPEN_FAILED|ConnectException|UnknownHostException|NoRouteToHostException|ConnectionRefusedError|gaierror)\b|[Cc]onnection refused|Name or service not known|[Tt]emporary failure in name resolution|dial tcp [^\n]{1,200}no such host|[Aa]ddress already in use|No space left on device|Too many open files|Executable doesn't exist at|JavaScript heap out of memory|Could not find (?:browser|a valid Docker environment)|Failed to launch the browser|Cannot connect to the Docker daemon|error while loading shared libraries/;

const SYNTAX_NAME = /^(?:SyntaxError|TSError|RollupError)$/;

const LOADER_FRAME =
  /\b(?:ModuleJob|ModuleLoader|wrapSafe|compileSourceTextModule|compileForInternalLoader|Module\._compile|ModuleWrap)\b|Unable to compile TypeScript|Failed to parse source/;

/** Words of writers that give no type. Looked at last, since prose may quote them. */
const ASSERTION_TEXT = [
  /^\s*(?:AssertionError|AssertionFailedError|AssertionException)\b/m,
  /^(?:E\s+)?assert [^\n]/m,
  /^\s*Failed: (?:DID NOT|Unexpected)/,
  /\bFailed asserting that\b/,
  /\bAssert\.\w+\(\) Failure/,
  /assertion (?:`[^`\n]{1,200}` )?failed\b/i,
  /^\s*[\w./-]{1,300}_test\.go:\d+: /m,
  /\bError Trace:/,
  /^\s*Failed test\b/m,
  /\bXCTAssert\w* failed/,
  /^\s*(?:REQUIRE|CHECK|EXPECT|ASSERT)\w*\s*\(/m,
  /\bExpected equality of these values/,
  /\bexpected\b[^\n]{0,500}\b(?:but|was|got|received|actual|found|to (?:be|equal|contain|have|match|deep|throw|include|not))\b/i,
  /^\s*Expected:? [^\n]{0,500}\n\s*(?:Received|Actual|Which is|but|Got)/im,
  /: error: (?:check|require|assert)\w*\(|\berror: condition was false/,
];

/** `java.lang.AssertionError` and `PHPUnit\Framework\ExpectationFailedException` are known by their last word. */
const lastName = (type: string): string => /([A-Za-z_]\w*)(?: \[\w+\])?\s*$/.exec(type)?.[1] ?? "";

/** The class a message starts with: `AssertionError [ERR_ASSERTION]: …`, `java.lang.AssertionError: …`. */
const leadingName = (said: string): string =>
  /^\s*(?:Uncaught )?(?:[A-Za-z_][\w]*[.\\:]{1,2}){0,12}([A-Za-z_]\w*)(?: \[\w+\])?(?:: |:?$|:?\n)/.exec(said.slice(0, 600))?.[1] ?? "";

const withoutName = (said: string): string => said.replace(/^\s*(?:Uncaught )?[A-Za-z_][\w.]{0,200}(?: \[\w+\])?: /, "");

function plain(text: string): string {
  return text
    .slice(0, READ)
    .replace(/\u001b\[[0-9;]{0,40}[A-Za-z]/g, "")
    .trim();
}
