import { expect, test } from "vitest";
import type { Change } from "#change";
import type { Rules } from "../assess-change/read-rules.ts";
import type { CoverageInput, CoveragePorts } from "./coverage-ports.ts";
import { gatherCoverage } from "./gather-coverage.ts";

const KEPT = { kind: "coverage", format: "istanbul", source: "ran", subject: "tree", digest: "sha256:0", origin: "the suite, run here (vitest), as an earlier run on the same tree saw it", files: [["src/a.ts", [[1, 2]], []]] };
const rules = { config: { tests: [] } } as unknown as Rules;
const input = { evidence: [], run: false } as unknown as CoverageInput;

/** A memory that answers for one tree alone. */
function ports(): CoveragePorts {
  const answer = (question: string): Promise<unknown> => Promise.resolve(question.startsWith("coverage/1 known ") ? KEPT : undefined);
  return { executor: { detect: () => Promise.resolve([]) }, code: { answer } } as unknown as CoveragePorts;
}

test("what the whole suite reached on this very tree is remembered; of another tree nothing is", async () => {
  const of = async (headTree: string) => (await gatherCoverage(input, { headTree } as Change, rules, ports())).reports.map(({ coverage }) => [coverage.origin, coverage.files.get("src/a.ts")?.lines.get(1)]);
  expect(await of("known")).toEqual([[KEPT.origin, 2]]);
  expect(await of("other")).toEqual([]);
});
