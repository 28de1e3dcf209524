import { explainHere } from "@proofline/core/compose";
import { checkCatalogue, type CheckCard, type ExplainedCheck } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour, type Paint } from "../../render/paint.ts";
import { renderPage } from "../../render/page.ts";
import { count } from "../../render/words.ts";
import { printable, wrap } from "../../render/wrap.ts";
import { readPage } from "./page.ts";

export const run: CommandModule["run"] = async (flags, [asked]) => {
  const paint = makePaint(wantsColour(process.stdout, process.env));
  const width = Math.min(process.stdout.columns ?? 80, 100);
  const json = flags["format"] === "json";
  if (typeof asked !== "string") {
    await write(json ? `${JSON.stringify(checkCatalogue, null, 2)}\n` : `${list(checkCatalogue, paint, width).join("\n")}\n`, flags["out"]);
    return 0;
  }
  const explained = await explainHere({ dir: String(flags["repo"] ?? "."), env: process.env }, asked);
  const page = readPage(explained.card.id);
  await write(json ? `${JSON.stringify({ ...explained, page }, null, 2)}\n` : `${describe(explained, flags["examples"] === true ? page : withoutExamples(page, explained.card.id), paint, width).join("\n")}\n`, flags["out"]);
  return 0;
};

/** Examples are most of a page, and few who ask what a check wants have asked for them. */
const withoutExamples = (page: string, id: string): string => page.replace(/^## Examples\n[\s\S]*?(?=^## |$(?![\s\S]))/m, `## Examples\n\n\`proofline explain ${id} --examples\`\n\n`);

const list = (cards: readonly CheckCard[], paint: Paint, width: number): string[] => [
  ...cards.flatMap((card) => {
    const name = ` ${paint.cyan(card.id.padEnd(28))} ${card.effect.padEnd(6)}`;
    // Beside the name a question needs room for a few words a line; below it, it has the width.
    if (width < 70) return [name.trimEnd(), ...wrap(card.asks, width - 6).map((line) => `     ${line}`)];
    return wrap(card.asks, width - 38).map((line, index) => (index === 0 ? `${name} ${line}` : `${" ".repeat(37)}${line}`));
  }),
  "",
  " More: proofline explain CHECK",
];

function describe({ card, effect, from, options, note, spoken }: ExplainedCheck, page: string, paint: Paint, width: number): string[] {
  const row = (label: string, text: string): string[] => wrap(text, width - 14).map((line, index) => ` ${paint.dim((index === 0 ? label : "").padEnd(12))} ${line}`);
  const set = Object.entries(options).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return [
    paint.bold(card.id),
    "",
    ...row("asks", card.asks),
    ...row("why", card.why),
    ...row("costs", costOf(card)),
    ...(spoken === undefined ? [] : row("so far", spokenWords(spoken))),
    ...row("effect here", effect === card.effect ? `${effect} (the default)` : `${effect} (set by ${from}; the default is ${card.effect})`),
    ...row("asked at", card.gates.join(", ")),
    ...(set.length > 0 ? row("options", set.join(", ")) : []),
    ...(note === undefined ? [] : row("note", printable(note))),
    "",
    ...renderPage(page, paint, width - 1),
  ];
}

const COSTS: Readonly<Record<string, string>> = {
  "test-run": "runs of the affected tests",
  coverage: "the coverage of those runs, or a report",
  approvals: "one look at the approvals",
  proof: "runs of the changed tests on the old code as well",
};

/** What an answer takes. Time for runs is one budget for all checks together. */
function costOf({ needs }: CheckCard): string {
  if (needs.length === 0) return "reading the diff: no test is run for it";
  const runs = needs.some((need) => need === "test-run" || need === "proof" || need === "coverage");
  return `${needs.map((need) => COSTS[need] ?? need).join(" and ")}${runs ? "; all runs together keep to the gate's budget (20 s in a turn, 60 s here, 5 min in a pull request), and --no-run leaves them out" : ""}`;
}

function spokenWords({ verdicts, alarms, overruled }: NonNullable<ExplainedCheck["spoken"]>): string {
  if (alarms === 0) return `silent: nothing asked or held by it in ${count(verdicts, "verdict")} recorded here`;
  return `${count(alarms, "finding")} that asked or held, ${overruled === 0 ? "none" : overruled} of them overruled, in ${count(verdicts, "verdict")} recorded here`;
}
