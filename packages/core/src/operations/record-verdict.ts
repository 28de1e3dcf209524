import type { CheckoutFiles } from "./ports/checkout-files.ts";
import type { VerdictDocument } from "./verdict-document.ts";

/** The last verdict of this checkout, so that `waive 1` and `explain` know what is meant. */
export const LAST_VERDICT = ".proofline/last-verdict.json";

/** Remembers a verdict for the next command. */
export const recordVerdict = (checkout: CheckoutFiles, verdict: VerdictDocument): Promise<void> => checkout.write(LAST_VERDICT, `${JSON.stringify(verdict)}\n`);
