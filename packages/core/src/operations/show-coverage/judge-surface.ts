import { compileGlobs } from "#kernel";
import { measureCoverage, percentOf, type Coverage, type Measured, type TestLayer } from "#evidence";
import { compileAreas, type Intent, type Surface } from "#intent";
import { floorAt, raiseFloor, type FloorRecord, type LedgerRecord } from "#ledger";
import type { ProvingLayer, Shares, SurfaceCoverage } from "./coverage-report.ts";
import type { LabelledCoverage } from "./coverage-ports.ts";

/** Values of a trend that are told. */
const POINTS = 12;

/** What stands in where nothing here is of high risk either. */
export const EVERYTHING = "all sources";

/** A surface with the sources that are its own. */
export interface FoundSurface {
  readonly surface: Surface;
  readonly declared: boolean;
  readonly files: readonly string[];
}

/** Surfaces as they are declared; where nobody did, the areas of high risk that hold anything, else all of it, so that the first look shows something worth declaring. */
export function surfacesOf({ surfaces, areas }: Intent, sources: readonly string[]): readonly FoundSurface[] {
  if (surfaces.length > 0) return surfaces.map((surface) => ({ surface, declared: true, files: sources.filter(compileGlobs(surface.paths)) }));
  const areasOf = compileAreas(areas);
  const risky = areas.filter(({ risk }) => risk === "high").map(({ name, paths }) => ({ surface: { name, paths }, declared: false, files: sources.filter((path) => areasOf(path).some((area) => area.name === name)) }));
  const present = risky.filter(({ files }) => files.length > 0);
  return present.length > 0 || sources.length === 0 ? present : [{ surface: { name: EVERYTHING, paths: ["**"] }, declared: false, files: sources }];
}

/** What a surface is judged by. */
export interface Known {
  readonly reports: readonly LabelledCoverage[];
  readonly records: readonly LedgerRecord[];
  readonly ancestors: readonly string[];
  readonly ran: ReadonlyMap<string, readonly { readonly test: string; readonly layer: TestLayer }[]>;
}

/** What is covered of one surface, beside its floor, who covers it and how that went. */
export function judgeSurface({ surface, declared, files }: FoundSurface, { reports, records, ancestors, ran }: Known): SurfaceCoverage {
  const own = new Set(files);
  const all = reports.map(({ coverage }) => coverage);
  const measured = measureCoverage((path) => own.has(path), all);
  const covered = measured && { ...sharesOf(measured), of: { lines: measured.lines.of, branches: measured.branches?.of ?? 0 } };
  const recorded = floorAt(records, surface.name, ancestors);
  const floor = surface.floor && floorOf(surface.floor, recorded);
  return {
    name: surface.name,
    files: files.length,
    seen: files.filter((path) => all.some((report) => report.files.has(path))).length,
    declared,
    ...(covered && { covered }),
    ...(floor && { floor, answer: answerOf(floor, covered) }),
    layers: layersOf(own, reports, ran),
    trend: records.flatMap(({ at, entry }) => (entry.kind === "floor" && entry.surface === surface.name ? [{ at, commit: entry.commit, covered: entry.measured ?? pick(entry) }] : [])).slice(-POINTS),
  };
}

const sharesOf = ({ lines, branches }: Measured): Shares => ({ lines: percentOf(lines), ...(branches && { branches: percentOf(branches) }) });

/** Lines and branches of something that says more. */
export const pick = ({ lines, branches }: Shares): Shares => ({ ...(lines !== undefined && { lines }), ...(branches !== undefined && { branches }) });

function floorOf(configured: Shares, recorded: FloorRecord | undefined): NonNullable<SurfaceCoverage["floor"]> {
  const held = recorded === undefined ? configured : raiseFloor({ kind: "floor", surface: "", commit: "", ...pick(configured) }, recorded);
  return { ...pick(held), configured: pick(configured), ...(recorded && { recorded: pick(recorded) }) };
}

function answerOf(floor: Shares, covered: Shares | undefined): NonNullable<SurfaceCoverage["answer"]> {
  const kinds = (["lines", "branches"] as const).filter((kind) => floor[kind] !== undefined);
  if (kinds.some((kind) => covered?.[kind] !== undefined && (covered[kind] ?? 0) < (floor[kind] ?? 0))) return "broken";
  return kinds.every((kind) => covered?.[kind] !== undefined) ? "holds" : "unknown";
}

const LAYERS: readonly TestLayer[] = ["unit", "integration", "e2e"];

function layersOf(own: ReadonlySet<string>, reports: readonly LabelledCoverage[], ran: Known["ran"]): readonly ProvingLayer[] {
  return LAYERS.flatMap((layer): ProvingLayer[] => {
    const labelled = reports.flatMap((one): Coverage[] => (one.layer === layer ? [one.coverage] : []));
    const measured = labelled.length === 0 ? undefined : measureCoverage((path) => own.has(path), labelled);
    const tests = new Set([...own].flatMap((path) => (ran.get(path) ?? []).filter((one) => one.layer === layer).map(({ test }) => test)));
    if (measured === undefined && tests.size === 0) return [];
    return [{ layer, ...(measured && { covered: sharesOf(measured) }), ...(tests.size > 0 && { tests: tests.size }) }];
  });
}
