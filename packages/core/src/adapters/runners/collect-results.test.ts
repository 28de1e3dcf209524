import { mkdtempSync, rmSync, writeFileSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collectResults } from "./collect-results.ts";
import { openResultFeed } from "./result-feed.ts";
import { readRecord, type ResultRecord } from "./result-record.ts";
import { outcomeNotes, runDigest, whyIncomplete } from "./run-outcome.ts";

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
    ["time was spent", "budget", fine, { ...exit, ended: "budget" as const }],
    ["more than 1000 processes", "limit", fine, { ...exit, ended: "limit" as const, limit: "it started more than 1000 processes" }],
    ["was interrupted", "interrupted", fine, { ...exit, ended: "aborted" as const }],
    ["before every file had run", "bail", collectResults([started, passed("a"), { t: "end", cases: 1, interrupted: true }], context), exit],
    ["without its closing report", "crash", collectResults([started, passed("a")], context), exit],
    ["did not get as far", "crash", collectResults([], context), { ...exit, code: 1, output: "Error: config is broken" }],
    ["though no test failed", "crash", fine, { ...exit, code: 1 }],
    ["outside of any test", "crash", collectResults([started, passed("a"), { t: "stray", failure: { message: "unhandled" } }, end(1)], context), { ...exit, code: 1 }],
  ] as const)("says `%s`, and as data `%s`", (words, cutBy, collected, result) => {
    expect(whyIncomplete("vitest", collected, [result])).toEqual({ because: expect.stringContaining(words), cutBy });
  });

  it("a runner that said everything and was ended then is whole, and a note tells", () => {
    const lingered = { ...exit, code: null, killedBy: "SIGKILL", ended: "lingered" } as const;
    expect(whyIncomplete("mocha", fine, [lingered])).toBeUndefined();
    expect(outcomeNotes("mocha", fine, [lingered])).toEqual([expect.stringContaining("did not end by itself")]);
    expect(outcomeNotes("mocha", fine, [exit])).toEqual([]);
  });

  it("a runner that found nothing is quoted, with its exit code", () => {
    const empty = collectResults([started, end(0)], context);
    expect(outcomeNotes("vitest", empty, [{ ...exit, code: 1, output: "filter: test/a.test.js\nNo test files found, exiting with code 1\n" }])).toEqual(["vitest found no test (exit code 1): No test files found, exiting with code 1"]);
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
