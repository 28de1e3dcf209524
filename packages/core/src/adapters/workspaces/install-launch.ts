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
}) => Promise<{ readonly code: number | null; readonly ended: "exit" | "budget" | "aborted" | "limit" | "lingered"; readonly limit?: string; readonly output: string }>;

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
  const command = `\`${wordsOf(argv)}\``;
  if (result.ended === "budget") return `${command} did not end within the time that was left`;
  if (result.ended === "aborted") return `${command} was interrupted`;
  if (result.ended === "limit") return `${command} was stopped because ${result.limit ?? "it exceeded a limit"}`;
  if (result.code === 0) return undefined;
  if (NEEDS_NEWER_NODE.test(result.output)) return `${command} does not run on Node ${process.versions.node}: it needs a newer one`;
  return `${command} ended with ${result.code ?? "a signal"}: ${shortReason(result.output)}`;
}

/** What a package manager says that was made for a later Node: of itself, or by what it looks for in vain. */
const NEEDS_NEWER_NODE = /No such built-in module: node:|requires at least Node\.js v|ERR_PNPM_UNSUPPORTED_ENGINE/;

/** The first words of a command; one that npm fetches first goes by its own name: `npx --yes --package=pnpm@9.1.0 -- pnpm install` is `pnpm@9.1.0 install`. */
function wordsOf(argv: readonly string[]): string {
  const fetched = argv[0] === "npx" ? argv.find((word) => word.startsWith("--package="))?.slice("--package=".length) : undefined;
  return fetched === undefined ? argv.slice(0, 2).join(" ") : [fetched, ...argv.slice(argv.indexOf("--") + 2, argv.indexOf("--") + 3)].join(" ");
}

function shortReason(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /\b(err|error|ERR_\w+|missing|not found|enotfound)\b/i.test(line));
  return (lines.slice(0, 3).join("; ") || output.trim().slice(-300) || "it said nothing").slice(0, 600);
}
