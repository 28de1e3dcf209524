/** The same text as UTF-8 without a byte order mark: UTF-16 by mark or by its zeros, others as an XML declaration names them. */
export function toUtf8(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
  const label = wideLabel(bytes) ?? declaredLabel(bytes);
  if (label === undefined) return bytes;
  const text = decode(bytes, label);
  return text === undefined ? bytes : new TextEncoder().encode(text);
}

function wideLabel(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0 && third !== undefined) return "utf-16le";
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0 && second !== undefined) return "utf-16be";
  return undefined;
}

function declaredLabel(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(200, bytes.byteLength)).toString("latin1");
  const label = /^\s*<\?xml[^>]{0,100}\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start)?.[1]?.toLowerCase();
  // A declaration that can be read at all is in no UTF-16, whatever it says.
  return label === undefined || /^(?:utf-?8|us-ascii|ascii|utf-?16.*|utf-?32.*|iso-10646.*)$/.test(label) ? undefined : label;
}

function decode(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return undefined; // an encoding nobody knows: the ASCII part is still right
  }
}
