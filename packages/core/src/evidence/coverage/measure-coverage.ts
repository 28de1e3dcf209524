import type { Coverage } from "../evidence.ts";

/** What was met of what there is to meet. */
export interface Met {
  readonly met: number;
  readonly of: number;
}

/** Coverage of some files, all reports together: what one of them met was met. */
export interface Measured {
  readonly lines: Met;
  /** Absent where no report tells of branches. */
  readonly branches?: Met;
}

/** Lines and branches of the files a surface names; undefined where no report mentions any of them. */
export function measureCoverage(inside: (path: string) => boolean, reports: readonly Coverage[]): Measured | undefined {
  const lines = new Map<string, boolean>();
  const arms = new Map<string, boolean>();
  for (const report of reports) {
    for (const [path, file] of report.files) {
      if (!inside(path)) continue;
      for (const [line, hits] of file.lines) mark(lines, `${path}:${line}`, hits > 0);
      for (const branch of file.branches) mark(arms, `${path}:${branch.line}:${branch.arm}`, (branch.taken ?? 0) > 0);
    }
  }
  if (lines.size === 0) return undefined;
  return { lines: metOf(lines), ...(arms.size > 0 && { branches: metOf(arms) }) };
}

const mark = (seen: Map<string, boolean>, key: string, hit: boolean): void => void seen.set(key, (seen.get(key) ?? false) || hit);

const metOf = (seen: ReadonlyMap<string, boolean>): Met => ({ met: [...seen.values()].filter(Boolean).length, of: seen.size });

/** Percent, rounded down to a tenth, so that 99.96 % never reads as everything. Nothing to meet is all met. */
export const percentOf = ({ met, of }: Met): number => (of === 0 ? 100 : Math.floor((met / of) * 1000) / 10);
