import { EXIT_CODES, isProoflineError } from "@proofline/core/kernel";
import { printable } from "./render/wrap.ts";

/** Writes an error as a person can use it and gives the exit code. An error we did not raise on purpose is our bug, and says so. */
export function report(error: unknown, stream: { write(text: string): unknown }): number {
  if (isProoflineError(error)) {
    stream.write(`\n x ${error.code}  ${printable(error.title)}\n${indent(printable(error.message))}\n   fix   ${indent(printable(error.fix)).trim()}\n   docs  ${error.docs}\n`);
    return error.exit;
  }
  if (isUsageError(error)) {
    return error.exitCode === 0 ? 0 : EXIT_CODES.usage;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stream.write(`\n x internal/unexpected  Something broke inside Proofline; nothing about your change was judged.\n${indent(printable(stack))}\n   fix   Run it again with the same arguments. If it happens twice, report the lines above (they carry no file contents).\n`);
  return EXIT_CODES.bug;
}

/** Commander prints its own usage errors and throws this shape. */
function isUsageError(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && "exitCode" in error && "code" in error && String(error.code).startsWith("commander.");
}

const indent = (text: string): string => text.split("\n").map((line) => `   ${line}`).join("\n");
