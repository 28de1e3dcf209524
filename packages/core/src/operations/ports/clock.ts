/** The only way time enters: operations ask, layers below get values. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds from an arbitrary start that never runs backwards. */
  ticks(): number;
}
