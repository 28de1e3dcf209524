import { EXIT_CODES, isProoflineError } from "@proofline/core/kernel";
import { printable, wrap } from "./render/wrap.ts";

/** Writes an error as a person can use it and gives the exit code. An error we did not raise on purpose is our bug, and says so. */
export function report(error: unknown, stream: { write(text: string): unknown; readonly columns?: number }): number {
  const width = Math.min(stream.columns ?? 80, 100);
  if (isProoflineError(error)) {
    const says = [...hanging(` x ${error.code}  `, error.title, width, 3), ...hanging("   ", error.message, width), ...hanging("   fix   ", error.fix, width)];
    stream.write(`\n${says.join("\n")}\n`);
    return error.exit;
  }
  if (isUsageError(error)) {
    return error.exitCode === 0 ? 0 : EXIT_CODES.usage;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const fix = "Run it again with the same arguments. If it happens twice, report the lines above (they carry no file contents).";
  const says = [" x internal/unexpected  Something broke inside Proofline; nothing about your change was judged.", ...stack.split("\n").map((line) => `   ${printable(line)}`), ...hanging("   fix   ", fix, width)];
  stream.write(`\n${says.join("\n")}\n`);
  return EXIT_CODES.bug;
}

/** An error as the one document that `--format json` promises on standard output. */
export function errorDocument(error: unknown): string {
  const exit = isUsageError(error) ? EXIT_CODES.usage : EXIT_CODES.bug;
  const message = error instanceof Error ? error.message : String(error);
  const { code, title, fix } = isUsageError(error) ? { code: "usage", title: "The command line cannot be read", fix: "Add --help to the command to see what it takes." } : { code: "internal/unexpected", title: "Something broke inside Proofline", fix: "Run it again with the same arguments." };
  const found = isProoflineError(error) ? { code: error.code, title: error.title, message: error.message, fix: error.fix, exit: error.exit } : { code, title, message, fix, exit };
  return `${JSON.stringify({ schema: "proofline/error/1", ...found }, null, 2)}\n`;
}

/** Whether the command was to answer in JSON; asked of the words as typed, for they may be what is wrong. */
export const wantsJson = (words: readonly string[]): boolean => words.some((word, at) => word === "--format=json" || (word === "--format" && words[at + 1] === "json"));

/** Commander prints its own usage errors and throws this shape. */
function isUsageError(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && "exitCode" in error && "code" in error && String(error.code).startsWith("commander.");
}

/** Text behind a label, its further lines below where the text began, or at `margin`. */
const hanging = (label: string, text: string, width: number, margin = label.length): string[] => wrap(text, width - label.length).map((line, index) => `${index === 0 ? label : " ".repeat(margin)}${line}`);
