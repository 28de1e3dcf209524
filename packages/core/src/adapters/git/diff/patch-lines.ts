import { isUtf8 } from "node:buffer";
import { textOfBytes } from "../objects/text-of-bytes.ts";

/** Takes one line: a text and where in it the line starts and ends (line break exclusive). */
export type TakeLine = (text: string, from: number, to: number) => void;

/** Cuts a stream of bytes into lines of text. Whole blocks are decoded at once; where a block is not UTF-8, each line is decoded by itself. Linear. */
export function linesOf(take: TakeLine): { write(chunk: Buffer): void; end(): void } {
  let pending: Buffer[] = [];
  const block = (bytes: Buffer): void => {
    if (isUtf8(bytes)) linesOfText(bytes.toString("utf8"), take);
    else linesOfBytes(bytes, take);
  };
  return {
    write: (chunk) => {
      const last = chunk.lastIndexOf(10);
      if (last < 0) {
        pending.push(chunk);
        return;
      }
      const whole = chunk.subarray(0, last + 1);
      block(pending.length === 0 ? whole : Buffer.concat([...pending, whole]));
      pending = last + 1 < chunk.length ? [chunk.subarray(last + 1)] : [];
    },
    end: () => {
      if (pending.length > 0) block(Buffer.concat([...pending, Buffer.from("\n")]));
      pending = [];
    },
  };
}

function linesOfText(text: string, take: TakeLine): void {
  for (let from = 0; from < text.length;) {
    const to = text.indexOf("\n", from);
    take(text, from, to);
    from = to + 1;
  }
}

function linesOfBytes(bytes: Buffer, take: TakeLine): void {
  for (let from = 0; from < bytes.length;) {
    const to = bytes.indexOf(10, from);
    const line = textOfBytes(bytes.subarray(from, to));
    take(line, 0, line.length);
    from = to + 1;
  }
}
