import type { Restraint } from "../anatomy.ts";

const ALWAYS = /^(?:true|1|not (?:false|0|null|none|undefined))$/i;
const NEVER = /^(?:false|0|null|none|undefined|not (?:true|1))$/i;

/** Left out when `condition` holds: one that always holds is a skip, one that never does is nothing. */
export function conditional(condition: string, line: number, reason: Pick<Restraint, "reason"> = {}): Restraint | undefined {
  if (NEVER.test(condition)) return undefined;
  return ALWAYS.test(condition) ? { kind: "skipped", line, ...reason } : { kind: "conditional", condition, line, ...reason };
}
