import type { Diagnosis } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour, type Paint } from "../../render/paint.ts";
import { wrap } from "../../render/wrap.ts";
import { withOperations } from "../../with-operations.ts";

export const run: CommandModule["run"] = (flags) =>
  withOperations(flags, async (operations) => {
    const found = await operations.doctor();
    operations.progress.done();
    const paint = makePaint(wantsColour(process.stdout, process.env));
    await write(flags["format"] === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${render(found, paint, process.stdout.columns ?? 80).join("\n")}\n`, flags["out"]);
    return found.some((item) => item.state === "fail") ? 1 : 0;
  });

function render(found: readonly Diagnosis[], paint: Paint, width: number): string[] {
  const mark = { ok: paint.green("ok  "), warn: paint.yellow("warn"), fail: paint.red("FAIL") };
  const indent = " ".repeat(24);
  return found.flatMap(({ about, state, says, fix }) => {
    const [first = "", ...more] = wrap(says, width - 25);
    return [` ${mark[state]}  ${about.padEnd(17)} ${first}`, ...more.map((line) => `${indent}${line}`), ...(fix ? wrap(fix, width - 30).map((line, index) => `${indent}${index === 0 ? "fix  " : "     "}${line}`) : [])];
  });
}
