import { readFile } from "node:fs/promises";
import { EXIT_CODES } from "@proofline/core/kernel";
import type { Operations, ProofRecord, ProveInput, ReplayedProof } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { keyOf } from "../../key-of.ts";
import { readNamedChange } from "../../named-change.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour } from "../../render/paint.ts";
import { renderProof } from "../../render/proof.ts";
import { withOperations } from "../../with-operations.ts";
import { wholeNumber } from "../../whole-number.ts";

/** `refuted` is a finding; `not proven` asks for an answer. */
const EXITS: Readonly<Record<ProofRecord["outcome"], number>> = { proven: 0, "not owed": 0, refuted: 1, "not proven": 3 };

export const run: CommandModule["run"] = (flags, [change]) => {
  const named = readNamedChange(change, flags, ["broken", "fixed", "replay"]);
  const told: Flags = named ? { ...flags, since: named.before, fixed: named.after } : flags;
  const ask = typeof told["replay"] === "string" ? replaying(told["replay"], told) : proving(told);
  return withOperations(flags, async (operations) => {
    const proved = await ask(operations);
    const { record } = proved;
    const replayed = "replayed" in proved ? proved.replayed : undefined;
    operations.progress.done();
    if (operations.signal.aborted) return EXIT_CODES.interrupted;
    const json = flags["format"] === "json";
    await write(json ? `${JSON.stringify({ ...record, ...(replayed && { replayed }) }, null, 2)}\n` : `${renderProof(record, makePaint(wantsColour(process.stdout, process.env)), process.stdout.columns ?? 80, { ...(proved.address !== undefined && { address: proved.address }), ...(replayed && { replayed }) })}\n`, flags["out"]);
    if (typeof flags["attest"] === "string") await write(await operations.attestProof(proved, keyOf(flags)), flags["attest"]);
    return EXITS[record.outcome];
  });
};

type Flags = Readonly<Record<string, unknown>>;
type Asking = (operations: Operations) => ReturnType<Operations["proveChange"]> | Promise<ReplayedProof>;

function proving(flags: Flags): Asking {
  const input = readFlags(flags);
  return (operations) => operations.proveChange(input);
}

/** What the record itself says is not asked again. */
const RECORDED = ["test", "broken", "fixed", "evidence"] as const;

function replaying(name: string, flags: Flags): Asking {
  const given = RECORDED.find((flag) => flags[flag] !== undefined);
  if (given !== undefined) throw badFlag({ flag: `--${given}`, value: String(flags[given]), expected: "nothing: --replay takes it from the record" });
  const limits = { budgetMs: wholeNumber("--budget", flags["budget"]) * 1000, trust: flags["trust"] === true };
  return async (operations) => {
    const text = await readFile(name, "utf8").catch(() => undefined);
    return operations.replayProof({ name, ...(text !== undefined && { text }), ...limits });
  };
}

function readFlags(flags: Flags): ProveInput {
  const fixed = flags["fixed"];
  return {
    tests: Array.isArray(flags["test"]) ? flags["test"].map(String) : [],
    ...(typeof flags["broken"] === "string" && { broken: flags["broken"] }),
    ...(typeof flags["since"] === "string" && { since: flags["since"] }),
    ...(typeof fixed === "string" && { fixed: fixed === "worktree" || fixed === "index" ? { kind: fixed } : { kind: "commit", rev: fixed } }),
    type: flags["type"] as ProveInput["type"],
    repeat: wholeNumber("--repeat", flags["repeat"]),
    budgetMs: wholeNumber("--budget", flags["budget"]) * 1000,
    trust: flags["trust"] === true,
    ...(Array.isArray(flags["evidence"]) && { evidence: flags["evidence"].map(String) }),
  };
}
