import { isObject, listAt, objectAt, textAt } from "./json-values.ts";
import type { LockedPackage } from "./lock-file.ts";

const REQUIREMENT = /^(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,200})\s{0,8}(?:\[[^\]]{0,200}\])?\s{0,8}(?:(?<pin>===?)\s{0,8}(?<version>[^\s;,#*]+)(?!\s{0,8},))?/;

/** `requirements*.txt`: pinned lines carry a version, the others an empty one. Hashes may follow on continued lines. */
export function readRequirements(text: string): LockedPackage[] {
  const lines = text.replace(/\\\r?\n/g, " ").split(/\r?\n/);
  return lines.flatMap((line): LockedPackage[] => {
    const bare = line.replace(/(?:^|\s)#.*$/, "").trim();
    const address = /^(?:-e\s+)?(?<url>git\+\S+|https?:\S+|[A-Za-z0-9._-]+\s*@\s*\S+)/.exec(bare)?.groups?.["url"];
    if (address !== undefined && /[:@]/.test(address)) return [fromAddress(address)];
    if (bare === "" || bare.startsWith("-")) return [];
    const read = REQUIREMENT.exec(bare)?.groups;
    if (!read?.["name"]) return [];
    const hashes = [...bare.matchAll(/--hash=(\w+):([0-9a-f]+)/g)].map((match) => `${match[1] ?? ""}-${match[2] ?? ""}`);
    return [{ name: normalName(read["name"]), version: read["version"] ?? "", source: "registry", hashes, direct: true }];
  });
}

function fromAddress(text: string): LockedPackage {
  const [, named, url = text] = /^([A-Za-z0-9._-]+)\s*@\s*(\S+)$/.exec(text) ?? [];
  const name = named ?? /[#&]egg=([A-Za-z0-9._-]+)/.exec(url)?.[1] ?? /([^/]+?)(?:\.git)?(?:[@#?].*)?$/.exec(url)?.[1] ?? url;
  const revision = /\.git@([^#]+)|@([0-9a-f]{7,40})(?:#|$)/.exec(url);
  return { name: normalName(name), version: revision?.[1] ?? revision?.[2] ?? "", source: url.startsWith("git+") ? "git" : "address", resolved: url, hashes: [], direct: true };
}

/** PEP 503: names differ in case and separators only on paper. */
export const normalName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");

/** `Pipfile.lock`. */
export function readPipfileLock(text: string): LockedPackage[] {
  const file = JSON.parse(text) as unknown;
  if (!isObject(file)) return [];
  return (["default", "develop"] as const).flatMap((group) =>
    Object.entries(objectAt(file, group)).flatMap(([name, entry]): LockedPackage[] => {
      if (!isObject(entry)) return [];
      const git = textAt(entry, "git");
      const hashes = listAt(entry, "hashes").flatMap((hash) => (typeof hash === "string" ? [hash.replace(":", "-")] : []));
      const version = textAt(entry, "version")?.replace(/^==/, "") ?? textAt(entry, "ref") ?? "";
      return [{ name: normalName(name), version, source: git === undefined ? (entry["path"] === undefined ? "registry" : "path") : "git", hashes, ...(git !== undefined && { resolved: git }), ...(group === "develop" && { dev: true }) }];
    }),
  );
}
