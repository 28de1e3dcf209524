import type { ImportReport } from "@proofline/core/operations";
import { count } from "../../render/words.ts";
import { clip, wrap } from "../../render/wrap.ts";
import type { Page } from "./page.ts";

/** What became of the files: stories with their counts, what was guessed, what was left. */
export function renderImport({ stories, left, written }: ImportReport, path: string, { paint, width }: Page): readonly string[] {
  const sum = (of: "requirements" | "scenarios", which: "found" | "kept"): number => stories.reduce((total, story) => total + story[of][which], 0);
  const counts = `requirements ${sum("requirements", "found")} found, ${sum("requirements", "kept")} kept; scenarios ${sum("scenarios", "found")} found, ${sum("scenarios", "kept")} kept`;
  const there = stories.filter(({ state }) => state === "exists");
  return [
    paint.bold(`${count(stories.length, "story", "stories")} from ${[...new Set(stories.map(({ format }) => format))].join(", ")}${written ? "" : ", nothing written yet"}`),
    ...wrap(counts, width - 1).map((line) => ` ${line}`),
    "",
    ...stories.flatMap((story) => [` ${story.state === "exists" ? paint.yellow("there ") : written ? paint.green("wrote ") : paint.dim("would ")} ${paint.cyan(clip(story.file, width - 9))}`, `        ${paint.dim(clip(`${count(story.requirements.kept, "requirement")}, ${count(story.scenarios.kept, "scenario")} from ${story.sources.join(", ")}`, width - 9))}`]),
    ...guessLines(stories, paint.bold("Guessed"), width),
    ...leftLines(left, paint.bold("Left as it is"), width),
    ...(there.length > 0 ? ["", ...wrap(`${count(there.length, "story", "stories")} of that name ${there.length === 1 ? "is" : "are"} there already and ${there.length === 1 ? "was" : "were"} not touched: an import happens once.`, width - 1).map((line) => ` ${line}`)] : []),
    "",
    ...wrap(written ? "Next: read them, then  proofline spec lint" : `Next:  proofline spec import ${path} --write`, width - 1).map((line) => ` ${line}`),
  ];
}

/** The same guess about several stories is told once. */
function guessLines(stories: ImportReport["stories"], title: string, width: number): string[] {
  const by = new Map<string, number>();
  let carried = 0;
  for (const guess of stories.flatMap((story) => story.guesses)) {
    const lines = /^(\d{1,9}) lines? without a place/.exec(guess)?.[1];
    if (lines !== undefined) carried += Number(lines);
    else by.set(guess, (by.get(guess) ?? 0) + 1);
  }
  const all = [...by].map(([guess, times]) => (times > 1 ? `${guess} (${times} stories)` : guess));
  if (carried > 0) all.push(`${count(carried, "line")} without a place of their own: in the notes, word for word`);
  return all.length === 0 ? [] : ["", title, ...all.flatMap((line) => wrap(line, width - 4).map((one, at) => ` ${at === 0 ? "-" : " "} ${one}`))];
}

function leftLines(left: ImportReport["left"], title: string, width: number): string[] {
  const by = new Map<string, number>();
  for (const { why } of left) by.set(why, (by.get(why) ?? 0) + 1);
  return by.size === 0 ? [] : ["", title, ...[...by].flatMap(([why, n]) => wrap(`${count(n, "file")}: ${why}`, width - 4).map((one, at) => ` ${at === 0 ? "-" : " "} ${one}`))];
}
