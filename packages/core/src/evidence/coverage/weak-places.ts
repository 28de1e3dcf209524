import type { Coverage, FileCoverage } from "../evidence.ts";

/** What is known of a file beside its coverage. */
export interface FileStanding {
  /** Changes that touched it, of the last ones that were counted. */
  readonly changes: number;
  readonly risk: "low" | "medium" | "high";
  readonly area?: string;
  /** Its functions, each with its lines. */
  readonly functions: readonly { readonly name: string; readonly line: number; readonly endLine: number }[];
  /** Lines that are neither empty nor comment, as far as a glance tells, and none where only types are declared: what counts where no report mentions the file. */
  readonly lines: number;
}

/** A place that tests pass by, with what makes that worse. */
export interface WeakPlace {
  readonly file: string;
  /** The function; absent for code outside of any, and for a whole file. */
  readonly name?: string;
  readonly line?: number;
  readonly missedLines: number;
  readonly lines: number;
  readonly missedBranches: number;
  readonly branches: number;
  readonly changes: number;
  readonly risk: FileStanding["risk"];
  readonly area?: string;
  /** No report mentions its file: no test loads it, or whoever measured left it out. */
  readonly unseen?: true;
}

const RISKS: Readonly<Record<FileStanding["risk"], number>> = { low: 1, medium: 1.5, high: 3 };
/** So many changes of a file double what is missed in it. */
const OFTEN = 10;

/** Functions that tests pass by, worst first: by what is missed, how often the file changes and how risky its area is. */
export function weakPlaces(files: ReadonlyMap<string, FileStanding>, reports: readonly Coverage[]): readonly WeakPlace[] {
  const found = [...files].flatMap(([file, standing]) => {
    const seen = reports.flatMap((report) => report.files.get(file) ?? []);
    return seen.length === 0 ? unseen(file, standing) : inFile(file, standing, seen);
  });
  return found.filter((place) => place.missedLines + place.missedBranches > 0).toSorted((a, b) => weightOf(b) - weightOf(a) || (a.file < b.file ? -1 : 1) || (a.line ?? 0) - (b.line ?? 0));
}

const weightOf = ({ missedLines, missedBranches, changes, risk }: WeakPlace): number => (missedLines + missedBranches) * (1 + changes / OFTEN) * RISKS[risk];

const about = ({ changes, risk, area }: FileStanding): Pick<WeakPlace, "changes" | "risk" | "area"> => ({ changes, risk, ...(area !== undefined && { area }) });

const unseen = (file: string, standing: FileStanding): readonly WeakPlace[] => [{ file, missedLines: standing.lines, lines: standing.lines, missedBranches: 0, branches: 0, unseen: true, ...about(standing) }];

function inFile(file: string, standing: FileStanding, seen: readonly FileCoverage[]): readonly WeakPlace[] {
  const places = new Map<string, { name?: string; line?: number; lines: Map<number, boolean>; arms: Map<string, boolean> }>();
  const placeOf = (line: number) => {
    const own = standing.functions.findLast((one) => one.line <= line && line <= one.endLine);
    const key = own === undefined ? "" : `${own.line}`;
    const place = places.get(key) ?? { ...(own && { name: own.name, line: own.line }), lines: new Map<number, boolean>(), arms: new Map<string, boolean>() };
    places.set(key, place);
    return place;
  };
  for (const report of seen) {
    for (const [line, hits] of report.lines) {
      const { lines } = placeOf(line);
      lines.set(line, hits > 0 || lines.get(line) === true);
    }
    for (const { line, arm, taken = 0 } of report.branches) {
      const { arms } = placeOf(line);
      arms.set(`${line}:${arm}`, taken > 0 || arms.get(`${line}:${arm}`) === true);
    }
  }
  return [...places.values()].map(({ name, line, lines, arms }) => ({
    file,
    ...(name !== undefined && line !== undefined && { name, line }),
    missedLines: missed(lines),
    lines: lines.size,
    missedBranches: missed(arms),
    branches: arms.size,
    ...about(standing),
  }));
}

const missed = (seen: ReadonlyMap<unknown, boolean>): number => [...seen.values()].filter((hit) => !hit).length;
