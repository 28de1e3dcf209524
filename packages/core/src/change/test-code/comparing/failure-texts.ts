import type { Assertion } from "../anatomy.ts";
import type { Relation } from "../assertions/relation.ts";
import { everyNode } from "../syntax.ts";

const OF_TEXT = new Set<Relation>(["contains", "matches", "same", "loosely equal"]);
/** Shorter texts stand in others by chance. */
const TELLING = 3;

/** What the claim of a failure says of its message: `raises(ValueError, match="not a date")`, `rejects.toThrow("not a date")`. */
function textsOf({ relation, negated, wanted }: Assertion): readonly string[] {
  if (relation !== "throws that" || negated) return [];
  return wanted.flatMap((node) => [...everyNode(node)]).flatMap((node) => (node.kind === "literal" && node.of === "string" ? [plain(node.value)] : node.kind === "literal" && node.of === "regex" ? [plain(node.value.slice(1, node.value.lastIndexOf("/")))] : []));
}

/** A pattern as the text it stands for. */
const plain = (text: string): string => text.replace(/^\^|\$$/g, "").replace(/^\w*(?:Error|Exception): /, "").replace(/\\([^\w\s])/g, "$1");

/** How a claim about the text of a failure that was caught goes on in the claim that it is raised: as it was, shorter, or not at all. */
export function continuedInThrow(base: Assertion, heads: readonly Assertion[]): { readonly head: Assertion; readonly shorter: boolean } | undefined {
  const [only] = base.wanted;
  if (!OF_TEXT.has(base.relation) || base.negated || only?.kind !== "literal" || (only.of !== "string" && only.of !== "regex")) return undefined;
  const was = plain(only.of === "string" ? only.value : only.value.slice(1, only.value.lastIndexOf("/")));
  const said = heads.flatMap((head) => textsOf(head).map((text) => ({ head, text })));
  const same = said.find(({ text }) => text === was || text.includes(was));
  if (same !== undefined) return { head: same.head, shorter: false };
  const part = said.find(({ text }) => text.trim().length >= TELLING && was.includes(text));
  return part === undefined ? undefined : { head: part.head, shorter: true };
}
