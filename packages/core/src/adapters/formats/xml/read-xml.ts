import { hostileReport, truncatedReport, unreadableReport } from "../errors.ts";
import { decodeText } from "./decode-text.ts";
import { XmlElement } from "./xml-element.ts";

/** What a reader of XML wants to hear, in document order. */
export interface XmlListener {
  open(element: XmlElement): void;
  close(name: string): void;
  /** Character data, decoded, in pieces. Left out by readers that have no use for it: then it is never copied. */
  text?(value: string): void;
}

/** Levels of elements, attributes of one element, characters of one attribute: far above any writer's. */
const DEEPEST = 200;
const MOST_ATTRIBUTES = 200;
const LONGEST_VALUE = 16 * 1024 * 1024;

/**
 * Walks an XML text once, without a tree. Written for reports: several roots in one file are accepted (writers append),
 * stray control characters too; a document type is skipped, one that declares entities is refused; an end in the middle is an error.
 */
export function readXml(text: string, path: string, listener: XmlListener): void {
  const open: string[] = [];
  let at = 0;
  while (at < text.length) {
    const tag = text.indexOf("<", at);
    readText(text, at, tag === -1 ? text.length : tag, { open, path, listener });
    if (tag === -1) break;
    at = readMarkup(text, tag, { open, path, listener });
  }
  if (open.length > 0) throw truncated(text, path, `<${open.at(-1) ?? ""}> is never closed`);
}

interface Walk {
  readonly open: string[];
  readonly path: string;
  readonly listener: XmlListener;
}

function readText(text: string, from: number, to: number, { open, path, listener }: Walk): void {
  if (to === from) return;
  if (open.length > 0) {
    if (listener.text) listener.text(decodeText(text.slice(from, to)));
  } else if (/[^\s\0\uFEFF]/.test(text.slice(from, to))) {
    throw unreadableReport({ path, line: lineAt(text, from), says: "there is text outside of any element" });
  }
}

/** Reads what starts at a `<` and says where it ends. */
function readMarkup(text: string, at: number, walk: Walk): number {
  const next = text.charCodeAt(at + 1);
  if (next === 0x2f) return readClose(text, at, walk); // "/"
  if (next === 0x3f) return past(text, "?>", at, walk.path); // "?"
  if (next !== 0x21) return readOpen(text, at, walk); // not "!"
  if (text.startsWith("<!--", at)) return past(text, "-->", at + 4, walk.path);
  if (text.startsWith("<![CDATA[", at)) {
    const end = past(text, "]]>", at, walk.path);
    if (walk.open.length > 0) walk.listener.text?.(text.slice(at + 9, end - 3));
    return end;
  }
  return skipDocumentType(text, at, walk.path);
}

function past(text: string, mark: string, from: number, path: string): number {
  const end = text.indexOf(mark, from);
  if (end === -1) throw truncated(text, path, `"${mark}" is missing at its end`);
  return end + mark.length;
}

function readClose(text: string, at: number, { open, path, listener }: Walk): number {
  const end = text.indexOf(">", at);
  if (end === -1) throw truncated(text, path, "a closing tag is cut off");
  const name = localName(text.slice(at + 2, Math.min(end, at + 300)).trim());
  const expected = open.pop();
  if (expected !== name) {
    throw unreadableReport({ path, line: lineAt(text, at), says: `</${name}> closes ${expected === undefined ? "nothing" : `<${expected}>`}` });
  }
  listener.close(name);
  return end + 1;
}

const NAME = /[^\s/>=<"']+/y;
const SPACE = /\s*/y;

function readOpen(text: string, at: number, { open, path, listener }: Walk): number {
  const nameEnd = match(NAME, text, at + 1);
  if (nameEnd === at + 1) {
    if (nameEnd >= text.length) throw truncated(text, path, "a tag is cut off");
    throw unreadableReport({ path, line: lineAt(text, at), says: "a < is followed by no name" });
  }
  const spans: number[] = [];
  let place = match(SPACE, text, nameEnd);
  for (; text[place] !== ">" && text[place] !== "/"; place = match(SPACE, text, place)) {
    place = readAttribute(text, place, spans, path);
    if (spans.length > MOST_ATTRIBUTES * 4)
      throw hostileReport({ path, line: lineAt(text, at), says: `has an element of more than ${MOST_ATTRIBUTES} attributes` });
  }
  const empty = text[place] === "/";
  if (empty && text[place + 1] !== ">") {
    if (place + 1 >= text.length) throw truncated(text, path, "a tag is cut off");
    throw unreadableReport({ path, line: lineAt(text, at), says: "a tag has a / in its middle" });
  }
  const name = localName(text.slice(at + 1, nameEnd));
  if (open.length >= DEEPEST) throw hostileReport({ path, line: lineAt(text, at), says: `nests more than ${DEEPEST} elements` });
  listener.open(new XmlElement(name, at, text, spans));
  if (empty) listener.close(name);
  else open.push(name);
  return place + (empty ? 2 : 1);
}

function readAttribute(text: string, at: number, spans: number[], path: string): number {
  const end = match(NAME, text, at);
  if (end >= text.length) throw truncated(text, path, "a tag is cut off");
  const equals = match(SPACE, text, end);
  const quoteAt = text[equals] === "=" ? match(SPACE, text, equals + 1) : equals;
  if (quoteAt >= text.length) throw truncated(text, path, "a tag is cut off");
  const quote = text[quoteAt];
  if (end === at || text[equals] !== "=" || (quote !== '"' && quote !== "'")) {
    throw unreadableReport({ path, line: lineAt(text, at), says: "an attribute has no quoted value" });
  }
  const close = text.indexOf(quote, quoteAt + 1);
  if (close === -1) throw truncated(text, path, "an attribute is cut off");
  if (close - quoteAt > LONGEST_VALUE)
    throw hostileReport({ path, line: lineAt(text, at), says: `has an attribute of ${Math.round((close - quoteAt) / 1024 / 1024)} MB` });
  const colon = text.slice(at, end).indexOf(":");
  spans.push(at + colon + 1, end, quoteAt + 1, close);
  return close + 1;
}

/** Document types are skipped whole, quotes respected. Declared entities are how a small file becomes a huge one, or reads others. */
function skipDocumentType(text: string, at: number, path: string): number {
  let depth = 0;
  for (let place = at + 2; place < text.length; place++) {
    const char = text[place];
    if (char === '"' || char === "'") place = past(text, char, place + 1, path) - 1;
    else if (char === "<") {
      if (text.startsWith("<!ENTITY", place)) throw hostileReport({ path, line: lineAt(text, place), says: "declares entities of its own" });
      if (text.startsWith("<!--", place)) place = past(text, "-->", place, path) - 1;
      else depth++;
    } else if (char === ">") {
      if (depth === 0) return place + 1;
      depth--;
    }
  }
  throw truncated(text, path, "its document type is cut off");
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

const truncated = (text: string, path: string, says: string): Error => truncatedReport({ path, line: lineAt(text, text.length), says });

/** 1-based line of an offset. Only counted for errors and places. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
