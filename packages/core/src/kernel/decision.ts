/** What a gate says: let it through, stop it, or have a named person answer one question. */
export type Decision = "ship" | "hold" | "ask";

/** How much was looked at: without runs, cut short by a budget, or everything the gate owes. */
export type Scope = "static" | "partial" | "full";

/** The exit code of a command that judged something. */
export const EXIT_CODES = { ship: 0, hold: 1, ask: 3, usage: 2, bug: 70, interrupted: 130 } as const;
