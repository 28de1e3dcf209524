import type { Syntax } from "../syntax.ts";

/** Fewer characters than this say nothing on their own. */
const TELLING = 3;

/** True when everything that fits `before` fits `after` and more would: a shorter piece of the same text, a pattern without its anchors. */
export function broader(before: Syntax, after: Syntax): boolean {
  const [was, is] = [patternOf(before), patternOf(after)];
  if (was === undefined || is === undefined || same(was, is)) return false;
  if (is.source.length < TELLING || /^[\^$.*+?\\sSdDwW()[\]|]*$/.test(is.source)) return true;
  if (was.flags.replace("i", "") === is.flags.replace("i", "") && was.source === is.source) return is.flags.includes("i") && !was.flags.includes("i");
  const [from, to] = [unanchored(was.source), unanchored(is.source)];
  if (from === to) return anchors(was.source) > anchors(is.source);
  return from.includes(to) && anchors(is.source) <= anchors(was.source) && to.length < from.length;
}

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

const same = (one: Pattern, other: Pattern): boolean => one.source === other.source && one.flags === other.flags;

function patternOf(node: Syntax): Pattern | undefined {
  if (node.kind !== "literal") return undefined;
  if (node.of === "string") return { source: node.value, flags: "" };
  const end = node.value.lastIndexOf("/");
  return node.of === "regex" ? { source: node.value.slice(1, end).replaceAll("\\/", "/").replaceAll("\\.", "."), flags: node.value.slice(end + 1) } : undefined;
}

const unanchored = (source: string): string => source.replace(/^\^/, "").replace(/\$$/, "");
const anchors = (source: string): number => Number(source.startsWith("^")) + Number(source.endsWith("$"));
