import { isObject, objectAt, parseLooseJson } from "./json-values.ts";
import { sourceOf, type LockedPackage } from "./lock-file.ts";

/** `bun.lock` (text): `"name": ["name@version", "registry", {…}, "sha512-…"]`. */
export function readBunLock(text: string): LockedPackage[] {
  const file = parseLooseJson(text);
  if (!isObject(file)) return [];
  return Object.values(objectAt(file, "packages")).flatMap((entry) => {
    const [locator, ...rest] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (typeof locator !== "string") return [];
    const at = locator.indexOf("@", 1);
    if (at < 0) return [];
    const version = locator.slice(at + 1);
    const integrity = rest.findLast((value) => typeof value === "string" && /^sha\d+-/.test(value));
    const source = version.startsWith("workspace:") ? "path" : /^\d/.test(version) ? "registry" : sourceOf(version, /^$/);
    return [{ name: locator.slice(0, at), version, source, hashes: typeof integrity === "string" ? [integrity] : [], ...(source !== "registry" && { resolved: version }) }];
  });
}
