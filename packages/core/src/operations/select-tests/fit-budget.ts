import { isTypeTest, type AffectedTest, type TestLayer } from "#evidence";

/** A test with the time it is thought to take. */
export interface TimedTest extends AffectedTest {
  readonly ms: number;
  /** True where it has been measured here; otherwise `ms` is what others of its layer took. */
  readonly measured: boolean;
}

/** Where nothing of a layer has been measured yet. */
const GUESSES: Readonly<Record<TestLayer, number>> = { unit: 1000, integration: 3000, e2e: 15_000 };
/** Tests of types run nothing: what they take is the compiler's time, whatever other tests take. */
const TYPES_MS = 3000;

/** What each test took when it last ran; the median of its layer where it has not. */
export function withTimes(tests: readonly AffectedTest[], times: ReadonlyMap<string, number>): readonly TimedTest[] {
  const known = new Map<TestLayer, number[]>();
  for (const { file, layer } of tests) {
    const ms = times.get(file);
    if (ms !== undefined) known.set(layer, [...(known.get(layer) ?? []), ms]);
  }
  const typical = ({ file, layer }: AffectedTest): number => (isTypeTest(file) ? TYPES_MS : (median(known.get(layer) ?? []) ?? GUESSES[layer]));
  return tests.map((test) => ({ ...test, ms: times.get(test.file) ?? typical(test), measured: times.has(test.file) }));
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1];
}

/** The first tests that fit together, at least one; the rest is cut. A long test that does not fit does not keep shorter ones out. */
export function fitBudget(tests: readonly TimedTest[], budgetMs: number | undefined): { readonly taken: readonly TimedTest[]; readonly cut: readonly TimedTest[] } {
  if (budgetMs === undefined) return { taken: tests, cut: [] };
  const taken: TimedTest[] = [];
  const cut: TimedTest[] = [];
  let left = budgetMs;
  for (const test of tests) {
    const fits = test.ms <= left || taken.length === 0;
    (fits ? taken : cut).push(test);
    if (fits) left -= test.ms;
  }
  return { taken, cut };
}
