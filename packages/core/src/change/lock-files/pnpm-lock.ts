import type { LockedPackage, PackageSource } from "./lock-file.ts";

/** `/name/1.2.3`, `/name/1.2.3_peer` (5), `/name@1.2.3(peer@1)` (6 to 8), `name@1.2.3` (9), each in quotes or not. */
const KEY = /^ {2}['"]?(?<key>[^\s'"][^'"]*?)['"]?:\s*$/;
const NAME_AT_VERSION = /^\/?(?<name>(?:@[^/@]+\/)?[^/@]+)[@/](?<version>[^()_]+)/;

/** `pnpm-lock.yaml`, versions 5 to 9. Only the `packages:` section is read, line by line: the file is too large for a YAML tree. */
export function readPnpmLock(text: string): LockedPackage[] {
  const found: LockedPackage[] = [];
  let block: { readonly key: string; readonly lines: string[] } | undefined;
  const close = (): void => {
    const read = block && packageOf(block.key, block.lines.join("\n"));
    if (read) found.push(read);
    block = undefined;
  };
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\S/.test(line)) {
      close();
      inside = line.startsWith("packages:");
    } else if (inside) {
      const key = KEY.exec(line)?.groups?.["key"];
      if (key !== undefined) {
        close();
        block = { key, lines: [] };
      } else block?.lines.push(line);
    }
  }
  close();
  return found;
}

function packageOf(key: string, body: string): LockedPackage | undefined {
  const named = NAME_AT_VERSION.exec(key)?.groups;
  const name = /^ {4}name: ['"]?([^'"\s]+)/m.exec(body)?.[1] ?? named?.["name"];
  const version = /^ {4}version: ['"]?([^'"\s]+)/m.exec(body)?.[1] ?? named?.["version"];
  if (name === undefined || version === undefined) return undefined;
  const tarball = /\btarball: ['"]?([^'",}\s]+)/.exec(body)?.[1];
  const integrity = /\bintegrity: ['"]?([^'",}\s]+)/.exec(body)?.[1];
  const source = sourceOfKey(key, body, tarball, integrity);
  return {
    name,
    version,
    source,
    hashes: integrity === undefined ? [] : [integrity],
    ...((tarball ?? (source === "registry" ? undefined : key)) !== undefined && { resolved: tarball ?? key }),
    // Of an optional package pnpm did not look inside; it says "build" to be safe.
    ...(/^ {4}requiresBuild: true/m.test(body) && !/^ {4}optional: true/m.test(body) && { hasInstallScript: true }),
    ...(/^ {4}dev: true/m.test(body) && { dev: true }),
  };
}

function sourceOfKey(key: string, body: string, tarball: string | undefined, integrity: string | undefined): PackageSource {
  if (/\brepo:|\btype: git/.test(body) || /codeload\.github\.com|git\+/.test(tarball ?? key)) return "git";
  if (/(?:^|@)(?:file|link):/.test(key)) return "path";
  return tarball !== undefined && integrity === undefined ? "address" : "registry";
}
