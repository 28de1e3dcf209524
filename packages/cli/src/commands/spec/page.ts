import type { Paint } from "../../render/paint.ts";
import { wrap } from "../../render/wrap.ts";

/** Where text goes: colours or none, and how wide. */
export interface Page {
  readonly paint: Paint;
  readonly width: number;
}

/** A label in the left margin with text beside it, wrapped. */
export function labelled(label: string, text: string, { paint, width }: Page, margin = 12): string[] {
  return wrap(text, width - margin - 2).map((line, at) => ` ${at === 0 ? paint.dim(label.padEnd(margin)) : " ".repeat(margin)} ${line}`);
}
