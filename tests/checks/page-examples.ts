import { parse } from "yaml";
import { describeChange, type Change, type CommitFacts, type Diff, type DiffFile, type DiffLine, type Hunk, type SyntaxTree } from "../../packages/core/src/change/index.ts";
import { yamlParser } from "../../packages/core/src/adapters/stories/index.ts";
import { syntaxReader } from "../../packages/core/src/adapters/syntax/index.ts";
import type { Check, Facts, TreeOf } from "../../packages/core/src/checks/index.ts";
import { journeyJudges, judgeProof, testKey, traceLibrary, type Evidence, type JudgedMutant, type Proof, type ProofTest, type RedKind, type SideOutcome, type TestCase, type TestRun, type WhyRed } from "../../packages/core/src/evidence/index.ts";
import { effectiveAreas, isJourneyFile, isStoryFile, journeyLibrary, storyLibrary, type Area, type Intent, type Surface } from "../../packages/core/src/intent/index.ts";
import { noLinkMemory } from "../../packages/core/src/operations/index.ts";
import { traceChange } from "../../packages/core/src/operations/stories/trace-change.ts";
import { traceJourneys } from "../../packages/core/src/operations/run-journeys/trace-journeys.ts";
import type { GateName, Json, Observation } from "../../packages/core/src/kernel/index.ts";

/** One example of a check's page: what is given and the sentence the check has to say. */
export interface PageExample {
  readonly title: string;
  /** `holds`, `broken`, `unknown`, or `nothing` when the check has nothing to say. */
  readonly answer: string;
  readonly facts: ExampleFacts;
  readonly diff: string;
  readonly says?: string;
}

interface ExampleFacts {
  readonly gate?: GateName;
  readonly commits?: readonly string[];
  readonly areas?: readonly (Omit<Area, "declared"> & { declared?: boolean })[];
  readonly surfaces?: readonly Surface[];
  readonly options?: Readonly<Record<string, Json>>;
  readonly gaps?: Change["gaps"];
  readonly outOfSight?: readonly string[];
  /** Earlier changes: paths touched together, and how many times. */
  readonly earlier?: readonly { readonly times: number; readonly paths: readonly string[] }[];
  readonly target?: Readonly<Record<string, string>>;
  readonly approvals?: { readonly author: string; readonly by: readonly { readonly by: string; readonly principal?: "person" | "agent"; readonly mayWrite?: boolean }[] };
  readonly evidence?: readonly Record<string, unknown>[];
  readonly flakes?: readonly { readonly file: string; readonly name: string; readonly sightings: number; readonly passed: number; readonly failed: number }[];
  readonly base?: Readonly<Record<string, string>>;
  readonly head?: Readonly<Record<string, string>>;
}

