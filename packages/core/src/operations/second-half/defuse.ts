const BREAK = "\u200b"; // zero-width space: invisible, and enough to stop a pattern

/** Control, bidirectional and invisible characters that make text look like other text. */
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * Makes a stranger's one-line text harmless in Markdown and plain text alike: nobody is mentioned, nothing is linked or loaded, no
 * tag, comment or command begins. To a reader it looks the same.
 */
export function defuse(text: string, limit = 500): string {
  const line = text.replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
  const cut = line.length > limit ? `${[...line].slice(0, limit - 1).join("")}…` : line;
  return cut
    .replace(/[@#!](?=[\w[(])/g, `$&${BREAK}`)
    .replace(/\](?=[([:])/g, `]${BREAK}`)
    .replace(/<(?=[A-Za-z/!?])/g, `<${BREAK}`)
    .replace(/&(?=#?\w+;)/g, `&${BREAK}`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\bwww\./gi, `www${BREAK}.`)
    .replace(/(`|~){3,}/g, (fence) => [...fence].join(BREAK))
    .replace(/^([/>|#*+=-]|\d+[.)])/, `${BREAK}$1`);
}
