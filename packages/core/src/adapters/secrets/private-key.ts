/** A private key found in consecutive lines. */
export interface PrivateKeyBlock {
  /** Index of the line with the BEGIN marker, and of the last line looked at. */
  readonly from: number;
  readonly to: number;
  /** The Base64 body without line breaks: what makes it this key and no other. */
  readonly body: string;
}

const BEGIN = /-----BEGIN (?<label>(?:[A-Z0-9]{1,12} ){0,3})PRIVATE KEY(?: BLOCK)?-----/;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY/;
const MOST_LINES = 200;

/**
 * Finds PEM, OpenSSH and PGP private keys, also those inside string literals with `\n` or one quoted line after the other.
 * Encrypted keys, truncated keys and markers without a key are left out.
 */
export function* privateKeyBlocks(lines: readonly string[]): Generator<PrivateKeyBlock> {
  for (let from = 0; from < lines.length; from++) {
    const begin = BEGIN.exec(lines[from] ?? "");
    if (!begin) continue;
    const block = readBlock(lines, from, begin);
    if (block && isUsable(block.body, begin.groups?.["label"] ?? "", block.head)) yield { from, to: block.to, body: block.body };
    if (block) from = block.to > from ? block.to - 1 : from;
  }
}

function readBlock(lines: readonly string[], from: number, begin: RegExpExecArray): (PrivateKeyBlock & { readonly head: string }) | undefined {
  const parts: string[] = [];
  for (let at = from; at < Math.min(lines.length, from + MOST_LINES); at++) {
    const whole = lines[at] ?? "";
    const text = at === from ? whole.slice(begin.index + begin[0].length) : whole;
    if (at > from && BEGIN.test(text)) return undefined;
    const end = END.exec(text);
    if (at === from && !startsBody(text)) return undefined;
    parts.push(...(end ? text.slice(0, end.index) : text).split(/\\+[nr]|[\r\n]/));
    if (end) return { from, to: at, body: parts.map(base64Of).join(""), head: parts.slice(0, 6).join("\n") };
  }
  return undefined;
}

/** After the marker comes the end of the line, an escaped one, or the body; words there say that the key is a fake. */
const startsBody = (rest: string): boolean => !/^\s{0,3}[A-Za-z]{1,15}\b(?![+/=])/.test(rest);

/** The Base64 in one printed line, without the quotes, plus signs and comment marks around it. */
function base64Of(line: string): string {
  const bare = line
    .slice(0, 5_000)
    .replace(/^[\s#|>*;,.]{0,40}(?:\+\s{0,10})?(?=["'`])/, "")
    .replace(/^[\s"'`#|>;,.]{1,40}/, "")
    .replace(/[\s"'`;,.\\)]{0,40}\+?[\s"'`;,.\\)]{0,40}$/, (tail) => (/["'`\s]/.test(tail) || !tail.includes("+") ? "" : tail));
  return /^[A-Za-z0-9+/]{2,4096}={0,2}$/.test(bare) ? bare : "";
}

function isUsable(body: string, label: string, head: string): boolean {
  if (label.startsWith("ENCRYPTED") || /Proc-Type: 4,ENCRYPTED|DEK-Info/.test(head)) return false;
  if (body.length < 44 || new Set(body).size < 16) return false;
  const bytes = Buffer.from(body, "base64");
  if (label.startsWith("PGP")) return bytes.length > 200 && (bytes[0] ?? 0) >= 0x80;
  if (bytes.subarray(0, 15).toString("latin1") === "openssh-key-v1\0") return bytes.subarray(19, 23).toString("latin1") === "none";
  return isWholeSequence(bytes);
}

/** True when the bytes are one DER sequence of about the length it declares, so that a truncated example does not count. */
function isWholeSequence(bytes: Buffer): boolean {
  if (bytes[0] !== 0x30) return false;
  const first = bytes[1] ?? 0;
  const long = first & 0x7f;
  if (first < 0x80) return bytes.length >= first && first >= 32;
  if (long < 1 || long > 2 || bytes.length < 2 + long) return false;
  const declared = bytes.readUIntBE(2, long) + 2 + long;
  return bytes.length >= declared && bytes.length <= declared + 8;
}
