import { isTestSide, type Change, type Repository } from "#change";
import { evidenceOf, isFollowed, measuredTies, recordsOf, type Evidence, type MeasuredTies } from "#evidence";
import type { CodeMemory } from "../ports/code-memory.ts";

interface MeasuredPorts {
  readonly repository: Pick<Repository, "listFiles">;
  readonly code: Pick<CodeMemory, "ran">;
}

/** How tests that were measured before stand to a change; undefined where none was measured, or no code of the product changed. */
export async function measuredFor(change: Pick<Change, "files" | "headTree">, { repository, code }: MeasuredPorts): Promise<MeasuredTies | undefined> {
  const sources = change.files.filter((file) => file.behaviour && !isTestSide(file) && isFollowed(file.path));
  if (sources.length === 0) return undefined;
  const records = await code.ran();
  if (records.length === 0) return undefined;
  const blobs = new Map((await repository.listFiles(change.headTree)).map(({ path, blob }) => [path, blob]));
  const changed = sources.map((file) => {
    const before = file.baseBlob === undefined ? undefined : { path: file.basePath ?? file.path, blob: file.baseBlob };
    return { path: file.path, ...(before && { before }), symbols: [...new Set(file.symbols.map(({ name }) => name))] };
  });
  return measuredTies(changed, records, (path) => blobs.get(path));
}

/** Keeps what these runs of our own saw, bound to the contents of the trees they ran on. Worth nothing to a verdict, so a failure to keep it is none of its business. */
export async function keepMeasured(evidence: readonly Evidence[], { repository, code }: { readonly repository: Pick<Repository, "listFiles">; readonly code: Pick<CodeMemory, "keepRan"> }): Promise<number> {
  let kept = 0;
  for (const run of evidenceOf(evidence, "test-run")) {
    if (run.source !== "ran" || run.ranThrough === undefined) continue;
    const blobs = new Map((await repository.listFiles(run.subject)).map(({ path, blob }) => [path, blob]));
    const records = recordsOf(run.ranThrough, blobs);
    await code.keepRan(records);
    kept += records.length;
  }
  return kept;
}
