import type { LockedPackage, PackageSource } from "./lock-file.ts";

/** `Cargo.lock`, `poetry.lock` and `uv.lock`: lists of `[[package]]`, written by machines in one layout, so lines suffice. `unsourced`: what no source means. */
export function readTomlLock(text: string, unsourced: "registry" | "path"): LockedPackage[] {
  const found: LockedPackage[] = [];
  let block: string[] | undefined;
  const close = (): void => {
    const read = block && packageOf(block, unsourced);
    if (read) found.push(read);
    block = undefined;
  };
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("[[package]]")) {
      close();
      block = [];
    } else if (/^\[(?!package[.\]])/.test(line) && !line.startsWith("[[package.")) close();
    else block?.push(line);
  }
  close();
  return found;
}

function packageOf(lines: readonly string[], unsourced: PackageSource): LockedPackage | undefined {
  const fieldAt = (key: string): string | undefined => lines.find((line) => line.startsWith(`${key} = `))?.slice(key.length + 3);
  const name = textIn(fieldAt("name"));
  const version = textIn(fieldAt("version"));
  if (name === undefined || version === undefined) return undefined;
  const from = fieldAt("source") ?? lines.filter((line) => /^(?:type|url) = /.test(line)).join(" ");
  const checksum = textIn(fieldAt("checksum"));
  const hashes = lines.flatMap((line) => [...line.matchAll(/\bhash = "(sha\d+):([0-9a-f]+)"/g)].map((match) => `${match[1] ?? ""}-${match[2] ?? ""}`));
  const source = from === "" ? unsourced : sourceIn(from);
  return {
    name,
    version,
    source,
    hashes: checksum === undefined ? hashes : [`sha256-${checksum}`],
    ...(source !== "registry" && from !== "" && { resolved: from }),
    ...(fieldAt("category") === '"dev"' && { dev: true }),
  };
}

const textIn = (value: string | undefined): string | undefined => /^"([^"]*)"/.exec(value ?? "")?.[1];

function sourceIn(from: string): PackageSource {
  if (/git\s*=|^"git\+|type = "git"/.test(from)) return "git";
  if (/(?:editable|virtual|path|directory|workspace)\s*=|type = "(?:directory|file)"/.test(from)) return "path";
  if (/\burl\s*=/.test(from) && !/registry\s*=|type = "legacy"/.test(from)) return "address";
  return "registry";
}
