import { expect, it } from "vitest";
import { tenAtOnce } from "../../soak/ten-at-once.ts";
import { examineIsolation } from "../../packages/core/src/adapters/runners/isolation.ts";

/** Tests that listen on one port need a network of their own each; what else they share is shared everywhere. */
const { achieved } = await examineIsolation("ordinary");

it.runIf(achieved)(
  "ten proofs at once in one checkout do not disturb each other, and what is killed in the middle leaves nothing behind",
  async () => {
    for await (const { problems } of tenAtOnce(1, 1, 3)) expect(problems).toEqual([]);
  },
  300_000,
);
