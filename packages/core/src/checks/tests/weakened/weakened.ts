import type { Observation } from "#kernel";
import { compareSettings, compareSnapshots, compareTests, looksRound, sourceFacts, type Change, type TestFilePair } from "#change";
import { ALL_GATES, defineCheck, type Facts } from "../../check.ts";
import { withExecutedFacts } from "../executed-fact.ts";
import { holdsTestsIn, settingPairs, settingTreeRequests, snapshotPairs, textRequests } from "./governing-files.ts";
import { renamedAway, sightTextRequests, sightTreeRequests } from "./renamed-away.ts";
import { tellEdits } from "./tell-edits.ts";
import { readPairs, treeRequests, uncomparedTests } from "../../test-trees.ts";

export const weakened = defineCheck({
  id: "tests/weakened",
  asks: "Do the changed tests still catch what they caught?",
  why: "The quickest way to green is a test that asks less: skipped, loosened, swallowed or gone. Nobody sees it in a long diff.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,

  reads: ({ change }) => [...textRequests(change), ...sightTextRequests(change)],

  *parses({ change }, tree) {
    yield* settingTreeRequests(change, tree);
    yield* sightTreeRequests(change);
    yield* treeRequests(change, tree);
  },

  doubts: ({ details }) => looksRound(String(details?.["kind"])),

  *look(facts) {
    const { change, tree } = facts;
    const source = sourceFacts(change);
    const pairs = tree === undefined ? [] : readPairs(change, tree);
    const edits = [...compareTests({ files: pairs, source }), ...compareSettings(settingPairs(facts), holdsTestsIn(tree), earlierName(change)), ...compareSnapshots(snapshotPairs(facts), source), ...renamedAway(facts, pairs)];
    yield* withExecutedFacts("tests/weakened", tellEdits(edits), facts.evidence);
    const left = [...uncompared(facts)];
    yield* left;
    if (edits.length === 0 && left.length === 0) yield* asksNoLess(pairs);
  },
});

/** Tests that did not change may not have been read: then they are not counted either. */
function* asksNoLess(pairs: readonly TestFilePair[]): Generator<Observation> {
  const tests = pairs.reduce((sum, { head }) => sum + (head?.parts.filter(({ kind }) => kind === "test").length ?? 0), 0);
  if (tests === 0) return;
  const all = !pairs.some(({ head }) => head?.partial === true);
  const files = `${pairs.length} changed test ${pairs.length === 1 ? "file" : "files"}`;
  const because = all ? `${tests} ${tests === 1 ? "test" : "tests"} in ${files} ${tests === 1 ? "asks" : "ask"} no less than before.` : `What changed in ${files} asks no less than before.`;
  yield { answer: "holds", because, subject: "weakened", details: { ...(all && { tests }), files: pairs.length } };
}

/** What a renamed file was called; one that was written anew in the place of the only deleted one of its folder is the same for this. */
const earlierName = ({ files }: Pick<Change, "files">) => {
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
  return (path: string): string => {
    const file = files.find((one) => one.path === path);
    if (file === undefined || file.status !== "added") return file?.basePath ?? path;
    const deleted = files.filter((one) => one.status === "deleted" && one.kind === file.kind && folderOf(one.path) === folderOf(path));
    return deleted.length === 1 && deleted[0] !== undefined ? deleted[0].path : path;
  };
};

/** Named files of one finding. */
const MOST_NAMED = 12;

/** What was not compared is not known to be as strict as before. */
function* uncompared({ change, tree }: Facts): Generator<Observation> {
  const files = tree === undefined ? [] : uncomparedTests(change, tree);
  const [first] = files;
  if (first === undefined) return;
  const more = files.length > 1 ? `, and ${files.length - 1} more changed test ${files.length === 2 ? "file was" : "files were"} not compared` : "";
  yield {
    answer: "unknown",
    because: `Nobody knows whether ${first.file} still asks as much: it ${first.why}${more}.`,
    fix: "Change fewer tests at once, or split the file; or have an owner look at them and waive this.",
    places: files.slice(0, MOST_NAMED).map(({ file }) => ({ file, side: "head" as const })),
    subject: `uncompared ${files.map(({ file }) => file).sort().join("\n").slice(0, 20_000)}`,
    ask: { to: ["author"], question: "Do these tests still catch what they caught?", how: "Split the change so that they can be compared, or have an owner waive this finding with the reason." },
    details: { kind: "uncompared", files: files.length },
  };
}
