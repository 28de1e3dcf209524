import type { ProofRecord, RecordedTest, ReplayedProof } from "@proofline/core/operations";
import { tellingLines } from "@proofline/core/kernel";
import { columnsOf } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { nextAfter } from "./proof-next.ts";
import { count, duration, short, withShortNames } from "./words.ts";
import { clip, printable, wrap } from "./wrap.ts";

const COLOUR = { proven: "green", "not owed": "green", refuted: "red", "not proven": "yellow" } as const;
const WHY: Readonly<Record<NonNullable<RecordedTest["red"]>, string>> = {
  assertion: "an expectation failed",
  "expected-error": "the tested code threw",
  "absent-before": "what it needs is new",
  "load-error": "its file does not load",
  "missing-package": "a package is not installed",
  environment: "the surroundings failed",
  timeout: "timed out",
  crash: "the run broke off",
  "nothing-collected": "not found by the runner",
  unknown: "no reason given",
};
/** More tests than this are counted, not listed. */
const MOST = 10;

/** What is known of a record beside itself. */
export interface AboutRecord {
  /** Digest it is kept under. */
  readonly address?: string;
  readonly replayed?: ReplayedProof["replayed"];
}

/** One proof for a person at a terminal. Ends without a line break. */
export function renderProof(record: ProofRecord, paint: Paint, width = 80, about: AboutRecord = {}): string {
  const columns = Math.min(Math.max(width, 40), 100);
  return [...head(record, paint, columns), ...tests(record, paint, columns), ...foot(record, paint, columns, about)].join("\n");
}

function* head(record: ProofRecord, paint: Paint, width: number): Generator<string> {
  yield `${paint.bold("proofline prove")}   ${short(record.fixed)} against ${short(record.broken)}   ${record.type}`;
  yield "";
  const word = record.outcome.toUpperCase();
  const [first = "", ...more] = wrap(withShortNames(`${record.because[0]?.toUpperCase() ?? ""}${record.because.slice(1)}.`, Math.min(72, width - word.length - 10)), width - word.length - 4);
  yield `${paint.badge(word, COLOUR[record.outcome])}  ${paint.bold(first)}`;
  for (const line of more) yield `${" ".repeat(word.length + 4)}${paint.bold(line)}`;
}

function* tests(record: ProofRecord, paint: Paint, width: number): Generator<string> {
  const telling = record.tests.filter((test) => test.head !== "green" || test.base !== "green");
  let file: string | undefined;
  let said = "";
  for (const [index, test] of telling.slice(0, MOST).entries()) {
    const moved = index === 0 || test.id.file !== file;
    if (moved) {
      file = test.id.file;
      yield "";
      yield ` ${paint.cyan(clip(file ?? "(the runner names no file)", width - 1))}`;
    }
    const message = linesOf(test.failure?.message ?? "", width - 7);
    const same = !moved && message.length > 0 && message.join("\n") === said;
    said = message.join("\n");
    const why = same ? "as above" : test.red ? WHY[test.red] : "";
    yield `   ${clip([...test.id.suite, test.id.name].join(" › "), width - 3)}`;
    yield `     ${side(test.base, paint)} without it${why === "" ? "" : ` (${why})`}, ${side(test.head, paint)} with it`;
    if (!same) for (const line of message) yield paint.dim(`       ${clip(line, width - 7)}`);
  }
  const rest = telling.length - MOST;
  const both = record.tests.length - telling.length;
  if (rest > 0 || both > 0) yield "";
  if (rest > 0) yield ` ${count(rest, "more test")} like these; --format json lists them all`;
  if (both > 0) yield ` ${count(both, "test")} green on both sides`;
}

/** A message in at most four lines; a heading such as "Expected values to be equal:" takes the next line along where there is room. */
function linesOf(message: string, width: number): string[] {
  const [first = "", second, ...more] = tellingLines(message.slice(0, 2000), 5);
  const heading = first.endsWith(":") && second !== undefined && columnsOf(`${first} ${second.trim()}`) <= width;
  const joined = heading ? [`${first} ${second.trim()}`, ...more] : [first, ...(second === undefined ? [] : [second]), ...more];
  return joined.filter((line) => line !== "").slice(0, 4);
}

const side = (outcome: RecordedTest["head"], paint: Paint): string => (outcome === "green" ? paint.green("green") : outcome === "red" ? paint.red("red") : outcome === "absent" ? "did not run" : paint.yellow(outcome));

/** Differences listed; the rest is counted. */
const MOST_DIFFERENCES = 8;

function replayRows({ record, same, differences, surroundings }: ReplayedProof["replayed"]): [string, string][] {
  const more = differences.length - MOST_DIFFERENCES;
  return [
    ["Replay", `${same ? "the same" : "NOT the same"} as ${record.slice(0, "sha256:".length + 12)}`],
    ...differences.slice(0, MOST_DIFFERENCES).map((one): [string, string] => ["", one]),
    ...(more > 0 ? [["", `and ${count(more, "more difference")}`] as [string, string]] : []),
    ...surroundings.map((one): [string, string] => ["Note", one]),
  ];
}

function* foot(record: ProofRecord, paint: Paint, width: number, { address, replayed }: AboutRecord): Generator<string> {
  yield "";
  const runs = record.repeats === 0 ? "nothing was run" : `${count(record.repeats, "run")} a side of what decides`;
  const next = nextAfter(record);
  const rows: [string, string][] = [
    ...(next === undefined ? [] : [["Next", next] as [string, string]]),
    ["Runs", `${runs}, in ${duration(record.tookMs)}; ${record.isolation}`],
    ...(record.headSurroundings ? [["Note", "the old code ran with the new packages and settings, since its tests do not load without them"] as [string, string]] : []),
    ...record.notes.map((note): [string, string] => ["Note", note]),
    ...(replayed ? replayRows(replayed) : []),
    // Enough to name it by; whole it is the name of the file.
    ...(address === undefined ? [] : [["Record", `${address.slice(0, "sha256:".length + 12)}, kept in .proofline/proofs`] as [string, string]]),
  ];
  for (const [label, text] of rows) {
    const [first = "", ...more] = wrap(text, width - 9);
    yield ` ${paint.dim(label.padEnd(6))}  ${first}`;
    for (const line of more) yield `         ${line}`;
  }
  // A working tree is nothing that Git could give back: asking again asks about what is there then.
  if (record.fixed === record.fixedTree) return;
  const [first = "", ...more] = commandLines(record.replay, width - 9);
  yield ` ${paint.dim("Again ")}  ${first}`;
  for (const line of more) yield `           ${line}`;
}

/** A command that can be copied as it stands: revisions short, and a backslash where it goes on below. */
function commandLines(command: string, width: number): string[] {
  const short = printable(command).replace(/\b([0-9a-f]{12})[0-9a-f]{28}\b/g, "$1");
  // Between quotes a break would be part of what is quoted.
  if (columnsOf(short) <= width || /['"]/.test(short)) return [short];
  const lines: string[] = [];
  for (const part of short.split(/ (?=--)/)) {
    const last = lines.at(-1);
    if (last !== undefined && columnsOf(last) + columnsOf(part) + 3 <= width) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(part);
  }
  return lines.map((line, at) => (at < lines.length - 1 ? `${line} \\` : line));
}
