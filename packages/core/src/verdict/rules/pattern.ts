/** A pattern this matcher refuses, and where. */
export interface PatternProblem {
  readonly at: number;
  readonly says: string;
}

/** What one character of the text has to satisfy. */
export type CharTest = (code: number) => boolean;

export type PatternNode =
  | { readonly kind: "empty" }
  | { readonly kind: "char"; readonly test: CharTest }
  | { readonly kind: "start" | "end" | "word-boundary" | "no-word-boundary" }
  | { readonly kind: "sequence" | "choice"; readonly of: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly of: PatternNode; readonly min: number; readonly max: number };

const DEEPEST_GROUP = 20;
const MOST_REPEATS = 100;

export const isWordCode = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
const isDigit: CharTest = (code) => code >= 48 && code <= 57;
const isSpace: CharTest = (code) => (code >= 9 && code <= 13) || code === 32 || code === 160 || code === 0xfeff;
const not =
  (test: CharTest): CharTest =>
  (code) =>
    !test(code);
const CLASSES: Readonly<Record<string, CharTest>> = {
  d: isDigit,
  D: not(isDigit),
  s: isSpace,
  S: not(isSpace),
  w: isWordCode,
  W: not(isWordCode), // prettier-ignore
};
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11 };

class Refusal {
  constructor(readonly problem: PatternProblem) {}
}

/** Reads the RE2-like subset that can be matched in linear time: no back references, no look-around. */
export function parsePattern(source: string): PatternNode | PatternProblem {
  try {
    return new PatternParser(source).parse();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.problem;
    throw thrown;
  }
}

class PatternParser {
  private at = 0;
  private depth = 0;
  private readonly chars: readonly string[];

  constructor(source: string) {
    this.chars = [...source];
  }

  parse(): PatternNode {
    const node = this.choice();
    if (this.at < this.chars.length) this.refuse("this `)` closes nothing");
    return node;
  }

  private refuse(says: string): never {
    throw new Refusal({ at: this.at, says });
  }

  private get next(): string | undefined {
    return this.chars[this.at];
  }

  private take(expected?: string): string {
    const char = this.next;
    if (char === undefined || (expected !== undefined && char !== expected))
      this.refuse(expected === undefined ? "the pattern ends too early" : `\`${expected}\` is missing`);
    this.at++;
    return char as string;
  }

  private choice(): PatternNode {
    const arms = [this.sequence()];
    while (this.next === "|") {
      this.at++;
      arms.push(this.sequence());
    }
    return arms.length === 1 ? (arms[0] as PatternNode) : { kind: "choice", of: arms };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.next !== undefined && this.next !== "|" && this.next !== ")") parts.push(this.repeated(this.atom()));
    return parts.length === 0 ? { kind: "empty" } : { kind: "sequence", of: parts };
  }

  private repeated(atom: PatternNode): PatternNode {
    const range = this.repeatRange();
    if (range === undefined) return atom;
    if (this.next === "?") this.at++; // lazy or greedy: the same texts match
    if (this.next === "*" || this.next === "+" || this.next === "?") this.refuse("nothing to repeat here");
    return { kind: "repeat", of: atom, min: range[0], max: range[1] };
  }

  private repeatRange(): readonly [number, number] | undefined {
    const sign = this.next;
    if (sign === "*" || sign === "+" || sign === "?") {
      this.at++;
      return [sign === "+" ? 1 : 0, sign === "?" ? 1 : Infinity];
    }
    const counted = sign === "{" ? /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(this.chars.slice(this.at, this.at + 12).join("")) : null;
    if (counted === null) return undefined;
    const min = Number(counted[1]);
    const max = counted[2] === undefined ? min : counted[3] ? Number(counted[3]) : Infinity;
    if (min > MOST_REPEATS || (max !== Infinity && (max > MOST_REPEATS || max < min)))
      this.refuse(`a count must be at most ${MOST_REPEATS}, and the first not above the second`);
    this.at += counted[0].length;
    return [min, max];
  }

  private atom(): PatternNode {
    const char = this.take();
    if (char === "(") return this.group();
    if (char === "[") return { kind: "char", test: this.set() };
    if (char === ".") return { kind: "char", test: (code) => code !== 10 && code !== 13 };
    if (char === "^") return { kind: "start" };
    if (char === "$") return { kind: "end" };
    if (char === "*" || char === "+" || char === "?") {
      this.at--;
      this.refuse("nothing to repeat here");
    }
    if (char === "\\") return this.escape();
    return literal(char);
  }

  private group(): PatternNode {
    if (++this.depth > DEEPEST_GROUP) this.refuse(`groups may nest ${DEEPEST_GROUP} deep`);
    if (this.next === "?") {
      if (this.chars[this.at + 1] !== ":")
        this.refuse("look-around, flags and named groups are not supported: they cannot be matched in linear time or are not needed");
      this.at += 2;
    }
    const inner = this.choice();
    this.take(")");
    this.depth--;
    return inner;
  }

  private escape(): PatternNode {
    const char = this.take();
    if (char === "b") return { kind: "word-boundary" };
    if (char === "B") return { kind: "no-word-boundary" };
    return { kind: "char", test: this.escaped(char) };
  }

  private escaped(char: string): CharTest {
    const known = CLASSES[char];
    if (known !== undefined) return known;
    const code = this.escapedCode(char);
    return (other) => other === code;
  }

  private escapedCode(char: string): number {
    const control = CONTROLS[char];
    if (control !== undefined) return control;
    if (/[0-9a-z]/i.test(char)) this.refuse(`\`\\${char}\` is not supported (no back references)`);
    return char.codePointAt(0) ?? 0;
  }

  private set(): CharTest {
    const negated = this.next === "^";
    if (negated) this.at++;
    const tests: CharTest[] = [];
    for (let first = true; first || this.next !== "]"; first = false) tests.push(this.setItem());
    this.take("]");
    return (code) => tests.some((test) => test(code)) !== negated;
  }

  private setItem(): CharTest {
    const low = this.setCode();
    if (typeof low === "function") return low;
    if (this.next !== "-" || this.chars[this.at + 1] === "]" || this.chars[this.at + 1] === undefined) return (code) => code === low;
    this.at++;
    const high = this.setCode();
    if (typeof high === "function" || high < low) this.refuse("this range runs backwards");
    return (code) => code >= low && code <= high;
  }

  private setCode(): number | CharTest {
    const char = this.take();
    if (char !== "\\") return char.codePointAt(0) ?? 0;
    const escaped = this.take();
    return CLASSES[escaped] ?? this.escapedCode(escaped);
  }
}

function literal(char: string): PatternNode {
  const code = char.codePointAt(0) ?? 0;
  return { kind: "char", test: (other) => other === code };
}
