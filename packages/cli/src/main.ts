#!/usr/bin/env node
import { debuglog } from "node:util";
import { CommanderError } from "commander";
import { makeProgram } from "./program.ts";

const GRACE_MS = 2_000;

// `proofline check | head` closes our pipe: the reader's choice. The command goes on, because its exit code is the verdict all the same.
const readerMayLeave = (error: NodeJS.ErrnoException): void => {
  if (error.code !== "EPIPE") throw error;
};
process.stdout.on("error", readerMayLeave);
process.stderr.on("error", readerMayLeave);

/** A function, because the bundle's files are evaluated in one go: nothing may be awaited at their top. */
async function main(): Promise<void> {
  const program = makeProgram(process.argv[2]);
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    // Help and version end as errors of commander's, with nothing to report.
    const ended = error instanceof CommanderError && error.exitCode === 0;
    process.exitCode = ended ? 0 : await told(error);
  }
  process.once("SIGINT", () => void import("@proofline/core/kernel").then(({ EXIT_CODES }) => process.exit(EXIT_CODES.interrupted)));
  // All is said by now. Should a process of ours still be open, it must not keep a terminal or a CI job waiting.
  setTimeout(() => {
    debuglog("proofline")("left open at the end: %s", process.getActiveResourcesInfo().join(", "));
    process.exit();
  }, GRACE_MS).unref();
}

async function told(error: unknown): Promise<number> {
  const [{ errorDocument, report, wantsJson }, { documentWritten }] = await Promise.all([import("./report-error.ts"), import("./output.ts")]);
  // What failed after the answer was given is told beside it: two documents are none.
  if (wantsJson(process.argv) && !documentWritten()) process.stdout.write(errorDocument(error));
  return report(error, process.stderr);
}

void main();