/** Reads the examples below `## Examples` of a page: `### answer: title`, then fenced yaml (facts), diff and text (the sentence). */
export function readExamples(page: string): PageExample[] {
  const section = page.split(/^## Examples$/m)[1]?.split(/^## /m)[0] ?? "";
  return section
    .split(/^### /m)
    .slice(1)
    .map((text) => {
      const [, answer = "", title = ""] = /^(\w+): (.*)$/m.exec(text) ?? [];
      const fence = (language: string): string | undefined => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1];
      const says = fence("text")?.trim();
      return { title, answer, facts: (parse(fence("yaml") ?? "{}") ?? {}) as ExampleFacts, diff: fence("diff") ?? "", ...(says !== undefined && { says }) };
    });
}

const HEAD = "b".repeat(40);
const BASE = "a".repeat(40);

/** Puts the example before the check, through the same description of a change that real ones go through. */
export async function askExample(check: Check, { facts, diff }: PageExample): Promise<Observation[]> {
  const intent: Intent = { areas: effectiveAreas((facts.areas ?? []).map((area) => ({ ...area, declared: true }))), surfaces: facts.surfaces ?? [], codeOwners: [] };
  const change = { ...changeOf(facts, parseDiff(diff), intent), gaps: facts.gaps ?? [] };
  const defaults = Object.fromEntries(Object.entries(check.options ?? {}).map(([name, option]) => [name, option.default]));
  const texts = { target: facts.target, base: facts.base, head: facts.head };
  const asked: Facts = {
    change,
    intent,
    gate: facts.gate ?? "local",
    options: { ...defaults, ...facts.options },
    evidence: [...evidenceOf(facts), ...(await storyTraces(change, facts)), ...(await journeyTraces(change, facts))],
    unavailable: new Map(),
    flakes: new Map((facts.flakes ?? []).map(({ file, name, ...history }) => [testKey({ file, suite: [], name }), { title: name, file, ...history }])),
    ...(facts.outOfSight && { outOfSight: facts.outOfSight }),
    ...(facts.earlier && { earlier: facts.earlier.flatMap(({ times, paths }) => Array.from({ length: times }, () => paths)) }),
    text: (side, path) => texts[side]?.[path],
  };
  return [...check.look({ ...asked, tree: await treesOf(check, asked) })];
}

/** The trees the check asks for, in as many rounds as the product takes. */
async function treesOf(check: Check, facts: Facts): Promise<TreeOf> {
  const trees = new Map<string, SyntaxTree | undefined>();
  const tree: TreeOf = (side, path) => trees.get(`${side}:${path}`);
  for (let round = 0; round < 3; round += 1) {
    for (const { side, path } of [...(check.parses?.(facts, tree) ?? [])]) {
      const text = facts.text(side, path);
      if (text !== undefined && !trees.has(`${side}:${path}`)) trees.set(`${side}:${path}`, await syntaxReader.read(path, text));
    }
  }
  return tree;
}

/** Stories among an example's files are traced on both sides, as in the product. */
async function storyTraces(change: Change, { base = {}, head = {} }: ExampleFacts): Promise<readonly Evidence[]> {
  if (![...Object.keys(base), ...Object.keys(head)].some(isStoryFile)) return [];
  const sides: Readonly<Record<string, Readonly<Record<string, string>>>> = { [BASE]: base, [HEAD]: head };
  const entries = (tree: string) => Object.keys(sides[tree] ?? {}).map((path) => ({ path, mode: "100644", blob: `${tree} ${path}` }));
  const read = (blob: string) => sides[blob.slice(0, 40)]?.[blob.slice(41)] ?? "";
  const repository = { listFiles: async (tree: string) => entries(tree), readBlobs: async (blobs: readonly string[]) => new Map(blobs.map((blob) => [blob, { blob, bytes: 1, text: read(blob) }])) };
  const [stories, trace] = await Promise.all([storyLibrary(), traceLibrary()]);
  return traceChange(change, { repository, links: noLinkMemory, readers: async () => ({ stories, trace, yaml: yamlParser, syntax: syntaxReader }) });
}

/** Journeys among an example's files stand as its test runs say. */
async function journeyTraces(change: Change, facts: ExampleFacts): Promise<readonly Evidence[]> {
  const { head = {} } = facts;
  if (!Object.keys(head).some(isJourneyFile)) return [];
  const repository = { listFiles: async () => Object.keys(head).map((path) => ({ path, mode: "100644", blob: path })), readBlobs: async (blobs: readonly string[]) => new Map(blobs.map((blob) => [blob, { blob, bytes: 1, text: head[blob] ?? "" }])) };
  const [journeys, judges, stories] = await Promise.all([journeyLibrary(), journeyJudges(), storyLibrary()]);
  const runs = evidenceOf(facts).filter((one): one is TestRun => one.kind === "test-run");
  return traceJourneys(change, runs, { repository, outcomes: { outcomes: async () => [] }, readers: async () => ({ journeys, judges, stories, yaml: yamlParser }) });
}

function changeOf(facts: ExampleFacts, files: readonly DiffFile[], intent: Intent): Change {
  const person = { name: "Ada", email: "ada@example.com" };
  const commits: CommitFacts[] = (facts.commits ?? []).map((message) => ({ id: HEAD, parents: [BASE], author: person, committer: person, authoredAt: 1, committedAt: 1, message, trailers: [] }));
  const diff: Diff = { files, gaps: [] };
  return describeChange({
    resolved: { base: BASE, baseName: "main", head: HEAD, headName: "feature", headKind: "commit", headTree: HEAD, mergeBase: BASE, mergeBaseTree: BASE, headCommit: HEAD, shallow: false, gaps: [] },
    diff,
    commits,
    intent,
    packageDirs: [],
    risk: { score: 0, level: "low", reasons: [] },
  });
}

function parseDiff(text: string): DiffFile[] {
  return text.split(/^(?=--- )/m).filter((part) => part.startsWith("--- ")).map((part) => {
    const [, from = ""] = /^--- (?:a\/)?(.+)$/m.exec(part) ?? [];
    const [, to = ""] = /^\+\+\+ (?:b\/)?(.+)$/m.exec(part) ?? [];
    const hunks = part.split(/^(?=@@ )/m).slice(1).map(parseHunk);
    const lines = hunks.flatMap((hunk) => hunk.lines);
    return {
      path: to === "/dev/null" ? from : to,
      status: from === "/dev/null" ? "added" : to === "/dev/null" ? "deleted" : "modified",
      ...(from !== "/dev/null" && { baseBlob: "1".repeat(40), baseMode: "100644" }),
      ...(to !== "/dev/null" && { headBlob: "2".repeat(40), headMode: "100644" }),
      binary: false,
      hunks,
      added: lines.filter((line) => line.op === "+").length,
      deleted: lines.filter((line) => line.op === "-").length,
    };
  });
}

function parseHunk(text: string): Hunk {
  const [, baseStart = "0", baseCount = "1", headStart = "0", headCount = "1", heading = ""] = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)/.exec(text) ?? [];
  let [base, head] = [Number(baseStart), Number(headStart)];
  const lines = text.split("\n").slice(1).flatMap((line): DiffLine[] => {
    if (line.startsWith("-")) return [{ op: "-", text: line.slice(1), line: base++ }];
    if (line.startsWith("+")) return [{ op: "+", text: line.slice(1), line: head++ }];
    return [];
  });
  return { baseStart: Number(baseStart), baseCount: Number(baseCount), headStart: Number(headStart), headCount: Number(headCount), heading, lines };
}

