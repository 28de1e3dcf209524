import { describe, expect, it } from "vitest";
import { idOf, readEntries } from "./entries.ts";

const entries = readEntries();

/** Kept apart for the final judgement: nothing here may be developed against them. */
const HELD_OUT = /^(honojs|fastify|expressjs|yargs|axios|unleash)\/|^BugsJS\/express$|\/(hono|fastify|express|qs|node-semver|dayjs|date-fns|node-jsonwebtoken|passport|yargs|axios|commander|commander\.js|zod|uuid|kafka|zookeeper|zeppelin)$/i;

describe("the lists of the red-green evaluation", () => {
  it("name every change once, by whole commits, with tests to run", () => {
    expect(new Set(entries.map(idOf)).size).toBe(entries.length);
    for (const { broken, fixed, tests, ...entry } of entries) {
      expect([broken, fixed].join(" "), idOf({ ...entry, broken, fixed, tests })).toMatch(/^[0-9a-f]{40} [0-9a-f]{40}$/);
      if (entry.runsHere === true) expect(tests.length, idOf({ ...entry, broken, fixed, tests })).toBeGreaterThan(0);
    }
  });

  it("say why where a change does not run", () => {
    expect(entries.filter((entry) => entry.runsHere === false && (entry.why ?? "") === "").map(idOf)).toEqual([]);
  });

  it("hold at least 150 changes each, and of at least 12 repositories beside BugsJS", () => {
    const [bugs, modern] = [entries.filter((entry) => entry.bug !== undefined), entries.filter((entry) => entry.bug === undefined)];
    expect(bugs.length).toBeGreaterThanOrEqual(150);
    expect(modern.length).toBeGreaterThanOrEqual(150);
    expect(new Set(modern.map((entry) => entry.repository)).size).toBeGreaterThanOrEqual(12);
  });

  it("keep away from the repositories held out for the final judgement", () => {
    expect(entries.filter((entry) => HELD_OUT.test(entry.repository)).map(idOf)).toEqual([]);
  });
});
