import type { SyntaxReader } from "#change";
import type { ProofLink } from "../proof-link.ts";
import { linksInTree } from "./tree-links.ts";
import { linksInFeature } from "./feature-links.ts";
import { linksByLine } from "./line-links.ts";

/** Links kept of one file. */
const MOST = 5_000;

/** Without these characters a text names no story. */
export const mayHoldLinks = (text: string): boolean => text.includes("ST-");

/** Every claim of a test file that its tests prove something. Never throws; a text nobody can parse is read by its lines. */
export async function readLinks(path: string, text: string, syntax: SyntaxReader): Promise<readonly ProofLink[]> {
  if (!mayHoldLinks(text)) return [];
  if (path.endsWith(".feature")) return linksInFeature(path, text).slice(0, MOST);
  const tree = /\.(?:[cm]?[jt]sx?|py)$/i.test(path) ? await syntax.read(path, text) : undefined;
  return (tree === undefined ? linksByLine(path, text) : linksInTree(path, tree)).slice(0, MOST);
}
