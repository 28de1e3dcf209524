/** Latin letters and the punctuation of running text: one column each, and no need to look closer. */
const PLAIN = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*$/;
const WIDE_SIGN = /^\p{Emoji_Presentation}/u;
const PICTURE = /^\p{Extended_Pictographic}/u;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;
/** East Asian scripts and full-width forms: two columns in every terminal. */
const WIDE_SCRIPT = /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;

let segmenter: Intl.Segmenter | undefined;

/** What a reader sees as single characters: an emoji of a whole family is one. */
export function* characters(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter();
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** How many columns of a terminal a text takes. Plain text is counted, anything else is looked at character by character. */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const character of characters(text)) columns += widthOf(character);
  return columns;
}

/** Text followed by as many spaces as fill `width` columns. */
export const padTo = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - columnsOf(text)));

/** Columns of one character: 0, 1 or 2. */
export function widthOf(character: string): number {
  if (PLAIN.test(character)) return 1;
  if (WIDE_SIGN.test(character) || WIDE_SCRIPT.test(character)) return 2;
  // A plain sign such as ⚠ becomes a picture by the selector behind it.
  if (PICTURE.test(character) && character.includes("\ufe0f")) return 2;
  return NOTHING.test(character) ? 0 : 1;
}
