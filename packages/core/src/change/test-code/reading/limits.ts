import { argument, chainOf, limitOf, rootName } from "../assertions/chain.ts";
import type { FileLimit } from "../anatomy.ts";
import { canonical } from "../canonical.ts";
import type { Syntax } from "../syntax.ts";

/** `this.timeout(5000)`, `jest.setTimeout(…)`, `vi.setConfig({ testTimeout })`, `jest.retryTimes(2)`, `test.setTimeout(…)`. */
export function limitIn(node: Syntax, handles: ReadonlySet<string>): FileLimit | undefined {
  if (node.kind === "assign" && node.target.kind === "member" && node.target.property === "DEFAULT_TIMEOUT_INTERVAL" && canonical(node.target.object) === "jasmine") return made("timeout", limitOf(node.value), node.line);
  if (node.kind !== "call" || node.callee.kind !== "member" || !SETS.has(node.callee.property)) return undefined;
  const chain = chainOf(node);
  const name = rootName(chain);
  const [link, more] = chain.links;
  const alone = link?.args !== undefined && more === undefined && chain.rootArgs === undefined;
  if (name === undefined || !alone || !(OWN.test(name) || handles.has(name))) return undefined;
  const first = argument(link.args, 0);
  if (link.name === "setConfig" && first?.kind === "object") return made("timeout", limitOf(first.entries.find(({ key }) => key === "testTimeout" || key === "hookTimeout")?.value), node.line);
  const kind = SETTERS[link.name];
  return kind === undefined ? undefined : made(kind, limitOf(first), node.line);
}

/** The limits set among nodes that were walked already. */
export function limitsAmong(nodes: readonly Syntax[], handles: ReadonlySet<string>): FileLimit[] {
  const found: FileLimit[] = [];
  for (const node of nodes) {
    const limit = node.kind === "call" || node.kind === "assign" ? limitIn(node, handles) : undefined;
    if (limit !== undefined) found.push(limit);
  }
  return found;
}

const OWN = /^(?:this|jest|vi|test|it)$/;
const SETTERS: Readonly<Record<string, FileLimit["kind"] | undefined>> = { timeout: "timeout", setTimeout: "timeout", retries: "retries", retryTimes: "retries", retry: "retries" };
const SETS = new Set(["setConfig", ...Object.keys(SETTERS)]);

/** Zero switches a timeout off. */
const made = (kind: FileLimit["kind"], value: number | undefined, line: number): FileLimit | undefined => (value === undefined ? undefined : { kind, value: kind === "timeout" && value <= 0 ? Infinity : value, line });
