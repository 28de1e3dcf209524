/** Lines of UTF-8 bytes one at a time, without their end of line. A document of 50 MB never becomes one string. */
export function* readLines(bytes: Uint8Array): Generator<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let from = 0;
  while (from < buffer.length) {
    const end = buffer.indexOf(10, from);
    const to = end === -1 ? buffer.length : end;
    yield buffer.toString("utf8", from, to > from && buffer[to - 1] === 13 ? to - 1 : to);
    if (end === -1) return;
    from = end + 1;
  }
}
