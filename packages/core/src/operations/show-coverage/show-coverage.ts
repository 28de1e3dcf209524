import { fileKind, isDeclarationFile, type Change, type Repository } from "#change";
import { weakPlaces } from "#evidence";
import { floorAt, raiseFloor, type FloorRecord, type LedgerRecord } from "#ledger";
import { resolveHead } from "../assess-change/resolve-head.ts";
import { describeResolved } from "../select-tests/select.ts";
import type { CoverageInput, CoveragePorts } from "./coverage-ports.ts";
import type { CoverageReport, Shares, SurfaceCoverage } from "./coverage-report.ts";
import { gatherCoverage } from "./gather-coverage.ts";
import { judgeSurface, pick, surfacesOf } from "./judge-surface.ts";
import { measuredLayers, standingOf } from "./what-is-known.ts";

/** Changes looked at to see what changes often. */
const CHANGES = 200;
const WEAKEST = 3;

/** What tests reach of the critical surfaces: lines, branches, floors, who proves them, how that went and where it is weakest. */
export const showCoverage =
  (ports: CoveragePorts) =>
  async (input: CoverageInput): Promise<CoverageReport> => {
    const { repository } = ports;
    const resolved = await resolveHead(input, repository, ports.ci);
    const { change, rules } = await describeResolved(resolved, ports);
    const [gathered, ledger, entries, touched] = await Promise.all([gatherCoverage(input, change, rules, ports), ports.ledger.read(), repository.listFiles(change.headTree), repository.touchedPaths(resolved.base, CHANGES)]);
    const records = rules.stateTracked ? [] : ledger.records;
    const ancestors = await lineOf(change, resolved.base, repository);
    const whole = gathered.reports.filter(({ coverage }) => coverage.partial !== true);
    const sources = entries.filter(({ path, mode }) => mode.startsWith("100") && CODE.test(path) && !isDeclarationFile(path) && fileKind(path) === "source").map(({ path }) => path);
    const measured = await measuredLayers(change.headTree, entries, ports);
    const found = surfacesOf(rules.intent, sources);
    const places = await standingOf(rules.intent, [...new Set(found.flatMap(({ files }) => files))], touched, { change, repository });
    // Where nothing runs, as in a list of types, no report could mention anything.
    const counts = (file: string): boolean => places.get(file)?.lines !== 0 || whole.some(({ coverage }) => coverage.files.has(file));
    const surfaces = found.map((one) => judgeSurface({ ...one, files: one.files.filter(counts) }, { reports: whole, records, ancestors, ran: measured.tests }));
    const recorded = input.record && !rules.stateTracked && (await record(change, surfaces, records, ancestors, ports));
    return {
      schema: "proofline/coverage/1",
      head: change.headKind === "commit" ? change.head : change.headTree,
      headKind: change.headKind,
      sources: gathered.reports.map(({ coverage, layer }) => ({ origin: coverage.origin, source: coverage.source, ...(layer && { layer }), files: coverage.files.size })),
      surfaces,
      weakest: whole.length === 0 ? [] : weakPlaces(places, whole.map(({ coverage }) => coverage)).slice(0, WEAKEST),
      measuredTests: measured.known,
      ofChanges: touched.length,
      recorded,
      notes: [...gathered.notes, ...(whole.length < gathered.reports.length ? ["a run was cut short: its coverage was left out, for it tells nothing of what it did not reach"] : []), ...(input.record && change.headKind !== "commit" ? ["nothing was recorded: only what a commit holds can be a floor"] : [])],
    };
  };

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|py|go|rb|rs|php|java|kts?|cs|scala|swift|ex|exs|dart)$/;

/** The head itself and what it stands on: a value recorded for any of these is its floor. */
async function lineOf(change: Change, base: string, { pastChanges }: Pick<Repository, "pastChanges">): Promise<readonly string[]> {
  const past = await pastChanges(base, CHANGES);
  return [...new Set([base, change.mergeBase, ...past.map(({ id }) => id)])];
}

/** Appends what was measured, never below what held: the ledger only raises. Nothing is recorded for a surface without a floor. */
async function record(change: Change, surfaces: readonly SurfaceCoverage[], records: readonly LedgerRecord[], ancestors: readonly string[], { ledger, clock }: CoveragePorts): Promise<boolean> {
  if (change.headKind !== "commit") return false;
  const entries = surfaces.flatMap(({ name, floor, answer, covered }): FloorRecord[] => {
    if (!floor || answer !== "holds" || !covered) return [];
    const measured = pick(covered);
    return [{ ...raiseFloor(floorAt(records, name, ancestors), { kind: "floor", surface: name, commit: change.head, ...kindsOf(measured, floor) }), measured }];
  });
  if (entries.length > 0) await ledger.append(entries, new Date(clock.now()).toISOString());
  return entries.length > 0;
}

/** Only what has a floor becomes one. */
const kindsOf = (measured: Shares, floor: Shares): Shares => pick({ ...(floor.lines !== undefined && measured.lines !== undefined && { lines: measured.lines }), ...(floor.branches !== undefined && measured.branches !== undefined && { branches: measured.branches }) });
