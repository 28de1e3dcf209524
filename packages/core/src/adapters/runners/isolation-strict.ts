import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { bubblewrapWords } from "./isolation-bubblewrap.ts";
import { LAYOUT_FOLDERS, strictLayout, type Place } from "./isolation-layout.ts";
import { whyNotStrict } from "./isolation-probe.ts";
import { unshareWords } from "./isolation-unshare.ts";

/** How far a run is kept from the rest of the machine, and the words that command line starts with. */
export interface Isolation {
  /** Put before the command. */
  readonly prefix: readonly string[];
  /** What was achieved, in words; never more than that. */
  readonly says: string;
}

/** One way to keep a command from the rest of the machine. */
export interface StrictWay {
  readonly name: string;
  words(place: Place): readonly string[];
}

/** Strict isolation can't be had here. */
export interface Denied {
  /** What was tried, and why each way failed. */
  readonly denied: string;
}

/** Best first: bubblewrap is made for this and needs no rights; the system's own tools do where it is not installed. */
export function strictWays(): readonly StrictWay[] {
  if (process.platform !== "linux") return [];
  const unshare = (as: "root" | "user"): StrictWay => ({
    name: as === "root" ? "mount, process and network namespaces" : "user, mount, process and network namespaces",
    words: (place) => unshareWords(place, strictLayout(place), as),
  });
  return [
    { name: "bubblewrap", words: (place) => bubblewrapWords(place, strictLayout(place)) },
    ...(process.getuid?.() === 0 ? [unshare("root")] : []),
    unshare("user"),
  ];
}

let found: Promise<StrictWay | Denied> | undefined;

/** The first way whose every promise held when it was tried just now, or why there is none. Tried once a process. */
export function strictWay(): Promise<StrictWay | Denied> {
  return (found ??= firstThatHolds(strictWays()));
}

/** Tries ways in order. */
export async function firstThatHolds(ways: readonly StrictWay[]): Promise<StrictWay | Denied> {
  if (ways.length === 0) return { denied: `strict isolation needs Linux, this is ${process.platform}` };
  const reasons: string[] = [];
  for (const way of ways) {
    const why = await whyNotStrict((place) => way.words(place));
    if (why === undefined) return way;
    reasons.push(`${way.name}: ${why}`);
  }
  return { denied: reasons.join("; ") };
}

/** Strict isolation for one place, or why it can't be had: then nothing may be run there. */
export async function strictIsolation(place: Place): Promise<Isolation | Denied> {
  const way = await strictWay();
  if ("denied" in way) return way;
  for (const name of LAYOUT_FOLDERS) await mkdir(join(place.scratch, name), { recursive: true });
  return { prefix: way.words(place), says: saysStrict(way.name, place) };
}

/** What strict isolation keeps from what, in words. */
export function saysStrict(way: string, place: Pick<Place, "network"> = { network: "loopback" }): string {
  const network = place.network === "open" ? "network open" : "network limited to loopback";
  return `strict: own clone and scratch folders writable, programs read-only, nothing else of the machine in sight; own processes, clean environment, temporary home, ${network} (${way})`;
}
