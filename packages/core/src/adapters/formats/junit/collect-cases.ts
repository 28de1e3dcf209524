import type { Stamp } from "../report-format.ts";
import { earliest, readStamp } from "../subject/stamp.ts";
import { readXml } from "../xml/read-xml.ts";
import type { XmlElement } from "../xml/xml-element.ts";
import type { RawCase, RawProblem, RawSuite } from "./raw-case.ts";

/** What a JUnit file holds, before anybody asks which writer it was. */
export interface Collected {
  readonly cases: readonly RawCase[];
  /** Names of all suites in document order, empty ones too. */
  readonly suites: readonly RawSuite[];
  readonly title: string;
  readonly startedAt: Stamp | undefined;
  readonly properties: ReadonlyMap<string, string>;
  /** What the outermost elements count. */
  readonly declared: { readonly tests: number; readonly red: number };
  readonly seconds: string | undefined;
}

interface OpenSuite extends RawSuite {
  readonly properties: Map<string, string>;
}

type OpenCase = { -readonly [K in keyof RawCase]: RawCase[K] } & { problems: RawProblem[]; labels: string[] };

const PROBLEMS = new Set(["failure", "error", "skipped", "ignored", "rerunFailure", "rerunError", "flakyFailure", "flakyError"]);
const LONGEST_TEXT = 20_000;
const MOST_LABELS = 50;

/** Walks a JUnit text once. Several roots, bare `<testsuite>` roots and suites in suites are all the same to it. */
export function collectCases(text: string, path: string): Collected {
  const walk = new JUnitWalk();
  readXml(text, path, walk);
  return walk.collected();
}

class JUnitWalk {
  readonly #cases: RawCase[] = [];
  readonly #suites: OpenSuite[] = [];
  readonly #open: OpenSuite[] = [];
  readonly #stamps: (Stamp | undefined)[] = [];
  readonly #properties = new Map<string, string>();
  readonly #declared = { tests: 0, red: 0 };
  #title = "";
  #seconds: string | undefined;
  #depth = 0;
  #case: OpenCase | undefined;
  #problem: { tag: string; message: string; type: string } | undefined;
  #property: { name: string; value: string | undefined } | undefined;
  #text = "";
  #listening = false;

  open(element: XmlElement): void {
    if (this.#depth++ === 0) this.#root(element);
    if (element.name === "testsuite") this.#openSuite(element);
    else if (element.name === "testcase") this.#case = this.#openCase(element);
    else if (element.name === "property") this.#listen({ name: element.get("name") ?? "", value: element.get("value") });
    else if (PROBLEMS.has(element.name) && !this.#problem) this.#openProblem(element);
    else if (element.name === "system-out" && this.#case && !this.#problem) this.#listen(undefined);
  }

  text(value: string): void {
    if (this.#listening && this.#text.length < LONGEST_TEXT) this.#text += value.slice(0, LONGEST_TEXT);
  }

  close(name: string): void {
    this.#depth--;
    if (name === "testsuite") this.#open.pop();
    else if (name === "testcase" && this.#case) {
      this.#cases.push(this.#case);
      this.#case = undefined;
    } else if (name === "property") this.#closeProperty();
    else if (this.#problem?.tag === name) this.#closeProblem();
    else if (name === "system-out" && this.#case && !this.#problem) this.#closeOutput();
  }

  collected(): Collected {
    return {
      cases: this.#cases,
      suites: this.#suites,
      title: this.#title,
      startedAt: earliest(this.#stamps),
      properties: this.#properties,
      declared: this.#declared,
      seconds: this.#seconds,
    };
  }

  #root(element: XmlElement): void {
    this.#title ||= element.get("name") ?? "";
    this.#seconds ??= element.get("time");
    this.#declared.tests += element.count("tests") ?? 0;
    this.#declared.red += (element.count("failures") ?? 0) + (element.count("errors") ?? 0);
    if (element.name !== "testsuite") this.#stamps.push(readStamp(element.get("timestamp")));
  }

  #openSuite(element: XmlElement): void {
    this.#stamps.push(readStamp(element.get("timestamp")));
    const suite = {
      name: element.get("name") ?? "",
      file: element.get("file") ?? element.get("filepath"),
      hostname: element.get("hostname"),
      properties: new Map<string, string>(),
    };
    this.#suites.push(suite);
    this.#open.push(suite);
  }

  #openCase(element: XmlElement): OpenCase {
    return {
      name: element.get("name") ?? "",
      classname: element.get("classname") ?? element.get("class") ?? "",
      file: element.get("file") ?? element.get("filepath"),
      line: element.count("line"),
      time: element.get("time"),
      status: element.get("status") ?? element.get("result"),
      problems: [],
      labels: [],
      suites: [...this.#open],
    };
  }

  #openProblem(element: XmlElement): void {
    this.#problem = { tag: element.name, message: element.get("message") ?? "", type: element.get("type") ?? "" };
    this.#text = "";
    this.#listening = true;
  }

  /** A problem beside any case is the suite's own: its class could not be set up. It becomes a case without a name. */
  #closeProblem(): void {
    const problem: RawProblem = { tag: "failure", message: "", type: "", ...this.#problem, text: this.#text };
    this.#problem = undefined;
    this.#listening = false;
    if (this.#case) this.#case.problems.push(problem);
    else if (this.#open.length > 0 && problem.tag !== "skipped") {
      const name = this.#open.at(-1)?.name ?? "";
      this.#cases.push({
        name: "",
        classname: name,
        file: undefined,
        line: undefined,
        time: undefined,
        status: undefined,
        problems: [problem],
        labels: [],
        suites: [...this.#open],
      });
    }
  }

  #listen(property: { name: string; value: string | undefined } | undefined): void {
    if (this.#problem) return;
    this.#property = property;
    this.#text = "";
    this.#listening = true;
  }

  #closeProperty(): void {
    if (!this.#property) return;
    const { name, value = this.#text.trim() } = this.#property;
    this.#property = undefined;
    this.#listening = false;
    if (name === "") return;
    if (!this.#case) {
      this.#open.at(-1)?.properties.set(name, value);
      this.#properties.set(name, value);
    } else if (value !== "") this.#label(`${name}=${value}`);
  }

  /** Jenkins and GitLab find attachments in the output by this mark, so writers put them there. */
  #closeOutput(): void {
    for (const [, path] of this.#text.matchAll(/\[\[ATTACHMENT\|([^\]\n|]{1,500})/g)) this.#label(`attachment=${path}`);
    this.#listening = false;
  }

  #label(label: string): void {
    if (this.#case && this.#case.labels.length < MOST_LABELS) this.#case.labels.push(label.slice(0, 1000));
  }
}
