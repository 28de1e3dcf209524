import { nearest } from "#kernel";
import type { StoryProblem } from "./story.ts";

/** Collects what is wrong with one file. */
export interface Problems {
  add(code: string, line: number, says: string, fix: string): void;
  readonly found: readonly StoryProblem[];
}

/** Problems told of one file; more have one cause. */
const MOST = 200;

export function collectProblems(file: string): Problems {
  const found: StoryProblem[] = [];
  return {
    found,
    add: (code, line, says, fix) => {
      if (found.length < MOST) found.push({ code, file, line, says, fix });
    },
  };
}

/** Text of a stranger's file as far as a message quotes it. */
export const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** “Did you mean”, or the whole list. */
export function meant(typed: string, known: readonly string[]): string {
  const close = nearest(typed, known);
  return close === undefined ? `Use one of: ${known.join(", ")}.` : `Did you mean \`${close}\`?`;
}
