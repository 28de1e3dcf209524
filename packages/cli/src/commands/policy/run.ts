import type { PolicyReport } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour, type Paint } from "../../render/paint.ts";
import { budget, short } from "../../render/words.ts";
import { withOperations } from "../../with-operations.ts";

export const run: CommandModule["run"] = (flags, [action]) =>
  withOperations(flags, async (operations) => {
    if (action !== "show") throw badFlag({ flag: "policy", value: String(action), expected: "`show`" });
    const report = await operations.showPolicy(typeof flags["base"] === "string" ? flags["base"] : undefined);
    const paint = makePaint(wantsColour(process.stdout, process.env));
    await write(flags["format"] === "json" ? `${JSON.stringify(report, null, 2)}\n` : `${render(report, paint).join("\n")}\n`, flags["out"]);
    return 0;
  });

function render(report: PolicyReport, paint: Paint): string[] {
  const heading = (text: string): string[] => ["", paint.bold(text)];
  return [
    `policy ${report.digest.replace("sha256:", "").slice(0, 12)} read from ${short(report.readFrom)} (${report.origin})`,
    ...heading("Gates"),
    ...report.gates.map((gate) => ` ${gate.gate.padEnd(14)} ${gate.mode.padEnd(8)} tests at most ${budget(gate.budgetMs)}${gate.from ? `, ${gate.becomes} from ${gate.from}` : ""}`),
    ...heading("Checks"),
    ...report.checks.map((check) => ` ${paint.cyan(check.id.padEnd(28))} ${check.effect.padEnd(6)}${check.set ? " set here" : ""}`),
    ...heading("Areas"),
    ...report.areas.map((area) => ` ${area.name.padEnd(18)} ${area.risk.padEnd(7)} ${area.declared ? area.owners.join(", ") || "no owner" : "built in"}`),
    ...heading("Surfaces"),
    ...(report.surfaces.length === 0 ? [" none declared: nothing is held for coverage"] : report.surfaces.map((surface) => ` ${surface.name}${surface.floor ? `  floor ${JSON.stringify(surface.floor)}` : "  no floor"}`)),
    ...heading("Rules"),
    ...(report.rules.length === 0 ? [" none of its own"] : report.rules.map((rule) => ` policy/${rule}`)),
  ];
}
