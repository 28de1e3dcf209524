/** A text in JavaScript or TypeScript code: a string, or one part of a template. */
export interface CodeText {
  readonly value: string;
  /** Offset of its quote, and of what follows it. */
  readonly start: number;
  readonly end: number;
  /** Where the last thing before it that is neither space nor comment ends; -1 at the start of the file. */
  readonly before: number;
  /** A template that goes on with something computed. */
  readonly open: boolean;
}

const [QUOTE, DOUBLE, TICK, SLASH, STAR, BACKSLASH, NEWLINE, OPEN, CLOSE, DOLLAR, PAREN] = [39, 34, 96, 47, 42, 92, 10, 123, 125, 36, 40];
/** A longer text names no file. */
const LONGEST = 300;
const MOST_MISSED = 20;

/** What a reader of code is told. */
export interface TextSink {
  text(found: CodeText): void;
  /** An opening parenthesis of a call whose first argument is no text. */
  computed(open: number): void;
}

/**
 * Walks over code once and tells of every text in it; comments, regular expressions and the words in between are passed over. No parser: what can't be told
 * apart without one (text between JSX tags, a slash after a parenthesis) costs at most the rest of a line.
 */
export function readTexts(text: string, sink: TextSink): void {
  new Reader(text, sink).read();
}

class Reader {
  private at = 0;
  /** Comments behind which nothing of interest has come yet, so that looking back can step over them. */
  private readonly comments: [start: number, end: number][] = [];
  /** For each template that is open: the braces open in its expression. */
  private readonly templates: number[] = [];
  /**
   * Up to where it is known that a quote, or a template, that opens does not end: only a character behind a backslash can open one in what was looked
   * through in vain, and from there on the same is met again. Keeps the walk linear whatever the code.
   */
  private readonly endless = new Map<number, number>();
  /** Slashes on one line that might have started a regular expression and did not; too many, and the line is a table and no code. */
  private missed = { line: 0, times: 0 };

  constructor(
    private readonly code: string,
    private readonly sink: TextSink,
  ) {}

  read(): void {
    const { code } = this;
    if (code.startsWith("#!")) this.at = lineEnd(code, 0);
    for (; this.at < code.length; this.at += 1) {
      const char = code.charCodeAt(this.at);
      if (char > TICK && char < OPEN) continue;
      if (char === QUOTE || char === DOUBLE) this.string(char);
      else if (char === SLASH) this.slash();
      else if (char === TICK) this.template(this.at + 1);
      else if (char === PAREN) this.call();
      else if (char === OPEN && this.templates.length > 0) this.deepen(1);
      else if (char === CLOSE && this.templates.length > 0) this.leave();
    }
  }

  private string(quote: number): void {
    const { code, at } = this;
    if (at < (this.endless.get(quote) ?? 0)) return;
    let end = at + 1;
    for (; end < code.length; end += 1) {
      const char = code.charCodeAt(end);
      if (char === quote) break;
      // Not ended on its line: an apostrophe between tags.
      if (char === NEWLINE) return void this.endless.set(quote, end);
      if (char === BACKSLASH) end += code.charCodeAt(end + 1) === 13 ? 2 : 1;
    }
    if (end >= code.length) return void this.endless.set(quote, end);
    this.tell(at, at + 1, end, false);
    this.at = end;
  }

  private tell(start: number, from: number, to: number, open: boolean): void {
    if (to - from > LONGEST) return;
    this.sink.text({ value: this.code.slice(from, to), start, end: to + 1, before: this.before(start), open });
  }

  /** Where what stands before an offset ends, comments and space left out. */
  private before(offset: number): number {
    let end = offset - 1;
    for (let comment = this.comments.length - 1; ; ) {
      while (end >= 0 && isSpace(this.code.charCodeAt(end))) end -= 1;
      while (comment >= 0 && (this.comments[comment]?.[1] ?? 0) > end + 1) comment -= 1;
      const last = this.comments[comment];
      if (last === undefined || last[1] !== end + 1) return end;
      end = last[0] - 1;
    }
  }

