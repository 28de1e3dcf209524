/** Starts a program within limits. Wired in by whoever owns processes, so that installs end like test runs do. */
export type Launch = (command: {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  readonly mark: string;
  /** Started under strict isolation, or not at all: these two folders are all it may write. */
  readonly confine?: Confine & { readonly network: "open" | "loopback" };
}) => Promise<{ readonly code: number | null; readonly ended: "exit" | "budget" | "aborted" | "limit"; readonly limit?: string; readonly output: string }>;

/** The only folders an install for strictly isolated code may write. */
export interface Confine {
  /** The tree. */
  readonly root: string;
  /** A folder of ours: home, cache and temporary files of the package manager. */
  readonly scratch: string;
}

/** How long an install may take, who may stop it and how its processes are marked. */
export interface InstallLimits {
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly mark: string;
  /** Set for code that runs under strict isolation only. */
  readonly confine?: Confine;
}

/** What went wrong with a package manager's command, or nothing. */
export function whyFailed(argv: readonly string[], result: Awaited<ReturnType<Launch>>): string | undefined {
  const command = `\`${argv.slice(0, 2).join(" ")}\``;
  if (result.ended === "budget") return `${command} did not end within the time that was left`;
  if (result.ended === "aborted") return `${command} was interrupted`;
  if (result.ended === "limit") return `${command} was stopped because ${result.limit ?? "it exceeded a limit"}`;
  if (result.code === 0) return undefined;
  return `${command} ended with ${result.code ?? "a signal"}: ${shortReason(result.output)}`;
}

function shortReason(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /\b(err|error|ERR_\w+|missing|not found|enotfound)\b/i.test(line));
  return (lines.slice(0, 3).join("; ") || output.trim().slice(-300) || "it said nothing").slice(0, 600);
}
