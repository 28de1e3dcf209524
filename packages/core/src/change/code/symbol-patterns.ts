import { extensionOf } from "./language.ts";

/** Words before a bracket that open no method. */
const NO_METHOD = new Set([
  "if",
  "for",
  "while",
  "switch",
  "catch",
  "function",
  "return",
  "with",
  "do",
  "else",
  "super",
  "constructor_",
  "await",
  "typeof",
  "new",
  "describe",
  "it",
  "test",
]);

const SCRIPT = [
  /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:async\s+)?function\s*\*?\s*([\w$]+)/,
  /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?class\s+([\w$]+)/,
  /^(?:export\s+)?(?:declare\s+)?(?:interface|enum)\s+([\w$]+)/,
  /^(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::[^=]{1,200})?=\s*(?:async\b\s*)?(?:function\b|\([^)]*\)\s*(?::[^=]{0,200})?=>|[\w$]+\s*=>|\([^)]*$|<)/,
  /^(?:[\w$]+\.){1,4}([\w$]+)\s*=\s*(?:async\s+)?(?:function\b|\([^)]*\)\s*=>)/,
  /^([\w$]+)\s*[:=]\s*(?:async\s+)?(?:function\b|\([^)]*\)\s*=>)/,
] as const;
const SCRIPT_METHOD = /^((?:(?:public|private|protected|static|async|override|get|set)\s)*)\*?(#?[\w$]+)\s*(?:<[^>(]*>)?\([^;]*\{$/;

const BY_EXTENSION: readonly (readonly [extensions: string, patterns: readonly RegExp[]])[] = [
  ["py pyi", [/^(?:async\s+)?def\s+(\w+)/, /^class\s+(\w+)/]],
  ["go", [/^func\s+(?:\([^)]*\)\s*)?(\w+)/, /^type\s+(\w+)\s+(?:struct|interface)\b/]],
  ["rb rake", [/^def\s+(?:self\.)?([\w?!=]+)/, /^(?:class|module)\s+([\w:]+)/]],
  ["rs", [/^(?:pub(?:\([^)]*\))?\s+)?(?:default\s+)?(?:const\s+)?(?:async\s+)?(?:unsafe\s+)?fn\s+(\w+)/, /^(?:pub(?:\([^)]*\))?\s+)?(?:struct|enum|trait|union)\s+(\w+)/]],
  ["php", [/^(?:(?:public|private|protected|static|final|abstract)\s+){0,4}function\s+&?(\w+)/, /^(?:(?:final|abstract|readonly)\s+){0,2}(?:class|trait|interface|enum)\s+(\w+)/]],
  ["ex exs", [/^(?:defp?|defmacrop?|defmodule)\s+([\w.?!]+)/]],
  ["kt kts swift scala dart", [/\b(?:fun|func|def)\s+(?:<[^>]*>\s*)?(?:[\w?<>]+\.)?(\w+)/, /\b(?:class|interface|object|struct|enum|protocol|extension|trait|actor)\s+(\w+)/]],
  ["java cs c h cc cpp hpp cxx groovy", [/^(?:[\w<>[\],?]+\s+){0,5}(?:class|interface|record|struct|enum)\s+(\w+)/]],
]; // prettier-ignore

const PATTERNS: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ...["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "vue", "svelte"].map((extension) => [extension, SCRIPT] as const),
  ...BY_EXTENSION.flatMap(([extensions, patterns]) => extensions.split(" ").map((extension) => [extension, patterns] as const)),
]);

const C_LIKE = new Set(["java", "cs", "c", "h", "cc", "cpp", "hpp", "cxx", "groovy"]);
const NO_TYPE = /^(?:return|new|throw|else|if|for|while|switch|case|await|yield|using|delete|goto|package|import)\b/;

/** The function, method or class a line defines; undefined when it defines none. The work is bounded: only 300 characters are looked at. */
export function definedBy(path: string, line: string): string | undefined {
  const extension = extensionOf(path);
  const patterns = PATTERNS.get(extension);
  if (!patterns) return undefined;
  const text = line.slice(0, 300).trim();
  for (const pattern of patterns) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return name === "exports" ? undefined : name;
  }
  if (patterns === SCRIPT) return scriptMethod(text);
  return C_LIKE.has(extension) ? typedFunction(text) : undefined;
}

function scriptMethod(text: string): string | undefined {
  const name = SCRIPT_METHOD.exec(text)?.[2];
  // `foo(function () {` and `foo(() => {` are calls; a method's own list of parameters closes before its body opens.
  if (name === undefined || NO_METHOD.has(name) || /(?:=>|\bfunction\b[^{]*)\s*\{$/.test(text)) return undefined;
  return name;
}

/** `Type name(…) {` in the C family: at least a type and a name before the bracket, and no statement. */
function typedFunction(text: string): string | undefined {
  const bracket = text.indexOf("(");
  if (bracket <= 0 || text.endsWith(";") || NO_TYPE.test(text)) return undefined;
  const before = text.slice(0, bracket).trimEnd();
  if (/[=."'!&|+-]/.test(before)) return undefined;
  const words = before.split(/\s+/);
  const name = /^[*&]?(~?\w+(?:::~?\w+)*)$/.exec(words.at(-1) ?? "")?.[1];
  return words.length >= 2 || (name?.includes("::") ?? false) ? name : undefined;
}
