import { describe, expect, test } from "vitest";
import type { TestCase, TestRun } from "../evidence.ts";
import { testKey } from "../proof/fold-side.ts";
import type { ProofLink } from "./proof-link.ts";
import { indexResults } from "./results.ts";
import type { StoryFacts } from "./trace.ts";
import { traceStories } from "./trace-stories.ts";

const REVISION = "a".repeat(64);
const story = (over: Partial<StoryFacts["criteria"][number]> = {}, id = "ST-a", file = `proofline/stories/${id}.md`): StoryFacts => ({ id, title: id, file, criteria: [{ id: "AC-1", state: "promised", sentence: "s", line: 9, revision: REVISION, tests: [], ...over }, { id: "AC-2", state: "planned", sentence: "s", line: 12, revision: REVISION, tests: [] }] });
const link = (over: Partial<ProofLink> = {}, name = "pays"): ProofLink => ({ ref: { story: "ST-a", criterion: "AC-1" }, by: "comment", at: 3, file: "a.test.ts", scope: "test", titles: ["cart", name], line: 4, ...over });
const ran = (outcome: TestCase["outcome"], over: Partial<TestCase> = {}, name = "pays"): TestCase => ({ id: { file: "a.test.ts", suite: ["cart"], name }, outcome, ...(outcome === "failed" && { failure: { kind: "assertion" as const, message: "expected 1 to be 2\nmore" } }), ...over });
const run = (...cases: readonly TestCase[]): TestRun => ({ kind: "test-run", source: "ran", subject: "head", digest: "sha256:0", origin: "vitest", tool: "vitest", cases, unloaded: [], complete: true });

const trace = (stories: readonly StoryFacts[], links: readonly ProofLink[], runs: readonly TestRun[] = [], flaky: readonly string[] = []) =>
  traceStories(stories, [{ name: "here", here: true, home: true, links, paths: new Set(["a.test.ts"]), results: indexResults(runs, new Map(flaky.map((key) => [key, { title: key, sightings: 1, passed: 1, failed: 1 }]))) }]);
const first = (...about: Parameters<typeof trace>) => trace(...about).stories[0]?.criteria[0];

describe("every state of a link, planted", () => {
  const states: readonly (readonly [string, Parameters<typeof trace>, string, string | undefined])[] = [
    ["verified", [[story()], [link()], [run(ran("passed"))]], "verified", undefined],
    ["not run", [[story()], [link()]], "not-run", "no result on this commit"],
    ["not run, though another test of the file did", [[story()], [link()], [run(ran("passed", {}, "other"))]], "not-run", "no result on this commit"],
    ["failing", [[story()], [link()], [run(ran("failed"))]], "failing", "expected 1 to be 2"],
    ["failing in one of two browsers", [[story()], [link()], [run(ran("passed"), ran("failed"))]], "failing", "expected 1 to be 2"],
    ["failing because its file did not load", [[story()], [link()], [{ ...run(), unloaded: [{ file: "a.test.ts", failure: { kind: "load", message: "no such module" } }] }]], "failing", "its file did not load: no such module"],
    ["skipped when it ran", [[story()], [link()], [run(ran("skipped"))]], "skipped", "it was skipped when the tests ran"],
    ["skipped by its own word", [[story()], [link({ skipped: true })]], "skipped", "the test says that it is not to run"],
    ["flaky: both answers", [[story()], [link()], [run(ran("passed")), run(ran("failed"))]], "flaky", "it passed and failed on the same code"],
    ["flaky: tried again", [[story()], [link()], [run(ran("passed", { retries: 1 }))]], "flaky", "it passed only when it was tried again"],
    ["flaky: known to be", [[story()], [link()], [run(ran("passed"))], [testKey({ file: "a.test.ts", suite: ["cart"], name: "pays" })]], "flaky", "it passed and failed on the same code before"],
    ["outdated: the story's record", [[story({ approved: "bbbbbbbbbbbb" })], [link()], [run(ran("passed"))]], "outdated", "the text changed since the link was approved at bbbbbbbbbbbb"],
    ["outdated: the link's own record", [[story({ approved: "aaaaaaaaaaaa" })], [link({ ref: { story: "ST-a", criterion: "AC-1", revision: "ccccccc" } })], [run(ran("passed"))]], "outdated", "the text changed since the link was approved at ccccccc"],
    ["failing comes before outdated", [[story({ approved: "bbbbbbbbbbbb" })], [link()], [run(ran("failed"))]], "failing", "expected 1 to be 2"],
    ["ambiguous: two tests of one name, one red", [[story()], [link({ twin: true })], [run(ran("passed"), ran("failed"))]], "ambiguous", "two tests of this file have the same titles, and one of them failed"],
  ];
  test.each(states)("%s", (_, about, state, because) => {
    expect(first(...about)?.links.map((one) => [one.state, one.because])).toEqual([[state, because]]);
    expect(first(...about)?.proof).toBe(state);
  });

  const loose: readonly (readonly [string, readonly StoryFacts[], readonly ProofLink[], string, string])[] = [
    ["orphaned: no such story", [story()], [link({ ref: { story: "ST-b", criterion: "AC-1" } })], "orphaned", "there is no story ST-b"],
    ["orphaned: no such criterion", [story()], [link({ ref: { story: "ST-a", criterion: "AC-9" } })], "orphaned", "ST-a has no AC-9"],
    ["orphaned: retired", [story({ state: "retired" })], [link()], "orphaned", "ST-a#AC-1 is retired"],
    ["orphaned: the story names a file that is gone", [story({ tests: ["gone.test.ts"] })], [], "orphaned", "proofline/stories/ST-a.md:9 names a file that is not there"],
    ["duplicate: said twice", [story()], [link(), link({ by: "annotation" })], "duplicate", "it says ST-a#AC-1 more than once"],
    ["ambiguous: which of its criteria?", [story()], [link({ ref: { story: "ST-a" } })], "ambiguous", "it names ST-a, not which of its 2 criteria"],
    ["ambiguous: the story stands twice", [story(), story({}, "ST-a", "proofline/stories/other.md")], [link()], "ambiguous", "ST-a stands in proofline/stories/ST-a.md and in proofline/stories/other.md"],
  ];
  test.each(loose)("%s", (_, stories, links, state, because) => {
    const found = trace(stories, links).loose;
    expect(found.map((one) => one.state)).toEqual([state]);
    expect(found[0]?.because).toContain(because);
  });

  test("unproven: no test names it", () => {
    expect(first([story()], [])).toMatchObject({ proof: "unproven", because: "no test names it" });
  });
});

