import type { Place } from "#kernel";
import { isTestSide, type ChangedFile } from "#change";
import { ALL_GATES, defineCheck, type Facts } from "../../check.ts";

export const highNeedsTest = defineCheck({
  id: "risk/high-needs-test",
  asks: "Does a change to a high-risk area come with a new or changed test?",
  why: "Sign-in, payments and migrations break rarely and expensively; a test that moved with the code is the cheapest sign that somebody looked.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,

  *look({ change, intent }) {
    const tested = change.files.some((file) => isTestSide(file) && file.status !== "deleted" && file.added > 0);
    if (tested) return;
    for (const area of intent.areas.filter((candidate) => candidate.risk === "high")) {
      const touched = change.files.filter((file) => runsDifferently(file) && file.areas.includes(area.name));
      if (touched.length === 0) continue;
      const what = describe(touched);
      yield {
        answer: "broken",
        because: `${what} in the high-risk area ${area.name} changed and no test did.`,
        fix: `Add or change a test that would fail if ${what} misbehaved.`,
        places: touched.map(firstPlace),
        subject: `${area.name}\n${touched.map((file) => file.path).sort().join("\n")}`,
        ask: {
          to: ["author"],
          question: `Which test shows that ${area.name} still behaves?`,
          how: "Add the test to this change, or have an owner of the area waive this finding with the reason.",
        },
        details: { area: area.name, files: touched.map((file) => file.path) },
      };
    }
  },
});

const runsDifferently = (file: ChangedFile): boolean => file.kind === "source" && file.behaviour && file.status !== "deleted";

function describe(files: Facts["change"]["files"]): string {
  const names = files.flatMap((file) => file.symbols.map((symbol) => symbol.name));
  const [first] = files;
  if (names.length > 0 && names.length <= 2) return names.join(" and ");
  return files.length === 1 && first ? first.path : `${files.length} files`;
}

function firstPlace(file: ChangedFile): Place {
  const [hunk] = file.hunks;
  return hunk ? { file: file.path, line: Math.max(1, hunk.headStart), side: "head" } : { file: file.path, side: "head" };
}
