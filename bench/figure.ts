/** One measured number with its bar and what it is compared with. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The bar, in the same unit; absent for figures that are only reported. */
  readonly target?: number;
  /** Whether the bar is a ceiling (the default) or a floor. */
  readonly bar?: "at most" | "at least";
  /** True when the bar is met; a figure without a bar is always fine. */
  readonly ok: boolean;
  readonly against: string;
}

/** A figure that must not be above its bar. */
export const atMost = (name: string, value: number, target: number, unit: string, against: string): Figure => ({ name, value: round(value), unit, target, ok: value <= target, against });

/** A figure without a bar. */
export const reported = (name: string, value: number, unit: string, against: string): Figure => ({ name, value: round(value), unit, ok: true, against });

const round = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);

/** One line for a person. */
export function describe(figure: Figure): string {
  const bar = figure.target === undefined ? "" : `  ${figure.ok ? "ok  " : "MISS"} (${figure.bar ?? "at most"} ${figure.target} ${figure.unit})`;
  return `${figure.name.padEnd(44)} ${String(figure.value).padStart(9)} ${figure.unit.padEnd(4)}${bar}  against ${figure.against}`;
}
