import { digestOf } from "#kernel";
import type { StoryVersion } from "../stories/history/story-version.ts";

/** A file something rests on, by the id of its content in Git. */
export interface FileState {
  readonly path: string;
  readonly blob: string;
}

/** What stands behind a story at one commit, as far as it can be signed for. */
export interface Signable {
  readonly story: StoryVersion;
  /** Tests that prove it, with what they use and how they are run. */
  readonly proofs: readonly FileState[];
  readonly technicalSpecs: readonly FileState[];
  /** Code the story speaks of. */
  readonly targets: readonly FileState[];
}

/** Hashes of what is approved at each stage that somebody signs: 64 hex digits. They change when, and only when, what was approved does. */
export interface Approvable {
  readonly story: string;
  readonly validation: string;
  readonly governance: string;
  readonly implementation: string;
  readonly review: string;
}

/**
 * What a story promises: its living criteria by revision, and the sections that bind. States are no part of it, since promising what was approved changes nothing
 * that was approved; nor are title, notes and test links.
 */
export function promiseDigest({ id, criteria, sections }: StoryVersion): string {
  const living = criteria.filter(({ state }) => state !== "retired").map(({ id: name, revision }) => [name, revision]);
  const binding = ["Constraints", "Quality gates", "Access", "Unchanged"].map((name) => sections.get(name as "Access") ?? "");
  return hexOf({ story: id, criteria: living.toSorted(byText), binding });
}

/** Hashes for each stage. A later one contains what the earlier ones are about. */
export function approvable({ story, proofs, technicalSpecs, targets }: Signable): Approvable {
  const promise = promiseDigest(story);
  const validation = hexOf({ promise, proofs: listOf(proofs) });
  const governance = hexOf({ validation, technicalSpecs: listOf(technicalSpecs) });
  const code = listOf(targets);
  return { story: promise, validation, governance, implementation: hexOf({ governance, implemented: code }), review: hexOf({ governance, reviewed: code }) };
}

const listOf = (files: readonly FileState[]): readonly (readonly [string, string])[] => [...new Map(files.map(({ path, blob }) => [path, blob] as const))].toSorted(byText);
const byText = (a: readonly string[], b: readonly string[]): number => (a.join("\0") < b.join("\0") ? -1 : 1);
const hexOf = (value: Parameters<typeof digestOf>[0]): string => digestOf(value).replace(/^sha256:/, "");

/** Revisions of the living criteria, short, for a statement to remember. */
export const revisionsOf = ({ criteria }: StoryVersion): Readonly<Record<string, string>> => Object.fromEntries(criteria.filter(({ state }) => state !== "retired").map(({ id, revision }) => [id, revision.slice(0, 12)]));

/** Why a signature no longer fits: which criteria came, went or say something else since; where none did, what else it was about. */
export function whyLapsed(then: Readonly<Record<string, string>>, now: StoryVersion, stage: string): string {
  const living = revisionsOf(now);
  const named = (says: string, ids: readonly string[]): readonly string[] => (ids.length === 0 ? [] : [`${ids.slice(0, 5).join(", ")}${ids.length > 5 ? ` and ${ids.length - 5} more` : ""} ${says}`]);
  const parts = [
    ...named("says something else now", Object.keys(living).filter((id) => then[id] !== undefined && then[id] !== living[id])),
    ...named("came since", Object.keys(living).filter((id) => then[id] === undefined)),
    ...named("is gone", Object.keys(then).filter((id) => living[id] === undefined)),
  ];
  if (parts.length > 0) return parts.join("; ");
  return stage === "story" ? "a constraint, quality gate, access rule or what stays unchanged says something else now" : stage === "validation" ? "a proof changed since" : stage === "governance" ? "a proof or a technical spec changed since" : "the code changed since";
}
