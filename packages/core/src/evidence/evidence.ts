import type { Place } from "#kernel";
import type { EvidenceBase, TestFailure, TestId } from "./observed.ts";
import type { Confirmation } from "./confirmation/confirmation.ts";
import type { Mutation } from "./mutation/mutation.ts";
import type { Proof } from "./proof/proof.ts";
import type { Qa } from "./qa/qa.ts";
import type { RanThrough } from "./ran-through/ran-through.ts";
import type { JourneyTrace } from "./journeys/journey-trace.ts";
import type { StorySigns } from "./signs/story-signs.ts";
import type { StoryTrace } from "./trace/story-trace.ts";

export type { EvidenceBase, EvidenceSource, RedKind, TestFailure, TestId } from "./observed.ts";

export interface TestCase {
  readonly id: TestId;
  readonly outcome: "passed" | "failed" | "skipped" | "todo";
  readonly durationMs?: number;
  readonly failure?: TestFailure;
  /** How often it was retried before this outcome. */
  readonly retries?: number;
  /** Free labels a report carries (Allure labels, tags, annotations): `criterion=ST-x#AC-1`. */
  readonly labels?: readonly string[];
  /** What it left for people to look at: a trace, a screenshot, a video. */
  readonly attachments?: readonly Attachment[];
}

/** A file a test left behind, kept where the run was told to keep them. */
export interface Attachment {
  /** `trace`, `screenshot`, `video`, or as the test calls it. */
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** Inside the folder the run was given; while it runs, where the test left it. */
  readonly path: string;
  /** `sha256:…` of its bytes, and how many; absent until it is kept. */
  readonly digest?: string;
  readonly bytes?: number;
}

/**
 * What kept a run from its own end. `budget`: its time was spent. `interrupted`: somebody stopped Proofline. `limit`: it used more of the machine than
 * it may. `setup`: nothing could start (packages, build, isolation, a runner that isn't there). `crash`: the runner ended early, or met an error outside of
 * any test. `bail`: the runner itself stopped after a red test.
 */
export type CutBy = "budget" | "interrupted" | "limit" | "setup" | "crash" | "bail";

/** True for a run that never got to a test: packages, a build or the runner itself were not to be had. It says nothing about any test. */
export const neverStarted = (run: Pick<TestRun, "cutBy" | "cases">): boolean => run.cutBy === "setup" && run.cases.length === 0;

/** One run of tests on one exact tree. */
export interface TestRun extends EvidenceBase {
  readonly kind: "test-run";
  /** `vitest`, `jest`, `junit` … */
  readonly tool: string;
  readonly cases: readonly TestCase[];
  /** Test files that could not be loaded, with the reason; none of their tests is in `cases`. */
  readonly unloaded: readonly { readonly file: string; readonly failure: TestFailure }[];
  /** False when it was cut short; `because` says why in words. */
  readonly complete: boolean;
  /** What cut it short, where that is known; a report seldom says. */
  readonly cutBy?: CutBy;
  readonly because?: string;
  /** Files the run was limited to; absent for a whole suite. */
  readonly selection?: readonly string[];
  readonly startedAt?: string;
  readonly durationMs?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** What isolation was achieved, in words. */
  readonly isolation?: string;
  /** Answered from an earlier run of the same thing. */
  readonly remembered?: true;
  /** What each test file ran through, where that was asked for and the runner could tell. */
  readonly ranThrough?: readonly RanThrough[];
}

export interface BranchCoverage {
  readonly line: number;
  /** Identity of the arm inside its line, e.g. `0:1`. */
  readonly arm: string;
  /** Times taken; absent when the block never ran. */
  readonly taken?: number;
}

export interface FileCoverage {
  readonly path: string;
  /** Executable lines only: line -> hits. */
  readonly lines: ReadonlyMap<number, number>;
  readonly branches: readonly BranchCoverage[];
}

