import { NPM_REGISTRY } from "./npm-lock.ts";
import { sourceOf, type LockedPackage } from "./lock-file.ts";

/** `yarn.lock` of Yarn 1 and of Yarn 2 and later: both are blocks under the ranges they answer. */
export function readYarnLock(text: string): LockedPackage[] {
  const found: LockedPackage[] = [];
  let header: string | undefined;
  let fields = new Map<string, string>();
  const close = (): void => {
    const read = header === undefined ? undefined : packageOf(header, fields);
    if (read) found.push(read);
    header = undefined;
    fields = new Map();
  };
  for (const line of text.split(/\r?\n/)) {
    if (/^[^\s#].*:$/.test(line)) {
      close();
      header = line.slice(0, -1);
    } else if (/^ {2}[A-Za-z]/.test(line)) {
      const [, key = "", value = ""] = /^ {2}([A-Za-z]+):? (.*)$/.exec(line) ?? [];
      fields.set(key, unquoted(value.trim()));
    }
  }
  close();
  return found;
}

const unquoted = (text: string): string => text.replace(/^"|"$/g, "");

function packageOf(header: string, fields: ReadonlyMap<string, string>): LockedPackage | undefined {
  const version = fields.get("version");
  const resolution = fields.get("resolution");
  const first = unquoted(header.split(/,\s*/)[0] ?? "");
  const at = (resolution ?? first).indexOf("@", 1);
  if (version === undefined || at < 0 || header === "__metadata") return undefined;
  const name = (resolution ?? first).slice(0, at);
  const resolved = resolution === undefined ? fields.get("resolved") : berryAddress(resolution.slice(at + 1));
  const [address, sha1] = (resolution === undefined ? (resolved ?? "") : "").split("#");
  const hashes = [...(fields.get("integrity") ?? "").split(/\s+/), ...(sha1 && /^[0-9a-f]{40}$/.test(sha1) ? [`sha1hex-${sha1}`] : []), ...berryHash(fields.get("checksum"))].filter(Boolean);
  return {
    name,
    version,
    source: resolution?.includes("@workspace:") ? "path" : sourceOf(resolution === undefined ? (address && /^(?:git|ssh)/.test(resolved ?? "") ? resolved : address) : resolved, NPM_REGISTRY),
    hashes,
    ...(resolved !== undefined && { resolved }),
  };
}

/** `npm:1.2.3` is the registry; everything else is an address of its own. */
const berryAddress = (locator: string): string | undefined => (/^(?:npm|patch|virtual):/.test(locator) ? undefined : locator);

/** `10c0/<digest>`: digests of different cache keys can't be compared, so the key is part of the algorithm's name. */
function berryHash(checksum: string | undefined): string[] {
  if (checksum === undefined) return [];
  const [key, digest] = checksum.includes("/") ? checksum.split("/") : ["", checksum];
  return [`yarn${key}-${digest}`];
}
