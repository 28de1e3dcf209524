import { EXIT_CODES } from "@proofline/core/kernel";
import { recordWords, type Promotion, type VerdictDocument } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { keyOf } from "../../key-of.ts";
import { write } from "../../output.ts";
import { version } from "../../version.ts";
import { makePaint, wantsColour } from "../../render/paint.ts";
import { renderText } from "../../render/text.ts";
import { withOperations } from "../../with-operations.ts";
import { readFlags } from "./flags.ts";

export const run: CommandModule["run"] = async (flags, [change]) => {
  const input = await readFlags(flags, change, () => process.stdin);
  return withOperations(flags, async (operations) => {
    const assessed = await operations.assessChange(input);
    const { verdict } = assessed;
    operations.progress.done();
    if (operations.signal.aborted) return EXIT_CODES.interrupted;
    await write(`${await rendered(verdict, String(flags["format"]))}${flags["format"] === "text" ? promotionLine(await operations.promotionDue()) : ""}`, flags["out"]);
    if (flags["writeBaseline"] === true) process.stderr.write((await import("./baseline.ts")).baselineWords(await operations.writeBaseline(assessed)));
    if (typeof flags["attest"] === "string") await write(await operations.attestVerdict(assessed, { keyFile: keyOf(flags), version }), flags["attest"]);
    if (typeof flags["post"] === "string") await (await import("./post.ts")).post(operations, verdict, flags["post"] as "github" | "gitlab");
    return EXIT_CODES[verdict.enforced];
  });
};

/** One line under the verdict, at most once a week; `policy show` has the rest. */
const promotionLine = (due: Promotion | undefined): string =>
  due === undefined ? "" : `\n ${due.gate ?? due.check} has earned enforce (${recordWords(due)}): proofline policy show prints the change\n`;

async function rendered(verdict: VerdictDocument, format: string): Promise<string> {
  switch (format) {
    case "json":
      return `${JSON.stringify(verdict, null, 2)}\n`;
    case "markdown":
      return (await import("../../render/markdown.ts")).renderMarkdown(verdict);
    case "sarif": {
      const [{ renderSarif }, { checkCatalogue }] = await Promise.all([import("../../render/sarif.ts"), import("@proofline/core/operations")]);
      return renderSarif(verdict, checkCatalogue, version);
    }
    case "junit":
      return (await import("../../render/junit.ts")).renderJunit(verdict);
    default:
      return `${renderText(verdict, makePaint(wantsColour(process.stdout, process.env)), process.stdout.columns ?? 80)}\n`;
  }
}
