import { fileURLToPath } from "node:url";
import { askProve, onlyAbsentBefore, type ProofAnswer } from "./ask-prove.ts";
import { prepareCheckout } from "./checkouts.ts";
import { sidesOf } from "./declared-sides.ts";
import { idOf, type Entry } from "./entries.ts";

/** An answer as `answers.jsonl` keeps it. */
export interface Kept {
  readonly id: string;
  readonly outcome: ProofAnswer["outcome"] | "absent before" | "cannot run";
  readonly because: string;
  /** Reasons for red of the tests that pass with the change, with their number. */
  readonly reds: Readonly<Record<string, number>>;
  readonly tookMs: number;
}

const CLI = fileURLToPath(new URL("../../bin/proofline.js", import.meta.url));

/** Lays the change out, asks `prove` about it and says what came of it; what cannot run here says why. */
export function judgeEntry(entry: Entry, folders: { readonly data: string; readonly work: string }): Kept {
  const id = idOf(entry);
  const nothing = { id, outcome: "cannot run" as const, reds: {}, tookMs: 0 };
  if (entry.runsHere === false) return { ...nothing, because: entry.why ?? "" };
  const checkout = prepareCheckout(entry, folders);
  if ("why" in checkout) return { ...nothing, because: checkout.why };
  const answer = askProve({ cli: CLI, dir: checkout.dir, tests: entry.tests, ...sidesOf(entry, checkout.dir) });
  const outcome = onlyAbsentBefore(answer) ? ("absent before" as const) : answer.outcome;
  return { id, outcome, because: answer.because, reds: redsOf(answer), tookMs: answer.tookMs };
}

function redsOf(answer: ProofAnswer): Record<string, number> {
  const reds: Record<string, number> = {};
  for (const { head, red } of answer.tests) if (head === "green" && red !== undefined) reds[red] = (reds[red] ?? 0) + 1;
  return reds;
}
