import { readFile } from "node:fs/promises";
import { EXIT_CODES } from "@proofline/core/kernel";
import type { VerifiedEvidence } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { unreadableInput } from "../../errors.ts";
import { write } from "../../output.ts";
import { short } from "../../render/words.ts";
import { withOperations } from "../../with-operations.ts";

export const run: CommandModule["run"] = (flags, [file]) =>
  withOperations(flags, async (operations) => {
    const where = String(file);
    const text = await readFile(where, "utf8").catch((error: Error) => {
      throw unreadableInput({ file: where, says: error.message }, error);
    });
    const commit = typeof flags["head"] === "string" ? { commit: flags["head"] } : {};
    const base = typeof flags["base"] === "string" ? { base: flags["base"] } : {};
    const verified = await operations.verifyEvidence({ text, where, ...commit, ...base });
    await write(flags["format"] === "json" ? `${JSON.stringify(verified, null, 2)}\n` : `${render(verified, where).join("\n")}\n`, flags["out"]);
    return exitOf(verified);
  });

/** Genuine evidence of a verdict that did not pass must not open a door: the exit code is that of the verdict, as far as it was looked. */
function exitOf({ passed, decision, result, proofs }: VerifiedEvidence): number {
  // A file of proofs alone answers as `prove` did.
  if (result === undefined && proofs.length > 0) return proofs.includes("refuted") ? EXIT_CODES.hold : proofs.every((outcome) => outcome === "proven" || outcome === "not owed") ? EXIT_CODES.ship : EXIT_CODES.ask;
  return passed ? EXIT_CODES.ship : EXIT_CODES[decision === "hold" ? "hold" : "ask"];
}

function render({ commit, signedBy, decision, gate, mode, scope, passed, short: lacks, statements, result, proofs }: VerifiedEvidence, where: string): string[] {
  return [
    `verified  ${where}`,
    ` commit   ${short(commit)}`,
    ` signed   ${signedBy.join(", ")}`,
    ...(decision === undefined ? [] : [` verdict  ${decision} (gate ${gate}, mode ${mode}, scope ${scope})`]),
    ...(result === undefined && proofs.length > 0 ? [] : [` passes   ${passed ? "yes" : `no: ${lacks.join("; ")}`}`]),
    ...statements.map((statement) => ` says     ${statement.says}`),
  ];
}
