/** True when a change to `proofline/proofs.lock` only adds lines: more proofs are protected, and none less. Undefined is a side without the file. */
export function lockGrows(before: string | undefined, after: string | undefined): boolean {
  const now = new Set((after ?? "").split("\n"));
  return (before ?? "").split("\n").every((line) => line.trim() === "" || now.has(line));
}
