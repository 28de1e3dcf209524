import type { Mode } from "#kernel";
import { modeRank } from "./strictness.ts";

/** A mode with its effective date. */
export interface ModeSetting {
  readonly mode: Mode;
  /** First day it applies, `YYYY-MM-DD` (UTC); absent means always. */
  readonly from?: string;
  /** What applies until then; `observe` when absent. */
  readonly before?: Mode;
}

/** The calendar day (UTC) of an ISO date or timestamp; days compare as text. */
export const dayOf = (iso: string): string => iso.slice(0, 10);

/** The mode that applies on a day. */
export function modeAt(setting: ModeSetting, now: string): Mode {
  return setting.from === undefined || dayOf(now) >= setting.from ? setting.mode : (setting.before ?? "observe");
}

/** The mode to come and its first day, when that lies ahead: "blocks from 1 Dec". */
export function upcomingMode(setting: ModeSetting, now: string): { readonly mode: Mode; readonly from: string } | undefined {
  if (setting.from === undefined || dayOf(now) >= setting.from) return undefined;
  return { mode: setting.mode, from: setting.from };
}

/** True when on no day `own` is milder than `parent`. */
export function isAtLeastAsStrict(own: ModeSetting, parent: ModeSetting): boolean {
  const days = ["0000-00-00", own.from, parent.from].filter((day): day is string => day !== undefined);
  return days.every((day) => modeRank(modeAt(own, day)) >= modeRank(modeAt(parent, day)));
}
