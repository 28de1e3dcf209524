import { isObject, listAt, objectAt, textAt } from "./json-values.ts";
import type { LockedPackage } from "./lock-file.ts";

/** `composer.lock`. Packages come as archives of a Git commit; the commit stands for the content. */
export function readComposerLock(text: string): LockedPackage[] {
  const file = JSON.parse(text) as unknown;
  if (!isObject(file)) return [];
  return (["packages", "packages-dev"] as const).flatMap((group) =>
    listAt(file, group).flatMap((entry): LockedPackage[] => {
      if (!isObject(entry)) return [];
      const [name, version] = [textAt(entry, "name"), textAt(entry, "version")];
      if (name === undefined || version === undefined) return [];
      const dist = objectAt(entry, "dist");
      const reference = textAt(dist, "reference");
      const shasum = textAt(dist, "shasum");
      const hashes = [...(shasum ? [`sha1-${shasum}`] : []), ...(reference && !version.startsWith("dev-") ? [`commit-${reference}`] : [])];
      const resolved = textAt(dist, "url") ?? textAt(objectAt(entry, "source"), "url");
      return [{ name, version: version.replace(/^v(?=\d)/, ""), source: version.startsWith("dev-") ? "git" : textAt(dist, "type") === "path" ? "path" : "registry", hashes, ...(resolved !== undefined && { resolved }), ...(group === "packages-dev" && { dev: true }) }];
    }),
  );
}