  private slash(): void {
    const { code, at } = this;
    const next = code.charCodeAt(at + 1);
    if (next === SLASH) return this.comment(lineEnd(code, at));
    if (next === STAR) {
      const end = code.indexOf("*/", at + 2);
      return this.comment(end < 0 ? code.length : end + 2);
    }
    if (!this.startsExpression() || (at < this.missed.line && this.missed.times > MOST_MISSED)) return;
    const end = regexEnd(code, at);
    if (end !== undefined) this.at = end;
    else this.missed = at < this.missed.line ? { ...this.missed, times: this.missed.times + 1 } : { line: lineEnd(code, at), times: 1 };
  }

  private comment(end: number): void {
    if (this.comments.length > 8) this.comments.splice(0, 4);
    this.comments.push([this.at, end]);
    this.at = end - 1;
  }

  /** Whether a slash here starts a regular expression: by what stands before it. */
  private startsExpression(): boolean {
    const end = this.before(this.at);
    if (end < 0) return true;
    const char = this.code.charCodeAt(end);
    // `</p>`, and whatever ends a value.
    if (char === 60 || char === 41 || char === 93 || char === CLOSE || char === QUOTE || char === DOUBLE || char === TICK) return false;
    if (!isWord(char)) return true;
    return BEFORE_EXPRESSION.test(this.code.slice(Math.max(0, end - 10), end + 1));
  }

  /** From the first character of a template's text. One that never ends was none. */
  private template(from: number): void {
    const { code } = this;
    const start = from - 1;
    if (this.endless.has(TICK)) return;
    for (let at = from; at < code.length; at += 1) {
      const char = code.charCodeAt(at);
      if (char === BACKSLASH) at += 1;
      else if (char === TICK) {
        this.tell(start, from, at, false);
        this.at = at;
        return;
      } else if (char === DOLLAR && code.charCodeAt(at + 1) === OPEN) {
        this.tell(start, from, at, true);
        this.templates.push(0);
        this.at = at + 1;
        return;
      }
    }
    this.endless.set(TICK, code.length);
  }

  private deepen(by: number): void {
    this.templates[this.templates.length - 1] = (this.templates.at(-1) ?? 0) + by;
  }

  /** A brace that closes a block, or the expression inside a template. */
  private leave(): void {
    if ((this.templates.at(-1) ?? 0) > 0) return this.deepen(-1);
    this.templates.pop();
    this.template(this.at + 1);
  }

  private call(): void {
    const { code } = this;
    const last = code.charCodeAt(this.at - 1);
    // `import(` and `require(`, maybe with a space.
    if (last !== 116 && last !== 101 && last !== 32) return;
    let next = this.at + 1;
    for (; next < code.length; next += 1) {
      const char = code.charCodeAt(next);
      if (isSpace(char)) continue;
      if (char !== SLASH) break;
      const kind = code.charCodeAt(next + 1);
      if (kind === STAR) next = Math.max(next, code.indexOf("*/", next) + 1);
      else if (kind === SLASH) next = lineEnd(code, next);
      else break;
    }
    const first = code.charCodeAt(next);
    if (first !== QUOTE && first !== DOUBLE && first !== TICK && first !== 41) this.sink.computed(this.at);
  }
}

const BEFORE_EXPRESSION = /(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield|instanceof)$/;

const isSpace = (char: number): boolean => char === 32 || (char >= 9 && char <= 13) || char === 160 || char === 0xfeff;

export const isWord = (char: number): boolean => (char >= 97 && char <= 122) || (char >= 65 && char <= 90) || (char >= 48 && char <= 57) || char === 95 || char === 36 || char > 127;

function lineEnd(code: string, from: number): number {
  const end = code.indexOf("\n", from);
  return end < 0 ? code.length : end;
}

/** The closing slash of a regular expression; undefined where its line ends before it: then it was a division. */
function regexEnd(code: string, from: number): number | undefined {
  let inClass = false;
  for (let at = from + 1; at < code.length; at += 1) {
    const char = code.charCodeAt(at);
    if (char === NEWLINE) return undefined;
    if (char === BACKSLASH) at += 1;
    else if (char === 91) inClass = true;
    else if (char === 93) inClass = false;
    else if (char === SLASH && !inClass) return at;
  }
  return undefined;
}
