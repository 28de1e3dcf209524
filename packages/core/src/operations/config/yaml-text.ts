import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, Scalar, type Document, type Node, type Pair, type YAMLError } from "yaml";
import { DEEPEST_YAML, yamlTooDeep } from "#kernel";
import { configDuplicateKey, configNotYaml, configTooLarge, type ConfigPlace } from "./errors.ts";

/** Characters of YAML text; a real configuration has a few thousand. */
const LARGEST = 128 * 1024;
/** Aliases a document may follow in all: enough to share a list of paths, too few for a bomb. */
const MOST_ALIASES = 100;

/** A YAML text with its values and where each of them stands. */
export interface YamlText {
  readonly file: string;
  readonly value: unknown;
  /** Where the value at a path stands; for a missing one, its nearest parent. */
  placeOf(path: readonly PropertyKey[]): ConfigPlace;
  /** Where the key at the end of a path stands. */
  placeOfKey(path: readonly PropertyKey[]): ConfigPlace;
  /** Where a character of the text value at a path stands; exact for a text on one line or in a `|` block. */
  placeInText(path: readonly PropertyKey[], offset: number): ConfigPlace;
}

/** Parses YAML 1.2 strictly. Only ever loaded on first use: see `load-config.ts`. */
export function parseYamlText(text: string, file: string): YamlText {
  if (text.length > LARGEST) throw configTooLarge({ file, says: `has ${text.length} characters` });
  if (yamlTooDeep(text)) throw configTooLarge({ file, says: `nests more than ${DEEPEST_YAML} levels` });
  const lines = new LineCounter();
  const document = parseDocument(text, { version: "1.2", schema: "core", strict: true, uniqueKeys: false, prettyErrors: false, lineCounter: lines });
  const place = (offset: number): ConfigPlace => placeAt(lines, file, offset);
  const [problem] = document.errors;
  if (problem !== undefined) throw yamlError(problem, text, place(problem.pos[0]));
  refuseTwinKeys(document.contents, place);
  const nodeAt = (path: readonly PropertyKey[]): Node | undefined => findNode(document, path);
  const startOf = (node: Node | undefined): number => node?.range?.[0] ?? 0;
  return {
    file,
    value: plainValue(document, file),
    placeOf: (path) => place(startOf(nodeAt(path))),
    placeOfKey: (path) => {
      const parent = nodeAt(path.slice(0, -1));
      const pair: Pair | undefined = isMap(parent)
        ? parent.items.find((item) => (isScalar(item.key) ? String(item.key.value) : undefined) === String(path.at(-1)))
        : undefined;
      return place(isNode(pair?.key) ? startOf(pair.key) : startOf(parent));
    },
    placeInText: (path, offset) => {
      const node = nodeAt(path);
      if (!isScalar(node)) return place(startOf(node));
      const start = startOf(node);
      if (node.type === Scalar.BLOCK_LITERAL) return insideBlock(text, start, String(node.value), offset, place);
      const quoted = node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE;
      return place(Math.min(start + (quoted ? 1 : 0) + offset, node.range?.[1] ?? start));
    },
  };
}

function placeAt(lines: LineCounter, file: string, offset: number): ConfigPlace {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

/** The library looks for twins by comparing every key with every other; a set of those seen is linear. */
function refuseTwinKeys(node: unknown, place: (offset: number) => ConfigPlace): void {
  if (isSeq(node)) for (const item of node.items) refuseTwinKeys(item, place);
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : undefined;
    if (name !== undefined && seen.has(name)) throw configDuplicateKey({ place: place(isScalar(key) ? (key.range?.[0] ?? 0) : 0), key: name });
    if (name !== undefined) seen.add(name);
    refuseTwinKeys(value, place);
  }
}

function yamlError(problem: YAMLError, text: string, place: ConfigPlace): Error {
  const fix =
    problem.code === "TAB_AS_INDENT" || /\t/.test(text.split("\n")[place.line - 1] ?? "")
      ? "Replace the tab by spaces: YAML does not allow tabs for indentation."
      : problem.code === "MULTIPLE_DOCS"
        ? "Keep one document: remove the line `---` and what follows it."
        : "Correct the line; mind indentation, quotes and the blank after each `:`.";
  const says = problem.code === "MULTIPLE_DOCS" ? "a second YAML document begins here" : (problem.message.split("\n")[0] ?? problem.code).replace(/[.:]$/, "");
  return configNotYaml({ place, says, fix });
}

function plainValue(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  } catch {
    throw configTooLarge({ file, says: `follows more than ${MOST_ALIASES} aliases, or an alias to nowhere` });
  }
}

function findNode(document: Document.Parsed, path: readonly PropertyKey[]): Node | undefined {
  for (let length = path.length; length >= 0; length--) {
    const found: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(found)) return found;
  }
  return undefined;
}

/** The text of a `|` block starts on the line below its header, every line indented alike. */
function insideBlock(text: string, start: number, value: string, offset: number, place: (offset: number) => ConfigPlace): ConfigPlace {
  const before = value.slice(0, offset).split("\n");
  let at = text.indexOf("\n", start) + 1;
  for (let line = 1; line < before.length; line++) at = text.indexOf("\n", at) + 1;
  const indent = /^ */.exec(text.slice(at, at + 400))?.[0].length ?? 0;
  return place(at + indent + (before.at(-1)?.length ?? 0));
}
