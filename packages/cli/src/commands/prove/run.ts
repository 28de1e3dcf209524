import { EXIT_CODES } from "@proofline/core/kernel";
import type { ProofRecord, ProveInput } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { keyOf } from "../../key-of.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour } from "../../render/paint.ts";
import { renderProof } from "../../render/proof.ts";
import { withOperations } from "../../with-operations.ts";

/** `refuted` is a finding; `not proven` asks for an answer. */
const EXITS: Readonly<Record<ProofRecord["outcome"], number>> = { proven: 0, "not owed": 0, refuted: 1, "not proven": 3 };

export const run: CommandModule["run"] = (flags) => {
  const input = readFlags(flags);
  return withOperations(flags, async (operations) => {
    const proved = await operations.proveChange(input);
    const { record } = proved;
    operations.progress.done();
    if (operations.signal.aborted) return EXIT_CODES.interrupted;
    const json = flags["format"] === "json";
    await write(json ? `${JSON.stringify(record, null, 2)}\n` : `${renderProof(record, makePaint(wantsColour(process.stdout, process.env)), process.stdout.columns ?? 80)}\n`, flags["out"]);
    if (typeof flags["attest"] === "string") await write(await operations.attestProof(proved, keyOf(flags)), flags["attest"]);
    return EXITS[record.outcome];
  });
};

function readFlags(flags: Readonly<Record<string, unknown>>): ProveInput {
  const fixed = flags["fixed"];
  return {
    tests: Array.isArray(flags["test"]) ? flags["test"].map(String) : [],
    ...(typeof flags["broken"] === "string" && { broken: flags["broken"] }),
    ...(typeof fixed === "string" && { fixed: fixed === "worktree" || fixed === "index" ? { kind: fixed } : { kind: "commit", rev: fixed } }),
    type: flags["type"] as ProveInput["type"],
    repeat: atLeastOne("--repeat", flags["repeat"]),
    budgetMs: atLeastOne("--budget", flags["budget"]) * 1000,
    trust: flags["trust"] === true,
  };
}

function atLeastOne(flag: string, value: unknown): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 100_000) throw badFlag({ flag, value: String(value), expected: "a whole number of at least 1" });
  return number;
}
