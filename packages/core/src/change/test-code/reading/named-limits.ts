import { calledName, limitOf } from "../assertions/chain.ts";
import type { FileLimit } from "../anatomy.ts";
import { everyNode, type Syntax } from "../syntax.ts";

/** Constants that say by their name, in capitals, how long or how often. */
const CONSTANT = /^(?:[A-Z0-9]+_)*(?:(TIMEOUT|DEADLINE|MAX_WAIT)|(RETRIES|ATTEMPTS))(?:_[A-Z0-9]+)*$/;
const AGAIN = /^(?:retries|maxRetries|attempts|maxAttempts)$/;

/** `const TIMEOUT = 2000` and `retry(run, { retries: 3 })`, wherever they stand in a file: helpers of tests wait by them. */
export function namedLimits(body: readonly Syntax[]): FileLimit[] {
  const found = new Map<string, FileLimit>();
  const add = (name: string, kind: FileLimit["kind"], value: number | undefined, line: number): void => {
    if (value !== undefined && value > (found.get(name)?.value ?? -1)) found.set(name, { kind, value, line, name });
  };
  const look = (node: Syntax): void => {
    if (node.kind === "declare") {
      const [match, time] = CONSTANT.exec(node.name) ?? [];
      if (match !== undefined) add(node.name, time === undefined ? "retries" : "timeout", chosen(node.value), node.line);
    } else if (node.kind === "call") {
      const name = calledName(node);
      if (!/retry/i.test(name)) return;
      for (const { value } of node.args) for (const entry of value.kind === "object" ? value.entries : []) if (AGAIN.test(entry.key)) add(`${name}() ${entry.key}`, "retries", limitOf(entry.value), entry.line);
    }
  };
  for (const statement of body) everyNode(statement).forEach(look);
  return [...found.values()];
}

/** `process.env.WAIT || 10000` is 10000 for whoever sets nothing. */
const chosen = (node: Syntax | undefined): number | undefined => (node?.kind === "operation" && (node.operator === "||" || node.operator === "??") ? limitOf(node.operands.at(-1)) : limitOf(node));
