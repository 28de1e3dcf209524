import type { Mutant } from "#change";

const squeezed = (code: string): string => code.replace(/\s+/g, "");

/** Characters round a fault that are looked at. */
const ROUND = 300;

/** Why nobody could tell the code with this fault from the code without it; undefined where somebody may. `text` is the whole file. */
export function whyEquivalent(mutant: Mutant, text: string): string | undefined {
  const { before, after, start, end } = mutant;
  if (squeezed(before) === squeezed(after)) return "it says the same in other words";
  if (after === "{}" && onlyTells(before)) return "it only logs or counts";
  const following = text.slice(end, end + ROUND);
  if (mutant.kind === "comparison" && choosesTheSame(before, after, text.slice(Math.max(0, start - 20), start), following)) return "at the boundary both ways give the same value";
  if (mutant.kind === "condition" && after === "false" && /\breturn\b[^;\n]{0,200}\b\w*(?:cache|memo)\w*/i.test(firstStatement(following)) && /cache|memo/i.test(before + following)) return "it only makes a cache miss";
  return undefined;
}

/** What stands right behind a condition. */
const firstStatement = (following: string): string => /^\s*\)\s*\{?\s*([^\n;]{0,250})/.exec(following)?.[1] ?? "";

/** A block of nothing but calls to a log. */
function onlyTells(block: string): boolean {
  const inside = block.slice(1, -1).trim();
  return inside.length > 0 && inside.length < 2_000 && !inside.includes("{") && inside.split(/;|\n/).every((line) => /^\s*$|^\s*(?:console|logger|log|debug)\b[.(]/.test(line));
}

/** `a < b ? a : b` and `if (a < b) a = b`, where `<` became `<=` or the like: of two equal values either is right. */
function choosesTheSame(before: string, after: string, leading: string, following: string): boolean {
  const was = sides(before);
  const is = sides(after);
  if (!was || !is || was.operator.replace("=", "") !== is.operator.replace("=", "")) return false;
  const pair = new Set([squeezed(was.left), squeezed(was.right)]);
  const chosen = /^\s*\)?\s*\?\s*([\w.$[\]]{1,60})\s*:\s*([\w.$[\]]{1,60})\s*[;,)\n}]/.exec(following);
  if (chosen) return same(pair, chosen);
  const assigned = /\bif\s*\(\s*$/.test(leading) ? /^\s*\)\s*\{?\s*([\w.$[\]]{1,60})\s*=\s*([\w.$[\]]{1,60})\s*[;\n}]/.exec(following) : null;
  return assigned !== null && same(pair, assigned);
}

const same = (pair: ReadonlySet<string>, [, one = "", other = ""]: readonly string[]): boolean => one !== other && pair.has(squeezed(one)) && pair.has(squeezed(other));

function sides(comparison: string): { readonly left: string; readonly right: string; readonly operator: string } | undefined {
  const found = /^([^<>=!]{1,60})(<=|>=|<|>)([^<>=!]{1,60})$/.exec(comparison);
  return found ? { left: found[1] ?? "", operator: found[2] ?? "", right: found[3] ?? "" } : undefined;
}
