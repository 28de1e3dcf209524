import { sha256Hex } from "#kernel";
import { fileKind, type TreeEntry } from "#change";

/** Kinds of files that tell of the product or check it, and are none of it. */
const BESIDE = new Set(["docs", "test", "fixture", "snapshot", "ci"]);

/** `sha256:` over everything that ships of a tree: another digest, another product. Prose, tests, CI and Proofline's own records are left out, so that recording what was tried does not undo it. */
export function productOf(entries: readonly TreeEntry[]): string {
  const lines = entries.filter(({ path }) => !/^\.?proofline\//.test(path) && path !== "proofline.yaml" && path !== "proofline.yml" && !BESIDE.has(fileKind(path))).map(({ path, mode, blob }) => `${mode} ${blob} ${JSON.stringify(path)}`);
  return `sha256:${sha256Hex(lines.toSorted().join("\n"))}`;
}
