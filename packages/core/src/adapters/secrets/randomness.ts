import type { Alphabet } from "./secret-format.ts";

const SIZE: Readonly<Record<Alphabet, number>> = { base62: 62, base64: 64, base32: 32, hex: 16, letters: 52 };

/** Share of the highest possible entropy that real secrets reach; short and narrow alphabets scatter more. */
const LEAST_DISORDER: Readonly<Record<Alphabet, number>> = { base62: 0.82, base64: 0.82, base32: 0.8, hex: 0.76, letters: 0.8 };

const MADE_UP = /example|sample|placeholder|dummy|fake|change.?me|your|redact|insert|secret|password|invalid|x{4}|foobar|deadbeef|abcdef|12345|qwerty|test|token|\.\.\.|here/i;

/** True when nobody would have typed this: it is disordered, does not repeat or count upwards, and holds no word that marks a stand-in. */
export function looksRandom(text: string, alphabet: Alphabet): boolean {
  const highest = Math.log2(Math.min(text.length, SIZE[alphabet]));
  return (
    text.length >= 8 &&
    entropyOf(text) >= LEAST_DISORDER[alphabet] * highest &&
    longestRun(text) < (alphabet === "hex" ? 6 : 4) &&
    longestCount(text) < 6 &&
    !repeatsBlock(text) &&
    !MADE_UP.test(text)
  );
}

/** Shannon entropy in bits per character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Length of the longest run of one character. */
const longestRun = (text: string): number => longest(text, (step) => step === 0);

/** Length of the longest run that counts up or down: `12345`, `fedcba`. */
const longestCount = (text: string): number => Math.max(longest(text, (step) => step === 1), longest(text, (step) => step === -1));

function longest(text: string, follows: (step: number) => boolean): number {
  let best = text.length > 0 ? 1 : 0;
  let run = 1;
  for (let at = 1; at < text.length; at++) {
    run = follows(text.charCodeAt(at) - text.charCodeAt(at - 1)) ? run + 1 : 1;
    if (run > best) best = run;
  }
  return best;
}

/** True when some six characters occur twice, which chance all but never does in a secret. */
function repeatsBlock(text: string): boolean {
  const seen = new Set<string>();
  for (let at = 0; at + 6 <= text.length; at++) {
    const block = text.slice(at, at + 6);
    if (seen.has(block)) return true;
    seen.add(block);
  }
  return false;
}
