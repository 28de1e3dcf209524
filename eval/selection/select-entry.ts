import { isTestSide, type ChangedFile } from "../../packages/core/src/change/index.ts";
import { describeFiles } from "../../packages/core/src/change/describe-change.ts";
import { openRepository } from "../../packages/core/src/adapters/git/index.ts";
import { noCodeMemory, type CodeMemory } from "../../packages/core/src/operations/ports/code-memory.ts";
import { selectTests, type Selection } from "../../packages/core/src/operations/select-tests/select-tests.ts";
import type { ModuleFacts, RanRecord } from "../../packages/core/src/evidence/index.ts";

type Opened = Awaited<ReturnType<typeof openRepository>>;

/** What was selected for one change, with and without the tests it brings. */
export interface Selected {
  /** As a user sees it: a changed test is selected because it changed. */
  readonly whole: Selection;
  /** The product's files of the change alone, on the tree with the new tests: what says whether the tests would be found. */
  readonly source: Selection;
  readonly sourceFiles: number;
}

/** Facts about blobs for one repository: entries of a list share most of them. */
function memory(ran: readonly RanRecord[]): CodeMemory {
  let kept: ReadonlyMap<string, ModuleFacts> = new Map();
  return { ...noCodeMemory, ran: () => Promise.resolve(ran), facts: () => Promise.resolve(kept), keepFacts: (facts) => Promise.resolve(void (kept = facts)) };
}

/** Selects for commits of one clone. */
export async function openSelector(clone: string, ran: readonly RanRecord[] = []): Promise<{ select(broken: string, fixed: string): Promise<Selected>; close(): Promise<void> }> {
  const repository = await openRepository(clone, { ci: false, env: process.env });
  const code = memory(ran);
  return {
    select: async (broken, fixed) => {
      const resolved = await repository.resolve({ base: broken, head: { kind: "commit", rev: fixed } });
      const files = await changedFiles(resolved, repository);
      const about = { headTree: resolved.headTree, mergeBaseTree: resolved.mergeBaseTree };
      const sources = files.filter((file) => !isTestSide(file));
      return { whole: await selectTests({ ...about, files }, { repository, code }), source: await selectTests({ ...about, files: sources }, { repository, code }), sourceFiles: sources.length };
    },
    close: () => repository.close(),
  };
}

async function changedFiles(resolved: Awaited<ReturnType<Opened["resolve"]>>, repository: Opened): Promise<readonly ChangedFile[]> {
  const diff = await repository.diff(resolved);
  const blobs = diff.files.flatMap((file) => [file.baseBlob, file.headBlob]).filter((blob): blob is string => blob !== undefined);
  const texts = await repository.readBlobs([...new Set(blobs)]);
  const byPath = new Map(diff.files.flatMap((file) => [[`base ${file.basePath ?? file.path}`, file.baseBlob] as const, [`head ${file.path}`, file.headBlob] as const]));
  return describeFiles({ diff, intent: { areas: [] }, packageDirs: [], textOf: (side, path) => texts.get(byPath.get(`${side} ${path}`) ?? "")?.text });
}
