import { join } from "node:path";
import type { Coverage, ReportReader, Workspace } from "#evidence";
import { isProoflineError } from "#kernel";
import { findTool } from "./find-tool.ts";
import { readPlain } from "./plain-file.ts";

const COVERAGE_LIMIT = 256 * 1024 * 1024;

/** Why a runner can't measure coverage by itself here; undefined when it can. */
export async function whyNoCoverage(runner: string, root: string, cwd: string): Promise<string | undefined> {
  if (runner === "jest") return undefined;
  if (runner !== "vitest") return `not collected: ${runner} has no coverage of its own; hand in a report, or declare a command with c8`;
  const providers = await Promise.all(["@vitest/coverage-v8", "@vitest/coverage-istanbul"].map((name) => findTool(root, cwd, name)));
  return providers.some((one) => one !== undefined) ? undefined : "not collected: install @vitest/coverage-v8 for it";
}

/** Reads the lcov a runner wrote into a folder of ours. */
export async function readCoverage(folder: string, workspace: Workspace, reader: ReportReader): Promise<readonly Coverage[]> {
  const path = join(folder, "lcov.info");
  const found = await readPlain(path, COVERAGE_LIMIT);
  if (!found) return [];
  try {
    const read = await reader.read(
      { path: "lcov.info", ...found },
      { subject: workspace.tree, root: workspace.root, paths: new Set(workspace.files) },
    );
    return read.filter((one): one is Coverage => one.kind === "coverage").map((one) => ({ ...one, source: "ran" }));
  } catch (error) {
    if (isProoflineError(error)) return []; // an empty file: the run was cut short before it was written
    throw error;
  }
}
