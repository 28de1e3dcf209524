import { withoutComments, type Line } from "./lines.ts";
import { quoted, type Problems } from "./problems.ts";
import type { AccessCell, Entry } from "./story.ts";

/** Top-level list entries; what stands below one and is no entry itself belongs to it. A paragraph outside a list is an entry as well. */
export function entriesOf(lines: readonly Line[]): readonly Entry[] {
  const found: { text: string; line: number }[] = [];
  let open = false;
  for (const line of lines) {
    const text = line.opaque ? "" : withoutComments(line.text).trim();
    if (text === "") open = false;
    else if (!/^#{1,6}\s/.test(text)) {
      const bullet = /^(?:[-*+]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$/.exec(line.text);
      const last = found.at(-1);
      if (bullet) found.push({ text: (bullet[1] ?? "").trim(), line: line.number });
      else if (last && (open || /^\s/.test(line.text))) last.text = `${last.text} ${text}`;
      else found.push({ text, line: line.number });
      open = true;
    }
  }
  return found.map(withId);
}

function withId({ text, line }: { readonly text: string; readonly line: number }): Entry {
  const read = /^(?:\*\*)?([A-Z]{1,4}-[A-Za-z0-9.-]{1,40}?)(?:\*\*)?:(?:\*\*)?\s+(.+)$/.exec(text.slice(0, 4_000));
  return read?.[1] && read[2] ? { id: read[1], text: read[2], line } : { text, line };
}

/** The access table: roles down, actions across, `allow` or `deny` in each cell. An empty cell is not declared. */
export function readAccess(lines: readonly Line[], problems: Problems): readonly AccessCell[] {
  const rows = lines.filter((line) => !line.opaque && line.text.trim().startsWith("|"));
  const [head, ...body] = rows;
  if (!head) return [];
  const actions = cells(head.text).slice(1);
  return body
    .filter(({ text }) => !/^[\s|:-]+$/.test(text))
    .flatMap((row) => {
      const [role = "", ...values] = cells(row.text);
      return values.flatMap((value, at) => {
        const action = actions[at];
        const word = value.toLowerCase();
        if (word === "" || action === undefined) return [];
        if (word === "allow" || word === "deny") return [{ role, action, allowed: word === "allow", line: row.number }];
        problems.add("access-cell", row.number, `${quoted(value)} for ${quoted(role)} is neither allow nor deny.`, "Write `allow` or `deny` in each cell; leave it empty where nothing is promised.");
        return [];
      });
    });
}

const cells = (row: string): readonly string[] =>
  row
    .trim()
    .replace(/^\|/, "")
    .replace(/\|$/, "")
    .split("|")
    .map((cell) => cell.replace(/\*\*|`/g, "").trim());

const QUESTION = /\[NEEDS CLARIFICATION(?:: ?([^\]]{0,1000}))?\]/gi;

/** Every `[NEEDS CLARIFICATION: …]` in the lines. */
export const questionsIn = (lines: readonly Line[]): readonly Entry[] =>
  lines.flatMap((line) => (line.opaque ? [] : [...line.text.matchAll(QUESTION)].map((match) => ({ text: match[1]?.trim() || "something is not clear here", line: line.number }))));

/** Terms defined as `- **Term**: meaning`. */
export const termsIn = (lines: readonly Line[]): readonly string[] =>
  lines.flatMap((line) => {
    const term = line.opaque ? undefined : /^\s*(?:[-*+]\s+)?(?:\*\*|__)([^*_:]{1,80}(?:_[^*_:]{1,80}){0,6}):?(?:\*\*|__)\s*(?::|[-–—]|\()/.exec(line.text.slice(0, 300));
    const inside = line.opaque ? undefined : /^\s*(?:[-*+]\s+)?\*\*([^*]{1,80}):\*\*\s/.exec(line.text.slice(0, 300));
    const found = inside?.[1] ?? term?.[1];
    return found === undefined ? [] : [found.trim()];
  });
