import { EXIT_CODES } from "@proofline/core/kernel";
import { makeProgram } from "./program.ts";
import { report } from "./report-error.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // `proofline check | head` closes our pipe: that is the reader's choice, not a failure.
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});

const program = makeProgram();
try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = report(error, process.stderr);
}
process.once("SIGINT", () => process.exit(EXIT_CODES.interrupted));
