import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectationOf, type MeasuringPlace } from "./expectations.ts";

const NOWHERE: MeasuringPlace = { routes: [], parts: [], tables: [] };
const SERVER: MeasuringPlace = { routes: [{ method: "POST", path: "/orders" }], parts: ["back end"], tables: ["orders"] };

describe("a number of a story", () => {
  test.each([
    ["the order page answers in under 800 ms at p95", "latency", "under 800 ms at p95"],
    ["answers within 2 seconds for the 99th percentile", "latency", "within 2 seconds at p99"],
    ["99.9 % of requests are answered", "share", "99.9 %"],
    ["carts are kept for at least 30 days", "period", "at least 30 days"],
    ["a picture has no more than 2 MB", "size", "no more than 2 MB"],
    ["sustains 1,500 requests per second", "rate", "1,500 requests per second"],
    ["0 orders charged twice in 10,000", "count", "0 orders charged twice in 10,000"],
    ["at most 3 tries", "count", "at most 3"],
  ])("%s", (text, kind, bound) => {
    expect(expectationOf({ text }, SERVER)).toMatchObject({ kind, bound });
  });

  test("without a number nothing is made up, and without a place to measure neither", () => {
    expect(expectationOf({ id: "C-2", text: "the cart survives a restart" }, SERVER)).toEqual({ id: "C-2", says: "the cart survives a restart", kind: "unknown" });
    expect(expectationOf({ text: "answers in under 800 ms" }, NOWHERE)).not.toHaveProperty("measure");
    expect(expectationOf({ text: "answers in under 800 ms" }, SERVER).measure).toContain("http.server.request.duration of POST /orders");
  });

  test("numbers that are names are no bounds", () => {
    for (const text of ["follows RFC-9457", "as in issue #12", "uses HTTP/2 and C-3"]) expect(expectationOf({ text }, SERVER).kind).toBe("unknown");
  });

  test("any text is read, and the bound stands in it", () => {
    fc.assert(fc.property(fc.string(), (text) => { const { bound } = expectationOf({ text }, SERVER); return bound === undefined || bound.length < 200; })); // prettier-ignore
  });
});
