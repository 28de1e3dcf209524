import type { TestId } from "../observed.ts";

/** Where a title takes a value when it runs: `%s`, `$name`, `${…}`. */
const PLACEHOLDERS = /%[sdifjoOp#%]|\$\{[^}\n]{0,200}\}|\$[A-Za-z_][\w.]{0,60}/;

/** Title of a run test with its suites, as findings write it. */
export const titleOfTest = ({ suite, name }: TestId): string => [...suite, name].filter((part) => part !== "").join(" › ");

/**
 * True when a test that ran is the one a title in the code stands for: the same words, a row of its table, or a parameter set of a Python test.
 * The parts round a title's placeholders must come in their order, from its start to its end.
 */
export function isTestOf(title: string, id: TestId): boolean {
  const ran = titleOfTest(id);
  if (ran === title || ran.startsWith(`${title}[`)) return true;
  const parts = title.slice(0, 2_000).split(PLACEHOLDERS);
  if (parts.length === 1 || parts.every((part) => part.trim() === "")) return false;
  return inOrder(parts, ran);
}

function inOrder(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= text.length;
}
