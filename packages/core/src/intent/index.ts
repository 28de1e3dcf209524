export type { Area, Intent, OwnerRule, Surface } from "./area.ts";
