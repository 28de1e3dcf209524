import type { FileCoverage } from "#evidence";
import { NEVER, PackedFile } from "./packed-file.ts";
import { PackedLines } from "./packed-lines.ts";

/** How a line or arm that comes twice is counted: `sum` where each record counts runs of its own, `max` where one run is told twice. */
export type Twice = "sum" | "max";

/** Hits are kept in 32 bits; nobody asks for more than "how often, roughly". */
const MOST_HITS = 0xfffffffe;

/** Facts about one file while its report is read. Lines usually come sorted, which costs nothing; any order is right. */
export class FileFacts {
  #lines = new Uint32Array(64);
  #hits = new Uint32Array(64);
  #size = 0;
  #sorted = true;
  #branchLines: number[] = [];
  #arms: string[] = [];
  #taken: number[] = [];
  /** False when an arm may have come twice. */
  #distinct = true;
  #sameLine = new Set<string>();

  /** Records a line; anything that is no line number of a real file is left out. */
  line(line: number, hits: number): void {
    if (!(line > 0 && line <= 0x7fffffff)) return;
    if (this.#size === this.#lines.length) this.#grow();
    if (this.#size > 0 && line <= (this.#lines[this.#size - 1] ?? 0)) this.#sorted = false;
    this.#lines[this.#size] = line;
    this.#hits[this.#size] = clamp(hits);
    this.#size++;
  }

  /** Records an arm of a branch; `undefined` says that its block never ran. */
  branch(line: number, arm: string, taken: number | undefined): void {
    if (!(line > 0 && line <= 0x7fffffff)) return;
    const last = this.#branchLines.at(-1) ?? 0;
    if (line > last) this.#sameLine.clear();
    if (line < last || this.#sameLine.has(arm)) this.#distinct = false;
    this.#sameLine.add(arm);
    this.#branchLines.push(line);
    this.#arms.push(arm);
    this.#taken.push(taken === undefined ? NEVER : clamp(taken));
  }

  /** Takes up what was packed before, to go on with it. */
  resume(file: FileCoverage): void {
    for (const [line, hits] of file.lines) this.line(line, hits);
    for (const { line, arm, taken } of file.branches) this.branch(line, arm, taken);
  }

  /** Forgets everything, so that the room can serve the next file. */
  clear(): void {
    [this.#size, this.#sorted, this.#distinct] = [0, true, true];
    [this.#branchLines.length, this.#arms.length, this.#taken.length] = [0, 0, 0];
    this.#sameLine.clear();
  }

  /** The facts, sorted and each line and arm once. */
  pack(path: string, twice: Twice): PackedFile {
    const lines = this.#sorted ? new PackedLines(this.#lines.slice(0, this.#size), this.#hits.slice(0, this.#size)) : this.#merged(twice);
    return new PackedFile(path, { lines, ...this.#packBranches(twice) });
  }

  #grow(): void {
    const [lines, hits] = [new Uint32Array(this.#size * 2), new Uint32Array(this.#size * 2)];
    lines.set(this.#lines);
    hits.set(this.#hits);
    [this.#lines, this.#hits] = [lines, hits];
  }

  #merged(twice: Twice): PackedLines {
    const merged = new Map<number, number>();
    for (let index = 0; index < this.#size; index++) {
      const line = this.#lines[index] ?? 0;
      merged.set(line, combine(merged.get(line), this.#hits[index] ?? 0, twice));
    }
    const lines = Uint32Array.from(merged.keys()).sort();
    return new PackedLines(
      lines,
      lines.map((line) => merged.get(line) ?? 0),
    );
  }

  #packBranches(twice: Twice): { readonly branchLines: Uint32Array; readonly taken: Uint32Array; readonly arms: readonly string[] } {
    if (this.#distinct) return { branchLines: Uint32Array.from(this.#branchLines), taken: Uint32Array.from(this.#taken), arms: this.#arms.slice() };
    const merged = new Map<string, { readonly line: number; readonly arm: string; readonly taken: number }>();
    for (const [index, line] of this.#branchLines.entries()) {
      const arm = this.#arms[index] ?? "";
      const key = `${line}|${arm}`;
      merged.set(key, { line, arm, taken: combineTaken(merged.get(key)?.taken, this.#taken[index] ?? NEVER, twice) });
    }
    const facts = [...merged.values()];
    return {
      branchLines: Uint32Array.from(facts, (fact) => fact.line),
      taken: Uint32Array.from(facts, (fact) => fact.taken),
      arms: facts.map((fact) => fact.arm),
    };
  }
}

const clamp = (hits: number): number => (hits > 0 ? Math.min(Math.ceil(hits), MOST_HITS) : 0);

function combine(before: number | undefined, now: number, twice: Twice): number {
  if (before === undefined) return now;
  return twice === "max" ? Math.max(before, now) : Math.min(before + now, MOST_HITS);
}

function combineTaken(before: number | undefined, now: number, twice: Twice): number {
  if (before === undefined || before === NEVER) return now;
  return now === NEVER ? before : combine(before, now, twice);
}
