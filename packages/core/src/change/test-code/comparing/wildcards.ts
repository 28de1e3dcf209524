import { canonical } from "../canonical.ts";
import { everyNode, type Syntax } from "../syntax.ts";

const WILD = /^(?:expect\.(?:any|anything|objectContaining|arrayContaining|stringContaining|stringMatching|closeTo)|any|anything|sinon\.match(?:\.\w+)?|match\.\w+|mock\.ANY|ANY|td\.matchers\.\w+|jasmine\.(?:any|anything|objectContaining|arrayContaining|stringContaining|stringMatching))$/;

const isWild = (node: Syntax): boolean => (node.kind === "call" && WILD.test(canonical(node.callee))) || ((node.kind === "name" || node.kind === "member") && /(?:^|\.)ANY$/.test(canonical(node)));

export const wildNodes = (node: Syntax): Syntax[] => [...everyNode(node)].filter(isWild);

/**
 * How many exact values became placeholders. One that stands where nothing was asked before, in a new field or a further argument, asks for more
 * and not for less.
 */
export function loosenedBy(before: readonly Syntax[], after: readonly Syntax[]): number {
  return after.reduce((sum, node, at) => sum + loosened(before[at], node), 0);
}

function loosened(before: Syntax | undefined, after: Syntax): number {
  if (before === undefined || canonical(before) === canonical(after)) return 0;
  if (before.kind === "call" && after.kind === "call" && canonical(before.callee) === canonical(after.callee)) return loosenedBy(before.args.map(({ value }) => value), after.args.map(({ value }) => value));
  if (isWild(before)) return 0;
  if (isWild(after)) return 1;
  if (before.kind === "object" && after.kind === "object") {
    const values = new Map(before.entries.map(({ key, value }) => [key, value]));
    return after.entries.reduce((sum, { key, value }) => sum + loosened(values.get(key), value), 0);
  }
  if (before.kind === "list" && after.kind === "list") return before.items.length === after.items.length ? loosenedBy(before.items, after.items) : Math.max(0, wildNodes(after).length - wildNodes(before).length);
  return Math.max(0, wildNodes(after).length - wildNodes(before).length);
}
