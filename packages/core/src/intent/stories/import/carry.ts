import { renderStory, type StoryDraft } from "../edit-story.ts";
import type { SourceFile } from "./imported.ts";
import type { Picked } from "./importer.ts";

/**
 * The draft with every source line in it: what the format did not recognise goes verbatim, in its order, into the notes. So nothing is lost, whatever a
 * format overlooks.
 */
export function carryTheRest(draft: StoryDraft, files: readonly SourceFile[], told: Picked["told"]): { readonly draft: StoryDraft; readonly carried: number } {
  const ledger = openLedger(renderStory(draft));
  let carried = 0;
  const blocks = files.flatMap((file) => {
    const missing = missingFrom(file, told, ledger);
    carried += missing.count;
    return missing.count === 0 ? [] : [`### From ${file.path}\n\n${missing.text}`];
  });
  const notes = [...(draft.notes?.trim() ? [draft.notes] : []), ...blocks].join("\n\n");
  return { draft: notes === "" ? draft : { ...draft, notes }, carried };
}

function missingFrom({ path, text }: SourceFile, told: Picked["told"], ledger: Ledger): { readonly text: string; readonly count: number } {
  const kept: string[] = [];
  let count = 0;
  for (const [index, raw] of text.replace(/^\ufeff/, "").split("\n").entries()) {
    const line = raw.replace(/\r$/, "");
    const expected = told.get(`${path}:${index + 1}`) ?? line;
    if (line.trim() === "" ) kept.push("");
    else if (!ledger.has(expected)) {
      kept.push(line);
      count += 1;
    }
  }
  return { text: kept.join("\n").replace(/\n{3,}/g, "\n\n").trim(), count };
}

interface Ledger {
  /** True where the story holds the line. A whole line is counted off, so that one that stood twice must be there twice. */
  has(line: string): boolean;
}

function openLedger(rendered: string): Ledger {
  const lines = rendered.split("\n").map(bare);
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  const whole = ` ${lines.join(" ").replace(/\s+/g, " ")} `;
  const spent = new Set<string>();
  return {
    has: (line) => {
      const wanted = bare(line);
      if (wanted === "") return true;
      const left = counts.get(wanted);
      if (left !== undefined && left > 0) {
        counts.set(wanted, left - 1);
        spent.add(wanted);
        return true;
      }
      // Inside a longer line: joined with its neighbours. One that stood alone and is used up was there once too often.
      return !spent.has(wanted) && whole.includes(` ${wanted} `);
    },
  };
}

/** A line without what only marks its place: heading and list marks, emphasis, spacing. */
export const bare = (line: string): string =>
  line
    .trim()
    .replace(/^#{1,6}\s+/, "")
    .replace(/^(?:[-*+]|\d{1,4}[.)])\s+/, "")
    .replace(/^<!-- (.*) -->$/, "$1")
    .replace(/\*\*|__/g, "")
    .replace(/\s+/g, " ")
    .trim();
