import { EXIT_CODES } from "@proofline/core/kernel";
import type { VerdictDocument } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { write } from "../../output.ts";
import { version } from "../../version.ts";
import { makePaint, wantsColour } from "../../render/paint.ts";
import { renderText } from "../../render/text.ts";
import { withOperations } from "../../with-operations.ts";
import { readFlags } from "./flags.ts";

export const run: CommandModule["run"] = async (flags) => {
  const input = await readFlags(flags, () => process.stdin);
  return withOperations(flags, async (operations) => {
    const assessed = await operations.assessChange(input);
    const { verdict } = assessed;
    operations.progress.done();
    if (operations.signal.aborted) return EXIT_CODES.interrupted;
    await write(await rendered(verdict, String(flags["format"])), flags["out"]);
    if (typeof flags["attest"] === "string") await write(await operations.attestVerdict(assessed, { keyFile: keyOf(flags), version }), flags["attest"]);
    if (typeof flags["post"] === "string") await (await import("./post.ts")).post(operations, verdict, flags["post"] as "github" | "gitlab");
    return EXIT_CODES[verdict.enforced];
  });
};

function keyOf(flags: Readonly<Record<string, unknown>>): string {
  const key = flags["key"] ?? process.env["PROOFLINE_KEY_FILE"];
  if (typeof key !== "string" || key === "") throw badFlag({ flag: "--key", value: "", expected: "the file with your private key, since --attest signs (or PROOFLINE_KEY_FILE)" });
  return key;
}

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
