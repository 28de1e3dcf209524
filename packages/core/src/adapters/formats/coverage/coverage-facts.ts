import type { FileCoverage } from "#evidence";
import type { Draft } from "../report-format.ts";
import { FileFacts, type Twice } from "./file-facts.ts";
import type { PackedFile } from "./packed-file.ts";

/** Collects coverage file by file. A file that comes again continues where it was. */
export class CoverageFacts {
  readonly #twice: Twice;
  readonly #open = new Map<string, FileFacts>();
  readonly #packed = new Map<string, PackedFile>();
  readonly #spare: FileFacts[] = [];

  constructor(twice: Twice) {
    this.#twice = twice;
  }

  get size(): number {
    return this.#open.size + this.#packed.size;
  }

  /** The facts of a file, by its path as printed. */
  of(path: string): FileFacts {
    const known = this.#open.get(path);
    if (known) return known;
    const facts = this.#spare.pop() ?? new FileFacts();
    const before = this.#packed.get(path);
    if (before) facts.resume(before);
    this.#open.set(path, facts);
    return facts;
  }

  /** Says that a file is probably told to its end, so that it can be kept in little room. */
  close(path: string): void {
    const facts = this.#open.get(path);
    if (!facts) return;
    this.#packed.set(path, facts.pack(path, this.#twice));
    this.#open.delete(path);
    facts.clear();
    this.#spare.push(facts);
  }

  draft(format: string): Draft {
    for (const path of [...this.#open.keys()]) this.close(path);
    return { kind: "coverage", format, files: this.#packed };
  }
}

/** One file told under two names: the same lines, counted together. */
export function mergeFiles(one: FileCoverage, other: FileCoverage, path: string): FileCoverage {
  const facts = new FileFacts();
  facts.resume(one);
  facts.resume(other);
  return facts.pack(path, "sum");
}