export interface Coverage extends EvidenceBase {
  readonly kind: "coverage";
  readonly format: string;
  readonly files: ReadonlyMap<string, FileCoverage>;
  /** True when only a selection of the tests ran: what it misses may be reached by the others. */
  readonly partial?: boolean;
}

/** One finding of another tool, from SARIF. */
export interface ReportedIssue {
  readonly rule: string;
  readonly level: "error" | "warning" | "note";
  readonly message: string;
  readonly place?: Place;
  /** The tool's own stable fingerprint, when it gives one. */
  readonly fingerprint?: string;
  readonly suppressed: boolean;
  /** Security severity 0..10 when the rule carries one. */
  readonly severity?: number;
}

export interface StaticAnalysis extends EvidenceBase {
  readonly kind: "static-analysis";
  readonly tool: string;
  readonly issues: readonly ReportedIssue[];
}

/**
 * How sure a format alone makes one. `checked`: it carries a checksum or structure no made-up value has. `formatted`: a vendor's own format, and random.
 * `generated`: a real key, but one that anybody makes on their own machine. `likely`: a password in an address, or a key that is often public on purpose.
 */
export type SecretStrength = "checked" | "formatted" | "generated" | "likely";

/** A secret of a real format on a changed line. Never carries the secret itself. */
export interface SecretSighting {
  readonly rule: string;
  readonly what: string;
  readonly place: Place;
  /** First 4 and last 2 characters around dots, enough to recognise it; of a short one the first alone. */
  readonly masked: string;
  /** Identity without disclosure: SHA-256 of the secret, or of what surrounds one that could be guessed from its hash. */
  readonly hash: string;
  /** Absent means `formatted`. */
  readonly strength?: SecretStrength;
  /** True when the merge base holds the same secret somewhere, so this change did not let it out. */
  readonly onBase?: boolean;
  /** The commit on the way that adds it, for what the head does not hold any more; `place` is then in that commit. */
  readonly commit?: string;
  /** What its owner does to make it worthless. */
  readonly revoke?: string;
}

export interface SecretScan extends EvidenceBase {
  readonly kind: "secret-scan";
  readonly sightings: readonly SecretSighting[];
}

/** A known vulnerability, from an audit report or an OSV export. */
export interface Advisory {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly ecosystem: string;
  readonly package: string;
  /** Affected versions: an npm range, or exact versions. */
  readonly affected: { readonly range?: string; readonly versions?: readonly string[] };
  readonly fixedIn?: string;
  readonly severity: "low" | "moderate" | "high" | "critical" | "unknown";
  readonly title: string;
  readonly url?: string;
}

export interface Audit extends EvidenceBase {
  readonly kind: "audit";
  readonly tool: string;
  readonly advisories: readonly Advisory[];
}

/** Somebody's approval of an exact commit, read from the forge. */
export interface Approval {
  readonly by: string;
  readonly commit: string;
  readonly at: string;
  /** People count; agents and the author never do. */
  readonly principal: "person" | "agent";
  readonly teams: readonly string[];
  /** Whether the account may write to the repository; absent when that could not be read. */
  readonly mayWrite?: boolean;
}

export interface Approvals extends EvidenceBase {
  readonly kind: "approvals";
  readonly author: string;
  readonly approvals: readonly Approval[];
  /** Teams whose members the token may not see: who of them approved is unknown, not nobody. */
  readonly unknownTeams?: readonly string[];
}

export type Evidence = Qa | TestRun | Coverage | StaticAnalysis | SecretScan | Audit | Approvals | Proof | Confirmation | Mutation | StoryTrace | StorySigns | JourneyTrace;
export type EvidenceKind = Evidence["kind"];

/** All evidence of one kind. */
export function evidenceOf<K extends EvidenceKind>(evidence: readonly Evidence[], kind: K): Extract<Evidence, { kind: K }>[] {
  return evidence.filter((item): item is Extract<Evidence, { kind: K }> => item.kind === kind);
}
