import type { Decision, Effect, Mode } from "#kernel";

const EFFECTS: readonly Effect[] = ["off", "note", "ask", "block"];
const MODES: readonly Mode[] = ["observe", "warn", "enforce"];
const DECISIONS: readonly Decision[] = ["ship", "ask", "hold"];

/** A place on the scale off < note < ask < block. */
export const effectRank = (effect: Effect): number => EFFECTS.indexOf(effect);

/** A place on the scale observe < warn < enforce. */
export const modeRank = (mode: Mode): number => MODES.indexOf(mode);

/** A place on the scale ship < ask < hold. */
export const decisionRank = (decision: Decision): number => DECISIONS.indexOf(decision);

/** The worse of two decisions: one hold holds, one ask asks. */
export const worse = (a: Decision, b: Decision): Decision => (decisionRank(a) >= decisionRank(b) ? a : b);

/** The milder of two modes. */
export const milder = (a: Mode, b: Mode): Mode => (modeRank(a) <= modeRank(b) ? a : b);
