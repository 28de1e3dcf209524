import { readFile } from "node:fs/promises";
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
    const lines = [`verified  ${where}`, ` commit   ${short(verified.commit)}`, ` signed   ${verified.signedBy.join(", ")}`, ...verified.statements.map((statement) => ` says     ${statement.says}`)];
    await write(flags["format"] === "json" ? `${JSON.stringify(verified, null, 2)}\n` : `${lines.join("\n")}\n`, flags["out"]);
    return 0;
  });
