import { draftFailure } from "../failures/draft-failure.ts";
import type { DraftCase, ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { readStamp } from "../subject/stamp.ts";
import { readXml } from "../xml/read-xml.ts";
import type { XmlElement } from "../xml/xml-element.ts";

/** Visual Studio test results, which `dotnet test --logger trx` writes for xUnit, NUnit and MSTest alike. */
export const trx: ReportFormat = {
  format: "TRX (dotnet test)",
  accepts: ({ xmlRoot, head }) => xmlRoot === "TestRun" && head.includes("VisualStudio/TeamTest"),
  parse: readTrx,
};

interface Result {
  readonly test: string;
  readonly name: string;
  readonly outcome: string;
  readonly duration: string | undefined;
  message: string;
  stack: string;
}

const LONGEST_TEXT = 20_000;

/** Results come first, the classes of their tests later: both are kept until they can be joined. */
class TrxWalk {
  readonly results: Result[] = [];
  readonly classes = new Map<string, string>();
  start: string | undefined;
  counted = 0;
  outcome = "";
  #result: Result | undefined;
  #test = "";
  #field: "message" | "stack" | undefined;

  open(element: XmlElement): void {
    if (element.name === "UnitTestResult") this.results.push((this.#result = resultOf(element)));
    else if (element.name === "UnitTest") this.#test = element.get("id") ?? "";
    else if (element.name === "TestMethod") this.classes.set(this.#test, element.get("className") ?? "");
    else if (element.name === "Times") this.start = element.get("start");
    else if (element.name === "ResultSummary") this.outcome = element.get("outcome") ?? "";
    else if (element.name === "Counters") this.counted = element.count("total") ?? 0;
    else if (this.#result && element.name === "Message") this.#field = "message";
    else if (this.#result && element.name === "StackTrace") this.#field = "stack";
  }

  text(value: string): void {
    if (this.#result && this.#field && this.#result[this.#field].length < LONGEST_TEXT) this.#result[this.#field] += value.slice(0, LONGEST_TEXT);
  }

  close(name: string): void {
    if (name === "UnitTestResult") this.#result = undefined;
    else if (name === "Message" || name === "StackTrace") this.#field = undefined;
  }
}

function resultOf(element: XmlElement): Result {
  return {
    test: element.get("testId") ?? "",
    name: element.get("testName") ?? "",
    outcome: element.get("outcome")?.toLowerCase() ?? "",
    duration: element.get("duration"),
    message: "",
    stack: "",
  };
}

function readTrx(source: ReportSource): ReadReport {
  const walk = new TrxWalk();
  readXml(source.text(), source.path, walk);
  const cases = walk.results.map((result) => caseOf(result, walk.classes.get(result.test) ?? ""));
  const stamp = readStamp(walk.start);
  const broken = brokenBecause(walk);
  return {
    drafts: [
      {
        kind: "test-run",
        tool: "dotnet",
        cases,
        unloaded: [],
        complete: broken === undefined,
        ...(broken === undefined ? {} : { because: broken }),
        ...(stamp?.zoned ? { startedAt: new Date(stamp.at).toISOString() } : {}),
      },
    ],
    ...(stamp ? { writtenAt: stamp } : {}),
  };
}

function brokenBecause({ counted, results, outcome }: TrxWalk): string | undefined {
  if (/^(?:aborted|timeout|error|disconnected)$/i.test(outcome)) return `the run ended as ${outcome.toLowerCase()}`;
  return counted > results.length ? `the report counts ${counted} tests but lists ${results.length}` : undefined;
}

function caseOf({ name: full, outcome: printed, duration, message, stack }: Result, classname: string): DraftCase {
  const outcome = OUTCOMES.get(printed) ?? "skipped";
  const durationMs = milliseconds(duration);
  const name = classname !== "" && full.startsWith(`${classname}.`) ? full.slice(classname.length + 1) : full;
  return {
    suite: classname === "" ? [] : [classname],
    name,
    outcome,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(outcome === "failed" ? { failure: draftFailure({ message, stack, ...(printed === "timeout" ? { type: "TimeoutException" } : {}) }) } : {}),
  };
}

/** Anything else did not run: not executed, inconclusive, pending. */
const OUTCOMES: ReadonlyMap<string, DraftCase["outcome"]> = new Map([
  ["passed", "passed"],
  ["passedbutrunaborted", "passed"],
  ["warning", "passed"],
  ["failed", "failed"],
  ["error", "failed"],
  ["timeout", "failed"],
  ["aborted", "failed"],
]);

/** `00:00:01.2500000` */
function milliseconds(duration: string | undefined): number | undefined {
  const found = /^(\d{1,4}):(\d{2}):(\d{2}(?:\.\d{1,9})?)$/.exec(duration ?? "");
  return found ? Math.round((Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3])) * 1e6) / 1e3 : undefined;
}
