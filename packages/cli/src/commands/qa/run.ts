import type { QaRecordInput } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { headOf } from "../../head-of.ts";
import { write } from "../../output.ts";
import { withOperations } from "../../with-operations.ts";
import { pageFor } from "../spec/page.ts";
import { renderQa, renderRecorded } from "./render-qa.ts";

type Flags = Readonly<Record<string, unknown>>;

/** `qa list` exits with 0 where nothing is owed or all of it was tried, else with 3; `qa record` with 0 once it is written. */
export const run: CommandModule["run"] = async (flags, [action]) => {
  if (action !== "list" && action !== "record") throw badFlag({ flag: "qa", value: String(action), expected: "list or record" });
  const json = flags["format"] === "json";
  const head = headOf(flags["head"]);
  const change = { ...textOf(flags, "base"), ...(head && { head }) };
  return withOperations(flags, async (operations) => {
    if (action === "record") {
      const made = await operations.recordQa({ ...change, ...recordOf(flags) });
      operations.progress.done();
      await write(json ? `${JSON.stringify(made, null, 2)}\n` : `${renderRecorded(made, pageFor(flags)).join("\n")}\n`, flags["out"]);
      return 0;
    }
    const report = await operations.listQa(change);
    operations.progress.done();
    await write(json ? `${JSON.stringify(report, null, 2)}\n` : `${renderQa(report, pageFor(flags)).join("\n")}\n`, flags["out"]);
    return report.missing.length > 0 ? 3 : 0;
  });
};

function recordOf(flags: Flags): Omit<QaRecordInput, "base" | "head"> {
  const key = flags["key"] ?? process.env["PROOFLINE_KEY_FILE"];
  return {
    items: Array.isArray(flags["item"]) ? flags["item"].map(String) : [],
    ...textOf(flags, "outcome"),
    ...textOf(flags, "by"),
    ...textOf(flags, "note"),
    ...textOf(flags, "artifact"),
    ...textOf(flags, "environment"),
    ...(typeof key === "string" && key !== "" && { keyFile: key }),
  };
}

const textOf = <Name extends string>(flags: Flags, name: Name): { readonly [key in Name]?: string } => (typeof flags[name] === "string" ? ({ [name]: flags[name] } as { readonly [key in Name]?: string }) : {});
