import type { Change, Repository } from "#change";
import { affectedTests, type Affected, type AffectedTest, type CodeMap, type Widening } from "#evidence";
import { noCodeMemory, type CodeMemory } from "../ports/code-memory.ts";
import { blindSpots } from "./blind-spots.ts";
import { changedPackages } from "./changed-packages.ts";
import { measuredFor } from "./measured-for.ts";
import { readCode } from "./read-code.ts";

/** Tests worth running for a change, and what a static look cannot see. */
export interface Selection {
  /** Most relevant first; those taken only because nothing better is known stand last. */
  readonly tests: readonly AffectedTest[];
  /** Why tests were taken that no import leads to. */
  readonly widened: readonly Widening[];
  /** Test files in the tree, selected or not. */
  readonly ofFiles: number;
  readonly blindSpots: readonly string[];
}

export interface SelectionPorts {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs" | "readFiles">;
  readonly code?: CodeMemory;
}

/** Selects over the head tree: changed tests first, then what uses what changed, nearest first. */
export async function selectTests(change: Pick<Change, "files" | "headTree" | "mergeBaseTree">, ports: SelectionPorts): Promise<Selection> {
  const code = ports.code ?? noCodeMemory;
  const measured = await measuredFor(change, { repository: ports.repository, code });
  const question = `selection/2 ${JSON.stringify(measured && [[...measured.loaded], [...measured.ran]])} ${change.mergeBaseTree} ${change.headTree} ${JSON.stringify(change.files.map(({ path, kind, behaviour }) => [path, kind, behaviour]))}`;
  const before = await code.answer<Selection>(question);
  if (before) return before;
  const { map, tooMany } = await readCode(change.headTree, { repository: ports.repository, code });
  const packages = await changedPackages(change, map, ports.repository);
  const affected: Affected = affectedTests(change.files, map, { ...packages, types: checksTypes(map), ...(measured && { ranThrough: (path) => measured.loaded.get(path) ?? [], ran: measured.ran }) });
  const selection = { tests: affected.tests, widened: affected.widened, ofFiles: affected.ofFiles, blindSpots: blindSpots(change.files, affected, map, tooMany) };
  await code.keepAnswer(question, selection);
  return selection;
}

/** ts-jest reports an error of types as a red test, unless it was told not to look. */
const checksTypes = ({ manifests }: CodeMap): boolean => [...manifests.byFolder.values()].some(({ dependencies }) => dependencies.has("ts-jest"));
