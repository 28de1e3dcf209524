import type { LockedPackage, PackageSource } from "./lock-file.ts";

const SECTIONS: Readonly<Record<string, PackageSource>> = { GEM: "registry", GIT: "git", PATH: "path", PLUGIN: "registry" };

/** `Gemfile.lock`: `GEM`, `GIT` and `PATH` sections, specs indented by four, their dependencies by six. */
export function readGemfileLock(text: string): LockedPackage[] {
  const lines = text.split(/\r?\n/);
  const hashes = new Map(lines.flatMap((line) => [...line.matchAll(/^ {2}(\S+) \(([^)\s]+)\) (sha256)=([0-9a-f]{64})/g)].map((match) => [`${match[1]} ${match[2]}`, `${match[3]}-${match[4]}`] as const)));
  const direct = new Set(lines.slice(lines.indexOf("DEPENDENCIES") + 1).flatMap((line) => /^ {2}([^\s!(]+)/.exec(line)?.[1] ?? []));
  const found: LockedPackage[] = [];
  let source: PackageSource | undefined;
  let remote = "";
  for (const line of lines) {
    if (/^\S/.test(line)) source = SECTIONS[line.trim()];
    else if (source !== undefined) {
      remote = /^ {2}remote: (\S+)/.exec(line)?.[1] ?? remote;
      const [, name, version] = /^ {4}([^\s(]+) \(([^)]+)\)$/.exec(line) ?? [];
      const hash = hashes.get(`${name ?? ""} ${version ?? ""}`);
      if (name !== undefined && version !== undefined) found.push({ name, version, source, hashes: hash === undefined ? [] : [hash], direct: direct.has(name), ...(source !== "registry" && { resolved: remote }) });
    }
  }
  return found;
}
