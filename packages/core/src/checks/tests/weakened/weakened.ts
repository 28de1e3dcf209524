import { compareSettings, compareSnapshots, compareTests, sourceFacts } from "#change";
import { ALL_GATES, defineCheck } from "../../check.ts";
import { settingPairs, settingTreeRequests, snapshotPairs, textRequests } from "./governing-files.ts";
import { tellEdits } from "./tell-edits.ts";
import { readPairs, treeRequests } from "../../test-trees.ts";

export const weakened = defineCheck({
  id: "tests/weakened",
  asks: "Do the changed tests still catch what they caught?",
  why: "The quickest way to green is a test that asks less: skipped, loosened, swallowed or gone. Nobody sees it in a long diff.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,

  reads: ({ change }) => textRequests(change),

  *parses({ change }, tree) {
    yield* settingTreeRequests(change);
    yield* treeRequests(change, tree);
  },

  *look(facts) {
    const { change, tree } = facts;
    const source = sourceFacts(change);
    const pairs = tree === undefined ? [] : readPairs(change, tree);
    const edits = [...compareTests({ files: pairs, source }), ...compareSettings(settingPairs(facts)), ...compareSnapshots(snapshotPairs(facts), source)];
    yield* tellEdits(edits);
    const tests = pairs.reduce((sum, { head }) => sum + (head?.parts.filter(({ kind }) => kind === "test").length ?? 0), 0);
    if (edits.length === 0 && tests > 0) yield { answer: "holds", because: `${tests} ${tests === 1 ? "test" : "tests"} in ${pairs.length} changed test ${pairs.length === 1 ? "file asks" : "files ask"} no less than before.`, subject: "weakened", details: { tests, files: pairs.length } };
  },
});
