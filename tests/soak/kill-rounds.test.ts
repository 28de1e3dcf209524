import { expect, test } from "vitest";
import { killRounds } from "../../soak/kill-rounds.ts";

test("kill -9 at any moment loses nothing acknowledged and leaves nothing behind (long rounds: npm run soak)", async () => {
  const problems: string[] = [];
  for await (const round of killRounds(4, 7)) problems.push(...round.problems.map((problem) => `killed after ${round.killedAfterMs} ms: ${problem}`));
  expect(problems).toEqual([]);
}, 120_000);
