const OPENS = {
  interface: /^(?:export (?:default )?)?(?:declare )?interface [\w$]/,
  alias: /^(?:export )?(?:declare )?type [\w$]+(?:<.{0,400})?(?:=|$)/,
  port: /^(?:import type(?:[ {*]|$)|export type(?:[{*]|$))/,
  ambient: /^(?:export )?declare (?:global|module|namespace|function|const|let|var|class|abstract class|enum)\b/,
} as const;

type Opening = keyof typeof OPENS;

/** A type goes on when its line ends so, or when the next one begins so. */
const ENDS_OPEN = /(?:[=|&?:,<(]|=>|\bextends|\bkeyof|\btypeof)$/;
const GOES_ON = /^(?:[|&?:]|=>|extends\b)/;

/** A member of an interface, standing alone: `name?: type;`, `method(): type;`, `[key: string]: type`. */
const MEMBER =
  /^(?:readonly )?(?:[\w$]+|"[^"]*"|\[[^\]]*\])\??(?:\([^{}=]*\))?:[^={}]+;$|^(?:readonly )?[\w$]+\?:(?:[^={},]+|(?:[^=]|=>)+;)$|^[{}];?$/;
const NO_MEMBER = /^(?:default|case)\b|:(?:break|continue|return|throw)\b/;
/** One of the names between `export type {` and its closing bracket. */
const TYPE_NAME = /^[\w$]+(?: as [\w$]+)?,?$/;
const HEADS_TYPE_NAMES = /^\s*(?:export|import) type \{[^}]*$/;
const HEADS_TYPE = /^\s*(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:interface\s+[\w$]|type\s+[\w$]+[^=]{0,200}=\s*\{)/;

/** True for an enclosing line that opens an interface or the body of a type alias. */
export const headsType = (heading: string): boolean => HEADS_TYPE.test(heading.slice(0, 300));

/**
 * The same lines with those that only declare TypeScript types emptied: interfaces, aliases, `import type`, ambient declarations.
 * `heading` is the enclosing line Git found: below an interface, lines of the shape of its members are types too, and below `export type {` bare names.
 */
export function withoutTypes(code: readonly string[], heading = ""): readonly string[] {
  const kept: string[] = [];
  let open: { readonly kind: Opening; depth: number; seen: boolean } | undefined;
  code.forEach((line, index) => {
    if (line === "") return void kept.push(line);
    const kind = open ? undefined : openingOf(line);
    if (kind !== undefined) open = { kind, depth: 0, seen: false };
    if (!open) return void kept.push(line);
    kept.push("");
    const brackets = bracketsIn(line);
    open.depth += brackets.net;
    open.seen ||= brackets.any;
    if (open.depth <= 0 && hasEnded(open, line, nextLine(code, index))) open = undefined;
  });
  return below(heading.slice(0, 300), kept) ? kept.map(() => "") : kept;
}

/** True when the enclosing line opens a type and every line has the shape of what stands in one. */
function below(heading: string, code: readonly string[]): boolean {
  if (HEADS_TYPE_NAMES.test(heading)) return code.every((line) => line === "" || TYPE_NAME.test(line));
  return HEADS_TYPE.test(heading) && code.every((line) => line === "" || (MEMBER.test(line.slice(0, 500)) && !NO_MEMBER.test(line)));
}

const openingOf = (line: string): Opening | undefined => {
  const start = line.slice(0, 500);
  return (Object.keys(OPENS) as Opening[]).find((kind) => OPENS[kind].test(start));
};

function hasEnded(open: { readonly kind: Opening; readonly seen: boolean }, line: string, next: string): boolean {
  if (open.kind === "interface") return open.seen;
  if (open.kind === "port") return /["'];?$/.test(line) || line.endsWith(";");
  if (line.endsWith(";")) return true;
  return !ENDS_OPEN.test(line) && !GOES_ON.test(next);
}

function nextLine(code: readonly string[], index: number): string {
  for (let at = index + 1; at < Math.min(code.length, index + 50); at += 1) if (code[at]) return code[at] ?? "";
  return "";
}

function bracketsIn(line: string): { readonly net: number; readonly any: boolean } {
  let net = 0;
  let any = false;
  for (const char of line.replace(/"[^"]*"/g, "")) {
    if (char === "{" || char === "(" || char === "[") net += 1;
    else if (char === "}" || char === ")" || char === "]") net -= 1;
    any ||= char === "{";
  }
  return { net, any };
}
