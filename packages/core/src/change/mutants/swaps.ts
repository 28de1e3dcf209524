import type { MutantKind } from "./mutant.ts";

interface Swap {
  readonly kind: MutantKind;
  readonly to: string;
}

const swap = (kind: MutantKind, to: string): Swap => ({ kind, to });

/** Operators between two operands. Only swaps that any pair of operands survives. */
export const OPERATORS: ReadonlyMap<string, Swap> = new Map([
  ["<", swap("comparison", "<=")],
  ["<=", swap("comparison", "<")],
  [">", swap("comparison", ">=")],
  [">=", swap("comparison", ">")],
  ["===", swap("comparison", "!==")],
  ["!==", swap("comparison", "===")],
  ["==", swap("comparison", "!=")],
  ["!=", swap("comparison", "==")],
  ["+", swap("arithmetic", "-")],
  ["-", swap("arithmetic", "+")],
  ["*", swap("arithmetic", "/")],
  ["/", swap("arithmetic", "*")],
  ["%", swap("arithmetic", "*")],
  ["//", swap("arithmetic", "*")],
  ["&&", swap("logic", "||")],
  ["||", swap("logic", "&&")],
  ["??", swap("logic", "&&")],
  ["and", swap("logic", "or")],
  ["or", swap("logic", "and")],
]);

/** Methods that are confused with one another. */
export const METHODS: ReadonlyMap<string, string> = new Map([
  ["toUpperCase", "toLowerCase"],
  ["toLowerCase", "toUpperCase"],
  ["upper", "lower"],
  ["lower", "upper"],
  ["min", "max"],
  ["max", "min"],
  ["some", "every"],
  ["every", "some"],
  ["startsWith", "endsWith"],
  ["endsWith", "startsWith"],
  ["startswith", "endswith"],
  ["endswith", "startswith"],
  ["trimStart", "trimEnd"],
  ["trimEnd", "trimStart"],
  ["floor", "ceil"],
  ["ceil", "floor"],
  ["round", "floor"],
  ["push", "unshift"],
  ["unshift", "push"],
  ["resolve", "reject"],
]);
