import type { SelectInput } from "@proofline/core/operations";

/** `worktree`, `index`, or a commit; undefined where nothing was said. */
export function headOf(value: unknown): SelectInput["head"] {
  if (typeof value !== "string") return undefined;
  return value === "worktree" || value === "index" ? { kind: value } : { kind: "commit", rev: value };
}
