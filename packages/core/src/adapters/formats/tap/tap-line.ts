/** What one line of TAP says, without its indentation. */
export type TapLine =
  | { readonly kind: "plan"; readonly tests: number }
  | { readonly kind: "point"; readonly ok: boolean; readonly name: string; readonly directive: "skip" | "todo" | undefined; readonly opens: boolean }
  | { readonly kind: "subtest"; readonly name: string }
  | { readonly kind: "comment"; readonly text: string }
  | { readonly kind: "bail"; readonly reason: string }
  | { readonly kind: "yaml" }
  | { readonly kind: "closes" }
  | { readonly kind: "other"; readonly text: string };

/** Longer lines are some test's output. */
const LONGEST = 20_000;

/** Reads one line of TAP 12, 13 or 14. Linear in its length. */
export function readTapLine(text: string): TapLine {
  if (text.length > LONGEST) return { kind: "other", text: text.slice(0, LONGEST) };
  const plan = /^1\.\.(\d{1,9})(?:\s*#.*)?\s*$/.exec(text);
  if (plan) return { kind: "plan", tests: Number(plan[1]) };
  const point = /^(not )?ok\b(?: +(\d{1,9})(?=\s|$))?(?: +- +| +-$| +)?(.*)$/.exec(text);
  if (point) return pointOf(point[1] === undefined, point[3] ?? "");
  if (text.startsWith("# Subtest")) return { kind: "subtest", name: unescape(text.slice("# Subtest".length).replace(/^:\s*/, "")) };
  if (text.startsWith("#")) return { kind: "comment", text: text.slice(1) };
  if (/^Bail out!/i.test(text)) return { kind: "bail", reason: text.slice("Bail out!".length).trim() };
  if (/^---\s*$/.test(text)) return { kind: "yaml" };
  if (/^\}\s*$/.test(text)) return { kind: "closes" };
  return { kind: "other", text };
}

function pointOf(ok: boolean, rest: string): TapLine {
  const opens = rest.endsWith("{");
  const described = (opens ? rest.slice(0, -1) : rest).trimEnd();
  const hash = lastDirective(described);
  const directive = /^#\s*(skip|todo)/i.exec(hash === -1 ? "" : described.slice(hash))?.[1]?.toLowerCase();
  const name = hash === -1 ? described : described.slice(0, hash);
  return {
    kind: "point",
    ok,
    name: unescape(name.trim().replace(/^- +/, "")),
    directive: directive === "skip" || directive === "todo" ? directive : undefined,
    opens,
  };
}

/** The last `#` that is not escaped and starts a directive or a time. */
function lastDirective(text: string): number {
  for (let at = text.lastIndexOf("#"); at > -1; at = at === 0 ? -1 : text.lastIndexOf("#", at - 1)) {
    if (text[at - 1] !== "\\" && /^#\s*(?:skip|todo|time=)/i.test(text.slice(at, at + 20))) return at;
  }
  return -1;
}

const unescape = (text: string): string => text.replace(/\\([#\\])/g, "$1");
