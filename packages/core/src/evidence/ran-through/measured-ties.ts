import { TOO_MANY, type RanRecord } from "./ran-through.ts";

/** A changed source, as it was when tests may have been measured. */
export interface ChangedSource {
  readonly path: string;
  /** Its path before, and the blob it had there; absent for a new file. */
  readonly before?: { readonly path: string; readonly blob: string };
  /** Names of what the change touches in it; empty where that is not inside of anything named. */
  readonly symbols: readonly string[];
}

/**
 * How a measured test stands to a change. `through`: a function of the same name as one that is touched ran in it. `past`: it was measured, and neither ran such a
 * function nor loaded a changed file in whose unnamed parts something changed. Anything else is not known.
 */
export type Ran = "through" | "past";

export interface MeasuredTies {
  /** Tests that loaded a changed file when they were measured, by its path on head. */
  readonly loaded: ReadonlyMap<string, readonly string[]>;
  readonly ran: ReadonlyMap<string, Ran>;
}

/**
 * Joins what tests ran through with a change. A file that has other contents now than when it was measured still ties its tests to it, for a tie too many costs seconds;
 * but only what was measured at the contents the change starts from says which functions ran.
 */
export function measuredTies(changed: readonly ChangedSource[], records: readonly RanRecord[], testBlob: (path: string) => string | undefined): MeasuredTies {
  const loaded = new Map<string, string[]>();
  const ran = new Map<string, Ran>();
  const told = namesSeen(changed, records);
  for (const { test, blob, files } of records) {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const stands = changed.map(({ path, before, symbols }): Ran | "unknown" => {
      const file = before && byPath.get(before.path);
      if (!file) return "past";
      loaded.set(path, [...(loaded.get(path) ?? []), test]);
      if (file.blob !== before?.blob || file.functions.includes(TOO_MANY)) return "unknown";
      if (symbols.some((name) => file.functions.includes(name))) return "through";
      // A name that no test was ever seen to run may be written in another way there, or be new.
      return symbols.length > 0 && symbols.every((name) => told.has(`${path}\n${name}`)) ? "past" : "unknown";
    });
    if (stands.includes("through")) ran.set(test, "through");
    else if (changed.length > 0 && stands.every((one) => one === "past") && testBlob(test) === blob) ran.set(test, "past");
  }
  return { loaded, ran };
}

/** Names of touched symbols that some test ran, by file: those can be told apart. */
function namesSeen(changed: readonly ChangedSource[], records: readonly RanRecord[]): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const { path, before, symbols } of changed) {
    if (!before || symbols.length === 0) continue;
    for (const { files } of records) {
      const file = files.find((one) => one.path === before.path && one.blob === before.blob);
      for (const name of symbols) if (file?.functions.includes(name) === true) seen.add(`${path}\n${name}`);
    }
  }
  return seen;
}
