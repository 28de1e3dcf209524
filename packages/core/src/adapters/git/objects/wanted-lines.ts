/** Lines kept before one that is wanted: what belongs together often spans several. */
export const LINES_BEFORE = 3;

/** Which lines of a text are wanted, without ever holding it whole. `linesAfter` says how many after a wanted one belong to it. */
export interface Wanted {
  /** Asked about lines, and about many at once: true when any of them may be wanted. */
  maybe(text: string): boolean;
  linesAfter(line: string): number;
}

interface WantedLines<Line> {
  look(line: Line): void;
  /** Begins anew: what was seen before is no neighbour, except these. */
  startAfter(recent?: readonly Line[]): void;
  /** True while the next line belongs to one that was wanted. */
  readonly following: boolean;
}

/** Hands on the wanted lines of a stream with their neighbours, in order and each once. */
export function wantedLines<Line extends { readonly text: string }>(wanted: Wanted, keep: (line: Line) => void): WantedLines<Line> {
  let recent: Line[] = [];
  let following = 0;
  return {
    look: (line) => {
      const hit = wanted.maybe(line.text);
      if (hit) for (const before of recent.splice(0)) keep(before);
      if (hit || following > 0) keep(line);
      else recent = [...recent, line].slice(-LINES_BEFORE);
      following = hit ? Math.max(following - 1, wanted.linesAfter(line.text)) : Math.max(0, following - 1);
    },
    startAfter: (lines = []) => {
      recent = [...lines];
      following = 0;
    },
    get following() {
      return following > 0;
    },
  };
}
