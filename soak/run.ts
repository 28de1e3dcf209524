// `npm run soak [-- ROUNDS [SEED]]`: long fault rounds. Exits 1 at the first round that lost something or left something behind.
import { killRounds } from "./kill-rounds.ts";

const rounds = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? 1);
let failed = 0;
let done = 0;
for await (const round of killRounds(rounds, seed)) {
  done += 1;
  if (round.problems.length > 0) failed += 1;
  process.stdout.write(`round ${done}: killed after ${round.killedAfterMs} ms, ${round.recorded} verdicts recorded${round.problems.map((problem) => `\n  ${problem}`).join("")}\n`);
}
process.stdout.write(`${done} rounds (seed ${seed}), ${failed} with problems\n`);
process.exitCode = failed === 0 ? 0 : 1;
