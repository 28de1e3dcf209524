import { isProoflineError } from "#kernel";

/** Failures after which a write may have happened all the same. */
const AMBIGUOUS = ["forge/unreachable", "forge/broken"];
const MAX_ROUNDS = 3;

/**
 * Repeats an operation that starts by looking at what is there, after failures that leave open whether a write arrived.
 * Safe only for operations that converge: look, then change what is missing.
 */
export async function untilSettled<T>(lookThenChange: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await lookThenChange();
    } catch (error) {
      const ambiguous = AMBIGUOUS.some((code) => isProoflineError(error, code));
      if (!ambiguous || round === MAX_ROUNDS) throw error;
    }
  }
}
