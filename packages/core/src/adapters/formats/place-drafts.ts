import type { Place } from "#kernel";
import type { Coverage, Evidence, FileCoverage, StaticAnalysis, TestCase, TestFailure, TestRun } from "#evidence";
import { mergeFiles } from "./coverage/coverage-facts.ts";
import { PackedFile } from "./coverage/packed-file.ts";
import type { HeadTree } from "./paths/head-tree.ts";
import { matchPaths, type RepositoryPaths } from "./paths/repository-paths.ts";
import type { Draft, DraftCase, DraftFailure, DraftRun, ReadReport } from "./report-format.ts";

interface Base {
  readonly source: "reported";
  readonly subject: string;
  readonly digest: string;
  readonly origin: string;
}

interface Where {
  readonly root: string;
  readonly reportPath: string;
  readonly tree: HeadTree;
}

/** Turns drafts into evidence: printed paths become repository paths, and what could not be matched is noted. */
export function placeDrafts(report: ReadReport, where: Where, base: Base): readonly Evidence[] {
  const context = { ...where, bases: report.bases ?? [] };
  const printed = report.drafts.flatMap(pathsOf);
  const paths = matchPaths(printed, context);
  const frames = matchPaths([...printed, ...report.drafts.flatMap(framePathsOf)], context);
  const notes = [...(report.notes ?? []), ...paths.notes];
  const about = { ...base, ...(notes.length > 0 ? { notes } : {}) };
  return report.drafts.map((draft): Evidence => {
    switch (draft.kind) {
      case "test-run":
        return placeRun(draft, about, paths, frames);
      case "coverage":
        return { ...draft, ...about, files: placeFiles(draft.files, paths) } satisfies Coverage;
      case "static-analysis":
        return { ...draft, ...about, issues: draft.issues.map((issue) => placeIssue(issue, paths)) } satisfies StaticAnalysis;
      case "audit":
        return { ...draft, ...about };
    }
  });
}

function pathsOf(draft: Draft): string[] {
  if (draft.kind === "coverage") return [...draft.files.keys()];
  if (draft.kind === "static-analysis") return draft.issues.flatMap((issue) => (issue.place ? [issue.place.file] : []));
  if (draft.kind === "test-run")
    return [...draft.cases.flatMap((test) => (test.file === undefined ? [] : [test.file])), ...draft.unloaded.map((unit) => unit.file)];
  return [];
}

function framePathsOf(draft: Draft): string[] {
  if (draft.kind !== "test-run") return [];
  return [...draft.cases.flatMap((test) => test.failure?.frames ?? []), ...draft.unloaded.flatMap((unit) => unit.failure.frames)].map((frame) => frame.file);
}

function placeRun(draft: DraftRun, about: Base, paths: RepositoryPaths, frames: RepositoryPaths): TestRun {
  const cases = draft.cases.map((test) => placeCase(test, paths, frames));
  const unloaded = draft.unloaded.map(({ file, failure }) => ({ file: paths.of(file) ?? file, failure: placeFailure(failure, paths.of(file), frames) }));
  return { ...draft, ...about, cases, unloaded };
}

function placeCase({ file: printed, suite, name, failure, ...rest }: DraftCase, paths: RepositoryPaths, frames: RepositoryPaths): TestCase {
  const file = printed === undefined ? undefined : paths.of(printed);
  return {
    id: { ...(file === undefined ? {} : { file }), suite, name },
    ...rest,
    ...(failure === undefined ? {} : { failure: placeFailure(failure, file, frames) }),
  };
}

/** The frame in the test's own file, else the first one in the repository. */
function placeFailure({ frames, ...failure }: DraftFailure, file: string | undefined, paths: RepositoryPaths): TestFailure {
  const places = frames.flatMap((frame): Place[] => {
    const path = paths.inside(frame.file) ? paths.of(frame.file) : undefined;
    return path === undefined || frame.line < 1 ? [] : [{ file: path, line: frame.line }];
  });
  const place = places.find((candidate) => candidate.file === file) ?? places[0];
  return { ...failure, ...(place ? { place } : {}) };
}

function placeFiles(files: ReadonlyMap<string, FileCoverage>, paths: RepositoryPaths): ReadonlyMap<string, FileCoverage> {
  const placed = new Map<string, FileCoverage>();
  for (const [printed, facts] of files) {
    const path = paths.of(printed);
    if (path === undefined) continue;
    const before = placed.get(path);
    if (before) placed.set(path, mergeFiles(before, facts, path));
    else placed.set(path, facts instanceof PackedFile ? facts.at(path) : { ...facts, path });
  }
  return placed;
}

function placeIssue(issue: StaticAnalysis["issues"][number], paths: RepositoryPaths): StaticAnalysis["issues"][number] {
  if (issue.place === undefined) return issue;
  const { place, ...rest } = issue;
  const file = paths.of(place.file);
  return file === undefined ? rest : { ...rest, place: { ...place, file } };
}
