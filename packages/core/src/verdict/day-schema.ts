import type { z } from "zod";

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const daySchema = (zod: Pick<typeof z, "string">, says: string) =>
  zod.string().refine(isDay, "must be a day such as 2026-12-31").meta({ format: "date" }).describe(says);

/** True for a `YYYY-MM-DD` that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}
