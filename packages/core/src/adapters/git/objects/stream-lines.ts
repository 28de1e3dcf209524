import type { LinesFound } from "#change";
import { startGit, type GitCall } from "../process/git-process.ts";
import { looksBinary, textOfBytes } from "./text-of-bytes.ts";
import { wantedLines, LINES_BEFORE, type Wanted } from "./wanted-lines.ts";

/** What a stream may cost: more than this of one file is not read, and more lines than this are not kept. */
const READ_UP_TO = 512 * 1024 * 1024;
const KEPT_LINES = 20_000;
/** A line longer than this is looked at in pieces, which overlap so that nothing falls between two. */
const PIECE = 64 * 1024;
const OVERLAP = 2 * 1024;

/** Reads a blob as a stream and keeps the wanted lines with their neighbours. Memory does not grow with the blob. */
export function streamLines(blob: string, wanted: Wanted, call: Pick<GitCall, "cwd" | "env">): Promise<LinesFound> {
  return new Promise((done) => {
    const child = startGit(["cat-file", "blob", blob], call);
    const sieve = sieveLines(wanted);
    let bytes = 0;
    let ended: "binary" | "too-much" | undefined;
    const stop = (why: NonNullable<typeof ended>): void => {
      ended ??= why;
      child.kill();
    };
    child.stdin.on("error", () => undefined);
    child.stdin.end();
    child.stderr.resume();
    child.stdout.on("data", (chunk: Buffer) => {
      if (ended !== undefined) return;
      if (bytes === 0 && looksBinary(chunk)) return stop("binary");
      bytes += chunk.length;
      if (!sieve.take(chunk) || bytes > READ_UP_TO) stop("too-much");
    });
    child.on("error", () => done({ lines: [], whole: false }));
    child.on("close", (code) => done(ended === "binary" ? { lines: [], whole: false, binary: true } : { lines: sieve.end(), whole: ended === undefined && code === 0 }));
  });
}

interface Line {
  readonly line: number;
  readonly text: string;
}

/** Takes bytes in any portions. `take` is false once too many lines were kept. */
export function sieveLines(wanted: Wanted): { take(chunk: Buffer): boolean; end(): readonly Line[] } {
  const kept: Line[] = [];
  let carry = "";
  let number = 1;

  const near = wantedLines<Line>(wanted, ({ line, text }) => {
    kept.push({ line, text: textOfBytes(Buffer.from(text.replace(/\r$/, ""), "latin1")) });
  });
  const look = (text: string): void => near.look({ line: number, text });
  const lines = (body: string): void => {
    for (const text of body.split("\n")) {
      look(text);
      number += 1;
    }
  };
  /** Most of a large file is of no interest: then only its lines are counted. */
  const pass = (body: string): void => {
    const tail = body.split("\n").slice(-LINES_BEFORE);
    let count = 1;
    for (let at = body.indexOf("\n"); at >= 0; at = body.indexOf("\n", at + 1)) count += 1;
    number += count;
    near.startAfter(tail.map((text, index) => ({ line: number - tail.length + index, text })));
  };
  return {
    take: (chunk) => {
      carry += chunk.toString("latin1");
      const end = carry.lastIndexOf("\n");
      if (end >= 0) {
        const body = carry.slice(0, end);
        carry = carry.slice(end + 1);
        if (near.following || wanted.maybe(body)) lines(body);
        else pass(body);
      }
      while (carry.length > PIECE) {
        look(carry.slice(0, PIECE));
        carry = carry.slice(PIECE - OVERLAP);
      }
      return kept.length < KEPT_LINES;
    },
    end: () => {
      if (carry !== "") look(carry);
      return kept;
    },
  };
}
