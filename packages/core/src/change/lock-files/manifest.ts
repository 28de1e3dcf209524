import { isObject, objectAt } from "./json-values.ts";

/** One dependency a manifest asks for and the range it asks for. */
export interface Wanted {
  readonly name: string;
  readonly range: string;
}

const GROUPS = ["dependencies", "devDependencies", "optionalDependencies"];
/** Ranges that never reach the lock file's registry entries. */
const LOCAL = /^(?:workspace:|file:|link:|portal:|catalog:)/;

/** What a `package.json` asks for; undefined when it is not valid JSON. */
export function wantedBy(text: string): ReadonlyMap<string, string> | undefined {
  try {
    const manifest = JSON.parse(text) as unknown;
    if (!isObject(manifest)) return undefined;
    return new Map(GROUPS.flatMap((group) => Object.entries(objectAt(manifest, group)).flatMap(([name, range]) => (typeof range === "string" ? [[name, range] as const] : []))));
  } catch {
    return undefined;
  }
}

/** Dependencies asked for differently on head; local ones left out. */
export function wantedAnew(base: ReadonlyMap<string, string>, head: ReadonlyMap<string, string>): Wanted[] {
  const names = new Set([...base.keys(), ...head.keys()]);
  return [...names]
    .filter((name) => base.get(name) !== head.get(name) && !LOCAL.test(head.get(name) ?? base.get(name) ?? ""))
    .map((name) => ({ name, range: head.get(name) ?? "" }));
}

/** True for a range that takes whatever is newest: `*`, `latest`, a Git branch. */
export const isOpenRange = (range: string): boolean =>
  /^(?:\*|x|latest|next|>=?\s*0(?:\.0){0,2})$/.test(range.trim()) || (/^(?:git|github:|https?:.*\.git)|^[\w.-]+\/[\w.-]+(?:#|$)/.test(range) && !/#(?:[0-9a-f]{7,40}|semver:|v?\d)/.test(range));
