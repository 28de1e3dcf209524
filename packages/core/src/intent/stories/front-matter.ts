import type * as yaml from "yaml";
import { yamlTooDeep } from "#kernel";
import { meant, quoted, type Problems } from "./problems.ts";
import { STORY_ID } from "./story-id.ts";

/** The part of the YAML library needed here. It is handed in: only who reads stories pays for loading it. */
export type Yaml = Pick<typeof yaml, "isMap" | "isScalar" | "LineCounter" | "parseDocument">;

export interface FrontMatter {
  readonly id: string;
  readonly title: string;
  readonly owner?: string;
  readonly area?: string;
  readonly targets: readonly string[];
}

const KEYS = ["id", "title", "owner", "area", "targets"] as const;
const LARGEST = 20_000;
const FENCE = /^---[ \t]*\r?$/;

/** Where the front matter ends: offset and line number of what follows, and its own text. */
export interface Fenced {
  readonly text: string;
  readonly bodyStart: number;
  readonly bodyLine: number;
}

/** The text between the first two `---` lines; undefined when the file doesn't begin with one. */
export function fencedFrontMatter(text: string): Fenced | "open" | undefined {
  const start = text.startsWith("\ufeff") ? 1 : 0;
  const first = text.indexOf("\n", start);
  if (first < 0 || !FENCE.test(text.slice(start, first))) return undefined;
  for (let at = first + 1, number = 2; at < text.length && at < LARGEST; number++) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    if (FENCE.test(text.slice(at, end))) return { text: text.slice(first + 1, at), bodyStart: Math.min(text.length, end + 1), bodyLine: number + 1 };
    if (newline < 0) break;
    at = newline + 1;
  }
  return "open";
}

/** Reads `id`, `title`, `owner`, `area` and `targets`. Undefined, with the reason among the problems, when there is no id to call the story by. */
export function readFrontMatter(text: string, yaml: Yaml, problems: Problems): FrontMatter | undefined {
  const read = parseFields(text, yaml, problems);
  if (read === undefined) return undefined;
  const { values, lineOf } = read;
  for (const key of values.keys()) {
    if (!(KEYS as readonly string[]).includes(key)) problems.add("unknown-key", lineOf(key), `There is no key ${quoted(key)} in a story.`, meant(key, KEYS));
  }
  const string = (key: string): string | undefined => {
    const value = values.get(key);
    if (value === undefined || value === null) return undefined;
    if (typeof value === "string" || typeof value === "number") return String(value).trim();
    problems.add("wrong-value", lineOf(key), `\`${key}\` must be a text.`, `Write \`${key}: …\` on one line.`);
    return undefined;
  };
  const id = string("id") ?? "";
  if (!STORY_ID.test(id)) {
    problems.add("no-id", lineOf("id"), id === "" ? "The story has no id." : `${quoted(id)} is no story id.`, "Write `id: ST-guest-checkout`: ST- and letters, digits or dashes.");
    return undefined;
  }
  const title = string("title");
  if (!title) problems.add("no-title", lineOf("title"), "The story has no title.", "Write `title: …`: what a customer gets, in a few words.");
  const [owner, area] = [string("owner"), string("area")];
  return { id, title: title || id, ...(owner && { owner }), ...(area && { area }), targets: targetsOf(values.get("targets"), lineOf("targets"), problems) };
}

function targetsOf(value: unknown, line: number, problems: Problems): readonly string[] {
  if (value === undefined || value === null) return [];
  const list = typeof value === "string" ? [value] : value;
  if (Array.isArray(list) && list.every((one) => typeof one === "string")) return list;
  problems.add("wrong-value", line, "`targets` must be a list of globs.", "Write `targets: [src/checkout/**]`.");
  return [];
}

/** The keys and values of a YAML map with the line of each key; `before` lines of the file stand above the text. Undefined, with the reason among the problems, where it is none. */
export function parseFields(text: string, yaml: Yaml, problems: Problems, before = 1) {
  const bad = (line: number, says: string): undefined => void problems.add("front-matter", line, says, "Write plain `key: value` lines between the two `---`; put a value with `: `, `#` or a leading `@` in quotes.");
  if (yamlTooDeep(text)) return bad(1, "The front matter is nested too deeply.");
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, version: "1.2" });
  // The opening `---` is line 1 of a story's file.
  const lineAt = (offset: number): number => lines.linePos(offset).line + before;
  const [error] = document.errors;
  if (error) return bad(lineAt(error.pos[0]), `The front matter is no YAML: ${(error.message.split("\n")[0] ?? "").slice(0, 200)}`);
  if (!yaml.isMap(document.contents)) return bad(2, "The front matter has no keys.");
  const at = new Map<string, number>();
  for (const { key } of document.contents.items) if (yaml.isScalar(key)) at.set(String(key.value), lineAt(key.range?.[0] ?? 0));
  try {
    const read = document.toJS({ maxAliasCount: 0 }) as Record<string, unknown>;
    return { values: new Map(Object.entries(read)), lineOf: (key: string) => at.get(key) ?? 1 };
  } catch {
    return bad(2, "The front matter uses YAML aliases.");
  }
}
