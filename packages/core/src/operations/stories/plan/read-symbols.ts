/** A name a file hands to others. */
export interface ExportedName {
  readonly name: string;
  readonly kind: string;
  readonly line: number;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;
const NAMED = /^export (?:declare )?(?:default )?(?:abstract )?(?:async )?(function\*?|class|const|let|var|interface|type|enum|namespace) ([A-Za-z_$][\w$]*)/;
const DEFAULT = /^export default\b/;
const LISTED = /^export (type )?\{([^}]{0,2000})\}/;
const ASSIGNED = /^(?:module\.)?exports\.([A-Za-z_$][\w$]*) ?=/;
const WHOLE = /^module\.exports = \{([^}]{0,2000})\}/;

/** Languages whose top-level names others can use, and how a line says one. */
const OTHERS: readonly (readonly [RegExp, RegExp])[] = [
  [/\.py$/, /^(?:async )?(def|class) ([A-Za-z][\w]*)/],
  [/\.go$/, /^(func|type|var|const) (?:\([^)]{0,100}\) )?([A-Z]\w*)/],
  [/\.rs$/, /^pub (?:async )?(?:unsafe )?(fn|struct|enum|trait|type|const|mod) ([A-Za-z_]\w*)/],
  [/\.(?:java|cs|kt)$/, /^(?:public |open |sealed |abstract |final |static |data )*(class|interface|record|enum|object|struct) ([A-Z]\w*)/],
];

/** Names that files export, told by lines that begin at the margin: what a formatter leaves there. At most 300 a file, lines beyond 1,000 characters unread. */
export function symbolsIn(path: string, text: string): readonly ExportedName[] {
  const other = OTHERS.find(([file]) => file.test(path))?.[1];
  if (other === undefined && !SCRIPT.test(path)) return [];
  const found = new Map<string, ExportedName>();
  const add = (name: string, kind: string, line: number): void => void (found.size < 300 && !found.has(name) && found.set(name, { name, kind, line }));
  for (const [at, raw] of linesOf(text)) {
    if (other !== undefined) {
      const [, kind, name] = other.exec(raw) ?? [];
      if (kind !== undefined && name !== undefined) add(name, KINDS[kind] ?? kind, at);
    } else scriptLine(raw, (name, kind) => add(name, kind, at));
  }
  return [...found.values()];
}

const KINDS: Readonly<Record<string, string>> = { def: "function", func: "function", fn: "function", "function*": "function", const: "value", let: "value", var: "value", mod: "module" };

function scriptLine(line: string, add: (name: string, kind: string) => void): void {
  if (!/^(?:export|module\.exports|exports)\b/.test(line)) return;
  const [, kind, name] = NAMED.exec(line) ?? [];
  if (kind !== undefined && name !== undefined) return add(name, /^export (?:const|let) [\w$]+(?:: [^=]{1,200})? = (?:async )?(?:\(|<|[\w$]+ =>)/.test(line.slice(0, 400)) ? "function" : (KINDS[kind] ?? kind));
  const [, type, list] = LISTED.exec(line) ?? [];
  if (list !== undefined) for (const one of list.split(",")) named(one, / as ([\w$]+)$/, (text) => add(text, type === undefined && !one.trim().startsWith("type ") ? "name" : "type"));
  else if (DEFAULT.test(line)) add("default", "value");
  const assigned = ASSIGNED.exec(line)?.[1];
  if (assigned !== undefined) add(assigned, "value");
  const whole = WHOLE.exec(line)?.[1];
  if (whole !== undefined) for (const one of whole.split(",")) named(one.split(":")[0] ?? "", / as ([\w$]+)$/, (text) => add(text, "value"));
}

function named(part: string, renamed: RegExp, add: (name: string) => void): void {
  const text = part.trim().replace(/^type /, "");
  const name = renamed.exec(text)?.[1] ?? /^[A-Za-z_$][\w$]*/.exec(text)?.[0];
  if (name !== undefined) add(name);
}

/** Lines with their numbers; a list of exports over several lines is read as one. */
function* linesOf(text: string): Generator<readonly [number, string]> {
  let open: { at: number; text: string } | undefined;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.slice(0, 1_000).replace(/\r$/, "");
    if (open !== undefined) {
      open.text += ` ${line.trim()}`;
      if (!line.includes("}") && open.text.length < 2_000) continue;
      yield [open.at, open.text];
      open = undefined;
    } else if (/^(?:export (?:type )?|module\.exports = )\{[^}]*$/.test(line)) open = { at: index + 1, text: line };
    else yield [index + 1, line];
  }
}
