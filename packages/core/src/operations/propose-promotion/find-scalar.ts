import { isScalar, parseDocument } from "yaml";

/** Where the plain text at one of these paths stands in a YAML text: from the first character to behind the last. Loaded on first use. */
export function findScalar(text: string, paths: readonly (readonly string[])[]): readonly [number, number] | undefined {
  const document = parseDocument(text, { version: "1.2", schema: "core", prettyErrors: false });
  if (document.errors.length > 0) return undefined;
  const node = paths.map((path) => document.getIn(path, true)).find((found) => isScalar(found));
  return isScalar(node) && node.range ? [node.range[0], node.range[1]] : undefined;
}
