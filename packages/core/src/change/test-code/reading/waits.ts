import { calledName, isText, limitOf, rootOf } from "../assertions/chain.ts";
import type { Named, TestPart } from "../anatomy.ts";
import { everyNode, type Syntax } from "../syntax.ts";

/** Calls that wait for something, or run something that must end in time. What a product is told to wait is no business of ours. */
const WAITS = /^(?:wait\w*|eventually|until\w*|poll\w*|communicate|join|\w*[sS]pawn\w*|run_\w*process\w*|expect\w*|retry\w*)$/;
/** What Testing Library and Vitest give a function that shall come true. */
const USUAL_WAIT = 1000;
/** Kept of one part: more are data. */
const MOST = 200;

/** How long the calls of a piece of code may take: `waitFor(fn, { timeout: 500 })`, `process.communicate(timeout=3)`. In whatever unit it is written. */
function waitsIn(body: Syntax): readonly (Named & { readonly value: number })[] {
  const found: (Named & { readonly value: number })[] = [];
  const named = new Map<string, Syntax>();
  for (const node of everyNode(body)) if (node.kind === "declare" && node.value !== undefined) named.set(node.name, node.value);
  for (const node of everyNode(body)) {
    if (node.kind !== "call" || found.length >= MOST) continue;
    const name = nameOf(node);
    if (!WAITS.test(name)) continue;
    const given = node.args.map(({ name: keyword, value }) => (keyword === "timeout" ? value : value.kind === "object" ? value.entries.find(({ key }) => key === "timeout")?.value : undefined)).find((value) => value !== undefined);
    const limit = limitOf(given?.kind === "name" ? named.get(given.name) : given) ?? (given === undefined && name === "waitFor" && node.args[0]?.value.kind === "function" ? USUAL_WAIT : undefined);
    if (limit !== undefined) found.push({ name, value: limit, line: node.line });
  }
  return found;
}

function nameOf(node: Extract<Syntax, { readonly kind: "call" }>): string {
  const root = rootOf(node);
  return root.kind === "name" && root.name === "subprocess" ? `run_process_${calledName(node)}` : calledName(node);
}

/** What a part tells functions that are no assertions. */
export const toldIn = (body: Syntax | undefined): Pick<TestPart, "waits" | "texts" | "patterns"> => (body === undefined ? { waits: [], texts: [], patterns: [] } : { waits: waitsIn(body), ...textsIn(body) });

/** Texts and patterns given to functions that nobody here knows: `fails(() => …, "expected 1 to be 2")`. */
function textsIn(body: Syntax): { readonly texts: readonly Named[]; readonly patterns: readonly Named[] } {
  const [texts, patterns]: [Named[], Named[]] = [[], []];
  for (const node of everyNode(body)) {
    if (node.kind !== "statement" || node.value.kind !== "call" || node.value.callee.kind !== "name" || texts.length + patterns.length >= MOST) continue;
    const call = node.value;
    const name = node.value.callee.name;
    for (const { value } of call.args) {
      if (isText(value) && value.kind === "literal" && value.value.length > 7) texts.push({ name, text: value.value.slice(0, 400), line: value.line });
      if (value.kind === "literal" && value.of === "regex") patterns.push({ name, text: value.value.slice(0, 400), line: value.line });
    }
  }
  return { texts, patterns };
}
