import { readTapLine, type TapLine } from "./tap-line.ts";

/** A test point with what stood below it. */
export interface TapPoint {
  readonly ok: boolean;
  readonly name: string;
  readonly directive: "skip" | "todo" | undefined;
  suite: readonly string[];
  readonly yaml: string[];
  readonly loose: string[];
  /** The comment that headed it, for writers that group assertions under comments. */
  readonly heading: string | undefined;
  /** What was printed before its subtest began: the output of a file that could not be loaded. */
  readonly before: readonly string[];
  /** Points below it. */
  readonly parts: number;
  redParts: number;
}

export interface CollectedPoints {
  readonly points: readonly TapPoint[];
  /** Why the run is not whole; undefined when it is. */
  readonly broken: string | undefined;
  /** Headings in order, also those without a point. */
  readonly headings: readonly string[];
}

interface Level {
  points: TapPoint[];
  count: number;
  plan: number | undefined;
}

const newLevel = (): Level => ({ points: [], count: 0, plan: undefined });
const MOST_DETAIL = 400;
const SUMMARY = /^ (?:tests|pass|fail|ok|suites|cancelled|skipped|skip|todo|duration_ms|time=|failed|passed|Looks like|failed \d|planned)\b/;

/** Folds lines of TAP into points. Subtests come before their parent or in its braces; either way their names start with its name. */
export class TapWalk {
  readonly #levels: Level[] = [newLevel()];
  readonly #braces: { readonly depth: number; readonly point: TapPoint }[] = [];
  readonly #headings: string[] = [];
  #last: TapPoint | undefined;
  #heading: string | undefined;
  #output: string[] = [];
  #before: readonly string[] = [];
  #yamlIndent: number | undefined;
  #broken: string | undefined;

  /** Takes the next line of the file. */
  line(raw: string): void {
    const indent = raw.length - raw.trimStart().length;
    if (this.#yamlIndent !== undefined) return this.#inYaml(raw, indent);
    const read = readTapLine(raw.trim());
    const depth = Math.min(Math.floor(indent / 4), 50);
    if (read.kind === "yaml" && this.#last) this.#yamlIndent = indent;
    else if (read.kind === "point") this.#point(read, depth);
    else if (read.kind === "plan") this.#level(depth).plan = read.tests;
    else if (read.kind === "bail") this.#broken ??= `the run bailed out${read.reason === "" ? "" : `: ${read.reason.slice(0, 300)}`}`;
    else if (read.kind === "closes") this.#closeBrace();
    else this.#words(read, indent);
  }

  end(): CollectedPoints {
    const top = this.#levels[0] ?? newLevel();
    while (this.#levels.length > 1) this.#lift(this.#levels.length - 1, undefined);
    if (this.#yamlIndent !== undefined) this.#broken ??= "it ends inside a diagnostic block";
    this.#checkPlan(top, "the run");
    return { points: top.points, broken: this.#broken, headings: this.#headings };
  }

  #level(depth: number): Level {
    while (this.#levels.length <= depth) this.#levels.push(newLevel());
    return this.#levels[depth] ?? newLevel();
  }

  #point(read: Extract<TapLine, { kind: "point" }>, depth: number): void {
    while (this.#levels.length > depth + 2) this.#lift(this.#levels.length - 1, undefined);
    const children = this.#levels.length === depth + 2 ? (this.#levels.at(-1)?.points ?? []) : [];
    const point: TapPoint = {
      ok: read.ok,
      name: read.name,
      directive: read.directive,
      suite: [],
      yaml: [],
      loose: [],
      heading: this.#heading,
      before: this.#before,
      parts: children.length,
      redParts: children.filter((child) => !child.ok && child.directive !== "todo").length,
    };
    this.#before = [];
    if (this.#levels.length === depth + 2) this.#lift(depth + 1, point);
    const level = this.#level(depth);
    level.points.push(point);
    level.count++;
    this.#last = point;
    if (read.opens) this.#braces.push({ depth, point });
  }

  /** Moves the points of a finished subtest up to its parent's level, under its name. */
  #lift(depth: number, parent: TapPoint | undefined): void {
    const done = this.#levels.pop();
    const upper = this.#level(depth - 1);
    if (!done) return;
    this.#checkPlan(done, parent === undefined ? "a subtest" : `subtest ${JSON.stringify(parent.name.slice(0, 100))}`);
    if (parent !== undefined) for (const point of done.points) point.suite = [parent.name, ...point.suite];
    upper.points.push(...done.points);
  }

  #closeBrace(): void {
    const brace = this.#braces.pop();
    if (!brace) return;
    while (this.#levels.length > brace.depth + 2) this.#lift(this.#levels.length - 1, undefined);
    if (this.#levels.length !== brace.depth + 2) return;
    const inside = this.#levels.at(-1)?.points ?? [];
    brace.point.redParts = inside.filter((child) => !child.ok && child.directive !== "todo").length;
    Object.assign(brace.point, { parts: inside.length });
    this.#lift(brace.depth + 1, brace.point);
  }

  #checkPlan(level: Level, whose: string): void {
    if (level.plan === undefined) this.#broken ??= `${whose} has no plan: it ended before it could say how many tests there are`;
    else if (level.plan !== level.count) this.#broken ??= `${whose} planned ${level.plan} tests and reported ${level.count}`;
  }

  #inYaml(raw: string, indent: number): void {
    if (raw.trim() === "..." && indent <= (this.#yamlIndent ?? 0)) this.#yamlIndent = undefined;
    else if (this.#last && this.#last.yaml.length < MOST_DETAIL) this.#last.yaml.push(raw.slice(Math.min(indent, this.#yamlIndent ?? 0)).slice(0, 2000));
  }

  #words(read: TapLine, indent: number): void {
    if (read.kind === "subtest") {
      this.#before = this.#output;
      this.#output = [];
      this.#heading = undefined;
    } else if (read.kind === "comment") {
      const text = read.text.slice(0, 2000);
      if (this.#output.length < 100) this.#output.push(text);
      if (/^\s{2,}/.test(text) && this.#last && !this.#last.ok) this.#loose(text);
      else if (indent === 0 && !SUMMARY.test(text) && text.trim() !== "") this.#headings.push((this.#heading = text.trim()));
    } else if (read.kind === "other" && indent > 0) this.#loose(read.text);
  }

  #loose(text: string): void {
    if (this.#last && !this.#last.ok && this.#last.loose.length < MOST_DETAIL) this.#last.loose.push(text.slice(0, 2000));
  }
}
