/**
 * Line -> hits in two arrays, sorted by line. A report of 50 MB has millions of lines; a Map would take forty bytes for each.
 * Only what `ReadonlyMap` promises can be asked.
 */
export class PackedLines implements ReadonlyMap<number, number> {
  readonly #lines: Uint32Array;
  readonly #hits: Uint32Array;

  constructor(lines: Uint32Array, hits: Uint32Array) {
    this.#lines = lines;
    this.#hits = hits;
  }

  get size(): number {
    return this.#lines.length;
  }

  get(line: number): number | undefined {
    const index = this.#find(line);
    return index === -1 ? undefined : this.#hits[index];
  }

  has(line: number): boolean {
    return this.#find(line) !== -1;
  }

  forEach(callback: (hits: number, line: number, map: ReadonlyMap<number, number>) => void, self?: unknown): void {
    for (const [line, hits] of this) callback.call(self, hits, line, this);
  }

  *entries(): MapIterator<[number, number]> {
    for (let index = 0; index < this.#lines.length; index++) yield [this.#lines[index] ?? 0, this.#hits[index] ?? 0];
  }

  *keys(): MapIterator<number> {
    yield* this.#lines;
  }

  *values(): MapIterator<number> {
    yield* this.#hits;
  }

  [Symbol.iterator](): MapIterator<[number, number]> {
    return this.entries();
  }

  #find(line: number): number {
    let [low, high] = [0, this.#lines.length - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const there = this.#lines[middle] ?? 0;
      if (there === line) return middle;
      if (there < line) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
