import { atMost, reported, type Figure } from "../figure.ts";
import { idOf, readEntries, type Entry } from "../red-green/entries.ts";
import { cloneOf } from "../secrets/labelled-files.ts";
import { openSelector, type Selected } from "./select-entry.ts";

export interface SelectionJudging {
  /** Folder with the clones, named `owner+name` or `owner/name`. */
  readonly data: string;
  /** Told about every miss. */
  say(line: string): void;
}

/** One entry of the list, judged. */
export interface Judged {
  readonly id: string;
  /** Test files of the fix: those that turn red are among them. */
  readonly wanted: number;
  /** Of these, not selected from the product's files alone. */
  readonly missed: readonly string[];
  /** Of the missed, those selected by no known way but by widening. */
  readonly guessed: number;
  readonly selected: number;
  readonly ofFiles: number;
  /** Place of the first wanted file in the order, from 0 (first) to 1. */
  readonly place: number;
}

/**
 * For every fix of the red-green lists that changes the product and a test file: are its tests among what the product's files alone select? The fix itself
 * would select them because it changes them; left out here, because a change of the product alone has to find them too.
 */
export async function judgeSelection({ data, say }: SelectionJudging): Promise<Figure[]> {
  const judged: Judged[] = [];
  const left: string[] = [];
  let absent = 0;
  for (const repository of new Set(readEntries().map((entry) => entry.repository))) {
    const entries = readEntries().filter((entry) => entry.repository === repository && (entry.label === "bug-fix" || entry.label === "fix-needs-new-symbol"));
    const clone = cloneOf(data, repository);
    if (clone === undefined) {
      absent += entries.length;
      continue;
    }
    const selector = await openSelector(clone);
    for (const entry of entries) {
      const found = judge(entry, await selector.select(entry.broken, entry.fixed));
      if (found === undefined) left.push(idOf(entry));
      if (found === undefined) continue;
      for (const file of found.missed) say(`MISS ${idOf(entry)} ${file}`);
      judged.push(found);
    }
    await selector.close();
    say(summary(repository, judged.filter(({ id }) => id.startsWith(`${repository}@`))));
  }
  if (left.length > 0) say(`not judged, for they change no file of the product or no test file: ${left.join(", ")}`);
  return figures(judged, { absent, left: left.length });
}

/** Files of the test side in the list that hold no test: read by hand. */
const NO_TEST: ReadonlySet<string> = new Set(["6fe7e5140e test/helpers/fixtures-dir.js", "0c0a4f12d8 test/modules/XMLHttpRequest/compliance/xhr-upload.browser.runtime.js"]);
/** Tests a fix touches that were run and are green without it as well: they turn red for nobody. */
const GREEN: ReadonlySet<string> = new Set(["2088418aea spec/filters/regex_spec_filter_spec.js"]);

function judge(entry: Entry, { source, sourceFiles }: Selected): Judged | undefined {
  // Helpers and data of tests are no tests; what the list names beside them must be taken for one.
  const wanted = entry.tests.filter((file) => !NO_TEST.has(`${entry.fixed.slice(0, 10)} ${file}`) && !GREEN.has(`${entry.fixed.slice(0, 10)} ${file}`));
  if (sourceFiles === 0 || wanted.length === 0) return undefined;
  const places = new Map(source.tests.map((test, at) => [test.file, at]));
  const guesses = new Set(source.widened.flatMap(({ tests }) => tests));
  const first = Math.min(...wanted.map((file) => places.get(file) ?? source.ofFiles));
  return {
    id: idOf(entry),
    wanted: wanted.length,
    missed: wanted.filter((file) => !places.has(file)),
    guessed: wanted.filter((file) => guesses.has(file)).length,
    selected: source.tests.length,
    ofFiles: source.ofFiles,
    place: first / Math.max(1, source.ofFiles),
  };
}

const sum = (items: readonly Judged[], of: (item: Judged) => number): number => items.reduce((total, item) => total + of(item), 0);

const summary = (name: string, items: readonly Judged[]): string =>
  `${name.padEnd(28)} ${items.length} fixes, ${sum(items, ({ missed }) => missed.length)} missed, ${sum(items, ({ guessed }) => guessed)} by widening, ${Math.round((100 * sum(items, ({ selected }) => selected)) / Math.max(1, sum(items, ({ ofFiles }) => ofFiles)))} % of test files, ${Math.round((100 * sum(items, ({ place }) => place)) / Math.max(1, items.length))} % run before the first`;

function figures(judged: readonly Judged[], { absent, left }: { readonly absent: number; readonly left: number }): Figure[] {
  const shares = judged.map(({ selected, ofFiles }) => selected / Math.max(1, ofFiles)).toSorted((a, b) => a - b);
  const against = `${judged.length} fixes in ${new Set(judged.map(({ id }) => id.split("@")[0])).size} repositories`;
  return [
    atMost("selection: tests of a fix that are missed", sum(judged, ({ missed }) => missed.length), 0, "", `${sum(judged, ({ wanted }) => wanted)} test files of ${against}, from the product's files alone`),
    reported("selection: test files selected", (100 * sum(judged, ({ selected }) => selected)) / Math.max(1, sum(judged, ({ ofFiles }) => ofFiles)), "%", `all test files; median of the fixes ${Math.round(100 * (shares[shares.length >> 1] ?? 0))} %`),
    reported("selection: the ideal", (100 * sum(judged, ({ wanted }) => wanted)) / Math.max(1, sum(judged, ({ ofFiles }) => ofFiles)), "%", "only the tests the fix touches"),
    reported("selection: before the first wanted test", (100 * sum(judged, ({ place }) => place)) / Math.max(1, judged.length), "%", "of all test files run, in the order proposed"),
    reported("selection: found only by widening", sum(judged, ({ guessed }) => guessed), "", against),
    ...(left > 0 ? [reported("selection: fixes with nothing to judge", left, "", "they change no file of the product, or no test file")] : []),
    ...(absent > 0 ? [reported("selection: fixes without a clone", absent, "", "not judged")] : []),
  ];
}
