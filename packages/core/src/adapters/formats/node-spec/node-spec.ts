import { draftFailure } from "../failures/draft-failure.ts";
import { looksLikePath } from "../cases/looks-like-path.ts";
import { sharePlaces } from "../cases/one-file.ts";
import { readLines } from "../lines/read-lines.ts";
import type { DraftCase, DraftRun, ReadReport, ReportFormat, ReportSource } from "../report-format.ts";

/** What node:test prints for people (`--test-reporter=spec`), which is often all a log has. */
export const nodeSpec: ReportFormat = {
  format: "node:test spec output",
  accepts: ({ head }) => /^\s*[✔✖﹣] [^\n]{1,2000} \(\d+(?:\.\d+)?ms\)/m.test(head) || /^ℹ tests \d+/m.test(head),
  parse: readSpec,
};

interface OpenTest {
  readonly suite: readonly string[];
  readonly name: string;
  readonly mark: string;
  readonly durationMs: number;
  readonly directive: string | undefined;
  readonly lines: string[];
  place: { readonly file: string; readonly line: number } | undefined;
}

const LINE = /^( *)([▶✔✖﹣]) (.{1,4000})$/u;
const TIMED = /^(.*?) \((\d{1,12}(?:\.\d{1,9})?)ms\)(?: # (SKIP|TODO).*)?$/;
const MOST_LINES = 200;

/** Folds the indented list; the second list of failures at the end only says where each of them stands. */
class SpecWalk {
  readonly tests: OpenTest[] = [];
  ended = false;
  readonly #open: { readonly indent: number; readonly name: string }[] = [];
  #last: OpenTest | undefined;
  #repeating = false;
  #place: { readonly file: string; readonly line: number } | undefined;

  line(text: string): void {
    if (/^ℹ tests \d+/.test(text)) this.ended = true;
    else if (/^✖ failing tests:/.test(text)) this.#repeating = true;
    else if (this.#repeating) this.#repeat(text);
    else this.#tell(text);
  }

  #tell(text: string): void {
    const found = text.length > 5000 ? null : LINE.exec(text);
    if (!found) return this.#detail(text);
    const [, blanks = "", mark = "", rest = ""] = found;
    const indent = blanks.length;
    while ((this.#open.at(-1)?.indent ?? -1) > indent) this.#open.pop();
    const timed = TIMED.exec(rest);
    if (mark === "▶" && timed === null) return void this.#open.push({ indent, name: rest.trim() });
    const name = (timed?.[1] ?? rest).trim();
    const group = this.#open.at(-1);
    this.#last = undefined;
    if (group?.indent === indent && group.name === name) return void this.#open.pop(); // a group's own result repeats its parts
    if (!timed || mark === "▶") return;
    this.#last = {
      suite: this.#open.filter((open) => open.indent < indent).map((open) => open.name),
      name,
      mark,
      durationMs: Number(timed[2]),
      directive: timed[3],
      lines: [],
      place: undefined,
    };
    this.tests.push(this.#last);
  }

  #detail(text: string): void {
    if (this.#last && this.#last.lines.length < MOST_LINES) this.#last.lines.push(text.slice(0, 2000));
  }

  #repeat(text: string): void {
    const place = /^test at (.{1,1000}):(\d{1,7}):\d{1,7}$/.exec(text);
    if (place?.[1] !== undefined) this.#place = { file: place[1], line: Number(place[2]) };
    const title = TIMED.exec(/^✖ (.*)$/.exec(text)?.[1] ?? "");
    if (!title || !this.#place) return;
    const test = this.tests.find((known) => known.place === undefined && known.mark === "✖" && known.name === title[1]);
    if (test) test.place = this.#place;
    this.#place = undefined;
  }
}

function readSpec({ bytes }: ReportSource): ReadReport {
  const walk = new SpecWalk();
  for (const line of readLines(bytes)) walk.line(line);
  const red = walk.tests.filter((test) => test.mark === "✖" && test.directive === undefined);
  const gone = new Set(red.filter((test) => test.suite.length === 0 && looksLikePath(test.name)));
  const run: DraftRun = {
    kind: "test-run",
    tool: "node:test",
    cases: sharePlaces(walk.tests.filter((test) => !gone.has(test)).map(caseOf)),
    unloaded: [...gone].map((test) => ({ file: test.name, failure: { ...failureOf(test), kind: "load" } })),
    complete: walk.ended,
    ...(walk.ended ? {} : { because: "the summary at its end is missing" }),
  };
  return { drafts: [run] };
}

function caseOf(test: OpenTest): DraftCase {
  const failed = test.mark === "✖" && test.directive === undefined;
  const outcome = test.directive === "TODO" ? "todo" : test.directive === "SKIP" || test.mark === "﹣" ? "skipped" : failed ? "failed" : "passed";
  return {
    ...(test.place ? { file: test.place.file } : {}),
    suite: test.suite,
    name: test.name,
    outcome,
    durationMs: Math.round(test.durationMs * 1000) / 1000,
    ...(failed ? { failure: failureOf(test) } : {}),
  };
}

function failureOf(test: OpenTest): DraftRun["unloaded"][number]["failure"] {
  const text = test.lines
    .map((line) => line.trim())
    .join("\n")
    .trim();
  return draftFailure({ message: (text.split("\n")[0] ?? "").replace(/^'(.*)'$/, "$1"), stack: text }, test.place ? [test.place] : []);
}
