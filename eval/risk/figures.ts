/** One measured figure, as `npm run eval -- --json` prints it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is held to; absent for a figure that is only told. */
  readonly target?: string;
  readonly ok?: boolean;
  /** What it is compared with, in words and numbers. */
  readonly against?: string;
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Figures without a target hold by themselves. */
export const renderFigure = (figure: Figure, json: boolean): string => {
  if (json)
    return JSON.stringify({
      name: figure.name,
      value: rounded(figure.value),
      unit: figure.unit,
      target: figure.target ?? null,
      ok: figure.ok ?? true,
      against: figure.against ?? null,
    });
  const mark = figure.ok === undefined ? "   " : figure.ok ? "ok " : "NO ";
  const target = figure.target === undefined ? "" : ` (target ${figure.target})`;
  return `${mark} ${figure.name.padEnd(52)} ${rounded(figure.value).toFixed(4)} ${figure.unit}${target}${figure.against === undefined ? "" : `  ${figure.against}`}`;
};
