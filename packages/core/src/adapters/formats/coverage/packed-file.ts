import type { BranchCoverage, FileCoverage } from "#evidence";
import type { PackedLines } from "./packed-lines.ts";

/** Marks an arm whose block never ran. */
export const NEVER = 0xffffffff;

/** Facts about one file in as few bytes as they need; unpacked for whoever asks. */
export class PackedFile implements FileCoverage {
  readonly lines: PackedLines;
  readonly #branchLines: Uint32Array;
  readonly #taken: Uint32Array;
  readonly #arms: readonly string[];

  constructor(
    readonly path: string,
    packed: { readonly lines: PackedLines; readonly branchLines: Uint32Array; readonly taken: Uint32Array; readonly arms: readonly string[] },
  ) {
    this.lines = packed.lines;
    this.#branchLines = packed.branchLines;
    this.#taken = packed.taken;
    this.#arms = packed.arms;
  }

  /** Made on every call: few files of a report are ever asked. */
  get branches(): readonly BranchCoverage[] {
    return this.#arms.map((arm, index) => {
      const taken = this.#taken[index] ?? NEVER;
      return { line: this.#branchLines[index] ?? 0, arm, ...(taken === NEVER ? {} : { taken }) };
    });
  }

  /** The same facts under another path. */
  at(path: string): PackedFile {
    return new PackedFile(path, { lines: this.lines, branchLines: this.#branchLines, taken: this.#taken, arms: this.#arms });
  }
}
