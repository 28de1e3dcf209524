import { crc32 } from "node:zlib";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The six Base62 characters that end GitHub's and npm's tokens: the CRC-32 of all that stands before them. */
export function base62Checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let place = 0; place < 6; place++) {
    digits = (BASE62[rest % 62] ?? "") + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** True when the last six characters are the checksum of the ones before. */
export const endsWithChecksum = (body: string): boolean => base62Checksum(body.slice(0, -6)) === body.slice(-6);

/** True for a NATS key: Base32 whose last two bytes are the CRC-16 (XMODEM) of the rest, little-endian. */
export function isNkey(text: string): boolean {
  const bytes = fromBase32(text);
  const body = bytes.subarray(0, -2);
  const [low = 0, high = 0] = bytes.subarray(-2);
  return bytes.length > 2 && crc16(body) === low + high * 256;
}

/** The bytes of unpadded RFC 4648 Base32; left-over bits are dropped. */
export function fromBase32(text: string): Uint8Array {
  const out = new Uint8Array(Math.floor((text.length * 5) / 8));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const character of text) {
    buffer = ((buffer << 5) | BASE32.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (buffer >> bits) & 0xff;
    }
  }
  return out;
}

export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
