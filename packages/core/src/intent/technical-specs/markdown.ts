/** Text from a repository inside Markdown: one line, and nothing in it is markup, a marker or a cell of a table. */
export const plain = (text: string, most = 300): string => {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ").replace(/\s+/g, " ").trim();
  const short = line.length > most ? `${line.slice(0, most - 1)}…` : line;
  return short.replace(/[\\`*_[\]|]/g, "\\$&").replace(/</g, "&lt;").replace(/^([#>+-]|\d{1,9}[.)])/, "\\$1");
};

/** A name or path as code. */
export const code = (text: string): string => `\`${text.replace(/[\u0000-\u001f\u007f`]+/g, " ").slice(0, 300)}\``;

/** A table; nothing where it has no rows. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  return [`| ${heads.join(" | ")} |`, `|${heads.map(() => "---|").join("")}`, ...rows.map((row) => `| ${row.join(" | ")} |`)];
}

/** Names in one line: the first ones, and how many more. */
export const some = (names: readonly string[], most: number): string => `${names.slice(0, most).join(", ")}${names.length > most ? ` and ${names.length - most} more` : ""}`;
