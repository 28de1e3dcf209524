import { draftFailure } from "../failures/draft-failure.ts";
import { at, numberAt, objectAt, textAt } from "../json/shapes.ts";
import type { DraftFailure, Frame } from "../report-format.ts";
import { readBlock } from "./diagnostic-block.ts";

/** What stood below a point: lines between `---` and `...`, or loose ones. */
export interface Diagnostic {
  readonly yaml: string;
  readonly loose: string;
}

/** Larger blocks are quoted, not read. */
const LARGEST = 256 * 1024;

export interface ReadDiagnostic {
  readonly failure: DraftFailure;
  /** Where the test itself stands. */
  readonly file: string | undefined;
}

/** Understands the blocks of node:test, tape, AVA, Vitest, node-tap; others are quoted. `assertion` says that points are assertions, not tests. */
export function readDiagnostic({ yaml, loose }: Diagnostic, assertion: boolean): ReadDiagnostic {
  const block = yaml.length > LARGEST ? undefined : readBlock(yaml);
  const thrown = textAt(block, "details", "Error thrown in test:");
  const operator = textAt(block, "operator");
  const difference = differenceOf(block);
  const type = typeOf(block, thrown) ?? (assertion && isComparison(operator, difference) ? "AssertionError" : undefined);
  const code = textAt(block, "code");
  const quoted = operator === undefined && difference === "" ? `${yaml}\n${loose}` : loose;
  const message = thrown ?? messageOf(block) ?? quoted.trim();
  const facts = {
    message: typeOf(block, thrown) === undefined ? message + difference : message,
    stack: textAt(block, "stack") ?? textAt(block, "error", "stack") ?? loose,
    ...(type === undefined ? {} : { type }),
    ...(code === undefined || code === "ERR_TEST_FAILURE" ? {} : { code }),
  };
  return { failure: draftFailure(facts, framesOfBlock(block)), file: locationOf(textAt(block, "location"))?.file };
}

function typeOf(block: unknown, thrown: string | undefined): string | undefined {
  if (thrown !== undefined) return /^\w+/.exec(thrown)?.[0];
  return textAt(block, "name") ?? textAt(block, "error", "name") ?? textAt(block, "failureType");
}

/** tape's `fail` and `error` compare nothing: a timeout, or something thrown. */
const isComparison = (operator: string | undefined, difference: string): boolean =>
  (operator ?? difference) !== "" && operator !== "fail" && operator !== "error";

function differenceOf(block: unknown): string {
  const expected = at(block, "expected") ?? at(block, "wanted");
  if (at(block, "expected") === undefined && expected === undefined) return "";
  return `\nexpected: ${show(expected)}\nactual: ${show(at(block, "actual") ?? at(block, "found"))}`;
}

/** AVA leaves the message empty and says what differed among its details. */
function messageOf(block: unknown): string | undefined {
  const error = at(block, "error");
  const message = typeof error === "string" ? error : (textAt(block, "error", "message") ?? textAt(block, "message"));
  if (message !== "") return message;
  const details = Object.entries(objectAt(block, "details") ?? {}).flatMap(([title, value]) => (typeof value === "string" ? [`${title}\n${value}`] : []));
  return [textAt(block, "assertion") ?? "", ...details].join("\n").trim();
}

function framesOfBlock(block: unknown): readonly Frame[] {
  const file = textAt(block, "at", "file") ?? textAt(block, "at", "fileName");
  const line = numberAt(block, "at", "line") ?? numberAt(block, "at", "lineNumber");
  const printed = [textAt(block, "at"), textAt(block, "location")].flatMap((place) => locationOf(place) ?? []);
  return file !== undefined && line !== undefined ? [{ file, line }, ...printed] : printed;
}

function locationOf(text: string | undefined): Frame | undefined {
  const found = /^(?:.{0,500}\()?([^()\n]{1,1000}?):(\d{1,7})(?::\d{1,7})?\)?$/.exec((text ?? "").slice(0, 1000));
  return found?.[1] === undefined ? undefined : { file: found[1], line: Number(found[2]) };
}

const show = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? String(value))).slice(0, 300);
