import { parse } from "yaml";
import { draftFailure } from "../failures/draft-failure.ts";
import { at, numberAt, objectAt, textAt } from "../json/shapes.ts";
import type { DraftFailure, Frame } from "../report-format.ts";

/** What stood below a point: lines between `---` and `...`, or loose ones. */
export interface Diagnostic {
  readonly yaml: string;
  readonly loose: string;
}

/** Larger blocks are read as text. YAML without aliases costs little more than its length. */
const LARGEST = 64 * 1024;

export interface ReadDiagnostic {
  readonly failure: DraftFailure;
  /** Where the test itself stands. */
  readonly file: string | undefined;
  readonly type: string | undefined;
}

/** Understands the blocks of node:test, tape, AVA, Vitest, node-tap; others are quoted. */
export function readDiagnostic({ yaml, loose }: Diagnostic, assertion: boolean): ReadDiagnostic {
  const block = parseBlock(yaml);
  const thrown = textAt(block, "details", "Error thrown in test:");
  const message = thrown ?? messageOf(block) ?? (block === undefined ? `${yaml}\n${loose}`.trim() : loose.trim());
  const type = thrown === undefined ? (textAt(block, "name") ?? textAt(block, "error", "name") ?? textAt(block, "failureType")) : /^\w+/.exec(thrown)?.[0];
  const code = textAt(block, "code") ?? undefined;
  const stack = textAt(block, "stack") ?? textAt(block, "error", "stack") ?? loose;
  const operator = textAt(block, "operator");
  const expected = at(block, "expected") !== undefined || at(block, "wanted") !== undefined ? `\nexpected: ${show(at(block, "expected") ?? at(block, "wanted"))}\nactual: ${show(at(block, "actual") ?? at(block, "found"))}` : "";
  const judged = type ?? (assertion && (operator ?? expected) !== "" && operator !== "fail" && operator !== "error" ? "AssertionError" : undefined);
  const said = type === undefined && expected !== "" ? `${message}${expected}` : message;
  const failure = draftFailure({ message: said, stack, ...(judged === undefined ? {} : { type: judged }), ...(code === undefined || code === "ERR_TEST_FAILURE" ? {} : { code }) }, framesOfBlock(block));
  return { failure, file: locationOf(textAt(block, "location"))?.file, type: textAt(block, "failureType") };
}

/** AVA leaves the message empty and says what differed among its details. */
function messageOf(block: unknown): string | undefined {
  const error = at(block, "error");
  const message = typeof error === "string" ? error : (textAt(block, "error", "message") ?? textAt(block, "message"));
  if (message !== "") return message;
  const details = Object.entries(objectAt(block, "details") ?? {}).flatMap(([title, value]) => (typeof value === "string" ? [`${title}\n${value}`] : []));
  return [textAt(block, "assertion") ?? "", ...details].join("\n").trim();
}

function parseBlock(text: string): unknown {
  if (text.trim() === "" || text.length > LARGEST) return undefined;
  try {
    return parse(text, { maxAliasCount: 0, logLevel: "silent", schema: "core" }) as unknown;
  } catch {
    return undefined; // many writers print what is nearly YAML
  }
}

function framesOfBlock(block: unknown): readonly Frame[] {
  const file = textAt(block, "at", "file") ?? textAt(block, "at", "fileName");
  const line = numberAt(block, "at", "line") ?? numberAt(block, "at", "lineNumber");
  const printed = [textAt(block, "at"), textAt(block, "location")].flatMap((place) => locationOf(place) ?? []);
  return file !== undefined && line !== undefined ? [{ file, line }, ...printed] : printed;
}

function locationOf(text: string | undefined): Frame | undefined {
  const found = /^(?:.{0,500}\()?([^()\n]{1,1000}?):(\d{1,7})(?::\d{1,7})?\)?$/.exec(text ?? "");
  return found?.[1] === undefined ? undefined : { file: found[1], line: Number(found[2]) };
}

const show = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? String(value))).slice(0, 300);
