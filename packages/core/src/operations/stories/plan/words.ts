/** Names in one line: the first ones, and how many more. */
export const some = (names: readonly string[], most: number): string => `${names.slice(0, most).join(", ")}${names.length > most ? ` and ${names.length - most} more` : ""}`;

/** `3 files`, `1 file`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
