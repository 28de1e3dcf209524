import { fileKind, isTestSide, type Change, type Repository } from "#change";
import { newNames, type RedContext } from "#evidence";
import { versionSteps } from "./version-marks.ts";

/** A changed file larger than this is no source that people write; its names are not read. */
const LARGEST = 1_000_000;

/** What a red test is judged against: the names this change adds, and the head's test lines. */
export async function redContext(change: Change, testFiles: readonly string[], repository: Pick<Repository, "readFiles">): Promise<RedContext> {
  const sources = change.files.filter((file) => !isTestSide(file) && file.status !== "added").map((file) => file.basePath ?? file.path);
  const [before, tests] = await Promise.all([repository.readFiles(change.mergeBaseTree, sources), repository.readFiles(change.headTree, testFiles)]);
  const texts = [...before.values()].flatMap(({ text }) => (text === undefined || text.length > LARGEST ? [] : [text]));
  return {
    names: newNames(change.files, texts),
    versions: versionSteps(change),
    isTestSide: (path) => isTestSide({ kind: fileKind(path) }),
    lineAt: (file, line) => tests.get(file)?.text?.split("\n", line)[line - 1],
    brings: ({ file, name }) => name !== "" && change.files.some((one) => one.path === file && one.hunks.some((hunk) => hunk.lines.some(({ op, text }) => op === "+" && text.includes(name) && !NEVER_RUNS.test(text.slice(0, text.indexOf(name)))))),
    declaresTests: (file) => declaresTests(tests.get(file)?.text ?? ""),
  };
}

/** A test that is skipped wherever it is, in the words of JavaScript's runners: it shows nothing anywhere. One that is skipped on a condition may. */
const NEVER_RUNS = /\b(?:x(?:it|test|describe|specify)|(?:it|test|describe|suite|context|specify|scenario)(?:\.\w{1,20}){0,2}\.(?:skip|todo))\s?\(/;

/** True for a text that writes down tests, and does not only help them. */
export const declaresTests = (text: string): boolean => DECLARES.test(text.slice(0, LARGEST));

/** Words that write down a test, in the languages and runners people use. */
const DECLARES = /\b(?:test|it|describe|suite|scenario|fixture)(?:\.\w{1,20}){0,3}\s?[(`]|\bdef test_|\bfunc Test[A-Z_]|@Test\b|#\[(?:\w{1,20}::)?test\]|^\s*Scenario(?: Outline)?:|\bexpect(?:Type|Error|Assignable)\w{0,20}[<(]/m;
