import { mkdtempSync, rmSync, writeFileSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collectResults } from "./collect-results.ts";
import { openResultFeed } from "./result-feed.ts";
import { readRecord, type ResultRecord } from "./result-record.ts";
import { runDigest, whyIncomplete } from "./run-outcome.ts";

const context = { root: "/w", cwd: "/w", ownPackages: new Set<string>() };
const passed = (name: string, file = "/w/a.test.js"): ResultRecord => ({ t: "case", file, suite: [], name, outcome: "passed" });
const end = (cases: number): ResultRecord => ({ t: "end", cases });
const started: ResultRecord = { t: "start" };

describe("folding what a reporter wrote", () => {
  it("has ended only with an end mark that counts as many tests as were written", () => {
    expect(collectResults([started, passed("a"), end(1)], context).ended).toBe(true);
    expect(collectResults([started, passed("a")], context).ended).toBe(false);
    expect(collectResults([started, passed("a"), passed("forged"), end(1)], context).ended).toBe(false);
  });

  it("keeps the worse outcome of one identity and both its labels", () => {
    const red: ResultRecord = { t: "case", file: "/w/a.test.js", suite: [], name: "a", outcome: "failed", labels: ["project=dom"], failure: { message: "x" } };
    const found = collectResults([started, red, { ...passed("a"), labels: ["project=node"] } as ResultRecord, end(2)], context);
    expect(found.cases).toMatchObject([{ outcome: "failed", labels: ["project=dom", "project=node"] }]);
  });

  it("replaces what was streamed for a file by what was said finally", () => {
    const found = collectResults([started, passed("early"), { t: "again", file: "/w/a.test.js" }, passed("final"), end(2)], context);
    expect(found.cases.map((one) => one.id.name)).toEqual(["final"]);
  });

  it("leaves out files nobody asked for", () => {
    const found = collectResults([started, passed("a"), passed("b", "/w/b.test.js"), end(2)], { ...context, selection: new Set(["b.test.js"]) });
    expect(found.cases.map((one) => one.id.name)).toEqual(["b"]);
    expect(found.ended).toBe(true);
  });
});

describe("reading a reporter's file", () => {
  it("takes whole lines only, as they come, and drops strange and giant ones", async () => {
    const folder = mkdtempSync(join(tmpdir(), "feed-"));
    const path = join(folder, "results.jsonl");
    const feed = openResultFeed(path);
    expect(await feed.read()).toEqual([]);
    writeFileSync(path, `${JSON.stringify(started)}\n{"t":"en`);
    expect(await feed.read()).toEqual([started]);
    appendFileSync(path, `d","cases":0}\nnot json\n{"t":"case"}\n${"x".repeat(3_000_000)}\n${JSON.stringify(passed("after"))}\n`);
    expect(await feed.read()).toEqual([end(0), passed("after")]);
    rmSync(folder, { recursive: true });
  });

  it("refuses records that no reporter writes", () => {
    expect([readRecord("[]"), readRecord('{"t":"case","suite":"x"}'), readRecord('{"t":"end"}')]).toEqual([undefined, undefined, undefined]);
  });
});

describe("saying why a run is not complete", () => {
  const exit = { code: 0, ended: "exit", output: "", tookMs: 1, leftRunning: 0 } as const;
  const fine = collectResults([started, passed("a"), end(1)], context);

  it("says nothing when there is nothing to say", () => {
    expect(whyIncomplete("vitest", fine, [exit])).toBeUndefined();
  });

  it.each([
    ["time was spent", fine, { ...exit, ended: "budget" as const }],
    ["without its closing report", collectResults([started, passed("a")], context), exit],
    ["did not get as far", collectResults([], context), { ...exit, code: 1, output: "Error: config is broken" }],
    ["though no test failed", fine, { ...exit, code: 1 }],
    ["outside of any test", collectResults([started, passed("a"), { t: "stray", failure: { message: "unhandled" } }, end(1)], context), { ...exit, code: 1 }],
  ])("says `%s`", (words, collected, result) => {
    expect(whyIncomplete("vitest", collected, [result])).toContain(words);
  });
});

describe("the digest of a run", () => {
  it("stays with another order and other times, and moves with an outcome", () => {
    const run = (records: ResultRecord[]) => ({ tool: "vitest", subject: "s", complete: true, unloaded: [], cases: collectResults(records, context).cases });
    const one = runDigest(run([passed("a"), { ...passed("b"), ms: 5 } as ResultRecord]));
    expect(runDigest(run([{ ...passed("b"), ms: 9 } as ResultRecord, passed("a")]))).toBe(one);
    expect(runDigest(run([{ ...passed("a"), outcome: "failed" } as ResultRecord, passed("b")]))).not.toBe(one);
  });
});