function evidenceOf(facts: ExampleFacts): Evidence[] {
  const common = { source: "ran", digest: `sha256:${"0".repeat(64)}`, origin: "example" } as const;
  const given = (facts.evidence ?? []).map((item): Evidence => {
    const kind = KINDS.find((key) => key in item);
    const subject = item[kind ?? ""] === "base" ? BASE : HEAD;
    if (item["test-run"] !== undefined) return { ...common, kind: "test-run", subject, tool: "vitest", unloaded: unloadedOf(item), complete: true, cases: casesOf(item) };
    if (item["coverage"] !== undefined) {
      const files = Object.entries((item["files"] ?? {}) as Record<string, { lines: Record<string, number> }>);
      return { ...common, kind: "coverage", subject, format: "lcov", files: new Map(files.map(([path, { lines }]) => [path, { path, branches: [], lines: new Map(Object.entries(lines).map(([line, hits]) => [Number(line), hits])) }])) };
    }
    if (item["mutation"] !== undefined) return { ...common, kind: "mutation", subject, mutants: mutantsOf(item), complete: true, notes: [], isolation: "example", durationMs: 1 };
    if (item["kind"] === "story-signs") return { ...common, owed: [], locked: [], kept: [], ...item, subject: HEAD } as unknown as Evidence;
    if (item["proof"] !== undefined) return { ...common, ...proofOf(item) };
    const placed = ["sightings", "issues"].filter((list) => item[list] !== undefined).map((list) => [list, withPlaces(item[list])]);
    return { tool: "example", advisories: [], ...common, kind, subject, ...item, ...Object.fromEntries(placed) } as unknown as Evidence;
  });
  if (!facts.approvals) return given;
  const approvals = facts.approvals.by.map(({ by, principal = "person", ...rights }) => ({ by, principal, commit: HEAD, at: "2026-01-01T00:00:00Z", teams: [], ...rights }));
  return [...given, { ...common, kind: "approvals", source: "reported", subject: HEAD, author: facts.approvals.author, approvals }];
}

const KINDS = ["test-run", "coverage", "secret-scan", "audit", "static-analysis", "proof", "mutation", "qa", "story-signs"] as const;

/** `file`, `line` and `side` of an example's row are its place. */
const withPlaces = (rows: unknown): unknown =>
  Array.isArray(rows) ? rows.map(({ file, line, side, ...rest }: Record<string, unknown>) => ({ ...rest, place: { file, line, ...(side !== undefined && { side }) } })) : [];

function mutantsOf(item: Record<string, unknown>): JudgedMutant[] {
  const rows = (item["mutants"] ?? []) as { file: string; line: number; before: string; after: string; says: string; fate: JudgedMutant["fate"]; test?: string }[];
  return rows.map(({ file, line, before, after, says, fate, test }) => ({
    mutant: { file, line, endLine: line, start: 0, end: before.length, before, after, kind: "comparison", unit: "", says: `${says} in ${file}:${line}` },
    fate,
    reachedBy: test === undefined ? [] : [{ suite: [], name: test }],
    reaching: 1,
  }));
}

/** Judged by the same table as real runs. */
function proofOf(item: Record<string, unknown>): Omit<Proof, "source" | "digest" | "origin"> {
  const changeType = item["proof"] as Proof["changeType"];
  const rows = (item["tests"] ?? []) as { file: string; name: string; head: SideOutcome; base: SideOutcome; why?: WhyRed; missing?: string; message?: string }[];
  const tests = rows.map(({ file, name, head, base, why, missing, message = "" }): ProofTest => ({
    id: { file, suite: [], name },
    head,
    base,
    ...(why && { why, failure: { kind: "unknown", message, ...(missing !== undefined && { missing }) } }),
  }));
  const { outcome, because, weak } = judgeProof({ type: changeType, tests, aboutHang: false });
  const selection = [...new Set(rows.map((row) => row.file))];
  return { kind: "proof", subject: HEAD, changeType, outcome, because, ...(weak && { weak }), tests, selection, broken: BASE, brokenTree: BASE, headSurroundings: false, repeats: 2, isolation: "example" };
}

/** Test files that never got to their tests. */
const unloadedOf = (item: Record<string, unknown>): TestRun["unloaded"] =>
  ((item["unloaded"] ?? []) as { file: string; message: string; kind?: RedKind }[]).map(({ file, message, kind }) => ({ file, failure: { kind: kind ?? "load", message } }));

function casesOf(item: Record<string, unknown>): TestCase[] {
  const list = (outcome: TestCase["outcome"]): TestCase[] =>
    ((item[outcome] ?? []) as { file: string; name: string; message?: string; kind?: RedKind }[]).map(({ file, name, message, kind }) => ({
      id: { file, suite: [], name },
      outcome,
      ...(message !== undefined && { failure: { kind: kind ?? "unknown", message } }),
    }));
  return [...list("passed"), ...list("failed"), ...list("skipped")];
}
