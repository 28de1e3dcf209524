import { MOST_RAN_FILES, type RanRecord } from "./ran-through.ts";

/** Each path, blob id and name stands once; records point at them: a thousand tests share most of what they ran through. */
interface Packed {
  readonly schema: "proofline/ran-through/1";
  readonly words: readonly string[];
  /** Test, its blob, then three numbers a file: path, blob, place of its list in `lists`. */
  readonly tests: readonly (readonly number[])[];
  readonly lists: readonly (readonly number[])[];
}

/** Records as a text that a later command or another runner reads. */
export function packRan(records: readonly RanRecord[]): string {
  const words = new Map<string, number>();
  const lists = new Map<string, number>();
  const word = (text: string): number => at(words, text);
  const tests = records.map(({ test, blob, files }) => [word(test), word(blob), ...files.flatMap((file) => [word(file.path), word(file.blob), at(lists, file.functions.map(word).join(" "))])]);
  const packed: Packed = { schema: "proofline/ran-through/1", words: [...words.keys()], tests, lists: [...lists.keys()].map((list) => (list === "" ? [] : list.split(" ").map(Number))) };
  return JSON.stringify(packed);
}

function at(known: Map<string, number>, text: string): number {
  const found = known.get(text) ?? known.size;
  known.set(text, found);
  return found;
}

/** Reads them back. What another machine wrote is not taken on trust: anything odd is no record at all, and then every test counts as never measured. */
export function unpackRan(text: string): readonly RanRecord[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (!isPacked(value)) return [];
  const { words, tests, lists } = value;
  const total = tests.reduce((sum, row) => sum + row.length, 0);
  if (total > 3 * MOST_RAN_FILES + 2 * tests.length) return [];
  const functions = lists.map((list) => list.map((one) => words[one] ?? ""));
  return tests.flatMap(([test = -1, blob = -1, ...rest]) => {
    const files = Array.from({ length: Math.floor(rest.length / 3) }, (_, n) => ({ path: words[rest[3 * n] ?? -1] ?? "", blob: words[rest[3 * n + 1] ?? -1] ?? "", functions: functions[rest[3 * n + 2] ?? -1] ?? [] }));
    const own = { test: words[test] ?? "", blob: words[blob] ?? "", files: files.filter((file) => file.path !== "" && file.blob !== "") };
    return own.test === "" || own.blob === "" ? [] : [own];
  });
}

function isPacked(value: unknown): value is Packed {
  if (typeof value !== "object" || value === null) return false;
  const { schema, words, tests, lists } = value as Readonly<Record<keyof Packed, unknown>>;
  return schema === "proofline/ran-through/1" && isListOf(words, (one) => typeof one === "string") && areRows(tests) && areRows(lists);
}

const isListOf = (value: unknown, is: (one: unknown) => boolean): boolean => Array.isArray(value) && value.every(is);
const areRows = (value: unknown): boolean => isListOf(value, (row) => isListOf(row, Number.isSafeInteger));
