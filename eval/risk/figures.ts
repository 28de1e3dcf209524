import type { Figure } from "../figure.ts";

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** A figure that must reach its bar; `certain` adds what must hold besides, such as an interval above zero. */
export const atLeast = (name: string, value: number, target: number, unit: string, against: string, certain = true): Figure => ({
  name,
  value: rounded(value),
  unit,
  target: rounded(target),
  bar: "at least",
  ok: certain && rounded(value) >= rounded(target),
  against,
});

/** A figure that is only told. */
export const told = (name: string, value: number, unit: string, against: string): Figure => ({ name, value: rounded(value), unit, ok: true, against });

/** One line for a person. */
export const line = (figure: Figure): string => {
  const bar = figure.target === undefined ? "" : `  ${figure.ok ? "ok" : "MISS"} (at least ${figure.target})`;
  return `${figure.name.padEnd(58)} ${figure.value.toFixed(4)} ${figure.unit}${bar}  against ${figure.against}`;
};
