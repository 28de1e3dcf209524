import { explainHere } from "@proofline/core/compose";
import { checkCatalogue, type CheckCard, type ExplainedCheck } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour, type Paint } from "../../render/paint.ts";
import { renderPage } from "../../render/page.ts";
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

function describe({ card, effect, from, options, note }: ExplainedCheck, page: string, paint: Paint, width: number): string[] {
  const row = (label: string, text: string): string[] => wrap(text, width - 14).map((line, index) => ` ${paint.dim((index === 0 ? label : "").padEnd(12))} ${line}`);
  const set = Object.entries(options).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return [
    paint.bold(card.id),
    "",
    ...row("asks", card.asks),
    ...row("why", card.why),
    ...row("effect here", effect === card.effect ? `${effect} (the default)` : `${effect} (set by ${from}; the default is ${card.effect})`),
    ...row("asked at", card.gates.join(", ")),
    ...row("needs", card.needs.join(", ") || "the diff alone"),
    ...(set.length > 0 ? row("options", set.join(", ")) : []),
    ...(note === undefined ? [] : row("note", printable(note))),
    "",
    ...renderPage(page, paint, width - 1),
  ];
}