describe("what counts as a proof", () => {
  test("one green test is enough beside one that did not run, and not beside a red one", () => {
    const links = [link(), link({}, "other")];
    expect(first([story()], links, [run(ran("passed"))])?.proof).toBe("verified");
    expect(first([story()], links, [run(ran("passed"), ran("failed", {}, "other"))])?.proof).toBe("failing");
  });

  test("a record of the present words changes nothing", () => {
    expect(first([story({ approved: "aaaaaaaaaaaa" })], [link()], [run(ran("passed"))])?.proof).toBe("verified");
  });

  test("a tag with the story alone is for choosing tests where the file names criteria", () => {
    const traced = trace([story()], [link(), link({ ref: { story: "ST-a" }, by: "tag", scope: "suite", titles: ["cart"] })]);
    expect(traced.loose).toEqual([]);
    expect(traced.stories[0]?.criteria[0]?.links).toHaveLength(1);
  });

  test("of a story with one criterion the story's name is enough", () => {
    const [single] = [story()].map((one) => ({ ...one, criteria: one.criteria.slice(0, 1) }));
    expect(first([single as StoryFacts], [link({ ref: { story: "ST-a" }, by: "tag" })])?.proof).toBe("not-run");
  });

  test("a file the story names proves by all of its tests, unless they name the criterion themselves", () => {
    const named = story({ tests: ["./a.test.ts"] });
    expect(first([named], [], [run(ran("passed"), ran("passed", {}, "other"))])).toMatchObject({ proof: "verified", links: [{ scope: "file", by: "story" }] });
    expect(first([named], [], [run(ran("passed"), ran("failed", {}, "other"))])?.proof).toBe("failing");
    expect(first([named], [link()], [run(ran("passed"), ran("failed", {}, "other"))])).toMatchObject({ proof: "verified", links: [{ scope: "test", by: "comment" }] });
  });

  test("rows of a table, and labels that only the report tells", () => {
    expect(first([story()], [link({ titles: ["cart", "adds %d"] })], [run(ran("passed", {}, "adds 1"), ran("passed", {}, "adds 2"))])?.proof).toBe("verified");
    expect(first([story()], [], [run(ran("passed", { labels: ["criterion=ST-a#AC-1"] }))])).toMatchObject({ proof: "verified", links: [{ by: "label", file: "a.test.ts" }] });
  });

  test("what could not start says nothing of a test", () => {
    const unready: TestRun = { ...run(), complete: false, cutBy: "setup", unloaded: [{ file: "a.test.ts", failure: { kind: "load", message: "no build" } }] };
    expect(first([story()], [link()], [unready])?.proof).toBe("not-run");
  });

  test("another repository's test is told with its name, and a story reaches into it by name", () => {
    const other = { name: "web", here: false, home: false, links: [link({ file: "w.test.ts" })], paths: new Set(["w.test.ts", "x.test.ts"]), results: indexResults([]) };
    const here = { name: "here", here: true, home: true, links: [], paths: new Set<string>(), results: indexResults([]) };
    const links = traceStories([story({ tests: ["web:x.test.ts"] })], [here, other]).stories[0]?.criteria[0]?.links;
    expect(links?.map(({ repository, file, state }) => [repository, file, state])).toEqual([["web", "w.test.ts", "not-run"], ["web", "x.test.ts", "not-run"]]);
  });

  test("only promises are counted", () => {
    expect(trace([story()], []).promised).toMatchObject({ unproven: 1, verified: 0 });
    expect(trace([story({ state: "planned" })], []).promised.unproven).toBe(0);
  });
});
