/** What a process printed: the first and the last part, so that an endless printer costs no memory. */
export interface KeptOutput {
  add(chunk: Buffer): void;
  text(): string;
}

const PART = 256 * 1024;

/** Keeps at most `part` bytes from the start and from the end each. */
export function keepOutput(part: number = PART): KeptOutput {
  const head: Buffer[] = [];
  let headBytes = 0;
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let dropped = 0;
  const add = (chunk: Buffer): void => {
    const room = part - headBytes;
    if (room > 0) {
      const piece = chunk.subarray(0, room);
      head.push(piece);
      headBytes += piece.length;
    }
    if (chunk.length <= room) return;
    const rest = chunk.subarray(Math.max(0, room));
    tail.push(rest);
    tailBytes += rest.length;
    if (tailBytes <= 2 * part) return;
    const all = Buffer.concat(tail);
    dropped += all.length - part;
    tail = [Buffer.from(all.subarray(all.length - part))];
    tailBytes = part;
  };
  const text = (): string => {
    const all = Buffer.concat(tail);
    const cut = Math.max(0, all.length - part);
    const gone = dropped + cut;
    const gap = gone > 0 ? `\n… ${gone} bytes left out …\n` : "";
    return Buffer.concat(head).toString("utf8") + gap + all.subarray(cut).toString("utf8");
  };
  return { add, text };
}
