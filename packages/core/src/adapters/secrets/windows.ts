import { secretHintOffsets } from "#change";

/** Longest line that is searched as a whole. */
const WHOLE_LINE = 16_384;
const BEFORE = 512;
const AFTER = 8_192;
/** Enough for any file a person wrote; a hostile one can't make the search longer than this many windows per line. */
const MOST_WINDOWS = 4_000;

/** The parts of a line worth searching: all of an ordinary one; of a minified or hostile one what surrounds each hint, overlaps joined. */
export function windowsOf(line: string): string[] {
  if (line.length <= WHOLE_LINE) return [line];
  const windows: { from: number; to: number }[] = [];
  for (const offset of secretHintOffsets(line)) {
    const last = windows.at(-1);
    if (last && offset - BEFORE <= last.to && offset + AFTER - last.from <= 4 * AFTER) last.to = offset + AFTER;
    else windows.push({ from: Math.max(0, offset - BEFORE), to: offset + AFTER });
    if (windows.length > MOST_WINDOWS) break;
  }
  return windows.map(({ from, to }) => line.slice(from, to));
}
