import type { Stamp } from "../report-format.ts";

/** Writers that build reproducibly write 1970 or 1980; no report is from before this. */
const EARLIEST = Date.UTC(2000, 0, 1);

/** An ISO time or an epoch number in seconds or milliseconds; undefined for what is no time of a real run. */
export function readStamp(value: string | number | undefined): Stamp | undefined {
  if (value === undefined) return undefined;
  const text = String(value).trim();
  if (/^\d{9,16}(?:\.\d+)?$/.test(text)) return stamp(fromEpoch(Number(text)), true);
  const iso = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (!iso) return undefined;
  const [, day, time, fraction = "0", zone] = iso;
  const offset = zone === undefined || /^[ZUG]/.test(zone) ? "Z" : zone.replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2");
  return stamp(Date.parse(`${day}T${time}.${fraction.slice(0, 3)}${offset}`), zone !== undefined);
}

/** The first of several instants: what holds results from before the head is older than the head. */
export function earliest(stamps: readonly (Stamp | undefined)[]): Stamp | undefined {
  return stamps.reduce<Stamp | undefined>((first, next) => (next !== undefined && (first === undefined || next.at < first.at) ? next : first), undefined);
}

export const latest = (stamps: readonly (Stamp | undefined)[]): Stamp | undefined =>
  stamps.reduce<Stamp | undefined>((last, next) => (next !== undefined && (last === undefined || next.at > last.at) ? next : last), undefined);

const stamp = (at: number, zoned: boolean): Stamp | undefined => (Number.isFinite(at) && at >= EARLIEST ? { at, zoned } : undefined);

/** Seconds, milliseconds or microseconds, told apart by size. */
const fromEpoch = (value: number): number => (value < 1e11 ? value * 1000 : value < 1e14 ? value : value / 1000);
