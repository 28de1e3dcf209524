import { openOperations } from "@proofline/core/compose";
import { EXIT_CODES } from "@proofline/core/kernel";
import type { Operations } from "@proofline/core/operations";
import { terminalProgress } from "./terminal-progress.ts";
import { build } from "./version.ts";

/** Opens the repository a command works on, shows progress, lets go of everything afterwards, and answers an interruption with 130. */
export async function withOperations(flags: Readonly<Record<string, unknown>>, act: (operations: Operations) => Promise<number>): Promise<number> {
  const progress = terminalProgress(process.stderr, process.env);
  const interruption = new AbortController();
  const interrupt = (): void => {
    progress.done();
    process.stderr.write("Interrupted: stopping what runs and cleaning up (again to leave at once).\n");
    interruption.abort();
  };
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const operations = await openOperations({ dir: String(flags["repo"] ?? "."), env: environment(flags), progress, signal: interruption.signal, ...(build !== undefined && { build }) });
  try {
    const code = await act(operations);
    return interruption.signal.aborted ? EXIT_CODES.interrupted : code;
  } finally {
    progress.done();
    process.removeListener("SIGINT", interrupt);
    process.removeListener("SIGTERM", interrupt);
    await operations.close();
  }
}

/** A flag that names where state is kept counts before the variable of the same meaning. */
const environment = ({ state, key }: Readonly<Record<string, unknown>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...(typeof state === "string" && { PROOFLINE_STATE: state, ...(typeof key === "string" && { PROOFLINE_KEY_FILE: key }) }),
});
