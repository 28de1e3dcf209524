import { makePaint, wantsColour, type Paint } from "../../render/paint.ts";
import { wrap } from "../../render/wrap.ts";

/** Where text goes: colours or none, and how wide. */
export interface Page {
  readonly paint: Paint;
  readonly width: number;
}

/** The terminal's width within reason; no colour in a file. */
export const pageFor = (flags: Readonly<Record<string, unknown>>): Page => ({ paint: makePaint(typeof flags["out"] !== "string" && wantsColour(process.stdout, process.env)), width: Math.max(40, Math.min(process.stdout.columns ?? 80, 100)) });

/** A label in the left margin with text beside it, wrapped. */
export function labelled(label: string, text: string, { paint, width }: Page, margin = 12): string[] {
  return wrap(text, width - margin - 2).map((line, at) => ` ${at === 0 ? paint.dim(label.padEnd(margin)) : " ".repeat(margin)} ${line}`);
}
