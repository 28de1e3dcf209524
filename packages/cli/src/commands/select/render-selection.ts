import type { SelectReport, TimedTest } from "@proofline/core/operations";
import { columnsOf } from "../../render/columns.ts";
import type { Paint } from "../../render/paint.ts";
import { count, duration, short } from "../../render/words.ts";
import { clip, printable, wrap } from "../../render/wrap.ts";

/** Tests listed without `--all`. */
const MOST = 20;
/** Files of a command line shown without `--all`. */
const MOST_IN_COMMAND = 3;

/** A selection for a person at a terminal: how many, in which order, why, what can't be seen, and how to run them. */
export function renderSelection(report: SelectReport, paint: Paint, width: number, { all }: { readonly all: boolean }): string {
  const columns = Math.min(Math.max(width, 40), 120);
  return [...head(report, paint, columns), ...tests(report, paint, columns, all), ...notes(report, paint, columns), ...commands(report, paint, columns, all)].join("\n");
}

function* head({ change, tests: taken, cut, widened, ofFiles }: SelectReport, paint: Paint, width: number): Generator<string> {
  const of = change.headKind === "commit" ? short(change.head) : change.headKind;
  yield `${paint.bold("proofline select")}   ${of} against ${change.baseName === change.base ? short(change.base) : change.baseName}   ${count(change.files, "file")} changed`;
  yield "";
  const guessed = new Set(widened.flatMap((one) => one.tests));
  const guesses = taken.filter(({ file }) => guessed.has(file)).length;
  const ms = taken.reduce((sum, test) => sum + test.ms, 0);
  const measured = taken.filter((test) => test.measured).length;
  // A time that nobody measured says nothing to who did not ask for one.
  const time = measured === 0 && cut.length === 0 ? "" : `, about ${duration(ms)}${measured === taken.length ? "" : " by estimate"}`;
  yield paint.bold(`${taken.length} of ${count(ofFiles, "test file")}${time}${cut.length > 0 ? `; ${cut.length} more left out` : ""}`);
  const told = measuredText(taken, cut);
  if (told !== "") for (const line of wrap(told, width)) yield line;
  if (guesses > 0) for (const line of wrap(`${guesses} of them only because no known way leads to what changed.`, width)) yield line;
}

function* tests({ tests: taken, widened }: SelectReport, paint: Paint, width: number, all: boolean): Generator<string> {
  const guessed = new Set(widened.flatMap((one) => one.tests));
  const known = taken.filter(({ file }) => !guessed.has(file));
  if (known.length > 0) yield "";
  for (const test of all ? known : known.slice(0, MOST)) yield* line(test, paint, width, all);
  if (!all && known.length > MOST) yield paint.dim(` … ${known.length - MOST} more; --all lists them`);
  for (const { because, tests: more } of widened) {
    yield "";
    const [first = "", ...rest] = wrap(`${paint.bold("widened")} ${printable(because)}: ${count(more.length, "test file")}`, width - 1);
    yield ` ${paint.yellow(first)}`;
    for (const text of rest) yield ` ${text}`;
    for (const file of all ? more : more.slice(0, 3)) yield `   ${clip(file, width - 3)}`;
    if (!all && more.length > 3) yield paint.dim(`   … ${more.length - 3} more`);
  }
}

function* line(test: TimedTest, paint: Paint, width: number, all: boolean): Generator<string> {
  const layer = test.layer === "unit" ? "" : `  ${test.layer}`;
  const own = clip(test.file, Math.max(20, width - 1 - columnsOf(layer)));
  const why = whyOf(test, all);
  const rest = width - 1 - columnsOf(own) - columnsOf(layer) - 2;
  const shown = ` ${paint.cyan(own)}${paint.yellow(layer)}`;
  if (why === "") yield shown;
  else if (columnsOf(why) <= rest) yield `${shown}  ${paint.dim(why)}`;
  else {
    yield shown;
    for (const text of all ? wrap(why, width - 5) : [clip(why, width - 5)]) yield `     ${paint.dim(text)}`;
  }
}

/** What earlier measurement says of these tests; empty where nobody measured them. */
function measuredText(taken: readonly TimedTest[], cut: readonly TimedTest[]): string {
  const of = (tests: readonly TimedTest[], ran: TimedTest["ran"]): number => tests.filter((test) => test.ran === ran).length;
  const [through, past, skipped] = [of(taken, "through"), of(taken, "past"), of(cut, "past")];
  if (through + past + skipped === 0) return "";
  const rest = [...(past > 0 ? [`${past} ran past it and ${past === 1 ? "goes" : "go"} last`] : []), ...(skipped > 0 ? [`${skipped} that ran past it ${skipped === 1 ? "was" : "were"} left out`] : [])];
  return `When last measured, ${through} of them ran what changed${rest.length > 0 ? `; ${rest.join("; ")}` : ""}.`;
}

const RAN = { through: " · ran what changed", past: " · ran past what changed" } as const;

/** `<- src/b.ts <- src/c.ts`; a long way shows its ends. */
function whyOf({ distance, via, because, ran }: TimedTest, all: boolean): string {
  if (distance === 0) return "changed";
  const way = via.slice(1);
  const shown = all || way.length <= 3 ? way : [way[0] ?? "", `… ${way.length - 2} more`, way.at(-1) ?? ""];
  return `${because === undefined ? "" : `${because} `}${shown.map((file) => `<- ${file}`).join(" ")}${ran === undefined ? "" : RAN[ran]}`;
}

function* notes({ blindSpots }: SelectReport, paint: Paint, width: number): Generator<string> {
  if (blindSpots.length === 0) return;
  yield "";
  yield paint.bold("not seen");
  for (const spot of blindSpots) for (const [at, text] of wrap(spot, width - 3).entries()) yield `${at === 0 ? " · " : "   "}${text}`;
}

function* commands({ commands: starts, unplaced }: SelectReport, paint: Paint, width: number, all: boolean): Generator<string> {
  if (starts.length > 0) {
    yield "";
    yield paint.bold("run");
  }
  for (const { command, files } of starts) {
    const short_ = all || files.length <= MOST_IN_COMMAND ? command : `${command.slice(0, command.indexOf(files[0]?.split("/").at(-1) ?? "") + (files[0]?.split("/").at(-1) ?? "").length)} … ${files.length - 1} more`;
    yield ` ${all || columnsOf(short_) < width ? printable(short_) : clip(short_, width - 1)}`;
  }
  if (starts.some(({ files }) => files.length > MOST_IN_COMMAND) && !all) yield paint.dim(" whole: proofline select --command");
  if (unplaced.length > 0) for (const text of wrap(`No runner known here takes ${unplaced.slice(0, 3).join(", ")}${unplaced.length > 3 ? ` and ${unplaced.length - 3} more` : ""}.`, width)) yield text;
}
