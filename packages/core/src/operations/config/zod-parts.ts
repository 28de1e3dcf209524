import { array, boolean, enum as oneOf, int, number, strictObject, string, union } from "zod";
import type { Zod } from "./config-shape.ts";

/** zod, as far as a configuration needs it. Loaded on first use only. */
export const zod: Zod = { array, boolean, enum: oneOf, int, number, strictObject, string, union };
