import { canonical } from "../canonical.ts";
import { numberOf } from "../assertions/chain.ts";
import { childrenOf, type Entry, type Syntax, type SyntaxTree } from "../syntax.ts";

/** One setting of a configuration file, wherever it is nested. */
export interface Setting {
  /** Keys from the outside, e.g. `test`, `coverage`, `thresholds`, `lines`. */
  readonly path: readonly string[];
  /** Plain text of a text, canonical text of everything else. */
  readonly value: string;
  readonly number?: number;
  /** Items of a list, in the same form. */
  readonly items?: readonly string[];
  readonly line: number;
}

/** Keys joined by points. */
export const nameOf = ({ path }: Setting): string => path.join(".");
/** The innermost key. */
export const leafOf = ({ path }: Setting): string => path.at(-1) ?? "";

/** Settings of one file: more are data. */
const MOST = 5_000;

/** Every setting of a configuration file, read from its tree. */
export function settingsIn(tree: SyntaxTree): readonly Setting[] {
  const found: Setting[] = [];
  for (const statement of tree.body) outermost(statement, found);
  return found;
}

/** Objects that stand in no other object: what a configuration file exports, whatever it wraps it in. */
function outermost(node: Syntax, found: Setting[]): void {
  if (found.length >= MOST) return;
  if (node.kind === "object") return node.entries.forEach((entry) => flatten(entry, [], found));
  // `module.exports.timeout = 5`, `config.coverage = {…}`
  if (node.kind === "assign" && node.target.kind === "member" && node.value.kind !== "object") return flatten({ ...node, key: node.target.property, value: node.value }, [], found);
  for (const child of childrenOf(node)) outermost(child, found);
}

function flatten({ key, spread, value, line }: Entry, above: readonly string[], found: Setting[]): void {
  if (found.length >= MOST) return;
  const path = spread ? above : [...above, key];
  if (value.kind === "object") return value.entries.forEach((entry) => flatten(entry, path, found));
  if (spread) return outermost(value, found);
  const number = numberOf(value) ?? percentOf(value);
  const items = value.kind === "list" ? value.items.map(plain) : undefined;
  found.push({ path, value: plain(value), line, ...(number !== undefined && { number }), ...(items && { items }) });
  // Lists of projects or steps hold settings of their own.
  if (value.kind === "list") for (const item of value.items) if (item.kind === "object") for (const entry of item.entries) flatten(entry, [...path, calledOf(item) ?? "*"], found);
  if (value.kind === "call" || value.kind === "function") for (const child of childrenOf(value)) outermost(child, found);
}

/** `90%` */
const percentOf = (node: Syntax): number | undefined => (node.kind === "literal" && /^\d+(?:\.\d+)?%$/.test(node.value) ? Number(node.value.slice(0, -1)) : undefined);

/** A list's objects are told apart by what they are called. */
const calledOf = (item: Extract<Syntax, { readonly kind: "object" }>): string | undefined => {
  const named = item.entries.find(({ key, value }) => /^(?:name|id|displayName|uses|run)$/.test(key) && value.kind === "literal")?.value;
  return named?.kind === "literal" ? named.value.slice(0, 80) : undefined;
};

const plain = (node: Syntax): string => (node.kind === "literal" ? node.value : canonical(node)).slice(0, 2_000);

/** INI and TOML, as far as test settings need it: sections, keys, and values over several lines. */
export function settingsInLines(text: string): readonly Setting[] {
  const found: { path: readonly string[]; value: string; line: number }[] = [];
  let section: readonly string[] = [];
  for (const [at, raw] of text.split("\n", 5_000).entries()) {
    const line = raw.slice(0, 500).replace(/\s+[#;].*$/, "").trimEnd();
    const header = /^\[+([^\]]+)\]+$/.exec(line.trim());
    const pair = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (header !== null) section = [(header[1] ?? "").trim()];
    else if (pair !== null) found.push({ path: [...section, pair[1] ?? ""], value: (pair[2] ?? "").trim(), line: at + 1 });
    else if (/^\s+\S/.test(line) || /^[\]"']/.test(line)) {
      const last = found.at(-1);
      if (last) last.value = `${last.value} ${line.trim()}`.trim().slice(0, 4_000);
    }
  }
  return found.map(({ path, value, line }) => {
    const bare = value.replace(/^["']|["']$/g, "");
    const number = /^\d+(?:\.\d+)?$/.test(bare) ? Number(bare) : undefined;
    const items = value.startsWith("[") ? [...value.matchAll(/["']([^"']+)["']/g)].map(([, item = ""]) => item) : undefined;
    return { path, value: bare, line, ...(number !== undefined && { number }), ...(items && { items }) };
  });
}
