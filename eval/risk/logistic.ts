/** One training example: inputs, truth, the group whose own intercept it gets, and its weight. */
export interface Example {
  readonly inputs: readonly number[];
  readonly positive: boolean;
  readonly group: number;
  readonly weight: number;
}

export interface LogisticOptions {
  /** Strength of the L2 penalty on standardised coefficients, as a share of the total weight. */
  readonly penalty: number;
  /** Per input: +1 and -1 forbid the other sign, 0 leaves it free. */
  readonly signs: readonly (-1 | 0 | 1)[];
}

export interface LogisticFit {
  readonly coefficients: readonly number[];
  readonly intercepts: readonly number[];
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * Logistic regression with one intercept a group, so that the coefficients rank *within* groups, and with signs kept.
 * Cyclic coordinate descent on Newton steps; inputs that would need the wrong sign end at exactly 0.
 */
export const fitLogistic = (examples: readonly Example[], options: LogisticOptions): LogisticFit => {
  const width = options.signs.length;
  const scales = inputScales(examples, width);
  const groups = examples.reduce((most, example) => Math.max(most, example.group), -1) + 1;
  const total = examples.reduce((sum, example) => sum + example.weight, 0);
  const columns = Array.from({ length: width }, (_, column) => Float64Array.from(examples, (example) => (example.inputs[column] ?? 0) / (scales[column] ?? 1)));
  const margins = new Float64Array(examples.length);
  const coefficients = new Array<number>(width).fill(0);
  const intercepts = new Array<number>(groups).fill(0);
  for (let round = 0; round < 200; round += 1) {
    let moved = moveIntercepts(examples, margins, intercepts);
    for (const [column, values] of columns.entries()) {
      const before = coefficients[column] ?? 0;
      const after = step(examples, margins, values, before, options.penalty * total, options.signs[column] ?? 0);
      coefficients[column] = after;
      if (after !== before) for (let row = 0; row < margins.length; row += 1) margins[row] = (margins[row] ?? 0) + (after - before) * (values[row] ?? 0);
      moved = Math.max(moved, Math.abs(after - before));
    }
    if (moved < 1e-5) break;
  }
  return { coefficients: coefficients.map((value, column) => value / (scales[column] ?? 1)), intercepts };
};

const step = (examples: readonly Example[], margins: Float64Array, values: Float64Array, current: number, penalty: number, sign: -1 | 0 | 1): number => {
  let gradient = penalty * current;
  let curvature = penalty + 1e-9;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? 0;
    const example = examples[row];
    if (value === 0 || example === undefined) continue;
    const chance = sigmoid(margins[row] ?? 0);
    gradient += example.weight * (chance - (example.positive ? 1 : 0)) * value;
    curvature += example.weight * Math.max(chance * (1 - chance), 1e-4) * value * value;
  }
  const next = current - gradient / curvature;
  return sign * next < 0 ? 0 : next;
};

const moveIntercepts = (examples: readonly Example[], margins: Float64Array, intercepts: number[]): number => {
  const gradient = new Float64Array(intercepts.length);
  const curvature = new Float64Array(intercepts.length).fill(1e-9);
  for (const [row, example] of examples.entries()) {
    const chance = sigmoid(margins[row] ?? 0);
    gradient[example.group] = (gradient[example.group] ?? 0) + example.weight * (chance - (example.positive ? 1 : 0));
    curvature[example.group] = (curvature[example.group] ?? 0) + example.weight * chance * (1 - chance);
  }
  const shifts = intercepts.map((_, group) => Math.max(-1, Math.min(1, -(gradient[group] ?? 0) / (curvature[group] ?? 1))));
  for (const [group, shift] of shifts.entries()) intercepts[group] = (intercepts[group] ?? 0) + shift;
  for (const [row, example] of examples.entries()) margins[row] = (margins[row] ?? 0) + (shifts[example.group] ?? 0);
  return Math.max(...shifts.map(Math.abs));
};

/** Standard deviation of each input over all examples; 1 for a constant. */
const inputScales = (examples: readonly Example[], width: number): readonly number[] =>
  Array.from({ length: width }, (_, column) => {
    const values = examples.map((example) => example.inputs[column] ?? 0);
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length) || 1;
  });
