import type { SyntaxTree } from "../syntax.ts";

/** Characters kept: more is no code somebody took out. */
const MOST = 400_000;

/** All comments of a file, in order. */
export const commentsIn = ({ comments }: SyntaxTree): string => [...comments.values()].join("\n").slice(0, MOST);
