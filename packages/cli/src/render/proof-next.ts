import type { ProofRecord, RecordedTest } from "@proofline/core/operations";

/** What to do about a proof that shows nothing; undefined where it shows what is owed. Mirrors the order in which proofs are judged. */
export function nextAfter({ outcome, type, tests, selection }: ProofRecord): string | undefined {
  if (outcome === "proven" || outcome === "not owed") return undefined;
  if (outcome === "refuted") return type === "refactor" ? "keep the behaviour, or say what this is: --type fix or --type feature" : AFTER_GREEN[type];
  const green = tests.filter((test) => test.head === "green");
  if (tests.length === 0) return selection.length === 0 ? "name a test that shows it: proofline prove --test FILE" : "see what is found and started here: proofline doctor";
  if (green.length === 0) return afterHead(tests);
  const red = green.find((test) => test.red === "absent-before") ?? green.find((test) => test.base !== "green" && test.red !== undefined);
  if (red?.red !== undefined) return AFTER_RED[red.red];
  if (green.some((test) => test.base === "unstable")) return STEADY;
  return tests.some((test) => test.head !== "green") ? afterHead(tests.filter((test) => test.head !== "green")) : AFTER_GREEN[type];
}

const STEADY = "make that test stable: it has to say the same each time it runs on the same code";

/** With the change itself nothing is green, or not all of it. */
function afterHead(tests: readonly RecordedTest[]): string {
  if (tests.some((test) => test.head === "red")) return "make the tests pass with the change first";
  if (tests.some((test) => test.head === "unstable")) return STEADY;
  return "let the tests run here: what is skipped, or not taken by a runner, shows nothing";
}

const AFTER_GREEN: Readonly<Record<ProofRecord["type"], string>> = {
  fix: "add an assertion that is red on the code before: what did the bug get wrong? Or say what this is: --type refactor, --type feature",
  feature: "add a test that only the new behaviour passes, or say what this is: --type refactor",
  refactor: "say what this is: --type fix or --type feature",
  docs: "say what this is: --type fix or --type feature",
  chore: "say what this is: --type fix or --type feature",
};

const MISSING = "reach the bug through what was there before, so that the test is red by what the old code does; or, when this is new, --type feature";

const AFTER_RED: Readonly<Record<NonNullable<RecordedTest["red"]>, string>> = {
  assertion: "add an assertion that is red on the code before",
  "expected-error": "add an assertion that is red on the code before",
  "absent-before": MISSING,
  "load-error": MISSING,
  "missing-package": "install what the old code needs, then ask again",
  environment: "give the tests what they need (`tests.needs` in proofline.yaml), then ask again",
  timeout: "assert what comes instead of waiting for it; where the bug is a hang, say so in the commit message",
  crash: "see why the run broke off on the old code: --format json has the failure",
  "nothing-collected": "let the runner find the test on the old code as well, or name it: --test FILE::NAME",
  unknown: "let the test say why it is red: an assertion with both values",
};
