import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { write } from "../../output.ts";
import { withOperations } from "../../with-operations.ts";

export const run: CommandModule["run"] = (flags, [finding]) =>
  withOperations(flags, async (operations) => {
    const json = flags["format"] === "json";
    const key = flags["key"] ?? process.env["PROOFLINE_KEY_FILE"];
    const keyFile = typeof key === "string" && key !== "" ? key : undefined;
    if (typeof flags["newKey"] === "string") {
      if (keyFile === undefined) throw badFlag({ flag: "--key", value: "", expected: "the file the private half goes to, outside the repository" });
      const made = await operations.makeKey({ principal: flags["newKey"], privateFile: keyFile });
      await write(json ? `${JSON.stringify(made, null, 2)}\n` : `private  ${made.privateFile}\npublic   ${made.publicFile}\n\nNext: have the public half merged; it counts from then on. Its line \`Role:\`\n      says what it may sign: owner, architect, quality-controller, implementer\n      or code-owner, one role a key.\n`, flags["out"]);
      return 0;
    }
    if (typeof finding !== "string") throw badFlag({ flag: "<finding>", value: "", expected: "a number or a fingerprint from the last `proofline check`" });
    const days = Number(flags["days"]);
    if (!Number.isInteger(days) || days < 1) throw badFlag({ flag: "--days", value: String(flags["days"]), expected: "a whole number of days, at least 1" });
    const report = await operations.waiveFinding({ finding, reason: typeof flags["reason"] === "string" ? flags["reason"] : "", days, ...(keyFile !== undefined && { keyFile }) });
    const { waiver } = report;
    const text = [
      `written  ${report.file}  (${report.signed ? "signed" : "unsigned: you work alone here, recorded as self"})`,
      ` waives  ${waiver.check}${waiver.path ? ` in ${waiver.path}` : ""}`,
      ` by      ${waiver.by}, until ${waiver.expires}`,
      "",
      "Next: commit it with the change, then  proofline check",
    ];
    await write(json ? `${JSON.stringify(report, null, 2)}\n` : `${text.join("\n")}\n`, flags["out"]);
    return 0;
  });
