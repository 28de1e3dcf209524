import type { FileCoverage } from "#evidence";
import type { Draft } from "../report-format.ts";
import { FileFacts, type Twice } from "./file-facts.ts";

/** Collects coverage file by file. A file that comes again continues where it was. */
export class CoverageFacts {
  readonly #files = new Map<string, FileFacts>();

  /** The facts of a file, by its path as printed. */
  of(path: string): FileFacts {
    const known = this.#files.get(path);
    if (known) return known;
    const facts = new FileFacts();
    this.#files.set(path, facts);
    return facts;
  }

  get size(): number {
    return this.#files.size;
  }

  /** Everything collected, which is then forgotten here. */
  draft(format: string, twice: Twice): Draft {
    const files = new Map<string, FileCoverage>();
    for (const [path, facts] of this.#files) {
      files.set(path, facts.pack(path, twice));
      this.#files.delete(path); // what is packed need not be held twice
    }
    return { kind: "coverage", format, files };
  }
}

/** One file told under two names: the same lines, counted together. */
export function mergeFiles(one: FileCoverage, other: FileCoverage, path: string): FileCoverage {
  const facts = new FileFacts();
  for (const file of [one, other]) {
    for (const [line, hits] of file.lines) facts.line(line, hits);
    for (const { line, arm, taken } of file.branches) facts.branch(line, arm, taken);
  }
  return facts.pack(path, "sum");
}
