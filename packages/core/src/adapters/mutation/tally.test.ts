import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecord, type FeedRecord } from "./feed.ts";
import { Tally } from "./tally.ts";

const reach = (key: string, ids: readonly string[], file = "a"): FeedRecord => ({ t: "test", file, key, suite: [], name: key, ms: 1, hits: Object.fromEntries(ids.map((id) => [id, 1])) });
const end = (id: string, outcome: "killed" | "survived" | "timeout", file = "a", by?: string): FeedRecord => ({ t: "end", w: 1, pass: "warm", file, id, outcome, ...(by !== undefined && { by }) });
const after = (...records: FeedRecord[]): Tally => {
  const tally = new Tally();
  for (const record of records) tally.take(record, 0);
  return tally;
};

describe("what the workers said", () => {
  test("killed in one file is killed", () => expect(after(end("1", "survived", "a"), end("1", "killed", "b")).outcome("warm", "1")).toBe("killed"));
  test("a time-out in one file is no survival", () => expect(after(end("1", "survived", "a"), end("1", "timeout", "b")).outcome("warm", "1")).toBe("timeout"));
  test("passes are told apart", () => expect(after(end("1", "killed")).outcome("fresh", "1")).toBeUndefined());

  test("what a wavering test noticed counts for nothing, what others noticed does", () => {
    const tally = after(reach("t", ["1", "2"]), end("1", "killed", "a", "t"), end("2", "killed", "a", "u"), { t: "calm", pass: "warm", file: "a", wavers: ["t"] });
    expect(tally.outcome("warm", "1")).toBe("unsteady");
    expect(tally.outcome("warm", "2")).toBe("killed");
    expect(tally.killer("1")).toBeUndefined();
  });

  test("a trial is open until its end, whatever else ends", () => {
    const tally = after({ t: "begin", w: 1, file: "a", id: "1", limit: 5 }, { t: "begin", w: 2, file: "b", id: "2", limit: 5 }, { ...end("2", "survived", "b"), w: 2 } as FeedRecord, { t: "idle" });
    expect([...tally.open.values()].map(({ id }) => id)).toEqual(["1"]);
  });
});

test("an order of words never turns a kill into a survival", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([end("1", "killed", "x", "t"), end("1", "survived", "a"), end("1", "timeout", "b"), end("1", "survived", "c")], { minLength: 1 }), (records) => {
      const killed = records.some((record) => record.t === "end" && record.outcome === "killed");
      expect(after(...records).outcome("warm", "1") === "killed").toBe(killed);
    }),
  );
});

describe("a line of the feed", () => {
  test.each(["", "{", "null", "[]", '{"t":"test"}', '{"t":"end","w":1,"pass":"warm","file":"a","id":"1","outcome":"kiled"}', '{"t":"begin","w":-1,"file":"a","id":"1","limit":1}', '{"t":"__proto__"}', '{"t":"toString"}', '{"t":"test","file":"a","key":"k","suite":[],"name":"n","ms":1,"hits":{"1":"x"}}'])("%s is none", (line) => expect(readRecord(line)).toBeUndefined());

  test("what a worker writes is read back, and anything else never throws", () => {
    expect(readRecord(JSON.stringify(end("1", "killed", "a", "t")))).toEqual(end("1", "killed", "a", "t"));
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void readRecord(line)));
  });
});
