import { compareBuild, parse } from "semver";

/** Below zero when the first is older. Semantic versions by their rules, everything else number by number. */
export function compareVersions(first: string, second: string): number {
  const [a, b] = [parse(first, { loose: true }), parse(second, { loose: true })];
  if (a && b) return compareBuild(a, b);
  const [left, right] = [partsOf(first), partsOf(second)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = compareParts(left[at] ?? "0", right[at] ?? "0");
    if (difference !== 0) return difference;
  }
  return 0;
}

const partsOf = (version: string): string[] => version.replace(/^v/, "").match(/\d+|[a-z]+/gi) ?? [];

/** Numbers by value; a word (`rc`, `beta`) stands before any number. */
function compareParts(left: string, right: string): number {
  const [leftNumber, rightNumber] = [/^\d/.test(left), /^\d/.test(right)];
  if (leftNumber && rightNumber) return Math.sign(Number(left) - Number(right));
  if (leftNumber !== rightNumber) return leftNumber ? 1 : -1;
  return left < right ? -1 : left > right ? 1 : 0;
}
