import { expect, test } from "vitest";
import { yamlParser } from "../../adapters/stories/index.ts";
import { journeyJudges, type TestRun } from "#evidence";
import { journeyLibrary, storyLibrary } from "#intent";
import { journeysAt } from "./journeys-at.ts";
import { playwrightSetups } from "./playwright-setups.ts";
import { walk, type WalkRequest } from "./walk.ts";
import { walkedJourneys } from "./walked-journeys.ts";

const JOURNEY = "---\nid: JN-buy\ntitle: Buy\nuser: guest\nimpact: 9\nwhy: money\nstories: [ST-cart, ST-gone]\ntests: [e2e/buy.spec.ts]\n---\n";
const STORY = "---\nid: ST-cart\ntitle: Cart\narea: checkout\ntargets: [src/cart/**]\n---\n";

async function read(files: Readonly<Record<string, string>>) {
  const [journeys, stories] = await Promise.all([journeyLibrary(), storyLibrary()]);
  const entries = Object.keys(files).map((path) => ({ path, mode: "100644", blob: path }));
  return journeysAt(entries, { journeys, stories, yaml: yamlParser }, { readBlobs: async (blobs) => new Map(blobs.map((blob) => [blob, { blob, bytes: 1, text: files[blob] ?? "" }])) });
}

test("of the stories a journey names, those that are there tell their code", async () => {
  const { journeys, stories, problems } = await read({ "proofline/journeys/JN-buy.md": JOURNEY, "proofline/stories/ST-cart.md": STORY, "proofline/stories/ST-other.md": STORY });
  expect([journeys.length, problems]).toEqual([1, []]);
  expect(stories).toEqual([{ id: "ST-cart", file: "proofline/stories/ST-cart.md", area: "checkout", targets: ["src/cart/**"] }]);
});

test("one id in two files is told, at the second", async () => {
  const { problems } = await read({ "proofline/journeys/JN-buy.md": JOURNEY, "proofline/journeys/JN-buy.yaml": "id: JN-buy\ntitle: Buy\nuser: guest\nimpact: 9\nwhy: money\n" });
  expect(problems).toMatchObject([{ code: "id-twice", file: "proofline/journeys/JN-buy.yaml", line: 1 }]);
});

test("Playwright runs the files whose settings stand in their folder or above; the others are somebody else's", () => {
  const paths = ["shop/playwright.config.js", "shop/e2e/a.spec.js", "admin/web/playwright.config.mts", "admin/web/e2e/deep/b.spec.ts", "api/c.test.ts", "my-playwright.config.js/x"];
  expect(playwrightSetups(["shop/e2e/a.spec.js", "admin/web/e2e/deep/b.spec.ts", "api/c.test.ts"], paths)).toMatchObject({ setups: [{ packageDir: "shop" }, { packageDir: "admin/web" }], others: ["api/c.test.ts"] });
  expect(playwrightSetups(["e2e/a.spec.js"], ["playwright.config.ts"]).setups).toMatchObject([{ runner: "playwright", packageDir: "." }]);
});

const REQUEST: WalkRequest = { tree: "t", files: ["e2e/buy.spec.ts"], paths: ["e2e/buy.spec.ts"], declared: [], isolation: "ordinary", budgetMs: 1, keep: true };
const nothing = { outcomes: { outcomes: async () => [], keepOutcomes: async () => {} }, progress: { says: () => {}, done: () => {} }, signal: new AbortController().signal };

test("where nothing runs the tests, nothing is opened and it is said", async () => {
  let opened = 0;
  const evidence = { open: async () => void (opened += 1) as undefined, took: async () => new Map<string, number>() };
  const walked = await walk(REQUEST, { ...nothing, evidence, executor: { detect: async () => [], run: async () => [] } });
  expect([walked.runs, opened]).toEqual([[], 0]);
  expect(walked.notes[0]).toContain("no playwright.config stands in its folder");
});

test("a run that never started leaves its journeys not run, with the reason", async () => {
  const run: TestRun = { kind: "test-run", source: "ran", subject: "t", digest: "d", origin: "playwright", tool: "playwright", cases: [], unloaded: [], complete: false, cutBy: "setup", because: "@playwright/test is not installed" };
  const evidence = { open: async () => undefined, took: async () => new Map<string, number>() };
  const walked = await walk({ ...REQUEST, paths: [...REQUEST.paths, "playwright.config.ts"] }, { ...nothing, evidence, executor: { detect: async () => [], run: async () => [run] } });
  expect(walked.notes).toEqual(["playwright: nothing could start: @playwright/test is not installed"]);
  const { journeys } = await read({ "proofline/journeys/JN-buy.md": JOURNEY });
  const chosen = journeys.map((journey) => ({ journey, because: "asked" }));
  expect(walkedJourneys({ chosen, left: [] }, { runs: walked.runs, paths: new Set(REQUEST.paths), shown: undefined, judges: await journeyJudges() })).toMatchObject([{ id: "JN-buy", state: "not-run", because: "@playwright/test is not installed", tests: [] }]);
});
