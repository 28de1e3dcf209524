// `npm run soak [-- ROUNDS [SEED]]`: long fault rounds; `npm run soak -- together [ROUNDS [SEED]]`: ten proofs at once. Exits 1 when a round lost something or left something behind.
import { killRounds } from "./kill-rounds.ts";
import { tenAtOnce } from "./ten-at-once.ts";

const [mode, ...numbers] = process.argv[2] === "together" ? ["together", ...process.argv.slice(3)] : ["kill", ...process.argv.slice(2)];
const rounds = Number(numbers[0] ?? (mode === "together" ? 20 : 100));
const seed = Number(numbers[1] ?? 1);

interface Round {
  readonly words: string;
  readonly problems: readonly string[];
}

async function* killed(): AsyncGenerator<Round> {
  for await (const { killedAfterMs, recorded, problems } of killRounds(rounds, seed)) yield { words: `killed after ${killedAfterMs} ms, ${recorded} verdicts recorded`, problems };
}

async function* together(): AsyncGenerator<Round> {
  for await (const { killed: count, problems } of tenAtOnce(rounds, seed, 3)) yield { words: `ten proofs at once, ${count} of them killed`, problems };
}

let failed = 0;
let done = 0;
for await (const { words, problems } of mode === "together" ? together() : killed()) {
  done += 1;
  if (problems.length > 0) failed += 1;
  process.stdout.write(`round ${done}: ${words}${problems.map((problem) => `\n  ${problem}`).join("")}\n`);
}
process.stdout.write(`${done} rounds (seed ${seed}), ${failed} with problems\n`);
process.exitCode = failed === 0 ? 0 : 1;
