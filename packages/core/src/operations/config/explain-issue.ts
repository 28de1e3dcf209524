import type { z } from "zod";
import type { ProoflineError } from "#kernel";
import { nearest } from "#verdict";
import { configUnknownKey, configWrongValue, placeText } from "./errors.ts";
import type { YamlText } from "./yaml-text.ts";

type Issue = z.core.$ZodIssue;

/** Problems shown in full; a file with more has one cause. */
const MOST_SHOWN = 5;
/** Unknown keys looked up in one place of the file. */
const MOST_LOOKED_AT = 50;

/** The first problem as an error with its place and the nearest known word; the others as further lines of it. */
export function explainIssues(issues: readonly Issue[], text: YamlText, schema: JsonSchema): ProoflineError {
  const problems = issues
    .flatMap((issue) => problemsOf(issue, text, schema))
    .toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  const [first, ...rest] = problems;
  const shown = rest.slice(0, MOST_SHOWN - 1).map(shortText);
  const others = rest.length > shown.length ? [...shown, `… and ${rest.length - shown.length} more`] : shown;
  if (first?.kind === "unknown-key") return configUnknownKey({ ...first, others });
  return configWrongValue(first === undefined ? { place: text.placeOf([]), key: text.file, says: "is wrong", others } : { ...first, others });
}

type Place = ReturnType<YamlText["placeOf"]>;
type Problem =
  | {
      readonly kind: "unknown-key";
      readonly place: Place;
      readonly key: string;
      readonly within: string;
      readonly meant?: string;
      readonly known: readonly string[];
    }
  | { readonly kind: "wrong-value"; readonly place: Place; readonly key: string; readonly says: string; readonly meant?: string };

function shortText(problem: Problem): string {
  const meant = problem.meant === undefined ? "" : ` (did you mean \`${problem.meant}\`?)`;
  return `${placeText(problem.place)}: ${problem.kind === "unknown-key" ? `no key \`${problem.key}\`` : `\`${problem.key}\` ${problem.says}`}${meant}`;
}

function problemsOf(issue: Issue, text: YamlText, schema: JsonSchema): readonly Problem[] {
  if (issue.code === "invalid_union") return likeliest(issue, text).flatMap((inner) => problemsOf(inner, text, schema));
  if (issue.code !== "unrecognized_keys") return [wrongValue(issue, text)];
  const known = keysAt(schema, issue.path);
  return issue.keys.slice(0, MOST_LOOKED_AT).map((key) => {
    const meant = nearest(key, known);
    return {
      kind: "unknown-key",
      place: text.placeOfKey([...issue.path, key]),
      key,
      within: pathText(issue.path),
      known,
      ...(meant === undefined ? {} : { meant }),
    };
  });
}

/** Of a choice, what is wrong with the arm that fits the kind of value that stands there; an unknown key explains the rest. */
function likeliest(issue: Extract<Issue, { code: "invalid_union" }>, text: YamlText): readonly Issue[] {
  const value = valueAt(text.value, issue.path);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const wantsObject = (arm: readonly Issue[]): boolean =>
    !arm.some(({ path, code }) => path.length === 0 && code === "invalid_value") &&
    !arm.some((inner) => inner.path.length === 0 && inner.code === "invalid_type" && inner.expected !== "object");
  const takesText = (arm: readonly Issue[]): boolean =>
    !arm.some((inner) => inner.path.length === 0 && inner.code === "invalid_type" && inner.expected === "object");
  const arm = issue.errors.find((candidate) => (isObject ? wantsObject(candidate) : takesText(candidate))) ?? issue.errors[0] ?? [];
  const unknown = arm.filter((inner) => inner.code === "unrecognized_keys");
  return (unknown.length > 0 ? unknown : arm).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as Issue);
}

function wrongValue(issue: Issue, text: YamlText): Problem {
  const missing = issue.path.length > 0 && valueAt(text.value, issue.path) === undefined;
  const base = { kind: "wrong-value", place: text.placeOf(issue.path), key: pathText(issue.path) || text.file } as const;
  if (missing) return { ...base, says: "is missing" };
  const value = valueAt(text.value, issue.path);
  if (issue.code === "invalid_type") return { ...base, says: `must be ${article(issue.expected)}, but is ${kindOf(value)}` };
  if (issue.code === "invalid_value") {
    const known = issue.values.map(String);
    const meant = typeof value === "string" ? nearest(value, known) : undefined;
    return { ...base, says: `must be one of ${known.join(", ")}, but is ${JSON.stringify(value) ?? "nothing"}`, ...(meant === undefined ? {} : { meant }) };
  }
  if (issue.code === "too_small")
    return { ...base, says: `must ${issue.origin === "number" || issue.origin === "int" ? "be" : "have"} at least ${String(issue.minimum)}` };
  if (issue.code === "too_big")
    return { ...base, says: `must ${issue.origin === "number" || issue.origin === "int" ? "be" : "have"} at most ${String(issue.maximum)}` };
  return { ...base, says: issue.message };
}

function article(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "a set of keys",
    record: "a set of keys",
  };
  return words[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a set of keys";
  return typeof value === "string"
    ? `the text ${JSON.stringify(value.slice(0, 60))}`
    : `${typeof value === "number" ? "the number" : "the value"} ${JSON.stringify(value)}`;
}

/** `areas[1].risk`, as people say it. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? String(step) : `${text}.${String(step)}`), "");

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, step) => (typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined), value);
}

/** The part of a JSON Schema that lists keys. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly items?: unknown;
  readonly anyOf?: readonly JsonSchema[] | undefined;
}

/** Keys the schema knows at a path. */
function keysAt(schema: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  let at: readonly JsonSchema[] = [schema];
  for (const step of path)
    at = at.flatMap(arms).flatMap((arm) => (typeof step === "number" ? (isSchema(arm.items) ? [arm.items] : []) : (arm.properties?.[String(step)] ?? [])));
  return at.flatMap(arms).flatMap((arm) => Object.keys(arm.properties ?? {}));
}

const arms = (schema: JsonSchema): readonly JsonSchema[] => (schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap(arms));
const isSchema = (value: unknown): value is JsonSchema => typeof value === "object" && value !== null && !Array.isArray(value);
