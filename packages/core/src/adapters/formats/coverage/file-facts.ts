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
    this.#branchLines.push(line);
    this.#arms.push(arm);
    this.#taken.push(taken === undefined ? NEVER : clamp(taken));
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
    return new PackedLines(lines, lines.map((line) => merged.get(line) ?? 0));
  }

  #packBranches(twice: Twice): { readonly branchLines: Uint32Array; readonly taken: Uint32Array; readonly arms: readonly string[] } {
    const merged = new Map<string, number>();
    let again = false;
    for (const [index, line] of this.#branchLines.entries()) {
      const key = `${line}|${this.#arms[index]}`;
      again ||= merged.has(key);
      merged.set(key, again ? combineTaken(merged.get(key), this.#taken[index] ?? NEVER, twice) : (this.#taken[index] ?? NEVER));
    }
    if (!again) return { branchLines: Uint32Array.from(this.#branchLines), taken: Uint32Array.from(this.#taken), arms: this.#arms };
    const keys = [...merged.keys()].map((key) => [Number(key.slice(0, key.indexOf("|"))), key.slice(key.indexOf("|") + 1)] as const);
    return { branchLines: Uint32Array.from(keys, ([line]) => line), taken: Uint32Array.from(merged.values()), arms: keys.map(([, arm]) => arm) };
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
