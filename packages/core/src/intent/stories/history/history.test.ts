import { expect, test } from "vitest";
import { causesOf } from "./causes.ts";
import type { BehaviourNews } from "./compare-versions.ts";
import { historyOf, type HistoryEntry } from "./history.ts";

const entry = (commit: string, ...news: readonly (Partial<BehaviourNews> & { readonly story: string })[]): HistoryEntry => ({
  commit, by: { name: "Ada", email: "ada@example.org" }, agents: [], authoredAt: "", committedAt: "", subject: "", because: { issues: [], incidents: [] }, merge: false, signed: [],
  news: news.map((one) => ({ kinds: ["changed"], proofs: [], ...one })),
}); // prettier-ignore
const told = (entries: readonly HistoryEntry[], ...names: readonly string[]) => historyOf(entries, names).map(({ commit, news }) => `${commit} ${news.map(({ story, criterion }) => criterion ?? story).join(" ")}`);

const LIFE = [
  entry("5", { story: "ST-b", criterion: "AC-1" }, { story: "ST-b", criterion: "AC-2" }),
  entry("4", { story: "ST-b", kinds: ["renamed"], from: "ST-a" }, { story: "ST-b", criterion: "AC-1", kinds: [], from: "ST-a#AC-1" }, { story: "ST-b", criterion: "AC-2", kinds: [], from: "ST-a#AC-2" }),
  entry("3", { story: "ST-a", criterion: "AC-1", kinds: ["moved"], from: "ST-x#AC-7" }),
  entry("2", { story: "ST-a", criterion: "AC-1" }, { story: "ST-x", criterion: "AC-7" }),
  entry("1", { story: "ST-x", criterion: "AC-7", kinds: ["added"] }, { story: "ST-x", criterion: "AC-8", kinds: ["added"] }, { story: "ST-a", criterion: "AC-2", kinds: ["added"] }),
];

test("a criterion is followed through the names it had, and nothing else is", () => {
  expect(told(LIFE, "ST-b#AC-1")).toEqual(["5 AC-1", "4 ST-b", "3 AC-1", "2 AC-7", "1 AC-7"]);
  expect(told(LIFE, "st-b#ac-2")).toEqual(["5 AC-2", "4 ST-b", "1 AC-2"]);
});

test("a story is followed, with the criteria that came to it", () => {
  expect(told(LIFE, "ST-b")).toEqual(["5 AC-1 AC-2", "4 ST-b", "3 AC-1", "2 AC-1 AC-7", "1 AC-7 AC-2"]);
  expect(told(LIFE)).toHaveLength(5);
  expect(told(LIFE, "ST-nobody")).toEqual([]);
});

const NONE = { issues: [], incidents: [] };
test.each([
  ["feat: keep the cart (#12)", [], { changeType: "feat", request: "#12", ...NONE }],
  ["Merge pull request #7 from ada/x\n\nKeep the cart", [], { request: "#7", ...NONE }],
  ["Merge branch 'x' into 'main'\n\nSee merge request acme/shop!34", [], { request: "!34", ...NONE }],
  ["Keep it\n\nFixes #3, closes SHOP-9", [{ key: "Incident", value: "INC-7" }, { key: "Change-Type", value: "fix" }], { changeType: "fix", issues: ["#3", "SHOP-9"], incidents: ["INC-7"] }],
  ["Speak of #4 and of UTF-8", [], NONE],
  ["", [], NONE],
])("%j", (message, trailers, causes) => expect(causesOf({ message, trailers })).toEqual(causes));
