import type { Place } from "#kernel";
import { bringsTest, goesUntested, isComponent, isTestSide, onlyLogs, testPractices, type ChangedFile, type TestPractice } from "#change";
import { ALL_GATES, defineCheck, type Facts, type StaticFacts } from "../../check.ts";

export const highNeedsTest = defineCheck({
  id: "risk/high-needs-test",
  asks: "Does a change to a high-risk area come with a new or changed test?",
  why: "Sign-in, payments and migrations break rarely and expensively; a test that moved with the code is the cheapest sign that somebody looked.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,
  options: { migrations: { type: "boolean", default: false, says: "Ask the same of database migrations: they belong to the built-in area `migration`, whose risk is high." } },

  recalls: (facts) => onlyGuessedComponents(touchedOf(facts), facts),

  *look({ earlier = [], ...facts }) {
    const high = highAreas(facts);
    const touched = touchedOf(facts);
    if (touched.length === 0) return;
    const removed = touched.every((file) => file.status === "deleted");
    // The page of a payment is drawn by code like every other page's; where nobody tests such code, the built-in areas' guess is no reason to start here.
    const practiceOf = testPractices(earlier);
    const drawn = onlyGuessedComponents(touched, facts) && touched.every((file) => isUntested(practiceOf(file.path)));
    const areas = high.filter((area) => touched.some((file) => file.areas.includes(area)));
    const what = describe(touched);
    yield {
      answer: "broken",
      because: `${what} in the high-risk ${areas.length === 1 ? "area" : "areas"} ${areas.join(", ")} ${removed ? (touched.length === 1 ? "was removed and no test changed" : "were removed and no test changed") : "changed and no test did"}.`,
      fix: removed ? `Remove or change the tests that spoke of ${what}, or add one that shows what happens now.` : `Add or change a test that would fail if ${what} misbehaved.`,
      places: touched.map(firstPlace),
      subject: `${areas.join(", ")}\n${touched.map((file) => file.path).sort().join("\n")}`,
      ...(drawn
        ? { effect: "note" as const }
        : {
            ask: {
              to: ["author"],
              question: `Which test shows that ${areas.join(" and ")} still ${areas.length === 1 ? "behaves" : "behave"}?`,
              how: "Add the test to this change, or have an owner of the area waive this finding with the reason.",
            },
          }),
      details: { areas, files: touched.map((file) => file.path) },
    };
  },
});

const highAreas = ({ intent }: Pick<StaticFacts, "intent">): readonly string[] => intent.areas.filter((area) => area.risk === "high").map((area) => area.name);

/** Files of high-risk areas that owe a test, when no test came with the change. */
function touchedOf(facts: StaticFacts): readonly ChangedFile[] {
  const { change, options } = facts;
  if (change.files.some(bringsTest)) return [];
  // What is taken away takes its tests along: any touched test shows that somebody looked.
  const looked = change.files.some(isTestSide);
  const high = highAreas(facts);
  const owes = (file: ChangedFile): boolean => file.behaviour && !onlyLogs(file) && (file.kind === "source" || (file.kind === "migration" && options["migrations"] === true)) && (file.status !== "deleted" || !looked);
  return change.files.filter((file) => owes(file) && file.areas.some((area) => high.includes(area)));
}

/** Parts of pages, in areas that nobody declared. */
function onlyGuessedComponents(touched: readonly ChangedFile[], { intent }: Pick<StaticFacts, "intent">): boolean {
  const declared = new Set(intent.areas.filter((area) => area.risk === "high" && area.declared).map((area) => area.name));
  return touched.length > 0 && touched.every((file) => isComponent(file.path) && !file.areas.some((area) => declared.has(area)));
}

const isUntested = (practice: TestPractice | undefined): boolean => practice !== undefined && goesUntested(practice);

function describe(files: Facts["change"]["files"]): string {
  const names = files.filter((file) => file.status !== "deleted").flatMap((file) => file.symbols.map((symbol) => symbol.name));
  const [first] = files;
  if (names.length > 0 && names.length <= 2) return names.join(" and ");
  return files.length === 1 && first ? first.path : `${files.length} files`;
}

function firstPlace(file: ChangedFile): Place {
  const [hunk] = file.hunks;
  if (file.status === "deleted") return { file: file.path, side: "base" };
  return hunk ? { file: file.path, line: Math.max(1, hunk.headStart), side: "head" } : { file: file.path, side: "head" };
}
