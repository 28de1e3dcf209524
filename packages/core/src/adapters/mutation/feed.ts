import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** One line of a worker. It is written by the project's own process, so nothing in it is believed beyond its shape. */
export type FeedRecord =
  | { readonly t: "test"; readonly file: string; readonly key: string; readonly suite: readonly string[]; readonly name: string; readonly ms: number; readonly hits: Readonly<Record<string, number>> }
  | { readonly t: "static"; readonly file: string; readonly ids: readonly string[] }
  /** `hits`: the mutants it reached, where that is known. */
  | { readonly t: "red"; readonly file: string; readonly title: string; readonly message: string; readonly hits?: readonly string[] }
  | { readonly t: "begin"; readonly w: number; readonly file: string; readonly id: string; readonly limit: number }
  | { readonly t: "end"; readonly w: number; readonly pass: string; readonly file: string; readonly id: string; readonly outcome: Outcome; readonly by?: string }
  | { readonly t: "calm"; readonly pass: string; readonly file: string; readonly wavers: readonly string[] }
  | { readonly t: "hang"; readonly pass: string; readonly file: string; readonly id: string; readonly how: "hung" | "died" }
  | { readonly t: "rest"; readonly w: number }
  | { readonly t: "idle" }
  | { readonly t: "fault"; readonly message: string };

/** What one pass over one test file said of a mutant. `unsteady`: red, and then not what it should be. `lost`: it was not reached again. */
export type Outcome = "killed" | "survived" | "timeout" | "unsteady" | "lost";

const OUTCOMES: ReadonlySet<unknown> = new Set<Outcome>(["killed", "survived", "timeout", "unsteady", "lost"]);
const LONGEST_LINE = 8 * 1024 * 1024;
const LARGEST = 256 * 1024 * 1024;

/** Reads the feed while it grows; a file that is not there yet, or no plain file, reads as empty. */
export function openFeed(path: string): { read(): Promise<readonly FeedRecord[]> } {
  let at = 0;
  let rest = Buffer.alloc(0);
  return {
    read: async () => {
      const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => undefined);
      if (!handle) return [];
      try {
        if (!(await handle.stat()).isFile()) return [];
        const chunks = [rest];
        const chunk = Buffer.alloc(256 * 1024);
        while (at < LARGEST) {
          const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
          if (bytesRead === 0) break;
          at += bytesRead;
          chunks.push(Buffer.from(chunk.subarray(0, bytesRead)));
        }
        const bytes = Buffer.concat(chunks);
        const last = bytes.lastIndexOf(10);
        rest = Buffer.from(bytes.subarray(last + 1));
        if (rest.length > LONGEST_LINE) rest = Buffer.alloc(0);
        return last < 0 ? [] : bytes.subarray(0, last).toString("utf8").split("\n").flatMap((line) => readRecord(line) ?? []);
      } finally {
        await handle.close();
      }
    },
  };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isCount = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0;

const SHAPES: Readonly<Record<FeedRecord["t"], (found: Readonly<Record<string, unknown>>) => boolean>> = {
  test: ({ file, key, suite, name, ms, hits }) => isText(file) && isText(key) && isTexts(suite) && isText(name) && isCount(ms) && typeof hits === "object" && hits !== null && Object.values(hits).every(isCount),
  static: ({ file, ids }) => isText(file) && isTexts(ids),
  red: ({ file, title, message, hits }) => isText(file) && isText(title) && isText(message) && (hits === undefined || isTexts(hits)),
  begin: ({ w, file, id, limit }) => isCount(w) && isText(file) && isText(id) && isCount(limit),
  end: ({ w, pass, file, id, outcome, by }) => isCount(w) && isText(pass) && isText(file) && isText(id) && OUTCOMES.has(outcome) && (by === undefined || isText(by)),
  calm: ({ pass, file, wavers }) => isText(pass) && isText(file) && isTexts(wavers),
  hang: ({ pass, file, id, how }) => isText(pass) && isText(file) && isText(id) && (how === "hung" || how === "died"),
  rest: ({ w }) => isCount(w),
  idle: () => true,
  fault: ({ message }) => isText(message),
};

/** Reads one line; undefined for what no worker of ours would write. */
export function readRecord(line: string): FeedRecord | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  try {
    const found: unknown = JSON.parse(line);
    if (typeof found !== "object" || found === null || !("t" in found) || !isText(found.t) || !Object.hasOwn(SHAPES, found.t)) return undefined;
    return SHAPES[found.t as FeedRecord["t"]](found as unknown as Readonly<Record<string, unknown>>) ? (found as FeedRecord) : undefined;
  } catch {
    return undefined; // a worker that was killed may leave half a line
  }
}
