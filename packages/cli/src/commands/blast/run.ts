import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { headOf } from "../../head-of.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour } from "../../render/paint.ts";
import { withOperations } from "../../with-operations.ts";
import { renderDot, renderMermaid } from "./graph-text.ts";
import { renderBlast } from "./render-blast.ts";

export const run: CommandModule["run"] = (flags, [files]) => {
  const depth = Number(flags["depth"]);
  if (!Number.isInteger(depth) || depth < 1 || depth > 50) throw badFlag({ flag: "--depth", value: String(flags["depth"]), expected: "a whole number from 1 to 50" });
  const head = headOf(flags["head"]);
  return withOperations(flags, async (operations) => {
    operations.progress.says("following who uses what changed");
    const radius = await operations.blastRadius({ files: Array.isArray(files) ? files : [], ...(typeof flags["base"] === "string" && { base: flags["base"] }), ...(head && { head }) });
    operations.progress.done();
    const paint = makePaint(wantsColour(process.stdout, process.env) && typeof flags["out"] !== "string");
    const texts: Readonly<Record<string, () => string>> = {
      json: () => JSON.stringify(radius, null, 2),
      mermaid: () => renderMermaid(radius),
      dot: () => renderDot(radius),
      text: () => renderBlast(radius, paint, process.stdout.columns ?? 80, depth),
    };
    await write(`${(texts[String(flags["format"])] ?? texts["text"])?.() ?? ""}\n`, flags["out"]);
    return 0;
  });
};
