import { recordWords, type PolicyReport, type Promotion, type TrackRecords } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour, type Paint } from "../../render/paint.ts";
import { budget, short } from "../../render/words.ts";
import { withOperations } from "../../with-operations.ts";

export const run: CommandModule["run"] = (flags, [action]) =>
  withOperations(flags, async (operations) => {
    if (action !== "show") throw badFlag({ flag: "policy", value: String(action), expected: "`show`" });
    const workingTree = flags["workingTree"] === true;
    const report = await operations.showPolicy({ ...(typeof flags["base"] === "string" && { base: flags["base"] }), workingTree });
    const paint = makePaint(wantsColour(process.stdout, process.env));
    await write(flags["format"] === "json" ? `${JSON.stringify(report, null, 2)}\n` : `${render(report, workingTree, paint).join("\n")}\n`, flags["out"]);
    return 0;
  });

function render(report: PolicyReport & TrackRecords, workingTree: boolean, paint: Paint): string[] {
  const heading = (text: string): string[] => ["", paint.bold(text)];
  return [
    `policy ${report.digest.replace("sha256:", "").slice(0, 12)} read from ${workingTree ? "the working tree" : short(report.readFrom)} (${report.origin})`,
    ...(report.pending ? [`${report.pending.file} in your working tree is not yet on ${report.pending.notOn}: shown is what decides today; --working-tree shows the other`] : []),
    ...(workingTree ? ["shown is what would decide once it is merged; what decides today: proofline policy show"] : []),
    ...heading("Gates"),
    ...report.gates.map((gate) => ` ${gate.gate.padEnd(14)} ${gate.mode.padEnd(8)} tests at most ${budget(gate.budgetMs)}${gate.from ? `, ${gate.becomes} from ${gate.from}` : ""}`),
    ...heading("Checks"),
    ...report.checks.map((check) => ` ${paint.cyan(check.id.padEnd(28))} ${check.effect.padEnd(6)}${check.set ? " set here" : ""}${demotedWords(check.id, report)}`),
    ...heading("Areas"),
    ...report.areas.map((area) => ` ${area.name.padEnd(18)} ${area.risk.padEnd(7)} ${area.declared ? area.owners.join(", ") || "no owner" : "built in"}`),
    ...heading("Surfaces"),
    ...(report.surfaces.length === 0 ? [" none declared: nothing is held for coverage"] : report.surfaces.map((surface) => ` ${surface.name}${surface.floor ? `  floor ${JSON.stringify(surface.floor)}` : "  no floor"}`)),
    ...heading("Rules"),
    ...(report.rules.length === 0 ? [" none of its own"] : report.rules.map((rule) => ` policy/${rule}`)),
    ...(report.promotions.length === 0 ? [] : [...heading("Not enforced yet"), ...report.promotions.flatMap(promotionLines)]),
  ];
}

/** The other direction: a check that was overruled too often speaks as a note, whatever stands here. */
function demotedWords(id: string, { demoted }: TrackRecords): string {
  const found = demoted.find(({ check }) => check === id);
  return found ? ` only a ${found.to} now: overruled ${found.overruled} of its last ${found.of} times` : "";
}

function promotionLines(promotion: Promotion): string[] {
  const { record, from, diff, also } = promotion;
  const { ship, ask, hold } = record.decisions;
  const head = ` ${(promotion.gate ?? promotion.check ?? "").padEnd(14)} ${from.padEnd(8)} ${recordWords(promotion)} (${ship} ship, ${ask} ask, ${hold} hold)`;
  if (!record.earned) return [head, `   to enforce it still lacks: ${record.lacks.join("; ")}`];
  return [head, "   has earned enforce:", ...(diff ?? "").split("\n").slice(0, -1).map((line) => `   ${line}`), ...(also === undefined ? [] : [`   ${diff === undefined ? "" : "and "}${also}`])];
}
