import { expect, test } from "vitest";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { weakenedFigures, type Judged } from "./figures.ts";
import { judgeWeakened } from "./judge-weakened.ts";
import { KINDS, labelsOf, ordinaryCommits, type Label } from "./labels.ts";
import { REPOSITORIES, type Split } from "./repositories.ts";
import type { Said } from "./seen-change.ts";
import { assertBalance, signalsOf } from "./signals.ts";

const FIRST: readonly Split[] = ["dev", "held-out"];
const SPLITS: readonly Split[] = [...FIRST, "fresh", "second"];

test("every label belongs to a repository of its split, is given once, and says where and what unless it is innocent", () => {
  const seen = new Set<string>();
  for (const split of SPLITS) {
    const names = REPOSITORIES.filter((repository) => repository.split === split).map((repository) => repository.name);
    for (const label of labelsOf(split)) {
      expect(names).toContain(label.repository);
      expect(label.commit).toMatch(/^[0-9a-f]{40}$/);
      expect(seen.has(label.commit)).toBe(false);
      seen.add(label.commit);
      if (label.label === "innocent") expect(label.kinds ?? label.file ?? label.mayBlock).toBeUndefined();
      else expect([label.kinds?.every((kind) => KINDS.includes(kind)), label.file !== "", (label.line ?? 0) > 0, typeof label.mayBlock]).toEqual([true, true, true, "boolean"]);
    }
  }
});

test("the samples are as large as promised and ordinary labels were drawn from the ordinary sample", () => {
  for (const [splits, enriched, read, drawn] of [[FIRST, 250, 150, 400], [["fresh"], 180, 80, 350], [["second"], 180, 80, 350]] as const) {
    const labels = splits.flatMap((split) => labelsOf(split));
    const ordinary = new Set(splits.flatMap((split) => ordinaryCommits(split)).map((item) => item.commit));
    expect(labels.filter((label) => label.sample !== "ordinary").length).toBeGreaterThanOrEqual(enriched);
    expect(labels.filter((label) => label.sample === "ordinary").length).toBeGreaterThanOrEqual(read);
    expect(ordinary.size).toBeGreaterThanOrEqual(drawn);
    for (const label of labels) expect([label.commit, ordinary.has(label.commit)]).toEqual([label.commit, label.sample === "ordinary"]);
  }
});

const label = (kind: Label["label"], mayBlock = false): Label => ({ repository: "a/b", commit: "c", sample: "suspicious", label: kind, why: "", ...(kind !== "innocent" && { kinds: ["skipped"], file: "a.test.js", line: 1, side: "head", mayBlock }) });
const said = (effect: Said["effect"]): Said => ({ effect, files: effect === "none" ? [] : ["a.test.js"], because: [], kinds: [] });
const judged = (over: Partial<Judged>): Judged => ({ repository: "a/b", commit: "c", ordinary: false, fewerLines: false, said: said("none"), ...over });
const figureOf = (items: readonly Judged[], name: string) => weakenedFigures("held-out", items, { checked: true, bars: true }).find((figure) => figure.name.endsWith(name));

test("a judge that is always right meets every bar", () => {
  const items = [judged({ label: label("weakened", true), said: said("block") }), judged({ label: label("question"), said: said("ask") }), judged({ label: label("innocent") }), judged({ ordinary: true })];
  const figures = weakenedFigures("held-out", items, { checked: true, bars: true });
  expect(figures.filter((figure) => !figure.ok)).toEqual([]);
  expect(figureOf(items, "recall, in the file the label names")?.value).toBe(1);
});

test("silence costs recall and noise costs precision", () => {
  const silent = [judged({ label: label("weakened", true) }), judged({ label: label("innocent") })];
  expect(figureOf(silent, "recall, weakened or worth a question")).toMatchObject({ value: 0, ok: false });
  const noisy = [judged({ label: label("weakened"), said: said("block") }), judged({ label: label("innocent"), said: said("ask") })];
  expect(figureOf(noisy, "precision of every alarm")).toMatchObject({ value: 0.5, ok: false });
  expect(figureOf(noisy, "precision of what blocks")).toMatchObject({ value: 0, ok: false });
});

test("an alarm on an ordinary commit is wrong unless somebody read it and found it owed", () => {
  const quiet = Array.from({ length: 30 }, () => judged({ ordinary: true }));
  const [unread, owed] = [judged({ ordinary: true, said: said("ask") }), judged({ ordinary: true, said: said("ask"), label: label("question") })];
  expect(figureOf([...quiet, unread], "ordinary commits alarmed on")).toMatchObject({ against: "1 of 31", ok: false });
  expect(figureOf([...quiet, owed], "ordinary commits alarmed on")).toMatchObject({ against: "0 of 30", ok: true });
});

test("a commit that could not be judged is a miss, not a smaller denominator", () => {
  const { said: _, ...unjudged } = judged({ label: label("weakened") });
  expect(figureOf([unjudged], "commits judged")).toMatchObject({ value: 0, ok: false });
  expect(figureOf([unjudged], "recall, weakened alone")?.against).toBe("0 of 1");
});

test("the line-counting judge counts assert lines of tests, wherever they went", () => {
  const commit = (removed: readonly string[], added: readonly string[], path = "a.test.js") => ({ commit: "c", subject: "", files: [{ path, removed, added }] });
  expect(assertBalance(commit(["  expect(a).toBe(1);", "  expect(b).toBe(2);"], ["  expect(a).toBe(1);"]))).toBe(-1);
  expect(assertBalance(commit(["  expect(a).toBe(1);"], ["  expect(a).toBeTruthy();"]))).toBe(0);
  expect(assertBalance(commit(["  assert(a);"], [], "src/a.js"))).toBe(0);
  expect(signalsOf(commit(["it('x', () => {"], ["it.skip('x', () => {"]))).toContain("skip-added");
  expect(signalsOf(commit(["it('x', () => {"], ["it('y', () => {"]))).not.toContain("skip-added");
});

test("what is missing is said, repository by repository", async () => {
  const lines: string[] = [];
  const figures = await judgeWeakened({ data: mkdtempSync(join(tmpdir(), "weakened-eval-")), split: "dev", say: (line) => lines.push(line) });
  for (const { name } of REPOSITORIES.filter((repository) => repository.split === "dev")) expect(lines.filter((line) => line.startsWith("not judged") && line.includes(name))).toHaveLength(1);
  expect(figures.find((figure) => figure.name === "weakened dev, counting lines: recall")?.value).toBe(0);
});

test("no repository is in two splits, and none is written twice", () => {
  expect(new Set(REPOSITORIES.map(({ name }) => name.toLowerCase())).size).toBe(REPOSITORIES.length);
  for (const split of SPLITS) expect(REPOSITORIES.some((repository) => repository.split === split)).toBe(true);
});

test("the fresh splits are asked only by their names, and an unknown name asks nothing", async () => {
  const names = async (split: string | undefined): Promise<string[]> => {
    const figures = await judgeWeakened({ data: mkdtempSync(join(tmpdir(), "weakened-eval-")), split, say: () => undefined });
    return [...new Set(figures.map((figure) => /^weakened (dev|held-out|fresh|second)/.exec(figure.name)?.[1] ?? ""))].filter((name) => name !== "");
  };
  expect(await names(undefined)).toEqual(["dev", "held-out"]);
  expect(await names("fresh")).toEqual(["fresh"]);
  expect(await names("second")).toEqual(["second"]);
  expect(await names("stale")).toEqual([]);
});
