import type { Check } from "./check.ts";

/** Every check, in the order reports show them. Adding a check = one folder + one line here. */
export const allChecks: readonly Check[] = [];
