import { readdir, rm } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import { compileGlobs, isProoflineError } from "#kernel";
import type { Evidence, ReportReader, TestSetup, Workspace } from "#evidence";
import { readPlain } from "./plain-file.ts";
import { launch, type LaunchCommand, type LaunchResult } from "./launch.ts";

export interface DeclaredRun {
  readonly setup: TestSetup;
  readonly workspace: Workspace;
  readonly cwd: string;
  readonly selection: readonly string[] | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly prefix: readonly string[];
  /** What every command here may use of the machine. */
  readonly bounds: Pick<LaunchCommand, "limits" | "writes">;
  readonly deadline: number;
  readonly signal: AbortSignal;
}

export interface DeclaredOutcome {
  readonly result: LaunchResult;
  readonly evidence: readonly Evidence[];
  /** Why the reports can't be used, in words. */
  readonly problem?: string;
}

const REPORT_LIMIT = 512 * 1024 * 1024;

/** Runs the command of the configuration and reads the report it promises. Reports that lay in the tree before are removed first. */
export async function runDeclared(run: DeclaredRun, reader: ReportReader): Promise<DeclaredOutcome> {
  const pattern = run.setup.report ?? "";
  for (const old of (await findReports(run, pattern)).paths) await rm(join(run.workspace.root, old), { force: true });
  const command = withFiles(run.setup.command ?? "", run.selection ?? [], run.setup.packageDir);
  const shell = process.platform === "win32" ? ["cmd", "/d", "/s", "/c", command] : ["sh", "-c", command];
  const budgetMs = run.deadline - Date.now();
  const result = await launch({ argv: [...run.prefix, ...shell], cwd: run.cwd, env: run.env, budgetMs, signal: run.signal, mark: run.workspace.mark, ...run.bounds });
  const { paths: reports, closed } = await findReports(run, pattern);
  if (pattern === "") return { result, evidence: [], problem: "no report was declared (tests.report), so single tests are unknown" };
  if (reports.length === 0) return { result, evidence: [], problem: `the command wrote no report at ${pattern}${closed.length > 0 ? `; ${closed[0]} could not be opened, is it another user's?` : ""}` };
  return { result, ...(await readReports(run, reports, reader)) };
}

async function readReports(run: DeclaredRun, reports: readonly string[], reader: ReportReader): Promise<Omit<DeclaredOutcome, "result">> {
  const evidence: Evidence[] = [];
  const { root, tree, files } = run.workspace;
  for (const path of reports) {
    try {
      const found = await readPlain(join(root, path), REPORT_LIMIT);
      if (!found) return { evidence, problem: `${path} is no plain file, or larger than 512 MB` };
      evidence.push(...(await reader.read({ path, ...found }, { subject: tree, root, paths: new Set(files) })));
    } catch (error) {
      if (!isProoflineError(error)) throw error;
      return { evidence, problem: `${path}: ${error.message}` };
    }
  }
  return { evidence };
}

/**
 * `{files}` becomes the chosen files, quoted, relative to where the command runs; without files it becomes nothing. One that looks like an option is made
 * a path: whoever names files in a branch does not choose options.
 */
export function withFiles(command: string, files: readonly string[], packageDir: string): string {
  const paths = files.map((file) => posix.relative(packageDir, file)).map((path) => (path.startsWith("-") ? `./${path}` : path));
  const quoted = paths.map((path) => `'${path.replaceAll("'", "'\\''")}'`);
  return command.replaceAll("{files}", () => quoted.join(" "));
}

/**
 * Repository paths of report files below the package folder; links are not followed out of the tree. A command may leave folders that only another user
 * may open (a container's, say): they are named, and keep nobody from the others.
 */
export async function findReports(run: { readonly setup: Pick<TestSetup, "packageDir">; readonly workspace: Pick<Workspace, "root"> }, pattern: string): Promise<{ readonly paths: readonly string[]; readonly closed: readonly string[] }> {
  if (pattern === "") return { paths: [], closed: [] };
  const matches = compileGlobs([posix.normalize(posix.join(run.setup.packageDir, pattern))]);
  const found: string[] = [];
  const closed: string[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    if (depth > 12) return;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => void closed.push(relative(run.workspace.root, folder).replaceAll(sep, "/") || "."));
    for (const entry of entries ?? []) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") await walk(path, depth + 1);
      else if (entry.isFile()) {
        const tidy = relative(run.workspace.root, path).replaceAll(sep, "/");
        if (matches(tidy)) found.push(tidy);
      }
    }
  };
  await walk(run.workspace.root, 0);
  return { paths: found.sort(), closed: closed.sort() };
}
